//! The state machine: cell by cell, and along the main path.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests")]

mod support;

use case_core::field::{Flag, Judgement, Rating, Respondent, ReturnVisitOutcome};
use case_core::matter::*;
use case_core::prelude::*;
use case_core::time::{ClockState, nearest};
use support::*;

#[test]
fn every_cell_of_stage_and_command_and_role_is_as_the_table_says() {
    let world = World::new();
    let mut legal = 0;
    for stage in Stage::ALL {
        let matter = matter_at(&world, stage);
        for kind in CommandKind::ALL {
            let row = table::row(kind);
            for role in Role::ALL {
                // The person who is in the right place for the role: of the unit, the handler.
                let mut who = actor(if role == Role::UnitHandler { 1 } else { 20 }, role);
                who.unit = Some(unit());
                let verdict = decide(&matter, &who, &command(kind, &matter, world.now.date()), &world.cx());
                if !row.from.contains(&stage) {
                    assert_eq!(verdict, Err(Refusal::IllegalMove { stage, command: kind }));
                } else if !row.roles.contains(&role) {
                    assert_eq!(verdict, Err(Refusal::RoleMayNot { command: kind }));
                } else if let Ok(events) = verdict {
                    legal += 1;
                    let after = events.iter().fold(matter.clone(), apply);
                    let stays = after.stage == stage && row.to.is_empty();
                    assert!(stays || row.to.contains(&after.stage), "{stage:?} {kind:?}: {:?}", after.stage);
                    assert!(after.version > matter.version);
                } else {
                    // The stage and the role are right; what else is asked for has a refusal of its own.
                    let refusal = verdict.unwrap_err();
                    assert!(!matches!(refusal, Refusal::IllegalMove { .. }), "{stage:?} {kind:?} {role:?}");
                }
            }
        }
    }
    assert!(legal >= 200, "{legal} legal cells");
}

#[test]
fn permitted_agrees_with_decide() {
    let world = World::new();
    for stage in Stage::ALL {
        let matter = matter_at(&world, stage);
        for who in [handler(), head(), registrar(), supervisor(), visitor(), reviewer(), rechecker(), helper()] {
            let offered = permitted(&matter, &who);
            for kind in CommandKind::ALL {
                let verdict = decide(&matter, &who, &command(kind, &matter, world.now.date()), &world.cx());
                if verdict.is_ok() {
                    assert!(offered.contains(&kind));
                }
                if !offered.contains(&kind) {
                    assert!(verdict.is_err());
                }
            }
        }
    }
}

#[test]
fn the_main_path_with_one_return_keeps_the_legal_clock() {
    let mut world = World::new();
    let matter = matter_at(&world, Stage::ClosureSubmitted);
    let due = matter.legal_due().unwrap();
    assert_eq!(due, day("2026-07-10"));
    world.days(2);
    let back = Command::ReturnClosure {
        reasons: vec![ReturnReason::NotPerformed, ReturnReason::NotPerformed],
        text: text("灯还没亮"),
        due: day("2026-05-20"),
    };
    let matter = world.give(matter, &supervisor(), &back);
    assert_eq!((matter.stage, matter.round), (Stage::Returned, 2));
    assert_eq!(matter.legal_due(), Some(due), "a return never moves the legal clock");
    assert_eq!(matter.nearest_clock().unwrap().due, day("2026-05-14"), "three days to meet");
    let Verdict::Returned { reasons, .. } = &matter.rounds[0].verdict else { panic!() };
    assert_eq!(reasons.len(), 1);

    let matter = world.give(matter.clone(), &handler(), &Command::SubmitClosure { package: package() });
    let shown = matter.closure_digest().unwrap();
    let matter = world.give(matter, &supervisor(), &Command::ApproveClosure { shown });
    assert_eq!(matter.rounds.len(), 2);
    let matter = step(&world, matter, CommandKind::SignOpinion);
    let matter = world.give(matter.clone(), &handler(), &command(CommandKind::Deliver, &matter, world.now.date()));
    assert!(matter.clocks.iter().all(|c| c.kind != ClockKind::Handling || c.stopped.is_some()));
    let record = return_visit(1, &visitor(), &matter, world.now, reached(Rating::Satisfied));
    let (matter, absorbed) = absorb_into(&world, matter, &visitor(), &record);
    assert!(absorbed.flags.is_empty());
    let matter = world.give(matter, &supervisor(), &Command::Close);
    assert_eq!(matter.stage, Stage::Closed);
    assert!(nearest(&matter.clocks).is_none());
}

#[test]
fn nobody_approves_returns_or_closes_their_own_handling() {
    let world = World::new();
    let mut boss = actor(40, Role::Supervisor);
    boss.unit = Some(unit());
    let mut matter = matter_at(&world, Stage::Accepted);
    matter = world.give(matter, &head(), &Command::Assign { handler: boss.account });
    matter = world.give(matter, &boss, &Command::SubmitClosure { package: package() });
    for kind in [CommandKind::ApproveClosure, CommandKind::ReturnClosure] {
        let verdict = decide(&matter, &boss, &command(kind, &matter, world.now.date()), &world.cx());
        assert_eq!(verdict, Err(Refusal::OwnHandling));
    }
    let shown = matter.closure_digest().unwrap();
    assert!(decide(&matter, &supervisor(), &Command::ApproveClosure { shown }, &world.cx()).is_ok());
}

