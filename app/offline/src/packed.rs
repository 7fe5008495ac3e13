//! Pages of the work area as the store keeps them, and items whose cards are not read yet.
//!
//! A page is one value: a short line for each item (what lists, sorting and searching need), and behind them
//! the cards as they came. Opening ten thousand matters reads the lines; a card is read when it is
//! shown. A page that was kept by another version is read card by card instead.

use std::collections::{HashMap, HashSet};
use std::ops::Range;
use std::rc::Rc;

use case_core::id::HouseholdId;
use case_core::matter::Stage;
use case_core::search::fold;
use case_core::time::nearest;
use case_core::wire::sync::{ItemRef, WorkItem};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::kept::value::{read, write};
use crate::store::StoreError;

/// Raised when the lines are made otherwise than before.
const LINES: u8 = 2;

/// What lists, sorting and searching need of an item.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Line {
    /// Which.
    #[serde(rename = "r")]
    pub reference: ItemRef,
    /// The nearest last day.
    #[serde(rename = "d", default, skip_serializing_if = "Option::is_none")]
    pub due: Option<NaiveDate>,
    /// What it is sorted by after that: a matter's number, a household's address.
    #[serde(rename = "n")]
    pub name: String,
    /// What it is found by.
    #[serde(rename = "k")]
    pub folded: String,
    /// A matter's household.
    #[serde(rename = "h", default, skip_serializing_if = "Option::is_none")]
    pub household: Option<HouseholdId>,
    /// A matter whose petitioner is to be asked (待回访).
    #[serde(rename = "w", default, skip_serializing_if = "is_false")]
    pub awaits_return: bool,
}

// What serde wants to call.
#[allow(clippy::trivially_copy_pass_by_ref, reason = "serde gives a reference")]
fn is_false(value: &bool) -> bool {
    !value
}

impl Line {
    /// Of an item.
    #[must_use]
    pub fn new(item: &WorkItem) -> Self {
        let (due, keys, name, household) = match item {
            WorkItem::Household(card) => (card.next_visit, &card.keys, card.address.as_str(), None),
            WorkItem::Matter(card) => {
                (nearest(&card.clocks).map(|clock| clock.due), &card.keys, card.number.as_str(), card.household)
            }
        };
        let awaits_return = matches!(item, WorkItem::Matter(card) if card.stage == Stage::AwaitingReturnVisit);
        Self { reference: item.reference(), due, name: name.to_owned(), folded: fold(keys), household, awaits_return }
    }
}

/// An item whose card is not read yet.
#[derive(Clone, Debug)]
pub struct Packed {
    /// What lists need.
    pub line: Line,
    /// The rest.
    pub card: Card,
}

impl Packed {
    /// Its card.
    ///
    /// # Errors
    /// [`StoreError::Unreadable`].
    pub fn read(&self) -> Result<WorkItem, StoreError> {
        self.card.read()
    }
}

/// A card as it lies in its page.
#[derive(Clone, Debug)]
pub struct Card {
    page: Rc<[u8]>,
    place: Range<usize>,
}

impl Card {
    /// As JSON.
    #[must_use]
    pub fn json(&self) -> &[u8] {
        self.page.get(self.place.clone()).unwrap_or_default()
    }

    /// Reads it.
    ///
    /// # Errors
    /// [`StoreError::Unreadable`].
    pub fn read(&self) -> Result<WorkItem, StoreError> {
        read(self.json())
    }
}

#[derive(Serialize, Deserialize)]
struct Head {
    v: u8,
    /// Bytes of each card.
    sizes: Vec<u32>,
    gone: Vec<ItemRef>,
    #[serde(default)]
    lines: Vec<Line>,
}

/// A page as one value.
///
/// # Errors
/// [`StoreError::Failed`]: it cannot be written as JSON.
pub fn pack(items: &[WorkItem], gone: &[ItemRef]) -> Result<Vec<u8>, StoreError> {
    let mut cards = Vec::new();
    for item in items {
        cards.push(write(item)?);
    }
    let lines = items.iter().map(Line::new).collect();
    join(lines, gone.to_vec(), &cards.iter().map(Vec::as_slice).collect::<Vec<_>>())
}

/// Items of several pages as one value.
///
/// # Errors
/// As [`pack`].
pub fn pack_again(items: &[Packed]) -> Result<Vec<u8>, StoreError> {
    let lines = items.iter().map(|item| item.line.clone()).collect();
    join(lines, Vec::new(), &items.iter().map(|item| item.card.json()).collect::<Vec<_>>())
}

