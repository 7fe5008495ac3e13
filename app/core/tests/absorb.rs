//! Records are always taken in; what does not fit is flagged.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests")]

mod support;

use case_core::field::*;
use case_core::matter::*;
use case_core::prelude::*;
use support::*;

fn visit() -> HouseholdVisit {
    HouseholdVisit {
        household: HouseholdId(uuid(60)),
        campaign: None,
        matter: None,
        started: at("2026-05-11T08:30"),
        ended: None,
        companions: vec![],
        mode: VisitMode::AtHome,
        result: VisitResult::MetPerson,
        spoke_with: None,
        purposes: vec![],
        items: vec![],
        hardship: None,
        policy_topics: None,
        hazards: None,
        note: None,
        place: None,
        point: None,
        notice_given: true,
        next_visit: None,
        attachments: vec![],
    }
}

fn record(by: &Actor, visit: HouseholdVisit) -> Record {
    Record {
        id: RecordId(uuid(1)),
        device: DeviceId(uuid(50)),
        sequence: 1,
        by: by.account,
        made_at: visit.started,
        payload: Payload::HouseholdVisit(Box::new(visit)),
    }
}

fn item() -> ReportedItem {
    ReportedItem {
        kind: ItemKind::Demand,
        summary: text("自来水三天没来"),
        urgency: Urgency::Urgent,
        solved_on_spot: false,
        promised: Some(day("2026-05-20")),
        raise: Some(RaisedMatter {
            id: MatterId(uuid(300)),
            title: text("自来水停水"),
            demands: vec![Demand(text("恢复供水"))],
            category: Category::Construction,
            petitioner: text("李大爷"),
            phone: None,
            interview: None,
            code: None,
        }),
    }
}

#[test]
fn a_plain_visit_is_taken_in_without_flags() {
    let world = World::new();
    let place = code("350921101201");
    let known = Known { matter: None, household: Some(&place), address: None, earlier: false };
    assert_eq!(absorb(&record(&visitor(), visit()), &visitor(), &known, &world.cx()), Absorbed::default());
}

#[test]
fn what_does_not_fit_is_flagged_and_never_refused() {
    let world = World::new();
    let elsewhere = code("350921102201");
    let mut odd = visit();
    odd.started = at("2026-05-11T09:30");
    odd.matter = Some(MatterId(uuid(999)));
    let by_other = record(&handler(), odd);
    let known = Known { matter: None, household: Some(&elsewhere), address: None, earlier: false };
    let absorbed = absorb(&by_other, &visitor(), &known, &world.cx());
    assert_eq!(absorbed.flags, vec![Flag::UnknownMatter, Flag::OutOfArea, Flag::ClockAhead, Flag::OtherAuthor]);
    let nowhere = Known { matter: None, household: None, address: None, earlier: false };
    let absorbed = absorb(&record(&visitor(), visit()), &visitor(), &nowhere, &world.cx());
    assert_eq!(absorbed.flags, vec![Flag::UnknownHousehold]);
}

#[test]
fn a_visit_to_a_matter_closed_meanwhile_stands_in_its_file() {
    let world = World::new();
    let matter = matter_at(&world, Stage::Closed);
    let mut late = visit();
    late.matter = Some(matter.id);
    let place = code("350921101201");
    let known = Known { matter: Some(&matter), household: Some(&place), address: None, earlier: false };
    let absorbed = absorb(&record(&visitor(), late), &visitor(), &known, &world.cx());
    assert_eq!(absorbed.flags, vec![Flag::MatterClosed]);
    let after = absorbed.events.iter().fold(matter, apply);
    assert_eq!((after.stage, after.visits.len()), (Stage::Closed, 1));
}

#[test]
fn meeting_in_person_stops_the_three_days_and_a_call_does_not() {
    let world = World::new();
    let (matter, _) = registered(&world);
    let place = code("350921101201");
    let met = |mode, result| {
        let mut v = visit();
        (v.matter, v.mode, v.result) = (Some(matter.id), mode, result);
        let known = Known { matter: Some(&matter), household: Some(&place), address: None, earlier: false };
        let absorbed = absorb(&record(&visitor(), v), &visitor(), &known, &world.cx());
        let after = absorbed.events.iter().fold(matter.clone(), apply);
        after.clocks.iter().any(|c| c.kind == ClockKind::Meet && c.stopped.is_some())
    };
    assert!(met(VisitMode::AtHome, VisitResult::MetPerson));
    assert!(!met(VisitMode::Phone, VisitResult::MetPerson));
    assert!(!met(VisitMode::AtHome, VisitResult::NotAtHome));
}

