//! A disk in memory, for tests and the simulation, and the store over it. Clones share the same disk
//! (and nothing else, no keys): cloning one and dropping the engine over it is a crash and a restart.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;
use std::task::Poll;

use crate::crypto::cheap::CheapCrypto;
use crate::kept::Store;
use crate::kv::{Check, Key, Kv, Op, Pair, Part, Range};
use crate::store::StoreError;

/// Says whether the next operation (`read` or `apply`) fails instead of being done.
pub type Weather = Box<dyn FnMut(&'static str) -> Option<StoreError>>;

/// A store in memory. As made by [`Default`] and [`Self::interruptible`] it opens by itself, without
/// PIN; [`Self::locking`] has locks as a phone has.
pub type MemoryStore = Store<MemoryKv, CheapCrypto>;

impl Default for MemoryStore {
    fn default() -> Self {
        Self::open_by_itself(MemoryKv::default(), CheapCrypto::default())
    }
}

impl Clone for MemoryStore {
    fn clone(&self) -> Self {
        self.again(self.kv().clone(), self.crypto().clone())
    }
}

impl MemoryStore {
    /// A store whose every operation can be interrupted before and after it is done.
    #[must_use]
    pub fn interruptible() -> Self {
        Self::open_by_itself(MemoryKv::interruptible(), CheapCrypto::default())
    }

    /// An interruptible store that is locked like a phone's: each clone (a restart, a new tab) has to
    /// be opened.
    #[must_use]
    pub fn locking(seed: u64) -> Self {
        Self::new(MemoryKv::interruptible(), CheapCrypto::seeded(seed))
    }

    /// From now on asks `weather` before each operation.
    pub fn set_weather(&self, weather: Weather) {
        self.kv().set_weather(weather);
    }

    /// The same disk, looked at without interruption or bad weather.
    #[cfg(test)]
    pub(crate) fn peek(&self) -> Self {
        self.again(self.kv().peek(), self.crypto().clone())
    }
}

/// A value, of which copies of the disk share the bytes.
pub type SharedValue = Rc<Vec<u8>>;
type Disk = BTreeMap<&'static str, BTreeMap<Key, SharedValue>>;

/// A disk in memory.
#[derive(Clone, Default)]
pub struct MemoryKv {
    disk: Rc<RefCell<Disk>>,
    weather: Rc<RefCell<Option<Weather>>>,
    /// Each operation is reached and left over a point at which its future may be dropped.
    interruptible: bool,
}

impl MemoryKv {
    /// A disk whose every operation can be interrupted before and after it is done.
    #[must_use]
    pub fn interruptible() -> Self {
        Self { interruptible: true, ..Self::default() }
    }

    /// From now on asks `weather` before each operation.
    pub fn set_weather(&self, weather: Weather) {
        *self.weather.borrow_mut() = Some(weather);
    }

    /// The same disk, looked at without interruption or bad weather.
    #[must_use]
    pub fn peek(&self) -> Self {
        Self { disk: Rc::clone(&self.disk), ..Self::default() }
    }

    /// A disk of its own with what is wanted of the content, as after taking the power away now.
    #[must_use]
    pub fn copy_of(&self, wanted: impl Fn(&'static str, &Key, &SharedValue) -> bool) -> Self {
        let mut disk = Disk::new();
        for (store, values) in &*self.disk.borrow() {
            let kept = values.iter().filter(|(key, value)| wanted(store, key, value));
            disk.insert(store, kept.map(|(key, value)| (key.clone(), Rc::clone(value))).collect());
        }
        Self { disk: Rc::new(RefCell::new(disk)), ..Self::default() }
    }

    /// The value at a place.
    #[must_use]
    pub fn value(&self, store: &'static str, key: &Key) -> Option<SharedValue> {
        self.disk.borrow().get(store)?.get(key).cloned()
    }

    /// Everything on it: what somebody sees who reads the phone's memory.
    #[must_use]
    pub fn raw(&self) -> Vec<(&'static str, Key, Vec<u8>)> {
        let disk = self.disk.borrow();
        let all = disk.iter().flat_map(|(store, values)| values.iter().map(|(k, v)| (*store, k.clone(), v.to_vec())));
        all.collect()
    }

    /// Writes past everything (for tests of what somebody else, or an older version, left there).
    pub fn plant(&self, store: &'static str, key: Key, value: &[u8]) {
        self.disk.borrow_mut().entry(store).or_default().insert(key, Rc::new(value.to_vec()));
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

    async fn transact<A>(&self, name: &'static str, work: impl FnOnce(&mut Disk) -> A) -> Result<A, StoreError> {
        self.pause().await;
        if let Some(error) = self.weather.borrow_mut().as_mut().and_then(|weather| weather(name)) {
            return Err(error);
        }
        let answer = work(&mut self.disk.borrow_mut());
        self.pause().await;
        Ok(answer)
    }
}

fn pairs<'a>(disk: &'a Disk, store: &str, range: &'a Range) -> impl Iterator<Item = (&'a Key, &'a SharedValue)> {
    let limit = range.limit.map_or(usize::MAX, |limit| limit as usize);
    // The keys of an official lie side by side, their numbers in order; past them nothing more is found.
    let owner = range.owner.map(|owner| Part::Text(owner.to_string()));
    let (owned, above) = (owner.is_some(), range.above.map(Part::Number));
    let from = Key(owner.iter().chain(above.iter().filter(|_| owned)).cloned().collect());
    let values = disk.get(store).map(|values| values.range(from..)).into_iter().flatten();
    values
        .take_while(move |(key, _)| owner.is_none() || key.0.first() == owner.as_ref())
        .filter(move |(key, _)| !owned || key.0.len() > 1)
        .filter(move |(key, _)| above.is_none() || key.0.get(1) > above.as_ref())
        .take(limit)
}

impl Kv for MemoryKv {
    async fn get(&self, asks: &[(&'static str, Key)]) -> Result<Vec<Option<Vec<u8>>>, StoreError> {
        let look = |disk: &mut Disk| {
            asks.iter()
                .map(|(store, key)| disk.get(store).and_then(|values| values.get(key)).map(|value| value.to_vec()))
                .collect()
        };
        self.transact("read", look).await
    }

    async fn range(&self, store: &'static str, range: Range) -> Result<Vec<Pair>, StoreError> {
        self.transact("read", |disk| pairs(disk, store, &range).map(|(k, v)| (k.clone(), v.to_vec())).collect()).await
    }

    async fn keys(&self, store: &'static str, range: Range) -> Result<Vec<Key>, StoreError> {
        self.transact("read", |disk| pairs(disk, store, &range).map(|(key, _)| key.clone()).collect()).await
    }

    async fn counts(&self, asks: &[(&'static str, Range)]) -> Result<Vec<u32>, StoreError> {
        self.transact("read", |disk| {
            let count = |(store, range): &(&'static str, Range)| {
                let range = Range { limit: None, ..*range };
                u32::try_from(pairs(disk, store, &range).count()).unwrap_or(u32::MAX)
            };
            asks.iter().map(count).collect()
        })
        .await
    }

    async fn apply(&self, checks: &[Check], ops: &[Op]) -> Result<bool, StoreError> {
        self.transact("apply", |disk| {
            let holds = |check: &Check| {
                let here = disk.get(check.store).and_then(|values| values.get(&check.key));
                here.map(|value| &**value) == check.value.as_ref()
            };
            if !checks.iter().all(holds) {
                return false;
            }
            for op in ops {
                let values = disk.entry(op.store()).or_default();
                match op {
                    Op::Put(_, key, value) => drop(values.insert(key.clone(), Rc::new(value.clone()))),
                    Op::Delete(_, key) => drop(values.remove(key)),
                    Op::Clear(_, owner) => values.retain(|key, _| !Range::of(*owner).holds(key)),
                }
            }
            true
        })
        .await
    }
}
