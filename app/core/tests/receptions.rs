//! The calendar of receptions: on which days who receives, and what becomes of a booking.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs, reason = "tests")]

use std::collections::{BTreeMap, BTreeSet};

use case_core::id::{BookingId, ReceptionId};
use case_core::reception::{
    Booking, BookingNumber, BookingState, Change, Leader, MinuteOfDay, ReceptionRule, Recurrence, RuleFault, RuleParts,
    Sitting, SittingKey, sitting_of, sittings,
};
use case_core::text::{Paragraph, ShortText, Title};
use case_core::time::{Calendar, Moment};
use chrono::{Datelike as _, Days, NaiveDate, Weekday};
use proptest::prelude::*;
use uuid::Uuid;

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn rule_id(n: u128) -> ReceptionId {
    ReceptionId(Uuid::from_u128(n))
}

fn leader(name: &str) -> Leader {
    let duty = Some(Title::parse("城建、交通").unwrap());
    Leader { name: ShortText::parse(name).unwrap(), office: ShortText::parse("副县长").unwrap(), duty }
}

fn parts(when: Recurrence, names: &[&str]) -> RuleParts {
    RuleParts {
        leaders: names.iter().map(|name| leader(name)).collect(),
        when,
        since: day("2025-01-01"),
        until: None,
        place: Title::parse("县信访局一楼").unwrap(),
        begins: MinuteOfDay::new(9, 0).unwrap(),
        ends: MinuteOfDay::new(11, 30).unwrap(),
        slots: 6,
    }
}

fn rule(when: Recurrence) -> ReceptionRule {
    ReceptionRule::new(parts(when, &["江河"])).unwrap()
}

type Changes = BTreeMap<SittingKey, Change>;

fn held(rules: &[(ReceptionId, ReceptionRule)], changes: &Changes, from: &str, until: &str) -> Vec<Sitting> {
    sittings(rules, changes, &Calendar::shipped(), day(from), day(until))
}

fn days(when: Recurrence, from: &str, until: &str) -> Vec<String> {
    let rules = [(rule_id(1), rule(when))];
    held(&rules, &Changes::new(), from, until).iter().map(|sitting| sitting.day.to_string()).collect()
}

fn change(off: bool, to: Option<&str>) -> Change {
    Change { off, to: to.map(day), leader: None, reason: Paragraph::parse("县里开会").unwrap() }
}

#[test]
fn the_fifteenth_of_each_month_moves_over_holidays_and_weekends() {
    // 15 Feb is in the Spring Festival (until 23), 15 March a Sunday, 15 August a Saturday, 15 November a Sunday.
    let all = days(Recurrence::MonthDay(15), "2026-01-01", "2026-12-31");
    let expected = [
        "2026-01-15",
        "2026-02-24",
        "2026-03-16",
        "2026-04-15",
        "2026-05-15",
        "2026-06-15",
        "2026-07-15",
        "2026-08-17",
        "2026-09-15",
        "2026-10-15",
        "2026-11-16",
        "2026-12-15",
    ];
    assert_eq!(all, expected, "twelve a year");
}

#[test]
fn every_monday_stays_one_a_week_and_a_week_off_is_made_up_once() {
    let spring = days(Recurrence::Weekday(1), "2026-02-02", "2026-03-08");
    // Both the 16th and the 23rd are off: one reception on the 24th, not two by the same leader.
    assert_eq!(spring, ["2026-02-02", "2026-02-09", "2026-02-24", "2026-03-02"]);
    // National Day: the 5th moves to the 8th; and a Labour Day that ends on a Tuesday.
    assert_eq!(days(Recurrence::Weekday(1), "2026-09-28", "2026-10-12"), ["2026-09-28", "2026-10-08", "2026-10-12"]);
    assert_eq!(days(Recurrence::Weekday(1), "2026-05-01", "2026-05-11"), ["2026-05-06", "2026-05-11"]);
    assert_eq!(days(Recurrence::Weekday(1), "2026-01-01", "2026-12-31").len(), 51, "52 Mondays, two of them made one");
}

