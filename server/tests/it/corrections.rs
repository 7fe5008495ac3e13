//! 更正登记: a wrong number is not the second answer for ever. What was wrong finds nothing and opens nothing, stands on
//! no paper that is made afterwards, and stays in the file for who may read it.

use case_core::document::DocumentKind;
use case_core::id::MatterId;
use case_core::matter::{Event, FormField, PurposeOfPetition, Refusal};
use case_core::wire::audit::AuditPage;
use case_core::wire::desk::{MatterFile, MatterList, PrintedReceipt};
use case_core::wire::sync::{PullResponse, WorkItem};
use case_store::statements::observed;
use serde_json::{Value, json};

use crate::office::*;
use crate::support::*;

fn correct(corrections: Value) -> Value {
    json!({ "command": "correct_registration", "corrections": corrections, "reason": "登记时听错了" })
}

async fn code(office: &Office, id: MatterId) -> String {
    let registrar = office.county.sign_in("dengji").await;
    let receipt: PrintedReceipt = registrar.post(&format!("/api/v1/matters/{id}/receipt"), &()).await.read();
    receipt.query_code
}

async fn found(office: &Office, login: &str, words: &str) -> Vec<MatterId> {
    let path = format!("/api/v1/matters?q={}", urlencode(words));
    let list: MatterList = office.county.sign_in(login).await.get(&path).await.read();
    list.rows.into_iter().map(|row| row.id).collect()
}

async fn looks_alike(office: &Office, phone: &str) -> bool {
    let body = json!({ "phone": phone });
    let reply = office.county.sign_in("dengji").await.post("/api/v1/matters/alike", &body).await;
    assert_eq!(reply.status, 200, "{}", reply.text());
    reply.text().contains("村道积水")
}

#[tokio::test]
async fn a_wrong_number_opens_and_finds_nothing_any_more() {
    let office = Office::open().await;
    let id = office.matter().await;
    let code = code(&office, id).await;
    let client = office.county.anonymous();
    assert_eq!(client.look_up(&code, "2222").await.status, 200);
    let (kept, sent) = observed(client.look_up(&code, "2222")).await;
    let asked = sent.iter().filter(|sql| !sql.starts_with("SELECT seq, deed FROM audit")).count();
    assert_eq!((kept.status.as_u16(), asked), (200, 0), "kept in memory");
    assert!(looks_alike(&office, "13911112222").await);

    let right = json!({ "name": "赵大妈", "phone": { "to": "13977778888" }, "title": "村道积水难走",
        "category": "transport" });
    office.gives("dengji", id, correct(right)).await;

    assert_eq!(client.look_up(&code, "2222").await.status, 422, "the kept answer is gone too");
    let page = client.look_up(&code, "8888").await;
    assert_eq!(page.status, 200);
    let page = page.text();
    for internal in ["更正", "听错", "赵大娘", "13911112222"] {
        assert!(!page.contains(internal), "{internal}: {page}");
    }
    assert_eq!(found(&office, "dengji", "赵大娘").await, []);
    assert_eq!(found(&office, "dengji", "13911112222").await, []);
    assert_eq!(found(&office, "dengji", "赵大妈").await, [id]);
    assert_eq!(found(&office, "dengji", "13977778888").await, [id]);
    assert!(looks_alike(&office, "13977778888").await && !looks_alike(&office, "13911112222").await);
    // The phone of who goes there learns of it.
    let pulled = office.county.sign_in("cunguan").await.post("/api/v1/sync/pull", &json!({ "protocol": 2 })).await;
    let pulled: PullResponse = pulled.read();
    let card = pulled.items.iter().find_map(|item| match item {
        WorkItem::Matter(card) if card.id == id => Some(card),
        _ => None,
    });
    assert_eq!(card.unwrap().phone.as_ref().unwrap().as_str(), "13977778888");
}

