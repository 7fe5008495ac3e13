//! 更正登记: what was written down wrongly is put right, by whom it is allowed, and what stood stays on record.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests")]

mod support;

use case_core::matter::*;
use case_core::prelude::*;
use case_core::public::second_factor_matches;
use support::*;

fn correct(corrections: Corrections) -> Command {
    Command::CorrectRegistration { corrections: Box::new(corrections), reason: text("登记时抄错") }
}

fn phone(to: Option<&str>) -> Corrections {
    Corrections { phone: Some(Anew { to: to.map(text) }), ..Corrections::default() }
}

fn reworded(demand: u16, words: &str) -> Corrections {
    Corrections { demands: vec![Reworded { demand, text: Demand(text(words)) }], ..Corrections::default() }
}

fn added(words: &str) -> Corrections {
    Corrections { more_demands: vec![Demand(text(words))], ..Corrections::default() }
}

fn suggestion() -> Corrections {
    Corrections { purpose: Some(PurposeOfPetition::Suggestion), ..Corrections::default() }
}

fn refused(world: &World, matter: &Matter, who: &Actor, corrections: Corrections) -> Refusal {
    decide(matter, who, &correct(corrections), &world.cx()).unwrap_err()
}

#[test]
fn a_wrong_number_is_the_second_answer_no_longer() {
    let world = World::new();
    let (matter, mut journal) = registered(&world);
    let before = matter.registration.clone();
    let events = decide(&matter, &registrar(), &correct(phone(Some("13900005678"))), &world.cx()).unwrap();
    assert_eq!(events.len(), 1, "no clock begins, ends or moves: {events:?}");
    let clocks = matter.clocks.clone();
    journal.extend(events);
    let after = replay(&journal).unwrap();
    assert!(second_factor_matches(&after, "5678") && !second_factor_matches(&after, "1234"));
    assert_eq!((after.stage, &after.clocks), (matter.stage, &clocks));
    // All else stands as it did; and what stood is on record, with who, when and why.
    let person = Petitioner { phone: Some(text("13900005678")), ..before.petitioner.clone() };
    assert_eq!(after.registration, Registration { petitioner: person, ..before });
    let [correction] = after.corrections.as_slice() else { panic!("{:?}", after.corrections) };
    assert_eq!(correction.before.petitioner.phone, Some(text("13800001234")));
    assert_eq!(correction.fields().collect::<Vec<_>>(), [FormField::Phone]);
    assert_eq!(
        (correction.by, correction.at, correction.reason.as_str()),
        (registrar().account, world.now, "登记时抄错")
    );
    // A number that was somebody else's is taken out; then the name is asked for.
    let none = world.give(after, &registrar(), &correct(phone(None)));
    assert_eq!(none.registration.petitioner.phone, None);
    assert!(second_factor_matches(&none, "王小明") && !second_factor_matches(&none, "5678"));
}

#[test]
fn who_registers_corrects_and_who_handles_does_not() {
    let world = World::new();
    let matter = matter_at(&world, Stage::Handling);
    let right = || phone(Some("13900005678"));
    for who in [registrar(), visitor()] {
        assert!(decide(&matter, &who, &correct(right()), &world.cx()).is_ok(), "{:?}", who.role);
    }
    let elsewhere = Actor { area: Area(vec![code("350921102")]), ..visitor() };
    assert_eq!(refused(&world, &matter, &elsewhere, right()), Refusal::OutOfArea);
    let mut nowhere = matter.clone();
    nowhere.registration.place = None;
    assert_eq!(refused(&world, &nowhere, &visitor(), right()), Refusal::OutOfArea);
    for who in [handler(), head(), supervisor(), joint_office(), leader(), other_leader(), observer()] {
        let command = CommandKind::CorrectRegistration;
        assert_eq!(refused(&world, &matter, &who, right()), Refusal::RoleMayNot { command }, "{:?}", who.role);
    }
    // Also where the petition office handles it itself.
    let mut own = matter;
    own.handler = Some(registrar().account);
    assert_eq!(refused(&world, &own, &registrar(), right()), Refusal::HandlerCorrectsNot);
    (own.handler, own.handled_by) = (None, vec![registrar().account]);
    assert_eq!(refused(&world, &own, &registrar(), right()), Refusal::HandlerCorrectsNot);
}

#[test]
fn until_it_lies_in_the_archive_a_number_can_be_put_right() {
    let world = World::new();
    for stage in Stage::ALL {
        let mut matter = matter_at(&world, Stage::Handling);
        matter.stage = stage;
        let answer = decide(&matter, &registrar(), &correct(phone(Some("13900005678"))), &world.cx());
        assert_eq!(answer.is_ok(), stage != Stage::Archived, "{stage:?}: {answer:?}");
    }
}

