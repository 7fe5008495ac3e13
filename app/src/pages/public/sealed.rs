//! The answer to a look-up of a 检举控告件: the day it came in, and whether it was handed over. Not to whom, not
//! what it says: the paper may lie where others find it.

use case_core::code::MatterNumber;
use chrono::NaiveDate;
use leptos::prelude::*;

use super::frame::{Frame, phone_link};
use super::lookup::Typed;
use crate::format;
use crate::text::{public as words, sealed};

/// The page.
#[must_use]
pub fn sealed_answer(
    frame: &Frame<'_>,
    asked: Typed<'_>,
    number: &MatterNumber,
    received_on: NaiveDate,
    handed_over: Option<NaiveDate>,
) -> String {
    let title = if handed_over.is_some() { sealed::PUBLIC_HANDED_OVER } else { sealed::PUBLIC_RECEIVED };
    let main = view! {
        <h1 class="answer__say">{title}</h1>
        <p class="answer__why">{sealed::public_days(received_on, handed_over)}</p>
        <p class="num">{format::in_fours(number.as_str())}</p>
        <div class="answer__call">
            <p>{frame.office.name.to_owned()}</p>
            <p class="answer__phone">{phone_link(frame.office.phone)}</p>
        </div>
        <p><a href="/">{words::HOME}</a></p>
    };
    let switch = frame.again_switch("/c", None, &[("code", asked.code), ("proof", asked.proof)]);
    frame.page_with_switch(title, switch, main)
}
