//! Every clock of spec 2.3: its length, the day before, the last minute, the minute after; over the year's
//! end, a leap day and a week of holidays; which deed stops it.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests")]

mod support;

use case_core::matter::*;
use case_core::prelude::*;
use case_core::time::{Calendar, ClockState, LastDay, Rules};
use support::*;

/// A county that uses every clock.
fn all_rules() -> Rules {
    Rules {
        silence_evaluation: Some((90, 120)),
        local_decision: Some(5),
        hotline: Some(5),
        review_take: Some(3),
        simple: Some((3, 10)),
        ..Rules::default()
    }
}

/// Each kind with its start and its last day: an ordinary stretch, over the year's end, over 29 February,
/// and into the week of National Day. Reckoned outside of this program from the same table of holidays.
const LENGTHS: [(ClockKind, [&str; 4]); 29] = {
    use ClockKind::*;
    const D15: [&str; 4] = ["2026-03-16", "2027-01-04", "2028-03-05", "2026-10-08"];
    const D30: [&str; 4] = ["2026-03-31", "2027-01-19", "2028-03-20", "2026-10-22"];
    const D60: [&str; 4] = ["2026-04-30", "2027-02-18", "2028-04-19", "2026-11-21"];
    const D3: [&str; 4] = ["2026-03-04", "2026-12-23", "2028-02-22", "2026-09-28"];
    const W5: [&str; 4] = ["2026-03-06", "2026-12-25", "2028-02-25", "2026-09-30"];
    const SAME: [&str; 4] = ["2026-03-01", "2026-12-20", "2028-02-19", "2026-09-22"];
    [
        (Transfer, D15),
        (Notice, D15),
        (DirectNotice, D15),
        (Objection, W5),
        (LocalDecision, W5),
        (Hotline, W5),
        (Handling, D60),
        (Suggestion, D60),
        (ReviewApply, D30),
        (ReviewDecide, D30),
        (RecheckApply, D30),
        (RecheckDecide, D30),
        (Mediation, D30),
        (JudicialConfirmation, D30),
        (Evaluation, D30),
        (SilenceEvaluation, D30),
        (Meet, D3),
        (Feedback, ["2026-03-08", "2026-12-27", "2028-02-26", "2026-09-29"]),
        (ReturnVisit, ["2026-03-08", "2026-12-27", "2028-02-26", "2026-09-29"]),
        (Settle, ["2026-03-22", "2027-01-10", "2028-03-11", "2026-10-13"]),
        (Observation, ["2026-05-30", "2027-03-20", "2028-05-19", "2026-12-21"]),
        (Review, ["2026-03-04", "2026-12-23", "2028-02-23", "2026-09-28"]),
        (ReviewTake, ["2026-03-04", "2026-12-23", "2028-02-23", "2026-09-28"]),
        (SimpleAccept, ["2026-03-04", "2026-12-23", "2028-02-23", "2026-09-28"]),
        (SimpleHandling, ["2026-03-13", "2027-01-01", "2028-03-03", "2026-10-13"]),
        (LetterReceived, SAME),
        (LetterReported, SAME),
        (LetterForwarded, SAME),
        (LetterReplied, SAME),
    ]
};
/// A Sunday; a Sunday before the year's end; a Saturday before a leap day; a Tuesday before the holidays.
const STARTS: [&str; 4] = ["2026-03-01", "2026-12-20", "2028-02-19", "2026-09-22"];

#[test]
fn each_clock_ends_on_its_day() {
    let (rules, calendar) = (all_rules(), Calendar::shipped());
    for (kind, dues) in LENGTHS {
        for (start, due) in STARTS.into_iter().zip(dues) {
            assert_eq!(rules.due(kind, day(start), &calendar), day(due), "{kind:?} from {start}");
        }
    }
    let listed: Vec<_> = LENGTHS.iter().map(|row| row.0).collect();
    for kind in ClockKind::ALL {
        assert_ne!(listed.contains(&kind), kind.is_set_by_people(), "{kind:?} has a length, or people set it");
    }
}

