//! Taking a record in: always, then flagging.
//!
//! The office may have moved on while the phone was offline: the matter was closed, reassigned, or
//! left the official's area. None of that undoes the visit. So `absorb` has no error: it answers
//! with the events for the matter that the record touches, the matters that it raises, and flags
//! that bring what does not fit before the supervisor.

mod notes;
mod raise;
mod visits;

use serde::{Deserialize, Serialize};

use super::record::{Payload, Record};
use crate::actor::Actor;
use crate::code::QueryCode;
use crate::id::MatterId;
use crate::matter::{Context, Event, Matter, Registration};
use crate::place::DivisionCode;
use crate::time::{ClockKind, Moment};

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
    /// The correction is of a record that stands in no file: it named no household and no matter.
    NoFile,
    /// A raised matter asks for more than one matter holds; the rest stands in notes in its file.
    TooManyDemands,
}

/// What the server knows around a record.
#[derive(Clone, Copy, Debug, Default)]
pub struct Known<'a> {
    /// The matter that the record names, if it exists.
    pub matter: Option<&'a Matter>,
    /// Where the household that it names lies, if it exists.
    pub household: Option<&'a DivisionCode>,
    /// The address of that household in words.
    pub address: Option<&'a str>,
    /// Whether the earlier record that it names ([`Payload::earlier`]) is there.
    pub earlier: bool,
}

/// What becomes of a record.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Absorbed {
    /// For the matter that it names.
    pub events: Vec<Event>,
    /// What does not fit.
    pub flags: Vec<Flag>,
    /// Matters to be registered.
    pub raised: Vec<RaisedBy>,
}

/// A matter that a record raises.
#[derive(Clone, Debug, PartialEq)]
pub struct RaisedBy {
    /// Made on the phone.
    pub id: MatterId,
    /// The form.
    pub registration: Registration,
    /// 查询码 that was given at the door; it holds if it is of the official's reserve.
    pub code: Option<QueryCode>,
    /// What follows the registration at once.
    pub events: Vec<Event>,
}

/// How far ahead a phone's clock may be before it is said: ten minutes.
const CLOCK_TOLERANCE_MS: i64 = 10 * 60_000;

/// Takes a record in.
#[must_use]
pub fn absorb(record: &Record, actor: &Actor, known: &Known<'_>, cx: &Context<'_>) -> Absorbed {
    let taking = Taking { record, actor, known, cx, at: record.payload.happened_at().unwrap_or(record.made_at) };
    let mut absorbed = Absorbed::default();
    if record.by != actor.account {
        absorbed.flags.push(Flag::OtherAuthor);
    }
    if cx.now.ms_until(taking.at.max(record.made_at)) > CLOCK_TOLERANCE_MS {
        absorbed.flags.push(Flag::ClockAhead);
    }
    if record.payload.earlier().is_some() && !known.earlier {
        absorbed.flags.push(Flag::UnknownRecord);
    }
    match &record.payload {
        Payload::HouseholdVisit(visit) => taking.household_visit(visit, &mut absorbed),
        Payload::ReturnVisit(visit) => taking.return_visit(visit, &mut absorbed),
        Payload::Reception(reception) => taking.reception(reception, &mut absorbed),
        Payload::Intake(intake) => taking.intake(intake, &mut absorbed),
        Payload::Note(note) => taking.note(note, &mut absorbed),
        Payload::Correction(correction) => taking.correction(correction, &mut absorbed),
        Payload::Evidence(evidence) => taking.evidence(evidence, &mut absorbed),
        // What it changes is the household's card: the store's to write ([`super::RosterEdit::apply`]).
        Payload::RosterEdit(_) => taking.check_household(&mut absorbed),
    }
    absorbed.flags.sort_unstable();
    absorbed.flags.dedup();
    absorbed
}

/// A record with all that is around it.
#[derive(Clone, Copy)]
struct Taking<'a> {
    record: &'a Record,
    actor: &'a Actor,
    known: &'a Known<'a>,
    cx: &'a Context<'a>,
    /// When it happened, by the phone's clock.
    at: Moment,
}

impl<'a> Taking<'a> {
    /// Flags a household that is not known or lies elsewhere, if the record names one.
    fn check_household(&self, absorbed: &mut Absorbed) {
        match self.known.household {
            None if self.record.payload.names().household.is_some() => absorbed.flags.push(Flag::UnknownHousehold),
            Some(place) if !self.actor.area.covers(place) => absorbed.flags.push(Flag::OutOfArea),
            None | Some(_) => {}
        }
    }

    /// The matter that the record names, with a flag if it is not there or not what it was.
    fn check_matter(&self, absorbed: &mut Absorbed) -> Option<&'a Matter> {
        self.record.payload.names().matter?;
        let Some(matter) = self.known.matter else {
            absorbed.flags.push(Flag::UnknownMatter);
            return None;
        };
        if !matter.stage.is_open() {
            absorbed.flags.push(Flag::MatterClosed);
        }
        let theirs =
            matter.handler == Some(self.actor.account) || (self.actor.unit.is_some() && matter.unit == self.actor.unit);
        if !theirs && matter.registration.place.as_ref().is_some_and(|place| !self.actor.area.covers(place)) {
            absorbed.flags.push(Flag::OutOfArea);
        }
        Some(matter)
    }

    /// A deed stops a clock on the day on which it was done. The phone's clock may be wrong and never
    /// decides a legal date: a day that cannot be (before the clock began, or still to come) is the
    /// server's today.
    fn stop(&self, matter: &Matter, kind: ClockKind) -> Option<Event> {
        let running = matter.clocks.iter().find(|clock| clock.kind == kind && clock.is_running())?;
        let (said, today) = (self.at.date(), self.cx.today());
        let possible = running.started <= said && said <= today;
        Some(Event::ClockStopped { kind, on: if possible { said } else { today.max(running.started) }, clock: None })
    }
}
