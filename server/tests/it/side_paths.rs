//! Every way of a matter that is not the main one, over HTTP: who takes it, where it leads, what the
//! petitioner reads of it.

use case_core::id::MatterId;
use case_core::matter::{CommandKind, Refusal, ReviewLevel, Stage};
use case_core::time::ClockKind;
use case_core::wire::desk::*;
use serde_json::{Value, json};

use crate::office::*;
use crate::support::*;

fn propose(proposal: Value) -> Value {
    json!({ "command": "propose", "proposal": proposal })
}

fn approve() -> Value {
    json!({ "command": "approve_proposal" })
}

fn running(file: &MatterFile, kind: ClockKind) -> bool {
    file.matter.clocks.iter().any(|clock| clock.kind == kind && clock.is_running())
}

async fn file(office: &Office, id: MatterId) -> MatterFile {
    office.county.sign_in("shenhe").await.file(id).await
}

#[tokio::test]
async fn each_other_end_needs_two_people_and_a_written_word() {
    let office = Office::open().await;
    let ends = [
        (
            json!({ "what": "not_accept", "ground": "already_handled", "organ": "市信访局", "reason": "市里正在办" }),
            Stage::NotAccepted,
        ),
        (
            json!({ "what": "direct", "route": "litigation", "organ": "县人民法院", "reason": "已经立案" }),
            Stage::Directed,
        ),
        (json!({ "what": "answer_on_spot", "answer": "明天通水" }), Stage::AnsweredOnSpot),
        (json!({ "what": "file", "ground": "no_content", "reason": "没有写什么事" }), Stage::Filed),
        (json!({ "what": "withdraw", "on": office.today(), "reason": "不用办了" }), Stage::Withdrawn),
    ];
    for (proposal, end) in ends {
        let id = office.matter().await;
        assert_eq!(office.gives("dengji", id, propose(proposal)).await, Stage::Registered);
        // Nothing else moves it meanwhile.
        let transfer = json!({ "command": "transfer", "unit": office.unit });
        assert_eq!(office.refused("dengji", id, transfer).await, Refusal::ProposalPending);
        let refusal = office.refused("dengji", id, approve()).await;
        assert_eq!(refusal, Refusal::RoleMayNot { command: CommandKind::ApproveProposal });
        assert_eq!(office.gives("shenhe", id, approve()).await, end);
        let archive = json!({ "command": "archive", "volume": "2026-1", "pages": 3 });
        if matches!(end, Stage::NotAccepted | Stage::Directed) {
            assert!(running(&file(&office, id).await, ClockKind::DirectNotice), "{end:?}");
            assert!(matches!(office.refused("dengji", id, archive.clone()).await, Refusal::NotArchivable { .. }));
            let told = json!({ "command": "notify_petitioner", "mode": "in_person", "on": office.today() });
            assert_eq!(office.gives("dengji", id, told).await, end);
        }
        assert_eq!(office.gives("dengji", id, archive).await, Stage::Archived);
    }
}

#[tokio::test]
async fn a_proposal_can_be_refused_and_taken_back() {
    let office = Office::open().await;
    let id = office.matter().await;
    let withdrawal = propose(json!({ "what": "withdraw", "on": office.today(), "reason": "不用办了" }));
    office.gives("dengji", id, withdrawal.clone()).await;
    let refuse = json!({ "command": "refuse_proposal", "reason": "请再问问本人" });
    assert_eq!(office.gives("shenhe", id, refuse).await, Stage::Registered);
    office.gives("dengji", id, withdrawal).await;
    assert_eq!(office.gives("dengji", id, json!({ "command": "retract_proposal" })).await, Stage::Registered);
    let file = file(&office, id).await;
    assert_eq!((file.matter.pending, file.matter.rulings.len()), (None, 1));
}

#[tokio::test]
async fn what_ended_with_a_recheck_is_not_accepted_again() {
    let office = Office::open().await;
    let first = office.delivered().await;
    let again = office.matter().await;
    let no_longer = propose(json!({ "what": "no_longer_accept", "earlier": first, "reason": "同样的事实和理由" }));
    assert_eq!(office.refused("dengji", again, no_longer.clone()).await, Refusal::EarlierNotFinal);
    for (level, who) in [(ReviewLevel::Review, "fucha"), (ReviewLevel::Recheck, "fuhe")] {
        office.gives("dengji", first, office.asks(level)).await;
        let uphold = json!({ "command": "decide_review", "outcome": "uphold", "text": "维持。" });
        office.gives(who, first, uphold).await;
        office.gives("dengji", first, office.delivery("deliver_review")).await;
    }
    office.gives("dengji", again, no_longer).await;
    assert_eq!(office.gives("shenhe", again, approve()).await, Stage::NoLongerAccepted);
}

