//! Each kind of record beside the visits: what becomes of it, and that its wire format is frozen.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests")]

mod support;

use case_core::code::QueryCode;
use case_core::digest::Digest;
use case_core::field::*;
use case_core::matter::*;
use case_core::prelude::*;
use case_core::public::{Happening, When, public_status};
use case_core::wire::sync::{HouseholdCard, Member};
use support::*;

const VILLAGE: &str = "350921101201";
const ELSEWHERE: &str = "350921102201";

fn file() -> Attachment {
    Attachment {
        digest: Digest::of_bytes(b"plain"),
        kind: AttachmentKind::Photo,
        media: Media::Jpeg,
        bytes: 5,
        sealed: Digest::of_bytes(b"sealed"),
        key: FileKey([7; 32]),
    }
}

fn raise(n: u128) -> RaisedMatter {
    RaisedMatter {
        id: MatterId(uuid(n)),
        title: text("自来水停水"),
        demands: vec![Demand(text("恢复供水"))],
        category: Category::Construction,
        petitioner: text("李大爷"),
        phone: Some(text("13800005678")),
        interview: None,
        code: Some(QueryCode::from_number(42)),
    }
}

fn reception() -> Reception {
    Reception {
        kind: ReceptionKind::OpenDoor,
        at: at("2026-05-11T08:30"),
        place: text("县信访局接访室"),
        visitor: text("王小明"),
        people: 1,
        phone: None,
        household: None,
        matter: None,
        subject: text("路灯还没修"),
        opinion: Some(text("请住建局一周内办结")),
        unit: None,
        due: None,
        companions: vec![],
        items: vec![],
        attachments: vec![],
    }
}

fn intake() -> FieldIntake {
    FieldIntake {
        at: at("2026-05-11T08:30"),
        household: None,
        place: Some(code(VILLAGE)),
        address: Some(text("武岐村 第1组")),
        content: text("村里停水三天了，老人孩子没有水喝。"),
        matter: raise(300),
        attachments: vec![],
    }
}

fn note(about: About) -> Note {
    Note { about, at: at("2026-05-11T08:30"), text: text("家里人说已经送医"), attachments: vec![] }
}

fn evidence(about: About) -> Evidence {
    Evidence { about, at: at("2026-05-11T08:30"), title: text("土地承包合同"), attachments: vec![file()] }
}

fn correction(about: impl Into<Option<About>>) -> Correction {
    Correction { corrects: RecordId(uuid(70)), about: about.into(), text: text("电话写错了一位") }
}

fn edit() -> RosterEdit {
    let phone = |digits: &str| RosterValue::Phone(Some(text(digits)));
    RosterEdit {
        household: HouseholdId(uuid(60)),
        settles: None,
        changes: vec![RosterChange { saw: phone("13800000001"), new: phone("13800000002") }],
    }
}

fn record(payload: Payload) -> Record {
    Record {
        id: RecordId(uuid(1)),
        device: DeviceId(uuid(50)),
        sequence: 1,
        by: visitor().account,
        made_at: at("2026-05-11T08:31"),
        payload,
    }
}

/// One of each kind, about a matter where it can be.
fn about_matter(matter: MatterId) -> Vec<Record> {
    let about = About::Matter(matter);
    vec![
        record(Payload::Reception(Box::new(Reception { matter: Some(matter), ..reception() }))),
        record(Payload::Note(Box::new(note(about)))),
        record(Payload::Correction(Box::new(correction(about)))),
        record(Payload::Evidence(Box::new(evidence(about)))),
    ]
}

/// One of each kind, about a household where it can be.
fn about_household() -> Vec<Record> {
    let home = HouseholdId(uuid(60));
    let about = About::Household(home);
    vec![
        record(Payload::Reception(Box::new(Reception { household: Some(home), ..reception() }))),
        record(Payload::Intake(Box::new(FieldIntake { household: Some(home), place: None, ..intake() }))),
        record(Payload::Note(Box::new(note(about)))),
        record(Payload::Correction(Box::new(correction(about)))),
        record(Payload::Evidence(Box::new(evidence(about)))),
        record(Payload::RosterEdit(Box::new(edit()))),
    ]
}

fn taken(world: &World, record: &Record, known: Known<'_>) -> Absorbed {
    absorb(record, &visitor(), &known, &world.cx())
}

fn meet(matter: &Matter) -> Option<chrono::NaiveDate> {
    matter.clocks.iter().find(|clock| clock.kind == ClockKind::Meet).unwrap().stopped
}