#[test]
fn a_saturday_that_is_worked_is_a_working_day() {
    assert_eq!(days(Recurrence::Weekday(6), "2026-02-10", "2026-02-15"), ["2026-02-14"], "worked for the holiday");
    assert_eq!(days(Recurrence::Weekday(6), "2026-02-25", "2026-03-01"), ["2026-02-28"]);
    assert_eq!(days(Recurrence::Weekday(6), "2026-03-02", "2026-03-10"), ["2026-03-09"], "an ordinary one is off");
    // What falls on the Friday off before a worked Saturday comes on the Saturday.
    assert_eq!(days(Recurrence::On(day("2026-01-02")), "2026-01-01", "2026-01-31"), ["2026-01-04"]);
    assert_eq!(days(Recurrence::On(day("2026-01-03")), "2026-01-01", "2026-01-31"), ["2026-01-04"], "a worked Sunday");
}

#[test]
fn over_the_end_of_the_year_and_in_years_without_a_table() {
    assert_eq!(days(Recurrence::MonthDay(1), "2025-12-15", "2026-01-15"), ["2026-01-04"]);
    assert_eq!(days(Recurrence::MonthDay(31), "2025-12-31", "2026-01-03"), ["2025-12-31"]);
    // Asked for January alone: what was planned in December and moved is still found.
    let rules = [(rule_id(1), rule(Recurrence::On(day("2026-12-31"))))];
    let mut table = include_str!("../data/holidays.csv").to_owned();
    table += "2026-12-31,rest,元旦\n2027-01-01,rest,元旦\n2027-01-02,rest,元旦\n";
    let found =
        sittings(&rules, &Changes::new(), &Calendar::parse(&table).unwrap(), day("2027-01-01"), day("2027-01-31"));
    assert_eq!(found.iter().map(|one| one.day).collect::<Vec<_>>(), [day("2027-01-04")]);
    assert_eq!(days(Recurrence::MonthDay(15), "2028-01-01", "2028-03-31"), ["2028-01-17", "2028-02-15", "2028-03-15"]);
}

#[test]
fn a_month_without_that_day_has_it_on_its_last() {
    let table = Calendar::default();
    let rules = [(rule_id(1), rule(Recurrence::MonthDay(31)))];
    let found: Vec<_> = sittings(&rules, &Changes::new(), &table, day("2026-01-01"), day("2026-12-31"))
        .iter()
        .map(|one| one.key.planned.to_string())
        .collect();
    let expected = [
        // 31 January is a Saturday and 28 February another: both on the Monday after.
        "2026-01-31",
        "2026-02-28",
        "2026-03-31",
        "2026-04-30",
        "2026-05-31",
        "2026-06-30",
        "2026-07-31",
        "2026-08-31",
        "2026-09-30",
        "2026-10-31",
        "2026-11-30",
        "2026-12-31",
    ];
    assert_eq!(found, expected);
    let leap = rule(Recurrence::MonthDay(30)).planned(day("2028-02-01"), day("2028-02-29"));
    assert_eq!(leap, [day("2028-02-29")]);
}

#[test]
fn two_rules_that_meet_on_a_day_are_two_receptions_in_the_order_of_their_times() {
    let early = ReceptionRule::new(RuleParts {
        begins: MinuteOfDay::new(8, 0).unwrap(),
        ..parts(Recurrence::Weekday(1), &["沈正"])
    });
    let rules = [(rule_id(1), rule(Recurrence::MonthDay(15))), (rule_id(2), early.unwrap())];
    let met = held(&rules, &Changes::new(), "2026-06-15", "2026-06-15");
    assert_eq!(met.iter().map(|one| one.leader.name.as_str()).collect::<Vec<_>>(), ["沈正", "江河"]);
    assert!(met.iter().all(|one| one.day == day("2026-06-15")));
}

