//! 文书与程序相连: a step that hangs on a paper is taken when the paper is there, issued here or made elsewhere.

use case_core::document::DocumentKind;
use case_core::id::{DocumentId, MatterId};
use case_core::matter::{CommandKind, Event, OwedPaper, Refusal, Stage};
use case_core::wire::desk::MatterFile;
use case_core::wire::documents::IssuedDocument;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::office::{Office, refusal};
use crate::support::*;

/// Gives a command that names no paper from outside.
async fn plainly(office: &Office, login: &str, id: MatterId, command: Value) -> Reply {
    named(office, login, id, command, Value::Null).await
}

async fn named(office: &Office, login: &str, id: MatterId, command: Value, paper: Value) -> Reply {
    let seen = office.county.state.store.matter(id).await.unwrap().unwrap().version;
    office.county.sign_in(login).await.command_with(id, seen, command, paper).await
}

/// Refused for want of the paper, with words that name it, and nothing changed; the file says the same.
async fn wants(office: &Office, login: &str, id: MatterId, command: Value, kind: (CommandKind, DocumentKind)) {
    let before = office.county.state.store.matter(id).await.unwrap().unwrap();
    let reply = plainly(office, login, id, command).await;
    assert_eq!(reply.status, 409, "{kind:?} {}", reply.text());
    let body: Value = serde_json::from_slice(&reply.body).unwrap();
    assert_eq!(body["problem"], "document_owed", "{}", reply.text());
    assert!(body["message"].as_str().unwrap().contains(app::text::document::kind(kind.1)), "{}", reply.text());
    assert_eq!(office.county.state.store.matter(id).await.unwrap().unwrap(), before);
    let owed = office.county.sign_in(login).await.file(id).await.owed;
    assert!(owed.contains(&OwedPaper { command: kind.0, kind: kind.1, outdated: false }), "{owed:?}");
}

async fn issue(office: &Office, login: &str, id: MatterId, kind: DocumentKind, fields: Value) -> IssuedDocument {
    let client = office.county.sign_in(login).await;
    client.says_why(id).await;
    let body = json!({ "id": DocumentId(Uuid::now_v7()), "kind": kind, "fields": fields });
    client.post(&format!("/api/v1/matters/{id}/documents"), &body).await.read()
}

#[tokio::test]
async fn a_matter_is_accepted_delivered_and_archived_with_its_papers() {
    let office = Office::open().await;
    let id = office.signed_for().await;
    let accept = json!({ "command": "accept", "notice_delivered_on": office.today(), "route": "petition" });
    wants(&office, "fuzeren", id, accept.clone(), (CommandKind::Accept, DocumentKind::AcceptanceNotice)).await;
    // What is refused anyway says why, not what paper is missing.
    let other_way = json!({ "command": "accept", "notice_delivered_on": office.today(), "route": "arbitration" });
    assert!(matches!(refusal(&plainly(&office, "fuzeren", id, other_way).await), Refusal::RouteEndsHere { .. }));
    issue(&office, "fuzeren", id, DocumentKind::AcceptanceNotice, json!([])).await;
    assert_eq!(office.county.sign_in("fuzeren").await.file(id).await.owed, []);
    assert_eq!(plainly(&office, "fuzeren", id, accept).await.status, 200);
    let handler = office.account("chengban").await;
    office.gives("fuzeren", id, json!({ "command": "assign", "handler": handler })).await;
    office.submit(id, "水沟已经修好。").await;
    let shown = office.county.sign_in("shenhe").await.file(id).await.closure_digest;
    office.gives("shenhe", id, json!({ "command": "approve_closure", "shown": shown })).await;
    office.gives("fuzeren", id, json!({ "command": "sign_opinion" })).await;

    wants(&office, "chengban", id, office.delivery("deliver"), (CommandKind::Deliver, DocumentKind::Opinion)).await;
    let organ = json!([{ "part": "review_organ", "value": "清溪县人民政府" }]);
    issue(&office, "fuzeren", id, DocumentKind::Opinion, organ).await;
    assert_eq!(plainly(&office, "chengban", id, office.delivery("deliver")).await.status, 200);
    let journal = office.county.state.store.journal(id).await.unwrap();
    assert!(!journal.iter().any(|entry| matches!(entry.event, Event::PaperNamed(_))), "nothing came from outside");
}

