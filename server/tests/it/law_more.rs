//! Between units: what is taken back, what goes over to a successor, what comes to a unit directly; the reports that are
//! owed, and each way of Article 31 with its own notice. Over HTTP, as each role.

use case_core::document::DocumentKind;
use case_core::id::UnitId;
use case_core::matter::{CommandKind, Refusal, Route, Stage};
use case_core::text::{Paragraph, ShortText};
use case_core::time::ClockKind;
use case_core::wire::desk::*;
use case_core::wire::documents::*;
use huiyin::use_cases::units::{Merged, merge};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::office::*;
use crate::support::*;

fn propose(proposal: Value) -> Value {
    json!({ "command": "propose", "proposal": proposal })
}

fn running(matter: &case_core::matter::Matter, kind: ClockKind) -> bool {
    matter.clocks.iter().any(|clock| clock.kind == kind && clock.is_running())
}

fn form(office: &Office, name: &str) -> Value {
    json!({
        "title": "村道积水", "content": "村道一下雨就积水，请修排水沟。", "demands": ["修好排水沟"],
        "purpose": "appeal", "category": "construction", "channel": "visit", "intake": "first",
        "petitioner": { "name": name, "phone": "13911112222" }, "received_on": office.today(),
    })
}

async fn registers(office: &Office, login: &str, registration: Value) -> Reply {
    let body = json!({ "id": Uuid::now_v7(), "registration": registration });
    office.county.sign_in(login).await.post("/api/v1/matters", &body).await
}

#[tokio::test]
async fn a_matter_is_taken_back_from_a_unit_and_the_days_for_the_answer_run_on() {
    let office = Office::open().await;
    let id = office.handling().await;
    let before = office.file("shenhe", id).await.matter;
    office.days(20);
    let recall = json!({ "command": "recall", "reason": "按职责分工应当由水利局办" });
    for login in ["chengban", "fuzeren", "zhenzhang", "cunguan", "xianling"] {
        let may_not = Refusal::RoleMayNot { command: CommandKind::Recall };
        assert_eq!(office.refused(login, id, recall.clone()).await, may_not, "{login}");
    }
    for login in ["dengji", "shenhe", "lianxi"] {
        assert!(office.file(login, id).await.permitted.contains(&CommandKind::Recall), "{login}");
    }
    assert_eq!(office.gives("dengji", id, recall.clone()).await, Stage::Registered);
    assert_eq!(office.tries("fuzeren", id, recall.clone()).await.status, 404, "theirs no longer");
    // Once accepted it ends with an answer, whoever gives it.
    let turned_away =
        propose(json!({ "what": "not_accept", "ground": "not_competent", "organ": "某局", "reason": "不归" }));
    let illegal = Refusal::IllegalMove { stage: Stage::Registered, command: CommandKind::ProposeNotAccepting };
    assert_eq!(office.refused("dengji", id, turned_away).await, illegal);
    let matter = office.file("shenhe", id).await.matter;
    assert_eq!((matter.unit, matter.handler, matter.legal_due()), (None, None, before.legal_due()));
    assert!(running(&matter, ClockKind::Handling) && running(&matter, ClockKind::Transfer));
    office.gives("dengji", id, json!({ "command": "transfer", "unit": office.other_unit })).await;
    assert!(
        running(&office.file("shenhe", id).await.matter, ClockKind::Notice),
        "the petitioner is told of the new one"
    );
    office.gives("shuili", id, json!({ "command": "sign_for" })).await;
    office.gives("shuili", id, json!({ "command": "accept", "notice_delivered_on": office.today() })).await;
    let matter = office.file("shuili", id).await.matter;
    assert_eq!(matter.legal_due(), before.legal_due(), "no second sixty days");
    assert_eq!(matter.clocks.iter().filter(|clock| clock.kind == ClockKind::Handling).count(), 1);
    assert_eq!(matter.recalls.len(), 1);
    // What has its answer is not taken back any more.
    let answered = office.delivered().await;
    assert!(matches!(office.refused("dengji", answered, recall).await, Refusal::IllegalMove { .. }));
}