#[test]
fn one_date_is_called_off_moved_or_given_to_another_leader_and_the_others_stay() {
    let rules = [(rule_id(1), rule(Recurrence::Weekday(1)))];
    let key = |text: &str| SittingKey { rule: rule_id(1), planned: day(text) };
    let mut changes = Changes::new();
    changes.insert(key("2026-03-02"), change(true, None));
    changes.insert(key("2026-03-09"), change(false, Some("2026-03-14")));
    changes.insert(key("2026-03-16"), Change { leader: Some(leader("方平")), ..change(false, None) });
    let found = held(&rules, &changes, "2026-03-01", "2026-03-23");
    let shown: Vec<_> = found
        .iter()
        .map(|one| (one.day.to_string(), one.off, one.leader.name.as_str(), one.reason.is_some()))
        .collect();
    let expected = [
        ("2026-03-02".to_owned(), true, "江河", true),
        // A Saturday: by hand it may be any day.
        ("2026-03-14".to_owned(), false, "江河", true),
        ("2026-03-16".to_owned(), false, "方平", true),
        ("2026-03-23".to_owned(), false, "江河", false),
    ];
    assert_eq!(shown, expected);
    // Moved far, before or after what is asked for: found on its day, and only there.
    changes.insert(key("2026-03-09"), change(false, Some("2026-06-30")));
    assert!(held(&rules, &changes, "2026-06-30", "2026-06-30").iter().any(|one| one.key == key("2026-03-09")));
    assert!(!held(&rules, &changes, "2026-03-01", "2026-03-31").iter().any(|one| one.key == key("2026-03-09")));
    changes.insert(key("2026-06-29"), change(false, Some("2026-03-10")));
    assert!(held(&rules, &changes, "2026-03-10", "2026-03-10").iter().any(|one| one.key == key("2026-06-29")));
    // A change of a day that the rule does not plan changes nothing.
    changes.insert(key("2026-03-11"), change(false, Some("2026-03-12")));
    assert!(held(&rules, &changes, "2026-03-11", "2026-03-12").is_empty());
    let of = |text: &str| sitting_of(&rules, &changes, &Calendar::shipped(), key(text)).map(|one| one.day);
    assert_eq!(of("2026-03-09"), Some(day("2026-06-30")));
    assert_eq!(of("2026-02-16"), None, "became one with that of the 23rd");
    assert_eq!(of("2026-02-23"), Some(day("2026-02-24")));
    assert_eq!(of("2026-03-11"), None);
}

#[test]
fn leaders_take_turns_fairly() {
    for when in [Recurrence::Weekday(1), Recurrence::MonthDay(15)] {
        let names = ["甲", "乙", "丙", "丁", "戊"];
        let rule = ReceptionRule::new(parts(when, &names)).unwrap();
        let planned = rule.planned(day("2026-01-01"), day("2026-12-31"));
        let mut counts: BTreeMap<&str, u32> = names.iter().map(|name| (*name, 0)).collect();
        for day in &planned {
            *counts.get_mut(rule.leader_of(*day).unwrap().name.as_str()).unwrap() += 1;
        }
        let (least, most) = (counts.values().min().unwrap(), counts.values().max().unwrap());
        assert!(most - least <= 1, "{when:?}: {counts:?}");
        assert_eq!(rule.leader_of(rule.planned(day("2025-01-01"), day("2025-12-31"))[0]).unwrap().name.as_str(), "甲");
    }
}

#[test]
fn a_rule_that_ends_plans_nothing_after_its_last_day_and_nothing_when_it_has_not_begun() {
    let weekly = rule(Recurrence::Weekday(1));
    let (from, until) = (day("2025-01-01"), day("2026-12-31"));
    let last = weekly.ended(day("2025-01-13")).planned(from, until);
    assert_eq!(last, [day("2025-01-06"), day("2025-01-13")]);
    // Its first day is a Monday, and it is ended on a Monday before.
    let begins = RuleParts { since: day("2026-06-15"), ..parts(Recurrence::Weekday(1), &["江河"]) };
    let never = ReceptionRule::new(begins).unwrap().ended(day("2026-06-08"));
    assert!(never.planned(from, until).is_empty());
    let json = serde_json::to_string(&never).unwrap();
    assert_eq!(serde_json::from_str::<ReceptionRule>(&json).unwrap(), never, "and is read back");
}

