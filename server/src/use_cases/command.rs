//! A decision: idempotent by its id, decided by the pure rules inside the transaction.

use std::borrow::Cow;

use case_core::actor::{Actor, Role};
use case_core::code::MatterNumber;
use case_core::id::MatterId;
use case_core::matter::{Command, CommandKind, Matter, Proposal, Refusal, RepeatIntake, allowed, decide, table};
use case_core::time::Moment;
use case_core::wire::desk::{CommandDone, CommandRequest};
use case_core::wire::problem::Problem;
use case_store::{CommandEnvelope, Executed, StoreError};

use super::{register, visible};
use crate::error::ApiError;
use crate::state::AppState;

/// Gives a command.
pub(crate) async fn give(
    state: &AppState,
    actor: &Actor,
    id: MatterId,
    request: &CommandRequest,
) -> Result<CommandDone, ApiError> {
    let matter = visible::matter(state, actor, id).await?;
    if let Err(unknown) = names_exist(state, &matter, &request.command).await {
        // What is not possible anyway is said first.
        return Err(allowed(&matter, actor, request.command.kind()).err().map_or(unknown, ApiError::from));
    }
    let world = state.world();
    let cx = world.context();
    let mut attempt = 0;
    let executed = loop {
        let (command, keys) = numbered(state, request, attempt, cx.now);
        let envelope = CommandEnvelope { id: request.id, account: actor.account, matter: id, now: cx.now, keys };
        let tried = state
            .store
            .execute(envelope, &|matter| {
                // An approval is refused by what changed, so that the supervisor is told so.
                let names_content = matches!(*command, Command::ApproveClosure { .. });
                if matter.version != request.seen && !names_content {
                    return Err(Refusal::Stale { seen: request.seen, now: matter.version });
                }
                decide(matter, actor, &command, &cx)
            })
            .await;
        match tried {
            Err(StoreError::NumberTaken) if attempt < register::ATTEMPTS => attempt += 1,
            other => break other?,
        }
    };
    match executed {
        Executed::Done(done) => Ok(done),
        Executed::Refused(refusal) => Err(refusal.into()),
        Executed::NotFound => Err(Problem::NotFound.into()),
    }
}

/// 重件 gets a number of its own, and the matter is found by it and by who brought it. All other commands are
/// given as they came.
fn numbered<'a>(
    state: &AppState,
    request: &'a CommandRequest,
    attempt: u32,
    now: Moment,
) -> (Cow<'a, Command>, String) {
    let Command::LinkIntake { intake } = &request.command else {
        return (Cow::Borrowed(&request.command), String::new());
    };
    let number = MatterNumber::compose(state.settings.province, now, register::serial(request.id.0, attempt));
    let keys = register::intake_keys(&intake.petitioner, intake.title.as_str(), number.as_str());
    let intake = Box::new(RepeatIntake { number: Some(number), ..(**intake).clone() });
    (Cow::Owned(Command::LinkIntake { intake }), keys)
}

/// Units, places and people that a command names must exist, and be the right ones.
async fn names_exist(state: &AppState, matter: &Matter, command: &Command) -> Result<(), ApiError> {
    let found = match command {
        Command::Transfer { unit, place, .. } => {
            let place_known = match place {
                Some(place) => !state.store.division_names(std::slice::from_ref(place)).await?.is_empty(),
                None => true,
            };
            place_known && state.store.unit(*unit).await?.is_some()
        }
        Command::Assign { handler } | Command::HandOver { handler, .. } => {
            let fits = state.store.account(*handler).await?.is_some_and(|account| {
                let handles = table::row(CommandKind::SubmitClosure).roles.contains(&account.actor.role);
                account.active && handles && account.actor.unit.is_some() && account.actor.unit == matter.unit
            });
            // Who stays away from it does not get it in hand.
            fits && !state.store.is_recused(matter.id, *handler).await?
        }
        Command::AdmitObserver { account, .. } => {
            let account = state.store.account(*account).await?;
            account.is_some_and(|account| account.active && account.actor.role == Role::Observer)
        }
        // 包案领导: a leader for whom the matter exists.
        Command::TakeOn { leader, .. } | Command::Propose { proposal: Proposal::Leader { leader, .. } } => {
            let account = state.store.account(*leader).await?.filter(|account| account.active);
            let today = state.now().date();
            let leads = account.is_some_and(|account| {
                table::LEADERS.contains(&account.actor.role) && visible::sees(&account.actor, matter, today)
            });
            leads && !state.store.is_recused(matter.id, *leader).await?
        }
        Command::AskCoHandler { unit, .. } => state.store.unit(*unit).await?.is_some(),
        // 不再受理 hangs on another matter, which ended with a 复核意见.
        Command::Propose { proposal: Proposal::NoLongerAccept { earlier, .. } } => {
            let is_final = state.store.matter(*earlier).await?.is_some_and(|matter| matter.is_final());
            return if is_final { Ok(()) } else { Err(Refusal::EarlierNotFinal.into()) };
        }
        _ => true,
    };
    if found { Ok(()) } else { Err(Problem::Malformed { detail: "unit/place/handler".to_owned() }.into()) }
}
