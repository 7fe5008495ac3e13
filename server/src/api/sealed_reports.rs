//! 检举控告: the channel's own routes. Whoever has no key and does not register gets 403, whoever has no copy 404.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use case_core::id::SealedReportId;
use case_core::wire::sealed::{
    ChangePassphrase, CloseSealed, HandOverSealed, OpenSealed, SealedList, SealedOpened, SealedReceipt, SealedRequest,
    SealedRow,
};

use crate::error::{ApiError, ApiResult};
use crate::extract::{ApiJson, ApiPath, SignedIn};
use crate::state::AppState;
use crate::use_cases::sealed_reports;

pub(super) async fn list(State(state): State<AppState>, SignedIn(actor): SignedIn) -> ApiResult<SealedList> {
    sealed_reports::list(&state, &actor).await.map(Json)
}

pub(super) async fn register(
    State(state): State<AppState>,
    SignedIn(actor): SignedIn,
    ApiJson(request): ApiJson<SealedRequest>,
) -> ApiResult<SealedReceipt> {
    sealed_reports::register(&state, &actor, request).await.map(Json)
}

pub(super) async fn open(
    State(state): State<AppState>,
    SignedIn(actor): SignedIn,
    ApiPath(id): ApiPath<SealedReportId>,
    ApiJson(request): ApiJson<OpenSealed>,
) -> ApiResult<SealedOpened> {
    sealed_reports::open(&state, &actor, id, request).await.map(Json)
}

pub(super) async fn hand_over(
    State(state): State<AppState>,
    SignedIn(actor): SignedIn,
    ApiPath(id): ApiPath<SealedReportId>,
    ApiJson(request): ApiJson<HandOverSealed>,
) -> ApiResult<SealedRow> {
    sealed_reports::hand_over(&state, &actor, id, request).await.map(Json)
}

pub(super) async fn close(
    State(state): State<AppState>,
    SignedIn(actor): SignedIn,
    ApiPath(id): ApiPath<SealedReportId>,
    ApiJson(request): ApiJson<CloseSealed>,
) -> ApiResult<SealedRow> {
    sealed_reports::close(&state, &actor, id, request).await.map(Json)
}

pub(super) async fn passphrase(
    State(state): State<AppState>,
    SignedIn(actor): SignedIn,
    ApiJson(request): ApiJson<ChangePassphrase>,
) -> Result<StatusCode, ApiError> {
    sealed_reports::change_own(&state, &actor, request.old, request.new).await?;
    Ok(StatusCode::NO_CONTENT)
}
