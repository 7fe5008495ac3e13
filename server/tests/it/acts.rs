//! Acts of the office beside the path, over HTTP: signing, handing over, 督办 and its answer, a review that is
//! taken back. The rules themselves are tested in the core; here, that the people who can give the commands
//! are the right ones, and what their screens and phones show afterwards.

use case_core::id::MatterId;
use case_core::matter::{CommandKind, OversightAct, Refusal, ReviewLevel, Stage};
use case_core::time::ClockKind;
use case_core::wire::desk::*;
use case_core::wire::problem::Problem;
use case_core::wire::sync::{PullResponse, WorkItem};
use serde_json::{Value, json};

use crate::office::*;
use crate::support::*;

async fn file(office: &Office, login: &str, id: MatterId) -> MatterFile {
    office.county.sign_in(login).await.file(id).await
}

/// Whether the matter lies in the official's work area on the phone.
async fn on_phone(office: &Office, login: &str, id: MatterId) -> bool {
    let client = office.county.sign_in(login).await;
    let area: PullResponse =
        client.post("/api/v1/sync/pull", &json!({ "protocol": 2, "cursor": Value::Null })).await.read();
    area.items.iter().any(|item| matches!(item, WorkItem::Matter(card) if card.id == id))
}

#[tokio::test]
async fn the_head_signs_before_anything_is_delivered() {
    let office = Office::open().await;
    let id = office.handling().await;
    office.submit(id, "水沟已经修好。").await;
    let shown = file(&office, "shenhe", id).await.closure_digest;
    office.gives("shenhe", id, json!({ "command": "approve_closure", "shown": shown })).await;
    assert!(!file(&office, "chengban", id).await.permitted.contains(&CommandKind::Deliver));
    assert_eq!(office.refused("chengban", id, office.delivery("deliver")).await, Refusal::NotSigned);
    let sign = json!({ "command": "sign_opinion", "note": "同意发出" });
    let may_not = Refusal::RoleMayNot { command: CommandKind::SignOpinion };
    for login in ["chengban", "shenhe", "dengji", "lianxi", "xianling", "zhishu"] {
        assert_eq!(office.refused(login, id, sign.clone()).await, may_not, "{login}");
    }
    assert_eq!(office.refused("zhenzhang", id, sign.clone()).await, Refusal::OtherUnit);
    assert_eq!(office.gives("fuzeren", id, sign.clone()).await, Stage::Approved);
    assert_eq!(office.refused("fuzeren", id, sign).await, Refusal::SignedAlready);
    assert_eq!(office.gives("chengban", id, office.delivery("deliver")).await, Stage::AwaitingReturnVisit);
}

#[tokio::test]
async fn in_a_small_unit_where_the_head_handles_it_the_supervisor_signs() {
    let office = Office::open().await;
    let id = office.signed_for().await;
    let accept = json!({ "command": "accept", "notice_delivered_on": office.today() });
    office.gives("fuzeren", id, accept).await;
    let head = office.account("fuzeren").await;
    office.gives("fuzeren", id, json!({ "command": "assign", "handler": head })).await;
    let submit = json!({ "command": "submit_closure", "package": office.package("水沟已经修好。") });
    office.gives("fuzeren", id, submit).await;
    let shown = file(&office, "shenhe", id).await.closure_digest;
    office.gives("shenhe", id, json!({ "command": "approve_closure", "shown": shown })).await;
    let sign = json!({ "command": "sign_opinion" });
    assert_eq!(office.refused("fuzeren", id, sign.clone()).await, Refusal::OwnDraft);
    office.gives("shenhe", id, sign).await;
    assert_eq!(office.gives("fuzeren", id, office.delivery("deliver")).await, Stage::AwaitingReturnVisit);
}

#[tokio::test]
async fn a_matter_goes_on_with_a_colleague_and_so_does_the_phone() {
    let office = Office::open().await;
    let id = office.handling().await;
    assert!(on_phone(&office, "chengban", id).await);
    assert!(!on_phone(&office, "fuzeren", id).await);
    let over = |to| json!({ "command": "hand_over", "handler": to, "reason": "原承办人下乡驻村" });
    let (handler, head) = (office.account("chengban").await, office.account("fuzeren").await);
    let may_not = Refusal::RoleMayNot { command: CommandKind::HandOver };
    assert_eq!(office.refused("chengban", id, over(head)).await, may_not);
    assert_eq!(office.refused("fuzeren", id, over(handler)).await, Refusal::HandledAlready);
    // Only to somebody of the same unit.
    let stranger = office.account("shuili").await;
    let reply = office.tries("fuzeren", id, over(stranger)).await;
    assert!(matches!(reply.problem().problem, Problem::Malformed { .. }), "{}", reply.text());
    assert_eq!(office.gives("fuzeren", id, over(head)).await, Stage::Handling);
    let after = file(&office, "fuzeren", id).await;
    assert_eq!(after.matter.handler, Some(head));
    assert!(!after.masked, "who has it in hand reads the particulars");
    assert!(file(&office, "chengban", id).await.masked, "and who had it, no longer");
    assert!(!on_phone(&office, "chengban", id).await);
    assert!(on_phone(&office, "fuzeren", id).await);
    let submit = json!({ "command": "submit_closure", "package": office.package("水沟已经修好。") });
    assert_eq!(office.refused("chengban", id, submit).await, Refusal::NotTheHandler);
}