#[tokio::test]
async fn what_a_unit_had_goes_over_to_its_successor() {
    let office = Office::open().await;
    let (id, closed) = (office.handling().await, office.delivered().await);
    let helped = office.handling().await;
    let clocks = office.file("shenhe", id).await.matter.clocks;
    let store = &office.county.state.store;
    let new = UnitId(Uuid::now_v7());
    let short = |text: &str| ShortText::parse(text).unwrap();
    store.upsert_units(&[Unit { id: new, name: short("县住建水务局"), phone: short("0999-1110088") }]).await.unwrap();
    let reason = Paragraph::parse("机构改革，职责并入县住建水务局").unwrap();
    let now = office.county.state.now();
    assert!(matches!(merge(store, new, new, &reason, now).await.unwrap(), Merged::Refused(_)));
    let Merged::Moved(moved) = merge(store, office.unit, new, &reason, now).await.unwrap() else { panic!("refused") };
    assert!(moved >= 3, "{moved}");
    for id in [id, closed, helped] {
        assert_eq!(store.matter(id).await.unwrap().unwrap().unit, Some(new));
    }
    let after = office.file("chengban", id).await;
    assert_eq!((after.matter.stage, &after.matter.clocks), (Stage::Handling, &clocks), "nothing else changed");
    assert_eq!(after.unit.unwrap().id, new, "its people went over with it");
    assert_eq!(office.submit(id, "水沟已经修好。").await, Stage::ClosureSubmitted);
    // Nothing is sent to what is no more, and no list offers it.
    let units: Vec<Unit> = office.county.sign_in("dengji").await.get("/api/v1/units").await.read();
    assert!(units.iter().all(|unit| unit.id != office.unit) && units.iter().any(|unit| unit.id == new));
    let another = office.matter().await;
    let gone = json!({ "command": "transfer", "unit": office.unit });
    assert_eq!(office.refused("dengji", another, gone).await, Refusal::UnitClosed);
    // Asked again, it moves nothing.
    assert_eq!(merge(store, office.unit, new, &reason, now).await.unwrap(), Merged::Moved(0));
}

#[tokio::test]
async fn a_unit_registers_what_comes_to_it_directly_and_has_it_at_once() {
    let office = Office::open().await;
    let reply = registers(&office, "chengban", form(&office, "赵大娘")).await;
    assert_eq!(reply.status, 200, "{}", reply.text());
    let id = reply.read::<PrintedReceipt>().matter;
    let opened = office.file("chengban", id).await;
    assert!(!opened.masked, "who took it in reads it");
    let matter = opened.matter;
    assert_eq!((matter.stage, matter.unit), (Stage::SignedFor, Some(office.unit)));
    assert!(matter.registration.direct && matter.came_directly());
    assert!(running(&matter, ClockKind::DirectNotice) && !running(&matter, ClockKind::Transfer));
    assert!(!running(&matter, ClockKind::Objection), "nobody sent it");
    let object = json!({ "command": "object", "reason": "不归本局" });
    assert_eq!(office.refused("fuzeren", id, object).await, Refusal::NoWindow { clock: ClockKind::Objection });
    // Within its own system it sends on; elsewhere it shows the way.
    let elsewhere = json!({ "command": "transfer", "unit": office.other_unit });
    assert_eq!(office.refused("chengban", id, elsewhere).await, Refusal::OutOfSystem);
    let below = UnitId(Uuid::now_v7());
    let short = |text: &str| ShortText::parse(text).unwrap();
    let store = &office.county.state.store;
    store.upsert_units(&[Unit { id: below, name: short("县房管所"), phone: short("0999-1110009") }]).await.unwrap();
    store.place_unit(below, Some(office.unit)).await.unwrap();
    let sent = registers(&office, "fuzeren", form(&office, "钱大娘")).await.read::<PrintedReceipt>().matter;
    let down = json!({ "command": "transfer", "unit": below });
    assert_eq!(office.gives("chengban", sent, down).await, Stage::AwaitingSignature);
    let matter = office.file("shenhe", sent).await.matter;
    assert!(running(&matter, ClockKind::DirectNotice), "the petitioner is still to be told where it went");
    let not_ours = propose(json!({ "what": "not_accept", "ground": "not_competent", "organ": "县水利局",
        "reason": "水沟归水利局管" }));
    office.gives("chengban", id, not_ours).await;
    assert_eq!(office.gives("fuzeren", id, json!({ "command": "approve_proposal" })).await, Stage::NotAccepted);
    let notice = office.paper("fuzeren", id, DocumentKind::RefusalNotice, &[]).await;
    assert!(notice.contains("第二十三条第一款") && notice.contains("县水利局"), "{notice}");
    // What is sent by the petition office is no unit's to send on.
    let theirs = office.signed_for().await;
    let may_not = Refusal::RoleMayNot { command: CommandKind::Transfer };
    assert_eq!(
        office.refused("chengban", theirs, json!({ "command": "transfer", "unit": office.unit })).await,
        may_not
    );
}

