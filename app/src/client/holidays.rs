//! 节假日.

use case_core::wire::holidays::{HolidayImport, HolidayReport, HolidayTable, LastDayRequest};

use super::{Answer, http};

/// The table.
///
/// # Errors
/// [`super::ClientError`].
pub async fn table() -> Answer<HolidayTable> {
    http::get("/holidays").await
}

/// Looks at a year's lines, or puts them in.
///
/// # Errors
/// [`super::ClientError`].
pub async fn import(request: &HolidayImport) -> Answer<HolidayReport> {
    http::post("/holidays", request).await
}

/// Sets what becomes of a last day on a holiday.
///
/// # Errors
/// [`super::ClientError`].
pub async fn set_last_day(moves: bool) -> Answer<HolidayTable> {
    http::post("/holidays/last-day", &LastDayRequest { moves }).await
}
