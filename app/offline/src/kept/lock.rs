//! The lock of an official's part: making, opening, changing. The rules are in [`crate::vault`].

use case_core::id::AccountId;
use case_core::time::Moment;
use case_core::wire::bytes::Bytes;
use case_core::wire::session::PhoneKeys;

use super::change::change;
use super::value::{read_some, write};
use super::{CONTACT, FRONT, MARK, Opened, PROBE, SERVER, Store, TOKEN, VAULT};
use crate::crypto::Crypto;
use crate::kv::{ASIDE, FOLDS, Key, Kv, META, Op, Range, SEGMENTS, WAITING};
use crate::store::{LockState, ServerKeys, StoreError};
use crate::vault::{Contact, Header, Pin};

/// Before the server has said otherwise.
const CACHE_DAYS: u16 = 7;
const BY_PIN: &str = "pin";
const BY_SERVER: &str = "server";

fn bound(owner: AccountId, way: &str) -> Vec<u8> {
    [VAULT, "/", &owner.to_string(), "/", way].concat().into_bytes()
}

fn key_bytes(bytes: &[u8]) -> Result<[u8; 32], StoreError> {
    bytes.try_into().map_err(|_| StoreError::WrongKey)
}

impl<K: Kv, C: Crypto> Store<K, C> {
    pub(super) async fn header(&self, owner: AccountId) -> Result<Option<Header>, StoreError> {
        read_some(self.meta(&Key::of(VAULT, owner)).await?.as_deref())
    }

    async fn change_header(
        &self,
        owner: AccountId,
        next: impl Fn(Option<Header>) -> Result<Option<Header>, StoreError>,
    ) -> Result<Option<Header>, StoreError> {
        let place = Key::of(VAULT, owner);
        change(&self.kv, async |change| {
            let header = next(read_some(change.get(META, place.clone()).await?.as_deref())?)?;
            if let Some(header) = &header {
                change.put(META, place.clone(), write(header)?);
            }
            Ok(header)
        })
        .await
    }

    pub(super) async fn unsent(&self, owner: AccountId) -> Result<u32, StoreError> {
        let range = Range::of(owner);
        let folds = self.kv.count(FOLDS, range).await?;
        Ok(self.kv.count(WAITING, range).await?.saturating_sub(folds) + self.kv.count(ASIDE, range).await?)
    }

    /// Whether there was no contact for too long.
    async fn is_expired(&self, owner: AccountId, now: Moment) -> Result<bool, StoreError> {
        let (contact, server) = (Key::of(CONTACT, owner), Key::of(SERVER, owner));
        let mut values = self.kv.get(&[(META, contact.clone()), (META, server)]).await?;
        let server: Option<ServerKeys> = read_some(values.pop().flatten().as_deref())?;
        let before = values.pop().flatten();
        let Some(kept) = read_some::<Contact>(before.as_deref())? else { return Ok(false) };
        if let Some(seen) = kept.seen(now) {
            let checks = [crate::kv::Check { store: META, key: contact.clone(), value: before }];
            // Another tab may be faster with the same news.
            self.kv.apply(&checks, &[Op::Put(META, contact, write(&seen)?)]).await?;
        }
        Ok(kept.is_expired(now, server.map_or(CACHE_DAYS, |server| server.cache_days)))
    }

    pub(super) async fn look(&self, owner: AccountId, now: Moment) -> Result<LockState, StoreError> {
        if self.by_itself {
            return Ok(LockState::Open);
        }
        let Some(header) = self.header(owner).await? else { return Ok(LockState::ChoosePin) };
        if header.revoked {
            self.opened.borrow_mut().remove(&owner);
            return Ok(LockState::Revoked { unsent: self.unsent(owner).await? });
        }
        if self.is_expired(owner, now).await? {
            self.opened.borrow_mut().remove(&owner);
            let unsent = self.unsent(owner).await?;
            if unsent == 0 {
                let ops = [
                    Op::Clear(SEGMENTS, owner),
                    Op::Delete(META, Key::of(MARK, owner)),
                    Op::Delete(META, Key::of(FRONT, owner)),
                ];
                self.kv.apply(&[], &ops).await?;
            }
            return Ok(LockState::Expired { unsent });
        }
        if let Some(opened) = self.opened.borrow().get(&owner) {
            let choose = header.pin.is_none() && opened.raw.is_some();
            return Ok(if choose { LockState::ChoosePin } else { LockState::Open });
        }
        let (look, next) = header.look(now);
        if next.is_some() {
            self.change_header(owner, |kept| Ok(kept.and_then(|kept| kept.look(now).1))).await?;
        }
        Ok(LockState::Locked { wait_ms: look.wait_ms, tries_left: look.tries_left })
    }

    /// A PIN's wrap of the key, under a salt of its own.
    async fn wrap_by_pin(&self, owner: AccountId, pin: &Pin, raw: &[u8; 32]) -> Result<Header, StoreError> {
        let mut salt = vec![0; 16];
        self.crypto.random(&mut salt)?;
        let iterations = self.crypto.iterations().await?.max(crate::vault::LEAST_ITERATIONS);
        let key = self.crypto.derive(pin.bytes(), &salt, iterations).await?;
        let wrap = self.crypto.encrypt(&key, &bound(owner, BY_PIN), raw).await?;
        Ok(Header { iterations, pin: Some(Bytes(wrap)), ..Header::new(Bytes(salt)) })
    }

