//! 领导接访: the calendar as it stands, booking a place, and what the desk does with it.
//!
//! ```text
//! mod     the calendar: receptions with their free places     book    taking and giving back a place
//! desk    rules, changes, who comes, who came, whom to tell    points  说事点
//! ```

pub mod book;
pub(crate) mod desk;
pub(crate) mod points;

use std::collections::BTreeMap;

use case_core::reception::{Sitting, SittingKey, sitting_of, sittings};
use case_core::time::Calendar;
use case_core::wire::receptions::SittingRow;
use case_store::{Receptions, StoreError};
use chrono::{Days, NaiveDate};

use crate::state::AppState;

/// So many days ahead receptions are published and can be booked.
pub const AHEAD: u64 = 56;
/// A reception can be moved by hand at most so far from its planned day; and bookings that are planned earlier
/// than that are over.
pub(crate) const REACH: u64 = 60;

/// The receptions on some days, each with how many places are taken.
pub(crate) async fn calendar(
    state: &AppState,
    from: NaiveDate,
    until: NaiveDate,
) -> Result<Vec<SittingRow>, StoreError> {
    let early = before(from);
    let (rules, changes) = state.store.receptions(early).await?;
    let taken: BTreeMap<SittingKey, u16> = state.store.places_taken(early).await?.into_iter().collect();
    let rows = sittings(&rules, &changes, &state.calendar(), from, until).into_iter().map(|sitting| {
        let booked = taken.get(&sitting.key).copied().unwrap_or(0);
        SittingRow { sitting, booked }
    });
    Ok(rows.collect())
}

/// The first planned day of which anything can still come on or after `day`.
pub(crate) fn before(day: NaiveDate) -> NaiveDate {
    day.checked_sub_days(Days::new(REACH + 40)).unwrap_or(day)
}

/// The day so many days later.
pub(crate) fn later(day: NaiveDate, days: u64) -> NaiveDate {
    day.checked_add_days(Days::new(days)).unwrap_or(day)
}

/// The reception with a name, as it stands.
pub(crate) async fn sitting(state: &AppState, key: SittingKey) -> Result<Option<Sitting>, StoreError> {
    let receptions = state.store.receptions(key.planned).await?;
    Ok(find(&receptions, &state.calendar(), key))
}

/// The same, in what was read before.
pub(crate) fn find((rules, changes): &Receptions, calendar: &Calendar, key: SittingKey) -> Option<Sitting> {
    sitting_of(rules, changes, calendar, key)
}
