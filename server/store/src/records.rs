//! Records: facts from the field, each taken in exactly once.
//!
//! A phone sends a record until it holds a receipt, so the same record comes twice, or fifty times
//! at once when a village gets its signal back. All of a taking-in is one transaction:
//!
//! 1. The record's row is inserted under its id. That is the claim: a second transaction with the
//!    same id waits here until the first has ended, and then finds the row (or, if the first failed,
//!    makes the claim itself). The loser does nothing and reads the stored receipt.
//! 2. The matter and the household that the record names are locked, and shown to the caller's pure
//!    `absorb`, which says what becomes of the record. It cannot refuse.
//! 3. Events, raised matters, the household's days and the change feeds are written.
//! 4. The receipt gets the next number, without gaps, is chained to the one before, and is stored. Commit.
//!
//! A batch of records ([`Store::take_records`]) shares one transaction on SQLite, where there is one writer at
//! a time and the disk's confirmation is what costs: each record has a savepoint, and one that fails leaves
//! the others alone. PostgreSQL has many writers; there a long transaction would hold matters and the
//! counter of receipts against all others, and two of them could wait for each other.
//!
//! A raised matter brings its own id (made on the phone) and is never doubled. Its number and query
//! code are the server's choice and may clash; then all is rolled back and `absorb` is asked again
//! with the next attempt. A code that was given at the door out of the phone's [`crate::reserve`]
//! goes before the server's own; one that does not hold is flagged.

use case_core::field::Flag;
use case_core::id::{AccountId, RecordId};

use crate::db::{Conn, args, to_json};
use crate::error::{Result, StoreError};
use crate::feed::{Touches, raise_counter};
use crate::receipts::{self as chain, ReceiptRow};
use crate::types::{
    Absorb, CodeHash, KnownRows, NewMatter, RaisedMatterRow, RecordEnvelope, RecordNames, Registered, StoredReceipt,
    Taken, Taking,
};
use crate::{Pools, Store};
use crate::{attachments, codes, households, matters, reserve};

/// How often `absorb` may choose another number or code.
const ATTEMPTS: u32 = 5;
/// The counter of receipts.
pub(crate) const RECEIPTS: &str = "receipts";

impl Store {
    /// Takes a record in.
    ///
    /// # Errors
    /// [`StoreError`]; nothing of the record is stored then, and sending it again is right.
    pub async fn take_record(
        &self,
        envelope: RecordEnvelope<'_>,
        names: RecordNames,
        absorb: Absorb<'_>,
    ) -> Result<Taken> {
        let mut attempt = 0;
        let mut patient = true;
        loop {
            match self.take_once(&envelope, names, absorb, attempt).await {
                Err(StoreError::NumberTaken | StoreError::CodeTaken) if attempt + 1 < ATTEMPTS => attempt += 1,
                // PostgreSQL ends one of two transactions that wait for each other; once is chance.
                Err(StoreError::Busy) if patient => patient = false,
                other => return other,
            }
        }
    }

