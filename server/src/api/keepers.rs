//! The screens of the 安全管理员 and the 审计管理员.

use axum::Json;
use axum::extract::State;
use case_core::audit::Trace;
use case_core::id::AccountId;
use case_core::wire::accounts::{AccountList, SetActive};
use case_core::wire::audit::{AuditPage, Verification};

use crate::error::ApiResult;
use crate::extract::{ApiJson, ApiPath, ApiQuery, SignedIn};
use crate::state::AppState;
use crate::use_cases::accounts;
use crate::use_cases::audit_log::{self, AuditParams};

pub(super) async fn audit(
    State(state): State<AppState>,
    ApiQuery(params): ApiQuery<AuditParams>,
) -> ApiResult<AuditPage> {
    audit_log::page(&state, params).await.map(Json)
}

pub(super) async fn verification(State(state): State<AppState>) -> ApiResult<Verification> {
    audit_log::standing(&state).await.map(Json)
}

pub(super) async fn verify(State(state): State<AppState>, SignedIn(actor): SignedIn) -> ApiResult<Verification> {
    audit_log::begin(&state, Trace::by(actor.account, state.now())).await.map(Json)
}

pub(super) async fn accounts(State(state): State<AppState>) -> ApiResult<AccountList> {
    accounts::list(&state).await.map(Json)
}

pub(super) async fn set_active(
    State(state): State<AppState>,
    SignedIn(actor): SignedIn,
    ApiPath(account): ApiPath<AccountId>,
    ApiJson(request): ApiJson<SetActive>,
) -> ApiResult<AccountList> {
    accounts::set_active(&state, &actor, account, request.active).await.map(Json)
}

pub(super) async fn unlock(
    State(state): State<AppState>,
    SignedIn(actor): SignedIn,
    ApiPath(account): ApiPath<AccountId>,
) -> ApiResult<AccountList> {
    accounts::unlock(&state, &actor, account).await.map(Json)
}
