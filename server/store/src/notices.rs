//! 通知: the box of messages to petitioners. A message is written in the transaction of the event that it tells of
//! ([`queue`]), and goes out afterwards, by whichever server comes first:
//!
//! ```text
//! waiting ──claim──► (a try) ──► sent
//!    ▲                  │ failed: later, by and by    push: gone when the browser has taken it back
//!    └──────────────────┤
//!                       └► to_call ──► told           a clerk phones: no gateway, no mobile number, all tries failed
//! ```
//! A claim moves the next try away before anything is sent: a server that dies in between, or an answer that is lost,
//! leads to another try under the same id, by which the gateway knows that it has the message. So each goes out at
//! least once, and is delivered once by a gateway that keeps to the protocol.

use case_core::audit::{Deed, Trace};
use case_core::id::{AccountId, MatterId};
use case_core::matter::{Event, Matter};
use case_core::notice::{self, Occasion};
use case_core::time::Moment;

use crate::Store;
use crate::audit;
use crate::db::{Conn, Row, args};
use crate::error::{Result, StoreError};
use crate::types::{Call, Claimed, PushAddress, Reach};

/// Browsers of one matter; the oldest gives way.
const MOST_BROWSERS: u32 = 5;

/// Puts what these events are to be told by into the box: one message for the phone, one for each browser. What waits
/// already covers it. `length`: of the journal with these events, so that the id is of this deed alone.
pub(crate) async fn queue(conn: &mut Conn, matter: &Matter, events: &[Event], length: u32, now: Moment) -> Result<()> {
    let Some(occasion) = notice::occasion(events, matter) else { return Ok(()) };
    let id = &format!("{}:{length}", matter.id);
    if notice::has_phone(matter) {
        let sql = "INSERT INTO notice (id, matter, occasion, made_at, next_at) SELECT $1, $2, $3, $4, $4 \
                   WHERE NOT EXISTS (SELECT 1 FROM notice_stop WHERE matter = $2) ON CONFLICT DO NOTHING";
        conn.run(sql, args![id.as_str(), matter.id, occasion.code(), now]).await?;
    }
    let sql = "INSERT INTO notice (id, matter, subscription, occasion, made_at, next_at) \
               SELECT $1 || ':' || id, matter, id, $3, $4, $4 FROM push_subscription WHERE matter = $2 \
               ON CONFLICT DO NOTHING";
    conn.run(sql, args![id.as_str(), matter.id, occasion.code(), now]).await?;
    Ok(())
}

