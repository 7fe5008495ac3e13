//! Counted by hand.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use serde_json::json;
use uuid::Uuid;

use super::leader::deeds;
use super::monthly::figures;
use super::*;
use crate::field::{Rating, Record};
use crate::id::{MatterId, UnitId};
use crate::matter::{Category, Channel, PurposeOfPetition, Route, Stage};
use crate::place::DivisionCode;
use crate::time::{Clock, ClockKind};

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn march() -> Period {
    Period::month(2026, 3, MonthStart::default()).unwrap()
}

fn item(number: u128) -> Item {
    Item {
        id: MatterId(Uuid::from_u128(number)),
        number: format!("{number:016}"),
        title: "路灯不亮".to_owned(),
        petitioner: "张*".to_owned(),
        demands: vec!["修好路灯".to_owned()],
        category: Category::Construction,
        channel: Channel::Letter,
        purpose: PurposeOfPetition::Appeal,
        first: true,
        people: 1,
        place: None,
        unit: None,
        helpers: Vec::new(),
        handler: None,
        received: day("2026-01-05"),
        registered: day("2026-01-05"),
        stage: Stage::Handling,
        route: Some(Route::Petition),
        ordered: None,
        decided: Some(day("2026-01-06")),
        sent: Some(day("2026-01-06")),
        accepted: Some(day("2026-01-10")),
        answered: None,
        ended: None,
        closed: false,
        clocks: Vec::new(),
        repeats: Vec::new(),
        contacted: false,
        reviewed: false,
        unsolved: false,
        vetoed: false,
        settled: false,
        ratings: Vec::new(),
        agreed: false,
        result: Result::Open,
        responded: None,
        response_due: None,
        may_be_public: false,
        published: false,
        oversight: Vec::new(),
        old_cases: Vec::new(),
    }
}

fn clock(kind: ClockKind, due: &str, stopped: Option<&str>) -> Clock {
    Clock { kind, started: day("2026-01-10"), due: day(due), stopped: stopped.map(day) }
}

fn answered(number: u128, due: &str, stopped: Option<&str>) -> Item {
    Item { clocks: vec![clock(ClockKind::Handling, due, stopped)], ..item(number) }
}

fn closed(item: Item) -> Item {
    Item { stage: Stage::Closed, closed: true, ended: Some(day("2026-03-12")), ..item }
}

fn share(items: &[Item], rate: Rate) -> (usize, usize) {
    let all = shares(items, march(), day("2026-04-01"));
    let found = all.into_iter().find(|share| share.rate == rate).unwrap();
    (found.hits.count, found.of.count)
}

#[test]
fn months_begin_on_the_day_that_is_set() {
    let from_21: MonthStart = "21".parse().unwrap();
    let november = Period::month(2026, 11, from_21).unwrap();
    assert_eq!((november.from(), november.until()), (day("2026-10-21"), day("2026-11-20")));
    let march = Period::month(2026, 3, from_21).unwrap();
    assert_eq!((march.from(), march.until()), (day("2026-02-21"), day("2026-03-20")));
    let leap = Period::month(2028, 2, MonthStart::default()).unwrap();
    assert_eq!((leap.from(), leap.until()), (day("2028-02-01"), day("2028-02-29")));
    assert_eq!(Period::month_of(day("2026-12-21"), from_21), (2027, 1));
    assert_eq!(Period::month_of(day("2026-12-20"), from_21), (2026, 12));
    assert_eq!(Period::month_of(day("2026-12-31"), MonthStart::default()), (2026, 12));
    for bad in ["0", "29", "x", ""] {
        assert!(bad.parse::<MonthStart>().is_err(), "{bad}");
    }
    assert_eq!(Period::new(day("2026-03-02"), day("2026-03-01")), None);
    assert!(Period::new(day("2026-03-01"), day("2026-03-01")).is_some());
    assert_eq!(Period::new(day("2016-03-01"), day("2026-03-01")), None);
}

