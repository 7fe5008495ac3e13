//! Drafts and records.

use case_core::digest::Digest;
use case_core::id::{AccountId, RecordId};
use case_core::time::Moment;
use case_core::wire::sync::Opened as Inside;

use super::change::{Change, change};
use super::value::{Head, read, read_some, split, write};
use super::{CONFIRMATIONS, LAST_CONFIRMED, LINEAGE, SEQUENCE, SERVER, Store, TOKEN, VAULT};
use crate::crypto::Crypto;
use crate::draft::Draft;
use crate::kv::{ASIDE, CONFIRMED, DRAFTS, FILES, FOLDS, KNOWN, Key, Kv, MARKS, META, Op, Range, WAITING};
use crate::outbox::{Entry, EntryState, NewRecord, Settlement};
use crate::store::{Committed, Counts, DraftSaved, FileState, Ground, ServerKeys, StoreError};
use crate::vault::Header;

/// So many records are decrypted at once.
const AT_ONCE: usize = 250;

fn known_key(owner: AccountId, id: RecordId) -> Key {
    Key::text(owner, id.to_string())
}

/// Another tab may have wiped the part while this one still has its key: what is written then nobody could
/// ever read or send, so nothing is, and whoever is writing learns it. With the header among what was looked
/// at, a wipe that comes between the look and the writing makes it be looked at again.
fn not_wiped(header: Option<Vec<u8>>) -> Result<(), StoreError> {
    let header: Option<Header> = read_some(header.as_deref())?;
    if header.is_some_and(|header| header.revoked) { Err(StoreError::Locked) } else { Ok(()) }
}

impl<K: Kv, C: Crypto> Store<K, C> {
    pub(super) async fn keep_draft(&self, owner: AccountId, draft: &Draft) -> Result<DraftSaved, StoreError> {
        let place = known_key(owner, draft.id);
        let value = self.hide_json(owner, DRAFTS, &place, draft).await?;
        change(&self.kv, async |change| {
            let [known, header] = change.look_at([(KNOWN, place.clone()), (META, Key::of(VAULT, owner))]).await?;
            not_wiped(header)?;
            if known.is_some() {
                return Ok(DraftSaved::AlreadyCommitted);
            }
            change.put(DRAFTS, place.clone(), value.clone());
            Ok(DraftSaved::Saved)
        })
        .await
    }

    pub(super) async fn all_drafts(&self, owner: AccountId) -> Result<Vec<Draft>, StoreError> {
        self.key_of(owner).await?;
        let mut drafts = Vec::new();
        for (place, value) in self.kv.range(DRAFTS, Range::of(owner)).await? {
            drafts.push(self.show_json::<Draft>(owner, DRAFTS, &place, &value).await?);
        }
        drafts.sort_by_key(|draft| (draft.started_at, draft.id));
        Ok(drafts)
    }

    pub(super) async fn throw_draft(&self, owner: AccountId, id: RecordId) -> Result<(), StoreError> {
        self.key_of(owner).await?;
        self.kv.apply(&[], &[Op::Delete(DRAFTS, known_key(owner, id))]).await.map(drop)
    }

    /// The envelope that only the server can open; empty when its key is not known yet.
    pub(super) async fn envelope(&self, owner: AccountId, entry: &Entry) -> Result<Vec<u8>, StoreError> {
        let (server, token) = (Key::of(SERVER, owner), Key::of(TOKEN, owner));
        let mut values = self.kv.get(&[(META, server), (META, token)]).await?;
        let (token, server) = (values.pop().flatten(), values.pop().flatten());
        self.envelope_for(owner, entry, server, token).await
    }

    /// The same with what is kept of the server's keys.
    async fn envelope_for(
        &self,
        owner: AccountId,
        entry: &Entry,
        server: Option<Vec<u8>>,
        token: Option<Vec<u8>>,
    ) -> Result<Vec<u8>, StoreError> {
        let (Some(server), Some(sealed)) = (server, token) else { return Ok(Vec::new()) };
        let server: ServerKeys = read(&server)?;
        let token = self.show_json(owner, META, &Key::of(TOKEN, owner), &sealed).await?;
        let record = case_core::json::raw(&entry.record);
        let inside = Inside { token, record: record.map_err(unwritable)? };
        // A server's key that is none must not keep anybody from saving.
        Ok(self.crypto.seal(&server.sealing.0, &write(&inside)?).await.unwrap_or_default())
    }

