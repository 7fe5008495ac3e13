//! Who reads a matter masked gets its papers and files only after saying what for, and each that is taken is noted.

use std::collections::BTreeSet;

use case_core::audit::Deed;
use case_core::document::DocumentKind;
use case_core::id::{DocumentId, MatterId};
use case_core::wire::desk::{MatterFile, PrintedReceipt};
use case_core::wire::documents::{DocumentShelf, IssuedDocument};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::office::Office;
use crate::support::*;

const NAME: &str = "欧阳翠花";
const PHONE: &str = "13911112222";
const HOME: &str = "清溪镇青石村九组七号";
const SPEAKER: &str = "司马大柱";

/// A matter with everything that a paper is filled from: people who speak for others, a hearing, a mediation.
async fn full_matter(office: &Office) -> MatterId {
    let registration = json!({
        "title": format!("{NAME}反映村道积水"), "content": format!("我叫{NAME}，电话{PHONE}，住{HOME}，村道一下雨就积水。"),
        "demands": ["修好排水沟"], "purpose": "appeal", "category": "construction", "channel": "visit",
        "intake": "first", "petitioner": { "name": NAME, "phone": PHONE, "address": HOME },
        "particulars": { "representatives": [SPEAKER], "people": 6 },
        "place": "990101101201", "received_on": office.today(),
    });
    let body = json!({ "id": Uuid::now_v7(), "registration": registration });
    let receipt: PrintedReceipt = office.county.sign_in("dengji").await.post("/api/v1/matters", &body).await.read();
    let id = receipt.matter;
    office.gives("dengji", id, json!({ "command": "transfer", "unit": office.unit })).await;
    office.gives("fuzeren", id, json!({ "command": "sign_for" })).await;
    let accept = json!({ "command": "accept", "notice_delivered_on": office.today(), "route": "petition" });
    office.gives("fuzeren", id, accept).await;
    let handler = office.account("chengban").await;
    office.gives("fuzeren", id, json!({ "command": "assign", "handler": handler })).await;
    let hearing = json!({ "command": "hold_hearing", "from": office.today(), "until": office.today(),
        "note": format!("{NAME}到场") });
    office.gives("chengban", id, hearing).await;
    let mediation = json!({ "command": "begin_mediation", "mediator": "王主任", "other_side": "青石村委会",
        "petitioner_consents": true, "other_consents": true });
    office.gives("chengban", id, mediation).await;
    id
}

fn shows_somebody(text: &str) -> Option<&'static str> {
    [NAME, PHONE, HOME, SPEAKER].into_iter().find(|secret| text.contains(secret))
}

#[tokio::test]
async fn no_masked_desk_is_sent_particulars_with_the_papers_that_it_can_issue() {
    let office = Office::open().await;
    let id = full_matter(&office).await;
    let path = format!("/api/v1/matters/{id}/documents");
    let (mut kinds, mut masked) = (BTreeSet::new(), 0);
    for account in &office.county.accounts {
        let client = office.county.sign_in(&account.login).await;
        let file = client.get(&format!("/api/v1/matters/{id}")).await;
        if file.status != 200 || !file.read::<MatterFile>().masked {
            continue;
        }
        let reply = client.get(&path).await;
        if reply.status == 403 {
            continue;
        }
        masked += 1;
        assert_eq!(shows_somebody(&reply.text()), None, "{}: {}", account.login, reply.text());
        let shelf: DocumentShelf = reply.read();
        for one in &shelf.possible {
            assert!(one.hidden || one.asks.iter().all(|ask| shows_somebody(&ask.value).is_none()));
            kinds.insert(one.kind);
        }
        // With a reason the form is filled in.
        let said = client.post(&format!("/api/v1/matters/{id}/unmask"), &json!({ "reason": "deliver" })).await;
        assert_eq!(said.status, 200, "{}", account.login);
        let full: DocumentShelf = client.get(&path).await.read();
        assert!(full.possible.iter().all(|one| !one.hidden), "{}", account.login);
        for kind in [DocumentKind::MediationAgreement, DocumentKind::ReceptionRecord, DocumentKind::EscortSheet] {
            for one in full.possible.iter().filter(|one| one.kind == kind) {
                assert!(one.asks.iter().any(|ask| shows_somebody(&ask.value).is_some()), "{kind:?} is filled in");
            }
        }
    }
    assert!(masked >= 5, "registrar, supervisor, joint office, leader, head: {masked}");
    // Of the others the reviewer's are tried in the tests of reviews; these are all that can be issued here.
    let beyond = [DocumentKind::ReviewOpinion, DocumentKind::RecheckOpinion];
    for kind in DocumentKind::ALL.iter().copied().filter(|kind| !beyond.contains(kind)) {
        assert!(kinds.contains(&kind), "{kind:?} was offered to no masked desk");
    }
}

