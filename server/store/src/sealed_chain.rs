//! The journals of the sealed channel: chained by hashes like those of matters, over what stands in plain and
//! the digest of what is sealed. The audit chain is told where each ends, as it is of the journals of matters:
//! so [`Store::verify`] finds what was altered, cut off or taken away behind the store's back; without the audit
//! chain [`Store::verify_sealed`] finds what was altered. Neither needs a key.

use std::collections::BTreeMap;

use case_core::digest::Digest;
use case_core::id::{AccountId, SealedReportId};
use case_core::sealed::{SealedStage, SealedStep};
use case_core::time::Moment;

use crate::Store;
use crate::db::{Conn, args};
use crate::error::{Result, StoreError};
use crate::sealed_officers::key_hash;
use crate::told::Known;
use crate::views::JournalCheck;

/// The hash of a line of a report's journal.
pub(crate) fn line_hash(
    previous: Option<&Digest>,
    seq: u32,
    at: Moment,
    by: AccountId,
    step: &str,
    sealed: &Digest,
) -> Digest {
    let line = format!(
        "{{\"seq\":{seq},\"at\":{},\"by\":\"{by}\",\"step\":\"{step}\",\"sealed\":\"{}\"}}",
        at.0,
        sealed.hex()
    );
    Digest::chained(previous, line.as_bytes())
}

/// What a look at a report's journal found.
pub(crate) struct SealedInspection {
    /// The report.
    pub(crate) id: SealedReportId,
    /// 编号.
    pub(crate) number: String,
    /// The last line that is there.
    pub(crate) length: u32,
    /// What does not fit, the first of it.
    pub(crate) check: JournalCheck,
}

impl Store {
    /// The reports whose journal is not whole, or does not tell what their row says. Needs no key.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn verify_sealed(&self) -> Result<Vec<(SealedReportId, JournalCheck)>> {
        let found = inspect_reports(&mut self.read().await?, &BTreeMap::new()).await?;
        Ok(found.into_iter().filter(|one| one.check != JournalCheck::Intact).map(|one| (one.id, one.check)).collect())
    }

    /// Whether the journal of the keys is whole: the first line that does not fit.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn verify_sealed_keys(&self) -> Result<Option<u32>> {
        inspect_keys(&mut self.read().await?, None).await
    }
}

/// Looks at the journals of all reports, against what the audit chain says of them. Needs no key.
pub(crate) async fn inspect_reports(
    conn: &mut Conn,
    told: &BTreeMap<SealedReportId, Known>,
) -> Result<Vec<SealedInspection>> {
    let sql = "SELECT r.id, r.stage, r.head, r.length, j.seq, j.at, j.by_account, j.step, j.sealed, j.hash, r.number \
               FROM sealed_report r LEFT JOIN sealed_journal j ON j.report = r.id ORDER BY r.id, j.seq";
    let rows = conn.all(sql, args![]).await?;
    let mut found = Vec::new();
    let mut rest = rows.as_slice();
    while let Some(first) = rest.first() {
        let id: SealedReportId = first.parsed(0, "a report's id")?;
        let known = told.get(&id);
        let (mut count, mut tail, mut stage) = (0, None::<(Digest, u32)>, None);
        let mut check = JournalCheck::Intact;
        for row in rest {
            if row.parsed::<SealedReportId>(0, "a report's id")? != id {
                break;
            }
            count += 1;
            let Some(seq) = row.int_opt(4)? else { continue };
            let expected = tail.as_ref().map_or(1, |(_, length)| length + 1);
            let step_code = row.text(7)?;
            let by = row.parsed(6, "an account's id")?;
            let previous = tail.as_ref().map(|(head, _)| head);
            let hash = line_hash(previous, expected, row.moment(5)?, by, &step_code, &row.digest(8)?);
            let vouched = known.is_none_or(|(at, head)| *at != expected || *head == hash);
            if check == JournalCheck::Intact && (seq != i64::from(expected) || row.text(9)? != hash.hex() || !vouched) {
                check = JournalCheck::BrokenAt(expected);
            }
            stage = match (stage, SealedStep::from_code(&step_code)) {
                (None, Some(SealedStep::Register)) => Some(SealedStage::Received),
                (Some(stage), Some(step)) => SealedStage::after(stage, step).ok(),
                _ => None,
            };
            tail = Some((hash, expected));
        }
        let (head, length): (Digest, u32) = (first.digest(2)?, first.count(3)?);
        let reaches = tail.map_or(0, |(_, length)| length);
        if check == JournalCheck::Intact {
            check = if reaches < length.max(known.map_or(0, |(at, _)| *at)) {
                JournalCheck::CutShort
            } else if tail != Some((head, length)) {
                JournalCheck::BrokenAt(reaches)
            } else if stage.map(SealedStage::code) != Some(first.text(1)?.as_str()) {
                JournalCheck::StateDiffers
            } else {
                JournalCheck::Intact
            };
        }
        found.push(SealedInspection { id, number: first.text(10)?, length: reaches, check });
        rest = rest.get(count..).ok_or(StoreError::Corrupt { what: "a journal" })?;
    }
    Ok(found)
}

/// Looks at the journal of the keys, against what the audit chain says of it: the first line that does not
/// fit or is not there.
pub(crate) async fn inspect_keys(conn: &mut Conn, known: Option<Known>) -> Result<Option<u32>> {
    let sql = "SELECT seq, at, account, by_account, deed, hash FROM sealed_key_journal ORDER BY seq";
    let (mut previous, mut length) = (None, 0);
    for row in conn.all(sql, args![]).await? {
        let expected = length + 1;
        let (account, by) = (row.parsed(2, "an account's id")?, row.parsed_opt(3, "an account's id")?);
        let hash = key_hash(previous.as_ref(), expected, row.moment(1)?, account, by, &row.text(4)?);
        let vouched = known.is_none_or(|(at, head)| at != expected || head == hash);
        if row.int(0)? != i64::from(expected) || row.text(5)? != hash.hex() || !vouched {
            return Ok(Some(expected));
        }
        (previous, length) = (Some(hash), expected);
    }
    Ok(known.filter(|(at, _)| *at > length).map(|_| length + 1))
}