impl Store {
    /// Takes the message that has waited longest, and moves its next try away; the last try is followed by none.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn claim_notice(&self, now: Moment) -> Result<Option<Claimed>> {
        let mut conn = self.write().await?;
        let sql = "SELECT id, matter, subscription, tries FROM notice WHERE state = 'waiting' AND next_at <= $1 \
                   ORDER BY next_at, id LIMIT 1";
        let Some(row) = conn.one_locked(sql, args![now]).await? else { return Ok(None) };
        let (id, subscription, tries) = (row.text(0)?, row.text(2)?, row.count::<u32>(3)? + 1);
        let matter: MatterId = row.parsed(1, "a matter's id")?;
        // Behind the last try it waits for what came of that one; a server that died over it lets a person take over.
        let next = now.plus_ms(notice::wait_after(tries).unwrap_or(60_000));
        let sql = "UPDATE notice SET tries = $1, tried_at = $2, next_at = $3 WHERE id = $4";
        conn.run(sql, args![tries, now, next, id.as_str()]).await?;
        let sql = "SELECT m.body, s.matter, p.endpoint FROM matter m LEFT JOIN notice_stop s ON s.matter = m.id \
                   LEFT JOIN push_subscription p ON p.id = $2 WHERE m.id = $1";
        let row = conn.one(sql, args![matter, subscription.as_str()]).await?;
        let reach = if subscription.is_empty() {
            let matter: Matter = row.json(0, "a matter")?;
            let phone = matter.registration.petitioner.phone.filter(|_| matches!(row.text_opt(1), Ok(None)));
            phone.map(|phone| Reach::Phone(phone.as_str().to_owned()))
        } else {
            row.text_opt(2)?.map(|endpoint| Reach::Browser { subscription, endpoint })
        };
        conn.commit().await?;
        Ok(Some(Claimed { id, tries, reach }))
    }

    /// It went out.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn notice_sent(&self, id: &str) -> Result<()> {
        self.set_notice(id, "sent").await
    }

    /// It goes to nobody any more: the petitioner does not want it, or the browser is gone.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn notice_dropped(&self, id: &str) -> Result<()> {
        self.set_notice(id, "dropped").await
    }

    /// A clerk is to phone.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn notice_to_call(&self, id: &str) -> Result<()> {
        let mut conn = self.write().await?;
        // Tries are those of the clerk from here on.
        let sql = "UPDATE notice SET state = 'to_call', tries = 0, tried_at = NULL WHERE id = $1 AND state = 'waiting'";
        conn.run(sql, args![id]).await?;
        conn.commit().await
    }

    /// All messages that are due go to the clerk: there is no gateway. How many.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn hand_to_clerk(&self, now: Moment) -> Result<u64> {
        let mut conn = self.write().await?;
        let sql = "UPDATE notice SET state = 'to_call', tries = 0, tried_at = NULL \
                   WHERE state = 'waiting' AND subscription = '' AND next_at <= $1";
        let handed = conn.run(sql, args![now]).await?;
        conn.commit().await?;
        Ok(handed)
    }

    async fn set_notice(&self, id: &str, state: &str) -> Result<()> {
        let mut conn = self.write().await?;
        conn.run("UPDATE notice SET state = $1 WHERE id = $2 AND state = 'waiting'", args![state, id]).await?;
        conn.commit().await
    }

    /// 待电话告知: whom to phone, those first who were tried least, then who has waited longest. Without what
    /// the account stays away from (回避).
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn calls(&self, account: AccountId, limit: u32) -> Result<Vec<Call>> {
        let sql = format!(
            "{CALL} WHERE n.state = 'to_call' \
             AND NOT EXISTS (SELECT 1 FROM recusal r WHERE r.matter = n.matter AND r.account = $1) \
             ORDER BY n.tries, n.made_at, n.id LIMIT $2"
        );
        let rows = self.read().await?.all(sqlx::AssertSqlSafe(sql), args![account, limit]).await?;
        rows.iter().map(call).collect()
    }

    /// One of them.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn call(&self, id: &str) -> Result<Option<Call>> {
        let sql = format!("{CALL} WHERE n.id = $1 AND n.state = 'to_call'");
        self.read().await?.optional(sqlx::AssertSqlSafe(sql), args![id]).await?.as_ref().map(call).transpose()
    }

    /// 已告知, 没打通: what came of a call. False when somebody else was quicker.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn called(&self, id: &str, told: bool, by: AccountId, now: Moment) -> Result<bool> {
        let mut conn = self.write().await?;
        let sql = "SELECT matter, tries FROM notice WHERE id = $1 AND state = 'to_call'";
        let Some(row) = conn.one_locked(sql, args![id]).await? else { return Ok(false) };
        let (matter, tries) = (row.parsed(0, "a matter's id")?, row.count::<u32>(1)? + 1);
        let state = if told { "told" } else { "to_call" };
        let sql = "UPDATE notice SET state = $1, tries = $2, tried_at = $3, done_by = $4 WHERE id = $5";
        conn.run(sql, args![state, tries, now, by, id]).await?;
        audit::append(&mut conn, Trace::by(by, now), &Deed::PetitionerPhoned { matter, told, tries }).await?;
        conn.commit().await?;
        Ok(true)
    }

    /// 不再给我发短信, and back. What waits goes too.
    ///
    /// # Errors
    /// [`StoreError::UnknownReference`] without such a matter.
    pub async fn stop_notices(&self, matter: MatterId, stop: bool, now: Moment) -> Result<()> {
        let mut conn = self.write().await?;
        let changed = if stop {
            let sql = "INSERT INTO notice_stop (matter, at) VALUES ($1, $2) ON CONFLICT DO NOTHING";
            let changed = conn.run(sql, args![matter, now]).await?;
            let sql = "UPDATE notice SET state = 'dropped' \
                       WHERE matter = $1 AND subscription = '' AND state IN ('waiting', 'to_call')";
            conn.run(sql, args![matter]).await?;
            changed
        } else {
            conn.run("DELETE FROM notice_stop WHERE matter = $1", args![matter]).await?
        };
        if changed > 0 {
            audit::append(&mut conn, Trace::system(now), &Deed::NoticesStopped { matter, stopped: stop }).await?;
        }
        conn.commit().await
    }

    /// Whether the petitioner of a matter wants no messages, and how many browsers take a push.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn notice_wishes(&self, matter: MatterId) -> Result<(bool, u32)> {
        let sql = "SELECT (SELECT COUNT(*) FROM notice_stop WHERE matter = $1), \
                   (SELECT COUNT(*) FROM push_subscription WHERE matter = $1)";
        let row = self.read().await?.one(sql, args![matter]).await?;
        Ok((row.flag(0)?, row.count(1)?))
    }

    /// 在这台手机上提醒我. The same browser twice is one; of more than five the oldest gives way.
    ///
    /// # Errors
    /// [`StoreError::UnknownReference`] without such a matter.
    pub async fn add_push(&self, matter: MatterId, address: &PushAddress, now: Moment) -> Result<()> {
        let mut conn = self.write().await?;
        let sql = "INSERT INTO push_subscription (id, matter, endpoint, made_at) VALUES ($1, $2, $3, $4) \
                   ON CONFLICT DO NOTHING";
        conn.run(sql, args![address.id.as_str(), matter, address.endpoint.as_str(), now]).await?;
        let sql = "SELECT id FROM push_subscription WHERE matter = $1 ORDER BY made_at DESC, id LIMIT 100 OFFSET $2";
        for row in conn.all(sql, args![matter, MOST_BROWSERS]).await? {
            forget(&mut conn, &row.text(0)?).await?;
        }
        note_reminders(&mut conn, matter, now).await?;
        conn.commit().await
    }

    /// A browser takes no push any more (410), or the petitioner wants none.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn forget_push(&self, subscription: &str, now: Moment) -> Result<()> {
        let mut conn = self.write().await?;
        let sql = "SELECT matter FROM push_subscription WHERE id = $1";
        if let Some(row) = conn.optional(sql, args![subscription]).await? {
            forget(&mut conn, subscription).await?;
            note_reminders(&mut conn, row.parsed(0, "a matter's id")?, now).await?;
        }
        conn.commit().await
    }

    /// All browsers of a matter are forgotten.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn forget_pushes(&self, matter: MatterId, now: Moment) -> Result<()> {
        let mut conn = self.write().await?;
        for row in conn.all("SELECT id FROM push_subscription WHERE matter = $1", args![matter]).await? {
            forget(&mut conn, &row.text(0)?).await?;
        }
        note_reminders(&mut conn, matter, now).await?;
        conn.commit().await
    }
}

