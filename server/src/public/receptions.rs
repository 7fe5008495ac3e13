//! 领导接访 and 说事点 for everybody.
//!
//! A place is taken with the code of a matter, which is a look-up and counts as one, or with a name and a phone
//! number, which proves nothing: so many such forms from one address, and no more, in a quarter of an hour. What
//! was booked is opened in [`super::appointments`].

use std::net::IpAddr;
use std::sync::Arc;

use app::pages::public::reception::{BookFault, BookForm, Offered, book as book_page, calendar, points};
use app::pages::public::{DRAW, Fault, Message, Typed as PageTyped};
use app::text::public::lookup as lookup_words;
use app::text::public::reception as words;
use axum::extract::rejection::{FormRejection, PathRejection, QueryRejection};
use axum::extract::{Extension, Form, Path, Query, Request, State};
use axum::http::StatusCode;
use axum::middleware::Next;
use axum::response::Response;
use case_core::id::{BookingId, ReceptionId};
use case_core::reception::SittingKey;
use case_core::text::ShortText;
use case_core::time::Moment;
use case_store::StoreError;
use chrono::NaiveDate;
use serde::Deserialize;
use uuid::Uuid;

use super::appointments::show;
use super::lookup::{Questions, Unproven, closed, prove, refused, sealed_page};
use super::reader::Reader;
use super::tries::{Entry, Turns, network};
use super::{frame, page, say};
use crate::extract::Caller;
use crate::guard::ALARM_WINDOW_MS;
use crate::security::is_foreign;
use crate::state::AppState;
use crate::use_cases::receptions::book::{self, Answer, Booker, NoPlace, bookable, dialled};
use crate::use_cases::receptions::{AHEAD, calendar as read_calendar, later, points as read_points};

/// Bookings without a code from one address in a quarter of an hour. Many phones share an address; no clerk
/// types faster.
const MOST_FORMS: u32 = 10;
/// Other days that are named when there is no place.
const OTHERS: usize = 4;
/// The longest name that is booked.
const LONGEST_NAME: usize = 30;
/// Refusals that the page alone does not show again, by the words that its form carries.
const REFUSALS: [(&str, &str); 2] = [("same-day", words::SAME_DAY), ("too-many", words::TOO_MANY)];

/// What another site sends in a visitor's name is not taken.
pub(super) async fn not_foreign(State(state): State<AppState>, request: Request, next: Next) -> Response {
    let changes = request.method() == axum::http::Method::POST;
    if changes && is_foreign(request.headers()) {
        let reader = Reader::of(request.uri(), request.headers());
        return say(&state, reader, StatusCode::FORBIDDEN, &Message::Forbidden);
    }
    next.run(request).await
}

pub(super) fn ours(state: &AppState, reader: Reader, error: StoreError) -> Response {
    tracing::error!(%error, "receptions");
    say(state, reader, StatusCode::SERVICE_UNAVAILABLE, &Message::Ours)
}

pub(super) async fn offered(state: &AppState) -> Result<Vec<Offered>, StoreError> {
    let now = state.now();
    let today = now.date();
    let rows = read_calendar(state, today, later(today, AHEAD)).await?;
    let rows = rows.into_iter().filter(|row| row.sitting.ends_at() > now);
    Ok(rows
        .map(|row| Offered {
            free: row.sitting.slots.saturating_sub(row.booked),
            open: bookable(&row.sitting, today),
            sitting: row.sitting,
        })
        .collect())
}

/// `GET /jf`.
pub(super) async fn calendar_page(State(state): State<AppState>, reader: Reader) -> Response {
    match offered(&state).await {
        Ok(all) => page(StatusCode::OK, reader, calendar(&frame(&state, reader, "/jf"), &all, state.now().date())),
        Err(error) => ours(&state, reader, error),
    }
}

/// What was looked for.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct Search {
    q: String,
}

/// `GET /sd`.
pub(super) async fn points_page(
    State(state): State<AppState>,
    reader: Reader,
    search: Result<Query<Search>, QueryRejection>,
) -> Response {
    let typed = search.map(|Query(search)| search.q).unwrap_or_default();
    let typed: String = typed.trim().chars().take(40).collect();
    match read_points::list(&state, false).await {
        Ok(rows) => {
            let rows = if typed.is_empty() { rows } else { read_points::matching(rows, &typed) };
            page(StatusCode::OK, reader, points(&frame(&state, reader, "/sd"), &rows, &typed))
        }
        Err(error) => ours(&state, reader, error),
    }
}

/// What was typed. No `Debug`: it is not for a log.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct Typed {
    id: String,
    code: String,
    proof: String,
    name: String,
    phone: String,
    /// Why there was no place, on the page whose type is changed.
    refused: String,
    /// What the switch to large type asks for.
    go: String,
}

