//! Those who keep the system (三员): importing files, holidays, the devices that officials use; accounts; the audit.

mod accounts;
mod audit;
mod devices;
mod holidays;
mod import;
mod report;

use leptos::prelude::*;

/// Accounts and rights.
#[must_use]
pub fn accounts() -> AnyView {
    view! { <accounts::AccountsPage/> }.into_any()
}

/// The audit.
#[must_use]
pub fn audit() -> AnyView {
    view! { <audit::AuditPageView/> }.into_any()
}

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
