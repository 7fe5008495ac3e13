//! The petitioners' side: pages without sign-in, rendered here.
//!
//! They have no sign-in that another site could use: what is said (`said`) brings the code and its proof
//! with it, which no other site knows. So none needs the check against other sites' requests, which old
//! phones' browsers do not always pass; but booking a place ([`receptions`]) asks for no secret, and refuses what a
//! browser says comes from another site. They are never stored by browsers or proxies; what is published
//! ([`publications`]) has no secret, and browsers keep it for a minute.
//!
//! All go out compressed. The length of a compressed page tells about a secret in it where somebody else can have
//! the same page made again and again with words of their choosing beside the secret. Here nobody can: there is
//! no session, so a page with a secret is made only for a request that holds the code and its proof already.

mod answers;
mod appointments;
mod filing;
mod living;
mod lookup;
mod material;
mod publications;
mod reader;
mod receptions;
mod said;
mod sent;
mod tries;
mod uploads;
mod verify;
mod wishes;

use std::sync::Arc;

use app::pages::public::{Frame, Message, Office, blank as blank_form, landing, message};
use axum::Router;
use axum::extract::rejection::{PathRejection, QueryRejection};
use axum::extract::{DefaultBodyLimit, Extension, Path, Query, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::middleware::from_fn_with_state;
use axum::response::{IntoResponse as _, Response};
use axum::routing::{get, post};
use case_core::code::FormNumber;
use case_core::time::Moment;
use serde::Deserialize;
use tower_http::compression::{CompressionLayer, CompressionLevel};

use crate::guard::WINDOW_MS;
use crate::papers;
use crate::state::AppState;

pub(crate) use reader::Reader;
pub(crate) use tries::network;

/// Of gzip, which every phone reads: at this level a page of 16 KB becomes as small as with brotli's third, for half
/// the time. Every look-up pays it.
const LEVEL: i32 = 3;

/// Solves the sum that is asked for during an attack.
pub(crate) const PROOF_JS: &str = include_str!("proof.js");
/// The filing form's script.
pub(crate) const FILING_JS: &str = include_str!("filing.js");

/// Shows the button for a reminder where the browser can do it.
pub(crate) const REMIND_JS: &str = include_str!("remind.js");
/// The petitioner's service worker.
pub(crate) const REMIND_WORKER: &str = include_str!("remind-worker.js");

/// Two short answers; everything longer is something else.
const LONGEST_FORM: usize = 4096;
/// The longest text, each character of it sent as nine.
const LONGEST_WORDS: usize = 24 * 1024;

/// The longest words, percent-encoded.
const LONGEST_REQUEST: usize = 32 * 1024;

/// The routes.
pub(crate) fn router(state: AppState) -> Router<AppState> {
    let answers = Arc::new(answers::Answers::new(state.settings.answers_mb));
    Router::new()
        .route("/", get(home))
        .route("/c", get(lookup::form).post(lookup::look_up))
        .route("/c/documents/{id}", post(lookup::document))
        .route("/c/notices/{what}", post(wishes::wish))
        .route("/v", get(verify::form).post(verify::ask))
        .route("/jf", get(receptions::calendar_page))
        .route("/jf/mine", get(appointments::ask).post(appointments::mine))
        .route("/sd", get(receptions::points_page))
        .route("/m/{what}", get(again))
        .merge(
            Router::new()
                .route("/jf/cancel", post(appointments::cancel))
                .route("/jf/ics", post(appointments::ics_file))
                .route("/jf/move", post(appointments::change))
                .route("/jf/accept", post(appointments::accept))
                .route("/jf/{id}/{day}", get(receptions::form).post(receptions::book))
                .layer(from_fn_with_state(state, receptions::not_foreign)),
        )
        .layer(DefaultBodyLimit::max(LONGEST_FORM))
        .merge(
            Router::new()
                .route("/c/ask/{what}", post(said::ask))
                .route("/c/say/{what}", post(said::say))
                .layer(DefaultBodyLimit::max(LONGEST_WORDS)),
        )
        .merge(publications())
        .merge(filing())
        .method_not_allowed_fallback(wrong_way)
        .layer(CompressionLayer::new().no_br().no_zstd().no_deflate().quality(CompressionLevel::Precise(LEVEL)))
        .layer(Extension(Arc::new(tries::Turns::default())))
        .layer(Extension(answers))
}

/// 网上提交, and material with files.
fn filing() -> Router<AppState> {
    Router::new()
        .route("/t", get(filing::own).post(filing::send))
        .route("/t/for", get(filing::for_somebody))
        .route("/b", get(blank))
        .route("/c/send", post(material::send))
        .layer(DefaultBodyLimit::max(sent::LONGEST))
        .layer(Extension(Arc::new(sent::Readers::default())))
}

/// 信访事项登记表, each with a number of its own.
async fn blank(State(state): State<AppState>, reader: Reader) -> Response {
    let number = FormNumber::from_number(rand::random());
    match papers::qr_svg(number.as_str()) {
        Ok(svg) => page(StatusCode::OK, reader, blank_form(&frame(&state, reader, "/b"), &number, &svg)),
        Err(error) => {
            tracing::error!(%error, "the code of a form");
            say(&state, reader, StatusCode::SERVICE_UNAVAILABLE, &Message::Ours)
        }
    }
}

/// 办理结果公示.
fn publications() -> Router<AppState> {
    Router::new()
        .route("/p", get(publications::list))
        .route("/p/{id}", get(publications::one))
        .route("/p/{id}/removal", get(publications::form).post(publications::ask))
        .layer(DefaultBodyLimit::max(LONGEST_REQUEST))
}

async fn home(State(state): State<AppState>, reader: Reader) -> Response {
    page(StatusCode::OK, reader, landing(&frame(&state, reader, "/")))
}

pub(crate) async fn wrong_way(State(state): State<AppState>, reader: Reader) -> Response {
    say(&state, reader, StatusCode::METHOD_NOT_ALLOWED, &Message::WrongWay)
}

/// 404, for whatever nobody else answers.
pub(crate) fn not_found(state: &AppState, reader: Reader) -> Response {
    say(state, reader, StatusCode::NOT_FOUND, &Message::NotFound)
}

/// A page that is one message. Its switch to large type leads to [`again`], since what it answers may have been a
/// form that is not to be sent twice.
fn say(state: &AppState, reader: Reader, status: StatusCode, what: &Message) -> Response {
    let path = match what {
        Message::TooMany { retry_after, .. } => {
            let until = state.now().plus_ms(i64::from(*retry_after) * 1000);
            format!("/m/{}?until={}", what.word(), until.0)
        }
        _ => ["/m/", what.word()].concat(),
    };
    page(status, reader, message(&frame(state, reader, &path), what))
}

/// Until when one is to wait.
#[derive(Default, Deserialize)]
#[serde(default)]
struct Until {
    until: i64,
}

/// `GET /m/{what}`: a message once more, in the other type.
async fn again(
    State(state): State<AppState>,
    reader: Reader,
    what: Result<Path<String>, PathRejection>,
    until: Result<Query<Until>, QueryRejection>,
) -> Response {
    let word = what.map(|Path(word)| word).unwrap_or_default();
    let until = Moment(until.map(|Query(asked)| asked.until).unwrap_or_default());
    let now = state.now();
    let last = now.plus_ms(WINDOW_MS);
    let (_, waits) = tries::wait(now, until.clamp(now, last));
    let known = [waits, Message::NotFound, Message::Unreadable, Message::WrongWay, Message::Forbidden, Message::Ours];
    match known.into_iter().find(|message| message.word() == word) {
        Some(message) => say(&state, reader, StatusCode::OK, &message),
        None => not_found(&state, reader),
    }
}

fn frame<'a>(state: &'a AppState, reader: Reader, path: &'a str) -> Frame<'a> {
    let settings = &state.settings;
    Frame {
        assets: &state.assets,
        office: Office { name: &settings.office_name, phone: &settings.office_phone },
        large: reader.large,
        path,
    }
}

fn page(status: StatusCode, reader: Reader, html: impl Into<axum::body::Body>) -> Response {
    let headers = [(header::CONTENT_TYPE, "text/html; charset=utf-8"), (header::CACHE_CONTROL, "no-store")];
    let mut response = (status, headers, html.into()).into_response();
    if let Some(cookie) = reader.cookie() {
        response.headers_mut().insert(header::SET_COOKIE, HeaderValue::from_static(cookie));
    }
    response
}