#[test]
fn demands_are_reworded_until_they_are_answered_and_keep_their_numbers() {
    let world = World::new();
    let matter = matter_at(&world, Stage::Handling);
    let matter = world.give(matter, &registrar(), &correct(reworded(1, "说明谁负责管护和电费")));
    let matter = world.give(matter, &registrar(), &correct(added("赔偿摔伤的医药费")));
    let words: Vec<_> = matter.registration.demands.iter().map(|demand| demand.0.as_str()).collect();
    assert_eq!(words, ["修好路灯", "说明谁负责管护和电费", "赔偿摔伤的医药费"]);
    assert_eq!(refused(&world, &matter, &registrar(), reworded(3, "没有这一项")), Refusal::NoSuchDemand);
    let many = Corrections { more_demands: vec![Demand(text("再加一项")); MAX_DEMANDS], ..Corrections::default() };
    let max = u16::try_from(MAX_DEMANDS).unwrap();
    assert_eq!(refused(&world, &matter, &registrar(), many), Refusal::TooManyDemands { max });
    // What is answered must be what was asked: an answer to each of the three.
    let short = decide(&matter, &handler(), &Command::SubmitClosure { package: package() }, &world.cx());
    let fault = PackageFault::AnswersDoNotMatch { demands: 3, answers: 2 };
    assert_eq!(short, Err(Refusal::Package(fault)));
    for stage in [Stage::ClosureSubmitted, Stage::Approved, Stage::AwaitingReturnVisit, Stage::Closed] {
        let matter = matter_at(&world, stage);
        for corrections in [reworded(0, "换一盏新路灯"), added("再加一项")] {
            assert_eq!(refused(&world, &matter, &registrar(), corrections), Refusal::DemandsFixed, "{stage:?}");
        }
    }
    // Sent back, they can be again.
    let matter = matter_at(&world, Stage::Returned);
    assert!(decide(&matter, &registrar(), &correct(added("再加一项")), &world.cx()).is_ok());
}

#[test]
fn the_purpose_changes_no_way_that_was_taken() {
    let world = World::new();
    let (matter, _) = registered(&world);
    let changed = world.give(matter.clone(), &registrar(), &correct(suggestion()));
    assert_eq!((changed.registration.purpose, &changed.clocks), (PurposeOfPetition::Suggestion, &matter.clocks));
    for stage in [Stage::Accepted, Stage::Handling, Stage::ClosureSubmitted, Stage::Closed] {
        let matter = matter_at(&world, stage);
        assert_eq!(refused(&world, &matter, &registrar(), suggestion()), Refusal::PurposeFixed, "{stage:?}");
    }
    // Recalled from the unit that had accepted it, its sixty days still run.
    let matter = matter_at(&world, Stage::Handling);
    let matter = world.give(matter, &registrar(), &Command::Recall { reason: text("转错了单位") });
    assert_eq!(matter.stage, Stage::Registered);
    assert_eq!(refused(&world, &matter, &registrar(), suggestion()), Refusal::PurposeFixed);
}

#[test]
fn who_reads_a_proposal_finds_what_was_asked_as_it_was() {
    let world = World::new();
    let (matter, _) = registered(&world);
    let propose = Command::Propose { proposal: Proposal::AnswerOnSpot { answer: text("路灯明天就修") } };
    let matter = world.give(matter, &registrar(), &propose);
    assert_eq!(refused(&world, &matter, &registrar(), added("再加一项")), Refusal::ProposalPending);
    assert_eq!(refused(&world, &matter, &registrar(), suggestion()), Refusal::ProposalPending);
    assert!(decide(&matter, &registrar(), &correct(phone(None)), &world.cx()).is_ok());
    // The supervisor who read the closure is told that something changed under it.
    let matter = matter_at(&world, Stage::ClosureSubmitted);
    let shown = matter.closure_digest().unwrap();
    let matter = world.give(matter, &registrar(), &correct(phone(None)));
    let approved = decide(&matter, &supervisor(), &Command::ApproveClosure { shown }, &world.cx());
    assert_eq!(approved, Err(Refusal::ContentChanged));
}

#[test]
fn what_stands_for_what_is_left_out_is_never_written_down() {
    let world = World::new();
    let (matter, _) = registered(&world);
    let none = Corrections::default;
    let starred = [
        (FormField::Name, Corrections { name: Some(text("王*")), ..none() }),
        (FormField::Phone, phone(Some("138****1234"))),
        (FormField::Address, Corrections { address: Some(Anew { to: Some(text("清溪镇***")) }), ..none() }),
        (FormField::Title, Corrections { title: Some(text("王*反映路灯不亮")), ..none() }),
        (FormField::Demands, reworded(0, "请给王*修好路灯")),
        (FormField::Representatives, Corrections { representatives: Some(vec![text("李*")]), ..none() }),
    ];
    for (field, corrections) in starred {
        assert_eq!(refused(&world, &matter, &registrar(), corrections), Refusal::HiddenText { field });
    }
    let same = Corrections { name: Some(text("王小明")), category: Some(Category::Construction), ..none() };
    assert_eq!(refused(&world, &matter, &registrar(), same), Refusal::NothingCorrected);
    assert_eq!(refused(&world, &matter, &registrar(), none()), Refusal::NothingCorrected);
}

#[test]
fn a_group_still_names_who_speaks_for_it() {
    let world = World::new();
    let (matter, _) = registered(&world);
    let eight = Some(Anew { to: Some(8) });
    let alone = Corrections { people: eight.clone(), ..Corrections::default() };
    assert_eq!(refused(&world, &matter, &registrar(), alone), Refusal::NoRepresentative);
    let spoken_for = |n: usize| Corrections {
        people: eight.clone(),
        representatives: Some(vec![text("代表"); n]),
        ..Corrections::default()
    };
    assert_eq!(refused(&world, &matter, &registrar(), spoken_for(6)), Refusal::TooManyRepresentatives { max: 5 });
    let matter = world.give(matter, &registrar(), &correct(spoken_for(5)));
    assert_eq!(
        (matter.registration.particulars.people, matter.registration.particulars.representatives.len()),
        (Some(8), 5)
    );
    let fields: Vec<_> = matter.corrections[0].fields().collect();
    assert_eq!(fields, [FormField::People, FormField::Representatives]);
}
