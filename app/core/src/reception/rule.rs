//! When a leader receives people: a rule of the calendar.

use chrono::{Datelike as _, Days, Months, NaiveDate, Weekday};
use serde::{Deserialize, Serialize};

use crate::text::{ShortText, Title};

/// The most leaders that take turns in one rule.
pub const MOST_LEADERS: usize = 30;
/// The most people that one reception can take.
pub const MOST_SLOTS: u16 = 60;
/// The least time for one person.
pub const LEAST_MINUTES: u16 = 5;

/// 接访领导: what is published of whoever receives (spec 1-5: 姓名、职务、分管).
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Leader {
    /// 姓名.
    pub name: ShortText,
    /// 职务.
    pub office: ShortText,
    /// 分管工作.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub duty: Option<Title>,
}

/// A time of day in whole minutes since midnight, 0 to 1439.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "u16", into = "u16")]
pub struct MinuteOfDay(u16);

impl MinuteOfDay {
    /// Of hours and minutes; none beyond 23:59.
    #[must_use]
    pub fn new(hour: u16, minute: u16) -> Option<Self> {
        (hour < 24 && minute < 60).then_some(Self(hour * 60 + minute))
    }

    /// Reads 9:00 or 14:30, with either colon.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let (hour, minute) = text.trim().split_once([':', '：'])?;
        Self::new(hour.trim().parse().ok()?, minute.trim().parse().ok()?)
    }

    /// Minutes since midnight.
    #[must_use]
    pub fn minutes(self) -> u16 {
        self.0
    }
}

impl TryFrom<u16> for MinuteOfDay {
    type Error = &'static str;
    fn try_from(minutes: u16) -> Result<Self, Self::Error> {
        if minutes < 24 * 60 { Ok(Self(minutes)) } else { Err("a day has 1440 minutes") }
    }
}

impl From<MinuteOfDay> for u16 {
    fn from(time: MinuteOfDay) -> Self {
        time.0
    }
}

impl std::fmt::Display for MinuteOfDay {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}:{:02}", self.0 / 60, self.0 % 60)
    }
}

/// 接访日: how a rule repeats.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Recurrence {
    /// 每月几日, 1 to 31. A month without that day has it on its last: no month goes without a reception.
    MonthDay(u8),
    /// 每周几: 1 is Monday, 7 Sunday.
    Weekday(u8),
    /// A single day.
    On(NaiveDate),
}

/// What is wrong with a rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum RuleFault {
    /// Nobody receives.
    #[error("no leader")]
    NoLeader,
    /// More leaders than can take turns in one rule.
    #[error("more than {MOST_LEADERS} leaders")]
    TooManyLeaders,
    /// No month, or no week, has such a day.
    #[error("no such day")]
    NoSuchDay,
    /// It ends before it begins.
    #[error("the times are the wrong way round")]
    Times,
    /// Nobody can come, or less than [`LEAST_MINUTES`] remain for each.
    #[error("the number of people does not fit the time")]
    Slots,
    /// The last day lies before the first.
    #[error("the last day is before the first")]
    Days,
}

/// The parts of a rule, as they stand in a form; [`ReceptionRule::new`] checks them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RuleParts {
    /// Who receives: one, or several who take turns in this order.
    pub leaders: Vec<Leader>,
    /// On which days.
    pub when: Recurrence,
    /// The first day that it can plan.
    pub since: NaiveDate,
    /// The last day that it can plan; none: it goes on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<NaiveDate>,
    /// 地点.
    pub place: Title,
    /// From when.
    pub begins: MinuteOfDay,
    /// Until when.
    pub ends: MinuteOfDay,
    /// How many people can book.
    pub slots: u16,
}

/// 接访安排: a rule that holds together.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "RuleParts", into = "RuleParts")]
pub struct ReceptionRule(RuleParts);

