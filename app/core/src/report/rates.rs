//! Rates: cohort, numerator, denominator, each as the specification words it (spec 5).

use chrono::NaiveDate;

use super::item::{Evaluation, Item, OFFICE_ACCEPTS, UNIT_ACCEPTS, later};
use super::period::Period;
use super::tally::{Tally, intakes, ledger};
use crate::field::Rating;
use crate::matter::Channel;
use crate::time::{ClockKind, ClockState};

/// 指标.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rate {
    /// 及时受理率 (信访部门): decided within 15 days of registration.
    OfficeAccepts,
    /// 及时受理率 (责任单位): accepted within 30 days of registration.
    UnitAccepts,
    /// 按期受理告知率.
    Notified,
    /// 按期答复率.
    AnsweredInTime,
    /// 初次信访办理联系率.
    Contacted,
    /// 3天见面率.
    Met,
    /// 7天反馈率.
    Feedback,
    /// 21天办结率.
    Settled,
    /// 初信化解率, at closing.
    LetterClosed,
    /// 初信化解率, after the time of observation without 重件.
    LetterSettled,
    /// 初访化解率, at closing.
    VisitClosed,
    /// 初访化解率, after the time of observation without 重件.
    VisitSettled,
    /// 一次性化解率.
    Once,
    /// 重复信访率.
    Repeated,
    /// 调结率.
    Mediated,
    /// 参评率, about the office.
    OfficeRated,
    /// 满意率, about the office.
    OfficeSatisfies,
    /// 参评率, about the unit.
    UnitRated,
    /// 满意率, about the unit.
    UnitSatisfies,
    /// 响应率: the petitioner was contacted in the set time after the matter was sent.
    Responded,
    /// 解决率: of what was closed in the period, what nobody says is not solved.
    Solved,
    /// 公开回复率: published, of what was answered in the period and may be public.
    Published,
    /// 积案化解率.
    OldCases,
}

/// A rate with both of its lists.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Share {
    /// Which.
    pub rate: Rate,
    /// 分子.
    pub hits: Tally,
    /// 分母.
    pub of: Tally,
}

impl Share {
    /// In hundredths of a percent, rounded; `None` where there is nothing to divide by.
    #[must_use]
    pub fn hundredths(&self) -> Option<usize> {
        let of = self.of.count;
        (of > 0).then(|| (self.hits.count * 10_000 + of / 2) / of)
    }
}

/// 答复情况 of all whose last day falls into the period. Late and unfinished stays in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answers {
    /// 按期答复.
    pub in_time: Tally,
    /// 超期答复.
    pub late: Tally,
    /// 未答复: the last day has not passed.
    pub open: Tally,
    /// 超期未答复.
    pub overdue: Tally,
}

/// 评价情况 of all whose time for it ends in the period.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ratings {
    /// 满意.
    pub satisfied: Tally,
    /// 基本满意.
    pub mostly: Tally,
    /// 不满意.
    pub dissatisfied: Tally,
    /// 未评价: there is still time.
    pub waiting: Tally,
    /// 超期未评价: silence, which is no satisfaction.
    pub silent: Tally,
}

/// 平均时间, in tenths of a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Span {
    /// How many were measured.
    pub count: usize,
    /// 平均.
    pub mean: i64,
    /// 中位.
    pub median: i64,
}

/// The last answer clock whose last day falls into the period.
fn answer_state(item: &Item, period: Period, today: NaiveDate) -> Option<ClockState> {
    let mine = |clock: &&crate::time::Clock| {
        matches!(clock.kind, ClockKind::Handling | ClockKind::Redo) && period.holds(clock.due)
    };
    item.clocks.iter().filter(mine).max_by_key(|clock| (clock.started, clock.due)).map(|clock| clock.state(today))
}