#[test]
fn the_day_before_the_last_minute_and_the_minute_after() {
    let (rules, calendar) = (all_rules(), Calendar::shipped());
    for kind in ClockKind::ALL {
        let started = day("2026-03-01");
        let due = if kind.is_set_by_people() { day("2026-03-20") } else { rules.due(kind, started, &calendar) };
        let clock = Clock { kind, started, due, stopped: None };
        let last_minute = Moment::start_of(due).plus_ms((24 * 60 - 1) * 60_000);
        let state = |at: Moment| clock.state(at.date());
        assert_eq!(state(last_minute.plus_ms(-86_400_000)), ClockState::Running { days_left: 1 }, "{kind:?}");
        assert_eq!(state(last_minute), ClockState::Running { days_left: 0 }, "{kind:?}");
        let after = state(last_minute.plus_ms(60_000));
        let over = if kind.is_window() { ClockState::Lapsed { days: 1 } } else { ClockState::Overdue { days: 1 } };
        assert_eq!(after, over, "{kind:?}");
        // Done in the last minute it is in time; in the next, it is not.
        let done = |at: Moment| Clock { stopped: Some(at.date()), ..clock.clone() }.state(due);
        assert_eq!(done(last_minute), ClockState::Met, "{kind:?}");
        let late = if kind.is_window() { ClockState::Lapsed { days: 1 } } else { ClockState::MetLate { days: 1 } };
        assert_eq!(done(last_minute.plus_ms(60_000)), late, "{kind:?}");
    }
}

#[test]
fn whether_a_last_day_on_a_holiday_moves_is_a_setting() {
    let moves = Calendar::shipped();
    let stays = Calendar::shipped().with_last_day(LastDay::Stays);
    let start = day("2026-09-20");
    let of = |calendar: &Calendar| Rules::default().due(ClockKind::Transfer, start, calendar);
    assert_eq!((of(&stays), of(&moves)), (day("2026-10-05"), day("2026-10-08")), "National Day");
    // Working days know no holiday in either.
    let objection = |calendar: &Calendar| Rules::default().due(ClockKind::Objection, day("2026-09-30"), calendar);
    assert_eq!(objection(&stays), objection(&moves));
}

fn running(matter: &Matter, kind: ClockKind) -> bool {
    matter.clocks.iter().any(|clock| clock.kind == kind && clock.is_running())
}

#[test]
fn the_sixty_days_run_only_for_the_sixth_way() {
    let world = World::new();
    for stage in [Stage::Directed, Stage::NotAccepted, Stage::AnsweredOnSpot, Stage::Filed, Stage::Withdrawn] {
        let matter = matter_at(&world, stage);
        assert!(matter.clocks.iter().all(|clock| clock.kind != ClockKind::Handling), "{stage:?}");
    }
    assert!(running(&matter_at(&world, Stage::Accepted), ClockKind::Handling));
    let signed = matter_at(&world, Stage::SignedFor);
    for route in Route::ALL.into_iter().filter(|route| *route != Route::Petition) {
        let accept = Command::Accept { notice_delivered_on: world.now.date(), route };
        assert_eq!(decide(&signed, &head(), &accept, &world.cx()), Err(Refusal::RouteEndsHere { route }));
    }
}

#[test]
fn an_objection_has_five_working_days_and_the_clocks_go_on() {
    let mut world = World::new();
    let matter = matter_at(&world, Stage::AwaitingSignature);
    // Sent on Monday 11 May: the fifth working day is Monday the 18th.
    let object = Command::Object { reason: text("不归本局管") };
    world.days(7);
    assert_eq!(world.now.date(), day("2026-05-18"));
    let objected = world.give(matter.clone(), &head(), &object);
    let refused = Command::DismissObjection { reason: text("按分工归住建局") };
    let back = world.give(objected.clone(), &registrar(), &refused);
    assert_eq!(back.stage, Stage::AwaitingSignature);
    let notice = |matter: &Matter| matter.clocks.iter().find(|c| c.kind == ClockKind::Notice).unwrap().clone();
    assert_eq!(notice(&back), notice(&matter), "the unit's fifteen days went on");
    // Once objected to in vain, it is not objected to again.
    let again = decide(&back, &head(), &object, &world.cx());
    assert_eq!(again, Err(Refusal::NoWindow { clock: ClockKind::Objection }));
    // Agreed to, the office owes a transfer by the day by which it owed the first.
    let agreed = world.give(objected, &registrar(), &Command::UpholdObjection { reason: text("确实不归") });
    assert_eq!((agreed.stage, agreed.unit), (Stage::Registered, None));
    let transfer = agreed.clocks.iter().rev().find(|c| c.kind == ClockKind::Transfer).unwrap();
    assert!(transfer.is_running());
    assert_eq!(transfer.due, day("2026-05-26"));
    world.days(1);
    let late = Refusal::WindowClosed { clock: ClockKind::Objection, last_day: day("2026-05-18") };
    assert_eq!(decide(&matter, &head(), &object, &world.cx()), Err(late));
}

