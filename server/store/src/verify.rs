//! Looking through everything that is chained: whether anything was altered, removed or put in, and what.
//!
//! ```text
//! audit      1 ─ 2 ─ 3 ─ …      each entry covers the one before; among them where journals end
//! journals   each matter's own chain; its end stands in the matter's row and in the audit chain
//! receipts   1 ─ 2 ─ 3 ─ …      each link covers the one before, a record's columns and its digest
//! anchors    length and head of audit and receipts, kept outside the database
//! ```
//! The hashes are plain: whoever can write to the database can redo a chain from some place to its end, and
//! cut it. What he cannot do is make it fit an [`Anchor`] that was written down before: the server writes one
//! beside its secret every hour, and people write one on paper. So what can go unseen is only what happened
//! since the last anchor that he could not reach.
//!
//! All goes in pages, while the server works: a chain is read from its beginning, so what is appended
//! meanwhile is simply its end. A journal that has grown since its mention was read is looked at again.

use std::collections::BTreeMap;

use case_core::digest::Digest;
use case_core::id::MatterId;

use crate::Store;
use crate::audit::{self, AUDIT, moved_by};
use crate::db::{Conn, args};
use crate::error::Result;
use crate::journal::{Known, inspect};
use crate::receipts::{ReceiptRow, select_receipt};
use crate::records::RECEIPTS;
use crate::views::JournalCheck;

pub use crate::anchor::{Anchor, AnchorError, Chain};

/// Rows of a page.
const PAGE: i64 = 200;
/// Records without a receipt that are named.
const NAMED: i64 = 100;

/// Something that was altered, removed or put in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fault {
    /// An entry of a chain does not fit its hash.
    Altered {
        /// Of which chain.
        chain: Chain,
        /// Its place.
        seq: i64,
    },
    /// Entries of a chain are not there. The one behind them cannot be checked against them.
    Missing {
        /// Of which chain.
        chain: Chain,
        /// The first.
        from: i64,
        /// The last.
        to: i64,
    },
    /// The chain goes on behind the length that was counted.
    Beyond {
        /// Which chain.
        chain: Chain,
        /// The first place that was not counted.
        seq: i64,
    },
    /// The chain is not the one that an anchor was taken of.
    Anchor(Anchor),
    /// The journal of a matter, its row or its line in the lists.
    Journal {
        /// 信访件编号.
        number: String,
        /// What.
        what: JournalCheck,
    },
    /// The journal of a matter has an entry that the audit chain does not know.
    Unknown {
        /// 信访件编号.
        number: String,
        /// Its place.
        seq: u32,
    },
    /// A matter that the audit chain knows is not there.
    MatterMissing {
        /// Its id.
        matter: MatterId,
    },
    /// The record of a receipt is not there.
    RecordMissing {
        /// The receipt's number.
        seq: i64,
        /// The record's id.
        record: String,
    },
    /// The content of a record is not what it was when it was taken in.
    RecordAltered {
        /// The receipt's number.
        seq: i64,
        /// The record's id.
        record: String,
    },
    /// A record has no receipt.
    NoReceipt {
        /// The record's id.
        record: String,
    },
}

/// What was looked at.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Verified {
    /// Entries of the audit chain.
    pub audit: u64,
    /// Matters.
    pub matters: u64,
    /// Entries of their journals.
    pub entries: u64,
    /// Receipts, with their records.
    pub receipts: u64,
    /// What does not fit.
    pub faults: u64,
}

/// Where faults go.
type Tell<'a> = &'a mut (dyn FnMut(Fault) + Send);

impl Store {
    /// The heads of both chains, to be written down.
    ///
    /// # Errors
    /// [`crate::StoreError`].
    pub async fn anchors(&self) -> Result<Vec<Anchor>> {
        let mut anchors = Vec::new();
        let mut conn = self.read().await?;
        for (chain, sql) in [
            (Chain::Audit, "SELECT seq, hash FROM audit ORDER BY seq DESC LIMIT 1"),
            (Chain::Receipts, "SELECT seq, link FROM receipt ORDER BY seq DESC LIMIT 1"),
        ] {
            if let Some(row) = conn.optional(sql, args![]).await? {
                anchors.push(Anchor::of(chain, row.int(0)?, &row.text(1)?));
            }
        }
        Ok(anchors)
    }

