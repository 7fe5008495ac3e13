//! What waits for the joint conference and for a leader of the county: their start page. Lists of matters, the
//! nearest deadline first; no figures about people, no order of units.

use case_core::actor::{Actor, Role};
use case_core::matter::{Decider, Stage};
use case_core::wire::waiting::{Waiting, WaitingGroup, WaitingKind};
use case_store::{Filter, ListQuery};

use super::{masking, visible};
use crate::error::ApiError;
use crate::state::AppState;

/// So many days before its last day a clock is near.
const NEAR_DAYS: u32 = 3;
/// Rows of a group that are sent; the number says how many there are.
const ROWS: u32 = 50;
/// Ended, one way or another: what can be struck off the ledger.
const ENDED: [Stage; 8] = [
    Stage::Closed,
    Stage::Settled,
    Stage::NotAccepted,
    Stage::NoLongerAccepted,
    Stage::Directed,
    Stage::AnsweredOnSpot,
    Stage::Filed,
    Stage::Withdrawn,
];

/// Reads all groups of the actor's page.
pub(crate) async fn of(state: &AppState, actor: &Actor) -> Result<Waiting, ApiError> {
    let mut groups = Vec::new();
    for kind in kinds(actor.role) {
        groups.push(group(state, actor, *kind).await?);
    }
    Ok(Waiting { groups })
}

/// What waits for whom. Others have pages of their own.
fn kinds(role: Role) -> &'static [WaitingKind] {
    use WaitingKind as K;
    match role {
        Role::JointOffice => {
            &[K::Disputes, K::Unled, K::ToStrikeOff, K::Overseen, K::Overdue, K::Near, K::Unsolved, K::Flagged]
        }
        Role::CountyLeader => {
            &[K::ToApprove, K::LeaderOwes, K::Mine, K::Overseen, K::Overdue, K::Near, K::Unsolved, K::Flagged]
        }
        _ => &[],
    }
}

async fn group(state: &AppState, actor: &Actor, kind: WaitingKind) -> Result<WaitingGroup, ApiError> {
    let today = state.now().date();
    let (stages, filter) = match kind {
        WaitingKind::Disputes => (vec![Stage::Objected], Filter::All),
        WaitingKind::ToApprove => (Vec::new(), Filter::Proposed(Some(Decider::CountyLeader))),
        WaitingKind::LeaderOwes => (Vec::new(), Filter::LeaderOwes(actor.account)),
        WaitingKind::Mine => (Vec::new(), Filter::OldCases(Some(actor.account))),
        WaitingKind::Unled => (Vec::new(), Filter::Unled),
        WaitingKind::ToStrikeOff => (ENDED.to_vec(), Filter::OldCases(None)),
        WaitingKind::Overseen => (Vec::new(), Filter::Overseen),
        WaitingKind::Overdue => (Vec::new(), Filter::Overdue(today)),
        WaitingKind::Near => (Vec::new(), Filter::Near(today, NEAR_DAYS)),
        WaitingKind::Unsolved => (Vec::new(), Filter::SaidUnsolved),
        WaitingKind::Flagged => (Vec::new(), Filter::Flagged),
    };
    let query = ListQuery {
        scope: visible::scope(actor, today)?,
        stages,
        text: None,
        filter,
        page: 0,
        page_size: ROWS,
        not_for: Some(actor.account),
    };
    let (rows, total) = state.store.list_matters(&query).await?;
    let rows = rows.into_iter().map(masking::row).collect::<Result<_, _>>()?;
    Ok(WaitingGroup { kind, total, rows })
}
