//! 接访安排 and 说事点.

use app::pages::report::report_from;
use axum::Json;
use axum::extract::State;
use axum::response::{Html, IntoResponse as _, Response};
use case_core::audit::Trace;
use case_core::id::{BookingId, MatterId, ReceptionId};
use case_core::reception::SittingKey;
use case_core::wire::receptions::{
    BookingAct, BookingRow, ChangeRequest, EndRule, InviteRequest, MatterBookings, ReceptionDesk, RuleRequest,
    SittingList, TalkPointList, TalkPointRequest,
};
use chrono::NaiveDate;

use crate::error::{ApiError, ApiResult};
use crate::extract::{ApiJson, ApiPath, SignedIn};
use crate::permissions::{Right, rights};
use crate::state::AppState;
use crate::use_cases::receptions::{desk, points};

/// Where the printed list leads back to.
const HOME: &str = "/w/receptions";

pub(super) async fn show(State(state): State<AppState>, SignedIn(actor): SignedIn) -> ApiResult<ReceptionDesk> {
    desk::desk(&state, &actor).await.map(Json)
}

pub(super) async fn set_rule(
    State(state): State<AppState>,
    SignedIn(actor): SignedIn,
    ApiJson(request): ApiJson<RuleRequest>,
) -> ApiResult<ReceptionDesk> {
    desk::set_rule(&state, request, Trace::by(actor.account, state.now())).await?;
    desk::desk(&state, &actor).await.map(Json)
}

pub(super) async fn end_rule(
    State(state): State<AppState>,
    SignedIn(actor): SignedIn,
    ApiPath(id): ApiPath<ReceptionId>,
    ApiJson(request): ApiJson<EndRule>,
) -> ApiResult<ReceptionDesk> {
    desk::end_rule(&state, id, request.last, Trace::by(actor.account, state.now())).await?;
    desk::desk(&state, &actor).await.map(Json)
}

pub(super) async fn change(
    State(state): State<AppState>,
    SignedIn(actor): SignedIn,
    ApiJson(request): ApiJson<ChangeRequest>,
) -> ApiResult<ReceptionDesk> {
    desk::change(&state, request, Trace::by(actor.account, state.now())).await?;
    desk::desk(&state, &actor).await.map(Json)
}

pub(super) async fn list(
    State(state): State<AppState>,
    SignedIn(actor): SignedIn,
    ApiPath((rule, planned)): ApiPath<(ReceptionId, NaiveDate)>,
) -> ApiResult<SittingList> {
    desk::list(&state, &actor, SittingKey { rule, planned }).await.map(Json)
}

pub(super) async fn print(
    State(state): State<AppState>,
    SignedIn(actor): SignedIn,
    ApiPath((rule, planned)): ApiPath<(ReceptionId, NaiveDate)>,
) -> Result<Response, ApiError> {
    let sheet = desk::sheet(&state, &actor, SittingKey { rule, planned }).await?;
    Ok(Html(report_from(&sheet, HOME, app::text::screen::receptions::BACK)).into_response())
}

pub(super) async fn invite(
    State(state): State<AppState>,
    SignedIn(actor): SignedIn,
    ApiPath((rule, planned)): ApiPath<(ReceptionId, NaiveDate)>,
    ApiJson(request): ApiJson<InviteRequest>,
) -> ApiResult<SittingList> {
    desk::invite(&state, &actor, SittingKey { rule, planned }, request).await.map(Json)
}

pub(super) async fn invitation(
    State(state): State<AppState>,
    SignedIn(actor): SignedIn,
    ApiPath(id): ApiPath<BookingId>,
) -> Result<Response, ApiError> {
    let sheet = desk::invitation(&state, &actor, id).await?;
    Ok(Html(report_from(&sheet, HOME, app::text::screen::receptions::BACK)).into_response())
}

pub(super) async fn act(
    State(state): State<AppState>,
    SignedIn(actor): SignedIn,
    ApiPath(id): ApiPath<BookingId>,
    ApiJson(act): ApiJson<BookingAct>,
) -> ApiResult<BookingRow> {
    desk::act(&state, &actor, id, act).await.map(Json)
}

pub(super) async fn of_matter(
    State(state): State<AppState>,
    SignedIn(actor): SignedIn,
    ApiPath(id): ApiPath<MatterId>,
) -> ApiResult<MatterBookings> {
    desk::of_matter(&state, &actor, id).await.map(Json)
}

pub(super) async fn points(State(state): State<AppState>, SignedIn(actor): SignedIn) -> ApiResult<TalkPointList> {
    let keeps = rights(actor.role).contains(&Right::Receptions);
    let divisions = state.store.all_divisions().await?.into_iter();
    // Of towns and villages.
    let divisions = divisions.filter(|one| one.code.town().is_some()).map(|one| (one.code, one.name)).collect();
    Ok(Json(TalkPointList { points: points::list(&state, true).await?, divisions, keeps }))
}

pub(super) async fn set_point(
    State(state): State<AppState>,
    SignedIn(actor): SignedIn,
    ApiJson(request): ApiJson<TalkPointRequest>,
) -> ApiResult<TalkPointList> {
    points::set(&state, request, Trace::by(actor.account, state.now())).await?;
    self::points(State(state), SignedIn(actor)).await
}
