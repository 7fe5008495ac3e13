//! A store in memory, for tests and the simulation. It keeps everything as the JSON that a real
//! store would keep, so that what cannot be written or read back is found here. Clones share the
//! same disk: cloning one and dropping the engine over it is a crash and a restart.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;
use std::task::Poll;

use case_core::id::{AccountId, DeviceId, RecordId};
use case_core::time::Moment;
use case_core::wire::sync::{ItemRef, WorkItem};
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::draft::Draft;
use crate::outbox::{Entry, EntryState, NewRecord, Settlement};
use crate::store::{Committed, Counts, DraftSaved, LocalStore, Page, PageApplied, Profile, PullMark, StoreError};

/// Says whether the next operation (by name) fails instead of being done.
pub type Weather = Box<dyn FnMut(&'static str) -> Option<StoreError>>;

/// A store in memory.
#[derive(Clone, Default)]
pub struct MemoryStore {
    disk: Rc<RefCell<Disk>>,
    weather: Rc<RefCell<Option<Weather>>>,
    /// Each operation is reached and left over a point at which its future may be dropped.
    interruptible: bool,
}

#[derive(Default)]
struct Disk {
    device: Option<DeviceId>,
    sequence: u64,
    profile: Option<String>,
    shelves: BTreeMap<AccountId, Shelf>,
}

/// What belongs to one official.
#[derive(Default)]
struct Shelf {
    drafts: BTreeMap<RecordId, String>,
    waiting: BTreeMap<u64, String>,
    settled: BTreeMap<u64, String>,
    /// Every record ever committed: a late draft does not come back.
    known: BTreeMap<RecordId, u64>,
    last_confirmed: Option<Moment>,
    items: BTreeMap<ItemRef, String>,
    mark: Option<String>,
}

impl MemoryStore {
    /// A store whose every operation can be interrupted before and after it is done.
    #[must_use]
    pub fn interruptible() -> Self {
        Self { interruptible: true, ..Self::default() }
    }

    /// From now on asks `weather` before each operation.
    pub fn set_weather(&self, weather: Weather) {
        *self.weather.borrow_mut() = Some(weather);
    }

    /// The same disk, looked at without interruption or bad weather.
    #[cfg(test)]
    pub(crate) fn peek(&self) -> Self {
        Self { disk: Rc::clone(&self.disk), ..Self::default() }
    }

    async fn pause(&self) {
        if !self.interruptible {
            return;
        }
        let mut passed = false;
        std::future::poll_fn(move |cx| {
            if std::mem::replace(&mut passed, true) {
                return Poll::Ready(());
            }
            cx.waker().wake_by_ref();
            Poll::Pending
        })
        .await;
    }

    async fn transact<A>(
        &self,
        name: &'static str,
        work: impl FnOnce(&mut Disk) -> Result<A, StoreError>,
    ) -> Result<A, StoreError> {
        self.pause().await;
        if let Some(error) = self.weather.borrow_mut().as_mut().and_then(|weather| weather(name)) {
            return Err(error);
        }
        let answer = work(&mut self.disk.borrow_mut())?;
        self.pause().await;
        Ok(answer)
    }

    async fn on_shelf<A>(
        &self,
        name: &'static str,
        owner: AccountId,
        work: impl FnOnce(&mut Shelf) -> Result<A, StoreError>,
    ) -> Result<A, StoreError> {
        self.transact(name, |disk| work(disk.shelves.entry(owner).or_default())).await
    }
}

fn write(value: &impl Serialize) -> Result<String, StoreError> {
    serde_json::to_string(value).map_err(|error| StoreError::Failed(error.to_string()))
}

fn read<A: DeserializeOwned>(json: &str) -> Result<A, StoreError> {
    serde_json::from_str(json).map_err(|error| StoreError::Unreadable(error.to_string()))
}

impl LocalStore for MemoryStore {
    async fn device(&self, fresh: DeviceId) -> Result<DeviceId, StoreError> {
        self.transact("device", |disk| Ok(*disk.device.get_or_insert(fresh))).await
    }

    async fn profile(&self) -> Result<Option<Profile>, StoreError> {
        self.transact("profile", |disk| disk.profile.as_deref().map(read).transpose()).await
    }

    async fn put_profile(&self, profile: Option<&Profile>) -> Result<(), StoreError> {
        let json = profile.map(write).transpose()?;
        self.transact("put_profile", |disk| {
            disk.profile = json;
            Ok(())
        })
        .await
    }

    async fn refresh_profile(&self, profile: &Profile) -> Result<(), StoreError> {
        let json = write(profile)?;
        self.transact("refresh_profile", |disk| {
            let kept: Option<Profile> = disk.profile.as_deref().map(read).transpose()?;
            if kept.is_some_and(|kept| kept.owner() == profile.owner()) {
                disk.profile = Some(json);
            }
            Ok(())
        })
        .await
    }

    async fn save_draft(&self, owner: AccountId, draft: &Draft) -> Result<DraftSaved, StoreError> {
        let json = write(draft)?;
        self.on_shelf("save_draft", owner, |shelf| {
            if shelf.known.contains_key(&draft.id) {
                return Ok(DraftSaved::AlreadyCommitted);
            }
            shelf.drafts.insert(draft.id, json);
            Ok(DraftSaved::Saved)
        })
        .await
    }

    async fn drafts(&self, owner: AccountId) -> Result<Vec<Draft>, StoreError> {
        let mut drafts: Vec<Draft> =
            self.on_shelf("drafts", owner, |shelf| shelf.drafts.values().map(|json| read(json)).collect()).await?;
        drafts.sort_by_key(|draft| (draft.started_at, draft.id));
        Ok(drafts)
    }

    async fn delete_draft(&self, owner: AccountId, id: RecordId) -> Result<(), StoreError> {
        self.on_shelf("delete_draft", owner, |shelf| {
            shelf.drafts.remove(&id);
            Ok(())
        })
        .await
    }

    async fn commit(&self, owner: AccountId, record: &NewRecord) -> Result<Committed, StoreError> {
        let record = record.clone();
        self.transact("commit", |disk| {
            let sequence = disk.sequence + 1;
            let shelf = disk.shelves.entry(owner).or_default();
            if let Some(earlier) = shelf.known.get(&record.id) {
                let kept = shelf.waiting.get(earlier).or_else(|| shelf.settled.get(earlier));
                // Its history may be forgotten by now; it is committed all the same.
                let entry = match kept {
                    Some(json) => read(json)?,
                    None => Entry { record: record.at(owner, *earlier), state: EntryState::Waiting },
                };
                return Ok(Committed { entry, already: true });
            }
            let id = record.id;
            let entry = Entry { record: record.at(owner, sequence), state: EntryState::Waiting };
            shelf.waiting.insert(sequence, write(&entry)?);
            shelf.known.insert(id, sequence);
            shelf.drafts.remove(&id);
            disk.sequence = sequence;
            Ok(Committed { entry, already: false })
        })
        .await
    }

    async fn waiting(&self, owner: AccountId, after: u64, limit: u32) -> Result<Vec<Entry>, StoreError> {
        self.on_shelf("waiting", owner, |shelf| {
            let above = shelf.waiting.range(after.saturating_add(1)..);
            above.take(limit as usize).map(|(_, json)| read(json)).collect()
        })
        .await
    }

    async fn settle(&self, owner: AccountId, settlements: &[Settlement]) -> Result<(), StoreError> {
        self.on_shelf("settle", owner, |shelf| {
            for settlement in settlements {
                let Some(json) = shelf.waiting.get(&settlement.sequence) else { continue };
                let entry: Entry = read(json)?;
                if let EntryState::Confirmed { receipt, .. } = &settlement.state {
                    shelf.last_confirmed = shelf.last_confirmed.max(Some(receipt.received_at));
                }
                let settled = write(&Entry { state: settlement.state.clone(), ..entry })?;
                shelf.settled.insert(settlement.sequence, settled);
                shelf.waiting.remove(&settlement.sequence);
            }
            Ok(())
        })
        .await
    }

    async fn settled(&self, owner: AccountId) -> Result<Vec<Entry>, StoreError> {
        self.on_shelf("settled", owner, |shelf| shelf.settled.values().map(|json| read(json)).collect()).await
    }

    async fn retry(&self, owner: AccountId, id: RecordId) -> Result<bool, StoreError> {
        self.on_shelf("retry", owner, |shelf| {
            let Some(sequence) = shelf.known.get(&id).copied() else { return Ok(false) };
            let Some(json) = shelf.settled.get(&sequence) else { return Ok(false) };
            let entry: Entry = read(json)?;
            if !entry.is_set_aside() {
                return Ok(false);
            }
            shelf.waiting.insert(sequence, write(&Entry { state: EntryState::Waiting, ..entry })?);
            shelf.settled.remove(&sequence);
            Ok(true)
        })
        .await
    }

    async fn prune(&self, owner: AccountId, sequences: &[u64]) -> Result<(), StoreError> {
        self.on_shelf("prune", owner, |shelf| {
            for sequence in sequences {
                let Some(json) = shelf.settled.get(sequence) else { continue };
                if read::<Entry>(json)?.is_confirmed() {
                    shelf.settled.remove(sequence);
                }
            }
            Ok(())
        })
        .await
    }

    async fn counts(&self, owner: AccountId) -> Result<Counts, StoreError> {
        self.on_shelf("counts", owner, |shelf| {
            let mut set_aside = 0;
            for json in shelf.settled.values() {
                set_aside += u32::from(read::<Entry>(json)?.is_set_aside());
            }
            let waiting = u32::try_from(shelf.waiting.len()).unwrap_or(u32::MAX);
            Ok(Counts { waiting, set_aside, last_confirmed: shelf.last_confirmed })
        })
        .await
    }

    async fn apply_page(&self, owner: AccountId, page: &Page) -> Result<PageApplied, StoreError> {
        self.on_shelf("apply_page", owner, |shelf| {
            let mark: Option<PullMark> = shelf.mark.as_deref().map(read).transpose()?;
            if mark.map(|mark| mark.cursor) != page.from {
                return Ok(PageApplied::Stale);
            }
            if page.reset {
                shelf.items.clear();
            }
            for gone in &page.gone {
                shelf.items.remove(gone);
            }
            for item in &page.items {
                shelf.items.insert(item.reference(), write(item)?);
            }
            shelf.mark = Some(write(&page.mark)?);
            Ok(PageApplied::Applied)
        })
        .await
    }

    async fn pull_mark(&self, owner: AccountId) -> Result<Option<PullMark>, StoreError> {
        self.on_shelf("pull_mark", owner, |shelf| shelf.mark.as_deref().map(read).transpose()).await
    }

    async fn items(&self, owner: AccountId) -> Result<Vec<WorkItem>, StoreError> {
        self.on_shelf("items", owner, |shelf| shelf.items.values().map(|json| read(json)).collect()).await
    }
}