/// One request about one reception.
struct Booking<'a> {
    state: &'a AppState,
    reader: Reader,
    key: SittingKey,
    typed: &'a Typed,
    id: BookingId,
}

impl Booking<'_> {
    /// The form with everything that was typed, and what is wrong with it.
    async fn page(&self, fault: Option<BookFault>) -> Response {
        let status = match fault {
            Some(BookFault::NoPlace(_)) => StatusCode::CONFLICT,
            Some(_) => StatusCode::UNPROCESSABLE_ENTITY,
            None => StatusCode::OK,
        };
        self.with(status, fault).await
    }

    async fn with(&self, status: StatusCode, fault: Option<BookFault>) -> Response {
        let all = match offered(self.state).await {
            Ok(all) => all,
            Err(error) => return ours(self.state, self.reader, error),
        };
        let today = self.state.now().date();
        let here = all.iter().find(|one| one.sitting.key == self.key);
        let fault = fault.or(match here {
            None => Some(BookFault::NoPlace(words::GONE)),
            Some(one) if one.sitting.off => Some(BookFault::NoPlace(words::OFF_LONG)),
            Some(one) if !one.open => Some(BookFault::NoPlace(words::NOT_NOW)),
            Some(one) if one.free == 0 => Some(BookFault::NoPlace(words::FULL_LONG)),
            Some(_) => None,
        });
        let open = !matches!(fault, Some(BookFault::NoPlace(_)));
        let others: Vec<Offered> =
            all.iter().filter(|one| one.bookable() && one.sitting.key != self.key).take(OTHERS).cloned().collect();
        let address = ["/jf/", &self.key.rule.to_string(), "/", &self.key.planned.to_string()].concat();
        let form = BookForm {
            id: self.id,
            sitting: here.map(|one| &one.sitting),
            open,
            code: &self.typed.code,
            proof: &self.typed.proof,
            name: &self.typed.name,
            phone: &self.typed.phone,
            refused: REFUSALS.iter().find(|(_, words)| fault == Some(BookFault::NoPlace(words))).map(|(word, _)| *word),
            fault,
            others: &others,
            address: &address,
        };
        page(status, self.reader, book_page(&frame(self.state, self.reader, &address), &form, today))
    }
}

type Named = Result<Path<(ReceptionId, NaiveDate)>, PathRejection>;

/// `GET /jf/{rule}/{day}`: the form.
pub(super) async fn form(State(state): State<AppState>, reader: Reader, named: Named) -> Response {
    let Ok(Path((rule, planned))) = named else {
        return say(&state, reader, StatusCode::NOT_FOUND, &Message::NotFound);
    };
    let (typed, id) = (Typed::default(), BookingId(Uuid::now_v7()));
    Booking { state: &state, reader, key: SittingKey { rule, planned }, typed: &typed, id }.page(None).await
}

/// `POST /jf/{rule}/{day}`: takes a place.
pub(super) async fn book(
    State(state): State<AppState>,
    reader: Reader,
    Caller(address): Caller,
    Extension(turns): Extension<Arc<Turns>>,
    named: Named,
    typed: Result<Form<Typed>, FormRejection>,
) -> Response {
    let Ok(Path((rule, planned))) = named else {
        return say(&state, reader, StatusCode::NOT_FOUND, &Message::NotFound);
    };
    let typed = match typed {
        Ok(Form(typed)) => typed,
        Err(rejection) => return say(&state, reader, refused(&rejection), &Message::Unreadable),
    };
    let id = BookingId(Uuid::parse_str(&typed.id).unwrap_or_else(|_| Uuid::now_v7()));
    if typed.go == DRAW {
        let refused =
            REFUSALS.iter().find(|(word, _)| *word == typed.refused).map(|(_, words)| BookFault::NoPlace(words));
        let drawn = Booking { state: &state, reader, key: SittingKey { rule, planned }, typed: &typed, id };
        return drawn.with(StatusCode::OK, refused).await;
    }
    let asked = Booking { state: &state, reader, key: SittingKey { rule, planned }, typed: &typed, id };
    let with_code = !typed.code.trim().is_empty();
    let who = if with_code {
        let mut questions = Questions { code: typed.code.clone(), proof: typed.proof.clone(), ..Questions::default() };
        match prove(&state, &turns, address, &mut questions).await {
            Ok(found) => Booker::of(&found.matter),
            Err(Unproven::Slip(fault)) => return asked.page(Some(code_fault(&fault))).await,
            Err(Unproven::Miss { .. } | Unproven::NotNow(Entry::Open)) => {
                return asked.page(Some(BookFault::Whole(words::MISS))).await;
            }
            Err(Unproven::Sealed(standing)) => {
                let asked = PageTyped { code: &typed.code, proof: &typed.proof };
                return sealed_page(&state, reader, asked, &standing);
            }
            Err(Unproven::NotNow(Entry::Closed { until })) => return closed(&state, reader, until),
            // An attack on the codes: a name and a phone number need none.
            Err(Unproven::NotNow(Entry::ProofNeeded { .. })) => {
                return asked.with(StatusCode::TOO_MANY_REQUESTS, Some(BookFault::Whole(words::GUARDED))).await;
            }
            Err(Unproven::Ours) => return asked.again().await,
        }
    } else {
        match named_booker(&typed) {
            Ok(who) => who,
            Err(fault) => return asked.page(Some(fault)).await,
        }
    };
    if !with_code {
        match too_many_forms(&state, address).await {
            Ok(None) => {}
            Ok(Some(until)) => return closed(&state, reader, until),
            Err(error) => return ours(&state, reader, error),
        }
    }
    match book::book(&state, id, asked.key, &who).await {
        Ok(Answer::Done(booking)) => {
            let proof = if with_code { typed.proof.clone() } else { last_four(&typed.phone) };
            match book::shown(&state, *booking).await {
                Ok(shown) => show(&state, reader, &shown, &proof),
                Err(error) => ours(&state, reader, error),
            }
        }
        Ok(Answer::No(why)) => asked.page(Some(no_place(why))).await,
        // Somebody else's id, or a number that is taken by chance: the form comes back with a new one.
        Ok(Answer::Taken) => {
            let anew = Booking { id: BookingId(Uuid::now_v7()), ..asked };
            anew.page(Some(BookFault::Whole(words::FORM_OLD))).await
        }
        Err(error) => {
            tracing::error!(%error, "booking");
            asked.again().await
        }
    }
}

