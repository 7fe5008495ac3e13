//! 责任单位 and 区划: what imports bring and forms choose from.

use case_core::id::UnitId;
use case_core::place::DivisionCode;
use case_core::wire::desk::{Division, Unit};
use sqlx::AssertSqlSafe;

use crate::Store;
use crate::db::{Row, args, placeholders};
use crate::error::{Result, StoreError};
use crate::types::Counts;

/// What became of closing a unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Closing {
    /// It goes on as the other one.
    Done,
    /// One of the two was merged or closed before.
    GoneAlready,
    /// A unit cannot go on for itself.
    Itself,
}

impl Store {
    /// Makes units, or gives those that are there another name and phone.
    ///
    /// # Errors
    /// [`crate::StoreError`].
    pub async fn upsert_units(&self, units: &[Unit]) -> Result<Counts> {
        let mut conn = self.write().await?;
        let mut counts = Counts::default();
        for unit in units {
            let old = conn.optional("SELECT id, name, phone FROM unit WHERE id = $1", args![unit.id]).await?;
            match old.as_ref().map(read_unit).transpose()? {
                Some(old) if old == *unit => counts.unchanged += 1,
                Some(_) => counts.updated += 1,
                None => counts.added += 1,
            }
            conn.run(
                "INSERT INTO unit (id, name, phone) VALUES ($1, $2, $3) \
                 ON CONFLICT (id) DO UPDATE SET name = excluded.name, phone = excluded.phone",
                args![unit.id, unit.name.as_str(), unit.phone.as_str()],
            )
            .await?;
        }
        conn.commit().await?;
        Ok(counts)
    }

    /// All units, by name.
    ///
    /// # Errors
    /// [`crate::StoreError`].
    pub async fn units(&self) -> Result<Vec<Unit>> {
        let rows = self.read().await?.all("SELECT id, name, phone FROM unit ORDER BY name, id", args![]).await?;
        rows.iter().map(read_unit).collect()
    }

    /// Units that a matter can be sent to: those that were not merged or closed. By name.
    ///
    /// # Errors
    /// [`crate::StoreError`].
    pub async fn open_units(&self) -> Result<Vec<Unit>> {
        let sql = "SELECT id, name, phone FROM unit WHERE successor IS NULL ORDER BY name, id";
        self.read().await?.all(sql, args![]).await?.iter().map(read_unit).collect()
    }

    /// Which unit goes on for one that was merged or closed; none while it is there itself.
    ///
    /// # Errors
    /// [`crate::StoreError`].
    pub async fn successor(&self, unit: UnitId) -> Result<Option<UnitId>> {
        let row = self.read().await?.optional("SELECT successor FROM unit WHERE id = $1", args![unit]).await?;
        match row {
            Some(row) => row.parsed_opt(0, "a unit's id"),
            None => Ok(None),
        }
    }

    /// 合并、撤销 (Article 24): from now on another unit goes on. Its people and the units under it go over to that
    /// one; its matters are moved one by one ([`case_core::matter::succeed`]), each with an entry of its own.
    ///
    /// # Errors
    /// [`crate::StoreError::UnknownReference`] for a unit that does not exist.
    pub async fn close_unit(&self, unit: UnitId, into: UnitId) -> Result<Closing> {
        let mut conn = self.write().await?;
        let successor = "SELECT successor, parent FROM unit WHERE id = $1";
        let from = conn.one_locked(successor, args![unit]).await?.ok_or(StoreError::UnknownReference)?;
        let to = conn.one_locked(successor, args![into]).await?.ok_or(StoreError::UnknownReference)?;
        let gone: Option<UnitId> = from.parsed_opt(0, "a unit's id")?;
        if gone.is_some_and(|before| before != into) || to.parsed_opt::<UnitId>(0, "a unit's id")?.is_some() {
            return Ok(Closing::GoneAlready);
        }
        if unit == into {
            return Ok(Closing::Itself);
        }
        let above: Option<UnitId> = from.parsed_opt(1, "a unit's id")?;
        conn.run("UPDATE unit SET successor = $1 WHERE id = $2", args![into, unit]).await?;
        conn.run("UPDATE account SET unit = $1 WHERE unit = $2", args![into, unit]).await?;
        // Where it stood under the unit that goes, it stands now where that one stood.
        conn.run("UPDATE unit SET parent = $1 WHERE id = $2 AND parent = $3", args![above, into, unit]).await?;
        conn.run("UPDATE unit SET parent = $1 WHERE parent = $2", args![into, unit]).await?;
        conn.commit().await?;
        Ok(Closing::Done)
    }

