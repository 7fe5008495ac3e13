//! A phone's disk: the one in memory of the engine's own tests, which is full at times, and one that tears
//! transactions.

use std::cell::Cell;
use std::rc::Rc;

use case_offline::kv::{CONFIRMED, Check, Key, Kv, Op, Pair, Range};
use case_offline::{MemoryKv, SharedValue, StoreError};

/// A disk.
#[derive(Clone)]
pub struct SimKv {
    /// What is on it.
    pub kv: MemoryKv,
    /// Sabotage: what belongs into one transaction is written in two, the later half first.
    pub torn: bool,
    /// Old history may have gone, to make room: somebody asked for it, or a receipt found the disk full.
    pub made_room: Rc<Cell<bool>>,
    /// It was full a moment ago.
    was_full: Rc<Cell<bool>>,
}

impl SimKv {
    /// A new one. `full` is asked before each operation.
    #[must_use]
    pub fn new(torn: bool, full: impl Fn() -> bool + 'static) -> Self {
        let kv = MemoryKv::interruptible();
        let was_full: Rc<Cell<bool>> = Rc::default();
        let noted = Rc::clone(&was_full);
        kv.set_weather(Box::new(move |_name| {
            full().then(|| {
                noted.set(true);
                StoreError::Full
            })
        }));
        Self { kv, torn, made_room: Rc::default(), was_full }
    }

    /// History goes where the disk was full: a receipt must not be lost to what the server has. At any
    /// other time nothing may go but what nobody missed for a month.
    fn notice_history_going(&self, ops: &[Op]) {
        let goes = ops.iter().any(|op| op.store() == CONFIRMED) && ops.iter().all(|op| matches!(op, Op::Delete(..)));
        if goes && self.was_full.take() {
            self.made_room.set(true);
        }
    }

    /// The same disk, looked at without interruption and without faults.
    #[must_use]
    pub fn peek(&self) -> Self {
        Self { kv: self.kv.peek(), torn: false, made_room: Rc::default(), was_full: Rc::default() }
    }

    /// A copy that can be looked into, without the values that are not wanted.
    #[must_use]
    pub fn copy_of(&self, wanted: impl Fn(&'static str, &SharedValue) -> bool) -> Self {
        let kv = self.kv.copy_of(|store, _key, value| wanted(store, value));
        Self { kv, torn: false, made_room: Rc::default(), was_full: Rc::default() }
    }
}

impl Kv for SimKv {
    async fn get(&self, asks: &[(&'static str, Key)]) -> Result<Vec<Option<Vec<u8>>>, StoreError> {
        self.kv.get(asks).await
    }

    async fn range(&self, store: &'static str, range: Range) -> Result<Vec<Pair>, StoreError> {
        self.kv.range(store, range).await
    }

    async fn keys(&self, store: &'static str, range: Range) -> Result<Vec<Key>, StoreError> {
        self.kv.keys(store, range).await
    }

    async fn count(&self, store: &'static str, range: Range) -> Result<u32, StoreError> {
        self.kv.count(store, range).await
    }

    async fn counts(&self, asks: &[(&'static str, Range)]) -> Result<Vec<u32>, StoreError> {
        self.kv.counts(asks).await
    }

    async fn apply(&self, checks: &[Check], ops: &[Op]) -> Result<bool, StoreError> {
        self.notice_history_going(ops);
        if !self.torn || ops.len() < 2 {
            return self.kv.apply(checks, ops).await;
        }
        let (first, second) = ops.split_at(ops.len() / 2);
        Ok(self.kv.apply(checks, second).await? && self.kv.apply(&[], first).await?)
    }
}
