//! 办理结果公示: what two officials let out, for everybody; and the request of whoever wants it gone.
//!
//! Nothing here is secret, so it may be kept for a minute by the browser and goes out packed. A request changes
//! something, but nothing that another site could want: it puts a line on the clerk's list. Old phones' browsers do
//! not say where a form comes from, so it is not asked; how many requests an address makes is limited, and so is how
//! many wait for one page.

use app::pages::public::{DRAW, Message, PublicLine, PublicMatter, Removal, publication, publications, removal};
use axum::extract::rejection::{FormRejection, PathRejection};
use axum::extract::{Form, Path, State};
use axum::http::{HeaderValue, StatusCode, Uri, header};
use axum::response::Response;
use case_core::id::PublicationId;
use case_core::text::{Paragraph, ShortText};
use case_store::{Published, StoreError};
use serde::Deserialize;

use super::reader::Reader;
use super::{frame, network, page, say, tries};
use crate::extract::Caller;
use crate::guard::ALARM_WINDOW_MS;
use crate::limits;
use crate::state::AppState;

/// Lines of a page.
const LINES: u32 = 20;
/// Beyond it nobody turns pages.
const LAST_PAGE: u32 = 10_000;
/// Requests of an address in a quarter of an hour.
const MOST_REQUESTS: u32 = 5;

#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct Asked {
    words: String,
    phone: String,
    /// What the switch to large type asks for.
    go: String,
}

/// `GET /p`: the newest first.
pub(super) async fn list(State(state): State<AppState>, reader: Reader, uri: Uri) -> Response {
    let asked = uri.query().into_iter().flat_map(|query| query.split('&')).find_map(|pair| pair.strip_prefix("page="));
    let asked: u32 = asked.and_then(|page| page.parse().ok()).unwrap_or(1).clamp(1, LAST_PAGE);
    let (found, all) = match state.store.published(asked - 1, LINES).await {
        Ok(found) => found,
        Err(error) => return ours(&state, reader, &error),
    };
    let lines: Vec<PublicLine> = found.iter().map(line).collect();
    let pages = all.div_ceil(u64::from(LINES)).max(1);
    let path = if asked == 1 { "/p".to_owned() } else { format!("/p?page={asked}") };
    kept(page(StatusCode::OK, reader, publications(&frame(&state, reader, &path), &lines, u64::from(asked), pages)))
}

/// `GET /p/{id}`.
pub(super) async fn one(
    State(state): State<AppState>,
    reader: Reader,
    id: Result<Path<PublicationId>, PathRejection>,
) -> Response {
    match find(&state, reader, id).await {
        Ok((path, found)) => {
            let matter = PublicMatter {
                line: line(&found),
                content: found.text.content.as_str().to_owned(),
                reply: found.text.reply.as_str().to_owned(),
            };
            kept(page(StatusCode::OK, reader, publication(&frame(&state, reader, &path), &matter)))
        }
        Err(answer) => answer,
    }
}

/// `GET /p/{id}/removal`.
pub(super) async fn form(
    State(state): State<AppState>,
    reader: Reader,
    id: Result<Path<PublicationId>, PathRejection>,
) -> Response {
    match find(&state, reader, id).await {
        Ok((path, found)) => {
            let path = [&path, "/removal"].concat();
            let html =
                removal(&frame(&state, reader, &path), &line(&found), Removal::Form { typed: None, too_long: false });
            page(StatusCode::OK, reader, html)
        }
        Err(answer) => answer,
    }
}

/// `POST /p/{id}/removal`.
pub(super) async fn ask(
    State(state): State<AppState>,
    reader: Reader,
    Caller(address): Caller,
    id: Result<Path<PublicationId>, PathRejection>,
    typed: Result<Form<Asked>, FormRejection>,
) -> Response {
    let Ok(Form(typed)) = typed else {
        return say(&state, reader, StatusCode::BAD_REQUEST, &Message::Unreadable);
    };
    let (path, found) = match find(&state, reader, id).await {
        Ok(found) => found,
        Err(answer) => return answer,
    };
    let path = [&path, "/removal"].concat();
    let show = |status, how| page(status, reader, removal(&frame(&state, reader, &path), &line(&found), how));
    let again = Some((typed.words.as_str(), typed.phone.as_str()));
    match typed.go.as_str() {
        DRAW => return show(StatusCode::OK, Removal::Form { typed: again, too_long: false }),
        "sent" => return show(StatusCode::OK, Removal::Sent),
        _ => {}
    }
    let parsed = (Paragraph::parse_optional(&typed.words), ShortText::parse_optional(&typed.phone));
    let (Ok(words), Ok(phone)) = parsed else {
        return show(StatusCode::UNPROCESSABLE_ENTITY, Removal::Form { typed: again, too_long: true });
    };
    let key = [state.secrets.limiter_key("removal-address", &network(address))];
    if limits::check(&state, &[(key[0].clone(), MOST_REQUESTS)]).await.is_err() {
        let now = state.now();
        let (_, message) = tries::wait(now, now.plus_ms(ALARM_WINDOW_MS));
        return say(&state, reader, StatusCode::TOO_MANY_REQUESTS, &message);
    }
    let done = async {
        state.store.record_failure(&key, state.now()).await?;
        state.store.plead(found.id, words.as_ref(), phone.as_ref(), state.now()).await
    };
    match done.await {
        Ok(true) => show(StatusCode::OK, Removal::Sent),
        Ok(false) => say(&state, reader, StatusCode::NOT_FOUND, &Message::NotFound),
        Err(error) => ours(&state, reader, &error),
    }
}

/// What stands under an address, and its path.
async fn find(
    state: &AppState,
    reader: Reader,
    id: Result<Path<PublicationId>, PathRejection>,
) -> Result<(String, Published), Response> {
    let nothing = || say(state, reader, StatusCode::NOT_FOUND, &Message::NotFound);
    let Ok(Path(id)) = id else { return Err(nothing()) };
    match state.store.published_one(id).await {
        Ok(Some(found)) => Ok((["/p/", &id.to_string()].concat(), found)),
        Ok(None) => Err(nothing()),
        Err(error) => Err(ours(state, reader, &error)),
    }
}

fn line(found: &Published) -> PublicLine {
    PublicLine {
        id: found.id.to_string(),
        title: found.text.title.as_str().to_owned(),
        unit: found.unit.as_str().to_owned(),
        month: found.month.as_str().to_owned(),
    }
}

fn ours(state: &AppState, reader: Reader, error: &StoreError) -> Response {
    tracing::error!(%error, "publications");
    say(state, reader, StatusCode::SERVICE_UNAVAILABLE, &Message::Ours)
}

/// For a minute, in this browser only: the page depends on its cookie, and what is taken down must be gone soon.
fn kept(mut response: Response) -> Response {
    let headers = response.headers_mut();
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("private, max-age=60"));
    headers.insert(header::VARY, HeaderValue::from_static("cookie"));
    response
}
