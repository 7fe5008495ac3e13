//! Devices: which browsers an account has been used in, and which of them are shut out.

use case_core::audit::{Deed, Trace};
use case_core::id::{AccountId, DeviceId};
use case_core::time::Moment;
use case_core::wire::device::Device;
use sqlx::AssertSqlSafe;

use crate::Store;
use crate::audit;
use crate::db::args;
use crate::error::Result;

/// How an account's device stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Standing {
    /// Whether it is shut out.
    pub revoked: bool,
    /// The last contact that was noted.
    pub last_seen: Moment,
}

impl Store {
    /// How a device of an account stands; `None` when it is new.
    ///
    /// # Errors
    /// [`crate::StoreError`].
    pub async fn device(&self, account: AccountId, id: DeviceId) -> Result<Option<Standing>> {
        let sql = "SELECT revoked_at, last_seen FROM device WHERE account = $1 AND id = $2";
        let row = self.read().await?.optional(sql, args![account, id]).await?;
        row.map(|row| Ok(Standing { revoked: row.int_opt(0)?.is_some(), last_seen: row.moment(1)? })).transpose()
    }

    /// Notes a contact. Whether a device is shut out stays as it is.
    ///
    /// # Errors
    /// [`crate::StoreError`].
    pub async fn note_device(&self, account: AccountId, id: DeviceId, label: &str, now: Moment) -> Result<()> {
        let mut conn = self.write().await?;
        conn.run(
            "INSERT INTO device (account, id, label, first_seen, last_seen) VALUES ($1, $2, $3, $4, $4) \
             ON CONFLICT (account, id) DO UPDATE SET label = excluded.label, last_seen = excluded.last_seen",
            args![account, id, label, now],
        )
        .await?;
        conn.commit().await
    }

    /// Devices of one account or of all, the last seen first.
    ///
    /// # Errors
    /// [`crate::StoreError`].
    pub async fn devices(&self, account: Option<AccountId>, limit: u32) -> Result<Vec<Device>> {
        let mut sql = "SELECT d.id, d.account, a.name, d.label, d.first_seen, d.last_seen, d.revoked_at, \
                       (SELECT COUNT(*) FROM kept_aside k WHERE k.account = d.account AND k.device = d.id AND k.taken_at IS NULL) \
                       FROM device d JOIN account a ON a.id = d.account"
            .to_owned();
        let mut args = args![limit];
        if let Some(account) = account {
            sql += " WHERE d.account = $2";
            args.push(account.into());
        }
        sql += " ORDER BY d.last_seen DESC, d.id LIMIT $1";
        let rows = self.read().await?.all(AssertSqlSafe(sql), args).await?;
        rows.iter()
            .map(|row| {
                Ok(Device {
                    id: row.parsed(0, "a device's id")?,
                    account: row.parsed(1, "an account's id")?,
                    name: row.checked(2, "a name")?,
                    label: row.text(3)?,
                    first_seen: row.moment(4)?,
                    last_seen: row.moment(5)?,
                    revoked_at: row.int_opt(6)?.map(Moment),
                    kept: row.count(7)?,
                })
            })
            .collect()
    }

    /// Shuts a device out; one that is shut out stays so since the first time. Whether there is such a
    /// device.
    ///
    /// # Errors
    /// [`crate::StoreError`].
    pub async fn revoke_device(&self, account: AccountId, id: DeviceId, by: AccountId, now: Moment) -> Result<bool> {
        let sql = "UPDATE device SET revoked_at = COALESCE(revoked_at, $1), revoked_by = COALESCE(revoked_by, $2) \
                   WHERE account = $3 AND id = $4";
        let mut conn = self.write().await?;
        let found = conn.run(sql, args![now, by, account, id]).await?;
        if found > 0 {
            audit::append(&mut conn, Trace::by(by, now), &Deed::DeviceRevoked { account, device: id }).await?;
        }
        conn.commit().await?;
        Ok(found > 0)
    }

    /// Lets a device in again; with `only_by`, only when that account shut it out. Whether it is let in
    /// now.
    ///
    /// # Errors
    /// [`crate::StoreError`].
    pub async fn restore_device(
        &self,
        account: AccountId,
        id: DeviceId,
        only_by: Option<AccountId>,
        trace: Trace,
    ) -> Result<bool> {
        let mut sql =
            "UPDATE device SET revoked_at = NULL, revoked_by = NULL WHERE account = $1 AND id = $2".to_owned();
        let mut args = args![account, id];
        if let Some(by) = only_by {
            sql += " AND (revoked_by IS NULL OR revoked_by = $3)";
            args.push(by.into());
        }
        let mut conn = self.write().await?;
        let found = conn.run(AssertSqlSafe(sql), args).await?;
        if found > 0 {
            audit::append(&mut conn, trace, &Deed::DeviceRestored { account, device: id }).await?;
        }
        conn.commit().await?;
        Ok(found > 0)
    }
}
