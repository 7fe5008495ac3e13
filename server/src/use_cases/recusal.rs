//! 回避 (Article 28): an official declares it, or the supervisor for others. From then on the matter does not
//! exist for that official: not in lists, files, commands, nor on the phone. What the official has recorded
//! before, or records from memory, stays a fact and is taken in.

use case_core::actor::Actor;
use case_core::audit::Trace;
use case_core::id::{AccountId, MatterId};
use case_core::text::Paragraph;
use case_core::wire::problem::Problem;

use super::visible;
use crate::error::ApiError;
use crate::permissions::{Right, rights};
use crate::state::AppState;

/// Whether the actor is told who stays away from matters.
pub(crate) fn told(actor: &Actor) -> bool {
    rights(actor.role).contains(&Right::Recuse)
}

/// Declares it for somebody.
pub(crate) async fn declare(
    state: &AppState,
    actor: &Actor,
    id: MatterId,
    whom: AccountId,
    reason: &Paragraph,
) -> Result<(), ApiError> {
    visible::matter(state, actor, id).await?;
    if whom != actor.account && state.store.account(whom).await?.is_none() {
        return Err(Problem::NotFound.into());
    }
    state.store.recuse(id, whom, reason, Trace::by(actor.account, state.now())).await?;
    Ok(())
}

/// Takes a declaration back.
pub(crate) async fn lift(state: &AppState, actor: &Actor, id: MatterId, whom: AccountId) -> Result<(), ApiError> {
    visible::matter(state, actor, id).await?;
    if state.store.lift_recusal(id, whom, Trace::by(actor.account, state.now())).await? {
        Ok(())
    } else {
        Err(Problem::NotFound.into())
    }
}
