//! The parts of a matter's file, as the desk and the supervisor read them.

mod beside;
mod between;
mod bookings;
mod clocks;
mod files;
mod history;
mod intakes;
mod notes;
mod old_case;
mod oversight;
mod package;
mod particulars;
mod pending;
mod recusals;
mod return_visits;
mod sent;
mod summary;
mod turns;
mod visits;
mod voices;

use case_core::id::{AccountId, UnitId};
use case_core::time::Moment;
use case_core::wire::desk::MatterFile;
use chrono::NaiveDate;
use leptos::prelude::*;

use crate::format;

pub use beside::beside;
pub use between::between;
pub use bookings::Bookings;
pub use clocks::clocks;
pub use files::{files_of, other_files};
pub use history::{journal, timeline};
pub use intakes::intakes;
pub use notes::notes;
pub use old_case::old_case;
pub use oversight::oversight;
pub use package::{package, verdict};
pub use particulars::Particulars;
pub use pending::pending;
pub use recusals::Recusals;
pub use return_visits::return_visits;
pub use sent::sent;
pub use summary::{content, summary};
pub use turns::turns;
pub use visits::{contacts, flagged, visits};
pub use voices::voices;

/// The server's today when the file was read.
#[must_use]
pub fn today(file: &MatterFile) -> NaiveDate {
    file.server_time.date()
}

/// 姓名 of somebody who appears in the file.
#[must_use]
pub fn name(file: &MatterFile, account: AccountId) -> Option<String> {
    file.names.iter().find(|named| named.account == account).map(|named| named.name.as_str().to_owned())
}

/// 名称 of a unit that appears in the file.
#[must_use]
pub fn unit_name(file: &MatterFile, unit: UnitId) -> Option<String> {
    file.unit.iter().chain(&file.units).find(|known| known.id == unit).map(|known| known.name.as_str().to_owned())
}

/// When, and by whom.
fn signed_at(file: &MatterFile, at: Moment, by: AccountId) -> String {
    [&format::moment(at, today(file)), " · ", &name(file, by).unwrap_or_default()].concat()
}

/// A row of facts.
#[must_use]
pub fn fact(name: impl Into<String>, value: impl IntoAny) -> AnyView {
    view! { <div class="facts__row"><dt>{name.into()}</dt><dd>{value.into_any()}</dd></div> }.into_any()
}

/// A part with its heading.
#[must_use]
pub fn part(heading: impl Into<String>, body: AnyView) -> AnyView {
    view! { <section><h2 class="heading">{heading.into()}</h2>{body}</section> }.into_any()
}
