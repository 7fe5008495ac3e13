//! The address of the open screen, and going elsewhere without loading the page anew.
//!
//! The workbench has one page and a table of addresses ([`crate::routes`]); what a router does beyond that
//! (nested routes, loading, animation) weighs more on a phone than several screens. So only this is done: a plain click on
//! a link of the workbench, [`go`] and [`replace`], and the browser's own back and forward. Every
//! other link (public pages, downloads, new tabs) is left to the browser.

use gloo::events::{EventListener, EventListenerOptions};
use leptos::prelude::*;
use wasm_bindgen::{JsCast as _, JsValue};
use web_sys::{Element, MouseEvent};

/// Below this are the screens.
const BASE: &str = "/w";

/// The path of the open screen. It lives as long as the page.
#[derive(Clone, Copy)]
struct Open(RwSignal<String>);

/// Begins to follow the address: once, around everything else.
pub fn begin() {
    let open = Open(RwSignal::new(path()));
    provide_context(open);
    EventListener::new(&window(), "popstate", move |_| open.0.set(path())).forget();
    let clicked = move |event: &web_sys::Event| {
        let Some(event) = event.dyn_ref::<MouseEvent>() else { return };
        if let Some(address) = address_of(event) {
            event.prevent_default();
            open.to(&address, address == here());
        }
    };
    let options = EventListenerOptions::enable_prevent_default();
    EventListener::new_with_options(&window(), "click", options, clicked).forget();
}

/// The path of the page.
#[must_use]
pub fn current_path() -> RwSignal<String> {
    expect_context::<Open>().0
}

/// A function that opens an address. Made while a component is built, called at any time.
#[must_use]
pub fn go() -> impl Fn(&str) + Clone + 'static {
    let open = expect_context::<Open>();
    move |to: &str| open.to(to, false)
}

/// Like [`go`], but "back" does not return to the present page.
#[must_use]
pub fn replace() -> impl Fn(&str) + Clone + 'static {
    let open = expect_context::<Open>();
    move |to: &str| open.to(to, true)
}

impl Open {
    fn to(self, address: &str, instead: bool) {
        let Ok(history) = window().history() else { return };
        let went = match instead {
            true => history.replace_state_with_url(&JsValue::NULL, "", Some(address)),
            false => history.push_state_with_url(&JsValue::NULL, "", Some(address)),
        };
        if went.is_err() {
            // Browsers refuse a hundred changes in half a minute. The page can still be opened anew.
            let _ = window().location().assign(address);
            return;
        }
        self.0.set(path());
        window().scroll_to_with_x_and_y(0.0, 0.0);
    }
}

fn path() -> String {
    window().location().pathname().unwrap_or_default()
}

/// The address as links name it.
fn here() -> String {
    [path(), window().location().search().unwrap_or_default()].concat()
}

/// The address that a click is to open, if it is a plain click on a link to one of our screens.
fn address_of(event: &MouseEvent) -> Option<String> {
    let modified = event.ctrl_key() || event.meta_key() || event.alt_key() || event.shift_key();
    if event.default_prevented() || event.button() != 0 || modified {
        return None;
    }
    let link = event.target()?.dyn_into::<Element>().ok()?.closest("a[href]").ok()??;
    if link.has_attribute("target") || link.has_attribute("download") {
        return None;
    }
    // As it is written: links of the workbench are paths, those that lead elsewhere have a host.
    let address = link.get_attribute("href")?;
    let below = address.strip_prefix(BASE)?;
    (below.is_empty() || below.starts_with(['/', '?'])).then_some(address)
}
