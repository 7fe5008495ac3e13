//! The offline engine in a bare page, for tests in real browsers. Never shipped: nothing in `site/`
//! comes from here.
//!
//! The fault suite, the soak and the benches want the engine as it runs on a phone (IndexedDB, fetch,
//! locks, timers) without screens in between, so that a record is one call and a restart is one
//! reload. This crate is that: `case_offline` and a few functions for JavaScript. They take and give
//! plain values; what has a shape comes as JSON text. What goes wrong is thrown as an `Error` with the
//! engine's own words.
//!
//! States: a page first calls `start` (once), then `sign_in` unless somebody is signed in; before that
//! everything else throws "not started". A part of the phone without a PIN wants one (`choose_pin`), and
//! after a restart it wants it again (`unlock`). A page that is closed in the middle leaves what the engine
//! had on disk: that is what the tests are after.
//!
//! The crate is empty on anything but wasm32.

#![cfg(target_arch = "wasm32")]

mod contract;
mod drafts;
mod files;
mod lock;
mod phone;
