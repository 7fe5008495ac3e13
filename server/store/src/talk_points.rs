//! 说事点.

use case_core::audit::{Deed, Trace};
use case_core::reception::TalkPoint;

use crate::Store;
use crate::audit;
use crate::db::{args, to_json};
use crate::error::Result;

impl Store {
    /// Puts a point in the place of the one with its id, or adds it.
    ///
    /// # Errors
    /// [`crate::StoreError`].
    pub async fn set_talk_point(&self, point: &TalkPoint, trace: Trace) -> Result<()> {
        let mut conn = self.write().await?;
        conn.run(
            "INSERT INTO talk_point (id, division, closed, body) VALUES ($1, $2, $3, $4) ON CONFLICT (id) \
             DO UPDATE SET division = excluded.division, closed = excluded.closed, body = excluded.body",
            args![point.id, point.division.as_str(), point.closed, to_json(point)?],
        )
        .await?;
        audit::append(&mut conn, trace, &Deed::TalkPointSet { point: point.id, closed: point.closed }).await?;
        conn.commit().await
    }

    /// All points by their places; those that are closed only when asked for.
    ///
    /// # Errors
    /// [`crate::StoreError`].
    pub async fn talk_points(&self, closed_too: bool) -> Result<Vec<TalkPoint>> {
        let sql = "SELECT body FROM talk_point WHERE closed <= $1 ORDER BY division, id";
        let rows = self.read().await?.all(sql, args![closed_too]).await?;
        rows.iter().map(|row| row.json(0, "a point")).collect()
    }
}
