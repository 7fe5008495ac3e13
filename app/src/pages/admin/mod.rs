//! Administration: importing files.

mod import;
mod report;

use leptos::prelude::*;

/// The import page.
#[must_use]
pub fn import() -> AnyView {
    view! { <import::ImportPage/> }.into_any()
}
