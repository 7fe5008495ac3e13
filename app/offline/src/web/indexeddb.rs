//! The phone's store in IndexedDB. Values are JSON texts; keys are arrays that begin with the
//! account, so that one official's range holds nothing of another's.
//!
//! Writes ask for strict durability and wait for the end of the transaction: what a method has
//! answered `Ok` to is on disk. A connection that the browser has closed behind our back (iOS does
//! so) is opened again at the next call.

use std::cell::RefCell;

use case_core::id::{AccountId, DeviceId, RecordId};
use case_core::wire::sync::{ItemRef, WorkItem};
use js_sys::Array;
use serde::Serialize;
use serde::de::DeserializeOwned;
use wasm_bindgen::JsValue;
use web_sys::{IdbDatabase, IdbKeyRange};

use super::open::open;
use super::request::{Mode, Tx, failed};
use super::schema::{self, ASIDE, CONFIRMED, DRAFTS, ITEMS, KNOWN, META, WAITING};
use crate::draft::Draft;
use crate::outbox::{Entry, EntryState, NewRecord, Settlement};
use crate::store::{Committed, Counts, DraftSaved, LocalStore, Page, PageApplied, Profile, PullMark, StoreError};

const DEVICE: &str = "device";
const SEQUENCE: &str = "sequence";
const PROFILE: &str = "profile";

/// The phone's store in IndexedDB.
pub struct IndexedDb {
    name: String,
    db: RefCell<Option<IdbDatabase>>,
}

impl IndexedDb {
    /// Opens the phone's database, bringing it up to this version's shape.
    ///
    /// # Errors
    /// [`StoreError::Closed`] where the browser keeps nothing (private browsing) or a newer version
    /// of the app has been here.
    pub async fn open() -> Result<Self, StoreError> {
        Self::open_named(schema::NAME).await
    }

    /// Opens a database of another name (for the contract suite).
    ///
    /// # Errors
    /// As [`Self::open`].
    pub async fn open_named(name: &str) -> Result<Self, StoreError> {
        let db = open(name).await?;
        Ok(Self { name: name.to_owned(), db: RefCell::new(Some(db)) })
    }

    async fn begin(&self, stores: &[&str], mode: Mode) -> Result<Tx, StoreError> {
        let known = self.db.borrow().clone();
        if let Some(db) = known
            && let Ok(tx) = Tx::begin(&db, stores, mode)
        {
            return Ok(tx);
        }
        let db = open(&self.name).await?;
        self.db.replace(Some(db.clone()));
        Tx::begin(&db, stores, mode)
    }
}

fn write(value: &impl Serialize) -> Result<String, StoreError> {
    serde_json::to_string(value).map_err(|error| StoreError::Failed(error.to_string()))
}

fn read<A: DeserializeOwned>(json: &str) -> Result<A, StoreError> {
    serde_json::from_str(json).map_err(|error| StoreError::Unreadable(error.to_string()))
}

fn read_all<A: DeserializeOwned>(all: &[String]) -> Result<Vec<A>, StoreError> {
    all.iter().map(|json| read(json)).collect()
}

fn key(owner: AccountId, rest: impl Into<JsValue>) -> JsValue {
    Array::of2(&owner.to_string().into(), &rest.into()).into()
}

fn by_sequence(owner: AccountId, sequence: u64) -> JsValue {
    // Exact below 2^53; a device would have to save a record every microsecond for centuries.
    key(owner, sequence as f64)
}

fn item_key(owner: AccountId, item: &ItemRef) -> JsValue {
    let (kind, id) = match item {
        ItemRef::Household(id) => ("household", id.to_string()),
        ItemRef::Matter(id) => ("matter", id.to_string()),
    };
    Array::of3(&owner.to_string().into(), &kind.into(), &id.into()).into()
}

/// All keys of an official: an array sorts after every number and text.
fn range(owner: AccountId) -> Result<IdbKeyRange, StoreError> {
    let first = Array::of1(&owner.to_string().into());
    let last = Array::of2(&owner.to_string().into(), &Array::new());
    IdbKeyRange::bound(&first, &last).map_err(|error| failed(&error))
}

fn range_above(owner: AccountId, after: u64) -> Result<IdbKeyRange, StoreError> {
    let last = Array::of2(&owner.to_string().into(), &Array::new());
    IdbKeyRange::bound_with_lower_open(&by_sequence(owner, after), &last, true).map_err(|error| failed(&error))
}

fn mark_key(owner: AccountId) -> JsValue {
    format!("mark {owner}").into()
}

fn confirmed_key(owner: AccountId) -> JsValue {
    format!("confirmed {owner}").into()
}

