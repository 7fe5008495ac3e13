//! The chain of the receipts: each link covers the receipt before it, the receipt, all columns of its record
//! and the digest of the record's content. Whoever changes, removes or puts in a record must redo every
//! link that follows; [`crate::verify`] finds the first that does not fit.

use case_core::digest::Digest;
use serde::Serialize;

use crate::db::{Conn, Row, args, to_json};
use crate::error::Result;
use crate::types::{RecordEnvelope, RecordNames};

/// Links that are made at a time.
const PAGE: i64 = 500;

/// What a link covers, in the words of the tables.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct ReceiptRow {
    pub(crate) seq: i64,
    pub(crate) record: String,
    received_at: i64,
    pub(crate) flags: String,
    pub(crate) raised: String,
    account: String,
    kind: String,
    device: String,
    device_seq: i64,
    made_at: i64,
    matter: Option<String>,
    household: Option<String>,
    pub(crate) digest: String,
}

/// The columns of [`ReceiptRow::read`].
macro_rules! select_receipt {
    ($more:literal, $rest:literal) => {
        concat!(
            "SELECT p.seq, p.record, p.received_at, p.flags, p.raised, p.link, r.account, r.kind, r.device, \
             r.device_seq, r.made_at, r.matter, r.household, r.digest",
            $more,
            " FROM receipt p LEFT JOIN record r ON r.id = p.record ",
            $rest
        )
    };
}
pub(crate) use select_receipt;

impl ReceiptRow {
    pub(crate) fn of(
        envelope: &RecordEnvelope<'_>,
        names: RecordNames,
        seq: i64,
        flags: String,
        raised: String,
    ) -> Self {
        let record = envelope.record;
        Self {
            seq,
            record: record.id.to_string(),
            received_at: envelope.now.0,
            flags,
            raised,
            account: envelope.account.to_string(),
            kind: record.payload.kind().code().to_owned(),
            device: record.device.to_string(),
            device_seq: i64::try_from(record.sequence).unwrap_or(i64::MAX),
            made_at: record.made_at.0,
            matter: names.matter.map(|id| id.to_string()),
            household: names.household.map(|id| id.to_string()),
            digest: envelope.digest.hex(),
        }
    }

    /// Reads [`select_receipt`]; nothing when the receipt's record is not there.
    pub(crate) fn read(row: &Row) -> Result<Option<Self>> {
        let Some(account) = row.text_opt(6)? else { return Ok(None) };
        Ok(Some(Self {
            seq: row.int(0)?,
            record: row.text(1)?,
            received_at: row.int(2)?,
            flags: row.text(3)?,
            raised: row.text(4)?,
            account,
            kind: row.text(7)?,
            device: row.text(8)?,
            device_seq: row.int(9)?,
            made_at: row.int(10)?,
            matter: row.text_opt(11)?,
            household: row.text_opt(12)?,
            digest: row.text(13)?,
        }))
    }

    /// Its link to the one before.
    pub(crate) fn link(&self, before: Option<&Digest>) -> Result<Digest> {
        Ok(Digest::chained(before, to_json(self)?.as_bytes()))
    }
}

/// The link of the receipt before; none when that is not there.
pub(crate) async fn before(conn: &mut Conn, seq: i64) -> Result<Option<Digest>> {
    let row = conn.optional("SELECT link FROM receipt WHERE seq = $1", args![seq - 1]).await?;
    Ok(row.map(|row| row.text(0)).transpose()?.and_then(|link| Digest::from_hex(&link)))
}

/// Chains receipts of an earlier schema.
pub(crate) async fn chain_all(conn: &mut Conn) -> Result<()> {
    let (mut after, mut last) = (0_i64, None);
    loop {
        let sql = select_receipt!("", "WHERE p.seq > $1 ORDER BY p.seq LIMIT $2");
        let rows = conn.all(sql, args![after, PAGE]).await?;
        if rows.is_empty() {
            return Ok(());
        }
        for row in &rows {
            after = row.int(0)?;
            let Some(receipt) = ReceiptRow::read(row)? else { continue };
            let link = receipt.link(last.as_ref())?;
            conn.run("UPDATE receipt SET link = $1 WHERE seq = $2", args![link, after]).await?;
            last = Some(link);
        }
    }
}
