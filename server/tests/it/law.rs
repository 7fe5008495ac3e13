//! What the regulation says of days, of who may object, review and extend, over HTTP and as each role: the clocks, the
//! papers and the petitioner's page agree.

use case_core::actor::Actor;
use case_core::audit::Trace;
use case_core::document::{DocumentKind, Part};
use case_core::id::{AccountId, MatterId};
use case_core::matter::{CommandKind, Refusal, ReviewLevel, Stage};
use case_core::text::ShortText;
use case_core::time::ClockKind;
use case_core::wire::desk::*;
use case_core::wire::session::Session;
use case_store::NewAccount;
use huiyin::session::hash_password;
use huiyin::use_cases::demo::DemoAccount;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::office::*;

fn approve() -> Value {
    json!({ "command": "approve_proposal" })
}

#[tokio::test]
async fn the_sixty_days_run_from_the_delivered_notice_on_paper_and_on_the_clock() {
    let office = Office::open().await;
    let id = office.signed_for().await;
    let sent = office.today();
    let before = office.paper("chengban", id, DocumentKind::AcceptanceNotice, &[]).await;
    assert!(before.contains("受理之日为本告知书送达您的日子"), "nobody knows the day yet");
    office.days(4);
    let accept = |on| json!({ "command": "accept", "notice_delivered_on": on });
    let early = sent.pred_opt().unwrap();
    let too_early = Refusal::DateTooEarly { date: early, earliest: sent };
    assert_eq!(office.refused("chengban", id, accept(early)).await, too_early, "before the unit had it");
    let delivered = sent.succ_opt().unwrap();
    office.gives("chengban", id, accept(delivered)).await;
    let matter = office.file("chengban", id).await.matter;
    let clock = matter.answer_clock().unwrap().clone();
    assert_eq!((clock.kind, clock.started), (ClockKind::Handling, delivered));
    let world = office.county.state.world();
    assert_eq!(clock.due, world.context().rules.due(ClockKind::Handling, delivered, world.context().calendar));
}

async fn suggestion(office: &Office) -> MatterId {
    let registration = json!({
        "title": "建议修一条步道", "content": "建议在河边修一条步道，方便老人散步。", "demands": ["修步道"],
        "purpose": "suggestion", "category": "construction", "channel": "visit", "intake": "first",
        "petitioner": { "name": "赵大娘", "phone": "13911112222" }, "place": "990101101201",
        "received_on": office.today(),
    });
    let body = json!({ "id": Uuid::now_v7(), "registration": registration });
    let receipt: PrintedReceipt = office.county.sign_in("dengji").await.post("/api/v1/matters", &body).await.read();
    receipt.matter
}

#[tokio::test]
async fn a_suggestion_goes_its_own_way_to_a_reply_that_can_be_delivered_with_a_receipt() {
    let office = Office::open().await;
    let id = suggestion(&office).await;
    office.gives("dengji", id, json!({ "command": "transfer", "unit": office.unit })).await;
    office.gives("fuzeren", id, json!({ "command": "sign_for" })).await;
    let notice = office.paper("chengban", id, DocumentKind::AcceptanceNotice, &[]).await;
    assert!(notice.contains("第二十九条") && !notice.contains("第三十一条") && !notice.contains("第三十四条"));
    office.gives("fuzeren", id, json!({ "command": "accept", "notice_delivered_on": office.today() })).await;
    let matter = office.file("chengban", id).await.matter;
    assert_eq!((matter.route, matter.answer_clock().unwrap().kind), (None, ClockKind::Suggestion));
    assert!(matter.clocks.iter().all(|clock| clock.kind != ClockKind::Handling));
    let handler = office.account("chengban").await;
    office.gives("fuzeren", id, json!({ "command": "assign", "handler": handler })).await;
    // Thirty days more are for the sixty of Article 34 only.
    let none = Refusal::NothingRuns { clock: ClockKind::Handling };
    assert_eq!(office.refused("chengban", id, office.extension(10)).await, none);
    office.submit(id, "步道列入明年计划。").await;
    let shown = office.file("shenhe", id).await.closure_digest;
    office.gives("shenhe", id, json!({ "command": "approve_closure", "shown": shown })).await;
    office.gives("fuzeren", id, json!({ "command": "sign_opinion" })).await;
    assert!(office.paper("fuzeren", id, DocumentKind::ReplyLetter, &[]).await.contains("步道列入明年计划"));
    office.gives("chengban", id, office.delivery("deliver")).await;
    let fields = [(Part::Deliverer, "周明"), (Part::DelivererPhone, "0999-1110001")];
    let receipt = office.paper("chengban", id, DocumentKind::DeliveryReceipt, &fields).await;
    assert!(receipt.contains("答复意见书") && !receipt.contains("复查期限"), "nothing is reviewed: {receipt}");
    assert_eq!(office.refused("dengji", id, office.asks(ReviewLevel::Review)).await, Refusal::NotAnAppeal);
}

