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
use crate::matters;
use crate::told::Known;
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
        let by = by.map(|id| id.to_string());
        let mut tail = self;
        let mut links = Vec::with_capacity(events.len());
        for event in events {
            let event = to_json(event)?;
            let seq = tail.length + 1;
            let hash = link_hash(tail.head.as_ref(), seq, at, by.as_deref(), &event);
            links.push(Link { seq, event, hash });
            tail = Self { head: Some(hash), length: seq };
        }
        Ok((links, tail))
    }
}

/// The hash goes over the event's JSON as it was written, not as a later build would write it.
fn link_hash(previous: Option<&Digest>, seq: u32, at: Moment, by: Option<&str>, event: &str) -> Digest {
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

    /// Whether the journal of a matter is whole and tells what the matter's row says: the first that does
    /// not fit.
    ///
    /// # Errors
    /// [`crate::StoreError`].
    pub async fn verify_journal(&self, matter: MatterId) -> Result<JournalCheck> {
        let found = inspect(&mut self.read().await?, matter, None).await?;
        Ok(found.map_or(JournalCheck::NotFound, |found| found.faults.first().copied().unwrap_or(JournalCheck::Intact)))
    }
}

/// What a look at a journal found.
pub(crate) struct Inspection {
    /// 信访件编号, as the row has it.
    pub(crate) number: String,
    /// The last entry that is there.
    pub(crate) length: u32,
    /// All that does not fit.
    pub(crate) faults: Vec<JournalCheck>,
}

/// Looks at a matter's journal, its row and its line in the lists. `None` when there is no such matter.
pub(crate) async fn inspect(conn: &mut Conn, matter: MatterId, known: Option<Known>) -> Result<Option<Inspection>> {
    // One statement, so that no command comes in between.
    let sql = "SELECT m.head, m.length, m.body, j.seq, j.at, j.by_account, j.event, j.hash, m.number \
               FROM matter m LEFT JOIN journal j ON j.matter = m.id WHERE m.id = $1 ORDER BY j.seq";
    let rows = conn.all(sql, args![matter]).await?;
    let Some(first) = rows.first() else { return Ok(None) };
    let (head, length, number) = (first.text(0)?, first.count(1)?, first.text(8)?);
    let mut faults = Vec::new();
    let mut tail = Tail::default();
    let mut events: Vec<Event> = Vec::with_capacity(rows.len());
    for row in &rows {
        let Some(seq) = row.int_opt(3)? else { break };
        let Ok(seq) = u32::try_from(seq) else { continue };
        // Behind a gap it is not known what the entry should follow.
        let gap = seq != tail.length + 1;
        if gap {
            faults.push(JournalCheck::BrokenAt(tail.length + 1));
        }
        let (by, event, stored) = (row.text_opt(5)?, row.text(6)?, row.text(7)?);
        let hash = link_hash(tail.head.as_ref(), seq, row.moment(4)?, by.as_deref(), &event);
        let read = from_json(&event, "an event").ok();
        let vouched = known.is_none_or(|(at, head)| at != seq || stored == head.hex());
        if (!gap && stored != hash.hex()) || read.is_none() || !vouched {
            faults.push(JournalCheck::BrokenAt(seq));
        }
        events.extend(read);
        // What follows is measured by what stands there, so that each entry answers for itself.
        tail = Tail { head: Some(Digest::from_hex(&stored).unwrap_or(hash)), length: seq };
    }
    let told = known.map_or(length, |(at, _)| at.max(length));
    if tail.length < told {
        faults.push(JournalCheck::CutShort);
    } else if faults.is_empty() && (tail.length != length || tail.head.map(|head| head.hex()) != Some(head)) {
        faults.push(JournalCheck::BrokenAt(tail.length));
    } else if faults.is_empty() {
        let stored = from_json::<Matter>(&first.text(2)?, "a matter").ok();
        match replay(&events).filter(|told| stored.as_ref() == Some(told) && told.id == matter) {
            Some(told) if told.number.as_str() == number => {
                if !matters::is_listed(conn, &told).await? {
                    faults.push(JournalCheck::ListDiffers);
                }
            }
            _ => faults.push(JournalCheck::StateDiffers),
        }
    }
    Ok(Some(Inspection { number, length: tail.length, faults }))
}
