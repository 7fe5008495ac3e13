//! Opening a database: its address, its safety settings, its schema.

use std::str::FromStr as _;
use std::time::Duration;

use sqlx::Connection as _;
use sqlx::migrate::Migrator;
use sqlx::postgres::{PgConnectOptions, PgPoolOptions};
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous};

use crate::db::{Commits, Conn, args};
use crate::error::{Result, StoreError};
use crate::{Pools, Store};

static SQLITE: Migrator = sqlx::migrate!("./migrations/sqlite");
static POSTGRES: Migrator = sqlx::migrate!("./migrations/postgres");

/// How long a request waits for its turn before it is told to come again.
const PATIENCE: Duration = Duration::from_secs(10);
/// SQLite reads in parallel with its one writer.
const SQLITE_READERS: u32 = 4;
/// A connection that was idle for longer is asked whether it still holds.
const IDLE: Duration = Duration::from_secs(5);
/// Enough for a county; PostgreSQL's own limit is 100.
const POSTGRES_CONNECTIONS: u32 = 16;

impl Store {
    /// Opens `sqlite:PATH` (made when it is not there) or `postgres://…`, and brings its schema up
    /// to date.
    ///
    /// # Errors
    /// [`StoreError::BadUrl`], [`StoreError::Unavailable`], [`StoreError::Migration`].
    pub async fn connect(url: &str) -> Result<Self> {
        let pools = if url.starts_with("sqlite:") {
            open_sqlite(url).await?
        } else if url.starts_with("postgres:") || url.starts_with("postgresql:") {
            open_postgres(url).await?
        } else {
            return Err(StoreError::BadUrl);
        };
        let store = Self { pools, commits: Commits::default() };
        store.adopt().await?;
        Ok(store)
    }

    /// Whether the database answers.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn ping(&self) -> Result<()> {
        self.read().await?.one("SELECT 1", args![]).await.map(drop)
    }

    /// How many times this process has written: as long as it is the same, only others can have changed anything.
    #[must_use]
    pub fn commits(&self) -> u64 {
        self.commits.count()
    }

    /// Waits for what is under way and closes the database (for SQLite: folds the log into the file).
    pub async fn close(&self) {
        match &self.pools {
            Pools::Sqlite { read, write } => {
                read.close().await;
                write.close().await;
            }
            Pools::Postgres(pool) => pool.close().await,
            #[cfg(feature = "simulation")]
            Pools::Memory(memory) => memory.close().await,
        }
    }

    /// For questions.
    pub(crate) async fn read(&self) -> Result<Conn> {
        Ok(match &self.pools {
            Pools::Sqlite { read, .. } => Conn::SqliteRead(read.acquire().await?),
            Pools::Postgres(pool) => Conn::PostgresRead(pool.acquire().await?),
            #[cfg(feature = "simulation")]
            Pools::Memory(memory) => Conn::Memory(memory.read().await?, self.commits.clone()),
        })
    }

    /// A transaction for writing. In SQLite it takes the write lock at once, so that it never has to
    /// give up half-way.
    pub(crate) async fn write(&self) -> Result<Conn> {
        let commits = self.commits.clone();
        Ok(match &self.pools {
            Pools::Sqlite { write, .. } => Conn::SqliteWrite(write.begin_with("BEGIN IMMEDIATE").await?, commits),
            Pools::Postgres(pool) => Conn::PostgresWrite(pool.begin().await?, commits),
            #[cfg(feature = "simulation")]
            Pools::Memory(memory) => Conn::Memory(memory.write().await?, commits),
        })
    }
}

async fn open_sqlite(url: &str) -> Result<Pools> {
    // WAL lets readers go on while one writes; with synchronous=FULL a commit is on the disk before
    // it is acknowledged: an acknowledged visit survives a power cut.
    let options = SqliteConnectOptions::from_str(url)
        .map_err(|_| StoreError::BadUrl)?
        .create_if_missing(true)
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(SqliteSynchronous::Full)
        .foreign_keys(true)
        .busy_timeout(PATIENCE);
    let write = SqlitePoolOptions::new()
        .max_connections(1)
        .acquire_timeout(PATIENCE)
        // A file does not hang up.
        .test_before_acquire(false)
        .connect_with(options.clone())
        .await?;
    SQLITE.run(&write).await?;
    let read = SqlitePoolOptions::new()
        .max_connections(SQLITE_READERS)
        .acquire_timeout(PATIENCE)
        .test_before_acquire(false)
        .connect_with(options.pragma("query_only", "ON"))
        .await?;
    Ok(Pools::Sqlite { read, write })
}

async fn open_postgres(url: &str) -> Result<Pools> {
    // A record that waits for a lock longer than this is better sent again than kept waiting.
    let options = PgConnectOptions::from_str(url)
        .map_err(|_| StoreError::BadUrl)?
        .options([("lock_timeout", "10s"), ("idle_in_transaction_session_timeout", "60s")]);
    let pool = PgPoolOptions::new()
        .max_connections(POSTGRES_CONNECTIONS)
        .acquire_timeout(PATIENCE)
        // A connection that was used a moment ago is not asked whether it still holds: that would double every
        // question.
        .test_before_acquire(false)
        .before_acquire(|conn, used| {
            Box::pin(async move {
                if used.idle_for > IDLE {
                    conn.ping().await?;
                }
                Ok(true)
            })
        })
        .connect_with(options)
        .await?;
    POSTGRES.run(&pool).await?;
    Ok(Pools::Postgres(pool))
}

/// The settings on which SQLite's safety hangs, as its connections have them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SqliteSettings {
    /// `wal`.
    pub journal_mode: String,
    /// 2 is FULL.
    pub synchronous: i64,
    /// Whether references are enforced.
    pub foreign_keys: bool,
    /// Whether the connections for questions refuse to write.
    pub readers_only_read: bool,
}

impl Store {
    /// The settings of the open connections, for tests and the health page; none in PostgreSQL
    /// and in memory.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn sqlite_settings(&self) -> Result<Option<SqliteSettings>> {
        if !matches!(self.pools, Pools::Sqlite { .. }) {
            return Ok(None);
        }
        let mut writer = self.write().await?;
        let settings = SqliteSettings {
            journal_mode: writer.one("PRAGMA journal_mode", args![]).await?.text(0)?,
            synchronous: writer.one("PRAGMA synchronous", args![]).await?.int(0)?,
            foreign_keys: writer.one("PRAGMA foreign_keys", args![]).await?.flag(0)?,
            readers_only_read: self.read().await?.one("PRAGMA query_only", args![]).await?.flag(0)?,
        };
        writer.roll_back().await?;
        Ok(Some(settings))
    }
}
