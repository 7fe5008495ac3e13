//! 年度报告 (Article 41): numbers, fields, organs most complained of; 转送, 交办, 督办; what was advised.

use chrono::NaiveDate;

use super::item::{Item, Overseen};
use super::monthly::{Figures, figures};
use super::period::Period;
use super::tally::{Group, Tally};
use crate::id::UnitId;
use crate::matter::{Adoption, OversightAct, PurposeOfPetition};

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
    /// 督办, 约谈: how many were given.
    pub supervised: Tally,
    /// 建议, by kind, with what became of it (Article 41 (3)).
    pub advice: Vec<Advice>,
    /// 建议意见 that came in.
    pub suggestions: Tally,
    /// 建议意见 that were answered.
    pub suggestions_answered: Tally,
}

/// 提出建议和被采纳情况 of one kind: numbers of acts, each opening the matters that they are about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Advice {
    /// Which.
    pub act: OversightAct,
    /// 提出.
    pub given: Tally,
    /// 采纳.
    pub adopted: Tally,
    /// 部分采纳.
    pub partly: Tally,
    /// 不采纳.
    pub refused: Tally,
    /// 还没有回复.
    pub open: Tally,
}

fn advice(items: &[Item], period: Period, act: OversightAct) -> Advice {
    let count = |wanted: &dyn Fn(&Overseen) -> bool| {
        let mine = |one: &&Overseen| one.act == act && period.holds(one.on) && wanted(one);
        Tally::sum(items, |item| item.oversight.iter().filter(mine).count())
    };
    let said = |adoption| count(&|one| one.adoption == Some(adoption));
    Advice {
        act,
        given: count(&|_| true),
        adopted: said(Adoption::Full),
        partly: said(Adoption::Partly),
        refused: said(Adoption::None),
        open: count(&|one| !one.answered),
    }
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
        supervised: Tally::sum(items, |item| {
            let given = item.oversight.iter().filter(|one| !one.act.is_advice() && period.holds(one.on));
            given.count()
        }),
        advice: OversightAct::ADVICE.into_iter().map(|act| advice(items, period, act)).collect(),
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
