//! A matter and its intakes: what comes again, who speaks for a group, what looks alike.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests")]

mod support;

use case_core::alike::{Likeness, Sought, likeness};
use case_core::matter::*;
use case_core::prelude::*;
use support::*;

fn linked(world: &World, matter: &Matter, intake: RepeatIntake) -> Result<Vec<Event>, Refusal> {
    decide(matter, &registrar(), &Command::LinkIntake { intake: Box::new(intake) }, &world.cx())
}

fn running(matter: &Matter, kind: ClockKind) -> usize {
    matter.clocks.iter().filter(|clock| clock.kind == kind && clock.is_running()).count()
}

#[test]
fn what_comes_again_stands_in_the_file_and_begins_none_of_the_local_clocks() {
    let world = World::new();
    let (matter, _) = registered(&world);
    let today = world.now.date();
    let events = linked(&world, &matter, repeat_intake(Channel::Phone, today)).unwrap();
    let after = events.iter().fold(matter.clone(), apply);
    assert_eq!(after.intakes.len(), 1);
    assert_eq!(after.intakes[0].by, registrar().account);
    assert_eq!((after.stage, &after.clocks), (matter.stage, &matter.clocks));
    assert_eq!(after.registration, matter.registration, "the first intake stays as it was");
}

#[test]
fn a_letter_that_comes_again_has_its_four_stamps() {
    let world = World::new();
    let (matter, _) = registered(&world);
    let today = world.now.date();
    let events = linked(&world, &matter, repeat_intake(Channel::Letter, today)).unwrap();
    let after = events.iter().fold(matter, apply);
    assert_eq!(running(&after, ClockKind::LetterReceived), 0, "linking it is the stamp of receipt");
    for kind in [ClockKind::LetterReported, ClockKind::LetterForwarded, ClockKind::LetterReplied] {
        assert_eq!(running(&after, kind), 1, "{kind:?}");
    }
    let tomorrow = today.succ_opt().unwrap();
    let refused = linked(&world, &after, repeat_intake(Channel::Letter, tomorrow));
    assert_eq!(refused, Err(Refusal::DateInFuture { date: tomorrow }));
}

#[test]
fn of_a_group_five_speak() {
    let world = World::new();
    let of =
        |n: usize| Particulars { people: Some(8), representatives: vec![text("代表"); n], ..Particulars::default() };
    let (matter, _) = registered(&world);
    let today = world.now.date();
    let too_many = Refusal::TooManyRepresentatives { max: 5 };
    for (n, refusal) in [(0, Some(Refusal::NoRepresentative)), (1, None), (5, None), (6, Some(too_many))] {
        let form = Registration { particulars: of(n), ..registration() };
        let number = MatterNumber::compose(35, world.now, 2);
        let first = register(MatterId(uuid(900)), number, form, None, None, &world.cx());
        let again =
            linked(&world, &matter, RepeatIntake { particulars: of(n), ..repeat_intake(Channel::Visit, today) });
        assert_eq!((first.err(), again.err()), (refusal, refusal), "{n}");
    }
}

#[test]
fn who_it_is_weighs_more_than_what_is_said() {
    let world = World::new();
    let (matter, _) = registered(&world);
    let sought = |name: &str, phone: &str, text: &str| Sought {
        name: name.to_owned(),
        phone: phone.to_owned(),
        text: text.to_owned(),
        ..Sought::default()
    };
    let of = |sought: &Sought| likeness(sought, &matter);
    assert_eq!(of(&sought("李四", "", "低保申请没有书面答复")), None);
    assert_eq!(of(&Sought::default()), None);
    let (reasons, by_text) = of(&sought("李四", "", "村口的路灯坏了，请派人修好")).unwrap();
    assert_eq!(reasons, [Likeness::SimilarText]);
    let (reasons, by_name) = of(&sought("王小明", "", "别的事")).unwrap();
    assert_eq!(reasons, [Likeness::SameName]);
    let (reasons, by_both) = of(&sought("王小明", "138 0000 1234", "村口的路灯坏了，请派人修好")).unwrap();
    assert_eq!(reasons, [Likeness::SamePhone, Likeness::SameName, Likeness::SimilarText]);
    assert!(by_both > by_name && by_both > by_text);
    // Whoever came again counts as well.
    let events = linked(&world, &matter, repeat_intake(Channel::Visit, world.now.date())).unwrap();
    let matter = events.iter().fold(matter.clone(), apply);
    assert_eq!(likeness(&sought("王大明", "", ""), &matter).unwrap().0, [Likeness::SameName]);
}

fn unlink(intake: u16, form: OwnForm) -> Command {
    Command::UnlinkIntake {
        intake,
        matter: MatterId(uuid(300)),
        form: Box::new(form),
        reason: text("说的是另一处路灯"),
    }
}

