//! 回避 (Article 28): officials for whom a matter does not exist.
//!
//! A declaration lists the matter anew in its change feeds, so that the official's phone looks at it again and
//! finds it gone; phones of others get the same card once more.

use case_core::audit::{Deed, Trace};
use case_core::id::{AccountId, MatterId};
use case_core::text::Paragraph;
use case_core::wire::desk::Recusal;

use crate::Store;
use crate::audit;
use crate::db::args;
use crate::error::{Result, StoreError};
use crate::feed::Touches;
use crate::matters;

impl Store {
    /// Declares that an official stays away from a matter. Whether there is such a matter.
    ///
    /// # Errors
    /// [`StoreError::UnknownReference`] for an account that does not exist, or a deed of nobody.
    pub async fn recuse(&self, matter: MatterId, account: AccountId, reason: &Paragraph, trace: Trace) -> Result<bool> {
        let by = trace.by.ok_or(StoreError::UnknownReference)?;
        let mut conn = self.write().await?;
        let Some(held) = matters::hold(&mut conn, matter).await? else {
            conn.roll_back().await?;
            return Ok(false);
        };
        let made = conn
            .run(
                "INSERT INTO recusal (matter, account, declared_by, at, reason) VALUES ($1, $2, $3, $4, $5) \
                 ON CONFLICT DO NOTHING",
                args![matter, account, by, trace.at, reason.as_str()],
            )
            .await?;
        if made > 0 {
            let mut touches = Touches::default();
            touches.matter(None, &held.matter);
            touches.write(&mut conn).await?;
            let deed = Deed::Recused { matter, account, reason: reason.clone() };
            audit::append(&mut conn, trace, &deed).await?;
        }
        conn.commit().await?;
        Ok(true)
    }

    /// Takes a declaration back. Whether there was one.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn lift_recusal(&self, matter: MatterId, account: AccountId, trace: Trace) -> Result<bool> {
        let mut conn = self.write().await?;
        let Some(held) = matters::hold(&mut conn, matter).await? else {
            conn.roll_back().await?;
            return Ok(false);
        };
        let gone = conn.run("DELETE FROM recusal WHERE matter = $1 AND account = $2", args![matter, account]).await?;
        if gone > 0 {
            let mut touches = Touches::default();
            touches.matter(None, &held.matter);
            touches.write(&mut conn).await?;
            audit::append(&mut conn, trace, &Deed::RecusalLifted { matter, account }).await?;
        }
        conn.commit().await?;
        Ok(gone > 0)
    }

    /// Who stays away from a matter, the first declaration first.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn recusals(&self, matter: MatterId) -> Result<Vec<Recusal>> {
        let sql = "SELECT r.account, a.name, b.name, r.at, r.reason FROM recusal r JOIN account a ON a.id = r.account \
                   JOIN account b ON b.id = r.declared_by WHERE r.matter = $1 ORDER BY r.at, r.account";
        let rows = self.read().await?.all(sql, args![matter]).await?;
        rows.iter()
            .map(|row| {
                Ok(Recusal {
                    account: row.parsed(0, "an account's id")?,
                    name: row.checked(1, "a name")?,
                    by: row.checked(2, "a name")?,
                    at: row.moment(3)?,
                    reason: row.checked(4, "a reason")?,
                })
            })
            .collect()
    }

    /// The matters that do not exist for an official.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn recused_from(&self, account: AccountId) -> Result<Vec<MatterId>> {
        let rows = self.read().await?.all("SELECT matter FROM recusal WHERE account = $1", args![account]).await?;
        rows.iter().map(|row| row.parsed(0, "a matter's id")).collect()
    }

    /// Whether the official stays away from that matter.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn is_recused(&self, matter: MatterId, account: AccountId) -> Result<bool> {
        let sql = "SELECT 1 FROM recusal WHERE matter = $1 AND account = $2";
        Ok(self.read().await?.optional(sql, args![matter, account]).await?.is_some())
    }
}
