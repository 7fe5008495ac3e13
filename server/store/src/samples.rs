//! 抽查回访: draws, who was drawn to go where, and what came of it.
//!
//! A draw shows on the phones of those who are sent and nowhere else: it is listed in the feeds of their accounts, never
//! in those of places, so that nobody else's phone gets as much as a number that was raised. Their visits end it in
//! the transaction that takes the record in.

use case_core::audit::{Deed, Trace};
use case_core::id::{AccountId, MatterId, RecordId, SampleId};
use case_core::matter::Matter;
use case_core::sample::{Sample, lines};
use case_core::text::ShortText;
use case_core::time::Moment;
use case_core::wire::sync::ItemRef;

use crate::Store;
use crate::audit;
use crate::db::{Conn, args, to_json};
use crate::error::{Result, StoreError};
use crate::feed::{Touches, account_feed, raise_counter, shelves_of_matter};

/// The counter of draws.
const SAMPLES: &str = "samples";

/// A draw, as it is kept.
#[derive(Clone, Debug, PartialEq)]
pub struct StoredSample {
    /// Identity.
    pub id: SampleId,
    /// 第几次.
    pub number: u32,
    /// When.
    pub at: Moment,
    /// Who drew.
    pub by: ShortText,
    /// What.
    pub sample: Sample,
    /// What could have been drawn.
    pub population: Vec<MatterId>,
    /// Return visits of those who were sent, in the order in which they came.
    pub visits: Vec<SampleVisit>,
}

/// A return visit of somebody who was sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SampleVisit {
    /// The record.
    pub record: RecordId,
    /// About which matter.
    pub matter: MatterId,
    /// When it was taken in.
    pub at: Moment,
    /// Whether somebody was reached.
    pub reached: bool,
}

/// A draw in which a matter stood.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct InSample {
    /// 第几次.
    pub number: u32,
    /// When it was drawn.
    pub at: Moment,
    /// Whether somebody was reached.
    pub reached: bool,
}

impl Store {
    /// Keeps a draw, and lists its matters for those who are sent. One with that id that is here already stays as it
    /// is, and nothing new is drawn.
    ///
    /// # Errors
    /// [`StoreError::UnknownReference`] for a matter or account that does not exist, or a deed of nobody.
    pub async fn keep_sample(
        &self,
        id: SampleId,
        sample: &Sample,
        population: &[MatterId],
        trace: Trace,
    ) -> Result<()> {
        let by = trace.by.ok_or(StoreError::UnknownReference)?;
        let mut conn = self.write().await?;
        let number = raise_counter(&mut conn, SAMPLES, 1).await?;
        let made = conn
            .run(
                "INSERT INTO sample (id, number, at, by_account, body, population) VALUES ($1, $2, $3, $4, $5, $6) \
                 ON CONFLICT (id) DO NOTHING",
                args![id, number, trace.at, by, to_json(sample)?, lines(population)],
            )
            .await?;
        if made == 0 {
            return conn.roll_back().await;
        }
        let mut touches = Touches::default();
        let mut rows = Vec::new();
        for drawn in &sample.drawn {
            for account in &drawn.visitors {
                rows.push(args![id, drawn.matter, *account, true]);
                touches.told(ItemRef::Matter(drawn.matter), account_feed(*account), false);
            }
        }
        conn.insert("INSERT INTO sample_visitor (sample, matter, account, open) VALUES", rows, "").await?;
        touches.write(&mut conn).await?;
        let deed = Deed::Sampled {
            sample: id,
            number: u32::try_from(number).unwrap_or(u32::MAX),
            seed: sample.seed.as_str().to_owned(),
            size: sample.size,
            digest: sample.digest,
            matters: sample.drawn.iter().map(|drawn| drawn.matter).collect(),
        };
        audit::append(&mut conn, trace, &deed).await?;
        conn.commit().await
    }

