//! 检举控告. Nothing of it is kept on the device.

use case_core::id::SealedReportId;
use case_core::wire::sealed::{
    ChangePassphrase, CloseSealed, HandOverSealed, OpenSealed, SealedList, SealedOpened, SealedReceipt, SealedRequest,
    SealedRow,
};

use super::{Answer, http};

/// What this officer may open.
///
/// # Errors
/// [`super::ClientError`].
pub async fn list() -> Answer<SealedList> {
    http::get("/sealed").await
}

/// Registers; sending the same request again registers once.
///
/// # Errors
/// [`super::ClientError`].
pub async fn register(request: &SealedRequest) -> Answer<SealedReceipt> {
    http::post("/sealed", request).await
}

/// Opens one, which is noted.
///
/// # Errors
/// [`super::ClientError`].
pub async fn open(id: SealedReportId, request: &OpenSealed) -> Answer<SealedOpened> {
    http::post(&["/sealed/", &id.to_string(), "/open"].concat(), request).await
}

/// Puts on record to whom it was handed.
///
/// # Errors
/// [`super::ClientError`].
pub async fn hand_over(id: SealedReportId, request: &HandOverSealed) -> Answer<SealedRow> {
    http::post(&["/sealed/", &id.to_string(), "/handover"].concat(), request).await
}

/// Closes it.
///
/// # Errors
/// [`super::ClientError`].
pub async fn close(id: SealedReportId, request: &CloseSealed) -> Answer<SealedRow> {
    http::post(&["/sealed/", &id.to_string(), "/close"].concat(), request).await
}

/// Puts the officer's key under another passphrase.
///
/// # Errors
/// [`super::ClientError`].
pub async fn change_passphrase(request: &ChangePassphrase) -> Answer<()> {
    http::tell("/sealed/passphrase", request).await
}