#[test]
fn a_rule_that_does_not_hold_together_is_refused_by_name() {
    let good = parts(Recurrence::MonthDay(15), &["江河"]);
    let time = |hour, minute| MinuteOfDay::new(hour, minute).unwrap();
    let cases = [
        (RuleParts { leaders: Vec::new(), ..good.clone() }, RuleFault::NoLeader),
        (parts(Recurrence::MonthDay(15), &["甲"; 31]), RuleFault::TooManyLeaders),
        (RuleParts { when: Recurrence::MonthDay(0), ..good.clone() }, RuleFault::NoSuchDay),
        (RuleParts { when: Recurrence::MonthDay(32), ..good.clone() }, RuleFault::NoSuchDay),
        (RuleParts { when: Recurrence::Weekday(8), ..good.clone() }, RuleFault::NoSuchDay),
        (RuleParts { ends: time(9, 0), ..good.clone() }, RuleFault::Times),
        (RuleParts { slots: 0, ..good.clone() }, RuleFault::Slots),
        (RuleParts { slots: 31, ..good.clone() }, RuleFault::Slots),
        (RuleParts { ends: time(9, 4), slots: 1, ..good.clone() }, RuleFault::Slots),
        (RuleParts { until: Some(day("2024-12-30")), ..good.clone() }, RuleFault::Days),
    ];
    for (parts, fault) in cases {
        let json = serde_json::to_string(&parts).unwrap();
        assert_eq!(ReceptionRule::new(parts), Err(fault));
        assert!(serde_json::from_str::<ReceptionRule>(&json).is_err(), "{json}");
    }
    let json = serde_json::to_string(&good).unwrap();
    assert_eq!(serde_json::from_str::<ReceptionRule>(&json).unwrap().parts(), &good);
    assert_eq!(MinuteOfDay::parse(" 9：05 ").unwrap().to_string(), "9:05");
    for bad in ["", "9", "24:00", "9:60", "-1:00", "九:00"] {
        assert_eq!(MinuteOfDay::parse(bad), None, "{bad}");
    }
}

#[test]
fn whoever_booked_is_to_be_told_exactly_while_it_is_another_than_they_were_told() {
    let rules = [(rule_id(1), rule(Recurrence::MonthDay(15)))];
    let key = SittingKey { rule: rule_id(1), planned: day("2026-07-15") };
    let of = |changes: &Changes, table: &Calendar| sitting_of(&rules, changes, table, key);
    let (table, today) = (Calendar::shipped(), day("2026-07-01"));
    let sitting = of(&Changes::new(), &table).unwrap();
    let mut booking = Booking {
        id: BookingId(Uuid::from_u128(1)),
        number: BookingNumber::from_number(7),
        key,
        slot: 1,
        name: ShortText::parse("王大爷").unwrap(),
        phone: None,
        matter: None,
        made_at: Moment(0),
        state: BookingState::Booked,
        told: None,
        result: None,
        invited_by: None,
    };
    booking.told = booking.stands(Some(&sitting));
    assert_eq!(booking.told.as_ref().unwrap().time.to_string(), "9:25");
    assert!(!booking.needs_telling(Some(&sitting), today));
    let moved = of(&Changes::from([(key, change(false, Some("2026-07-20")))]), &table);
    assert!(booking.needs_telling(moved.as_ref(), today));
    let off = of(&Changes::from([(key, change(true, None))]), &table);
    assert!(booking.needs_telling(off.as_ref(), today) && booking.stands(off.as_ref()).is_none());
    assert!(booking.needs_telling(None, today), "its rule has ended");
    // A new table of holidays moves it without anybody's doing.
    let new = Calendar::parse("2026-07-15,rest,x\n").unwrap();
    assert!(booking.needs_telling(of(&Changes::new(), &new).as_ref(), today));
    // Told: nothing more to say, until it changes back.
    let told = Booking { told: booking.stands(moved.as_ref()), ..booking.clone() };
    assert!(!told.needs_telling(moved.as_ref(), today) && told.needs_telling(Some(&sitting), today));
    let told_off = Booking { told: None, ..booking.clone() };
    assert!(!told_off.needs_telling(off.as_ref(), today) && told_off.needs_telling(Some(&sitting), today));
    // Nobody is called about what is over, or about what they cancelled themselves.
    assert!(!booking.needs_telling(off.as_ref(), day("2026-07-16")));
    // Who is invited is told as well, of the invitation to begin with.
    let invited = Booking { state: BookingState::Invited, told: None, ..booking.clone() };
    assert!(invited.needs_telling(Some(&sitting), today) && invited.state.takes_a_place());
    let declined = Booking { state: BookingState::Declined, ..invited };
    assert!(!declined.needs_telling(Some(&sitting), today) && !declined.state.takes_a_place());
    let cancelled = Booking { state: BookingState::Cancelled, ..booking };
    assert!(!cancelled.needs_telling(off.as_ref(), today));
}

