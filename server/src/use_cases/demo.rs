//! The demo county: invented people in an invented county, made through the same use cases as real
//! ones. Only on an empty database, and only when asked for; a production start never has it.

mod people;
mod receptions;
mod story;
mod tales;

use case_store::StoreError;

use crate::error::ApiError;
use crate::state::AppState;
use crate::use_cases::sealed_reports;

pub use people::DemoAccount;

/// Opens the channel for 检举控告 with the demo's two officers, whose passphrases are their passwords. Not part of
/// [`ensure`]: a passphrase costs much to work out, and few need it.
///
/// # Errors
/// [`DemoError`].
pub async fn open_sealed_channel(state: &AppState) -> Result<(), DemoError> {
    if !state.store.sealed_officers().await?.is_empty() {
        return Ok(());
    }
    let passphrase = |login| state.secrets.demo_password(login);
    let (first, second) = people::OFFICERS;
    let now = state.now();
    match sealed_reports::init(&state.store, first, &passphrase(first), now).await {
        // The county of an earlier build has no such people, and starts without the channel.
        Err(sealed_reports::KeyError::NoAccount(_)) => return Ok(()),
        made => made?,
    };
    sealed_reports::add(&state.store, second, &passphrase(second), (first, &passphrase(first)), now).await?;
    Ok(())
}

/// Why the demo county was not made.
#[derive(Debug, thiserror::Error)]
pub enum DemoError {
    /// The database has accounts that are not the demo's.
    #[error("this database has real accounts; the demo county is made on an empty one only")]
    NotEmpty,
    /// The database.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// A step of the story.
    #[error("{0}")]
    Api(#[from] ApiError),
    /// The keys of the sealed channel.
    #[error(transparent)]
    Keys(#[from] sealed_reports::KeyError),
    /// Something of the demo's own texts does not parse.
    #[error("the demo county is inconsistent: {0}")]
    Inconsistent(&'static str),
}

/// Makes the demo county on an empty database, and tells its accounts (also of one made before).
///
/// # Errors
/// [`DemoError::NotEmpty`] on a database with real accounts.
pub async fn ensure(state: &AppState) -> Result<Vec<DemoAccount>, DemoError> {
    if state.store.has_accounts().await? {
        if state.store.account_by_login(people::FIRST_LOGIN).await?.is_none() {
            return Err(DemoError::NotEmpty);
        }
        // One that an earlier build made has fewer people.
        let mut there = Vec::new();
        for (account, _) in people::accounts(state)? {
            if state.store.account_by_login(&account.login).await?.is_some() {
                there.push(account);
            }
        }
        return Ok(there);
    }
    let accounts = people::make(state).await?;
    story::tell(state).await?;
    receptions::make(state).await?;
    Ok(accounts)
}
