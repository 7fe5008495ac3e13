//! 期限: the clocks that run on a matter, each with its source, as pure functions of dates.
//!
//! A clock starts on a day, is due at 24:00 of another (Asia/Shanghai) and is stopped by the deed
//! it asks for. Several run on one matter; lists show the nearest. A returned closure never moves a
//! legal clock.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::ClockKind;

/// 快到期: a clock with at most so many days left is near its end, on every screen and in every list.
pub const NEAR_DAYS: u8 = 3;

/// One clock on a matter.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Clock {
    /// The rule.
    pub kind: ClockKind,
    /// The day it began to run (not counted).
    pub started: NaiveDate,
    /// The last day, until 24:00.
    pub due: NaiveDate,
    /// The day of the deed that it asked for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stopped: Option<NaiveDate>,
}

/// How a clock stands on a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ClockState {
    /// Running with so many days left (0: today is the last).
    Running {
        /// Days until the last day.
        days_left: i64,
    },
    /// Running and so many days past the last.
    Overdue {
        /// Days since the last day, at least 1.
        days: i64,
    },
    /// A right that nobody used in time: so many days since its last.
    Lapsed {
        /// Days since the last day, at least 1.
        days: i64,
    },
    /// Done in time.
    Met,
    /// Done, but so many days late.
    MetLate {
        /// Days late, at least 1.
        days: i64,
    },
}

impl Clock {
    /// How it stands on `today`.
    #[must_use]
    pub fn state(&self, today: NaiveDate) -> ClockState {
        match self.stopped {
            Some(on) if on <= self.due => ClockState::Met,
            // What ended after its last day had been given up before.
            Some(on) if self.kind.is_window() => ClockState::Lapsed { days: (on - self.due).num_days() },
            Some(on) => ClockState::MetLate { days: (on - self.due).num_days() },
            None if today <= self.due => ClockState::Running { days_left: (self.due - today).num_days() },
            None if self.kind.is_window() => ClockState::Lapsed { days: (today - self.due).num_days() },
            None => ClockState::Overdue { days: (today - self.due).num_days() },
        }
    }

    /// Still running (in time or not).
    #[must_use]
    pub fn is_running(&self) -> bool {
        self.stopped.is_none()
    }

    /// Share of the span that has passed on `today`, 0–100: the thin bar, and the warning steps
    /// (50, 75, 100).
    #[must_use]
    pub fn percent(&self, today: NaiveDate) -> u8 {
        let span = (self.due - self.started).num_days();
        let gone = (self.stopped.unwrap_or(today) - self.started).num_days();
        if span <= 0 || gone >= span {
            return if gone >= span { 100 } else { 0 };
        }
        u8::try_from((gone.max(0) * 100) / span).unwrap_or(100)
    }
}

/// The running clock that is due first. Rights of others ([`ClockKind::is_window`]) stand in nobody's
/// list of what is to be done.
#[must_use]
pub fn nearest(clocks: &[Clock]) -> Option<&Clock> {
    clocks.iter().filter(|c| c.is_running() && !c.kind.is_window()).min_by_key(|c| (c.due, c.kind))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::time::{Calendar, Moment, Rules};

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn the_last_minute_is_in_time_and_the_next_is_not() {
        let due = Rules::default().due(ClockKind::Transfer, day("2026-03-01"), &Calendar::shipped());
        let clock = Clock { kind: ClockKind::Transfer, started: day("2026-03-01"), due, stopped: None };
        let last_minute = Moment::from_local(2026, 3, 16, 23, 59).unwrap();
        assert_eq!(clock.state(last_minute.date()), ClockState::Running { days_left: 0 });
        assert_eq!(clock.state(last_minute.plus_ms(60_000).date()), ClockState::Overdue { days: 1 });
    }

    #[test]
    fn each_clock_has_its_length() {
        let c = Calendar::default();
        let start = day("2027-03-01"); // a Monday, outside the holiday table
        let due = |kind| (Rules::default().due(kind, start, &c) - start).num_days();
        assert_eq!(due(ClockKind::Meet), 3);
        assert_eq!(due(ClockKind::Feedback), 7);
        assert_eq!(due(ClockKind::Settle), 21);
        assert_eq!(due(ClockKind::Transfer), 15);
        assert_eq!(due(ClockKind::Notice), 15);
        assert_eq!(due(ClockKind::Handling), 60);
        assert_eq!(due(ClockKind::ReturnVisit), 7);
        assert_eq!(due(ClockKind::Review), 3);
    }

    #[test]
    fn an_extension_has_at_most_thirty_days() {
        let (rules, c) = (Rules::default(), Calendar::default());
        assert_eq!(rules.extended(day("2027-01-02"), day("2027-03-03"), 30, &c), Some(day("2027-04-02")));
        assert_eq!(rules.extended(day("2027-01-02"), day("2027-03-03"), 31, &c), None);
        assert_eq!(rules.extended(day("2027-01-02"), day("2027-03-03"), 0, &c), None);
    }

    #[test]
    fn the_nearest_is_the_running_one_due_first() {
        let clock = |kind, due: &str, stopped: Option<&str>| Clock {
            kind,
            started: day("2026-01-05"),
            due: day(due),
            stopped: stopped.map(day),
        };
        let clocks = [
            clock(ClockKind::Meet, "2026-01-08", Some("2026-01-06")),
            clock(ClockKind::Settle, "2026-01-26", None),
            clock(ClockKind::Transfer, "2026-01-20", None),
        ];
        assert_eq!(nearest(&clocks).map(|c| c.kind), Some(ClockKind::Transfer));
        assert_eq!(nearest(&clocks[..1]), None);
    }

    proptest! {
        #[test]
        fn a_stopped_clock_never_changes_again(due in 0_i64..100, stop in 0_i64..200, today in 0_i64..400) {
            let base = day("2026-01-01");
            let at = |n| base + chrono::TimeDelta::days(n);
            let clock = Clock { kind: ClockKind::Handling, started: base, due: at(due), stopped: Some(at(stop)) };
            prop_assert_eq!(clock.state(at(today)), clock.state(at(399)));
            prop_assert!(clock.percent(at(today)) <= 100);
        }

        #[test]
        fn overdue_begins_exactly_after_the_last_day(due in 0_i64..100, today in 0_i64..200) {
            let base = day("2026-01-01");
            let at = |n| base + chrono::TimeDelta::days(n);
            let clock = Clock { kind: ClockKind::Notice, started: base, due: at(due), stopped: None };
            let overdue = matches!(clock.state(at(today)), ClockState::Overdue { .. });
            prop_assert_eq!(overdue, today > due);
        }
    }
}