    /// Looks through the audit chain, every journal and every record, against each other and against
    /// anchors. Each fault is told as it is found.
    ///
    /// # Errors
    /// [`crate::StoreError`] when the database cannot be read.
    pub async fn verify(&self, anchors: &[Anchor], tell: Tell<'_>) -> Result<Verified> {
        let mut done = Verified::default();
        let mut faults = 0;
        let mut tell = |fault| {
            faults += 1;
            tell(fault);
        };
        let mut conn = self.read().await?;
        let mut known = BTreeMap::new();
        let counted = count_of(&mut conn, AUDIT).await?;
        let mut audit = Walk::new(Chain::Audit, anchors);
        done.audit = audit_chain(&mut conn, &mut audit, &mut known, &mut tell).await?;
        audit.end(counted, count_of(&mut conn, AUDIT).await?, &mut tell);
        journals(&mut conn, &mut audit, known, &mut done, &mut tell).await?;
        let counted = count_of(&mut conn, RECEIPTS).await?;
        let mut receipts = Walk::new(Chain::Receipts, anchors);
        done.receipts = records(&mut conn, &mut receipts, &mut tell).await?;
        receipts.end(counted, count_of(&mut conn, RECEIPTS).await?, &mut tell);
        let sql = "SELECT r.id FROM record r LEFT JOIN receipt p ON p.record = r.id WHERE p.record IS NULL \
                   ORDER BY r.id LIMIT $1";
        for row in conn.all(sql, args![NAMED]).await? {
            tell(Fault::NoReceipt { record: row.text(0)? });
        }
        done.faults = faults;
        Ok(done)
    }
}

async fn count_of(conn: &mut Conn, counter: &str) -> Result<i64> {
    let row = conn.optional("SELECT seq FROM counter WHERE name = $1", args![counter]).await?;
    row.map_or(Ok(0), |row| row.int(0))
}

/// Going along a chain.
struct Walk<'a> {
    chain: Chain,
    at: i64,
    last: Option<Digest>,
    anchors: Vec<&'a Anchor>,
}

impl<'a> Walk<'a> {
    fn new(chain: Chain, anchors: &'a [Anchor]) -> Self {
        Self { chain, at: 0, last: None, anchors: anchors.iter().filter(|anchor| anchor.chain == chain).collect() }
    }

    /// The next entry that is there, with the hash that stands in it. The hash that it should have follows
    /// from the one before; `None`: it cannot be computed.
    fn step(&mut self, seq: i64, stored: &str, right: Option<Digest>, tell: &mut (dyn FnMut(Fault) + Send)) {
        let gap = seq != self.at + 1;
        if gap {
            tell(Fault::Missing { chain: self.chain, from: self.at + 1, to: seq - 1 });
        } else if right.is_some_and(|right| right.hex() != stored) {
            tell(Fault::Altered { chain: self.chain, seq });
        }
        self.anchors.retain(|anchor| match anchor.length == seq {
            true if !anchor.fits(stored) => {
                tell(Fault::Anchor((*anchor).clone()));
                false
            }
            met => !met,
        });
        self.at = seq;
        self.last = Digest::from_hex(stored).or(right);
    }

    /// The end, with what was counted before the walk and after it.
    fn end(&mut self, before: i64, after: i64, tell: &mut (dyn FnMut(Fault) + Send)) {
        if self.at < before {
            tell(Fault::Missing { chain: self.chain, from: self.at + 1, to: before });
        } else if self.at > after {
            tell(Fault::Beyond { chain: self.chain, seq: after + 1 });
        }
        for anchor in self.anchors.drain(..) {
            tell(Fault::Anchor(anchor.clone()));
        }
    }
}

