//! 信访人的话: what can be said when, once, and who answers it.
#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests")]

mod support;

use case_core::field::{Rating, ReturnVisitOutcome};
use case_core::matter::*;
use case_core::prelude::*;
use support::*;

const NOT_SOLVED: Says = Says::NotSolved;

fn id(n: u128) -> VoiceId {
    VoiceId(uuid(n))
}

fn say(world: &World, matter: Matter, n: u128, says: Says) -> Matter {
    let events = hear(&matter, id(n), says, Some(text("我的话")), &world.cx()).unwrap();
    events.iter().fold(matter, apply)
}

fn answer(n: u128) -> Command {
    Command::AnswerVoice { voice: id(n), text: text("已经派人去看") }
}

fn rating(of: Rated) -> Says {
    Says::Rating { of, rating: Rating::Dissatisfied }
}

#[test]
fn the_same_form_sent_twice_is_one_voice() {
    let world = World::new();
    let matter = say(&world, matter_at(&world, Stage::Closed), 1, NOT_SOLVED);
    assert_eq!(hear(&matter, id(1), NOT_SOLVED, None, &world.cx()), Ok(vec![]));
    assert_eq!(hear(&matter, id(2), NOT_SOLVED, None, &world.cx()), Err(Unsayable::Waiting));
    assert_eq!(matter.voices.len(), 1);
}

#[test]
fn not_solved_goes_to_the_supervisor_and_only_there() {
    let world = World::new();
    let closed = matter_at(&world, Stage::Closed);
    assert!(!closed.said_unsolved());
    let matter = say(&world, closed, 1, NOT_SOLVED);
    assert!(matter.said_unsolved() && matter.is_heard_by(Ear::Supervisor) && !matter.is_heard_by(Ear::Office));
    assert!(matter.gaps(world.now.date()).starts_with(&[Gap::SaysNotSolved]));
    let refused = |who: &Actor| decide(&matter, who, &answer(1), &world.cx()).unwrap_err();
    let command = CommandKind::AnswerVoice;
    for who in [registrar(), handler(), head()] {
        assert_eq!(refused(&who), Refusal::RoleMayNot { command });
    }
    let mut handled = matter.clone();
    handled.handled_by.push(supervisor().account);
    assert_eq!(decide(&handled, &supervisor(), &answer(1), &world.cx()).unwrap_err(), Refusal::OwnHandling);
    let answered = world.give(matter, &supervisor(), &answer(1));
    assert_eq!(answered.open_voices().count(), 0);
    assert!(answered.said_unsolved(), "an answer does not make it solved");
    assert_eq!(decide(&answered, &supervisor(), &answer(1), &world.cx()).unwrap_err(), Refusal::NoSuchVoice);
}

#[test]
fn nothing_counts_as_settled_while_the_petitioner_says_otherwise() {
    let mut world = World::new();
    let closed = matter_at(&world, Stage::Closed);
    let told = say(&world, closed.clone(), 1, NOT_SOLVED);
    world.days(120);
    assert!(!settle(&closed, &world.cx()).is_empty());
    assert!(settle(&told, &world.cx()).is_empty());
}

#[test]
fn reopening_is_the_answer_to_not_solved() {
    let world = World::new();
    let told = say(&world, matter_at(&world, Stage::Closed), 1, NOT_SOLVED);
    let proposed = step(&world, told, CommandKind::ProposeReopening);
    assert_eq!(proposed.open_voices().count(), 1);
    let reopened = step(&world, proposed, CommandKind::ApproveProposal);
    assert_eq!((reopened.stage, reopened.open_voices().count()), (Stage::Reopened, 0));
    assert!(!reopened.said_unsolved(), "the new round has its own word");
}

#[test]
fn a_denied_visit_is_no_meeting_and_goes_to_the_supervisor() {
    let world = World::new();
    let mut matter = matter_at(&world, Stage::ClosureSubmitted);
    let record = RecordId(uuid(77));
    let (at, by, by_name) = (world.now, visitor().account, visitor().name);
    matter.visits.push(VisitNote { record, at, by, by_name, met: true, mode: None, result: None, note: None });
    assert!(!matter.gaps(world.now.date()).contains(&Gap::NotMet));
    let unknown = Says::VisitDenied { visit: RecordId(uuid(78)) };
    assert_eq!(may_say(&matter, unknown, world.now.date()), Err(Unsayable::NoSuchVisit));
    let before = matter.closure_digest();
    let denied = say(&world, matter, 1, Says::VisitDenied { visit: record });
    assert_ne!(denied.closure_digest(), before, "who approves must have seen it");
    assert_eq!(denied.visit_confirmed(record), Some(false));
    assert!(denied.is_heard_by(Ear::Supervisor));
    let gaps = denied.gaps(world.now.date());
    assert!(gaps.contains(&Gap::VisitDenied) && gaps.contains(&Gap::NotMet));
    // A second tap on the same button says nothing new.
    assert_eq!(hear(&denied, id(9), Says::VisitDenied { visit: record }, None, &world.cx()), Ok(vec![]));
    // Who remembers later says so; the last word counts, and both stay on record.
    let confirmed = say(&world, denied, 2, Says::VisitConfirmed { visit: record });
    assert_eq!((confirmed.visit_confirmed(record), confirmed.voices.len()), (Some(true), 2));
    assert!(!confirmed.has_denied_visit());
}