    async fn wrap_by_server(&self, owner: AccountId, keys: &PhoneKeys, raw: &[u8; 32]) -> Result<Bytes, StoreError> {
        let key = self.crypto.key(&key_bytes(&keys.store_key.0)?).await?;
        Ok(Bytes(self.crypto.encrypt(&key, &bound(owner, BY_SERVER), raw).await?))
    }

    async fn fresh(&self) -> Result<[u8; 32], StoreError> {
        let mut raw = [0; 32];
        self.crypto.random(&mut raw)?;
        Ok(raw)
    }

    pub(super) async fn set_pin(&self, owner: AccountId, pin: &Pin) -> Result<(), StoreError> {
        if self.by_itself {
            return Ok(());
        }
        let header = self.header(owner).await?;
        let at_hand = self.opened.borrow().get(&owner).and_then(|opened| opened.raw);
        let raw = match (&header, at_hand) {
            (None, _) => self.fresh().await?,
            (Some(kept), Some(raw)) if kept.pin.is_none() && !kept.revoked => raw,
            _ => return Err(StoreError::Locked),
        };
        let made = self.wrap_by_pin(owner, pin, &raw).await?;
        self.change_header(owner, |kept| match kept {
            // Another tab may have been faster; then its PIN holds.
            Some(kept) if header.is_none() || kept.pin.is_some() || kept.revoked => Err(StoreError::Locked),
            kept => Ok(Some(Header { store: kept.and_then(|kept| kept.store), ..made.clone() })),
        })
        .await?;
        self.enter(owner, raw, self.locks(owner)).await
    }

    pub(super) async fn try_pin(&self, owner: AccountId, pin: &Pin, now: Moment) -> Result<[u8; 32], StoreError> {
        if self.is_expired(owner, now).await? {
            return Err(StoreError::Expired);
        }
        // The try is on disk before the PIN is looked at.
        let counted = self
            .change_header(owner, |kept| {
                let kept = kept.filter(|kept| !kept.revoked).ok_or(StoreError::Locked)?;
                kept.count(now).map(Some).map_err(wrong)
            })
            .await?
            .ok_or(StoreError::Locked)?;
        let key = self.crypto.derive(pin.bytes(), &counted.salt.0, counted.iterations).await?;
        let wrap = counted.pin.clone().unwrap_or_default();
        match self.crypto.decrypt(&key, &bound(owner, BY_PIN), &wrap.0).await? {
            Some(raw) => {
                self.change_header(owner, |kept| Ok(kept.map(|kept| kept.right()))).await?;
                key_bytes(&raw)
            }
            None => {
                let (look, next) = counted.look(now);
                if next.is_some() {
                    self.change_header(owner, |kept| Ok(kept.and_then(|kept| kept.look(now).1))).await?;
                }
                Err(wrong(look))
            }
        }
    }

    pub(super) async fn unlock_by_pin(&self, owner: AccountId, pin: &Pin, now: Moment) -> Result<(), StoreError> {
        if self.by_itself {
            return Ok(());
        }
        let raw = self.try_pin(owner, pin, now).await?;
        self.enter(owner, raw, self.locks(owner)).await
    }

    pub(super) async fn replace_pin(
        &self,
        owner: AccountId,
        old: &Pin,
        new: &Pin,
        now: Moment,
    ) -> Result<(), StoreError> {
        let raw = self.try_pin(owner, old, now).await?;
        let made = self.wrap_by_pin(owner, new, &raw).await?;
        self.change_header(owner, |kept| {
            let kept = kept.filter(|kept| kept.pin.is_some() && !kept.revoked).ok_or(StoreError::Locked)?;
            Ok(Some(Header { store: kept.store, ..made.clone() }))
        })
        .await?;
        self.enter(owner, raw, self.locks(owner)).await
    }

    pub(super) async fn remove_pin(&self, owner: AccountId) -> Result<bool, StoreError> {
        let header = self
            .change_header(owner, |kept| {
                Ok(kept.filter(|kept| kept.store.is_some()).map(|kept| Header { pin: None, ..kept }))
            })
            .await?;
        Ok(header.is_some())
    }

