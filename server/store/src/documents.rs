//! 文书: issued once, read for ever.
//!
//! The steps of issuing one:
//! 1. The matter's row is locked, so that papers of one matter are issued one after the other.
//! 2. The id is looked up: an earlier sending is answered again. Another use of the id is an error.
//! 3. What it replaces must be the last version of a document of the same matter and kind; and of a kind
//!    of which there is one in a round, a second is refused unless it replaces the first.
//! 4. The caller fills it from the matter *as it is now*; what it lacks ends everything.
//! 5. A new version keeps the number. A new document takes the next of its sequence from a counter that is
//!    held until the end of the transaction: so a sequence has no gaps and no doubles, whoever fails.
//! 6. The row is written, and an entry of the audit chain with its digest; commit. There is no statement here that changes or removes one.

use std::collections::BTreeMap;

use case_core::audit::{Deed, Trace};
use case_core::digest::Digest;
use case_core::document::{Content, DocumentKind, Lack, document_number};
use case_core::id::{AccountId, DocumentId, MatterId};
use case_core::matter::Matter;
use case_core::text::{Paragraph, ShortText};
use case_core::time::Moment;

use crate::Store;
use crate::audit;
use crate::db::{Conn, Row, args, from_json, to_json};
use crate::error::{Result, StoreError};
use crate::feed::raise_counter;
use crate::matters::hold;

/// Documents that are looked at together.
const PAGE: i64 = 100;

/// A document to be issued.
#[derive(Clone, Debug)]
pub struct NewDocument {
    /// Made by the client.
    pub id: DocumentId,
    /// Of which matter.
    pub matter: MatterId,
    /// Its kind.
    pub kind: DocumentKind,
    /// Names the organ in its sequence of numbers: stays when the organ is renamed.
    pub organ_key: String,
    /// In which year it is numbered.
    pub year: i32,
    /// The version whose place it takes, and why.
    pub replaces: Option<(DocumentId, Paragraph)>,
    /// The keyed hash of its proof.
    pub token: Digest,
    /// By whom.
    pub by: AccountId,
    /// The server's clock.
    pub now: Moment,
}

/// How a document is filled: pure, called inside the transaction with the matter as it is.
pub type Fill<'a> = &'a (dyn Fn(&Matter) -> std::result::Result<Content, Vec<Lack>> + Send + Sync);

/// What became of an issue.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Issuing {
    /// Issued, now or at an earlier sending.
    Done(Box<DocumentRow>),
    /// It lacks something.
    Lacks(Vec<Lack>),
    /// There is one already; only its next version is possible.
    ThereIsOne,
    /// What it is to replace was replaced already, or is another document.
    NotTheLast,
    /// There is no such matter.
    NotFound,
}

/// A version of a document, without its content.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DocumentRow {
    /// Identity.
    pub id: DocumentId,
    /// Of which matter.
    pub matter: MatterId,
    /// Its kind.
    pub kind: DocumentKind,
    /// The round of the matter in which it was issued.
    pub round: u16,
    /// 文号.
    pub number: String,
    /// From 1.
    pub version: u16,
    /// 标题.
    pub title: String,
    /// When.
    pub issued_at: Moment,
    /// By whom.
    pub issued_by: ShortText,
    /// Why it took the place of the version before.
    pub reason: Option<Paragraph>,
    /// The version that took its place.
    pub replaced_by: Option<u16>,
}

/// A version of a document with what stands on it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredDocument {
    /// What is known of it.
    pub row: DocumentRow,
    /// What stands on it.
    pub content: Content,
    /// Of number, version, day and content.
    pub digest: Digest,
    /// Whether the digest is still that of what is stored.
    pub intact: bool,
}

const COLUMNS: &str = "SELECT d.id, d.matter, d.kind, d.round, d.number, d.version, d.title, d.issued_at, a.name, d.reason, \
                       n.version, d.content, d.digest FROM document d JOIN account a ON a.id = d.issued_by \
                       LEFT JOIN document n ON n.replaces = d.id";