fn build(world: &World, raised: &RaisedBy) -> Matter {
    let number = MatterNumber::compose(35, world.now, 7);
    let by = Some(visitor().account);
    let mut events = register(raised.id, number, raised.registration.clone(), by, None, &world.cx()).unwrap();
    events.extend(raised.events.clone());
    replay(&events).unwrap()
}

#[test]
fn what_is_about_a_matter_stands_in_its_file_and_replays() {
    let world = World::new();
    let (matter, journal) = registered(&world);
    let place = code(VILLAGE);
    for record in about_matter(matter.id) {
        let known = Known { matter: Some(&matter), household: Some(&place), address: None, earlier: true };
        let absorbed = taken(&world, &record, known);
        assert_eq!(absorbed.flags, [], "{:?}", record.payload.kind());
        let after = absorbed.events.iter().fold(matter.clone(), apply);
        let [added] = after.notes.as_slice() else { panic!("one note") };
        assert_eq!((added.record, added.by), (record.id, visitor().account));
        assert_eq!(usize::from(added.files), record.payload.attachments().len());
        assert_eq!(added.corrects, record.payload.earlier());
        assert_eq!(after.stage, matter.stage, "a record never moves the stage");
        assert_eq!(replay(journal.iter().chain(&absorbed.events)), Some(after.clone()));
        let json = serde_json::to_string(&after).unwrap();
        assert_eq!(serde_json::from_str::<Matter>(&json).unwrap(), after);
    }
}

#[test]
fn only_a_reception_stops_the_three_days_and_shows_to_the_petitioner() {
    let world = World::new();
    let (matter, _) = registered(&world);
    for record in about_matter(matter.id) {
        let known = Known { matter: Some(&matter), earlier: true, ..Known::default() };
        let after = taken(&world, &record, known).events.iter().fold(matter.clone(), apply);
        let reception = record.payload.kind() == RecordKind::Reception;
        assert_eq!(meet(&after).is_some(), reception);
        assert_eq!(after.gaps(world.now.date()).contains(&Gap::NotMet), !reception);
        let status = public_status(&after, None, world.now.date(), &world.calendar);
        let met = status
            .steps
            .iter()
            .any(|step| step.what == Happening::Met { way: Way::Received, reached: Reached::Petitioner });
        assert_eq!(met, reception);
        let shown = format!("{status:?}");
        for never in ["路灯还没修", "一周内办结", "送医", "写错", "承包合同", "测试干部"] {
            assert!(!shown.contains(never), "{never}");
        }
    }
}

#[test]
fn a_note_about_a_household_touches_no_matter() {
    let world = World::new();
    let place = code(VILLAGE);
    for record in about_household() {
        let known =
            Known { household: Some(&place), address: Some("武岐村 第1组"), earlier: true, ..Known::default() };
        let absorbed = taken(&world, &record, known);
        assert_eq!((absorbed.events, absorbed.flags), (vec![], vec![]), "{:?}", record.payload.kind());
        assert_eq!(absorbed.raised.len(), usize::from(record.payload.kind() == RecordKind::Intake));
    }
}

#[test]
fn what_does_not_fit_is_flagged_by_every_kind_and_refused_by_none() {
    let world = World::new();
    for record in about_matter(MatterId(uuid(999))) {
        let mut expected = vec![Flag::UnknownMatter];
        expected.extend(record.payload.earlier().map(|_| Flag::UnknownRecord));
        let absorbed = taken(&world, &record, Known::default());
        assert_eq!(absorbed, Absorbed { flags: expected, ..Absorbed::default() });
    }
    let far = code(ELSEWHERE);
    for record in about_household() {
        let flags = |known| taken(&world, &record, known).flags;
        assert_eq!(flags(Known { earlier: true, ..Known::default() }), [Flag::UnknownHousehold]);
        assert_eq!(flags(Known { household: Some(&far), earlier: true, ..Known::default() }), [Flag::OutOfArea]);
    }
    let outside = record(Payload::Intake(Box::new(FieldIntake { place: Some(far), ..intake() })));
    assert_eq!(taken(&world, &outside, Known::default()).flags, [Flag::OutOfArea]);
}

