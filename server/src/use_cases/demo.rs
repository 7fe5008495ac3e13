//! The demo county: invented people in an invented county, made through the same use cases as real
//! ones. Only on an empty database, and only when asked for; a production start never has it.

mod people;
mod story;
mod tales;

use case_store::StoreError;

use crate::error::ApiError;
use crate::state::AppState;

pub use people::DemoAccount;

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
        return Ok(people::accounts(state)?.into_iter().map(|(account, _)| account).collect());
    }
    let accounts = people::make(state).await?;
    story::tell(state).await?;
    Ok(accounts)
}