impl Booking<'_> {
    /// The server could not: nothing typed is lost, and sent again it is one booking.
    async fn again(&self) -> Response {
        let fault = BookFault::Whole(app::text::public::message::OURS);
        self.with(StatusCode::SERVICE_UNAVAILABLE, Some(fault)).await
    }
}

fn code_fault(fault: &Fault) -> BookFault {
    match fault {
        Fault::Miss | Fault::Guarded { .. } => BookFault::Whole(words::MISS),
        Fault::ProofEmpty => BookFault::Proof(words::NO_PROOF),
        Fault::CodeSlip => BookFault::Code(lookup_words::CODE_SLIP),
        Fault::CodeEmpty | Fault::CodeLength { .. } => BookFault::Code(words::CODE_HINT),
    }
}

fn no_place(why: NoPlace) -> BookFault {
    BookFault::NoPlace(refusal(why))
}

pub(super) fn refusal(why: NoPlace) -> &'static str {
    match why {
        NoPlace::Gone => words::GONE,
        NoPlace::Off => words::OFF_LONG,
        NoPlace::NotNow => words::NOT_NOW,
        NoPlace::Full => words::FULL_LONG,
        NoPlace::SameDay => words::SAME_DAY,
        NoPlace::TooMany => words::TOO_MANY,
    }
}

fn named_booker(typed: &Typed) -> Result<Booker, BookFault> {
    if typed.name.trim().is_empty() && typed.phone.trim().is_empty() {
        let fault = if typed.proof.trim().is_empty() {
            BookFault::Whole(words::NOTHING)
        } else {
            BookFault::Code(words::CODE_HINT)
        };
        return Err(fault);
    }
    let name = ShortText::parse(&typed.name).map_err(|_| BookFault::Name(words::NO_NAME))?;
    if name.as_str().chars().count() > LONGEST_NAME {
        return Err(BookFault::Name(words::LONG_NAME));
    }
    let phone = dialled(&typed.phone).and_then(|digits| ShortText::parse(&digits).ok());
    let phone = phone.ok_or(BookFault::Phone(words::BAD_PHONE))?;
    Ok(Booker { name, phone: Some(phone), matter: None })
}

fn last_four(phone: &str) -> String {
    let digits = dialled(phone).unwrap_or_default();
    digits.get(digits.len().saturating_sub(4)..).unwrap_or_default().to_owned()
}

/// Until when the address is closed, if it is; otherwise the form is counted.
async fn too_many_forms(state: &AppState, address: IpAddr) -> Result<Option<Moment>, StoreError> {
    let now = state.now();
    let keys = [state.secrets.limiter_key("booking-address", &network(address))];
    let before = state.store.failures_since(&keys, now.plus_ms(-ALARM_WINDOW_MS)).await?;
    if let Some(full) = before.iter().find(|one| one.count >= MOST_FORMS) {
        return Ok(Some(full.oldest.unwrap_or(now).plus_ms(ALARM_WINDOW_MS)));
    }
    state.store.record_failure(&keys, now).await?;
    Ok(None)
}
