//! Reading requests at the edge: JSON with typed problems, the caller's address, who is signed in.

use std::net::{IpAddr, SocketAddr};

use axum::body::Bytes;
use axum::extract::{ConnectInfo, FromRequest, FromRequestParts, Path, Query, Request};
use axum::http::{StatusCode, header, request::Parts};
use case_core::actor::Actor;
use case_core::wire::problem::Problem;
use serde::de::DeserializeOwned;

use crate::error::ApiError;
use crate::state::AppState;
use crate::{device, session};

/// A JSON body. Anything that is not one is a 4xx with its place.
#[derive(Debug)]
pub struct ApiJson<T>(pub T);

impl<T: DeserializeOwned> FromRequest<AppState> for ApiJson<T> {
    type Rejection = ApiError;

    async fn from_request(request: Request, state: &AppState) -> Result<Self, ApiError> {
        let is_json = request
            .headers()
            .get(header::CONTENT_TYPE)
            .and_then(|value| value.to_str().ok())
            .is_some_and(|value| value.starts_with("application/json"));
        if !is_json {
            return Err(malformed("content-type"));
        }
        // What came packed was unpacked before, by routes that take it; packed still, it is not readable.
        if request.headers().contains_key(header::CONTENT_ENCODING) {
            return Err(malformed("content-encoding"));
        }
        let body = Bytes::from_request(request, state).await.map_err(|rejection| {
            if rejection.status() == StatusCode::PAYLOAD_TOO_LARGE {
                ApiError::Problem(Problem::TooLarge)
            } else {
                malformed("body")
            }
        })?;
        parse_json(&body).map(Self)
    }
}

/// Parses JSON, saying where it breaks.
pub(crate) fn parse_json<T: DeserializeOwned>(body: &[u8]) -> Result<T, ApiError> {
    serde_json::from_slice(body).map_err(|error| {
        malformed(&format!("JSON {}:{} {}", error.line(), error.column(), shorten(&error.to_string())))
    })
}

/// Error texts quote what was sent; a long quotation helps nobody.
fn shorten(text: &str) -> String {
    text.chars().take(160).collect()
}

pub(crate) fn malformed(detail: &str) -> ApiError {
    ApiError::Problem(Problem::Malformed { detail: detail.to_owned() })
}

/// A path parameter that is an id; what is not one names nothing.
#[derive(Debug)]
pub struct ApiPath<T>(pub T);

impl<T: DeserializeOwned + Send> FromRequestParts<AppState> for ApiPath<T> {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self, ApiError> {
        let Path(value) =
            Path::<T>::from_request_parts(parts, state).await.map_err(|_| ApiError::Problem(Problem::NotFound))?;
        Ok(Self(value))
    }
}

/// Query parameters.
#[derive(Debug)]
pub struct ApiQuery<T>(pub T);

impl<T: DeserializeOwned + Send> FromRequestParts<AppState> for ApiQuery<T> {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self, ApiError> {
        let Query(value) = Query::<T>::from_request_parts(parts, state).await.map_err(|_| malformed("query"))?;
        Ok(Self(value))
    }
}

/// Who is signed in. [`crate::permissions::authorise`] has found out; a route that its table opens to
/// everybody knows nobody.
#[derive(Clone, Debug)]
pub struct SignedIn(pub Actor);

impl FromRequestParts<AppState> for SignedIn {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, _: &AppState) -> Result<Self, ApiError> {
        parts.extensions.get::<Self>().cloned().ok_or(ApiError::Problem(Problem::SignInAgain))
    }
}

/// Who is signed in; 401 when nobody is, 403 on a device that was shut out.
pub(crate) async fn signed_in(parts: &Parts, state: &AppState) -> Result<Actor, ApiError> {
    let token = session::token(&parts.headers).ok_or(ApiError::Problem(Problem::SignInAgain))?;
    let open = state
        .store
        .session(&state.secrets.token_hash(token), state.now())
        .await?
        .ok_or(ApiError::Problem(Problem::SignInAgain))?;
    let account = open.account;
    // A phone says on whose behalf it asks. When another official has signed in on the same phone
    // meanwhile, the cookie is theirs: nobody's records go up, or area down, under another's name.
    let other = parts
        .headers
        .get("huiyin-account")
        .is_some_and(|claimed| claimed.as_bytes() != account.actor.account.to_string().as_bytes());
    if other {
        return Err(ApiError::Problem(Problem::SignInAgain));
    }
    let id = account.actor.account;
    let named = device::named(&parts.headers);
    if let Some(began_in) = open.device.filter(|device| Some(*device) != named) {
        device::refuse_revoked(state, id, began_in).await?;
    }
    if let Some(device) = named {
        device::admit(state, id, device, &parts.headers).await?;
    }
    Ok(account.actor)
}

/// The caller's address, for limits only; never stored or logged as it is.
#[derive(Clone, Copy, Debug)]
pub struct Caller(pub IpAddr);

impl FromRequestParts<AppState> for Caller {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self, ApiError> {
        if state.settings.trust_proxy {
            // The last entry is the one that our own proxy wrote; those before it anybody can invent.
            let forwarded = parts
                .headers
                .get("x-forwarded-for")
                .and_then(|value| value.to_str().ok())
                .and_then(|value| value.rsplit(',').next())
                .and_then(|value| value.trim().parse().ok());
            if let Some(address) = forwarded {
                return Ok(Self(address));
            }
        }
        let peer = parts.extensions.get::<ConnectInfo<SocketAddr>>().map(|ConnectInfo(peer)| peer.ip());
        Ok(Self(peer.unwrap_or(IpAddr::from([127, 0, 0, 1]))))
    }
}
