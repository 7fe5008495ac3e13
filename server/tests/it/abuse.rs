//! Bad input of every kind gets a 4xx with a plain message; never a 5xx.

use axum::http::Method;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::support::*;

const POSTS: [&str; 12] = [
    "/api/v1/session",
    "/api/v1/matters",
    "/api/v1/matters/00000000-0000-0000-0000-000000000000/commands",
    "/api/v1/matters/00000000-0000-0000-0000-000000000000/receipt",
    "/api/v1/sync/push",
    "/api/v1/sync/sealed",
    "/api/v1/sync/compare",
    "/api/v1/sync/codes",
    "/api/v1/sync/pull",
    "/api/v1/devices/00000000-0000-0000-0000-000000000000/00000000-0000-0000-0000-000000000000/revoke",
    "/api/v1/devices/00000000-0000-0000-0000-000000000000/nothing/restore",
    "/api/v1/imports?kind=nothing",
];

#[tokio::test]
async fn whatever_is_posted_the_answer_is_a_4xx_in_words() {
    let county = County::open().await;
    let bodies: Vec<Vec<u8>> = vec![
        Vec::new(),
        b"{".to_vec(),
        b"{\"login\":".to_vec(),
        b"null".to_vec(),
        b"[]".to_vec(),
        b"{\"id\":5,\"seen\":\"x\",\"command\":7,\"protocol\":\"y\",\"records\":{}}".to_vec(),
        b"{\"protocol\":99999999999}".to_vec(),
        vec![0xFF; 100],
        "深".repeat(10).into_bytes(),
        format!("{{\"a\":{}1{}}}", "[".repeat(5_000), "]".repeat(5_000)).into_bytes(),
        format!("{{\"login\":\"{}\"}}", "长".repeat(3_500_000)).into_bytes(),
    ];
    for login in [None, Some("dengji"), Some("shenhe"), Some("cunguan"), Some("guanli")] {
        let client = match login {
            Some(login) => county.sign_in(login).await,
            None => county.anonymous(),
        };
        for path in POSTS {
            for body in &bodies {
                for kind in ["application/json", "text/plain"] {
                    let reply = client.raw(Method::POST, path, kind, body.clone()).await;
                    // No body is right for a reprinted receipt; then the matter is unknown.
                    assert!(reply.status.is_client_error(), "{path} {login:?}: {} {}", reply.status, reply.text());
                    reply.problem();
                }
            }
        }
    }
}

#[tokio::test]
async fn wrong_methods_and_unknown_paths_are_told() {
    let county = County::open().await;
    let client = county.sign_in("shenhe").await;
    for (method, path) in [
        (Method::PUT, "/api/v1/matters"),
        (Method::DELETE, "/api/v1/sync/push"),
        (Method::GET, "/api/v1/sync/push"),
        (Method::GET, "/api/v1/unknown"),
        (Method::GET, "/api/v1/matters/not-an-id"),
        (Method::GET, "/api/v1/matters/%00%FF"),
        (Method::GET, "/api/v1/divisions?under=zz"),
        (Method::GET, "/api/v1/imports/00000000-0000-0000-0000-000000000000"),
    ] {
        let reply = client.raw(method.clone(), path, "application/json", Vec::new()).await;
        assert!(reply.status.is_client_error(), "{method} {path}: {}", reply.status);
        reply.problem();
    }
}

#[tokio::test]
async fn commands_with_impossible_content_are_refused() {
    let county = County::open().await;
    let registrar = county.sign_in("dengji").await;
    let id = county.matter("公交停靠点").await;
    let seen = registrar.file(id).await.matter.version;
    let path = format!("/api/v1/matters/{id}/commands");
    let commands = [
        json!({ "command": "transfer", "unit": Uuid::nil() }),
        json!({ "command": "transfer", "unit": "县住建局" }),
        json!({ "command": "transfer" }),
        json!({ "command": "fly" }),
        json!({ "command": "accept", "notice_delivered_on": "2999-01-01" }),
        json!({ "command": "accept", "notice_delivered_on": "2026-02-30" }),
        json!({ "command": "give_feedback", "text": "" }),
        json!({ "command": "give_feedback", "text": "长".repeat(2_001) }),
        json!({ "command": "approve_closure", "shown": "00" }),
        json!({ "command": "close" }),
    ];
    for command in commands {
        for seen in [json!(seen), json!(0), json!(-1), json!("x")] {
            let reply = registrar.post(&path, &json!({ "id": Uuid::now_v7(), "seen": seen, "command": command })).await;
            assert!(reply.status.is_client_error(), "{command}: {} {}", reply.status, reply.text());
            reply.problem();
        }
    }
    assert_eq!(registrar.file(id).await.matter.version, seen, "nothing happened");
}

#[tokio::test]
async fn a_matter_received_in_the_future_is_refused() {
    let county = County::open().await;
    let registrar = county.sign_in("dengji").await;
    let mut registration: Value = json!({
        "title": "x", "content": "y", "demands": ["z"], "purpose": "appeal", "category": "other", "channel": "phone",
        "intake": "first", "petitioner": { "name": "某" }, "received_on": "2999-01-01",
    });
    let post = async |registration: &Value| {
        registrar.post("/api/v1/matters", &json!({ "id": Uuid::now_v7(), "registration": registration })).await
    };
    assert_eq!(post(&registration).await.status, 409);
    registration["received_on"] = json!("2026-01-01");
    registration["demands"] = json!([]);
    assert_eq!(post(&registration).await.status, 409);
    registration["demands"] = json!(vec!["同一个"; 21]);
    assert_eq!(post(&registration).await.status, 409);
}

#[tokio::test]
async fn the_public_forms_bear_anything() {
    let county = County::open().await;
    for body in ["", "code", "code=&proof=", "code=%FF%FE&proof=%00", "proof=1", "code=1&code=2", "a=b&&&=="] {
        let reply = county
            .anonymous()
            .raw(Method::POST, "/c", "application/x-www-form-urlencoded", body.as_bytes().to_vec())
            .await;
        assert!(reply.status.is_client_error(), "{body}: {}", reply.status);
        assert!(reply.text().contains("lang=\"zh-CN\""), "{body}");
    }
    let long = format!("code={}&proof=1", "9".repeat(2_000_000)).into_bytes();
    let reply = county.anonymous().raw(Method::POST, "/c", "application/x-www-form-urlencoded", long).await;
    assert!(reply.status.is_client_error());
    for path in ["/c?type=large", "/c?type=%FF", "/?x=%00", "/c#1", "/%E4%B8%AD", "/c/c/c"] {
        assert!(county.anonymous().get(path).await.status.as_u16() < 500, "{path}");
    }
}