/// 按期、超期、未答复、超期未答复.
#[must_use]
pub fn answers(items: &[Item], period: Period, today: NaiveDate) -> Answers {
    let those = |wanted: &dyn Fn(ClockState) -> bool| {
        Tally::of(items, |item| item.counts() && answer_state(item, period, today).is_some_and(wanted))
    };
    Answers {
        in_time: those(&|state| state == ClockState::Met),
        late: those(&|state| matches!(state, ClockState::MetLate { .. })),
        open: those(&|state| matches!(state, ClockState::Running { .. })),
        overdue: those(&|state| matches!(state, ClockState::Overdue { .. })),
    }
}

/// 满意、基本满意、不满意、未评价、超期未评价, by what `of` takes.
#[must_use]
pub fn ratings(
    items: &[Item],
    period: Period,
    today: NaiveDate,
    of: impl Fn(&Evaluation) -> Option<Rating>,
) -> Ratings {
    let those = |wanted: &dyn Fn(Option<Rating>, NaiveDate) -> bool| {
        let judged = |item: &Item| item.evaluation_in(period).is_some_and(|one| wanted(of(one), one.due));
        Tally::of(items, |item| item.counts() && judged(item))
    };
    Ratings {
        satisfied: those(&|said, _| said == Some(Rating::Satisfied)),
        mostly: those(&|said, _| said == Some(Rating::MostlySatisfied)),
        dissatisfied: those(&|said, _| said == Some(Rating::Dissatisfied)),
        waiting: those(&|said, due| said.is_none() && due >= today),
        silent: those(&|said, due| said.is_none() && due < today),
    }
}

/// All rates, in the order of the specification.
#[must_use]
pub fn shares(items: &[Item], period: Period, today: NaiveDate) -> Vec<Share> {
    let share = |rate, cohort: &dyn Fn(&Item) -> bool, hit: &dyn Fn(&Item) -> bool| Share {
        rate,
        hits: Tally::of(items, |item| item.counts() && cohort(item) && hit(item)),
        of: Tally::of(items, |item| item.counts() && cohort(item)),
    };
    // Met within so many days of registration; who has not is in the cohort once the days are over.
    let within = |rate, days: i64, done: fn(&Item) -> Option<NaiveDate>| {
        let last = move |item: &Item| later(item.registered, days);
        share(rate, &|item| period.holds(last(item)), &|item| done(item).is_some_and(|day| day <= last(item)))
    };
    let clock = |rate, kinds: &[ClockKind]| {
        let mine = |item: &Item| item.clocks.iter().rev().find(|clock| kinds.contains(&clock.kind)).cloned();
        let cohort = |item: &Item| mine(item).is_some_and(|clock| period.holds(clock.due));
        share(rate, &cohort, &|item| mine(item).is_some_and(|clock| clock.state(today) == ClockState::Met))
    };
    // Whose last day falls into the period and has passed.
    let passed = |item: &Item| period.holds(item.due()) && item.due() < today;
    let first = |channel: Channel| move |item: &Item| item.first && item.channel == channel && passed(item);
    let (letters, visits) = (first(Channel::Letter), first(Channel::Visit));
    let settled = |item: &Item| item.settled && item.repeats.is_empty();
    let answers = answers(items, period, today);
    let mut all = vec![
        within(Rate::OfficeAccepts, OFFICE_ACCEPTS, |item| item.decided),
        within(Rate::UnitAccepts, UNIT_ACCEPTS, |item| item.accepted),
        clock(Rate::Notified, &[ClockKind::Notice, ClockKind::DirectNotice]),
        Share {
            rate: Rate::AnsweredInTime,
            of: union(&[&answers.in_time, &answers.late, &answers.open, &answers.overdue]),
            hits: answers.in_time,
        },
        share(Rate::Contacted, &|item| item.first && period.holds(item.due()), &|item| item.contacted),
        clock(Rate::Met, &[ClockKind::Meet]),
        clock(Rate::Feedback, &[ClockKind::Feedback]),
        clock(Rate::Settled, &[ClockKind::Settle]),
        share(Rate::LetterClosed, &letters, &Item::is_resolved),
        share(Rate::LetterSettled, &letters, &settled),
        share(Rate::VisitClosed, &visits, &Item::is_resolved),
        share(Rate::VisitSettled, &visits, &settled),
        share(Rate::Once, &|item| item.first && item.closed && period.holds(item.due()), &|item| {
            item.is_resolved() && item.repeats.is_empty() && !item.reviewed
        }),
        // 件 have no last day of their own: those that came in during the period.
        Share {
            rate: Rate::Repeated,
            hits: Tally::sum(items, |item| if item.counts() { intakes(item, period, true) } else { 0 }),
            of: Tally::sum(items, |item| if item.counts() { intakes(item, period, false) } else { 0 }),
        },
    ];
    let mediated = |item: &Item| item.clock(ClockKind::Mediation).is_some_and(|clock| period.holds(clock.due));
    all.push(share(Rate::Mediated, &mediated, &|item| item.agreed));
    let evaluated = |taking_part, satisfying, ratings: &Ratings| {
        let rated = union(&[&ratings.satisfied, &ratings.mostly, &ratings.dissatisfied]);
        let asked = union(&[&rated, &ratings.silent]);
        let content = union(&[&ratings.satisfied, &ratings.mostly]);
        [
            Share { rate: taking_part, hits: rated.clone(), of: asked },
            Share { rate: satisfying, hits: content, of: rated },
        ]
    };
    let office = ratings(items, period, today, |judged| judged.office);
    let unit = ratings(items, period, today, |judged| judged.unit);
    all.extend(evaluated(Rate::OfficeRated, Rate::OfficeSatisfies, &office));
    all.extend(evaluated(Rate::UnitRated, Rate::UnitSatisfies, &unit));
    let answering = |item: &Item| item.response_due.is_some_and(|due| period.holds(due) && due <= today);
    let in_time = |item: &Item| item.responded.is_some_and(|day| item.response_due.is_some_and(|due| day <= due));
    all.push(share(Rate::Responded, &|item| answering(item), &|item| in_time(item)));
    let closed = |item: &Item| item.closed && item.ended.is_some_and(|day| period.holds(day));
    all.push(share(Rate::Solved, &|item| closed(item), &Item::is_resolved));
    let consented = |item: &Item| item.may_be_public && item.answered.is_some_and(|day| period.holds(day));
    all.push(share(Rate::Published, &|item| consented(item), &|item| item.published));
    let (of, hits) = ledger(items, period);
    all.push(Share { rate: Rate::OldCases, hits, of });
    all
}

