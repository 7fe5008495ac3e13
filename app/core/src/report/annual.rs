//! 年度报告 (Article 41): numbers, fields, organs most complained of; 转送, 交办, 督办; what was advised.

use chrono::NaiveDate;

use super::item::Item;
use super::monthly::{Figures, figures};
use super::period::Period;
use super::tally::{Group, Tally};
use crate::id::UnitId;
use crate::matter::PurposeOfPetition;

/// 被投诉较多的机关、单位: at most so many are named.
const MOST_UNITS: usize = 10;

/// The figures of a year.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Year {
    /// As of every period.
    pub figures: Figures,
    /// 被投诉较多的机关、单位: 申诉求决 only, the most first; those with as many as the last are named too.
    pub most: Vec<Group<UnitId>>,
    /// 转送.
    pub sent: Tally,
    /// 交办.
    pub ordered: Tally,
    /// 建议意见 that came in.
    pub suggestions: Tally,
    /// 建议意见 that were answered.
    pub suggestions_answered: Tally,
}

/// Counts.
#[must_use]
pub fn year(items: &[Item], period: Period, today: NaiveDate) -> Year {
    let figures = figures(items, period, today);
    let suggestion = |item: &Item| item.purpose == PurposeOfPetition::Suggestion && period.holds(item.received);
    Year {
        most: most(items, period, today),
        sent: Tally::of(items, |item| period.has(item.sent) && item.ordered.is_none()),
        ordered: Tally::of(items, |item| period.has(item.ordered)),
        suggestions: Tally::of(items, suggestion),
        suggestions_answered: Tally::of(items, |item| suggestion(item) && item.ended.is_some()),
        figures,
    }
}

fn most(items: &[Item], period: Period, today: NaiveDate) -> Vec<Group<UnitId>> {
    // The places in the list stay: what is no complaint is left out of the numbers, not of the list.
    let complaint = |item: &Item| item.purpose == PurposeOfPetition::Appeal;
    let mut groups: Vec<_> = super::by_unit(items, period, today)
        .into_iter()
        .filter(|group| group.key.is_some())
        .map(|group| {
            let mine = |item: &Item| complaint(item) && item.unit == group.key;
            let received = Tally::sum(items, |item| if mine(item) { super::intakes(item, period, false) } else { 0 });
            let repeats = Tally::sum(items, |item| if mine(item) { super::intakes(item, period, true) } else { 0 });
            let ended = Tally::of(items, |item| mine(item) && period.has(item.ended));
            let overdue = Tally::of(items, |item| mine(item) && item.is_overdue(today));
            Group { received, repeats, ended, overdue, ..group }
        })
        .filter(|group| group.received.count > 0)
        .collect();
    groups.sort_by_key(|group| std::cmp::Reverse(group.received.count));
    let least = groups.get(MOST_UNITS - 1).map_or(0, |group| group.received.count);
    groups.retain(|group| group.received.count >= least);
    groups
}