#[test]
fn an_order_names_its_day_and_is_not_closed_without_its_report() {
    let world = World::new();
    let (matter, _) = registered(&world);
    let due = day("2026-06-01");
    let order = Command::Transfer { unit: unit(), place: None, report_by: Some(due), simple: false };
    let mut matter = world.give(matter, &registrar(), &order);
    assert_eq!(matter.order.as_ref().map(|order| order.due), Some(due));
    for kind in [
        CommandKind::SignFor,
        CommandKind::Accept,
        CommandKind::Assign,
        CommandKind::SubmitClosure,
        CommandKind::ApproveClosure,
        CommandKind::SignOpinion,
        CommandKind::Deliver,
    ] {
        matter = step(&world, matter, kind);
    }
    let record = return_visit(1, &visitor(), &matter, world.now, reached(case_core::field::Rating::Satisfied));
    matter = absorb_into(&world, matter, &visitor(), &record).0;
    assert_eq!(decide(&matter, &supervisor(), &Command::Close, &world.cx()), Err(Refusal::ReportMissing));
    matter = step(&world, matter, CommandKind::FileReport);
    assert!(!running(&matter, ClockKind::Order));
    assert_eq!(step(&world, matter, CommandKind::Close).stage, Stage::Closed);
}

#[test]
fn a_letter_has_its_four_stamps_on_one_day() {
    let world = World::new();
    let mut form = registration();
    form.channel = Channel::Letter;
    let number = MatterNumber::compose(35, world.now, 1);
    let events = register(MatterId(uuid(1)), number, form, None, None, &world.cx()).unwrap();
    let matter = replay(&events).unwrap();
    assert!(!running(&matter, ClockKind::LetterReceived), "registering is the first");
    let stamps = [ClockKind::LetterReported, ClockKind::LetterForwarded, ClockKind::LetterReplied];
    assert!(stamps.iter().all(|kind| running(&matter, *kind)));
    let matter = step(&world, matter, CommandKind::StampLetter);
    let matter = step(&world, matter, CommandKind::Transfer);
    let replied = Command::StampLetter { stamp: LetterStamp::Replied, on: world.now.date() };
    let matter = world.give(matter, &registrar(), &replied);
    assert!(stamps.iter().all(|kind| !running(&matter, *kind)));
    assert!(matter.clocks.iter().all(|c| !stamps.contains(&c.kind) || c.state(c.due) == ClockState::Met));
}

#[test]
fn local_clocks_run_only_where_they_are_a_rule() {
    let mut world = World::new();
    let mut form = registration();
    form.channel = Channel::Phone;
    let register_one = |world: &World| {
        let number = MatterNumber::compose(35, world.now, 1);
        let events = register(MatterId(uuid(1)), number, form.clone(), None, None, &world.cx()).unwrap();
        replay(&events).unwrap()
    };
    let simple = Command::Transfer { unit: unit(), place: None, report_by: None, simple: true };
    let local = [ClockKind::LocalDecision, ClockKind::Hotline, ClockKind::SilenceEvaluation];
    let matter = register_one(&world);
    assert!(matter.clocks.iter().all(|clock| !local.contains(&clock.kind)));
    let refused = decide(&matter, &registrar(), &simple, &world.cx());
    assert_eq!(refused, Err(Refusal::NotInUse { clock: ClockKind::SimpleAccept }));
    world.rules = all_rules();
    let matter = register_one(&world);
    assert!(running(&matter, ClockKind::LocalDecision) && running(&matter, ClockKind::SilenceEvaluation));
    let silence = matter.clocks.iter().find(|c| c.kind == ClockKind::SilenceEvaluation).unwrap();
    assert_eq!((silence.started, silence.due), (day("2026-08-09"), day("2026-09-08")), "days 90 and 120");
    let matter = world.give(matter, &registrar(), &simple);
    assert!(!running(&matter, ClockKind::LocalDecision) && running(&matter, ClockKind::Hotline));
    let matter = step(&world, step(&world, matter, CommandKind::SignFor), CommandKind::Accept);
    assert!(!running(&matter, ClockKind::SimpleAccept) && running(&matter, ClockKind::SimpleHandling));
}

#[test]
fn a_promise_is_stopped_by_the_deed_and_each_by_its_own() {
    let mut world = World::new();
    let mut matter = matter_at(&world, Stage::Handling);
    for words in ["装灯", "通水"] {
        let promise = Command::Promise { text: text(words), due: day("2026-05-20") };
        matter = world.give(matter, &handler(), &promise);
    }
    world.days(3);
    let kept = Command::KeepPromise { commitment: 1, on: world.now.date(), how: text("水通了") };
    matter = world.give(matter, &handler(), &kept);
    let states: Vec<_> = (0..2).map(|n| matter.commitment_clock(n).unwrap().1.state(world.now.date())).collect();
    assert_eq!(states, [ClockState::Running { days_left: 6 }, ClockState::Met]);
    assert_eq!(decide(&matter, &handler(), &kept, &world.cx()), Err(Refusal::NoSuchPromise));
}

