//! Who was met, how, and what follows from it: said as what it was, confirmed and denied only where it was at the home.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests")]

mod support;

use case_core::field::*;
use case_core::matter::*;
use case_core::notice::{Occasion, occasion};
use case_core::prelude::*;
use case_core::public::{Happening, NextAct, PublicStatus, public_status};
use support::*;

const HOUSEHOLD: HouseholdId = HouseholdId(uuid::Uuid::from_u128(60));

fn visit(n: u128, matter: &Matter, mode: VisitMode, result: VisitResult) -> Record {
    let at = at("2026-05-11T08:30");
    let payload = serde_json::json!({
        "kind": "household_visit", "household": HOUSEHOLD, "matter": matter.id, "started": at,
        "mode": mode, "result": result,
    });
    Record {
        id: RecordId(uuid(n)),
        device: DeviceId(uuid(50)),
        sequence: 1,
        by: visitor().account,
        made_at: at,
        payload: serde_json::from_value(payload).unwrap(),
    }
}

fn page(world: &World, matter: &Matter) -> PublicStatus {
    public_status(matter, None, world.now.date(), &world.calendar)
}

fn meet_stopped(matter: &Matter) -> bool {
    matter.clocks.iter().any(|clock| clock.kind == ClockKind::Meet && clock.stopped.is_some())
}

fn raising(n: u128, petitioner: &str) -> ReportedItem {
    ReportedItem {
        kind: ItemKind::Demand,
        summary: text("自来水三天没来"),
        urgency: Urgency::Normal,
        solved_on_spot: false,
        promised: None,
        raise: Some(RaisedMatter {
            id: MatterId(uuid(n)),
            title: text("自来水停水"),
            demands: vec![Demand(text("恢复供水"))],
            category: Category::Construction,
            petitioner: text(petitioner),
            phone: None,
            interview: None,
            code: None,
        }),
    }
}

#[test]
fn only_the_petitioner_in_person_ends_the_three_days() {
    let world = World::new();
    let (matter, _) = registered(&world);
    for mode in VisitMode::ALL {
        for result in VisitResult::ALL {
            let record = visit(1, &matter, mode, result);
            let (after, absorbed) = absorb_into(&world, matter.clone(), &visitor(), &record);
            let met = result == VisitResult::MetPerson && matches!(mode, VisitMode::AtHome | VisitMode::Reception);
            assert_eq!(meet_stopped(&after), met, "{mode:?} {result:?}");
            assert_eq!(!after.gaps(world.now.date()).contains(&Gap::NotMet), met, "{mode:?} {result:?}");
            // Only what is said to have been at the home is there to be confirmed, and a message goes out for it.
            let home = mode == VisitMode::AtHome;
            let status = page(&world, &after);
            assert_eq!(status.visits.len(), usize::from(home), "{mode:?} {result:?}");
            assert_eq!(occasion(&absorbed.events, &after) == Some(Occasion::Visited), home);
            let denial = may_say(&after, Says::VisitDenied { visit: record.id }, world.now.date());
            assert_eq!(denial.is_ok(), home, "{mode:?} {result:?}");
        }
    }
}

#[test]
fn a_visit_is_told_as_what_it_was() {
    let world = World::new();
    let (matter, _) = registered(&world);
    for (mode, result, way, reached) in [
        (VisitMode::AtHome, VisitResult::MetPerson, Way::AtHome, Reached::Petitioner),
        (VisitMode::AtHome, VisitResult::MetFamily, Way::AtHome, Reached::Family),
        (VisitMode::AtHome, VisitResult::NotAtHome, Way::AtHome, Reached::Nobody),
        (VisitMode::Phone, VisitResult::MetPerson, Way::Phone, Reached::Petitioner),
        (VisitMode::Reception, VisitResult::MetPerson, Way::Received, Reached::Petitioner),
    ] {
        let (after, _) = absorb_into(&world, matter.clone(), &visitor(), &visit(1, &matter, mode, result));
        let told = page(&world, &after).steps.into_iter().any(|step| step.what == Happening::Met { way, reached });
        assert!(told, "{mode:?} {result:?}");
        let json = serde_json::to_string(&after).unwrap();
        assert_eq!(serde_json::from_str::<Matter>(&json).unwrap(), after);
    }
}

