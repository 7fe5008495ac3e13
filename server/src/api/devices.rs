//! Devices: seeing where an account is used, and shutting a lost phone out.
//!
//! Those who keep the system or accounts do it for everybody, an official for the own phones. What they shut
//! out, only they let in again.

use axum::Json;
use axum::extract::State;
use case_core::actor::{Actor, Role};
use case_core::audit::Trace;
use case_core::id::{AccountId, DeviceId};
use case_core::wire::device::Device;
use case_core::wire::problem::Problem;

use crate::error::{ApiError, ApiResult};
use crate::extract::{ApiPath, SignedIn};
use crate::state::AppState;

/// Devices that are listed.
const LISTED: u32 = 2_000;

pub(super) async fn list(State(state): State<AppState>, SignedIn(actor): SignedIn) -> ApiResult<Vec<Device>> {
    let whose = (!keeps_devices(&actor)).then_some(actor.account);
    Ok(Json(state.store.devices(whose, LISTED).await?))
}

pub(super) async fn revoke(
    State(state): State<AppState>,
    SignedIn(actor): SignedIn,
    ApiPath((account, id)): ApiPath<(AccountId, DeviceId)>,
) -> ApiResult<Vec<Device>> {
    decides(&actor, account)?;
    if !state.store.revoke_device(account, id, actor.account, state.now()).await? {
        return Err(Problem::NotFound.into());
    }
    tracing::info!(by = %actor.account, %account, device = %id, "device shut out");
    list(State(state), SignedIn(actor)).await
}

pub(super) async fn restore(
    State(state): State<AppState>,
    SignedIn(actor): SignedIn,
    ApiPath((account, id)): ApiPath<(AccountId, DeviceId)>,
) -> ApiResult<Vec<Device>> {
    decides(&actor, account)?;
    if state.store.device(account, id).await?.is_none() {
        return Err(Problem::NotFound.into());
    }
    let only_by = (!keeps_devices(&actor)).then_some(actor.account);
    if !state.store.restore_device(account, id, only_by, Trace::by(actor.account, state.now())).await? {
        return Err(Problem::Forbidden.into());
    }
    tracing::info!(by = %actor.account, %account, device = %id, "device let in again");
    list(State(state), SignedIn(actor)).await
}

fn decides(actor: &Actor, account: AccountId) -> Result<(), ApiError> {
    // Somebody else's device is not told apart from one that there is not.
    if keeps_devices(actor) || actor.account == account { Ok(()) } else { Err(Problem::NotFound.into()) }
}

/// 系统管理员 and 安全管理员.
fn keeps_devices(actor: &Actor) -> bool {
    matches!(actor.role, Role::Admin | Role::SecurityAdmin)
}
