//! The office: registering, deciding, approving.

use case_core::alike::Likeness;
use case_core::digest::Digest;
use case_core::matter::{CommandKind, Refusal, Stage};
use case_core::wire::desk::*;
use case_core::wire::problem::Problem;
use chrono::NaiveDate;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::support::*;

fn today() -> NaiveDate {
    case_core::time::Moment(chrono::Utc::now().timestamp_millis()).date()
}

fn registration(place: &str) -> Value {
    json!({
        "title": "村道积水", "content": "村道一下雨就积水，老人孩子都摔过，请修排水沟。",
        "demands": ["修好排水沟"], "purpose": "appeal", "category": "construction", "channel": "visit",
        "intake": "first", "petitioner": { "name": "赵大娘", "phone": "13911112222" },
        "place": place, "received_on": today(),
    })
}

async fn register(client: &Client, id: Uuid, place: &str) -> Reply {
    client.post("/api/v1/matters", &json!({ "id": id, "registration": registration(place) })).await
}

fn refusal(reply: &Reply) -> Refusal {
    match reply.problem().problem {
        Problem::Refused { refusal } => refusal,
        other => panic!("{other:?}"),
    }
}

fn package(demands: usize, finding: &str) -> Value {
    let answer = json!({ "finding": finding, "conclusion": "support", "basis": "《信访工作条例》第三十二条",
        "performed": { "state": "done", "on": today(), "evidence": "验收单" } });
    json!({ "answers": vec![answer; demands], "opinion": "已修好，请查收。", "measures": ["administrative"],
            "delivery_plan": "in_person" })
}

#[tokio::test]
async fn a_matter_goes_the_whole_way_over_http() {
    let county = County::open().await;
    let registrar = county.sign_in("dengji").await;
    let id = Uuid::now_v7();
    let receipt: PrintedReceipt = register(&registrar, id, "990101101201").await.read();
    assert!(receipt.qr_svg.starts_with("<svg"));
    let again: PrintedReceipt = register(&registrar, id, "990101101201").await.read();
    assert_eq!(receipt, again, "a lost answer is given again, with the same code");
    let id = receipt.matter;

    let units: Vec<Unit> = registrar.get("/api/v1/units").await.read();
    let housing = units.iter().find(|unit| unit.name.as_str() == "县住建局").unwrap().id;
    let step = async |client: &Client, command: Value| {
        let file = client.file(id).await;
        let reply = client.command(id, file.matter.version, command).await;
        let done: CommandDone = reply.read();
        done.stage
    };
    assert_eq!(step(&registrar, json!({ "command": "transfer", "unit": housing })).await, Stage::AwaitingSignature);
    let head = county.sign_in("fuzeren").await;
    assert_eq!(step(&head, json!({ "command": "sign_for" })).await, Stage::SignedFor);
    let accept = json!({ "command": "accept", "notice_delivered_on": today() });
    assert_eq!(step(&head, accept).await, Stage::Accepted);
    let people: Vec<Named> = head.get(&format!("/api/v1/units/{housing}/accounts")).await.read();
    let handler = people.iter().find(|p| p.name.as_str() == "周明").unwrap().account;
    assert_eq!(step(&head, json!({ "command": "assign", "handler": handler })).await, Stage::Handling);
    let handler = county.sign_in("chengban").await;
    let submit = json!({ "command": "submit_closure", "package": package(1, "水沟堵塞") });
    assert_eq!(step(&handler, submit).await, Stage::ClosureSubmitted);

    let supervisor = county.sign_in("shenhe").await;
    let back = json!({ "command": "return_closure", "reasons": ["not_met"], "text": "没有见到本人", "due": today() });
    assert_eq!(step(&supervisor, back).await, Stage::Returned);
    let page = county.anonymous().look_up(&receipt.query_code, "2222").await;
    assert!(page.text().contains("重新办理"), "the petitioner is told of the return");
    let submit = json!({ "command": "submit_closure", "package": package(1, "水沟已疏通") });
    assert_eq!(step(&handler, submit).await, Stage::ClosureSubmitted);
    let file = supervisor.file(id).await;
    assert_eq!((file.matter.round, file.matter.rounds.len()), (2, 2));
    let approve = json!({ "command": "approve_closure", "shown": file.closure_digest });
    assert_eq!(step(&supervisor, approve).await, Stage::Approved);
    assert!(file.journal.len() > 8 && file.journal[0].by.is_some());
    assert_eq!(step(&head, json!({ "command": "sign_opinion" })).await, Stage::Approved);
    let deliver =
        json!({ "command": "deliver", "mode": "in_person", "on": today(), "signed": true, "opinion": "agrees" });
    assert_eq!(step(&handler, deliver).await, Stage::AwaitingReturnVisit);
    let page = county.anonymous().look_up(&receipt.query_code, "2222").await;
    assert!(page.text().contains("已修好，请查收"), "the answer is there to be read");
}

