//! The supervisor's tablet: queue left, package right, decision below.

mod decide;
mod detail;
mod page;
mod queue;
mod send_back;

use leptos::prelude::*;

/// The queue with the package that is open in it.
#[must_use]
pub fn review() -> AnyView {
    view! { <page::ReviewPage/> }.into_any()
}
