//! The pull cursor: opaque to phones, `1.<tag>.<feed>=<seq>,…` to us.
//!
//! The tag ties it to this database, account and area; with any other it means nothing and the phone
//! starts anew. While a phone first fills itself, a feed's position also carries the number at which
//! that began (`<seq>/<floor>`): what had left before then was never on the phone, and need not be
//! told gone.

use std::collections::BTreeMap;

use case_core::digest::Digest;
use case_core::id::AccountId;
use case_core::place::Area;

/// Raised when the meaning of a cursor changes.
const VERSION: &str = "1";

/// How far a phone has come in a feed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Position {
    /// The number of the last change that it has.
    pub(crate) seq: i64,
    /// Up to here, what is gone is not told.
    pub(crate) floor: i64,
}

/// How far a phone has come.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Cursor {
    tag: String,
    positions: BTreeMap<String, Position>,
}

/// What a cursor is tied to.
pub(crate) fn tag(lineage: &str, account: AccountId, area: &Area) -> String {
    let mut codes: Vec<&str> = area.0.iter().map(case_core::place::DivisionCode::as_str).collect();
    codes.sort_unstable();
    codes.dedup();
    Digest::of(&(lineage, account, codes)).hex()[..16].to_owned()
}

impl Cursor {
    /// Before everything; what is gone by now is not told.
    pub(crate) fn start(tag: String, tops: &BTreeMap<String, i64>) -> Self {
        let positions = tops.iter().map(|(feed, top)| (feed.clone(), Position { seq: 0, floor: *top })).collect();
        Self { tag, positions }
    }

    /// Reads a cursor; `None` when it is not one for this tag, or is ahead of the feeds (a server
    /// that was set back to an older state).
    pub(crate) fn read(text: &str, tag: &str, tops: &BTreeMap<String, i64>) -> Option<Self> {
        let mut parts = text.split('.');
        if parts.next()? != VERSION || parts.next()? != tag {
            return None;
        }
        let list = parts.next()?;
        if parts.next().is_some() {
            return None;
        }
        let mut positions = BTreeMap::new();
        for entry in list.split(',').filter(|entry| !entry.is_empty()) {
            let (feed, numbers) = entry.split_once('=')?;
            let (seq, floor) = match numbers.split_once('/') {
                Some((seq, floor)) => (seq.parse().ok()?, floor.parse().ok()?),
                None => (numbers.parse().ok()?, 0),
            };
            let top = tops.get(feed).copied()?;
            if seq < 0 || seq > top || floor > top {
                return None;
            }
            positions.insert(feed.to_owned(), Position { seq, floor });
        }
        Some(Self { tag: tag.to_owned(), positions })
    }

    /// How far the phone is in a feed.
    pub(crate) fn position(&self, feed: &str) -> Position {
        self.positions.get(feed).copied().unwrap_or_default()
    }

    /// It has come so far.
    pub(crate) fn advance(&mut self, feed: &str, seq: i64) {
        self.positions.entry(feed.to_owned()).or_default().seq = seq;
    }

    /// As the phone keeps it.
    pub(crate) fn write(&self) -> String {
        let list: Vec<String> = self
            .positions
            .iter()
            .map(
                |(feed, Position { seq, floor })| {
                    if floor > seq { format!("{feed}={seq}/{floor}") } else { format!("{feed}={seq}") }
                },
            )
            .collect();
        format!("{VERSION}.{}.{}", self.tag, list.join(","))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tops() -> BTreeMap<String, i64> {
        BTreeMap::from([("a:x".to_owned(), 0), ("t:350921101".to_owned(), 12)])
    }

    #[test]
    fn it_reads_back_and_keeps_its_floor_until_it_has_passed_it() {
        let mut cursor = Cursor::start("tag".to_owned(), &tops());
        assert_eq!(Cursor::read(&cursor.write(), "tag", &tops()), Some(cursor.clone()));
        cursor.advance("t:350921101", 7);
        let read = Cursor::read(&cursor.write(), "tag", &tops()).unwrap();
        assert_eq!(read.position("t:350921101"), Position { seq: 7, floor: 12 });
        cursor.advance("t:350921101", 12);
        assert_eq!(cursor.write(), "1.tag.a:x=0,t:350921101=12");
    }

    #[test]
    fn what_is_not_its_own_is_not_read() {
        let fits = "1.tag.t:350921101=12";
        assert!(Cursor::read(fits, "tag", &tops()).is_some());
        assert!(Cursor::read(fits, "other", &tops()).is_none());
        for bad in [
            "",
            "1",
            "1.tag",
            "2.tag.",
            "1.tag.x",
            "1.tag.t:350921101=13",
            "1.tag.t:350921101=-1",
            "1.tag.t:9=1",
            "1.tag..",
            "1.tag.t:350921101=5/99",
        ] {
            assert!(Cursor::read(bad, "tag", &tops()).is_none(), "{bad}");
        }
    }

    #[test]
    fn the_tag_does_not_depend_on_the_order_of_the_area() {
        let area = |codes: &[&str]| {
            Area(codes.iter().map(|code| case_core::place::DivisionCode::parse(code).unwrap()).collect())
        };
        let who = AccountId(uuid::Uuid::from_u128(1));
        assert_eq!(
            tag("db", who, &area(&["350921101", "350921102"])),
            tag("db", who, &area(&["350921102", "350921101"]))
        );
        assert_ne!(tag("db", who, &area(&["350921101"])), tag("db", who, &area(&["350921102"])));
        assert_ne!(tag("db", who, &area(&[])), tag("restored", who, &area(&[])));
    }
}
