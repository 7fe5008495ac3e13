//! 单位上下级. Who is accused bars the units under him as well, so circles are refused.

use case_core::id::UnitId;
use case_core::sealed::UnitTree;

use crate::Store;
use crate::db::{Conn, args};
use crate::error::{Result, StoreError};

/// What became of placing a unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Placed {
    /// It stands there.
    Done,
    /// The one above would stand under it, or is the unit itself.
    Circle,
}

impl Store {
    /// Which unit stands under which.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn unit_tree(&self) -> Result<UnitTree> {
        read(&mut self.read().await?).await
    }

    /// Puts a unit under another; under none, at the top.
    ///
    /// # Errors
    /// [`StoreError::UnknownReference`] for a unit that does not exist.
    pub async fn place_unit(&self, unit: UnitId, under: Option<UnitId>) -> Result<Placed> {
        let mut conn = self.write().await?;
        conn.one_locked("SELECT id FROM unit WHERE id = $1", args![unit]).await?.ok_or(StoreError::UnknownReference)?;
        if let Some(above) = under
            && read(&mut conn).await?.is_within(above, unit)
        {
            return Ok(Placed::Circle);
        }
        conn.run("UPDATE unit SET parent = $1 WHERE id = $2", args![under, unit]).await?;
        conn.commit().await?;
        Ok(Placed::Done)
    }
}

async fn read(conn: &mut Conn) -> Result<UnitTree> {
    let rows = conn.all("SELECT id, parent FROM unit WHERE parent IS NOT NULL ORDER BY id", args![]).await?;
    let pairs: Result<Vec<(UnitId, UnitId)>> =
        rows.iter().map(|row| Ok((row.parsed(0, "a unit's id")?, row.parsed(1, "a unit's id")?))).collect();
    Ok(UnitTree::new(pairs?))
}
