//! Acts of the office beside the main path: signing the opinion, handing a matter over, 督办, 约谈 and 建议,
//! and what becomes of a review that is taken back.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests")]

mod support;

use case_core::matter::*;
use case_core::prelude::*;
use support::*;

fn runs(matter: &Matter, kind: ClockKind) -> bool {
    matter.clocks.iter().any(|clock| clock.kind == kind && clock.is_running())
}

fn last(matter: &Matter, kind: ClockKind) -> &Clock {
    matter.clocks.iter().rev().find(|clock| clock.kind == kind).unwrap()
}

#[test]
fn nothing_is_delivered_before_the_head_has_signed_it() {
    let world = World::new();
    let matter = matter_at(&world, Stage::Approved);
    let deliver = Command::Deliver(receipt(world.now.date()));
    assert_eq!(decide(&matter, &handler(), &deliver, &world.cx()), Err(Refusal::NotSigned));
    assert!(!permitted(&matter, &handler()).contains(&CommandKind::Deliver));
    let sign = Command::SignOpinion { note: Some(text("同意发出")) };
    // Whoever wrote it does not sign it, and neither does the head of another unit.
    let mut elsewhere = head();
    elsewhere.unit = Some(helper_unit());
    assert_eq!(decide(&matter, &elsewhere, &sign, &world.cx()), Err(Refusal::OtherUnit));
    let refusal = Refusal::RoleMayNot { command: CommandKind::SignOpinion };
    for who in [handler(), registrar(), supervisor()] {
        assert_eq!(decide(&matter, &who, &sign, &world.cx()), Err(refusal), "{:?}", who.role);
    }
    let signed = world.give(matter, &head(), &sign);
    assert_eq!((signed.stage, signed.awaits_signature()), (Stage::Approved, None));
    assert!(signed.involves(head().account));
    assert_eq!(decide(&signed, &head(), &sign, &world.cx()), Err(Refusal::SignedAlready));
    assert_eq!(world.give(signed, &handler(), &deliver).stage, Stage::AwaitingReturnVisit);
}

#[test]
fn what_the_head_wrote_another_head_or_a_supervisor_signs() {
    let world = World::new();
    let mut matter = matter_at(&world, Stage::Accepted);
    matter = world.give(matter, &head(), &Command::Assign { handler: head().account });
    matter = world.give(matter, &head(), &Command::SubmitClosure { package: package() });
    matter = step(&world, matter, CommandKind::ApproveClosure);
    let sign = Command::SignOpinion { note: None };
    assert_eq!(decide(&matter, &head(), &sign, &world.cx()), Err(Refusal::OwnDraft));
    let deputy = actor(21, Role::UnitHead);
    assert!(decide(&matter, &deputy, &sign, &world.cx()).is_ok());
    assert!(decide(&matter, &supervisor(), &sign, &world.cx()).is_ok());
    assert!(decide(&matter, &registrar(), &sign, &world.cx()).is_err());
}

#[test]
fn each_round_is_signed_anew() {
    let world = World::new();
    let matter = matter_at(&world, Stage::Reopened);
    let matter = step(&world, matter, CommandKind::Assign);
    let matter = step(&world, step(&world, matter, CommandKind::SubmitClosure), CommandKind::ApproveClosure);
    let deliver = Command::Deliver(receipt(world.now.date()));
    assert_eq!(decide(&matter, &handler(), &deliver, &world.cx()), Err(Refusal::NotSigned));
}

#[test]
fn a_colleague_goes_on_and_who_had_it_stays_out_of_its_approval() {
    let world = World::new();
    let matter = matter_at(&world, Stage::Handling);
    let over = Command::HandOver { handler: colleague().account, reason: text("原承办人下乡驻村") };
    assert!(matches!(decide(&matter, &handler(), &over, &world.cx()), Err(Refusal::RoleMayNot { .. })));
    let same = Command::HandOver { handler: handler().account, reason: text("还是他") };
    assert_eq!(decide(&matter, &head(), &same, &world.cx()), Err(Refusal::HandledAlready));
    let clocks = matter.clocks.clone();
    let matter = world.give(matter, &head(), &over);
    assert_eq!((matter.stage, matter.handler), (Stage::Handling, Some(colleague().account)));
    assert_eq!(matter.clocks, clocks);
    assert_eq!(matter.hand_overs[0].from, Some(handler().account));
    for who in [handler(), colleague()] {
        assert!(matter.handled_by.contains(&who.account));
    }
    let submit = Command::SubmitClosure { package: package() };
    assert_eq!(decide(&matter, &handler(), &submit, &world.cx()), Err(Refusal::NotTheHandler));
    assert_eq!(world.give(matter, &colleague(), &submit).stage, Stage::ClosureSubmitted);
}

