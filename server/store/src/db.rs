//! The narrow door to both databases.
//!
//! Everything stored is text or a whole number: ids, days and digests are text, moments are
//! milliseconds, documents are JSON in text; only the pieces of files are bytes. So one SQL text with `$1` placeholders and one list of
//! [`Arg`]s serves SQLite and PostgreSQL, and the rest of the crate is plain functions over a
//! [`Conn`], written once. What SQL itself cannot say the same way on both is asked of the
//! connection ([`Conn::one_locked`]).

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use case_core::digest::Digest;
use case_core::time::Moment;
use serde::de::DeserializeOwned;
use sqlx::pool::PoolConnection;
use sqlx::postgres::PgRow;
use sqlx::sqlite::SqliteRow;
use sqlx::{AssertSqlSafe, PgConnection, Postgres, Row as _, SqlSafeStr, Sqlite, SqliteConnection, Transaction};

pub(crate) use crate::arg::{Arg, args};
use crate::error::{Result, StoreError};
use crate::statements;

/// Rows of one statement that inserts many.
const ROWS_OF_INSERT: usize = 50;

#[cfg(feature = "simulation")]
use rusqlite::types::Value;
/// What a column of another kind than asked for is.
#[cfg(feature = "simulation")]
const COLUMN: StoreError = StoreError::Corrupt { what: "a column" };

/// A point between two statements. A simulation may end the server at any of them.
#[cfg(feature = "simulation")]
use crate::simulation::pass;
#[cfg(not(feature = "simulation"))]
async fn pass() {}