#[test]
fn late_and_unfinished_stays_in_the_denominator_and_the_cohort_is_what_is_due() {
    let items = [
        answered(1, "2026-03-11", Some("2026-03-11")),
        answered(2, "2026-03-11", Some("2026-03-12")),
        answered(3, "2026-03-31", None),
        answered(4, "2026-02-28", Some("2026-02-28")), // due before
        answered(5, "2026-04-01", None),               // due after
        Item { route: Some(Route::Litigation), ..answered(6, "2026-03-11", Some("2026-03-01")) },
        Item { stage: Stage::Filed, ..answered(7, "2026-03-11", Some("2026-03-01")) },
        Item { people: 0, ..answered(8, "2026-03-11", Some("2026-03-01")) },
        Item { people: 9_999, ..answered(9, "2026-03-01", Some("2026-03-01")) },
        Item { people: 10_000, ..answered(10, "2026-03-01", Some("2026-03-01")) },
    ];
    let split = answers(&items, march(), day("2026-03-31"));
    assert_eq!((split.in_time.items, split.late.items), (vec![0, 8], vec![1]));
    assert_eq!((split.open.items, split.overdue.count), (vec![2], 0));
    let split = answers(&items, march(), day("2026-04-01"));
    assert_eq!((split.open.count, split.overdue.items), (0, vec![2]));
    assert_eq!(share(&items, Rate::AnsweredInTime), (2, 4));
}

#[test]
fn the_worked_example_of_the_specification() {
    let tally = |count| Tally { count, items: Vec::new() };
    let share = |hits, of| Share { rate: Rate::Once, hits: tally(hits), of: tally(of) }.hundredths();
    assert_eq!(share(3_112, 3_456), Some(9_005));
    assert_eq!(share(2, 3), Some(6_667));
    assert_eq!(share(0, 4), Some(0));
    assert_eq!(share(0, 0), None);
}

#[test]
fn an_opened_matter_is_counted_once_by_its_last_day_in_the_period() {
    let mut twice = answered(1, "2026-03-05", Some("2026-03-09"));
    twice.clocks.push(Clock { started: day("2026-03-10"), ..clock(ClockKind::Redo, "2026-03-25", Some("2026-03-20")) });
    assert_eq!(share(&[twice.clone()], Rate::AnsweredInTime), (1, 1));
    // Reckoned in April, the new day; in March the old one.
    twice.clocks[1].due = day("2026-04-10");
    assert_eq!(share(&[twice], Rate::AnsweredInTime), (0, 1));
}

#[test]
fn acceptance_is_reckoned_from_registration() {
    let registered = |accepted: Option<&str>| Item {
        registered: day("2026-02-10"),
        decided: accepted.map(day),
        accepted: accepted.map(day),
        ..item(1)
    };
    // 15 days after the 10th of February is the 25th: not March. 30 days: the 12th of March.
    assert_eq!(share(&[registered(Some("2026-03-12"))], Rate::UnitAccepts), (1, 1));
    assert_eq!(share(&[registered(Some("2026-03-13"))], Rate::UnitAccepts), (0, 1));
    assert_eq!(share(&[registered(None)], Rate::UnitAccepts), (0, 1));
    assert_eq!(share(&[registered(Some("2026-02-11"))], Rate::OfficeAccepts), (0, 0));
}

#[test]
fn silence_is_a_category_of_its_own_and_no_satisfaction() {
    let rated = |number, unit: Option<Rating>, due: &str| Item {
        ratings: vec![Evaluation { due: day(due), office: None, unit }],
        ..item(number)
    };
    let items = [
        rated(1, Some(Rating::Satisfied), "2026-03-10"),
        rated(2, Some(Rating::MostlySatisfied), "2026-03-10"),
        rated(3, Some(Rating::Dissatisfied), "2026-03-10"),
        rated(4, None, "2026-03-10"),
        rated(5, None, "2026-03-31"),
    ];
    let split = ratings(&items, march(), day("2026-03-31"), |judged| judged.unit);
    assert_eq!((split.silent.items, split.waiting.items), (vec![3], vec![4]));
    // 3 of 3 + 1 that kept silent (the fifth has time until the end of the day), 2 of 3 content.
    let on_the_day = shares(&items, march(), day("2026-03-31"));
    let find = |rate| on_the_day.iter().find(|share| share.rate == rate).unwrap();
    assert_eq!((find(Rate::UnitRated).hits.count, find(Rate::UnitRated).of.count), (3, 4));
    assert_eq!((find(Rate::UnitSatisfies).hits.count, find(Rate::UnitSatisfies).of.count), (2, 3));
    assert_eq!((find(Rate::OfficeRated).hits.count, find(Rate::OfficeRated).of.count), (0, 4));
    assert_eq!(find(Rate::OfficeSatisfies).hundredths(), None);
}

