#![allow(clippy::unwrap_used, clippy::panic, reason = "tests")]

use case_core::field::*;
use case_core::id::{HouseholdId, MatterId};
use case_core::matter::Category;
use case_core::text::{Paragraph, TextError};
use case_core::time::Moment;
use uuid::Uuid;

use super::*;

fn now() -> Moment {
    Moment::from_local(2026, 5, 3, 14, 5).unwrap()
}

fn household() -> HouseholdId {
    HouseholdId(Uuid::from_u128(1))
}

fn matter() -> MatterId {
    MatterId(Uuid::from_u128(2))
}

fn names(wrongs: &[Wrong]) -> Vec<Name> {
    wrongs.iter().map(|wrong| wrong.spot.name).collect()
}

#[test]
fn a_result_alone_is_a_visit() {
    let form = VisitForm { result: Some(VisitResult::MetPerson), ..VisitForm::begin(None, now()) };
    let visit = form.finish(household(), now().plus_ms(45_000)).unwrap();
    assert_eq!((visit.result, visit.started, visit.items.len()), (VisitResult::MetPerson, now(), 0));
    assert_eq!(names(&VisitForm::begin(None, now()).finish(household(), now()).unwrap_err()), [Name::Result]);
}

#[test]
fn a_kept_form_comes_back_and_an_older_one_lacks_what_is_new() {
    let form = VisitForm {
        result: Some(VisitResult::MetFamily),
        spoke_with: Some(SpokeWith::Spouse),
        items: vec![ItemForm { key: 3, summary: "路坏了".into(), raised: true, ..ItemForm::default() }],
        point: Some((26_885_000, 120_005_000)),
        ..VisitForm::begin(Some(matter()), now())
    };
    let kept = serde_json::to_value(&form).unwrap();
    assert_eq!(serde_json::from_value::<VisitForm>(kept).unwrap(), form);
    let older: VisitForm = serde_json::from_str(r#"{"result":"refused","unknown":1,"items":[{}]}"#).unwrap();
    assert_eq!(older.result, Some(VisitResult::Refused));
    let older: ReturnForm = serde_json::from_str(r#"{"reached":true}"#).unwrap();
    assert_eq!(older.fitted(2).demands, [None, None]);
}

#[test]
fn everything_typed_goes_into_the_visit() {
    let form = VisitForm {
        result: Some(VisitResult::MetFamily),
        spoke_with: Some(SpokeWith::Spouse),
        ended: "2026-05-03T14:05".into(),
        companions: "王平、李安 ，陈和".into(),
        mode: VisitMode::Phone,
        purposes: vec![Purpose::Policy],
        hardship: " 看病 ".into(),
        policy_topics: "医保".into(),
        hazards: "电线老化".into(),
        note: "再来".into(),
        place: "村口".into(),
        point: Some((1, 2)),
        notice_given: true,
        next_visit: "2026-05-10".into(),
        ..VisitForm::begin(Some(matter()), now())
    };
    let visit = form.finish(household(), now()).unwrap();
    assert_eq!(visit.companions.iter().map(|name| name.as_str()).collect::<Vec<_>>(), ["王平", "李安", "陈和"]);
    assert_eq!(
        (visit.spoke_with, visit.mode, visit.matter),
        (Some(SpokeWith::Spouse), VisitMode::Phone, Some(matter()))
    );
    assert_eq!((visit.hardship.unwrap().as_str(), visit.ended), ("看病", Some(now())));
    assert_eq!((visit.point, visit.notice_given), (Some((1, 2)), true));
    assert_eq!(visit.next_visit.unwrap().to_string(), "2026-05-10");
}

#[test]
fn times_that_cannot_be_name_their_field() {
    let with = |started: &str, ended: &str, next: &str| {
        let form = VisitForm {
            result: Some(VisitResult::Empty),
            started: started.into(),
            ended: ended.into(),
            next_visit: next.into(),
            ..VisitForm::default()
        };
        form.finish(household(), now()).map_err(|wrongs| wrongs[0])
    };
    let wrong = |name, why| Wrong { spot: Spot::of(name), why };
    assert!(with("2026-05-02T23:30", "2026-05-03T01:00", "2026-05-03").is_ok(), "at night, and today");
    assert_eq!(with("2026-05-04T08:00", "", "").unwrap_err(), wrong(Name::Started, Why::InFuture));
    assert_eq!(with("gibberish", "", "").unwrap_err(), wrong(Name::Started, Why::NotADay));
    assert_eq!(with("2026-05-03T10:00", "2026-05-03T09:00", "").unwrap_err(), wrong(Name::Ended, Why::EndsBeforeStart));
    assert_eq!(with("", "", "2026-05-02").unwrap_err(), wrong(Name::NextVisit, Why::InPast));
    assert_eq!(with("", "", "").unwrap().started, now(), "emptied: when it is saved");
}

fn item(key: u32) -> ItemForm {
    ItemForm {
        key, kind: Some(ItemKind::Demand), summary: "路坏了三年。孩子踩水过去".into(), ..ItemForm::default()
    }
}

fn raised(key: u32) -> ItemForm {
    let item = item(key);
    let title = item.proposed_title();
    let raise = RaiseForm {
        id: Some(matter()),
        title,
        demands: "修路\n\n 给个日子 ".into(),
        category: Some(Category::Transport),
        petitioner: "林小溪".into(),
        ..RaiseForm::default()
    };
    ItemForm { raised: true, raise, ..item }
}

fn with_items(items: Vec<ItemForm>) -> Result<HouseholdVisit, Vec<Wrong>> {
    VisitForm { result: Some(VisitResult::MetPerson), items, ..VisitForm::begin(None, now()) }
        .finish(household(), now())
}

#[test]
fn an_item_becomes_a_matter_with_one_demand_a_line() {
    let visit = with_items(vec![item(0), raised(1)]).unwrap();
    assert!(visit.items[0].raise.is_none());
    let raise = visit.items[1].raise.as_ref().unwrap();
    assert_eq!((raise.title.as_str(), raise.id, raise.demands.len()), ("路坏了三年", matter(), 2));
    assert_eq!(raise.demands[1].0.as_str(), "给个日子");
}

#[test]
fn what_an_item_lacks_is_named_with_the_item() {
    let mut empty = raised(7);
    empty.raise.demands = " \n".into();
    empty.raise.category = None;
    empty.raise.petitioner.clear();
    let wrongs = with_items(vec![item(0), empty]).unwrap_err();
    assert_eq!(names(&wrongs), [Name::Demands, Name::Category, Name::Petitioner]);
    assert!(wrongs.iter().all(|wrong| wrong.spot.item == Some(7)));
    assert_eq!(wrongs[0].spot.id(), "item-7-demands");
    let wrongs = with_items(vec![ItemForm::default()]).unwrap_err();
    assert_eq!(names(&wrongs), [Name::ItemKind, Name::Summary]);
    assert_eq!(names(&with_items((0..21).map(item).collect()).unwrap_err()), [Name::Items]);
}

#[test]
fn each_of_the_five_is_answered_or_says_why_not() {
    let mut form = raised(0);
    form.raise.asked = true;
    let wrongs = with_items(vec![form.clone()]).unwrap_err();
    assert_eq!(names(&wrongs)[0], Name::Answer(Question::Facts));
    assert_eq!(wrongs.len(), 6, "five blocks and the read-back");
    for question in Question::ALL {
        *form.raise.interview.block_mut(question) = AnswerForm { said: Said::Given, text: "说了".into() };
    }
    *form.raise.interview.block_mut(Question::History) = AnswerForm { said: Said::Declined, text: "不想提".into() };
    form.raise.interview.read_back = Some(ReadBack::Signed);
    let visit = with_items(vec![form]).unwrap();
    let interview = visit.items[0].raise.as_ref().unwrap().interview.as_ref().unwrap();
    assert!(matches!(interview.answer(Question::History), Answer::Declined { reason } if reason.as_str() == "不想提"));
    assert!(matches!(interview.answer(Question::Facts), Answer::Given { .. }));
}

#[test]
fn keys_stay_apart_when_items_are_taken_away() {
    let mut items = vec![item(0), item(1), item(2)];
    items.remove(0);
    items.push(ItemForm::after(&items));
    assert_eq!(items.iter().map(|item| item.key).collect::<Vec<_>>(), [1, 2, 3]);
    assert_eq!(ItemForm::after(&[]).key, 0);
}

fn answered() -> ReturnForm {
    ReturnForm {
        reached: Some(true),
        respondent: Some(Respondent::Petitioner),
        received: Some(Received::Yes),
        received_on: "2026-05-01".into(),
        demands: vec![Some(Fulfilment::Done), Some(Fulfilment::Partly)],
        handler_met: Some(HandlerMet::Yes),
        promise_kept: Some(PromiseKept::No),
        office_rating: Some(Rating::Satisfied),
        unit_rating: Some(Rating::Dissatisfied),
        unit_reason: "拖太久".into(),
        own_words: "水还是小".into(),
        signature: Some(Signature::Signed),
        judgement: Some(Judgement::Reopen),
        ..ReturnForm::begin(2, 2, now())
    }
}

#[test]
fn answers_and_judgement_stay_apart() {
    let visit = answered().finish(matter(), now()).unwrap();
    assert_eq!((visit.round, visit.demands, visit.at), (2, 2, now()));
    let ReturnVisitOutcome::Reached { answers, judgement } = visit.outcome else { panic!("reached") };
    assert_eq!(judgement, Judgement::Reopen);
    assert_eq!(answers.demands, [Fulfilment::Done, Fulfilment::Partly]);
    assert_eq!(answers.unit_rating.reason.unwrap().as_str(), "拖太久");
    assert!(matches!(answers.opinion_received, OpinionReceived::Yes { on: Some(_) }));
}

#[test]
fn every_question_left_open_is_named_in_order() {
    let form =
        ReturnForm { reached: Some(true), respondent: Some(Respondent::Proxy), ..ReturnForm::begin(1, 2, now()) };
    assert_eq!(
        names(&form.finish(matter(), now()).unwrap_err()),
        [
            Name::Received,
            Name::Fulfilment(0),
            Name::Fulfilment(1),
            Name::HandlerMet,
            Name::PromiseKept,
            Name::OfficeRating,
            Name::UnitRating,
            Name::Signature,
            Name::Judgement,
        ]
    );
    assert_eq!(names(&ReturnForm::begin(1, 2, now()).finish(matter(), now()).unwrap_err()), [Name::Reached]);
    let later = ReturnForm { received_on: "2026-05-04".into(), ..answered() };
    let wrongs = later.finish(matter(), now()).unwrap_err();
    assert_eq!(wrongs, [Wrong { spot: Spot::of(Name::ReceivedOn), why: Why::InFuture }]);
}

#[test]
fn a_failed_attempt_needs_its_reason_and_nothing_else() {
    let form = ReturnForm { reached: Some(false), ..answered() };
    let empty = Wrong { spot: Spot::of(Name::Reason), why: Why::Text(TextError::Empty) };
    assert_eq!(form.finish(matter(), now()).unwrap_err(), [empty]);
    let form = ReturnForm { reason: "去了两次，门锁着".into(), ..form };
    assert!(matches!(form.finish(matter(), now()).unwrap().outcome, ReturnVisitOutcome::NotReached { .. }));
}

#[test]
fn a_refusal_claims_no_answer() {
    let form = ReturnForm { respondent: Some(Respondent::Refused), judgement: None, ..answered() };
    let refused = |said: &str| ReturnVisitOutcome::Refused { note: Paragraph::parse(said).ok() };
    assert_eq!(form.finish(matter(), now()).unwrap().outcome, refused("水还是小"));
    let silent = ReturnForm { own_words: String::new(), ..form };
    assert_eq!(silent.finish(matter(), now()).unwrap().outcome, refused(""));
}

#[test]
fn moments_read_back_from_the_input() {
    assert_eq!(moment_input(Moment::from_local(2026, 5, 3, 4, 5).unwrap()), "2026-05-03T04:05");
    assert_eq!(read_moment("2026-05-03T14:05"), Some(now()));
    assert_eq!(read_moment("2026-05-03T14:05:31"), Some(now()));
    for bad in ["", "2026-05-03", "2026-05-03T25:00", "T", "2026-02-30T10:00"] {
        assert_eq!(read_moment(bad), None, "{bad}");
    }
}
