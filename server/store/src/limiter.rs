//! Failed tries, for limiting guesses. Keys are hashed by the caller; this table knows neither
//! codes nor addresses.

use case_core::time::Moment;

use crate::Store;
use crate::db::args;
use crate::error::Result;
use crate::types::Failures;

impl Store {
    /// How often each key failed at or after `since`, in the order of the keys.
    ///
    /// # Errors
    /// [`crate::StoreError`].
    pub async fn failures_since(&self, keys: &[String], since: Moment) -> Result<Vec<Failures>> {
        let mut conn = self.read().await?;
        let mut answer = Vec::with_capacity(keys.len());
        for key in keys {
            let sql = "SELECT COUNT(*), MIN(at) FROM failure WHERE key = $1 AND at >= $2";
            let row = conn.one(sql, args![key.as_str(), since]).await?;
            answer.push(Failures { count: row.count(0)?, oldest: row.int_opt(1)?.map(Moment) });
        }
        Ok(answer)
    }

    /// Notes a failure under each key.
    ///
    /// # Errors
    /// [`crate::StoreError`].
    pub async fn record_failure(&self, keys: &[String], now: Moment) -> Result<()> {
        let mut conn = self.write().await?;
        for key in keys {
            conn.run("INSERT INTO failure (key, at) VALUES ($1, $2)", args![key.as_str(), now]).await?;
        }
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
