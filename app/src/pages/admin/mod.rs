//! Administration: importing files, holidays, and the devices that officials use.

mod devices;
mod holidays;
mod import;
mod report;

use leptos::prelude::*;

/// The list of devices.
#[must_use]
pub fn devices() -> AnyView {
    view! { <devices::DevicesPage/> }.into_any()
}

/// The table of holidays.
#[must_use]
pub fn holidays() -> AnyView {
    view! { <holidays::HolidaysPage/> }.into_any()
}

/// The import page.
#[must_use]
pub fn import() -> AnyView {
    view! { <import::ImportPage/> }.into_any()
}
