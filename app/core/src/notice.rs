//! 通知信访人: after which events a message goes out, when it may go, and when trying ends.
//!
//! A message never says what a matter is about, nor what happened: it says that there is something to see behind the
//! query code. So two events soon after one another need one message, and a message that is read by somebody else
//! tells them nothing. Reports against officials (检举控告) are no matters and have no events; nothing is ever sent
//! about them. Matters of an import were told by the earlier system.

use serde::{Deserialize, Serialize};

use crate::matter::{Event, FilingGround, Matter, Proposal, Ruling};
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
    /// 转送: a unit has it.
    Transferred,
    /// 当场答复.
    AnsweredOnSpot,
    /// 存.
    Filed,
    /// 并入另一件.
    Merged,
    /// 撤回.
    Withdrawn,
    /// 重开.
    Reopened,
    /// 复查、复核 was asked for, and is under way.
    ReviewRequested,
    /// 复查、复核意见 is there.
    ReviewDecided,
}

impl Occasion {
    /// All of them.
    pub const ALL: [Self; 15] = [
        Self::Registered,
        Self::Accepted,
        Self::MaterialAsked,
        Self::DayMoved,
        Self::Answered,
        Self::Visited,
        Self::Closed,
        Self::Transferred,
        Self::AnsweredOnSpot,
        Self::Filed,
        Self::Merged,
        Self::Withdrawn,
        Self::Reopened,
        Self::ReviewRequested,
        Self::ReviewDecided,
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
            Self::Transferred => "transferred",
            Self::AnsweredOnSpot => "answered_on_spot",
            Self::Filed => "filed",
            Self::Merged => "merged",
            Self::Withdrawn => "withdrawn",
            Self::Reopened => "reopened",
            Self::ReviewRequested => "review_requested",
            Self::ReviewDecided => "review_decided",
        }
    }

    /// Reads [`Self::code`] back.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.code() == code)
    }
}

/// What a petitioner is to hear of after these events of one deed: the last of them that is worth it. `after`: the
/// matter with these events; what an approval leads to stands there.
#[must_use]
pub fn occasion(events: &[Event], after: &Matter) -> Option<Occasion> {
    let told = events.iter().rev().find_map(|event| of_event(event, after));
    // Where a deed is the answer to what was said, the deed itself is the news.
    let answered = |event: &Event| matches!(event, Event::VoiceAnswered { .. });
    told.or_else(|| events.iter().any(answered).then_some(Occasion::Answered))
}

fn of_event(event: &Event, after: &Matter) -> Option<Occasion> {
    Some(match event {
        // Of an import nobody registered here, and a petitioner who files online has the receipt before the eyes.
        Event::Registered { by: Some(_), .. } => Occasion::Registered,
        Event::Transferred { .. } => Occasion::Transferred,
        Event::Accepted { .. } | Event::Notified(_) | Event::ReviewTaken { .. } => Occasion::Accepted,
        Event::MaterialRequested(_) => Occasion::MaterialAsked,
        Event::Extended(_) => Occasion::DayMoved,
        Event::OpinionSigned(_) | Event::Delivered { .. } | Event::ReviewDelivered { .. } => Occasion::Answered,
        // To confirm or to deny: only what is said to have happened at the home.
        Event::Visited(note) if note.meeting().way.at_home() => Occasion::Visited,
        Event::ReturnVisited(note) if note.meeting().way.at_home() => Occasion::Visited,
        Event::Closed { by: Some(_), .. } => Occasion::Closed,
        Event::ProposalApproved { .. } => return after.rulings.last().and_then(of_ruling),
        Event::Reopened(_) => Occasion::Reopened,
        Event::ReviewRequested(_) => Occasion::ReviewRequested,
        Event::ReviewDecided(_) => Occasion::ReviewDecided,
        _ => return None,
    })
}

/// What was approved. Of 不予受理, 不再受理 and 导入 the petitioner is told in writing, which has its own clock
/// ([`Event::Notified`]); 延期 and 重开 have their own events.
fn of_ruling(ruling: &Ruling) -> Option<Occasion> {
    match &ruling.pending.proposal {
        Proposal::AnswerOnSpot { .. } => Some(Occasion::AnsweredOnSpot),
        Proposal::File { ground: FilingGround::Merged, .. } => Some(Occasion::Merged),
        Proposal::File { .. } => Some(Occasion::Filed),
        Proposal::Withdraw { .. } => Some(Occasion::Withdrawn),
        _ => None,
    }
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
