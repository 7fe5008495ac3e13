//! From event to state: total, pure, and the only way in which a matter changes.

use super::closure::{Round, Verdict};
use super::event::Event;
use super::state::{Matter, Stage, Step};
use crate::time::Moment;

/// The matter after one more event. [`Event::Registered`] in the middle of a history changes
/// nothing: a matter begins once.
#[must_use]
pub fn apply(mut matter: Matter, event: &Event) -> Matter {
    match event {
        Event::Registered { .. } => return matter,
        Event::Transferred { unit, place, at } => {
            matter.unit = Some(*unit);
            if place.is_some() {
                matter.registration.place.clone_from(place);
            }
            enter(&mut matter, Stage::AwaitingSignature, *at);
        }
        Event::SignedFor { at } => enter(&mut matter, Stage::SignedFor, *at),
        Event::Accepted { at } => enter(&mut matter, Stage::Accepted, *at),
        Event::Assigned { handler, at } => {
            matter.handler = Some(*handler);
            takes_part(&mut matter, *handler);
            enter(&mut matter, Stage::Handling, *at);
        }
        Event::FeedbackGiven(contact) => {
            takes_part(&mut matter, contact.by);
            matter.contacts.push(contact.clone());
        }
        Event::Promised(commitment) => matter.commitments.push(commitment.clone()),
        Event::ClosureSubmitted { package, by, at } => {
            takes_part(&mut matter, *by);
            matter.rounds.push(Round {
                number: matter.round,
                package: (**package).clone(),
                submitted_by: *by,
                submitted_at: *at,
                verdict: Verdict::Pending,
            });
            enter(&mut matter, Stage::ClosureSubmitted, *at);
        }
        Event::ClosureReturned { by, reasons, text, due, at } => {
            if let Some(round) = matter.rounds.last_mut() {
                round.verdict =
                    Verdict::Returned { by: *by, at: *at, reasons: reasons.clone(), text: text.clone(), due: *due };
            }
            matter.round = matter.round.saturating_add(1);
            enter(&mut matter, Stage::Returned, *at);
        }
        Event::ClosureApproved { by, at } => {
            if let Some(round) = matter.rounds.last_mut() {
                round.verdict = Verdict::Approved { by: *by, at: *at };
            }
            enter(&mut matter, Stage::Approved, *at);
        }
        Event::Delivered { delivery, at } => {
            matter.delivery = Some(delivery.clone());
            enter(&mut matter, Stage::AwaitingReturnVisit, *at);
        }
        Event::Visited(note) => matter.visits.push((**note).clone()),
        Event::ReturnVisited(note) => matter.return_visits.push((**note).clone()),
        Event::Closed { at, .. } => enter(&mut matter, Stage::Closed, *at),
        Event::ClockStarted(clock) => matter.clocks.push(clock.clone()),
        Event::ClockStopped { kind, on } => {
            for clock in matter.clocks.iter_mut().filter(|c| c.kind == *kind && c.is_running()) {
                clock.stopped = Some(*on);
            }
        }
        Event::FieldNote(note) => matter.notes.push((**note).clone()),
    }
    matter.version = matter.version.saturating_add(1);
    matter
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
        steps: vec![Step { stage: Stage::Registered, at: *at }],
    })
}

fn enter(matter: &mut Matter, stage: Stage, at: Moment) {
    matter.stage = stage;
    matter.steps.push(Step { stage, at });
}

fn takes_part(matter: &mut Matter, account: crate::id::AccountId) {
    if !matter.handled_by.contains(&account) {
        matter.handled_by.push(account);
    }
}
