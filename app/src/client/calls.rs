//! 待电话告知.

use case_core::wire::calls::{CallList, CallOutcome, CallPhone};

use super::{Answer, http};

/// Whom to phone.
///
/// # Errors
/// [`super::ClientError`].
pub async fn list() -> Answer<CallList> {
    http::get("/calls").await
}

/// The number for one call; it is noted who looked.
///
/// # Errors
/// [`super::ClientError`].
pub async fn phone(id: &str) -> Answer<CallPhone> {
    http::post(&["/calls/", id, "/phone"].concat(), &()).await
}

/// What came of it; answers with the list.
///
/// # Errors
/// [`super::ClientError`].
pub async fn outcome(id: &str, told: bool) -> Answer<CallList> {
    http::post(&["/calls/", id].concat(), &CallOutcome { told }).await
}