#[test]
fn a_matter_closed_or_moved_away_meanwhile_is_flagged_and_the_record_stands_in_its_file() {
    let world = World::new();
    let closed = matter_at(&world, Stage::Closed);
    let mut moved = registered(&world).0;
    moved.registration.place = Some(code(ELSEWHERE));
    for (matter, flag) in [(closed, Flag::MatterClosed), (moved, Flag::OutOfArea)] {
        for record in about_matter(matter.id) {
            let absorbed = taken(&world, &record, Known { matter: Some(&matter), earlier: true, ..Known::default() });
            assert_eq!(absorbed.flags, [flag]);
            let after = absorbed.events.iter().fold(matter.clone(), apply);
            assert_eq!((after.stage, after.notes.len()), (matter.stage, 1));
        }
    }
}

#[test]
fn the_unit_that_handles_a_matter_may_add_to_it_wherever_it_lies() {
    let world = World::new();
    let mut matter = matter_at(&world, Stage::Handling);
    matter.registration.place = Some(code(ELSEWHERE));
    let note = record(Payload::Note(Box::new(note(About::Matter(matter.id)))));
    let known = Known { matter: Some(&matter), ..Known::default() };
    let flags = |actor: &Actor| absorb(&Record { by: actor.account, ..note.clone() }, actor, &known, &world.cx()).flags;
    assert_eq!(flags(&head()), []);
    assert_eq!(flags(&actor(8, Role::TownClerk)), [Flag::OutOfArea]);
}

#[test]
fn what_a_leader_hears_becomes_a_matter_that_came_as_a_visit() {
    let world = World::new();
    let item = ReportedItem {
        kind: ItemKind::Demand,
        summary: text("自来水三天没来"),
        urgency: Urgency::Urgent,
        solved_on_spot: false,
        promised: Some(day("2026-05-20")),
        raise: Some(raise(300)),
    };
    let items = vec![item.clone(), ReportedItem { raise: None, ..item }];
    let heard = Reception { visitor: text("李大爷"), items, ..reception() };
    let absorbed = taken(&world, &record(Payload::Reception(Box::new(heard))), Known::default());
    let [raised] = absorbed.raised.as_slice() else { panic!("one matter") };
    assert_eq!(raised.registration.channel, Channel::Visit);
    assert_eq!(raised.code, Some(QueryCode::from_number(42)));
    let matter = build(&world, raised);
    assert!(meet(&matter).is_some());
    assert_eq!(matter.commitments[0].due, day("2026-05-20"));
    assert_eq!((matter.visits.len(), matter.notes[0].kind), (0, FieldNoteKind::Reception));
}

#[test]
fn a_correction_of_what_stands_in_no_file_comes_before_the_supervisor() {
    let world = World::new();
    let known = Known { earlier: true, ..Known::default() };
    let absorbed = taken(&world, &record(Payload::Correction(Box::new(correction(None)))), known);
    assert_eq!((absorbed.flags, absorbed.events), (vec![Flag::NoFile], vec![]));
    let about = About::Household(HouseholdId(uuid(60)));
    let village = code(VILLAGE);
    let known = Known { household: Some(&village), ..known };
    let absorbed = taken(&world, &record(Payload::Correction(Box::new(correction(about)))), known);
    assert_eq!(absorbed.flags, vec![]);
}

#[test]
fn what_is_asked_beyond_the_most_demands_of_a_matter_stands_in_its_file_word_for_word() {
    let world = World::new();
    let long = "长".repeat(2_000);
    let mut demands: Vec<Demand> = (1..=23).map(|n| Demand(text(&format!("诉求{n}")))).collect();
    demands.push(Demand(text(&long)));
    let many = FieldIntake { matter: RaisedMatter { demands, ..raise(300) }, ..intake() };
    let absorbed = taken(&world, &record(Payload::Intake(Box::new(many))), Known::default());
    assert_eq!(absorbed.flags, vec![Flag::TooManyDemands]);
    let [raised] = absorbed.raised.as_slice() else { panic!("one matter") };
    assert_eq!(raised.code, Some(QueryCode::from_number(42)));
    let matter = build(&world, raised);
    assert_eq!(matter.registration.demands.len(), MAX_DEMANDS);
    let notes: Vec<_> = matter.notes.iter().map(|note| (note.kind, note.text.as_str())).collect();
    assert_eq!(notes[0].0, FieldNoteKind::Intake);
    assert_eq!(
        notes[1..],
        [(FieldNoteKind::Note, "21. 诉求21\n22. 诉求22\n23. 诉求23"), (FieldNoteKind::Note, long.as_str())]
    );
    // As many as a matter holds are no reason for a word.
    let demands = (1..=20).map(|n| Demand(text(&format!("诉求{n}")))).collect();
    let most = FieldIntake { matter: RaisedMatter { demands, ..raise(300) }, ..intake() };
    let absorbed = taken(&world, &record(Payload::Intake(Box::new(most))), Known::default());
    assert_eq!((absorbed.flags, build(&world, &absorbed.raised[0]).notes.len()), (vec![], 1));
}