impl Store {
    /// Issues a document, once for its id.
    ///
    /// # Errors
    /// [`StoreError::DocumentIdTaken`] when the id is another document's.
    pub async fn issue_document(&self, new: &NewDocument, fill: Fill<'_>) -> Result<Issuing> {
        let mut conn = self.write().await?;
        match issue(&mut conn, new, fill).await {
            Ok(Issuing::Done(row)) => {
                conn.commit().await?;
                Ok(Issuing::Done(row))
            }
            other => {
                conn.roll_back().await?;
                other
            }
        }
    }

    /// All versions of all documents of a matter, the oldest first.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn documents_of(&self, matter: MatterId) -> Result<Vec<DocumentRow>> {
        let sql = format!("{COLUMNS} WHERE d.matter = $1 ORDER BY d.issued_at, d.id");
        let rows = self.read().await?.all(sqlx::AssertSqlSafe(sql), args![matter]).await?;
        rows.iter().map(row_of).collect()
    }

    /// A version of a document.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn document(&self, id: DocumentId) -> Result<Option<StoredDocument>> {
        find(&mut self.read().await?, "d.id", id.to_string()).await
    }

    /// The version whose proof has this hash.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn document_by_token(&self, token: &Digest) -> Result<Option<StoredDocument>> {
        find(&mut self.read().await?, "d.token", token.hex()).await
    }

    /// The content of the last opinion that an organ issued: some of it is the same in the next.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn last_content(&self, kind: DocumentKind, organ: &str) -> Result<Option<Content>> {
        let sql =
            "SELECT content FROM document WHERE kind = $1 AND organ = $2 ORDER BY issued_at DESC, id DESC LIMIT 1";
        let row = self.read().await?.optional(sql, args![kind.code(), organ]).await?;
        row.map(|row| row.json(0, "a document")).transpose()
    }
}

async fn issue(conn: &mut Conn, new: &NewDocument, fill: Fill<'_>) -> Result<Issuing> {
    let Some(held) = hold(conn, new.matter).await? else { return Ok(Issuing::NotFound) };
    if let Some(known) = find(conn, "d.id", new.id.to_string()).await? {
        let same = known.row.matter == new.matter && known.row.kind == new.kind;
        return if same { Ok(Issuing::Done(Box::new(known.row))) } else { Err(StoreError::DocumentIdTaken) };
    }
    let round = held.matter.round;
    let sequence = format!("{}:{}:{}", new.organ_key, new.kind.row().word, new.year);
    let before = match &new.replaces {
        Some((replaced, _)) => match replaceable(conn, new, *replaced).await? {
            Some(before) => Some(before),
            None => return Ok(Issuing::NotTheLast),
        },
        None if new.kind.row().single && has_one(conn, new, round).await? => return Ok(Issuing::ThereIsOne),
        None => None,
    };
    let content = match fill(&held.matter) {
        Ok(content) => content,
        Err(lacks) => return Ok(Issuing::Lacks(lacks)),
    };
    let Numbered { sequence, serial, version, number } = match before {
        Some(before) => Numbered { version: before.version + 1, ..before },
        None => {
            let serial = raise_counter(conn, &format!("document:{sequence}"), 1).await?;
            let number = document_number(&content.organ, new.kind, new.year, serial);
            Numbered { sequence, serial, version: 1, number }
        }
    };
    let body = to_json(&content)?;
    let digest = digest_of(&number, version, new.now, &body);
    let (replaces, reason) = new.replaces.clone().unzip();
    conn.run(
        "INSERT INTO document (id, matter, kind, round, sequence, serial, version, number, organ, title, issued_at, \
         issued_by, replaces, reason, content, digest, token) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)",
        args![
            new.id,
            new.matter,
            new.kind.code(),
            u32::from(round),
            sequence,
            serial,
            u32::from(version),
            number.as_str(),
            content.organ.as_str(),
            content.title.as_str(),
            new.now,
            new.by,
            replaces,
            reason.map(String::from),
            body,
            digest,
            new.token,
        ],
    )
    .await?;
    let issued = Deed::DocumentIssued {
        document: new.id,
        matter: new.matter,
        kind: new.kind,
        number,
        version,
        digest,
        replaces,
    };
    audit::append(conn, Trace::by(new.by, new.now), &issued).await?;
    let stored = find(conn, "d.id", new.id.to_string()).await?;
    let row = stored.ok_or(StoreError::Corrupt { what: "a document just written" })?.row;
    Ok(Issuing::Done(Box::new(row)))
}

