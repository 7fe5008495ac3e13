//! A phone's reserve of query codes, to be handed out at a door where there is no network.

use case_core::actor::Actor;
use case_core::code::QueryCode;
use case_core::field::{Payload, Record, ReportedItem, ReturnVisitOutcome};
use case_core::wire::problem::Problem;
use case_core::wire::sync::{CODE_RESERVE, CodesRequest, CodesResponse};

use case_store::StoreError;

use crate::error::ApiError;
use crate::state::AppState;

/// Fills the reserve up and tells all of it; asking again tells the same. A phone that was wiped names the number
/// beyond which it begins anew, and so no code comes again that it may have handed out: not when its form was
/// never saved, nor when this database was put back to a time before it.
pub(crate) async fn fill(state: &AppState, actor: &Actor, request: &CodesRequest) -> Result<CodesResponse, ApiError> {
    let (device, beyond) = (request.device, request.beyond);
    if beyond > FURTHEST {
        return Err(Problem::Malformed { detail: "beyond".to_owned() }.into());
    }
    let code = |n: u32| state.secrets.reserve_code(actor.account, device, n);
    let hash = |n: u32| state.secrets.code_hash(&code(n));
    let numbers = state.store.fill_reserve(actor.account, device, CODE_RESERVE, beyond, &hash, state.now()).await?;
    let upto = numbers.iter().copied().max().unwrap_or(beyond);
    Ok(CodesResponse { codes: numbers.into_iter().map(code).collect(), upto })
}

/// So many codes of a phone are looked through: more than any gives in its life.
const MOST: u32 = 5_000;
/// No phone's numbers come to this.
const FURTHEST: u32 = 1_000_000;

/// A database that was put back does not know the codes that were given to a phone since the copy was
/// made; but petitioners hold them. They follow from the server's secret, so it finds out for itself that it
/// gave this phone such a code, and takes it up again before the record that spends it is taken in.
pub(crate) async fn recall(state: &AppState, actor: &Actor, record: &Record) -> Result<(), StoreError> {
    let told = codes_in(&record.payload);
    if told.is_empty() {
        return Ok(());
    }
    let (account, device) = (actor.account, record.device);
    let unused = state.store.unused(account, device).await?;
    for told in told {
        let is_told = |n: &u32| state.secrets.reserve_code(account, device, *n) == *told;
        if unused.iter().any(&is_told) {
            continue;
        }
        if let Some(n) = (1..=MOST).find(is_told) {
            let hash = state.secrets.code_hash(told);
            match state.store.issue_reserve(account, device, n, hash, state.now()).await {
                // A matter has it: the record will be flagged.
                Ok(()) | Err(StoreError::CodeTaken) => {}
                Err(error) => return Err(error),
            }
        }
    }
    Ok(())
}

/// The codes that were given at the door.
fn codes_in(payload: &Payload) -> Vec<&QueryCode> {
    fn of(items: &[ReportedItem]) -> Vec<&QueryCode> {
        items.iter().filter_map(|item| item.raise.as_ref()?.code.as_ref()).collect()
    }
    match payload {
        Payload::HouseholdVisit(visit) => of(&visit.items),
        Payload::Reception(reception) => of(&reception.items),
        Payload::Intake(intake) => intake.matter.code.iter().collect(),
        Payload::ReturnVisit(visit) => match &visit.outcome {
            ReturnVisitOutcome::Reached { answers, .. } => of(&answers.new_problems),
            ReturnVisitOutcome::NotReached { .. } | ReturnVisitOutcome::Refused { .. } => Vec::new(),
        },
        Payload::Note(_) | Payload::Correction(_) | Payload::Evidence(_) | Payload::RosterEdit(_) => Vec::new(),
    }
}
