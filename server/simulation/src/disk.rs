//! A phone's disk: the one in memory of the engine's own tests, and one that tears transactions.

use case_offline::kv::{Check, Key, Kv, Op, Pair, Range};
use case_offline::{MemoryKv, StoreError};

/// A disk.
#[derive(Clone)]
pub struct SimKv {
    /// What is on it.
    pub kv: MemoryKv,
    /// Sabotage: what belongs into one transaction is written in two, the later half first.
    pub torn: bool,
}

impl SimKv {
    /// The same disk, looked at without interruption and without faults.
    #[must_use]
    pub fn peek(&self) -> Self {
        Self { kv: self.kv.peek(), torn: false }
    }

    /// A copy that can be looked into.
    #[must_use]
    pub fn copy(&self) -> Self {
        Self { kv: self.kv.copy(), torn: false }
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
        if !self.torn || ops.len() < 2 {
            return self.kv.apply(checks, ops).await;
        }
        let (first, second) = ops.split_at(ops.len() / 2);
        Ok(self.kv.apply(checks, second).await? && self.kv.apply(&[], first).await?)
    }
}
