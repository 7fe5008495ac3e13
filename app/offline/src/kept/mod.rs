//! The store: what [`LocalStore`](crate::LocalStore) promises, over any disk ([`Kv`]) and any
//! cryptography ([`Crypto`]).
//!
//! Reading a value decrypts it with the official's key, which is in memory while their part is open;
//! a value is bound to its place, so that swapped or copied values are found out. Values of version 1
//! (plain JSON) are read as they are and written anew, encrypted, when the part is opened first.
//!
//! Every method is one application to the disk ([`change`]), or reads only. Opening is the exception:
//! it rewrites what version 1 left and folds in receipts that came while it was locked, in steps that
//! are each whole, and goes on where it was interrupted.

mod change;
mod files;
mod local;
mod lock;
mod open;
mod records;
mod sealed;
#[cfg(test)]
mod tests;
pub(crate) mod value;
mod work;

use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;

use case_core::digest::Digest;
use case_core::id::AccountId;
use case_core::wire::session::PhoneKeys;
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::crypto::Crypto;
use crate::kv::{Key, Kv, Pair};
use crate::outbox::Entry;
use crate::store::StoreError;
use value::{Head, SEALED};

/// Written when a phone is first opened; there ever after.
pub(crate) const DEVICE: &str = "device";
const SEQUENCE: &str = "sequence";
const PROFILE: &str = "profile";
const MARK: &str = "mark";
/// Encrypted: what comes first in the work area.
const FRONT: &str = "front";
const LAST_CONFIRMED: &str = "confirmed";
/// Counts the times that records were confirmed.
const CONFIRMATIONS: &str = "confirmations";
const VAULT: &str = "vault";
const CONTACT: &str = "contact";
const SERVER: &str = "server";
const LINEAGE: &str = "lineage";
/// Encrypted: the device token.
const TOKEN: &str = "token";
/// Encrypted: the reserve of query codes.
const CODES: &str = "codes";
/// How far the numbers of the codes have come; stays through a wipe.
pub(crate) const ISSUED: &str = "issued";
/// Encrypted: tells whether a key is the right one.
const PROBE: &str = "probe";
/// There when nothing of version 1 is left.
const CLEAN: &str = "clean";

/// A key in memory.
struct Opened<Key> {
    key: Key,
    /// The bytes of the key, only as long as another wrap of it is still to be made.
    raw: Option<[u8; 32]>,
}

impl<Key: Clone> Clone for Opened<Key> {
    fn clone(&self) -> Self {
        Self { key: self.key.clone(), raw: self.raw }
    }
}

/// The phone's store. See the module.
pub struct Store<K, C: Crypto> {
    kv: K,
    crypto: C,
    opened: Rc<RefCell<HashMap<AccountId, Opened<C::Key>>>>,
    /// How often each part was locked in this tab: what was on its way to open it before does not open it any more.
    locks: RefCell<HashMap<AccountId, u32>>,
    /// What the server said while the part was locked.
    heard: RefCell<HashMap<AccountId, PhoneKeys>>,
    /// No PIN, no lock: where there is no phone.
    by_itself: bool,
}

impl<K: Kv, C: Crypto> Store<K, C> {
    /// Over a disk.
    #[must_use]
    pub fn new(kv: K, crypto: C) -> Self {
        Self {
            kv,
            crypto,
            opened: Rc::default(),
            locks: RefCell::default(),
            heard: RefCell::default(),
            by_itself: false,
        }
    }

    /// A store without lock: each official's key follows from their id. For tests and for where nothing
    /// is kept.
    #[must_use]
    pub fn open_by_itself(kv: K, crypto: C) -> Self {
        Self { by_itself: true, ..Self::new(kv, crypto) }
    }

    /// The same kind of store over another disk, without any key.
    #[must_use]
    pub fn again(&self, kv: K, crypto: C) -> Self {
        Self { by_itself: self.by_itself, ..Self::new(kv, crypto) }
    }