#[test]
fn a_booking_number_is_read_as_people_type_it() {
    let number = BookingNumber::from_number(1_234_567_890);
    assert_eq!(number.as_str(), "34567890");
    for typed in ["34567890", " 3456 7890 ", "３４５６７８９０", "3456-7890", "3456\u{3000}7890"] {
        assert_eq!(BookingNumber::parse(typed), Ok(number.clone()), "{typed}");
    }
    for bad in ["", "3456789", "345678901", "3456789a", "三四五六七八九〇"] {
        assert!(BookingNumber::parse(bad).is_err(), "{bad}");
    }
    assert_eq!(BookingNumber::from_number(5).as_str(), "00000005");
}

fn recurrence() -> impl Strategy<Value = Recurrence> {
    prop_oneof![
        (1_u8..=31).prop_map(Recurrence::MonthDay),
        (1_u8..=7).prop_map(Recurrence::Weekday),
        (0_u64..700).prop_map(|offset| Recurrence::On(day("2025-01-10") + Days::new(offset))),
    ]
}

proptest! {
    #[test]
    fn no_reception_is_on_a_day_off_and_none_of_a_rule_twice_a_day(when in recurrence(), offset in 0_u64..600, length in 0_u64..120) {
        let table = Calendar::shipped();
        let from = day("2025-01-01") + Days::new(offset);
        let until = from + Days::new(length);
        let rules = [(rule_id(1), rule(when))];
        let found = sittings(&rules, &Changes::new(), &table, from, until);
        let mut seen = BTreeSet::new();
        for one in &found {
            prop_assert!(table.is_working_day(one.day) && (from..=until).contains(&one.day));
            prop_assert!(one.day >= one.key.planned);
            prop_assert!(seen.insert(one.day), "{}", one.day);
            // Nothing is passed over: every day between the planned and the real one is off.
            let mut between = one.key.planned.iter_days().take_while(|day| *day < one.day);
            prop_assert!(between.all(|day| !table.is_working_day(day)));
            let found_by_name = sitting_of(&rules, &Changes::new(), &table, one.key);
            prop_assert_eq!(found_by_name.as_ref(), Some(one));
        }
    }

    #[test]
    fn windows_that_follow_one_another_tell_the_same_as_one(when in recurrence(), offset in 0_u64..500, first in 0_u64..60, second in 1_u64..60) {
        let table = Calendar::shipped();
        let from = day("2025-01-01") + Days::new(offset);
        let (middle, until) = (from + Days::new(first), from + Days::new(first + second));
        let rules = [(rule_id(1), rule(when))];
        let of = |from, until| sittings(&rules, &Changes::new(), &table, from, until);
        let mut parts = of(from, middle);
        parts.extend(of(middle + Days::new(1), until));
        prop_assert_eq!(parts, of(from, until));
    }

    #[test]
    fn the_pattern_is_kept(weekday in 1_u8..=7, month_day in 1_u8..=31, offset in 0_u64..800) {
        let from = day("2025-01-01") + Days::new(offset);
        let until = from + Days::new(100);
        for planned in rule(Recurrence::Weekday(weekday)).planned(from, until) {
            prop_assert_eq!(planned.weekday(), Weekday::try_from(weekday - 1).unwrap());
        }
        let monthly = rule(Recurrence::MonthDay(month_day)).planned(from, until);
        for planned in &monthly {
            let tomorrow = *planned + Days::new(1);
            prop_assert!(planned.day() == u32::from(month_day) || (tomorrow.day() == 1 && planned.day() < u32::from(month_day)));
        }
        let months: BTreeSet<_> = monthly.iter().map(|day| (day.year(), day.month())).collect();
        prop_assert_eq!(months.len(), monthly.len());
    }

    #[test]
    fn times_of_arrival_go_up_and_stay_inside(begins in 0_u16..1200, minutes in 5_u16..230, slots in 1_u16..40) {
        prop_assume!(minutes / slots >= 5);
        let parts = RuleParts {
            begins: MinuteOfDay::try_from(begins).unwrap(),
            ends: MinuteOfDay::try_from(begins + minutes).unwrap(),
            slots,
            ..parts(Recurrence::On(day("2026-06-15")), &["江河"])
        };
        let rules = [(rule_id(1), ReceptionRule::new(parts).unwrap())];
        let one = &held(&rules, &Changes::new(), "2026-06-15", "2026-06-15")[0];
        let times: Vec<u16> = (0..slots).map(|slot| one.time_of(slot).minutes()).collect();
        prop_assert!(times.windows(2).all(|pair| pair[0] < pair[1]), "{times:?}");
        prop_assert!(times[0] == begins && *times.last().unwrap() < begins + minutes);
    }
}