#[test]
fn first_letters_are_shown_at_closing_and_after_the_time_of_observation() {
    let due = || answered(1, "2026-03-11", Some("2026-03-10"));
    let items = [
        closed(due()),
        Item { settled: true, stage: Stage::Settled, ..closed(due()) },
        Item { settled: true, repeats: vec![day("2026-05-01")], ..closed(due()) },
        Item { unsolved: true, ..closed(due()) },
        due(),
        Item { first: false, ..closed(due()) },
        Item { channel: Channel::Visit, ..closed(due()) },
    ];
    assert_eq!(share(&items, Rate::LetterClosed), (3, 5));
    assert_eq!(share(&items, Rate::LetterSettled), (1, 5));
    assert_eq!(share(&items, Rate::VisitClosed), (1, 1));
    // Closed first ones: five letters and visits; without repetition and not unsolved: three.
    assert_eq!(share(&items, Rate::Once), (3, 5));
}

#[test]
fn what_comes_again_is_counted_as_it_came() {
    let items = [
        Item { received: day("2026-03-02"), ..item(1) },
        Item { received: day("2026-03-03"), repeats: vec![day("2026-03-20"), day("2026-03-21")], ..item(2) },
        Item { first: false, received: day("2026-03-04"), ..item(3) },
        Item { repeats: vec![day("2026-03-05"), day("2026-04-05")], ..item(4) },
    ];
    let counted = figures(&items, march(), day("2026-04-01"));
    assert_eq!((counted.received.count, counted.received.items.len()), (6, 4));
    assert_eq!((counted.repeats.count, counted.repeats.items), (4, vec![1, 2, 3]));
    assert_eq!(counted.first.items, [0, 1]);
    assert_eq!(share(&items, Rate::Repeated), (4, 6));
}

#[test]
fn groups_keep_the_order_of_their_tables_and_add_up() {
    let unit = |n| Some(UnitId(Uuid::from_u128(n)));
    let place = |code| Some(DivisionCode::parse(code).unwrap());
    let march_2 = day("2026-03-02");
    let items = [
        Item { category: Category::Other, unit: unit(2), place: place("350921102201"), received: march_2, ..item(1) },
        Item { category: Category::Land, unit: unit(1), place: place("350921101201"), received: march_2, ..item(2) },
        Item { category: Category::Other, unit: unit(2), place: place("350921101"), received: march_2, ..item(3) },
        Item { received: march_2, ..item(4) },
        Item { unit: unit(3), ..item(5) }, // nothing of it lies in the period
    ];
    let counted = figures(&items, march(), day("2026-04-01"));
    let categories: Vec<_> = counted.categories.iter().map(|g| (g.key.unwrap(), g.received.count)).collect();
    assert_eq!(categories, [(Category::Land, 1), (Category::Construction, 1), (Category::Other, 2)]);
    let units: Vec<_> = counted.units.iter().map(|g| (g.key, g.received.count)).collect();
    assert_eq!(units, [(unit(1), 1), (unit(2), 2), (None, 1)]);
    let towns: Vec<_> = counted.towns.iter().map(|g| (g.key.clone(), g.received.items.clone())).collect();
    assert_eq!(towns, [(place("350921101"), vec![1, 2]), (place("350921102"), vec![0]), (None, vec![3])]);
}

#[test]
fn what_is_late_or_comes_three_times_after_an_answer_is_proposed_for_the_ledger() {
    let late = answered(1, "2026-03-11", None);
    let in_time = answered(2, "2026-04-01", None);
    let answer = |repeats: &[&str]| Item {
        answered: Some(day("2026-02-01")),
        repeats: repeats.iter().map(|text| day(text)).collect(),
        ..closed(answered(3, "2026-03-11", Some("2026-02-01")))
    };
    let three = answer(&["2026-02-02", "2026-02-10", "2026-03-01"]);
    let two = answer(&["2026-02-01", "2026-02-10", "2026-03-01"]);
    let listed = Item { old_cases: vec![old_case("2026-03-01", None)], ..answered(5, "2026-03-11", None) };
    let found = candidates(&[late, in_time, three, two, listed], day("2026-04-01"));
    assert_eq!(found.items, vec![0, 2]);
}

/// Entered and struck off on these days.
fn old_case(entered: &str, struck: Option<&str>) -> crate::matter::OldCase {
    use crate::matter::{OldCase, OldCaseGround, StruckOff};
    let words = || crate::text::Paragraph::parse("两家争了三年").unwrap();
    let by = crate::id::AccountId(uuid::Uuid::from_u128(1));
    let at = |text: &str| crate::time::Moment::start_of(day(text));
    OldCase {
        ground: OldCaseGround::Flagged,
        problem: words(),
        by,
        at: at(entered),
        contracts: Vec::new(),
        struck: struck.map(|on| StruckOff { text: words(), by, at: at(on) }),
    }
}