#[test]
fn an_extension_moves_the_last_day_and_a_return_does_not() {
    let mut world = World::new();
    let matter = matter_at(&world, Stage::Handling);
    let due = matter.legal_due().unwrap();
    assert_eq!(due, day("2026-07-10"));
    world.days((due - world.now.date()).num_days());
    let matter = step(&world, matter, CommandKind::ProposeExtension);
    let matter = step(&world, matter, CommandKind::ApproveProposal);
    assert_eq!(matter.legal_due(), Some(day("2026-08-09")));
    let extension = matter.extension.clone().unwrap();
    assert_eq!((extension.from, extension.due), (due, day("2026-08-09")));
    let matter = step(&world, step(&world, matter, CommandKind::SubmitClosure), CommandKind::ReturnClosure);
    assert_eq!(matter.legal_due(), Some(day("2026-08-09")), "a return never resets it");
    let again = command(CommandKind::ProposeExtension, &matter, world.now.date());
    assert_eq!(decide(&matter, &handler(), &again, &world.cx()), Err(Refusal::ExtendedAlready));
}

#[test]
fn a_review_is_asked_for_and_decided_in_thirty_days_each_and_hearings_do_not_count_in_a_recheck() {
    let mut world = World::new();
    let matter = matter_at(&world, Stage::Closed);
    let window = matter.clocks.iter().find(|c| c.kind == ClockKind::ReviewApply).unwrap();
    assert_eq!(window.due, day("2026-06-10"));
    world.days(31);
    let late = request_review(ReviewLevel::Review, world.now.date());
    let closed = Refusal::WindowClosed { clock: ClockKind::ReviewApply, last_day: day("2026-06-10") };
    assert_eq!(decide(&matter, &registrar(), &late, &world.cx()), Err(closed));
    // What was handed in on the last day is in time, also when it is entered a day later.
    let in_time = request_review(ReviewLevel::Review, day("2026-06-10"));
    let matter = world.give(matter, &registrar(), &in_time);
    let due = |matter: &Matter, kind| matter.clocks.iter().rev().find(|c| c.kind == kind).unwrap().due;
    assert_eq!(due(&matter, ClockKind::ReviewDecide), day("2026-07-10"));
    // A hearing in the 复查 changes nothing.
    let hearing =
        |from: &str, until: &str| Command::HoldHearing { from: day(from), until: day(until), note: text("到场") };
    let same = world.give(matter.clone(), &reviewer(), &hearing("2026-06-11", "2026-06-11"));
    assert_eq!(due(&same, ClockKind::ReviewDecide), day("2026-07-10"));
    let matter = step(&world, step(&world, matter, CommandKind::DecideReview), CommandKind::DeliverReview);
    assert_eq!(due(&matter, ClockKind::RecheckApply), day("2026-07-11"));
    let matter = step(&world, matter, CommandKind::RequestRecheck);
    assert_eq!(due(&matter, ClockKind::RecheckDecide), day("2026-07-11"));
    world.days(5);
    let matter = world.give(matter, &rechecker(), &hearing("2026-06-12", "2026-06-14"));
    assert_eq!(due(&matter, ClockKind::RecheckDecide), day("2026-07-14"), "three days more");
    // Days that were left out are not left out twice.
    let matter = world.give(matter, &rechecker(), &hearing("2026-06-14", "2026-06-15"));
    assert_eq!(due(&matter, ClockKind::RecheckDecide), day("2026-07-15"));
    let matter = step(&world, step(&world, matter, CommandKind::DecideReview), CommandKind::DeliverReview);
    assert!(matter.is_final());
    assert_eq!(matter.stage, Stage::Closed);
}

#[test]
fn what_is_settled_is_computed_after_ninety_days_and_can_be_vetoed() {
    let mut world = World::new();
    let matter = matter_at(&world, Stage::Closed);
    world.days(90);
    assert_eq!(settle(&matter, &world.cx()), vec![], "the last day still counts");
    world.days(1);
    let settled = settle(&matter, &world.cx()).iter().fold(matter.clone(), apply);
    assert_eq!(settled.stage, Stage::Settled);
    let vetoed = step(&world, settled, CommandKind::VetoSettled);
    assert_eq!(vetoed.stage, Stage::Closed);
    assert_eq!(settle(&vetoed, &world.cx()), vec![]);
    // Somebody who came again has not settled.
    let came = FieldNote {
        by_another: false,
        record: RecordId(uuid(5)),
        kind: FieldNoteKind::Reception,
        at: world.now,
        by: visitor().account,
        by_name: text("接访干部"),
        text: text("灯又灭了"),
        opinion: None,
        corrects: None,
        files: 0,
    };
    let again = apply(matter.clone(), &Event::FieldNote(Box::new(came)));
    assert_eq!(settle(&again, &world.cx()), vec![]);
    // Nor has somebody whose promise nobody kept.
    let owed = Clock { kind: ClockKind::Commitment, started: day("2026-05-11"), due: day("2026-05-20"), stopped: None };
    assert_eq!(settle(&apply(matter, &Event::ClockStarted(owed)), &world.cx()), vec![]);
}

