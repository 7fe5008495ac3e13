//! Who reads a matter's papers and files as they are. The file of a matter comes masked to those who do not need
//! the petitioner's particulars at the moment ([`super::visible::needs_particulars`]); a paper with the name on it,
//! a photo or a recording would be a way round that. So they are given only to who has said what for
//! (查看完整信息, [`super::unmask`]) within the last hour, and each one that is taken is noted by itself.

use case_core::actor::Actor;
use case_core::matter::Matter;

use super::visible;
use crate::error::ApiError;
use crate::state::AppState;

/// So long a reason that was given holds for papers and files of that matter: an hour.
const HOLDS_MS: i64 = 3_600_000;

/// How somebody reads a matter now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Reading {
    /// Has it in hand: reads it as it is.
    Free,
    /// Has said what for.
    Stated,
    /// Masked.
    Masked,
}

/// How the actor reads the matter now.
pub(crate) async fn of(state: &AppState, actor: &Actor, matter: &Matter) -> Result<Reading, ApiError> {
    if visible::needs_particulars(actor, matter) {
        return Ok(Reading::Free);
    }
    let since = state.now().plus_ms(-HOLDS_MS);
    let said = state.store.unmasked_since(matter.id, actor.account, since).await?;
    Ok(if said { Reading::Stated } else { Reading::Masked })
}
