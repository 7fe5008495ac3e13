//! Receptions: rules and changes come back as they went in, the last place has one owner, a form is one booking.

use std::collections::BTreeMap;

use case_core::audit::{Deed, Trace};
use case_core::digest::Digest;
use case_core::id::{BookingId, ReceptionId, TalkPointId};
use case_core::reception::{
    Booking, BookingNumber, BookingState, Change, Leader, MinuteOfDay, ReceptionRule, Recurrence, RuleParts,
    SittingKey, TalkPoint,
};
use case_core::text::{Paragraph, Title};
use case_store::{Booked, Room, Store, StoreError};
use chrono::NaiveDate;

use crate::fixtures::{VILLAGE, Who, at, code, id, people, registered, short};

const RULE: ReceptionId = ReceptionId(id(0x6001));

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn key() -> SittingKey {
    SittingKey { rule: RULE, planned: day("2026-03-16") }
}

fn rule(slots: u16) -> ReceptionRule {
    ReceptionRule::new(RuleParts {
        leaders: vec![Leader { name: short("江河"), office: short("副县长"), duty: None }],
        when: Recurrence::Weekday(1),
        since: day("2026-03-02"),
        until: None,
        place: Title::parse("一楼").unwrap(),
        begins: MinuteOfDay::new(9, 0).unwrap(),
        ends: MinuteOfDay::new(11, 0).unwrap(),
        slots,
    })
    .unwrap()
}

fn trace() -> Trace {
    Trace::by(Who::Registrar.account(), at(0))
}

fn person(n: u128) -> Digest {
    Digest::of_bytes(&n.to_be_bytes())
}

/// The first free of so many places, for who has none.
fn wish(n: u128, slots: u16) -> impl Fn(&Room<'_>) -> Result<Booking, &'static str> + Sync {
    move |room| {
        if !room.own.is_empty() {
            return Err("has one");
        }
        let slot = (0..slots).find(|slot| !room.taken.contains(slot)).ok_or("full")?;
        Ok(Booking {
            id: BookingId(id(n)),
            number: BookingNumber::from_number(u64::try_from(n).unwrap()),
            key: key(),
            slot,
            name: short("王大爷"),
            phone: Some(short("13800000000")),
            matter: None,
            made_at: at(1),
            state: BookingState::Booked,
            told: None,
            result: None,
            invited_by: None,
        })
    }
}

async fn book(store: &Store, n: u128, by: u128, slots: u16) -> Booked<&'static str> {
    let from = day("2026-03-02");
    store.book(BookingId(id(n)), key(), &person(by), from, Trace::system(at(1)), &wish(n, slots)).await.unwrap()
}

async fn with_rule(store: &Store) {
    people(store).await;
    store.set_reception_rule(RULE, &rule(2), trace()).await.unwrap();
}

