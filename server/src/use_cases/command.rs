//! A decision: idempotent by its id, decided by the pure rules inside the transaction.

use case_core::actor::Actor;
use case_core::id::MatterId;
use case_core::matter::{Command, CommandKind, Matter, Proposal, Refusal, allowed, decide, table};
use case_core::wire::desk::{CommandDone, CommandRequest};
use case_core::wire::problem::Problem;
use case_store::{CommandEnvelope, Executed};

use super::visible;
use crate::error::ApiError;
use crate::state::AppState;

/// Gives a command.
pub(crate) async fn give(
    state: &AppState,
    actor: &Actor,
    id: MatterId,
    request: &CommandRequest,
) -> Result<CommandDone, ApiError> {
    let matter = visible::matter(state, actor, id).await?;
    if let Err(unknown) = names_exist(state, &matter, &request.command).await {
        // What is not possible anyway is said first.
        return Err(allowed(&matter, actor, request.command.kind()).err().map_or(unknown, ApiError::from));
    }
    let world = state.world();
    let cx = world.context();
    let envelope = CommandEnvelope { id: request.id, account: actor.account, matter: id, now: cx.now };
    let executed = state
        .store
        .execute(envelope, &|matter| {
            // An approval is refused by what changed, so that the supervisor is told so.
            let names_content = matches!(request.command, Command::ApproveClosure { .. });
            if matter.version != request.seen && !names_content {
                return Err(Refusal::Stale { seen: request.seen, now: matter.version });
            }
            decide(matter, actor, &request.command, &cx)
        })
        .await?;
    match executed {
        Executed::Done(done) => Ok(done),
        Executed::Refused(refusal) => Err(refusal.into()),
        Executed::NotFound => Err(Problem::NotFound.into()),
    }
}

/// Units, places and people that a command names must exist, and be the right ones.
async fn names_exist(state: &AppState, matter: &Matter, command: &Command) -> Result<(), ApiError> {
    let found = match command {
        Command::Transfer { unit, place, .. } => {
            let place_known = match place {
                Some(place) => !state.store.division_names(std::slice::from_ref(place)).await?.is_empty(),
                None => true,
            };
            place_known && state.store.unit(*unit).await?.is_some()
        }
        Command::Assign { handler } => {
            let fits = state.store.account(*handler).await?.is_some_and(|account| {
                let handles = table::row(CommandKind::SubmitClosure).roles.contains(&account.actor.role);
                account.active && handles && account.actor.unit.is_some() && account.actor.unit == matter.unit
            });
            // Who stays away from it does not get it in hand.
            fits && !state.store.is_recused(matter.id, *handler).await?
        }
        Command::AskCoHandler { unit, .. } => state.store.unit(*unit).await?.is_some(),
        // 不再受理 hangs on another matter, which ended with a 复核意见.
        Command::Propose { proposal: Proposal::NoLongerAccept { earlier, .. } } => {
            let is_final = state.store.matter(*earlier).await?.is_some_and(|matter| matter.is_final());
            return if is_final { Ok(()) } else { Err(Refusal::EarlierNotFinal.into()) };
        }
        _ => true,
    };
    if found { Ok(()) } else { Err(Problem::Malformed { detail: "unit/place/handler".to_owned() }.into()) }
}