/// A note of before its way was kept reads, keeps its meaning, and is written as it was.
#[test]
fn an_older_note_says_no_more_than_it_knows() {
    let json = r#"{"record":"00000000-0000-0000-0000-000000000001","at":1778459400000,"by":"00000000-0000-0000-0000-000000000005","by_name":"测试干部","met":true}"#;
    let note: VisitNote = serde_json::from_str(json).unwrap();
    let meeting = note.meeting();
    assert_eq!((meeting.way, meeting.reached), (Way::Unsaid, Reached::Unclear));
    assert!(meeting.way.at_home() && meeting.with_petitioner());
    assert_eq!(serde_json::to_string(&note).unwrap(), json);
    let missed = VisitNote { met: false, ..note }.meeting();
    assert!(missed.reached == Reached::Nobody && !missed.with_petitioner());
}

#[test]
fn a_reception_is_no_visit_to_the_home_and_a_neighbour_is_not_the_petitioner() {
    let world = World::new();
    let (matter, _) = registered(&world);
    for (visitor_name, met) in [("王小明", true), (" 王 小明 ", true), ("王小明、李四", true), ("邻居老张", false)]
    {
        let payload = serde_json::json!({
            "kind": "reception", "at": world.now, "place": "县信访局", "visitor": visitor_name, "people": 1,
            "matter": matter.id, "subject": "路灯", "items": [raising(300, "王小明")],
        });
        let plain = visit(9, &matter, VisitMode::AtHome, VisitResult::MetPerson);
        let record = Record { payload: serde_json::from_value(payload).unwrap(), ..plain };
        let (after, absorbed) = absorb_into(&world, matter.clone(), &visitor(), &record);
        assert_eq!(meet_stopped(&after), met, "{visitor_name}");
        let status = page(&world, &after);
        assert!(status.visits.is_empty(), "nothing to deny");
        let denial = Says::VisitDenied { visit: record.id };
        assert_eq!(may_say(&after, denial, world.now.date()), Err(Unsayable::NoSuchVisit));
        let reached = if met { Reached::Petitioner } else { Reached::Other };
        assert!(status.steps.iter().any(|step| step.what == Happening::Met { way: Way::Received, reached }));
        // And the matter that was raised there has met its own petitioner, or has not.
        let stops = |event: &Event| matches!(event, Event::ClockStopped { kind: ClockKind::Meet, .. });
        assert_eq!(absorbed.raised[0].events.iter().any(stops), met, "{visitor_name}");
    }
}

#[test]
fn what_is_raised_in_a_call_has_not_met_its_petitioner() {
    let world = World::new();
    let (matter, _) = registered(&world);
    for (mode, result, met) in [
        (VisitMode::AtHome, VisitResult::MetPerson, true),
        (VisitMode::AtHome, VisitResult::MetFamily, false),
        (VisitMode::Phone, VisitResult::MetPerson, false),
        (VisitMode::Video, VisitResult::MetPerson, false),
    ] {
        let mut record = visit(1, &matter, mode, result);
        if let Payload::HouseholdVisit(visit) = &mut record.payload {
            visit.items = vec![raising(300, "王小明")];
        }
        let (_, absorbed) = absorb_into(&world, matter.clone(), &visitor(), &record);
        let raised = &absorbed.raised[0].events;
        let stops = raised.iter().any(|event| matches!(event, Event::ClockStopped { kind: ClockKind::Meet, .. }));
        assert_eq!(stops, met, "{mode:?} {result:?}");
        let way = raised.iter().find_map(|event| if let Event::Visited(note) = event { note.mode } else { None });
        assert_eq!(way, Some(mode));
    }
}

fn good() -> ReturnVisitOutcome {
    let answers = Box::new(answers(Rating::Satisfied));
    ReturnVisitOutcome::Reached { answers, judgement: Judgement::Close }
}

