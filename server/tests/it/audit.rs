//! What is done over HTTP is noted, and looking through everything finds it whole.

use case_core::audit::{Deed, PaperForm};
use case_core::document::DocumentKind;
use case_core::wire::documents::IssuedDocument;
use case_store::Anchor;
use huiyin::use_cases::verify;
use serde_json::json;
use uuid::Uuid;

use crate::phone::*;
use crate::support::*;

/// The lines of a look through everything, and how many faults there were.
async fn look_through(county: &County, given: Vec<Anchor>) -> (u64, Vec<String>) {
    let mut lines = Vec::new();
    let file = county.state.settings.anchors_file();
    let done = verify::run(&county.state.store, &file, given, &mut |line| lines.push(line)).await.unwrap();
    (done.faults, lines)
}

/// The latest deeds, the newest first, with who did them.
async fn deeds(county: &County) -> Vec<(Option<String>, Deed)> {
    let entries = county.state.store.audit_entries(None, 50).await.unwrap();
    entries.into_iter().map(|entry| (entry.name, entry.deed)).collect()
}

#[tokio::test]
async fn who_did_what_is_noted_and_found_whole() {
    let county = County::open().await;
    let wrong = json!({ "login": "cunguan", "password": "falsch" });
    assert_eq!(county.anonymous().post("/api/v1/session", &wrong).await.status, 401);
    let nobody = json!({ "login": "huiyin-123456", "password": "x" });
    assert_eq!(county.anonymous().post("/api/v1/session", &nobody).await.status, 401);
    let found = deeds(&county).await;
    assert_eq!(found[0], (None, Deed::SignInFailed { account: None }), "a password typed as a login is not kept");

    let phone = Phone::open(&county, "cunguan", 7).await;
    assert!(matches!(&found[1], (None, Deed::SignInFailed { account: Some(tried) }) if *tried == phone.me));
    let record = phone.visit(phone.household().await, json!({ "items": [raised_item(Uuid::now_v7())] }));
    stored(&phone.push(&[record]).await[0]);
    assert!(
        deeds(&county)
            .await
            .iter()
            .any(|(_, deed)| matches!(deed, Deed::MattersMoved { matters } if matters[0].code.is_some()))
    );

    let admin = county.sign_in("guanli").await;
    let path = format!("/api/v1/devices/{}/{}/revoke", phone.me, phone.device);
    assert_eq!(admin.post(&path, &json!({})).await.status, 200);
    let shut_out = &deeds(&county).await[0];
    assert!(shut_out.0.is_some() && matches!(shut_out.1, Deed::DeviceRevoked { account, .. } if account == phone.me));

    let registrar = county.sign_in("dengji").await;
    let id = county.matter("村口路灯").await;
    assert_eq!(registrar.post(&format!("/api/v1/matters/{id}/receipt"), &json!({})).await.status, 200);
    assert!(
        deeds(&county)
            .await
            .iter()
            .any(|(by, deed)| { by.is_some() && matches!(deed, Deed::CodeReissued { matter, .. } if *matter == id) })
    );

    let (faults, lines) = look_through(&county, Vec::new()).await;
    assert_eq!(faults, 0, "{lines:?}");
    assert!(lines.iter().any(|line| line.contains("全部完整")) && lines.last().unwrap().contains("A"), "{lines:?}");
}

#[tokio::test]
async fn an_anchor_of_another_chain_is_named() {
    let county = County::open().await;
    let heads = county.state.store.anchors().await.unwrap();
    huiyin::anchors::write_down(&county.state.settings.anchors_file(), &heads, county.state.now()).unwrap();
    assert_eq!(look_through(&county, heads).await.0, 0, "in the file and on paper");
    let other: Anchor = "A2-9f3c-27ab-0011-5d3e-9c20".parse().unwrap();
    let (faults, lines) = look_through(&county, vec![other]).await;
    assert_eq!(faults, 1);
    assert!(lines[0].contains("A2-9f3c-27ab-0011-5d3e-9c20") && lines[0].contains("不符"), "{lines:?}");
}

#[tokio::test]
async fn documents_that_are_issued_printed_and_downloaded_are_noted() {
    let county = County::open().await;
    let id = county.matter("村口路灯").await;
    let supervisor = county.sign_in("shenhe").await;
    supervisor.says_why(id).await;
    let kind = DocumentKind::SupervisionNotice;
    let fields = [("breach", "拖延"), ("requirement", "改"), ("limit", "2099-01-01")]
        .map(|(part, value)| json!({ "part": part, "value": value }));
    let request = json!({ "id": Uuid::now_v7(), "kind": kind, "fields": fields });
    let issued: IssuedDocument = supervisor.post(&format!("/api/v1/matters/{id}/documents"), &request).await.read();
    for form in ["print", "docx"] {
        assert_eq!(supervisor.get(&format!("/api/v1/documents/{}/{form}", issued.id)).await.status, 200);
    }
    let found: Vec<Deed> = deeds(&county).await.into_iter().take(3).map(|(_, deed)| deed).collect();
    let taken = |form| Deed::DocumentTaken { document: issued.id, matter: id, form };
    assert_eq!(found[..2], [taken(PaperForm::File), taken(PaperForm::Page)]);
    assert!(
        matches!(&found[2], Deed::DocumentIssued { document, matter, .. } if (*document, *matter) == (issued.id, id))
    );
    let (faults, lines) = look_through(&county, Vec::new()).await;
    assert_eq!(faults, 0, "{lines:?}");
}
