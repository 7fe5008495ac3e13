//! Files of records. The pieces come without a session: a phone may deliver what another official took
//! with it, after that official has signed out. What names an upload is a digest of 256 bits that stands
//! in a stored record and is told to nobody; whoever knows it holds the file. A name that no record has
//! is not found, like one that is none, and an address that asks for many of those must wait.

use axum::Json;
use axum::body::Bytes;
use axum::extract::{FromRequest as _, Request, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use case_core::digest::Digest;
use case_core::id::MatterId;
use case_core::wire::problem::Problem;
use case_core::wire::sync::Upload;
use serde::Deserialize;

use crate::error::{ApiError, ApiResult};
use crate::extract::{ApiPath, ApiQuery, Caller, SignedIn, malformed};
use crate::limits;
use crate::public::network;
use crate::state::AppState;
use crate::use_cases::{attachments, sent_files};

/// Unknown names from one address in a quarter of an hour. After a restored backup honest phones ask for
/// some.
const UNKNOWN_PER_ADDRESS: u32 = 60;
/// Nothing in the file may act, whatever it is: not in a tab of its own either.
const CSP: &str = "sandbox; default-src 'none'";

#[derive(Debug, Deserialize)]
pub(super) struct PieceParams {
    at: u32,
}

pub(super) async fn status(
    State(state): State<AppState>,
    caller: Caller,
    ApiPath(name): ApiPath<String>,
) -> ApiResult<Upload> {
    let door = Door::open(&state, caller).await?;
    let upload = match Digest::from_hex(&name) {
        Some(sealed) => attachments::status(&state, sealed).await?,
        None => None,
    };
    door.answer(upload).await
}

/// The name first, then the body: nothing is read for a name that no record has.
pub(super) async fn piece(
    State(state): State<AppState>,
    caller: Caller,
    ApiPath(name): ApiPath<String>,
    ApiQuery(params): ApiQuery<PieceParams>,
    request: Request,
) -> ApiResult<Upload> {
    let door = Door::open(&state, caller).await?;
    let known = match Digest::from_hex(&name) {
        Some(sealed) if state.store.upload(sealed).await?.is_some() => Some(sealed),
        _ => None,
    };
    let Some(sealed) = known else { return door.answer(None).await };
    let body = Bytes::from_request(request, &state).await.map_err(|rejection| {
        if rejection.status() == StatusCode::PAYLOAD_TOO_LARGE {
            ApiError::Problem(Problem::TooLarge)
        } else {
            malformed("body")
        }
    })?;
    door.answer(attachments::take(&state, sealed, params.at, body.to_vec()).await?).await
}

pub(super) async fn lost(
    State(state): State<AppState>,
    caller: Caller,
    ApiPath(name): ApiPath<String>,
) -> ApiResult<Upload> {
    let door = Door::open(&state, caller).await?;
    let upload = match Digest::from_hex(&name) {
        Some(sealed) => attachments::lose(&state, sealed).await?,
        None => None,
    };
    door.answer(upload).await
}

/// The bytes of a complete file, by the digest that stands in the receipt.
pub(super) async fn file(
    State(state): State<AppState>,
    SignedIn(actor): SignedIn,
    ApiPath(name): ApiPath<String>,
    headers: HeaderMap,
) -> Result<Response, ApiError> {
    let plain = Digest::from_hex(&name).ok_or(Problem::NotFound)?;
    let shown = attachments::show(&state, &actor, plain).await?;
    let total = shown.bytes.len();
    // Players of recordings ask for a part, and some play nothing when they do not get one.
    let (status, bytes) = match part(&headers, total) {
        Some((from, to)) => (StatusCode::PARTIAL_CONTENT, shown.bytes[from..=to].to_vec()),
        None => (StatusCode::OK, shown.bytes),
    };
    let mut response = (status, bytes).into_response();
    let answered = response.headers_mut();
    for (name, value) in [
        (header::CONTENT_TYPE, shown.media.mime()),
        (header::CONTENT_DISPOSITION, "inline"),
        (header::CONTENT_SECURITY_POLICY, CSP),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::CACHE_CONTROL, "no-store"),
        (header::ACCEPT_RANGES, "bytes"),
    ] {
        answered.insert(name, HeaderValue::from_static(value));
    }
    answered.insert("cross-origin-resource-policy", HeaderValue::from_static("same-origin"));
    if let Some((from, to)) = part(&headers, total)
        && let Ok(value) = HeaderValue::from_str(&format!("bytes {from}-{to}/{total}"))
    {
        answered.insert(header::CONTENT_RANGE, value);
    }
    Ok(response)
}