#[test]
fn a_return_visit_can_be_denied_and_then_carries_nothing() {
    let world = World::new();
    let matter = matter_at(&world, Stage::AwaitingReturnVisit);
    let record = return_visit(1, &visitor(), &matter, world.now, good());
    let (asked, absorbed) = absorb_into(&world, matter, &visitor(), &record);
    assert_eq!(occasion(&absorbed.events, &asked), Some(Occasion::Visited), "the petitioner is told of it");
    assert!(decide(&asked, &supervisor(), &Command::Close, &world.cx()).is_ok());
    let status = page(&world, &asked);
    assert!(status.visits[0].afterwards && status.visits[0].reached == Reached::Petitioner);
    // Nobody was there.
    let denied = Says::VisitDenied { visit: record.id };
    let events = hear(&asked, VoiceId(uuid(1)), denied, None, &world.cx()).unwrap();
    let denied = events.iter().fold(asked, apply);
    assert!(denied.is_heard_by(Ear::Supervisor) && denied.has_denied_visit());
    let refused = decide(&denied, &supervisor(), &Command::Close, &world.cx());
    assert_eq!(refused, Err(Refusal::NoReturnVisit { attempts: 0, needed: 3 }));
    let item = case_core::report::Item::of(&denied, 3);
    assert_eq!((item.ratings[0].unit, item.ratings[0].office), (None, None), "made-up satisfaction is in no figure");
    // A call can neither be confirmed nor denied at the door, and no message says so.
    let by_phone = {
        let matter = matter_at(&world, Stage::AwaitingReturnVisit);
        let mut record = return_visit(2, &visitor(), &matter, world.now, good());
        if let Payload::ReturnVisit(visit) = &mut record.payload {
            visit.mode = VisitMode::Phone;
        }
        absorb_into(&world, matter, &visitor(), &record).0
    };
    assert!(page(&world, &by_phone).visits.is_empty());
}

#[test]
fn no_officials_record_ends_the_petitioners_thirty_days() {
    let world = World::new();
    let matter = matter_at(&world, Stage::AwaitingReturnVisit);
    let record = return_visit(1, &visitor(), &matter, world.now, good());
    let asked = absorb_into(&world, matter, &visitor(), &record).0;
    let unsatisfied = Says::Rating { of: Rated::Unit, rating: Rating::Dissatisfied };
    assert_eq!(may_say(&asked, unsatisfied, world.now.date()), Ok(()));
    assert!(page(&world, &asked).acts.iter().any(|act| matches!(act, NextAct::Rate { .. })));
    let closed = world.give(asked, &supervisor(), &Command::Close);
    let events = hear(&closed, VoiceId(uuid(1)), unsatisfied, None, &world.cx()).unwrap();
    let told = events.iter().fold(closed, apply);
    assert!(told.said_unsolved());
    // The petitioner's own voice stands before what an official wrote down; where it is silent, that counts.
    let item = case_core::report::Item::of(&told, 3);
    assert_eq!(item.ratings.len(), 1);
    assert_eq!(item.ratings[0].unit, Some(Rating::Dissatisfied));
    assert_eq!(item.ratings[0].office, Some(Rating::Satisfied));
}

#[test]
fn who_handled_it_and_whose_unit_did_asks_nobody_afterwards() {
    let world = World::new();
    let matter = matter_at(&world, Stage::AwaitingReturnVisit);
    let signer = matter.rounds.last().unwrap().signed.as_ref().unwrap().by;
    let elsewhere = |who: Actor| Actor { unit: Some(UnitId(uuid(950))), ..who };
    for (who, counts) in [
        (visitor(), true),
        (elsewhere(visitor()), true),
        (colleague(), false),
        (Actor { unit: Some(unit()), ..visitor() }, false),
        // The signer in another office by now, and the supervisor who approved.
        (elsewhere(Actor { account: signer, ..visitor() }), false),
        (supervisor(), false),
        (elsewhere(handler()), false),
    ] {
        let record = return_visit(1, &who, &matter, world.now, good());
        let (after, absorbed) = absorb_into(&world, matter.clone(), &who, &record);
        assert_eq!(after.return_visits[0].counts, counts, "{who:?}");
        assert_eq!(absorbed.flags.contains(&Flag::VisitorIsHandler), !counts, "{who:?}");
        assert_eq!(after.was_asked_afterwards(3), counts);
    }
}

#[test]
fn three_times_in_an_hour_is_once() {
    let mut world = World::new();
    let mut matter = matter_at(&world, Stage::AwaitingReturnVisit);
    let missed = || ReturnVisitOutcome::NotReached { reason: text("不在家") };
    for n in 1..=3 {
        let record = return_visit(n, &visitor(), &matter, world.now, missed());
        matter = absorb_into(&world, matter, &visitor(), &record).0;
    }
    let refused = decide(&matter, &supervisor(), &Command::Close, &world.cx());
    assert_eq!(refused, Err(Refusal::NoReturnVisit { attempts: 1, needed: 3 }));
    for n in 4..=5 {
        world.days(1);
        let record = return_visit(n, &visitor(), &matter, world.now, missed());
        matter = absorb_into(&world, matter, &visitor(), &record).0;
    }
    assert!(decide(&matter, &supervisor(), &Command::Close, &world.cx()).is_ok());
}

