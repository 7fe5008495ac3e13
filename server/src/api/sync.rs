//! The phones: records up, work area down. See [`case_core::wire::sync`].

use axum::Json;
use axum::extract::State;
use case_core::wire::PROTOCOL;
use case_core::wire::problem::Problem;
use case_core::wire::sync::{MAX_PUSH, PullRequest, PullResponse, PushRequest, PushResponse};

use crate::error::{ApiError, ApiResult};
use crate::extract::{ApiJson, SignedIn};
use crate::state::AppState;
use crate::use_cases::{pull, push};

pub(super) async fn push(
    State(state): State<AppState>,
    SignedIn(actor): SignedIn,
    ApiJson(request): ApiJson<PushRequest>,
) -> ApiResult<PushResponse> {
    speaks(request.protocol)?;
    if !actor.role.visits() {
        return Err(Problem::Forbidden.into());
    }
    if request.records.len() > MAX_PUSH {
        return Err(Problem::TooLarge.into());
    }
    let mut outcomes = Vec::with_capacity(request.records.len());
    for raw in &request.records {
        outcomes.push(push::take(&state, &actor, raw).await);
    }
    Ok(Json(PushResponse { server_time: state.now(), outcomes }))
}

pub(super) async fn pull(
    State(state): State<AppState>,
    SignedIn(actor): SignedIn,
    ApiJson(request): ApiJson<PullRequest>,
) -> ApiResult<PullResponse> {
    speaks(request.protocol)?;
    pull::page(&state, &actor, &request).await.map(Json)
}

/// The phone's protocol is one that this server speaks.
fn speaks(protocol: u16) -> Result<(), ApiError> {
    if protocol == PROTOCOL { Ok(()) } else { Err(Problem::ClientTooOld.into()) }
}
