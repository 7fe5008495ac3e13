//! What can be done without the key: sending sealed records, keeping what became of them, and removing
//! everything when the office has shut the device out.

use case_core::id::AccountId;
use case_core::wire::bytes::Bytes;

use super::change::change;
use super::records::{begin_settling, move_files};
use super::value::{Parts, read, read_some, split, write};
use super::{
    CLEAN, CODES, CONFIRMATIONS, CONTACT, FRONT, ISSUED, LAST_CONFIRMED, LINEAGE, MARK, PROBE, SEQUENCE, SERVER, Store,
    TOKEN, VAULT,
};
use crate::crypto::Crypto;
use crate::kv::{
    ASIDE, CONFIRMED, DRAFTS, FILES, FOLDS, ITEMS, KNOWN, Key, Kv, MARKS, META, Op, Range, SEGMENTS, WAITING,
};
use crate::outbox::{EntryState, Settlement};
use crate::store::{FileState, Ground, Issued, SealedEntry, StoreError};
use crate::vault::Header;

fn shown(account: AccountId, sequence: u64, parts: Parts<'_>) -> SealedEntry {
    SealedEntry {
        account,
        id: parts.head.id,
        sequence,
        digest: parts.head.digest,
        blob: Bytes(parts.blob.to_vec()),
        attachments: parts.head.plain,
        files: parts.head.files,
    }
}

/// Envelopes are read in portions of this size.
const PORTION: u32 = 200;

impl<K: Kv, C: Crypto> Store<K, C> {
    pub(super) async fn sealed(&self, except: Option<AccountId>, limit: u32) -> Result<Vec<SealedEntry>, StoreError> {
        // The keys of everybody first: they are short, the envelopes are not.
        let mut owners: Vec<AccountId> =
            self.kv.keys(WAITING, Range::all()).await?.iter().filter_map(Key::owner).collect();
        owners.dedup();
        owners.retain(|owner| Some(*owner) != except);
        if owners.is_empty() {
            return Ok(Vec::new());
        }
        let folded = self.kv.keys(FOLDS, Range::all()).await?;
        let mut found = Vec::new();
        for account in owners {
            let mut after = 0;
            loop {
                let range = Range { above: Some(after), limit: Some(PORTION), ..Range::of(account) };
                let portion = self.kv.range(WAITING, range).await?;
                let Some((last, _)) = portion.last() else { break };
                after = last.last_number().unwrap_or(u64::MAX);
                for (place, value) in &portion {
                    let (Some(sequence), Some(parts)) = (place.last_number(), split(value)?) else { continue };
                    if parts.blob.is_empty() || folded.contains(place) {
                        continue;
                    }
                    found.push(shown(account, sequence, parts));
                    if found.len() >= limit as usize {
                        return Ok(found);
                    }
                }
            }
        }
        Ok(found)
    }

    /// What was set aside and can go out without the key: in the official's own list, or noted while it was locked.
    pub(super) async fn aside(&self, owner: Option<AccountId>, limit: u32) -> Result<Vec<SealedEntry>, StoreError> {
        let mut places = self.kv.keys(ASIDE, Range::all()).await?;
        places.extend(self.kv.keys(FOLDS, Range::all()).await?);
        let mut owners: Vec<AccountId> = places.iter().filter_map(Key::owner).collect();
        owners.sort_unstable();
        owners.dedup();
        let mut found = Vec::new();
        for account in owners {
            if Some(account) != owner && !self.header(account).await?.is_some_and(|header| header.revoked) {
                continue;
            }
            let mut values = self.kv.range(ASIDE, Range::of(account)).await?;
            for (place, state) in self.kv.range(FOLDS, Range::of(account)).await? {
                if let EntryState::SetAside { .. } = read(&state)?
                    && let Some(value) = self.kv.get(&[(WAITING, place.clone())]).await?.pop().flatten()
                {
                    values.push((place, value));
                }
            }
            for (place, value) in &values {
                if let (Some(sequence), Some(parts)) = (place.last_number(), split(value)?)
                    && !parts.blob.is_empty()
                    && found.len() < limit as usize
                {
                    found.push(shown(account, sequence, parts));
                }
            }
        }
        Ok(found)
    }

    pub(super) async fn let_go(&self, owner: AccountId, sequences: &[u64]) -> Result<(), StoreError> {
        change(&self.kv, async |change| {
            let mut files = Vec::new();
            for place in sequences.iter().map(|sequence| Key::number(owner, *sequence)) {
                let asks = [(ASIDE, place.clone()), (FOLDS, place.clone()), (WAITING, place.clone())];
                let [aside, folded, waiting] = change.look_at(asks).await?;
                // What waits again is sent again, and so is not lost: it stays.
                let value = match (aside, folded) {
                    (Some(value), _) => Some((ASIDE, value)),
                    (None, Some(_)) => waiting.map(|value| (WAITING, value)),
                    (None, None) => None,
                };
                let Some((store, value)) = value else { continue };
                files.extend(split(&value)?.map(|parts| parts.head.files).unwrap_or_default());
                change.push(Op::Delete(store, place.clone()));
                change.push(Op::Delete(FOLDS, place));
            }
            move_files(change, owner, &files, FileState::Ready).await
        })
        .await
    }

