//! The work area, as a delta from a cursor.

use case_core::actor::Actor;
use case_core::wire::problem::Problem;
use case_core::wire::sync::{PullRequest, PullResponse};

use crate::error::ApiError;
use crate::state::AppState;

/// Items of one page: some 100 KB of JSON, a few seconds on a slow line.
const PAGE: u32 = 200;
/// A cursor is short; a longer one is not ours.
const MAX_CURSOR: usize = 4_096;

/// One page for the actor.
pub(crate) async fn page(state: &AppState, actor: &Actor, request: &PullRequest) -> Result<PullResponse, ApiError> {
    if !actor.role.visits() {
        return Err(Problem::Forbidden.into());
    }
    let cursor = request.cursor.as_deref().filter(|cursor| cursor.len() <= MAX_CURSOR);
    let page = state.store.pull(actor.account, &actor.area, cursor, PAGE).await?;
    Ok(PullResponse {
        reset: page.reset,
        items: page.items,
        gone: page.gone,
        cursor: page.cursor,
        more: page.more,
        server_time: state.now(),
    })
}
