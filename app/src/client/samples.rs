//! 抽查回访.

use case_core::wire::samples::{SampleList, SampleRequest};

use super::{Answer, http};

/// All draws.
///
/// # Errors
/// [`super::ClientError`].
pub async fn list() -> Answer<SampleList> {
    http::get("/samples").await
}

/// Draws; sending the same request again draws nothing more.
///
/// # Errors
/// [`super::ClientError`].
pub async fn draw(request: &SampleRequest) -> Answer<SampleList> {
    http::post("/samples", request).await
}