    pub(super) async fn fold_later(
        &self,
        owner: AccountId,
        settlements: &[Settlement],
        ground: Option<&Ground>,
    ) -> Result<bool, StoreError> {
        change(&self.kv, async |change| {
            if !begin_settling(change, owner, settlements, ground).await? {
                return Ok(false);
            }
            let asks: Vec<_> = settlements.iter().map(|s| (WAITING, Key::number(owner, s.sequence))).collect();
            let values = change.look(asks.clone()).await?;
            let mut files = Vec::new();
            for ((settlement, (_, place)), value) in settlements.iter().zip(asks).zip(values) {
                let Some(value) = value else { continue };
                if let EntryState::Confirmed { .. } = &settlement.state {
                    files.extend(split(&value)?.map(|parts| parts.head.files).unwrap_or_default());
                }
                change.put(FOLDS, place, write(&settlement.state)?);
            }
            move_files(change, owner, &files, FileState::Ready).await?;
            Ok(true)
        })
        .await
    }

    pub(super) async fn remove_all(&self, owner: AccountId) -> Result<bool, StoreError> {
        if !self.aside(Some(owner), 1).await?.is_empty() {
            return Ok(false);
        }
        self.opened.borrow_mut().remove(&owner);
        self.heard.borrow_mut().remove(&owner);
        change(&self.kv, async |change| {
            let vault = Key::of(VAULT, owner);
            let header: Option<Header> = read_some(change.get(META, vault.clone()).await?.as_deref())?;
            let header = header.unwrap_or_else(|| Header::new(Bytes::default()));
            // A record that is saved meanwhile must be seen below.
            change.get(META, Key::name(SEQUENCE)).await?;
            let emptied = Header { pin: None, store: None, revoked: true, ..header };
            change.put(META, vault, write(&emptied)?);
            for store in [DRAFTS, CONFIRMED, ITEMS, SEGMENTS, FOLDS] {
                change.push(Op::Clear(store, owner));
            }
            // One by one: what is set aside by another tab meanwhile stays, and is handed in.
            for (place, value) in change.kv().range(ASIDE, Range::of(owner)).await? {
                if split(&value)?.is_none_or(|parts| parts.blob.is_empty()) {
                    change.push(Op::Delete(ASIDE, place));
                }
            }
            let folded = change.kv().keys(FOLDS, Range::of(owner)).await?;
            let mut kept = Vec::new();
            for (place, value) in change.kv().range(WAITING, Range::of(owner)).await? {
                // What nobody but its official could have sent is lost with their key.
                let parts = split(&value)?.filter(|parts| !parts.blob.is_empty() && !folded.contains(&place));
                match parts {
                    Some(parts) => kept.extend(parts.head.files),
                    None => change.push(Op::Delete(WAITING, place)),
                }
            }
            let mut waiting = self.sealed_of(owner, &folded).await?;
            for mark in self.marks(Range::of(owner)).await? {
                let under_way = mark.state == FileState::Ready && mark.here;
                if under_way || kept.contains(&mark.sealed) {
                    waiting = true;
                    continue;
                }
                let place = Key::text(owner, mark.sealed.hex());
                change.push(Op::Delete(FILES, place.clone()));
                change.push(Op::Delete(MARKS, place));
            }
            // Which codes were handed out is forgotten; up to which number there were any is not.
            let number = Key::of(ISSUED, owner);
            if let Some(issued) = read_some::<Issued>(change.get(META, number.clone()).await?.as_deref())? {
                change.put(META, number, write(&Issued { beyond: issued.upto, ..issued })?);
            }
            for name in [MARK, FRONT, LAST_CONFIRMED, CONFIRMATIONS, CONTACT, LINEAGE, TOKEN, CODES, PROBE, CLEAN] {
                change.push(Op::Delete(META, Key::of(name, owner)));
            }
            if !waiting {
                change.push(Op::Clear(KNOWN, owner));
                change.push(Op::Delete(META, Key::of(SERVER, owner)));
            }
            Ok(!waiting)
        })
        .await
    }

    /// Whether a sealed record of the official is still to be sent.
    async fn sealed_of(&self, owner: AccountId, folded: &[Key]) -> Result<bool, StoreError> {
        for (place, value) in self.kv.range(WAITING, Range::of(owner)).await? {
            if !folded.contains(&place) && split(&value)?.is_some_and(|parts| !parts.blob.is_empty()) {
                return Ok(true);
            }
        }
        Ok(false)
    }
}
