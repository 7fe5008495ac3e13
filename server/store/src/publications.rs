//! 公示: what petitioners said about it, what is proposed, what everybody reads, who wants it gone.
//!
//! Whoever withdraws the consent withdraws the publication in the same transaction: there is no moment in which
//! a page stands that its owner does not want.

use case_core::audit::{Deed, PublicationStep, Trace};
use case_core::digest::Digest;
use case_core::id::{AccountId, MatterId, PublicationId};
use case_core::matter::Stage;
use case_core::text::{Paragraph, ShortText};
use case_core::time::Moment;
use case_core::wire::publication::{Plea, Publication, PublicationLine, PublicationState as State, PublicationText};

use crate::Store;
use crate::audit;
use crate::db::{Conn, Row, args, from_json, to_json};
use crate::error::{Result, StoreError};
use crate::matters;

/// Requests that wait for one publication; more say nothing new.
const MOST_PLEAS: u32 = 20;

/// What came of a step.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stepped {
    /// It was done.
    Done,
    /// Something else stands there now than what was read.
    Changed,
    /// Who proposed it may not check it.
    Own,
    /// The petitioner does not agree.
    Unwilling,
}

/// What is to be proposed.
#[derive(Clone, Debug)]
pub struct Proposal {
    /// The address, if it is published for the first time.
    pub id: PublicationId,
    /// The revision that was on the screen; 0: none.
    pub seen: u32,
    /// What the public is to read.
    pub text: PublicationText,
    /// 答复单位.
    pub unit: ShortText,
    /// Month of the answer.
    pub month: ShortText,
}

/// What everybody reads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Published {
    /// Its address.
    pub id: PublicationId,
    /// The texts.
    pub text: PublicationText,
    /// 答复单位.
    pub unit: ShortText,
    /// Month of the answer.
    pub month: ShortText,
}

/// A row under lock.
struct Held {
    id: PublicationId,
    state: State,
    revision: u32,
    proposed_by: AccountId,
    body: String,
}

