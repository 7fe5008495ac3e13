//! 待电话告知.

use axum::Json;
use axum::extract::State;
use case_core::wire::calls::{CallList, CallOutcome, CallPhone};

use crate::error::ApiResult;
use crate::extract::{ApiJson, ApiPath, SignedIn};
use crate::state::AppState;
use crate::use_cases::calls;

pub(super) async fn list(State(state): State<AppState>, SignedIn(actor): SignedIn) -> ApiResult<CallList> {
    calls::list(&state, &actor).await.map(Json)
}

pub(super) async fn phone(
    State(state): State<AppState>,
    SignedIn(actor): SignedIn,
    ApiPath(id): ApiPath<String>,
) -> ApiResult<CallPhone> {
    calls::phone(&state, &actor, &id).await.map(Json)
}

pub(super) async fn outcome(
    State(state): State<AppState>,
    SignedIn(actor): SignedIn,
    ApiPath(id): ApiPath<String>,
    ApiJson(request): ApiJson<CallOutcome>,
) -> ApiResult<CallList> {
    calls::outcome(&state, &actor, &id, request.told).await.map(Json)
}
