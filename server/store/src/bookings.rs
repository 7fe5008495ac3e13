//! 接访预约: places in receptions. Who books is known by a keyed hash that the caller makes.

use case_core::audit::{Deed, Trace};
use case_core::digest::Digest;
use case_core::id::{BookingId, MatterId};
use case_core::reception::{Booking, BookingNumber, SittingKey};
use chrono::NaiveDate;

use crate::Store;
use crate::audit;
use crate::db::{Conn, Row, args, to_json};
use crate::error::Result;
use crate::receptions::{Receptions, receptions, take_turn};

/// What became of a wish to book.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Booked<N> {
    /// It has a place: now, or since the same form was sent before.
    Done(Box<Booking>),
    /// Somebody else has a booking of that id or number: the form must be made anew.
    Taken,
    /// The rule said no.
    No(N),
}

/// What deciding about a booking knows, all of it held against other writers.
pub struct Room<'a> {
    /// Rules and changes.
    pub receptions: &'a Receptions,
    /// Places of the reception that are taken.
    pub taken: &'a [u16],
    /// Bookings of the same person who is still waited for.
    pub own: &'a [Booking],
}

impl Store {
    /// Books: `decide` gives the booking as it shall be, or says why not. Sent twice with one id it is one booking.
    ///
    /// # Errors
    /// [`crate::StoreError`].
    pub async fn book<N>(
        &self,
        id: BookingId,
        key: SittingKey,
        person: &Digest,
        from: NaiveDate,
        trace: Trace,
        decide: &(dyn Fn(&Room<'_>) -> Result<Booking, N> + Sync),
    ) -> Result<Booked<N>>
    where
        N: Send,
    {
        let mut conn = self.write().await?;
        take_turn(&mut conn).await?;
        if let Some(row) = conn.optional("SELECT body, person FROM booking WHERE id = $1", args![id]).await? {
            let booking: Booking = row.json(0, "a booking")?;
            let same = row.digest(1)? == *person && booking.key == key;
            conn.roll_back().await?;
            return Ok(if same { Booked::Done(Box::new(booking)) } else { Booked::Taken });
        }
        let receptions = receptions(&mut conn, from).await?;
        let taken = taken(&mut conn, key).await?;
        let own = own(&mut conn, person).await?;
        let booking = match decide(&Room { receptions: &receptions, taken: &taken, own: &own }) {
            Ok(booking) => booking,
            Err(why) => {
                conn.roll_back().await?;
                return Ok(Booked::No(why));
            }
        };
        let number = booking.number.as_str();
        if conn.optional("SELECT 1 FROM booking WHERE number = $1", args![number]).await?.is_some() {
            conn.roll_back().await?;
            return Ok(Booked::Taken);
        }
        conn.run(
            "INSERT INTO booking (id, number, rule, planned, slot, person, matter, active, waits, body) \
             VALUES ($1, $2, $3, $4, $5, $6, $7, 1, 1, $8)",
            args![
                booking.id,
                number,
                booking.key.rule,
                booking.key.planned,
                u32::from(booking.slot),
                *person,
                booking.matter,
                to_json(&booking)?
            ],
        )
        .await?;
        let deed = Deed::ReceptionBooked { booking: booking.id, matter: booking.matter };
        audit::append(&mut conn, trace, &deed).await?;
        conn.commit().await?;
        Ok(Booked::Done(Box::new(booking)))
    }

    /// Changes a booking as `decide` says; none when there is no such booking.
    ///
    /// # Errors
    /// [`crate::StoreError`].
    pub async fn change_booking<N>(
        &self,
        id: BookingId,
        told: bool,
        trace: Trace,
        decide: &(dyn Fn(&Booking) -> Result<Booking, N> + Sync),
    ) -> Result<Option<Result<Booking, N>>>
    where
        N: Send,
    {
        let mut conn = self.write().await?;
        take_turn(&mut conn).await?;
        let Some(row) = conn.optional("SELECT body FROM booking WHERE id = $1", args![id]).await? else {
            conn.roll_back().await?;
            return Ok(None);
        };
        let before = read(&row)?;
        let after = match decide(&before) {
            Ok(after) if after != before => after,
            unchanged => {
                conn.roll_back().await?;
                return Ok(Some(unchanged));
            }
        };
        set(&mut conn, &after).await?;
        let deed = Deed::ReceptionBookingSet { booking: id, state: after.state, told, matter: after.matter, to: None };
        audit::append(&mut conn, trace, &deed).await?;
        conn.commit().await?;
        Ok(Some(Ok(after)))
    }

    /// 改期: takes a place in another reception for a booking and gives the old one back, both or neither. `decide`
    /// sees the room of the other reception; the person's own bookings are without this one. None when there is no
    /// such booking.
    ///
    /// # Errors
    /// [`crate::StoreError`].
    pub async fn move_booking<N>(
        &self,
        id: BookingId,
        to: SittingKey,
        from: NaiveDate,
        trace: Trace,
        decide: &(dyn Fn(&Booking, &Room<'_>) -> Result<Booking, N> + Sync),
    ) -> Result<Option<Result<Booking, N>>>
    where
        N: Send,
    {
        let mut conn = self.write().await?;
        take_turn(&mut conn).await?;
        let Some(row) = conn.optional("SELECT body, person FROM booking WHERE id = $1", args![id]).await? else {
            conn.roll_back().await?;
            return Ok(None);
        };
        let (before, person) = (read(&row)?, row.digest(1)?);
        let receptions = receptions(&mut conn, from).await?;
        let taken = taken(&mut conn, to).await?;
        let mut own = own(&mut conn, &person).await?;
        own.retain(|booking| booking.id != id);
        let after = match decide(&before, &Room { receptions: &receptions, taken: &taken, own: &own }) {
            Ok(after) if after != before => after,
            unchanged => {
                conn.roll_back().await?;
                return Ok(Some(unchanged));
            }
        };
        set(&mut conn, &after).await?;
        let deed = Deed::ReceptionBookingSet {
            booking: id,
            state: after.state,
            told: false,
            matter: after.matter,
            to: Some(after.key),
        };
        audit::append(&mut conn, trace, &deed).await?;
        conn.commit().await?;
        Ok(Some(Ok(after)))
    }

    /// Forgets bookings of receptions that were planned before a day and that led to no matter: how many.
    ///
    /// # Errors
    /// [`crate::StoreError`].
    pub async fn purge_bookings(&self, planned_before: NaiveDate) -> Result<u64> {
        let mut conn = self.write().await?;
        let gone = conn.run("DELETE FROM booking WHERE planned < $1 AND matter IS NULL", args![planned_before]).await?;
        conn.commit().await?;
        Ok(gone)
    }

    /// The booking with a number.
    ///
    /// # Errors
    /// [`crate::StoreError`].
    pub async fn booking_by_number(&self, number: &BookingNumber) -> Result<Option<Booking>> {
        let sql = "SELECT body FROM booking WHERE number = $1";
        self.read().await?.optional(sql, args![number.as_str()]).await?.as_ref().map(read).transpose()
    }

    /// The booking with an id.
    ///
    /// # Errors
    /// [`crate::StoreError`].
    pub async fn booking(&self, id: BookingId) -> Result<Option<Booking>> {
        let sql = "SELECT body FROM booking WHERE id = $1";
        self.read().await?.optional(sql, args![id]).await?.as_ref().map(read).transpose()
    }

    /// All bookings of one reception by their places, the cancelled ones too.
    ///
    /// # Errors
    /// [`crate::StoreError`].
    pub async fn bookings_of(&self, key: SittingKey) -> Result<Vec<Booking>> {
        let sql = "SELECT body FROM booking WHERE rule = $1 AND planned = $2 ORDER BY slot, active DESC, id";
        many(&mut self.read().await?, sql, args![key.rule, key.planned]).await
    }

    /// The bookings of a matter, the last first.
    ///
    /// # Errors
    /// [`crate::StoreError`].
    pub async fn bookings_of_matter(&self, matter: MatterId) -> Result<Vec<Booking>> {
        let sql = "SELECT body FROM booking WHERE matter = $1 ORDER BY planned DESC, id DESC";
        many(&mut self.read().await?, sql, args![matter]).await
    }

    /// Bookings of whoever is still waited for, planned on or after a day.
    ///
    /// # Errors
    /// [`crate::StoreError`].
    pub async fn bookings_waiting(&self, planned_from: NaiveDate) -> Result<Vec<Booking>> {
        let sql = "SELECT body FROM booking WHERE waits = 1 AND planned >= $1 ORDER BY planned, rule, slot";
        many(&mut self.read().await?, sql, args![planned_from]).await
    }

    /// How many places are taken, by reception, of those planned on or after a day.
    ///
    /// # Errors
    /// [`crate::StoreError`].
    pub async fn places_taken(&self, planned_from: NaiveDate) -> Result<Vec<(SittingKey, u16)>> {
        let sql =
            "SELECT rule, planned, COUNT(*) FROM booking WHERE active = 1 AND planned >= $1 GROUP BY rule, planned";
        let rows = self.read().await?.all(sql, args![planned_from]).await?;
        rows.iter()
            .map(|row| {
                let key = SittingKey { rule: row.parsed(0, "a rule's id")?, planned: row.parsed(1, "a day")? };
                Ok((key, row.count(2)?))
            })
            .collect()
    }
}

/// The places of a reception that are taken, in their order.
async fn taken(conn: &mut Conn, key: SittingKey) -> Result<Vec<u16>> {
    let sql = "SELECT slot FROM booking WHERE rule = $1 AND planned = $2 AND active = 1 ORDER BY slot";
    let rows = conn.all(sql, args![key.rule, key.planned]).await?;
    rows.iter().map(|row| row.count(0)).collect()
}

/// Bookings of a person who is still waited for.
async fn own(conn: &mut Conn, person: &Digest) -> Result<Vec<Booking>> {
    let rows = conn.all("SELECT body FROM booking WHERE person = $1 AND waits = 1", args![*person]).await?;
    rows.iter().map(read).collect()
}

/// Writes a booking as it is now.
async fn set(conn: &mut Conn, after: &Booking) -> Result<()> {
    conn.run(
        "UPDATE booking SET rule = $1, planned = $2, slot = $3, matter = $4, active = $5, waits = $6, body = $7 \
         WHERE id = $8",
        args![
            after.key.rule,
            after.key.planned,
            u32::from(after.slot),
            after.matter,
            after.state.takes_a_place(),
            after.state.waits(),
            to_json(after)?,
            after.id
        ],
    )
    .await?;
    Ok(())
}

fn read(row: &Row) -> Result<Booking> {
    row.json(0, "a booking")
}

async fn many(conn: &mut Conn, sql: &'static str, args: Vec<crate::db::Arg>) -> Result<Vec<Booking>> {
    conn.all(sql, args).await?.iter().map(read).collect()
}