#[tokio::test]
async fn supervision_is_seen_and_answered_by_the_unit() {
    let office = Office::open().await;
    let id = office.handling().await;
    let due = office.today() + chrono::TimeDelta::days(2);
    let act = |act: &str| json!({ "command": "oversee", "act": act, "breach": "半个月没有见面", "wanted": "上门见面", "due": due });
    for login in ["chengban", "fuzeren", "dengji", "cunguan", "xianling"] {
        let refused = office.refused(login, id, act("supervision")).await;
        assert_eq!(refused, Refusal::RoleMayNot { command: CommandKind::Supervise }, "{login}");
    }
    office.gives("shenhe", id, act("supervision")).await;
    // 约谈 is the joint conference's too (Article 39); advice is the petition office's (Article 40).
    assert_eq!(office.gives("lianxi", id, act("interview")).await, Stage::Handling);
    let advice = Refusal::RoleMayNot { command: CommandKind::Advise };
    assert_eq!(office.refused("lianxi", id, act("policy")).await, advice);
    let seen = file(&office, "chengban", id).await;
    assert_eq!(
        seen.matter.oversight.iter().map(|act| act.act).collect::<Vec<_>>(),
        [OversightAct::Supervision, OversightAct::Interview]
    );
    assert!(seen.permitted.contains(&CommandKind::AnswerOversight));
    assert_eq!(seen.matter.nearest_clock().unwrap().due, due);
    let answer = |which: u16| json!({ "command": "answer_oversight", "oversight": which, "on": office.today(), "text": "已经上门" });
    assert_eq!(office.tries("shuili", id, answer(0)).await.status, 404, "not theirs to see");
    office.gives("fuzeren", id, answer(0)).await;
    assert_eq!(office.refused("fuzeren", id, answer(0)).await, Refusal::NoSuchOversight);
    let clocks = file(&office, "shenhe", id).await.matter.clocks;
    let open = clocks.iter().filter(|clock| clock.kind == ClockKind::SupervisionAnswer && clock.is_running());
    assert_eq!(open.count(), 1, "one is answered, the other is not");
}

#[tokio::test]
async fn what_is_advised_to_another_organ_the_supervisor_enters_when_it_answers() {
    let office = Office::open().await;
    let id = office.handling().await;
    let due = office.today() + chrono::TimeDelta::days(30);
    let advise = json!({ "command": "oversee", "act": "policy", "to": "县政府办公室", "breach": "没有管护的规定",
        "wanted": "出台管护办法", "due": due });
    office.gives("shenhe", id, advise).await;
    let mut answer = json!({ "command": "answer_oversight", "oversight": 0, "on": office.today(), "text": "列入计划" });
    assert_eq!(office.refused("fuzeren", id, answer.clone()).await, Refusal::OtherUnit);
    assert_eq!(office.refused("shenhe", id, answer.clone()).await, Refusal::AdoptionNeeded);
    answer["adoption"] = json!("partly");
    office.gives("shenhe", id, answer).await;
}

#[tokio::test]
async fn a_petitioner_takes_a_review_back_at_the_desk() {
    let office = Office::open().await;
    let id = office.delivered().await;
    office.gives("dengji", id, office.asks(ReviewLevel::Review)).await;
    let back = json!({ "command": "withdraw_review", "on": office.today(), "reason": "想通了" });
    for login in ["chengban", "fuzeren", "shenhe", "cunguan"] {
        let refused = office.refused(login, id, back.clone()).await;
        assert_eq!(refused, Refusal::RoleMayNot { command: CommandKind::WithdrawReview }, "{login}");
    }
    assert_eq!(office.gives("dengji", id, back).await, Stage::AwaitingReturnVisit);
    // The thirty days are not used up.
    assert_eq!(office.gives("dengji", id, office.asks(ReviewLevel::Review)).await, Stage::Reviewing);
    // Without the province's rule nothing of the kind is asked of the reviewer.
    let take = json!({ "command": "take_review", "on": office.today() });
    let idle = Refusal::NothingRuns { clock: ClockKind::ReviewTake };
    assert_eq!(office.refused("fucha", id, take).await, idle);
}

