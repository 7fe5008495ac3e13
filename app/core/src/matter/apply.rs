//! From event to state: total, pure, and the only way in which a matter changes.

use super::closure::{Round, Verdict};
use super::event::Event;
use super::outcome::Reopening;
use super::proposal::{Pending, Proposal, Route, Ruling};
use super::review::{Review, ReviewLevel};
use super::stage::Stage;
use super::state::{Matter, Step};
use crate::id::AccountId;
use crate::text::Paragraph;
use crate::time::Moment;

/// The matter after one more event. [`Event::Registered`] in the middle of a history changes
/// nothing: a matter begins once.
#[must_use]
pub fn apply(mut matter: Matter, event: &Event) -> Matter {
    match event {
        Event::Registered { .. } => return matter,
        Event::Transferred { .. }
        | Event::SignedFor { .. }
        | Event::Accepted { .. }
        | Event::Assigned { .. }
        | Event::FeedbackGiven(_)
        | Event::Promised(_)
        | Event::ClosureSubmitted { .. }
        | Event::ClosureReturned { .. }
        | Event::ClosureApproved { .. }
        | Event::Delivered { .. }
        | Event::Visited(_)
        | Event::ReturnVisited(_)
        | Event::FieldNote(_)
        | Event::Closed { .. } => on_the_path(&mut matter, event),
        Event::MaterialRequested(_)
        | Event::MaterialReceived { .. }
        | Event::Ordered(_)
        | Event::Reported(_)
        | Event::Notified(_)
        | Event::Objected(_)
        | Event::ObjectionDecided(_)
        | Event::CoHandlerAsked(_)
        | Event::CoHandlerAnswered { .. }
        | Event::PromiseKept(_)
        | Event::HearingHeld(_)
        | Event::MediationBegun(_)
        | Event::MediationEnded(_)
        | Event::AgreementConfirmed { .. } => beside_the_path(&mut matter, event),
        Event::Proposed(_)
        | Event::ProposalApproved { .. }
        | Event::ProposalRefused { .. }
        | Event::ProposalRetracted { .. }
        | Event::Extended(_)
        | Event::ReviewRequested(_)
        | Event::ReviewDecided(_)
        | Event::ReviewDelivered { .. }
        | Event::Reopened(_)
        | Event::Settled { .. }
        | Event::SettleVetoed(_)
        | Event::Archived(_) => towards_an_end(&mut matter, event),
        Event::ClockStarted(_) | Event::ClockStopped { .. } | Event::ClockMoved { .. } => clocks(&mut matter, event),
        // The clock that it stops says all that is to be kept.
        Event::LetterStamped { .. } => {}
    }
    matter.version = matter.version.saturating_add(1);
    matter
}

/// The main path, and what comes from the field.
fn on_the_path(matter: &mut Matter, event: &Event) {
    match event {
        Event::Transferred { unit, place, at } => {
            matter.unit = Some(*unit);
            if place.is_some() {
                matter.registration.place.clone_from(place);
            }
            enter(matter, Stage::AwaitingSignature, *at);
        }
        Event::SignedFor { at } => enter(matter, Stage::SignedFor, *at),
        Event::Accepted { at } => {
            matter.route = Some(Route::Petition);
            enter(matter, Stage::Accepted, *at);
        }
        Event::Assigned { handler, at } => {
            matter.handler = Some(*handler);
            takes_part(matter, *handler);
            enter(matter, Stage::Handling, *at);
        }
        Event::FeedbackGiven(contact) => {
            takes_part(matter, contact.by);
            matter.contacts.push(contact.clone());
        }
        Event::Promised(commitment) => matter.commitments.push(commitment.clone()),
        Event::ClosureSubmitted { package, by, at } => {
            takes_part(matter, *by);
            matter.rounds.push(Round {
                number: matter.round,
                package: (**package).clone(),
                submitted_by: *by,
                submitted_at: *at,
                verdict: Verdict::Pending,
            });
            enter(matter, Stage::ClosureSubmitted, *at);
        }
        Event::ClosureReturned { by, reasons, text, due, at } => {
            if let Some(round) = matter.rounds.last_mut() {
                round.verdict =
                    Verdict::Returned { by: *by, at: *at, reasons: reasons.clone(), text: text.clone(), due: *due };
            }
            matter.round = matter.round.saturating_add(1);
            enter(matter, Stage::Returned, *at);
        }
        Event::ClosureApproved { by, at } => {
            if let Some(round) = matter.rounds.last_mut() {
                round.verdict = Verdict::Approved { by: *by, at: *at };
            }
            enter(matter, Stage::Approved, *at);
        }
        Event::Delivered { delivery, at } => {
            matter.delivery = Some(delivery.clone());
            enter(matter, Stage::AwaitingReturnVisit, *at);
        }
        Event::Visited(note) => matter.visits.push((**note).clone()),
        Event::ReturnVisited(note) => matter.return_visits.push((**note).clone()),
        Event::FieldNote(note) => matter.notes.push((**note).clone()),
        Event::Closed { at, .. } => enter(matter, Stage::Closed, *at),
        _ => {}
    }
}

