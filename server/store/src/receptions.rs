//! 接访安排: rules, and what was changed of one reception.

use std::collections::BTreeMap;

use case_core::audit::{Deed, Trace};
use case_core::digest::Digest;
use case_core::id::ReceptionId;
use case_core::reception::{Change, ReceptionRule, SittingKey};
use chrono::NaiveDate;

use crate::Store;
use crate::audit;
use crate::db::{Conn, args, to_json};
use crate::error::Result;
use crate::feed::raise_counter;

/// The rules and the changes: from these and the holidays all receptions follow.
pub type Receptions = (Vec<(ReceptionId, ReceptionRule)>, BTreeMap<SittingKey, Change>);

/// Whoever books or changes anything of the calendar holds this counter: one after the other.
const TURN: &str = "receptions";

/// Waits until nobody else books or changes the calendar.
pub(crate) async fn take_turn(conn: &mut Conn) -> Result<()> {
    raise_counter(conn, TURN, 1).await.map(drop)
}

impl Store {
    /// The rules that plan anything on or after `from`, and the changes of their receptions.
    ///
    /// # Errors
    /// [`crate::StoreError`].
    pub async fn receptions(&self, from: NaiveDate) -> Result<Receptions> {
        receptions(&mut self.read().await?, from).await
    }

    /// Puts a rule in the place of the one with its id, or adds it.
    ///
    /// # Errors
    /// [`crate::StoreError`].
    pub async fn set_reception_rule(&self, id: ReceptionId, rule: &ReceptionRule, trace: Trace) -> Result<()> {
        let mut conn = self.write().await?;
        take_turn(&mut conn).await?;
        let last = rule.parts().until;
        conn.run(
            "INSERT INTO reception_rule (id, last, body) VALUES ($1, $2, $3) \
             ON CONFLICT (id) DO UPDATE SET last = excluded.last, body = excluded.body",
            args![id, last, to_json(rule)?],
        )
        .await?;
        audit::append(&mut conn, trace, &Deed::ReceptionRuleSet { rule: id, digest: Digest::of(rule) }).await?;
        conn.commit().await
    }

    /// Changes one reception, or takes the change back.
    ///
    /// # Errors
    /// [`crate::StoreError::UnknownReference`] when there is no such rule.
    pub async fn change_reception(&self, key: SittingKey, change: Option<&Change>, trace: Trace) -> Result<()> {
        let mut conn = self.write().await?;
        take_turn(&mut conn).await?;
        match change {
            Some(change) => {
                conn.run(
                    "INSERT INTO reception_change (rule, planned, body) VALUES ($1, $2, $3) \
                     ON CONFLICT (rule, planned) DO UPDATE SET body = excluded.body",
                    args![key.rule, key.planned, to_json(change)?],
                )
                .await?;
            }
            None => {
                let sql = "DELETE FROM reception_change WHERE rule = $1 AND planned = $2";
                conn.run(sql, args![key.rule, key.planned]).await?;
            }
        }
        let deed = Deed::ReceptionChanged {
            reception: key,
            off: change.is_some_and(|change| change.off),
            to: change.and_then(|change| change.to),
            reason: change.map(|change| change.reason.clone()),
        };
        audit::append(&mut conn, trace, &deed).await?;
        conn.commit().await
    }
}

/// The same, inside a transaction.
pub(crate) async fn receptions(conn: &mut Conn, from: NaiveDate) -> Result<Receptions> {
    let sql = "SELECT id, body FROM reception_rule WHERE last IS NULL OR last >= $1 ORDER BY id";
    let rows = conn.all(sql, args![from]).await?;
    let rules = rows.iter().map(|row| Ok((row.parsed(0, "a rule's id")?, row.json(1, "a rule")?)));
    let rules = rules.collect::<Result<_>>()?;
    let sql = "SELECT c.rule, c.planned, c.body FROM reception_change c JOIN reception_rule r ON r.id = c.rule \
               WHERE r.last IS NULL OR r.last >= $1";
    let rows = conn.all(sql, args![from]).await?;
    let changes = rows.iter().map(|row| {
        let key = SittingKey { rule: row.parsed(0, "a rule's id")?, planned: row.parsed(1, "a day")? };
        Ok((key, row.json(2, "a change")?))
    });
    Ok((rules, changes.collect::<Result<_>>()?))
}
