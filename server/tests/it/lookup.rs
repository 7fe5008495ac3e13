//! The petitioner by code.

use case_core::code::QueryCode;
use case_core::wire::desk::PrintedReceipt;

use crate::support::*;

async fn receipt(county: &County, words: &str) -> PrintedReceipt {
    let registrar = county.sign_in("dengji").await;
    let id = county.matter(words).await;
    registrar.post(&format!("/api/v1/matters/{id}/receipt"), &()).await.read()
}

#[tokio::test]
async fn the_truth_stands_on_the_page() {
    let county = County::open().await;
    let receipt = receipt(&county, "灌溉渠道").await;
    let page = county.anonymous().look_up(&receipt.query_code, "0003").await;
    assert_eq!(page.status, 200);
    let text = page.text();
    for needed in ["县水利局", "0999-1110002", "五天内进场清淤", "条例", "正在研究办法"] {
        assert!(text.contains(needed), "{needed}");
    }
    for secret in ["13800000003", "张永福", "何川"] {
        assert!(!text.contains(secret), "{secret}");
    }
    assert_eq!(page.headers["cache-control"], "no-store");
    assert!(!text.contains("<script>") && !text.contains("style="), "nothing inline");
    let by_name = county.anonymous().look_up(&receipt.query_code.replace(' ', ""), "张永福").await;
    assert_eq!(by_name.status, 200, "or by the name");
}

#[tokio::test]
async fn a_wrong_code_and_a_wrong_factor_get_the_same_answer() {
    let county = County::open().await;
    let receipt = receipt(&county, "灌溉渠道").await;
    let unknown = QueryCode::from_number(12_345).grouped();
    let wrong_code = county.anonymous().look_up(&unknown, "0003").await;
    let wrong_factor = county.anonymous().look_up(&receipt.query_code, "9999").await;
    assert_eq!(wrong_code.status, wrong_factor.status);
    // What was typed is kept in the field; all else is the same to the letter.
    let blank = |reply: &Reply, code: &str, factor: &str| {
        reply.text().replace(code, "").replace(&code.replace(' ', ""), "").replace(factor, "")
    };
    assert_eq!(blank(&wrong_code, &unknown, "0003"), blank(&wrong_factor, &receipt.query_code, "9999"));
}

#[tokio::test]
async fn tries_are_limited_per_code_and_survive_a_new_process() {
    let county = County::open().await;
    let receipt = receipt(&county, "灌溉渠道").await;
    for _ in 0..5 {
        assert_ne!(county.anonymous().look_up(&receipt.query_code, "9999").await.status, 429);
    }
    let blocked = county.anonymous().look_up(&receipt.query_code, "0003").await;
    assert_eq!(blocked.status, 429, "even with the right factor");
    assert!(blocked.text().contains("0999-1110000"), "and says whom to call");
    // The count stands in the database: another server says the same.
    let router = huiyin::build_router(county.state.clone());
    let other = county.with_router(router);
    assert_eq!(other.anonymous().look_up(&receipt.query_code, "0003").await.status, 429);
}

#[tokio::test]
async fn a_slip_of_the_finger_is_told_and_costs_no_try() {
    let county = County::open().await;
    let receipt = receipt(&county, "灌溉渠道").await;
    let mut slipped = receipt.query_code.clone();
    let last = slipped.pop().unwrap();
    slipped.push(if last == '0' { '1' } else { '0' });
    for _ in 0..10 {
        let reply = county.anonymous().look_up(&slipped, "0003").await;
        assert_eq!(reply.status, 422);
    }
    assert_eq!(county.anonymous().look_up(&receipt.query_code, "0003").await.status, 200);
}

#[tokio::test]
async fn a_new_receipt_ends_the_old_code() {
    let county = County::open().await;
    let first = receipt(&county, "灌溉渠道").await;
    let second = receipt(&county, "灌溉渠道").await;
    assert_ne!(first.query_code, second.query_code);
    assert_eq!(county.anonymous().look_up(&first.query_code, "0003").await.status, 422);
    assert_eq!(county.anonymous().look_up(&second.query_code, "0003").await.status, 200);
}