    /// Opens with the server's key, or makes the key.
    pub(super) async fn enter_with(&self, owner: AccountId, keys: &PhoneKeys, now: Moment) -> Result<(), StoreError> {
        let locks = self.locks(owner);
        self.hear(owner, keys, now).await?;
        if self.by_itself {
            let _key = self.key_of(owner).await?;
            self.keep_token(owner, keys).await?;
            return self.bring_up_to_date(owner).await;
        }
        let header = self.header(owner).await?;
        let wrap = header.as_ref().and_then(|header| header.store.clone());
        let has_pin = header.as_ref().is_some_and(|header| header.pin.is_some());
        let raw = match wrap {
            Some(wrap) => {
                let key = self.crypto.key(&key_bytes(&keys.store_key.0)?).await?;
                let raw = self.crypto.decrypt(&key, &bound(owner, BY_SERVER), &wrap.0).await?;
                let at_hand = self.opened.borrow().contains_key(&owner);
                match raw {
                    Some(raw) => key_bytes(&raw)?,
                    None if at_hand && has_pin => {
                        // The server's key is another one now. At the next unlocking by PIN the data key is
                        // there to be wrapped again.
                        self.change_header(owner, |kept| Ok(kept.map(|kept| Header { store: None, ..kept }))).await?;
                        return self.keep_token(owner, keys).await;
                    }
                    None => return Err(StoreError::WrongKey),
                }
            }
            None if has_pin => {
                // Only the PIN opens it, and only then can the server's wrap be made (see `enter`).
                let at_hand = self.opened.borrow().get(&owner).map(|opened| opened.raw);
                return match at_hand {
                    Some(Some(raw)) => self.enter(owner, raw, locks).await,
                    Some(None) => self.keep_token(owner, keys).await,
                    None => Err(StoreError::WrongKey),
                };
            }
            None => {
                if header.is_some_and(|header| header.revoked) {
                    // What was delivered since the wipe goes now. What was not goes out first: under a new key it
                    // would be a value that nobody can read.
                    self.remove_all(owner).await?;
                    if self.unsent(owner).await? > 0 || !self.aside(Some(owner), 1).await?.is_empty() {
                        return Err(StoreError::Locked);
                    }
                    self.hear(owner, keys, now).await?;
                }
                let raw = self.fresh().await?;
                let store = self.wrap_by_server(owner, keys, &raw).await?;
                self.change_header(owner, |kept| match kept {
                    Some(kept) if kept.store.is_some() || kept.pin.is_some() => Err(StoreError::WrongKey),
                    _ => Ok(Some(Header { store: Some(store.clone()), ..Header::new(Bytes::default()) })),
                })
                .await?;
                raw
            }
        };
        self.enter(owner, raw, locks).await
    }

    /// Keeps what the server says, without opening anything.
    pub(super) async fn hear(&self, owner: AccountId, keys: &PhoneKeys, now: Moment) -> Result<(), StoreError> {
        let server =
            ServerKeys { receipts: keys.receipts.clone(), sealing: keys.sealing.clone(), cache_days: keys.cache_days };
        let ops = [
            Op::Put(META, Key::of(SERVER, owner), write(&server)?),
            Op::Put(META, Key::of(CONTACT, owner), write(&Contact::now(now))?),
        ];
        self.kv.apply(&[], &ops).await?;
        if self.is_at_hand(owner) {
            return self.keep_token(owner, keys).await;
        }
        self.heard.borrow_mut().insert(owner, keys.clone());
        Ok(())
    }

    pub(super) fn is_at_hand(&self, owner: AccountId) -> bool {
        self.by_itself || self.opened.borrow().contains_key(&owner)
    }

    async fn keep_token(&self, owner: AccountId, keys: &PhoneKeys) -> Result<(), StoreError> {
        let place = Key::of(TOKEN, owner);
        let kept = self.meta(&place).await?;
        if let Some(kept) = kept
            && self.show_json::<Bytes>(owner, META, &place, &kept).await.ok().as_ref() == Some(&keys.device_token)
        {
            return Ok(());
        }
        let value = self.hide_json(owner, META, &place, &keys.device_token).await?;
        self.kv.apply(&[], &[Op::Put(META, place, value)]).await.map(drop)
    }

    /// The key is known: takes it into memory, makes the wrap that is missing, and brings the store up to date.
    /// Not when the part was locked since: whoever has locked it must find it locked.
    async fn enter(&self, owner: AccountId, raw: [u8; 32], locks: u32) -> Result<(), StoreError> {
        let key = self.crypto.key(&raw).await?;
        let heard = self.heard.borrow().get(&owner).cloned();
        if let Some(keys) = &heard
            && self.header(owner).await?.is_some_and(|header| header.store.is_none())
        {
            let store = self.wrap_by_server(owner, keys, &raw).await?;
            self.change_header(owner, |kept| Ok(kept.map(|kept| Header { store: Some(store.clone()), ..kept })))
                .await?;
        }
        let header = self.header(owner).await?;
        let missing = header.is_some_and(|header| header.pin.is_none() || header.store.is_none());
        if self.locks(owner) != locks {
            return Err(StoreError::Locked);
        }
        self.opened.borrow_mut().insert(owner, Opened { key, raw: missing.then_some(raw) });
        let probe = Key::of(PROBE, owner);
        if self.meta(&probe).await?.is_none() {
            let value = self.hide(owner, META, &probe, PROBE.as_bytes()).await?;
            self.kv.apply(&[], &[Op::Put(META, probe, value)]).await?;
        }
        if let Some(keys) = heard {
            self.keep_token(owner, &keys).await?;
            self.heard.borrow_mut().remove(&owner);
        }
        self.bring_up_to_date(owner).await
    }
}

fn wrong(look: crate::vault::Look) -> StoreError {
    StoreError::WrongPin { wait_ms: look.wait_ms, tries_left: look.tries_left }
}