    pub(super) async fn make_record(&self, owner: AccountId, record: &NewRecord) -> Result<Committed, StoreError> {
        self.key_of(owner).await?;
        let by_id = known_key(owner, record.id);
        change(&self.kv, async |change| {
            // One look for all that saving needs: each is a transaction that somebody waits for.
            let asks = [
                (KNOWN, by_id.clone()),
                (META, Key::name(SEQUENCE)),
                (META, Key::of(SERVER, owner)),
                (META, Key::of(TOKEN, owner)),
                (META, Key::of(VAULT, owner)),
            ];
            let [earlier, last, server, token, header] = change.look_at(asks).await?;
            not_wiped(header)?;
            if let Some(earlier) = earlier {
                let sequence: u64 = read(&earlier)?;
                return Ok(Committed { entry: self.earlier(owner, record, sequence).await?, already: true });
            }
            let sequence = read_some::<u64>(last.as_deref())?.unwrap_or(0) + 1;
            let entry = Entry { record: record.clone().at(owner, sequence), state: EntryState::Waiting };
            let place = Key::number(owner, sequence);
            let blob = self.envelope_for(owner, &entry, server, token).await?;
            let value = self.hide_entry(owner, WAITING, &place, &entry, &blob).await?;
            change.put(META, Key::name(SEQUENCE), write(&sequence)?);
            change.put(WAITING, place, value);
            change.put(KNOWN, by_id.clone(), write(&sequence)?);
            change.push(Op::Delete(DRAFTS, by_id.clone()));
            let files = Head::of(&entry.record).files;
            move_files(change, owner, &files, FileState::Saved).await?;
            Ok(Committed { entry, already: false })
        })
        .await
    }

    /// What was committed before under the same id.
    async fn earlier(&self, owner: AccountId, record: &NewRecord, sequence: u64) -> Result<Entry, StoreError> {
        let place = Key::number(owner, sequence);
        let stores = [WAITING, CONFIRMED, ASIDE];
        let values = self.kv.get(&stores.map(|store| (store, place.clone()))).await?;
        for (store, value) in stores.into_iter().zip(values) {
            if let Some(value) = value {
                return self.show_entry(owner, store, &place, &value).await;
            }
        }
        // Its history was forgotten by now; it is committed all the same.
        Ok(Entry { record: record.clone().at(owner, sequence), state: EntryState::Waiting })
    }

    pub(super) async fn all_waiting(&self, owner: AccountId, after: u64, limit: u32) -> Result<Vec<Entry>, StoreError> {
        self.key_of(owner).await?;
        let range = Range { above: Some(after), limit: Some(limit), ..Range::of(owner) };
        self.entries(owner, WAITING, range).await
    }

    async fn entries(&self, owner: AccountId, store: &'static str, range: Range) -> Result<Vec<Entry>, StoreError> {
        let mut entries = Vec::new();
        for some in self.kv.range(store, range).await?.chunks(AT_ONCE) {
            let some: Vec<(&Key, &[u8])> = some.iter().map(|(place, value)| (place, &value[..])).collect();
            entries.extend(self.show_entries(owner, store, &some).await?);
        }
        Ok(entries)
    }