#[tokio::test]
async fn a_township_triages_within_the_township() {
    let office = Office::open().await;
    let mut registration = form(&office, "赵大娘");
    registration["direct"] = json!(true);
    registration["place"] = json!("990101101201");
    let id = registers(&office, "zhenzhang", registration.clone()).await.read::<PrintedReceipt>().matter;
    let units: Vec<Unit> = office.county.sign_in("dengji").await.get("/api/v1/units").await.read();
    let town = units.iter().find(|unit| unit.name.as_str() == "清溪镇政府").unwrap().id;
    let county = json!({ "command": "transfer", "unit": office.unit });
    assert_eq!(office.refused("zhenzhang", id, county).await, Refusal::OutOfSystem);
    assert_eq!(
        office.gives("zhenzhang", id, json!({ "command": "transfer", "unit": town })).await,
        Stage::AwaitingSignature
    );
    office.gives("zhenzhang", id, json!({ "command": "sign_for" })).await;
    office.gives("zhenzhang", id, json!({ "command": "accept", "notice_delivered_on": office.today() })).await;
    assert!(!running(&office.file("shenhe", id).await.matter, ClockKind::DirectNotice));
    // What the county's office took in is its own to send.
    let other = office.matter().await;
    let may_not = Refusal::RoleMayNot { command: CommandKind::Transfer };
    assert_eq!(office.refused("zhenzhang", other, json!({ "command": "transfer", "unit": town })).await, may_not);
}

#[tokio::test]
async fn the_report_of_an_order_is_a_paper_made_from_the_delivered_answer() {
    let office = Office::open().await;
    let id = office.matter().await;
    let due = office.today() + chrono::TimeDelta::days(40);
    office.gives("dengji", id, json!({ "command": "transfer", "unit": office.unit, "report_by": due })).await;
    office.gives("fuzeren", id, json!({ "command": "sign_for" })).await;
    office.gives("fuzeren", id, json!({ "command": "accept", "notice_delivered_on": office.today() })).await;
    let handler = office.account("chengban").await;
    office.gives("fuzeren", id, json!({ "command": "assign", "handler": handler })).await;
    office.submit(id, "水沟已经修好。").await;
    let shown = office.file("shenhe", id).await.closure_digest;
    office.gives("shenhe", id, json!({ "command": "approve_closure", "shown": shown })).await;
    office.gives("fuzeren", id, json!({ "command": "sign_opinion" })).await;
    let report = json!({ "command": "file_report", "text": "已经办结，附办结报告" });
    assert!(
        matches!(office.refused("chengban", id, report.clone()).await, Refusal::IllegalMove { .. }),
        "no answer yet"
    );
    office.gives("chengban", id, office.delivery("deliver")).await;
    assert_eq!(office.refused("chengban", id, report.clone()).await, Refusal::ReportNotIssued);
    let said = office.paper("fuzeren", id, DocumentKind::ClosureReport, &[]).await;
    assert!(said.contains("水沟堵塞") && said.contains("办结日期"), "{said}");
    office.gives("chengban", id, report).await;
    let matter = office.file("shenhe", id).await.matter;
    assert!(!running(&matter, ClockKind::Order) && matter.stage.is_open(), "before the supervisor closes it");
    assert!(matter.reports[0].document.is_some(), "the filing names the paper");
}