#[tokio::test]
async fn a_unit_objects_after_signing_too_and_does_not_turn_the_petitioner_away() {
    let office = Office::open().await;
    let id = office.signed_for().await;
    let turned_away = json!({ "command": "propose", "proposal": { "what": "not_accept", "ground": "not_competent",
        "organ": "县水利局", "reason": "不归本局" } });
    assert_eq!(office.refused("chengban", id, turned_away).await, Refusal::ToBeObjected);
    let object = json!({ "command": "object", "reason": "按三定方案归水利局" });
    assert!(office.file("fuzeren", id).await.permitted.contains(&CommandKind::Object));
    assert!(matches!(office.refused("chengban", id, object.clone()).await, Refusal::RoleMayNot { .. }));
    let late = office.signed_for().await;
    assert_eq!(office.gives("fuzeren", id, object.clone()).await, Stage::Objected);
    office.days(20);
    assert!(matches!(office.refused("fuzeren", late, object).await, Refusal::WindowClosed { .. }));
}

#[tokio::test]
async fn a_recheck_follows_any_review_and_its_paper_says_what_comes_next() {
    let office = Office::open().await;
    let id = office.delivered().await;
    office.gives("dengji", id, office.asks(ReviewLevel::Review)).await;
    // A hearing of the reviewing organ is its own, and so are its papers.
    let hearing =
        [(Part::Time, "6月3日上午九点"), (Part::Place, "市局二楼"), (Part::Chair, "严明"), (Part::Members, "甲、乙")];
    let invited = office.paper("fucha", id, DocumentKind::HearingNotice, &hearing).await;
    assert!(invited.contains("市住建局") && invited.contains("第三十一条第六项"), "{invited}");
    assert_eq!(office.issue("fuzeren", id, DocumentKind::ReviewOpinion, &[]).await.status, 403);
    let redo = office.today() + chrono::TimeDelta::days(20);
    let revoke = json!({ "command": "decide_review", "outcome": "revoke", "text": "事实不清。", "redo_due": redo });
    office.gives("fucha", id, revoke.clone()).await;
    let originals = [(Part::OriginalOpinion, "县住建局意字1号"), (Part::ReviewOrgan, "省住建厅")];
    office.paper("fucha", id, DocumentKind::ReviewOpinion, &originals).await;
    let fields = [(Part::Deliverer, "严明"), (Part::DelivererPhone, "0998-2220001")];
    let receipt = office.paper("fucha", id, DocumentKind::DeliveryReceipt, &fields).await;
    assert!(receipt.contains("复查意见书") && receipt.contains("市住建局"), "{receipt}");
    assert_eq!(office.gives("dengji", id, office.delivery("deliver_review")).await, Stage::Reopened);
    let handler = office.account("chengban").await;
    office.gives("fuzeren", id, json!({ "command": "assign", "handler": handler })).await;
    // Not by the organ that reviewed it.
    let mut same = office.asks(ReviewLevel::Recheck);
    same["organ"] = json!("市 住建局");
    assert_eq!(office.refused("dengji", id, same).await, Refusal::SameOrgan);
    for login in ["chengban", "shenhe", "lianxi"] {
        let may_not = Refusal::RoleMayNot { command: CommandKind::RequestRecheck };
        assert_eq!(office.refused(login, id, office.asks(ReviewLevel::Recheck)).await, may_not, "{login}");
    }
    assert_eq!(office.gives("dengji", id, office.asks(ReviewLevel::Recheck)).await, Stage::Rechecking);
    let invited = office.paper("fuhe", id, DocumentKind::HearingNotice, &hearing).await;
    assert!(invited.contains("省住建厅") && invited.contains("第三十六条第二款"), "{invited}");
    office.days(3);
    let uphold = json!({ "command": "decide_review", "outcome": "uphold", "text": "维持复查意见。" });
    office.gives("fuhe", id, uphold).await;
    let said = office.paper("fuhe", id, DocumentKind::RecheckOpinion, &originals[..1]).await;
    assert!(!said.contains("终结") && said.contains("重新办理"), "the unit still owes an answer: {said}");
    assert_eq!(office.gives("dengji", id, office.delivery("deliver_review")).await, Stage::Handling);
    let matter = office.file("chengban", id).await.matter;
    assert_eq!(matter.legal_due(), Some(redo + chrono::TimeDelta::days(3)));
    assert!(!matter.is_final());
}

