//! 出具的报表: 台账, 月研判清单, 领导实绩档案, 年度报告, issued once and read for ever.
//!
//! All of them are issued one after the other: a counter is held from the first statement to the end of the
//! transaction, so neither numbers nor versions have gaps or doubles. A report of the same kind about the same time,
//! place or person is the next version of the one before: it keeps the number, names what it replaces and says why.
//! Nothing here changes or removes one, and the database refuses it too.

use case_core::audit::{Deed, Trace};
use case_core::digest::Digest;
use case_core::id::{AccountId, DocumentId, MatterId};
use case_core::matter::{Matter, Stage};
use case_core::report::{ReportKind, report_number};
use case_core::text::Paragraph;
use case_core::time::Moment;
use case_core::wire::reports::{FrozenReport, IssuedReport};
use sqlx::AssertSqlSafe;

use crate::Store;
use crate::audit;
use crate::db::{Arg, Conn, Row, args, from_json, placeholders, to_json};
use crate::documents::digest_of;
use crate::error::{Result, StoreError};
use crate::feed::raise_counter;

/// Held while one is issued.
const ISSUING: &str = "report_papers";

/// Numbers in one statement.
const NUMBERS: usize = 200;

/// A report to be issued.
#[derive(Clone, Debug)]
pub struct NewReport {
    /// Made by the client.
    pub id: DocumentId,
    /// Its kind.
    pub kind: ReportKind,
    /// Of what: the same for all versions.
    pub subject: String,
    /// In which year it is numbered.
    pub year: i32,
    /// What stands on it.
    pub content: FrozenReport,
    /// The version that the person saw as the last.
    pub after: Option<DocumentId>,
    /// Why it takes its place.
    pub reason: Option<Paragraph>,
    /// The keyed hash of its proof.
    pub token: Digest,
    /// By whom.
    pub by: AccountId,
    /// The server's clock.
    pub now: Moment,
}

/// What became of an issue.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ReportIssuing {
    /// Issued, now or at an earlier sending.
    Done(Box<IssuedReport>),
    /// Somebody else issued a version meanwhile, or there is none that it could follow.
    NotTheLast,
    /// A new version needs a reason.
    NoReason,
    /// The last version says the same: which it is.
    Same(u16),
}

/// An issued report with what stands on it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredReport {
    /// What is known of it.
    pub row: IssuedReport,
    /// 发文机关.
    pub organ: String,
    /// What stands on it.
    pub content: FrozenReport,
    /// Of number, version, day and content.
    pub digest: Digest,
    /// Whether the digest is still that of what is stored.
    pub intact: bool,
}

const COLUMNS: &str = "SELECT r.id, r.kind, r.number, r.version, r.title, r.issued_at, a.name, r.reason, n.version, r.organ, \
                       r.content, r.digest FROM report_paper r JOIN account a ON a.id = r.issued_by \
                       LEFT JOIN report_paper n ON n.replaces = r.id";

impl Store {
    /// Issues a report, once for its id.
    ///
    /// # Errors
    /// [`StoreError::DocumentIdTaken`] when the id is another's.
    pub async fn issue_report(&self, new: &NewReport) -> Result<ReportIssuing> {
        let mut conn = self.write().await?;
        match issue(&mut conn, new).await {
            Ok(ReportIssuing::Done(row)) => {
                conn.commit().await?;
                Ok(ReportIssuing::Done(row))
            }
            other => {
                conn.roll_back().await?;
                other
            }
        }
    }

    /// Archived matters by their ids, after the one that is named.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn matters_archived(&self, after: Option<MatterId>, limit: u32) -> Result<Vec<Matter>> {
        let after = after.map_or_else(String::new, |id| id.to_string());
        let sql = "SELECT m.body FROM matter_index x JOIN matter m ON m.id = x.matter \
                   WHERE x.stage = $1 AND x.matter > $2 ORDER BY x.matter LIMIT $3";
        let rows = self.read().await?.all(sql, args![Stage::Archived.code(), after, limit]).await?;
        rows.iter().map(|row| row.json(0, "a matter")).collect()
    }

    /// The matters with these numbers; those that there are.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn matters_numbered(&self, numbers: &[&str]) -> Result<Vec<MatterId>> {
        let mut conn = self.read().await?;
        let mut found = Vec::new();
        for part in numbers.chunks(NUMBERS) {
            let sql = format!("SELECT id FROM matter WHERE number IN ({}) ORDER BY id", placeholders(1, part.len()));
            let rows = conn.all(AssertSqlSafe(sql), part.iter().map(|number| Arg::from(*number)).collect()).await?;
            for row in &rows {
                found.push(row.parsed(0, "a matter's id")?);
            }
        }
        Ok(found)
    }

    /// All versions of a report of one subject, the latest first.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn reports_of(&self, subject: &str) -> Result<Vec<IssuedReport>> {
        let sql = format!("{COLUMNS} WHERE r.subject = $1 ORDER BY r.version DESC");
        let rows = self.read().await?.all(AssertSqlSafe(sql), args![subject]).await?;
        rows.iter().map(row_of).collect()
    }

    /// The last versions of all reports, the latest first.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn issued_reports(&self, limit: u32) -> Result<Vec<IssuedReport>> {
        let sql = format!("{COLUMNS} WHERE n.id IS NULL ORDER BY r.issued_at DESC, r.id DESC LIMIT $1");
        let rows = self.read().await?.all(AssertSqlSafe(sql), args![limit]).await?;
        rows.iter().map(row_of).collect()
    }

    /// A version of a report.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn issued_report(&self, id: DocumentId) -> Result<Option<StoredReport>> {
        find(&mut self.read().await?, "r.id", id.to_string()).await
    }

    /// The version whose proof has this hash.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn report_by_token(&self, token: &Digest) -> Result<Option<StoredReport>> {
        find(&mut self.read().await?, "r.token", token.hex()).await
    }
}