/// The side paths.
fn beside_the_path(matter: &mut Matter, event: &Event) {
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
        Event::CoHandlerAsked(helper) => matter.co_handlers.push((**helper).clone()),
        Event::CoHandlerAnswered { co_handler, answer } => {
            takes_part(matter, answer.by);
            if let Some(helper) = matter.co_handlers.get_mut(usize::from(*co_handler)) {
                helper.answer = Some(answer.clone());
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

/// Four eyes, reviews, and what comes after the end.
fn towards_an_end(matter: &mut Matter, event: &Event) {
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

fn clocks(matter: &mut Matter, event: &Event) {
    match event {
        Event::ClockStarted(clock) => matter.clocks.push(clock.clone()),
        Event::ClockStopped { kind, on, clock } => {
            for (at, running) in matter.clocks.iter_mut().enumerate() {
                let meant = clock.is_none_or(|which| usize::from(which) == at);
                if meant && running.kind == *kind && running.is_running() {
                    running.stopped = Some(*on);
                }
            }
        }
        Event::ClockMoved { clock, due } => {
            if let Some(moved) = matter.clocks.get_mut(usize::from(*clock)) {
                moved.due = *due;
            }
        }
        _ => {}
    }
}

/// The stage to which an approval leads by itself. An extension leads nowhere; a reopening has its own
/// event.
fn leads_to(proposal: &Proposal) -> Option<Stage> {
    match proposal {
        Proposal::Extend { .. } | Proposal::Reopen { .. } => None,
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
    enter(matter, Stage::Reopened, reopening.at);
}

/// Rebuilds a matter from its journal; `None` when the history does not begin with a registration.
#[must_use]
pub fn replay<'a>(events: impl IntoIterator<Item = &'a Event>) -> Option<Matter> {
    let mut events = events.into_iter();
    let matter = begin(events.next()?)?;
    Some(events.fold(matter, apply))
}

fn begin(event: &Event) -> Option<Matter> {
    let Event::Registered { id, number, registration, at, by, former_reply } = event else {
        return None;
    };
    Some(Matter {
        id: *id,
        number: number.clone(),
        version: 1,
        stage: Stage::Registered,
        registration: (**registration).clone(),
        registered_at: *at,
        registered_by: *by,
        unit: None,
        handler: None,
        handled_by: Vec::new(),
        clocks: Vec::new(),
        commitments: Vec::new(),
        contacts: Vec::new(),
        visits: Vec::new(),
        return_visits: Vec::new(),
        notes: Vec::new(),
        round: 1,
        rounds: Vec::new(),
        delivery: None,
        former_reply: former_reply.clone(),
        route: None,
        order: None,
        reports: Vec::new(),
        materials: Vec::new(),
        notices: Vec::new(),
        objections: Vec::new(),
        co_handlers: Vec::new(),
        kept: Vec::new(),
        hearings: Vec::new(),
        mediations: Vec::new(),
        pending: None,
        rulings: Vec::new(),
        extension: None,
        reviews: Vec::new(),
        reopenings: Vec::new(),
        settle_veto: None,
        archive: None,
        steps: vec![Step { stage: Stage::Registered, at: *at }],
    })
}

fn enter(matter: &mut Matter, stage: Stage, at: Moment) {
    matter.stage = stage;
    matter.steps.push(Step { stage, at });
}

fn takes_part(matter: &mut Matter, account: AccountId) {
    if !matter.handled_by.contains(&account) {
        matter.handled_by.push(account);
    }
}