    /// The disk.
    pub fn kv(&self) -> &K {
        &self.kv
    }

    /// The cryptography.
    pub fn crypto(&self) -> &C {
        &self.crypto
    }

    /// The key of an open part, for another tab of the same browser.
    #[must_use]
    pub fn key(&self, owner: AccountId) -> Option<C::Key> {
        self.opened.borrow().get(&owner).map(|opened| opened.key.clone())
    }

    /// Takes a key over from another tab. False when it is not the right one.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn adopt(&self, owner: AccountId, key: C::Key) -> Result<bool, StoreError> {
        let (place, locks) = (Key::of(PROBE, owner), self.locks(owner));
        let probe = self.meta(&place).await?;
        let fits = match probe.as_deref().and_then(|value| value.strip_prefix(&[SEALED])) {
            Some(sealed) => self.crypto.decrypt(&key, &place.bound(crate::kv::META), sealed).await?.is_some(),
            None => false,
        };
        if self.locks(owner) != locks {
            return Ok(false);
        }
        if fits && !self.opened.borrow().contains_key(&owner) {
            self.opened.borrow_mut().insert(owner, Opened { key, raw: None });
        }
        Ok(fits)
    }

    /// Forgets the key, also one that is on its way.
    fn lock_here(&self, owner: AccountId) {
        *self.locks.borrow_mut().entry(owner).or_default() += 1;
        self.opened.borrow_mut().remove(&owner);
    }

    fn locks(&self, owner: AccountId) -> u32 {
        self.locks.borrow().get(&owner).copied().unwrap_or_default()
    }

    /// A value of [`META`](crate::kv::META).
    async fn meta(&self, key: &Key) -> Result<Option<Vec<u8>>, StoreError> {
        Ok(self.kv.get(&[(crate::kv::META, key.clone())]).await?.pop().flatten())
    }

    async fn key_of(&self, owner: AccountId) -> Result<C::Key, StoreError> {
        if let Some(key) = self.key(owner) {
            return Ok(key);
        }
        if !self.by_itself {
            return Err(StoreError::Locked);
        }
        let key = self.crypto.key(&Digest::of(&owner).bytes()).await?;
        self.opened.borrow_mut().insert(owner, Opened { key: key.clone(), raw: None });
        Ok(key)
    }

    /// Encrypts a value for its place.
    async fn hide(
        &self,
        owner: AccountId,
        store: &'static str,
        place: &Key,
        plain: &[u8],
    ) -> Result<Vec<u8>, StoreError> {
        let key = self.key_of(owner).await?;
        let mut sealed = self.crypto.encrypt(&key, &place.bound(store), plain).await?;
        sealed.insert(0, SEALED);
        Ok(sealed)
    }

    /// Decrypts a value from its place; one of version 1 is taken as it is.
    async fn show(
        &self,
        owner: AccountId,
        store: &'static str,
        place: &Key,
        value: &[u8],
    ) -> Result<Vec<u8>, StoreError> {
        let key = self.key_of(owner).await?;
        let Some(sealed) = value.strip_prefix(&[SEALED]) else { return Ok(value.to_vec()) };
        self.crypto.decrypt(&key, &place.bound(store), sealed).await?.ok_or_else(|| changed(store))
    }

    /// Decrypts several values of one store at once.
    async fn show_all(
        &self,
        owner: AccountId,
        store: &'static str,
        pairs: &[Pair],
    ) -> Result<Vec<Vec<u8>>, StoreError> {
        let key = self.key_of(owner).await?;
        let texts: Vec<(Vec<u8>, &[u8])> = pairs
            .iter()
            .filter_map(|pair| {
                let value = pair.1.strip_prefix(&[SEALED])?;
                Some((pair.0.bound(store), value))
            })
            .collect();
        let mut opened = self.crypto.decrypt_all(&key, &texts).await?.into_iter();
        let mut all = Vec::with_capacity(pairs.len());
        for (_, value) in pairs {
            all.push(match value.first() {
                Some(&SEALED) => opened.next().flatten().ok_or_else(|| changed(store))?,
                _ => value.clone(),
            });
        }
        Ok(all)
    }

    async fn hide_json(
        &self,
        owner: AccountId,
        store: &'static str,
        place: &Key,
        value: &impl Serialize,
    ) -> Result<Vec<u8>, StoreError> {
        self.hide(owner, store, place, &value::write(value)?).await
    }

    async fn show_json<A: DeserializeOwned>(
        &self,
        owner: AccountId,
        store: &'static str,
        place: &Key,
        value: &[u8],
    ) -> Result<A, StoreError> {
        value::read(&self.show(owner, store, place, value).await?)
    }

    /// A record as it is kept.
    async fn hide_entry(
        &self,
        owner: AccountId,
        store: &'static str,
        place: &Key,
        entry: &Entry,
        blob: &[u8],
    ) -> Result<Vec<u8>, StoreError> {
        let all = self.hide_entries(owner, store, &[(place, entry, blob)]).await?;
        all.into_iter().next().ok_or_else(|| changed(store))
    }

    /// Records as they are kept, all of them encrypted at once, each with its envelope.
    async fn hide_entries(
        &self,
        owner: AccountId,
        store: &'static str,
        entries: &[(&Key, &Entry, &[u8])],
    ) -> Result<Vec<Vec<u8>>, StoreError> {
        let key = self.key_of(owner).await?;
        let (mut heads, mut texts) = (Vec::with_capacity(entries.len()), Vec::with_capacity(entries.len()));
        for (place, entry, _) in entries {
            let head = value::write(&Head::of(&entry.record))?;
            texts.push((bound_to(store, place, &head), value::write(entry)?));
            heads.push(head);
        }
        let ciphers = self.crypto.encrypt_all(&key, &texts).await?;
        let parts = heads.iter().zip(entries).zip(ciphers);
        Ok(parts.map(|((head, (_, _, blob)), cipher)| value::join(head, blob, &cipher)).collect())
    }

    /// Reads a kept record.
    async fn show_entry(
        &self,
        owner: AccountId,
        store: &'static str,
        place: &Key,
        value: &[u8],
    ) -> Result<Entry, StoreError> {
        let all = self.show_entries(owner, store, &[(place, value)]).await?;
        all.into_iter().next().ok_or_else(|| changed(store))
    }

    /// Reads kept records, all of them decrypted at once.
    async fn show_entries(
        &self,
        owner: AccountId,
        store: &'static str,
        values: &[(&Key, &[u8])],
    ) -> Result<Vec<Entry>, StoreError> {
        let key = self.key_of(owner).await?;
        let (mut texts, mut plain_ones) = (Vec::with_capacity(values.len()), Vec::with_capacity(values.len()));
        for (place, value) in values {
            match value::split(value)? {
                Some(parts) => {
                    texts.push((bound_to(store, place, parts.head_json), parts.cipher));
                    plain_ones.push(None);
                }
                None => plain_ones.push(Some(*value)),
            }
        }
        let mut opened = self.crypto.decrypt_all(&key, &texts).await?.into_iter();
        let mut entries = Vec::with_capacity(values.len());
        for plain in plain_ones {
            entries.push(match plain {
                Some(plain) => value::read(plain)?,
                None => value::read(&opened.next().flatten().ok_or_else(|| changed(store))?)?,
            });
        }
        Ok(entries)
    }
}

/// What a kept record is bound to: its place and its head.
fn bound_to(store: &str, place: &Key, head: &[u8]) -> Vec<u8> {
    [&place.bound(store)[..], b"/", head].concat()
}

fn changed(store: &str) -> StoreError {
    StoreError::Unreadable([store, ": a value was changed or is not in its place"].concat())
}
