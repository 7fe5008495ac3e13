//! Who may know of a report: held against every tree of units and every set of accused that chance makes.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests")]

use case_core::id::{AccountId, UnitId};
use case_core::sealed::*;
use case_core::text::ShortText;
use chrono::NaiveDate;
use proptest::prelude::*;
use uuid::Uuid;

const UNITS: usize = 12;

fn unit(n: usize) -> UnitId {
    UnitId(Uuid::from_u128(1_000 + n as u128))
}

fn account(n: usize) -> AccountId {
    AccountId(Uuid::from_u128(2_000 + n as u128))
}

fn short(text: &str) -> ShortText {
    ShortText::parse(text).unwrap()
}

/// Parents at random, circles among them too.
fn trees() -> impl Strategy<Value = Vec<Option<usize>>> {
    prop::collection::vec(prop::option::of(0..UNITS), UNITS)
}

/// The units of eight people.
fn people() -> impl Strategy<Value = Vec<Option<usize>>> {
    prop::collection::vec(prop::option::of(0..UNITS), 8)
}

fn tree(parents: &[Option<usize>]) -> UnitTree {
    UnitTree::new(parents.iter().enumerate().filter_map(|(n, parent)| Some((unit(n), unit((*parent)?)))))
}

/// The other way to say it: every unit that is reached from the tops by going down again and again.
fn below(parents: &[Option<usize>], tops: &[usize]) -> Vec<bool> {
    let mut reached: Vec<bool> = (0..UNITS).map(|n| tops.contains(&n)).collect();
    for _ in 0..UNITS {
        for n in 0..UNITS {
            reached[n] |= parents[n].is_some_and(|parent| reached[parent]);
        }
    }
    reached
}

proptest! {
    #[test]
    fn nobody_accused_and_no_unit_of_or_under_the_accused_ever_knows(
        parents in trees(),
        people in people(),
        units in prop::collection::vec(0..UNITS, 0..3),
        accused in prop::collection::vec(0..8_usize, 0..3),
    ) {
        let tree = tree(&parents);
        let party = |n: usize| Party { account: account(n), unit: people[n].map(unit) };
        let whom = Accused::new(units.iter().map(|n| unit(*n)), accused.iter().map(|n| party(*n)));
        let tops: Vec<usize> = units.iter().copied().chain(accused.iter().filter_map(|n| people[*n])).collect();
        let barred = below(&parents, &tops);
        for (n, barred) in barred.iter().enumerate() {
            prop_assert_eq!(whom.may_receive(unit(n), &tree).is_err(), *barred, "unit {}", n);
        }
        for (n, own) in people.iter().enumerate() {
            let knows = whom.may_know(party(n), &tree).is_ok();
            let expected = !accused.contains(&n) && own.is_none_or(|own| !barred[own]);
            prop_assert_eq!(knows, expected, "person {}", n);
        }
    }

    #[test]
    fn no_order_of_steps_skips_the_reading_or_leaves_the_end(steps in prop::collection::vec(0..4_usize, 0..30)) {
        let mut stage = SealedStage::Received;
        for step in steps.into_iter().map(|n| SealedStep::ALL[n]) {
            if let Ok(next) = stage.after(step) {
                prop_assert!(next >= stage, "never back");
                prop_assert!(next as u8 - stage as u8 <= 1, "never two at once");
                stage = next;
            }
            prop_assert!(stage != SealedStage::Closed || stage.after(SealedStep::HandOver).is_err());
        }
    }
}