#[tokio::test]
async fn what_comes_again_has_a_number_and_a_slip_of_its_own_and_is_found_by_who_brought_it() {
    let office = Office::open().await;
    let (first, second) = (office.matter().await, office.matter().await);
    let intake = json!({ "command": "link_intake", "intake": { "title": "排水沟还没修", "content": "邻居替他们又来问。",
        "channel": "visit", "petitioner": { "name": "欧阳夏荷", "phone": "13722223333" }, "received_on": office.today(),
        // Whatever is sent as its number, the server gives it.
        "number": "3526051109000001" } });
    let link = async |id: MatterId| -> (CommandDone, PrintedReceipt) {
        let done: CommandDone = office.tries("dengji", id, intake.clone()).await.read();
        let path = format!("/api/v1/matters/{id}/intakes/{}/receipt", done.intake.unwrap());
        (done, office.county.sign_in("dengji").await.get(&path).await.read())
    };
    let (done, slip) = link(first).await;
    assert_eq!(done.intake, Some(0));
    let matter = office.county.state.store.matter(first).await.unwrap().unwrap();
    assert_eq!(Some(&slip.number), matter.intakes[0].intake.number.as_ref());
    assert_ne!(slip.number, matter.number);
    assert_ne!(slip.number.as_str(), "3526051109000001");
    assert_eq!((slip.petitioner.as_str(), slip.linked_to.as_ref()), ("欧阳夏荷", Some(&matter.number)));
    assert!(slip.query_code.is_empty(), "the matter has its code already");
    let (again, other) = (link(first).await, link(second).await);
    assert_eq!((again.0.intake, other.0.intake), (Some(1), Some(0)));
    let numbers = [&slip.number, &again.1.number, &other.1.number];
    assert_eq!(numbers.iter().collect::<std::collections::BTreeSet<_>>().len(), 3, "no number twice");
    let finds = async |words: &str| -> Vec<MatterId> {
        let path = format!("/api/v1/matters?q={}", urlencode(words));
        let list: MatterList = office.county.sign_in("dengji").await.get(&path).await.read();
        list.rows.iter().map(|row| row.id).collect()
    };
    assert_eq!(finds("欧阳夏荷").await.len(), 2);
    assert_eq!(finds("oyxh").await.len(), 2, "by initials, as the first petitioner is found");
    assert_eq!(finds(slip.number.as_str()).await, [first]);
    assert_eq!(finds(matter.number.as_str()).await, [first]);
    // The slip is for who linked it, and for those who read names there anyway.
    let path = format!("/api/v1/matters/{first}/intakes/0/receipt");
    assert_eq!(office.county.sign_in("cunguan").await.get(&path).await.status, 200);
    for (login, status) in [("shenhe", 403), ("chengban", 404), ("zhenzhang", 200)] {
        assert_eq!(office.county.sign_in(login).await.get(&path).await.status, status, "{login}");
    }
    let missing = format!("/api/v1/matters/{first}/intakes/9/receipt");
    assert_eq!(office.county.sign_in("dengji").await.get(&missing).await.status, 404);
}

#[tokio::test]
async fn simple_handling_is_chosen_at_the_transfer_where_the_county_uses_it() {
    let office = Office::open().await;
    let id = office.matter().await;
    assert!(!file(&office, "dengji", id).await.simple_in_use);
    let transfer = json!({ "command": "transfer", "unit": office.unit, "simple": true });
    let refused = office.refused("dengji", id, transfer.clone()).await;
    assert_eq!(refused, Refusal::NotInUse { clock: ClockKind::SimpleAccept });
    let office = Office::open_with(|rules| rules.simple = Some((3, 10))).await;
    let id = office.matter().await;
    assert!(file(&office, "dengji", id).await.simple_in_use);
    office.gives("dengji", id, transfer).await;
    office.gives("fuzeren", id, json!({ "command": "sign_for" })).await;
    office.gives("fuzeren", id, json!({ "command": "accept", "notice_delivered_on": office.today() })).await;
    let clocks = file(&office, "fuzeren", id).await.matter.clocks;
    let find = |kind| clocks.iter().find(|clock| clock.kind == kind).unwrap();
    assert!(!find(ClockKind::SimpleAccept).is_running() && find(ClockKind::SimpleHandling).is_running());
    assert!(find(ClockKind::Handling).is_running(), "the sixty days run beside it");
}

