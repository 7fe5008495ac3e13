//! What the petitioner sees, at every stage; and who counts as the petitioner.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests")]

mod support;

use case_core::matter::*;
use case_core::prelude::*;
use case_core::public::*;
use case_core::time::ClockState::{Met, MetLate, Overdue, Running};
use case_core::wire::desk::Unit;
use support::*;

fn office() -> Unit {
    Unit { id: unit(), name: text("县住建局"), phone: text("0593-8800001") }
}

fn look(world: &World, matter: &Matter) -> PublicStatus {
    public_status(matter, Some(&office()), world.now.date(), &world.calendar)
}

fn ahead(status: &PublicStatus) -> Vec<Stage> {
    status
        .steps
        .iter()
        .filter(|step| matches!(step.when, When::ToCome { .. }))
        .map(|step| match &step.what {
            Happening::Stage(stage) => *stage,
            other => panic!("{other:?} cannot be to come"),
        })
        .collect()
}

#[test]
fn every_stage_says_what_comes_next_and_by_which_rule() {
    use Stage::*;
    let world = World::new();
    let table: [(Stage, Option<ClockKind>, &[Stage]); 26] = [
        (
            Registered,
            Some(ClockKind::Transfer),
            &[AwaitingSignature, Accepted, Handling, ClosureSubmitted, AwaitingReturnVisit, Closed],
        ),
        (
            AwaitingSignature,
            Some(ClockKind::Notice),
            &[Accepted, Handling, ClosureSubmitted, AwaitingReturnVisit, Closed],
        ),
        (SignedFor, Some(ClockKind::Notice), &[Accepted, Handling, ClosureSubmitted, AwaitingReturnVisit, Closed]),
        (Accepted, Some(ClockKind::Handling), &[Handling, ClosureSubmitted, AwaitingReturnVisit, Closed]),
        (Handling, Some(ClockKind::Handling), &[ClosureSubmitted, AwaitingReturnVisit, Closed]),
        (ClosureSubmitted, Some(ClockKind::Handling), &[AwaitingReturnVisit, Closed]),
        (Returned, Some(ClockKind::Handling), &[ClosureSubmitted, AwaitingReturnVisit, Closed]),
        (Approved, Some(ClockKind::Handling), &[AwaitingReturnVisit, Closed]),
        (AwaitingReturnVisit, Some(ClockKind::ReturnVisit), &[Closed]),
        (Closed, None, &[]),
        (
            AwaitingMaterial,
            Some(ClockKind::Transfer),
            &[AwaitingSignature, Accepted, Handling, ClosureSubmitted, AwaitingReturnVisit, Closed],
        ),
        (Objected, Some(ClockKind::Notice), &[Accepted, Handling, ClosureSubmitted, AwaitingReturnVisit, Closed]),
        (Mediating, Some(ClockKind::Handling), &[ClosureSubmitted, AwaitingReturnVisit, Closed]),
        (Reviewing, Some(ClockKind::ReviewDecide), &[]),
        (ReviewDecided, None, &[]),
        (Rechecking, Some(ClockKind::RecheckDecide), &[]),
        (RecheckDecided, None, &[]),
        (Reopened, Some(ClockKind::Redo), &[Handling, ClosureSubmitted, AwaitingReturnVisit, Closed]),
        (Settled, None, &[]),
        (Archived, None, &[]),
        (NotAccepted, Some(ClockKind::DirectNotice), &[]),
        (NoLongerAccepted, Some(ClockKind::DirectNotice), &[]),
        (Directed, Some(ClockKind::DirectNotice), &[]),
        (AnsweredOnSpot, None, &[]),
        (Filed, None, &[]),
        (Withdrawn, None, &[]),
    ];
    assert_eq!(table.map(|row| row.0), Stage::ALL);
    for (stage, kind, coming) in table {
        let status = look(&world, &matter_at(&world, stage));
        assert_eq!(status.stage, stage);
        assert_eq!(status.next.as_ref().map(|next| next.kind), kind, "{stage:?}");
        assert_eq!(ahead(&status), coming, "{stage:?}");
        let present = status.steps.iter().filter(|step| matches!(step.when, When::Now { .. })).count();
        assert_eq!(present, usize::from(stage.is_open()), "{stage:?}");
        // Past, then present, then to come.
        let order: Vec<u8> = status
            .steps
            .iter()
            .map(|step| match step.when {
                When::Past(_) => 0,
                When::Now { .. } => 1,
                When::ToCome { .. } => 2,
            })
            .collect();
        assert!(order.is_sorted(), "{stage:?}: {order:?}");
        let nobodys = [
            Registered,
            AwaitingMaterial,
            NotAccepted,
            NoLongerAccepted,
            Directed,
            AnsweredOnSpot,
            Filed,
            Withdrawn,
            Archived,
        ];
        assert_eq!(status.unit.is_some(), !nobodys.contains(&stage), "{stage:?}");
        assert!(status.acts.contains(&NextAct::CallOffice), "{stage:?}: there is always somebody to call");
    }
}

