//! Taking a place in a reception, and giving it back.
//!
//! Who books with the code of a matter is known by its phone number, or, where it has none, by the matter: one place a
//! day, and not more than [`MOST`] that are still to come. Who books with a name and a number has proved nothing: such a
//! booking is nobody's but its own, since a refusal would tell whoever types somebody's number that the number has a
//! place; the desk sees a number that stands on a list twice. Places are given in the order of booking, the earliest time first.
//! All of it is decided inside the store's transaction, one booking after the other, so the last place has one
//! owner; and a form that is sent twice brings its id along and is one booking.

use case_core::audit::Trace;
use case_core::digest::Digest;
use case_core::id::{AccountId, BookingId, MatterId};
use case_core::matter::Matter;
use case_core::public::{is_no_name, proves, second_factor_decoy};
use case_core::reception::{Booking, BookingNumber, BookingState, Sitting, SittingKey};
use case_core::search::fold;
use case_core::text::ShortText;
use case_store::{Booked, Room, StoreError};

use super::{AHEAD, find, later};
use crate::secrets::Secrets;
use crate::state::AppState;

/// The id of no matter.
const NOBODYS: MatterId = MatterId(uuid::Uuid::nil());
/// Bookings of one person that are still to come.
pub const MOST: usize = 3;

/// Who books.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Booker {
    /// 姓名.
    pub name: ShortText,
    /// 电话.
    pub phone: Option<ShortText>,
    /// The matter whose query code was shown.
    pub matter: Option<MatterId>,
}

impl Booker {
    /// The petitioner of a matter.
    #[must_use]
    pub fn of(matter: &Matter) -> Self {
        let petitioner = &matter.registration.petitioner;
        Self { name: petitioner.name.clone(), phone: petitioner.phone.clone(), matter: Some(matter.id) }
    }

    /// By what the person is known again: of whoever proved nothing, only the form that was sent, and what it said.
    fn known_by(&self, secrets: &Secrets, form: BookingId) -> Digest {
        let digits = self.phone.as_ref().and_then(|phone| dialled(phone.as_str()));
        match (self.matter, digits) {
            (Some(_), Some(digits)) => secrets.booker("phone", &digits),
            (Some(matter), None) => secrets.booker("matter", &matter.to_string()),
            (None, digits) => {
                let said =
                    [&form.to_string(), " ", &fold(self.name.as_str()), " ", &digits.unwrap_or_default()].concat();
                secrets.booker("form", &said)
            }
        }
    }
}

/// The digits of a phone number without the country's; none of what cannot be dialled (7 to 15 digits).
#[must_use]
pub fn dialled(typed: &str) -> Option<String> {
    let folded = fold(typed);
    let plain = |c: &char| c.is_ascii_digit() || matches!(c, '+' | '-' | ' ' | '(' | ')');
    if folded.chars().any(|c| !plain(&c)) {
        return None;
    }
    let digits: String = folded.chars().filter(char::is_ascii_digit).collect();
    let home = digits.strip_prefix("0086").or_else(|| digits.strip_prefix("86").filter(|rest| rest.len() == 11));
    let home = home.unwrap_or(&digits);
    (7..=15).contains(&home.len()).then(|| home.to_owned())
}

/// Why there is no place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoPlace {
    /// There is no such reception (any more).
    Gone,
    /// It is called off.
    Off,
    /// Its day has come, or it is too far ahead.
    NotNow,
    /// All places are taken.
    Full,
    /// The person has a place on that day.
    SameDay,
    /// The person has [`MOST`] places that are still to come.
    TooMany,
}

/// What came of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answer {
    /// There is a place.
    Done(Box<Booking>),
    /// There is none.
    No(NoPlace),
    /// The form's id is somebody else's.
    Taken,
}

/// Takes a place.
///
/// # Errors
/// [`StoreError`]; sent again it is one booking.
pub async fn book(state: &AppState, id: BookingId, key: SittingKey, who: &Booker) -> Result<Answer, StoreError> {
    take(state, id, key, who, None).await
}

/// 约访: keeps a place for the petitioner of a matter, who has not been asked yet.
///
/// # Errors
/// [`StoreError`]; sent again it is one invitation.
pub async fn invite(
    state: &AppState,
    id: BookingId,
    key: SittingKey,
    matter: &Matter,
    by: AccountId,
) -> Result<Answer, StoreError> {
    take(state, id, key, &Booker::of(matter), Some(by)).await
}

