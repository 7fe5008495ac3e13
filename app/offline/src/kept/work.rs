//! The work area: each pulled page is one encrypted value, and later pages overrule earlier ones.

use case_core::id::AccountId;

use super::change::change;
use super::value::{read, read_some, write};
use super::{FRONT, MARK, Store};
use crate::crypto::Crypto;
use crate::front::Front;
use crate::kv::{Check, Key, Kv, META, Op, Range, SEGMENTS};
use crate::packed::{self, Packed};
use crate::store::{Page, PageApplied, PullMark, StoreError};

/// Items per page after putting pages together.
const PER_PAGE: usize = 400;
/// So many pages more than needed are put together when they are next read.
const SPARE_PAGES: usize = 40;

impl<K: Kv, C: Crypto> Store<K, C> {
    pub(super) async fn keep_page(&self, owner: AccountId, page: &Page) -> Result<PageApplied, StoreError> {
        self.key_of(owner).await?;
        let plain = packed::pack(&page.items, &page.gone)?;
        let key = Key::of(MARK, owner);
        change(&self.kv, async |change| {
            let mark: Option<PullMark> = read_some(change.get(META, key.clone()).await?.as_deref())?;
            if mark.map(|mark| mark.cursor) != page.from {
                return Ok(PageApplied::Stale);
            }
            // The mark changes with every page, so nobody else takes the same number.
            let last = change.kv().keys(SEGMENTS, Range::of(owner)).await?.last().and_then(Key::last_number);
            if page.reset {
                change.push(Op::Clear(SEGMENTS, owner));
            }
            if page.reset || !page.items.is_empty() || !page.gone.is_empty() {
                // It may hold a card that has just left the area; that must not stay on the phone.
                change.push(Op::Delete(META, Key::of(FRONT, owner)));
            }
            if !page.items.is_empty() || !page.gone.is_empty() {
                let place = Key::number(owner, last.map_or(1, |last| last + 1));
                let value = self.hide(owner, SEGMENTS, &place, &plain).await?;
                change.put(SEGMENTS, place, value);
            }
            change.put(META, key.clone(), write(&page.mark)?);
            Ok(PageApplied::Applied)
        })
        .await
    }

    pub(super) async fn mark(&self, owner: AccountId) -> Result<Option<PullMark>, StoreError> {
        read_some(self.meta(&Key::of(MARK, owner)).await?.as_deref())
    }

    pub(super) async fn first_items(&self, owner: AccountId) -> Result<Option<(Front, PullMark)>, StoreError> {
        let (front, mark) = (Key::of(FRONT, owner), Key::of(MARK, owner));
        let mut values = self.kv.get(&[(META, front.clone()), (META, mark)]).await?;
        let (Some(Some(mark)), Some(Some(kept))) = (values.pop(), values.pop()) else { return Ok(None) };
        let mark: PullMark = read(&mark)?;
        // One that cannot be read (another version wrote it) is only a matter of speed.
        let kept = match self.show_json::<Front>(owner, META, &front, &kept).await {
            Err(StoreError::Unreadable(_)) => return Ok(None),
            other => other?,
        };
        Ok((kept.cursor == mark.cursor).then_some((kept, mark)))
    }

    pub(super) async fn keep_first_items(&self, owner: AccountId, front: &Front) -> Result<(), StoreError> {
        let place = Key::of(FRONT, owner);
        let value = self.hide_json(owner, META, &place, front).await?;
        self.kv.apply(&[], &[Op::Put(META, place, value)]).await.map(drop)
    }

    pub(super) async fn area(&self, owner: AccountId) -> Result<Vec<Packed>, StoreError> {
        self.key_of(owner).await?;
        let mark = Key::of(MARK, owner);
        let before = self.meta(&mark).await?;
        let values = self.kv.range(SEGMENTS, Range::of(owner)).await?;
        let pages = self.show_all(owner, SEGMENTS, &values).await?;
        let (items, all) = packed::merge(pages)?;
        let needed = items.len().div_ceil(PER_PAGE);
        if values.len() > needed + SPARE_PAGES || all > items.len() * 2 + PER_PAGE {
            let checks = [Check { store: META, key: mark, value: before }];
            let places: Vec<Key> = values.into_iter().map(|(place, _)| place).collect();
            self.put_together(owner, &checks, places, &items).await?;
        }
        Ok(items)
    }

    /// Writes the items anew in few pages. When a page is pulled meanwhile, another time.
    async fn put_together(
        &self,
        owner: AccountId,
        checks: &[Check],
        places: Vec<Key>,
        items: &[Packed],
    ) -> Result<(), StoreError> {
        let mut ops: Vec<Op> = Vec::new();
        let mut places = places.into_iter();
        for part in items.chunks(PER_PAGE) {
            // Old places only: a page that is just being pulled takes a number above them.
            let Some(place) = places.next() else { return Ok(()) };
            let value = self.hide(owner, SEGMENTS, &place, &packed::pack_again(part)?).await?;
            ops.push(Op::Put(SEGMENTS, place, value));
        }
        ops.extend(places.map(|place| Op::Delete(SEGMENTS, place)));
        // Full disks and quicker tabs do not keep anybody from reading what is there.
        let _tidied = self.kv.apply(checks, &ops).await;
        Ok(())
    }
}
