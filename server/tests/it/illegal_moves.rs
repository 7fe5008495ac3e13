//! What may not happen does not happen, whoever tries it over HTTP: refused with the refusal that says
//! why, the matter unchanged.
//!
//! First everything that the table does not allow, at each stage of the demo county, as each role. Then
//! one test for each illegal move of the specification (2.2).

use case_core::actor::Role;
use case_core::digest::Digest;
use case_core::id::{MatterId, UnitId};
use case_core::matter::{Command, CommandKind, PackageFault, Refusal, ReviewLevel, Stage, table};
use case_core::time::ClockKind;
use case_core::wire::desk::*;
use huiyin::permissions::{Right, rights};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::office::*;
use crate::rules;
use crate::side_paths;

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

/// One matter at each stage that there is, each led there by those who may.
async fn one_at_each_stage(office: &Office) -> Vec<MatterId> {
    let propose = |proposal: Value| json!({ "command": "propose", "proposal": proposal });
    let transfer = || json!({ "command": "transfer", "unit": office.unit });
    let mut made = Vec::new();

    // 已化解 first: it takes more days than the others' clocks have.
    let settled = side_paths::closed(office, "agrees").await;
    office.days(91);
    assert_eq!(office.settle().await, 1);
    made.push(settled);

    made.push(office.matter().await);
    let sent = office.matter().await;
    office.gives("dengji", sent, transfer()).await;
    made.push(sent);
    made.push(office.signed_for().await);
    let accepted = office.signed_for().await;
    let accept = json!({ "command": "accept", "notice_delivered_on": office.today() });
    office.gives("fuzeren", accepted, accept).await;
    made.push(accepted);
    made.push(office.handling().await);
    let submitted = office.handling().await;
    office.submit(submitted, "水沟已经修好。").await;
    made.push(submitted);
    let returned = office.handling().await;
    office.submit(returned, "水沟已经修好。").await;
    let back = json!({ "command": "return_closure", "reasons": ["facts_unclear"], "text": "请查清水源。",
                       "due": office.today() + chrono::TimeDelta::days(10) });
    office.gives("shenhe", returned, back).await;
    made.push(returned);
    let approved = office.handling().await;
    office.submit(approved, "水沟已经修好。").await;
    let shown = office.file("shenhe", approved).await.closure_digest;
    office.gives("shenhe", approved, json!({ "command": "approve_closure", "shown": shown })).await;
    made.push(approved);
    made.push(office.delivered().await);
    made.push(side_paths::closed(office, "disagrees").await);

    let open = office.matter().await;
    office.gives("dengji", open, json!({ "command": "request_material", "what": "请带土地证" })).await;
    made.push(open);
    let objected = office.matter().await;
    office.gives("dengji", objected, transfer()).await;
    office.gives("fuzeren", objected, json!({ "command": "object", "reason": "不归本局" })).await;
    made.push(objected);
    let mediating = office.handling().await;
    let begin = json!({ "command": "begin_mediation", "mediator": "镇调委会", "other_side": "施工队",
                        "petitioner_consents": true, "other_consents": true });
    office.gives("chengban", mediating, begin).await;
    made.push(mediating);

    // 复查 and 复核, each once under way and once decided; the last of them ended for good.
    let uphold = json!({ "command": "decide_review", "outcome": "uphold", "text": "维持。" });
    let mut ended = None;
    for steps in 1..=5 {
        let id = office.delivered().await;
        let way = [
            ("dengji", office.asks(ReviewLevel::Review)),
            ("fucha", uphold.clone()),
            ("dengji", office.delivery("deliver_review")),
            ("dengji", office.asks(ReviewLevel::Recheck)),
            ("fuhe", uphold.clone()),
            ("dengji", office.delivery("deliver_review")),
        ];
        // What stands between the two levels is 已办结 again, which is there already.
        let steps = if steps == 3 { way.len() } else { steps };
        for (who, command) in way.into_iter().take(steps) {
            office.gives(who, id, command).await;
        }
        if steps == 6 {
            ended = Some(id);
        } else {
            made.push(id);
        }
    }
    let reopened = side_paths::closed(office, "disagrees").await;
    let due = office.today() + chrono::TimeDelta::days(20);
    let reopen = json!({ "what": "reopen", "ground": "new_facts", "due": due, "reason": "又漏水了" });
    office.gives("dengji", reopened, propose(reopen)).await;
    office.gives("shenhe", reopened, approve()).await;
    made.push(reopened);

    let ends = [
        json!({ "what": "not_accept", "ground": "already_handled", "organ": "市信访局", "reason": "市里正在办" }),
        json!({ "what": "no_longer_accept", "earlier": ended, "reason": "同样的事实和理由" }),
        json!({ "what": "direct", "route": "litigation", "organ": "县人民法院", "reason": "已经立案" }),
        json!({ "what": "answer_on_spot", "answer": "明天通水" }),
        json!({ "what": "file", "ground": "no_content", "reason": "没有写什么事" }),
        json!({ "what": "withdraw", "on": office.today(), "reason": "不用办了" }),
    ];
    for end in ends {
        let id = office.matter().await;
        office.gives("dengji", id, propose(end)).await;
        office.gives("shenhe", id, approve()).await;
        made.push(id);
    }
    let archived = office.matter().await;
    let withdraw = json!({ "what": "withdraw", "on": office.today(), "reason": "不用办了" });
    office.gives("dengji", archived, propose(withdraw)).await;
    office.gives("shenhe", archived, approve()).await;
    office.gives("dengji", archived, json!({ "command": "archive", "volume": "2026-1", "pages": 3 })).await;
    made.push(archived);
    made
}

