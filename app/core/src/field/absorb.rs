//! Taking a record in: always, then flagging.
//!
//! The office may have moved on while the phone was offline: the matter was closed, reassigned, or
//! left the official's area. None of that undoes the visit. So `absorb` has no error: it answers
//! with the events for the matter that the record touches, the matters that it raises, and flags
//! that bring what does not fit before the supervisor.

use serde::{Deserialize, Serialize};

use super::record::{Payload, Record};
use super::return_visit::{ReturnVisit, ReturnVisitOutcome};
use super::visit::{HouseholdVisit, ReportedItem};
use crate::actor::Actor;
use crate::id::HouseholdId;
use crate::matter::{
    Channel, Commitment, Context, Event, Intake, Matter, Petitioner, PurposeOfPetition, Registration, ReturnVisitNote,
    Stage, VisitNote,
};
use crate::place::DivisionCode;
use crate::text::{LongText, Title};
use crate::time::{Clock, ClockKind, Moment};

/// What does not fit. The record is kept all the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Flag {
    /// The household is not known here.
    UnknownHousehold,
    /// The matter is not known here.
    UnknownMatter,
    /// The household or matter lies outside the official's area (by now).
    OutOfArea,
    /// The matter was closed before the record arrived.
    MatterClosed,
    /// The return visit came when none was due, or for an earlier round.
    NotAwaitingReturnVisit,
    /// 回访 by somebody who took part in handling; it is kept, but does not count.
    VisitorIsHandler,
    /// The phone's clock is ahead of the server's.
    ClockAhead,
    /// The record says somebody else made it than the one who was signed in.
    OtherAuthor,
    /// The roster says something else by now than the phone showed.
    RosterClash,
    /// The query code that was given at the door is not of this official's reserve: another holds.
    CodeNotReserved,
    /// The record that is corrected is not known here.
    UnknownRecord,
    /// A file of the record is lost, or is not what the record says.
    FileLost,
}

/// What the server knows around a record.
#[derive(Clone, Copy, Debug)]
pub struct Known<'a> {
    /// The matter that the record names, if it exists.
    pub matter: Option<&'a Matter>,
    /// Where the household that it names lies, if it exists.
    pub household: Option<&'a DivisionCode>,
    /// The address of that household in words.
    pub address: Option<&'a str>,
}

/// What becomes of a record.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Absorbed {
    /// For the matter that it names.
    pub events: Vec<Event>,
    /// What does not fit.
    pub flags: Vec<Flag>,
    /// Matters to be registered, each with the events that follow its registration.
    pub raised: Vec<(crate::id::MatterId, Registration, Vec<Event>)>,
}

/// How far ahead a phone's clock may be before it is said: ten minutes.
const CLOCK_TOLERANCE_MS: i64 = 10 * 60_000;

/// Takes a record in.
#[must_use]
pub fn absorb(record: &Record, actor: &Actor, known: &Known<'_>, cx: &Context<'_>) -> Absorbed {
    let mut absorbed = Absorbed::default();
    let at = record.payload.happened_at().unwrap_or(record.made_at);
    if record.by != actor.account {
        absorbed.flags.push(Flag::OtherAuthor);
    }
    if cx.now.ms_until(at.max(record.made_at)) > CLOCK_TOLERANCE_MS {
        absorbed.flags.push(Flag::ClockAhead);
    }
    match &record.payload {
        Payload::HouseholdVisit(visit) => household_visit(&mut absorbed, record, visit, actor, known, cx),
        Payload::ReturnVisit(visit) => return_visit(&mut absorbed, record, visit, actor, known, cx),
        _ => {}
    }
    absorbed.flags.sort_unstable();
    absorbed.flags.dedup();
    absorbed
}

fn household_visit(
    absorbed: &mut Absorbed,
    record: &Record,
    visit: &HouseholdVisit,
    actor: &Actor,
    known: &Known<'_>,
    cx: &Context<'_>,
) {
    match known.household {
        None => absorbed.flags.push(Flag::UnknownHousehold),
        Some(place) if !actor.area.covers(place) => absorbed.flags.push(Flag::OutOfArea),
        Some(_) => {}
    }
    if visit.matter.is_some() {
        match known.matter {
            None => absorbed.flags.push(Flag::UnknownMatter),
            Some(matter) => {
                if !matter.stage.is_open() {
                    absorbed.flags.push(Flag::MatterClosed);
                }
                let met = visit.result.met() && visit.mode.in_person();
                absorbed.events.push(Event::Visited(Box::new(VisitNote {
                    record: record.id,
                    at: visit.started,
                    by: actor.account,
                    by_name: actor.name.clone(),
                    met,
                    note: visit.note.clone(),
                })));
                if met {
                    absorbed.events.extend(stop(matter, ClockKind::Meet, visit.started, cx));
                }
            }
        }
    }
    raise_all(absorbed, &visit.items, Some(visit.household), visit.started, record, actor, known, cx);
}

