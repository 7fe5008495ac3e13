//! The truth about sending, as the one line at the top of the official's app shows it.
//!
//! Three kinds of facts and nothing else: what is saved on this phone and not yet confirmed
//! (counted in the store), what is in a request that is under way right now, and when the server
//! last gave a receipt that names our own content.

use case_core::id::AccountId;
use case_core::time::Moment;
use serde::{Deserialize, Serialize};

/// What the last tries say about the connection. `navigator.onLine` proves nothing; only a reply
/// does.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "connection", rename_all = "snake_case")]
pub enum Connection {
    /// Nothing was tried since the app was opened.
    #[default]
    Unknown,
    /// The last try was answered.
    Online,
    /// No answer came.
    Offline {
        /// Since when, by the phone's clock.
        since: Moment,
    },
    /// The server answered that it cannot just now, or something other than our server answered.
    Troubled {
        /// Since when, by the phone's clock.
        since: Moment,
    },
    /// The session ran out, or somebody else is signed in: sending waits, nothing is lost.
    NeedsSignIn,
    /// The server no longer speaks with this version: sending waits for the update, nothing is lost.
    NeedsUpdate,
}

/// How far the first download of the work area has come.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "download", rename_all = "snake_case")]
pub enum FirstDownload {
    /// Not begun.
    #[default]
    NotBegun,
    /// Under way, or interrupted; it goes on where it stopped.
    Partly {
        /// Items so far.
        items: u32,
    },
    /// Complete.
    Complete,
}

/// The truth about sending.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Status {
    /// Whose records these are; `None` when nobody is signed in on this phone.
    pub owner: Option<AccountId>,
    /// Saved on the phone and not confirmed (those being sent among them).
    pub saved: u32,
    /// Of these, in a request that is under way.
    pub sending: u32,
    /// Set aside with a reason; they need a person.
    pub set_aside: u32,
    /// When the server last confirmed a record, by the server's clock.
    pub last_confirmed: Option<Moment>,
    /// The connection.
    pub connection: Connection,
    /// When the work area was last brought up to date, by the phone's clock.
    pub last_pull: Option<Moment>,
    /// The first download.
    pub first_download: FirstDownload,
    /// When the next try is due by itself, by the phone's clock; `None` when one is under way or
    /// nothing is planned.
    pub next_try: Option<Moment>,
    /// How far the phone's clock is ahead of the server's (negative: behind), in milliseconds, when
    /// it was measured.
    pub clock_ahead_ms: Option<i64>,
    /// The phone's own store failed at the last try (for example: it is full).
    pub store_failure: Option<crate::store::StoreError>,
}

/// The part of a status that only the tab that sends knows; it tells the other tabs.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Live {
    /// In a request that is under way.
    pub sending: u32,
    /// The connection.
    pub connection: Connection,
    /// When the next try is due.
    pub next_try: Option<Moment>,
    /// The skew of the phone's clock.
    pub clock_ahead_ms: Option<i64>,
}
