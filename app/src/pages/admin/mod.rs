//! Administration: importing files, and the devices that officials use.

mod devices;
mod import;
mod report;

use leptos::prelude::*;

/// The list of devices.
#[must_use]
pub fn devices() -> AnyView {
    view! { <devices::DevicesPage/> }.into_any()
}

/// The import page.
#[must_use]
pub fn import() -> AnyView {
    view! { <import::ImportPage/> }.into_any()
}