#[test]
fn an_intake_becomes_one_matter_with_all_that_was_said() {
    let world = World::new();
    let home = HouseholdId(uuid(60));
    let village = code("350921101202");
    let taken_in = record(Payload::Intake(Box::new(FieldIntake { household: Some(home), ..intake() })));
    let known = Known { household: Some(&village), address: Some("另一个地址"), ..Known::default() };
    let absorbed = taken(&world, &taken_in, known);
    assert_eq!((absorbed.flags, absorbed.events), (vec![], vec![]));
    let [raised] = absorbed.raised.as_slice() else { panic!("one matter") };
    let said = Registration {
        title: text("自来水停水"),
        content: text("村里停水三天了，老人孩子没有水喝。"),
        demands: vec![Demand(text("恢复供水"))],
        purpose: PurposeOfPetition::Appeal,
        category: Category::Construction,
        channel: Channel::HomeVisit,
        intake: Intake::First,
        petitioner: Petitioner {
            name: text("李大爷"),
            phone: Some(text("13800005678")),
            address: Some(text("武岐村 第1组")),
        },
        place: Some(code(VILLAGE)),
        household: Some(home),
        received_on: day("2026-05-11"),
        direct: false,
        received_by: None,
        particulars: case_core::matter::Particulars::default(),
    };
    assert_eq!((&raised.registration, &raised.code), (&said, &Some(QueryCode::from_number(42))));
    let matter = build(&world, raised);
    assert_eq!((matter.stage, meet(&matter)), (Stage::Registered, Some(day("2026-05-11"))));
    assert_eq!(matter.notes[0].kind, FieldNoteKind::Intake);
    // Without its own place it lies where the household lies.
    let bare = FieldIntake { household: Some(home), place: None, address: None, ..intake() };
    let absorbed = taken(&world, &record(Payload::Intake(Box::new(bare))), known);
    let form = &absorbed.raised[0].registration;
    assert_eq!((&form.place, &form.petitioner.address), (&Some(village.clone()), &Some(text("另一个地址"))));
}

#[test]
fn a_phones_clock_a_year_off_decides_no_legal_date() {
    let mut world = World::new();
    let (matter, _) = registered(&world);
    world.days(2);
    let today = world.now.date();
    for (wrong, ahead) in [("2025-05-11T08:30", false), ("2027-05-11T08:30", true)] {
        let wrong = at(wrong);
        let mut visit = reception();
        (visit.at, visit.matter) = (wrong, Some(matter.id));
        let mut door = intake();
        door.at = wrong;
        let flags: &[Flag] = if ahead { &[Flag::ClockAhead] } else { &[] };

        let known = Known { matter: Some(&matter), ..Known::default() };
        let absorbed = taken(&world, &record(Payload::Reception(Box::new(visit))), known);
        assert_eq!(absorbed.flags, flags);
        let after = absorbed.events.iter().fold(matter.clone(), apply);
        assert_eq!(meet(&after), Some(today), "neither before the clock began nor to come");
        assert_eq!(after.notes[0].at, wrong, "what the phone said is kept");
        let status = public_status(&after, None, today, &world.calendar);
        for step in status.steps {
            assert!(!matches!(step.when, When::Past(day) if day > today));
        }

        let absorbed = taken(&world, &record(Payload::Intake(Box::new(door))), Known::default());
        let matter = build(&world, &absorbed.raised[0]);
        assert_eq!((matter.registration.received_on, meet(&matter)), (today, Some(today)));
        let (now, _) = registered(&world);
        let due = |matter: &Matter| matter.clocks.iter().map(|clock| (clock.kind, clock.due)).collect::<Vec<_>>();
        let same_day = Registration { received_on: today, ..registration() };
        let number = MatterNumber::compose(35, world.now, 9);
        let plain = register(now.id, number, same_day, None, None, &world.cx()).unwrap();
        assert_eq!(due(&matter), due(&replay(&plain).unwrap()), "the same clocks as at a desk today");
    }
    // A day that can be is taken: the phone was only without a network.
    let mut visit = reception();
    (visit.at, visit.matter) = (at("2026-05-12T08:30"), Some(matter.id));
    let absorbed = taken(
        &world,
        &record(Payload::Reception(Box::new(visit))),
        Known { matter: Some(&matter), ..Known::default() },
    );
    assert_eq!(meet(&absorbed.events.iter().fold(matter, apply)), Some(day("2026-05-12")));
}

