//! Lost phones: shutting one out, and what it may still do.

use axum::body::Body;
use axum::http::{Method, Request};
use case_core::wire::device::Device;
use case_core::wire::problem::Problem;
use case_core::wire::session::Session;
use serde_json::json;
use uuid::Uuid;

use crate::phone::*;
use crate::support::*;

fn deed(account: impl std::fmt::Display, device: Uuid, deed: &str) -> String {
    format!("/api/v1/devices/{account}/{device}/{deed}")
}

async fn status_of(client: &Client, method: Method, path: &str) -> (u16, Option<Problem>) {
    let reply = client.raw(method, path, "application/json", b"{\"protocol\":2}".to_vec()).await;
    let problem = serde_json::from_slice::<case_core::wire::problem::ProblemBody>(&reply.body).ok();
    (reply.status.as_u16(), problem.map(|body| body.problem))
}

#[tokio::test]
async fn a_lost_phone_is_shut_out_everywhere_and_may_only_hand_in() {
    let county = County::open().await;
    let lost = Phone::open(&county, "cunguan", 7).await;
    let kept = Phone::open(&county, "cunguan", 8).await;
    let admin = county.sign_in("guanli").await;
    let listed: Vec<Device> = admin.get("/api/v1/devices").await.read();
    assert!(listed.iter().any(|device| device.id.0 == lost.device && device.account == lost.me));
    let answer = admin.post(&deed(lost.me, lost.device, "revoke"), &json!({})).await;
    let listed: Vec<Device> = answer.read();
    assert!(listed.iter().find(|device| device.id.0 == lost.device).unwrap().revoked_at.is_some());

    let shut = (403, Some(Problem::DeviceRevoked));
    let nobody = Uuid::nil();
    for (method, path) in [
        (Method::GET, "/api/v1/session".to_owned()),
        (Method::GET, "/api/v1/matters".to_owned()),
        (Method::GET, format!("/api/v1/matters/{nobody}")),
        (Method::GET, "/api/v1/flagged".to_owned()),
        (Method::GET, "/api/v1/units".to_owned()),
        (Method::GET, "/api/v1/divisions".to_owned()),
        (Method::GET, "/api/v1/devices".to_owned()),
        (Method::POST, deed(lost.me, lost.device, "restore")),
        (Method::POST, "/api/v1/sync/push".to_owned()),
        (Method::POST, "/api/v1/sync/pull".to_owned()),
        (Method::POST, "/api/v1/sync/compare".to_owned()),
        (Method::POST, "/api/v1/sync/codes".to_owned()),
        (Method::POST, "/api/v1/matters".to_owned()),
    ] {
        assert_eq!(status_of(&lost.client, method, &path).await, shut, "{path}");
    }
    // Leaving the name out, or giving another, does not help: the session began in that browser.
    for device in [None, Some(Uuid::from_u128(99))] {
        let thief = Client { device, ..lost.client.clone() };
        assert_eq!(status_of(&thief, Method::GET, "/api/v1/session").await, shut);
    }
    let again = Client { cookie: None, ..lost.client.clone() };
    let reply = again.post("/api/v1/session", &county.credentials("cunguan")).await;
    assert_eq!(reply.problem().problem, Problem::DeviceRevoked, "the right password from the wrong phone");
    let wrong = json!({ "login": "cunguan", "password": "falsch" });
    assert_eq!(again.post("/api/v1/session", &wrong).await.status, 401, "which is not told without the password");

    let record = kept.visit(kept.household().await, json!({}));
    let mine = record.replace(&kept.device.to_string(), &lost.device.to_string());
    let handed_in = lost.sealed(&county, &[lost.seal(&mine)]).await;
    stored(&handed_in.outcomes[0]);
    assert_eq!(kept.client.get("/api/v1/session").await.status, 200, "the other phone goes on");
    Phone::open(&county, "zhuangan", 7).await;

    let let_in = admin.post(&deed(lost.me, lost.device, "restore"), &json!({})).await;
    assert_eq!(let_in.status, 200);
    assert_eq!(lost.client.get("/api/v1/session").await.status, 200, "found again");
}

