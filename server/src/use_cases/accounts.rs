//! What the 安全管理员 keeps: who may sign in, with which rights, and who is locked out. No matter is read for
//! that, and nobody keeps the own account.

use app::text::screen::accounts as words;
use case_core::actor::{Actor, Role};
use case_core::audit::{Deed, Trace};
use case_core::id::AccountId;
use case_core::time::Moment;
use case_core::wire::accounts::{AccountList, AccountRow, RoleRights};
use case_core::wire::problem::Problem;
use case_store::Account;

use crate::error::ApiError;
use crate::permissions::{Right, rights};
use crate::state::AppState;
use crate::{limits, session};

/// All accounts, and what each role may do.
pub(crate) async fn list(state: &AppState) -> Result<AccountList, ApiError> {
    let units = state.store.units().await?;
    let all = state.store.list_accounts().await?;
    let keys: Vec<String> = all.iter().map(|account| session::login_key(state, &account.login)).collect();
    let locked = limits::locked(state, &keys, session::TRIES_PER_LOGIN).await?;
    let row = |(account, locked_until): (Account, Option<Moment>)| AccountRow {
        account: account.actor.account,
        login: account.login,
        unit: units.iter().find(|unit| Some(unit.id) == account.actor.unit).map(|unit| unit.name.clone()),
        name: account.actor.name,
        badge: account.actor.badge,
        office: account.actor.office,
        role: account.actor.role,
        active: account.active,
        locked_until,
    };
    let accounts = all.into_iter().zip(locked).map(row).collect();
    let rights = Role::ALL.into_iter().map(|role| RoleRights { role, rights: in_words(role) }).collect();
    Ok(AccountList { accounts, rights })
}

fn in_words(role: Role) -> Vec<String> {
    rights(role).iter().map(|right| word(*right).to_owned()).collect()
}

fn word(right: Right) -> &'static str {
    match right {
        Right::Matters => words::MATTERS,
        Right::Register => words::REGISTER,
        Right::Assign => words::ASSIGN,
        Right::Flagged => words::FLAGGED,
        Right::Visit => words::VISIT,
        Right::Recuse => words::RECUSE,
        Right::Receptions => words::RECEPTIONS,
        Right::SeeReceptions => words::SEE_RECEPTIONS,
        Right::Import => words::IMPORT,
        Right::Calendar => words::CALENDAR,
        Right::Calls => words::CALLS,
        Right::TakeReports => words::TAKE_REPORTS,
        Right::OpenReports => words::OPEN_REPORTS,
        Right::Publish => words::PUBLISH,
        Right::ProposePublication => words::PROPOSE_PUBLICATION,
        Right::CheckPublication => words::CHECK_PUBLICATION,
        Right::Observe => words::OBSERVE,
        Right::Admit => words::ADMIT,
        Right::Reports => words::REPORTS,
        Right::Waiting => words::WAITING,
        Right::Audit => words::AUDIT,
        Right::Accounts => words::ACCOUNTS,
    }
}

/// Lets an account sign in, or no longer.
pub(crate) async fn set_active(
    state: &AppState,
    actor: &Actor,
    account: AccountId,
    active: bool,
) -> Result<AccountList, ApiError> {
    if account == actor.account {
        return Err(Problem::Forbidden.into());
    }
    let trace = Trace::by(actor.account, state.now());
    if !state.store.set_active(account, active, trace).await? {
        return Err(Problem::NotFound.into());
    }
    list(state).await
}

/// Lets somebody try again who typed too many wrong passwords.
pub(crate) async fn unlock(state: &AppState, actor: &Actor, account: AccountId) -> Result<AccountList, ApiError> {
    let known = state.store.account(account).await?.ok_or(Problem::NotFound)?;
    state.store.clear_failures(&[session::login_key(state, &known.login)]).await?;
    let trace = Trace::by(actor.account, state.now());
    state.store.note(trace, &Deed::AccountUnlocked { account }).await?;
    list(state).await
}
