//! 我的预约: opening a booking, and what can be done with it. It opens by its number and the end of the phone number,
//! or by what opens the matter; tries are counted like those at a code.

use std::net::IpAddr;
use std::sync::Arc;

use app::pages::public::reception::{
    Appointment, AskBooking, Met, Offered, Secret, Standing, ask_booking, booking as booking_page, moving, state_of,
};
use app::pages::public::{DRAW, Message};
use app::text::public::reception as words;
use axum::extract::rejection::FormRejection;
use axum::extract::{Extension, Form, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use case_core::id::MatterId;
use case_core::reception::{BookingNumber, IcsEvent, SittingKey, ics};
use case_core::time::Moment;
use case_store::StoreError;
use serde::Deserialize;
use tokio::time::{Instant, sleep_until};

use super::lookup::{MISS_TAKES, closed, refused};
use super::reader::Reader;
use super::receptions::{offered, ours, refusal};
use super::tries::{Turns, network};
use super::{frame, page, say};
use crate::extract::Caller;
use crate::guard::{ADDRESS, CODE, WINDOW_MS};
use crate::state::AppState;
use crate::use_cases::receptions::book::{self, Shown, cancellable};

/// Appointments of one matter that are shown.
const MOST_SHOWN: usize = 4;

/// `GET /jf/mine`.
pub(super) async fn ask(State(state): State<AppState>, reader: Reader) -> Response {
    let nothing = AskBooking { number: "", proof: "", number_fault: None, miss: false };
    page(StatusCode::OK, reader, ask_booking(&frame(&state, reader, "/jf/mine"), &nothing))
}

/// What opens a booking. No `Debug`: it is not for a log.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct Opens {
    number: String,
    proof: String,
    /// What the switch to large type asks for.
    go: String,
    /// 改时间: a reception, by its rule and planned day.
    to: String,
}

type Asked = Result<Form<Opens>, FormRejection>;

/// The booking for whoever proves to have made it, or the page that says why not.
async fn open(
    state: &AppState,
    reader: Reader,
    turns: &Turns,
    address: IpAddr,
    asked: Asked,
) -> Result<(Shown, Opens), Response> {
    let came_in = Instant::now();
    let asked = match asked {
        Ok(Form(asked)) => asked,
        Err(rejection) => return Err(say(state, reader, refused(&rejection), &Message::Unreadable)),
    };
    if asked.go == DRAW {
        let ask = AskBooking { number: &asked.number, proof: &asked.proof, number_fault: None, miss: false };
        return Err(page(StatusCode::OK, reader, ask_booking(&frame(state, reader, "/jf/mine"), &ask)));
    }
    let again = |number_fault: Option<&'static str>, miss: bool| {
        let ask = AskBooking { number: &asked.number, proof: "", number_fault, miss };
        let html = ask_booking(&frame(state, reader, "/jf/mine"), &ask);
        page(StatusCode::UNPROCESSABLE_ENTITY, reader, html)
    };
    let Ok(number) = BookingNumber::parse(&asked.number) else { return Err(again(Some(words::NUMBER_WRONG), false)) };
    let now = state.now();
    let keys = [
        state.secrets.limiter_key("booking", number.as_str()),
        state.secrets.limiter_key("code-address", &network(address)),
    ];
    let _turn = turns.take(&keys[0], &keys[1]).await;
    let sought = async {
        let failures = state.store.failures_since(&keys, now.plus_ms(1 - WINDOW_MS)).await?;
        let closed_until =
            failures.iter().zip([CODE, ADDRESS]).map(|(failed, growth)| growth.closed_until(*failed, now));
        if let Some(until) = closed_until.flatten().max() {
            return Ok(Err(Some(until)));
        }
        match book::open(state, &number, &asked.proof).await? {
            Some(shown) => Ok(Ok(shown)),
            None => {
                turns.suspects.note([&keys[1]], now);
                state.store.record_failure(&keys, now).await?;
                Ok::<_, StoreError>(Err(None))
            }
        }
    };
    match sought.await {
        Ok(Ok(shown)) => Ok((shown, asked)),
        Ok(Err(Some(until))) => Err(closed(state, reader, until)),
        Ok(Err(None)) => {
            sleep_until(came_in + MISS_TAKES).await;
            Err(again(None, true))
        }
        Err(error) => Err(ours(state, reader, error)),
    }
}