#[test]
fn an_approval_names_exactly_what_was_shown() {
    let world = World::new();
    let matter = matter_at(&world, Stage::ClosureSubmitted);
    let shown = matter.closure_digest().unwrap();
    // Meanwhile a visit comes in from a phone that was offline.
    let note = VisitNote {
        record: RecordId(uuid(1)),
        at: world.now,
        by: visitor().account,
        by_name: text("来访干部"),
        met: true,
        mode: None,
        result: None,
        note: Some(text("群众说灯没亮")),
    };
    let changed = apply(matter, &Event::Visited(Box::new(note)));
    let verdict = decide(&changed, &supervisor(), &Command::ApproveClosure { shown }, &world.cx());
    assert_eq!(verdict, Err(Refusal::ContentChanged));
}

#[test]
fn there_is_no_way_to_closed_but_through_an_approval() {
    let world = World::new();
    for stage in Stage::ALL.into_iter().filter(|s| *s != Stage::AwaitingReturnVisit) {
        let verdict = decide(&matter_at(&world, stage), &supervisor(), &Command::Close, &world.cx());
        assert_eq!(verdict, Err(Refusal::IllegalMove { stage, command: CommandKind::Close }));
    }
}

#[test]
fn a_package_must_answer_each_demand_and_say_what_was_done() {
    let world = World::new();
    let matter = matter_at(&world, Stage::Handling);
    let submit = |package| decide(&matter, &handler(), &Command::SubmitClosure { package }, &world.cx());
    let mut short = package();
    short.answers.pop();
    let fault = PackageFault::AnswersDoNotMatch { demands: 2, answers: 1 };
    assert_eq!(submit(short), Err(Refusal::Package(fault)));
    let mut idle = package();
    idle.answers[0].performed = Performance::Nothing;
    let fault = PackageFault::SupportWithoutPerformance { demand: 0 };
    assert_eq!(submit(idle), Err(Refusal::Package(fault)));
    let mut future = package();
    future.answers[0].performed = Performance::Done { on: day("2026-05-12"), evidence: text("照片") };
    assert_eq!(submit(future), Err(Refusal::Package(PackageFault::DoneInFuture { demand: 0 })));
    let mut past = package();
    past.answers[0].performed = Performance::Promised { by: day("2026-05-10") };
    assert_eq!(submit(past), Err(Refusal::Package(PackageFault::PromiseInPast { demand: 0 })));
}

#[test]
fn a_rework_day_lies_within_the_legal_one_until_that_has_passed() {
    let mut world = World::new();
    let matter = matter_at(&world, Stage::ClosureSubmitted);
    let back = |due| Command::ReturnClosure { reasons: vec![ReturnReason::NotMet], text: text("未见面"), due };
    let late = day("2026-07-11");
    let refusal = Refusal::AfterLegalDue { date: late, latest: day("2026-07-10"), clock: ClockKind::Handling };
    assert_eq!(decide(&matter, &supervisor(), &back(late), &world.cx()), Err(refusal));
    assert!(decide(&matter, &supervisor(), &back(day("2026-07-10")), &world.cx()).is_ok());
    world.days(90);
    assert!(decide(&matter, &supervisor(), &back(world.now.date()), &world.cx()).is_ok());
    let none = Command::ReturnClosure { reasons: vec![], text: text("?"), due: world.now.date() };
    assert_eq!(decide(&matter, &supervisor(), &none, &world.cx()), Err(Refusal::NoReason));
}

#[test]
fn days_that_cannot_be_are_refused() {
    let world = World::new();
    let signed = matter_at(&world, Stage::SignedFor);
    let accept = |notice_delivered_on| Command::Accept { notice_delivered_on, route: Route::Petition };
    let tomorrow = day("2026-05-12");
    let verdict = decide(&signed, &handler(), &accept(tomorrow), &world.cx());
    assert_eq!(verdict, Err(Refusal::DateInFuture { date: tomorrow }));
    let verdict = decide(&signed, &handler(), &accept(day("2026-05-10")), &world.cx());
    assert!(matches!(verdict, Err(Refusal::DateTooEarly { .. })));
    let mut future = registration();
    future.received_on = tomorrow;
    let verdict = register(MatterId(uuid(1)), MatterNumber::compose(35, world.now, 1), future, None, None, &world.cx());
    assert_eq!(verdict, Err(Refusal::DateInFuture { date: tomorrow }));
}

