//! The reserve: query codes that were given to a phone ahead, so that one can be handed out at a door
//! where there is no network. The store knows keyed hashes only; the server derives a code again from
//! its [`ReserveKey`].
//!
//! A code of the reserve is, in this order: *unused* (it finds nothing), then the code of exactly one
//! matter. It becomes that in the transaction that takes in the record which raises the matter, and
//! only for the account to which it was given: for whoever else writes it into a record, and for the
//! second record that brings it, it is not reserved, and the matter gets a code of the server's own.
//! It does not matter from which device the record comes, since records outlive devices.
//!
//! A hash that is reserved is never issued to a matter by another way, nor the reverse.

use case_core::audit::{Deed, Trace};
use case_core::digest::Digest;
use case_core::id::{AccountId, DeviceId, MatterId};
use case_core::time::Moment;

use crate::Store;
use crate::audit;
use crate::db::{Conn, args};
use crate::error::{Result, StoreError};
use crate::types::{CodeHash, ReserveKey};

impl Store {
    /// Gives a code to a phone. The same again changes nothing.
    ///
    /// # Errors
    /// [`StoreError::CodeTaken`] when another phone or a matter has that hash: take the next number.
    /// [`StoreError::UnknownReference`] without such an account.
    pub async fn issue_reserve(
        &self,
        account: AccountId,
        device: DeviceId,
        n: u32,
        hash: Digest,
        now: Moment,
    ) -> Result<()> {
        let mut conn = self.write().await?;
        if !issue(&mut conn, ReserveKey { account, device, n }, hash, now).await? {
            return Err(StoreError::CodeTaken);
        }
        let deed = Deed::CodesReserved { device, from: n, to: n };
        audit::append(&mut conn, Trace::by(account, now), &deed).await?;
        conn.commit().await
    }

    /// Fills a phone's reserve up to `want` unused codes with numbers above `beyond` and answers with the numbers
    /// of all of those. Asking twice, or twice at once, gives the same ones.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn fill_reserve(
        &self,
        account: AccountId,
        device: DeviceId,
        want: usize,
        beyond: u32,
        hash: &(dyn Fn(u32) -> Digest + Send + Sync),
        now: Moment,
    ) -> Result<Vec<u32>> {
        let mut held = self.unused(account, device).await?;
        held.retain(|n| *n > beyond);
        if held.len() >= want {
            return Ok(held);
        }
        let mut conn = self.write().await?;
        // One filling at a time: each statement sees what has been committed until then, so that another's
        // codes could come up between the two questions below, and the reserve be filled twice.
        conn.one_locked("SELECT id FROM account WHERE id = $1", args![account]).await?;
        let mut held = unused(&mut conn, account, device).await?;
        held.retain(|n| *n > beyond);
        if held.len() >= want {
            return Ok(held);
        }
        let sql = "SELECT COALESCE(MAX(n), 0) FROM code_reserve WHERE account = $1 AND device = $2";
        let last: u32 = conn.one(sql, args![account, device]).await?.count(0)?;
        let mut n = last.max(beyond);
        let from = n.saturating_add(1);
        while held.len() < want {
            n = n.checked_add(1).ok_or(StoreError::CodeTaken)?;
            if issue(&mut conn, ReserveKey { account, device, n }, hash(n), now).await? {
                held.push(n);
            }
        }
        let deed = Deed::CodesReserved { device, from, to: n };
        audit::append(&mut conn, Trace::by(account, now), &deed).await?;
        conn.commit().await?;
        Ok(held)
    }

    /// The numbers of a phone's codes that no matter has yet.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn unused(&self, account: AccountId, device: DeviceId) -> Result<Vec<u32>> {
        unused(&mut self.read().await?, account, device).await
    }
}

async fn unused(conn: &mut Conn, account: AccountId, device: DeviceId) -> Result<Vec<u32>> {
    let sql = "SELECT n FROM code_reserve WHERE account = $1 AND device = $2 AND matter IS NULL ORDER BY n";
    conn.all(sql, args![account, device]).await?.iter().map(|row| row.count(0)).collect()
}

/// Writes a code of the reserve; `false` when its hash is another's.
async fn issue(conn: &mut Conn, key: ReserveKey, hash: Digest, now: Moment) -> Result<bool> {
    let made = conn
        .run(
            "INSERT INTO code_reserve (hash, account, device, n, issued_at) SELECT $1, $2, $3, $4, $5 \
             WHERE NOT EXISTS (SELECT 1 FROM code_issue WHERE hash = $1) ON CONFLICT DO NOTHING",
            args![hash, key.account, key.device, key.n, now],
        )
        .await?;
    if made > 0 {
        return Ok(true);
    }
    let sql = "SELECT 1 FROM code_reserve WHERE hash = $1 AND account = $2 AND device = $3 AND n = $4";
    Ok(conn.optional(sql, args![hash, key.account, key.device, key.n]).await?.is_some())
}

/// Whether the account may use the code now; holds it against others until the end of the
/// transaction.
pub(crate) async fn hold(conn: &mut Conn, hash: Digest, account: AccountId) -> Result<bool> {
    let sql = "SELECT n FROM code_reserve WHERE hash = $1 AND account = $2 AND matter IS NULL \
               AND NOT EXISTS (SELECT 1 FROM code_issue WHERE code_issue.hash = code_reserve.hash)";
    Ok(conn.one_locked(sql, args![hash, account]).await?.is_some())
}

/// Makes a code that is held the code of a new matter.
pub(crate) async fn spend(
    conn: &mut Conn,
    matter: MatterId,
    code: CodeHash,
    by: Option<AccountId>,
    now: Moment,
) -> Result<()> {
    conn.run(
        "INSERT INTO code_issue (hash, matter, issue, issued_at, issued_by) VALUES ($1, $2, $3, $4, $5)",
        args![code.hash, matter, code.issue, now, by],
    )
    .await?;
    conn.run("UPDATE code_reserve SET matter = $1 WHERE hash = $2", args![matter, code.hash]).await?;
    Ok(())
}