    /// One unit.
    ///
    /// # Errors
    /// [`crate::StoreError`].
    pub async fn unit(&self, id: UnitId) -> Result<Option<Unit>> {
        let row = self.read().await?.optional("SELECT id, name, phone FROM unit WHERE id = $1", args![id]).await?;
        row.as_ref().map(read_unit).transpose()
    }

    /// Takes divisions in. What a division lies in follows from its code.
    ///
    /// # Errors
    /// [`crate::StoreError`].
    pub async fn upsert_divisions(&self, divisions: &[Division]) -> Result<Counts> {
        let mut conn = self.write().await?;
        let mut counts = Counts::default();
        for division in divisions {
            let code = division.code.as_str();
            let old = conn.optional("SELECT name FROM division WHERE code = $1", args![code]).await?;
            match old.map(|row| row.text(0)).transpose()? {
                Some(name) if name == division.name.as_str() => {
                    counts.unchanged += 1;
                    continue;
                }
                Some(_) => counts.updated += 1,
                None => counts.added += 1,
            }
            conn.run(
                "INSERT INTO division (code, name, parent) VALUES ($1, $2, $3) \
                 ON CONFLICT (code) DO UPDATE SET name = excluded.name",
                args![code, division.name.as_str(), parent(&division.code)],
            )
            .await?;
        }
        conn.commit().await?;
        Ok(counts)
    }

    /// What lies directly in a division; without one, the divisions that lie in none that is known.
    ///
    /// # Errors
    /// [`crate::StoreError`].
    pub async fn divisions_under(&self, under: Option<&DivisionCode>) -> Result<Vec<Division>> {
        let mut conn = self.read().await?;
        let rows = match under {
            Some(code) => {
                let sql = "SELECT code, name FROM division WHERE parent = $1 ORDER BY code";
                conn.all(sql, args![code.as_str()]).await?
            }
            None => {
                let sql = "SELECT d.code, d.name FROM division d LEFT JOIN division p ON p.code = d.parent \
                           WHERE p.code IS NULL ORDER BY d.code";
                conn.all(sql, args![]).await?
            }
        };
        rows.iter().map(read_division).collect()
    }

    /// All divisions, by their codes: each before what lies in it.
    ///
    /// # Errors
    /// [`crate::StoreError`].
    pub async fn divisions(&self) -> Result<Vec<Division>> {
        let rows = self.read().await?.all("SELECT code, name FROM division ORDER BY code", args![]).await?;
        rows.iter().map(read_division).collect()
    }

    /// The divisions with these codes; unknown codes are left out.
    ///
    /// # Errors
    /// [`crate::StoreError`].
    pub async fn division_names(&self, codes: &[DivisionCode]) -> Result<Vec<Division>> {
        let mut conn = self.read().await?;
        let mut found = Vec::with_capacity(codes.len());
        for part in codes.chunks(100) {
            let list = placeholders(1, part.len());
            let sql = format!("SELECT code, name FROM division WHERE code IN ({list}) ORDER BY code");
            let rows = conn.all(AssertSqlSafe(sql), part.iter().map(|code| code.as_str().into()).collect()).await?;
            for row in &rows {
                found.push(read_division(row)?);
            }
        }
        Ok(found)
    }

    /// All divisions, by code.
    ///
    /// # Errors
    /// [`crate::StoreError`].
    pub async fn all_divisions(&self) -> Result<Vec<Division>> {
        let rows = self.read().await?.all("SELECT code, name FROM division ORDER BY code", args![]).await?;
        rows.iter().map(read_division).collect()
    }
}

/// A village lies in its town, a town in its county.
fn parent(code: &DivisionCode) -> Option<&str> {
    match code.as_str().len() {
        12 => code.town(),
        9 => Some(code.county()),
        _ => None,
    }
}

fn read_unit(row: &Row) -> Result<Unit> {
    Ok(Unit { id: row.parsed(0, "a unit's id")?, name: row.checked(1, "a name")?, phone: row.checked(2, "a phone")? })
}

fn read_division(row: &Row) -> Result<Division> {
    Ok(Division { code: row.checked(0, "a division code")?, name: row.checked(1, "a name")? })
}
