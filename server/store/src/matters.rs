//! 信访事项: registering, reading, and moving on by events. A matter's row is never written but by
//! [`insert`] and [`advance`], which write journal, list index and feeds with it.

use case_core::audit::Trace;
use case_core::code::MatterNumber;
use case_core::digest::Digest;
use case_core::id::{AccountId, MatterId};
use case_core::matter::{Decider, Ear, Event, Matter, Stage, Unsayable, apply, replay};
use case_core::search::fold;
use case_core::time::Moment;
use chrono::NaiveDate;

use crate::Store;
use crate::codes;
use crate::db::{Arg, Conn, args, to_json};
use crate::error::{Result, StoreError};
use crate::feed::Touches;
use crate::journal::{self, Tail};
use crate::notices;
use crate::publications;
use crate::types::{Counts, Hear, NewMatter, Registered};

/// Rows of one transaction of an import: short enough that others get their turn.
pub(crate) const IMPORT_BATCH: usize = 200;

impl Store {
    /// Registers a matter, once for its id (and source key).
    ///
    /// # Errors
    /// [`StoreError::NumberTaken`], [`StoreError::CodeTaken`]: choose another and call again.
    /// [`StoreError::UnknownReference`] for an account or unit that does not exist.
    pub async fn register(&self, new: &NewMatter, now: Moment) -> Result<Registered> {
        let mut conn = self.write().await?;
        let mut touches = Touches::default();
        let registered = insert(&mut conn, new, now, &mut touches).await?;
        touches.write(&mut conn).await?;
        conn.commit().await?;
        Ok(registered)
    }

    /// Registers matters of an import, each once for its source key (or id). Goes in batches with a
    /// transaction each; after an error, calling again goes on where it stopped.
    ///
    /// # Errors
    /// As [`Self::register`].
    pub async fn register_many(&self, new: &[NewMatter], now: Moment) -> Result<Counts> {
        let mut counts = Counts::default();
        for batch in new.chunks(IMPORT_BATCH) {
            let mut done = Counts::default();
            let mut conn = self.write().await?;
            let mut touches = Touches::default();
            for one in batch {
                match insert(&mut conn, one, now, &mut touches).await? {
                    Registered::New => done.added += 1,
                    Registered::AlreadyThere(_) => done.unchanged += 1,
                }
            }
            touches.write(&mut conn).await?;
            conn.commit().await?;
            counts += done;
        }
        Ok(counts)
    }

    /// Matters in the order of their ids, behind one or from the first: for whoever looks at all of them.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn matters_after(&self, after: Option<MatterId>, limit: u32) -> Result<Vec<Matter>> {
        let after = after.map(|id| id.to_string()).unwrap_or_default();
        let sql = "SELECT body FROM matter WHERE id > $1 ORDER BY id LIMIT $2";
        let rows = self.read().await?.all(sql, args![after, limit]).await?;
        rows.iter().map(|row| row.json(0, "a matter")).collect()
    }

    /// A matter as it is.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn matter(&self, id: MatterId) -> Result<Option<Matter>> {
        find(&mut self.read().await?, "SELECT body FROM matter WHERE id = $1", id.into()).await
    }

    /// Matters in a stage, by their ids, after the one that is named: for what goes through all of them.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn matters_in(&self, stage: Stage, after: Option<MatterId>, limit: u32) -> Result<Vec<Matter>> {
        let after = after.map_or_else(String::new, |id| id.to_string());
        let sql = "SELECT m.body FROM matter_index x JOIN matter m ON m.id = x.matter \
                   WHERE x.stage = $1 AND x.matter > $2 ORDER BY x.matter LIMIT $3";
        let rows = self.read().await?.all(sql, args![stage.code(), after, limit]).await?;
        rows.iter().map(|row| row.json(0, "a matter")).collect()
    }

    /// Takes in what the petitioner says; the matter after it. `None` when there is no such matter.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn hear(&self, id: MatterId, now: Moment, hear: Hear<'_>) -> Result<Option<Result<Matter, Unsayable>>> {
        let mut conn = self.write().await?;
        let Some(held) = hold(&mut conn, id).await? else {
            conn.roll_back().await?;
            return Ok(None);
        };
        let events = match hear(&held.matter) {
            Ok(events) => events,
            Err(unsayable) => {
                conn.roll_back().await?;
                return Ok(Some(Err(unsayable)));
            }
        };
        let mut touches = Touches::default();
        let after = advance(&mut conn, held, &events, None, now, &mut touches).await?;
        touches.write(&mut conn).await?;
        conn.commit().await?;
        Ok(Some(Ok(after)))
    }

    /// Moves a matter on by what is computed and nobody decides; whether anything came of it.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn compute(
        &self,
        id: MatterId,
        now: Moment,
        events: &(dyn Fn(&Matter) -> Vec<Event> + Send + Sync),
    ) -> Result<bool> {
        let mut conn = self.write().await?;
        let Some(held) = hold(&mut conn, id).await? else {
            conn.roll_back().await?;
            return Ok(false);
        };
        let events = events(&held.matter);
        let mut touches = Touches::default();
        advance(&mut conn, held, &events, None, now, &mut touches).await?;
        touches.write(&mut conn).await?;
        conn.commit().await?;
        Ok(!events.is_empty())
    }
}

