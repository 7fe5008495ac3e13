#![allow(clippy::unwrap_used, clippy::panic, reason = "tests")]

use case_core::code::{MatterNumber, QueryCode};
use case_core::digest::Digest;
use case_core::field::*;
use case_core::id::{AccountId, DeviceId, HouseholdId, MatterId, RecordId};
use case_core::matter::Category;
use case_core::place::DivisionCode;
use case_core::text::{ShortText, TextError};
use case_core::time::Moment;
use case_core::wire::sync::{HouseholdCard, Member, Raised};
use uuid::Uuid;

use super::*;

fn now() -> Moment {
    Moment::from_local(2026, 5, 3, 14, 5).unwrap()
}

fn matter(n: u128) -> MatterId {
    MatterId(Uuid::from_u128(n))
}

fn household() -> HouseholdId {
    HouseholdId(Uuid::from_u128(1))
}

fn names(wrongs: &[Wrong]) -> Vec<Name> {
    wrongs.iter().map(|wrong| wrong.spot.name).collect()
}

fn code(n: u64) -> QueryCode {
    QueryCode::from_number(n)
}

fn file() -> Attachment {
    Attachment {
        digest: Digest::of(&1),
        kind: AttachmentKind::Photo,
        media: Media::Jpeg,
        bytes: 1_000,
        sealed: Digest::of(&2),
        key: FileKey([7; 32]),
    }
}

/// The record as it would be sent passes the same check as on the phone and on the server.
#[track_caller]
fn sound(payload: Payload) -> Payload {
    let record = Record {
        id: RecordId(Uuid::from_u128(9)),
        device: DeviceId(Uuid::from_u128(8)),
        sequence: 1,
        by: AccountId(Uuid::from_u128(7)),
        made_at: now(),
        payload,
    };
    record.check().unwrap();
    record.payload
}

fn raised(key: u32) -> ItemForm {
    let raise = RaiseForm {
        id: Some(matter(u128::from(key) + 100)),
        title: "路坏了三年".into(),
        demands: "修路".into(),
        category: Some(Category::Transport),
        petitioner: "林小溪".into(),
        ..RaiseForm::default()
    };
    ItemForm {
        key,
        kind: Some(ItemKind::Demand),
        summary: "路坏了三年。孩子踩水过去".into(),
        raised: true,
        raise,
        ..ItemForm::default()
    }
}

fn received() -> ReceptionForm {
    ReceptionForm {
        visitor: "陈水".into(),
        people: "２".into(),
        subject: "问低保怎么办".into(),
        companions: "王平、李安".into(),
        due: "2026-05-20".into(),
        ..ReceptionForm::begin(ReceptionKind::Appointment, "镇信访接待室", now())
    }
}

#[test]
fn a_reception_says_who_came_how_many_and_why() {
    let reception = received().finish(now()).unwrap();
    assert_eq!((reception.kind, reception.people, reception.at), (ReceptionKind::Appointment, 2, now()));
    assert_eq!((reception.companions.len(), reception.due.unwrap().to_string().as_str()), (2, "2026-05-20"));
    sound(Payload::Reception(Box::new(reception)));
    let empty = ReceptionForm { people: "0".into(), ..ReceptionForm::begin(ReceptionKind::OpenDoor, "", now()) };
    assert_eq!(names(&empty.finish(now()).unwrap_err()), [Name::Visitor, Name::People, Name::PlaceText, Name::Subject]);
    let late = ReceptionForm { due: "2026-05-02".into(), ..received() };
    assert_eq!(late.finish(now()).unwrap_err(), [Wrong { spot: Spot::of(Name::Due), why: Why::InPast }]);
}

fn intake() -> IntakeForm {
    let mut form = IntakeForm::begin(Some(matter(5)), now());
    form.item.summary = "村口的路坏了三年，下雨孩子踩水上学。".into();
    form.item.raise.demands = "修路".into();
    form.item.raise.category = Some(Category::Transport);
    form.item.raise.petitioner = "林小溪".into();
    form
}

#[test]
fn an_intake_takes_its_title_from_the_first_sentence() {
    let made = intake().finish(Some(household()), now()).unwrap();
    assert_eq!(made.matter.title.as_str(), "村口的路坏了三年，下雨孩子踩水上学");
    assert_eq!((made.household, made.matter.id, made.matter.code.clone()), (Some(household()), matter(5), None));
    sound(Payload::Intake(Box::new(made)));
    let mut own = intake();
    own.item.raise.title = "修路".into();
    assert_eq!(own.finish(None, now()).unwrap().matter.title.as_str(), "修路");
}