#[test]
fn another_unit_and_another_official_may_not_handle() {
    let world = World::new();
    let waiting = matter_at(&world, Stage::AwaitingSignature);
    let mut stranger = handler();
    stranger.unit = Some(UnitId(uuid(901)));
    assert_eq!(decide(&waiting, &stranger, &Command::SignFor, &world.cx()), Err(Refusal::OtherUnit));
    stranger.unit = None;
    assert_eq!(decide(&waiting, &stranger, &Command::SignFor, &world.cx()), Err(Refusal::OtherUnit));
    let handling = matter_at(&world, Stage::Handling);
    let colleague = actor(30, Role::UnitHandler);
    let verdict = decide(&handling, &colleague, &Command::SubmitClosure { package: package() }, &world.cx());
    assert_eq!(verdict, Err(Refusal::NotTheHandler));
}

#[test]
fn three_documented_failed_attempts_replace_the_return_visit_and_two_do_not() {
    let mut world = World::new();
    let mut matter = matter_at(&world, Stage::AwaitingReturnVisit);
    for attempt in 0..3_u8 {
        let verdict = decide(&matter, &supervisor(), &Command::Close, &world.cx());
        assert_eq!(verdict, Err(Refusal::NoReturnVisit { attempts: attempt, needed: 3 }));
        let outcome = ReturnVisitOutcome::NotReached { reason: text("家中无人") };
        let record = return_visit(u128::from(attempt) + 1, &visitor(), &matter, world.now, outcome);
        matter = absorb_into(&world, matter, &visitor(), &record).0;
        world.days(1);
    }
    assert!(decide(&matter, &supervisor(), &Command::Close, &world.cx()).is_ok());
}

#[test]
fn a_refused_return_visit_is_no_answer_in_the_new_form_and_in_the_old() {
    let world = World::new();
    let new = ReturnVisitOutcome::Refused { note: Some(text("他说不用问了")) };
    // As phones sent it before: empty answers. Whatever stands in them counts for nothing.
    let mut empty = answers(Rating::Dissatisfied);
    empty.respondent = Respondent::Refused;
    let old = ReturnVisitOutcome::Reached { answers: Box::new(empty), judgement: Judgement::Close };
    for outcome in [new, old] {
        let matter = matter_at(&world, Stage::AwaitingReturnVisit);
        let record = return_visit(1, &visitor(), &matter, world.now, outcome);
        assert_eq!(record.check(), Ok(()));
        let (matter, absorbed) = absorb_into(&world, matter, &visitor(), &record);
        assert_eq!((absorbed.flags, absorbed.raised), (vec![], vec![]));
        let visit = &matter.return_visits[0];
        assert!(visit.is_refused() && visit.is_reached() && visit.counts);
        assert_eq!(visit.given(), None, "neither satisfied nor dissatisfied");
        assert!(!matter.said_unsolved());
        // The asking is over: the petitioner was reached, and need not be asked again.
        assert!(matter.clocks.iter().any(|clock| clock.kind == ClockKind::ReturnVisit && clock.stopped.is_some()));
        assert!(decide(&matter, &supervisor(), &Command::Close, &world.cx()).is_ok());
    }
}

#[test]
fn a_return_visit_by_the_handler_is_kept_but_does_not_count() {
    let world = World::new();
    let matter = matter_at(&world, Stage::AwaitingReturnVisit);
    let record = return_visit(1, &handler(), &matter, world.now, reached(Rating::Satisfied));
    let (matter, absorbed) = absorb_into(&world, matter, &handler(), &record);
    assert_eq!(absorbed.flags, vec![Flag::VisitorIsHandler]);
    assert_eq!(matter.return_visits.len(), 1);
    assert!(matches!(decide(&matter, &supervisor(), &Command::Close, &world.cx()), Err(Refusal::NoReturnVisit { .. })));
}

#[test]
fn the_local_promise_runs_for_first_intakes_only() {
    let world = World::new();
    let (matter, _) = registered(&world);
    let kinds: Vec<_> = matter.clocks.iter().map(|c| (c.kind, c.due)).collect();
    let expected = [
        (ClockKind::Transfer, day("2026-05-26")),
        (ClockKind::Meet, day("2026-05-14")),
        (ClockKind::Feedback, day("2026-05-18")),
        (ClockKind::Settle, day("2026-06-01")),
    ];
    assert_eq!(kinds, expected);
    let mut repeat = registration();
    repeat.intake = Intake::Repeat;
    let number = MatterNumber::compose(35, world.now, 1);
    let events = register(MatterId(uuid(1)), number, repeat, None, None, &world.cx()).unwrap();
    assert_eq!(replay(&events).unwrap().clocks.len(), 1);
}

#[test]
fn what_is_missing_is_named() {
    let mut world = World::new();
    let matter = matter_at(&world, Stage::ClosureSubmitted);
    assert_eq!(matter.gaps(world.now.date()), vec![Gap::NotMet, Gap::NoFeedback]);
    world.days(5);
    let gaps = matter.gaps(world.now.date());
    assert!(gaps.contains(&Gap::Late { clock: ClockKind::Meet }));
    let overdue = matter.clocks.iter().filter(|c| matches!(c.state(world.now.date()), ClockState::Overdue { .. }));
    assert_eq!(overdue.count(), 2, "meeting and review");
}
