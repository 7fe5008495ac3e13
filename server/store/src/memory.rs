//! SQLite without a disk and without a thread of its own: the third kind of database, for the simulation.
//!
//! It runs the same SQL, by the same library, as the file that an office has; what it leaves out is the
//! way to a worker's thread and back at each statement, the log and the waiting for the disk. A
//! transaction that is dropped leaves nothing, so switching the server off is dropping what it was
//! at, and opening it anew is the same memory without that. One [`Turn`] at a time, also for
//! questions: a question never sees half of another's transaction, as it does not on the disk.
//! The contract's tests hold it to what the other two promise.

use std::sync::Arc;

use rusqlite::types::{ToSqlOutput, Value, ValueRef};
use rusqlite::{Connection, Statement};
use tokio::sync::{Mutex, OwnedMutexGuard};

use crate::db::Arg;
use crate::error::{Result, StoreError, of_code};

/// Statements that are kept prepared: more than the crate has.
const PREPARED: usize = 512;
/// SQLite's code of a reference to what does not exist.
const UNKNOWN_REFERENCE: i32 = 787;

/// The database, of which clones share the same memory; nothing in it: closed.
#[derive(Clone)]
pub(crate) struct Memory(Arc<Mutex<Option<Connection>>>);

impl Memory {
    /// A database with the content of such a file.
    pub fn of_file(mut bytes: Vec<u8>) -> Result<Self> {
        // The file's header says that it has a log beside it (its copy here has none).
        if let Some(versions) = bytes.get_mut(18..20) {
            versions.fill(1);
        }
        let mut conn = Connection::open_in_memory()?;
        conn.deserialize_read_exact("main", bytes.as_slice(), bytes.len(), false)?;
        conn.execute_batch(
            "PRAGMA journal_mode = MEMORY; PRAGMA synchronous = OFF; PRAGMA foreign_keys = ON; PRAGMA temp_store = MEMORY",
        )?;
        conn.set_prepared_statement_cache_capacity(PREPARED);
        Ok(Self(Arc::new(Mutex::new(Some(conn)))))
    }

    /// Its content, as a file would have it.
    pub async fn to_file(&self) -> Result<Vec<u8>> {
        Ok(self.read().await?.conn()?.serialize("main")?.to_vec())
    }

    pub async fn close(&self) {
        drop(self.0.lock().await.take());
    }

    pub async fn read(&self) -> Result<Turn> {
        let turn = Turn { guard: Arc::clone(&self.0).lock_owned().await, writes: false };
        turn.conn()?;
        Ok(turn)
    }

    pub async fn write(&self) -> Result<Turn> {
        let mut turn = self.read().await?;
        turn.conn()?.prepare_cached("BEGIN IMMEDIATE")?.raw_execute()?;
        turn.writes = true;
        Ok(turn)
    }
}

/// A turn with the database. One for writing that is dropped takes back what it wrote.
pub(crate) struct Turn {
    guard: OwnedMutexGuard<Option<Connection>>,
    writes: bool,
}

impl Turn {
    fn conn(&self) -> Result<&Connection> {
        self.guard.as_ref().ok_or(StoreError::Unavailable)
    }

    /// What holds a thief off does not hold off who has the file.
    pub fn without_triggers(&self) -> Result<()> {
        self.triggers(false)
    }

    /// And back.
    pub fn with_triggers(&self) -> Result<()> {
        self.triggers(true)
    }

    fn triggers(&self, on: bool) -> Result<()> {
        let conn = self.conn()?;
        conn.set_db_config(rusqlite::config::DbConfig::SQLITE_DBCONFIG_ENABLE_TRIGGER, on)?;
        // References do not hold such a one off either.
        conn.set_db_config(rusqlite::config::DbConfig::SQLITE_DBCONFIG_ENABLE_FKEY, on)?;
        Ok(())
    }

    /// Runs a statement; the number of rows it wrote.
    pub fn run(&self, sql: &str, args: &[Arg]) -> Result<u64> {
        let conn = self.conn()?;
        let mut statement = conn.prepare_cached(sql)?;
        bind(&mut statement, args)?;
        if statement.column_count() == 0 {
            return Ok(statement.raw_execute()? as u64);
        }
        let mut rows = statement.raw_query();
        while rows.next()?.is_some() {}
        drop(rows);
        drop(statement);
        Ok(conn.changes())
    }

    /// The rows of an answer.
    pub fn all(&self, sql: &str, args: &[Arg], most: usize) -> Result<Vec<Vec<Value>>> {
        let mut statement = self.conn()?.prepare_cached(sql)?;
        bind(&mut statement, args)?;
        let columns = statement.column_count();
        let mut rows = statement.raw_query();
        let mut all = Vec::new();
        while let Some(row) = rows.next()? {
            if all.len() < most {
                all.push((0..columns).map(|at| row.get(at)).collect::<rusqlite::Result<_>>()?);
            }
        }
        Ok(all)
    }

    pub fn commit(mut self) -> Result<()> {
        if self.writes {
            self.conn()?.prepare_cached("COMMIT")?.raw_execute()?;
            self.writes = false;
        }
        Ok(())
    }
}

impl Drop for Turn {
    fn drop(&mut self) {
        if self.writes
            && let Ok(conn) = self.conn()
            && !conn.is_autocommit()
            && let Err(error) = conn.execute_batch("ROLLBACK")
        {
            tracing::error!(%error, "store");
        }
    }
}

/// `$1` is a name to SQLite, and names are numbered as they come up.
fn bind(statement: &mut Statement<'_>, args: &[Arg]) -> Result<()> {
    for at in 1..=statement.parameter_count() {
        let number = statement.parameter_name(at).and_then(|name| name.strip_prefix('$')?.parse::<usize>().ok());
        let arg = number.and_then(|number| args.get(number.checked_sub(1)?)).ok_or(StoreError::Rejected)?;
        statement.raw_bind_parameter(at, arg)?;
    }
    Ok(())
}

impl rusqlite::ToSql for Arg {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(ToSqlOutput::Borrowed(match self {
            Self::Text(None) | Self::Int(None) => ValueRef::Null,
            Self::Text(Some(text)) => ValueRef::Text(text.as_bytes()),
            Self::Int(Some(number)) => ValueRef::Integer(*number),
            Self::Bytes(bytes) => ValueRef::Blob(bytes),
        }))
    }
}

impl From<rusqlite::Error> for StoreError {
    fn from(error: rusqlite::Error) -> Self {
        let mapped = match &error {
            rusqlite::Error::SqliteFailure(cause, _) if cause.extended_code == UNKNOWN_REFERENCE => {
                Self::UnknownReference
            }
            rusqlite::Error::SqliteFailure(cause, _) => of_code(&cause.extended_code.to_string()),
            _ => Self::Rejected,
        };
        match mapped {
            Self::Busy | Self::UnknownReference => tracing::debug!(%error, "store"),
            _ => tracing::error!(%error, "store"),
        }
        mapped
    }
}
