//! The work area (责任区): assigned households and matters, in memory, sorted by nearest deadline
//! and searched as one types. The store keeps the same items; this is what screens read.

use std::cell::OnceCell;
use std::collections::HashMap;
use std::rc::Rc;

use case_core::id::{HouseholdId, MatterId};
use case_core::search::words;
use case_core::time::{Clock, nearest};
use case_core::wire::sync::{HouseholdCard, ItemRef, MatterCard, WorkItem};
use chrono::NaiveDate;

use crate::front::Front;
use crate::packed::{Card, Line, Packed};
use crate::store::Page;

/// One item with its nearest deadline. Its card is read when it is first asked for.
#[derive(Debug)]
pub struct Work {
    /// The nearest last day, if the item has one: of a running clock, or the visit agreed upon.
    pub due: Option<NaiveDate>,
    line: Line,
    packed: Option<Card>,
    card: OnceCell<Option<WorkItem>>,
}

impl PartialEq for Work {
    fn eq(&self, other: &Self) -> bool {
        self.line == other.line && self.item() == other.item()
    }
}

impl Work {
    fn new(item: WorkItem) -> Self {
        let line = Line::new(&item);
        Self { due: line.due, line, packed: None, card: OnceCell::from(Some(item)) }
    }

    fn packed(packed: Packed) -> Self {
        Self { due: packed.line.due, line: packed.line, packed: Some(packed.card), card: OnceCell::new() }
    }

    /// Which.
    #[must_use]
    pub fn reference(&self) -> ItemRef {
        self.line.reference
    }

    /// The household or matter; `None` when what is kept cannot be read (never seen; the next pull
    /// brings it again).
    #[must_use]
    pub fn item(&self) -> Option<&WorkItem> {
        self.card.get_or_init(|| self.packed.as_ref()?.read().ok()).as_ref()
    }

    /// Whether it is a matter; its card is not read for that.
    #[must_use]
    pub fn is_matter(&self) -> bool {
        matches!(self.line.reference, ItemRef::Matter(_))
    }

    /// Whether it is a household; its card is not read for that.
    #[must_use]
    pub fn is_household(&self) -> bool {
        matches!(self.line.reference, ItemRef::Household(_))
    }

    /// Whether it is a matter whose petitioner is to be asked (待回访); its card is not read for that.
    #[must_use]
    pub fn awaits_return(&self) -> bool {
        self.line.awaits_return
    }

    /// The running clock that is due first, for a matter.
    #[must_use]
    pub fn clock(&self) -> Option<&Clock> {
        nearest(&self.matter()?.clocks)
    }

    /// The household, if it is one.
    #[must_use]
    pub fn household(&self) -> Option<&HouseholdCard> {
        if !self.is_household() {
            return None;
        }
        match self.item()? {
            WorkItem::Household(card) => Some(card),
            WorkItem::Matter(_) => None,
        }
    }

    /// The matter, if it is one.
    #[must_use]
    pub fn matter(&self) -> Option<&MatterCard> {
        if !self.is_matter() {
            return None;
        }
        match self.item()? {
            WorkItem::Matter(card) => Some(card),
            WorkItem::Household(_) => None,
        }
    }

    /// Nearest day first, those without one last; then matters before households; then by number
    /// or address, so that the order never depends on how the items arrived.
    fn order(&self) -> (bool, Option<NaiveDate>, bool, &str, ItemRef) {
        let is_household = matches!(self.line.reference, ItemRef::Household(_));
        (self.due.is_none(), self.due, is_household, &self.line.name, self.line.reference)
    }
}

/// The work area. A value: a pull makes a new one and leaves the old to whoever shows it.
#[derive(Clone, Debug, Default)]
pub struct WorkArea {
    sorted: Vec<Rc<Work>>,
    places: HashMap<ItemRef, usize>,
    /// Only the first items are here: how many matters there are in all.
    part_of: Option<usize>,
}

impl WorkArea {
    /// Of items in any order.
    #[must_use]
    pub fn new(items: Vec<WorkItem>) -> Self {
        Self::sort(items.into_iter().map(|item| Rc::new(Work::new(item))).collect())
    }

