//! 领导接访 for everybody: the calendar, taking a place, one's own booking; and 说事点. Plain forms; what opens a
//! booking is sent by POST and stands in no address.

mod beside;
mod book;
mod calendar;
mod mine;
mod points;

pub use beside::Met;
pub(super) use beside::meetings;
pub use book::{BookFault, BookForm, book};
pub use calendar::{Offered, calendar};
pub use mine::{Appointment, AskBooking, Secret, Standing, ask_booking, booking, moving, state_of};
pub use points::points;

use leptos::prelude::*;

use super::frame::{Frame, phone_link};
use crate::text::public::reception as words;

/// The office's number, for those who would rather call.
fn or_call(frame: &Frame<'_>) -> impl IntoView + use<> {
    view! { <p>{words::OR_CALL}{phone_link(frame.office.phone)}</p> }
}

/// A row of a name and a value.
fn row(name: &'static str, value: String) -> impl IntoView {
    view! {
        <li class="cell"><span class="cell__body">
            <span class="cell__note">{name}</span><span class="cell__title">{value}</span>
        </span></li>
    }
}

/// What is wrong with a field.
fn field_error(id: &'static str, fault: Option<&'static str>) -> impl IntoView {
    fault.map(|fault| {
        view! {
            <p class="field__error" id=id><span class="mark mark--no" aria-hidden="true"></span><span>{fault}</span></p>
        }
    })
}