#[tokio::test]
async fn the_supervisor_approves_only_what_was_shown() {
    let county = County::open().await;
    let supervisor = county.sign_in("shenhe").await;
    let id = county.matter("村口路灯").await;
    let file = supervisor.file(id).await;
    assert!(file.permitted.contains(&CommandKind::ApproveClosure));
    let wrong = json!({ "command": "approve_closure", "shown": Digest::of_bytes(b"other") });
    assert_eq!(refusal(&supervisor.command(id, file.matter.version, wrong).await), Refusal::ContentChanged);
    // A visit comes in while the supervisor reads.
    let town = county.sign_in("zhuangan").await;
    let me: case_core::wire::session::Session = town.get("/api/v1/session").await.read();
    let visit = visit_record(me.actor.account, Uuid::from_u128(1), json!({ "matter": id, "note": "灯还是不亮" }));
    assert!(town.post("/api/v1/sync/push", &push_body(&[visit])).await.status.is_success());
    let stale = json!({ "command": "approve_closure", "shown": file.closure_digest });
    assert_eq!(refusal(&supervisor.command(id, file.matter.version, stale).await), Refusal::ContentChanged);
    let fresh = supervisor.file(id).await;
    let approve = json!({ "command": "approve_closure", "shown": fresh.closure_digest });
    assert_eq!(supervisor.command(id, fresh.matter.version, approve).await.status, 200);
}

#[tokio::test]
async fn nobody_approves_their_own_handling_over_http() {
    let county = County::open().await;
    let registrar = county.sign_in("dengji").await;
    let receipt: PrintedReceipt = register(&registrar, Uuid::now_v7(), "990101101201").await.read();
    let id = receipt.matter;
    let units: Vec<Unit> = registrar.get("/api/v1/units").await.read();
    let office = units.iter().find(|unit| unit.name.as_str() == "县信访局").unwrap().id;
    let supervisor = county.sign_in("shenhe").await;
    let me: case_core::wire::session::Session = supervisor.get("/api/v1/session").await.read();
    for (client, command) in [
        (&registrar, json!({ "command": "transfer", "unit": office })),
        (&supervisor, json!({ "command": "sign_for" })),
        (&supervisor, json!({ "command": "accept", "notice_delivered_on": today() })),
        (&supervisor, json!({ "command": "assign", "handler": me.actor.account })),
        (&supervisor, json!({ "command": "submit_closure", "package": package(1, "已核实") })),
    ] {
        let seen = client.file(id).await.matter.version;
        let reply = client.command(id, seen, command).await;
        assert_eq!(reply.status, 200, "{}", reply.text());
    }
    let file = supervisor.file(id).await;
    assert!(!file.permitted.contains(&CommandKind::ApproveClosure));
    let approve = json!({ "command": "approve_closure", "shown": file.closure_digest });
    assert_eq!(refusal(&supervisor.command(id, file.matter.version, approve).await), Refusal::OwnHandling);
}

#[tokio::test]
async fn closing_without_approval_is_refused_at_every_stage() {
    let county = County::open().await;
    let supervisor = county.sign_in("shenhe").await;
    let list: MatterList = supervisor.get("/api/v1/matters").await.read();
    assert_eq!(list.total, 11);
    for row in list.rows {
        let seen = supervisor.file(row.id).await.matter.version;
        let refused = refusal(&supervisor.command(row.id, seen, json!({ "command": "close" })).await);
        if row.stage == Stage::AwaitingReturnVisit {
            assert_eq!(refused, Refusal::NoReturnVisit { attempts: 0, needed: 3 });
        } else {
            assert_eq!(refused, Refusal::IllegalMove { stage: row.stage, command: CommandKind::Close });
        }
    }
}