/// Tried by everybody: nobody gets through, and nothing has changed.
async fn refused_to_everybody(office: &Office, id: MatterId, command: &Value) {
    let before = office.county.state.store.matter(id).await.unwrap().unwrap();
    for (login, role) in EVERYBODY {
        let reply = office.tries(login, id, command.clone()).await;
        assert!(
            matches!(reply.status.as_u16(), 403 | 404 | 409),
            "{role:?} {command}: {} {}",
            reply.status,
            reply.text()
        );
        assert_eq!(office.county.state.store.matter(id).await.unwrap().unwrap(), before, "{role:?} {command}");
    }
}

#[tokio::test]
async fn whatever_the_table_does_not_allow_is_refused_to_every_role_at_every_stage() {
    let office = Office::open().await;
    let county = &office.county;
    let mut matters = Vec::new();
    for id in one_at_each_stage(&office).await {
        matters.push(county.state.store.matter(id).await.unwrap().unwrap());
    }
    for stage in Stage::ALL {
        assert_eq!(matters.iter().filter(|matter| matter.stage == stage).count(), 1, "{stage:?}");
    }
    let today = office.today();
    let (mut refused, mut hidden) = (0, 0);
    for (turn, (login, role)) in EVERYBODY.into_iter().enumerate() {
        let client = county.sign_in(login).await;
        for matter in &matters {
            // Who is let in to look gives no commands at all.
            let gives = rights(role).contains(&Right::Matters);
            let sees = gives && client.get(&format!("/api/v1/matters/{}", matter.id)).await.status == 200;
            for kind in CommandKind::ALL {
                let row = table::row(kind);
                let expected = if !row.from.contains(&matter.stage) {
                    // Nobody's role changes what a stage allows: one in four tries it, a different one each time.
                    if sees && !(kind as usize + turn).is_multiple_of(4) {
                        continue;
                    }
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
    assert!(refused > 4_000 && hidden > 100, "{refused} refused, {hidden} hidden");
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
    // Each role in the handler's place: who handed it in does not approve it, the supervisor neither.
    for (login, role) in EVERYBODY {
        let reply = office.tries(login, id, approve.clone()).await;
        if role == Role::Supervisor {
            assert_eq!(reply.status, 200, "who had no part in it: {}", reply.text());
        } else {
            assert!(matches!(reply.status.as_u16(), 403 | 404 | 409), "{role:?}: {}", reply.status);
        }
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
    assert_eq!(office.refused("chengban", id, submit(unanswered.clone())).await, missing);
    refused_to_everybody(&office, id, &submit(unanswered)).await;
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
    assert_eq!(office.refused("shenhe", id, other.clone()).await, Refusal::ContentChanged);
    refused_to_everybody(&office, id, &other).await;
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
    assert_eq!(office.refused("fuzeren", id, not_yet.clone()).await, Refusal::DateInFuture { date: tomorrow });
    refused_to_everybody(&office, id, &not_yet).await;
    let other_way = json!({ "command": "accept", "notice_delivered_on": office.today(), "route": "arbitration" });
    assert!(matches!(office.refused("fuzeren", id, other_way.clone()).await, Refusal::RouteEndsHere { .. }));
    refused_to_everybody(&office, id, &other_way).await;
    assert_eq!(client.file(id).await.matter.stage, Stage::SignedFor);
}

#[tokio::test]
async fn there_is_no_recheck_before_a_review() {
    let office = Office::open().await;
    let id = office.delivered().await;
    let recheck = office.asks(ReviewLevel::Recheck);
    assert_eq!(office.refused("dengji", id, recheck.clone()).await, Refusal::NoReviewOpinion);
    refused_to_everybody(&office, id, &recheck).await;
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
    refused_to_everybody(&office, id, &not_accepting()).await;
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
        refused_to_everybody(&office, id, &office.extension(days)).await;
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
    refused_to_everybody(&office, id, &office.extension(1)).await;
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
    refused_to_everybody(&office, late, &office.extension(10)).await;
    // Asked for in time is not given in time.
    assert_eq!(office.refused("fuzeren", asked, approve()).await, past);
    refused_to_everybody(&office, asked, &approve()).await;
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
    refused_to_everybody(&office, id, &submit).await;
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
    for (login, role) in EVERYBODY {
        // Who registers nothing is told so; for the others there is no such purpose.
        let expected = if rights(role).contains(&Right::Register) { 400 } else { 403 };
        let client = office.county.sign_in(login).await;
        for purpose in ["accusation", "report", "检举控告"] {
            let body = json!({ "id": Uuid::now_v7(), "registration": {
                "title": "反映局长", "content": "反映住建局局长收钱办事。", "demands": ["查处"], "purpose": purpose,
                "category": "discipline", "channel": "visit", "intake": "first", "petitioner": { "name": "某某" },
                "place": "990101101201", "received_on": office.today(),
            }});
            assert_eq!(client.post("/api/v1/matters", &body).await.status, expected, "{login} {purpose}");
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
