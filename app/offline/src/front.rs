//! 首屏: what the lists show first, kept beside the work area. Reading ten thousand matters takes an old
//! phone a second or more, and whoever opens the app looks at the first few of them. So these stand in a
//! value of their own, written when the phone rests; it is believed only as long as the work area is the
//! one that it was taken from.

use case_core::wire::sync::WorkItem;
use serde::{Deserialize, Serialize};

use crate::work::WorkArea;

/// As many matters, and as many agreed visits, as a first screen and some more.
const FIRST: usize = 24;
/// A smaller area is read as quickly as this.
const WORTH: usize = 100;

/// See the module.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Front {
    /// The cursor of the work area.
    pub cursor: String,
    /// How many matters the whole area has.
    pub matters: usize,
    /// Those that come first.
    pub items: Vec<WorkItem>,
}

impl Front {
    /// Of an area; `None` when it is small, or is not whole itself.
    #[must_use]
    pub fn of(area: &WorkArea, cursor: &str) -> Option<Self> {
        if !area.is_whole() || area.len() < WORTH {
            return None;
        }
        let dated = area.with_deadline().filter(|work| work.is_household()).take(FIRST);
        let matters = area.all().iter().filter(|work| work.is_matter());
        let items = matters.clone().take(FIRST).chain(dated).filter_map(|work| work.item().cloned()).collect();
        Some(Self { cursor: cursor.to_owned(), matters: matters.count(), items })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sample::{household, matter};

    fn area(n: u128) -> WorkArea {
        let day = |n: u128| chrono::NaiveDate::from_ymd_opt(2026, 5, 1).unwrap() + chrono::Days::new(n as u64);
        let matters = (0..n).map(|i| WorkItem::Matter(Box::new(matter(i, Some(day(i))))));
        let homes = (0..n).map(|i| WorkItem::Household(household(1_000 + i, (i % 2 == 0).then(|| day(i)))));
        WorkArea::new(matters.chain(homes).collect())
    }

    #[test]
    fn a_small_area_has_none() {
        assert_eq!(Front::of(&area(49), "1"), None);
    }

    #[test]
    fn it_begins_as_the_whole_begins() {
        let whole = area(60);
        let front = Front::of(&whole, "1").unwrap();
        assert_eq!((front.items.len(), front.matters), (2 * FIRST, 60));
        let part = WorkArea::of_front(front);
        assert_eq!((part.is_whole(), part.count_matters()), (false, 60));
        let first = |area: &WorkArea| area.matters().take(FIRST).map(|card| card.id).collect::<Vec<_>>();
        assert_eq!(first(&part), first(&whole));
        let planned = |area: &WorkArea| {
            let homes = area.with_deadline().filter_map(|work| work.household());
            homes.take(FIRST).map(|card| card.id).collect::<Vec<_>>()
        };
        assert_eq!(planned(&part), planned(&whole));
        assert_eq!(Front::of(&part, "1"), None, "of a part none is taken");
    }
}
