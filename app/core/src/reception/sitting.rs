//! Receptions as they follow from rules, changes and holidays.

use std::collections::BTreeMap;

use chrono::{Days, NaiveDate};
use serde::{Deserialize, Serialize};

use super::rule::{Leader, MinuteOfDay, ReceptionRule};
use crate::id::ReceptionId;
use crate::text::{Paragraph, Title};
use crate::time::{Calendar, Moment};

/// So many days before the first day asked for may lie the planned day of a reception that holidays moved there.
/// The longest rest of any year has 9 days.
const LONGEST_REST: u64 = 40;
/// Times of arrival are told in steps of so many minutes.
const STEP: u16 = 5;

/// The name of a reception: its rule, and the day that the rule plans.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct SittingKey {
    /// The rule.
    pub rule: ReceptionId,
    /// The planned day, before anything moved it.
    pub planned: NaiveDate,
}

/// 调整: what somebody decided about one reception. A later decision takes the place of the one before.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Change {
    /// 取消.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub off: bool,
    /// 改期: exactly that day, also when it is a day off.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<NaiveDate>,
    /// 换人接访.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub leader: Option<Leader>,
    /// Why; people are told.
    pub reason: Paragraph,
}

/// 一次接访.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sitting {
    /// Its name.
    pub key: SittingKey,
    /// The day on which it is.
    pub day: NaiveDate,
    /// Who receives.
    pub leader: Leader,
    /// 地点.
    pub place: Title,
    /// From when.
    pub begins: MinuteOfDay,
    /// Until when.
    pub ends: MinuteOfDay,
    /// How many people can book.
    pub slots: u16,
    /// 取消了.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub off: bool,
    /// Why somebody changed it; none for what only holidays moved.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<Paragraph>,
}

impl Sitting {
    /// When the person with this place (from 0) should come.
    #[must_use]
    pub fn time_of(&self, slot: u16) -> MinuteOfDay {
        let minutes = u32::from(self.ends.minutes().saturating_sub(self.begins.minutes()));
        let after = minutes * u32::from(slot.min(self.slots)) / u32::from(self.slots.max(1));
        let after = u16::try_from(after).unwrap_or(0) / STEP * STEP;
        MinuteOfDay::try_from(self.begins.minutes() + after).unwrap_or(self.begins)
    }

    /// When it begins.
    #[must_use]
    pub fn starts_at(&self) -> Moment {
        at(self.day, self.begins)
    }

    /// When it ends.
    #[must_use]
    pub fn ends_at(&self) -> Moment {
        at(self.day, self.ends)
    }

    /// Whether it is on another day than its rule plans.
    #[must_use]
    pub fn is_moved(&self) -> bool {
        self.day != self.key.planned
    }
}

/// The moment of a time of day in Asia/Shanghai.
pub(super) fn at(day: NaiveDate, time: MinuteOfDay) -> Moment {
    Moment::start_of(day).plus_ms(i64::from(time.minutes()) * 60_000)
}

/// All receptions on the days `from..=until`, also those that are called off, in the order of their times.
///
/// A day off moves its reception to the next working day (节假日顺延, spec 1-5); a Saturday that is worked
/// (调休) is a working day. Where holidays move two receptions of the *same* rule onto one day, it is one
/// reception, that of the later planned day: a leader sits once a day. Two rules that meet on a day are two.
#[must_use]
pub fn sittings(
    rules: &[(ReceptionId, ReceptionRule)],
    changes: &BTreeMap<SittingKey, Change>,
    calendar: &Calendar,
    from: NaiveDate,
    until: NaiveDate,
) -> Vec<Sitting> {
    let mut all = Vec::new();
    for (id, rule) in rules {
        of_rule(*id, rule, changes, calendar, from, until, &mut all);
    }
    all.sort_by(|a, b| (a.day, a.begins, &a.leader, a.key).cmp(&(b.day, b.begins, &b.leader, b.key)));
    all
}

/// The reception with a name, wherever it was moved; none when it is not planned, not any more, or became one
/// with another.
#[must_use]
pub fn sitting_of(
    rules: &[(ReceptionId, ReceptionRule)],
    changes: &BTreeMap<SittingKey, Change>,
    calendar: &Calendar,
    key: SittingKey,
) -> Option<Sitting> {
    let rule = rules.iter().find(|(id, _)| *id == key.rule)?;
    let moved_to = changes.get(&key).and_then(|change| change.to).unwrap_or(key.planned);
    let last = key.planned.checked_add_days(Days::new(LONGEST_REST)).unwrap_or(key.planned);
    let (from, until) = (key.planned.min(moved_to), last.max(moved_to));
    sittings(std::slice::from_ref(rule), changes, calendar, from, until).into_iter().find(|sitting| sitting.key == key)
}

fn of_rule(
    id: ReceptionId,
    rule: &ReceptionRule,
    changes: &BTreeMap<SittingKey, Change>,
    calendar: &Calendar,
    from: NaiveDate,
    until: NaiveDate,
    all: &mut Vec<Sitting>,
) {
    let earliest = from.checked_sub_days(Days::new(LONGEST_REST)).unwrap_or(from);
    let mut planned = rule.planned(earliest, until);
    // What was moved by hand may have been planned any time.
    let range = SittingKey { rule: id, planned: NaiveDate::MIN }..=SittingKey { rule: id, planned: NaiveDate::MAX };
    for key in changes.range(range).map(|(key, _)| *key) {
        let is_planned = rule.planned(key.planned, key.planned) == [key.planned];
        if is_planned && planned.binary_search(&key.planned).is_err() {
            planned.push(key.planned);
        }
    }
    planned.sort_unstable();
    // By the day onto which they fall, what nobody touched: the latest planned one stays.
    let mut by_rule: BTreeMap<NaiveDate, Sitting> = BTreeMap::new();
    for day in planned {
        let key = SittingKey { rule: id, planned: day };
        let Some(leader) = rule.leader_of(day) else { continue };
        let parts = rule.parts();
        let change = changes.get(&key);
        let regular = calendar.or_next_working_day(day);
        let sitting = Sitting {
            key,
            day: change.and_then(|change| change.to).unwrap_or(regular),
            leader: change.and_then(|change| change.leader.clone()).unwrap_or_else(|| leader.clone()),
            place: parts.place.clone(),
            begins: parts.begins,
            ends: parts.ends,
            slots: parts.slots,
            off: change.is_some_and(|change| change.off),
            reason: change.map(|change| change.reason.clone()),
        };
        if !(from..=until).contains(&sitting.day) {
            continue;
        }
        if change.is_some() {
            all.push(sitting);
        } else {
            by_rule.insert(sitting.day, sitting);
        }
    }
    all.extend(by_rule.into_values());
}