#[tokio::test]
async fn what_a_township_received_directly_it_answers_in_writing_itself() {
    let office = Office::open().await;
    let registration = json!({ "title": "村道积水", "content": "一下雨就积水。", "demands": ["修好"], "purpose": "appeal",
        "category": "construction", "channel": "visit", "intake": "first", "petitioner": { "name": "赵大娘" },
        "place": "990101101201", "received_on": office.today(), "direct": true });
    let body = json!({ "id": uuid::Uuid::now_v7(), "registration": registration });
    let town = office.county.sign_in("zhuangan").await;
    let slip: PrintedReceipt = town.post("/api/v1/matters", &body).await.read();
    let clocks = town.file(slip.matter).await.matter.clocks;
    let direct = clocks.iter().find(|clock| clock.kind == ClockKind::DirectNotice).unwrap();
    assert_eq!((direct.due - office.today()).num_days(), 15);
    let told = json!({ "command": "notify_petitioner", "mode": "in_person", "on": office.today() });
    office.gives("zhuangan", slip.matter, told).await;
}

#[tokio::test]
async fn somebody_from_outside_looks_at_one_matter_for_some_time_and_takes_nothing_away() {
    let office = Office::open().await;
    let (id, other) = (office.handling().await, office.matter().await);
    let client = || office.county.sign_in("tingzheng");
    let path = format!("/api/v1/matters/{id}");
    let demo: MatterList = client().await.get("/api/v1/matters").await.read();
    assert_eq!(client().await.get(&path).await.status, 404, "not let in yet");
    let observers: Vec<Named> = office.county.sign_in("shenhe").await.get("/api/v1/observers").await.read();
    let who = observers.iter().find(|named| named.name.as_str() == "许知").unwrap().account;
    assert_eq!(observers.len(), 1);
    for login in ["chengban", "dengji", "tingzheng"] {
        assert_eq!(office.county.sign_in(login).await.get("/api/v1/observers").await.status, 403, "{login}");
    }
    let until = office.today() + chrono::TimeDelta::days(3);
    let admit =
        |account| json!({ "command": "admit_observer", "account": account, "until": until, "reason": "参加听证" });
    // Only people of that role are let in that way.
    let reply = office.tries("shenhe", id, admit(office.account("chengban").await)).await;
    assert!(matches!(reply.problem().problem, Problem::Malformed { .. }), "{}", reply.text());
    let may_not = Refusal::RoleMayNot { command: CommandKind::AdmitObserver };
    assert_eq!(office.refused("dengji", id, admit(who)).await, may_not);
    office.gives("lianxi", id, admit(who)).await;
    let list: MatterList = client().await.get("/api/v1/matters").await.read();
    assert_eq!(list.total, demo.total + 1);
    assert!(list.rows.iter().all(|row| row.petitioner.as_str().ends_with('*')), "masked");
    let seen = client().await.file(id).await;
    assert!(seen.masked && seen.permitted.is_empty() && seen.files.is_empty());
    assert!(!serde_json::to_string(&seen).unwrap().contains("13911112222"));
    assert_eq!(client().await.get(&format!("/api/v1/matters/{other}")).await.status, 404, "one matter at a time");
    let unmask = client().await.post(&format!("{path}/unmask"), &json!({ "reason": "handle" })).await;
    assert_eq!(
        (unmask.status.as_u16(), client().await.get(&format!("{path}/documents")).await.status.as_u16()),
        (403, 403)
    );
    let feedback = json!({ "command": "give_feedback", "text": "我来说两句" });
    assert_eq!(office.tries("tingzheng", id, feedback).await.status, 403);
    // Ended by hand at once, or by itself after its last day.
    office.gives("shenhe", id, json!({ "command": "dismiss_observer", "account": who })).await;
    assert_eq!(client().await.get(&path).await.status, 404);
    office.gives("shenhe", id, admit(who)).await;
    office.days(3);
    assert_eq!(client().await.get(&path).await.status, 200, "the last day counts");
    office.days(1);
    assert_eq!(client().await.get(&path).await.status, 404);
    let list: MatterList = client().await.get("/api/v1/matters").await.read();
    assert!(list.rows.iter().all(|row| row.id != id));
}

#[tokio::test]
async fn the_joint_conference_decides_whose_a_matter_is_when_units_dispute_it() {
    let office = Office::open().await;
    let id = office.matter().await;
    office.gives("dengji", id, json!({ "command": "transfer", "unit": office.unit })).await;
    office.gives("fuzeren", id, json!({ "command": "object", "reason": "不归本局" })).await;
    let dismiss = json!({ "command": "dismiss_objection", "reason": "联席会议议定由住建局牵头" });
    assert_eq!(office.gives("lianxi", id, dismiss).await, Stage::AwaitingSignature);
}
