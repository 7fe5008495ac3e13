//! The page 节假日.

use axum::Json;
use axum::extract::State;
use case_core::audit::Trace;
use case_core::wire::holidays::{HolidayImport, HolidayReport, HolidayTable, LastDayRequest};

use crate::error::ApiResult;
use crate::extract::{ApiJson, SignedIn};
use crate::state::AppState;
use crate::use_cases::holidays;

pub(super) async fn table(State(state): State<AppState>, SignedIn(_): SignedIn) -> ApiResult<HolidayTable> {
    holidays::show(&state).await.map(Json)
}

pub(super) async fn import(
    State(state): State<AppState>,
    SignedIn(actor): SignedIn,
    ApiJson(request): ApiJson<HolidayImport>,
) -> ApiResult<HolidayReport> {
    let trace = Trace::by(actor.account, state.now());
    holidays::import(&state, &request.text, request.save, trace).await.map(Json)
}

pub(super) async fn last_day(
    State(state): State<AppState>,
    SignedIn(actor): SignedIn,
    ApiJson(request): ApiJson<LastDayRequest>,
) -> ApiResult<HolidayTable> {
    let trace = Trace::by(actor.account, state.now());
    holidays::set_last_day(&state, request.moves, trace).await.map(Json)
}