#[test]
fn both_are_rated_within_the_window_and_the_last_word_counts() {
    let mut world = World::new();
    let handling = matter_at(&world, Stage::Handling);
    let delivered = matter_at(&world, Stage::AwaitingReturnVisit);
    let today = world.now.date();
    for of in Rated::ALL {
        assert_eq!(may_say(&handling, rating(of), today), Err(Unsayable::NotNow));
        assert_eq!(may_say(&delivered, rating(of), today), Ok(()));
        assert_eq!(delivered.rated(of), None, "silence is no rating");
    }
    let rated = say(&world, delivered.clone(), 1, rating(Rated::Unit));
    assert!(rated.said_unsolved());
    assert_eq!((rated.rated(Rated::Unit), rated.rated(Rated::Office)), (Some(Rating::Dissatisfied), None));
    let again = Says::Rating { of: Rated::Unit, rating: Rating::Satisfied };
    let rated = say(&world, rated, 2, again);
    assert_eq!(rated.rated(Rated::Unit), Some(Rating::Satisfied));
    assert!(!rated.said_unsolved() && rated.open_voices().next().is_none());
    // Day 30 is the last: the day itself, and the day after.
    world.days(30);
    let last_day = world.now.date();
    assert_eq!(may_say(&delivered, rating(Rated::Office), last_day), Ok(()));
    world.days(1);
    assert_eq!(may_say(&delivered, rating(Rated::Office), world.now.date()), Err(Unsayable::TooLate { last_day }));
}

#[test]
fn a_matter_without_a_unit_has_no_unit_to_rate() {
    let world = World::new();
    let mut matter = matter_at(&world, Stage::AwaitingReturnVisit);
    matter.unit = None;
    assert_eq!(may_say(&matter, rating(Rated::Unit), world.now.date()), Err(Unsayable::NotNow));
    assert_eq!(may_say(&matter, rating(Rated::Office), world.now.date()), Ok(()));
}

#[test]
fn a_review_is_asked_for_within_thirty_days_with_words_and_the_deed_answers_it() {
    let mut world = World::new();
    let ask = Says::AskReview { level: ReviewLevel::Review };
    let matter = matter_at(&world, Stage::Closed);
    assert_eq!(hear(&matter, id(1), ask, None, &world.cx()), Err(Unsayable::NoWords));
    let recheck = Says::AskReview { level: ReviewLevel::Recheck };
    assert_eq!(may_say(&matter, recheck, world.now.date()), Err(Unsayable::NotNow), "first the review");
    world.days(30);
    let asked_on = world.now.date();
    let asked = say(&world, matter.clone(), 1, ask);
    world.days(1);
    assert_eq!(may_say(&matter, ask, world.now.date()), Err(Unsayable::TooLate { last_day: asked_on }));
    // Entered a day later, but asked for in time: the day of the asking counts.
    let begun = world.give(asked, &registrar(), &request_review(ReviewLevel::Review, asked_on));
    assert_eq!((begun.stage, begun.open_voices().count()), (Stage::Reviewing, 0));
    assert_eq!(begun.voices[0].answer.as_ref().unwrap().text, None);
}

#[test]
fn what_is_asked_of_the_office_is_answered_by_the_office_or_the_unit() {
    let world = World::new();
    let matter = say(&world, matter_at(&world, Stage::Handling), 1, Says::Material);
    assert!(matter.is_heard_by(Ear::Office));
    for who in [registrar(), supervisor(), handler(), head()] {
        assert!(decide(&matter, &who, &answer(1), &world.cx()).is_ok(), "{:?}", who.role);
    }
    assert_eq!(decide(&matter, &helper(), &answer(1), &world.cx()).unwrap_err(), Refusal::OtherUnit);
}

