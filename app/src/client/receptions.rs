//! 接访安排 and 说事点.

use case_core::id::{BookingId, MatterId, ReceptionId};
use case_core::reception::SittingKey;
use case_core::wire::receptions::{
    BookingAct, BookingRow, ChangeRequest, EndRule, InviteRequest, MatterBookings, ReceptionDesk, RuleRequest,
    SittingList, TalkPointList, TalkPointRequest,
};
use chrono::NaiveDate;

use super::{Answer, http};

/// The calendar.
///
/// # Errors
/// [`super::ClientError`].
pub async fn desk() -> Answer<ReceptionDesk> {
    http::get("/receptions").await
}

/// Makes a rule or words it anew.
///
/// # Errors
/// [`super::ClientError`].
pub async fn set_rule(request: &RuleRequest) -> Answer<ReceptionDesk> {
    http::post("/receptions/rules", request).await
}

/// Ends a rule.
///
/// # Errors
/// [`super::ClientError`].
pub async fn end_rule(id: ReceptionId, last: NaiveDate) -> Answer<ReceptionDesk> {
    http::post(&["/receptions/rules/", &id.to_string(), "/end"].concat(), &EndRule { last }).await
}

/// Changes one reception.
///
/// # Errors
/// [`super::ClientError`].
pub async fn change(request: &ChangeRequest) -> Answer<ReceptionDesk> {
    http::post("/receptions/changes", request).await
}

/// Who comes.
///
/// # Errors
/// [`super::ClientError`].
pub async fn list(key: SittingKey) -> Answer<SittingList> {
    http::get(&path(key)).await
}

/// Where the list is printed.
#[must_use]
pub fn print_address(key: SittingKey) -> String {
    ["/api/v1", &path(key), "/print"].concat()
}

fn path(key: SittingKey) -> String {
    ["/receptions/", &key.rule.to_string(), "/", &key.planned.to_string()].concat()
}

/// Does something with a booking.
///
/// # Errors
/// [`super::ClientError`].
pub async fn act(id: BookingId, act: &BookingAct) -> Answer<BookingRow> {
    http::post(&["/receptions/bookings/", &id.to_string()].concat(), act).await
}

/// 约访.
///
/// # Errors
/// [`super::ClientError`].
pub async fn invite(key: SittingKey, request: &InviteRequest) -> Answer<SittingList> {
    http::post(&[&path(key), "/invite"].concat(), request).await
}

/// Where an invitation is printed.
#[must_use]
pub fn invitation_address(id: BookingId) -> String {
    ["/api/v1/receptions/bookings/", &id.to_string(), "/print"].concat()
}

/// The appointments of a matter.
///
/// # Errors
/// [`super::ClientError`].
pub async fn of_matter(id: MatterId) -> Answer<MatterBookings> {
    http::get(&["/matters/", &id.to_string(), "/bookings"].concat()).await
}

/// 说事点.
///
/// # Errors
/// [`super::ClientError`].
pub async fn points() -> Answer<TalkPointList> {
    http::get("/talk-points").await
}

/// Adds a point, changes it or closes it.
///
/// # Errors
/// [`super::ClientError`].
pub async fn set_point(request: &TalkPointRequest) -> Answer<TalkPointList> {
    http::post("/talk-points", request).await
}