#[test]
fn mediation_and_judicial_confirmation_have_thirty_days_each() {
    let mut world = World::new();
    let matter = matter_at(&world, Stage::Mediating);
    let due = |matter: &Matter, kind| matter.clocks.iter().rev().find(|c| c.kind == kind).unwrap().due;
    assert_eq!(due(&matter, ClockKind::Mediation), day("2026-06-10"));
    let one_side = Command::BeginMediation {
        mediator: text("村调委会"),
        other_side: text("施工队"),
        petitioner_consents: true,
        other_consents: false,
    };
    let handling = matter_at(&world, Stage::Handling);
    assert_eq!(decide(&handling, &handler(), &one_side, &world.cx()), Err(Refusal::NoConsent));
    let agreed = step(&world, matter, CommandKind::EndMediation);
    assert_eq!(agreed.stage, Stage::Handling);
    assert_eq!(due(&agreed, ClockKind::JudicialConfirmation), day("2026-06-10"));
    world.days(31);
    let late = Command::ConfirmAgreement { on: world.now.date() };
    let closed = Refusal::WindowClosed { clock: ClockKind::JudicialConfirmation, last_day: day("2026-06-10") };
    assert_eq!(decide(&agreed, &handler(), &late, &world.cx()), Err(closed));
    let in_time = Command::ConfirmAgreement { on: day("2026-06-10") };
    let confirmed = world.give(agreed, &handler(), &in_time);
    assert!(!running(&confirmed, ClockKind::JudicialConfirmation));
}

#[test]
fn nothing_is_archived_that_lacks_something() {
    let mut world = World::new();
    let archive = |pages| Command::Archive { volume: text("2026-001"), pages, keep: None };
    let gap = |matter: &Matter, world: &World, pages| match decide(matter, &registrar(), &archive(pages), &world.cx()) {
        Err(Refusal::NotArchivable { gap }) => Some(gap),
        Err(other) => panic!("{other:?}"),
        Ok(_) => None,
    };
    let directed = matter_at(&world, Stage::Directed);
    assert_eq!(gap(&directed, &world, 5), Some(ArchiveGap::NoNotice));
    let told = step(&world, directed, CommandKind::NotifyPetitioner);
    assert_eq!((gap(&told, &world, 0), gap(&told, &world, 5)), (Some(ArchiveGap::NoPages), None));
    let closed = matter_at(&world, Stage::Closed);
    assert_eq!(gap(&closed, &world, 5), Some(ArchiveGap::WindowOpen));
    world.days(100);
    assert_eq!(gap(&closed, &world, 5), None);
    let owed = Clock { kind: ClockKind::Commitment, started: day("2026-05-11"), due: day("2026-05-20"), stopped: None };
    assert_eq!(gap(&apply(closed, &Event::ClockStarted(owed)), &world, 5), Some(ArchiveGap::PromiseOpen));
}

#[test]
fn the_sixty_days_run_from_the_day_on_which_the_notice_was_delivered() {
    let mut world = World::new();
    let matter = matter_at(&world, Stage::SignedFor);
    let sent = world.now.date();
    world.days(4);
    let accept = |on| Command::Accept { notice_delivered_on: on, route: Route::Petition };
    let before = sent - chrono::TimeDelta::days(1);
    let early = Refusal::DateTooEarly { date: before, earliest: sent };
    assert_eq!(decide(&matter, &head(), &accept(before), &world.cx()), Err(early), "before the unit had it");
    let late = world.now.date() + chrono::TimeDelta::days(1);
    assert_eq!(decide(&matter, &head(), &accept(late), &world.cx()), Err(Refusal::DateInFuture { date: late }));
    let delivered = sent + chrono::TimeDelta::days(1);
    let matter = world.give(matter, &head(), &accept(delivered));
    let clock = matter.answer_clock().unwrap();
    assert_eq!((clock.kind, clock.started, clock.due), (ClockKind::Handling, day("2026-05-12"), day("2026-07-11")));
    assert_eq!(matter.accepted_on(), Some(delivered));
}

