//! Changing the disk optimistically: look, compute, apply; begin again when something looked at has changed.

use crate::kv::{Check, Key, Kv, Op};
use crate::store::StoreError;

/// More often than this nobody loses against other tabs; something else is wrong then.
const MOST_TURNS: u32 = 100;

/// A change in the making.
pub struct Change<'a, K> {
    kv: &'a K,
    checks: Vec<Check>,
    ops: Vec<Op>,
}

impl<'a, K: Kv> Change<'a, K> {
    /// The values at some keys; they must not change before this is applied.
    pub async fn look(&mut self, asks: Vec<(&'static str, Key)>) -> Result<Vec<Option<Vec<u8>>>, StoreError> {
        let values = self.kv.get(&asks).await?;
        for ((store, key), value) in asks.into_iter().zip(&values) {
            self.checks.push(Check { store, key, value: value.clone() });
        }
        Ok(values)
    }

    /// The same for so many keys as are named.
    pub async fn look_at<const N: usize>(
        &mut self,
        asks: [(&'static str, Key); N],
    ) -> Result<[Option<Vec<u8>>; N], StoreError> {
        let mut values = self.look(asks.into()).await?.into_iter();
        Ok(std::array::from_fn(|_| values.next().flatten()))
    }

    /// A value; it must not change before this is applied.
    pub async fn get(&mut self, store: &'static str, key: Key) -> Result<Option<Vec<u8>>, StoreError> {
        Ok(self.look(vec![(store, key)]).await?.pop().flatten())
    }

    /// The disk itself: what is read here may change.
    pub fn kv(&self) -> &'a K {
        self.kv
    }

    /// Writes.
    pub fn put(&mut self, store: &'static str, key: Key, value: Vec<u8>) {
        self.ops.push(Op::Put(store, key, value));
    }

    /// Any change.
    pub fn push(&mut self, op: Op) {
        self.ops.push(op);
    }
}

/// Works out a change and applies it, again and again until nobody was faster.
pub async fn change<'a, K: Kv, A>(
    kv: &'a K,
    work: impl AsyncFn(&mut Change<'a, K>) -> Result<A, StoreError>,
) -> Result<A, StoreError> {
    for _ in 0..MOST_TURNS {
        let mut change = Change { kv, checks: Vec::new(), ops: Vec::new() };
        let answer = work(&mut change).await?;
        if change.ops.is_empty() || kv.apply(&change.checks, &change.ops).await? {
            return Ok(answer);
        }
    }
    Err(StoreError::Failed("others change the same again and again".to_owned()))
}