/// How a booking stands, for who opened or made it.
pub(super) fn show(state: &AppState, reader: Reader, shown: &Shown, proof: &str) -> Response {
    let now = state.now();
    let appointment = appointment(shown, now);
    let secret = Secret { number: shown.booking.number.as_str(), proof };
    page(StatusCode::OK, reader, booking_page(&frame(state, reader, "/jf/mine"), &appointment, secret, now))
}

/// The appointments that an answer to a look-up shows: those to come, and the last one that was. An answer is not
/// held up by them.
pub(super) async fn met(state: &AppState, matter: MatterId) -> Vec<Met> {
    let now = state.now();
    let read = async {
        let mut met = Vec::new();
        for booking in state.store.bookings_of_matter(matter).await?.into_iter().take(MOST_SHOWN) {
            let shown = book::shown(state, booking).await?;
            let standing = state_of(&appointment(&shown, now), now);
            let booking = &shown.booking;
            met.push(Met {
                number: booking.number.as_str().to_owned(),
                told: booking.stands(shown.sitting.as_ref()).or_else(|| booking.told.clone()),
                standing,
            });
        }
        Ok::<_, StoreError>(met)
    };
    read.await.unwrap_or_else(|error| {
        tracing::error!(%error, "appointments of an answer");
        Vec::new()
    })
}

fn appointment(shown: &Shown, now: Moment) -> Appointment<'_> {
    Appointment { booking: &shown.booking, sitting: shown.sitting.as_ref(), cancellable: cancellable(shown, now) }
}

/// `POST /jf/mine`.
pub(super) async fn mine(
    State(state): State<AppState>,
    reader: Reader,
    Caller(address): Caller,
    Extension(turns): Extension<Arc<Turns>>,
    asked: Asked,
) -> Result<Response, Response> {
    let (shown, asked) = open(&state, reader, &turns, address, asked).await?;
    Ok(show(&state, reader, &shown, &asked.proof))
}

/// `POST /jf/cancel`: gives the place back, and shows how it stands.
pub(super) async fn cancel(
    State(state): State<AppState>,
    reader: Reader,
    Caller(address): Caller,
    Extension(turns): Extension<Arc<Turns>>,
    asked: Asked,
) -> Result<Response, Response> {
    let (shown, asked) = open(&state, reader, &turns, address, asked).await?;
    let shown = book::cancel(&state, shown).await.map_err(|error| ours(&state, reader, error))?;
    Ok(show(&state, reader, &shown, &asked.proof))
}

/// `POST /jf/accept`: 约访, 来.
pub(super) async fn accept(
    State(state): State<AppState>,
    reader: Reader,
    Caller(address): Caller,
    Extension(turns): Extension<Arc<Turns>>,
    asked: Asked,
) -> Result<Response, Response> {
    let (shown, asked) = open(&state, reader, &turns, address, asked).await?;
    let shown = book::accept(&state, shown).await.map_err(|error| ours(&state, reader, error))?;
    Ok(show(&state, reader, &shown, &asked.proof))
}

