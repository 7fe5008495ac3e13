//! Change feeds, the writing half ([`crate::pull`] reads them).
//!
//! A feed is a numbered list of changes: one per town (`t:350921101`) for what lies there, one per
//! account (`a:<id>`) for the matters that it handles. The table keeps, per feed, place and item,
//! only the *last* change: its number and whether the item left. A phone that has seen number n of a
//! feed asks for what has a greater one.
//!
//! The place (9 or 12 digits) stands in the key, so that a matter that moves from one village of a
//! town to another leaves a mark "gone" in the first and an entry in the second: the official of
//! the first village learns that it left, the town's clerk sees it move.
//!
//! The number comes from a counter row that is raised in the same transaction. Whoever raised it
//! holds the row until the commit, so numbers become visible in their order and without gaps; a
//! PostgreSQL sequence would hand out 7 to a transaction that commits after 8 has been pulled, and 7
//! would be lost. The price is that writers of one town wait for each other. They take the rows of
//! several feeds in the order of their names and as the last thing before the commit, so they never
//! wait in a circle.

use std::collections::{BTreeMap, BTreeSet};

use case_core::audit::{Deed, Moved, Trace};
use case_core::digest::Digest;
use case_core::id::{AccountId, MatterId};
use case_core::matter::Matter;
use case_core::place::DivisionCode;
use case_core::time::Moment;
use case_core::wire::sync::{HouseholdCard, ItemRef};

use crate::audit;
use crate::db::{Conn, args};
use crate::error::Result;

/// Where an item is listed: a feed and a place in it.
pub(crate) type Shelf = (String, String);

/// The feed of a town.
pub(crate) fn town_feed(town: &str) -> String {
    format!("t:{town}")
}

/// The feed of an account.
pub(crate) fn account_feed(account: AccountId) -> String {
    format!("a:{account}")
}

fn shelf_of_place(place: &DivisionCode) -> Option<Shelf> {
    // What is only known to be somewhere in the county is on nobody's round.
    Some((town_feed(place.town()?), place.as_str().to_owned()))
}

/// A matter is listed while it is open: where it lies, and with its handler.
pub(crate) fn shelves_of_matter(matter: &Matter) -> BTreeSet<Shelf> {
    if !matter.stage.is_open() {
        return BTreeSet::new();
    }
    let by_place = matter.registration.place.as_ref().and_then(shelf_of_place);
    let by_handler = matter.handler.map(|handler| (account_feed(handler), String::new()));
    by_place.into_iter().chain(by_handler).collect()
}

/// The changes of one transaction, written together at its end.
#[derive(Default)]
pub(crate) struct Touches {
    shelves: BTreeMap<(Shelf, ItemRef), bool>,
    /// By who moved them and when: one entry of the audit chain for each.
    journals: Vec<(Trace, BTreeMap<MatterId, Moved>)>,
}

impl Touches {
    /// A matter is new or changed.
    pub(crate) fn matter(&mut self, before: Option<&Matter>, after: &Matter) {
        let left = before.map(shelves_of_matter).unwrap_or_default();
        self.moved(ItemRef::Matter(after.id), left, shelves_of_matter(after));
    }

    /// A journal ends there now.
    pub(crate) fn journal(&mut self, matter: MatterId, length: u32, head: Digest, trace: Trace) {
        if self.journals.last().is_none_or(|(last, _)| *last != trace) {
            self.journals.push((trace, BTreeMap::new()));
        }
        if let Some((_, moved)) = self.journals.last_mut() {
            let before = moved.get(&matter);
            let (code, device_at) = (before.and_then(|one| one.code), before.and_then(|one| one.device_at));
            moved.insert(matter, Moved { id: matter, length, head, code, device_at });
        }
    }

    /// What has just moved a journal was decided at this hour of the official's own device.
    pub(crate) fn by_device(&mut self, matter: MatterId, device_at: Option<Moment>) {
        let moved = self.journals.last_mut().and_then(|(_, moved)| moved.get_mut(&matter));
        if let (Some(moved), Some(_)) = (moved, device_at) {
            moved.device_at = device_at;
        }
    }

    /// A matter whose journal has grown got a query code.
    pub(crate) fn code(&mut self, matter: MatterId, issue: u32) {
        let moved = self.journals.last_mut().and_then(|(_, moved)| moved.get_mut(&matter));
        if let Some(moved) = moved {
            moved.code = Some(issue);
        }
    }

    /// A household is new or changed.
    pub(crate) fn household(&mut self, before: Option<&HouseholdCard>, after: &HouseholdCard) {
        let left = before.and_then(|card| shelf_of_place(&card.division)).into_iter().collect();
        let now = shelf_of_place(&after.division).into_iter().collect();
        self.moved(ItemRef::Household(after.id), left, now);
    }

    fn moved(&mut self, item: ItemRef, left: BTreeSet<Shelf>, now: BTreeSet<Shelf>) {
        for shelf in left.difference(&now) {
            self.shelves.insert((shelf.clone(), item), true);
        }
        for shelf in now {
            self.shelves.insert((shelf, item), false);
        }
    }

    /// Gives every change its number, and tells the audit chain which journals have grown. The last thing
    /// before a commit.
    pub(crate) async fn write(self, conn: &mut Conn) -> Result<()> {
        let mut by_feed: BTreeMap<String, Vec<(String, ItemRef, bool)>> = BTreeMap::new();
        for (((feed, place), item), gone) in self.shelves {
            by_feed.entry(feed).or_default().push((place, item, gone));
        }
        for (feed, changes) in by_feed {
            let count = i64::try_from(changes.len()).unwrap_or(i64::MAX);
            let mut seq = raise_counter(conn, &feed, count).await? - count;
            let mut rows = Vec::with_capacity(changes.len());
            for (place, item, gone) in changes {
                seq += 1;
                let (kind, id) = item_key(item);
                rows.push(args![feed.as_str(), place, kind, id, seq, gone]);
            }
            let replace = "ON CONFLICT (feed, place, item_kind, item_id) \
                           DO UPDATE SET seq = excluded.seq, gone = excluded.gone";
            conn.insert("INSERT INTO feed (feed, place, item_kind, item_id, seq, gone) VALUES", rows, replace).await?;
        }
        for (trace, moved) in self.journals {
            let matters = moved.into_values().collect();
            audit::append(conn, trace, &Deed::MattersMoved { matters }).await?;
        }
        Ok(())
    }
}

/// Raises a counter and holds it until the end of the transaction; its new value.
pub(crate) async fn raise_counter(conn: &mut Conn, name: &str, by: i64) -> Result<i64> {
    conn.one(
        "INSERT INTO counter (name, seq) VALUES ($1, $2) \
         ON CONFLICT (name) DO UPDATE SET seq = counter.seq + excluded.seq RETURNING seq",
        args![name, by],
    )
    .await?
    .int(0)
}

/// How an item is named in the table.
pub(crate) fn item_key(item: ItemRef) -> (&'static str, String) {
    match item {
        ItemRef::Household(id) => ("household", id.to_string()),
        ItemRef::Matter(id) => ("matter", id.to_string()),
    }
}
