//! A phone's reserve of query codes, to be handed out at a door where there is no network.

use case_core::actor::Actor;
use case_core::id::DeviceId;
use case_core::wire::sync::{CODE_RESERVE, CodesResponse};

use crate::error::ApiError;
use crate::state::AppState;

/// Fills the reserve up and tells all of it; asking again tells the same.
pub(crate) async fn fill(state: &AppState, actor: &Actor, device: DeviceId) -> Result<CodesResponse, ApiError> {
    let code = |n: u32| state.secrets.reserve_code(actor.account, device, n);
    let hash = |n: u32| state.secrets.code_hash(&code(n));
    let numbers = state.store.fill_reserve(actor.account, device, CODE_RESERVE, &hash, state.now()).await?;
    Ok(CodesResponse { codes: numbers.into_iter().map(code).collect() })
}
