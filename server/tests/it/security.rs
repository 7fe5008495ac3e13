//! Sessions, cookies, origins, headers, files.

use axum::body::Body;
use axum::http::{Method, Request, header};
use serde_json::json;

use crate::support::*;

#[tokio::test]
async fn the_session_cookie_is_bound_and_ends() {
    let county = County::open().await;
    let client = county.sign_in("shenhe").await;
    assert_eq!(client.get("/api/v1/session").await.status, 200);
    let out = client.raw(Method::DELETE, "/api/v1/session", "", Vec::new()).await;
    assert_eq!(out.status, 204);
    let set = out.headers[header::SET_COOKIE].to_str().unwrap();
    for attribute in ["__Host-huiyin=", "Secure", "HttpOnly", "SameSite=Strict", "Path=/"] {
        assert!(set.contains(attribute), "{attribute}");
    }
    assert_eq!(client.get("/api/v1/session").await.status, 401, "ended on the server, not only in the browser");
}

#[tokio::test]
async fn passwords_cannot_be_guessed_on_and_on() {
    let county = County::open().await;
    let wrong = json!({ "login": "shenhe", "password": "falsch" });
    for _ in 0..10 {
        let reply = county.anonymous().post("/api/v1/session", &wrong).await;
        assert_eq!(reply.status, 401);
        reply.problem();
    }
    let blocked = county.anonymous().post("/api/v1/session", &wrong).await;
    assert_eq!(blocked.status, 429);
    assert!(blocked.headers.contains_key(header::RETRY_AFTER));
    // Another official is not locked out by it.
    county.sign_in("dengji").await;
}

#[tokio::test]
async fn an_unknown_login_looks_like_a_wrong_password() {
    let county = County::open().await;
    let unknown = county.anonymous().post("/api/v1/session", &json!({ "login": "nobody", "password": "x" })).await;
    let wrong = county.anonymous().post("/api/v1/session", &json!({ "login": "shenhe", "password": "x" })).await;
    assert_eq!((unknown.status, unknown.text()), (wrong.status, wrong.text()));
}

#[tokio::test]
async fn another_site_changes_nothing() {
    let county = County::open().await;
    let client = county.sign_in("shenhe").await;
    for (name, value) in [("sec-fetch-site", "cross-site"), ("origin", "https://evil.example")] {
        let request = Request::post("/api/v1/sync/pull")
            .header(header::CONTENT_TYPE, "application/json")
            .header(header::HOST, "127.0.0.1:3000")
            .header(name, value)
            .body(Body::from("{\"protocol\":2}"))
            .unwrap();
        assert_eq!(client.send(request).await.status, 403, "{name}");
    }
}

#[tokio::test]
async fn every_answer_has_its_headers() {
    let county = County::open().await;
    for path in ["/", "/c", "/w/", "/w/any/deep/link", "/healthz", "/sw.js", "/api/v1/session", "/nowhere"] {
        let reply = county.anonymous().get(path).await;
        let policy = reply.headers[header::CONTENT_SECURITY_POLICY].to_str().unwrap();
        assert!(policy.contains("default-src 'none'") && !policy.contains("unsafe-inline"), "{path}");
        assert_eq!(reply.headers[header::X_CONTENT_TYPE_OPTIONS], "nosniff", "{path}");
    }
}

#[tokio::test]
async fn files_are_served_packed_and_cached_as_fits() {
    let county = County::open().await;
    let request =
        Request::get("/pkg/public.0.css").header(header::ACCEPT_ENCODING, "gzip, br").body(Body::empty()).unwrap();
    let css = county.anonymous().send(request).await;
    assert_eq!((css.headers[header::CONTENT_ENCODING].to_str().unwrap(), css.text().as_str()), ("br", "packed"));
    assert!(css.headers[header::CACHE_CONTROL].to_str().unwrap().contains("immutable"));
    assert!(!county.anonymous().get("/pkg/public.0.css").await.headers.contains_key(header::CONTENT_ENCODING));
    let worker = county.anonymous().get("/sw.js").await;
    assert_eq!(worker.headers[header::CACHE_CONTROL], "no-cache");
    assert!(worker.text().contains("const P = [\"/w/\",\"/pkg/boot.0.js\"]"), "{}", worker.text());
    assert!(!worker.text().contains("__VERSION__"));
    let missing = county.anonymous().get("/pkg/old.js").await;
    assert_eq!(missing.status, 404);
    assert!(missing.text().contains("lang=\"zh-CN\""), "in words");
    assert_eq!(county.anonymous().get("/../Cargo.toml").await.status, 404);
}

#[tokio::test]
async fn a_demo_county_without_officers_of_the_channel_starts_without_the_channel() {
    use case_core::audit::Trace;
    use huiyin::use_cases::demo;
    let county = County::open().await;
    let (store, trace) = (&county.state.store, Trace::system(county.state.now()));
    let officer = store.account_by_login("jijian").await.unwrap().unwrap().actor.account;
    store.set_active(officer, false, trace).await.unwrap();
    demo::open_sealed_channel(&county.state).await.unwrap();
    store.set_active(officer, true, trace).await.unwrap();
    assert!(store.sealed_officers().await.unwrap().is_empty());
    demo::open_sealed_channel(&county.state).await.unwrap();
    assert_eq!(store.sealed_officers().await.unwrap().len(), 2);
}

#[tokio::test]
async fn a_demo_county_is_not_made_among_real_accounts() {
    let county = County::open().await;
    assert_eq!(huiyin::use_cases::demo::ensure(&county.state).await.unwrap().len(), 19, "told again");
}