    /// Of items whose cards are not read yet.
    #[must_use]
    pub fn of_packed(items: Vec<Packed>) -> Self {
        Self::sort(items.into_iter().map(|item| Rc::new(Work::packed(item))).collect())
    }

    fn sort(mut sorted: Vec<Rc<Work>>) -> Self {
        sorted.sort_by(|a, b| a.order().cmp(&b.order()));
        let places = sorted.iter().enumerate().map(|(place, work)| (work.line.reference, place)).collect();
        Self { sorted, places, part_of: None }
    }

    /// What comes first, while the whole is still being read.
    #[must_use]
    pub fn of_front(front: Front) -> Self {
        Self { part_of: Some(front.matters), ..Self::new(front.items) }
    }

    /// Whether everything is here; else only what comes first.
    #[must_use]
    pub fn is_whole(&self) -> bool {
        self.part_of.is_none()
    }

    /// How many matters there are, also while only the first are here.
    #[must_use]
    pub fn count_matters(&self) -> usize {
        self.part_of.unwrap_or_else(|| self.sorted.iter().filter(|work| work.is_matter()).count())
    }

    /// After a page was pulled; the same as reading the store anew, but cheaper.
    #[must_use]
    pub fn after(&self, page: &Page) -> Self {
        let mut kept: HashMap<ItemRef, Rc<Work>> = if page.reset {
            HashMap::new()
        } else {
            self.sorted.iter().map(|work| (work.line.reference, Rc::clone(work))).collect()
        };
        for gone in &page.gone {
            kept.remove(gone);
        }
        for item in &page.items {
            kept.insert(item.reference(), Rc::new(Work::new(item.clone())));
        }
        Self::sort(kept.into_values().collect())
    }

    /// How many items.
    #[must_use]
    pub fn len(&self) -> usize {
        self.sorted.len()
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.sorted.is_empty()
    }

    /// Everything, nearest deadline first.
    #[must_use]
    pub fn all(&self) -> &[Rc<Work>] {
        &self.sorted
    }

    /// What has a deadline, nearest first (今日).
    pub fn with_deadline(&self) -> impl Iterator<Item = &Rc<Work>> {
        self.sorted.iter().take_while(|work| work.due.is_some())
    }

    /// Matters, nearest deadline first (事项).
    pub fn matters(&self) -> impl Iterator<Item = &MatterCard> {
        self.sorted.iter().filter_map(|work| work.matter())
    }

    /// Households, next agreed visit first, then by address (走访).
    pub fn households(&self) -> impl Iterator<Item = &HouseholdCard> {
        self.sorted.iter().filter_map(|work| work.household())
    }

    /// One item.
    #[must_use]
    pub fn get(&self, reference: ItemRef) -> Option<&Rc<Work>> {
        self.places.get(&reference).and_then(|place| self.sorted.get(*place))
    }

    /// One household.
    #[must_use]
    pub fn household(&self, id: HouseholdId) -> Option<&HouseholdCard> {
        self.get(ItemRef::Household(id)).and_then(|work| work.household())
    }

    /// One matter.
    #[must_use]
    pub fn matter(&self, id: MatterId) -> Option<&MatterCard> {
        self.get(ItemRef::Matter(id)).and_then(|work| work.matter())
    }

    /// The matters of a household.
    pub fn matters_of(&self, household: HouseholdId) -> impl Iterator<Item = &MatterCard> {
        let of = self.sorted.iter().filter(move |work| work.line.household == Some(household));
        of.filter_map(|work| work.matter())
    }

    /// What fits the typed text, nearest deadline first. Blank text fits everything.
    pub fn search(&self, typed: &str) -> impl Iterator<Item = &Rc<Work>> {
        let words = words(typed);
        self.sorted.iter().filter(move |work| words.iter().all(|word| holds(&work.line.folded, word)))
    }
}

/// The matters that fitted a typed text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Found {
    words: Vec<String>,
    places: Vec<usize>,
}

