//! The side paths, and what leads to an end.

use super::{enter, takes_part};
use crate::id::{AccountId, UnitId};
use crate::matter::event::Event;
use crate::matter::observer::{ObserverAccess, ObserverEnd};
use crate::matter::old_case::OldCase;
use crate::matter::outcome::Reopening;
use crate::matter::proposal::{Pending, Proposal, Ruling};
use crate::matter::review::{Review, ReviewLevel};
use crate::matter::stage::Stage;
use crate::matter::state::Matter;
use crate::text::Paragraph;
use crate::time::Moment;

/// The side paths.
pub(super) fn beside_the_path(matter: &mut Matter, event: &Event) {
    match event {
        Event::MaterialRequested(request) => {
            matter.materials.push((**request).clone());
            enter(matter, Stage::AwaitingMaterial, request.at);
        }
        Event::MaterialReceived { text, at } => {
            if let Some(request) = matter.materials.last_mut() {
                request.received = Some(text.clone());
            }
            enter(matter, Stage::Registered, *at);
        }
        Event::Ordered(order) => matter.order = Some(order.clone()),
        Event::Reported(report) => matter.reports.push((**report).clone()),
        Event::PaperNamed(paper) => matter.outside_papers.push((**paper).clone()),
        Event::Notified(notice) => matter.notices.push(notice.clone()),
        Event::Objected(objection) => {
            matter.objections.push((**objection).clone());
            enter(matter, Stage::Objected, objection.at);
        }
        Event::ObjectionDecided(verdict) => {
            if let Some(objection) = matter.objections.last_mut() {
                objection.verdict = Some((**verdict).clone());
            }
            if verdict.agreed {
                matter.unit = None;
                matter.order = None;
            }
            enter(matter, if verdict.agreed { Stage::Registered } else { Stage::AwaitingSignature }, verdict.at);
        }
        Event::Recalled(recall) => {
            matter.recalls.push((**recall).clone());
            (matter.unit, matter.handler, matter.order) = (None, None, None);
            // An extension that nobody of the unit can decide on any more.
            matter.pending.take_if(|pending| matches!(pending.proposal, Proposal::Extend { .. }));
            // What was handed in stays with its round; whoever has it next hands in the next.
            if matter.rounds.last().is_some_and(|round| round.number == matter.round) {
                matter.round = matter.round.saturating_add(1);
            }
            enter(matter, Stage::Registered, recall.at);
        }
        Event::Succeeded(succession) => {
            let (from, to) = (succession.from, succession.to);
            let goes_on = |unit: &mut Option<UnitId>| {
                if *unit == Some(from) {
                    *unit = Some(to);
                }
            };
            goes_on(&mut matter.unit);
            goes_on(&mut matter.registration.received_by);
            matter.oversight.iter_mut().filter(|act| act.answer.is_none()).for_each(|act| goes_on(&mut act.unit));
            for helper in matter.co_handlers.iter_mut().filter(|helper| helper.is_open() && helper.unit == from) {
                helper.unit = to;
            }
            matter.successions.push((**succession).clone());
        }
        Event::CoHandlerAsked(helper) => matter.co_handlers.push((**helper).clone()),
        Event::CoHandlerAnswered { co_handler, answer } => {
            takes_part(matter, answer.by);
            if let Some(helper) = matter.co_handlers.get_mut(usize::from(*co_handler)) {
                helper.answer = Some(answer.clone());
            }
        }
        Event::CoHandlerReleased { co_handler, release } => {
            if let Some(helper) = matter.co_handlers.get_mut(usize::from(*co_handler)) {
                helper.released = Some(release.clone());
            }
        }
        Event::Voiced(voice) => matter.voices.push((**voice).clone()),
        Event::VoiceAnswered { voice, answer } => {
            if let Some(voice) = matter.voices.iter_mut().find(|said| said.id == *voice) {
                voice.answer = Some((**answer).clone());
            }
        }
        Event::IntakeLinked(linked) => matter.intakes.push((**linked).clone()),
        Event::Overseen(oversight) => matter.oversight.push((**oversight).clone()),
        Event::OversightAnswered { oversight, answer } => {
            if let Some(act) = matter.oversight.get_mut(usize::from(*oversight)) {
                act.answer = Some((**answer).clone());
            }
        }
        Event::OldCaseEntered(_) | Event::CaseTakenOn(_) | Event::ContractNoted(_) | Event::StruckOff(_) => {
            old_cases(&mut matter.old_cases, event);
        }
        Event::ObserverAdmitted(access) => matter.observers.push((**access).clone()),
        Event::ObserverDismissed { account, by, at } => {
            let open = |access: &&mut ObserverAccess| access.account == *account && access.ended.is_none();
            if let Some(access) = matter.observers.iter_mut().rev().find(open) {
                access.ended = Some(ObserverEnd { by: *by, at: *at });
            }
        }
        Event::PromiseKept(kept) => matter.kept.push((**kept).clone()),
        Event::HearingHeld(hearing) => matter.hearings.push((**hearing).clone()),
        Event::MediationBegun(mediation) => {
            takes_part(matter, mediation.by);
            matter.mediations.push((**mediation).clone());
            enter(matter, Stage::Mediating, mediation.at);
        }
        Event::MediationEnded(end) => {
            if let Some(mediation) = matter.mediations.last_mut() {
                mediation.end = Some((**end).clone());
            }
            enter(matter, Stage::Handling, end.at);
        }
        Event::AgreementConfirmed { on, .. } => {
            if let Some(end) = matter.mediations.last_mut().and_then(|mediation| mediation.end.as_mut()) {
                end.confirmed_on = Some(*on);
            }
        }
        _ => {}
    }
}

