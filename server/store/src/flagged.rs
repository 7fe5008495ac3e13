//! Records that did not fit. What a receipt says is signed and never changes; that a file is lost is
//! known only later, so it stands with the file and is added here.

use case_core::field::{Flag, Payload, Record, RecordKind};
use case_core::id::MatterId;
use case_core::matter::Matter;
use case_core::wire::desk::{FlaggedRecord, Said};

use crate::Store;
use crate::db::{Conn, Row, args};
use crate::error::{Result, StoreError};
use crate::types::RaisedMatterRow;

/// Of a record with its receipt, in the order in which [`read`] takes it.
macro_rules! select {
    ($which:literal) => {
        concat!(
            "SELECT r.id, r.kind, a.name, p.received_at, p.flags, m.id, m.body, \
             (SELECT COUNT(*) FROM attachment f WHERE f.record = r.id AND f.state IN ('refused', 'lost')), r.body, p.raised \
             FROM record r JOIN receipt p ON p.record = r.id JOIN account a ON a.id = r.account \
             LEFT JOIN matter m ON m.id = r.matter WHERE ",
            $which
        )
    };
}

impl Store {
    /// Records about a matter, or that raised it, that did not fit, the latest first.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn flagged_records(&self, matter: MatterId) -> Result<Vec<FlaggedRecord>> {
        let sql = select!(
            "(r.matter = $1 OR r.id IN (SELECT record FROM attachment_matter WHERE matter = $1) \
             OR r.id IN (SELECT record FROM receipt WHERE flagged = 1 AND raised LIKE $2)) \
             AND (p.flagged = 1 OR EXISTS \
             (SELECT 1 FROM attachment f WHERE f.record = r.id AND f.state IN ('refused', 'lost'))) ORDER BY p.seq DESC"
        );
        let mut conn = self.read().await?;
        let rows = conn.all(sql, args![matter, format!("%{matter}%")]).await?;
        read_all(&mut conn, &rows).await
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
        let mut conn = self.read().await?;
        let rows = conn.all(sql, args![limit]).await?;
        read_all(&mut conn, &rows).await
    }
}

async fn read_all(conn: &mut Conn, rows: &[Row]) -> Result<Vec<FlaggedRecord>> {
    let mut found = Vec::with_capacity(rows.len());
    for row in rows {
        found.push(with_more(conn, row, read(row)?).await?);
    }
    Ok(found)
}

/// With the matter that it raised, when it names none. Of a matter, the file shows what was said; where
/// there is none, with its own words and those of the record that it corrects.
async fn with_more(conn: &mut Conn, row: &Row, flagged: FlaggedRecord) -> Result<FlaggedRecord> {
    if flagged.matter.is_some() {
        return Ok(flagged);
    }
    let raised: Vec<RaisedMatterRow> = row.json(9, "raised matters")?;
    if let Some(first) = raised.first() {
        let found = conn.optional("SELECT body FROM matter WHERE id = $1", args![first.matter]).await?;
        let title = found.map(|row| row.json::<Matter>(0, "a matter")).transpose()?.map(|m| m.registration.title);
        return Ok(FlaggedRecord { matter: Some(first.matter), title, ..flagged });
    }
    let record: Record = row.json(8, "a record")?;
    let corrects = match &record.payload {
        Payload::Correction(correction) => {
            let earlier = conn.optional("SELECT body FROM record WHERE id = $1", args![correction.corrects]).await?;
            let earlier = earlier.map(|row| row.json::<Record>(0, "a record")).transpose()?;
            earlier.and_then(|earlier| Said::by(&earlier.payload))
        }
        _ => None,
    };
    Ok(FlaggedRecord { says: Said::by(&record.payload), corrects, ..flagged })
}

fn read(row: &Row) -> Result<FlaggedRecord> {
    let kind = RecordKind::from_code(&row.text(1)?).ok_or(StoreError::Corrupt { what: "a kind of record" })?;
    let mut flags: Vec<Flag> = row.json(4, "flags")?;
    if row.int(7)? > 0 && !flags.contains(&Flag::FileLost) {
        flags.push(Flag::FileLost);
    }
    let matter = row.parsed_opt(5, "an id")?;
    let title = match matter {
        Some(_) => Some(row.json::<Matter>(6, "a matter")?.registration.title),
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
        says: None,
        corrects: None,
    })
}
