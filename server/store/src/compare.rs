//! Comparing what a phone holds with what is here: after a restored backup either side may have lost
//! something that the other can give back.

use std::collections::BTreeMap;

use case_core::digest::Digest;
use case_core::id::{AccountId, RecordId};
use case_core::time::Moment;
use sqlx::AssertSqlSafe;

use crate::Store;
use crate::db::{Arg, args, placeholders};
use crate::error::Result;

/// Ids of one question.
const PART: usize = 100;

impl Store {
    /// Which database this is. It changes when a backup was restored.
    ///
    /// # Errors
    /// [`crate::StoreError`].
    pub async fn lineage(&self) -> Result<String> {
        self.read().await?.one("SELECT id FROM lineage", args![]).await?.text(0)
    }

    /// The digests of those of the records that are here.
    ///
    /// # Errors
    /// [`crate::StoreError`].
    pub async fn record_digests(&self, ids: &[RecordId]) -> Result<BTreeMap<RecordId, Digest>> {
        let mut conn = self.read().await?;
        let mut found = BTreeMap::new();
        for part in ids.chunks(PART) {
            let sql = format!("SELECT id, digest FROM record WHERE id IN ({})", placeholders(1, part.len()));
            let ids: Vec<Arg> = part.iter().map(|id| (*id).into()).collect();
            for row in conn.all(AssertSqlSafe(sql), ids).await? {
                found.insert(row.parsed(0, "a record's id")?, row.digest(1)?);
            }
        }
        Ok(found)
    }

    /// How many records of an account were taken in since then, from any device.
    ///
    /// # Errors
    /// [`crate::StoreError`].
    pub async fn records_since(&self, account: AccountId, since: Moment) -> Result<u32> {
        let sql = "SELECT COUNT(*) FROM record r JOIN receipt p ON p.record = r.id \
                   WHERE r.account = $1 AND p.received_at >= $2";
        let row = self.read().await?.one(sql, args![account, since]).await?;
        row.count(0)
    }
}