/// 积案 and 包案.
fn old_cases(cases: &mut Vec<OldCase>, event: &Event) {
    if let Event::OldCaseEntered(case) = event {
        cases.push((**case).clone());
        return;
    }
    let Some(case) = cases.last_mut() else { return };
    match event {
        Event::CaseTakenOn(contract) => {
            if let Some(before) = case.contracts.last_mut() {
                before.ended = Some(contract.at);
            }
            case.contracts.push((**contract).clone());
        }
        Event::ContractNoted(note) => {
            if let Some(contract) = case.contracts.last_mut() {
                contract.until = note.until.unwrap_or(contract.until);
                contract.notes.push((**note).clone());
            }
        }
        Event::StruckOff(struck) => case.struck = Some((**struck).clone()),
        _ => {}
    }
}

/// Four eyes, reviews, and what comes after the end.
pub(super) fn towards_an_end(matter: &mut Matter, event: &Event) {
    match event {
        Event::Proposed(pending) => matter.pending = Some((**pending).clone()),
        Event::ProposalRetracted { .. } => matter.pending = None,
        Event::ProposalRefused { by, reason, at } => {
            rule(matter, false, Some(reason.clone()), *by, *at);
        }
        Event::ProposalApproved { by, reason, at } => {
            if let Some(pending) = rule(matter, true, reason.clone(), *by, *at)
                && let Some(stage) = leads_to(&pending.proposal)
            {
                if let Proposal::Direct { route, .. } = pending.proposal {
                    matter.route = Some(route);
                }
                enter(matter, stage, *at);
            }
        }
        Event::Extended(extension) => matter.extension = Some((**extension).clone()),
        Event::ReviewRequested(review) => {
            let stage = match review.level {
                ReviewLevel::Review => Stage::Reviewing,
                ReviewLevel::Recheck => Stage::Rechecking,
            };
            matter.reviews.push((**review).clone());
            enter(matter, stage, review.at);
        }
        Event::ReviewTaken { on, .. } => {
            if let Some(review) = matter.reviews.last_mut() {
                review.taken_on = Some(*on);
            }
        }
        Event::ReviewWithdrawn(withdrawal) => {
            if let Some(review) = matter.reviews.last_mut() {
                review.withdrawn = Some((**withdrawal).clone());
            }
            let stage = matter.before_review();
            enter(matter, stage, withdrawal.at);
        }
        Event::ReviewDecided(opinion) => {
            if let Some(review) = matter.reviews.last_mut() {
                review.opinion = Some((**opinion).clone());
            }
            let recheck = matter.reviews.last().is_some_and(|review| review.level == ReviewLevel::Recheck);
            enter(matter, if recheck { Stage::RecheckDecided } else { Stage::ReviewDecided }, opinion.at);
        }
        Event::ReviewDelivered { delivery, at } => {
            if let Some(review) = matter.reviews.last_mut() {
                review.delivery = Some((**delivery).clone());
            }
            // Where it is sent back, the reopening that follows leads on.
            if matter.reviews.last().is_some_and(Review::is_upheld) {
                let stage = matter.before_review();
                enter(matter, stage, *at);
            }
        }
        Event::Reopened(reopening) => reopen(matter, reopening),
        Event::Settled { at } => enter(matter, Stage::Settled, *at),
        Event::SettleVetoed(veto) => {
            matter.settle_veto = Some((**veto).clone());
            enter(matter, Stage::Closed, veto.at);
        }
        Event::Archived(archive) => {
            matter.archive = Some((**archive).clone());
            enter(matter, Stage::Archived, archive.at);
        }
        _ => {}
    }
}

/// The stage to which an approval leads by itself. An extension leads nowhere; a reopening has its own
/// event.
fn leads_to(proposal: &Proposal) -> Option<Stage> {
    match proposal {
        Proposal::Extend { .. } | Proposal::Reopen { .. } | Proposal::Leader { .. } => None,
        Proposal::NotAccept { .. } => Some(Stage::NotAccepted),
        Proposal::NoLongerAccept { .. } => Some(Stage::NoLongerAccepted),
        Proposal::Direct { .. } => Some(Stage::Directed),
        Proposal::AnswerOnSpot { .. } => Some(Stage::AnsweredOnSpot),
        Proposal::File { .. } => Some(Stage::Filed),
        Proposal::Withdraw { .. } => Some(Stage::Withdrawn),
    }
}

fn rule(matter: &mut Matter, approved: bool, reason: Option<Paragraph>, by: AccountId, at: Moment) -> Option<Pending> {
    let pending = matter.pending.take()?;
    matter.rulings.push(Ruling { pending: pending.clone(), approved, reason, by, at });
    Some(pending)
}

fn reopen(matter: &mut Matter, reopening: &Reopening) {
    matter.reopenings.push(reopening.clone());
    matter.round = matter.round.saturating_add(1);
    matter.delivery = None;
    if reopening.anew {
        matter.unit = None;
        matter.order = None;
        matter.route = None;
    }
    enter(matter, Stage::Reopened, reopening.at);
}
