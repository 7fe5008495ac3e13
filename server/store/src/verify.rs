//! Looking through everything that is chained: whether anything was altered, removed or put in, and what.
//!
//! ```text
//! audit      1 ─ 2 ─ 3 ─ …      each entry covers the one before; among them where journals end
//! journals   each matter's own chain; its end stands in the matter's row and in the audit chain
//! receipts   1 ─ 2 ─ 3 ─ …      each link covers the one before, a record's columns and its digest
//! sealed     each report's own chain, and that of the keys; their ends stand in the audit chain too
//! documents  each has a digest, which stands in the audit chain
//! anchors    length and head of audit and receipts, kept outside the database
//! ```
//! The hashes are plain: whoever can write to the database can redo a chain from some place to its end, and
//! cut it. What he cannot do is make it fit an [`Anchor`] that was written down before: the server writes one
//! beside its secret every hour, and people write one on paper. So what can go unseen is only what happened
//! since the last anchor that he could not reach.
//!
//! All goes in pages, while the server works: a chain is read from its beginning, so what is appended
//! meanwhile is simply its end. A journal that has grown since its mention was read is looked at again.

mod beside;
mod matters;
mod walk;

use case_core::id::{DocumentId, MatterId, SealedReportId};

use self::beside::{documents_there, sealed_channel};
use self::matters::{journals, records};
use self::walk::{Walk, audit_chain};
use crate::Store;
use crate::audit::AUDIT;
use crate::db::{Conn, args};
use crate::error::Result;
use crate::records::RECEIPTS;
use crate::told::Told;
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
    /// An entry of the audit chain is listed as something else than it is.
    Listed {
        /// Its place.
        seq: i64,
    },
    /// The journal of a sealed report, or its row.
    Sealed {
        /// 编号.
        number: String,
        /// What.
        what: JournalCheck,
    },
    /// A sealed report that the audit chain knows is not there.
    SealedMissing {
        /// Its id.
        report: SealedReportId,
    },
    /// The journal of the sealed channel's keys.
    SealedKeys {
        /// The first line that does not fit, or is not there.
        line: u32,
    },
    /// A document is not what it was when it was issued.
    Document {
        /// 文号.
        number: String,
        /// Which version.
        version: u16,
    },
    /// A document that the audit chain knows is not there.
    DocumentMissing {
        /// Its id.
        document: DocumentId,
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
    /// Reports of the sealed channel.
    pub sealed: u64,
    /// Documents, each version.
    pub documents: u64,
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
        let mut told = Told::default();
        let counted = count_of(&mut conn, AUDIT).await?;
        let mut audit = Walk::new(Chain::Audit, anchors);
        done.audit = audit_chain(&mut conn, &mut audit, &mut told, &mut tell).await?;
        audit.end(counted, count_of(&mut conn, AUDIT).await?, &mut tell);
        sealed_channel(&mut conn, &mut audit, &mut told, &mut done, &mut tell).await?;
        documents_there(&mut conn, &mut told, &mut done, &mut tell).await?;
        journals(&mut conn, &mut audit, told, &mut done, &mut tell).await?;
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
