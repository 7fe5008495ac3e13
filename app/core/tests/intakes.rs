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
