//! 公示 over HTTP: what the desk reads and proposes, what everybody reads, what stands against it.

use axum::http::Method;
use case_core::matter::Stage;
use case_core::wire::publication::{Hurdle, PublicationDesk, PublicationList, PublicationState};
use serde_json::json;

use crate::support::*;

/// A matter of the demo whose answer is in the petitioner's hands.
async fn answered(county: &County) -> case_core::matter::Matter {
    for stage in Stage::ALL {
        let all = county.state.store.matters_in(stage, None, 10).await.unwrap();
        if let Some(matter) = all.into_iter().find(|matter| matter.delivery.is_some()) {
            return matter;
        }
    }
    panic!("the demo has an answered matter");
}

#[tokio::test]
async fn what_is_published_went_through_two_hands_and_names_nobody() {
    let county = County::open().await;
    let matter = answered(&county).await;
    let (registrar, supervisor) = (county.sign_in("dengji").await, county.sign_in("shenhe").await);
    let path = format!("/api/v1/matters/{}/publication", matter.id);
    let desk: PublicationDesk = registrar.get(&path).await.read();
    assert_eq!((desk.hurdle, desk.original), (Some(Hurdle::NoConsent), None), "off by default");
    assert_eq!(registrar.post(&format!("{path}/wish"), &json!({ "willing": true })).await.status, 200);

    let desk: PublicationDesk = registrar.get(&path).await.read();
    let suggested = desk.suggested.unwrap();
    let name = matter.registration.petitioner.name.as_str();
    let mut plain = suggested.clone();
    plain.title = case_core::text::Title::parse(&format!("{name}反映的事")).unwrap();
    let refused = registrar.post(&path, &json!({ "seen": 0, "text": plain })).await;
    assert_eq!(refused.status, 409);
    assert!(refused.text().contains("个人信息"), "{}", refused.text());
    assert_eq!(registrar.post(&path, &json!({ "seen": 0, "text": suggested })).await.status, 200);
    let check = json!({ "seen": 1, "publish": true });
    assert_eq!(registrar.post(&format!("{path}/check"), &check).await.status, 403);
    let nobody = county.anonymous();
    assert!(nobody.get("/p").await.text().contains("还没有公示的事"));
    assert_eq!(supervisor.post(&format!("{path}/check"), &check).await.status, 200);

    let list = nobody.get("/p").await;
    assert!(list.text().contains(suggested.title.as_str()));
    assert_eq!(list.headers["cache-control"], "private, max-age=60");
    let desk: PublicationDesk = supervisor.get(&path).await.read();
    let publication = desk.publication.unwrap();
    assert_eq!(publication.state, PublicationState::Published);
    let page = format!("/p/{}", publication.id);
    let shown = nobody.get(&page).await;
    assert_eq!(shown.status, 200);
    let text = shown.text();
    let phone = matter.registration.petitioner.phone.as_ref().unwrap().as_str();
    for secret in [name, phone, matter.number.as_str(), &matter.id.to_string()] {
        assert!(!text.contains(secret), "{secret}");
    }
    assert!(shown.body.len() < 15 * 1024, "{} bytes before packing", shown.body.len());

    // Whoever recognises it asks; the clerk sees it; the petitioner's word ends it.
    let form = nobody.get(&format!("{page}/removal")).await;
    assert!(form.text().contains("请求撤下"));
    let body = format!("words={}&phone=", urlencode("这是我的事")).into_bytes();
    let kind = "application/x-www-form-urlencoded";
    assert_eq!(nobody.raw(Method::POST, &format!("{page}/removal"), kind, body).await.status, 200);
    let work: PublicationList = registrar.get("/api/v1/publications").await.read();
    assert_eq!((work.lines[0].pleas, work.agreed, work.published), (1, 1, 1));
    assert_eq!(registrar.post(&format!("{path}/wish"), &json!({ "willing": false })).await.status, 200);
    assert_eq!(nobody.get(&page).await.status, 404, "at once");
}

/// The address of a page that was let out.
pub async fn published(county: &County) -> String {
    let matter = answered(county).await;
    let (registrar, supervisor) = (county.sign_in("dengji").await, county.sign_in("shenhe").await);
    let path = format!("/api/v1/matters/{}/publication", matter.id);
    registrar.post(&format!("{path}/wish"), &json!({ "willing": true })).await;
    let desk: PublicationDesk = registrar.get(&path).await.read();
    registrar.post(&path, &json!({ "seen": 0, "text": desk.suggested })).await;
    supervisor.post(&format!("{path}/check"), &json!({ "seen": 1, "publish": true })).await;
    let desk: PublicationDesk = supervisor.get(&path).await.read();
    format!("/p/{}", desk.publication.unwrap().id)
}

#[tokio::test]
async fn requests_of_one_address_are_limited() {
    let county = County::open().await;
    let page = [&published(&county).await, "/removal"].concat();
    let kind = "application/x-www-form-urlencoded";
    let mut last = 0;
    for _ in 0..6 {
        last = county.anonymous().raw(Method::POST, &page, kind, b"words=".to_vec()).await.status.as_u16();
    }
    assert_eq!(last, 429);
}
