//! The petitioner's pages beside the look-up itself: large type, wrong turns, what is kept.

use axum::body::Body;
use axum::http::{Method, Request};
use case_core::code::QueryCode;
use case_core::time::Moment;
use case_core::wire::desk::PrintedReceipt;

use crate::support::*;

const FORM: &str = "application/x-www-form-urlencoded";

#[tokio::test]
async fn large_type_is_remembered_on_every_page() {
    let county = County::open().await;
    let mut client = county.anonymous();
    let reply = client.get("/c?type=large").await;
    assert!(reply.text().contains(r#"data-type="large""#));
    let cookie = reply.headers["set-cookie"].to_str().unwrap().to_owned();
    assert!(cookie.starts_with("type=large; Path=/;"), "{cookie}");
    client.cookie = Some("type=large".to_owned());
    for path in ["/", "/c", "/no-such-page"] {
        let reply = client.get(path).await;
        assert!(reply.text().contains(r#"data-type="large""#), "{path}");
        assert!(!reply.headers.contains_key("set-cookie"), "{path}");
    }
    let miss = client.look_up(&QueryCode::from_number(5).grouped(), "1234").await;
    assert!(miss.text().contains(r#"data-type="large""#));
    assert!(!county.anonymous().get("/c").await.text().contains(r#"data-type="large""#));
}

#[tokio::test]
async fn wrong_turns_end_on_a_page_in_plain_words() {
    let county = County::open().await;
    let client = county.anonymous();
    let cases = [
        (client.get("/no-such-page").await, 404),
        (client.raw(Method::PUT, "/c", FORM, b"code=1".to_vec()).await, 405),
        (client.raw(Method::POST, "/c", "application/json", b"{}".to_vec()).await, 415),
        (client.raw(Method::POST, "/c", FORM, vec![b'a'; 1 << 20]).await, 413),
        (client.raw(Method::POST, "/c", FORM, b"code=1&code=2&proof=3".to_vec()).await, 400),
        (client.raw(Method::POST, "/c", FORM, b"".to_vec()).await, 422),
        (client.raw(Method::POST, "/c", FORM, b"code=%ff%fe&proof=%00".to_vec()).await, 422),
    ];
    for (reply, status) in cases {
        assert_eq!(reply.status, status, "{}", reply.text());
        let text = reply.text();
        assert!(text.starts_with("<!DOCTYPE html>") && text.contains("tel:09991110000"), "{status}: {text}");
        assert_eq!(reply.headers["cache-control"], "no-store", "{status}");
    }
}

#[tokio::test]
async fn a_form_from_an_old_browser_that_names_no_origin_is_answered() {
    let county = County::open().await;
    let request = Request::post("/c").header("content-type", FORM).body(Body::from("code=1&proof=2")).unwrap();
    assert_eq!(county.anonymous().send(request).await.status, 422);
}

#[tokio::test]
async fn what_cannot_be_checked_is_kept_for_another_try() {
    let county = County::open().await;
    let code = QueryCode::from_number(77).grouped();
    let page = county.anonymous().look_up(&code, "某人").await;
    assert_eq!(page.status, 422);
    assert!(page.text().contains(&format!(r#"value="{code}""#)));
    assert!(!page.text().contains("某人"), "the second answer is typed anew");
}

#[tokio::test]
async fn sixty_tries_at_once_are_no_more_than_five() {
    let county = County::open().await;
    let registrar = county.sign_in("dengji").await;
    let id = county.matter("灌溉渠道").await;
    let receipt: PrintedReceipt = registrar.post(&format!("/api/v1/matters/{id}/receipt"), &()).await.read();
    let tries = (0..60).map(|n| {
        let (client, code) = (county.anonymous(), receipt.query_code.clone());
        tokio::spawn(async move { client.look_up(&code, &format!("99{n:02}")).await.status.as_u16() })
    });
    let mut misses = 0;
    for attempt in tries.collect::<Vec<_>>() {
        match attempt.await.unwrap() {
            422 => misses += 1,
            429 => {}
            other => panic!("{other}"),
        }
    }
    assert_eq!(misses, 5);
}

#[tokio::test]
async fn a_success_after_a_slip_of_memory_costs_nothing_and_counts_nothing() {
    let county = County::open().await;
    let registrar = county.sign_in("dengji").await;
    let id = county.matter("灌溉渠道").await;
    let receipt: PrintedReceipt = registrar.post(&format!("/api/v1/matters/{id}/receipt"), &()).await.read();
    let code = QueryCode::parse(&receipt.query_code).unwrap();
    let keys = [
        county.state.secrets.limiter_key("code", &code.digits()),
        county.state.secrets.limiter_key("code-address", "127.0.0.1"),
    ];
    for _ in 0..7 {
        assert_eq!(county.anonymous().look_up(&receipt.query_code, "0003").await.status, 200);
    }
    let counts = county.state.store.failures_since(&keys, Moment(0)).await.unwrap();
    assert!(counts.iter().all(|failures| failures.count == 0));
    assert_eq!(county.anonymous().look_up(&receipt.query_code, "9999").await.status, 422);
    let counts = county.state.store.failures_since(&keys, Moment(0)).await.unwrap();
    assert!(counts.iter().all(|failures| failures.count == 1), "under the code and under the address");
}