#[tokio::test]
async fn what_was_approved_is_sent_back_by_the_head_or_the_supervisor_until_it_is_delivered() {
    let office = Office::open().await;
    for login in ["fuzeren", "shenhe"] {
        let id = office.handling().await;
        office.submit(id, "水沟已经修好。").await;
        let back = json!({ "command": "return_closure", "reasons": ["facts_unclear"], "text": "日期写错",
            "due": office.today() });
        let may_not = Refusal::RoleMayNot { command: CommandKind::ReturnClosure };
        assert_eq!(office.refused("fuzeren", id, back.clone()).await, may_not, "before it is the supervisor's");
        let shown = office.file("shenhe", id).await.closure_digest;
        office.gives("shenhe", id, json!({ "command": "approve_closure", "shown": shown })).await;
        office.gives("fuzeren", id, json!({ "command": "sign_opinion" })).await;
        for other in ["chengban", "dengji", "lianxi"] {
            assert_eq!(office.refused(other, id, back.clone()).await, may_not, "{other}");
        }
        assert_eq!(office.refused("zhenzhang", id, back.clone()).await, Refusal::OtherUnit);
        assert!(office.file(login, id).await.permitted.contains(&CommandKind::ReturnClosure));
        assert_eq!(office.gives(login, id, back).await, Stage::Returned);
        assert_eq!(office.submit(id, "水沟已经修好，附验收单。").await, Stage::ClosureSubmitted);
        // Now the petitioner takes it back, though it lies with the supervisor.
        let withdrawal = json!({ "command": "propose",
            "proposal": { "what": "withdraw", "on": office.today(), "reason": "不用办了" } });
        office.gives("dengji", id, withdrawal).await;
        assert_eq!(office.gives("shenhe", id, approve()).await, Stage::Withdrawn);
    }
}

#[tokio::test]
async fn a_helping_unit_asked_by_mistake_is_let_go_with_a_reason() {
    let office = Office::open().await;
    let id = office.handling().await;
    let ask =
        json!({ "command": "ask_co_handler", "unit": office.other_unit, "task": "查清水源", "due": office.today() });
    office.gives("chengban", id, ask).await;
    let release = json!({ "command": "release_co_handler", "co_handler": 0, "reason": "请错了单位" });
    for (login, refusal) in [
        ("shuili", Refusal::OtherUnit),
        ("dengji", Refusal::OtherUnit),
        ("zhenzhang", Refusal::OtherUnit),
        ("lianxi", Refusal::RoleMayNot { command: CommandKind::ReleaseCoHandler }),
    ] {
        assert_eq!(office.refused(login, id, release.clone()).await, refusal, "{login}");
    }
    office.gives("chengban", id, release.clone()).await;
    assert_eq!(office.refused("chengban", id, release).await, Refusal::NoSuchHelper);
    assert_eq!(office.submit(id, "水沟已经修好。").await, Stage::ClosureSubmitted);
}

