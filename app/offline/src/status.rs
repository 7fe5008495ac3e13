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
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(Deserialize))]
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

case_core::read_tagged!(Connection by "connection" {
    "unknown" => Unknown,
    "online" => Online,
    "offline" => Offline { since: Moment },
    "troubled" => Troubled { since: Moment },
    "needs_sign_in" => NeedsSignIn,
    "needs_update" => NeedsUpdate,
});

/// How far the first download of the work area has come.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(Deserialize))]
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

case_core::read_tagged!(FirstDownload by "download" {
    "not_begun" => NotBegun,
    "partly" => Partly { items: u32 },
    "complete" => Complete,
});

/// How the official's part of the phone is locked.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Lock {
    /// Show the sign-in.
    #[default]
    NobodySignedIn,
    /// Open, but nothing would open it again: a PIN (口令) is to be chosen.
    ChoosePin,
    /// The PIN opens it, with or without network.
    Locked {
        /// How long nothing is tried, in milliseconds; 0: try now.
        wait_ms: i64,
        /// How often it may still be tried; 0: only an online sign-in opens.
        tries_left: u8,
    },
    /// Open.
    Open,
    /// No contact with the office for too long: an online contact is needed first.
    Expired {
        /// Records that are not confirmed; they are kept.
        unsent: u32,
    },
    /// The office has shut this device out; what is unsent still goes out, sealed, then all is removed.
    Revoked {
        /// Records that are not confirmed.
        unsent: u32,
    },
}

impl From<crate::store::LockState> for Lock {
    fn from(state: crate::store::LockState) -> Self {
        use crate::store::LockState as S;
        match state {
            S::ChoosePin => Self::ChoosePin,
            S::Locked { wait_ms, tries_left } => Self::Locked { wait_ms, tries_left },
            S::Open => Self::Open,
            S::Expired { unsent } => Self::Expired { unsent },
            S::Revoked { unsent } => Self::Revoked { unsent },
        }
    }
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
    /// How the official's part of the store is locked.
    pub lock: Lock,
    /// Records of other officials on this phone that the server has not confirmed; they go out too.
    pub others_unsent: u32,
    /// Files of saved records that have not arrived whole.
    pub files_waiting: u32,
    /// Query codes that can be given at the door without network.
    pub codes_left: u32,
    /// When what both sides hold was last compared, by the phone's clock.
    pub last_compared: Option<Moment>,
    /// Records that the last comparison sent again or set aside.
    pub mended: u32,
    /// How many records of this official the server took in during the last 30 days, from any device.
    pub yours: Option<u32>,
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
    /// The office has shut this device out.
    #[serde(default)]
    pub revoked: bool,
    /// When what both sides hold was last compared.
    #[serde(default)]
    pub last_compared: Option<Moment>,
    /// What that mended.
    #[serde(default)]
    pub mended: u32,
    /// How many records the server counts.
    #[serde(default)]
    pub yours: Option<u32>,
    /// Something that must not be cut off by an update is under way.
    #[serde(default)]
    pub busy: bool,
}
