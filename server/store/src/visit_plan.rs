//! 安排走访: which official a household is given to. The card says so on all phones that have the household, and stays
//! on all of them: a household lies in the area of each, so nothing that is unsent there can be lost.

use case_core::audit::{Deed, Trace};
use case_core::id::{AccountId, HouseholdId};
use case_core::place::Area;
use case_core::text::ShortText;
use case_core::time::Moment;
use case_core::wire::sync::{Assigned, HouseholdCard};
use sqlx::AssertSqlSafe;

use crate::Store;
use crate::audit;
use crate::db::{Arg, Conn, Row, args, placeholders};
use crate::error::{Result, StoreError};
use crate::feed::Touches;
use crate::households;

/// A household and whom it is given to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlannedHousehold {
    /// 户.
    pub card: HouseholdCard,
    /// Who is to go there.
    pub account: Option<AccountId>,
}

/// What [`household_with`] reads.
const COLUMNS: &str = "SELECT h.body, v.account, a.name, v.at FROM household h \
                       LEFT JOIN visit_assignment v ON v.household = h.id LEFT JOIN account a ON a.id = v.account";

impl Store {
    /// The households of an area, by address, each with whom it is given to.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn visit_plan(&self, area: &Area, reader: AccountId) -> Result<Vec<PlannedHousehold>> {
        let mut all = Vec::new();
        let mut conn = self.read().await?;
        for part in &area.0 {
            // ':' is the character after '9'.
            let sql = format!("{COLUMNS} WHERE h.division >= $1 AND h.division < $2");
            let until = [part.as_str(), ":"].concat();
            for row in conn.all(AssertSqlSafe(sql), args![part.as_str(), until]).await? {
                all.push(PlannedHousehold {
                    account: row.parsed_opt(1, "an account's id")?,
                    card: card(&row, reader)?,
                });
            }
        }
        all.sort_by(|a, b| (a.card.address.as_str(), a.card.id).cmp(&(b.card.address.as_str(), b.card.id)));
        all.dedup_by_key(|one| one.card.id);
        Ok(all)
    }

    /// Gives households of the area to an official, or to nobody; those elsewhere, and those that stand so already,
    /// are passed over. How many changed.
    ///
    /// # Errors
    /// [`StoreError::UnknownReference`] for an account that does not exist, or a deed of nobody.
    pub async fn assign_visits(
        &self,
        area: &Area,
        chosen: &[HouseholdId],
        to: Option<AccountId>,
        trace: Trace,
    ) -> Result<u32> {
        let by = trace.by.ok_or(StoreError::UnknownReference)?;
        let mut sorted = chosen.to_vec();
        // In one order, so that two who assign at once never wait for each other in a circle.
        sorted.sort_unstable();
        sorted.dedup();
        let mut conn = self.write().await?;
        let mut touches = Touches::default();
        let mut changed = Vec::new();
        for id in sorted {
            let Some(card) = households::hold(&mut conn, id).await? else { continue };
            if area.covers(&card.division) && set(&mut conn, id, to, by, trace.at).await? {
                touches.household(Some(&card), &card);
                changed.push(id);
            }
        }
        let count = u32::try_from(changed.len()).unwrap_or(u32::MAX);
        if changed.is_empty() {
            conn.roll_back().await?;
            return Ok(0);
        }
        touches.write(&mut conn).await?;
        audit::append(&mut conn, trace, &Deed::VisitsAssigned { to, households: changed }).await?;
        conn.commit().await?;
        Ok(count)
    }
}

/// Whether that changed anything.
async fn set(
    conn: &mut Conn,
    household: HouseholdId,
    to: Option<AccountId>,
    by: AccountId,
    at: Moment,
) -> Result<bool> {
    let Some(to) = to else {
        return Ok(conn.run("DELETE FROM visit_assignment WHERE household = $1", args![household]).await? > 0);
    };
    let sql = "INSERT INTO visit_assignment (household, account, by_account, at) VALUES ($1, $2, $3, $4) \
               ON CONFLICT (household) DO UPDATE SET account = excluded.account, by_account = excluded.by_account, \
               at = excluded.at WHERE visit_assignment.account <> excluded.account";
    Ok(conn.run(sql, args![household, to, by, at]).await? > 0)
}

/// The cards of some households, as an official's phone has them.
pub(crate) async fn cards(conn: &mut Conn, ids: &[Arg], reader: AccountId) -> Result<Vec<HouseholdCard>> {
    let sql = format!("{COLUMNS} WHERE h.id IN ({})", placeholders(1, ids.len()));
    conn.all(AssertSqlSafe(sql), ids.to_vec()).await?.iter().map(|row| card(row, reader)).collect()
}

fn card(row: &Row, reader: AccountId) -> Result<HouseholdCard> {
    let card: HouseholdCard = row.json(0, "a household")?;
    let account: Option<AccountId> = row.parsed_opt(1, "an account's id")?;
    let name: Option<ShortText> = row.checked_opt(2, "a name")?;
    let assigned = match (account, name) {
        (Some(account), Some(name)) => {
            Some(Box::new(Assigned { name, on: row.moment(3)?.date(), yours: account == reader }))
        }
        _ => None,
    };
    Ok(HouseholdCard { assigned, ..card })
}