#[tokio::test]
async fn the_same_command_sent_twice_is_done_once() {
    let county = County::open().await;
    let registrar = county.sign_in("dengji").await;
    let id = county.matter("公交停靠点").await;
    let file = registrar.file(id).await;
    let units: Vec<Unit> = registrar.get("/api/v1/units").await.read();
    let request = json!({ "id": Uuid::now_v7(), "seen": file.matter.version,
        "command": { "command": "transfer", "unit": units[0].id } });
    let path = format!("/api/v1/matters/{id}/commands");
    let first: CommandDone = registrar.post(&path, &request).await.read();
    let again: CommandDone = registrar.post(&path, &request).await.read();
    assert_eq!(first, again);
    let other = json!({ "id": Uuid::now_v7(), "seen": file.matter.version,
        "command": { "command": "transfer", "unit": units[1].id } });
    assert!(matches!(refusal(&registrar.post(&path, &other).await), Refusal::Stale { .. }));
}

#[tokio::test]
async fn what_comes_again_is_suggested_and_linked_once() {
    let county = County::open().await;
    let registrar = county.sign_in("dengji").await;
    let first: PrintedReceipt = register(&registrar, Uuid::now_v7(), "990101101201").await.read();
    let typed = json!({ "name": "赵大娘", "phone": "139 1111 2222", "text": "村道又积水了" });
    let alike: Vec<AlikeMatter> = registrar.post("/api/v1/matters/alike", &typed).await.read();
    let same = alike.first().unwrap();
    assert_eq!((same.row.id, same.intakes, same.linkable), (first.matter, 1, true));
    assert_eq!(same.reasons[..2], [Likeness::SamePhone, Likeness::SameName]);
    let nothing: Vec<AlikeMatter> = registrar.post("/api/v1/matters/alike", &json!({})).await.read();
    assert_eq!(nothing, []);

    let intake = |representatives: Value| {
        json!({ "command": "link_intake", "intake": { "title": "村道又积水", "content": "还是没有人来修。",
            "channel": "phone", "petitioner": { "name": "赵大娘" }, "received_on": today(),
            "particulars": { "people": 6, "representatives": representatives } } })
    };
    let six = intake(json!(["甲", "乙", "丙", "丁", "戊", "己"]));
    let refused = registrar.command(first.matter, same.version, six).await;
    assert!(refused.text().contains("第二十条"), "{}", refused.text());
    assert_eq!(refusal(&refused), Refusal::TooManyRepresentatives { max: 5 });
    let request = json!({ "id": Uuid::now_v7(), "seen": same.version, "command": intake(json!(["甲"])) });
    let path = format!("/api/v1/matters/{}/commands", first.matter);
    for _ in 0..2 {
        assert_eq!(registrar.post(&path, &request).await.status, 200);
    }
    let file = registrar.file(first.matter).await;
    assert_eq!(file.matter.intakes.len(), 1, "sent twice, linked once");
    assert_eq!(file.matter.stage, Stage::Registered);
    let again: Vec<AlikeMatter> = registrar.post("/api/v1/matters/alike", &typed).await.read();
    assert_eq!(again.first().map(|alike| alike.intakes), Some(2));
    // Who does not register does not look; who sees a village only finds what lies there.
    let supervisor = county.sign_in("shenhe").await;
    assert_eq!(supervisor.post("/api/v1/matters/alike", &typed).await.status, 403);
    let handler = county.sign_in("chengban").await;
    let of_the_unit: Vec<AlikeMatter> = handler.post("/api/v1/matters/alike", &typed).await.read();
    assert!(of_the_unit.is_empty(), "a unit finds what it has");
    let officer = county.sign_in("cunguan").await;
    let elsewhere = json!({ "name": "杨春梅" });
    let seen: Vec<AlikeMatter> = officer.post("/api/v1/matters/alike", &elsewhere).await.read();
    assert_eq!(seen, []);
    let seen: Vec<AlikeMatter> = registrar.post("/api/v1/matters/alike", &elsewhere).await.read();
    assert_eq!(seen.len(), 1);
}

#[tokio::test]
async fn a_group_that_registers_names_five_at_most() {
    let county = County::open().await;
    let registrar = county.sign_in("dengji").await;
    let mut form = registration("990101101201");
    form["particulars"] = json!({ "people": 9, "representatives": ["甲", "乙", "丙", "丁", "戊", "己"] });
    let reply = registrar.post("/api/v1/matters", &json!({ "id": Uuid::now_v7(), "registration": form })).await;
    assert_eq!(refusal(&reply), Refusal::TooManyRepresentatives { max: 5 });
}