impl ReceptionRule {
    /// Checks the parts.
    ///
    /// # Errors
    /// [`RuleFault`], the first that there is.
    pub fn new(parts: RuleParts) -> Result<Self, RuleFault> {
        if parts.leaders.is_empty() {
            return Err(RuleFault::NoLeader);
        }
        if parts.leaders.len() > MOST_LEADERS {
            return Err(RuleFault::TooManyLeaders);
        }
        let day_exists = match parts.when {
            Recurrence::MonthDay(day) => (1..=31).contains(&day),
            Recurrence::Weekday(day) => (1..=7).contains(&day),
            Recurrence::On(_) => true,
        };
        if !day_exists {
            return Err(RuleFault::NoSuchDay);
        }
        if parts.ends <= parts.begins {
            return Err(RuleFault::Times);
        }
        let minutes = parts.ends.minutes() - parts.begins.minutes();
        if parts.slots == 0 || parts.slots > MOST_SLOTS || minutes / parts.slots < LEAST_MINUTES {
            return Err(RuleFault::Slots);
        }
        // One that ended before it began plans nothing, and is no fault.
        let ended = parts.since.pred_opt().unwrap_or(parts.since);
        if parts.until.is_some_and(|until| until < ended) {
            return Err(RuleFault::Days);
        }
        Ok(Self(parts))
    }

    /// The parts.
    #[must_use]
    pub fn parts(&self) -> &RuleParts {
        &self.0
    }

    /// The same rule, planning nothing after a day; nothing at all when that lies before its first.
    #[must_use]
    pub fn ended(&self, last: NaiveDate) -> Self {
        let never = self.0.since.pred_opt().unwrap_or(self.0.since);
        Self(RuleParts { until: Some(last.max(never)), ..self.0.clone() })
    }

    /// The days that it plans within `from..=until`, before holidays move them, the first first.
    #[must_use]
    pub fn planned(&self, from: NaiveDate, until: NaiveDate) -> Vec<NaiveDate> {
        let from = from.max(self.0.since);
        let until = self.0.until.map_or(until, |last| last.min(until));
        let mut days = Vec::new();
        let mut day = self.first_from(from);
        while let Some(planned) = day.filter(|day| *day <= until) {
            days.push(planned);
            day = planned.checked_add_days(Days::new(1)).and_then(|next| self.first_from(next));
        }
        days
    }

    /// Whose turn a planned day is: the first day of the rule is the first leader's.
    #[must_use]
    pub fn leader_of(&self, planned: NaiveDate) -> Option<&Leader> {
        let first = self.first_from(self.0.since).unwrap_or(planned);
        let turn = match self.0.when {
            Recurrence::MonthDay(_) => months(planned) - months(first),
            Recurrence::Weekday(_) => (planned - first).num_days() / 7,
            Recurrence::On(_) => 0,
        };
        let count = i64::try_from(self.0.leaders.len()).unwrap_or(1).max(1);
        usize::try_from(turn.rem_euclid(count)).ok().and_then(|at| self.0.leaders.get(at))
    }

    /// The first day of the pattern on or after `from`.
    fn first_from(&self, from: NaiveDate) -> Option<NaiveDate> {
        match self.0.when {
            Recurrence::On(day) => (day >= from).then_some(day),
            Recurrence::Weekday(weekday) => {
                let wanted = Weekday::try_from(weekday.checked_sub(1)?).ok()?;
                let ahead = (7 + wanted.num_days_from_monday() - from.weekday().num_days_from_monday()) % 7;
                from.checked_add_days(Days::new(u64::from(ahead)))
            }
            Recurrence::MonthDay(wanted) => {
                let here = in_month(from, wanted)?;
                if here >= from {
                    Some(here)
                } else {
                    in_month(from.with_day(1)?.checked_add_months(Months::new(1))?, wanted)
                }
            }
        }
    }
}

/// The day of the month that `of` lies in, or the last day of a shorter month.
fn in_month(of: NaiveDate, wanted: u8) -> Option<NaiveDate> {
    let first = of.with_day(1)?;
    let last = first.checked_add_months(Months::new(1))?.pred_opt()?;
    first.with_day(u32::from(wanted).min(last.day()))
}

fn months(day: NaiveDate) -> i64 {
    i64::from(day.year()) * 12 + i64::from(day.month0())
}

impl TryFrom<RuleParts> for ReceptionRule {
    type Error = RuleFault;
    fn try_from(parts: RuleParts) -> Result<Self, RuleFault> {
        Self::new(parts)
    }
}

impl From<ReceptionRule> for RuleParts {
    fn from(rule: ReceptionRule) -> Self {
        rule.0
    }
}
