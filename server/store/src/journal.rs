//! The journal of a matter: append-only, each entry chained to the one before by a hash, the end
//! named in the matter's row. Whoever changes, removes or inserts an entry later must redo all that
//! follow and the row; [`Store::verify_journal`] finds the first that does not fit.

use case_core::digest::Digest;
use case_core::id::{AccountId, MatterId};
use case_core::matter::{Event, Matter, replay};
use case_core::time::Moment;
use case_core::wire::desk::JournalEntry;

use crate::Store;
use crate::db::{Conn, args, from_json, to_json};
use crate::error::Result;
use crate::views::JournalCheck;

/// The end of a journal.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Tail {
    /// The hash of the last entry; none in an empty journal.
    pub(crate) head: Option<Digest>,
    /// How many entries there are.
    pub(crate) length: u32,
}

/// An entry that is ready to be written.
pub(crate) struct Link {
    seq: u32,
    event: String,
    hash: Digest,
}

impl Tail {
    /// Chains events to the end; the entries, and the new end.
    pub(crate) fn chain(self, events: &[Event], by: Option<AccountId>, at: Moment) -> Result<(Vec<Link>, Self)> {
        let mut tail = self;
        let mut links = Vec::with_capacity(events.len());
        for event in events {
            let event = to_json(event)?;
            let seq = tail.length + 1;
            let hash = link_hash(tail.head.as_ref(), seq, at, by, &event);
            links.push(Link { seq, event, hash });
            tail = Self { head: Some(hash), length: seq };
        }
        Ok((links, tail))
    }
}

/// The hash goes over the event's JSON as it was written, not as a later build would write it.
fn link_hash(previous: Option<&Digest>, seq: u32, at: Moment, by: Option<AccountId>, event: &str) -> Digest {
    let by = by.map_or_else(|| "null".to_owned(), |id| format!("\"{id}\""));
    let entry = format!("{{\"seq\":{seq},\"at\":{},\"by\":{by},\"event\":{event}}}", at.0);
    Digest::chained(previous, entry.as_bytes())
}

/// Writes entries.
pub(crate) async fn write(
    conn: &mut Conn,
    matter: MatterId,
    links: Vec<Link>,
    by: Option<AccountId>,
    at: Moment,
) -> Result<()> {
    let rows = links.into_iter().map(|link| args![matter, link.seq, at, by, link.event, link.hash]).collect();
    conn.insert("INSERT INTO journal (matter, seq, at, by_account, event, hash) VALUES", rows, "").await
}

impl Store {
    /// The journal of a matter, oldest first.
    ///
    /// # Errors
    /// [`crate::StoreError`].
    pub async fn journal(&self, matter: MatterId) -> Result<Vec<JournalEntry>> {
        let sql = "SELECT j.seq, j.at, a.name, j.event FROM journal j LEFT JOIN account a ON a.id = j.by_account \
                   WHERE j.matter = $1 ORDER BY j.seq";
        let rows = self.read().await?.all(sql, args![matter]).await?;
        rows.iter()
            .map(|row| {
                Ok(JournalEntry {
                    sequence: row.count(0)?,
                    at: row.moment(1)?,
                    by: row.checked_opt(2, "a name")?,
                    event: row.json(3, "an event")?,
                })
            })
            .collect()
    }

    /// Whether the journal of a matter is whole and tells what the matter's row says.
    ///
    /// # Errors
    /// [`crate::StoreError`].
    pub async fn verify_journal(&self, matter: MatterId) -> Result<JournalCheck> {
        // One statement, so that no command comes in between.
        let sql = "SELECT m.head, m.length, m.body, j.seq, j.at, j.by_account, j.event, j.hash \
                   FROM matter m LEFT JOIN journal j ON j.matter = m.id WHERE m.id = $1 ORDER BY j.seq";
        let rows = self.read().await?.all(sql, args![matter]).await?;
        let Some(first) = rows.first() else { return Ok(JournalCheck::NotFound) };
        let (head, length): (Digest, u32) = (first.digest(0)?, first.count(1)?);
        let stored: Matter = first.json(2, "a matter")?;
        let mut tail = Tail::default();
        let mut events: Vec<Event> = Vec::with_capacity(rows.len());
        for row in rows.iter() {
            let Some(seq) = row.int_opt(3)? else { break };
            let expected = tail.length + 1;
            let (by, event) = (row.parsed_opt(5, "an account's id")?, row.text(6)?);
            let hash = link_hash(tail.head.as_ref(), expected, row.moment(4)?, by, &event);
            if seq != i64::from(expected) || row.text(7)? != hash.hex() {
                return Ok(JournalCheck::BrokenAt(expected));
            }
            events.push(from_json(&event, "an event")?);
            tail = Tail { head: Some(hash), length: expected };
        }
        Ok(if tail.length < length {
            JournalCheck::CutShort
        } else if tail.head != Some(head) || tail.length != length {
            JournalCheck::BrokenAt(tail.length)
        } else if replay(&events).as_ref() != Some(&stored) || stored.id != matter {
            JournalCheck::StateDiffers
        } else {
            JournalCheck::Intact
        })
    }
}
