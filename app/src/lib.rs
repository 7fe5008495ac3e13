//! The screens of Huiyin 回音.
//!
//! - `/w/*`, the officials' **workbench** (feature `csr`, wasm only): one shell, drawn on the device,
//!   fed by the phone's own store (field screens) and by the JSON API (desk screens). It is built twice:
//!   without the feature `desk` it is what a phone stores for work without a network, and must stay
//!   small; with it the desk's screens are there as well.
//! - the petitioners' **public pages** (feature `ssr`): drawn on the server, no wasm, no script needed.
//! - [`text`] and [`format`]: the only place with prose; the server's messages come from it too.

// Screens take and make many small closures; their types are nobody's business.
#![recursion_limit = "256"]

pub mod client_filter;
pub mod components;
#[cfg(feature = "ssr")]
pub mod document;
pub mod format;
pub mod forms;
pub mod html;
pub mod pages;
pub mod routes;
pub mod text;

#[cfg(all(feature = "csr", target_arch = "wasm32"))]
pub mod browser;
#[cfg(all(feature = "csr", target_arch = "wasm32"))]
pub mod client;
#[cfg(all(feature = "csr", target_arch = "wasm32"))]
pub mod history;
#[cfg(all(feature = "csr", target_arch = "wasm32"))]
pub mod load;
#[cfg(all(feature = "desk", target_arch = "wasm32"))]
pub mod picture;
#[cfg(all(feature = "csr", target_arch = "wasm32"))]
pub mod send;
#[cfg(all(feature = "csr", target_arch = "wasm32"))]
mod shell;
#[cfg(all(feature = "csr", target_arch = "wasm32"))]
pub mod who;

#[cfg(all(feature = "csr", target_arch = "wasm32"))]
pub use start::start;

#[cfg(all(feature = "csr", target_arch = "wasm32"))]
mod start {
    use wasm_bindgen::JsCast as _;
    use wasm_bindgen::prelude::wasm_bindgen;

    /// Draws the workbench into the shell page; called by its boot script.
    #[wasm_bindgen]
    pub fn start() {
        console_error_panic_hook::set_once();
        crate::browser::apply_large_type();
        let place = leptos::prelude::document()
            .get_element_by_id("app")
            .and_then(|element| element.dyn_into::<web_sys::HtmlElement>().ok());
        match place {
            Some(element) => leptos::mount::mount_to(element, crate::shell::Shell).forget(),
            None => leptos::mount::mount_to_body(crate::shell::Shell),
        }
        crate::browser::remove_boot_message();
    }
}
