//! What a phone believes delivered, beside what is here.

use case_core::actor::Actor;
use case_core::wire::sync::{CompareRequest, CompareResponse};

use crate::error::ApiError;
use crate::state::AppState;

/// What counts as lately: 30 days.
const LATELY_MS: i64 = 30 * 24 * 3_600_000;

/// Compares. A record is here when one with its id *and* content is.
pub(crate) async fn compare(
    state: &AppState,
    actor: &Actor,
    request: &CompareRequest,
) -> Result<CompareResponse, ApiError> {
    let now = state.now();
    let ids: Vec<_> = request.held.iter().map(|(id, _)| *id).collect();
    let here = state.store.record_digests(&ids).await?;
    let (mut missing, mut different, mut same) = (Vec::new(), Vec::new(), Vec::new());
    for (id, digest) in &request.held {
        match here.get(id) {
            None => missing.push(*id),
            Some(found) if found == digest => same.push(*id),
            Some(_) => different.push(*id),
        }
    }
    Ok(CompareResponse {
        lineage: state.store.lineage().await?,
        server_time: now,
        missing,
        different,
        files_missing: state.store.files_missing(&same).await?,
        yours: state.store.records_since(actor.account, now.plus_ms(-LATELY_MS)).await?,
    })
}