async fn issue(conn: &mut Conn, new: &NewReport) -> Result<ReportIssuing> {
    raise_counter(conn, ISSUING, 1).await?;
    if let Some(known) = find(conn, "r.id", new.id.to_string()).await? {
        let same = known.row.kind == new.kind && subject_of(conn, new.id).await? == new.subject;
        return if same { Ok(ReportIssuing::Done(Box::new(known.row))) } else { Err(StoreError::DocumentIdTaken) };
    }
    if conn.one("SELECT COUNT(*) FROM document WHERE id = $1", args![new.id]).await?.int(0)? > 0 {
        return Err(StoreError::DocumentIdTaken);
    }
    let sql = "SELECT id FROM report_paper WHERE subject = $1 ORDER BY version DESC LIMIT 1";
    let last: Option<DocumentId> = match conn.optional(sql, args![new.subject.as_str()]).await? {
        Some(row) => Some(row.parsed(0, "a report's id")?),
        None => None,
    };
    if last != new.after {
        return Ok(ReportIssuing::NotTheLast);
    }
    let organ = new.content.sheet.organ.as_str();
    let sequence = format!("office:{}:{}", new.kind.word(), new.year);
    let (sequence, serial, version, number) = match last {
        Some(last) => {
            let before = find(conn, "r.id", last.to_string()).await?.ok_or(StoreError::Corrupt { what: "a report" })?;
            if new.reason.is_none() {
                return Ok(ReportIssuing::NoReason);
            }
            if says(&before.content) == says(&new.content) {
                return Ok(ReportIssuing::Same(before.row.version));
            }
            let row = conn.one("SELECT sequence, serial FROM report_paper WHERE id = $1", args![last]).await?;
            (row.text(0)?, row.int(1)?, before.row.version + 1, before.row.number)
        }
        None => {
            let serial = raise_counter(conn, &format!("document:{sequence}"), 1).await?;
            let number = report_number(organ, new.kind, new.year, serial);
            (sequence, serial, 1, number)
        }
    };
    let body = to_json(&new.content)?;
    let digest = digest_of(&number, version, new.now, &body);
    // The first version takes nobody's place, whatever was written.
    let reason = new.reason.clone().filter(|_| last.is_some());
    conn.run(
        "INSERT INTO report_paper (id, kind, subject, sequence, serial, version, number, organ, title, issued_at, \
         issued_by, replaces, reason, content, digest, token) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)",
        args![
            new.id,
            new.kind.code(),
            new.subject.as_str(),
            sequence,
            serial,
            u32::from(version),
            number.as_str(),
            organ,
            new.content.sheet.title.as_str(),
            new.now,
            new.by,
            last,
            reason.map(String::from),
            body,
            digest,
            new.token,
        ],
    )
    .await?;
    let issued = Deed::ReportIssued { paper: new.id, kind: new.kind, number, version, digest, replaces: last };
    audit::append(conn, Trace::by(new.by, new.now), &issued).await?;
    let stored = find(conn, "r.id", new.id.to_string()).await?;
    Ok(ReportIssuing::Done(Box::new(stored.ok_or(StoreError::Corrupt { what: "a report just written" })?.row)))
}

/// All but the day on which it was made.
fn says(content: &FrozenReport) -> FrozenReport {
    let mut content = content.clone();
    content.sheet.made_on = chrono::NaiveDate::MIN;
    content
}

async fn subject_of(conn: &mut Conn, id: DocumentId) -> Result<String> {
    conn.one("SELECT subject FROM report_paper WHERE id = $1", args![id]).await?.text(0)
}

async fn find(conn: &mut Conn, column: &'static str, value: String) -> Result<Option<StoredReport>> {
    let sql = format!("{COLUMNS} WHERE {column} = $1");
    let Some(row) = conn.optional(AssertSqlSafe(sql), args![value]).await? else { return Ok(None) };
    let (known, organ, body, digest) = (row_of(&row)?, row.text(9)?, row.text(10)?, row.digest(11)?);
    let intact = digest_of(&known.number, known.version, known.issued_at, &body) == digest;
    Ok(Some(StoredReport { content: from_json(&body, "a report")?, row: known, organ, digest, intact }))
}

fn row_of(row: &Row) -> Result<IssuedReport> {
    let replaced_by = row.int_opt(8)?.map(u16::try_from).transpose();
    Ok(IssuedReport {
        id: row.parsed(0, "a report's id")?,
        kind: ReportKind::from_code(&row.text(1)?).ok_or(StoreError::Corrupt { what: "a kind of report" })?,
        number: row.text(2)?,
        version: row.count(3)?,
        title: row.text(4)?,
        issued_at: row.moment(5)?,
        issued_by: row.checked(6, "a name")?,
        reason: row.checked_opt(7, "a reason")?,
        replaced_by: replaced_by.map_err(|_| StoreError::Corrupt { what: "a version" })?,
    })
}
