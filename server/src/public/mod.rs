//! The petitioners' side: pages without sign-in, rendered here.
//!
//! They have no sign-in that another site could use: what is said (`said`) brings the code and its proof
//! with it, which no other site knows. So none needs the check against other sites' requests, which old
//! phones' browsers do not always pass. They are never stored by browsers or proxies; what is published
//! ([`publications`]) has no secret, and browsers keep it for a minute.
//!
//! All go out compressed. The length of a compressed page tells about a secret in it where somebody else can have
//! the same page made again and again with words of their choosing beside the secret. Here nobody can: there is
//! no session, so a page with a secret is made only for a request that holds the code and its proof already.

mod lookup;
mod publications;
mod reader;
mod said;
mod tries;
mod verify;

use std::sync::Arc;

use app::pages::public::{Frame, Message, Office, landing, message};
use axum::Router;
use axum::extract::{DefaultBodyLimit, Extension, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use axum::routing::{get, post};
use tower_http::compression::{CompressionLayer, CompressionLevel};

use crate::state::AppState;

pub(crate) use reader::Reader;
pub(crate) use tries::network;

/// Of gzip, which every phone reads: at this level a page of 16 KB becomes as small as with brotli's third, for half
/// the time. Every look-up pays it.
const LEVEL: i32 = 3;

/// Solves the sum that is asked for during an attack.
pub(crate) const PROOF_JS: &str = include_str!("proof.js");

/// Two short answers; everything longer is something else.
const LONGEST_FORM: usize = 4096;
/// The longest text, each character of it sent as nine.
const LONGEST_WORDS: usize = 24 * 1024;

/// The longest words, percent-encoded.
const LONGEST_REQUEST: usize = 32 * 1024;

/// The routes.
pub(crate) fn router() -> Router<AppState> {
    Router::new()
        .route("/", get(home))
        .route("/c", get(lookup::form).post(lookup::look_up))
        .route("/c/documents/{id}", post(lookup::document))
        .route("/v", get(verify::form).post(verify::ask))
        .layer(DefaultBodyLimit::max(LONGEST_FORM))
        .merge(
            Router::new()
                .route("/c/ask/{what}", post(said::ask))
                .route("/c/say/{what}", post(said::say))
                .layer(DefaultBodyLimit::max(LONGEST_WORDS)),
        )
        .merge(publications())
        .method_not_allowed_fallback(wrong_way)
        .layer(CompressionLayer::new().no_br().no_zstd().no_deflate().quality(CompressionLevel::Precise(LEVEL)))
        .layer(Extension(Arc::new(tries::Turns::default())))
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

/// A page that is one message.
fn say(state: &AppState, reader: Reader, status: StatusCode, what: &Message) -> Response {
    page(status, reader, message(&frame(state, reader, "/c"), what))
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

fn page(status: StatusCode, reader: Reader, html: String) -> Response {
    let headers = [(header::CONTENT_TYPE, "text/html; charset=utf-8"), (header::CACHE_CONTROL, "no-store")];
    let mut response = (status, headers, html).into_response();
    if let Some(cookie) = reader.cookie() {
        response.headers_mut().insert(header::SET_COOKIE, HeaderValue::from_static(cookie));
    }
    response
}
