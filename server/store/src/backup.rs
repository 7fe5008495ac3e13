//! Copying a database that is in use, and making room for tests.

use std::path::Path;

use case_core::audit::{Deed, Trace};
use sqlx::AssertSqlSafe;

use crate::audit;
use crate::db::args;
use crate::error::{Result, StoreError};
use crate::{Pools, Store};

impl Store {
    /// Writes a consistent copy of a SQLite database while others go on writing. For PostgreSQL
    /// `pg_dump` does it.
    ///
    /// # Errors
    /// [`StoreError::BadUrl`] on PostgreSQL; [`StoreError::Unavailable`] when the file exists or
    /// cannot be written.
    pub async fn backup(&self, to: &Path) -> Result<()> {
        let Pools::Sqlite { write, .. } = &self.pools else { return Err(StoreError::BadUrl) };
        let to = to.to_str().ok_or(StoreError::BadUrl)?;
        if Path::new(to).exists() {
            return Err(StoreError::Unavailable);
        }
        sqlx::query("VACUUM INTO $1").bind(to).execute(write).await?;
        Ok(())
    }
}

impl Store {
    /// After a restore: cursors that phones got from the lost time no longer fit, even where the
    /// counters have gone past them since. With a new lineage (any text that
    /// was never one before) every phone loads its work area anew.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn begin_new_lineage(&self, lineage: &str, trace: Trace) -> Result<()> {
        let mut conn = self.write().await?;
        conn.run("UPDATE lineage SET id = $1", args![lineage]).await?;
        audit::append(&mut conn, trace, &Deed::Restored { lineage: lineage.to_owned() }).await?;
        conn.commit().await
    }
}

/// For tests: makes an empty schema in a PostgreSQL database and tells the address that uses it.
///
/// # Errors
/// [`StoreError`] when the server cannot be reached or the name is not plain.
pub async fn fresh_postgres_schema(server: &str, name: &str) -> Result<String> {
    if !name.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_') {
        return Err(StoreError::BadUrl);
    }
    let pool = sqlx::PgPool::connect(server).await?;
    sqlx::raw_sql(AssertSqlSafe(format!("CREATE SCHEMA {name}"))).execute(&pool).await?;
    pool.close().await;
    let mark = if server.contains('?') { '&' } else { '?' };
    Ok(format!("{server}{mark}options[search_path]={name}"))
}