#[test]
fn the_phones_clock_never_decides_a_legal_date() {
    let world = World::new();
    let (matter, _) = registered(&world);
    let mut v = visit();
    v.matter = Some(matter.id);
    let place = code("350921101201");
    for wrong in ["2019-01-01T00:00", "2031-01-01T00:00"] {
        v.started = at(wrong);
        let known = Known { matter: Some(&matter), household: Some(&place), address: None, earlier: false };
        let absorbed = absorb(&record(&visitor(), v.clone()), &visitor(), &known, &world.cx());
        let after = absorbed.events.iter().fold(matter.clone(), apply);
        let clock = after.clocks.iter().find(|c| c.kind == ClockKind::Meet).unwrap();
        assert_eq!(clock.stopped, Some(day("2026-05-11")));
    }
}

#[test]
fn an_item_becomes_a_matter_with_its_clocks_and_its_promise() {
    let world = World::new();
    let mut v = visit();
    v.items = vec![item(), ReportedItem { raise: None, ..item() }];
    let place = code("350921101201");
    let known =
        Known { matter: None, household: Some(&place), address: Some("长春镇武岐村 第1组"), earlier: false };
    let absorbed = absorb(&record(&visitor(), v), &visitor(), &known, &world.cx());
    assert_eq!(absorbed.raised.len(), 1);
    let RaisedBy { id, registration, events: tail, .. } = &absorbed.raised[0];
    assert_eq!((*id, registration.channel), (MatterId(uuid(300)), Channel::HomeVisit));
    assert_eq!(registration.place.as_ref(), Some(&place));
    let number = MatterNumber::compose(35, world.now, 7);
    let mut events = register(*id, number, registration.clone(), Some(visitor().account), None, &world.cx()).unwrap();
    events.extend(tail.clone());
    let matter = replay(&events).unwrap();
    assert_eq!(matter.stage, Stage::Registered);
    assert_eq!(matter.commitments[0].due, day("2026-05-20"));
    let meet = matter.clocks.iter().find(|c| c.kind == ClockKind::Meet).unwrap();
    assert!(meet.stopped.is_some(), "the petitioner stood at the door");
    assert_eq!(matter.nearest_clock().unwrap().kind, ClockKind::Feedback);
}

#[test]
fn an_incomplete_record_names_what_it_lacks() {
    let mut v = visit();
    let mut nothing_asked = item();
    nothing_asked.raise.as_mut().unwrap().demands.clear();
    v.items = vec![nothing_asked];
    assert_eq!(record(&visitor(), v).check(), Err(RecordFault::NoDemand { item: 0 }));
    let mut backwards = visit();
    backwards.ended = Some(at("2026-05-11T08:00"));
    assert_eq!(record(&visitor(), backwards).check(), Err(RecordFault::EndsBeforeStart));
    let mut nowhere = visit();
    nowhere.point = Some((90_000_001, 0));
    assert_eq!(record(&visitor(), nowhere).check(), Err(RecordFault::BadPoint));
}

/// The wire format is frozen: a phone that was offline for a month speaks it still.
#[test]
fn a_record_of_the_first_version_reads_and_has_the_same_digest() {
    let json = r#"{"id":"00000000-0000-0000-0000-000000000001","device":"00000000-0000-0000-0000-000000000032","sequence":1,"by":"00000000-0000-0000-0000-000000000005","made_at":1778459400000,"payload":{"kind":"household_visit","household":"00000000-0000-0000-0000-00000000003c","started":1778459400000,"companions":[],"mode":"at_home","result":"met_person","purposes":[],"items":[],"notice_given":true}}"#;
    let read: Record = serde_json::from_str(json).unwrap();
    assert_eq!(read, record(&visitor(), visit()));
    assert_eq!(serde_json::to_string(&read).unwrap(), json);
    assert_eq!(
        read.digest().hex(),
        case_core::digest::Digest::of_bytes(json.as_bytes()).hex(),
        "the digest is that of the JSON as sent"
    );
}