impl Store {
    /// 公开意愿, as it was said last. Not asked is not agreed.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn agrees_to_publish(&self, matter: MatterId) -> Result<bool> {
        willing(&mut self.read().await?, matter).await
    }

    /// Notes that the petitioner agrees, or does not any more; then nothing of the matter stays public. Whether
    /// there is such a matter.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn set_publication_wish(&self, matter: MatterId, wish: bool, trace: Trace) -> Result<bool> {
        let mut conn = self.write().await?;
        if matters::hold(&mut conn, matter).await?.is_none() {
            conn.roll_back().await?;
            return Ok(false);
        }
        if willing(&mut conn, matter).await? == wish {
            conn.roll_back().await?;
            return Ok(true);
        }
        write_wish(&mut conn, matter, wish, trace.at).await?;
        let step = if wish { PublicationStep::Agreed } else { PublicationStep::Refused };
        let gone = if wish { 0 } else { take_down(&mut conn, matter, None, trace.at).await? };
        audit::append(&mut conn, trace, &Deed::Publication { matter, step, digest: None }).await?;
        if gone > 0 {
            audit::append(&mut conn, trace, &deed(matter, PublicationStep::Withdrawn, None)).await?;
        }
        conn.commit().await?;
        Ok(true)
    }

    /// 提请公示: proposes, or proposes anew what was sent back or withdrawn.
    ///
    /// # Errors
    /// [`StoreError::UnknownReference`] for a deed of nobody.
    pub async fn propose_publication(&self, matter: MatterId, new: &Proposal, trace: Trace) -> Result<Stepped> {
        let by = trace.by.ok_or(StoreError::UnknownReference)?;
        let mut conn = self.write().await?;
        if matters::hold(&mut conn, matter).await?.is_none() || !willing(&mut conn, matter).await? {
            conn.roll_back().await?;
            return Ok(Stepped::Unwilling);
        }
        let held = hold(&mut conn, matter).await?;
        let fits = match &held {
            None => new.seen == 0,
            Some(held) => held.revision == new.seen && held.state != State::Published,
        };
        if !fits {
            conn.roll_back().await?;
            return Ok(Stepped::Changed);
        }
        let body = to_json(&new.text)?;
        // An address that was public once leads to nothing again.
        let id = held.as_ref().filter(|held| held.state != State::Withdrawn).map_or(new.id, |held| held.id);
        let state = State::Proposed.code();
        let (unit, month) = (new.unit.as_str(), new.month.as_str());
        let sql = "INSERT INTO publication (matter, id, state, revision, body, unit, month, proposed_by, proposed_at, at) \
                   VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $9) ON CONFLICT (matter) DO UPDATE SET id = excluded.id, \
                   state = excluded.state, revision = excluded.revision, body = excluded.body, unit = excluded.unit, \
                   month = excluded.month, proposed_by = excluded.proposed_by, proposed_at = excluded.proposed_at, \
                   checked_by = NULL, at = excluded.at, words = NULL";
        let values = args![matter, id, state, new.seen + 1, body.as_str(), unit, month, by, trace.at];
        conn.run(sql, values).await?;
        audit::append(&mut conn, trace, &deed(matter, PublicationStep::Proposed, Some(&body))).await?;
        conn.commit().await?;
        Ok(Stepped::Done)
    }

    /// 核对: lets it out, or sends it back with words.
    ///
    /// # Errors
    /// [`StoreError::UnknownReference`] for a deed of nobody.
    pub async fn check_publication(
        &self,
        matter: MatterId,
        seen: u32,
        publish: bool,
        words: Option<&Paragraph>,
        trace: Trace,
    ) -> Result<Stepped> {
        let by = trace.by.ok_or(StoreError::UnknownReference)?;
        let mut conn = self.write().await?;
        let held = match matters::hold(&mut conn, matter).await? {
            Some(_) => hold(&mut conn, matter).await?,
            None => None,
        };
        let held = held.filter(|held| held.state == State::Proposed && held.revision == seen);
        let stepped = match &held {
            None => Stepped::Changed,
            Some(held) if held.proposed_by == by => Stepped::Own,
            Some(_) if !willing(&mut conn, matter).await? => Stepped::Unwilling,
            Some(_) => Stepped::Done,
        };
        let (Stepped::Done, Some(held)) = (stepped, held) else {
            conn.roll_back().await?;
            return Ok(stepped);
        };
        let (state, step) = if publish {
            (State::Published, PublicationStep::Published)
        } else {
            (State::Returned, PublicationStep::Returned)
        };
        let sql = "UPDATE publication SET state = $1, checked_by = $2, at = $3, words = $4 WHERE matter = $5";
        conn.run(sql, args![state.code(), by, trace.at, words.map(Paragraph::as_str), matter]).await?;
        audit::append(&mut conn, trace, &deed(matter, step, Some(&held.body))).await?;
        conn.commit().await?;
        Ok(Stepped::Done)
    }

    /// 撤下: takes it down, or a proposal back. Whether there was one.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn withdraw_publication(&self, matter: MatterId, words: &Paragraph, trace: Trace) -> Result<bool> {
        let mut conn = self.write().await?;
        let gone = take_down(&mut conn, matter, Some(words), trace.at).await?;
        if gone > 0 {
            audit::append(&mut conn, trace, &deed(matter, PublicationStep::Withdrawn, None)).await?;
        }
        conn.commit().await?;
        Ok(gone > 0)
    }

    /// It stays: the requests that wait are answered. Whether there were any.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn keep_publication(&self, matter: MatterId, trace: Trace) -> Result<bool> {
        let mut conn = self.write().await?;
        let answered = answer_pleas(&mut conn, matter).await?;
        if answered > 0 {
            audit::append(&mut conn, trace, &deed(matter, PublicationStep::Kept, None)).await?;
        }
        conn.commit().await?;
        Ok(answered > 0)
    }

    /// 撤下请求: somebody says that this is theirs. Whether such a page stands.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn plead(
        &self,
        id: PublicationId,
        words: Option<&Paragraph>,
        phone: Option<&ShortText>,
        now: Moment,
    ) -> Result<bool> {
        let mut conn = self.write().await?;
        let sql = "SELECT matter FROM publication WHERE id = $1 AND state = 'published'";
        let Some(row) = conn.one_locked(sql, args![id]).await? else {
            conn.roll_back().await?;
            return Ok(false);
        };
        let matter: MatterId = row.parsed(0, "a matter's id")?;
        let sql = "SELECT COALESCE(MAX(nr), 0), COUNT(*) FILTER (WHERE answered = 0) FROM publication_plea \
                   WHERE publication = $1";
        let counts = conn.one(sql, args![id]).await?;
        if counts.count::<u32>(1)? < MOST_PLEAS {
            let sql = "INSERT INTO publication_plea (publication, nr, at, words, phone) VALUES ($1, $2, $3, $4, $5)";
            let values = args![id, counts.int(0)? + 1, now, words.map(Paragraph::as_str), phone.map(ShortText::as_str)];
            conn.run(sql, values).await?;
            audit::append(&mut conn, Trace::system(now), &deed(matter, PublicationStep::Pleaded, None)).await?;
        }
        conn.commit().await?;
        Ok(true)
    }

    /// The publication of a matter, with the requests that wait.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn publication(&self, matter: MatterId) -> Result<Option<Publication>> {
        let mut conn = self.read().await?;
        let sql = "SELECT p.id, p.state, p.revision, p.body, p.unit, p.month, a.name, p.proposed_at, c.name, p.words \
                   FROM publication p JOIN account a ON a.id = p.proposed_by LEFT JOIN account c ON c.id = p.checked_by \
                   WHERE p.matter = $1";
        let Some(row) = conn.optional(sql, args![matter]).await? else { return Ok(None) };
        let id: PublicationId = row.parsed(0, "a publication's id")?;
        let sql = "SELECT at, words, phone FROM publication_plea WHERE publication = $1 AND answered = 0 ORDER BY nr";
        let pleas = conn.all(sql, args![id]).await?;
        let plea = |row: &Row| {
            Ok(Plea {
                at: row.moment(0)?,
                words: row.checked_opt(1, "a request's words")?,
                phone: row.checked_opt(2, "a phone")?,
            })
        };
        Ok(Some(Publication {
            id,
            matter,
            state: state(&row, 1)?,
            revision: row.count(2)?,
            text: row.json(3, "a publication")?,
            unit: row.checked(4, "a unit's name")?,
            month: row.checked(5, "a month")?,
            proposed_by: row.checked(6, "a name")?,
            proposed_at: row.moment(7)?,
            checked_by: row.checked_opt(8, "a name")?,
            words: row.checked_opt(9, "words")?,
            pleas: pleas.iter().map(plea).collect::<Result<_>>()?,
        }))
    }

    /// The work list: what somebody asked about first, then what waits, then the latest.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn publications(&self, limit: u32) -> Result<Vec<PublicationLine>> {
        let sql = "SELECT p.id, p.matter, p.body, p.state, p.at, (SELECT COUNT(*) FROM publication_plea q \
                   WHERE q.publication = p.id AND q.answered = 0) AS asked FROM publication p ORDER BY \
                   CASE WHEN EXISTS (SELECT 1 FROM publication_plea q WHERE q.publication = p.id AND q.answered = 0) \
                   THEN 0 WHEN p.state = 'proposed' THEN 1 WHEN p.state = 'returned' THEN 2 ELSE 3 END, p.at DESC, p.id LIMIT $1";
        let rows = self.read().await?.all(sql, args![limit]).await?;
        rows.iter()
            .map(|row| {
                let text: PublicationText = row.json(2, "a publication")?;
                Ok(PublicationLine {
                    id: row.parsed(0, "a publication's id")?,
                    matter: row.parsed(1, "a matter's id")?,
                    title: text.title,
                    state: state(row, 3)?,
                    at: row.moment(4)?,
                    pleas: row.count(5)?,
                })
            })
            .collect()
    }

    /// 公开回复率: closed matters whose petitioners agree, and how many of them are published.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn publication_figures(&self) -> Result<(u32, u32)> {
        let sql = "SELECT COUNT(*), COUNT(*) FILTER (WHERE p.state = 'published') FROM publication_wish w \
                   JOIN matter_index x ON x.matter = w.matter LEFT JOIN publication p ON p.matter = w.matter \
                   WHERE w.willing = 1 AND (x.stage = $1 OR p.state = 'published')";
        let row = self.read().await?.one(sql, args![Stage::Closed.code()]).await?;
        Ok((row.count(0)?, row.count(1)?))
    }

    /// A page of what everybody reads, the newest first, and how many there are in all.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn published(&self, page: u32, size: u32) -> Result<(Vec<Published>, u64)> {
        let mut conn = self.read().await?;
        let all = conn.one("SELECT COUNT(*) FROM publication WHERE state = 'published'", args![]).await?.count(0)?;
        let sql = "SELECT id, body, unit, month FROM publication WHERE state = 'published' \
                   ORDER BY at DESC, id LIMIT $1 OFFSET $2";
        let rows = conn.all(sql, args![size, i64::from(page) * i64::from(size)]).await?;
        Ok((rows.iter().map(public).collect::<Result<_>>()?, all))
    }

    /// What everybody reads under an address.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn published_one(&self, id: PublicationId) -> Result<Option<Published>> {
        let sql = "SELECT id, body, unit, month FROM publication WHERE id = $1 AND state = 'published'";
        self.read().await?.optional(sql, args![id]).await?.as_ref().map(public).transpose()
    }
}