/// Tallies that have no item in common, together.
fn union(parts: &[&Tally]) -> Tally {
    let mut items: Vec<usize> = parts.iter().flat_map(|part| part.items.iter().copied()).collect();
    items.sort_unstable();
    Tally { count: parts.iter().map(|part| part.count).sum(), items }
}

/// 平均转送、受理、答复、办理时间 over 初件 whose last day falls into the period; `None` where none has come so far.
#[must_use]
pub fn durations(items: &[Item], period: Period) -> [Option<Span>; 4] {
    let span = |from: fn(&Item) -> Option<NaiveDate>, to: fn(&Item) -> Option<NaiveDate>| {
        let of = items.iter().filter(|item| item.first && item.counts() && period.holds(item.due()));
        let days = of.filter_map(|item| Some((to(item)? - from(item)?).num_days())).collect();
        measured(days)
    };
    [
        span(|item| Some(item.registered), |item| item.sent),
        span(|item| Some(item.registered), |item| item.accepted),
        span(|item| Some(item.registered), |item| item.answered),
        span(|item| item.accepted, |item| item.ended.filter(|_| item.closed)),
    ]
}

fn measured(mut days: Vec<i64>) -> Option<Span> {
    days.sort_unstable();
    let count = i64::try_from(days.len()).ok().filter(|count| *count > 0)?;
    let (low, high) = (days.get((days.len() - 1) / 2)?, days.get(days.len() / 2)?);
    let mean = (days.iter().sum::<i64>() * 10 + count / 2) / count;
    Some(Span { count: days.len(), mean, median: (low + high) * 5 })
}
