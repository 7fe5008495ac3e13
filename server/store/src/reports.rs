//! What ledgers and reports are counted from. Every reading is a page of bounded size, in the order of ids or
//! of time; who counts goes through the pages and keeps what figures need.

use std::collections::BTreeMap;

use case_core::document::{Content, DocumentKind};
use case_core::field::{Record, RecordKind};
use case_core::id::{AccountId, MatterId};
use case_core::matter::Matter;
use case_core::place::DivisionCode;
use case_core::time::Moment;
use case_core::wire::sync::HouseholdCard;
use chrono::NaiveDate;
use sqlx::AssertSqlSafe;

use crate::Store;
use crate::db::{Arg, args, placeholders};
use crate::error::{Result, StoreError};

/// Documents of a period that are read at most; a county issues some thousands a year.
const MOST_DOCUMENTS: u32 = 20_000;

/// A document as reports count it: the last version of each.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReportedDocument {
    /// Its kind.
    pub kind: DocumentKind,
    /// Of which matter.
    pub matter: MatterId,
    /// 文号.
    pub number: String,
    /// When.
    pub issued_at: Moment,
    /// What stands on it.
    pub content: Content,
}

impl Store {
    /// Matters received until a day, by their ids, after the one that is named.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn matters_received(&self, until: NaiveDate, after: Option<MatterId>, limit: u32) -> Result<Vec<Matter>> {
        let after = after.map_or_else(String::new, |id| id.to_string());
        let sql = "SELECT m.body FROM matter_index x JOIN matter m ON m.id = x.matter \
                   WHERE x.matter > $1 AND x.received <= $2 ORDER BY x.matter LIMIT $3";
        let rows = self.read().await?.all(sql, args![after, until, limit]).await?;
        rows.iter().map(|row| row.json(0, "a matter")).collect()
    }

    /// Records of some kinds that one official made from a moment until before another, by time. `after` is the
    /// last of the page before.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn records_by(
        &self,
        account: AccountId,
        kinds: &[RecordKind],
        (from, until): (Moment, Moment),
        after: Option<&Record>,
        limit: u32,
    ) -> Result<Vec<Record>> {
        let list = placeholders(7, kinds.len());
        let sql = format!(
            "SELECT body FROM record WHERE account = $1 AND made_at >= $2 AND made_at < $3 \
             AND (made_at > $4 OR (made_at = $4 AND id > $5)) AND kind IN ({list}) ORDER BY made_at, id LIMIT $6"
        );
        let last = after.map_or((i64::MIN, String::new()), |record| (record.made_at.0, record.id.to_string()));
        let mut values = args![account, from, until, last.0, last.1, limit];
        values.extend(kinds.iter().map(|kind| Arg::from(kind.code())));
        let rows = self.read().await?.all(AssertSqlSafe(sql), values).await?;
        rows.iter().map(|row| row.json(0, "a record")).collect()
    }

    /// 公开意愿: the matters whose petitioner agrees, and whether each is published now.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn public_answers(&self) -> Result<BTreeMap<MatterId, bool>> {
        let sql = "SELECT w.matter, p.id FROM publication_wish w \
                   LEFT JOIN publication p ON p.matter = w.matter AND p.state = 'published' WHERE w.willing = 1";
        let rows = self.read().await?.all(sql, args![]).await?;
        rows.iter().map(|row| Ok((row.parsed(0, "a matter's id")?, row.text_opt(1)?.is_some()))).collect()
    }

    /// Households of an area, or all, in the order of places and ids, after the one that is named: id, village, 户主.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn households_in(
        &self,
        area: Option<&DivisionCode>,
        after: Option<&HouseholdCard>,
        limit: u32,
    ) -> Result<Vec<HouseholdCard>> {
        let (from, to) = match area {
            // All codes that begin with this one: ':' is the character after '9'.
            Some(area) => (area.as_str().to_owned(), format!("{area}:")),
            None => (String::new(), ":".to_owned()),
        };
        let last = after.map_or_else(Default::default, |card| (card.division.as_str().to_owned(), card.id.to_string()));
        let sql = "SELECT body FROM household WHERE division >= $1 AND division < $2 \
                   AND (division > $3 OR (division = $3 AND id > $4)) ORDER BY division, id LIMIT $5";
        let rows = self.read().await?.all(sql, args![from, to, last.0, last.1, limit]).await?;
        rows.iter().map(|row| row.json(0, "a household")).collect()
    }

    /// Records of one kind made from a moment until before another, by time; `after` is the last of the page before.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn records_of_kind(
        &self,
        kind: RecordKind,
        (from, until): (Moment, Moment),
        after: Option<&Record>,
        limit: u32,
    ) -> Result<Vec<Record>> {
        let sql = "SELECT body FROM record WHERE kind = $1 AND made_at >= $2 AND made_at < $3 \
                   AND (made_at > $4 OR (made_at = $4 AND id > $5)) ORDER BY made_at, id LIMIT $6";
        let last = after.map_or((i64::MIN, String::new()), |record| (record.made_at.0, record.id.to_string()));
        let values = args![kind.code(), from, until, last.0, last.1, limit];
        let rows = self.read().await?.all(sql, values).await?;
        rows.iter().map(|row| row.json(0, "a record")).collect()
    }

    /// The last versions of documents of some kinds, issued from a moment until before another, by time.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn documents_of_kinds(
        &self,
        kinds: &[DocumentKind],
        (from, until): (Moment, Moment),
    ) -> Result<Vec<ReportedDocument>> {
        let list = placeholders(4, kinds.len());
        let sql = format!(
            "SELECT d.kind, d.matter, d.number, d.issued_at, d.content FROM document d \
             WHERE d.kind IN ({list}) AND d.issued_at >= $1 AND d.issued_at < $2 \
             AND NOT EXISTS (SELECT 1 FROM document n WHERE n.replaces = d.id) ORDER BY d.issued_at, d.id LIMIT $3"
        );
        let mut values = args![from, until, MOST_DOCUMENTS];
        values.extend(kinds.iter().map(|kind| Arg::from(kind.code())));
        let rows = self.read().await?.all(AssertSqlSafe(sql), values).await?;
        rows.iter()
            .map(|row| {
                let kind = DocumentKind::from_code(&row.text(0)?);
                Ok(ReportedDocument {
                    kind: kind.ok_or(StoreError::Corrupt { what: "a kind of document" })?,
                    matter: row.parsed(1, "a matter's id")?,
                    number: row.text(2)?,
                    issued_at: row.moment(3)?,
                    content: row.json(4, "a document")?,
                })
            })
            .collect()
    }
}
