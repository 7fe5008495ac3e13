//! The file of a matter, and lists of matters.

use std::collections::BTreeSet;

use case_core::actor::{Actor, Role};
use case_core::id::{AccountId, MatterId, UnitId};
use case_core::matter::{CommandKind, Event, IssuedPaper, Matter, OwedPaper, Verdict, answerable, owed, permitted};
use case_core::text::Title;
use case_core::time::ClockKind;
use case_core::wire::desk::{JournalEntry, MatterFile, Unit};

use super::{documents, masking, recusal, visible};
use crate::error::ApiError;
use crate::state::AppState;

/// Loads the file, as far as the actor sees it, without the particulars that the actor does not need.
pub(crate) async fn load(state: &AppState, actor: &Actor, id: MatterId) -> Result<MatterFile, ApiError> {
    let full = full(state, actor, id).await?;
    if visible::needs_particulars(actor, &full.matter) {
        return Ok(full);
    }
    let masked = masking::file(&full)?;
    // Who is let in to look takes nothing away: neither files nor what did not fit.
    Ok(match actor.role {
        Role::Observer => MatterFile { files: Vec::new(), sent: Vec::new(), flagged: Vec::new(), ..masked },
        _ => masked,
    })
}

/// The file with all particulars.
pub(crate) async fn full(state: &AppState, actor: &Actor, id: MatterId) -> Result<MatterFile, ApiError> {
    let matter = visible::matter(state, actor, id).await?;
    let journal = state.store.journal(id).await?;
    let unit = match matter.unit {
        Some(unit) => state.store.unit(unit).await?,
        None => None,
    };
    let units = other_units(state, &matter, &journal).await?;
    let place_name = place_name(state, &matter).await?;
    let names = state.store.names(&people(&matter)).await?;
    let flagged = state.store.flagged_records(id).await?;
    let files = state.store.files_of_matter(id).await?;
    let sent = state.store.sent_files(id).await?;
    let recusals = match recusal::told(actor) {
        true => state.store.recusals(id).await?,
        false => Vec::new(),
    };
    let now = state.now();
    let permitted = permitted(&matter, actor);
    Ok(MatterFile {
        unit,
        units,
        place_name,
        names,
        owed: papers_owed(&matter, &permitted, &documents::papers_of(state, &matter).await?),
        permitted,
        answerable: answerable(&matter, actor).map(|voice| voice.id).collect(),
        gaps: if matter.rounds.is_empty() { Vec::new() } else { matter.gaps(now.date()) },
        closure_digest: matter.closure_digest(),
        journal,
        flagged,
        files,
        sent,
        server_time: now,
        masked: false,
        simple_in_use: state.rules.runs(ClockKind::SimpleAccept),
        recusals,
        matter,
    })
}

/// The papers on which the steps hang that the actor could take.
fn papers_owed(matter: &Matter, permitted: &[CommandKind], issued: &[IssuedPaper]) -> Vec<OwedPaper> {
    permitted.iter().filter_map(|command| owed(matter, *command, issued)).collect()
}

/// The units that the file names beside the one that holds it.
async fn other_units(state: &AppState, matter: &Matter, journal: &[JournalEntry]) -> Result<Vec<Unit>, ApiError> {
    let mut ids: BTreeSet<UnitId> = matter.co_handlers.iter().map(|helper| helper.unit).collect();
    ids.extend(matter.oversight.iter().filter_map(|act| act.unit));
    ids.extend(matter.objections.iter().filter_map(|objection| objection.unit));
    ids.extend(matter.recalls.iter().filter_map(|recall| recall.unit));
    ids.extend(matter.successions.iter().flat_map(|one| [one.from, one.to]));
    ids.extend(journal.iter().filter_map(|entry| match &entry.event {
        Event::Transferred { unit, .. } => Some(*unit),
        _ => None,
    }));
    let mut units = Vec::new();
    for id in ids.into_iter().filter(|id| Some(*id) != matter.unit) {
        units.extend(state.store.unit(id).await?);
    }
    Ok(units)
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
        people.extend(round.signed.iter().map(|signed| signed.by));
        people.extend(round.approved.iter().map(|approval| approval.by));
        match &round.verdict {
            Verdict::Approved { by, .. } | Verdict::Returned { by, .. } => {
                people.insert(*by);
            }
            Verdict::Pending => {}
        }
    }
    people.extend(matter.intakes.iter().map(|linked| linked.by));
    people.extend(matter.contacts.iter().map(|contact| contact.by));
    people.extend(matter.materials.iter().map(|request| request.by));
    people.extend(matter.outside_papers.iter().map(|paper| paper.by));
    people.extend(matter.notices.iter().map(|notice| notice.by));
    people.extend(matter.order.iter().map(|order| order.by));
    people.extend(matter.reports.iter().map(|report| report.by));
    for objection in &matter.objections {
        people.insert(objection.by);
        people.extend(objection.verdict.iter().map(|verdict| verdict.by));
    }
    people.extend(matter.recalls.iter().flat_map(|recall| [Some(recall.by), recall.handler]).flatten());
    for helper in &matter.co_handlers {
        people.insert(helper.by);
        people.extend(helper.answer.iter().chain(&helper.released).map(|said| said.by));
    }
    for review in &matter.reviews {
        people.insert(review.by);
        people.extend(review.opinion.iter().map(|opinion| opinion.by));
        people.extend(review.withdrawn.iter().map(|withdrawal| withdrawal.by));
    }
    for act in &matter.oversight {
        people.insert(act.by);
        people.extend(act.answer.iter().map(|answer| answer.by));
    }
    for access in &matter.observers {
        people.extend([access.account, access.by]);
        people.extend(access.ended.iter().map(|end| end.by));
    }
    for case in &matter.old_cases {
        people.insert(case.by);
        people.extend(case.struck.iter().map(|struck| struck.by));
        for contract in &case.contracts {
            people.extend([contract.leader, contract.by]);
            people.extend(contract.notes.iter().map(|note| note.by));
        }
    }
    for over in &matter.hand_overs {
        people.extend([over.by, over.to]);
        people.extend(over.from);
    }
    people.extend(matter.mediations.iter().map(|mediation| mediation.by));
    people.extend(matter.hearings.iter().map(|hearing| hearing.by));
    people.extend(matter.pending.iter().map(|pending| pending.by));
    people.extend(matter.rulings.iter().flat_map(|ruling| [ruling.by, ruling.pending.by]));
    people.extend(matter.extension.iter().map(|extension| extension.by));
    people.extend(matter.reopenings.iter().map(|reopening| reopening.by));
    people.extend(matter.settle_veto.iter().map(|veto| veto.by));
    people.extend(matter.voices.iter().filter_map(|voice| voice.answer.as_ref()).map(|answer| answer.by));
    people.extend(matter.archive.iter().map(|archive| archive.by));
    people.into_iter().collect()
}
