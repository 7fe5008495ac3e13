//! What is done when a part has been opened: what version 1 left in plain JSON is encrypted, and what
//! became of sealed records meanwhile is folded in. Every step is whole; an interrupted one is done at the
//! next opening.

use case_core::id::AccountId;
use case_core::wire::sync::WorkItem;

use super::value::{HEADED, SEALED, read, split};
use super::{CLEAN, Store};
use crate::crypto::Crypto;
use crate::kv::{ASIDE, CONFIRMED, Check, DRAFTS, FOLDS, ITEMS, Key, Kv, META, Op, Pair, Range, SEGMENTS, WAITING};
use crate::outbox::{Entry, EntryState, Settlement};
use crate::packed;
use crate::store::StoreError;

/// Values are rewritten in portions of this size.
const PORTION: usize = 50;

impl<K: Kv, C: Crypto> Store<K, C> {
    pub(super) async fn bring_up_to_date(&self, owner: AccountId) -> Result<(), StoreError> {
        self.encrypt_first_version(owner).await?;
        self.fold_in(owner).await?;
        self.seal_aside(owner).await
    }

    /// What was set aside by a version that kept no envelope with it gets one.
    async fn seal_aside(&self, owner: AccountId) -> Result<(), StoreError> {
        for (key, value) in self.kv.range(ASIDE, Range::of(owner)).await? {
            if split(&value)?.is_none_or(|parts| !parts.blob.is_empty()) {
                continue;
            }
            let entry = self.show_entry(owner, ASIDE, &key, &value).await?;
            let blob = self.envelope(owner, &entry).await?;
            if !blob.is_empty() {
                let sealed = self.hide_entry(owner, ASIDE, &key, &entry, &blob).await?;
                let checks = [Check { store: ASIDE, key: key.clone(), value: Some(value) }];
                // Somebody else may have sent it again meanwhile.
                self.kv.apply(&checks, &[Op::Put(ASIDE, key, sealed)]).await?;
            }
        }
        Ok(())
    }

    async fn encrypt_first_version(&self, owner: AccountId) -> Result<(), StoreError> {
        let clean = Key::of(CLEAN, owner);
        if self.meta(&clean).await?.is_some() {
            return Ok(());
        }
        for store in [DRAFTS, WAITING, CONFIRMED, ASIDE] {
            let all = self.kv.range(store, Range::of(owner)).await?;
            let plain: Vec<Pair> = all.into_iter().filter(|(_, value)| is_plain(value)).collect();
            for portion in plain.chunks(PORTION) {
                let (mut checks, mut ops) = (Vec::new(), Vec::new());
                for (place, value) in portion {
                    let hidden = if store == DRAFTS {
                        self.hide(owner, store, place, value).await?
                    } else {
                        let entry: Entry = read(value)?;
                        let blob = if store != CONFIRMED { self.envelope(owner, &entry).await? } else { Vec::new() };
                        self.hide_entry(owner, store, place, &entry, &blob).await?
                    };
                    checks.push(Check { store, key: place.clone(), value: Some(value.clone()) });
                    ops.push(Op::Put(store, place.clone(), hidden));
                }
                if !self.kv.apply(&checks, &ops).await? {
                    // Something changed under us; what is left is rewritten at the next opening.
                    return Ok(());
                }
            }
        }
        let items = self.kv.range(ITEMS, Range::of(owner)).await?;
        let mut ops = vec![Op::Put(META, clean, b"2".to_vec())];
        if !items.is_empty() {
            let items: Vec<WorkItem> = items.iter().map(|(_, value)| read(value)).collect::<Result<_, _>>()?;
            // Below every page that was pulled since: those overrule it.
            let place = Key::number(owner, 0);
            let value = self.hide(owner, SEGMENTS, &place, &packed::pack(&items, &[])?).await?;
            ops.push(Op::Put(SEGMENTS, place, value));
            ops.push(Op::Clear(ITEMS, owner));
        }
        self.kv.apply(&[], &ops).await.map(drop)
    }

    async fn fold_in(&self, owner: AccountId) -> Result<(), StoreError> {
        let folds = self.kv.range(FOLDS, Range::of(owner)).await?;
        for portion in folds.chunks(PORTION) {
            let mut settlements = Vec::new();
            for (place, value) in portion {
                let state: EntryState = read(value)?;
                settlements.push(Settlement { sequence: place.last_number().unwrap_or(0), state });
            }
            self.write_settled(owner, &settlements, None).await?;
        }
        Ok(())
    }
}

fn is_plain(value: &[u8]) -> bool {
    !matches!(value.first(), Some(&(SEALED | HEADED)))
}
