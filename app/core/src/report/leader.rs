//! 领导实绩档案: counted from what the leader recorded in person, never typed (spec 0-9, 4-2, 4-4).

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Datelike as _, NaiveDate};

use super::item::Item;
use super::period::Period;
use super::tally::Tally;
use crate::field::{Payload, Rating, Reception, ReceptionKind, Record, VisitMode};
use crate::id::MatterId;

/// The figures of one leader.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Deeds {
    /// 接访天数 by month: a day counts once however many came.
    pub days: BTreeMap<(i32, u32), usize>,
    /// 接访批次.
    pub receptions: usize,
    /// 开门接访 among them.
    pub open_door: usize,
    /// 约访 among them.
    pub appointments: usize,
    /// 下访 among them.
    pub going_down: usize,
    /// 下访天数.
    pub days_down: usize,
    /// 接待人次.
    pub people: usize,
    /// 登门走访户次: somebody was met at home.
    pub homes: usize,
    /// Different households among them.
    pub households: usize,
    /// 上门回访, at home.
    pub return_visits: usize,
    /// 接访反映的事项.
    pub brought: Matters,
    /// 包案.
    pub contracted: Matters,
}

/// Matters of one kind, and what came of them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Matters {
    /// All.
    pub all: Tally,
    /// 办结.
    pub ended: Tally,
    /// 化解: closed, and nobody says otherwise.
    pub resolved: Tally,
    /// 满意、基本满意 with the unit.
    pub satisfied: Tally,
    /// 办结后又重复.
    pub again: Tally,
}

impl Matters {
    fn of(items: &[Item], ids: &BTreeSet<MatterId>) -> Self {
        let mine = |item: &Item| ids.contains(&item.id);
        let content = |item: &Item| {
            matches!(
                item.ratings.last().and_then(|judged| judged.unit),
                Some(Rating::Satisfied | Rating::MostlySatisfied)
            )
        };
        Self {
            all: Tally::of(items, mine),
            ended: Tally::of(items, |item| mine(item) && item.ended.is_some()),
            resolved: Tally::of(items, |item| mine(item) && item.is_resolved()),
            satisfied: Tally::of(items, |item| mine(item) && content(item)),
            again: Tally::of(items, |item| mine(item) && item.came_again()),
        }
    }
}

/// Counts what the leader's own records say within the period.
#[must_use]
pub fn deeds(records: &[Record], contracted: &BTreeSet<MatterId>, items: &[Item], period: Period) -> Deeds {
    let mut deeds = Deeds::default();
    let (mut days, mut down, mut households) = (BTreeSet::new(), BTreeSet::new(), BTreeSet::new());
    let mut brought = BTreeSet::new();
    for record in records {
        match &record.payload {
            Payload::Reception(reception) if period.holds(reception.at.date()) => {
                deeds.receptions += 1;
                deeds.people += usize::from(reception.people);
                days.insert(reception.at.date());
                match reception.kind {
                    ReceptionKind::OpenDoor => deeds.open_door += 1,
                    ReceptionKind::Appointment => deeds.appointments += 1,
                    ReceptionKind::GoingDown => {
                        deeds.going_down += 1;
                        down.insert(reception.at.date());
                    }
                }
                brought.extend(matters(reception));
            }
            Payload::HouseholdVisit(visit)
                if period.holds(visit.started.date()) && visit.mode == VisitMode::AtHome && visit.result.met() =>
            {
                deeds.homes += 1;
                households.insert(visit.household);
            }
            Payload::ReturnVisit(visit) if period.holds(visit.at.date()) && visit.mode == VisitMode::AtHome => {
                deeds.return_visits += 1;
            }
            _ => {}
        }
    }
    for month in months(period) {
        deeds.days.insert(month, days.iter().filter(|day| (day.year(), day.month()) == month).count());
    }
    deeds.days_down = down.len();
    deeds.households = households.len();
    deeds.brought = Matters::of(items, &brought);
    deeds.contracted = Matters::of(items, contracted);
    deeds
}

/// The matter that a reception was about, and those that it raised.
fn matters(reception: &Reception) -> impl Iterator<Item = MatterId> + '_ {
    let raised = reception.items.iter().filter_map(|item| item.raise.as_ref().map(|raise| raise.id));
    reception.matter.into_iter().chain(raised)
}

fn months(period: Period) -> Vec<(i32, u32)> {
    let first = NaiveDate::from_ymd_opt(period.from().year(), period.from().month(), 1);
    std::iter::successors(first, |day| day.checked_add_months(chrono::Months::new(1)))
        .take_while(|day| *day <= period.until())
        .map(|day| (day.year(), day.month()))
        .collect()
}