impl LocalStore for IndexedDb {
    async fn device(&self, fresh: DeviceId) -> Result<DeviceId, StoreError> {
        let tx = self.begin(&[META], Mode::Write).await?;
        let device = match tx.get(META, &DEVICE.into()).await? {
            Some(json) => read(&json)?,
            None => {
                tx.put(META, &DEVICE.into(), &write(&fresh)?)?;
                fresh
            }
        };
        tx.finish().await?;
        Ok(device)
    }

    async fn profile(&self) -> Result<Option<Profile>, StoreError> {
        let tx = self.begin(&[META], Mode::Read).await?;
        let json = tx.get(META, &PROFILE.into()).await?;
        json.as_deref().map(read).transpose()
    }

    async fn put_profile(&self, profile: Option<&Profile>) -> Result<(), StoreError> {
        let json = profile.map(write).transpose()?;
        let tx = self.begin(&[META], Mode::Write).await?;
        match json {
            Some(json) => tx.put(META, &PROFILE.into(), &json)?,
            None => tx.delete(META, &PROFILE.into())?,
        }
        tx.finish().await
    }

    async fn refresh_profile(&self, profile: &Profile) -> Result<(), StoreError> {
        let json = write(profile)?;
        let tx = self.begin(&[META], Mode::Write).await?;
        let kept: Option<Profile> = tx.get(META, &PROFILE.into()).await?.as_deref().map(read).transpose()?;
        if kept.is_some_and(|kept| kept.owner() == profile.owner()) {
            tx.put(META, &PROFILE.into(), &json)?;
        }
        tx.finish().await
    }

    async fn save_draft(&self, owner: AccountId, draft: &Draft) -> Result<DraftSaved, StoreError> {
        let json = write(draft)?;
        let key = key(owner, draft.id.to_string());
        let tx = self.begin(&[DRAFTS, KNOWN], Mode::Write).await?;
        let known = tx.get(KNOWN, &key).await?.is_some();
        if !known {
            tx.put(DRAFTS, &key, &json)?;
        }
        tx.finish().await?;
        Ok(if known { DraftSaved::AlreadyCommitted } else { DraftSaved::Saved })
    }

    async fn drafts(&self, owner: AccountId) -> Result<Vec<Draft>, StoreError> {
        let tx = self.begin(&[DRAFTS], Mode::Read).await?;
        let mut drafts: Vec<Draft> = read_all(&tx.all(DRAFTS, &range(owner)?, None).await?)?;
        drafts.sort_by_key(|draft| (draft.started_at, draft.id));
        Ok(drafts)
    }

    async fn delete_draft(&self, owner: AccountId, id: RecordId) -> Result<(), StoreError> {
        let tx = self.begin(&[DRAFTS], Mode::Write).await?;
        tx.delete(DRAFTS, &key(owner, id.to_string()))?;
        tx.finish().await
    }

    async fn commit(&self, owner: AccountId, record: &NewRecord) -> Result<Committed, StoreError> {
        let by_id = key(owner, record.id.to_string());
        let stores = [META, DRAFTS, WAITING, CONFIRMED, ASIDE, KNOWN];
        let tx = self.begin(&stores, Mode::Write).await?;
        if let Some(earlier) = tx.get(KNOWN, &by_id).await? {
            let sequence: u64 = read(&earlier)?;
            let place = by_sequence(owner, sequence);
            for store in [WAITING, CONFIRMED, ASIDE] {
                if let Some(json) = tx.get(store, &place).await? {
                    let entry = read(&json)?;
                    tx.finish().await?;
                    return Ok(Committed { entry, already: true });
                }
            }
            // Its history was forgotten by now; it is committed all the same.
            tx.finish().await?;
            let entry = Entry { record: record.clone().at(owner, sequence), state: EntryState::Waiting };
            return Ok(Committed { entry, already: true });
        }
        let last: u64 = tx.get(META, &SEQUENCE.into()).await?.as_deref().map(read).transpose()?.unwrap_or(0);
        let sequence = last + 1;
        let entry = Entry { record: record.clone().at(owner, sequence), state: EntryState::Waiting };
        tx.put(META, &SEQUENCE.into(), &write(&sequence)?)?;
        tx.put(WAITING, &by_sequence(owner, sequence), &write(&entry)?)?;
        tx.put(KNOWN, &by_id, &write(&sequence)?)?;
        tx.delete(DRAFTS, &by_id)?;
        tx.finish().await?;
        Ok(Committed { entry, already: false })
    }

    async fn waiting(&self, owner: AccountId, after: u64, limit: u32) -> Result<Vec<Entry>, StoreError> {
        let tx = self.begin(&[WAITING], Mode::Read).await?;
        read_all(&tx.all(WAITING, &range_above(owner, after)?, Some(limit)).await?)
    }

