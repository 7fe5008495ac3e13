//! 节假日: the yearly table, and the settings.

use case_core::audit::{Deed, Trace};
use case_core::digest::Digest;
use case_core::wire::holidays::HolidayLine;

use crate::Store;
use crate::audit;
use crate::db::{Conn, args};
use crate::error::Result;

impl Store {
    /// The whole table, the first day first.
    ///
    /// # Errors
    /// [`crate::StoreError`].
    pub async fn holidays(&self) -> Result<Vec<HolidayLine>> {
        let rows = self.read().await?.all("SELECT day, rest, name FROM holiday ORDER BY day", args![]).await?;
        rows.iter()
            .map(|row| {
                Ok(HolidayLine { day: row.parsed(0, "a day")?, rest: row.flag(1)?, name: row.checked(2, "a name")? })
            })
            .collect()
    }

    /// Fills the table, if there is nothing in it yet. Whether it did.
    ///
    /// # Errors
    /// [`crate::StoreError`].
    pub async fn begin_holidays(&self, days: &[HolidayLine], trace: Trace) -> Result<bool> {
        if self.read().await?.optional("SELECT 1 FROM holiday LIMIT 1", args![]).await?.is_some() || days.is_empty() {
            return Ok(false);
        }
        let mut conn = self.write().await?;
        insert(&mut conn, days).await?;
        audit::append(
            &mut conn,
            trace,
            &Deed::HolidaysSet { year: None, days: count(days), digest: Digest::of(&days) },
        )
        .await?;
        conn.commit().await?;
        Ok(true)
    }

    /// Puts the days of a year in the place of those that were there.
    ///
    /// # Errors
    /// [`crate::StoreError`].
    pub async fn set_holidays(&self, year: i32, days: &[HolidayLine], trace: Trace) -> Result<()> {
        let mut conn = self.write().await?;
        conn.run(
            "DELETE FROM holiday WHERE day >= $1 AND day <= $2",
            args![format!("{year:04}-01-01"), format!("{year:04}-12-31")],
        )
        .await?;
        insert(&mut conn, days).await?;
        let deed = Deed::HolidaysSet { year: Some(year), days: count(days), digest: Digest::of(&days) };
        audit::append(&mut conn, trace, &deed).await?;
        conn.commit().await
    }

    /// What is set under a name.
    ///
    /// # Errors
    /// [`crate::StoreError`].
    pub async fn setting(&self, name: &str) -> Result<Option<String>> {
        let row = self.read().await?.optional("SELECT value FROM setting WHERE name = $1", args![name]).await?;
        row.map(|row| row.text(0)).transpose()
    }

    /// Sets it. What is as it was is not noted.
    ///
    /// # Errors
    /// [`crate::StoreError`].
    pub async fn set_setting(&self, name: &str, value: &str, trace: Trace) -> Result<()> {
        let mut conn = self.write().await?;
        let changed = conn
            .run(
                "INSERT INTO setting (name, value) VALUES ($1, $2) \
                 ON CONFLICT (name) DO UPDATE SET value = excluded.value WHERE setting.value <> excluded.value",
                args![name, value],
            )
            .await?;
        if changed > 0 {
            let deed = Deed::SettingSet { name: name.to_owned(), value: value.to_owned() };
            audit::append(&mut conn, trace, &deed).await?;
        }
        conn.commit().await
    }
}

fn count(days: &[HolidayLine]) -> u32 {
    u32::try_from(days.len()).unwrap_or(u32::MAX)
}

async fn insert(conn: &mut Conn, days: &[HolidayLine]) -> Result<()> {
    let rows = days.iter().map(|line| args![line.day, line.rest, line.name.as_str()]).collect();
    conn.insert("INSERT INTO holiday (day, rest, name) VALUES", rows, "ON CONFLICT DO NOTHING").await
}
