//! What may not happen does not happen, whoever tries it over HTTP: refused with the refusal that says
//! why, the matter unchanged.
//!
//! First everything that the table does not allow, at each stage of the demo county, as each role. Then
//! one test for each illegal move of the specification (2.2).

use case_core::actor::Role;
use case_core::digest::Digest;
use case_core::id::UnitId;
use case_core::matter::{Command, CommandKind, PackageFault, Refusal, ReviewLevel, Stage, table};
use case_core::time::ClockKind;
use case_core::wire::desk::*;
use huiyin::permissions::{Right, rights};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::office::*;
use crate::rules;
use crate::support::*;

/// One account for each role.
const EVERYBODY: [(&str, Role); 16] = [
    ("cunguan", Role::VillageOfficer),
    ("zhuangan", Role::TownClerk),
    ("chengban", Role::UnitHandler),
    ("fuzeren", Role::UnitHead),
    ("dengji", Role::Registrar),
    ("shenhe", Role::Supervisor),
    ("guanli", Role::Admin),
    ("zhishu", Role::VillageHead),
    ("zhenzhang", Role::TownLeader),
    ("lianxi", Role::JointOffice),
    ("xianling", Role::CountyLeader),
    ("fucha", Role::Reviewer),
    ("jijian", Role::SealedOfficer),
    ("tingzheng", Role::Observer),
    ("anquan", Role::SecurityAdmin),
    ("shenji", Role::AuditAdmin),
];

fn not_accepting() -> Value {
    json!({ "command": "propose", "proposal": { "what": "not_accept", "ground": "not_competent",
            "organ": "邻县住建局", "reason": "不归本县管" } })
}

fn approve() -> Value {
    json!({ "command": "approve_proposal" })
}

#[tokio::test]
async fn whatever_the_table_does_not_allow_is_refused_to_every_role() {
    let county = County::open().await;
    let list: MatterList = county.sign_in("shenhe").await.get("/api/v1/matters").await.read();
    let mut stages = Vec::new();
    let mut matters = Vec::new();
    for row in &list.rows {
        if !stages.contains(&row.stage) {
            stages.push(row.stage);
            matters.push(county.state.store.matter(row.id).await.unwrap().unwrap());
        }
    }
    assert!(stages.len() >= 8, "{stages:?}");
    let today = county.state.now().date();
    let (mut refused, mut hidden) = (0, 0);
    for (login, role) in EVERYBODY {
        let client = county.sign_in(login).await;
        for matter in &matters {
            // Who is let in to look gives no commands at all.
            let gives = rights(role).contains(&Right::Matters);
            let sees = gives && client.get(&format!("/api/v1/matters/{}", matter.id)).await.status == 200;
            for kind in CommandKind::ALL {
                let row = table::row(kind);
                let expected = if !row.from.contains(&matter.stage) {
                    Refusal::IllegalMove { stage: matter.stage, command: kind }
                } else if !row.roles.contains(&role) {
                    Refusal::RoleMayNot { command: kind }
                } else {
                    continue;
                };
                // To whom the matter does not exist, one command says as much as all.
                if !sees && kind != CommandKind::Transfer && kind != CommandKind::Close {
                    continue;
                }
                let command: Command = rules::command(kind, matter, today);
                let reply = client.command(matter.id, matter.version, serde_json::to_value(&command).unwrap()).await;
                if sees {
                    assert_eq!(refusal(&reply), expected, "{login}");
                    refused += 1;
                } else {
                    // Roles that read no matters at all are told so; for others it does not exist.
                    assert_eq!(reply.status, if gives { 404 } else { 403 }, "{login} {kind:?}");
                    hidden += 1;
                }
            }
        }
    }
    assert!(refused > 1_500 && hidden > 50, "{refused} refused, {hidden} hidden");
    for matter in &matters {
        assert_eq!(county.state.store.matter(matter.id).await.unwrap().as_ref(), Some(matter), "unchanged");
    }
}