/// How many browsers are reminded of a matter from now on.
async fn note_reminders(conn: &mut Conn, matter: MatterId, now: Moment) -> Result<()> {
    let count = conn.one("SELECT COUNT(*) FROM push_subscription WHERE matter = $1", args![matter]).await?;
    let deed = Deed::RemindersSet { matter, browsers: count.count(0)? };
    audit::append(conn, Trace::system(now), &deed).await
}

async fn forget(conn: &mut Conn, subscription: &str) -> Result<()> {
    conn.run("DELETE FROM push_subscription WHERE id = $1", args![subscription]).await?;
    let sql = "UPDATE notice SET state = 'dropped' WHERE subscription = $1 AND state = 'waiting'";
    conn.run(sql, args![subscription]).await?;
    Ok(())
}

const CALL: &str = "SELECT n.id, n.occasion, n.made_at, n.tries, n.tried_at, m.body FROM notice n \
                    JOIN matter m ON m.id = n.matter";

fn call(row: &Row) -> Result<Call> {
    let matter: Matter = row.json(5, "a matter")?;
    let occasion = Occasion::from_code(&row.text(1)?).ok_or(StoreError::Corrupt { what: "an occasion" })?;
    let tried_at = row.int_opt(4)?.map(Moment);
    Ok(Call {
        id: row.text(0)?,
        matter: Box::new(matter),
        occasion,
        since: row.moment(2)?,
        tries: row.count(3)?,
        tried_at,
    })
}