#[test]
fn supervision_runs_beside_the_path_and_is_answered_once() {
    let mut world = World::new();
    let matter = matter_at(&world, Stage::Handling);
    let (today, due) = (world.now.date(), day("2026-05-18"));
    let matter = world.give(matter, &supervisor(), &oversee(OversightAct::Supervision, due));
    let joint = actor(30, Role::JointOffice);
    let matter = world.give(matter, &joint, &oversee(OversightAct::Interview, day("2026-05-20")));
    assert_eq!((matter.stage, matter.oversight.len()), (Stage::Handling, 2));
    assert_eq!(matter.oversight_clock(1).unwrap().1.due, day("2026-05-20"));
    let answer =
        |oversight, adoption, on| Command::AnswerOversight {
            oversight, adoption, on, text: text("已经上门见面")
        };
    let adopted = answer(0, Some(Adoption::Full), today);
    assert_eq!(decide(&matter, &handler(), &adopted, &world.cx()), Err(Refusal::AdoptionUnneeded));
    assert_eq!(decide(&matter, &helper(), &answer(0, None, today), &world.cx()), Err(Refusal::OtherUnit));
    assert_eq!(decide(&matter, &handler(), &answer(2, None, today), &world.cx()), Err(Refusal::NoSuchOversight));
    world.days(3);
    let matter = world.give(matter, &handler(), &answer(1, None, world.now.date()));
    let clock = |at| matter.oversight_clock(at).unwrap().1.clone();
    assert_eq!((clock(0).stopped, clock(1).stopped), (None, Some(world.now.date())));
    assert_eq!(
        decide(&matter, &handler(), &answer(1, None, world.now.date()), &world.cx()),
        Err(Refusal::NoSuchOversight)
    );
    // The day of the answer lies between the act and today.
    let early = answer(0, None, today.pred_opt().unwrap());
    assert!(matches!(decide(&matter, &supervisor(), &early, &world.cx()), Err(Refusal::DateTooEarly { .. })));
}

#[test]
fn advice_says_whether_it_was_adopted_and_keeps_the_file_out_of_the_archive() {
    let mut world = World::new();
    let matter = matter_at(&world, Stage::Withdrawn);
    let nobody = oversee(OversightAct::Policy, world.now.date());
    assert_eq!(decide(&matter, &supervisor(), &nobody, &world.cx()), Err(Refusal::NoAddressee));
    let advise = Command::Oversee {
        act: OversightAct::Policy,
        to: Some(text("县政府办公室")),
        breach: text("路灯管护没有规定"),
        wanted: text("出台路灯管护办法"),
        due: day("2026-06-10"),
    };
    assert!(matches!(decide(&matter, &head(), &advise, &world.cx()), Err(Refusal::RoleMayNot { .. })));
    let matter = world.give(matter, &supervisor(), &advise);
    world.days(200);
    let archive = Command::Archive { volume: text("2026-001"), pages: 12, keep: Some(Keeping::Long) };
    let open = Refusal::NotArchivable { gap: ArchiveGap::OversightOpen };
    assert_eq!(decide(&matter, &registrar(), &archive, &world.cx()), Err(open));
    let answer =
        |adoption| Command::AnswerOversight { oversight: 0, adoption, on: world.now.date(), text: text("已出台") };
    assert_eq!(decide(&matter, &supervisor(), &answer(None), &world.cx()), Err(Refusal::AdoptionNeeded));
    let matter = world.give(matter, &supervisor(), &answer(Some(Adoption::Partly)));
    assert_eq!(world.give(matter, &registrar(), &archive).stage, Stage::Archived);
}

