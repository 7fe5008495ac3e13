//! 查看完整信息: a file with the petitioners' particulars, for a reason that is noted.

use case_core::actor::Actor;
use case_core::audit::{Deed, Trace, UnmaskReason};
use case_core::id::MatterId;
use case_core::wire::desk::{MatterFile, UnmaskRequest};
use case_core::wire::problem::Problem;

use super::file;
use crate::error::ApiError;
use crate::state::AppState;

/// The file, noted before it is shown: what cannot be noted is not shown.
pub(crate) async fn show(
    state: &AppState,
    actor: &Actor,
    id: MatterId,
    request: UnmaskRequest,
) -> Result<MatterFile, ApiError> {
    if request.reason == UnmaskReason::Other && request.words.is_none() {
        return Err(Problem::Malformed { detail: "words".to_owned() }.into());
    }
    let file = file::full(state, actor, id).await?;
    let deed = Deed::Unmasked { matter: id, reason: request.reason, words: request.words };
    state.store.note(Trace::by(actor.account, state.now()), &deed).await?;
    Ok(file)
}