    async fn settle(&self, owner: AccountId, settlements: &[Settlement]) -> Result<(), StoreError> {
        let tx = self.begin(&[META, WAITING, CONFIRMED, ASIDE], Mode::Write).await?;
        let key = confirmed_key(owner);
        let before = tx.get(META, &key).await?.as_deref().map(read).transpose()?;
        let mut last = before;
        for settlement in settlements {
            let place = by_sequence(owner, settlement.sequence);
            let Some(json) = tx.get(WAITING, &place).await? else { continue };
            let entry: Entry = read(&json)?;
            let store = match &settlement.state {
                EntryState::Waiting => continue,
                EntryState::Confirmed { receipt, .. } => {
                    last = last.max(Some(receipt.received_at));
                    CONFIRMED
                }
                EntryState::SetAside { .. } => ASIDE,
            };
            tx.put(store, &place, &write(&Entry { state: settlement.state.clone(), ..entry })?)?;
            tx.delete(WAITING, &place)?;
        }
        if last != before {
            tx.put(META, &key, &write(&last)?)?;
        }
        tx.finish().await
    }

    async fn settled(&self, owner: AccountId) -> Result<Vec<Entry>, StoreError> {
        let range = range(owner)?;
        let tx = self.begin(&[CONFIRMED, ASIDE], Mode::Read).await?;
        let mut all = tx.all(CONFIRMED, &range, None).await?;
        all.extend(tx.all(ASIDE, &range, None).await?);
        let mut entries: Vec<Entry> = read_all(&all)?;
        entries.sort_by_key(|entry| entry.record.sequence);
        Ok(entries)
    }

    async fn retry(&self, owner: AccountId, id: RecordId) -> Result<bool, StoreError> {
        let tx = self.begin(&[WAITING, ASIDE, KNOWN], Mode::Write).await?;
        let Some(sequence) = tx.get(KNOWN, &key(owner, id.to_string())).await? else { return Ok(false) };
        let place = by_sequence(owner, read(&sequence)?);
        let Some(json) = tx.get(ASIDE, &place).await? else { return Ok(false) };
        let entry: Entry = read(&json)?;
        tx.put(WAITING, &place, &write(&Entry { state: EntryState::Waiting, ..entry })?)?;
        tx.delete(ASIDE, &place)?;
        tx.finish().await?;
        Ok(true)
    }

    async fn prune(&self, owner: AccountId, sequences: &[u64]) -> Result<(), StoreError> {
        let tx = self.begin(&[CONFIRMED], Mode::Write).await?;
        for sequence in sequences {
            tx.delete(CONFIRMED, &by_sequence(owner, *sequence))?;
        }
        tx.finish().await
    }

    async fn counts(&self, owner: AccountId) -> Result<Counts, StoreError> {
        let range = range(owner)?;
        let tx = self.begin(&[META, WAITING, ASIDE], Mode::Read).await?;
        let waiting = tx.count(WAITING, &range).await?;
        let set_aside = tx.count(ASIDE, &range).await?;
        let last = tx.get(META, &confirmed_key(owner)).await?;
        Ok(Counts { waiting, set_aside, last_confirmed: last.as_deref().map(read).transpose()?.flatten() })
    }

    async fn apply_page(&self, owner: AccountId, page: &Page) -> Result<PageApplied, StoreError> {
        let mut items = Vec::with_capacity(page.items.len());
        for item in &page.items {
            items.push((item_key(owner, &item.reference()), write(item)?));
        }
        let (key, mark) = (mark_key(owner), write(&page.mark)?);
        let tx = self.begin(&[META, ITEMS], Mode::Write).await?;
        let kept: Option<PullMark> = tx.get(META, &key).await?.as_deref().map(read).transpose()?;
        if kept.map(|mark| mark.cursor) != page.from {
            return Ok(PageApplied::Stale);
        }
        if page.reset {
            tx.delete(ITEMS, &range(owner)?.into())?;
        }
        for gone in &page.gone {
            tx.delete(ITEMS, &item_key(owner, gone))?;
        }
        for (key, json) in &items {
            tx.put(ITEMS, key, json)?;
        }
        tx.put(META, &key, &mark)?;
        tx.finish().await?;
        Ok(PageApplied::Applied)
    }

    async fn pull_mark(&self, owner: AccountId) -> Result<Option<PullMark>, StoreError> {
        let tx = self.begin(&[META], Mode::Read).await?;
        let json = tx.get(META, &mark_key(owner)).await?;
        json.as_deref().map(read).transpose()
    }

    async fn items(&self, owner: AccountId) -> Result<Vec<WorkItem>, StoreError> {
        let tx = self.begin(&[ITEMS], Mode::Read).await?;
        read_all(&tx.all(ITEMS, &range(owner)?, None).await?)
    }
}
