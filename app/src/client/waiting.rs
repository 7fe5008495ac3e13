//! What waits.

use case_core::wire::waiting::Waiting;

use super::{Answer, http};

/// The lists of the start page.
///
/// # Errors
/// [`super::ClientError`].
pub async fn waiting() -> Answer<Waiting> {
    http::get("/waiting").await
}