impl Found {
    /// How many.
    #[must_use]
    pub fn len(&self) -> usize {
        self.places.len()
    }

    /// Whether nothing fitted.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.places.is_empty()
    }

    /// Whether all that fits these words is among what was found: each of the words before is part of one of them.
    fn holds_all_of(&self, words: &[String]) -> bool {
        self.words.iter().all(|before| words.iter().any(|word| word.contains(before.as_str())))
    }
}

/// Typing in the search, in one state of the area. Where one types on, only what fitted before is looked through, and
/// what was typed a moment ago is known: on a slow phone the difference between a key and a pause.
#[derive(Debug, Default)]
pub struct Search {
    area: Rc<WorkArea>,
    before: Vec<Rc<Found>>,
}

/// So many answers are remembered: a word, typed and taken back.
const REMEMBERED: usize = 8;

impl Search {
    /// In an area.
    #[must_use]
    pub fn new(area: Rc<WorkArea>) -> Self {
        Self { area, before: Vec::new() }
    }

    /// The area.
    #[must_use]
    pub fn area(&self) -> &Rc<WorkArea> {
        &self.area
    }

    /// The matters that fit the typed text; blank text fits all.
    pub fn matters(&mut self, typed: &str) -> Rc<Found> {
        let words = words(typed);
        if let Some(known) = self.before.iter().find(|found| found.words == words) {
            return Rc::clone(known);
        }
        let mut places = Vec::new();
        let mut look = |place: usize| {
            if let Some(work) = self.area.sorted.get(place)
                && work.is_matter()
                && words.iter().all(|word| holds(&work.line.folded, word))
            {
                places.push(place);
            }
        };
        // Plain loops: compiled for size, chains of iterators cost more here than what they look at.
        match self.before.iter().filter(|found| found.holds_all_of(&words)).min_by_key(|found| found.len()) {
            Some(before) => before.places.iter().for_each(|place| look(*place)),
            None => (0..self.area.len()).for_each(look),
        }
        let found = Rc::new(Found { words, places });
        if self.before.len() >= REMEMBERED {
            self.before.remove(0);
        }
        self.before.push(Rc::clone(&found));
        found
    }

    /// What was found, nearest deadline first.
    pub fn items<'a>(&'a self, found: &'a Found) -> impl Iterator<Item = &'a Rc<Work>> {
        found.places.iter().filter_map(|place| self.area.sorted.get(*place))
    }
}