#[test]
fn a_withdrawal_is_answered_when_it_is_approved_and_not_when_it_is_proposed() {
    let world = World::new();
    let matter = say(&world, matter_at(&world, Stage::Handling), 1, Says::Material);
    let asked = say(&world, matter, 2, Says::Withdraw);
    let proposed = step(&world, asked, CommandKind::ProposeWithdrawal);
    assert_eq!(proposed.open_voices().count(), 2, "nothing is done yet");
    let refused = step(&world, proposed.clone(), CommandKind::RefuseProposal);
    assert_eq!(refused.open_voices().count(), 2, "nor by a refusal: somebody says why");
    let approved = step(&world, proposed, CommandKind::ApproveProposal);
    let open: Vec<Says> = approved.open_voices().map(|voice| voice.says).collect();
    assert_eq!((approved.stage, open), (Stage::Withdrawn, vec![Says::Material]));
    // And nothing is laid to rest over somebody who waits.
    let archive = command(CommandKind::Archive, &approved, world.now.date());
    let gap = ArchiveGap::VoiceOpen;
    assert_eq!(decide(&approved, &registrar(), &archive, &world.cx()), Err(Refusal::NotArchivable { gap }));
    let answered = world.give(approved, &registrar(), &answer(1));
    assert!(decide(&answered, &registrar(), &archive, &world.cx()).is_ok());
}

#[test]
fn a_flood_of_material_and_complaints_ends_at_ten_that_wait() {
    let world = World::new();
    let mut matter = matter_at(&world, Stage::Handling);
    for n in 0..10 {
        // A second complaint is another one: the first need not be answered before.
        matter = say(&world, matter, n, if n % 2 == 0 { Says::Material } else { Says::Complaint });
    }
    for more in [Says::Complaint, Says::Material] {
        assert_eq!(hear(&matter, id(99), more, Some(text("慢")), &world.cx()), Err(Unsayable::TooMany));
    }
    let answered = world.give(matter, &registrar(), &answer(2));
    assert!(hear(&answered, id(99), Says::Complaint, Some(text("慢")), &world.cx()).is_ok());
}

#[test]
fn an_office_that_does_not_answer_ends_no_right() {
    let mut world = World::new();
    let mut matter = matter_at(&world, Stage::Closed);
    for n in 0..10 {
        matter = say(&world, matter, n, Says::Complaint);
    }
    // On the last of the thirty days.
    world.days(30);
    let visit = matter.home_visits().next().unwrap().record;
    for right in [
        Says::VisitDenied { visit },
        rating(Rated::Office),
        rating(Rated::Unit),
        NOT_SOLVED,
        Says::AskReview { level: ReviewLevel::Review },
    ] {
        assert!(hear(&matter, id(99), right, Some(text("话")), &world.cx()).is_ok(), "{right:?}");
    }
    let status = case_core::public::public_status(&matter, None, world.now.date(), &world.calendar);
    let shown = |wanted: fn(&case_core::public::NextAct) -> bool| status.acts.iter().any(wanted);
    assert!(shown(|act| matches!(act, case_core::public::NextAct::AskReview { .. })));
    assert!(shown(|act| matches!(act, case_core::public::NextAct::Rate { .. })));
}

#[test]
fn every_voice_at_every_stage_is_taken_or_refused_and_moves_nothing() {
    let world = World::new();
    let visit = RecordId(uuid(700));
    let every = [
        Says::VisitConfirmed { visit },
        Says::VisitDenied { visit },
        rating(Rated::Office),
        rating(Rated::Unit),
        NOT_SOLVED,
        Says::Material,
        Says::AskReview { level: ReviewLevel::Review },
        Says::AskReview { level: ReviewLevel::Recheck },
        Says::Withdraw,
        Says::Complaint,
    ];
    for stage in Stage::ALL {
        let matter = matter_at(&world, stage);
        for says in every {
            let may = may_say(&matter, says, world.now.date());
            let heard = hear(&matter, id(5), says, Some(text("话")), &world.cx());
            assert_eq!(heard.as_ref().err(), may.as_ref().err(), "{stage:?} {says:?}");
            if let Ok(events) = heard {
                let after = events.iter().fold(matter.clone(), apply);
                assert_eq!((after.stage, &after.clocks), (stage, &matter.clocks));
            }
        }
        let silent = matches!(stage, Stage::Registered | Stage::Handling | Stage::Returned);
        assert!(!silent || may_say(&matter, NOT_SOLVED, world.now.date()).is_err(), "{stage:?}");
        assert_eq!(may_say(&matter, Says::Complaint, world.now.date()), Ok(()), "{stage:?}");
    }
}

#[test]
fn a_return_visit_is_no_voice() {
    let world = World::new();
    let matter = matter_at(&world, Stage::AwaitingReturnVisit);
    let outcome = ReturnVisitOutcome::Refused { note: None };
    let record = return_visit(1, &visitor(), &matter, world.now, outcome);
    let after = absorb_into(&world, matter, &visitor(), &record).0;
    assert!(after.voices.is_empty() && after.rated(Rated::Unit).is_none());
}
