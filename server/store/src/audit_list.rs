//! The audit chain and the records of the field as lists, the latest first, a page at a time: for people who
//! look at them. What stands in matters and records is not read for that.

use case_core::field::RecordKind;
use case_core::id::{AccountId, MatterId};
use case_core::matter::Event;
use case_core::time::Moment;
use sqlx::AssertSqlSafe;

use crate::Store;
use crate::audit::{AuditEntry, entry_of};
use crate::db::{Arg, args, placeholders};
use crate::error::{Result, StoreError};

/// What is asked for.
#[derive(Clone, Debug, Default)]
pub struct AuditQuery {
    /// Deeds by their codes; none: all.
    pub kinds: Vec<&'static str>,
    /// Not before.
    pub from: Option<Moment>,
    /// Before.
    pub until: Option<Moment>,
    /// By one of these; nobody when it is empty.
    pub by: Option<Vec<AccountId>>,
    /// About this matter.
    pub matter: Option<MatterId>,
    /// Behind this one: its time and its place.
    pub before: Option<(Moment, i64)>,
    /// Rows of a page.
    pub limit: u32,
}

/// A record from the field, as the audit shows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RecordEntry {
    /// The number of its receipt.
    pub sequence: i64,
    /// The server's clock.
    pub at: Moment,
    /// The phone's clock.
    pub made_at: Moment,
    /// Who.
    pub by: AccountId,
    /// The name of that account.
    pub name: Option<String>,
    /// Which kind.
    pub kind: RecordKind,
    /// The matter that it names.
    pub matter: Option<MatterId>,
}

/// A condition that grows; values go in as arguments only.
struct Where {
    sql: String,
    args: Vec<Arg>,
}

impl Where {
    fn of(query: &AuditQuery, at: &str, by: &str, seq: &str) -> Self {
        let mut new = Self { sql: "1 = 1".to_owned(), args: Vec::new() };
        if let Some(from) = query.from {
            new.and(&format!("{at} >= "), from);
        }
        if let Some(until) = query.until {
            new.and(&format!("{at} < "), until);
        }
        if let Some((time, place)) = query.before {
            new.args.push(time.into());
            let n = new.args.len();
            new.args.push(place.into());
            new.sql += &format!(" AND ({at} < ${n} OR ({at} = ${n} AND {seq} < ${}))", n + 1);
        }
        if let Some(people) = &query.by {
            new.any(by, people.iter().map(|id| (*id).into()).collect());
        }
        new
    }

    fn and(&mut self, condition: &str, value: impl Into<Arg>) {
        self.args.push(value.into());
        self.sql += &format!(" AND {condition}${}", self.args.len());
    }

    fn any(&mut self, column: &str, values: Vec<Arg>) {
        if values.is_empty() {
            self.sql += " AND 1 = 0";
            return;
        }
        self.sql += &format!(" AND {column} IN ({})", placeholders(self.args.len() + 1, values.len()));
        self.args.extend(values);
    }
}