/// Where a document stands in its sequence.
struct Numbered {
    sequence: String,
    serial: i64,
    version: u16,
    number: String,
}

/// The version that may be replaced: the last one, of the same matter and kind.
async fn replaceable(conn: &mut Conn, new: &NewDocument, replaced: DocumentId) -> Result<Option<Numbered>> {
    let sql = "SELECT sequence, serial, version, number FROM document d WHERE id = $1 AND matter = $2 AND kind = $3 \
               AND NOT EXISTS (SELECT 1 FROM document n WHERE n.replaces = d.id)";
    let row = conn.optional(sql, args![replaced, new.matter, new.kind.code()]).await?;
    row.map(|row| {
        Ok(Numbered { sequence: row.text(0)?, serial: row.int(1)?, version: row.count(2)?, number: row.text(3)? })
    })
    .transpose()
}

async fn has_one(conn: &mut Conn, new: &NewDocument, round: u16) -> Result<bool> {
    let sql = "SELECT COUNT(*) FROM document WHERE matter = $1 AND kind = $2 AND round = $3";
    Ok(conn.one(sql, args![new.matter, new.kind.code(), u32::from(round)]).await?.int(0)? > 0)
}

/// Covers what a reader of the paper can compare: number, version, day and every word.
fn digest_of(number: &str, version: u16, at: Moment, body: &str) -> Digest {
    let head = format!("{number}\n{version}\n{}\n", at.0);
    Digest::chained(Some(&Digest::of_bytes(head.as_bytes())), body.as_bytes())
}

/// A document that is not what it was.
pub(crate) struct SpoiltDocument {
    /// 文号, as it stands there.
    pub(crate) number: String,
    /// Which version.
    pub(crate) version: u16,
}

/// Looks at all documents against their own digests and those that the audit chain tells; what it tells and
/// is not there stays in `told`.
pub(crate) async fn inspect(
    conn: &mut Conn,
    told: &mut BTreeMap<DocumentId, Digest>,
    spoilt: &mut (dyn FnMut(SpoiltDocument) + Send),
) -> Result<u64> {
    let (mut count, mut after) = (0, String::new());
    loop {
        let sql = "SELECT id, number, version, issued_at, content, digest FROM document WHERE id > $1 \
                   ORDER BY id LIMIT $2";
        let rows = conn.all(sql, args![after.as_str(), PAGE]).await?;
        let Some(last) = rows.last() else { return Ok(count) };
        after = last.text(0)?;
        for row in &rows {
            let (number, version, digest) = (row.text(1)?, row.count(2)?, row.text(5)?);
            let right = digest_of(&number, version, row.moment(3)?, &row.text(4)?).hex() == digest;
            let known = told.remove(&row.parsed(0, "a document's id")?);
            if !right || known.is_some_and(|known| known.hex() != digest) {
                spoilt(SpoiltDocument { number, version });
            }
            count += 1;
        }
    }
}

async fn find(conn: &mut Conn, column: &'static str, value: String) -> Result<Option<StoredDocument>> {
    let sql = format!("{COLUMNS} WHERE {column} = $1");
    let Some(row) = conn.optional(sqlx::AssertSqlSafe(sql), args![value]).await? else { return Ok(None) };
    let (known, body, digest) = (row_of(&row)?, row.text(11)?, row.digest(12)?);
    let intact = digest_of(&known.number, known.version, known.issued_at, &body) == digest;
    Ok(Some(StoredDocument { content: from_json(&body, "a document")?, row: known, digest, intact }))
}

fn row_of(row: &Row) -> Result<DocumentRow> {
    let kind = DocumentKind::from_code(&row.text(2)?).ok_or(StoreError::Corrupt { what: "a kind of document" })?;
    let replaced_by = row.int_opt(10)?.map(u16::try_from).transpose();
    Ok(DocumentRow {
        id: row.parsed(0, "a document's id")?,
        matter: row.parsed(1, "a matter's id")?,
        kind,
        round: row.count(3)?,
        number: row.text(4)?,
        version: row.count(5)?,
        title: row.text(6)?,
        issued_at: row.moment(7)?,
        issued_by: row.checked(8, "a name")?,
        reason: row.checked_opt(9, "a reason")?,
        replaced_by: replaced_by.map_err(|_| StoreError::Corrupt { what: "a version" })?,
    })
}
