//! 账号, for the 安全管理员.

use case_core::id::AccountId;
use case_core::wire::accounts::{AccountList, SetActive};

use super::{Answer, http};

/// All accounts, and what each role may do.
///
/// # Errors
/// [`super::ClientError`].
pub async fn list() -> Answer<AccountList> {
    http::get("/accounts").await
}

/// Lets an account sign in, or no longer.
///
/// # Errors
/// [`super::ClientError`].
pub async fn set_active(account: AccountId, active: bool) -> Answer<AccountList> {
    http::post(&["/accounts/", &account.to_string(), "/active"].concat(), &SetActive { active }).await
}

/// Lets somebody try again who typed too many wrong passwords.
///
/// # Errors
/// [`super::ClientError`].
pub async fn unlock(account: AccountId) -> Answer<AccountList> {
    http::post(&["/accounts/", &account.to_string(), "/unlock"].concat(), &()).await
}