    /// Takes records in, in their order: one result for each. What stands there as taken in is on the disk.
    pub async fn take_records(&self, takings: &[Taking<'_>]) -> Vec<Result<Taken>> {
        let at_once = takings.len() > 1 && !matches!(self.pools, Pools::Postgres(_));
        let together = if at_once { self.take_together(takings).await } else { Ok(vec![None; takings.len()]) };
        // Where the transaction as a whole failed, nothing of it is there: each by itself then.
        let together = together.unwrap_or_else(|_| vec![None; takings.len()]);
        let mut results = Vec::with_capacity(takings.len());
        for (taking, taken) in takings.iter().zip(together) {
            results.push(match taken {
                Some(receipt) => Ok(Taken::Stored(receipt)),
                None => self.take_record(taking.envelope, taking.names, taking.absorb).await,
            });
        }
        results
    }

    /// Those that could be taken in at the first attempt, in one transaction. `None` stays for a record that
    /// is here already, or whose number or code is taken, or that failed.
    async fn take_together(&self, takings: &[Taking<'_>]) -> Result<Vec<Option<StoredReceipt>>> {
        let mut conn = self.write().await?;
        let mut taken = Vec::with_capacity(takings.len());
        // Once one has to be done by itself, those behind it are too: their order is that of the phone.
        let mut in_order = true;
        for Taking { envelope, names, absorb } in takings {
            let mut receipt = None;
            if in_order {
                conn.run("SAVEPOINT one", args![]).await?;
                receipt = take_in(&mut conn, envelope, *names, *absorb, 0).await.unwrap_or_default();
                if receipt.is_none() {
                    conn.run("ROLLBACK TO one", args![]).await?;
                    // A record that is here needs nothing more than its receipt.
                    in_order = is_here(&mut conn, envelope.record.id).await?;
                }
                conn.run("RELEASE one", args![]).await?;
            }
            taken.push(receipt);
        }
        conn.commit().await?;
        Ok(taken)
    }

    async fn take_once(
        &self,
        envelope: &RecordEnvelope<'_>,
        names: RecordNames,
        absorb: Absorb<'_>,
        attempt: u32,
    ) -> Result<Taken> {
        let mut conn = self.write().await?;
        let Some(receipt) = take_in(&mut conn, envelope, names, absorb, attempt).await? else {
            conn.roll_back().await?;
            return self.taken_before(envelope).await;
        };
        conn.commit().await?;
        Ok(Taken::Stored(receipt))
    }

    /// Whether a record was taken in.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn has_record(&self, id: RecordId) -> Result<bool> {
        is_here(&mut self.read().await?, id).await
    }

    async fn taken_before(&self, envelope: &RecordEnvelope<'_>) -> Result<Taken> {
        let sql = "SELECT r.digest, p.seq, p.received_at, p.flags, p.raised, r.account \
                   FROM record r JOIN receipt p ON p.record = r.id WHERE r.id = $1";
        let row = self.read().await?.one(sql, args![envelope.record.id]).await?;
        let receipt = StoredReceipt {
            id: envelope.record.id,
            sequence: row.int(1)?,
            received_at: row.moment(2)?,
            digest: row.digest(0)?,
            flags: row.json(3, "flags")?,
            raised: row.json(4, "raised matters")?,
        };
        // What a record raised has query codes: they are told again only to whom they were told first.
        let same = receipt.digest == envelope.digest && row.text(5)? == envelope.account.to_string();
        Ok(if same { Taken::Duplicate(receipt) } else { Taken::IdTaken })
    }

    /// How many records there are.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn record_count(&self) -> Result<u64> {
        self.read().await?.one("SELECT COUNT(*) FROM record", args![]).await?.count(0)
    }
}

/// Takes a record in, inside a transaction; `None`, with nothing written, when its id is there.
async fn take_in(
    conn: &mut Conn,
    envelope: &RecordEnvelope<'_>,
    names: RecordNames,
    absorb: Absorb<'_>,
    attempt: u32,
) -> Result<Option<StoredReceipt>> {
    if !claim(conn, envelope, names).await? {
        return Ok(None);
    }
    let held = match names.matter {
        Some(id) => matters::hold(conn, id).await?,
        None => None,
    };
    let household = match names.household {
        Some(id) => households::hold(conn, id).await?,
        None => None,
    };
    let earlier = match envelope.record.payload.earlier() {
        Some(id) => is_here(conn, id).await?,
        None => false,
    };
    let known = KnownRows { matter: held.as_ref().map(|held| held.matter.clone()), household, earlier };
    let mut absorbed = absorb(&known, attempt);

    let mut touches = Touches::default();
    if let Some(held) = held {
        let (by, now) = (envelope.account, envelope.now);
        matters::advance(conn, held, &absorbed.events, Some(by), now, &mut touches).await?;
    }
    let (raised, all_hold) = raise(conn, envelope, &absorbed.raised, &mut touches).await?;
    if !all_hold {
        absorbed.flags.push(Flag::CodeNotReserved);
        absorbed.flags.sort_unstable();
    }
    attachments::insert(conn, envelope, names, &raised).await?;
    if let (Some(card), Some(days)) = (&known.household, absorbed.household)
        && card.id == days.household
    {
        households::set_days(conn, card, days, &mut touches).await?;
    } else if let (Some(old), Some(card)) = (&known.household, absorbed.card) {
        households::rewrite(conn, old, card, &mut touches).await?;
    }
    touches.write(conn).await?;
    let receipt = write_receipt(conn, envelope, names, absorbed.flags, raised).await?;
    Ok(Some(receipt))
}

