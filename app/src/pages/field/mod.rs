//! The phone's screens (走访): everything here is drawn from the phone's own store and works without
//! a network. [`OnPhone`] is what the screens hold of it; one screen per file.
//!
//! | address below `/w/` | screen |
//! |---|---|
//! | `today`, `visits`, `files`, `me` | the four tabs |
//! | `household/{id}`, `files/{id}` | what is known of a household, of a matter |
//! | `visits/new`, `visits/new/{matter}`, `visits/return` | choosing whom to visit |
//! | `visit/{household}`, `visit/{household}/{matter}` | 登门遍访 |
//! | `unsent`, `sent` | the truth about sending |
//! | *in the full bundle only* ([`more`]): | |
//! | `return/{matter}` | 上门回访 |
//! | `reception`, `appointment`, `appointment/{matter}` | 开门接访, 专门约访 |
//! | `intake/new`, `intake`, `intake/{household}` | 登记, and for whom |
//! | `note/{household or matter}/{id}`, `evidence/…` | 记事, 材料 |
//! | `record/{id}`, `correct/{id}`, `code/{id}` | a record, its correction, 查询码 |
//! | `roster/{household}`, `clash/{record}` | 户册修改, two statements about one value |
//! | `phone` | this phone: PIN, space, clock, comparing |
//!
//! Before all of them stands the lock ([`lock`]): without the PIN nothing is drawn.

#[cfg(feature = "desk")]
mod answers;
mod bind;
#[cfg(feature = "desk")]
mod clash;
mod drafts;
mod ending;
#[cfg(feature = "desk")]
mod files;
mod frame;
mod household;
#[cfg(feature = "desk")]
mod intake;
#[cfg(feature = "desk")]
mod interview;
#[cfg(feature = "desk")]
mod item;
#[cfg(feature = "desk")]
mod locate;
mod lock;
mod matter;
mod matters;
mod me;
#[cfg_attr(feature = "desk", path = "more.rs")]
#[cfg_attr(not(feature = "desk"), path = "more_elsewhere.rs")]
mod more;
mod namecard;
mod on_phone;
mod own_edits;
#[cfg(feature = "desk")]
mod plain_form;
#[cfg(feature = "desk")]
mod raise;
#[cfg(feature = "desk")]
mod reception;
#[cfg(feature = "desk")]
mod record;
#[cfg(feature = "desk")]
mod return_form;
#[cfg(feature = "desk")]
mod roster;
mod rows;
mod sent;
mod sheet;
#[cfg(feature = "desk")]
mod sign;
#[cfg(feature = "desk")]
mod this_phone;
mod today;
mod truth;
mod unsent;
mod visit_form;
#[cfg(feature = "desk")]
mod visit_more;
mod visits;

use case_offline::Lock;
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
    let whole = Memo::new(move |_| phone.work().is_whole());
    // These show what comes first while the rest is still being read.
    let lists = matches!(parts.iter().map(String::as_str).collect::<Vec<_>>()[..], ["today" | "files"]);
    (move || match phone.opening() {
        Opening::Waiting => frame::skeleton(),
        Opening::Failed => no_store(),
        Opening::Open => match phone.lock() {
            Lock::Open | Lock::NobodySignedIn if lists || whole.get() => draw(&parts),
            Lock::Open | Lock::NobodySignedIn => frame::skeleton(),
            shut => lock::page(shut),
        },
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
        ["unsent"] => Some(unsent::page()),
        ["sent"] => Some(sent::page()),
        ["me"] => Some(me::page()),
        other => more::page(other),
    };
    page.unwrap_or_else(no_such_page)
}

fn no_store() -> AnyView {
    let more = view! { <p>{words::NO_STORE_NOTE}</p> }.into_any();
    frame::page(words::VISITS, "/w/", None, notice(Tone::Refuse, words::NO_STORE, Some(more)))
}
