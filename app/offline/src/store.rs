//! What the phone keeps, as a trait: [`LocalStore`]. One implementation fulfils it ([`crate::kept::Store`]:
//! logic and encryption) over two disks: memory ([`crate::MemoryStore`]: tests, simulation) and
//! IndexedDB (`web::IndexedDb`); the suite in `contract` is run on both.
//!
//! Rules that hold for every method:
//! - **All or nothing.** Each call is one transaction. When the future has resolved with `Ok`, the
//!   change is on disk; when it was dropped or failed, either all of it or nothing is there.
//! - **Per official.** Everything but the device and the profile belongs to an `owner`; no method
//!   ever shows one official what another left behind.
//! - **A saved record never vanishes.** No method removes a waiting or set-aside record; it only
//!   moves between the two or becomes confirmed by [`LocalStore::settle`]. (Except
//!   [`LocalStore::wipe`], when the office has shut the device out.)
//! - **Nothing without the key.** What an official has written or pulled is encrypted under a key
//!   that only their PIN or an online sign-in brings back. While it is locked, every method that reads or
//!   writes it answers [`StoreError::Locked`]; what may be done all the same says so.

use case_core::code::QueryCode;
use case_core::digest::Digest;
use case_core::field::{Attachment, AttachmentKind, Media};
use case_core::id::{AccountId, DeviceId, RecordId};
use case_core::time::Moment;
use case_core::wire::bytes::Bytes;
use case_core::wire::session::{PhoneKeys, Session};
use case_core::wire::sync::{ItemRef, WorkItem};
use serde::{Deserialize, Serialize};

use crate::draft::Draft;
use crate::front::Front;
use crate::outbox::{Entry, NewRecord, Settlement};
use crate::packed::Packed;
use crate::vault::Pin;

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
    /// The browser has cleared the store under the open app. Nothing may be written into the empty one:
    /// the key in memory is not the one of what comes next. Loading the page again begins anew.
    #[error("the browser has cleared the phone's store")]
    Cleared,
    /// What is kept cannot be read by this version.
    #[error("a kept value cannot be read: {0}")]
    Unreadable(String),
    /// It is encrypted, and the key is not at hand.
    #[error("the official's part of the store is locked")]
    Locked,
    /// There was no contact with the office for too long: only that opens it again.
    #[error("no contact for too long")]
    Expired,
    /// Not this PIN, or not yet.
    #[error("wrong PIN or too soon: wait {wait_ms} ms, {tries_left} tries left")]
    WrongPin {
        /// How long nothing is tried, in milliseconds.
        wait_ms: i64,
        /// How often it may still be tried; 0: only an online sign-in opens.
        tries_left: u8,
    },
    /// The office's key does not open this store.
    #[error("the office's key does not fit")]
    WrongKey,
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
    /// Records of other officials on this phone that the server has not confirmed.
    pub others_unsent: u32,
    /// Files of saved records, of whichever official, that have not arrived whole.
    pub files_waiting: u32,
}

/// How an official's part of the store is locked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(Deserialize))]
#[serde(tag = "lock", rename_all = "snake_case")]
pub enum LockState {
    /// There is no PIN yet, or none any more and an online sign-in has opened it.
    ChoosePin,
    /// The PIN opens it.
    Locked {
        /// How long nothing is tried, in milliseconds; 0: try now.
        wait_ms: i64,
        /// How often it may still be tried; 0: only an online sign-in opens.
        tries_left: u8,
    },
    /// Open in this tab.
    Open,
    /// No contact for too long: an online contact opens it.
    Expired {
        /// Records that are not confirmed.
        unsent: u32,
    },
    /// The office has shut this device out: what is sealed is still sent, the rest is gone.
    Revoked {
        /// Records that are not confirmed.
        unsent: u32,
    },
}

case_core::read_tagged!(LockState by "lock" {
    "choose_pin" => ChoosePin,
    "locked" => Locked { wait_ms: i64, tries_left: u8 },
    "open" => Open,
    "expired" => Expired { unsent: u32 },
    "revoked" => Revoked { unsent: u32 },
});