#[tokio::test]
async fn material_is_asked_for_while_the_clocks_go_on() {
    let office = Office::open().await;
    let id = office.matter().await;
    let clocks = file(&office, id).await.matter.clocks;
    let ask = json!({ "command": "request_material", "what": "请带土地证" });
    assert_eq!(office.gives("cunguan", id, ask).await, Stage::AwaitingMaterial);
    office.days(3);
    let came = json!({ "command": "receive_material", "text": "土地证一份" });
    assert_eq!(office.gives("zhuangan", id, came).await, Stage::Registered);
    assert_eq!(file(&office, id).await.matter.clocks, clocks);
}

#[tokio::test]
async fn an_objection_is_agreed_to_or_not() {
    let office = Office::open().await;
    let id = office.matter().await;
    office.gives("dengji", id, json!({ "command": "transfer", "unit": office.unit })).await;
    let object = json!({ "command": "object", "reason": "不归本局" });
    assert!(matches!(office.refused("chengban", id, object.clone()).await, Refusal::RoleMayNot { .. }));
    assert_eq!(office.gives("fuzeren", id, object).await, Stage::Objected);
    let agree = json!({ "command": "uphold_objection", "reason": "确实不归" });
    assert_eq!(office.gives("dengji", id, agree).await, Stage::Registered);
    assert_eq!(
        office.gives("dengji", id, json!({ "command": "transfer", "unit": office.other_unit })).await,
        Stage::AwaitingSignature
    );
    assert_eq!(file(&office, id).await.matter.unit, Some(office.other_unit));
    let other = office.matter().await;
    office.gives("dengji", other, json!({ "command": "transfer", "unit": office.unit })).await;
    office.gives("fuzeren", other, json!({ "command": "object", "reason": "不归本局" })).await;
    let dismiss = json!({ "command": "dismiss_objection", "reason": "按分工归你局" });
    assert_eq!(office.gives("dengji", other, dismiss).await, Stage::AwaitingSignature);
}

#[tokio::test]
async fn mediation_hearing_and_a_promise_kept() {
    let office = Office::open().await;
    let id = office.handling().await;
    let mut begin = json!({ "command": "begin_mediation", "mediator": "镇调委会", "other_side": "施工队",
        "petitioner_consents": true, "other_consents": false });
    assert_eq!(office.refused("chengban", id, begin.clone()).await, Refusal::NoConsent);
    begin["other_consents"] = json!(true);
    assert_eq!(office.gives("chengban", id, begin).await, Stage::Mediating);
    let end = json!({ "command": "end_mediation", "agreement": "赔两千元", "on": office.today() });
    assert_eq!(office.gives("chengban", id, end).await, Stage::Handling);
    office.gives("chengban", id, json!({ "command": "confirm_agreement", "on": office.today() })).await;
    let hearing = json!({ "command": "hold_hearing", "from": office.today(), "until": office.today(), "note": "到场" });
    office.gives("chengban", id, hearing).await;
    let promise = json!({ "command": "promise", "text": "月底通水", "due": office.today() });
    office.gives("chengban", id, promise).await;
    let kept = json!({ "command": "keep_promise", "commitment": 0, "on": office.today(), "how": "水通了" });
    office.gives("chengban", id, kept.clone()).await;
    assert_eq!(office.refused("chengban", id, kept).await, Refusal::NoSuchPromise);
    let file = file(&office, id).await;
    assert!(!running(&file, ClockKind::Commitment) && !running(&file, ClockKind::JudicialConfirmation));
    assert_eq!((file.matter.hearings.len(), file.matter.mediations.len(), file.matter.kept.len()), (1, 1, 1));
}

/// 办结 after a return visit by the town's clerk.
pub async fn closed(office: &Office, opinion: &str) -> MatterId {
    let id = office.delivered_to(opinion).await;
    let by = office.account("zhuangan").await;
    let at = office.now();
    let record = json!({ "id": uuid::Uuid::now_v7(), "device": uuid::Uuid::from_u128(7), "sequence": 1,
        "by": by, "made_at": at, "payload": { "kind": "return_visit", "matter": id, "round": 1, "demands": 1,
        "at": at, "mode": "at_home", "outcome": { "outcome": "reached", "judgement": "close", "answers": {
            "respondent": "petitioner", "opinion_received": { "received": "yes" }, "demands": ["partly"],
            "handler_met": "yes", "promise_kept": "yes",
            "office_rating": { "rating": "satisfied" }, "unit_rating": { "rating": "satisfied" },
            "told_of_review": true, "own_words": "修了一半", "signature": "signed" } } } });
    let client = office.county.sign_in("zhuangan").await;
    assert!(client.post("/api/v1/sync/push", &push_body(&[record])).await.status.is_success());
    assert_eq!(office.gives("shenhe", id, json!({ "command": "close" })).await, Stage::Closed);
    id
}

