//! What the phone keeps, as a trait: [`LocalStore`]. Two stores fulfil it, [`crate::MemoryStore`]
//! (tests, simulation) and IndexedDB (`web::IndexedDb`); the suite in `contract` is run on both.
//!
//! Rules that hold for every method:
//! - **All or nothing.** Each call is one transaction. When the future has resolved with `Ok`, the
//!   change is on disk; when it was dropped or failed, either all of it or nothing is there.
//! - **Per official.** Everything but the device and the profile belongs to an `owner`; no method
//!   ever shows one official what another left behind.
//! - **A saved record never vanishes.** No method removes a waiting or set-aside record; it only
//!   moves between the two or becomes confirmed by [`LocalStore::settle`].

use case_core::id::{AccountId, DeviceId, RecordId};
use case_core::time::Moment;
use case_core::wire::session::Session;
use case_core::wire::sync::{ItemRef, WorkItem};
use serde::{Deserialize, Serialize};

use crate::draft::Draft;
use crate::outbox::{Entry, NewRecord, Settlement};

/// Why the phone's own store failed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum StoreError {
    /// The disk or the browser's share of it is full. Nothing of the call was kept.
    #[error("no space left on the phone")]
    Full,
    /// The browser closed the store, a newer version of the app opened it, or private browsing
    /// forbids it. Loading the page again may help.
    #[error("the phone's store is closed: {0}")]
    Closed(String),
    /// What is kept cannot be read by this version.
    #[error("a kept value cannot be read: {0}")]
    Unreadable(String),
    /// Anything else that the browser says.
    #[error("the phone's store failed: {0}")]
    Failed(String),
}

/// The official who is signed in on this phone, kept so that the app opens without network.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Profile {
    /// The server's last answer about who this is.
    pub session: Session,
    /// The protocol that the app spoke then.
    pub protocol: u16,
    /// When the server said so, by the phone's clock.
    pub seen_at: Moment,
}

impl Profile {
    /// The account.
    #[must_use]
    pub fn owner(&self) -> AccountId {
        self.session.actor.account
    }
}

/// What became of [`LocalStore::save_draft`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DraftSaved {
    /// It is on disk.
    Saved,
    /// It was made into a record before; a late keystroke does not bring it back.
    AlreadyCommitted,
}

/// What became of [`LocalStore::commit`].
#[derive(Clone, Debug, PartialEq)]
pub struct Committed {
    /// The entry as it is kept.
    pub entry: Entry,
    /// True when an earlier call had committed it (a double tap): the earlier content stands.
    pub already: bool,
}

/// How many records are in which state.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Counts {
    /// Saved on the phone and not yet confirmed.
    pub waiting: u32,
    /// Set aside with a reason.
    pub set_aside: u32,
    /// When the server last confirmed one, by the server's clock.
    pub last_confirmed: Option<Moment>,
}

/// How far the work area has been pulled.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PullMark {
    /// The server's opaque cursor.
    pub cursor: String,
    /// Whether a pull has ever reached the end (the first download is complete).
    pub complete: bool,
    /// How many items the phone holds or has received so far in the first download.
    pub received: u32,
    /// When the last page came, by the phone's clock.
    pub pulled_at: Moment,
}

/// One page of the work area, to be applied with its mark in one transaction.
#[derive(Clone, Debug, PartialEq)]
pub struct Page {
    /// The cursor that was asked from; when the store has moved on since, the page is stale.
    pub from: Option<String>,
    /// Forget the work area first (never records or drafts).
    pub reset: bool,
    /// New or changed.
    pub items: Vec<WorkItem>,
    /// Left the area.
    pub gone: Vec<ItemRef>,
    /// The new mark.
    pub mark: PullMark,
}

/// What became of [`LocalStore::apply_page`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PageApplied {
    /// It is on disk.
    Applied,
    /// Another tab has pulled meanwhile; nothing was changed.
    Stale,
}

/// What the phone keeps. See the module's rules.
#[expect(async_fn_in_trait, reason = "one thread in a browser; no future here is ever sent elsewhere")]
pub trait LocalStore {
    /// The id of this browser: the one kept, or `fresh` kept from now on.
    async fn device(&self, fresh: DeviceId) -> Result<DeviceId, StoreError>;
    /// Who was last signed in.
    async fn profile(&self) -> Result<Option<Profile>, StoreError>;
    /// Keeps who is signed in, or forgets it. Nothing else is touched.
    async fn put_profile(&self, profile: Option<&Profile>) -> Result<(), StoreError>;
    /// Replaces the profile by a newer one of the same account; does nothing when another official
    /// (or nobody) has been signed in meanwhile.
    async fn refresh_profile(&self, profile: &Profile) -> Result<(), StoreError>;

    /// Keeps a draft (草稿), replacing its earlier text.
    async fn save_draft(&self, owner: AccountId, draft: &Draft) -> Result<DraftSaved, StoreError>;
    /// All drafts of the official, oldest first.
    async fn drafts(&self, owner: AccountId) -> Result<Vec<Draft>, StoreError>;
    /// Throws a draft away, because its official said so.
    async fn delete_draft(&self, owner: AccountId, id: RecordId) -> Result<(), StoreError>;

    /// Makes a draft into a record: takes the device's next sequence, puts the record among the
    /// waiting ones and deletes the draft, in one transaction.
    async fn commit(&self, owner: AccountId, record: &NewRecord) -> Result<Committed, StoreError>;
    /// Waiting records with a sequence above `after`, in order, at most `limit`.
    async fn waiting(&self, owner: AccountId, after: u64, limit: u32) -> Result<Vec<Entry>, StoreError>;
    /// Writes what became of waiting records. A record that is no longer waiting is left as it is.
    async fn settle(&self, owner: AccountId, settlements: &[Settlement]) -> Result<(), StoreError>;
    /// Confirmed and set-aside records, in order of their sequence.
    async fn settled(&self, owner: AccountId) -> Result<Vec<Entry>, StoreError>;
    /// Makes a set-aside record wait again; false when it is not set aside.
    async fn retry(&self, owner: AccountId, id: RecordId) -> Result<bool, StoreError>;
    /// Forgets confirmed records by sequence; others are left as they are.
    async fn prune(&self, owner: AccountId, sequences: &[u64]) -> Result<(), StoreError>;
    /// How many are where.
    async fn counts(&self, owner: AccountId) -> Result<Counts, StoreError>;

    /// Applies a page of the work area together with its mark.
    async fn apply_page(&self, owner: AccountId, page: &Page) -> Result<PageApplied, StoreError>;
    /// How far the work area has come.
    async fn pull_mark(&self, owner: AccountId) -> Result<Option<PullMark>, StoreError>;
    /// The whole work area, in no particular order.
    async fn items(&self, owner: AccountId) -> Result<Vec<WorkItem>, StoreError>;
}
