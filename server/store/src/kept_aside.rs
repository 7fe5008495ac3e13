//! Records that nobody could read, handed in by phones that were to be wiped: kept in the envelope in which they
//! came, under the name of the official whose phone it was, until a later version of the server can read them.

use case_core::audit::{Deed, Trace};
use case_core::digest::Digest;
use case_core::id::{AccountId, DeviceId, RecordId};
use case_core::time::Moment;
use case_core::wire::sync::SetAside;

use crate::Store;
use crate::audit;
use crate::db::{args, to_json};
use crate::error::Result;

/// A record in its envelope, with what is known of it from outside.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeptAside {
    /// Its id.
    pub record: RecordId,
    /// The digest of its bytes.
    pub digest: Digest,
    /// Whose it is: the envelope proved it.
    pub account: AccountId,
    /// The phone that handed it in.
    pub device: DeviceId,
    /// The envelope.
    pub envelope: Vec<u8>,
}

impl Store {
    /// Keeps it. The same again changes nothing.
    ///
    /// # Errors
    /// [`crate::StoreError`].
    pub async fn keep_aside(&self, kept: &KeptAside, reason: &SetAside, now: Moment) -> Result<()> {
        let KeptAside { record, digest, account, device, ref envelope } = *kept;
        let mut conn = self.write().await?;
        let made = conn
            .run(
                "INSERT INTO kept_aside (record, digest, account, device, reason, received_at, envelope) \
                 VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT DO NOTHING",
                args![record, digest, account, device, to_json(reason)?, now, envelope.clone()],
            )
            .await?;
        if made > 0 {
            let deed = Deed::RecordKept { account, device, record, digest };
            audit::append(&mut conn, Trace::by(account, now), &deed).await?;
        }
        conn.commit().await
    }

    /// Those of which no record could be made yet, in the order of their ids, which is the order in which they were
    /// made on the phones; from behind the named one on.
    ///
    /// # Errors
    /// [`crate::StoreError`].
    pub async fn kept_aside(&self, after: Option<(RecordId, Digest)>, limit: u32) -> Result<Vec<KeptAside>> {
        let (record, digest) = after.map_or_else(Default::default, |(id, digest)| (id.to_string(), digest.hex()));
        let sql = "SELECT record, digest, account, device, envelope FROM kept_aside WHERE taken_at IS NULL \
                   AND (record > $1 OR (record = $1 AND digest > $2)) ORDER BY record, digest LIMIT $3";
        let rows = self.read().await?.all(sql, args![record, digest, limit]).await?;
        rows.iter()
            .map(|row| {
                Ok(KeptAside {
                    record: row.parsed(0, "a record's id")?,
                    digest: row.digest(1)?,
                    account: row.parsed(2, "an account's id")?,
                    device: row.parsed(3, "a device's id")?,
                    envelope: row.bytes(4)?,
                })
            })
            .collect()
    }

    /// Notes that it has become a record.
    ///
    /// # Errors
    /// [`crate::StoreError`].
    pub async fn took_kept(&self, record: RecordId, digest: Digest, now: Moment) -> Result<()> {
        let mut conn = self.write().await?;
        let sql = "UPDATE kept_aside SET taken_at = $1 WHERE record = $2 AND digest = $3 AND taken_at IS NULL";
        conn.run(sql, args![now, record, digest]).await?;
        conn.commit().await
    }
}
