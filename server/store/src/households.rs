//! 户: what imports bring, visits date and edits of the roster rewrite.

use case_core::id::HouseholdId;
use case_core::wire::sync::HouseholdCard;

use crate::Store;
use crate::db::{Conn, args, to_json};
use crate::error::Result;
use crate::feed::Touches;
use crate::matters::IMPORT_BATCH;
use crate::types::{Counts, HouseholdDays, NewHousehold};

impl Store {
    /// Takes households in, each once for its source key; one that is known keeps its id and the
    /// days of its visits. Goes in batches with a transaction each.
    ///
    /// # Errors
    /// [`crate::StoreError`].
    pub async fn upsert_households(&self, households: &[NewHousehold]) -> Result<Counts> {
        // In one order, so that two imports at once never wait for each other in a circle.
        let mut sorted: Vec<&NewHousehold> = households.iter().collect();
        sorted.sort_by(|a, b| a.source_key.cmp(&b.source_key));
        let mut counts = Counts::default();
        for batch in sorted.chunks(IMPORT_BATCH) {
            let mut done = Counts::default();
            let mut conn = self.write().await?;
            let mut touches = Touches::default();
            for new in batch {
                upsert(&mut conn, new, &mut done, &mut touches).await?;
            }
            touches.write(&mut conn).await?;
            conn.commit().await?;
            counts += done;
        }
        Ok(counts)
    }

    /// One household.
    ///
    /// # Errors
    /// [`crate::StoreError`].
    pub async fn household(&self, id: HouseholdId) -> Result<Option<HouseholdCard>> {
        let row = self.read().await?.optional("SELECT body FROM household WHERE id = $1", args![id]).await?;
        row.map(|row| row.json(0, "a household")).transpose()
    }
}

async fn upsert(conn: &mut Conn, new: &NewHousehold, counts: &mut Counts, touches: &mut Touches) -> Result<()> {
    let made = conn
        .run(
            "INSERT INTO household (id, source_key, division, body) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING",
            args![new.card.id, new.source_key.as_str(), new.card.division.as_str(), to_json(&new.card)?],
        )
        .await?;
    if made > 0 {
        counts.added += 1;
        touches.household(None, &new.card);
        return Ok(());
    }
    let sql = "SELECT body FROM household WHERE source_key = $1";
    let Some(row) = conn.one_locked(sql, args![new.source_key.as_str()]).await? else {
        // The id belongs to another source key: ids are made from it, so nobody means this.
        return Err(crate::StoreError::Rejected);
    };
    let old: HouseholdCard = row.json(0, "a household")?;
    let card = HouseholdCard {
        id: old.id,
        last_visit: old.last_visit.or(new.card.last_visit),
        next_visit: old.next_visit.or(new.card.next_visit),
        ..new.card.clone()
    };
    if card == old {
        counts.unchanged += 1;
        return Ok(());
    }
    counts.updated += 1;
    save(conn, &old, &card, touches).await
}

/// Locks a household until the end of the transaction.
pub(crate) async fn hold(conn: &mut Conn, id: HouseholdId) -> Result<Option<HouseholdCard>> {
    let row = conn.one_locked("SELECT body FROM household WHERE id = $1", args![id]).await?;
    row.map(|row| row.json(0, "a household")).transpose()
}

/// Sets the days of a household that is held.
pub(crate) async fn set_days(
    conn: &mut Conn,
    old: &HouseholdCard,
    days: HouseholdDays,
    touches: &mut Touches,
) -> Result<()> {
    let card = HouseholdCard { last_visit: days.last_visit, next_visit: days.next_visit, ..old.clone() };
    if card == *old {
        return Ok(());
    }
    save(conn, old, &card, touches).await
}

/// Rewrites the card of a household that is held: what it says, not where it is nor when it was visited.
pub(crate) async fn rewrite(
    conn: &mut Conn,
    old: &HouseholdCard,
    card: HouseholdCard,
    touches: &mut Touches,
) -> Result<()> {
    let card = HouseholdCard {
        id: old.id,
        division: old.division.clone(),
        last_visit: old.last_visit,
        next_visit: old.next_visit,
        ..card
    };
    if card == *old {
        return Ok(());
    }
    save(conn, old, &card, touches).await
}

async fn save(conn: &mut Conn, old: &HouseholdCard, card: &HouseholdCard, touches: &mut Touches) -> Result<()> {
    conn.run(
        "UPDATE household SET division = $1, body = $2 WHERE id = $3",
        args![card.division.as_str(), to_json(card)?, card.id],
    )
    .await?;
    touches.household(Some(old), card);
    Ok(())
}