/// A matter under lock, with the end of its journal.
pub(crate) struct Held {
    pub(crate) matter: Matter,
    tail: Tail,
}

/// Locks a matter until the end of the transaction.
pub(crate) async fn hold(conn: &mut Conn, id: MatterId) -> Result<Option<Held>> {
    let sql = "SELECT body, head, length FROM matter WHERE id = $1";
    let Some(row) = conn.one_locked(sql, args![id]).await? else { return Ok(None) };
    let tail = Tail { head: Some(row.digest(1)?), length: row.count(2)? };
    Ok(Some(Held { matter: row.json(0, "a matter")?, tail }))
}

/// Moves a matter on by events.
pub(crate) async fn advance(
    conn: &mut Conn,
    held: Held,
    events: &[Event],
    by: Option<AccountId>,
    now: Moment,
    touches: &mut Touches,
) -> Result<Matter> {
    if events.is_empty() {
        return Ok(held.matter);
    }
    let after = events.iter().fold(held.matter.clone(), apply);
    let (links, tail) = held.tail.chain(events, by, now)?;
    journal::write(conn, after.id, links, by, now).await?;
    touches.journal(after.id, tail.length, head(tail)?, Trace { by, at: now });
    conn.run(
        "UPDATE matter SET head = $1, length = $2, body = $3 WHERE id = $4",
        args![head(tail)?, tail.length, to_json(&after)?, after.id],
    )
    .await?;
    let mut values = index_values(&after);
    values.push(after.id.into());
    conn.run(
        "UPDATE matter_index SET number = $1, stage = $2, unit = $3, handler = $4, place = $5, due = $6, \
         round = $7, said_unsolved = $8, decider = $9, received = $10, household = $11, voices = $12, \
         listed = $13, leader = $14, leader_owes = $15, overseen = $16 WHERE matter = $17",
        values,
    )
    .await?;
    for event in events {
        if let Event::IntakeLinked(linked) = event
            && let Some(number) = &linked.intake.number
        {
            take_number(conn, number, after.id).await?;
        }
        match event {
            Event::ObserverAdmitted(access) => {
                let sql = "INSERT INTO matter_observer (matter, account, until) VALUES ($1, $2, $3) \
                           ON CONFLICT (matter, account) DO UPDATE SET until = excluded.until";
                conn.run(sql, args![after.id, access.account, access.until.min(NEVER)]).await?;
            }
            Event::ObserverDismissed { account, .. } => {
                let sql = "DELETE FROM matter_observer WHERE matter = $1 AND account = $2";
                conn.run(sql, args![after.id, *account]).await?;
            }
            _ => {}
        }
        if let Event::CoHandlerAsked(helper) = event {
            let sql = "INSERT INTO matter_helper (matter, unit) VALUES ($1, $2) ON CONFLICT DO NOTHING";
            conn.run(sql, args![after.id, helper.unit]).await?;
        }
    }
    notices::queue(conn, &after, events, tail.length, now).await?;
    touches.matter(Some(&held.matter), &after);
    Ok(after)
}

/// A number that a linked intake gets is nobody else's: neither a matter's nor another intake's.
async fn take_number(conn: &mut Conn, number: &MatterNumber, matter: MatterId) -> Result<()> {
    let sql = "INSERT INTO intake_number (number, matter) SELECT $1, $2 \
               WHERE NOT EXISTS (SELECT 1 FROM matter WHERE number = $1) ON CONFLICT DO NOTHING";
    match conn.run(sql, args![number.as_str(), matter]).await? {
        0 => Err(StoreError::NumberTaken),
        _ => Ok(()),
    }
}

