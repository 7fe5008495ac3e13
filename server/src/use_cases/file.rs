//! The file of a matter, and lists of matters.

use std::collections::BTreeSet;

use case_core::actor::Actor;
use case_core::id::{AccountId, MatterId};
use case_core::matter::{Matter, Verdict, permitted};
use case_core::text::Title;
use case_core::wire::desk::MatterFile;

use super::visible;
use crate::error::ApiError;
use crate::state::AppState;

/// Loads the file, as far as the actor sees it.
pub(crate) async fn load(state: &AppState, actor: &Actor, id: MatterId) -> Result<MatterFile, ApiError> {
    let matter = visible::matter(state, actor, id).await?;
    let unit = match matter.unit {
        Some(unit) => state.store.unit(unit).await?,
        None => None,
    };
    let place_name = place_name(state, &matter).await?;
    let names = state.store.names(&people(&matter)).await?;
    let journal = state.store.journal(id).await?;
    let flagged = state.store.flagged_records(id).await?;
    let files = state.store.files_of_matter(id).await?;
    let now = state.now();
    Ok(MatterFile {
        unit,
        place_name,
        names,
        permitted: permitted(&matter, actor),
        gaps: if matter.rounds.is_empty() { Vec::new() } else { matter.gaps(now.date()) },
        closure_digest: matter.closure_digest(),
        journal,
        flagged,
        files,
        server_time: now,
        matter,
    })
}

/// 问题属地 in words.
pub(super) async fn place_name(state: &AppState, matter: &Matter) -> Result<Option<Title>, ApiError> {
    Ok(match &matter.registration.place {
        Some(place) => {
            state.store.division_names(std::slice::from_ref(place)).await?.into_iter().next().map(|d| d.name)
        }
        None => None,
    })
}

/// Everybody who appears in it.
pub(super) fn people(matter: &Matter) -> Vec<AccountId> {
    let mut people: BTreeSet<AccountId> = matter.handled_by.iter().copied().collect();
    people.extend(matter.registered_by);
    people.extend(matter.visits.iter().map(|visit| visit.by));
    people.extend(matter.return_visits.iter().map(|visit| visit.by));
    for round in &matter.rounds {
        people.insert(round.submitted_by);
        match &round.verdict {
            Verdict::Approved { by, .. } | Verdict::Returned { by, .. } => {
                people.insert(*by);
            }
            Verdict::Pending => {}
        }
    }
    people.into_iter().collect()
}