/// A file that a petitioner sent. It is handed out to be saved, whatever it is: nothing that somebody sent is a page
/// of ours.
pub(super) async fn sent(
    State(state): State<AppState>,
    SignedIn(actor): SignedIn,
    ApiPath((matter, name)): ApiPath<(MatterId, String)>,
) -> Result<Response, ApiError> {
    let digest = Digest::from_hex(&name).ok_or(Problem::NotFound)?;
    let (media, bytes) = sent_files::show(&state, &actor, matter, digest).await?;
    let mut response = (StatusCode::OK, bytes).into_response();
    let answered = response.headers_mut();
    for (name, value) in [
        (header::CONTENT_TYPE, media.mime()),
        (header::CONTENT_SECURITY_POLICY, CSP),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::CACHE_CONTROL, "no-store"),
    ] {
        answered.insert(name, HeaderValue::from_static(value));
    }
    answered.insert("cross-origin-resource-policy", HeaderValue::from_static("same-origin"));
    // Of the petitioner's own name for it nothing stands in a header.
    let saved = format!("attachment; filename=\"{}.{}\"", &digest.hex()[..12], media.ending());
    if let Ok(value) = HeaderValue::from_str(&saved) {
        answered.insert(header::CONTENT_DISPOSITION, value);
    }
    Ok(response)
}

/// First and last byte of a part that is asked for, when it is one part and lies inside.
fn part(headers: &HeaderMap, total: usize) -> Option<(usize, usize)> {
    let asked = headers.get(header::RANGE)?.to_str().ok()?.strip_prefix("bytes=")?;
    let (from, to) = asked.split_once('-')?;
    let last = total.checked_sub(1)?;
    let (from, to) = match (from, to) {
        ("", count) => (total.saturating_sub(count.parse().ok()?), last),
        (from, "") => (from.parse().ok()?, last),
        (from, to) => (from.parse().ok()?, to.parse::<usize>().ok()?.min(last)),
    };
    (from <= to).then_some((from, to))
}

/// Where an address stands that may be guessing names.
struct Door<'a> {
    state: &'a AppState,
    key: [String; 1],
}

impl<'a> Door<'a> {
    async fn open(state: &'a AppState, Caller(address): Caller) -> Result<Self, ApiError> {
        let key = [state.secrets.limiter_key("attachment-address", &network(address))];
        limits::check(state, &[(key[0].clone(), UNKNOWN_PER_ADDRESS)]).await?;
        Ok(Self { state, key })
    }

    async fn answer(&self, upload: Option<Upload>) -> ApiResult<Upload> {
        match upload {
            Some(upload) => Ok(Json(upload)),
            None => {
                self.state.store.record_failure(&self.key, self.state.now()).await?;
                Err(Problem::NotFound.into())
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_part_is_given_when_it_is_one_and_lies_inside() {
        let of = |text: &'static str| {
            let headers = HeaderMap::from_iter([(header::RANGE, HeaderValue::from_static(text))]);
            part(&headers, 100)
        };
        assert_eq!(of("bytes=0-"), Some((0, 99)));
        assert_eq!(of("bytes=10-19"), Some((10, 19)));
        assert_eq!(of("bytes=90-200"), Some((90, 99)));
        assert_eq!(of("bytes=-5"), Some((95, 99)));
        for none in ["bytes=100-", "bytes=9-3", "bytes=0-1,5-6", "bytes=-", "bytes=x-y", "lines=0-1", "bytes=-0"] {
            assert_eq!(of(none), None, "{none}");
        }
        assert_eq!(part(&HeaderMap::new(), 100), None);
    }
}
