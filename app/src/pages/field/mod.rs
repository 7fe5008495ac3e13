//! The phone's screens (走访): everything here is drawn from the phone's own store and works without
//! a network. [`OnPhone`] is what the screens hold of it; one screen per file.
//!
//! | address below `/w/` | screen |
//! |---|---|
//! | `today`, `visits`, `files`, `me` | the four tabs |
//! | `household/{id}`, `files/{id}` | what is known of a household, of a matter |
//! | `visits/new`, `visits/new/{matter}`, `visits/return` | choosing whom to visit |
//! | `visit/{household}`, `visit/{household}/{matter}` | 登门遍访 |
//! | `return/{matter}` | 上门回访 |
//! | `unsent`, `sent` | the truth about sending |

mod answers;
mod bind;
mod drafts;
mod frame;
mod household;
mod interview;
mod item;
mod locate;
mod matter;
mod matters;
mod me;
mod namecard;
mod on_phone;
mod raise;
mod return_form;
mod rows;
mod sent;
mod sheet;
mod today;
mod truth;
mod unsent;
mod visit_form;
mod visit_more;
mod visits;

use leptos::prelude::*;

use crate::components::notice::{Tone, notice};
use crate::components::page::no_such_page;
use crate::text::screen::field as words;
use on_phone::Opening;
pub use on_phone::{OnPhone, use_phone};

/// The screen of the parts of an address below `/w/`; other parts name no page.
#[must_use]
pub fn screen(parts: &[String]) -> AnyView {
    let phone = use_phone();
    let parts = parts.to_vec();
    (move || match phone.opening() {
        Opening::Waiting => frame::skeleton(),
        Opening::Failed => no_store(),
        Opening::Open => draw(&parts),
    })
    .into_any()
}

fn draw(parts: &[String]) -> AnyView {
    let parts: Vec<&str> = parts.iter().map(String::as_str).collect();
    let page = match parts.as_slice() {
        ["today"] => Some(today::page()),
        ["visits"] => Some(visits::page()),
        ["visits", "new"] => Some(visits::choose(None)),
        ["visits", "new", matter] => matter.parse().ok().map(|matter| visits::choose(Some(matter))),
        ["visits", "return"] => Some(visits::to_return()),
        ["household", id] => id.parse().ok().map(household::page),
        ["visit", id] => id.parse().ok().map(|id| visit_form::page(id, None)),
        ["visit", id, matter] => {
            id.parse().ok().zip(matter.parse().ok()).map(|(id, matter)| visit_form::page(id, Some(matter)))
        }
        ["files"] => Some(matters::page()),
        ["files", id] => id.parse().ok().map(matter::page),
        ["return", id] => id.parse().ok().map(return_form::page),
        ["unsent"] => Some(unsent::page()),
        ["sent"] => Some(sent::page()),
        ["me"] => Some(me::page()),
        _ => None,
    };
    page.unwrap_or_else(no_such_page)
}

fn no_store() -> AnyView {
    let more = view! { <p>{words::NO_STORE_NOTE}</p> }.into_any();
    frame::page(words::VISITS, "/w/", None, notice(Tone::Refuse, words::NO_STORE, Some(more)))
}
