//! Failed tries, for limiting guesses. Keys are hashed by the caller; this table knows neither
//! codes nor addresses.

use case_core::time::Moment;

use crate::Store;
use crate::db::{Row, args};
use crate::error::Result;
use crate::types::Failures;

/// What a look-up asks about earlier failures.
#[derive(Clone, Debug)]
pub struct Watch {
    /// Two keys: the code's and the address's.
    pub keys: [String; 2],
    /// From when on their failures count.
    pub since: Moment,
    /// The key of all failures of the server.
    pub all: String,
    /// From when on these count.
    pub all_since: Moment,
    /// How far these are counted: under an attack there are many.
    pub most: u32,
}

/// The answer to a [`Watch`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Guarded {
    /// Of the two keys.
    pub keys: [Failures; 2],
    /// Of the whole server, up to [`Watch::most`].
    pub all: u32,
}

fn failures(row: &Row, from: usize) -> Result<Failures> {
    let [oldest, latest] = [row.int_opt(from + 1)?, row.int_opt(from + 2)?].map(|at| at.map(Moment));
    Ok(Failures { count: row.count(from)?, oldest, latest })
}

impl Store {
    /// How often each key failed at or after `since`, in the order of the keys.
    ///
    /// # Errors
    /// [`crate::StoreError`].
    pub async fn failures_since(&self, keys: &[String], since: Moment) -> Result<Vec<Failures>> {
        let mut conn = self.read().await?;
        let mut answer = Vec::with_capacity(keys.len());
        for key in keys {
            let sql = "SELECT COUNT(*), MIN(at), MAX(at) FROM failure WHERE key = $1 AND at >= $2";
            answer.push(failures(&conn.one(sql, args![key.as_str(), since]).await?, 0)?);
        }
        Ok(answer)
    }

    /// What a look-up has to know of earlier failures, in one statement.
    ///
    /// # Errors
    /// [`crate::StoreError`].
    pub async fn watch(&self, watch: &Watch) -> Result<Guarded> {
        let sql = "SELECT a.n, a.lo, a.hi, b.n, b.lo, b.hi, c.n FROM \
                   (SELECT COUNT(*) AS n, MIN(at) AS lo, MAX(at) AS hi FROM failure WHERE key = $1 AND at >= $3) a, \
                   (SELECT COUNT(*) AS n, MIN(at) AS lo, MAX(at) AS hi FROM failure WHERE key = $2 AND at >= $3) b, \
                   (SELECT COUNT(*) AS n FROM (SELECT 1 FROM failure WHERE key = $4 AND at >= $5 LIMIT $6) x) c";
        let [one, other] = &watch.keys;
        let args = args![one.as_str(), other.as_str(), watch.since, watch.all.as_str(), watch.all_since, watch.most];
        let row = self.read().await?.one(sql, args).await?;
        Ok(Guarded { keys: [failures(&row, 0)?, failures(&row, 3)?], all: row.count(6)? })
    }

    /// Notes that a proof of work was used; false when it was used before. What has ended by now is forgotten.
    ///
    /// # Errors
    /// [`crate::StoreError`].
    pub async fn spend_proof(&self, nonce: &str, until: Moment, now: Moment) -> Result<bool> {
        let mut conn = self.write().await?;
        conn.run("DELETE FROM proof_spent WHERE until < $1", args![now]).await?;
        let sql = "INSERT INTO proof_spent (nonce, until) VALUES ($1, $2) ON CONFLICT DO NOTHING";
        let new = conn.run(sql, args![nonce, until]).await? > 0;
        conn.commit().await?;
        Ok(new)
    }

    /// Notes a failure under each key.
    ///
    /// # Errors
    /// [`crate::StoreError`].
    pub async fn record_failure(&self, keys: &[String], now: Moment) -> Result<()> {
        let mut conn = self.write().await?;
        let rows = keys.iter().map(|key| args![key.as_str(), now]).collect();
        conn.insert("INSERT INTO failure (key, at) VALUES", rows, "").await?;
        conn.commit().await
    }

    /// Forgets the failures of keys, after a success.
    ///
    /// # Errors
    /// [`crate::StoreError`].
    pub async fn clear_failures(&self, keys: &[String]) -> Result<()> {
        let mut conn = self.write().await?;
        for key in keys {
            conn.run("DELETE FROM failure WHERE key = $1", args![key.as_str()]).await?;
        }
        conn.commit().await
    }

    /// Forgets failures before a moment; how many.
    ///
    /// # Errors
    /// [`crate::StoreError`].
    pub async fn purge_failures(&self, before: Moment) -> Result<u64> {
        let mut conn = self.write().await?;
        let gone = conn.run("DELETE FROM failure WHERE at < $1", args![before]).await?;
        conn.commit().await?;
        Ok(gone)
    }
}