/// Inserts the record; `false` when its id is there.
async fn claim(conn: &mut Conn, envelope: &RecordEnvelope<'_>, names: RecordNames) -> Result<bool> {
    let record = envelope.record;
    let claimed = conn
        .run(
            "INSERT INTO record (id, account, kind, device, device_seq, made_at, matter, household, digest, body) \
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) ON CONFLICT DO NOTHING",
            args![
                record.id,
                envelope.account,
                record.payload.kind().code(),
                record.device,
                i64::try_from(record.sequence).unwrap_or(i64::MAX),
                record.made_at,
                names.matter,
                names.household,
                envelope.digest,
                envelope.body,
            ],
        )
        .await?;
    Ok(claimed > 0)
}

/// Whether a record is here.
async fn is_here(conn: &mut Conn, id: RecordId) -> Result<bool> {
    Ok(conn.optional("SELECT 1 FROM record WHERE id = $1", args![id]).await?.is_some())
}

/// Registers the raised matters, and whether every code that was given at a door holds. One that is
/// there already is reported only to the account that registered it: its code is for nobody else.
async fn raise(
    conn: &mut Conn,
    envelope: &RecordEnvelope<'_>,
    new: &[NewMatter],
    touches: &mut Touches,
) -> Result<(Vec<RaisedMatterRow>, bool)> {
    let mut raised: Vec<RaisedMatterRow> = Vec::with_capacity(new.len());
    let mut all_hold = true;
    for one in new {
        let matter = match register(conn, envelope, one, touches).await? {
            Registered::New => one.matter.clone(),
            Registered::AlreadyThere(old) if is_by(old.registered_by, envelope.account) => *old,
            Registered::AlreadyThere(_) => {
                all_hold &= one.reserved.is_none();
                continue;
            }
        };
        let held = codes::held(conn, matter.id).await?;
        all_hold &= one.reserved.is_none_or(|told| held.is_some_and(|(code, _)| code.hash == told));
        if raised.iter().any(|earlier| earlier.matter == matter.id) {
            continue;
        }
        if let Some((code, reserve)) = held {
            let row = RaisedMatterRow { matter: matter.id, number: matter.number, issue: code.issue, reserve };
            raised.push(row);
        }
    }
    Ok((raised, all_hold))
}

/// Registers a raised matter with the code that was given at the door, if that is of the official's
/// reserve; with the server's own otherwise.
async fn register(
    conn: &mut Conn,
    envelope: &RecordEnvelope<'_>,
    new: &NewMatter,
    touches: &mut Touches,
) -> Result<Registered> {
    let Some(hash) = new.reserved else { return matters::insert(conn, new, envelope.now, touches).await };
    if !reserve::hold(conn, hash, envelope.account).await? {
        return matters::insert(conn, new, envelope.now, touches).await;
    }
    let bare = NewMatter { code: None, ..new.clone() };
    let registered = matters::insert(conn, &bare, envelope.now, touches).await?;
    if registered == Registered::New {
        let code = CodeHash { hash, issue: new.code.map_or(1, |code| code.issue) };
        reserve::spend(conn, new.matter.id, code, new.by, envelope.now).await?;
        touches.code(new.matter.id, code.issue);
    }
    Ok(registered)
}

fn is_by(registered_by: Option<AccountId>, account: AccountId) -> bool {
    registered_by == Some(account)
}

async fn write_receipt(
    conn: &mut Conn,
    envelope: &RecordEnvelope<'_>,
    names: RecordNames,
    flags: Vec<Flag>,
    raised: Vec<RaisedMatterRow>,
) -> Result<StoredReceipt> {
    let (id, received_at) = (envelope.record.id, envelope.now);
    let sequence = raise_counter(conn, RECEIPTS, 1).await?;
    let row = ReceiptRow::of(envelope, names, sequence, to_json(&flags)?, to_json(&raised)?);
    let link = row.link(chain::before(conn, sequence).await?.as_ref())?;
    conn.run(
        "INSERT INTO receipt (record, seq, received_at, flagged, flags, raised, link) \
         VALUES ($1, $2, $3, $4, $5, $6, $7)",
        args![id, sequence, received_at, !flags.is_empty(), row.flags, row.raised, link],
    )
    .await?;
    Ok(StoredReceipt { id, sequence, received_at, digest: envelope.digest, flags, raised })
}
