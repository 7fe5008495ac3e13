//! Records that did not fit. What a receipt says is signed and never changes; that a file is lost is
//! known only later, so it stands with the file and is added here.

use case_core::field::{Flag, RecordKind};
use case_core::id::MatterId;
use case_core::wire::desk::FlaggedRecord;

use crate::Store;
use crate::db::{Row, args};
use crate::error::{Result, StoreError};

/// Of a record with its receipt, in the order in which [`read`] takes it.
macro_rules! select {
    ($which:literal) => {
        concat!(
            "SELECT r.id, r.kind, a.name, p.received_at, p.flags, m.id, m.body, \
             (SELECT COUNT(*) FROM attachment f WHERE f.record = r.id AND f.state IN ('refused', 'lost')) \
             FROM record r JOIN receipt p ON p.record = r.id JOIN account a ON a.id = r.account \
             LEFT JOIN matter m ON m.id = r.matter WHERE ",
            $which
        )
    };
}

impl Store {
    /// Records about a matter that did not fit, the latest first.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn flagged_records(&self, matter: MatterId) -> Result<Vec<FlaggedRecord>> {
        let sql = select!(
            "(r.matter = $1 OR r.id IN (SELECT record FROM attachment_matter WHERE matter = $1)) \
             AND (p.flagged = 1 OR EXISTS \
             (SELECT 1 FROM attachment f WHERE f.record = r.id AND f.state IN ('refused', 'lost'))) ORDER BY p.seq DESC"
        );
        self.read().await?.all(sql, args![matter]).await?.iter().map(read).collect()
    }

    /// The latest records that did not fit.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn recent_flagged(&self, limit: u32) -> Result<Vec<FlaggedRecord>> {
        let sql = select!(
            "p.seq IN (SELECT seq FROM receipt WHERE flagged = 1 \
             UNION SELECT q.seq FROM attachment f JOIN receipt q ON q.record = f.record \
             WHERE f.state IN ('refused', 'lost') ORDER BY 1 DESC LIMIT $1) ORDER BY p.seq DESC"
        );
        self.read().await?.all(sql, args![limit]).await?.iter().map(read).collect()
    }
}

fn read(row: &Row) -> Result<FlaggedRecord> {
    let kind = RecordKind::from_code(&row.text(1)?).ok_or(StoreError::Corrupt { what: "a kind of record" })?;
    let mut flags: Vec<Flag> = row.json(4, "flags")?;
    if row.int(7)? > 0 && !flags.contains(&Flag::FileLost) {
        flags.push(Flag::FileLost);
    }
    let matter = row.parsed_opt(5, "an id")?;
    let title = match matter {
        Some(_) => Some(row.json::<case_core::matter::Matter>(6, "a matter")?.registration.title),
        None => None,
    };
    Ok(FlaggedRecord {
        record: row.parsed(0, "an id")?,
        kind,
        by: row.checked(2, "a name")?,
        received_at: row.moment(3)?,
        flags,
        matter,
        title,
    })
}