#[tokio::test]
async fn the_handler_does_not_approve_the_own_closure() {
    let office = Office::open().await;
    let id = office.handling().await;
    office.submit(id, "水沟已经修好。").await;
    let shown = office.county.sign_in("shenhe").await.file(id).await.closure_digest;
    let approve = json!({ "command": "approve_closure", "shown": shown });
    for login in ["chengban", "fuzeren", "dengji", "cunguan", "zhishu", "zhenzhang", "lianxi", "xianling"] {
        let refusal = office.refused(login, id, approve.clone()).await;
        // The township's leader sees what lies in the town, and may do no more.
        assert_eq!(refusal, Refusal::RoleMayNot { command: CommandKind::ApproveClosure }, "{login}");
    }
}

#[tokio::test]
async fn nothing_is_approved_with_something_missing() {
    let office = Office::open().await;
    let id = office.handling().await;
    let submit = |package: Value| json!({ "command": "submit_closure", "package": package });
    let mut unanswered = office.package("水沟已经修好。");
    unanswered["answers"] = json!([]);
    let missing = Refusal::Package(PackageFault::AnswersDoNotMatch { demands: 1, answers: 0 });
    assert_eq!(office.refused("chengban", id, submit(unanswered)).await, missing);
    // Without an opinion, or with an empty one, it is not even a command.
    let client = office.county.sign_in("chengban").await;
    for opinion in [Value::Null, json!(""), json!("  ")] {
        let mut silent = office.package("x");
        silent["opinion"] = opinion;
        let version = client.file(id).await.matter.version;
        let body = json!({ "id": Uuid::now_v7(), "seen": version, "command": submit(silent) });
        let reply = client.post(&format!("/api/v1/matters/{id}/commands"), &body).await;
        assert_eq!(reply.status, 400, "{}", reply.text());
        assert_eq!(client.file(id).await.matter.version, version);
    }
    office.submit(id, "水沟已经修好。").await;
    let other = json!({ "command": "approve_closure", "shown": Digest::of_bytes(b"another file") });
    assert_eq!(office.refused("shenhe", id, other).await, Refusal::ContentChanged);
}

#[tokio::test]
async fn nothing_is_accepted_without_a_delivered_notice() {
    let office = Office::open().await;
    let id = office.signed_for().await;
    let client = office.county.sign_in("fuzeren").await;
    let body = json!({ "id": Uuid::now_v7(), "seen": client.file(id).await.matter.version,
                       "command": { "command": "accept", "route": "petition" } });
    let reply = client.post(&format!("/api/v1/matters/{id}/commands"), &body).await;
    assert_eq!(reply.status, 400, "{}", reply.text());
    let tomorrow = office.today().succ_opt().unwrap();
    let not_yet = json!({ "command": "accept", "notice_delivered_on": tomorrow });
    assert_eq!(office.refused("fuzeren", id, not_yet).await, Refusal::DateInFuture { date: tomorrow });
    let other_way = json!({ "command": "accept", "notice_delivered_on": office.today(), "route": "arbitration" });
    assert!(matches!(office.refused("fuzeren", id, other_way).await, Refusal::RouteEndsHere { .. }));
    assert_eq!(client.file(id).await.matter.stage, Stage::SignedFor);
}

#[tokio::test]
async fn there_is_no_recheck_before_a_review() {
    let office = Office::open().await;
    let id = office.delivered().await;
    let recheck = office.asks(ReviewLevel::Recheck);
    assert_eq!(office.refused("dengji", id, recheck.clone()).await, Refusal::NoReviewOpinion);
    for login in ["chengban", "fuzeren", "shenhe", "cunguan", "lianxi"] {
        let refusal = office.refused(login, id, recheck.clone()).await;
        assert_eq!(refusal, Refusal::RoleMayNot { command: CommandKind::RequestRecheck }, "{login}");
    }
    // Nor while the review is under way, nor before its opinion is delivered.
    office.gives("dengji", id, office.asks(ReviewLevel::Review)).await;
    assert!(matches!(office.refused("dengji", id, recheck.clone()).await, Refusal::IllegalMove { .. }));
    let uphold = json!({ "command": "decide_review", "outcome": "uphold", "text": "维持原处理意见。" });
    assert_eq!(office.gives("fucha", id, uphold.clone()).await, Stage::ReviewDecided);
    assert!(matches!(office.refused("dengji", id, recheck.clone()).await, Refusal::IllegalMove { .. }));
    office.gives("dengji", id, office.delivery("deliver_review")).await;
    assert_eq!(office.gives("dengji", id, recheck.clone()).await, Stage::Rechecking);
    // Whoever reviewed it does not recheck it.
    assert_eq!(office.refused("fucha", id, uphold.clone()).await, Refusal::InvolvedBelow);
    office.gives("fuhe", id, uphold).await;
    office.gives("dengji", id, office.delivery("deliver_review")).await;
    assert_eq!(office.refused("dengji", id, recheck).await, Refusal::FinalAlready);
    assert_eq!(office.refused("dengji", id, office.asks(ReviewLevel::Review)).await, Refusal::FinalAlready);
}

