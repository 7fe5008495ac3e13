//! 公示, at the desk.

use axum::Json;
use axum::extract::State;
use case_core::id::MatterId;
use case_core::wire::publication::{
    AnswerPlea, CheckPublication, ProposePublication, PublicationDesk, PublicationList, PublicationWish,
};

use crate::error::ApiResult;
use crate::extract::{ApiJson, ApiPath, SignedIn};
use crate::state::AppState;
use crate::use_cases::publication;

pub(super) async fn list(State(state): State<AppState>, SignedIn(actor): SignedIn) -> ApiResult<PublicationList> {
    publication::list(&state, &actor).await.map(Json)
}

pub(super) async fn desk(
    State(state): State<AppState>,
    SignedIn(actor): SignedIn,
    ApiPath(id): ApiPath<MatterId>,
) -> ApiResult<PublicationDesk> {
    publication::desk(&state, &actor, id).await.map(Json)
}

pub(super) async fn propose(
    State(state): State<AppState>,
    SignedIn(actor): SignedIn,
    ApiPath(id): ApiPath<MatterId>,
    ApiJson(request): ApiJson<ProposePublication>,
) -> ApiResult<()> {
    publication::propose(&state, &actor, id, request).await.map(Json)
}

pub(super) async fn check(
    State(state): State<AppState>,
    SignedIn(actor): SignedIn,
    ApiPath(id): ApiPath<MatterId>,
    ApiJson(request): ApiJson<CheckPublication>,
) -> ApiResult<()> {
    publication::check(&state, &actor, id, request).await.map(Json)
}

pub(super) async fn withdraw(
    State(state): State<AppState>,
    SignedIn(actor): SignedIn,
    ApiPath(id): ApiPath<MatterId>,
    ApiJson(request): ApiJson<AnswerPlea>,
) -> ApiResult<()> {
    publication::withdraw(&state, &actor, id, request).await.map(Json)
}

pub(super) async fn keep(
    State(state): State<AppState>,
    SignedIn(actor): SignedIn,
    ApiPath(id): ApiPath<MatterId>,
) -> ApiResult<()> {
    publication::keep(&state, &actor, id).await.map(Json)
}

pub(super) async fn wish(
    State(state): State<AppState>,
    SignedIn(actor): SignedIn,
    ApiPath(id): ApiPath<MatterId>,
    ApiJson(request): ApiJson<PublicationWish>,
) -> ApiResult<()> {
    publication::wish(&state, &actor, id, request.willing).await.map(Json)
}
