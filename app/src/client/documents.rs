//! 文书 of a matter.

use case_core::id::{DocumentId, MatterId};
use case_core::wire::documents::{DocumentShelf, IssueRequest, IssuedDocument};

use super::{Answer, http};

/// What was issued, and what can be.
///
/// # Errors
/// [`super::ClientError`].
pub async fn shelf(id: MatterId) -> Answer<DocumentShelf> {
    http::get(&["/matters/", &id.to_string(), "/documents"].concat()).await
}

/// Issues a document; sending the same request again issues once.
///
/// # Errors
/// [`super::ClientError`].
pub async fn issue(id: MatterId, request: &IssueRequest) -> Answer<IssuedDocument> {
    http::post(&["/matters/", &id.to_string(), "/documents"].concat(), request).await
}

/// The page to print.
#[must_use]
pub fn print_address(id: DocumentId) -> String {
    ["/api/v1/documents/", &id.to_string(), "/print"].concat()
}

/// The file.
#[must_use]
pub fn file_address(id: DocumentId) -> String {
    ["/api/v1/documents/", &id.to_string(), "/docx"].concat()
}