/// From where the walk stands to the end; what it says of journals is kept. How many entries.
async fn audit_chain(
    conn: &mut Conn,
    walk: &mut Walk<'_>,
    known: &mut BTreeMap<MatterId, Known>,
    tell: &mut (dyn FnMut(Fault) + Send),
) -> Result<u64> {
    let mut count = 0;
    loop {
        let sql = "SELECT seq, at, by_account, deed, hash FROM audit WHERE seq > $1 ORDER BY seq LIMIT $2";
        let rows = conn.all(sql, args![walk.at, PAGE]).await?;
        if rows.is_empty() {
            return Ok(count);
        }
        for row in &rows {
            let (seq, deed) = (row.int(0)?, row.text(3)?);
            let right = audit::hash(walk.last.as_ref(), seq, row.int(1)?, row.text_opt(2)?.as_deref(), &deed);
            walk.step(seq, &row.text(4)?, Some(right), tell);
            count += 1;
            match moved_by(&deed) {
                Ok(matters) => {
                    known.extend(matters.into_iter().map(|moved| (moved.id, (moved.length, moved.head))));
                }
                // Altered so that it cannot be read: said already, unless the hash was redone.
                Err(_) if right.hex() == row.text(4)? => tell(Fault::Altered { chain: Chain::Audit, seq }),
                Err(_) => {}
            }
        }
    }
}

async fn journals(
    conn: &mut Conn,
    walk: &mut Walk<'_>,
    mut known: BTreeMap<MatterId, Known>,
    done: &mut Verified,
    tell: &mut (dyn FnMut(Fault) + Send),
) -> Result<()> {
    let mut grown: Vec<(MatterId, u32)> = Vec::new();
    let mut after = String::new();
    loop {
        let rows =
            conn.all("SELECT id FROM matter WHERE id > $1 ORDER BY id LIMIT $2", args![after.as_str(), PAGE]).await?;
        let Some(end) = rows.last() else { break };
        after = end.text(0)?;
        for row in &rows {
            let matter = row.parsed(0, "a matter's id")?;
            let told = known.remove(&matter);
            let Some(found) = inspect(conn, matter, told).await? else { continue };
            done.matters += 1;
            done.entries += u64::from(found.length);
            let told = told.map_or(0, |(length, _)| length);
            if found.length > told {
                grown.push((matter, told));
            }
            for what in found.faults {
                tell(Fault::Journal { number: found.number.clone(), what });
            }
        }
    }
    for matter in known.into_keys() {
        tell(Fault::MatterMissing { matter });
    }
    // What has come since the audit chain was read says more of journals.
    let mut since = BTreeMap::new();
    if !grown.is_empty() {
        done.audit += audit_chain(conn, walk, &mut since, tell).await?;
    }
    for (matter, told) in grown {
        let now = since.remove(&matter);
        let Some(found) = inspect(conn, matter, now).await? else { continue };
        let told = now.map_or(told, |(length, _)| length);
        // One that has grown once more since is looked at the next time; one that nobody told of is found.
        if found.length > told && now.is_none() {
            tell(Fault::Unknown { number: found.number, seq: told + 1 });
        }
    }
    Ok(())
}

async fn records(conn: &mut Conn, walk: &mut Walk<'_>, tell: &mut (dyn FnMut(Fault) + Send)) -> Result<u64> {
    let mut count = 0;
    loop {
        let sql = select_receipt!(", r.body", "WHERE p.seq > $1 ORDER BY p.seq LIMIT $2");
        let rows = conn.all(sql, args![walk.at, PAGE]).await?;
        if rows.is_empty() {
            return Ok(count);
        }
        for row in &rows {
            let (seq, record) = (row.int(0)?, row.text(1)?);
            let receipt = ReceiptRow::read(row)?;
            let right = receipt.as_ref().map(|receipt| receipt.link(walk.last.as_ref())).transpose()?;
            walk.step(seq, &row.text(5)?, right, tell);
            count += 1;
            match receipt {
                None => tell(Fault::RecordMissing { seq, record }),
                Some(receipt) if Digest::of_bytes(row.text(14)?.as_bytes()).hex() != receipt.digest => {
                    tell(Fault::RecordAltered { seq, record });
                }
                Some(_) => {}
            }
        }
    }
}