contract! {
    async fn rules_and_changes_come_back_as_they_went_in(db) {
        with_rule(&db.store).await;
        let change = Change { off: true, to: None, leader: None, reason: Paragraph::parse("开会").unwrap() };
        db.store.change_reception(key(), Some(&change), trace()).await.unwrap();
        let expected = (vec![(RULE, rule(2))], BTreeMap::from([(key(), change.clone())]));
        assert_eq!(db.store.receptions(day("2026-03-02")).await.unwrap(), expected);
        let moved = Change { off: false, to: Some(day("2026-03-20")), ..change };
        db.store.change_reception(key(), Some(&moved), trace()).await.unwrap();
        assert_eq!(db.store.receptions(day("2026-03-02")).await.unwrap().1, BTreeMap::from([(key(), moved)]));
        db.store.change_reception(key(), None, trace()).await.unwrap();
        assert!(db.store.receptions(day("2026-03-02")).await.unwrap().1.is_empty());
        db.store.set_reception_rule(RULE, &rule(2).ended(day("2026-03-09")), trace()).await.unwrap();
        assert_eq!(db.store.receptions(day("2026-03-09")).await.unwrap().0.len(), 1);
        assert!(db.store.receptions(day("2026-03-10")).await.unwrap().0.is_empty(), "plans nothing any more");
        let none = SittingKey { rule: ReceptionId(id(0x6002)), ..key() };
        let off = Change { off: true, to: None, leader: None, reason: Paragraph::parse("x").unwrap() };
        let unknown = db.store.change_reception(none, Some(&off), trace());
        assert_eq!(unknown.await, Err(StoreError::UnknownReference));
        let deeds: Vec<&str> = db.store.audit_entries(None, 5).await.unwrap().iter().map(|entry| entry.deed.code()).collect();
        assert_eq!(deeds, ["reception_rule_set", "reception_changed", "reception_changed", "reception_changed", "reception_rule_set"]);
    }

    async fn the_last_place_has_one_owner_however_many_want_it_at_once(db) {
        with_rule(&db.store).await;
        let mut wishes = tokio::task::JoinSet::new();
        for n in 1..=8_u128 {
            let store = db.store.clone();
            wishes.spawn(async move { book(&store, 0x7000 + n, n, 2).await });
        }
        let answers = wishes.join_all().await;
        let mut slots: Vec<u16> = answers.iter().filter_map(|answer| match answer {
            Booked::Done(booking) => Some(booking.slot),
            _ => None,
        }).collect();
        slots.sort_unstable();
        assert_eq!(slots, [0, 1]);
        assert_eq!(answers.iter().filter(|answer| **answer == Booked::No("full")).count(), 6);
        assert_eq!(db.store.places_taken(day("2026-03-02")).await.unwrap(), [(key(), 2)]);
    }

    async fn a_form_that_is_sent_many_times_is_one_booking_and_nobody_elses(db) {
        with_rule(&db.store).await;
        let mut wishes = tokio::task::JoinSet::new();
        for _ in 0..4 {
            let store = db.store.clone();
            wishes.spawn(async move { book(&store, 0x7001, 1, 2).await });
        }
        let answers = wishes.join_all().await;
        assert!(answers.iter().all(|answer| *answer == answers[0] && matches!(answer, Booked::Done(_))));
        assert_eq!(db.store.bookings_of(key()).await.unwrap().len(), 1);
        assert_eq!(book(&db.store, 0x7001, 2, 2).await, Booked::Taken, "the id of somebody else's form");
        // A number that is taken by chance: 10^8 apart.
        assert_eq!(book(&db.store, 0x7001 + 100_000_000, 2, 2).await, Booked::Taken);
        assert_eq!(book(&db.store, 0x7002, 1, 2).await, Booked::No("has one"));
    }

    async fn a_place_that_is_given_back_can_be_taken_again(db) {
        with_rule(&db.store).await;
        book(&db.store, 0x7001, 1, 1).await;
        assert_eq!(book(&db.store, 0x7002, 2, 1).await, Booked::No("full"));
        let cancel = |booking: &Booking| Ok::<_, ()>(Booking { state: BookingState::Cancelled, ..booking.clone() });
        let trace = Trace::system(at(2));
        let changed = db.store.change_booking(BookingId(id(0x7001)), false, trace, &cancel).await.unwrap();
        assert_eq!(changed.unwrap().unwrap().state, BookingState::Cancelled);
        // Once more changes nothing, and is not noted.
        let before = db.store.audit_entries(None, 1).await.unwrap()[0].sequence;
        db.store.change_booking(BookingId(id(0x7001)), false, trace, &cancel).await.unwrap();
        assert_eq!(db.store.audit_entries(None, 1).await.unwrap()[0].sequence, before);
        assert!(matches!(book(&db.store, 0x7002, 2, 1).await, Booked::Done(_)));
        // Who cancelled may book again.
        assert_eq!(book(&db.store, 0x7003, 1, 1).await, Booked::No("full"));
        let states: Vec<_> = db.store.bookings_of(key()).await.unwrap().iter().map(|one| one.state).collect();
        assert_eq!(states, [BookingState::Booked, BookingState::Cancelled]);
        assert_eq!(db.store.bookings_waiting(day("2026-03-16")).await.unwrap().len(), 1);
        assert!(db.store.bookings_waiting(day("2026-03-17")).await.unwrap().is_empty());
        assert_eq!(db.store.change_booking(BookingId(id(0x7999)), false, trace, &cancel).await.unwrap(), None);
    }

    async fn a_booking_is_found_by_its_number_and_by_the_matter_it_led_to(db) {
        with_rule(&db.store).await;
        let matter = registered(&db.store, 1, Some(VILLAGE)).await;
        book(&db.store, 0x7001, 1, 2).await;
        let found = db.store.booking_by_number(&BookingNumber::from_number(0x7001)).await.unwrap().unwrap();
        assert_eq!(found.id, BookingId(id(0x7001)));
        assert_eq!(db.store.booking_by_number(&BookingNumber::from_number(1)).await.unwrap(), None);
        let led = |booking: &Booking| {
            Ok::<_, ()>(Booking { state: BookingState::Attended, matter: Some(matter.id), ..booking.clone() })
        };
        db.store.change_booking(found.id, false, trace(), &led).await.unwrap();
        let of = db.store.bookings_of_matter(matter.id).await.unwrap();
        assert_eq!(of.len(), 1);
        assert_eq!(db.store.booking(found.id).await.unwrap().as_ref(), of.first());
        let noted = &db.store.audit_entries(None, 1).await.unwrap()[0].deed;
        let expected = Deed::ReceptionBookingSet { booking: found.id, state: BookingState::Attended, told: false, matter: Some(matter.id), to: None };
        assert_eq!(*noted, expected);
        let text = serde_json::to_string(noted).unwrap();
        assert!(!text.contains("王大爷") && !text.contains("1380"), "{text}");
    }

    async fn a_booking_moves_to_another_reception_with_its_place_or_stays_where_it_is(db) {
        with_rule(&db.store).await;
        book(&db.store, 0x7001, 1, 2).await;
        let to = SittingKey { planned: day("2026-04-16"), ..key() };
        let before = db.store.booking(BookingId(id(0x7001))).await.unwrap().unwrap();
        let trace = Trace::system(at(2));
        let no = |_: &Booking, _: &Room<'_>| Err::<Booking, _>("full");
        let refused = db.store.move_booking(before.id, to, day("2026-03-01"), trace, &no).await.unwrap();
        assert_eq!(refused, Some(Err("full")));
        assert_eq!(db.store.booking(before.id).await.unwrap().as_ref(), Some(&before), "it keeps its place");
        let go = |booking: &Booking, room: &Room<'_>| {
            assert!(room.taken.is_empty() && room.own.is_empty(), "the one that moves is in nobody's way");
            Ok::<_, ()>(Booking { key: to, slot: 1, ..booking.clone() })
        };
        let moved = db.store.move_booking(before.id, to, day("2026-03-01"), trace, &go).await.unwrap().unwrap().unwrap();
        assert_eq!((moved.key, moved.slot, &moved.number), (to, 1, &before.number));
        assert!(db.store.bookings_of(key()).await.unwrap().is_empty(), "the old place is free");
        assert_eq!(db.store.bookings_of(to).await.unwrap(), [moved]);
        let noted = &db.store.audit_entries(None, 1).await.unwrap()[0].deed;
        assert!(matches!(noted, Deed::ReceptionBookingSet { to: Some(there), .. } if *there == to));
        let nobody = db.store.move_booking(BookingId(id(0x7999)), to, day("2026-03-01"), trace, &go).await.unwrap();
        assert!(nobody.is_none());
    }

    async fn old_bookings_are_forgotten_but_those_of_a_matter(db) {
        with_rule(&db.store).await;
        let matter = registered(&db.store, 1, Some(VILLAGE)).await;
        book(&db.store, 0x7001, 1, 2).await;
        book(&db.store, 0x7002, 2, 2).await;
        let led = |booking: &Booking| Ok::<_, ()>(Booking { matter: Some(matter.id), ..booking.clone() });
        db.store.change_booking(BookingId(id(0x7002)), false, trace(), &led).await.unwrap();
        assert_eq!(db.store.purge_bookings(key().planned).await.unwrap(), 0, "not before its day");
        assert_eq!(db.store.purge_bookings(day("2027-03-17")).await.unwrap(), 1);
        let left: Vec<_> = db.store.bookings_of(key()).await.unwrap().iter().map(|one| one.id).collect();
        assert_eq!(left, [BookingId(id(0x7002))]);
    }

    async fn a_point_is_changed_and_closed(db) {
        people(&db.store).await;
        let point = TalkPoint {
            id: TalkPointId(id(0x8001)),
            division: code(VILLAGE),
            name: short("樟树下"),
            place: Title::parse("村口").unwrap(),
            keeper: short("老李"),
            hours: Title::parse("上午").unwrap(),
            phone: short("0999-1"),
            closed: false,
        };
        db.store.set_talk_point(&point, trace()).await.unwrap();
        let closed = TalkPoint { hours: Title::parse("下午").unwrap(), closed: true, ..point.clone() };
        assert_eq!(db.store.talk_points(false).await.unwrap(), [point]);
        db.store.set_talk_point(&closed, trace()).await.unwrap();
        assert!(db.store.talk_points(false).await.unwrap().is_empty());
        assert_eq!(db.store.talk_points(true).await.unwrap(), [closed]);
    }
}