    pub(super) async fn write_settled(
        &self,
        owner: AccountId,
        settlements: &[Settlement],
        ground: Option<&Ground>,
    ) -> Result<bool, StoreError> {
        self.key_of(owner).await?;
        let confirmed_key = Key::of(LAST_CONFIRMED, owner);
        change(&self.kv, async |change| {
            if !begin_settling(change, owner, settlements, ground).await? {
                return Ok(false);
            }
            let mut asks: Vec<_> = settlements.iter().map(|s| (WAITING, Key::number(owner, s.sequence))).collect();
            asks.push((META, confirmed_key.clone()));
            let mut values = change.look(asks).await?;
            let before: Option<Moment> = read_some::<Option<Moment>>(values.pop().flatten().as_deref())?.flatten();
            let mut last = before;
            let mut found = Vec::new();
            for (settlement, value) in settlements.iter().zip(values) {
                let place = Key::number(owner, settlement.sequence);
                // Also what another tab was told about it while this part was locked there.
                change.push(Op::Delete(FOLDS, place.clone()));
                let Some(value) = value else { continue };
                match &settlement.state {
                    EntryState::Waiting => continue,
                    EntryState::Confirmed { receipt, .. } => last = last.max(Some(receipt.received_at)),
                    EntryState::SetAside { .. } => {}
                }
                found.push((place, value, &settlement.state));
            }
            let values: Vec<(&Key, &[u8])> = found.iter().map(|(place, value, _)| (place, &value[..])).collect();
            let read = self.show_entries(owner, WAITING, &values).await?;
            let (mut confirmed, mut aside, mut files) = (Vec::new(), Vec::new(), Vec::new());
            for ((place, value, state), entry) in found.iter().zip(read) {
                let entry = Entry { state: (*state).clone(), ..entry };
                if let EntryState::Confirmed { .. } = state {
                    files.extend(Head::of(&entry.record).files);
                    confirmed.push((place, entry, Vec::new()));
                } else {
                    // Its envelope stays with it: before a wipe it is handed in without anybody's key.
                    let blob = split(value)?.map(|parts| parts.blob.to_vec()).unwrap_or_default();
                    let blob = if blob.is_empty() { self.envelope(owner, &entry).await? } else { blob };
                    aside.push((place, entry, blob));
                }
            }
            for (store, entries) in [(CONFIRMED, confirmed), (ASIDE, aside)] {
                let written: Vec<(&Key, &Entry, &[u8])> =
                    entries.iter().map(|(place, entry, blob)| (*place, entry, &blob[..])).collect();
                for (value, (place, ..)) in self.hide_entries(owner, store, &written).await?.into_iter().zip(&entries) {
                    change.put(store, (*place).clone(), value);
                    change.push(Op::Delete(WAITING, (*place).clone()));
                }
            }
            if last != before {
                change.put(META, confirmed_key.clone(), write(&last)?);
            }
            move_files(change, owner, &files, FileState::Ready).await?;
            Ok(true)
        })
        .await
    }

    pub(super) async fn all_settled(&self, owner: AccountId) -> Result<Vec<Entry>, StoreError> {
        self.key_of(owner).await?;
        let mut entries = self.entries(owner, CONFIRMED, Range::of(owner)).await?;
        entries.extend(self.entries(owner, ASIDE, Range::of(owner)).await?);
        entries.sort_by_key(|entry| entry.record.sequence);
        Ok(entries)
    }

    pub(super) async fn all_aside(&self, owner: AccountId) -> Result<Vec<Entry>, StoreError> {
        self.key_of(owner).await?;
        self.entries(owner, ASIDE, Range::of(owner)).await
    }

    /// Makes records wait again that are in `from`. How many were there.
    pub(super) async fn wait_again(
        &self,
        owner: AccountId,
        from: &'static str,
        ids: &[RecordId],
    ) -> Result<u32, StoreError> {
        self.key_of(owner).await?;
        change(&self.kv, async |change| {
            let known: Vec<_> = ids.iter().map(|id| (KNOWN, known_key(owner, *id))).collect();
            let mut asks = Vec::new();
            for sequence in change.kv().get(&known).await?.into_iter().flatten() {
                asks.push((from, Key::number(owner, read(&sequence)?)));
            }
            let (mut count, mut files) = (0, Vec::new());
            let values = change.look(asks.clone()).await?;
            for ((_, place), value) in asks.into_iter().zip(values) {
                let Some(value) = value else { continue };
                let entry = self.show_entry(owner, from, &place, &value).await?;
                let entry = Entry { state: EntryState::Waiting, ..entry };
                let blob = self.envelope(owner, &entry).await?;
                files.extend(Head::of(&entry.record).files);
                change.put(WAITING, place.clone(), self.hide_entry(owner, WAITING, &place, &entry, &blob).await?);
                change.push(Op::Delete(from, place));
                count += 1;
            }
            move_files(change, owner, &files, FileState::Saved).await?;
            Ok(count)
        })
        .await
    }

