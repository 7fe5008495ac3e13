//! Sessions: the server keeps the digest of a token, the browser the token.

use case_core::audit::{Deed, Trace};
use case_core::digest::Digest;
use case_core::id::{AccountId, DeviceId};
use case_core::time::Moment;

use crate::Store;
use crate::accounts::{fold, select_account};
use crate::audit;
use crate::db::args;
use crate::error::Result;
use crate::types::OpenSession;

impl Store {
    /// Begins a session, in a browser when that is known.
    ///
    /// # Errors
    /// [`crate::StoreError`].
    pub async fn create_session(
        &self,
        token: Digest,
        account: AccountId,
        device: Option<DeviceId>,
        now: Moment,
        expires: Moment,
    ) -> Result<()> {
        let mut conn = self.write().await?;
        conn.run(
            "INSERT INTO session (token, account, device, created_at, expires_at) VALUES ($1, $2, $3, $4, $5)",
            args![token, account, device, now, expires],
        )
        .await?;
        audit::append(&mut conn, Trace::by(account, now), &Deed::SignedIn { device }).await?;
        conn.commit().await
    }

    /// Whose session it is: nobody's when it has ended or expired, or the account is not active. One
    /// query, since every request asks it.
    ///
    /// # Errors
    /// [`crate::StoreError`].
    pub async fn session(&self, token: &Digest, now: Moment) -> Result<Option<OpenSession>> {
        let sql = select_account!(
            ", s.device ",
            "JOIN session s ON s.account = a.id \
             WHERE s.token = $1 AND s.expires_at > $2 AND a.active = 1 ORDER BY r.code"
        );
        let rows = self.read().await?.all(sql, args![*token, now]).await?;
        let device = rows.first().map(|row| row.parsed_opt(10, "a device's id")).transpose()?.flatten();
        Ok(fold(&rows)?.pop().map(|account| OpenSession { account, device }))
    }

    /// Signs out.
    ///
    /// # Errors
    /// [`crate::StoreError`].
    pub async fn end_session(&self, token: &Digest) -> Result<()> {
        let mut conn = self.write().await?;
        conn.run("DELETE FROM session WHERE token = $1", args![*token]).await?;
        conn.commit().await
    }

    /// Signs an account out everywhere.
    ///
    /// # Errors
    /// [`crate::StoreError`].
    pub async fn end_sessions_of(&self, account: AccountId) -> Result<()> {
        let mut conn = self.write().await?;
        conn.run("DELETE FROM session WHERE account = $1", args![account]).await?;
        conn.commit().await
    }

    /// Forgets what has expired; how many.
    ///
    /// # Errors
    /// [`crate::StoreError`].
    pub async fn purge_sessions(&self, now: Moment) -> Result<u64> {
        let mut conn = self.write().await?;
        let ended = conn.run("DELETE FROM session WHERE expires_at <= $1", args![now]).await?;
        conn.commit().await?;
        Ok(ended)
    }
}