#[test]
fn nothing_of_the_answer_shows_before_it_is_delivered() {
    let world = World::new();
    for stage in Stage::ALL {
        let matter = matter_at(&world, stage);
        let status = look(&world, &matter);
        let delivered = matches!(
            stage,
            Stage::AwaitingReturnVisit
                | Stage::Closed
                | Stage::Reviewing
                | Stage::ReviewDecided
                | Stage::Rechecking
                | Stage::RecheckDecided
                | Stage::Reopened
                | Stage::Settled
        );
        let shown = format!("{status:?}");
        assert_eq!(shown.contains("路灯已修好"), delivered, "{stage:?}");
        // Findings, evidence, bases, reasons of a return, names and the petitioner's own data never do.
        for never in [
            "线路老化",
            "照片和验收单",
            "城市道路照明",
            "没有见到本人",
            "测试干部",
            "王小明",
            "13800001234",
            "1234",
            "村口的路灯",
        ] {
            assert!(!shown.contains(never), "{stage:?} shows {never}");
        }
        assert_eq!(status.petitioner, "王*");
    }
}

#[test]
fn a_returned_closure_is_said_and_stays_said() {
    let mut world = World::new();
    let mut matter = matter_at(&world, Stage::Returned);
    let status = look(&world, &matter);
    assert_eq!(status.reworks, [Rework { on: day("2026-05-11"), due: day("2026-05-11") }]);
    assert!(status.deadlines.iter().any(|deadline| deadline.kind == ClockKind::Rework));
    world.days(2);
    for kind in
        [CommandKind::SubmitClosure, CommandKind::ApproveClosure, CommandKind::SignOpinion, CommandKind::Deliver]
    {
        matter = world.give(matter.clone(), &giver(kind, &matter), &command(kind, &matter, world.now.date()));
    }
    let status = look(&world, &matter);
    assert_eq!(status.reworks.len(), 1);
    assert!(status.steps.iter().any(|step| step.what == Happening::Stage(Stage::Returned)));
    assert!(status.outcome.is_some());
}

#[test]
fn what_is_late_is_called_late() {
    let mut world = World::new();
    let matter = matter_at(&world, Stage::Handling);
    let status = look(&world, &matter);
    let next = |world: &World| {
        let next = look(world, &matter).next.unwrap();
        (next.due, next.state(world.now.date()))
    };
    assert_eq!(next(&world), (day("2026-07-10"), Running { days_left: 60 }));
    assert_eq!(status.deadlines.first().map(|d| d.kind), Some(ClockKind::Meet), "the nearest stands first");
    world.days(60);
    assert_eq!(next(&world).1, Running { days_left: 0 });
    world.days(3);
    assert_eq!(next(&world).1, Overdue { days: 3 });
}

#[test]
fn a_promise_is_kept_only_when_a_record_says_so() {
    let mut world = World::new();
    let matter = matter_at(&world, Stage::Handling);
    let matter = world.give(matter.clone(), &handler(), &command(CommandKind::Promise, &matter, world.now.date()));
    let state = |world: &World, matter: &Matter| look(world, matter).commitments[0].state;
    assert_eq!(state(&world, &matter), Running { days_left: 10 });
    world.days(12);
    assert_eq!(state(&world, &matter), Overdue { days: 2 });
    let done =
        |on| apply(matter.clone(), &Event::ClockStopped { kind: ClockKind::Commitment, on: day(on), clock: None });
    assert_eq!(state(&world, &done("2026-05-20")), Met);
    assert_eq!(state(&world, &done("2026-05-22")), MetLate { days: 1 });
}

#[test]
fn a_promise_stands_once_and_not_among_the_deadlines() {
    let world = World::new();
    let matter = matter_at(&world, Stage::Handling);
    let matter = world.give(matter.clone(), &handler(), &command(CommandKind::Promise, &matter, world.now.date()));
    let status = look(&world, &matter);
    assert_eq!(status.commitments.len(), 1);
    assert!(status.deadlines.iter().all(|deadline| deadline.kind != ClockKind::Commitment));
}

#[test]
fn review_has_thirty_days_from_delivery_and_the_last_day_counts() {
    let mut world = World::new();
    let matter = matter_at(&world, Stage::AwaitingReturnVisit);
    let review = |world: &World| look(world, &matter).outcome.unwrap().review.unwrap();
    assert_eq!(review(&world).last_day, day("2026-06-10"));
    world.days(30);
    assert_eq!(review(&world).state, Running { days_left: 0 });
    let asks = NextAct::AskReview { last_day: day("2026-06-10") };
    assert!(look(&world, &matter).acts.contains(&asks));
    world.days(1);
    assert_eq!(review(&world).state, Overdue { days: 1 });
    assert!(!look(&world, &matter).acts.contains(&asks));
}