#[test]
fn an_intake_has_fifteen_to_two_thousand_characters() {
    let with = |content: &str| {
        let mut form = intake();
        form.item.summary = content.into();
        form.finish(None, now())
            .map_err(|wrongs| wrongs.iter().map(|wrong| (wrong.spot.name, wrong.why)).collect::<Vec<_>>())
    };
    assert!(with(&"路".repeat(15)).is_ok());
    assert!(with(&"路".repeat(2_000)).is_ok());
    assert_eq!(with(&"路".repeat(14)).unwrap_err(), [(Name::Content, Why::TooShort { least: 15 })]);
    assert_eq!(
        with(&"路".repeat(2_001)).unwrap_err()[0],
        (Name::Content, Why::Text(TextError::TooLong { max: 2_000 }))
    );
    assert_eq!(with(" ").unwrap_err(), [(Name::Content, Why::Text(TextError::Empty))], "and nothing of the title");
}

#[test]
fn each_matter_gets_one_code_and_keeps_it() {
    let mut form = VisitForm {
        result: Some(VisitResult::MetPerson),
        items: vec![raised(0), ItemForm { raised: false, ..raised(1) }, raised(2)],
        ..VisitForm::begin(None, now())
    };
    for n in [11, 12] {
        let lacking = form.lacks_code().unwrap();
        form.codes().unwrap().give(lacking, code(n));
    }
    assert_eq!(form.lacks_code(), None, "what is not raised needs none");
    // Killed between taking and saving: the draft has them. A second try takes no further one.
    let kept = serde_json::to_string(&form).unwrap();
    let mut form: VisitForm = serde_json::from_str(&kept).unwrap();
    assert_eq!(form.lacks_code(), None);
    form.codes().unwrap().give(matter(100), code(99));
    // Typing on, and taking an item away, moves no code to another matter.
    form.items.remove(1);
    let visit = form.finish(household(), now()).unwrap();
    let codes: Vec<_> =
        visit.items.iter().map(|item| item.raise.as_ref().unwrap().code.as_ref().unwrap().digits()).collect();
    assert_eq!(codes, [code(11).digits(), code(12).digits()]);
    sound(Payload::HouseholdVisit(Box::new(visit)));
}

#[test]
fn no_code_is_taken_where_nothing_is_raised() {
    let mut visit = ReturnForm { items: vec![raised(0)], ..ReturnForm::begin(1, 1, now()) };
    assert_eq!(visit.lacks_code(), None, "nobody was reached yet");
    visit.reached = Some(true);
    assert_eq!(visit.lacks_code(), Some(matter(100)));
    visit.respondent = Some(Respondent::Refused);
    assert_eq!(visit.lacks_code(), None, "a refusal raises nothing");
    assert_eq!(PlainForm::begin(now()).lacks_code(), None);
    assert_eq!(intake().lacks_code(), Some(matter(5)));
}

#[test]
fn the_petitioner_is_told_the_code_that_holds() {
    let mut form = intake();
    form.codes.give(matter(5), code(1));
    let given = code(1).grouped();
    let payload = Payload::Intake(Box::new(form.finish(None, now()).unwrap()));
    let told_now = told(&payload, None);
    assert_eq!((told_now[0].code.as_ref(), told_now[0].replaced), (Some(&given), false));
    let number = MatterNumber::compose(35, now(), 1);
    let answer = |query_code: Option<String>| [Raised { matter: matter(5), number: number.clone(), query_code }];
    let of = |raised: &[Raised], flags: &[Flag]| told(&payload, Some((raised, flags))).remove(0);
    let same = of(&answer(Some(given.clone())), &[]);
    assert_eq!((same.code, same.replaced, same.number), (Some(given.clone()), false, Some(number.clone())));
    let other = of(&answer(Some(code(2).grouped())), &[Flag::CodeNotReserved]);
    assert_eq!((other.code, other.replaced), (Some(code(2).grouped()), true));
    // Sealed: the answer names no code. Without a flag the one given at the door holds.
    assert_eq!(of(&answer(None), &[]).code, Some(given));
    let doubted = of(&answer(None), &[Flag::CodeNotReserved]);
    assert_eq!((doubted.code, doubted.replaced), (None, true));
    // The reserve was empty: it comes with the receipt, and replaces nothing.
    let bare = Payload::Intake(Box::new(intake().finish(None, now()).unwrap()));
    let later = told(&bare, Some((&answer(Some(code(3).grouped())), &[]))).remove(0);
    assert_eq!((later.code, later.replaced), (Some(code(3).grouped()), false));
    assert_eq!(told(&bare, None)[0].code, None);
}

