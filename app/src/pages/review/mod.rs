//! The supervisor's tablet: queue left, package right, decision below.

mod decide;
mod detail;
mod flagged;
mod page;
mod queue;
mod send_back;

use leptos::prelude::*;

/// Records that did not fit.
#[must_use]
pub fn flagged() -> AnyView {
    view! { <flagged::FlaggedPage/> }.into_any()
}

/// The queue with the package that is open in it.
#[must_use]
pub fn review() -> AnyView {
    view! { <page::ReviewPage/> }.into_any()
}
