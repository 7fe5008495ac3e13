//! An answer that was given comes out of memory the next time: it tells the truth, and opens no door.

use std::io::Read as _;

use axum::body::Body;
use axum::http::{Request, header};
use case_core::wire::desk::PrintedReceipt;
use case_store::statements::observed;
use serde_json::json;

use crate::support::*;

struct Asked {
    county: County,
    receipt: PrintedReceipt,
    matter: case_core::id::MatterId,
}

/// What was asked of the database, but for the one look at what was done since.
fn questions(sent: &[String]) -> usize {
    sent.iter().filter(|sql| !sql.starts_with("SELECT seq, deed FROM audit")).count()
}

impl Asked {
    async fn begin() -> Self {
        let county = County::open().await;
        let registrar = county.sign_in("dengji").await;
        let matter = county.matter("灌溉渠道").await;
        let receipt = registrar.post(&format!("/api/v1/matters/{matter}/receipt"), &()).await.read();
        Self { county, receipt, matter }
    }

    /// The page, and how many questions it took.
    async fn ask(&self, proof: &str) -> (Reply, usize) {
        let client = self.county.anonymous();
        let (reply, sent) = observed(client.look_up(&self.receipt.query_code, proof)).await;
        (reply, questions(&sent))
    }

    async fn kept(&self, proof: &str) -> bool {
        let (reply, asked) = self.ask(proof).await;
        assert_eq!(reply.status, 200);
        asked == 0
    }
}

#[tokio::test]
async fn the_second_time_nothing_is_asked_and_what_is_done_shows_at_once() {
    let asked = Asked::begin().await;
    let (first, questions) = asked.ask("0003").await;
    assert!(first.status == 200 && questions > 0);
    let (again, questions) = asked.ask("0003").await;
    assert_eq!(questions, 0);
    let body = |page: &str| page.split("<input type=\"hidden\" name=\"code\"").next().unwrap().to_owned();
    assert_eq!(body(&first.text()), body(&again.text()), "but for the pass the same page");

    // A deed of an official, a wish of the petitioner: each shows in the next answer.
    let handler = asked.county.sign_in("shuili").await;
    let seen = handler.file(asked.matter).await.matter.version;
    let due = chrono::Utc::now().date_naive() + chrono::Days::new(9);
    let promise = json!({ "command": "promise", "text": "月底前通水", "due": due });
    let sent = handler.command(asked.matter, seen, promise).await;
    assert!(sent.status.is_success(), "{}", sent.text());
    let (now, _) = asked.ask("0003").await;
    assert!(now.text().contains("月底前通水"), "{}", now.text());
    assert!(asked.kept("0003").await);
    let wish = format!("code={}&proof=0003", urlencode(&asked.receipt.query_code));
    const FORM: &str = "application/x-www-form-urlencoded";
    let client = asked.county.anonymous();
    client.raw(axum::http::Method::POST, "/c/notices/stop", FORM, wish.into_bytes()).await;
    assert!(asked.ask("0003").await.0.text().contains("/c/notices/resume"));
}

#[tokio::test]
async fn a_new_code_ends_the_old_answer() {
    let asked = Asked::begin().await;
    assert!(!asked.kept("0003").await && asked.kept("0003").await);
    let registrar = asked.county.sign_in("dengji").await;
    let path = format!("/api/v1/matters/{}/receipt", asked.matter);
    let new: PrintedReceipt = registrar.post(&path, &()).await.read();
    assert_ne!(new.query_code, asked.receipt.query_code);
    assert_eq!(asked.ask("0003").await.0.status, 422, "the lost paper opens nothing");
}

#[tokio::test]
async fn whoever_guesses_finds_no_kept_answer_behind_closed_doors() {
    let asked = Asked::begin().await;
    assert!(!asked.kept("0003").await && asked.kept("0003").await);
    assert_eq!(asked.ask("1111").await.0.status, 422);
    assert!(!asked.kept("0003").await, "after a miss the limits are looked at");
    for _ in 1..5 {
        asked.ask("1111").await;
    }
    assert_eq!(asked.ask("0003").await.0.status, 429, "closed to the right answer too");
}

#[tokio::test]
async fn the_page_goes_out_packed_to_who_takes_it() {
    let asked = Asked::begin().await;
    for _ in 0..2 {
        let body = format!("code={}&proof=0003", urlencode(&asked.receipt.query_code));
        let request = Request::post("/c")
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .header(header::ACCEPT_ENCODING, "gzip, deflate, br")
            .body(Body::from(body))
            .unwrap();
        let reply = asked.county.anonymous().send(request).await;
        assert_eq!(reply.headers[header::CONTENT_ENCODING], "gzip");
        assert_eq!(reply.headers[header::CACHE_CONTROL], "no-store");
        let mut page = String::new();
        flate2::read::GzDecoder::new(&reply.body[..]).read_to_string(&mut page).unwrap();
        let plain = asked.ask("0003").await.0;
        assert!(!plain.headers.contains_key(header::CONTENT_ENCODING));
        let start = |page: &str| page[..page.find("name=\"pass\"").unwrap()].to_owned();
        assert_eq!(start(&page), start(&plain.text()));
        assert!(page.ends_with("</form></body></html>"));
    }
}