/// A connection, in a transaction when it is for writing. Dropped without [`Conn::commit`], a
/// transaction leaves nothing.
pub(crate) enum Conn {
    SqliteRead(PoolConnection<Sqlite>),
    SqliteWrite(Transaction<'static, Sqlite>, Commits),
    PostgresRead(PoolConnection<Postgres>),
    PostgresWrite(Transaction<'static, Postgres>, Commits),
    #[cfg(feature = "simulation")]
    Memory(crate::memory::Turn, Commits),
}

/// How many commits this process has tried: whoever keeps something made of the database sees by it that something
/// may have changed.
#[derive(Clone, Debug, Default)]
pub(crate) struct Commits(Arc<AtomicU64>);

impl Commits {
    pub(crate) fn count(&self) -> u64 {
        self.0.load(Ordering::SeqCst)
    }
}

/// Counts a commit when it is over, however it ended: one whose end is not known may have been made.
struct Counted(Commits);

impl Drop for Counted {
    fn drop(&mut self) {
        self.0.0.fetch_add(1, Ordering::SeqCst);
    }
}

enum Link<'c> {
    Sqlite(&'c mut SqliteConnection),
    Postgres(&'c mut PgConnection),
    #[cfg(feature = "simulation")]
    Memory(&'c crate::memory::Turn),
}

/// A row of an answer; columns are counted from 0.
pub(crate) enum Row {
    Sqlite(SqliteRow),
    Postgres(PgRow),
    #[cfg(feature = "simulation")]
    Memory(Vec<rusqlite::types::Value>),
}

/// A statement with its arguments bound, for either database.
macro_rules! bound {
    ($sql:expr, $args:expr) => {{
        let mut query = sqlx::query($sql);
        for arg in $args {
            query = match arg {
                Arg::Text(text) => query.bind(text),
                Arg::Int(number) => query.bind(number),
                Arg::Bytes(bytes) => query.bind(bytes),
            };
        }
        query
    }};
}

impl Conn {
    fn link(&mut self) -> Link<'_> {
        match self {
            Self::SqliteRead(conn) => Link::Sqlite(conn),
            Self::SqliteWrite(conn, _) => Link::Sqlite(conn),
            Self::PostgresRead(conn) => Link::Postgres(conn),
            Self::PostgresWrite(conn, _) => Link::Postgres(conn),
            #[cfg(feature = "simulation")]
            Self::Memory(turn, _) => Link::Memory(turn),
        }
    }

    /// Runs a statement; the number of rows it wrote.
    pub(crate) async fn run(&mut self, sql: impl SqlSafeStr, args: Vec<Arg>) -> Result<u64> {
        pass().await;
        let sql = statements::noted(sql);
        Ok(match self.link() {
            Link::Sqlite(conn) => bound!(sql, args).execute(conn).await?.rows_affected(),
            Link::Postgres(conn) => bound!(sql, args).execute(conn).await?.rows_affected(),
            #[cfg(feature = "simulation")]
            Link::Memory(turn) => turn.run(sql.into_sql_str().as_str(), &args)?,
        })
    }

    /// Inserts rows, many in one statement: `head` ends in `VALUES`, `tail` may say what to do about
    /// rows that are there.
    pub(crate) async fn insert(&mut self, head: &str, rows: Vec<Vec<Arg>>, tail: &str) -> Result<()> {
        let mut rows = rows.into_iter().peekable();
        while rows.peek().is_some() {
            let part: Vec<Vec<Arg>> = rows.by_ref().take(ROWS_OF_INSERT).collect();
            let mut at = 1;
            let mut places = Vec::with_capacity(part.len());
            for row in &part {
                places.push(format!("({})", placeholders(at, row.len())));
                at += row.len();
            }
            let sql = format!("{head} {} {tail}", places.join(", "));
            self.run(AssertSqlSafe(sql), part.into_iter().flatten().collect()).await?;
        }
        Ok(())
    }

    /// All rows of the answer.
    pub(crate) async fn all(&mut self, sql: impl SqlSafeStr, args: Vec<Arg>) -> Result<Vec<Row>> {
        pass().await;
        let sql = statements::noted(sql);
        Ok(match self.link() {
            Link::Sqlite(conn) => bound!(sql, args).fetch_all(conn).await?.into_iter().map(Row::Sqlite).collect(),
            Link::Postgres(conn) => bound!(sql, args).fetch_all(conn).await?.into_iter().map(Row::Postgres).collect(),
            #[cfg(feature = "simulation")]
            Link::Memory(turn) => {
                turn.all(sql.into_sql_str().as_str(), &args, usize::MAX)?.into_iter().map(Row::Memory).collect()
            }
        })
    }

    /// The only row, if there is one.
    pub(crate) async fn optional(&mut self, sql: impl SqlSafeStr, args: Vec<Arg>) -> Result<Option<Row>> {
        pass().await;
        let sql = statements::noted(sql);
        Ok(match self.link() {
            Link::Sqlite(conn) => bound!(sql, args).fetch_optional(conn).await?.map(Row::Sqlite),
            Link::Postgres(conn) => bound!(sql, args).fetch_optional(conn).await?.map(Row::Postgres),
            #[cfg(feature = "simulation")]
            Link::Memory(turn) => turn.all(sql.into_sql_str().as_str(), &args, 1)?.pop().map(Row::Memory),
        })
    }

    /// The row that is certainly there (an aggregate, a `RETURNING`).
    pub(crate) async fn one(&mut self, sql: impl SqlSafeStr, args: Vec<Arg>) -> Result<Row> {
        self.optional(sql, args).await?.ok_or(StoreError::Corrupt { what: "a row that must exist" })
    }

    /// The row, held against other writers until the end of the transaction. SQLite has one writer
    /// at a time anyway; PostgreSQL locks the row.
    pub(crate) async fn one_locked(&mut self, sql: &'static str, args: Vec<Arg>) -> Result<Option<Row>> {
        match self {
            Self::SqliteRead(_) | Self::SqliteWrite(..) => self.optional(sql, args).await,
            #[cfg(feature = "simulation")]
            Self::Memory(..) => self.optional(sql, args).await,
            Self::PostgresRead(_) | Self::PostgresWrite(..) => {
                self.optional(AssertSqlSafe(format!("{sql} FOR UPDATE")), args).await
            }
        }
    }

    /// Makes what was written last.
    pub(crate) async fn commit(self) -> Result<()> {
        pass().await;
        match self {
            Self::SqliteWrite(transaction, commits) => {
                let _counted = Counted(commits);
                transaction.commit().await?;
            }
            Self::PostgresWrite(transaction, commits) => {
                let _counted = Counted(commits);
                transaction.commit().await?;
            }
            #[cfg(feature = "simulation")]
            Self::Memory(turn, commits) => {
                let _counted = Counted(commits);
                turn.commit()?;
            }
            Self::SqliteRead(_) | Self::PostgresRead(_) => {}
        }
        pass().await;
        Ok(())
    }

    /// Takes back what was written, now rather than when the connection is used next.
    pub(crate) async fn roll_back(self) -> Result<()> {
        match self {
            Self::SqliteWrite(transaction, _) => transaction.rollback().await?,
            Self::PostgresWrite(transaction, _) => transaction.rollback().await?,
            #[cfg(feature = "simulation")]
            Self::Memory(turn, _) => drop(turn),
            Self::SqliteRead(_) | Self::PostgresRead(_) => {}
        }
        Ok(())
    }
}

impl Row {
    /// Text that may be absent.
    pub(crate) fn text_opt(&self, column: usize) -> Result<Option<String>> {
        Ok(match self {
            Self::Sqlite(row) => row.try_get(column)?,
            Self::Postgres(row) => row.try_get(column)?,
            #[cfg(feature = "simulation")]
            Self::Memory(row) => match row.get(column) {
                Some(Value::Null) => None,
                Some(Value::Text(text)) => Some(text.clone()),
                _ => return Err(COLUMN),
            },
        })
    }

    /// Text.
    pub(crate) fn text(&self, column: usize) -> Result<String> {
        self.text_opt(column)?.ok_or(StoreError::Corrupt { what: "a text" })
    }

    /// A number that may be absent.
    pub(crate) fn int_opt(&self, column: usize) -> Result<Option<i64>> {
        Ok(match self {
            Self::Sqlite(row) => row.try_get(column)?,
            Self::Postgres(row) => row.try_get(column)?,
            #[cfg(feature = "simulation")]
            Self::Memory(row) => match row.get(column) {
                Some(Value::Null) => None,
                Some(Value::Integer(number)) => Some(*number),
                _ => return Err(COLUMN),
            },
        })
    }

    /// A number.
    pub(crate) fn int(&self, column: usize) -> Result<i64> {
        self.int_opt(column)?.ok_or(StoreError::Corrupt { what: "a number" })
    }

    /// A number that counts something.
    pub(crate) fn count<N: TryFrom<i64>>(&self, column: usize) -> Result<N> {
        N::try_from(self.int(column)?).map_err(|_| StoreError::Corrupt { what: "a count" })
    }

    /// Whether the flag is set.
    pub(crate) fn flag(&self, column: usize) -> Result<bool> {
        Ok(self.int(column)? != 0)
    }

    /// Bytes.
    pub(crate) fn bytes(&self, column: usize) -> Result<Vec<u8>> {
        Ok(match self {
            Self::Sqlite(row) => row.try_get(column)?,
            Self::Postgres(row) => row.try_get(column)?,
            #[cfg(feature = "simulation")]
            Self::Memory(row) => match row.get(column) {
                Some(Value::Blob(bytes)) => bytes.clone(),
                _ => return Err(COLUMN),
            },
        })
    }

    /// A moment.
    pub(crate) fn moment(&self, column: usize) -> Result<Moment> {
        self.int(column).map(Moment)
    }

    /// A text that reads as `T`.
    pub(crate) fn parsed<T: std::str::FromStr>(&self, column: usize, what: &'static str) -> Result<T> {
        self.text(column)?.parse().map_err(|_| StoreError::Corrupt { what })
    }

    /// A text that reads as `T`, or nothing.
    pub(crate) fn parsed_opt<T: std::str::FromStr>(&self, column: usize, what: &'static str) -> Result<Option<T>> {
        let text = self.text_opt(column)?;
        text.map(|text| text.parse().map_err(|_| StoreError::Corrupt { what })).transpose()
    }

    /// A text that passes a check of the domain.
    pub(crate) fn checked<T: TryFrom<String>>(&self, column: usize, what: &'static str) -> Result<T> {
        T::try_from(self.text(column)?).map_err(|_| StoreError::Corrupt { what })
    }

    /// The same, or nothing.
    pub(crate) fn checked_opt<T: TryFrom<String>>(&self, column: usize, what: &'static str) -> Result<Option<T>> {
        let text = self.text_opt(column)?;
        text.map(|text| T::try_from(text).map_err(|_| StoreError::Corrupt { what })).transpose()
    }

    /// A JSON document.
    pub(crate) fn json<T: DeserializeOwned>(&self, column: usize, what: &'static str) -> Result<T> {
        from_json(&self.text(column)?, what)
    }

    /// A digest.
    pub(crate) fn digest(&self, column: usize) -> Result<Digest> {
        Digest::from_hex(&self.text(column)?).ok_or(StoreError::Corrupt { what: "a digest" })
    }
}

/// Reads a JSON document.
pub(crate) fn from_json<T: DeserializeOwned>(text: &str, what: &'static str) -> Result<T> {
    serde_json::from_str(text).map_err(|error| {
        tracing::error!(%error, what, "stored JSON");
        StoreError::Corrupt { what }
    })
}

/// Writes a JSON document.
pub(crate) fn to_json(value: &impl serde::Serialize) -> Result<String> {
    serde_json::to_string(value).map_err(|_| StoreError::Corrupt { what: "a value without JSON" })
}

/// `$from, $from+1, …`: placeholders for `count` values.
pub(crate) fn placeholders(from: usize, count: usize) -> String {
    (from..from + count).map(|at| format!("${at}")).collect::<Vec<_>>().join(", ")
}
