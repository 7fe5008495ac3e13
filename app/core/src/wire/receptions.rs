//! 接访 and 说事点 at the desk.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::code::MatterNumber;
use crate::id::{BookingId, MatterId, ReceptionId, TalkPointId};
use crate::place::DivisionCode;
use crate::reception::{Booking, Change, RuleParts, Sitting, SittingKey, TalkPoint, Told};
use crate::text::{Paragraph, ShortText, Title};

/// `GET /api/v1/receptions`: the calendar of receptions.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReceptionDesk {
    /// The rules that plan anything from today on.
    pub rules: Vec<RuleRow>,
    /// Receptions of the last days and the coming weeks, also those called off.
    pub sittings: Vec<SittingRow>,
    /// Whoever booked and waits for something else than what will be, to be told.
    pub to_tell: Vec<BookingRow>,
    /// Whether the person may change anything; otherwise names and numbers are masked.
    pub keeps: bool,
    /// The server's today.
    pub today: NaiveDate,
}

/// A rule.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RuleRow {
    /// Identity.
    pub id: ReceptionId,
    /// The rule.
    pub rule: RuleParts,
}

/// A reception, and how many have booked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SittingRow {
    /// The reception.
    pub sitting: Sitting,
    /// Bookings that take a place.
    pub booked: u16,
}

/// `POST /api/v1/receptions/rules`: a new rule, or other words for one that is there. On which days it is stays:
/// what was booked hangs on them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RuleRequest {
    /// The rule that is changed; none: a new one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<ReceptionId>,
    /// As it stands in the form.
    pub rule: RuleParts,
}

/// `POST /api/v1/receptions/rules/{id}/end`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EndRule {
    /// The last day that it may plan.
    pub last: NaiveDate,
}

/// `POST /api/v1/receptions/changes`: calls one reception off, moves it, gives it to another leader, or takes such a
/// change back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChangeRequest {
    /// Which.
    pub key: SittingKey,
    /// The change; none: as its rule plans.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub change: Option<Change>,
}

/// `GET /api/v1/receptions/{id}/{day}`: who comes to one reception.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SittingList {
    /// The reception; none when it is not held any more.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sitting: Option<Sitting>,
    /// Its bookings by their times, the cancelled ones too.
    pub bookings: Vec<BookingRow>,
    /// Whether the person may change anything.
    pub keeps: bool,
    /// Whether its day has come, so that it can be said who came.
    pub begun: bool,
}

/// `POST /api/v1/receptions/{id}/{day}/invite`: 约访, the petitioner of a matter. Sent again it is one invitation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct InviteRequest {
    /// Made with the form.
    pub id: BookingId,
    /// 信访件编号.
    pub number: String,
}

/// A booking at the desk.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BookingRow {
    /// The booking; name and number masked for those who do not keep the calendar.
    pub booking: Booking,
    /// How it stands now; none: the reception is not held.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub now: Option<Told>,
    /// Whether the person must be told.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub to_tell: bool,
    /// The same phone number stands on the list of that reception more than once: who books without a code is not
    /// refused for it.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub twice: bool,
    /// Why it was changed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<Paragraph>,
    /// 信访件编号 of the matter that it is about, where the person may see it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub number: Option<MatterNumber>,
}

/// `POST /api/v1/receptions/bookings/{id}`: what the desk does with a booking.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum BookingAct {
    /// 已告知: the person knows how it stands, as the desk saw it.
    Told(Option<Told>),
    /// 替本人取消.
    Cancel,
    /// 来了: with what it led to.
    Attended(BookingResult),
    /// 没来.
    Absent,
}

/// 接访结果: a matter, or words, or both.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct BookingResult {
    /// 信访件编号.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub number: Option<String>,
    /// In own words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub words: Option<Paragraph>,
}

/// `GET /api/v1/matters/{id}/bookings`: the appointments that a matter has.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MatterBookings {
    /// The last first; name and number are left to the file.
    pub bookings: Vec<BookingRow>,
}

/// `GET /api/v1/talk-points`: 说事点.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TalkPointList {
    /// By place.
    pub points: Vec<TalkPointRow>,
    /// Towns and villages to choose from.
    pub divisions: Vec<(DivisionCode, Title)>,
    /// Whether the person may change anything.
    pub keeps: bool,
}

/// A point with the names of its town and village.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TalkPointRow {
    /// The point.
    pub point: TalkPoint,
    /// 乡镇.
    pub town: Title,
    /// 村.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub village: Option<Title>,
}

/// `POST /api/v1/talk-points`: a new one, another content, or closed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TalkPointRequest {
    /// The one that is changed; none: a new one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<TalkPointId>,
    /// 乡镇 or 村.
    pub division: DivisionCode,
    /// Its name.
    pub name: ShortText,
    /// 地点.
    pub place: Title,
    /// 谁在.
    pub keeper: ShortText,
    /// 什么时候有人.
    pub hours: Title,
    /// 电话.
    pub phone: ShortText,
    /// 不再用.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub closed: bool,
}

/// The matter of a booking, where a desk opens it.
#[must_use]
pub fn matter_of(row: &BookingRow) -> Option<MatterId> {
    row.number.as_ref().and(row.booking.matter)
}