#[test]
fn a_promise_in_the_answer_runs_from_the_delivery_until_it_is_kept() {
    let mut world = World::new();
    let mut matter = matter_at(&world, Stage::ClosureSubmitted);
    let by = world.now.date() + chrono::TimeDelta::days(20);
    matter.rounds.last_mut().unwrap().package.answers[0].performed = Performance::Promised { by };
    for kind in [CommandKind::ApproveClosure, CommandKind::SignOpinion, CommandKind::Deliver] {
        assert!(matter.commitments.is_empty(), "nobody has read it yet");
        matter = step(&world, matter, kind);
    }
    let promised = matter.commitments.last().unwrap();
    assert_eq!((promised.due, promised.text.as_str()), (by, "落实第1项诉求：修好路灯"));
    let (_, clock) = matter.commitment_clock(0).unwrap();
    assert_eq!((clock.due, clock.is_running()), (by, true));
    let record = return_visit(1, &visitor(), &matter, world.now, good());
    let closed = step(&world, absorb_into(&world, matter, &visitor(), &record).0, CommandKind::Close);
    world.days(120);
    assert!(settle(&closed, &world.cx()).is_empty(), "an unkept promise is not settled");
    let gap = closed.archive_gap(12, world.now.date(), &world.rules);
    assert_eq!(gap, Some(ArchiveGap::PromiseOpen));
    let kept = step(&world, closed, CommandKind::KeepPromise);
    assert!(!settle(&kept, &world.cx()).is_empty());
}

#[test]
fn an_agreement_settles_nothing_until_it_is_kept() {
    let mut world = World::new();
    let mut matter = matter_at(&world, Stage::Handling);
    for kind in [CommandKind::BeginMediation, CommandKind::EndMediation, CommandKind::Promise] {
        matter = step(&world, matter, kind);
    }
    for kind in [CommandKind::SubmitClosure, CommandKind::ApproveClosure, CommandKind::SignOpinion] {
        matter = step(&world, matter, kind);
    }
    let unsaid = Delivery { opinion: PetitionerOpinion::Unstated, ..receipt(world.now.date()) };
    matter = world.give(matter, &handler(), &Command::Deliver(unsaid));
    let refused = ReturnVisitOutcome::Refused { note: None };
    let record = return_visit(1, &visitor(), &matter, world.now, refused);
    let closed = step(&world, absorb_into(&world, matter, &visitor(), &record).0, CommandKind::Close);
    let kept = step(&world, closed.clone(), CommandKind::KeepPromise);
    world.days(120);
    assert!(settle(&closed, &world.cx()).is_empty());
    assert!(!settle(&kept, &world.cx()).is_empty());
    let mut only_agreed = kept;
    (only_agreed.kept, only_agreed.commitments) = (vec![], vec![]);
    assert!(settle(&only_agreed, &world.cx()).is_empty(), "that it was agreed is no proof that it was done");
}

#[test]
fn an_early_ending_that_proves_wrong_is_opened_again_and_sent_to_a_unit() {
    for (proposes, ends) in [
        (CommandKind::ProposeAnswer, Stage::AnsweredOnSpot),
        (CommandKind::ProposeNotAccepting, Stage::NotAccepted),
        (CommandKind::ProposeDirecting, Stage::Directed),
    ] {
        let mut world = World::new();
        let mut matter = registered(&world).0;
        for kind in [proposes, CommandKind::ApproveProposal] {
            matter = step(&world, matter, kind);
        }
        assert_eq!(matter.stage, ends);
        world.days(3);
        for kind in [CommandKind::ProposeReopening, CommandKind::ApproveProposal] {
            matter = step(&world, matter, kind);
        }
        assert_eq!((matter.stage, matter.unit, matter.route), (Stage::Reopened, None, None));
        let due = matter.answer_clock().unwrap().due;
        let transfer = matter.clocks.iter().rev().find(|clock| clock.kind == ClockKind::Transfer).unwrap();
        assert!(transfer.is_running() && transfer.started == world.now.date());
        let status = page(&world, &matter);
        assert!(status.side.ending.is_none() && status.side.reopening.is_some());
        let next = status.steps.iter().any(|step| step.what == Happening::Stage(Stage::AwaitingSignature));
        assert!(next, "it goes to a unit next");
        // And then the whole way, with the sixty days, to an answer.
        for kind in [CommandKind::Transfer, CommandKind::SignFor, CommandKind::Accept, CommandKind::Assign] {
            matter = step(&world, matter, kind);
        }
        assert_eq!((matter.stage, matter.route), (Stage::Handling, Some(Route::Petition)));
        assert_eq!(matter.legal_due(), Some(due), "by the day that was set");
    }
    // What a unit has it keeps.
    let world = World::new();
    let reopened = matter_at(&world, Stage::Reopened);
    let transfer = command(CommandKind::Transfer, &reopened, world.now.date());
    assert_eq!(decide(&reopened, &registrar(), &transfer, &world.cx()), Err(Refusal::OtherUnit));
}