async fn take(
    state: &AppState,
    id: BookingId,
    key: SittingKey,
    who: &Booker,
    invited_by: Option<AccountId>,
) -> Result<Answer, StoreError> {
    let now = state.now();
    let calendar = state.calendar();
    let decide = |room: &Room<'_>| {
        let sitting = find(room.receptions, &calendar, key).ok_or(NoPlace::Gone)?;
        let slot = place(&sitting, room, &calendar, now.date())?;
        let mut booking = Booking {
            id,
            number: state.secrets.booking_number(id),
            key,
            slot,
            name: who.name.clone(),
            phone: who.phone.clone(),
            matter: who.matter,
            made_at: now,
            state: if invited_by.is_some() { BookingState::Invited } else { BookingState::Booked },
            told: None,
            result: None,
            invited_by,
        };
        // Who is invited does not know it yet: until they are told, or look themselves.
        booking.told = booking.stands(Some(&sitting)).filter(|_| invited_by.is_none());
        Ok(booking)
    };
    let trace = invited_by.map_or(Trace::system(now), |by| Trace::by(by, now));
    let person = who.known_by(&state.secrets, id);
    // Rules that end before today are read too: a booking of theirs may still be ahead.
    let from = super::before(now.date());
    let made = state.store.book(id, key, &person, from, trace, &decide).await?;
    Ok(match made {
        Booked::Done(booking) => Answer::Done(booking),
        Booked::No(why) => Answer::No(why),
        Booked::Taken => Answer::Taken,
    })
}

fn place(
    sitting: &Sitting,
    room: &Room<'_>,
    calendar: &case_core::time::Calendar,
    today: chrono::NaiveDate,
) -> Result<u16, NoPlace> {
    if sitting.off {
        return Err(NoPlace::Off);
    }
    if !bookable(sitting, today) {
        return Err(NoPlace::NotNow);
    }
    let day_of = |booking: &Booking| {
        find(room.receptions, calendar, booking.key).filter(|sitting| !sitting.off).map(|sitting| sitting.day)
    };
    let days: Vec<_> = room.own.iter().filter_map(day_of).filter(|day| *day >= today).collect();
    if days.contains(&sitting.day) {
        return Err(NoPlace::SameDay);
    }
    if days.len() >= MOST {
        return Err(NoPlace::TooMany);
    }
    (0..sitting.slots).find(|slot| !room.taken.contains(slot)).ok_or(NoPlace::Full)
}

/// Whether its day lies ahead and not too far: the list goes to the leader the day before (spec 1-5).
#[must_use]
pub fn bookable(sitting: &Sitting, today: chrono::NaiveDate) -> bool {
    !sitting.off && sitting.day > today && sitting.day <= later(today, AHEAD)
}

/// A booking with its reception as it stands now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shown {
    /// The booking.
    pub booking: Booking,
    /// Its reception; none when it is not held any more.
    pub sitting: Option<Sitting>,
}

/// The booking with a number, for whoever proves to have made it: by the phone or the name; where the matter by whose
/// code it was booked has no name, by the word on that matter's receipt.
///
/// # Errors
/// [`StoreError`].
pub async fn open(state: &AppState, number: &BookingNumber, proof: &str) -> Result<Option<Shown>, StoreError> {
    let Some(booking) = state.store.booking_by_number(number).await? else {
        // The same work against nobody.
        let _ = std::hint::black_box(second_factor_decoy(proof) | state.secrets.is_filed_word(NOBODYS, proof));
        return Ok(None);
    };
    let phone = booking.phone.as_ref().map(ShortText::as_str);
    let by_word = is_no_name(booking.name.as_str()) & booking.matter.is_some();
    let word = state.secrets.is_filed_word(booking.matter.unwrap_or(NOBODYS), proof);
    if !(proves(booking.name.as_str(), phone, proof) | (word & by_word)) {
        return Ok(None);
    }
    shown(state, booking).await.map(Some)
}

