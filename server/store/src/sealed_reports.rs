//! 检举控告件: rows of which nothing can be read but number, day and stage, and the envelopes beside them.
//!
//! Everything here asks for the account on whose behalf it is asked, and joins with that account's copies:
//! what somebody has no copy of does not exist for them. No list, search or feed of matters knows these
//! tables.

use std::collections::BTreeSet;

use case_core::audit::{Deed, Trace};
use case_core::code::MatterNumber;
use case_core::digest::Digest;
use case_core::id::{AccountId, SealedReportId};
use case_core::sealed::{SealedRefusal, SealedStage, SealedStep};
use case_core::text::ShortText;
use case_core::time::Moment;
use case_core::wire::sealed::SealedRow;
use chrono::NaiveDate;

use crate::Store;
use crate::audit;
use crate::db::{Conn, Row, args};
use crate::error::{Result, StoreError};
use crate::sealed_chain::line_hash;
use crate::types::CodeHash;

/// An envelope for one officer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SealedCopy {
    /// Whose key opens it.
    pub account: AccountId,
    /// The envelope.
    pub envelope: Vec<u8>,
}

/// A line to be written: its words are in the copies only.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SealedEntry {
    /// Which step.
    pub step: SealedStep,
    /// The digest of what is sealed.
    pub sealed: Digest,
    /// One for each officer who may know of the report.
    pub copies: Vec<SealedCopy>,
}

/// A report to be registered.
#[derive(Clone, Debug)]
pub struct NewSealed {
    /// Made by the client.
    pub id: SealedReportId,
    /// 编号.
    pub number: MatterNumber,
    /// 收到日期.
    pub received_on: NaiveDate,
    /// Its query code.
    pub code: CodeHash,
    /// The keyed hash of its 口令.
    pub word: Digest,
    /// Who registers.
    pub by: AccountId,
    /// The first line.
    pub entry: SealedEntry,
}

/// The answer to a registration.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SealedRegistered {
    /// It is new.
    New,
    /// One with that id was there.
    AlreadyThere {
        /// Who registered it.
        by: AccountId,
        /// When.
        at: Moment,
        /// 编号.
        number: MatterNumber,
        /// Which issue of its code holds.
        issue: u32,
    },
}

/// A report as one officer may open it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SealedFile {
    /// What stands in plain.
    pub row: SealedRow,
    /// The lines of its journal, oldest first.
    pub notes: Vec<SealedNote>,
    /// Who has copies, with the key that further lines are sealed to.
    pub readers: Vec<(AccountId, Vec<u8>)>,
}

/// A line of a journal with the officer's own copy of its words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SealedNote {
    /// From 1.
    pub sequence: u32,
    /// The server's clock.
    pub at: Moment,
    /// Who.
    pub by: ShortText,
    /// Which step.
    pub step: SealedStep,
    /// The digest of what is sealed.
    pub sealed: Digest,
    /// The envelope.
    pub envelope: Vec<u8>,
}

/// What became of a further line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SealedAppended {
    /// Written; the row as it is now.
    Done(SealedRow),
    /// The rules refused.
    Refused(SealedRefusal),
    /// The copies are not for those who may know of it now: to be made anew.
    OtherReaders,
    /// There is none for this account.
    NotFound,
}

/// How a report stands, for whoever holds its code.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SealedStanding {
    /// Identity.
    pub id: SealedReportId,
    /// 编号.
    pub number: MatterNumber,
    /// 收到日期.
    pub received_on: NaiveDate,
    /// When it was handed over first.
    pub handed_over: Option<Moment>,
    /// The keyed hash of its 口令.
    pub word: Digest,
}

