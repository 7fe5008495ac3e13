//! The work area, as a delta from a cursor.

use case_core::actor::Actor;
use case_core::wire::sync::{PullRequest, PullResponse};

use crate::error::ApiError;
use crate::state::AppState;

/// Items of one page: some 200 KB of JSON that compress to a few seconds of a slow line. An interrupted
/// download goes on at the last whole page; larger pages save round trips, smaller ones save what is lost.
const PAGE: u32 = 400;
/// A cursor is short; a longer one is not ours.
const MAX_CURSOR: usize = 4_096;

/// One page for the actor, whose role goes out on visits.
pub(crate) async fn page(state: &AppState, actor: &Actor, request: &PullRequest) -> Result<PullResponse, ApiError> {
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