#[tokio::test]
async fn no_longer_accepted_names_an_opinion_on_paper_or_a_matter_of_the_same_petitioner() {
    let office = Office::open().await;
    let id = office.matter().await;
    let reason = "同样的事实和理由";
    let neither = propose(json!({ "what": "no_longer_accept", "reason": reason }));
    assert_eq!(office.refused("dengji", id, neither).await, Refusal::NoEarlierOpinion);
    let tomorrow = office.today().succ_opt().unwrap();
    let mut typed = json!({ "what": "no_longer_accept", "reason": reason,
        "opinion": { "organ": "省住建厅", "number": "省住建复核字〔2019〕3号", "on": tomorrow } });
    assert!(matches!(office.refused("dengji", id, propose(typed.clone())).await, Refusal::DateInFuture { .. }));
    typed["opinion"]["on"] = json!("2019-05-06");
    office.gives("dengji", id, propose(typed)).await;
    assert_eq!(office.gives("shenhe", id, json!({ "command": "approve_proposal" })).await, Stage::NoLongerAccepted);
    let client = office.county.sign_in("shenhe").await;
    let shelf: DocumentShelf = client.get(&format!("/api/v1/matters/{id}/documents")).await.read();
    let notice = shelf.possible.iter().find(|one| one.kind == DocumentKind::FinalityNotice).unwrap();
    assert_eq!(notice.asks[0].value, "省住建厅，省住建复核字〔2019〕3号，2019年5月6日");
    // Another petitioner's end is no end for this one.
    let ended = office.delivered().await;
    for (level, who) in
        [(case_core::matter::ReviewLevel::Review, "fucha"), (case_core::matter::ReviewLevel::Recheck, "fuhe")]
    {
        office.gives("dengji", ended, office.asks(level)).await;
        office.gives(who, ended, json!({ "command": "decide_review", "outcome": "uphold", "text": "维持。" })).await;
        office.gives("dengji", ended, office.delivery("deliver_review")).await;
    }
    let other = registers(&office, "dengji", form(&office, "孙大娘")).await.read::<PrintedReceipt>().matter;
    let theirs = propose(json!({ "what": "no_longer_accept", "earlier": ended, "reason": reason }));
    assert_eq!(office.refused("dengji", other, theirs).await, Refusal::OtherPetitioner);
}

#[tokio::test]
async fn several_people_who_come_in_person_name_who_speaks_for_them() {
    let office = Office::open().await;
    let mut group = form(&office, "赵大娘");
    group["particulars"] = json!({ "people": 8 });
    let reply = registers(&office, "dengji", group.clone()).await;
    assert_eq!(refusal(&reply), Refusal::NoRepresentative);
    group["particulars"]["representatives"] = json!(["赵大娘", "钱大娘"]);
    assert_eq!(registers(&office, "dengji", group).await.status, 200);
}

/// One of (一) to (五): directed, with the notice that names this item and no other.
async fn directed(route: Route, item: &str) {
    let office = Office::open().await;
    let id = office.matter().await;
    let code = serde_json::to_value(route).unwrap();
    let proposal = json!({ "what": "direct", "route": code, "organ": "清溪县某机关", "limit": "2099-01-01",
        "reason": "依法应当由该机关处理" });
    office.gives("dengji", id, propose(proposal)).await;
    assert_eq!(office.issue("dengji", id, DocumentKind::RouteNotice, &[]).await.status, 409, "not decided yet");
    assert_eq!(office.gives("shenhe", id, json!({ "command": "approve_proposal" })).await, Stage::Directed);
    let matter = office.file("shenhe", id).await.matter;
    assert_eq!(matter.route, Some(route));
    assert!(!running(&matter, ClockKind::Handling) && running(&matter, ClockKind::DirectNotice));
    let notice = office.paper("dengji", id, DocumentKind::RouteNotice, &[]).await;
    let items = ["第一项", "第二项", "第三项", "第四项", "第五项", "第六项"];
    for other in items {
        let named = notice.contains(&format!("第三十一条{other}"));
        assert_eq!(named, other == item, "{other}");
    }
    let told = json!({ "command": "notify_petitioner", "mode": "in_person", "on": office.today() });
    assert_eq!(office.gives("dengji", id, told).await, Stage::Directed);
}

#[tokio::test]
async fn item_one_of_article_31_has_its_notice() {
    directed(Route::Litigation, "第一项").await;
}

#[tokio::test]
async fn item_two_of_article_31_has_its_notice() {
    directed(Route::Arbitration, "第二项").await;
}

#[tokio::test]
async fn item_three_of_article_31_has_its_notice() {
    directed(Route::PartyAppeal, "第三项").await;
}

#[tokio::test]
async fn item_four_of_article_31_has_its_notice() {
    directed(Route::Administrative, "第四项").await;
}

#[tokio::test]
async fn item_five_of_article_31_has_its_notice() {
    directed(Route::Protection, "第五项").await;
}

#[tokio::test]
async fn item_six_of_article_31_is_accepted_with_its_notice() {
    let office = Office::open().await;
    let id = office.signed_for().await;
    let notice = office.paper("chengban", id, DocumentKind::AcceptanceNotice, &[]).await;
    assert!(notice.contains("第三十一条第六项") && notice.contains("60日内办结"), "{notice}");
    office.gives("fuzeren", id, json!({ "command": "accept", "notice_delivered_on": office.today() })).await;
    let matter = office.file("fuzeren", id).await.matter;
    assert_eq!(matter.route, Some(Route::Petition));
    assert!(running(&matter, ClockKind::Handling));
}
