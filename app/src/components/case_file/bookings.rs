//! 接访预约 in a matter's file: when the petitioner meets which leader, and what came of it.

use case_core::id::MatterId;
use case_core::wire::receptions::{BookingRow, MatterBookings};
use chrono::NaiveDate;
use leptos::prelude::*;

use super::part;
use crate::browser;
use crate::client::receptions;
use crate::load::{Load, load};
use crate::text::reception as names;
use crate::text::screen::receptions::{self as words, file};

/// The part; nothing where nothing is booked, and nothing while it is read: the file does not wait for it.
#[component]
pub fn Bookings(
    /// The matter.
    id: MatterId,
) -> impl IntoView {
    let all = load(move || receptions::of_matter(id));
    move || match all.state.get() {
        Load::Ready(MatterBookings { bookings }) if !bookings.is_empty() => {
            let today = browser::today();
            let rows: Vec<_> = bookings.iter().map(|row| line(row, today)).collect();
            part(file::TITLE, view! { <ul class="cells">{rows}</ul> }.into_any())
        }
        _ => ().into_any(),
    }
}

fn line(row: &BookingRow, today: NaiveDate) -> AnyView {
    let booking = &row.booking;
    let told = row.now.as_ref().or(booking.told.as_ref());
    let when = told.map_or_else(|| words::NOT_HELD.to_owned(), |told| words::told(told, today));
    let not_held = row.now.is_none().then_some(words::NOT_HELD);
    let state = [names::state(booking.state), not_held.map_or("", |_| "，"), not_held.unwrap_or_default()].concat();
    let result =
        booking.result.as_ref().map(|result| view! { <span class="cell__note">{result.as_str().to_owned()}</span> });
    view! {
        <li class="cell">
            <span class="cell__body">
                <span class="cell__title">{when}</span>
                <span class="cell__note">{state}</span>
                {result}
            </span>
        </li>
    }
    .into_any()
}