#[tokio::test]
async fn after_acceptance_nothing_is_refused_acceptance() {
    let office = Office::open().await;
    let id = office.signed_for().await;
    let accept = json!({ "command": "accept", "notice_delivered_on": office.today() });
    office.gives("fuzeren", id, accept).await;
    for login in ["chengban", "fuzeren", "dengji", "shenhe", "cunguan", "zhenzhang", "lianxi", "xianling"] {
        let refusal = office.refused(login, id, not_accepting()).await;
        let illegal = Refusal::IllegalMove { stage: Stage::Accepted, command: CommandKind::ProposeNotAccepting };
        assert_eq!(refusal, illegal, "{login}");
        assert!(matches!(office.refused(login, id, approve()).await, Refusal::NoProposal | Refusal::RoleMayNot { .. }));
    }
}

#[tokio::test]
async fn an_extension_is_given_once_by_somebody_else_and_for_thirty_days_at_most() {
    let office = Office::open().await;
    let id = office.handling().await;
    for days in [0, 31, 365] {
        let refusal = office.refused("chengban", id, office.extension(days)).await;
        assert_eq!(refusal, Refusal::ExtensionTooLong { max: 30 }, "{days}");
    }
    office.gives("chengban", id, office.extension(30)).await;
    for login in ["chengban", "dengji", "cunguan", "zhishu", "lianxi", "xianling"] {
        let refusal = office.refused(login, id, approve()).await;
        assert_eq!(refusal, Refusal::RoleMayNot { command: CommandKind::ApproveProposal }, "{login}");
    }
    // Neither the office's supervisor: it is the unit's own head who answers for it.
    assert_eq!(
        office.refused("shenhe", id, approve()).await,
        Refusal::RoleMayNot { command: CommandKind::ApproveProposal }
    );
    // A township's leader is no head of this unit.
    assert_eq!(office.refused("zhenzhang", id, approve()).await, Refusal::OtherUnit);
    let due = office.county.sign_in("fuzeren").await.file(id).await.matter.legal_due().unwrap();
    office.gives("fuzeren", id, approve()).await;
    let file = office.county.sign_in("fuzeren").await.file(id).await;
    assert!(file.matter.legal_due().unwrap() >= due + chrono::TimeDelta::days(30));
    assert_eq!(office.refused("chengban", id, office.extension(1)).await, Refusal::ExtendedAlready);
    assert_eq!(office.refused("fuzeren", id, office.extension(1)).await, Refusal::ExtendedAlready);
}

#[tokio::test]
async fn nobody_approves_the_own_proposal() {
    let office = Office::open().await;
    let id = office.handling().await;
    office.gives("fuzeren", id, office.extension(10)).await;
    assert_eq!(office.refused("fuzeren", id, approve()).await, Refusal::OwnProposal);
    assert_eq!(office.refused("chengban", id, json!({ "command": "retract_proposal" })).await, Refusal::NotTheProposer);
}

#[tokio::test]
async fn an_extension_comes_before_the_last_day_has_passed() {
    let office = Office::open().await;
    let late = office.handling().await;
    let asked = office.handling().await;
    let due = office.county.sign_in("fuzeren").await.file(late).await.matter.legal_due().unwrap();
    office.days((due - office.today()).num_days());
    // The last day counts: asked for on it, it can be given on it.
    office.gives("chengban", asked, office.extension(10)).await;
    office.days(1);
    let past = Refusal::PastDue { clock: ClockKind::Handling, last_day: due };
    assert_eq!(office.refused("chengban", late, office.extension(10)).await, past);
    // Asked for in time is not given in time.
    assert_eq!(office.refused("fuzeren", asked, approve()).await, past);
}