/// A second supervisor of the petition office.
async fn second_supervisor(office: &mut Office) -> &'static str {
    let login = "shenher";
    let first: Session = office.county.sign_in("shenhe").await.get("/api/v1/session").await.read();
    let actor = Actor {
        account: AccountId(Uuid::now_v7()),
        name: ShortText::parse("沈二").unwrap(),
        badge: ShortText::parse("992").unwrap(),
        ..first.actor
    };
    let password = "a long enough password".to_owned();
    let password_hash = hash_password(&password).unwrap();
    let new = NewAccount { login: login.to_owned(), password_hash, actor };
    office.county.state.store.create_account(&new, Trace::system(office.county.state.now())).await.unwrap();
    office.county.accounts.push(DemoAccount { login: login.to_owned(), password, role: "审核" });
    login
}

#[tokio::test]
async fn the_petition_office_finishes_what_it_handles_itself_with_four_eyes() {
    let mut office = Office::open().await;
    let second = second_supervisor(&mut office).await;
    let units: Vec<Unit> = office.county.sign_in("dengji").await.get("/api/v1/units").await.read();
    let own = units.iter().find(|unit| unit.name.as_str() == "县信访局").unwrap().id;
    let id = office.matter().await;
    office.gives("dengji", id, json!({ "command": "transfer", "unit": own })).await;
    office.gives("dengji", id, json!({ "command": "sign_for" })).await;
    office.gives("dengji", id, json!({ "command": "accept", "notice_delivered_on": office.today() })).await;
    let handler = office.account("dengji").await;
    office.gives("dengji", id, json!({ "command": "assign", "handler": handler })).await;
    office.gives("dengji", id, office.extension(10)).await;
    let waiting: MatterList = office.county.sign_in("shenhe").await.get("/api/v1/matters?filter=proposed").await.read();
    assert!(waiting.rows.iter().any(|row| row.id == id), "it waits for the office's own supervisor");
    assert_eq!(office.tries("fuzeren", id, approve()).await.status, 404, "the head of another unit");
    office.gives("shenhe", id, approve()).await;
    // The supervisor takes it over, and so signs nothing of it any more.
    let to = office.account("shenhe").await;
    let over = json!({ "command": "hand_over", "handler": to, "reason": "登记员休假" });
    let may_not = Refusal::RoleMayNot { command: CommandKind::HandOver };
    assert_eq!(office.refused("dengji", id, over.clone()).await, may_not);
    office.gives(second, id, over).await;
    let submit = json!({ "command": "submit_closure", "package": office.package("水沟已经修好。") });
    office.gives("shenhe", id, submit).await;
    let shown = office.file(second, id).await.closure_digest;
    let agree = json!({ "command": "approve_closure", "shown": shown });
    assert_eq!(office.refused("shenhe", id, agree.clone()).await, Refusal::OwnHandling);
    office.gives(second, id, agree).await;
    let sign = json!({ "command": "sign_opinion" });
    assert_eq!(office.refused("shenhe", id, sign.clone()).await, Refusal::OwnDraft);
    office.gives(second, id, sign).await;
    let organ = [(Part::ReviewOrgan, "清溪县人民政府")];
    let opinion = office.paper(second, id, DocumentKind::Opinion, &organ).await;
    assert!(opinion.contains("县信访局"), "{opinion}");
    // Of another unit's matter a supervisor issues no opinion.
    let theirs = office.delivered().await;
    assert_eq!(office.issue(second, theirs, DocumentKind::Opinion, &organ).await.status, 403);
}
