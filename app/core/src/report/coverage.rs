//! 遍访覆盖: households met of all that are to be visited, by village (spec 1-3). A household counts once, however
//! often somebody called; who was not met is counted apart, by the last result.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use crate::field::VisitResult;
use crate::id::HouseholdId;
use crate::place::DivisionCode;

/// 户, as it is counted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Household {
    /// Identity.
    pub id: HouseholdId,
    /// 村(社区).
    pub village: DivisionCode,
}

/// One call at a home.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Call {
    /// Where.
    pub household: HouseholdId,
    /// The day.
    pub on: NaiveDate,
    /// What came of it.
    pub result: VisitResult,
}

/// How far it is with a household.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reached {
    /// 见到了.
    Met,
    /// 走过，没有见到: the last result says why.
    Missed(VisitResult),
    /// 没有走到.
    NotYet,
}

/// How far it is with each household, in the order in which they are given.
#[must_use]
pub fn reached(households: &[Household], calls: &[Call]) -> Vec<Reached> {
    let mut last: BTreeMap<HouseholdId, (NaiveDate, Reached)> = BTreeMap::new();
    for call in calls {
        let now = if call.result.met() { Reached::Met } else { Reached::Missed(call.result) };
        let known = last.entry(call.household).or_insert((call.on, now));
        if now == Reached::Met || (known.1 != Reached::Met && call.on >= known.0) {
            *known = (call.on, now);
        }
    }
    households.iter().map(|one| last.get(&one.id).map_or(Reached::NotYet, |(_, how)| *how)).collect()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]
    use super::*;

    fn household(n: u128) -> Household {
        let village = DivisionCode::parse("350921101201").unwrap();
        Household { id: HouseholdId(uuid::Uuid::from_u128(n)), village }
    }

    fn call(n: u128, on: &str, result: VisitResult) -> Call {
        Call { household: household(n).id, on: on.parse().unwrap(), result }
    }

    #[test]
    fn a_household_counts_once_and_having_been_met_stays() {
        use VisitResult as R;
        let households: Vec<_> = (1..=5).map(household).collect();
        let calls = [
            call(1, "2026-03-01", R::MetPerson),
            call(1, "2026-03-09", R::MetFamily), // again
            call(2, "2026-03-02", R::MetFamily),
            call(2, "2026-03-05", R::NotAtHome), // had been met
            call(3, "2026-03-07", R::Refused),
            call(3, "2026-03-03", R::NotAtHome), // delivered later, was before
            call(4, "2026-03-03", R::Empty),
            call(9, "2026-03-03", R::MetPerson), // of no village that is asked for
        ];
        let found = reached(&households, &calls);
        assert_eq!(
            found,
            [Reached::Met, Reached::Met, Reached::Missed(R::Refused), Reached::Missed(R::Empty), Reached::NotYet]
        );
    }
}
