//! 安排走访 (spec 4): the village head says who goes to which household.

use case_core::actor::{Actor, Role};
use case_core::audit::Trace;
use case_core::wire::desk::Named;
use case_core::wire::problem::Problem;
use case_core::wire::visit_plan::{AssignVisits, MOST, PlanRow, VisitPlan};
use case_store::PlannedHousehold;

use crate::error::ApiError;
use crate::extract::malformed;
use crate::state::AppState;

/// The households of the own village, and who goes there.
pub(crate) async fn show(state: &AppState, actor: &Actor) -> Result<VisitPlan, ApiError> {
    let households = state.store.visit_plan(&actor.area, actor.account).await?;
    let officials = officials(state, actor, &households).await?;
    let named = |one: Actor| Named { account: one.account, name: one.name, office: one.office };
    Ok(VisitPlan {
        households: households.into_iter().map(row).collect(),
        officials: officials.into_iter().map(named).collect(),
        today: state.now().date(),
    })
}

fn row(one: PlannedHousehold) -> PlanRow {
    let (name, since) = one.card.assigned.map(|assigned| (assigned.name.clone(), assigned.on)).unzip();
    PlanRow {
        id: one.card.id,
        head: one.card.head,
        address: one.card.address,
        last_visit: one.card.last_visit,
        account: one.account,
        name,
        since,
    }
}

/// Those who carry the village on their phones: of the village itself and of the township above it.
async fn officials(state: &AppState, actor: &Actor, households: &[PlannedHousehold]) -> Result<Vec<Actor>, ApiError> {
    let goes = |one: &Actor| {
        let role = matches!(one.role, Role::VillageOfficer | Role::VillageHead | Role::TownClerk | Role::TownLeader);
        role && (one.account == actor.account || households.iter().any(|home| one.area.covers(&home.card.division)))
    };
    let accounts = state.store.list_accounts().await?;
    let mut fit: Vec<Actor> = accounts
        .into_iter()
        .filter(|account| account.active)
        .map(|account| account.actor)
        .filter(|one| goes(one))
        .collect();
    fit.sort_by(|a, b| (a.name.as_str(), a.account).cmp(&(b.name.as_str(), b.account)));
    Ok(fit)
}

/// Gives households of the own village to somebody who has them on the phone.
pub(crate) async fn assign(state: &AppState, actor: &Actor, request: &AssignVisits) -> Result<VisitPlan, ApiError> {
    if request.households.is_empty() || request.households.len() > MOST {
        return Err(malformed("households"));
    }
    let households = state.store.visit_plan(&actor.area, actor.account).await?;
    let mut chosen = Vec::with_capacity(request.households.len());
    for id in &request.households {
        // Another village's household does not exist here.
        let home = households.iter().find(|home| home.card.id == *id).ok_or(Problem::NotFound)?;
        chosen.push(home.clone());
    }
    if let Some(to) = request.to {
        let fit = officials(state, actor, &chosen).await?;
        let official = fit.iter().find(|one| one.account == to).ok_or_else(|| malformed("to"))?;
        if !chosen.iter().all(|home| official.area.covers(&home.card.division)) {
            return Err(malformed("to"));
        }
    }
    let trace = Trace::by(actor.account, state.now());
    state.store.assign_visits(&actor.area, &request.households, request.to, trace).await?;
    show(state, actor).await
}