impl Store {
    /// Registers a report, once for its id.
    ///
    /// # Errors
    /// [`StoreError::NumberTaken`]: choose another number and code and call again.
    /// [`StoreError::UnknownReference`] for an account without a key.
    pub async fn register_sealed(&self, new: &NewSealed, now: Moment) -> Result<SealedRegistered> {
        let mut conn = self.write().await?;
        let hash = line_hash(None, 1, now, new.by, new.entry.step.code(), &new.entry.sealed);
        let made = conn
            .run(
                "INSERT INTO sealed_report (id, number, received_on, stage, code, issue, word, head, length) \
                 SELECT $1, $2, $3, $4, $5, $6, $7, $8, 1 \
                 WHERE NOT EXISTS (SELECT 1 FROM code_issue WHERE hash = $5) \
                 AND NOT EXISTS (SELECT 1 FROM code_reserve WHERE hash = $5) \
                 AND NOT EXISTS (SELECT 1 FROM matter WHERE number = $2) ON CONFLICT DO NOTHING",
                args![
                    new.id,
                    new.number.as_str(),
                    new.received_on,
                    SealedStage::Received.code(),
                    new.code.hash,
                    new.code.issue,
                    new.word,
                    hash,
                ],
            )
            .await?;
        if made == 0 {
            let sql = "SELECT j.by_account, j.at, r.number, r.issue FROM sealed_report r \
                       JOIN sealed_journal j ON j.report = r.id AND j.seq = 1 WHERE r.id = $1";
            let Some(row) = conn.optional(sql, args![new.id]).await? else { return Err(StoreError::NumberTaken) };
            return Ok(SealedRegistered::AlreadyThere {
                by: row.parsed(0, "an account's id")?,
                at: row.moment(1)?,
                number: row.checked(2, "a number")?,
                issue: row.count(3)?,
            });
        }
        write(&mut conn, new.id, 1, &new.entry, new.by, hash, now).await?;
        conn.commit().await?;
        Ok(SealedRegistered::New)
    }

    /// The reports of which an account has copies, the latest first.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn sealed_reports(&self, account: AccountId) -> Result<Vec<SealedRow>> {
        let sql = "SELECT r.id, r.number, r.received_on, r.stage, r.length FROM sealed_report r \
                   JOIN sealed_copy c ON c.report = r.id AND c.seq = 1 AND c.account = $1 \
                   ORDER BY r.received_on DESC, r.number DESC";
        self.read().await?.all(sql, args![account]).await?.iter().map(read_row).collect()
    }

    /// A report with the account's copies; none when it has none.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn sealed_file(&self, id: SealedReportId, account: AccountId) -> Result<Option<SealedFile>> {
        let mut conn = self.read().await?;
        let Some(row) = find(&mut conn, id, account).await? else { return Ok(None) };
        let sql = "SELECT j.seq, j.at, a.name, j.step, j.sealed, c.envelope FROM sealed_journal j \
                   JOIN account a ON a.id = j.by_account \
                   JOIN sealed_copy c ON c.report = j.report AND c.seq = j.seq AND c.account = $2 \
                   WHERE j.report = $1 AND j.seq <= $3 ORDER BY j.seq";
        let rows = conn.all(sql, args![id, account, row.length]).await?;
        let notes = rows
            .iter()
            .map(|row| {
                Ok(SealedNote {
                    sequence: row.count(0)?,
                    at: row.moment(1)?,
                    by: row.checked(2, "a name")?,
                    step: SealedStep::from_code(&row.text(3)?).ok_or(StoreError::Corrupt { what: "a step" })?,
                    sealed: row.digest(4)?,
                    envelope: row.bytes(5)?,
                })
            })
            .collect::<Result<_>>()?;
        let sql = "SELECT o.account, o.public FROM sealed_copy c JOIN sealed_officer o ON o.account = c.account \
                   WHERE c.report = $1 AND c.seq = 1 ORDER BY o.account";
        let rows = conn.all(sql, args![id]).await?;
        let readers =
            rows.iter().map(|row| Ok((row.parsed(0, "an account's id")?, row.bytes(1)?))).collect::<Result<_>>()?;
        Ok(Some(SealedFile { row, notes, readers }))
    }

    /// Writes a further line. `seen` is the length that the person saw; reading asks for none.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn append_sealed(
        &self,
        id: SealedReportId,
        by: AccountId,
        seen: Option<u32>,
        entry: &SealedEntry,
        now: Moment,
    ) -> Result<SealedAppended> {
        let mut conn = self.write().await?;
        let sql = "SELECT head FROM sealed_report WHERE id = $1";
        let Some(head) = conn.one_locked(sql, args![id]).await? else { return Ok(SealedAppended::NotFound) };
        let head = head.digest(0)?;
        let Some(row) = find(&mut conn, id, by).await? else { return Ok(SealedAppended::NotFound) };
        if seen.is_some_and(|seen| seen != row.length) {
            return Ok(SealedAppended::Refused(SealedRefusal::Stale));
        }
        let stage = match row.stage.after(entry.step) {
            Ok(stage) => stage,
            Err(why) => return Ok(SealedAppended::Refused(why)),
        };
        let rows = conn.all("SELECT account FROM sealed_copy WHERE report = $1 AND seq = 1", args![id]).await?;
        let readers: BTreeSet<AccountId> =
            rows.iter().map(|row| row.parsed(0, "an account's id")).collect::<Result<_>>()?;
        if readers != entry.copies.iter().map(|copy| copy.account).collect() {
            return Ok(SealedAppended::OtherReaders);
        }
        let length = row.length + 1;
        let hash = line_hash(Some(&head), length, now, by, entry.step.code(), &entry.sealed);
        write(&mut conn, id, length, entry, by, hash, now).await?;
        conn.run(
            "UPDATE sealed_report SET stage = $1, head = $2, length = $3 WHERE id = $4",
            args![stage.code(), hash, length, id],
        )
        .await?;
        conn.commit().await?;
        Ok(SealedAppended::Done(SealedRow { stage, length, ..row }))
    }

    /// How the report stands whose code has this hash.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn sealed_by_code(&self, hash: &Digest) -> Result<Option<SealedStanding>> {
        let sql = "SELECT r.id, r.number, r.received_on, r.word, \
                   (SELECT MIN(j.at) FROM sealed_journal j WHERE j.report = r.id AND j.step = $2) \
                   FROM sealed_report r WHERE r.code = $1";
        let row = self.read().await?.optional(sql, args![*hash, SealedStep::HandOver.code()]).await?;
        let Some(row) = row else { return Ok(None) };
        Ok(Some(SealedStanding {
            id: row.parsed(0, "a report's id")?,
            number: row.checked(1, "a number")?,
            received_on: row.parsed(2, "a day")?,
            word: row.digest(3)?,
            handed_over: row.int_opt(4)?.map(Moment),
        }))
    }
}