#[test]
fn notes_and_corrections_need_words_and_evidence_a_file() {
    let about = About::Matter(matter(3));
    let form = PlainForm { text: "电话里说好了下周见".into(), ..PlainForm::begin(now()) };
    sound(Payload::Note(Box::new(form.note(about, now()).unwrap())));
    sound(Payload::Correction(Box::new(form.correction(RecordId(Uuid::from_u128(4)), Some(about)).unwrap())));
    sound(Payload::Correction(Box::new(form.correction(RecordId(Uuid::from_u128(4)), None).unwrap())));
    let wrongs = form.evidence(about, now()).unwrap_err();
    assert_eq!(wrongs, [Wrong { spot: Spot::of(Name::Files), why: Why::NoFile }]);
    let form = PlainForm { files: vec![file()], ..form };
    sound(Payload::Evidence(Box::new(form.evidence(about, now()).unwrap())));
    let blank = PlainForm::begin(now());
    assert_eq!(names(&blank.note(about, now()).unwrap_err()), [Name::Text]);
    assert_eq!(names(&blank.evidence(about, now()).unwrap_err()), [Name::FileTitle, Name::Files]);
}

#[test]
fn a_correction_is_about_what_its_record_was_about() {
    let of = |payload: &Payload| about(payload);
    let visit = VisitForm { result: Some(VisitResult::Empty), ..VisitForm::begin(None, now()) };
    let visit = visit.finish(household(), now()).unwrap();
    assert_eq!(of(&Payload::HouseholdVisit(Box::new(visit))), Some(About::Household(household())));
    let stranger = Payload::Intake(Box::new(intake().finish(None, now()).unwrap()));
    assert_eq!(of(&stranger), Some(About::Matter(matter(5))), "the matter that it raised");
    let reception = Payload::Reception(Box::new(received().finish(now()).unwrap()));
    assert_eq!(of(&reception), None);
}

fn text(words: &str) -> ShortText {
    ShortText::parse(words).unwrap()
}

fn card() -> HouseholdCard {
    let member = |name: &str, born| Member { name: text(name), relation: None, birth_year: born, phone: None };
    HouseholdCard {
        id: household(),
        division: DivisionCode::parse("350921100200").unwrap(),
        address: case_core::text::Title::parse("大京村 3组").unwrap(),
        head: text("林秀英"),
        phone: Some(text("12345678")),
        members: vec![member("林小溪", Some(1998)), member("林大山", None)],
        remark: None,
        keys: String::new(),
        last_visit: None,
        next_visit: None,
    }
}

#[test]
fn only_what_was_changed_is_sent_with_what_the_phone_showed() {
    let mut form = RosterForm::begin(&card());
    let unchanged = Wrong { spot: Spot::of(Name::Head), why: Why::NothingChanged };
    assert_eq!(form.finish(household(), now()).unwrap_err(), [unchanged]);
    form.phone = " 87654321 ".into();
    form.members.push(MemberForm {
        name: "林小雨".into(),
        birth_year: "２０２０".into(),
        ..MemberForm::after(&form.members)
    });
    let edit = form.finish(household(), now()).unwrap();
    assert_eq!(edit.changes.len(), 2);
    assert_eq!(edit.changes[0].saw, RosterValue::Phone(Some(text("12345678"))));
    assert_eq!(edit.changes[0].new, RosterValue::Phone(Some(text("87654321"))));
    let mut after = card();
    assert!(!edit.apply(&mut after), "it fits what it was typed over");
    assert_eq!((after.members.len(), after.members[2].birth_year), (3, Some(2020)));
    sound(Payload::RosterEdit(Box::new(edit)));
}

#[test]
fn a_member_that_cannot_be_is_named() {
    let mut form = RosterForm::begin(&card());
    form.members[0].birth_year = "98".into();
    form.members[1].name = " ".into();
    let wrongs = form.finish(household(), now()).unwrap_err();
    assert_eq!(wrongs[0], Wrong { spot: Spot { item: Some(0), name: Name::BirthYear }, why: Why::NotANumber });
    assert_eq!((wrongs[1].spot.id().as_str(), wrongs.len()), ("item-1-name", 2));
}