fn return_visit(
    absorbed: &mut Absorbed,
    record: &Record,
    visit: &ReturnVisit,
    actor: &Actor,
    known: &Known<'_>,
    cx: &Context<'_>,
) {
    let Some(matter) = known.matter else {
        absorbed.flags.push(Flag::UnknownMatter);
        if let ReturnVisitOutcome::Reached { answers, .. } = &visit.outcome {
            raise_all(absorbed, &answers.new_problems, None, visit.at, record, actor, known, cx);
        }
        return;
    };
    let by_handler = matter.handled_by.contains(&actor.account);
    let in_time = matter.stage == Stage::AwaitingReturnVisit && visit.round == matter.round;
    if by_handler {
        absorbed.flags.push(Flag::VisitorIsHandler);
    }
    if !matter.stage.is_open() {
        absorbed.flags.push(Flag::MatterClosed);
    } else if !in_time {
        absorbed.flags.push(Flag::NotAwaitingReturnVisit);
    }
    if matter.registration.place.as_ref().is_some_and(|place| !actor.area.covers(place)) {
        absorbed.flags.push(Flag::OutOfArea);
    }
    let counts = in_time && !by_handler;
    let (answers, judgement) = match &visit.outcome {
        ReturnVisitOutcome::Reached { answers, judgement } => (Some((**answers).clone()), Some(*judgement)),
        ReturnVisitOutcome::NotReached { .. } => (None, None),
    };
    if counts && answers.is_some() {
        absorbed.events.extend(stop(matter, ClockKind::ReturnVisit, visit.at, cx));
    }
    let problems = answers.as_ref().map(|a| a.new_problems.clone()).unwrap_or_default();
    absorbed.events.push(Event::ReturnVisited(Box::new(ReturnVisitNote {
        record: record.id,
        round: visit.round,
        at: visit.at,
        by: actor.account,
        by_name: actor.name.clone(),
        answers,
        judgement,
        counts,
    })));
    raise_all(absorbed, &problems, matter.registration.household, visit.at, record, actor, known, cx);
}

/// A deed stops a clock on the day on which it was done, but the phone's clock may be wrong and
/// never decides a legal date: the day is held between the clock's start and the server's today.
fn stop(matter: &Matter, kind: ClockKind, said: Moment, cx: &Context<'_>) -> Option<Event> {
    let running = matter.clocks.iter().find(|clock| clock.kind == kind && clock.is_running())?;
    let on = said.date().clamp(running.started, cx.today().max(running.started));
    Some(Event::ClockStopped { kind, on })
}

#[expect(clippy::too_many_arguments, reason = "private; each is a different thing the items need")]
fn raise_all(
    absorbed: &mut Absorbed,
    items: &[ReportedItem],
    household: Option<HouseholdId>,
    at: Moment,
    record: &Record,
    actor: &Actor,
    known: &Known<'_>,
    cx: &Context<'_>,
) {
    for item in items {
        let Some(raise) = &item.raise else { continue };
        let Some(registration) = raised_registration(item, household, at, known, cx) else { continue };
        let mut events = vec![Event::Visited(Box::new(VisitNote {
            record: record.id,
            at,
            by: actor.account,
            by_name: actor.name.clone(),
            met: true,
            note: None,
        }))];
        // The petitioner was met at the door on which the matter was raised.
        events.push(Event::ClockStopped { kind: ClockKind::Meet, on: cx.today() });
        if let Some(due) = item.promised.filter(|due| *due >= cx.today()) {
            events.push(Event::Promised(Commitment { text: item.summary.clone(), due, made_at: at }));
            events.push(Event::ClockStarted(Clock {
                kind: ClockKind::Commitment,
                started: cx.today(),
                due,
                stopped: None,
            }));
        }
        absorbed.raised.push((raise.id, registration, events));
    }
}

/// The registration that a reported item becomes; `None` when it is not to become a matter.
#[must_use]
pub fn raised_registration(
    item: &ReportedItem,
    household: Option<HouseholdId>,
    at: Moment,
    known: &Known<'_>,
    cx: &Context<'_>,
) -> Option<Registration> {
    let raise = item.raise.as_ref()?;
    let place = known.household.cloned().or_else(|| known.matter.and_then(|matter| matter.registration.place.clone()));
    let address = known
        .address
        .and_then(|text| Title::parse(text).ok())
        .or_else(|| known.matter.and_then(|matter| matter.registration.petitioner.address.clone()));
    Some(Registration {
        title: raise.title.clone(),
        content: LongText::parse(item.summary.as_str()).ok()?,
        demands: raise.demands.clone(),
        purpose: match item.kind {
            super::ItemKind::Suggestion => PurposeOfPetition::Suggestion,
            _ => PurposeOfPetition::Appeal,
        },
        category: raise.category,
        channel: Channel::HomeVisit,
        intake: Intake::First,
        petitioner: Petitioner { name: raise.petitioner.clone(), phone: raise.phone.clone(), address },
        place,
        household,
        // Received when the official heard it, but never later than the server's today.
        received_on: at.date().min(cx.today()),
    })
}