#[test]
fn a_receiver_is_named_once_and_a_name_does_not_get_round_the_rule() {
    let units = [(unit(0), short("县住建局")), (unit(1), short("县房管所")), (unit(2), short("县纪委监委"))];
    let tree = UnitTree::new([(unit(1), unit(0))]);
    let accused = Accused::new([unit(0)], []);
    let hand_over = |unit: Option<UnitId>, name: Option<&str>| {
        let on = NaiveDate::from_ymd_opt(2026, 11, 23).unwrap();
        let handover = Handover { organ: OrganKind::Discipline, unit, name: name.map(short), on };
        accused.may_hand_over(&handover, &units, &tree)
    };
    assert_eq!(hand_over(Some(unit(2)), None), Ok(()));
    assert_eq!(hand_over(None, Some("市纪委监委")), Ok(()));
    assert_eq!(hand_over(Some(unit(0)), None), Err(SealedRefusal::ReceiverAccused));
    assert_eq!(hand_over(Some(unit(1)), None), Err(SealedRefusal::ReceiverUnderAccused));
    assert_eq!(hand_over(None, Some("县 住建局")), Err(SealedRefusal::ReceiverAccused));
    assert_eq!(hand_over(None, Some("县房管所")), Err(SealedRefusal::ReceiverUnderAccused));
    assert_eq!(hand_over(None, None), Err(SealedRefusal::NoReceiver));
    assert_eq!(hand_over(Some(unit(2)), Some("县纪委监委")), Err(SealedRefusal::NoReceiver));
}

#[test]
fn somebody_is_known_by_the_name_also_who_came_later_and_the_own_unit_with_them() {
    let person = |name: &str| AccusedPerson { name: short(name), office: None, unit: None, accounts: vec![account(3)] };
    let content = SealedContent {
        channel: case_core::matter::Channel::Letter,
        text: case_core::text::LongText::parse("收受礼金").unwrap(),
        accused_units: Vec::new(),
        accused_persons: vec![person("郑 海")],
        petitioner: None,
    };
    let party = |n: usize| Party { account: account(n), unit: Some(unit(n)) };
    let everybody = [(party(1), short("郑海")), (party(2), short("郑海洋")), (party(3), short("改了名"))];
    let accused = Accused::of(&content, &everybody);
    let tree = UnitTree::default();
    assert_eq!(accused.may_know(party(1), &tree), Err(Barred::Person));
    assert_eq!(accused.may_know(party(2), &tree), Ok(()));
    assert_eq!(accused.may_know(party(3), &tree), Err(Barred::Person), "noted when it came in");
    assert_eq!(accused.may_receive(unit(1), &tree), Err(Barred::UnitOfPerson));
    assert_eq!(accused.may_receive(unit(2), &tree), Ok(()));
}

#[test]
fn words_of_storage_read_back() {
    for stage in SealedStage::ALL {
        assert_eq!(SealedStage::from_code(stage.code()), Some(stage));
        assert_eq!(serde_json::to_value(stage).unwrap(), stage.code());
    }
    for step in SealedStep::ALL {
        assert_eq!(SealedStep::from_code(step.code()), Some(step));
        assert_eq!(serde_json::to_value(step).unwrap(), step.code());
    }
}

/// Frozen: reports that were sealed once must be readable for good.
#[test]
fn a_body_as_it_was_first_stored_is_still_read_and_shows_nothing_in_debug_output() {
    let stored = r#"{"step":"register","content":{"channel":"letter","text":"收受礼金","accused_units":["00000000-0000-0000-0000-0000000003e8"],"accused_persons":[{"name":"郑海","office":"副局长","unit":"00000000-0000-0000-0000-0000000003e8","accounts":["00000000-0000-0000-0000-0000000007d0"]}],"petitioner":{"name":"李大爷","phone":"13900005678","address":"青石村"}}}"#;
    let body: SealedBody = serde_json::from_str(stored).unwrap();
    assert_eq!(serde_json::to_string(&body).unwrap(), stored);
    for (stored, step) in [
        (r#"{"step":"read","reason":"分办"}"#, "read"),
        (
            r#"{"step":"hand_over","handover":{"organ":"discipline","name":"市纪委监委","on":"2026-11-23"}}"#,
            "hand_over",
        ),
        (r#"{"step":"close","note":"已回复"}"#, "close"),
    ] {
        let body: SealedBody = serde_json::from_str(stored).unwrap();
        assert_eq!(serde_json::to_string(&body).unwrap(), stored, "{step}");
        assert_eq!(format!("{body:?}"), "SealedBody(…)");
    }
    let SealedBody::Register { content } = &body else { panic!("a registration") };
    for shown in [format!("{body:?}"), format!("{content:?}"), format!("{:?}", content.petitioner)] {
        assert!(!shown.contains("收受") && !shown.contains("郑海") && !shown.contains("李大爷"), "{shown}");
    }
}