/// What the phone knows of the server's keys; nothing secret.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ServerKeys {
    /// The public key of its receipts.
    pub receipts: Bytes,
    /// The public key that records are sealed to.
    pub sealing: Bytes,
    /// After so many days without contact the work area is locked.
    pub cache_days: u16,
}

/// What the phone knew when it asked: an answer that comes after another tab has found the server's
/// database replaced says nothing about the new one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ground {
    /// The comparison that stood then, as it is kept.
    pub(crate) compared: Option<Vec<u8>>,
    /// Counts the confirmations.
    pub(crate) confirmed: Option<Vec<u8>>,
}

/// A record that can be sent without the key of its official.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SealedEntry {
    /// Whose it is.
    pub account: AccountId,
    /// The record.
    pub id: RecordId,
    /// Its place in the device's order.
    pub sequence: u64,
    /// Its digest.
    pub digest: Digest,
    /// The envelope that only the server can open.
    pub blob: Bytes,
    /// The digests of its files as they were before encryption: they stand in the receipt.
    pub attachments: Vec<Digest>,
    /// Its files by the name of the upload.
    pub files: Vec<Digest>,
}

/// How the upload of a file stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FileState {
    /// Belongs to a draft.
    Draft,
    /// Belongs to a saved record that the server does not have yet.
    Saved,
    /// The server has the record: the file is to be sent.
    Ready,
    /// It has arrived; the copy here may be freed.
    Delivered,
    /// The server refused it twice.
    Refused,
    /// It is no longer on this phone, and the server is to be told.
    Lost,
    /// It is no longer on this phone, and the server knows; or nobody has its record any more, and the server
    /// does not want it.
    LostKnown,
}

/// A file on the phone. Nothing of its content.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileMark {
    /// Whose it is.
    pub account: AccountId,
    /// Its name in the upload: the digest of the encrypted file.
    pub sealed: Digest,
    /// Bytes of the encrypted file.
    pub total: u32,
    /// Bytes that the server has.
    pub sent: u32,
    /// How it stands.
    pub state: FileState,
    /// Whether the bytes are still on this phone.
    pub here: bool,
}

/// What an official's part of the store holds that could be freed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Holdings {
    /// Confirmed records that are kept as history.
    pub history: u32,
    /// Delivered files whose copy is still here.
    pub files: u32,
    /// Their bytes.
    pub file_bytes: u64,
}