/// A booking beside its reception.
///
/// # Errors
/// [`StoreError`].
pub async fn shown(state: &AppState, booking: Booking) -> Result<Shown, StoreError> {
    let sitting = super::sitting(state, booking.key).await?;
    Ok(Shown { booking, sitting })
}

/// Whether the person can still give the place back: until the time to come.
#[must_use]
pub fn cancellable(shown: &Shown, now: case_core::time::Moment) -> bool {
    let before = |sitting: &Sitting| shown.booking.begins_at(sitting) > now;
    shown.booking.state.waits() && shown.sitting.as_ref().is_none_or(before)
}

/// Gives the place back. What cannot be cancelled (any more) stays as it is, and is answered as it stands.
///
/// # Errors
/// [`StoreError`].
pub async fn cancel(state: &AppState, shown: Shown) -> Result<Shown, StoreError> {
    let now = state.now();
    if !cancellable(&shown, now) {
        return Ok(shown);
    }
    let decide = |booking: &Booking| {
        Ok::<_, ()>(match booking.state {
            BookingState::Booked => Booking { state: BookingState::Cancelled, ..booking.clone() },
            BookingState::Invited => Booking { state: BookingState::Declined, ..booking.clone() },
            _ => booking.clone(),
        })
    };
    let changed = state.store.change_booking(shown.booking.id, false, Trace::system(now), &decide).await?;
    Ok(match changed {
        Some(Ok(booking)) => Shown { booking, ..shown },
        _ => shown,
    })
}

/// 约访，来: who was invited says yes, having seen when and where. What is no invitation (any more) stays as it is.
///
/// # Errors
/// [`StoreError`].
pub async fn accept(state: &AppState, shown: Shown) -> Result<Shown, StoreError> {
    let now = state.now();
    if !cancellable(&shown, now) {
        return Ok(shown);
    }
    let stands = shown.booking.stands(shown.sitting.as_ref());
    let decide = |booking: &Booking| {
        Ok::<_, ()>(match booking.state {
            BookingState::Invited => Booking { state: BookingState::Booked, told: stands.clone(), ..booking.clone() },
            _ => booking.clone(),
        })
    };
    let changed = state.store.change_booking(shown.booking.id, false, Trace::system(now), &decide).await?;
    Ok(match changed {
        Some(Ok(booking)) => Shown { booking, ..shown },
        _ => shown,
    })
}

/// 改期: the same booking, with its number, in another reception: there is the new place, or the old one stays. Who was
/// invited says yes by it.
///
/// # Errors
/// [`StoreError`]; moving it where it is already changes nothing.
pub async fn move_to(state: &AppState, shown: Shown, to: SittingKey) -> Result<Result<Shown, NoPlace>, StoreError> {
    let now = state.now();
    if shown.booking.key == to {
        return Ok(Ok(shown));
    }
    if !cancellable(&shown, now) {
        return Ok(Err(NoPlace::NotNow));
    }
    let calendar = state.calendar();
    let decide = |booking: &Booking, room: &Room<'_>| {
        if booking.key == to || !booking.state.waits() {
            return Ok(booking.clone());
        }
        let sitting = find(room.receptions, &calendar, to).ok_or(NoPlace::Gone)?;
        let slot = place(&sitting, room, &calendar, now.date())?;
        let moved = Booking { key: to, slot, state: BookingState::Booked, ..booking.clone() };
        Ok(Booking { told: moved.stands(Some(&sitting)), ..moved })
    };
    let from = super::before(now.date());
    let changed = state.store.move_booking(shown.booking.id, to, from, Trace::system(now), &decide).await?;
    match changed {
        Some(Ok(booking)) => self::shown(state, booking).await.map(Ok),
        Some(Err(why)) => Ok(Err(why)),
        None => Ok(Err(NoPlace::Gone)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_phone_number_is_one_however_it_is_typed() {
        for typed in ["13812345678", "138 1234 5678", "+86 138-1234-5678", "１３８１２３４５６７８", "008613812345678"]
        {
            assert_eq!(dialled(typed).as_deref(), Some("13812345678"), "{typed}");
        }
        assert_eq!(dialled("0999-1110001").as_deref(), Some("09991110001"));
        for bad in ["", "123456", "1381234567八", "张三", "1234567890123456", "138*1234567"] {
            assert_eq!(dialled(bad), None, "{bad}");
        }
    }
}