#[test]
fn a_suggestion_has_no_review() {
    let world = World::new();
    let mut matter = matter_at(&world, Stage::AwaitingReturnVisit);
    matter.registration.purpose = PurposeOfPetition::Suggestion;
    assert_eq!(look(&world, &matter).outcome.unwrap().review, None);
}

#[test]
fn an_imported_reply_is_a_former_reply_and_no_solution() {
    let world = World::new();
    let mut form = registration();
    form.received_on = day("2019-03-02");
    let reply = FormerReply { text: text("已转有关部门。"), at: at("2019-03-20T10:00") };
    let events =
        register(MatterId(uuid(7)), MatterNumber::compose(35, world.now, 7), form, None, Some(reply), &world.cx())
            .unwrap();
    let status = look(&world, &replay(&events).unwrap());
    assert_eq!(status.former_reply.unwrap().text.as_str(), "已转有关部门。");
    assert_eq!((status.outcome, status.next, status.unit), (None, None, None));
    let steps: Vec<_> = status.steps.iter().map(|step| (&step.what, step.when)).collect();
    assert_eq!(
        steps,
        [
            (&Happening::Received, When::Past(day("2019-03-02"))),
            (&Happening::FormerReply, When::Past(day("2019-03-20"))),
        ]
    );
}

#[test]
fn visits_feedback_and_return_visits_stand_in_the_timeline_without_their_notes() {
    let mut world = World::new();
    let matter = matter_at(&world, Stage::Handling);
    let mut matter =
        world.give(matter.clone(), &handler(), &command(CommandKind::GiveFeedback, &matter, world.now.date()));
    matter = apply(
        matter,
        &Event::Visited(Box::new(VisitNote {
            record: RecordId(uuid(1)),
            // The phone's clock runs a day ahead.
            at: world.now.plus_ms(86_400_000),
            by: handler().account,
            by_name: text("测试干部"),
            met: true,
            mode: None,
            result: None,
            note: Some(text("情绪激动")),
        })),
    );
    let status = look(&world, &matter);
    let at = |what: &Happening| status.steps.iter().find(|step| step.what == *what).map(|step| step.when);
    assert_eq!(at(&Happening::Told(text("已派人查看"))), Some(When::Past(day("2026-05-11"))));
    assert_eq!(
        at(&Happening::Met { way: Way::Unsaid, reached: Reached::Unclear }),
        Some(When::Past(day("2026-05-11"))),
        "never in the future"
    );
    assert!(!format!("{status:?}").contains("情绪激动"));

    let matter = matter_at(&world, Stage::Closed);
    world.days(1);
    assert!(
        look(&world, &matter)
            .steps
            .iter()
            .any(|step| step.what == Happening::AskedAfterwards { way: Way::AtHome, reached: Reached::Petitioner })
    );
    assert!(look(&world, &matter).acts.contains(&NextAct::SayUnsolved));
}

#[test]
fn a_day_before_the_registration_is_the_day_of_receipt() {
    let mut world = World::new();
    world.days(2);
    let (matter, _) = registered(&world);
    let status = look(&world, &matter);
    assert_eq!(status.steps[0], PublicStep { what: Happening::Received, when: When::Past(day("2026-05-11")) });
}

#[test]
fn the_unit_of_another_matter_is_not_shown() {
    let world = World::new();
    let matter = matter_at(&world, Stage::Handling);
    let other = Unit { id: UnitId(uuid(901)), ..office() };
    assert_eq!(public_status(&matter, Some(&other), world.now.date(), &world.calendar).unit, None);
}

fn with(name: &str, phone: Option<&str>) -> Matter {
    let (mut matter, _) = registered(&World::new());
    matter.registration.petitioner = Petitioner { name: text(name), phone: phone.map(text), address: None };
    matter
}

#[test]
fn the_petitioner_is_known_by_the_phone_or_the_name() {
    let wang = with("王小明", Some("138 0000-1234"));
    for right in ["1234", "１２３４", " 1 2 3 4 ", "13800001234", "138-0000-1234", "王小明", " 王 小明　"] {
        assert!(second_factor_matches(&wang, right), "{right:?}");
    }
    for wrong in ["", " ", "1235", "234", "01234", "12345", "王小", "王小明1234", "小明", "*", "王*", "3800001234"]
    {
        assert!(!second_factor_matches(&wang, wrong), "{wrong:?}");
    }
}

#[test]
fn a_dot_in_a_name_may_be_written_in_any_way_or_left_out() {
    let name = with("艾力·热合曼", None);
    for right in
        ["艾力·热合曼", "艾力热合曼", "艾力•热合曼", "艾力・热合曼", "艾力．热合曼", "艾力.热合曼", "艾力 热合曼"]
    {
        assert!(second_factor_matches(&name, right), "{right:?}");
    }
    assert!(second_factor_matches(&with("Zhang San", None), "ZHANGSAN"));
}