async fn issue(client: &Client, id: MatterId, kind: DocumentKind, fields: Value) -> Reply {
    let body = json!({ "id": DocumentId(Uuid::now_v7()), "kind": kind, "fields": fields });
    client.post(&format!("/api/v1/matters/{id}/documents"), &body).await
}

#[tokio::test]
async fn a_paper_with_particulars_is_issued_and_taken_after_saying_what_for() {
    let office = Office::open().await;
    let county = &office.county;
    let id = full_matter(&office).await;
    let leader = county.sign_in("xianling").await;
    let refused = issue(&leader, id, DocumentKind::HomeVisitSheet, json!([])).await;
    assert_eq!(refused.status, 403, "{}", refused.text());
    assert!(refused.text().contains("写明用途"));
    assert!(county.state.store.documents_of(id).await.unwrap().is_empty(), "nothing was numbered");

    // Somebody else's paper is no way round it either.
    let registrar = county.sign_in("dengji").await;
    assert_eq!(
        registrar.post(&format!("/api/v1/matters/{id}/unmask"), &json!({ "reason": "deliver" })).await.status,
        200
    );
    let form: IssuedDocument = issue(&registrar, id, DocumentKind::RegistrationForm, json!([])).await.read();
    let shelf: DocumentShelf = leader.get(&format!("/api/v1/matters/{id}/documents")).await.read();
    assert!(shelf.issued.iter().any(|one| one.id == form.id && one.hidden));
    for way in ["print", "docx"] {
        let reply = leader.get(&format!("/api/v1/documents/{}/{way}", form.id)).await;
        assert_eq!(reply.status, 403, "{way}");
        assert_eq!(shows_somebody(&reply.text()), None, "{way}");
    }
    assert_eq!(
        leader.post(&format!("/api/v1/matters/{id}/unmask"), &json!({ "reason": "supervise" })).await.status,
        200
    );
    let page = leader.get(&format!("/api/v1/documents/{}/print", form.id)).await;
    assert!(page.status == 200 && page.text().contains(NAME));
    let noted = county.state.store.audit_entries(None, 2).await.unwrap();
    assert!(matches!(&noted[0].deed, Deed::DocumentTaken { document, .. } if *document == form.id));
    assert!(matches!(&noted[1].deed, Deed::Unmasked { matter, .. } if *matter == id));
    assert_eq!(issue(&leader, id, DocumentKind::HomeVisitSheet, json!([])).await.status, 200);

    // The reason holds for this matter, for this official, and for an hour.
    let other = full_matter(&office).await;
    assert_eq!(issue(&leader, other, DocumentKind::HomeVisitSheet, json!([])).await.status, 403);
    let office_desk = county.sign_in("lianxi").await;
    assert_eq!(office_desk.get(&format!("/api/v1/documents/{}/print", form.id)).await.status, 403);
    office.days(1);
    let leader = county.sign_in("xianling").await;
    assert_eq!(leader.get(&format!("/api/v1/documents/{}/print", form.id)).await.status, 403);

    // Who has it in hand gives no reason.
    let handler = county.sign_in("chengban").await;
    assert_eq!(handler.get(&format!("/api/v1/documents/{}/print", form.id)).await.status, 200);
}
