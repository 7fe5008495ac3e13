//! 已化解: computed once the time of observation is over; the supervisor may veto it.

use chrono::NaiveDate;

use super::Context;
use crate::field::{Fulfilment, PromiseKept, Rating};
use crate::matter::delivery::PetitionerOpinion;
use crate::matter::event::Event;
use crate::matter::notes::{FieldNoteKind, ReturnVisitNote};
use crate::matter::stage::Stage;
use crate::matter::state::Matter;
use crate::time::{Clock, ClockKind};

/// The events by which a closed matter becomes 已化解 today; none while it is not.
#[must_use]
pub fn settle(matter: &Matter, cx: &Context<'_>) -> Vec<Event> {
    let Some(observed) = observation(matter) else { return Vec::new() };
    let over = cx.today() > observed.due;
    if matter.stage != Stage::Closed || matter.settle_veto.is_some() || matter.pending.is_some() || !over {
        return Vec::new();
    }
    if !was_met(matter) || still_asks(matter, observed.started) {
        return Vec::new();
    }
    vec![
        Event::Settled { at: cx.now },
        Event::ClockStopped { kind: ClockKind::Observation, on: cx.today(), clock: None },
    ]
}

fn observation(matter: &Matter) -> Option<&Clock> {
    matter.clocks.iter().rev().find(|clock| clock.kind == ClockKind::Observation && clock.is_running())
}

/// The petitioner agreed, or everything was done as the petitioner says, or an agreement was kept: that it was made is
/// no proof of it (spec 2.2, Z2: agreement fulfilled).
fn was_met(matter: &Matter) -> bool {
    let agreed = matter.delivery.as_ref().is_some_and(|delivery| delivery.opinion == PetitionerOpinion::Agrees);
    let done = matter.asked_in(matter.round).filter_map(ReturnVisitNote::given).any(|answers| {
        answers.unit_rating.rating != Rating::Dissatisfied
            && answers.demands.iter().all(|demand| matches!(demand, Fulfilment::Done))
    });
    agreed || done || agreement_kept(matter)
}

/// 协议履行: the petitioner says so in a return visit; or what was promised since the agreement was kept, all of it.
fn agreement_kept(matter: &Matter) -> bool {
    let mut ends = matter.mediations.iter().rev().filter_map(|mediation| mediation.end.as_ref());
    let Some(end) = ends.find(|end| end.agreement.is_some()) else { return false };
    let said = matter
        .asked_in(matter.round)
        .filter_map(ReturnVisitNote::given)
        .any(|answers| answers.promise_kept == PromiseKept::Yes && answers.unit_rating.rating != Rating::Dissatisfied);
    let since = (0_u16..).zip(&matter.commitments).filter(|(_, promise)| promise.made_at.date() >= end.on);
    let mut kept = since.map(|(at, _)| matter.kept.iter().any(|kept| kept.commitment == at)).peekable();
    said || (kept.peek().is_some() && kept.all(|kept| kept))
}

/// Somebody came again, says that it is not solved, or was promised something that was not done.
fn still_asks(matter: &Matter, closed: NaiveDate) -> bool {
    let again = |kind| matches!(kind, FieldNoteKind::Reception | FieldNoteKind::Intake);
    matter.notes.iter().any(|note| again(note.kind) && note.at.date() > closed)
        || matter.intakes.iter().any(|linked| linked.at.date() > closed)
        || matter.said_unsolved()
        || matter.open_voices().next().is_some()
        || matter.clocks.iter().any(|clock| clock.kind == ClockKind::Commitment && clock.is_running())
}