/// Whether a text holds a word. The library's search studies the word anew for each text, which for two or three
/// letters takes several times as long as looking.
fn holds(text: &str, word: &str) -> bool {
    let mut letters = word.chars();
    let Some(first) = letters.next() else { return true };
    let rest = letters.as_str();
    let mut left = text;
    while let Some(at) = left.find(first) {
        left = left.get(at + first.len_utf8()..).unwrap_or_default();
        if left.starts_with(rest) {
            return true;
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::sample;
    use crate::store::PullMark;
    use case_core::time::Moment;

    #[test]
    fn the_nearest_deadline_comes_first_and_none_last() {
        let day = |text: &str| Some(text.parse::<NaiveDate>().unwrap());
        let area = WorkArea::new(vec![
            WorkItem::Household(sample::household(1, None)),
            WorkItem::Household(sample::household(2, day("2026-05-09"))),
            WorkItem::Matter(Box::new(sample::matter(3, day("2026-05-10")))),
            WorkItem::Matter(Box::new(sample::matter(4, day("2026-05-03")))),
            WorkItem::Matter(Box::new(sample::matter(5, None))),
        ]);
        let order: Vec<_> = area.all().iter().map(|work| work.due).collect();
        assert_eq!(order, [day("2026-05-03"), day("2026-05-09"), day("2026-05-10"), None, None]);
        assert_eq!(area.with_deadline().count(), 3);
        assert!(area.all()[3].matter().is_some(), "a matter without a clock stands before a household without a visit");
        assert!(area.household(sample::household(2, None).id).is_some());
    }

    #[test]
    fn what_lists_ask_is_known_before_the_card_is_read() {
        let mut asked = sample::matter(1, None);
        asked.stage = case_core::matter::Stage::AwaitingReturnVisit;
        let items = [
            WorkItem::Matter(Box::new(asked)),
            WorkItem::Matter(Box::new(sample::matter(2, None))),
            WorkItem::Household(sample::household(3, None)),
        ];
        let packed = crate::packed::unpack(crate::packed::pack(&items, &[]).unwrap()).unwrap().0;
        for area in [WorkArea::of_packed(packed), WorkArea::new(items.to_vec())] {
            for work in area.all() {
                let read = work.card.get().is_some();
                let says = (work.is_matter(), work.is_household(), work.awaits_return());
                assert_eq!(work.card.get().is_some(), read, "asking reads no card");
                let returns =
                    work.matter().is_some_and(|card| card.stage == case_core::matter::Stage::AwaitingReturnVisit);
                assert_eq!(says, (work.matter().is_some(), work.household().is_some(), returns));
            }
            assert_eq!(area.all().iter().filter(|work| work.awaits_return()).count(), 1);
        }
    }

    #[test]
    fn typing_finds_by_initials_and_digits() {
        let area = WorkArea::new((0..20).map(|n| WorkItem::Household(sample::household(n, None))).collect());
        assert_eq!(area.search("hz7 ").count(), 1);
        assert_eq!(area.search("户主").count(), 20);
        assert_eq!(area.search("").count(), 20);
        assert_eq!(area.search("没有的").count(), 0);
    }

    proptest! {
        #[test]
        fn it_finds_what_the_library_finds(text in "[ab李]{0,12}", word in "[ab李]{0,3}") {
            prop_assert_eq!(holds(&text, &word), text.contains(&word));
        }

        #[test]
        fn typing_on_finds_what_typing_anew_finds(steps in proptest::collection::vec("[0-9样例yl 号]{0,4}", 1..20)) {
            let mut area: Vec<_> = (0..25).map(|n| WorkItem::Matter(Box::new(sample::matter(n, None)))).collect();
            area.push(WorkItem::Household(sample::household(30, None)));
            let mut search = Search::new(Rc::new(WorkArea::new(area)));
            for typed in steps {
                let anew: Vec<_> =
                    search.area().search(&typed).filter(|item| item.is_matter()).map(|item| item.reference()).collect();
                let found = search.matters(&typed);
                prop_assert_eq!(found.len(), anew.len());
                prop_assert_eq!(search.items(&found).map(|item| item.reference()).collect::<Vec<_>>(), anew, "{}", typed);
            }
        }

        #[test]
        fn a_page_applied_equals_a_fresh_read(
            first in proptest::collection::btree_set(0..30_u128, 0..20),
            changed in proptest::collection::btree_set(0..30_u128, 0..10),
            gone in proptest::collection::btree_set(0..30_u128, 0..10),
            reset: bool,
        ) {
            let old = |n: u128| WorkItem::Household(sample::household(n, None));
            let new = |n: u128| WorkItem::Household(sample::household(n, "2026-06-01".parse().ok()));
            let page = Page {
                from: None, reset,
                items: changed.iter().map(|n| new(*n)).collect(),
                gone: gone.iter().filter(|n| !changed.contains(n)).map(|n| old(*n).reference()).collect(),
                mark: PullMark { cursor: String::new(), complete: true, received: 0, pulled_at: Moment(0) },
            };
            let expected: Vec<WorkItem> = (0..30).filter_map(|n| {
                if changed.contains(&n) { Some(new(n)) }
                else if first.contains(&n) && !reset && !gone.contains(&n) { Some(old(n)) }
                else { None }
            }).collect();
            let begun: Vec<WorkItem> = first.iter().map(|n| old(*n)).collect();
            let packed = crate::packed::unpack(crate::packed::pack(&begun, &[]).unwrap()).unwrap().0;
            let after = WorkArea::of_packed(packed).after(&page);
            let expected = WorkArea::new(expected);
            prop_assert_eq!(after.all(), expected.all());
        }
    }
}
