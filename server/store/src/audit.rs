//! 审计: the one chain of everything that is no event of a matter.
//!
//! An entry is written in the transaction of what it tells, so there is never one without the other. The
//! counter's row makes one order of writers, like that of the receipts: it is raised as late as possible,
//! after the change feeds and before the receipts, so that nobody waits in a circle. What is chained to
//! what, and what is found by whom, stands in [`crate::verify`].

use std::collections::BTreeSet;

use case_core::audit::{Deed, Moved, Trace};
use case_core::digest::Digest;
use case_core::id::{AccountId, MatterId};
use case_core::time::Moment;

use crate::Store;
use crate::db::{Conn, Row, args, to_json};
use crate::error::Result;
use crate::feed::raise_counter;
use crate::receipts;

/// The counter that holds the length.
pub(crate) const AUDIT: &str = "audit";
/// Matters of one entry, where there are many.
const MATTERS: i64 = 200;

/// One entry, for people who look at the chain.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AuditEntry {
    /// Its place, from 1.
    pub sequence: i64,
    /// The server's clock.
    pub at: Moment,
    /// Who; none for the command line.
    pub by: Option<AccountId>,
    /// The name of that account.
    pub name: Option<String>,
    /// What.
    pub deed: Deed,
}

/// What was done since.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Since {
    /// Where the chain ends now.
    pub end: i64,
    /// In their order; none: too many to tell.
    pub deeds: Option<Vec<Deed>>,
}

/// The hash goes over the deed's JSON as it was written.
pub(crate) fn hash(previous: Option<&Digest>, seq: i64, at: i64, by: Option<&str>, deed: &str) -> Digest {
    let by = by.map_or_else(|| "null".to_owned(), |id| format!("\"{id}\""));
    Digest::chained(previous, format!("{{\"seq\":{seq},\"at\":{at},\"by\":{by},\"deed\":{deed}}}").as_bytes())
}

/// Writes an entry.
pub(crate) async fn append(conn: &mut Conn, trace: Trace, deed: &Deed) -> Result<()> {
    let seq = raise_counter(conn, AUDIT, 1).await?;
    let before = conn.optional("SELECT hash FROM audit WHERE seq = $1", args![seq - 1]).await?;
    let before = before.map(|row| row.digest(0)).transpose()?;
    let (by, json) = (trace.by.map(|id| id.to_string()), to_json(deed)?);
    let hash = hash(before.as_ref(), seq, trace.at.0, by.as_deref(), &json);
    conn.run(
        "INSERT INTO audit (seq, at, by_account, deed, hash, kind) VALUES ($1, $2, $3, $4, $5, $6)",
        args![seq, trace.at, by, json, hash, deed.code()],
    )
    .await?;
    let rows = listed(deed).into_iter().map(|matter| args![seq, matter]).collect();
    conn.insert("INSERT INTO audit_matter (seq, matter) VALUES", rows, "").await
}

/// The matters by which an entry is found, each once.
pub(crate) fn listed(deed: &Deed) -> BTreeSet<MatterId> {
    deed.matters().into_iter().collect()
}

impl Store {
    /// Notes a deed that changes nothing in the database, or was done already.
    ///
    /// # Errors
    /// [`crate::StoreError`].
    pub async fn note(&self, trace: Trace, deed: &Deed) -> Result<()> {
        let mut conn = self.write().await?;
        append(&mut conn, trace, deed).await?;
        conn.commit().await
    }

    /// The latest entries before a place (or of all), the newest first.
    ///
    /// # Errors
    /// [`crate::StoreError`].
    pub async fn audit_entries(&self, before: Option<i64>, limit: u32) -> Result<Vec<AuditEntry>> {
        let sql = "SELECT e.seq, e.at, e.by_account, a.name, e.deed FROM audit e \
                   LEFT JOIN account a ON a.id = e.by_account WHERE e.seq < $1 ORDER BY e.seq DESC LIMIT $2";
        let rows = self.read().await?.all(sql, args![before.unwrap_or(i64::MAX), limit]).await?;
        rows.iter().map(entry_of).collect()
    }

    /// What was done behind a place of the chain, and where it ends now: for whoever keeps something made of the
    /// database. Entries become visible in their order, so none appears before the end later.
    ///
    /// # Errors
    /// [`crate::StoreError`].
    pub async fn deeds_since(&self, place: i64, most: u32) -> Result<Since> {
        let sql = "SELECT seq, deed FROM audit WHERE seq > $1 ORDER BY seq LIMIT $2";
        let rows = self.read().await?.all(sql, args![place, i64::from(most) + 1]).await?;
        if rows.len() > most as usize {
            return Ok(Since { end: self.chain_end().await?, deeds: None });
        }
        let end = rows.last().map_or(Ok(place), |row| row.int(0))?;
        let deeds = rows.iter().map(|row| row.json(1, "a deed")).collect::<Result<_>>()?;
        Ok(Since { end, deeds: Some(deeds) })
    }

    /// The place of the last entry.
    async fn chain_end(&self) -> Result<i64> {
        self.read().await?.one("SELECT COALESCE(MAX(seq), 0) FROM audit", args![]).await?.int(0)
    }

    /// Chains what a database of an earlier schema holds: the journals of its matters and its receipts. Once;
    /// a database that has a chain is left alone. Opening does it.
    ///
    /// # Errors
    /// [`crate::StoreError`].
    pub async fn adopt(&self) -> Result<()> {
        if self.read().await?.optional("SELECT 1 FROM counter WHERE name = $1", args![AUDIT]).await?.is_some() {
            return Ok(());
        }
        let mut conn = self.write().await?;
        // Two servers that start at once: the second waits here, and then finds it done.
        if raise_counter(&mut conn, AUDIT, 0).await? > 0 {
            return Ok(());
        }
        let last = conn.one("SELECT COALESCE(MAX(at), 0) FROM journal", args![]).await?.moment(0)?;
        let mut after = String::new();
        loop {
            let sql = "SELECT id, length, head FROM matter WHERE id > $1 ORDER BY id LIMIT $2";
            let rows = conn.all(sql, args![after.as_str(), MATTERS]).await?;
            let Some(end) = rows.last() else { break };
            after = end.text(0)?;
            let matters = rows.iter().map(moved).collect::<Result<_>>()?;
            append(&mut conn, Trace::system(last), &Deed::Adopted { matters }).await?;
        }
        receipts::chain_all(&mut conn).await?;
        conn.commit().await
    }
}

/// Of seq, at, by_account, name, deed.
pub(crate) fn entry_of(row: &Row) -> Result<AuditEntry> {
    Ok(AuditEntry {
        sequence: row.int(0)?,
        at: row.moment(1)?,
        by: row.parsed_opt(2, "an account's id")?,
        name: row.text_opt(3)?,
        deed: row.json(4, "a deed")?,
    })
}

fn moved(row: &Row) -> Result<Moved> {
    Ok(Moved {
        id: row.parsed(0, "a matter's id")?,
        length: row.count(1)?,
        head: row.digest(2)?,
        code: None,
        device_at: None,
    })
}