#[test]
fn a_review_that_is_taken_back_leaves_what_is_left_of_the_thirty_days() {
    let mut world = World::new();
    let matter = matter_at(&world, Stage::Closed);
    let until = last(&matter, ClockKind::ReviewApply).due;
    let matter = step(&world, matter, CommandKind::RequestReview);
    world.days(10);
    let matter = step(&world, matter, CommandKind::WithdrawReview);
    assert_eq!((matter.stage, matter.review(ReviewLevel::Review)), (Stage::Closed, None));
    assert!(!runs(&matter, ClockKind::ReviewDecide));
    assert!(runs(&matter, ClockKind::Observation), "whether it is settled is observed again");
    assert!(runs(&matter, ClockKind::ReviewApply));
    assert_eq!(last(&matter, ClockKind::ReviewApply).due, until, "no day more, no day less");
    // Within it the right is there again; after it, not.
    let again = request_review(ReviewLevel::Review, world.now.date());
    assert!(decide(&matter, &registrar(), &again, &world.cx()).is_ok());
    world.days(40);
    let late = request_review(ReviewLevel::Review, world.now.date());
    assert!(matches!(decide(&matter, &registrar(), &late, &world.cx()), Err(Refusal::WindowClosed { .. })));
}

#[test]
fn a_review_taken_back_after_its_thirty_days_leaves_no_window() {
    let mut world = World::new();
    let matter = step(&world, matter_at(&world, Stage::AwaitingReturnVisit), CommandKind::RequestReview);
    world.days(31);
    let matter = step(&world, matter, CommandKind::WithdrawReview);
    assert_eq!(matter.stage, Stage::AwaitingReturnVisit, "where it stood");
    assert!(!runs(&matter, ClockKind::ReviewApply));
    assert!(!runs(&matter, ClockKind::Observation), "it has not been closed yet");
}

#[test]
fn where_the_province_asks_for_it_a_review_is_taken_within_three_working_days() {
    let mut world = World::new();
    let closed = matter_at(&world, Stage::Closed);
    let plain = step(&world, closed.clone(), CommandKind::RequestReview);
    let take = Command::TakeReview { on: world.now.date() };
    let idle = Refusal::NothingRuns { clock: ClockKind::ReviewTake };
    assert_eq!(decide(&plain, &reviewer(), &take, &world.cx()), Err(idle));
    world.rules.review_take = Some(3);
    // Friday the 15th: three working days on it is Wednesday the 20th.
    world.now = at("2026-05-15T16:00");
    let asked = step(&world, closed, CommandKind::RequestReview);
    assert_eq!(last(&asked, ClockKind::ReviewTake).due, day("2026-05-20"));
    let taken = step(&world, asked.clone(), CommandKind::TakeReview);
    assert!(!runs(&taken, ClockKind::ReviewTake) && runs(&taken, ClockKind::ReviewDecide));
    assert_eq!(taken.reviews[0].taken_on, Some(world.now.date()));
    // An opinion says as much.
    assert!(!runs(&step(&world, asked, CommandKind::DecideReview), ClockKind::ReviewTake));
}

#[test]
fn somebody_from_outside_is_let_in_for_some_time_and_does_nothing() {
    let mut world = World::new();
    let matter = matter_at(&world, Stage::Handling);
    let who = observer().account;
    let admit = |until| Command::AdmitObserver { account: who, until, reason: text("作为听证员查阅") };
    let (today, until) = (world.now.date(), day("2026-05-21"));
    for actor in [handler(), head(), registrar(), observer()] {
        assert!(matches!(decide(&matter, &actor, &admit(until), &world.cx()), Err(Refusal::RoleMayNot { .. })));
    }
    let past = decide(&matter, &supervisor(), &admit(today.pred_opt().unwrap()), &world.cx());
    assert!(matches!(past, Err(Refusal::DateTooEarly { .. })));
    let dismiss = Command::DismissObserver { account: who };
    assert_eq!(decide(&matter, &supervisor(), &dismiss, &world.cx()), Err(Refusal::NotAdmitted));
    let admitted = world.give(matter, &actor(30, Role::JointOffice), &admit(until));
    assert!(admitted.admits(who, until) && !admitted.admits(who, until.succ_opt().unwrap()));
    assert!(permitted(&admitted, &observer()).is_empty());
    assert_eq!(decide(&admitted, &supervisor(), &admit(until), &world.cx()), Err(Refusal::AdmittedAlready));
    let dismissed = world.give(admitted.clone(), &supervisor(), &dismiss);
    assert!(!dismissed.admits(who, today));
    assert!(world.give(dismissed, &supervisor(), &admit(until)).admits(who, today), "and again");
    // Once it has run out by itself, there is nothing to end, and it can be given anew.
    world.days(11);
    assert_eq!(decide(&admitted, &supervisor(), &dismiss, &world.cx()), Err(Refusal::NotAdmitted));
    assert!(decide(&admitted, &supervisor(), &admit(day("2026-06-01")), &world.cx()).is_ok());
}
