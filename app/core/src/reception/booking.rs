//! 接访预约: a place in a reception.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::rule::MinuteOfDay;
use super::sitting::{Sitting, SittingKey, at};
use crate::id::{AccountId, BookingId, MatterId};
use crate::search::fold;
use crate::text::{Paragraph, ShortText, Title};
use crate::time::Moment;

/// 预约号: eight digits. Shown to whoever booked; together with the end of the phone number it opens the booking.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct BookingNumber(String);

/// Not eight digits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a booking number has eight digits")]
pub struct NotANumber;

impl BookingNumber {
    /// How many there are.
    pub const SPACE: u64 = 100_000_000;

    /// Of a number; its last eight digits.
    #[must_use]
    pub fn from_number(number: u64) -> Self {
        Self(format!("{:08}", number % Self::SPACE))
    }

    /// Reads what people type: full-width digits, blanks and dashes between.
    ///
    /// # Errors
    /// [`NotANumber`].
    pub fn parse(typed: &str) -> Result<Self, NotANumber> {
        let digits: String = fold(typed).chars().filter(|c| !matches!(c, '-' | ' ' | '\u{3000}')).collect();
        let fits = digits.len() == 8 && digits.bytes().all(|byte| byte.is_ascii_digit());
        if fits { Ok(Self(digits)) } else { Err(NotANumber) }
    }

    /// The digits.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl TryFrom<String> for BookingNumber {
    type Error = NotANumber;
    fn try_from(raw: String) -> Result<Self, NotANumber> {
        Self::parse(&raw)
    }
}

impl From<BookingNumber> for String {
    fn from(number: BookingNumber) -> Self {
        number.0
    }
}

/// 预约情况.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum BookingState {
    /// 已预约.
    Booked,
    /// 已取消, by the person or for the person.
    Cancelled,
    /// 来了.
    Attended,
    /// 没来.
    Absent,
    /// 约访: the desk invited the person, who has not answered yet. The place is kept.
    Invited,
    /// 约访，不来: the person said no.
    Declined,
}

impl BookingState {
    /// All of them.
    pub const ALL: [Self; 6] =
        [Self::Booked, Self::Cancelled, Self::Attended, Self::Absent, Self::Invited, Self::Declined];

    /// A stable word, that of its JSON.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Booked => "booked",
            Self::Cancelled => "cancelled",
            Self::Attended => "attended",
            Self::Absent => "absent",
            Self::Invited => "invited",
            Self::Declined => "declined",
        }
    }

    /// Whether it takes a place.
    #[must_use]
    pub fn takes_a_place(self) -> bool {
        !matches!(self, Self::Cancelled | Self::Declined)
    }

    /// Whether the person is waited for.
    #[must_use]
    pub fn waits(self) -> bool {
        matches!(self, Self::Booked | Self::Invited)
    }
}

/// What the person was last told about when and where. None of it: that the reception is not held.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Told {
    /// The day.
    pub day: NaiveDate,
    /// When to come.
    pub time: MinuteOfDay,
    /// Where.
    pub place: Title,
    /// Who receives.
    pub leader: ShortText,
}

/// 一个预约.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Booking {
    /// Made with the form: what is sent twice is one booking.
    pub id: BookingId,
    /// 预约号.
    pub number: BookingNumber,
    /// Which reception.
    pub key: SittingKey,
    /// The place in it, from 0.
    pub slot: u16,
    /// 姓名.
    pub name: ShortText,
    /// 电话.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub phone: Option<ShortText>,
    /// The matter by whose query code it was booked, or that it led to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub matter: Option<MatterId>,
    /// When it was booked.
    pub made_at: Moment,
    /// How it stands.
    pub state: BookingState,
    /// What the person was last told; none: that it is not held.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub told: Option<Told>,
    /// 接访结果, in own words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub result: Option<Paragraph>,
    /// 约访: by whom the person was invited. It stays when the person has said yes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub invited_by: Option<AccountId>,
}

impl Booking {
    /// How it stands now: when, where and by whom; none when the reception is not held (any more).
    #[must_use]
    pub fn stands(&self, sitting: Option<&Sitting>) -> Option<Told> {
        sitting.filter(|sitting| !sitting.off).map(|sitting| Told {
            day: sitting.day,
            time: sitting.time_of(self.slot),
            place: sitting.place.clone(),
            leader: sitting.leader.name.clone(),
        })
    }

    /// Whether the person waits for something else than what will be: to be told before the day is over.
    #[must_use]
    pub fn needs_telling(&self, sitting: Option<&Sitting>, today: NaiveDate) -> bool {
        let now = self.stands(sitting);
        let last = now.iter().chain(&self.told).map(|told| told.day).max();
        self.state.waits() && self.told != now && last.is_some_and(|day| day >= today)
    }

    /// Until when it can be cancelled: the moment at which the person should come.
    #[must_use]
    pub fn begins_at(&self, sitting: &Sitting) -> Moment {
        at(sitting.day, sitting.time_of(self.slot))
    }
}
