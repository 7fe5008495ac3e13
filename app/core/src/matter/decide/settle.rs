//! 已化解: computed once the time of observation is over; the supervisor may veto it.

use chrono::NaiveDate;

use super::Context;
use crate::field::{Fulfilment, Rating};
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

/// The petitioner agreed, or everything was done as the petitioner says, or an agreement was kept.
fn was_met(matter: &Matter) -> bool {
    let agreed = matter.delivery.as_ref().is_some_and(|delivery| delivery.opinion == PetitionerOpinion::Agrees);
    let done = matter.counting_return_visits().filter_map(ReturnVisitNote::given).any(|answers| {
        answers.unit_rating.rating != Rating::Dissatisfied
            && answers.demands.iter().all(|demand| matches!(demand, Fulfilment::Done))
    });
    let by_agreement = matter.mediations.iter().any(|m| m.end.as_ref().is_some_and(|end| end.agreement.is_some()));
    agreed || done || by_agreement
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
