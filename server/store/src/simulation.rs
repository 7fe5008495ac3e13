//! For the simulation: the server's power switch, and a look at all that the store holds.
//!
//! The switch is a fuse that burns through after so many statements: the request is then never gone on
//! with, whoever drives it drops it where it stands (before a commit, after a commit and before the
//! answer, between two questions) and opens the database anew. It belongs to the thread: a simulated
//! server has one.

use std::cell::Cell;
use std::collections::BTreeMap;

use case_core::digest::Digest;
use case_core::field::Flag;
use case_core::id::{AccountId, MatterId, RecordId};
use case_core::time::Moment;

use crate::db::{Conn, args};
use crate::error::{Result, StoreError};
use crate::memory::Memory;
use crate::types::RaisedMatterRow;
use crate::{Pools, Store};

thread_local! {
    static FUSE: Cell<Option<u32>> = const { Cell::new(None) };
    static STATEMENTS: Cell<u64> = const { Cell::new(0) };
}

/// From now on the power goes after so many statements.
pub fn light_fuse(statements: u32) {
    FUSE.set(Some(statements));
}

/// Takes the fuse out; whether it had burnt through.
pub fn take_fuse() -> bool {
    FUSE.take() == Some(0)
}

/// Whether it has burnt through.
#[must_use]
pub fn is_dark() -> bool {
    FUSE.get() == Some(0)
}

/// How many statements there were in this thread.
#[must_use]
pub fn statements() -> u64 {
    STATEMENTS.get()
}

/// A point between two statements.
pub(crate) async fn pass() {
    STATEMENTS.set(STATEMENTS.get() + 1);
    match FUSE.get() {
        None => {}
        Some(left @ 2..) => FUSE.set(Some(left - 1)),
        Some(_) => {
            FUSE.set(Some(0));
            std::future::pending::<()>().await;
        }
    }
}

/// A record as the store holds it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Held {
    /// Under whose name.
    pub account: AccountId,
    /// Its digest, as it was computed when it came.
    pub digest: Digest,
    /// Its bytes.
    pub body: String,
    /// The number of its receipt.
    pub sequence: i64,
    /// When it was taken in.
    pub received_at: Moment,
    /// What was noted about it.
    pub flags: Vec<Flag>,
    /// The matters that it raised.
    pub raised: Vec<MatterId>,
}

impl Store {
    /// A database in memory with the content of a SQLite file that is up to date and in nobody's use.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn in_memory(file: &[u8]) -> Result<Self> {
        Ok(Self { pools: Pools::Memory(Memory::of_file(file.to_vec())?), commits: crate::db::Commits::default() })
    }

    /// The content of a database in memory, as a file: what [`Self::in_memory`] takes.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn to_file(&self) -> Result<Vec<u8>> {
        match &self.pools {
            Pools::Memory(memory) => memory.to_file().await,
            _ => Err(StoreError::Unavailable),
        }
    }

    /// Runs a statement behind the store's back, for tests that look at tables or spoil them: the rows written.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn tamper(&self, sql: &str) -> Result<u64> {
        let mut conn = self.write().await?;
        if let Conn::Memory(turn, _) = &conn {
            turn.without_triggers()?;
        }
        let changed = conn.run(sqlx::AssertSqlSafe(sql.to_owned()), args![]).await?;
        if let Conn::Memory(turn, _) = &conn {
            turn.with_triggers()?;
        }
        conn.commit().await?;
        Ok(changed)
    }

    /// Whether the database itself refuses a statement.
    ///
    /// # Errors
    /// [`StoreError`] when it cannot be asked.
    pub async fn refuses(&self, sql: &str) -> Result<bool> {
        let mut conn = self.write().await?;
        Ok(conn.run(sqlx::AssertSqlSafe(sql.to_owned()), args![]).await.is_err())
    }

    /// A number asked for in the same way.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn number(&self, sql: &str) -> Result<i64> {
        self.read().await?.one(sqlx::AssertSqlSafe(sql.to_owned()), args![]).await?.int(0)
    }

    /// Every record, by the numbers of the receipts above `after`.
    ///
    /// # Errors
    /// [`crate::StoreError`].
    pub async fn everything(&self, after: i64) -> Result<BTreeMap<RecordId, Held>> {
        let sql = "SELECT r.id, r.account, r.digest, r.body, p.seq, p.received_at, p.flags, p.raised \
                   FROM record r JOIN receipt p ON p.record = r.id WHERE p.seq > $1 ORDER BY p.seq";
        let mut all = BTreeMap::new();
        for row in self.read().await?.all(sql, args![after]).await? {
            let raised: Vec<RaisedMatterRow> = row.json(7, "raised matters")?;
            let held = Held {
                account: row.parsed(1, "an account")?,
                digest: row.digest(2)?,
                body: row.text(3)?,
                sequence: row.int(4)?,
                received_at: row.moment(5)?,
                flags: row.json(6, "flags")?,
                raised: raised.into_iter().map(|row| row.matter).collect(),
            };
            all.insert(row.parsed(0, "a record")?, held);
        }
        Ok(all)
    }

    /// How many records have no receipt: none, at any moment.
    ///
    /// # Errors
    /// [`crate::StoreError`].
    pub async fn half_taken(&self) -> Result<u64> {
        let sql = "SELECT COUNT(*) FROM record r LEFT JOIN receipt p ON p.record = r.id WHERE p.record IS NULL";
        self.read().await?.one(sql, args![]).await?.count(0)
    }
}