async fn find(conn: &mut Conn, id: SealedReportId, account: AccountId) -> Result<Option<SealedRow>> {
    let sql = "SELECT r.id, r.number, r.received_on, r.stage, r.length FROM sealed_report r \
               JOIN sealed_copy c ON c.report = r.id AND c.seq = 1 AND c.account = $2 WHERE r.id = $1";
    conn.optional(sql, args![id, account]).await?.as_ref().map(read_row).transpose()
}

fn read_row(row: &Row) -> Result<SealedRow> {
    Ok(SealedRow {
        id: row.parsed(0, "a report's id")?,
        number: row.checked(1, "a number")?,
        received_on: row.parsed(2, "a day")?,
        stage: SealedStage::from_code(&row.text(3)?).ok_or(StoreError::Corrupt { what: "a stage" })?,
        length: row.count(4)?,
        // The calendar is not the store's to know.
        hand_over: None,
    })
}

async fn write(
    conn: &mut Conn,
    id: SealedReportId,
    seq: u32,
    entry: &SealedEntry,
    by: AccountId,
    hash: Digest,
    now: Moment,
) -> Result<()> {
    conn.run(
        "INSERT INTO sealed_journal (report, seq, at, by_account, step, sealed, hash) \
         VALUES ($1, $2, $3, $4, $5, $6, $7)",
        args![id, seq, now, by, entry.step.code(), entry.sealed, hash],
    )
    .await?;
    let rows = entry.copies.iter().map(|copy| args![id, seq, copy.account, copy.envelope.clone()]).collect();
    conn.insert("INSERT INTO sealed_copy (report, seq, account, envelope) VALUES", rows, "").await?;
    let moved = Deed::SealedMoved { report: id, step: entry.step, length: seq, head: hash };
    audit::append(conn, Trace::by(by, now), &moved).await
}
