//! 待电话告知: the list for the clerk, the number for one call, and what came of it.

use case_core::actor::Actor;
use case_core::audit::{Deed, Trace, UnmaskReason};
use case_core::mask;
use case_core::wire::calls::{CallList, CallPhone, CallRow};
use case_core::wire::problem::Problem;
use case_store::Call;

use super::visible;
use crate::error::ApiError;
use crate::state::AppState;

const MOST: u32 = 200;

/// The list, masked. Calls that nobody is to make are not on it: the petitioner wants none, the account stays away.
pub(crate) async fn list(state: &AppState, actor: &Actor) -> Result<CallList, ApiError> {
    let calls = state.store.calls(actor.account, MOST).await?;
    Ok(CallList { calls: calls.into_iter().map(row).collect() })
}

fn row(call: Call) -> CallRow {
    let petitioner = &call.matter.registration.petitioner;
    CallRow {
        petitioner: mask::name(petitioner.name.as_str()),
        phone: petitioner.phone.as_ref().map(|phone| mask::phone(phone.as_str())).unwrap_or_default(),
        matter: call.matter.id,
        number: call.matter.number.clone(),
        id: call.id,
        occasion: call.occasion,
        since: call.since,
        tries: call.tries,
        tried_at: call.tried_at,
    }
}

/// The number for a call, noted before it is shown.
pub(crate) async fn phone(state: &AppState, actor: &Actor, id: &str) -> Result<CallPhone, ApiError> {
    let call = find(state, actor, id).await?;
    let deed = Deed::Unmasked { matter: call.matter.id, reason: UnmaskReason::Call, words: None };
    state.store.note(Trace::by(actor.account, state.now()), &deed).await?;
    let petitioner = call.matter.registration.petitioner;
    let phone = petitioner.phone.ok_or(Problem::NotFound)?;
    Ok(CallPhone { petitioner: petitioner.name.as_str().to_owned(), phone: phone.as_str().to_owned() })
}

/// What came of a call. Where a colleague was quicker, the list says so by not having it.
pub(crate) async fn outcome(state: &AppState, actor: &Actor, id: &str, told: bool) -> Result<CallList, ApiError> {
    find(state, actor, id).await?;
    state.store.called(id, told, actor.account, state.now()).await?;
    list(state, actor).await
}

async fn find(state: &AppState, actor: &Actor, id: &str) -> Result<Call, ApiError> {
    let call = state.store.call(id).await?.ok_or(Problem::NotFound)?;
    visible::matter(state, actor, call.matter.id).await?;
    Ok(call)
}