#[test]
fn a_suggestion_is_studied_and_answered_by_days_of_its_own() {
    let world = World::new();
    let mut form = registration();
    form.purpose = PurposeOfPetition::Suggestion;
    let number = MatterNumber::compose(35, world.now, 1);
    let events = register(MatterId(uuid(1)), number, form, None, None, &world.cx()).unwrap();
    let mut matter = replay(&events).unwrap();
    for kind in [CommandKind::Transfer, CommandKind::SignFor, CommandKind::Accept] {
        matter = step(&world, matter, kind);
    }
    assert_eq!(matter.route, None, "none of the ways of Article 31");
    assert!(matter.clocks.iter().all(|clock| clock.kind != ClockKind::Handling));
    let clock = matter.answer_clock().unwrap();
    assert_eq!((clock.kind, clock.due, clock.kind.is_statutory()), (ClockKind::Suggestion, day("2026-07-10"), false));
    for kind in [
        CommandKind::Assign,
        CommandKind::SubmitClosure,
        CommandKind::ApproveClosure,
        CommandKind::SignOpinion,
        CommandKind::Deliver,
    ] {
        matter = step(&world, matter, kind);
    }
    assert!(!running(&matter, ClockKind::Suggestion) && !running(&matter, ClockKind::ReviewApply));
    // What was accepted before there was such a word went the sixth way, and still does.
    let old: Event = serde_json::from_str(r#"{"event":"accepted","at":1}"#).unwrap();
    let (before, _) = registered(&world);
    assert_eq!(apply(before, &old).route, Some(Route::Petition));
}

#[test]
fn one_holiday_is_not_given_twice() {
    let (rules, calendar) = (Rules::default(), Calendar::shipped());
    // The sixtieth day is 3 October: the last day moves to the 8th. Thirty days more end on 2 November, not on the 7th.
    let started = day("2026-08-04");
    let due = rules.due(ClockKind::Handling, started, &calendar);
    assert_eq!(due, day("2026-10-08"));
    assert_eq!(rules.extended(started, due, 30, &calendar), Some(day("2026-11-02")));
    // Few days more are a day more at the least.
    assert_eq!(rules.extended(started, due, 2, &calendar), Some(day("2026-10-09")));
}

#[test]
fn who_signed_for_it_may_still_object_until_it_is_accepted() {
    let mut world = World::new();
    let signed = matter_at(&world, Stage::SignedFor);
    world.days(3);
    let objected = step(&world, signed.clone(), CommandKind::Object);
    assert_eq!(objected.stage, Stage::Objected);
    let refuse = command(CommandKind::ProposeNotAccepting, &signed, world.now.date());
    assert_eq!(decide(&signed, &handler(), &refuse, &world.cx()), Err(Refusal::ToBeObjected), "what was sent to it");
    let accepted = step(&world, signed.clone(), CommandKind::Accept);
    assert!(!running(&accepted, ClockKind::Objection), "accepted, it is theirs");
    world.days(30);
    let object = command(CommandKind::Object, &signed, world.now.date());
    let over = Refusal::WindowClosed { clock: ClockKind::Objection, last_day: day("2026-05-18") };
    assert_eq!(decide(&signed, &head(), &object, &world.cx()), Err(over));
}

#[test]
fn a_recheck_can_be_asked_for_whatever_the_review_found() {
    for outcome in [ReviewOutcome::Revoke, ReviewOutcome::Change] {
        let mut world = World::new();
        let reviewing = matter_at(&world, Stage::Reviewing);
        let redo = day("2026-06-20");
        let decided = world.give(reviewing, &reviewer(), &decide_review(outcome, Some(redo)));
        let reopened = step(&world, decided, CommandKind::DeliverReview);
        assert_eq!(reopened.stage, Stage::Reopened);
        assert!(running(&reopened, ClockKind::RecheckApply), "Article 36 knows no outcome");
        let ask = Says::AskReview { level: ReviewLevel::Recheck };
        assert_eq!(may_say(&reopened, ask, world.now.date()), Ok(()), "the petitioner can say so by the code");
        let handling = step(&world, reopened, CommandKind::Assign);
        let same = Command::RequestReview {
            level: ReviewLevel::Recheck,
            on: world.now.date(),
            reason: text("还是不服"),
            organ: handling.reviews[0].organ.clone(),
        };
        assert_eq!(decide(&handling, &registrar(), &same, &world.cx()), Err(Refusal::SameOrgan));
        let rechecking = step(&world, handling, CommandKind::RequestRecheck);
        assert_eq!(rechecking.stage, Stage::Rechecking);
        world.days(10);
        // Upheld, the unit goes on where it stood; the days of the recheck are none of its own.
        let upheld =
            step(&world, step(&world, rechecking.clone(), CommandKind::DecideReview), CommandKind::DeliverReview);
        assert_eq!((upheld.stage, upheld.is_final()), (Stage::Handling, false), "the new answer is still to come");
        assert_eq!(upheld.legal_due(), Some(day("2026-06-30")));
        // Set aside, it begins anew, and the answer that had been struck down may be given again.
        let set_aside = world.give(rechecking, &rechecker(), &decide_review(ReviewOutcome::Revoke, Some(redo)));
        let anew = step(&world, set_aside, CommandKind::DeliverReview);
        assert_eq!((anew.stage, anew.legal_due()), (Stage::Reopened, Some(redo)));
        assert!(anew.recheckable().is_none() && !running(&anew, ClockKind::RecheckApply));
        let assigned = step(&world, anew, CommandKind::Assign);
        let again = Command::SubmitClosure { package: assigned.rounds[0].package.clone() };
        assert!(decide(&assigned, &handler(), &again, &world.cx()).is_ok());
        assert!(decide(&upheld, &handler(), &again, &world.cx()) == Err(Refusal::SameOpinion));
    }
}

#[test]
fn what_was_approved_can_be_sent_back_until_it_is_delivered() {
    let world = World::new();
    let approved = matter_at(&world, Stage::Approved);
    let back = command(CommandKind::ReturnClosure, &approved, world.now.date());
    let submitted = matter_at(&world, Stage::ClosureSubmitted);
    let may_not = Refusal::RoleMayNot { command: CommandKind::ReturnClosure };
    assert_eq!(decide(&submitted, &head(), &back, &world.cx()), Err(may_not), "before that it is the supervisor's");
    for who in [head(), supervisor()] {
        let signed = step(&world, approved.clone(), CommandKind::SignOpinion);
        for matter in [approved.clone(), signed] {
            let returned = world.give(matter, &who, &back);
            assert_eq!(returned.stage, Stage::Returned);
            assert!(running(&returned, ClockKind::Settle) && running(&returned, ClockKind::Handling));
            assert!(returned.involves(supervisor().account), "who approved it took part all the same");
            assert!(returned.approved_closure().is_none());
        }
    }
    let withdrawn = step(&world, step(&world, approved, CommandKind::ProposeWithdrawal), CommandKind::ApproveProposal);
    assert_eq!(withdrawn.stage, Stage::Withdrawn);
}

#[test]
fn a_helping_unit_that_was_asked_by_mistake_is_let_go() {
    let world = World::new();
    let asked = step(&world, matter_at(&world, Stage::Handling), CommandKind::AskCoHandler);
    let submit = command(CommandKind::SubmitClosure, &asked, world.now.date());
    assert_eq!(decide(&asked, &handler(), &submit, &world.cx()), Err(Refusal::CoHandlingOpen));
    let released = step(&world, asked, CommandKind::ReleaseCoHandler);
    assert!(!running(&released, ClockKind::CoHandling));
    let again = command(CommandKind::ReleaseCoHandler, &released, world.now.date());
    assert_eq!(decide(&released, &handler(), &again, &world.cx()), Err(Refusal::NoSuchHelper));
    let answer = Command::AnswerCoHandling { text: text("地界已经查清") };
    assert_eq!(decide(&released, &helper(), &answer, &world.cx()), Err(Refusal::OtherUnit));
    assert_eq!(step(&world, released, CommandKind::SubmitClosure).stage, Stage::ClosureSubmitted);
}

#[test]
fn the_petition_office_decides_on_what_it_handles_itself_with_four_eyes() {
    let world = World::new();
    let office = UnitId(uuid(903));
    let of_office = |actor: Actor| Actor { unit: Some(office), ..actor };
    let (registrar, supervisor) = (of_office(registrar()), of_office(supervisor()));
    let second = Actor { account: AccountId(uuid(44)), ..supervisor.clone() };
    let (matter, _) = registered(&world);
    let send = Command::Transfer { unit: office, place: None, report_by: None, simple: false };
    let mut matter = world.give(matter, &registrar, &send);
    for command in [
        Command::SignFor,
        Command::Accept { notice_delivered_on: world.now.date(), route: Route::Petition },
        Command::Assign { handler: supervisor.account },
    ] {
        matter = world.give(matter, &registrar, &command);
    }
    let matter =
        world.give(matter.clone(), &supervisor, &command(CommandKind::ProposeExtension, &matter, world.now.date()));
    let approve = Command::ApproveProposal { reason: None };
    assert_eq!(decide(&matter, &supervisor, &approve, &world.cx()), Err(Refusal::OwnProposal));
    let stranger = Actor { unit: None, ..second.clone() };
    let may_not = Refusal::RoleMayNot { command: CommandKind::ApproveProposal };
    assert_eq!(decide(&matter, &stranger, &approve, &world.cx()), Err(may_not), "not of that office");
    let matter = world.give(matter, &second, &approve);
    assert!(matter.extension.is_some());
    let over = Command::HandOver { handler: registrar.account, reason: text("出差") };
    assert_eq!(world.give(matter, &second, &over).handler, Some(registrar.account));
    // What another unit holds is its own head's to extend.
    let theirs = step(&world, matter_at(&world, Stage::Handling), CommandKind::ProposeExtension);
    assert_eq!(decide(&theirs, &second, &approve, &world.cx()), Err(may_not));
}

#[test]
fn what_is_taken_back_from_a_unit_keeps_its_last_day() {
    let mut world = World::new();
    for stage in [Stage::SignedFor, Stage::Handling, Stage::Mediating, Stage::ClosureSubmitted, Stage::Approved] {
        world.now = at("2026-05-11T09:00");
        let matter = matter_at(&world, stage);
        world.days(30);
        let recalled = step(&world, matter.clone(), CommandKind::Recall);
        assert_eq!((recalled.stage, recalled.unit, recalled.handler), (Stage::Registered, None, None), "{stage:?}");
        assert_eq!(recalled.legal_due(), matter.legal_due(), "{stage:?}");
        let of_the_unit = [ClockKind::Notice, ClockKind::Objection, ClockKind::Review, ClockKind::Mediation];
        assert!(of_the_unit.into_iter().all(|kind| !running(&recalled, kind)), "{stage:?}");
        let transfer = recalled.clocks.iter().rev().find(|clock| clock.kind == ClockKind::Transfer).unwrap();
        assert_eq!((transfer.is_running(), transfer.due), (true, world.now.date()), "at once");
        let mut again = recalled;
        for kind in [CommandKind::Transfer, CommandKind::SignFor, CommandKind::Accept, CommandKind::Assign] {
            again = step(&world, again, kind);
        }
        let handling = again.clocks.iter().filter(|clock| clock.kind == ClockKind::Handling).count();
        assert_eq!((again.stage, handling), (Stage::Handling, 1), "the sixty days run once");
        assert_eq!(step(&world, again, CommandKind::SubmitClosure).stage, Stage::ClosureSubmitted);
    }
}

#[test]
fn the_petitioner_reads_why_another_unit_has_it() {
    let world = World::new();
    let recalled = step(&world, matter_at(&world, Stage::Handling), CommandKind::Recall);
    let (from, to) = (unit(), helper_unit());
    let sent = step(&world, recalled, CommandKind::Transfer);
    let gone_over = succeed(&sent, from, to, &text("机构改革"), world.now);
    let after = gone_over.iter().fold(sent.clone(), apply);
    assert_eq!((after.unit, after.stage, &after.clocks), (Some(to), sent.stage, &sent.clocks));
    assert!(succeed(&after, from, to, &text("机构改革"), world.now).is_empty(), "once");
    let read = case_core::public::public_status(&after, None, world.now.date(), &world.calendar).side.moves;
    let told: Vec<_> = read.iter().map(|moved| (moved.succession, moved.reason.as_str())).collect();
    assert_eq!(told, [(false, "理由写在这里"), (true, "机构改革")]);
}

#[test]
fn what_came_to_a_unit_directly_is_its_own_at_once() {
    let world = World::new();
    let mut form = registration();
    (form.direct, form.received_by) = (true, Some(unit()));
    let number = MatterNumber::compose(35, world.now, 1);
    let mut events = register(MatterId(uuid(1)), number, form, None, None, &world.cx()).unwrap();
    events.extend(keep(unit(), &world.cx()));
    let matter = replay(&events).unwrap();
    assert_eq!((matter.stage, matter.unit, matter.came_directly()), (Stage::SignedFor, Some(unit()), true));
    assert!(running(&matter, ClockKind::DirectNotice) && !running(&matter, ClockKind::Transfer));
    let object = command(CommandKind::Object, &matter, world.now.date());
    let none = Refusal::NoWindow { clock: ClockKind::Objection };
    assert_eq!(decide(&matter, &head(), &object, &world.cx()), Err(none));
    let refuse = command(CommandKind::ProposeNotAccepting, &matter, world.now.date());
    assert!(decide(&matter, &handler(), &refuse, &world.cx()).is_ok());
    let other = Actor { unit: Some(helper_unit()), ..handler() };
    let send = command(CommandKind::Transfer, &matter, world.now.date());
    let may_not = Refusal::RoleMayNot { command: CommandKind::Transfer };
    assert_eq!(decide(&matter, &other, &send, &world.cx()), Err(may_not));
    assert_eq!(
        decide(&matter, &registrar(), &send, &world.cx()),
        Err(Refusal::OtherUnit),
        "recalled, and not sent over its head"
    );
}
