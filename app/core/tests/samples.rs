//! 抽查回访: who may be sent, and what a visit that was drawn does to the matter: nothing but to be noted.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests")]

mod support;

use case_core::field::*;
use case_core::matter::*;
use case_core::prelude::*;
use case_core::sample::{Wanted, may_visit};
use support::*;

fn taken(world: &World, matter: &Matter, by: &Actor, outcome: ReturnVisitOutcome, drawn: bool) -> (Matter, Absorbed) {
    let record = return_visit(77, by, matter, world.now, outcome);
    let known = Known { matter: Some(matter), drawn, ..Known::default() };
    let absorbed = absorb(&record, by, &known, &world.cx());
    let after = absorbed.events.iter().fold(matter.clone(), apply);
    (after, absorbed)
}

fn not_met() -> ReturnVisitOutcome {
    ReturnVisitOutcome::NotReached { reason: text("家里没有人") }
}

/// Whose area is elsewhere; the petition office has none.
fn sent() -> Actor {
    Actor { area: Area(vec![]), ..actor(31, Role::Registrar) }
}

#[test]
fn a_drawn_visit_is_noted_and_moves_neither_stage_nor_clock_nor_figure() {
    let world = World::new();
    for stage in [Stage::Closed, Stage::Settled] {
        let matter = matter_at(&world, stage);
        let (after, absorbed) = taken(&world, &matter, &sent(), reached(Rating::Dissatisfied), true);
        assert_eq!((absorbed.flags.as_slice(), absorbed.sampled), (&[][..], Some(true)), "{stage:?}");
        let note = after.return_visits.last().unwrap();
        assert!(note.sampled && !note.counts && note.by == sent().account);
        assert_eq!((after.stage, &after.clocks, after.round), (matter.stage, &matter.clocks, matter.round));
        assert_eq!(after.said_unsolved(), matter.said_unsolved());
        assert_eq!(after.asked_in(after.round).count(), matter.asked_in(matter.round).count());
        let (before, now) = (case_core::report::Item::of(&matter, 3), case_core::report::Item::of(&after, 3));
        assert_eq!(now, before, "what figures are made of stays");
        let json = serde_json::to_string(&after).unwrap();
        assert_eq!(serde_json::from_str::<Matter>(&json).unwrap(), after);
    }
}

#[test]
fn an_attempt_leaves_nothing_in_the_file_and_a_refusal_is_a_result() {
    let world = World::new();
    let matter = matter_at(&world, Stage::Closed);
    let (after, absorbed) = taken(&world, &matter, &sent(), not_met(), true);
    assert_eq!((after, absorbed.flags.as_slice(), absorbed.sampled), (matter.clone(), &[][..], Some(false)));
    let (after, absorbed) = taken(&world, &matter, &sent(), ReturnVisitOutcome::Refused { note: None }, true);
    assert!(after.return_visits.last().unwrap().is_refused());
    assert_eq!((absorbed.flags.as_slice(), absorbed.sampled), (&[][..], Some(true)));
}

#[test]
fn who_was_not_drawn_or_has_it_in_hand_by_now_is_flagged_as_ever() {
    let world = World::new();
    let matter = matter_at(&world, Stage::Closed);
    let (after, absorbed) = taken(&world, &matter, &sent(), reached(Rating::Satisfied), false);
    assert_eq!((absorbed.flags.as_slice(), absorbed.sampled), (&[Flag::OutOfArea, Flag::MatterClosed][..], None));
    assert!(!after.return_visits.last().unwrap().sampled);
    let (_, absorbed) = taken(&world, &matter, &handler(), reached(Rating::Satisfied), true);
    assert!(absorbed.flags.contains(&Flag::VisitorIsHandler));
    assert_eq!(absorbed.sampled, None);
}

/// A return visit that is due anyway counts, whether or not the matter was drawn too.
#[test]
fn a_drawn_visit_that_is_due_anyway_counts() {
    let world = World::new();
    let matter = matter_at(&world, Stage::AwaitingReturnVisit);
    let (after, absorbed) = taken(&world, &matter, &visitor(), reached(Rating::Satisfied), true);
    assert!(after.return_visits.last().unwrap().counts && absorbed.flags.is_empty());
    let (after, _) = taken(&world, &matter, &visitor(), not_met(), true);
    assert_eq!(after.days_sought(), matter.days_sought() + 1);
}

#[test]
fn nobody_is_sent_who_took_part_or_is_of_the_unit_or_a_stranger_to_the_place() {
    let world = World::new();
    let matter = matter_at(&world, Stage::Closed);
    assert!(may_visit(&sent(), &matter));
    let village = Actor { area: Area(vec![code("350921101201")]), ..actor(41, Role::VillageOfficer) };
    let elsewhere = Actor { area: Area(vec![code("350921102201")]), ..village.clone() };
    assert!(may_visit(&village, &matter) && !may_visit(&elsewhere, &matter));
    let of_the_unit = Actor { unit: matter.unit, ..village.clone() };
    assert!(!may_visit(&of_the_unit, &matter), "of the unit that holds it");
    for part in [handler(), head(), supervisor()] {
        assert!(!may_visit(&Actor { role: Role::Registrar, unit: None, ..part.clone() }, &matter), "{}", part.name);
    }
    for role in Role::ALL {
        let sent = matches!(role, Role::Registrar | Role::Supervisor | Role::JointOffice);
        assert_eq!(may_visit(&Actor { area: Area(vec![]), ..actor(42, role) }, &matter), sent, "{role:?}");
    }
    let (after, _) = taken(&world, &matter, &sent(), reached(Rating::Satisfied), true);
    assert!(!may_visit(&sent(), &after), "who asked once does not check what was said then");
}

#[test]
fn only_what_was_closed_in_time_and_can_be_opened_again_is_drawn_from() {
    let world = World::new();
    let wanted = Wanted { count: 3, days: 30, unit: None };
    let closed = matter_at(&world, Stage::Closed);
    let on = closed.steps.iter().rev().find(|step| step.stage == Stage::Closed).unwrap().at.date();
    let later = |days: i64| on + chrono::TimeDelta::days(days);
    assert!(wanted.includes(&closed, on) && wanted.includes(&closed, later(30)));
    assert!(!wanted.includes(&closed, later(31)) && !wanted.includes(&closed, later(-1)));
    assert!(Wanted { unit: closed.unit, ..wanted }.includes(&closed, on));
    assert!(!Wanted { unit: Some(helper_unit()), ..wanted }.includes(&closed, on));
    for stage in [Stage::AwaitingReturnVisit, Stage::Handling, Stage::Reopened, Stage::Withdrawn, Stage::Archived] {
        assert!(!wanted.includes(&matter_at(&world, stage), on), "{stage:?}");
    }
}
