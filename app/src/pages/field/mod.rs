//! The phone's screens.

use leptos::prelude::*;

/// The screen of the parts of an address below `/w/`; other parts name no page.
#[must_use]
pub fn screen(_parts: &[String]) -> AnyView {
    crate::components::page::no_such_page()
}