#[tokio::test]
async fn a_closed_matter_is_reopened_and_its_closing_stays_on_record() {
    let office = Office::open().await;
    let id = closed(&office, "disagrees").await;
    let due = office.today() + chrono::TimeDelta::days(20);
    for ground in ["new_facts", "dissatisfied", "false_closure", "ordered_anew", "agreement_broken"] {
        let reopen = propose(json!({ "what": "reopen", "ground": ground, "due": due, "reason": "又漏水了" }));
        // Whoever handled it, and whoever only lives there, does not ask for that.
        assert!(matches!(office.refused("chengban", id, reopen.clone()).await, Refusal::RoleMayNot { .. }));
        if ground != "agreement_broken" {
            office.gives("lianxi", id, reopen).await;
            office.gives("lianxi", id, json!({ "command": "retract_proposal" })).await;
        } else {
            office.gives("dengji", id, reopen).await;
        }
    }
    assert_eq!(office.gives("shenhe", id, approve()).await, Stage::Reopened);
    let file = file(&office, id).await;
    assert_eq!((file.matter.round, file.matter.reopenings.len(), file.matter.legal_due()), (2, 1, Some(due)));
    assert!(file.matter.steps.iter().any(|step| step.stage == Stage::Closed), "the closing stays on record");
    let handler = office.account("chengban").await;
    let assign = json!({ "command": "assign", "handler": handler });
    assert_eq!(office.gives("fuzeren", id, assign).await, Stage::Handling);
    assert_eq!(office.submit(id, "重新修好了。").await, Stage::ClosureSubmitted);
}

/// 给您的文书: what was put into the petitioner's hands is not taken out of them by opening the matter again.
#[tokio::test]
async fn a_letter_that_was_delivered_stays_the_petitioners_when_the_matter_is_opened_again() {
    let office = Office::open().await;
    let id = closed(&office, "disagrees").await;
    let head = office.county.sign_in("fuzeren").await;
    let fields = json!([{ "part": "review_organ", "value": "清溪县人民政府" }]);
    let request = json!({ "id": uuid::Uuid::now_v7(), "kind": "opinion", "fields": fields });
    head.says_why(id).await;
    let reply = head.post(&format!("/api/v1/matters/{id}/documents"), &request).await;
    let letter: case_core::wire::documents::IssuedDocument = reply.read();
    let slip: case_core::wire::desk::PrintedReceipt =
        office.county.sign_in("dengji").await.post(&format!("/api/v1/matters/{id}/receipt"), &()).await.read();
    let looks = async || office.county.anonymous().look_up(&slip.query_code, "2222").await.text();
    assert!(looks().await.contains(&letter.number), "delivered");
    let due = office.today() + chrono::TimeDelta::days(20);
    let ground = "agreement_broken";
    let reopen = propose(json!({ "what": "reopen", "ground": ground, "due": due, "reason": "又漏水了" }));
    office.gives("dengji", id, reopen).await;
    assert_eq!(office.gives("shenhe", id, approve()).await, Stage::Reopened);
    let page = looks().await;
    assert!(page.contains(&letter.number), "{page}");
}

#[tokio::test]
async fn what_nobody_asks_about_for_ninety_days_has_settled_unless_it_is_vetoed() {
    let office = Office::open().await;
    let id = closed(&office, "disagrees").await;
    // The petitioner did not agree: nothing is settled by waiting alone.
    office.days(91);
    assert_eq!(office.settle().await, 0);
    let agreed = closed(&office, "agrees").await;
    office.days(90);
    assert_eq!(office.settle().await, 0);
    office.days(1);
    assert_eq!((office.settle().await, office.settle().await), (1, 0));
    assert_eq!(file(&office, agreed).await.matter.stage, Stage::Settled);
    assert_eq!(file(&office, id).await.matter.stage, Stage::Closed);
    let veto = json!({ "command": "veto_settled", "reason": "邻居说没有修" });
    assert_eq!(office.gives("shenhe", agreed, veto).await, Stage::Closed);
    assert_eq!(office.settle().await, 0);
    let archive = json!({ "command": "archive", "volume": "2026-7", "pages": 30 });
    assert_eq!(office.gives("dengji", agreed, archive).await, Stage::Archived);
}