/// `POST /jf/move`: the other days, or with one of them the place there. What cannot be moved (any more) is shown as
/// it stands.
pub(super) async fn change(
    State(state): State<AppState>,
    reader: Reader,
    Caller(address): Caller,
    Extension(turns): Extension<Arc<Turns>>,
    asked: Asked,
) -> Result<Response, Response> {
    let (shown, asked) = open(&state, reader, &turns, address, asked).await?;
    if !cancellable(&shown, state.now()) {
        return Ok(show(&state, reader, &shown, &asked.proof));
    }
    let (booking, now) = (shown.booking.clone(), shown.booking.key);
    let fault = match key_of(&asked.to) {
        None if asked.to.is_empty() => None,
        None => Some(words::GONE),
        Some(to) => match book::move_to(&state, shown, to).await {
            Ok(Ok(moved)) => return Ok(show(&state, reader, &moved, &asked.proof)),
            Ok(Err(why)) => Some(refusal(why)),
            Err(error) => return Err(ours(&state, reader, error)),
        },
    };
    let all = offered(&state).await.map_err(|error| ours(&state, reader, error))?;
    let others: Vec<Offered> = all.into_iter().filter(|one| one.bookable() && one.sitting.key != now).collect();
    let secret = Secret { number: booking.number.as_str(), proof: &asked.proof };
    let status = if fault.is_some() { StatusCode::CONFLICT } else { StatusCode::OK };
    let html = moving(&frame(&state, reader, "/jf/mine"), secret, &others, fault, state.now().date());
    Ok(page(status, reader, html))
}

fn key_of(typed: &str) -> Option<SittingKey> {
    let (rule, planned) = typed.split_once('/')?;
    Some(SittingKey { rule: rule.parse().ok()?, planned: planned.parse().ok()? })
}

/// `POST /jf/ics`: the appointment for the phone's calendar. Nothing of any matter stands in it.
pub(super) async fn ics_file(
    State(state): State<AppState>,
    reader: Reader,
    Caller(address): Caller,
    Extension(turns): Extension<Arc<Turns>>,
    asked: Asked,
) -> Result<Response, Response> {
    let (shown, asked) = open(&state, reader, &turns, address, asked).await?;
    let now = state.now();
    let standing = state_of(&appointment(&shown, now), now);
    let cancelled = match standing {
        Standing::Holds | Standing::Changed => false,
        Standing::CalledOff | Standing::Cancelled | Standing::Declined => true,
        // There is nothing to put into a calendar, or to take out of it: the page says so.
        Standing::Attended | Standing::Absent | Standing::Over | Standing::Invited => {
            return Ok(show(&state, reader, &shown, &asked.proof));
        }
    };
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static("text/calendar; charset=utf-8")),
        (header::CONTENT_DISPOSITION, HeaderValue::from_static("attachment; filename=\"jiefang.ics\"")),
        (header::CACHE_CONTROL, HeaderValue::from_static("no-store")),
    ];
    Ok((StatusCode::OK, headers, file(&state, &shown, cancelled, now)).into_response())
}

/// The file; each copy takes the place of the ones before, which may hold another time.
fn file(state: &AppState, shown: &Shown, cancelled: bool, now: Moment) -> String {
    let settings = &state.settings;
    let host = settings.base_url.split_once("://").map_or(settings.base_url.as_str(), |(_, host)| host);
    let uid = [&shown.booking.id.to_string(), "@", host].concat();
    let (booking, told) = (&shown.booking, shown.booking.told.as_ref());
    let who = shown.sitting.as_ref().map(|sitting| words::who(&sitting.leader));
    let who = who.or_else(|| told.map(|told| told.leader.as_str().to_owned())).unwrap_or_default();
    let summary = [words::ICS_TITLE, "：", &who].concat();
    let place = shown.sitting.as_ref().map(|sitting| sitting.place.as_str());
    // In minutes since it was booked: a number that grows, as a calendar wants it.
    let sequence = u32::try_from(booking.made_at.ms_until(now).max(0) / 60_000).unwrap_or(u32::MAX);
    let number = app::format::in_fours(shown.booking.number.as_str());
    let description = words::ics_text(&number, &settings.office_name, &settings.office_phone);
    ics(&IcsEvent {
        uid: &uid,
        stamp: now,
        when: shown.sitting.as_ref().map(|sitting| (booking.begins_at(sitting), sitting.ends_at())),
        sequence,
        summary: &summary,
        location: place.or_else(|| told.map(|told| told.place.as_str())).unwrap_or_default(),
        description: &description,
        cancelled,
    })
}
