//! Commands: decisions of the office, each a transaction of its own.
//!
//! 1. The matter's row is locked. From here on nobody else moves this matter.
//! 2. The command's id is looked up. Known from an earlier sending: the stored answer is given again
//!    and nothing is done. Known from somebody else or for another matter: a typed error.
//! 3. The pure `decide` of the caller is asked about the matter *as it is now*. Of two people who
//!    saw version 7, the second is asked about version 8, and refused if the caller compares.
//! 4. Its events go through [`case_core::matter::apply`]; journal, row, list index and change feeds
//!    are written, then the answer under the command's id.
//! 5. Commit. Whatever fails before leaves nothing at all, so that a sender who heard nothing sends
//!    the same command again.
//!
//! A refusal is not stored: it changed nothing, and sent again it is decided anew.

use case_core::matter::Event;
use case_core::search::fold;
use case_core::wire::desk::CommandDone;

use crate::Store;
use crate::db::{Conn, args, to_json};
use crate::error::{Result, StoreError};
use crate::feed::Touches;
use crate::matters::{advance, hold};
use crate::types::{CommandEnvelope, Decide, Executed};

impl Store {
    /// Decides a command and does it, once for its id.
    ///
    /// # Errors
    /// [`StoreError::NumberTaken`] when the number of a linked intake was given out before: choose another.
    /// [`StoreError::CommandIdTaken`] when the id was another account's or another matter's;
    /// [`StoreError::UnknownReference`] when an event names a unit or account that does not exist.
    pub async fn execute(&self, envelope: CommandEnvelope, decide: Decide<'_>) -> Result<Executed> {
        let mut conn = self.write().await?;
        let mut touches = Touches::default();
        let (executed, new) = execute_in(&mut conn, &envelope, decide, &mut touches).await?;
        if !new {
            conn.roll_back().await?;
            return Ok(executed);
        }
        touches.write(&mut conn).await?;
        conn.commit().await?;
        Ok(executed)
    }

    /// Decides commands in their order and does them, in one transaction: for whoever writes down the work of
    /// days at once. What is refused changes nothing and holds up none of the others.
    ///
    /// # Errors
    /// As [`Self::execute`]; nothing of all is done then.
    pub async fn execute_many(&self, given: &[(CommandEnvelope, Decide<'_>)]) -> Result<Vec<Executed>> {
        let mut conn = self.write().await?;
        let mut touches = Touches::default();
        let mut all = Vec::with_capacity(given.len());
        for (envelope, decide) in given {
            all.push(execute_in(&mut conn, envelope, *decide, &mut touches).await?.0);
        }
        touches.write(&mut conn).await?;
        conn.commit().await?;
        Ok(all)
    }
}

/// Decides a command inside a transaction; and whether anything was written.
async fn execute_in(
    conn: &mut Conn,
    envelope: &CommandEnvelope,
    decide: Decide<'_>,
    touches: &mut Touches,
) -> Result<(Executed, bool)> {
    let Some(held) = hold(conn, envelope.matter).await? else { return Ok((Executed::NotFound, false)) };
    if let Some(answer) = earlier_answer(conn, envelope).await? {
        return Ok((Executed::Done(answer), false));
    }
    let events = match decide(&held.matter) {
        Ok(events) => events,
        Err(refusal) => return Ok((Executed::Refused(refusal), false)),
    };
    let after = advance(conn, held, &events, Some(envelope.account), envelope.now, touches).await?;
    touches.by_device(envelope.matter, envelope.device_at);
    let linked = events.iter().any(|event| matches!(event, Event::IntakeLinked(_)));
    let intake = linked.then(|| u16::try_from(after.intakes.len().saturating_sub(1)).unwrap_or(u16::MAX));
    let done = CommandDone { version: after.version, stage: after.stage, intake };
    if !envelope.keys.is_empty() {
        let sql = "UPDATE matter_index SET keys = keys || $1 WHERE matter = $2";
        conn.run(sql, args![fold(&envelope.keys), envelope.matter]).await?;
    }
    let stored = conn
        .run(
            "INSERT INTO command (id, account, matter, at, answer) VALUES ($1, $2, $3, $4, $5) \
             ON CONFLICT DO NOTHING",
            args![envelope.id, envelope.account, envelope.matter, envelope.now, to_json(&done)?],
        )
        .await?;
    if stored == 0 {
        // Somebody used the id on another matter in this very moment.
        return Err(StoreError::CommandIdTaken);
    }
    Ok((Executed::Done(done), true))
}

async fn earlier_answer(conn: &mut Conn, envelope: &CommandEnvelope) -> Result<Option<CommandDone>> {
    let sql = "SELECT account, matter, answer FROM command WHERE id = $1";
    let Some(row) = conn.optional(sql, args![envelope.id]).await? else { return Ok(None) };
    if row.text(0)? != envelope.account.to_string() || row.text(1)? != envelope.matter.to_string() {
        return Err(StoreError::CommandIdTaken);
    }
    row.json(2, "the answer to a command").map(Some)
}