#[tokio::test]
async fn the_file_names_all_units_and_people_and_the_list_what_waits_for_a_decision() {
    let county = County::open().await;
    let registrar = county.sign_in("dengji").await;
    let receipt: PrintedReceipt = register(&registrar, Uuid::now_v7(), "990101101201").await.read();
    let id = receipt.matter;
    let withdraw =
        json!({ "command": "propose", "proposal": { "what": "withdraw", "on": today(), "reason": "修好了" } });
    let seen = registrar.file(id).await.matter.version;
    assert_eq!(registrar.command(id, seen, withdraw).await.status, 200);
    let list = async |login: &str| {
        let list: MatterList = county.sign_in(login).await.get("/api/v1/matters?filter=proposed").await.read();
        list.rows.iter().any(|row| row.id == id)
    };
    assert!(list("shenhe").await && list("dengji").await);
    assert!(!list("fuzeren").await, "not theirs to decide");
    let file = county.sign_in("shenhe").await.file(id).await;
    let by = file.matter.pending.as_ref().unwrap().by;
    assert!(file.names.iter().any(|named| named.account == by && named.name.as_str() == "吴静"));
    let objected = county.matter("门前道路归谁管").await;
    let file = county.sign_in("shenhe").await.file(objected).await;
    let unit = file.matter.objections[0].unit.unwrap();
    assert!(file.unit.iter().chain(&file.units).any(|known| known.id == unit), "a unit that objected keeps its name");
}

#[tokio::test]
async fn each_sees_what_is_theirs() {
    let county = County::open().await;
    let count = async |login: &str| {
        let client = county.sign_in(login).await;
        let list: MatterList = client.get("/api/v1/matters").await.read();
        list.total
    };
    assert_eq!(count("shenhe").await, 11);
    assert_eq!(count("dengji").await, 11);
    assert_eq!(count("chengban").await, 7, "the unit's own");
    assert_eq!(count("shuili").await, 1);
    assert_eq!(count("cunguan").await, 3, "the village's");
    let admin = county.sign_in("guanli").await;
    assert_eq!(admin.get("/api/v1/matters").await.status, 403);
    let foreign = county.matter("灌溉渠道").await;
    assert_eq!(admin.get(&format!("/api/v1/matters/{foreign}")).await.status, 403, "no matter's content");
    for login in ["chengban", "cunguan"] {
        let client = county.sign_in(login).await;
        let reply = client.get(&format!("/api/v1/matters/{foreign}")).await;
        assert_eq!(reply.status, 404, "{login}: what is not theirs does not exist");
        let reply = client.command(foreign, 1, json!({ "command": "sign_for" })).await;
        assert_eq!(reply.status, 404, "{login}");
    }
}

#[tokio::test]
async fn lists_filter_and_search() {
    let county = County::open().await;
    let client = county.sign_in("shenhe").await;
    let list = async |query: &str| {
        let list: MatterList = client.get(&format!("/api/v1/matters?{query}")).await.read();
        list.rows
    };
    let queue = list("stage=closure_submitted").await;
    assert_eq!(queue.len(), 2);
    assert_eq!(list("q=ljg").await.len(), 1, "pinyin initials of 李建国");
    assert_eq!(list(&format!("q={}", urlencode("李建"))).await.len(), 1);
    assert_eq!(list("q=0003").await.len(), 1, "last digits of the phone");
    assert!(list("q=%25").await.is_empty(), "a percent sign is only a percent sign");
    let all = list("").await;
    let dues: Vec<_> = all.iter().filter_map(|row| row.nearest.as_ref().map(|clock| clock.due)).collect();
    assert!(dues.is_sorted(), "the nearest deadline first");
    assert_eq!(client.get("/api/v1/matters?stage=nonsense").await.status, 400);
    assert_eq!(client.get("/api/v1/matters?page=-1").await.status, 400);
}

#[tokio::test]
async fn a_village_officer_registers_in_the_own_village_only() {
    let county = County::open().await;
    let officer = county.sign_in("cunguan").await;
    assert_eq!(register(&officer, Uuid::now_v7(), "990101101201").await.status, 200);
    assert_eq!(refusal(&register(&officer, Uuid::now_v7(), "990101102201").await), Refusal::OutOfArea);
    let supervisor = county.sign_in("shenhe").await;
    assert_eq!(register(&supervisor, Uuid::now_v7(), "990101101201").await.status, 403);
    let registrar = county.sign_in("dengji").await;
    assert_eq!(register(&registrar, Uuid::now_v7(), "123456789012").await.status, 404, "no such village");
}
