//! The offline engine (离线引擎): what an official saves on the phone is never lost and reaches the
//! server exactly once.
//!
//! # What is kept, and where it stands
//!
//! ```text
//! draft 草稿 ──commit──► Waiting 已存在手机上 ──receipt──► Confirmed 已送达
//!   │ each keystroke         ▲   │ (Sending 正在发送: only while a request is under way)
//!   └ on disk          retry │   ▼
//!                          SetAside 需要处理 (kept for ever, with its reason)
//! ```
//!
//! - A draft's id is its record's id, made once: a double tap, two tabs, a resend after a lost reply
//!   are all the same record to the phone and to the server.
//! - *Confirmed* means a receipt of the server that names the record's id **and the SHA-256 of our
//!   own copy**. An answer 200 is not enough.
//! - Nothing but a receipt takes a record out of the outbox. A refusal sets it aside, visibly.
//!
//! # What fails, and what happens then
//!
//! | what | what the phone does |
//! |---|---|
//! | no network, time-out, 5xx, 429 | everything waits: 1 s doubling to 5 min, jittered, or as long as the server asks; a saved record, the network's return or the app coming to the front tries at once |
//! | reply lost after the server had stored | sends again; the server answers with the same receipt |
//! | 401, or the cookie is another official's | sending waits for a sign-in; nothing is asked twice |
//! | 409 client too old | sending waits for the update; records stay |
//! | 413, or 400 as a whole | halves the batch until the culprit is alone, sets that one aside, goes on |
//! | one record is refused | that one is set aside with its reason, the others go on |
//! | "try later" for one record | that one waits by itself, the others go on |
//! | receipt with another digest | set aside as a mismatch; never shown as delivered |
//! | an answer that is not our server's (hotspot page) | waits and tries again, believes nothing |
//! | the browser is killed anywhere | every store call is one transaction: before or after, never between |
//! | the disk is full | the call fails visibly, what was kept stays |
//! | first download interrupted | goes on from the last page's cursor, which is written with the page |
//! | another official signs in on the phone | sees nothing of the first; the first's records wait for the first |
//! | several tabs | one leads (Web Locks); without locks two may send the same, which is harmless |
//!
//! # Parts
//!
//! Pure: [`plan`], [`outbox`], [`backoff`], [`api`], [`work`]. Acting: [`engine`] (one step at a time),
//! [`phone`] (what screens hold), [`draft`]. Outside: [`store`], [`transport`], [`environment`] are
//! traits; [`MemoryStore`] and the suite in `contract` serve tests; `web` (only in the browser) has IndexedDB,
//! fetch, locks and events. README.md explains the protocol for whoever writes another client.

#![cfg_attr(test, allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests"))]

pub mod api;
pub mod backoff;
#[cfg(any(test, feature = "contract"))]
pub mod contract;
pub mod crypto;
pub mod draft;
pub mod engine;
pub mod environment;
pub mod front;
pub mod kept;
pub mod kv;
#[cfg(not(target_arch = "wasm32"))]
mod memory;
mod open_draft;
pub mod outbox;
pub mod packed;
pub mod phone;
pub mod plan;
#[cfg(any(test, feature = "contract"))]
pub(crate) mod sample;
#[cfg(test)]
mod scenarios;
pub mod status;
pub mod store;
pub mod transport;
pub mod upload;
pub mod vault;
#[cfg(target_arch = "wasm32")]
pub mod web;
pub mod work;

pub use api::Failure;
pub use draft::{Draft, DraftKind, DraftState};
#[cfg(not(target_arch = "wasm32"))]
pub use memory::{MemoryKv, MemoryStore, SharedValue};
pub use open_draft::OpenDraft;
pub use outbox::{AsideReason, Entry, EntryState, Subject};
pub use phone::{Change, Clash, FilesState, Phone, PhoneError, StorageReport, Subscription};
pub use status::{Connection, FirstDownload, Lock, Status};
pub use store::{Committed, LocalStore, StoreError};
pub use transport::{Method, Transport};
pub use vault::{Pin, PinFault};
pub use work::{Found, Search, Work, WorkArea};

/// The phone as the screens hold it.
#[cfg(target_arch = "wasm32")]
pub type Handle = Phone<web::IndexedDb, web::Fetch, web::Browser>;
/// The phone as the screens hold it. Without a browser (server-side rendering, tests) it remembers
/// nothing and reaches nobody.
#[cfg(not(target_arch = "wasm32"))]
pub type Handle = Phone<MemoryStore, transport::Unplugged, environment::SystemEnvironment>;
/// The form that is open on the screen.
#[cfg(target_arch = "wasm32")]
pub type HandleDraft = OpenDraft<web::IndexedDb, web::Fetch, web::Browser>;
/// The form that is open on the screen.
#[cfg(not(target_arch = "wasm32"))]
pub type HandleDraft = OpenDraft<MemoryStore, transport::Unplugged, environment::SystemEnvironment>;

/// Opens the phone's store and starts to send and pull by itself, as the leading tab or behind it.
/// Call it once per tab.
///
/// # Errors
/// [`StoreError`]: the browser lets nothing be kept (private browsing, a full disk).
#[cfg(target_arch = "wasm32")]
pub async fn start() -> Result<Handle, StoreError> {
    web::start().await
}

/// Opens a phone that remembers nothing and reaches nobody, where there is no browser.
///
/// # Errors
/// None; the signature is that of the browser's.
#[cfg(not(target_arch = "wasm32"))]
pub async fn start() -> Result<Handle, StoreError> {
    let hooks = phone::Hooks { spawn: Box::new(drop), wake: Box::new(drop), tell: Box::new(drop), key: Box::new(drop) };
    Phone::open(MemoryStore::default(), transport::Unplugged, environment::SystemEnvironment, hooks).await
}
