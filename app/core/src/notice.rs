//! 通知信访人: after which events a message goes out, when it may go, and when trying ends.
//!
//! A message never says what a matter is about, nor what happened: it says that there is something to see behind the
//! query code. So two events soon after one another need one message, and a message that is read by somebody else
//! tells them nothing. Reports against officials (检举控告) are no matters and have no events; nothing is ever sent
//! about them. Matters of an import were told by the earlier system.

use serde::{Deserialize, Serialize};

use crate::matter::{Event, Matter};
use crate::search::fold;
use crate::time::Moment;

/// 由头: what is new. For the clerk who phones, never for the message.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Occasion {
    /// 登记.
    Registered,
    /// 受理, or what became of it instead.
    Accepted,
    /// 要求补充材料.
    MaterialAsked,
    /// 答应的日子改了: 延期.
    DayMoved,
    /// 有了答复: an opinion is ready or was delivered, or a voice was answered.
    Answered,
    /// 走访已记录: to confirm or to deny.
    Visited,
    /// 办结: to be rated.
    Closed,
}

impl Occasion {
    /// All of them.
    pub const ALL: [Self; 7] = [
        Self::Registered,
        Self::Accepted,
        Self::MaterialAsked,
        Self::DayMoved,
        Self::Answered,
        Self::Visited,
        Self::Closed,
    ];

    /// A stable word, for the database.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Registered => "registered",
            Self::Accepted => "accepted",
            Self::MaterialAsked => "material_asked",
            Self::DayMoved => "day_moved",
            Self::Answered => "answered",
            Self::Visited => "visited",
            Self::Closed => "closed",
        }
    }

    /// Reads [`Self::code`] back.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.code() == code)
    }
}

/// What a petitioner is to hear of after these events of one deed: the last of them that is worth it.
#[must_use]
pub fn occasion(events: &[Event]) -> Option<Occasion> {
    events.iter().rev().find_map(of_event)
}

fn of_event(event: &Event) -> Option<Occasion> {
    Some(match event {
        // Of an import nobody registered here, and a petitioner who files online has the receipt before the eyes.
        Event::Registered { by: Some(_), .. } => Occasion::Registered,
        Event::Accepted { .. } | Event::Notified(_) | Event::ReviewTaken { .. } => Occasion::Accepted,
        Event::MaterialRequested(_) => Occasion::MaterialAsked,
        Event::Extended(_) => Occasion::DayMoved,
        Event::OpinionSigned(_)
        | Event::Delivered { .. }
        | Event::ReviewDelivered { .. }
        | Event::VoiceAnswered { .. } => Occasion::Answered,
        Event::Visited(_) => Occasion::Visited,
        Event::Closed { by: Some(_), .. } => Occasion::Closed,
        _ => return None,
    })
}

/// Whether somebody can be told by phone at all: without a name's number there is nobody to tell.
#[must_use]
pub fn has_phone(matter: &Matter) -> bool {
    let phone = matter.registration.petitioner.phone.as_ref();
    phone.is_some_and(|phone| digits(phone.as_str()).len() >= 7)
}

fn digits(phone: &str) -> String {
    fold(phone).chars().filter(char::is_ascii_digit).collect()
}

/// The eleven digits of a mobile number, to which a short message can be sent; none of a fixed line.
#[must_use]
pub fn mobile(phone: &str) -> Option<String> {
    let digits = digits(phone);
    let national = match digits.len() {
        13 => digits.strip_prefix("86")?,
        15 => digits.strip_prefix("0086")?,
        _ => digits.as_str(),
    };
    let fits = national.len() == 11 && national.starts_with('1') && !matches!(national.as_bytes()[1], b'0'..=b'2');
    fits.then(|| national.to_owned())
}

/// 不打扰: no message and no call between nine in the evening and eight in the morning, Beijing time.
#[must_use]
pub fn is_quiet(now: Moment) -> bool {
    !(8..21).contains(&now.hour_minute().0)
}

/// Waits between tries, in minutes.
const WAITS: [i64; 6] = [1, 5, 30, 2 * 60, 6 * 60, 12 * 60];

/// How long after the so-manieth try (from 1) the next may be made; none: that was the last, a person takes over.
#[must_use]
pub fn wait_after(tries: u32) -> Option<i64> {
    let at = usize::try_from(tries).ok()?.checked_sub(1)?;
    WAITS.get(at).map(|minutes| minutes * 60_000)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::id::AccountId;
    use crate::text::Paragraph;

    const AT: Moment = Moment(1_700_000_000_000);

    fn closed(by: Option<AccountId>) -> Event {
        Event::Closed { by, at: AT }
    }

    #[test]
    fn the_last_thing_that_is_worth_it_is_told_and_work_inside_the_office_is_not() {
        let somebody = Some(AccountId(uuid::Uuid::from_u128(1)));
        let inside = Event::SignedFor { at: AT };
        let accepted = Event::Accepted { at: AT };
        assert_eq!(occasion(&[]), None);
        assert_eq!(occasion(std::slice::from_ref(&inside)), None);
        assert_eq!(occasion(&[inside.clone(), accepted.clone(), inside.clone()]), Some(Occasion::Accepted));
        assert_eq!(occasion(&[accepted, closed(somebody)]), Some(Occasion::Closed));
        assert_eq!(occasion(&[closed(None)]), None, "of an import");
        let received = Event::MaterialReceived { text: Paragraph::parse("照片").unwrap(), at: AT };
        assert_eq!(occasion(&[received]), None, "the petitioner's own doing");
    }

    #[test]
    fn words_of_occasions_read_back() {
        for one in Occasion::ALL {
            assert_eq!(Occasion::from_code(one.code()), Some(one));
        }
        assert_eq!(Occasion::from_code("x"), None);
    }

    #[test]
    fn only_a_mobile_number_takes_short_messages() {
        for (typed, number) in [
            ("13800000003", Some("13800000003")),
            (" 138 0000-0003", Some("13800000003")),
            ("＋８６１３８０００００００３", Some("13800000003")),
            ("008613800000003", Some("13800000003")),
            ("0999-1110002", None),
            ("12345", None),
            ("12012345678", None),
            ("没有", None),
            ("138000000031", None),
        ] {
            assert_eq!(mobile(typed).as_deref(), number, "{typed}");
        }
    }

    #[test]
    fn nights_are_quiet() {
        let at = |hour, minute| is_quiet(Moment::from_local(2026, 5, 3, hour, minute).unwrap());
        assert!(at(21, 0) && at(23, 59) && at(0, 0) && at(7, 59));
        assert!(!at(8, 0) && !at(12, 0) && !at(20, 59));
    }

    #[test]
    fn tries_come_less_and_less_often_and_end() {
        let waits: Vec<_> = (1..8).map(wait_after).collect();
        assert!(waits[..6].windows(2).all(|pair| pair[0] < pair[1]));
        assert_eq!((wait_after(0), waits[0], waits[6]), (None, Some(60_000), None));
    }
}
