//! 户: what imports bring, visits date and edits of the roster rewrite.

use case_core::id::HouseholdId;
use case_core::wire::sync::HouseholdCard;

use crate::Store;
use crate::db::{Conn, args, from_json, to_json};
use crate::error::Result;
use crate::feed::Touches;
use crate::matters::IMPORT_BATCH;
use crate::merge;
use crate::types::{HouseholdDays, KeysOf, NewHousehold, RosterImport};

impl Store {
    /// Takes households in, each once for its source key; one that is known keeps its id, the days of its
    /// visits and what was changed at the door. `keys` is asked for a card that became a mixture. Goes
    /// in batches with a transaction each.
    ///
    /// # Errors
    /// [`crate::StoreError`].
    pub async fn upsert_households(&self, households: &[NewHousehold], keys: KeysOf<'_>) -> Result<RosterImport> {
        // In one order, so that two imports at once never wait for each other in a circle.
        let mut sorted: Vec<&NewHousehold> = households.iter().collect();
        sorted.sort_by(|a, b| a.source_key.cmp(&b.source_key));
        let mut all = RosterImport::default();
        for batch in sorted.chunks(IMPORT_BATCH) {
            let mut done = RosterImport::default();
            let mut conn = self.write().await?;
            let mut touches = Touches::default();
            for new in batch {
                upsert(&mut conn, new, keys, &mut done, &mut touches).await?;
            }
            touches.write(&mut conn).await?;
            conn.commit().await?;
            all.counts += done.counts;
            all.kept.append(&mut done.kept);
        }
        Ok(all)
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

async fn upsert(
    conn: &mut Conn,
    new: &NewHousehold,
    keys: KeysOf<'_>,
    done: &mut RosterImport,
    touches: &mut Touches,
) -> Result<()> {
    // What it is found by follows from the rest and need not be kept twice.
    let imported = to_json(&HouseholdCard { keys: String::new(), ..new.card.clone() })?;
    let made = conn
        .run(
            "INSERT INTO household (id, source_key, division, body, imported) VALUES ($1, $2, $3, $4, $5) \
             ON CONFLICT DO NOTHING",
            args![
                new.card.id,
                new.source_key.as_str(),
                new.card.division.as_str(),
                to_json(&new.card)?,
                imported.as_str()
            ],
        )
        .await?;
    if made > 0 {
        done.counts.added += 1;
        touches.household(None, &new.card);
        return Ok(());
    }
    let sql = "SELECT body, imported FROM household WHERE source_key = $1";
    let Some(row) = conn.one_locked(sql, args![new.source_key.as_str()]).await? else {
        // The id belongs to another source key: ids are made from it, so nobody means this.
        return Err(crate::StoreError::Rejected);
    };
    let old: HouseholdCard = row.json(0, "a household")?;
    let before = row.text_opt(1)?;
    let read = |text: &String| from_json::<HouseholdCard>(text, "a household as it was imported");
    let (mut card, mut kept) = merge::merge(before.as_ref().map(read).transpose()?.as_ref(), &old, &new.card);
    if merge::fields(&card) != merge::fields(&new.card) {
        card.keys = keys(&card);
    }
    done.kept.append(&mut kept);
    if before.as_ref() != Some(&imported) {
        conn.run("UPDATE household SET imported = $1 WHERE id = $2", args![imported.as_str(), old.id]).await?;
    }
    if card == old {
        done.counts.unchanged += 1;
        return Ok(());
    }
    done.counts.updated += 1;
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