#[tokio::test]
async fn a_paper_made_outside_is_named_with_the_step_and_stands_in_the_journal() {
    let office = Office::open().await;
    let id = office.signed_for().await;
    let accept = json!({ "command": "accept", "notice_delivered_on": office.today(), "route": "petition" });
    let tomorrow = office.today().succ_opt().unwrap();
    for (on, refused) in [(json!(tomorrow), true), (json!("2001-01-01"), true), (json!(office.today()), false)] {
        let paper = json!({ "number": "县住建局受字〔2026〕7号", "on": on });
        let reply = named(&office, "fuzeren", id, accept.clone(), paper).await;
        assert_eq!(reply.status == 409, refused, "{on} {}", reply.text());
        if refused {
            assert!(matches!(refusal(&reply), Refusal::DateInFuture { .. } | Refusal::DateTooEarly { .. }));
        }
    }
    let matter = office.county.state.store.matter(id).await.unwrap().unwrap();
    assert_eq!(matter.stage, Stage::Accepted);
    let [outside] = matter.outside_papers.as_slice() else { panic!("{:?}", matter.outside_papers) };
    assert_eq!(
        (outside.kind, outside.paper.number.as_str()),
        (DocumentKind::AcceptanceNotice, "县住建局受字〔2026〕7号")
    );
    assert_eq!(outside.by, office.account("fuzeren").await);
    let journal = office.county.state.store.journal(id).await.unwrap();
    let place = |of: fn(&Event) -> bool| journal.iter().position(|entry| of(&entry.event)).unwrap();
    assert!(
        place(|event| matches!(event, Event::PaperNamed(_))) < place(|event| matches!(event, Event::Accepted { .. }))
    );
    // The list of what is in the file names it too.
    let contents = issue(&office, "dengji", id, DocumentKind::FileContents, json!([])).await;
    let page = office.county.sign_in("dengji").await;
    let page = page.get(&format!("/api/v1/documents/{}/print", contents.id)).await.text();
    assert!(page.contains("县住建局受字〔2026〕7号") && page.contains("系统外"), "{page}");
}

/// Ends a matter by a proposal that the supervisor approves.
async fn ended(office: &Office, proposal: Value) -> MatterId {
    let id = office.matter().await;
    office.gives("dengji", id, json!({ "command": "propose", "proposal": proposal })).await;
    office.gives("shenhe", id, json!({ "command": "approve_proposal" })).await;
    id
}

#[tokio::test]
async fn each_ending_is_told_with_its_own_notice() {
    let office = Office::open().await;
    let reason = "按分工不归这里办";
    let endings = [
        (
            json!({ "what": "not_accept", "ground": "not_competent", "organ": "县交通局", "reason": reason }),
            DocumentKind::RefusalNotice,
        ),
        (
            json!({ "what": "direct", "route": "arbitration", "organ": "县仲裁委", "limit": "2099-01-01", "reason": reason }),
            DocumentKind::RouteNotice,
        ),
    ];
    for (proposal, kind) in endings {
        let id = ended(&office, proposal).await;
        let tell = json!({ "command": "notify_petitioner", "mode": "in_person", "on": office.today() });
        wants(&office, "dengji", id, tell.clone(), (CommandKind::NotifyPetitioner, kind)).await;
        issue(&office, "dengji", id, kind, json!([])).await;
        assert_eq!(plainly(&office, "dengji", id, tell).await.status, 200, "{kind:?}");

        // A whole list of what is in the file, newer than every other paper, before it is put away.
        let archive = json!({ "command": "archive", "volume": "2026-3", "pages": 6 });
        wants(&office, "dengji", id, archive.clone(), (CommandKind::Archive, DocumentKind::FileContents)).await;
        office.days(1);
        let first = issue(&office, "dengji", id, DocumentKind::FileContents, json!([])).await;
        office.days(1);
        issue(&office, "dengji", id, DocumentKind::RegistrationForm, json!([])).await;
        let late = plainly(&office, "dengji", id, archive.clone()).await;
        assert!(late.status == 409 && late.text().contains("目录不全"), "{}", late.text());
        let file: MatterFile = office.county.sign_in("dengji").await.file(id).await;
        assert!(file.owed.iter().any(|owed| owed.kind == DocumentKind::FileContents && owed.outdated));
        let client = office.county.sign_in("dengji").await;
        client.says_why(id).await;
        let renewed = json!({ "id": DocumentId(Uuid::now_v7()), "kind": "file_contents", "fields": [],
            "replaces": first.id, "reason": "补登记表" });
        office.days(1);
        let reply = office.county.sign_in("dengji").await;
        reply.says_why(id).await;
        assert_eq!(reply.post(&format!("/api/v1/matters/{id}/documents"), &renewed).await.status, 200);
        assert_eq!(plainly(&office, "dengji", id, archive).await.status, 200, "{kind:?}");
    }
}

#[tokio::test]
async fn a_decision_keeps_the_clock_of_the_device_and_the_audit_shows_it() {
    let office = Office::open().await;
    let id = office.matter().await;
    let registrar = office.county.sign_in("dengji").await;
    let seen = registrar.file(id).await.matter.version;
    let device_at = office.now() - 7_200_000;
    let request = json!({ "id": Uuid::now_v7(), "seen": seen, "device_at": device_at,
        "command": { "command": "transfer", "unit": office.unit } });
    let path = format!("/api/v1/matters/{id}/commands");
    assert_eq!(registrar.post(&path, &request).await.status, 200);
    // Sent again with a clock that has gone on: the same decision.
    let mut again = request.clone();
    again["device_at"] = json!(device_at + 1);
    assert_eq!(registrar.post(&path, &again).await.status, 200);
    let number = office.county.state.store.matter(id).await.unwrap().unwrap().number;
    let audit = office.county.sign_in("shenji").await;
    let page: case_core::wire::audit::AuditPage =
        audit.get(&format!("/api/v1/audit?group=matters&number={}", number.as_str())).await.read();
    let line = page.lines.iter().find(|line| line.what.contains("转送")).unwrap();
    assert_eq!(line.device_at.map(|at| at.0), Some(device_at));
    assert!(page.lines.iter().any(|line| line.device_at.is_none()), "registering told none");
}
