//! From event to state: total, pure, and the only way in which a matter changes.

mod beside;

use beside::{beside_the_path, towards_an_end};

use super::closure::{Approval, Round, Verdict};
use super::event::Event;
use super::proposal::Route;
use super::stage::Stage;
use super::state::{Matter, Step};
use crate::id::AccountId;
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
        | Event::HandedOver(_)
        | Event::FeedbackGiven(_)
        | Event::Promised(_)
        | Event::ClosureSubmitted { .. }
        | Event::ClosureReturned { .. }
        | Event::ClosureApproved { .. }
        | Event::OpinionSigned(_)
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
        | Event::PaperNamed(_)
        | Event::Objected(_)
        | Event::ObjectionDecided(_)
        | Event::Recalled(_)
        | Event::Succeeded(_)
        | Event::CoHandlerAsked(_)
        | Event::CoHandlerAnswered { .. }
        | Event::CoHandlerReleased { .. }
        | Event::PromiseKept(_)
        | Event::HearingHeld(_)
        | Event::MediationBegun(_)
        | Event::MediationEnded(_)
        | Event::IntakeLinked(_)
        | Event::Voiced(_)
        | Event::VoiceAnswered { .. }
        | Event::Overseen(_)
        | Event::OversightAnswered { .. }
        | Event::OldCaseEntered(_)
        | Event::CaseTakenOn(_)
        | Event::ContractNoted(_)
        | Event::StruckOff(_)
        | Event::ObserverAdmitted(_)
        | Event::ObserverDismissed { .. }
        | Event::AgreementConfirmed { .. } => beside_the_path(&mut matter, event),
        Event::Proposed(_)
        | Event::ProposalApproved { .. }
        | Event::ProposalRefused { .. }
        | Event::ProposalRetracted { .. }
        | Event::Extended(_)
        | Event::ReviewRequested(_)
        | Event::ReviewTaken { .. }
        | Event::ReviewWithdrawn(_)
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
        Event::Accepted { at, suggestion } => {
            matter.route = (!suggestion).then_some(Route::Petition);
            enter(matter, Stage::Accepted, *at);
        }
        Event::Assigned { handler, at } => {
            matter.handler = Some(*handler);
            takes_part(matter, *handler);
            enter(matter, Stage::Handling, *at);
        }
        Event::HandedOver(over) => {
            matter.handler = Some(over.to);
            takes_part(matter, over.to);
            matter.hand_overs.push((**over).clone());
        }
        Event::FeedbackGiven(contact) => {
            takes_part(matter, contact.by);
            matter.contacts.push(contact.clone());
        }
        Event::Promised(commitment) => matter.commitments.push(commitment.clone()),
        Event::ClosureSubmitted { package, by, at, role } => {
            takes_part(matter, *by);
            matter.rounds.push(Round {
                number: matter.round,
                package: (**package).clone(),
                submitted_by: *by,
                submitted_at: *at,
                verdict: Verdict::Pending,
                role: *role,
                signed: None,
                approved: None,
            });
            enter(matter, Stage::ClosureSubmitted, *at);
        }
        Event::ClosureReturned { by, reasons, text, due, at } => {
            if let Some(round) = matter.rounds.last_mut() {
                // Sent back after it was approved: who approved it took part all the same.
                if let Verdict::Approved { by, at } = round.verdict {
                    round.approved = Some(Approval { by, at });
                }
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
        Event::OpinionSigned(signed) => {
            if let Some(round) = matter.rounds.last_mut() {
                round.signed = Some((**signed).clone());
            }
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
        intakes: Vec::new(),
        objections: Vec::new(),
        recalls: Vec::new(),
        successions: Vec::new(),
        co_handlers: Vec::new(),
        kept: Vec::new(),
        hearings: Vec::new(),
        mediations: Vec::new(),
        pending: None,
        rulings: Vec::new(),
        extension: None,
        reviews: Vec::new(),
        oversight: Vec::new(),
        old_cases: Vec::new(),
        observers: Vec::new(),
        hand_overs: Vec::new(),
        reopenings: Vec::new(),
        settle_veto: None,
        archive: None,
        outside_papers: Vec::new(),
        voices: Vec::new(),
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