/// Notes what the petitioner said when the matter came in.
pub(crate) async fn write_wish(conn: &mut Conn, matter: MatterId, wish: bool, at: Moment) -> Result<()> {
    let sql = "INSERT INTO publication_wish (matter, willing, at) VALUES ($1, $2, $3) \
               ON CONFLICT (matter) DO UPDATE SET willing = excluded.willing, at = excluded.at";
    conn.run(sql, args![matter, wish, at]).await.map(drop)
}

async fn willing(conn: &mut Conn, matter: MatterId) -> Result<bool> {
    let row = conn.optional("SELECT willing FROM publication_wish WHERE matter = $1", args![matter]).await?;
    row.map_or(Ok(false), |row| row.flag(0))
}

async fn hold(conn: &mut Conn, matter: MatterId) -> Result<Option<Held>> {
    let sql = "SELECT id, state, revision, proposed_by, body FROM publication WHERE matter = $1";
    let Some(row) = conn.one_locked(sql, args![matter]).await? else { return Ok(None) };
    Ok(Some(Held {
        id: row.parsed(0, "a publication's id")?,
        state: state(&row, 1)?,
        revision: row.count(2)?,
        proposed_by: row.parsed(3, "an account's id")?,
        body: row.text(4)?,
    }))
}

/// Takes down what stands or waits, and answers the requests with it.
async fn take_down(conn: &mut Conn, matter: MatterId, words: Option<&Paragraph>, at: Moment) -> Result<u64> {
    answer_pleas(conn, matter).await?;
    let sql = "UPDATE publication SET state = 'withdrawn', at = $1, words = $2 \
               WHERE matter = $3 AND state <> 'withdrawn'";
    conn.run(sql, args![at, words.map(Paragraph::as_str), matter]).await
}

async fn answer_pleas(conn: &mut Conn, matter: MatterId) -> Result<u64> {
    let sql = "UPDATE publication_plea SET answered = 1 WHERE answered = 0 \
               AND publication IN (SELECT id FROM publication WHERE matter = $1)";
    conn.run(sql, args![matter]).await
}

fn deed(matter: MatterId, step: PublicationStep, body: Option<&String>) -> Deed {
    Deed::Publication { matter, step, digest: body.map(|body| Digest::of_bytes(body.as_bytes())) }
}

fn state(row: &Row, column: usize) -> Result<State> {
    State::from_code(&row.text(column)?).ok_or(StoreError::Corrupt { what: "a publication's state" })
}

fn public(row: &Row) -> Result<Published> {
    Ok(Published {
        id: row.parsed(0, "a publication's id")?,
        text: from_json(&row.text(1)?, "a publication")?,
        unit: row.checked(2, "a unit's name")?,
        month: row.checked(3, "a month")?,
    })
}