#[test]
fn each_ending_is_news_for_the_petitioner() {
    let world = World::new();
    let news = |matter: &Matter, who: &Actor, command: &Command| {
        let events = decide(matter, who, command, &world.cx()).unwrap();
        let after = events.iter().fold(matter.clone(), apply);
        (occasion(&events, &after), after)
    };
    let start = registered(&world).0;
    let merged = Proposal::File { ground: FilingGround::Merged, reason: text("并入另一件"), into: None };
    for (command, told) in [
        (command(CommandKind::ProposeAnswer, &start, world.now.date()), Occasion::AnsweredOnSpot),
        (command(CommandKind::ProposeFiling, &start, world.now.date()), Occasion::Filed),
        (Command::Propose { proposal: merged }, Occasion::Merged),
        (command(CommandKind::ProposeWithdrawal, &start, world.now.date()), Occasion::Withdrawn),
    ] {
        let (nothing, proposed) = news(&start, &registrar(), &command);
        assert_eq!(nothing, None, "a proposal is no news");
        assert_eq!(news(&proposed, &supervisor(), &Command::ApproveProposal { reason: None }).0, Some(told));
        let refused = Command::RefuseProposal { reason: text("不行") };
        assert_eq!(news(&proposed, &supervisor(), &refused).0, None);
    }
    let of = |stage, kind| {
        let matter = matter_at(&world, stage);
        let matter = if kind == CommandKind::ApproveProposal {
            step(&world, matter, CommandKind::ProposeReopening)
        } else {
            matter
        };
        news(&matter, &giver(kind, &matter), &command(kind, &matter, world.now.date())).0
    };
    assert_eq!(of(Stage::Registered, CommandKind::Transfer), Some(Occasion::Transferred));
    assert_eq!(of(Stage::AwaitingSignature, CommandKind::SignFor), None);
    assert_eq!(of(Stage::SignedFor, CommandKind::Accept), Some(Occasion::Accepted));
    assert_eq!(of(Stage::Closed, CommandKind::ApproveProposal), Some(Occasion::Reopened));
    assert_eq!(of(Stage::Closed, CommandKind::RequestReview), Some(Occasion::ReviewRequested));
    assert_eq!(of(Stage::Reviewing, CommandKind::DecideReview), Some(Occasion::ReviewDecided));
    assert_eq!(of(Stage::ReviewDecided, CommandKind::DeliverReview), Some(Occasion::Answered));
}

#[test]
fn each_answer_is_judged_by_itself() {
    let world = World::new();
    let closed = matter_at(&world, Stage::Closed);
    let good = Says::Rating { of: Rated::Office, rating: Rating::Satisfied };
    let events = hear(&closed, VoiceId(uuid(1)), good, None, &world.cx()).unwrap();
    let mut matter = events.iter().fold(closed, apply);
    for kind in [CommandKind::ProposeReopening, CommandKind::ApproveProposal] {
        matter = step(&world, matter, kind);
    }
    let item = case_core::report::Item::of(&matter, 3);
    assert_eq!((item.ratings.len(), item.ratings[0].office), (1, Some(Rating::Satisfied)), "a new round is no silence");
    for kind in [
        CommandKind::Assign,
        CommandKind::SubmitClosure,
        CommandKind::ApproveClosure,
        CommandKind::SignOpinion,
        CommandKind::Deliver,
    ] {
        matter = step(&world, matter, kind);
    }
    let item = case_core::report::Item::of(&matter, 3);
    let judged: Vec<_> = item.ratings.iter().map(|one| one.office).collect();
    assert_eq!(judged, [Some(Rating::Satisfied), None], "silence about the new answer is its own");
}
