//! The little that screens need of the browser itself: time, random identities, small storage,
//! large type, printing. Everything here is total: a browser that refuses (private mode, storage
//! full) must not break a screen.

use case_core::time::Moment;
use chrono::NaiveDate;
use serde::Serialize;
use serde::de::DeserializeOwned;
use uuid::Uuid;

fn window() -> Option<web_sys::Window> {
    web_sys::window()
}

/// The clock of this device, to the millisecond.
#[must_use]
pub fn now() -> Moment {
    // Dates beyond 2^53 ms do not exist; the cast cannot lose anything.
    #[expect(clippy::cast_possible_truncation, reason = "whole milliseconds below 2^53")]
    Moment(js_sys::Date::now() as i64)
}

/// Today in Asia/Shanghai by the clock of this device.
#[must_use]
pub fn today() -> NaiveDate {
    now().date()
}

fn random_bytes() -> [u8; 16] {
    let mut bytes = [0_u8; 16];
    if let Some(crypto) = window().and_then(|window| window.crypto().ok()) {
        let _ = crypto.get_random_values_with_u8_array(&mut bytes);
    }
    bytes
}

/// A random identity (version 4).
#[must_use]
pub fn new_uuid() -> Uuid {
    uuid::Builder::from_random_bytes(random_bytes()).into_uuid()
}

/// An identity that sorts by the time at which it was made (version 7): for records.
#[must_use]
pub fn new_uuid_v7() -> Uuid {
    let random = random_bytes();
    let mut tail = [0_u8; 10];
    tail.copy_from_slice(&random[..10]);
    uuid::Builder::from_unix_timestamp_millis(u64::try_from(now().0).unwrap_or(0), &tail).into_uuid()
}

fn storage() -> Option<web_sys::Storage> {
    window()?.local_storage().ok()?
}

/// A value kept under a key, when it is there and still readable.
#[must_use]
pub fn stored<T: DeserializeOwned>(key: &str) -> Option<T> {
    case_core::json::read(&storage()?.get_item(key).ok()??).ok()
}

/// Keeps a value under a key.
pub fn store(key: &str, value: &impl Serialize) {
    if let (Some(storage), Ok(json)) = (storage(), case_core::json::write(value)) {
        let _ = storage.set_item(key, &json);
    }
}

/// Forgets what is kept under a key.
pub fn forget(key: &str) {
    if let Some(storage) = storage() {
        let _ = storage.remove_item(key);
    }
}

/// Kept when this phone was shut out, until somebody signs in again.
pub const SHUT_OUT: &str = "huiyin.shut-out";

const LARGE_TYPE: &str = "huiyin.large-type";

/// Whether large type (关怀模式) is on.
#[must_use]
pub fn large_type() -> bool {
    stored(LARGE_TYPE).unwrap_or(false)
}

/// Switches large type on or off and remembers it.
pub fn set_large_type(on: bool) {
    store(LARGE_TYPE, &on);
    apply_large_type();
}

/// Puts the remembered type size on the page; called once at start.
pub fn apply_large_type() {
    let Some(root) = window().and_then(|window| window.document()).and_then(|document| document.document_element())
    else {
        return;
    };
    let _ = if large_type() { root.set_attribute("data-type", "large") } else { root.remove_attribute("data-type") };
}

/// Opens the print dialog.
pub fn print() {
    if let Some(window) = window() {
        let _ = window.print();
    }
}

/// The name of the page in the browser's own bar.
pub fn set_title(title: &str) {
    if let Some(document) = window().and_then(|window| window.document()) {
        document.set_title(&[title, " · ", crate::text::screen::common::PRODUCT].concat());
    }
}

/// Takes the server's "opening" message away once the screens stand.
pub fn remove_boot_message() {
    let element =
        window().and_then(|window| window.document()).and_then(|document| document.get_element_by_id("boot-message"));
    if let Some(element) = element {
        element.remove();
    }
}

/// Whether two columns stand side by side: the width at which the stylesheet splits the page.
#[must_use]
pub fn is_wide() -> bool {
    let width = window().and_then(|window| window.inner_width().ok()).and_then(|width| width.as_f64());
    width.is_some_and(|width| width >= 900.0)
}

/// Whether the boot script has already tried the desk's bundle for this page: to open the page anew
/// would only come back to here.
#[must_use]
pub fn desk_tried() -> bool {
    let root = window().and_then(|window| window.document()).and_then(|document| document.document_element());
    root.is_some_and(|root| root.has_attribute("data-desk"))
}

/// Opens the present page anew with the full bundle.
pub fn open_in_full() {
    if let Some(path) = window().and_then(|window| window.location().pathname().ok()) {
        open_anew(&[&path, "?full"].concat());
    }
}

/// Opens an address as a new page, in the place of the present one.
pub fn open_anew(address: &str) {
    if let Some(window) = window() {
        let _ = window.location().replace(address);
    }
}

/// Loads the page again.
pub fn reload() {
    if let Some(window) = window() {
        let _ = window.location().reload();
    }
}
