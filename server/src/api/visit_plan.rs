//! 安排走访.

use axum::Json;
use axum::extract::State;
use case_core::wire::visit_plan::{AssignVisits, VisitPlan};

use crate::error::ApiResult;
use crate::extract::{ApiJson, SignedIn};
use crate::state::AppState;
use crate::use_cases::visit_plan;

pub(super) async fn show(State(state): State<AppState>, SignedIn(actor): SignedIn) -> ApiResult<VisitPlan> {
    visit_plan::show(&state, &actor).await.map(Json)
}

pub(super) async fn assign(
    State(state): State<AppState>,
    SignedIn(actor): SignedIn,
    ApiJson(request): ApiJson<AssignVisits>,
) -> ApiResult<VisitPlan> {
    visit_plan::assign(&state, &actor, &request).await.map(Json)
}