fn card(phone: &str) -> HouseholdCard {
    HouseholdCard {
        id: HouseholdId(uuid(60)),
        division: code(VILLAGE),
        address: text("武岐村 第1组"),
        head: text("李大爷"),
        phone: Some(text(phone)),
        members: vec![Member { name: text("李小妹"), relation: None, birth_year: None, phone: None }],
        remark: None,
        keys: String::new(),
        last_visit: None,
        next_visit: None,
    }
}

#[test]
fn a_change_of_the_roster_overwrites_only_what_the_phone_saw() {
    let both = RosterEdit {
        changes: vec![
            edit().changes[0].clone(),
            RosterChange { saw: RosterValue::Remark(None), new: RosterValue::Remark(Some(text("五保户"))) },
        ],
        ..edit()
    };
    for (now, after, clash) in [
        ("13800000001", "13800000002", false),
        ("13800000002", "13800000002", false),
        ("13800000009", "13800000009", true),
    ] {
        let mut household = card(now);
        assert_eq!(both.apply(&mut household), clash);
        assert_eq!((household.phone, household.remark), (Some(text(after)), Some(text("五保户"))), "{now}");
    }
    let none = RosterEdit { changes: vec![], ..edit() };
    let mixed = RosterEdit {
        changes: vec![RosterChange { saw: RosterValue::Remark(None), new: RosterValue::Phone(None) }],
        ..edit()
    };
    for odd in [none, mixed] {
        assert_eq!(record(Payload::RosterEdit(Box::new(odd))).check(), Err(RecordFault::NoChange));
    }
}

#[test]
fn an_incomplete_record_names_what_it_lacks() {
    let about = About::Matter(MatterId(uuid(100)));
    let bare = Evidence { attachments: vec![], ..evidence(about) };
    let nobody = Reception { people: 0, ..reception() };
    let asks_nothing = FieldIntake { matter: RaisedMatter { demands: vec![], ..raise(300) }, ..intake() };
    let many = Note { attachments: vec![file(); MAX_ATTACHMENTS + 1], ..note(about) };
    let empty = Note { attachments: vec![Attachment { bytes: 0, ..file() }], ..note(about) };
    let most = u16::try_from(MAX_ATTACHMENTS).unwrap();
    for (payload, fault) in [
        (Payload::Evidence(Box::new(bare)), RecordFault::NoAttachment),
        (Payload::Reception(Box::new(nobody)), RecordFault::NoPeople),
        (Payload::Intake(Box::new(asks_nothing)), RecordFault::NoDemand { item: 0 }),
        (Payload::Note(Box::new(many)), RecordFault::TooManyAttachments { max: most }),
        (Payload::Note(Box::new(empty)), RecordFault::AttachmentTooLarge),
    ] {
        assert_eq!(record(payload).check(), Err(fault));
    }
}

/// The samples of the wire format: a phone that was offline for a month speaks it still. A failing
/// line here means that old records would be read otherwise, or get another digest.
#[test]
fn the_wire_format_of_each_kind_is_frozen() {
    let samples = include_str!("frozen/records.txt");
    let mut kinds = std::collections::BTreeSet::new();
    for line in samples.lines().filter(|line| !line.starts_with('#')) {
        let (digest, json) = line.split_once(' ').unwrap();
        let record: Record = serde_json::from_str(json).unwrap();
        assert_eq!(record.check(), Ok(()), "{json}");
        assert_eq!(serde_json::to_string(&record).unwrap(), json);
        assert_eq!(record.digest().hex(), digest, "{json}");
        kinds.insert(record.payload.kind().code());
    }
    assert_eq!(kinds.len(), 8, "{kinds:?}");
}

/// What is in the journals for ever.
#[test]
fn the_event_of_a_field_note_is_frozen() {
    for json in include_str!("frozen/events.txt").lines().filter(|line| !line.starts_with('#')) {
        let event: Event = serde_json::from_str(json).unwrap();
        assert!(matches!(event, Event::FieldNote(_)));
        assert_eq!(serde_json::to_string(&event).unwrap(), json);
    }
}