#[test]
fn old_cases_solved_are_those_struck_off_in_the_period_of_those_that_stood_there() {
    let with = |number, cases: Vec<_>| Item { old_cases: cases, ..item(number) };
    let items = [
        with(1, vec![old_case("2026-01-05", Some("2026-03-10"))]),
        with(2, vec![old_case("2026-01-05", None)]),
        with(3, vec![old_case("2026-01-05", Some("2026-02-28"))]), // struck off before
        with(4, vec![old_case("2026-04-01", None)]),               // entered after
        with(5, vec![old_case("2026-03-31", Some("2026-04-02"))]), // struck off after
        with(6, vec![old_case("2026-01-05", Some("2026-03-10")), old_case("2026-03-20", None)]), // entered again
        item(7),
    ];
    let (listed, struck) = ledger(&items, march());
    assert_eq!((listed.items, struck.items), (vec![0, 1, 4, 5], vec![0]));
    assert_eq!(share(&items, Rate::OldCases), (1, 4));
}

#[test]
fn times_have_a_mean_and_a_median() {
    let took = |number, days: i64| Item {
        sent: Some(day("2026-01-05") + chrono::TimeDelta::days(days)),
        ..answered(number, "2026-03-11", None)
    };
    let [sent, accepted, answered, _] = durations(&[took(1, 1), took(2, 2), took(3, 2), took(4, 10)], march());
    assert_eq!(sent, Some(Span { count: 4, mean: 38, median: 20 }));
    assert_eq!(accepted, Some(Span { count: 4, mean: 50, median: 50 }));
    assert_eq!(answered, None);
}

#[test]
fn the_most_complained_of_are_ten_and_those_that_are_equal_to_the_last() {
    let unit = |n| Some(UnitId(Uuid::from_u128(n)));
    let mut items = Vec::new();
    for n in 1..=12_u128 {
        // Unit 1 has three, unit 2 two, all others one.
        for _ in 0..match n {
            1 => 3,
            2 => 2,
            _ => 1,
        } {
            items.push(Item { unit: unit(n), received: day("2026-03-02"), ..item(n) });
        }
    }
    let suggestion = PurposeOfPetition::Suggestion;
    items.extend((0..5).map(|_| Item { unit: unit(20), purpose: suggestion, received: day("2026-03-02"), ..item(99) }));
    items.extend((0..5).map(|_| Item { received: day("2026-03-02"), ..item(98) }));
    let year = annual::year(&items, march(), day("2026-04-01"));
    let most: Vec<_> = year.most.iter().map(|group| group.received.count).collect();
    assert_eq!(most, [3, 2, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1]);
    assert!(year.most.iter().all(|group| group.key != unit(20) && group.key.is_some()));
    assert_eq!((year.suggestions.count, year.suggestions_answered.count), (5, 0));
    assert_eq!((year.sent.count, year.ordered.count), (0, 0));
}

fn record(payload: serde_json::Value) -> Record {
    let id = Uuid::from_u128(7);
    serde_json::from_value(json!({
        "id": id, "device": id, "sequence": 1, "by": id, "made_at": 0, "payload": payload,
    }))
    .unwrap()
}

fn at(text: &str) -> i64 {
    crate::time::Moment::start_of(day(text)).0 + 3_600_000
}

#[test]
fn a_leader_is_counted_by_days_and_only_by_what_was_done_in_person() {
    let reception = |on: &str, form: &str, matter: Option<u128>| {
        let mut payload = json!({
            "kind": "reception", "form": form, "at": at(on), "place": "清溪镇", "visitor": "张三", "people": 2, "subject": "路灯",
        });
        if let Some(matter) = matter {
            payload["matter"] = json!(Uuid::from_u128(matter));
        }
        record(payload)
    };
    let visit = |on: &str, result: &str, mode: &str, household: u128| {
        record(json!({
            "kind": "household_visit", "household": Uuid::from_u128(household), "started": at(on), "result": result, "mode": mode,
        }))
    };
    let records = [
        reception("2026-03-02", "open_door", Some(1)),
        reception("2026-03-02", "open_door", Some(2)),
        reception("2026-03-16", "going_down", None),
        reception("2026-04-01", "appointment", None),
        visit("2026-03-05", "met_person", "at_home", 50),
        visit("2026-03-06", "met_family", "at_home", 50),
        visit("2026-03-06", "not_at_home", "at_home", 51),
        visit("2026-03-06", "met_person", "phone", 52),
    ];
    let content = Evaluation { due: day("2026-03-31"), office: None, unit: Some(Rating::MostlySatisfied) };
    let items = [
        Item { ratings: vec![content], ..closed(item(1)) },
        Item { repeats: vec![day("2026-03-20")], ..closed(item(2)) },
        item(3),
    ];
    let counted = deeds(&records, &BTreeSet::from([items[1].id, items[2].id]), &items, march());
    assert_eq!(counted.days, [((2026, 3), 2)].into());
    assert_eq!((counted.receptions, counted.open_door, counted.appointments, counted.going_down), (3, 2, 0, 1));
    assert_eq!((counted.people, counted.days_down), (6, 1));
    assert_eq!((counted.homes, counted.households), (2, 1));
    let brought = &counted.brought;
    assert_eq!((brought.all.items.as_slice(), brought.ended.count, brought.satisfied.count), ([0, 1].as_slice(), 2, 1));
    assert_eq!((brought.resolved.count, brought.again.items.as_slice()), (2, [1].as_slice()));
    assert_eq!((counted.contracted.all.count, counted.contracted.ended.count), (2, 1));
}