    /// All draws, the latest first.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn samples(&self) -> Result<Vec<StoredSample>> {
        let mut conn = self.read().await?;
        let sql = "SELECT s.id, s.number, s.at, a.name, s.body, s.population FROM sample s \
                   JOIN account a ON a.id = s.by_account ORDER BY s.number DESC";
        let mut all = Vec::new();
        for row in conn.all(sql, args![]).await? {
            let id: SampleId = row.parsed(0, "a sample's id")?;
            let visits = "SELECT record, matter, at, reached FROM sample_visit WHERE sample = $1 ORDER BY at, record";
            let visits = conn.all(visits, args![id]).await?;
            all.push(StoredSample {
                id,
                number: row.count(1)?,
                at: row.moment(2)?,
                by: row.checked(3, "a name")?,
                sample: row.json(4, "a sample")?,
                population: read_lines(&row.text(5)?)?,
                visits: visits
                    .iter()
                    .map(|row| {
                        Ok(SampleVisit {
                            record: row.parsed(0, "a record's id")?,
                            matter: row.parsed(1, "a matter's id")?,
                            at: row.moment(2)?,
                            reached: row.flag(3)?,
                        })
                    })
                    .collect::<Result<_>>()?,
            });
        }
        Ok(all)
    }

    /// The matters that were drawn and have no result yet.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn sampled_open(&self) -> Result<Vec<MatterId>> {
        let sql = "SELECT DISTINCT matter FROM sample_visitor WHERE open = 1 ORDER BY matter";
        let rows = self.read().await?.all(sql, args![]).await?;
        rows.iter().map(|row| row.parsed(0, "a matter's id")).collect()
    }

    /// The draws in which a matter stood, the latest first.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn samples_of(&self, matter: MatterId) -> Result<Vec<InSample>> {
        let sql = "SELECT s.number, s.at, \
                   (SELECT COUNT(*) FROM sample_visit v WHERE v.sample = s.id AND v.matter = $1 AND v.reached = 1) \
                   FROM sample s WHERE s.id IN (SELECT sample FROM sample_visitor WHERE matter = $1) \
                   ORDER BY s.number DESC";
        let rows = self.read().await?.all(sql, args![matter]).await?;
        rows.iter()
            .map(|row| Ok(InSample { number: row.count(0)?, at: row.moment(1)?, reached: row.flag(2)? }))
            .collect()
    }

    /// Records of those who were sent at which nobody was met: they are with the draw, and not with the matter.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn sample_attempts(&self, matter: MatterId) -> Result<Vec<RecordId>> {
        let sql = "SELECT record FROM sample_visit WHERE matter = $1 AND reached = 0";
        let rows = self.read().await?.all(sql, args![matter]).await?;
        rows.iter().map(|row| row.parsed(0, "a record's id")).collect()
    }
}

fn read_lines(text: &str) -> Result<Vec<MatterId>> {
    text.lines().map(|line| line.parse().map_err(|_| StoreError::Corrupt { what: "a matter's id" })).collect()
}

/// Whether somebody was drawn to ask about a matter, whether or not there is a result.
pub(crate) async fn is_drawn(conn: &mut Conn, matter: MatterId, account: AccountId) -> Result<bool> {
    let sql = "SELECT 1 FROM sample_visitor WHERE matter = $1 AND account = $2 LIMIT 1";
    Ok(conn.optional(sql, args![matter, account]).await?.is_some())
}

/// The matters that somebody was drawn to ask about and that have no result yet.
pub(crate) async fn open_for(conn: &mut Conn, account: AccountId) -> Result<Vec<MatterId>> {
    let sql = "SELECT matter FROM sample_visitor WHERE account = $1 AND open = 1";
    conn.all(sql, args![account]).await?.iter().map(|row| row.parsed(0, "a matter's id")).collect()
}

/// A visit of somebody who was sent. One at which somebody was reached ends it for all who were sent there.
pub(crate) async fn visited(
    conn: &mut Conn,
    record: RecordId,
    (matter, account): (&Matter, AccountId),
    (at, reached): (Moment, bool),
    touches: &mut Touches,
) -> Result<()> {
    let sql = "SELECT v.sample FROM sample_visitor v JOIN sample s ON s.id = v.sample \
               WHERE v.matter = $1 AND v.account = $2 ORDER BY v.open DESC, s.number DESC LIMIT 1";
    let Some(row) = conn.optional(sql, args![matter.id, account]).await? else { return Ok(()) };
    let sample: SampleId = row.parsed(0, "a sample's id")?;
    conn.run(
        "INSERT INTO sample_visit (record, sample, matter, account, at, reached) VALUES ($1, $2, $3, $4, $5, $6)",
        args![record, sample, matter.id, account, at, reached],
    )
    .await?;
    if !reached {
        return Ok(());
    }
    let sql = "SELECT account FROM sample_visitor WHERE sample = $1 AND matter = $2 AND open = 1";
    let sent = conn.all(sql, args![sample, matter.id]).await?;
    conn.run("UPDATE sample_visitor SET open = 0 WHERE sample = $1 AND matter = $2", args![sample, matter.id]).await?;
    let stands = shelves_of_matter(matter);
    for row in &sent {
        let feed = account_feed(row.parsed(0, "an account's id")?);
        let gone = !stands.iter().any(|(shelf, _)| *shelf == feed);
        touches.told(ItemRef::Matter(matter.id), feed, gone);
    }
    Ok(())
}
