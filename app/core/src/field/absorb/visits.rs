//! Visits: at home, and afterwards.

use super::{Absorbed, Flag, Taking};
use crate::field::{HouseholdVisit, ReturnVisit, ReturnVisitOutcome};
use crate::matter::{Channel, Event, RefusedVisit, ReturnVisitNote, Stage, VisitNote};
use crate::text::Paragraph;
use crate::time::ClockKind;

impl Taking<'_> {
    pub(super) fn household_visit(&self, visit: &HouseholdVisit, absorbed: &mut Absorbed) {
        self.check_household(absorbed);
        if let Some(matter) = self.check_matter(absorbed) {
            let met = visit.result.met() && visit.mode.in_person();
            absorbed.events.push(self.visited(met, visit.note.clone()));
            if met {
                absorbed.events.extend(self.stop(matter, ClockKind::Meet));
            }
        }
        let stood_there = self.visited(true, None);
        self.raise_all(&visit.items, Channel::HomeVisit, Some(visit.household), &stood_there, absorbed);
    }

    pub(super) fn return_visit(&self, visit: &ReturnVisit, absorbed: &mut Absorbed) {
        let (answers, judgement, refused) = match &visit.outcome {
            ReturnVisitOutcome::Reached { answers, judgement } => (Some((**answers).clone()), Some(*judgement), None),
            ReturnVisitOutcome::NotReached { .. } => (None, None, None),
            ReturnVisitOutcome::Refused { note } => (None, None, Some(RefusedVisit { note: note.clone() })),
        };
        let problems = answers.as_ref().map(|a| a.new_problems.clone()).unwrap_or_default();
        let matter = self.check_matter(absorbed);
        if let Some(matter) = matter {
            let by_handler = matter.handled_by.contains(&self.actor.account);
            let in_time = matter.stage == Stage::AwaitingReturnVisit && visit.round == matter.round;
            if by_handler {
                absorbed.flags.push(Flag::VisitorIsHandler);
            }
            if matter.stage.is_open() && !in_time {
                absorbed.flags.push(Flag::NotAwaitingReturnVisit);
            }
            let counts = in_time && !by_handler;
            if counts && (answers.is_some() || refused.is_some()) {
                absorbed.events.extend(self.stop(matter, ClockKind::ReturnVisit));
                // Both offices were rated.
                absorbed.events.extend(answers.as_ref().and_then(|_| self.stop(matter, ClockKind::Evaluation)));
            }
            absorbed.events.push(Event::ReturnVisited(Box::new(ReturnVisitNote {
                record: self.record.id,
                round: visit.round,
                at: visit.at,
                by: self.actor.account,
                by_name: self.actor.name.clone(),
                answers,
                refused,
                judgement,
                counts,
            })));
        }
        let household = matter.and_then(|matter| matter.registration.household);
        let stood_there = self.visited(true, None);
        self.raise_all(&problems, Channel::HomeVisit, household, &stood_there, absorbed);
    }

    fn visited(&self, met: bool, note: Option<Paragraph>) -> Event {
        Event::Visited(Box::new(VisitNote {
            record: self.record.id,
            at: self.at,
            by: self.actor.account,
            by_name: self.actor.name.clone(),
            met,
            note,
        }))
    }
}
