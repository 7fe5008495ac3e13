//! The offline engine in a browser: IndexedDB, fetch, Web Locks, and the events that wake it. The
//! only place of this crate that knows a browser.

mod browser;
mod crypto;
mod events;
mod fetch;
mod handover;
mod indexeddb;
mod lead;
mod open;
mod request;
mod schema;
mod tab;
mod tabs;

pub use browser::Browser;
pub use crypto::WebCrypto;
pub use fetch::Fetch;
pub use indexeddb::{IndexedDb, IndexedDbKv};
pub use open::delete;
pub use tab::start;
