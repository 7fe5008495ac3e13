//! 抽查回访.

use axum::Json;
use axum::extract::State;
use axum::response::Response;
use case_core::id::SampleId;
use case_core::wire::samples::{SampleList, SampleRequest};

use super::documents::download;
use crate::error::{ApiError, ApiResult};
use crate::extract::{ApiJson, ApiPath, SignedIn};
use crate::state::AppState;
use crate::use_cases::samples;

pub(super) async fn list(State(state): State<AppState>, SignedIn(actor): SignedIn) -> ApiResult<SampleList> {
    samples::list(&state, &actor).await.map(Json)
}

pub(super) async fn draw(
    State(state): State<AppState>,
    SignedIn(actor): SignedIn,
    ApiJson(request): ApiJson<SampleRequest>,
) -> ApiResult<SampleList> {
    samples::draw(&state, &actor, &request).await.map(Json)
}

/// The list that was drawn from, to draw from it again.
pub(super) async fn population(
    State(state): State<AppState>,
    ApiPath(id): ApiPath<SampleId>,
) -> Result<Response, ApiError> {
    let list = samples::population_of(&state, id).await?;
    Ok(download(list, "text/plain; charset=utf-8", "抽取名单.txt"))
}