#[tokio::test]
async fn an_official_shuts_out_the_own_phones_and_no_others() {
    let county = County::open().await;
    let old = Phone::open(&county, "cunguan", 7).await;
    let new = Phone::open(&county, "cunguan", 8).await;
    let other = Phone::open(&county, "zhuangan", 9).await;
    let mine: Vec<Device> = new.client.get("/api/v1/devices").await.read();
    assert_eq!(mine.len(), 2, "the own ones: {mine:?}");
    let shut = async |client: &Client, path: String| client.post(&path, &json!({})).await.status.as_u16();
    assert_eq!(shut(&new.client, deed(other.me, other.device, "revoke")).await, 404);
    assert_eq!(shut(&new.client, deed(new.me, Uuid::from_u128(55), "revoke")).await, 404);
    assert_eq!(shut(&new.client, deed(new.me, Uuid::from_u128(55), "restore")).await, 404);
    assert_eq!(shut(&new.client, deed(old.me, old.device, "revoke")).await, 200);
    assert_eq!(old.client.get("/api/v1/session").await.status, 403);
    assert_eq!(shut(&new.client, deed(old.me, old.device, "restore")).await, 200);
    assert_eq!(old.client.get("/api/v1/session").await.status, 200);
    // What the administrator shut out stays so.
    let admin = county.sign_in("guanli").await;
    assert_eq!(shut(&admin, deed(old.me, old.device, "revoke")).await, 200);
    assert_eq!(shut(&new.client, deed(old.me, old.device, "revoke")).await, 200, "again is no harm");
    assert_eq!(shut(&new.client, deed(old.me, old.device, "restore")).await, 403);
    assert_eq!(old.client.get("/api/v1/session").await.status, 403);
}

#[tokio::test]
async fn keys_are_for_phones_of_roles_that_go_out() {
    let county = County::open().await;
    let keys = async |login: &str, device: Option<u128>| {
        let client = county.sign_in_on(login, device.map(Uuid::from_u128)).await;
        client.get("/api/v1/session").await.read::<Session>().phone
    };
    assert!(keys("guanli", Some(1)).await.is_none(), "an administrator keeps nothing");
    assert!(keys("cunguan", None).await.is_none(), "nor an unnamed browser");
    let first = keys("cunguan", Some(1)).await.unwrap();
    assert_eq!(keys("cunguan", Some(1)).await.unwrap(), first, "the same again");
    let others = [keys("cunguan", Some(2)).await.unwrap(), keys("zhuangan", Some(1)).await.unwrap()];
    for other in others {
        assert_ne!(other.store_key, first.store_key);
        assert_ne!(other.device_token, first.device_token);
        assert_eq!((other.receipts, other.sealing, other.lineage), {
            (first.receipts.clone(), first.sealing.clone(), first.lineage.clone())
        });
    }
    assert_eq!((first.store_key.0.len(), first.device_token.0.len(), first.receipts.0.len()), (32, 32, 65));
    assert_eq!(first.cache_days, 7);
    assert!(!format!("{first:?}").contains(&first.store_key.text()));
}

#[tokio::test]
async fn a_label_is_for_people_and_holds_no_fingerprint() {
    let county = County::open().await;
    let phone = Phone::open(&county, "cunguan", 7).await;
    let agent =
        "Mozilla/5.0 (Linux; Android 10; SM-A105F) AppleWebKit/537.36 Chrome/120.0.6099.43 Mobile Safari/537.36";
    let client = Client { device: Some(Uuid::from_u128(44)), ..phone.client.clone() };
    let request = Request::get("/api/v1/session").header("user-agent", agent).body(Body::empty()).unwrap();
    assert_eq!(client.send(request).await.status, 200);
    let listed: Vec<Device> = client.get("/api/v1/devices").await.read();
    let found = listed.iter().find(|device| device.id.0 == Uuid::from_u128(44)).unwrap();
    assert_eq!(found.label, "Android · Chrome");
    let seen = found.last_seen;
    assert_eq!(client.get("/api/v1/session").await.status, 200);
    let listed: Vec<Device> = client.get("/api/v1/devices").await.read();
    let found = listed.iter().find(|device| device.id.0 == Uuid::from_u128(44)).unwrap();
    assert_eq!((found.last_seen, found.label.as_str()), (seen, "Android · Chrome"), "noted once a minute");
}