fn join(lines: Vec<Line>, gone: Vec<ItemRef>, cards: &[&[u8]]) -> Result<Vec<u8>, StoreError> {
    let size = |card: &&[u8]| u32::try_from(card.len()).unwrap_or(u32::MAX);
    let head = Head { v: LINES, sizes: cards.iter().map(size).collect(), gone, lines };
    let head = write(&head)?;
    let length = u32::try_from(head.len()).map_err(|error| StoreError::Failed(error.to_string()))?;
    let mut page = Vec::with_capacity(4 + head.len() + cards.iter().map(|card| card.len()).sum::<usize>());
    page.extend(length.to_le_bytes());
    page.extend(head);
    for card in cards {
        page.extend_from_slice(card);
    }
    Ok(page)
}

/// Reads a page: its items, and what left the area with it.
///
/// # Errors
/// [`StoreError::Unreadable`].
pub fn unpack(page: Vec<u8>) -> Result<(Vec<Packed>, Vec<ItemRef>), StoreError> {
    let broken = || StoreError::Unreadable("a page of the work area".to_owned());
    let length = page.first_chunk().map(|bytes| u32::from_le_bytes(*bytes)).ok_or_else(broken)?;
    let start = 4 + length as usize;
    let head: Head = read(page.get(4..start).ok_or_else(broken)?)?;
    let page: Rc<[u8]> = page.into();
    let known = head.v == LINES && head.lines.len() == head.sizes.len();
    let (mut items, mut at) = (Vec::with_capacity(head.sizes.len()), start);
    let mut lines = head.lines.into_iter();
    for size in head.sizes {
        let place = at..at + size as usize;
        at = place.end;
        let json = page.get(place.clone()).ok_or_else(broken)?;
        let line = match lines.next().filter(|_| known) {
            Some(line) => line,
            None => Line::new(&read(json)?),
        };
        items.push(Packed { line, card: Card { page: Rc::clone(&page), place } });
    }
    Ok((items, head.gone))
}

/// What several pages come to, the later overruling the earlier; and how many items they hold in all.
///
/// # Errors
/// [`StoreError::Unreadable`].
pub fn merge(pages: Vec<Vec<u8>>) -> Result<(Vec<Packed>, usize), StoreError> {
    // From the last page backwards, the first word about an item is the one that counts.
    let (mut kept, mut gone, mut all) = (HashMap::new(), HashSet::new(), 0);
    for page in pages.into_iter().rev() {
        let (items, left) = unpack(page)?;
        all += items.len();
        // Of one page, what is there counts before what left: it says both only by mistake.
        for item in items {
            let reference = item.line.reference;
            if !gone.contains(&reference) {
                kept.entry(reference).or_insert(item);
            }
        }
        gone.extend(left);
    }
    Ok((kept.into_values().collect(), all))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sample::{household, matter};

    fn home(n: u128) -> WorkItem {
        WorkItem::Household(household(n, None))
    }

    #[test]
    fn reads_back_and_later_pages_overrule() {
        let first = pack(&[home(1), home(2), home(3)], &[]).unwrap();
        let day = "2026-05-03".parse().ok();
        let again = WorkItem::Matter(Box::new(matter(9, day)));
        let second = pack(&[again.clone(), home(3)], &[home(1).reference(), home(8).reference()]).unwrap();
        let third = pack(&[home(1)], &[home(3).reference()]).unwrap();
        let (items, all) = merge(vec![first, second, third]).unwrap();
        let mut read: Vec<WorkItem> = items.iter().map(|item| item.read().unwrap()).collect();
        read.sort_by_key(WorkItem::reference);
        let mut expected = vec![home(1), home(2), again];
        expected.sort_by_key(WorkItem::reference);
        assert_eq!((read, all), (expected, 6));
        let packed = unpack(pack_again(&items).unwrap()).unwrap().0;
        assert_eq!(packed.len(), 3);
        for (a, b) in packed.iter().zip(&items) {
            assert_eq!((&a.line, a.card.json()), (&b.line, b.card.json()));
        }
    }

    #[test]
    fn what_is_cut_short_is_said() {
        let page = pack(&[home(1), home(2)], &[]).unwrap();
        for cut in 0..page.len() {
            assert!(unpack(page[..cut].to_vec()).is_err(), "{cut}");
        }
    }
}