#[test]
fn a_draft_beside_a_changed_card_keeps_what_was_touched() {
    let mut form = RosterForm::begin(&card());
    form.phone = "87654321".into();
    let mut newer = card();
    newer.phone = Some(text("11111111"));
    newer.head = text("林大山");
    let form = form.fitted(&newer);
    assert_eq!(form.head, "林大山", "untouched: what the card says now");
    let edit = form.finish(household(), now()).unwrap();
    assert_eq!(edit.changes.len(), 1);
    assert_eq!(clashing(&edit, &newer).len(), 1, "touched: the clash comes to light");
    assert_eq!(RosterForm::default().fitted(&newer), RosterForm::begin(&newer));
}

#[test]
fn a_second_edit_is_typed_over_the_first() {
    let mut form = RosterForm::begin(&card());
    form.phone = "87654321".into();
    let first = form.finish(household(), now()).unwrap();
    let mut form = RosterForm::begin(&with_own(&card(), [&first]));
    form.phone = "87654320".into();
    let second = form.finish(household(), now()).unwrap();
    let mut roster = card();
    assert!(!first.apply(&mut roster) && !second.apply(&mut roster));
    assert_eq!(roster.phone, Some(text("87654320")));
}

#[test]
fn settling_names_the_clash_and_fits_the_present_roster() {
    let mut form = RosterForm::begin(&card());
    form.phone = "87654321".into();
    form.head = "林大山".into();
    let edit = form.finish(household(), now()).unwrap();
    let mut roster = card();
    roster.phone = Some(text("11111111"));
    roster.head = text("林小溪");
    let clash = RecordId(Uuid::from_u128(77));
    assert_eq!(clashing(&edit, &roster).len(), 2);
    // Head: mine; phone: as it is now.
    let settled = settle(clash, &edit, &roster, &[true, false]);
    let mut after = roster.clone();
    assert!(!settled.apply(&mut after));
    assert_eq!((after.head.as_str(), after.phone.clone()), ("林大山", Some(text("11111111"))));
    assert_eq!(settled.settles, Some(clash));
    sound(Payload::RosterEdit(Box::new(settled)));
    // Meanwhile both say the same: nothing changes, but it is over.
    let agreed = settle(clash, &edit, &with_own(&card(), [&edit]), &[]);
    assert_eq!(agreed.settles, Some(clash));
    assert!(agreed.changes.iter().all(|change| change.saw == change.new));
    sound(Payload::RosterEdit(Box::new(agreed)));
}

#[test]
fn forms_of_an_older_version_can_be_read() {
    assert_eq!(serde_json::from_str::<PlainForm>("{}").unwrap(), PlainForm::default());
    assert_eq!(serde_json::from_str::<ReceptionForm>(r#"{"x":1}"#).unwrap(), ReceptionForm::default());
    assert_eq!(serde_json::from_str::<RosterForm>("{}").unwrap(), RosterForm::default());
    assert_eq!(serde_json::from_str::<IntakeForm>(r#"{"item":{}}"#).unwrap(), IntakeForm::default());
    let mut full = intake();
    full.codes.give(matter(5), code(4));
    full.files.push(file());
    let kept = serde_json::to_value(&full).unwrap();
    assert_eq!(serde_json::from_value::<IntakeForm>(kept).unwrap(), full);
}

/// Whatever was typed: a settling always fits the roster that it was made over, and leaves nothing
/// open.
#[test]
fn a_settled_clash_is_settled() {
    let head = |name: &str| RosterValue::Head(text(name));
    for (typed, there, before) in
        (0..27).map(|n| (["甲", "乙", "丙"][n % 3], ["甲", "乙", "丙"][n / 3 % 3], ["甲", "乙", "丙"][n / 9]))
    {
        for mine in [true, false] {
            let changes = vec![RosterChange { saw: head(before), new: head(typed) }];
            let edit = RosterEdit { household: household(), settles: None, changes };
            let roster = HouseholdCard { head: text(there), ..card() };
            let open = !clashing(&edit, &roster).is_empty();
            assert_eq!(open, there != before && there != typed);
            let settled = settle(RecordId(Uuid::from_u128(1)), &edit, &roster, &[mine]);
            let mut after = roster.clone();
            assert!(!settled.apply(&mut after));
            assert_eq!(after.head.as_str(), if open && mine { typed } else { there }, "{typed} {there} {before}");
        }
    }
}