#[tokio::test]
async fn the_file_says_what_stood_and_the_audit_only_which_fields() {
    let office = Office::open().await;
    let id = office.matter().await;
    let before = office.paper("dengji", id, DocumentKind::RegistrationForm, &[]).await;
    assert!(before.contains("13911112222"));
    // The audit tells the steps of one moment together.
    office.days(1);
    let right = json!({ "phone": { "to": "13977778888" }, "more_demands": ["赔偿摔伤的医药费"] });
    office.gives("dengji", id, correct(right)).await;

    // The registrar who registered it reads both; the supervisor neither, until the reason is given.
    let read = office.file("dengji", id).await;
    let Some(Event::RegistrationCorrected(one)) = read.journal.last().map(|entry| entry.event.clone()) else {
        panic!("{:?}", read.journal.last())
    };
    assert_eq!(one.fields().collect::<Vec<_>>(), [FormField::Phone, FormField::Demands]);
    assert_eq!(one.before.petitioner.phone.as_ref().unwrap().as_str(), "13911112222");
    assert_eq!(one.after.demands.len(), 2);
    assert!(read.names.iter().any(|named| named.account == one.by));
    let supervisor = office.county.sign_in("shenhe").await;
    let masked = supervisor.get(&format!("/api/v1/matters/{id}")).await.text();
    for number in ["13911112222", "13977778888", "赵大娘"] {
        assert!(!masked.contains(number), "{number}");
    }
    let full: MatterFile =
        supervisor.post(&format!("/api/v1/matters/{id}/unmask"), &json!({ "reason": "supervise" })).await.read();
    assert_eq!(full.matter.corrections.len(), 1);

    // What was issued keeps what it said; what is issued from now on says what is right.
    let papers = office.county.state.store.documents_of(id).await.unwrap();
    let again = office.county.sign_in("dengji").await;
    let old = again.get(&format!("/api/v1/documents/{}/print", papers[0].id)).await.text();
    assert!(old.contains("13911112222") && !old.contains("13977778888"));
    let body = json!({ "id": uuid::Uuid::now_v7(), "kind": "registration_form", "fields": [],
        "replaces": papers[0].id, "reason": "电话登记错了" });
    let new = again.post(&format!("/api/v1/matters/{id}/documents"), &body).await;
    assert_eq!(new.status, 200, "{}", new.text());
    let new: case_core::wire::documents::IssuedDocument = new.read();
    let new = again.get(&format!("/api/v1/documents/{}/print", new.id)).await.text();
    assert!(new.contains("13977778888") && new.contains("赔偿摔伤的医药费") && !new.contains("13911112222"));

    let audit: AuditPage = office.county.sign_in("shenji").await.get("/api/v1/audit?group=matters").await.read();
    let line = audit.lines.iter().find(|line| line.what.contains("更正登记")).expect("noted");
    assert_eq!(line.what, "更正登记：联系电话、诉求");
    let all = serde_json::to_string(&audit).unwrap();
    assert!(!all.contains("1397777") && !all.contains("医药费") && !all.contains("听错"), "{all}");
}

#[tokio::test]
async fn who_reads_stars_sends_none_back() {
    let office = Office::open().await;
    let id = office.matter().await;
    office.gives("dengji", id, json!({ "command": "transfer", "unit": office.unit, "place": null })).await;
    // It went out: the registrar reads no particulars, and changes only what is typed.
    let file = office.file("dengji", id).await;
    assert!(file.masked);
    let starred = correct(json!({ "name": file.matter.registration.petitioner.name, "category": "transport" }));
    let refused = office.tries("dengji", id, starred).await;
    assert_eq!(refusal(&refused), Refusal::HiddenText { field: FormField::Name });
    assert!(refused.text().contains("姓名"), "{}", refused.text());
    office.gives("dengji", id, correct(json!({ "category": "transport" }))).await;
    let stored = office.county.state.store.matter(id).await.unwrap().unwrap();
    assert_eq!(stored.registration.petitioner.name.as_str(), "赵大娘");
    assert_eq!(found(&office, "dengji", "赵大娘").await, [id], "it is found as before");
}

#[tokio::test]
async fn the_township_corrects_its_own_and_the_handler_nothing() {
    let office = Office::open().await;
    let id = office.handling().await;
    let right = || correct(json!({ "phone": { "to": "13977778888" } }));
    assert!(matches!(refusal(&office.tries("chengban", id, right()).await), Refusal::RoleMayNot { .. }));
    office.gives("zhuangan", id, right()).await;
    let purpose = correct(json!({ "purpose": "suggestion" }));
    let refused = office.tries("dengji", id, purpose).await;
    assert_eq!(refusal(&refused), Refusal::PurposeFixed);
    assert!(refused.text().contains("期限"), "{}", refused.text());
    let stored = office.county.state.store.matter(id).await.unwrap().unwrap();
    assert_eq!(stored.registration.purpose, PurposeOfPetition::Appeal);
    // What was handed in is read as it was asked.
    office.submit(id, "水沟已经修好。").await;
    let late = office.tries("zhuangan", id, correct(json!({ "more_demands": ["再修一段"] }))).await;
    assert_eq!(refusal(&late), Refusal::DemandsFixed);
}