#[test]
fn what_was_linked_to_the_wrong_matter_becomes_one_of_its_own_with_its_own_days() {
    let mut world = World::new();
    let (matter, _) = registered(&world);
    let came = world.now.date();
    let events = linked(&world, &matter, repeat_intake(Channel::Letter, came)).unwrap();
    let matter = events.iter().fold(matter, apply);
    world.days(4);
    let events = decide(&matter, &registrar(), &unlink(0, own_form()), &world.cx()).unwrap();
    let after = events.iter().fold(matter.clone(), apply);
    // What the letter began here ends here; all else stands, and so does what was linked, marked.
    let letters = [ClockKind::LetterReported, ClockKind::LetterForwarded, ClockKind::LetterReplied];
    assert!(letters.iter().all(|kind| running(&matter, *kind) == 1 && running(&after, *kind) == 0));
    let others = |matter: &Matter| matter.clocks.iter().filter(|clock| clock.is_running()).count();
    assert_eq!(others(&after), others(&matter) - letters.len());
    assert_eq!((after.intakes.len(), after.standing_intakes().count()), (1, 0));
    assert_eq!((after.stage, &after.registration), (matter.stage, &matter.registration));
    assert_eq!(after.intakes[0].unlinked.as_ref().unwrap().into, MatterId(uuid(300)));
    // Nobody finds it here any more.
    let sought = Sought { name: "王大明".to_owned(), ..Sought::default() };
    assert!(likeness(&sought, &matter).is_some() && likeness(&sought, &after).is_none());

    let number = MatterNumber::compose(35, world.now, 9);
    let own = |form: OwnForm, number: MatterNumber| {
        own_matter(&matter, 0, MatterId(uuid(300)), number, &form, registrar().account, &world.cx())
    };
    let new = replay(&own(own_form(), number.clone()).unwrap()).unwrap();
    let intake = &matter.intakes[0].intake;
    assert_eq!((&new.registration.content, &new.registration.petitioner), (&intake.content, &intake.petitioner));
    assert_eq!((new.registration.received_on, new.registered_by), (came, Some(registrar().account)));
    let transfer = new.clocks.iter().find(|clock| clock.kind == ClockKind::Transfer).unwrap();
    assert_eq!((transfer.started, transfer.due), (came, day("2026-05-26")), "from its own receipt");
    assert_eq!(new.number, number);
    // Where it had a number, it keeps it.
    let mut numbered = matter.clone();
    let had = MatterNumber::compose(35, world.now, 77);
    numbered.intakes[0].intake.number = Some(had.clone());
    let events =
        own_matter(&numbered, 0, MatterId(uuid(300)), number.clone(), &own_form(), registrar().account, &world.cx());
    assert_eq!(replay(&events.unwrap()).unwrap().number, had);

    let refused =
        |matter: &Matter, who: &Actor, command: &Command| decide(matter, who, command, &world.cx()).unwrap_err();
    assert_eq!(refused(&after, &registrar(), &unlink(0, own_form())), Refusal::NoSuchIntake, "once");
    assert_eq!(refused(&matter, &registrar(), &unlink(1, own_form())), Refusal::NoSuchIntake);
    let bare = OwnForm { demands: Vec::new(), ..own_form() };
    assert_eq!(refused(&matter, &registrar(), &unlink(0, bare.clone())), Refusal::NoDemand);
    assert_eq!(own(bare, number), Err(Refusal::NoDemand));
    for who in [visitor(), handler(), supervisor()] {
        let command = CommandKind::UnlinkIntake;
        assert_eq!(refused(&matter, &who, &unlink(0, own_form())), Refusal::RoleMayNot { command });
    }
    let mut archived = matter.clone();
    archived.stage = Stage::Archived;
    let command = CommandKind::UnlinkIntake;
    let stage = Stage::Archived;
    assert_eq!(refused(&archived, &registrar(), &unlink(0, own_form())), Refusal::IllegalMove { stage, command });
}

#[test]
fn what_was_told_on_paper_since_is_not_taken_apart() {
    let world = World::new();
    let (matter, _) = registered(&world);
    let events = linked(&world, &matter, repeat_intake(Channel::Phone, world.now.date())).unwrap();
    let mut matter = events.iter().fold(matter, apply);
    let paper = OutsidePaper { number: text("旧纸〔2026〕1号"), on: world.now.date() };
    let kind = case_core::document::DocumentKind::AcceptanceNotice;
    matter.outside_papers.push(OutsideDocument { kind, paper, round: 1, by: registrar().account, at: world.now });
    let refused = decide(&matter, &registrar(), &unlink(0, own_form()), &world.cx());
    assert_eq!(refused, Err(Refusal::PaperFollowed));
    matter.outside_papers[0].at = world.now.plus_ms(-1);
    assert!(decide(&matter, &registrar(), &unlink(0, own_form()), &world.cx()).is_ok(), "it said nothing of this one");
}