impl Store {
    /// A page of the audit chain.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn audit_page(&self, query: &AuditQuery) -> Result<Vec<AuditEntry>> {
        let mut filter = Where::of(query, "e.at", "e.by_account", "e.seq");
        if !query.kinds.is_empty() {
            filter.any("e.kind", query.kinds.iter().map(|kind| (*kind).into()).collect());
        }
        if let Some(matter) = query.matter {
            filter.args.push(matter.into());
            filter.sql +=
                &format!(" AND e.seq IN (SELECT l.seq FROM audit_matter l WHERE l.matter = ${})", filter.args.len());
        }
        filter.args.push(query.limit.into());
        let sql = format!(
            "SELECT e.seq, e.at, e.by_account, a.name, e.deed FROM audit e LEFT JOIN account a ON a.id = e.by_account \
             WHERE {} ORDER BY e.at DESC, e.seq DESC LIMIT ${}",
            filter.sql,
            filter.args.len()
        );
        self.read().await?.all(AssertSqlSafe(sql), filter.args).await?.iter().map(entry_of).collect()
    }

    /// A page of the records of the field; kinds of deeds are not asked about.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn record_page(&self, query: &AuditQuery) -> Result<Vec<RecordEntry>> {
        let mut filter = Where::of(query, "p.received_at", "r.account", "p.seq");
        if let Some(matter) = query.matter {
            filter.and("r.matter = ", matter);
        }
        filter.args.push(query.limit.into());
        let sql = format!(
            "SELECT p.seq, p.received_at, r.made_at, r.account, a.name, r.kind, r.matter FROM receipt p \
             JOIN record r ON r.id = p.record LEFT JOIN account a ON a.id = r.account \
             WHERE {} ORDER BY p.received_at DESC, p.seq DESC LIMIT ${}",
            filter.sql,
            filter.args.len()
        );
        let rows = self.read().await?.all(AssertSqlSafe(sql), filter.args).await?;
        rows.iter()
            .map(|row| {
                Ok(RecordEntry {
                    sequence: row.int(0)?,
                    at: row.moment(1)?,
                    made_at: row.moment(2)?,
                    by: row.parsed(3, "an account's id")?,
                    name: row.text_opt(4)?,
                    kind: RecordKind::from_code(&row.text(5)?)
                        .ok_or(StoreError::Corrupt { what: "a kind of record" })?,
                    matter: row.parsed_opt(6, "a matter's id")?,
                })
            })
            .collect()
    }

    /// What happened to a matter at that moment, and the phone's clock where a record of its brought it.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn steps_at(&self, matter: MatterId, at: Moment) -> Result<(Vec<Event>, Option<Moment>)> {
        let mut conn = self.read().await?;
        let sql = "SELECT event FROM journal WHERE matter = $1 AND at = $2 ORDER BY seq";
        let rows = conn.all(sql, args![matter, at]).await?;
        let events = rows.iter().map(|row| row.json(0, "an event")).collect::<Result<_>>()?;
        let sql = "SELECT MAX(r.made_at) FROM record r JOIN receipt p ON p.record = r.id \
                   WHERE r.matter = $1 AND p.received_at = $2";
        let made_at = conn.one(sql, args![matter, at]).await?.int_opt(0)?.map(Moment);
        Ok((events, made_at))
    }

    /// Whether an official has said since then what the particulars of a matter are needed for (查看完整信息).
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn unmasked_since(&self, matter: MatterId, by: AccountId, since: Moment) -> Result<bool> {
        let sql = "SELECT 1 FROM audit_matter l JOIN audit e ON e.seq = l.seq WHERE l.matter = $1 \
                   AND e.by_account = $2 AND e.kind = $3 AND e.at >= $4 LIMIT 1";
        let row = self.read().await?.optional(sql, args![matter, by, "unmasked", since]).await?;
        Ok(row.is_some())
    }

    /// The matter with that number.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn matter_by_number(&self, number: &str) -> Result<Option<MatterId>> {
        let row = self.read().await?.optional("SELECT id FROM matter WHERE number = $1", args![number]).await?;
        row.map(|row| row.parsed(0, "a matter's id")).transpose()
    }

    /// 信访件编号 of matters; ids of none are left out.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn numbers_of(&self, matters: &[MatterId]) -> Result<Vec<(MatterId, String)>> {
        let mut numbers = Vec::with_capacity(matters.len());
        let mut conn = self.read().await?;
        for part in matters.chunks(100) {
            let sql = format!("SELECT id, number FROM matter WHERE id IN ({})", placeholders(1, part.len()));
            let rows = conn.all(AssertSqlSafe(sql), part.iter().map(|id| (*id).into()).collect()).await?;
            for row in &rows {
                numbers.push((row.parsed(0, "a matter's id")?, row.text(1)?));
            }
        }
        Ok(numbers)
    }
}
