//! 查询码: issuing and looking up. The store knows keyed hashes only. Every issue stays on record
//! with who gave it out; a new one stops the one before.

use case_core::audit::{Deed, Trace};
use case_core::digest::Digest;
use case_core::id::{AccountId, MatterId};
use case_core::matter::Matter;
use case_core::time::Moment;
use case_core::wire::desk::Unit;

use crate::Store;
use crate::audit;
use crate::db::{Conn, args};
use crate::error::{Result, StoreError};
use crate::matters;
use crate::types::{CodeHash, ReserveKey};

/// What a code opens.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ByCode {
    /// The matter.
    pub matter: Matter,
    /// 责任单位, where it has one.
    pub unit: Option<Unit>,
    /// What there is beside it.
    pub beside: Beside,
}

/// How much there is beside a matter: so that only what is there need be asked for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Beside {
    /// Documents, of all rounds and kinds.
    pub documents: u32,
    /// Places taken at receptions.
    pub bookings: u32,
    /// 不再给我发短信.
    pub stopped: bool,
    /// Browsers that are reminded.
    pub browsers: u32,
}

impl Store {
    /// Gives a matter a new code; the old one stops.
    ///
    /// # Errors
    /// [`StoreError::UnknownReference`] without such a matter or account; [`StoreError::CodeTaken`]
    /// when the hash was used before or the issue is not newer than the last.
    pub async fn issue_code(&self, matter: MatterId, code: CodeHash, by: AccountId, now: Moment) -> Result<()> {
        let mut conn = self.write().await?;
        // The lock makes two who print at once follow one another.
        matters::hold(&mut conn, matter).await?.ok_or(StoreError::UnknownReference)?;
        let sql = "SELECT COALESCE(MAX(issue), 0) FROM code_issue WHERE matter = $1";
        let last: u32 = conn.one(sql, args![matter]).await?.count(0)?;
        if code.issue <= last {
            return Err(StoreError::CodeTaken);
        }
        let stop = "UPDATE code_issue SET stopped_at = $1 WHERE matter = $2 AND stopped_at IS NULL";
        conn.run(stop, args![now, matter]).await?;
        insert(&mut conn, matter, code, Some(by), now).await?;
        audit::append(&mut conn, Trace::by(by, now), &Deed::CodeReissued { matter, issue: code.issue }).await?;
        conn.commit().await
    }

    /// Which issue of a matter's code holds.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn code_issue(&self, matter: MatterId) -> Result<Option<u32>> {
        current_issue(&mut self.read().await?, matter).await
    }

    /// The matter whose code has this hash, with its unit and what there is beside it, in one query.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn matter_by_code(&self, hash: &Digest) -> Result<Option<ByCode>> {
        let sql = "SELECT m.body, u.id, u.name, u.phone, \
                   (SELECT COUNT(*) FROM document d WHERE d.matter = m.id), \
                   (SELECT COUNT(*) FROM booking b WHERE b.matter = m.id), \
                   (SELECT COUNT(*) FROM notice_stop s WHERE s.matter = m.id), \
                   (SELECT COUNT(*) FROM push_subscription p WHERE p.matter = m.id) \
                   FROM code_issue c \
                   JOIN matter m ON m.id = c.matter JOIN matter_index x ON x.matter = c.matter \
                   LEFT JOIN unit u ON u.id = x.unit WHERE c.hash = $1 AND c.stopped_at IS NULL";
        let Some(row) = self.read().await?.optional(sql, args![*hash]).await? else { return Ok(None) };
        let unit = match row.parsed_opt(1, "a unit's id")? {
            None => None,
            Some(id) => Some(Unit { id, name: row.checked(2, "a name")?, phone: row.checked(3, "a phone")? }),
        };
        let beside = Beside {
            documents: row.count(4)?,
            bookings: row.count(5)?,
            stopped: row.flag(6)?,
            browsers: row.count(7)?,
        };
        Ok(Some(ByCode { matter: row.json(0, "a matter")?, unit, beside }))
    }
}

/// Which issue of a matter's code holds.
async fn current_issue(conn: &mut Conn, matter: MatterId) -> Result<Option<u32>> {
    Ok(held(conn, matter).await?.map(|(code, _)| code.issue))
}

/// The code of a matter that holds, and of whose reserve it is, if it is of one.
pub(crate) async fn held(conn: &mut Conn, matter: MatterId) -> Result<Option<(CodeHash, Option<ReserveKey>)>> {
    let sql = "SELECT c.hash, c.issue, r.account, r.device, r.n FROM code_issue c \
               LEFT JOIN code_reserve r ON r.hash = c.hash WHERE c.matter = $1 AND c.stopped_at IS NULL";
    let Some(row) = conn.optional(sql, args![matter]).await? else { return Ok(None) };
    let code = CodeHash { hash: row.digest(0)?, issue: row.count(1)? };
    let reserve = match (row.parsed_opt(2, "an account")?, row.parsed_opt(3, "a device")?) {
        (Some(account), Some(device)) => Some(ReserveKey { account, device, n: row.count(4)? }),
        _ => None,
    };
    Ok(Some((code, reserve)))
}

/// Writes an issue. A code that is reserved for a phone is taken.
pub(crate) async fn insert(
    conn: &mut Conn,
    matter: MatterId,
    code: CodeHash,
    by: Option<AccountId>,
    now: Moment,
) -> Result<()> {
    let made = conn
        .run(
            "INSERT INTO code_issue (hash, matter, issue, issued_at, issued_by) SELECT $1, $2, $3, $4, $5 \
             WHERE NOT EXISTS (SELECT 1 FROM code_reserve WHERE hash = $1) ON CONFLICT DO NOTHING",
            args![code.hash, matter, code.issue, now, by],
        )
        .await?;
    if made == 0 { Err(StoreError::CodeTaken) } else { Ok(()) }
}
