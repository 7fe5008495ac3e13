//! 月研判: what the month brought, by content, unit and place; what came again, what is late, what is old.

use chrono::NaiveDate;

use super::item::Item;
use super::period::Period;
use super::rates::{Answers, Ratings, Share, Span, answers, durations, ratings, shares};
use super::tally::{Group, Tally, by_category, by_town, by_unit, candidates, intakes, ledger, overdue};
use crate::id::UnitId;
use crate::matter::{Category, Channel};
use crate::place::DivisionCode;

/// The figures of a period.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Figures {
    /// 收到 (件).
    pub received: Tally,
    /// 初件 among them.
    pub first: Tally,
    /// 重件 among them.
    pub repeats: Tally,
    /// 人次 of the matters that came in.
    pub people: Tally,
    /// 办结.
    pub ended: Tally,
    /// By 信访形式: the first 件 of each matter.
    pub channels: Vec<(Channel, Tally)>,
    /// By 内容分类.
    pub categories: Vec<Group<Category>>,
    /// By 责任单位.
    pub units: Vec<Group<UnitId>>,
    /// By 乡镇.
    pub towns: Vec<Group<DivisionCode>>,
    /// 答复情况.
    pub answers: Answers,
    /// 评价 of the office.
    pub office: Ratings,
    /// 评价 of the units.
    pub unit: Ratings,
    /// Rates.
    pub shares: Vec<Share>,
    /// 平均转送、受理、答复、办理时间.
    pub spans: [Option<Span>; 4],
    /// Came again in the period.
    pub again: Tally,
    /// 超期 on that day.
    pub overdue: Tally,
    /// What looks like 积案 on that day and is not in the ledger.
    pub candidates: Tally,
    /// 积案台账 on that day.
    pub old: Tally,
    /// 销号 in the period.
    pub struck_off: Tally,
    /// Left out of the rates: 涉法涉诉, filed, no plausible number of people.
    pub left_out: Tally,
}

/// Counts.
#[must_use]
pub fn figures(items: &[Item], period: Period, today: NaiveDate) -> Figures {
    let received = |item: &Item| period.holds(item.received);
    let (_, struck_off) = ledger(items, period);
    let channel = |channel| (channel, Tally::of(items, |item| received(item) && item.channel == channel));
    Figures {
        received: Tally::sum(items, |item| intakes(item, period, false)),
        first: Tally::of(items, |item| received(item) && item.first),
        repeats: Tally::sum(items, |item| intakes(item, period, true)),
        people: Tally::sum(items, |item| if received(item) { usize::from(item.people) } else { 0 }),
        ended: Tally::of(items, |item| period.has(item.ended)),
        channels: Channel::ALL.into_iter().map(channel).filter(|(_, tally)| tally.count > 0).collect(),
        categories: by_category(items, period, today),
        units: by_unit(items, period, today),
        towns: by_town(items, period, today),
        answers: answers(items, period, today),
        office: ratings(items, period, today, |judged| judged.office),
        unit: ratings(items, period, today, |judged| judged.unit),
        shares: shares(items, period, today),
        spans: durations(items, period),
        again: Tally::of(items, |item| intakes(item, period, true) > 0),
        overdue: overdue(items, today),
        candidates: candidates(items, today),
        old: Tally::of(items, Item::stands_listed),
        struck_off,
        left_out: Tally::of(items, |item| !item.counts() && (received(item) || period.holds(item.due()))),
    }
}
