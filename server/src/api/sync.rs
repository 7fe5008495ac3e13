//! The phones: records up, work area down. See [`case_core::wire::sync`].

use axum::Json;
use axum::extract::State;
use case_core::actor::Actor;
use case_core::id::DeviceId;
use case_core::wire::problem::Problem;
use case_core::wire::sync::{
    CodesRequest, CodesResponse, CompareRequest, CompareResponse, MAX_COMPARE, MAX_PUSH, PullRequest, PullResponse,
    PushRequest, PushResponse, SealedRequest,
};
use case_core::wire::{OLDEST_PROTOCOL, PROTOCOL};

use crate::error::{ApiError, ApiResult};
use crate::extract::{ApiJson, Caller, SignedIn};
use crate::state::AppState;
use crate::use_cases::{compare, pull, push, reserve, sealed};
use crate::{device, limits};

/// Requests with forged envelopes that an address may send in a quarter of an hour. A town hall sends
/// from one address, but its phones do not forge.
const FORGERIES: u32 = 30;

pub(super) async fn push(
    State(state): State<AppState>,
    SignedIn(actor): SignedIn,
    ApiJson(request): ApiJson<PushRequest>,
) -> ApiResult<PushResponse> {
    may_ask(&state, &actor, request.protocol, Some(request.device)).await?;
    fits(request.records.len(), MAX_PUSH)?;
    let answers = push::in_order(&state, &actor, &request).await?;
    Ok(Json(push::signed(&state, answers)))
}

pub(super) async fn sealed(
    State(state): State<AppState>,
    Caller(address): Caller,
    ApiJson(request): ApiJson<SealedRequest>,
) -> ApiResult<PushResponse> {
    speaks(request.protocol)?;
    fits(request.envelopes.len(), MAX_PUSH)?;
    let key = state.secrets.limiter_key("sealed-address", &address.to_string());
    limits::check(&state, &[(key.clone(), FORGERIES)]).await?;
    let (response, forged) = sealed::take_in(&state, request).await?;
    if forged {
        state.store.record_failure(&[key], state.now()).await?;
    }
    Ok(Json(response))
}

pub(super) async fn compare(
    State(state): State<AppState>,
    SignedIn(actor): SignedIn,
    ApiJson(request): ApiJson<CompareRequest>,
) -> ApiResult<CompareResponse> {
    may_ask(&state, &actor, request.protocol, Some(request.device)).await?;
    fits(request.held.len(), MAX_COMPARE)?;
    compare::compare(&state, &actor, &request).await.map(Json)
}

pub(super) async fn codes(
    State(state): State<AppState>,
    SignedIn(actor): SignedIn,
    ApiJson(request): ApiJson<CodesRequest>,
) -> ApiResult<CodesResponse> {
    may_ask(&state, &actor, request.protocol, Some(request.device)).await?;
    reserve::fill(&state, &actor, &request).await.map(Json)
}

pub(super) async fn pull(
    State(state): State<AppState>,
    SignedIn(actor): SignedIn,
    ApiJson(request): ApiJson<PullRequest>,
) -> ApiResult<PullResponse> {
    may_ask(&state, &actor, request.protocol, None).await?;
    pull::page(&state, &actor, &request).await.map(Json)
}

/// Whether it is a phone's request that this official may make from this device.
async fn may_ask(state: &AppState, actor: &Actor, protocol: u16, device: Option<DeviceId>) -> Result<(), ApiError> {
    speaks(protocol)?;
    match device {
        Some(device) => device::refuse_revoked(state, actor.account, device).await,
        None => Ok(()),
    }
}

/// The phone's protocol is one that this server speaks. A newer one than ours is told the same: a server
/// that was set back serves pages that were set back with it, and opening them anew mends it.
fn speaks(protocol: u16) -> Result<(), ApiError> {
    if (OLDEST_PROTOCOL..=PROTOCOL).contains(&protocol) { Ok(()) } else { Err(Problem::ClientTooOld.into()) }
}

fn fits(count: usize, most: usize) -> Result<(), ApiError> {
    if count <= most { Ok(()) } else { Err(Problem::TooLarge.into()) }
}