/// Writes a new matter, unless it is there.
pub(crate) async fn insert(conn: &mut Conn, new: &NewMatter, now: Moment, touches: &mut Touches) -> Result<Registered> {
    let matter = &new.matter;
    if replay(&new.events).as_ref() != Some(matter) {
        return Err(StoreError::Corrupt { what: "a new matter that is not what its events tell" });
    }
    let (links, tail) = Tail::default().chain(&new.events, new.by, now)?;
    let sql = "SELECT 1 FROM intake_number WHERE number = $1";
    if conn.optional(sql, args![matter.number.as_str()]).await?.is_some() {
        return already_there(conn, new).await;
    }
    // Every conflict is met here without an error, since in PostgreSQL an error would end the
    // transaction; which one it was is asked afterwards.
    let made = conn
        .run(
            "INSERT INTO matter (id, number, source_key, head, length, body) VALUES ($1, $2, $3, $4, $5, $6) \
             ON CONFLICT DO NOTHING",
            args![
                matter.id,
                matter.number.as_str(),
                new.source_key.as_deref(),
                head(tail)?,
                tail.length,
                to_json(matter)?,
            ],
        )
        .await?;
    if made == 0 {
        return already_there(conn, new).await;
    }
    let mut values = index_values(matter);
    values.extend(args![fold(&new.keys), matter.id]);
    conn.run(
        "INSERT INTO matter_index (number, stage, unit, handler, place, due, round, said_unsolved, decider, received, \
         household, voices, listed, leader, leader_owes, overseen, keys, matter) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18)",
        values,
    )
    .await?;
    journal::write(conn, matter.id, links, new.by, now).await?;
    touches.journal(matter.id, tail.length, head(tail)?, Trace { by: new.by, at: now });
    if let Some(code) = new.code {
        codes::insert(conn, matter.id, code, new.by, now).await?;
        touches.code(matter.id, code.issue);
    }
    if matter.registration.particulars.publish {
        publications::write_wish(conn, matter.id, true, now).await?;
    }
    notices::queue(conn, matter, &new.events, tail.length, now).await?;
    touches.matter(None, matter);
    Ok(Registered::New)
}

async fn already_there(conn: &mut Conn, new: &NewMatter) -> Result<Registered> {
    let mut found = find(conn, "SELECT body FROM matter WHERE id = $1", new.matter.id.into()).await?;
    if let (None, Some(key)) = (&found, &new.source_key) {
        found = find(conn, "SELECT body FROM matter WHERE source_key = $1", key.as_str().into()).await?;
    }
    found.map(|matter| Registered::AlreadyThere(Box::new(matter))).ok_or(StoreError::NumberTaken)
}

async fn find(conn: &mut Conn, sql: &'static str, by: Arg) -> Result<Option<Matter>> {
    conn.optional(sql, vec![by]).await?.map(|row| row.json(0, "a matter")).transpose()
}

fn head(tail: Tail) -> Result<Digest> {
    tail.head.ok_or(StoreError::Corrupt { what: "a matter without events" })
}

/// Whether the line that lists filter and sort by says what the matter says.
pub(crate) async fn is_listed(conn: &mut Conn, matter: &Matter) -> Result<bool> {
    let mut values = index_values(matter);
    values.push(matter.id.into());
    let sql = "SELECT 1 FROM matter_index WHERE number = $1 AND stage = $2 AND unit IS NOT DISTINCT FROM $3 \
               AND handler IS NOT DISTINCT FROM $4 AND place IS NOT DISTINCT FROM $5 AND due = $6 AND round = $7 \
               AND said_unsolved = $8 AND decider IS NOT DISTINCT FROM $9 AND received = $10 \
               AND household IS NOT DISTINCT FROM $11 AND voices = $12 AND listed = $13 \
               AND leader IS NOT DISTINCT FROM $14 AND leader_owes = $15 AND overseen = $16 AND matter = $17";
    Ok(conn.optional(sql, values).await?.is_some())
}

/// The day that stands for "no clock runs": after every real one.
pub(crate) const NEVER: NaiveDate = match NaiveDate::from_ymd_opt(9999, 12, 31) {
    Some(day) => day,
    None => NaiveDate::MAX,
};

/// number, stage, unit, handler, place, due, round, said_unsolved, decider, received, household, voices, listed,
/// leader, `leader_owes`, overseen.
fn index_values(matter: &Matter) -> Vec<Arg> {
    // Days are compared as text: years of five digits would come out wrong.
    let due = matter.nearest_clock().map_or(NEVER, |clock| clock.due.min(NEVER));
    args![
        matter.number.as_str(),
        matter.stage.code(),
        matter.unit,
        matter.handler,
        matter.registration.place.as_ref().map(case_core::place::DivisionCode::as_str),
        due,
        u32::from(matter.round),
        matter.said_unsolved(),
        matter.decider().map(Decider::code),
        matter.registration.received_on.min(NEVER),
        matter.registration.household,
        u32::from(matter.is_heard_by(Ear::Supervisor)) + 2 * u32::from(matter.is_heard_by(Ear::Office)),
        matter.old_case().is_some(),
        matter.leader(),
        matter.leader_owes(),
        matter.oversight.iter().any(|act| act.answer.is_none()),
    ]
}