    pub(super) async fn forget(&self, owner: AccountId, sequences: &[u64]) -> Result<(), StoreError> {
        self.key_of(owner).await?;
        change(&self.kv, async |change| {
            let asks: Vec<_> = sequences.iter().map(|sequence| (CONFIRMED, Key::number(owner, *sequence))).collect();
            let values = change.look(asks.clone()).await?;
            let mut files = Vec::new();
            for ((store, place), value) in asks.into_iter().zip(values) {
                let Some(value) = value else { continue };
                files.extend(split(&value)?.map(|parts| parts.head.files).unwrap_or_default());
                change.push(Op::Delete(store, place));
            }
            for place in files.into_iter().map(|sealed| Key::text(owner, sealed.hex())) {
                let mark: Option<super::files::Mark> = read_some(change.get(MARKS, place.clone()).await?.as_deref())?;
                let done = [FileState::Delivered, FileState::Refused, FileState::LostKnown];
                if mark.is_some_and(|mark| done.contains(&mark.state)) {
                    change.push(Op::Delete(MARKS, place.clone()));
                    change.push(Op::Delete(FILES, place));
                }
            }
            Ok(())
        })
        .await
    }

    pub(super) async fn count_all(&self, owner: AccountId) -> Result<Counts, StoreError> {
        let (mine, everybody) = (Range::of(owner), Range::all());
        let asks = [(WAITING, everybody), (FOLDS, everybody), (WAITING, mine), (FOLDS, mine), (ASIDE, mine)];
        let mut counts = self.kv.counts(&asks).await?.into_iter();
        let [all, folds_all, waiting, folds, set_aside] = std::array::from_fn(|_| counts.next().unwrap_or(0));
        let last = self.meta(&Key::of(LAST_CONFIRMED, owner)).await?;
        Ok(Counts {
            waiting: waiting.saturating_sub(folds),
            set_aside,
            last_confirmed: read_some::<Option<Moment>>(last.as_deref())?.flatten(),
            others_unsent: (all - waiting.min(all)).saturating_sub(folds_all - folds.min(folds_all)),
            files_waiting: self.count_files().await?,
        })
    }

    pub(super) async fn held_records(
        &self,
        owner: AccountId,
        after: u64,
        limit: u32,
    ) -> Result<Vec<(u64, RecordId, Digest)>, StoreError> {
        self.key_of(owner).await?;
        let range = Range { above: Some(after), limit: Some(limit), ..Range::of(owner) };
        // The records themselves are read: what is compared must be what is kept, not a note about it.
        let entries = self.entries(owner, CONFIRMED, range).await?;
        Ok(entries.iter().map(|entry| (entry.record.sequence, entry.record.id, entry.record.digest())).collect())
    }
}

fn unwritable(error: case_core::json::Unwritable) -> StoreError {
    StoreError::Failed(error.to_string())
}

/// Whether an answer may still be believed; counts it when it confirms something, so that a comparison that
/// is under way begins again.
pub(super) async fn begin_settling<K: Kv>(
    change: &mut Change<'_, K>,
    owner: AccountId,
    settlements: &[Settlement],
    ground: Option<&Ground>,
) -> Result<bool, StoreError> {
    if let Some(ground) = ground
        && change.get(META, Key::of(LINEAGE, owner)).await? != ground.compared
    {
        return Ok(false);
    }
    if settlements.iter().any(|settled| matches!(settled.state, EntryState::Confirmed { .. })) {
        let place = Key::of(CONFIRMATIONS, owner);
        let count: u64 = read_some(change.get(META, place.clone()).await?.as_deref())?.unwrap_or(0);
        change.put(META, place, write(&(count + 1))?);
    }
    Ok(true)
}

/// The files of records go along with them. A file that is not known here stays unknown; one whose
/// bytes are gone is lost when the server asks for it.
pub(super) async fn move_files<K: Kv>(
    change: &mut Change<'_, K>,
    owner: AccountId,
    files: &[Digest],
    state: FileState,
) -> Result<(), StoreError> {
    if files.is_empty() {
        return Ok(());
    }
    let asks: Vec<_> = files.iter().map(|sealed| (MARKS, Key::text(owner, sealed.hex()))).collect();
    let values = change.look(asks.clone()).await?;
    for ((store, place), value) in asks.into_iter().zip(values) {
        let Some(mark) = read_some::<super::files::Mark>(value.as_deref())? else { continue };
        let next = mark.moved(state);
        change.put(store, place, write(&next)?);
    }
    Ok(())
}
