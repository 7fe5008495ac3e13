//! Visits: at home, and afterwards.

use super::raise::Brought;
use super::{Absorbed, Flag, Taking};
use crate::field::{HouseholdVisit, Respondent, ReturnVisit, ReturnVisitOutcome, VisitMode, VisitResult};
use crate::matter::{Channel, Event, Matter, RefusedVisit, ReturnVisitNote, Stage, VisitNote};
use crate::text::Paragraph;
use crate::time::ClockKind;

impl Taking<'_> {
    pub(super) fn household_visit(&self, visit: &HouseholdVisit, absorbed: &mut Absorbed) {
        self.check_household(absorbed);
        let note = self.visited(visit.mode, Some(visit.result), visit.note.clone());
        if let Some(matter) = self.check_matter(absorbed) {
            let met = note.meeting().with_petitioner();
            absorbed.events.push(Event::Visited(Box::new(note.clone())));
            if met {
                absorbed.events.extend(self.stop(matter, ClockKind::Meet));
            }
        }
        let brought = Brought::AtVisit(VisitNote { note: None, ..note });
        self.raise_all(&visit.items, Channel::HomeVisit, Some(visit.household), &brought, absorbed);
    }

    pub(super) fn return_visit(&self, visit: &ReturnVisit, absorbed: &mut Absorbed) {
        let (answers, judgement, refused) = match &visit.outcome {
            ReturnVisitOutcome::Reached { answers, judgement } => (Some((**answers).clone()), Some(*judgement), None),
            ReturnVisitOutcome::NotReached { .. } => (None, None, None),
            ReturnVisitOutcome::Refused { note } => (None, None, Some(RefusedVisit { note: note.clone() })),
        };
        let problems = answers.as_ref().map(|a| a.new_problems.clone()).unwrap_or_default();
        let asked = answers.as_ref().map(|a| a.respondent);
        let matter = self.check_matter(absorbed);
        if let Some(matter) = matter {
            let own = self.is_of_those_who_handled(matter);
            let in_time = matter.stage == Stage::AwaitingReturnVisit && visit.round == matter.round;
            if own {
                absorbed.flags.push(Flag::VisitorIsHandler);
            }
            if matter.stage.is_open() && !in_time {
                absorbed.flags.push(Flag::NotAwaitingReturnVisit);
            }
            let counts = in_time && !own;
            // The thirty days of judging are the petitioner's own: no official's record ends them.
            if counts && (answers.is_some() || refused.is_some()) {
                absorbed.events.extend(self.stop(matter, ClockKind::ReturnVisit));
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
                mode: Some(visit.mode),
            })));
        }
        let household = matter.and_then(|matter| matter.registration.household);
        // An agent who answers is not of the family, and not the petitioner.
        let met = (asked == Some(Respondent::Petitioner)).then_some(VisitResult::MetPerson);
        let brought = Brought::AtVisit(self.visited(visit.mode, met, None));
        self.raise_all(&problems, Channel::HomeVisit, household, &brought, absorbed);
    }

    /// 回访 is made by the petition office or somebody drawn for it (spec 2.2, V1): by nobody who took part, and by
    /// nobody of the units that handled it or helped.
    fn is_of_those_who_handled(&self, matter: &Matter) -> bool {
        let unit = self.actor.unit;
        let handled = unit.is_some_and(|unit| matter.unit == Some(unit) || matter.is_helped_by(unit));
        handled || matter.involves(self.actor.account)
    }

    fn visited(&self, mode: VisitMode, result: Option<VisitResult>, note: Option<Paragraph>) -> VisitNote {
        VisitNote {
            record: self.record.id,
            at: self.at,
            by: self.actor.account,
            by_name: self.actor.name.clone(),
            met: result == Some(VisitResult::MetPerson) && mode.in_person(),
            mode: Some(mode),
            result,
            note,
        }
    }
}
