//! Counts that know what they were counted from.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::item::Item;
use super::period::Period;
use crate::id::UnitId;
use crate::matter::Category;
use crate::place::DivisionCode;

/// A number and the items behind it, by their places in the list that was counted; each item once.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// The number that is shown. More than there are items only where 件 are counted: a matter has several.
    pub count: usize,
    /// The list that it opens.
    pub items: Vec<usize>,
}

impl Tally {
    /// Counts the items that are meant.
    pub fn of(items: &[Item], meant: impl Fn(&Item) -> bool) -> Self {
        let items: Vec<usize> = items.iter().enumerate().filter(|(_, item)| meant(item)).map(|(at, _)| at).collect();
        Self { count: items.len(), items }
    }

    /// Counts so many for each item.
    pub fn sum(items: &[Item], each: impl Fn(&Item) -> usize) -> Self {
        let mut tally = Self::default();
        for (at, item) in items.iter().enumerate() {
            let count = each(item);
            if count > 0 {
                tally.count += count;
                tally.items.push(at);
            }
        }
        tally
    }
}

/// One line of a table of groups: what came in, what of it came again, what ended, what is late.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Group<K> {
    /// Whose line it is; `None` for what belongs nowhere yet.
    pub key: Option<K>,
    /// 收到 (件).
    pub received: Tally,
    /// 其中重件.
    pub repeats: Tally,
    /// 办结.
    pub ended: Tally,
    /// 超期未办.
    pub overdue: Tally,
}

/// 件 that came in during the period: the first and each that was linked; with `repeats` only 重件.
#[must_use]
pub fn intakes(item: &Item, period: Period, repeats: bool) -> usize {
    let first = period.holds(item.received) && (!repeats || !item.first);
    usize::from(first) + item.repeats.iter().filter(|day| period.holds(**day)).count()
}

fn group<K>(items: &[Item], period: Period, today: NaiveDate, key: Option<K>, of: impl Fn(&Item) -> bool) -> Group<K> {
    Group {
        received: Tally::sum(items, |item| if of(item) { intakes(item, period, false) } else { 0 }),
        repeats: Tally::sum(items, |item| if of(item) { intakes(item, period, true) } else { 0 }),
        ended: Tally::of(items, |item| of(item) && period.has(item.ended)),
        overdue: Tally::of(items, |item| of(item) && item.is_overdue(today)),
        key,
    }
}

fn says_something<K>(group: &Group<K>) -> bool {
    group.received.count + group.ended.count + group.overdue.count > 0
}

/// By 内容分类, in the order of its table.
#[must_use]
pub fn by_category(items: &[Item], period: Period, today: NaiveDate) -> Vec<Group<Category>> {
    let line = |category| group(items, period, today, Some(category), |item| item.category == category);
    Category::ALL.into_iter().map(line).filter(says_something).collect()
}

/// By 责任单位; what has none stands last. In no order that ranks them.
#[must_use]
pub fn by_unit(items: &[Item], period: Period, today: NaiveDate) -> Vec<Group<UnitId>> {
    by(items, period, today, |item| item.unit)
}

/// By 乡镇 of the problem, in the order of the codes; what is not known stands last.
#[must_use]
pub fn by_town(items: &[Item], period: Period, today: NaiveDate) -> Vec<Group<DivisionCode>> {
    by(items, period, today, |item| {
        let place = item.place.as_ref()?;
        place.town().and_then(|town| DivisionCode::parse(town).ok())
    })
}

fn by<K: Ord + Clone>(
    items: &[Item],
    period: Period,
    today: NaiveDate,
    key: impl Fn(&Item) -> Option<K>,
) -> Vec<Group<K>> {
    let keys: BTreeMap<Option<K>, ()> = items.iter().map(|item| (key(item), ())).collect();
    let (none, some): (Vec<_>, Vec<_>) = keys.into_keys().partition(Option::is_none);
    let line = |wanted: Option<K>| group(items, period, today, wanted.clone(), |item| key(item) == wanted);
    some.into_iter().chain(none).map(line).filter(says_something).collect()
}

/// 超期: all on which a duty has run over on that day.
#[must_use]
pub fn overdue(items: &[Item], today: NaiveDate) -> Tally {
    Tally::of(items, |item| item.is_overdue(today))
}

/// What looks like 积案 on that day and does not stand in the ledger: for the joint conference to look through.
#[must_use]
pub fn candidates(items: &[Item], today: NaiveDate) -> Tally {
    Tally::of(items, |item| item.is_old_case(today) && !item.stands_listed())
}

/// 积案台账 of a period: all that stood there, and what of it was struck off (销号).
#[must_use]
pub fn ledger(items: &[Item], period: Period) -> (Tally, Tally) {
    let listed = Tally::of(items, |item| item.is_listed(period));
    (listed, Tally::of(items, |item| item.is_listed(period) && item.is_struck_off(period)))
}