#[test]
fn without_a_phone_only_the_name_counts() {
    for phone in [None, Some("12"), Some("无")] {
        let matter = with("王小明", phone);
        for wrong in ["", "0000", "12", "无", "1234"] {
            assert!(!second_factor_matches(&matter, wrong), "{phone:?} {wrong:?}");
        }
        assert!(second_factor_matches(&matter, "王小明"));
    }
}

#[test]
fn what_is_no_name_proves_nothing_whoever_wrote_it_and_the_phone_still_does() {
    for word in ["匿名", "匿 名", "匿名群众", "无名氏", "佚名", "（匿名）", "姓名不详", "*"] {
        let matter = with(word, None);
        assert!(is_anonymous(&matter), "{word}");
        for typed in [word, "匿名", "", "*"] {
            assert!(!second_factor_matches(&matter, typed), "{word} {typed:?}");
        }
        assert!(second_factor_matches(&with(word, Some("13800001234")), "1234"), "{word}");
    }
    for name in ["吴名", "佚民", "王匿名", "无双"] {
        assert!(!is_no_name(name) && second_factor_matches(&with(name, None), name), "{name}");
    }
}

#[test]
fn nobody_is_never_matched() {
    for typed in ["", "\u{1}\u{2}\u{3}", "\u{1}0", "0", "1234", "王小明", "\u{1}"] {
        assert!(!second_factor_decoy(typed), "{typed:?}");
    }
    assert!(!second_factor_matches(&with("王小明", None), &"王小明".repeat(100_000)));
}

#[test]
fn what_lies_beside_the_main_path_is_told_with_its_reason() {
    let mut world = World::new();
    let side = |world: &World, matter: &Matter| look(world, matter).side;
    assert_eq!(side(&world, &matter_at(&world, Stage::Handling)), SidePaths::default());

    let extended = step(&world, matter_at(&world, Stage::Handling), CommandKind::ProposeExtension);
    assert_eq!(side(&world, &extended).extension, None, "what is only proposed is not told");
    let extended = step(&world, extended, CommandKind::ApproveProposal);
    let told = side(&world, &extended).extension.unwrap();
    assert_eq!((told.from, told.due), (day("2026-07-10"), day("2026-08-09")));
    assert_eq!(told.reason.as_str(), "要等测绘结果");

    let ending = side(&world, &matter_at(&world, Stage::Directed)).ending;
    let Some(PublicEnding::Directed { route, organ, limit, .. }) = ending else { panic!("{ending:?}") };
    assert_eq!((route, organ.as_str(), limit), (Route::Arbitration, "县劳动仲裁院", Some(day("2026-06-25"))));
    let refused = matter_at(&world, Stage::NotAccepted);
    assert!(matches!(side(&world, &refused).ending, Some(PublicEnding::NotAccepted { .. })));
    assert!(look(&world, &refused).acts.contains(&NextAct::GoThere));
    // What was refused by the supervisor is nothing that happened.
    let kept = step(&world, matter_at(&world, Stage::Registered), CommandKind::ProposeNotAccepting);
    let kept = step(&world, kept, CommandKind::RefuseProposal);
    assert_eq!(side(&world, &kept).ending, None);

    let waiting = look(&world, &matter_at(&world, Stage::AwaitingMaterial));
    assert_eq!(waiting.side.needed.unwrap().as_str(), "请带土地证复印件");
    assert!(waiting.acts.contains(&NextAct::BringMaterial));

    // The opinion of a review is told once it was delivered, and with it the next right.
    let decided = matter_at(&world, Stage::ReviewDecided);
    let status = look(&world, &decided);
    assert_eq!(status.side.reviews.len(), 1);
    assert_eq!(status.side.reviews[0].found, None);
    assert_eq!(status.outcome.unwrap().review, None, "it has been asked for");
    let delivered = step(&world, decided, CommandKind::DeliverReview);
    let status = look(&world, &delivered);
    assert_eq!(status.side.reviews[0].found.as_ref().unwrap().outcome, ReviewOutcome::Uphold);
    assert!(status.acts.contains(&NextAct::AskRecheck { last_day: day("2026-06-10") }));
    world.days(31);
    assert!(!look(&world, &delivered).acts.iter().any(|act| matches!(act, NextAct::AskRecheck { .. })));

    // The answer that was reopened stays to be read, and cannot be reviewed.
    let world = World::new();
    let status = look(&world, &matter_at(&world, Stage::Reopened));
    assert_eq!(status.side.reopening.map(|reopening| reopening.due), Some(day("2026-05-31")));
    assert_eq!(status.outcome.unwrap().review, None);
}