#[test]
fn contacted_in_the_set_time_of_all_whose_time_is_over() {
    let sent = |number, due: &str, responded: Option<&str>| Item {
        response_due: Some(day(due)),
        responded: responded.map(day),
        ..item(number)
    };
    let items = [
        sent(1, "2026-03-05", Some("2026-03-05")),
        sent(2, "2026-03-05", Some("2026-03-06")), // a day late
        sent(3, "2026-03-31", None),
        sent(4, "2026-04-01", Some("2026-03-30")), // due after the period
        item(5),                                   // not sent to anybody
    ];
    assert_eq!(share(&items, Rate::Responded), (1, 3));
    // What can still be done in time is no miss yet.
    let early = shares(&items, march(), day("2026-03-10"));
    let early = early.into_iter().find(|share| share.rate == Rate::Responded).unwrap();
    assert_eq!((early.hits.count, early.of.count), (1, 2));
}

#[test]
fn solved_is_what_nobody_says_is_not_solved_of_what_was_closed_in_the_period() {
    let items = [
        closed(item(1)),
        Item { unsolved: true, ..closed(item(2)) },
        Item { vetoed: true, ..closed(item(3)) },
        Item { ended: Some(day("2026-04-01")), ..closed(item(4)) },
        item(5),
    ];
    assert_eq!(share(&items, Rate::Solved), (1, 3));
}

#[test]
fn advice_is_counted_with_what_became_of_it() {
    use crate::matter::{Adoption, OversightAct};
    let given = |act, on: &str, answered, adoption| Overseen { act, on: day(on), answered, adoption };
    let items = [
        Item {
            oversight: vec![
                given(OversightAct::Policy, "2026-03-02", true, Some(Adoption::Full)),
                given(OversightAct::Policy, "2026-03-20", false, None),
                given(OversightAct::Supervision, "2026-03-20", false, None),
            ],
            ..item(1)
        },
        Item {
            oversight: vec![
                given(OversightAct::Policy, "2026-02-28", true, Some(Adoption::Full)), // before
                given(OversightAct::Accountability, "2026-03-02", true, Some(Adoption::None)),
            ],
            ..item(2)
        },
    ];
    let year = annual::year(&items, march(), day("2026-04-01"));
    assert_eq!((year.supervised.count, year.supervised.items), (1, vec![0]));
    let counts: Vec<_> = year
        .advice
        .iter()
        .map(|one| [&one.given, &one.adopted, &one.partly, &one.refused, &one.open].map(|tally| tally.count))
        .collect();
    assert_eq!(counts, [[0; 5], [2, 1, 0, 0, 1], [1, 0, 0, 1, 0]]);
    assert_eq!(year.advice[1].given.items, vec![0], "two acts of one matter, one line in the list");
}

#[test]
fn published_answers_are_counted_of_those_that_may_be_public() {
    let answer = |number, may_be_public, published, on: &str| Item {
        may_be_public,
        published,
        answered: Some(day(on)),
        ..closed(item(number))
    };
    let items = [
        answer(1, true, true, "2026-03-02"),
        answer(2, true, false, "2026-03-31"),
        answer(3, false, false, "2026-03-02"),   // nobody agreed
        answer(4, true, true, "2026-02-28"),     // answered before
        Item { may_be_public: true, ..item(5) }, // not answered
    ];
    assert_eq!(share(&items, Rate::Published), (1, 2));
}