/// How far the numbers of an official's query codes on this phone have come: all that a wipe leaves of them, so
/// that no code that may have been handed out is ever given again.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Issued {
    /// The highest number that the phone ever had; 0: a server of before has not said.
    pub upto: u32,
    /// Codes up to this one were there before the last wipe.
    pub beyond: u32,
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
    /// Who was last signed in; without the server's secrets, which are never kept in the clear.
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
    /// What an answer that is asked for now will be believed on. Also while locked.
    async fn ground(&self, owner: AccountId) -> Result<Ground, StoreError>;
    /// Writes what became of waiting records. A record that is no longer waiting is left as it is.
    /// False, and nothing is written, when the phone has compared with another database since `ground`.
    async fn settle(
        &self,
        owner: AccountId,
        settlements: &[Settlement],
        ground: Option<&Ground>,
    ) -> Result<bool, StoreError>;
    /// Confirmed and set-aside records, in order of their sequence.
    async fn settled(&self, owner: AccountId) -> Result<Vec<Entry>, StoreError>;
    /// Those of them that are set aside.
    async fn set_aside(&self, owner: AccountId) -> Result<Vec<Entry>, StoreError>;
    /// How many of them are confirmed. Also while locked.
    async fn confirmed(&self, owner: AccountId) -> Result<u32, StoreError>;
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
    /// The whole work area, in no particular order, each card read.
    async fn items(&self, owner: AccountId) -> Result<Vec<WorkItem>, StoreError>;
    /// The whole work area, in no particular order, with the cards not read yet: what opening the app
    /// costs.
    async fn packed(&self, owner: AccountId) -> Result<Vec<Packed>, StoreError>;

    /// What comes first in the work area, as of the last [`Self::put_front`]; `None` when the area has
    /// changed since.
    async fn front(&self, owner: AccountId) -> Result<Option<(Front, PullMark)>, StoreError>;
    /// Keeps what comes first.
    async fn put_front(&self, owner: AccountId, front: &Front) -> Result<(), StoreError>;

    /// How the official's part is locked. Never fails for being locked. An expired one is closed by
    /// this call, and its work area removed when nothing is unsent.
    async fn lock(&self, owner: AccountId, now: Moment) -> Result<LockState, StoreError>;
    /// Whether the key is at hand in this tab.
    fn is_open(&self, owner: AccountId) -> bool;
    /// Sets the PIN (口令) when there is none: at the first sign-in (with [`Self::open_with`] before it,
    /// or without network on a phone of the time before PINs), or after it was forgotten.
    ///
    /// [`StoreError::Locked`] when there is a PIN, or the key is not at hand to be locked with a new one.
    async fn choose_pin(&self, owner: AccountId, pin: &Pin, now: Moment) -> Result<(), StoreError>;
    /// Opens by PIN. A try is counted on disk before it is made.
    async fn unlock(&self, owner: AccountId, pin: &Pin, now: Moment) -> Result<(), StoreError>;
    /// Changes the PIN; the old one is tried and counted as in [`Self::unlock`].
    async fn change_pin(&self, owner: AccountId, old: &Pin, new: &Pin, now: Moment) -> Result<(), StoreError>;
    /// Removes the PIN, so that an online sign-in leads to a new one. False, and nothing is done, when
    /// nothing else could open the store.
    async fn forget_pin(&self, owner: AccountId) -> Result<bool, StoreError>;
    /// Forgets the key in this tab.
    fn lock_now(&self, owner: AccountId);
    /// The server has said who is signed in: opens with its key (or makes the store's key), keeps what
    /// else it says, and notes the contact.
    ///
    /// [`StoreError::WrongKey`] when the server's key is another than the store was locked with and it
    /// is not open: the PIN still opens it, and the server's new key is taken at the sign-in after that.
    async fn open_with(&self, owner: AccountId, keys: &PhoneKeys, now: Moment) -> Result<(), StoreError>;
    /// The server has said who is signed in, in passing: keeps what it says and notes the contact, and opens
    /// nothing. Also while locked. Only a sign-in with the password may call [`Self::open_with`]; a cookie
    /// that is still valid must not stand in for the PIN.
    async fn hear_keys(&self, owner: AccountId, keys: &PhoneKeys, now: Moment) -> Result<(), StoreError>;
    /// What is known of the server's keys. Also while locked.
    async fn server_keys(&self, owner: AccountId) -> Result<Option<ServerKeys>, StoreError>;
    /// Whether a signature of the server (P-256, r and s) fits a text.
    async fn verify(&self, public: &[u8], text: &[u8], signature: &[u8]) -> Result<bool, StoreError>;

    /// Notes that the server has answered this official. Also while locked.
    async fn contact(&self, owner: AccountId, now: Moment) -> Result<(), StoreError>;
    /// When the server last answered this official, by the phone's clock. Also while locked.
    async fn last_contact(&self, owner: AccountId) -> Result<Option<Moment>, StoreError>;
    /// The server's database that this phone last compared with. Also while locked.
    async fn lineage(&self, owner: AccountId) -> Result<Option<String>, StoreError>;
    /// Keeps it. False, and nothing is written, when a record was confirmed since `ground`: the
    /// comparison cannot have looked at it. Also while locked.
    async fn put_lineage(&self, owner: AccountId, lineage: &str, ground: Option<&Ground>) -> Result<bool, StoreError>;

    /// Waiting records of all officials but one, as sealed envelopes, at most `limit`, in order. Also
    /// while locked. One that was saved before the phone had the server's key is not among them.
    async fn sealed_waiting(&self, except: Option<AccountId>, limit: u32) -> Result<Vec<SealedEntry>, StoreError>;
    /// Keeps what became of sealed records until their official opens the store; from then on they are
    /// not sent again. `ground` as in [`Self::settle`]. Also while locked.
    async fn settle_sealed(
        &self,
        owner: AccountId,
        settlements: &[Settlement],
        ground: Option<&Ground>,
    ) -> Result<bool, StoreError>;
    /// Records that were set aside, as sealed envelopes, of this official and of those whose part was begun to be
    /// wiped: before a wipe the server is to keep them. Also while locked.
    async fn sealed_aside(&self, owner: Option<AccountId>, limit: u32) -> Result<Vec<SealedEntry>, StoreError>;
    /// The server has such records for good, as records or as they are: they leave the phone, and their files may
    /// go up. Also while locked.
    async fn hand_over(&self, owner: AccountId, sequences: &[u64]) -> Result<(), StoreError>;
    /// Makes confirmed records wait again, because the server has lost them. How many.
    async fn reopen(&self, owner: AccountId, ids: &[RecordId]) -> Result<u32, StoreError>;
    /// Confirmed records with a sequence above `after`, in order, at most `limit`: sequence, id, digest.
    async fn held(&self, owner: AccountId, after: u64, limit: u32) -> Result<Vec<(u64, RecordId, Digest)>, StoreError>;

    /// Encrypts a file under a key of its own and keeps it; the key is in the answer and nowhere else.
    async fn put_file(
        &self,
        owner: AccountId,
        bytes: &[u8],
        kind: AttachmentKind,
        media: Media,
    ) -> Result<Attachment, StoreError>;
    /// A file as it was; `None` when it is no longer here.
    async fn file_plain(&self, owner: AccountId, file: &Attachment) -> Result<Option<Vec<u8>>, StoreError>;
    /// A piece of an encrypted file, empty at its end; `None` when it is no longer here. Also while locked.
    async fn file_piece(
        &self,
        owner: AccountId,
        sealed: Digest,
        at: u32,
        len: u32,
    ) -> Result<Option<Vec<u8>>, StoreError>;
    /// Files of all officials that are [`FileState::Ready`] or [`FileState::Lost`]. Also while locked.
    async fn files_pending(&self) -> Result<Vec<FileMark>, StoreError>;
    /// Every file of an official, whatever its state.
    async fn files(&self, owner: AccountId) -> Result<Vec<FileMark>, StoreError>;
    /// Whether a record here names the file; `shut_out`: one that can still go out. Also while locked.
    async fn is_named(&self, owner: AccountId, sealed: Digest, shut_out: bool) -> Result<bool, StoreError>;
    /// Notes how far an upload has come. Also while locked. Of a file that is not known nothing is noted.
    async fn file_progress(
        &self,
        owner: AccountId,
        sealed: Digest,
        sent: u32,
        state: FileState,
    ) -> Result<(), StoreError>;
    /// The server lacks these files of delivered records: sends them again from the start, or marks them
    /// lost. How many are lost.
    async fn resend_files(&self, owner: AccountId, sealed: &[Digest]) -> Result<u32, StoreError>;
    /// Removes a file that was taken out of a draft; one that belongs to a saved record stays.
    async fn drop_file(&self, owner: AccountId, sealed: Digest) -> Result<(), StoreError>;
    /// Removes the copies of delivered and lost files, and files of drafts when there is no draft left. Bytes freed.
    async fn free_files(&self, owner: AccountId) -> Result<u64, StoreError>;
    /// What could be freed.
    async fn holdings(&self, owner: AccountId) -> Result<Holdings, StoreError>;

    /// The reserve of query codes as the server lists it; those taken here already are not offered again. `issued`
    /// says what was asked with and what the server answered; when the part was wiped meanwhile, nothing is kept.
    async fn put_codes(&self, owner: AccountId, codes: &[QueryCode], issued: Issued) -> Result<(), StoreError>;
    /// Takes a code out of the reserve; it is never given again.
    async fn take_code(&self, owner: AccountId) -> Result<Option<QueryCode>, StoreError>;
    /// How many are left.
    async fn codes_left(&self, owner: AccountId) -> Result<u32, StoreError>;
    /// How far the numbers of the codes have come. Also while locked, and through a wipe.
    async fn codes_issued(&self, owner: AccountId) -> Result<Issued, StoreError>;

    /// The office has shut this device out: removes everything of the official but sealed records that
    /// are not confirmed and their files, and marks the account so. True when nothing is left; call it again after
    /// those were sent. As long as a record is there that was set aside, nothing is removed
    /// ([`Self::sealed_aside`]). Also while locked.
    async fn wipe(&self, owner: AccountId) -> Result<bool, StoreError>;
}
