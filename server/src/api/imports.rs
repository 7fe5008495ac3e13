//! Imports from the admin page: the file as the body, progress by asking.

use axum::Json;
use axum::body::Bytes;
use axum::extract::{FromRequest as _, Request, State};
use axum::http::{StatusCode, Uri};
use case_core::id::ImportId;
use case_core::wire::desk::ImportProgress;
use case_core::wire::problem::Problem;
use case_import::Kind;
use serde::Deserialize;

use crate::error::{ApiError, ApiResult};
use crate::extract::{ApiPath, SignedIn, malformed};
use crate::state::AppState;
use crate::use_cases::import;

#[derive(Debug, Deserialize)]
struct Params {
    kind: String,
    #[serde(default)]
    name: String,
}

/// The kind first, then the body: nobody uploads 64 MB to be told that there is no such kind.
pub(super) async fn begin(
    State(state): State<AppState>,
    SignedIn(actor): SignedIn,
    request: Request,
) -> ApiResult<ImportProgress> {
    let params = params(request.uri())?;
    let kind: Kind = params.kind.parse().map_err(|_| malformed("kind"))?;
    let body = Bytes::from_request(request, &state).await.map_err(|rejection| {
        if rejection.status() == StatusCode::PAYLOAD_TOO_LARGE {
            ApiError::Problem(Problem::TooLarge)
        } else {
            malformed("body")
        }
    })?;
    Ok(Json(import::begin(&state, actor.account, kind, params.name, body.to_vec())))
}

pub(super) async fn progress(
    State(state): State<AppState>,
    SignedIn(actor): SignedIn,
    ApiPath(id): ApiPath<ImportId>,
) -> ApiResult<ImportProgress> {
    state.imports.progress(id, actor.account).map(Json).ok_or_else(|| Problem::NotFound.into())
}

fn params(uri: &Uri) -> Result<Params, ApiError> {
    axum::extract::Query::<Params>::try_from_uri(uri).map(|query| query.0).map_err(|_| malformed("kind, name"))
}