#[tokio::test]
async fn there_is_no_closure_while_a_unit_still_helps() {
    let office = Office::open().await;
    let id = office.handling().await;
    let ask =
        |unit: UnitId| json!({ "command": "ask_co_handler", "unit": unit, "task": "查清水源", "due": office.today() });
    assert_eq!(office.refused("chengban", id, ask(office.unit)).await, Refusal::LeadHelpsNot);
    office.gives("chengban", id, ask(office.other_unit)).await;
    assert_eq!(office.refused("chengban", id, ask(office.other_unit)).await, Refusal::HelpsAlready);
    let submit = json!({ "command": "submit_closure", "package": office.package("水沟已经修好。") });
    for login in ["chengban", "fuzeren"] {
        assert_eq!(office.refused(login, id, submit.clone()).await, Refusal::CoHandlingOpen, "{login}");
    }
    // The helping unit sees it in its list, answers, and does nothing else.
    let helper = office.county.sign_in("shuili").await;
    let list: MatterList = helper.get("/api/v1/matters").await.read();
    assert!(list.rows.iter().any(|row| row.id == id));
    assert_eq!(office.refused("shuili", id, submit.clone()).await, Refusal::OtherUnit);
    office.gives("shuili", id, json!({ "command": "answer_co_handling", "text": "水源是山泉" })).await;
    assert_eq!(office.submit(id, "水沟已经修好。").await, Stage::ClosureSubmitted);
}

#[tokio::test]
async fn an_accusation_is_no_plain_matter_and_so_goes_to_no_unit() {
    let office = Office::open().await;
    for login in ["dengji", "zhuangan", "cunguan", "zhishu"] {
        let client = office.county.sign_in(login).await;
        for purpose in ["accusation", "report", "检举控告"] {
            let body = json!({ "id": Uuid::now_v7(), "registration": {
                "title": "反映局长", "content": "反映住建局局长收钱办事。", "demands": ["查处"], "purpose": purpose,
                "category": "discipline", "channel": "visit", "intake": "first", "petitioner": { "name": "某某" },
                "place": "990101101201", "received_on": office.today(),
            }});
            assert_eq!(client.post("/api/v1/matters", &body).await.status, 400, "{login} {purpose}");
        }
    }
}

#[tokio::test]
async fn the_same_opinion_is_not_given_twice_after_it_was_struck_down() {
    let office = Office::open().await;
    let id = office.delivered().await;
    office.gives("dengji", id, office.asks(ReviewLevel::Review)).await;
    let due = office.today() + chrono::TimeDelta::days(20);
    let revoke = json!({ "command": "decide_review", "outcome": "revoke", "text": "事实不清，撤销。" });
    assert_eq!(office.refused("fucha", id, revoke).await, Refusal::RedoDueNeeded);
    let revoke =
        json!({ "command": "decide_review", "outcome": "revoke", "text": "事实不清，撤销。", "redo_due": due });
    office.gives("fucha", id, revoke).await;
    assert_eq!(office.gives("dengji", id, office.delivery("deliver_review")).await, Stage::Reopened);
    let handler = office.account("chengban").await;
    office.gives("fuzeren", id, json!({ "command": "assign", "handler": handler })).await;
    for same in ["水沟已经修好。", "水沟 已经\n修好。"] {
        let submit = json!({ "command": "submit_closure", "package": office.package(same) });
        assert_eq!(office.refused("chengban", id, submit).await, Refusal::SameOpinion);
    }
    assert_eq!(office.submit(id, "重新查明：水沟另有一段没有修，现已修好。").await, Stage::ClosureSubmitted);
    let file = office.county.sign_in("shenhe").await.file(id).await;
    assert_eq!((file.matter.round, file.matter.legal_due()), (2, Some(due)));
}
