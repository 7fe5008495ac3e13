//! Guessing at query codes: every miss is the same, waiting grows, an attack costs work, and people get through.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use axum::body::Body;
use axum::http::{Request, header};
use case_core::code::QueryCode;
use case_core::wire::desk::PrintedReceipt;
use case_store::statements::observed;
use huiyin::guard::{ADDRESS, Alarm, CODE, proof};
use huiyin::state::TimeSource;
use huiyin::use_cases::demo;
use serde_json::json;

use crate::support::*;

const FORM: &str = "application/x-www-form-urlencoded";
const MINUTE: i64 = 60_000;

/// Where proofs are asked for after three misses, behind a proxy that says who asks, at a time that stands still.
struct Siege {
    county: County,
    clock: Arc<AtomicI64>,
    receipt: PrintedReceipt,
}

impl Siege {
    async fn begin(alarm: Alarm) -> Self {
        let clock = Arc::new(AtomicI64::new(chrono::Utc::now().timestamp_millis()));
        let county = County::open().await.with_time(TimeSource::Simulated(clock.clone())).with_settings(|settings| {
            settings.alarm = alarm;
            settings.trust_proxy = true;
        });
        let receipt = receipt(&county, "灌溉渠道").await;
        Self { county, clock, receipt }
    }

    fn later(&self, ms: i64) {
        self.clock.fetch_add(ms, Ordering::Relaxed);
    }

    async fn post(&self, address: &str, path: &str, fields: &[(&str, &str)]) -> Reply {
        let body: Vec<String> = fields.iter().map(|(name, value)| format!("{name}={}", urlencode(value))).collect();
        let request = Request::post(path)
            .header(header::CONTENT_TYPE, FORM)
            .header("x-forwarded-for", address)
            .body(Body::from(body.join("&")))
            .unwrap();
        self.county.anonymous().send(request).await
    }

    /// A look-up with what the form brings.
    async fn right(&self, address: &str, more: &[(&str, &str)]) -> Reply {
        let mut fields = vec![("code", self.receipt.query_code.as_str()), ("proof", "0003")];
        fields.extend_from_slice(more);
        self.post(address, "/c", &fields).await
    }

    async fn miss(&self, address: &str, n: u64) -> u16 {
        let code = QueryCode::from_number(n).grouped();
        self.post(address, "/c", &[("code", &code), ("proof", "1234")]).await.status.as_u16()
    }

    async fn form(&self, address: &str) -> String {
        let request = Request::get("/c").header("x-forwarded-for", address).body(Body::empty()).unwrap();
        self.county.anonymous().send(request).await.text()
    }
}

async fn receipt(county: &County, words: &str) -> PrintedReceipt {
    let registrar = county.sign_in("dengji").await;
    let id = county.matter(words).await;
    registrar.post(&format!("/api/v1/matters/{id}/receipt"), &()).await.read()
}

/// What stands in a hidden field of a page.
fn hidden(page: &str, name: &str) -> Option<String> {
    let field = format!("name=\"{name}\" value=\"");
    let from = page.find(&field)? + field.len();
    Some(page[from..from + page[from..].find('"')?].to_owned())
}

#[tokio::test]
async fn the_picture_on_the_receipt_leads_to_the_form_with_the_code_behind_the_hash() {
    let county = County::open().await;
    let receipt = receipt(&county, "灌溉渠道").await;
    let address = format!("http://127.0.0.1:3000/c#{}", receipt.query_code.replace(' ', ""));
    let code = qrcode::QrCode::with_error_correction_level(&address, qrcode::EcLevel::M).unwrap();
    let drawn = code.render::<qrcode::render::svg::Color<'_>>().min_dimensions(160, 160).quiet_zone(true).build();
    assert!(drawn.ends_with(&receipt.qr_svg), "{address}");
    assert_eq!(receipt.lookup_url, "http://127.0.0.1:3000/c", "what is printed beside it has no code");
}

#[tokio::test]
async fn every_kind_of_miss_has_the_same_answer_and_the_same_statements() {
    let county = County::open().await;
    demo::open_sealed_channel(&county.state).await.unwrap();
    let old = receipt(&county, "灌溉渠道").await;
    let now = receipt(&county, "灌溉渠道").await;
    let report = json!({
        "id": uuid::Uuid::now_v7(),
        "received_on": chrono::Utc::now().date_naive() - chrono::Days::new(1),
        "content": {
            "channel": "letter", "text": "反映某干部收礼", "accused_units": [],
            "accused_persons": [{ "name": "某干部", "office": "某办" }], "petitioner": { "name": "某人" },
        },
    });
    let sealed = county.sign_in("dengji").await.post("/api/v1/sealed", &report).await;
    let unknown = QueryCode::from_number(12_345).grouped();
    let mut kinds = vec![
        ("unknown", unknown.clone(), "0003"),
        ("a name, unknown", unknown, "张永福"),
        ("wrong second answer", now.query_code.clone(), "9999"),
        ("a wrong name", now.query_code.clone(), "李四"),
        ("replaced", old.query_code.clone(), "0003"),
    ];
    let sealed_code: String = sealed.read::<serde_json::Value>()["query_code"].as_str().unwrap().to_owned();
    kinds.push(("a report, wrong word", sealed_code, "abcd"));
    let mut first: Option<(String, Vec<String>)> = None;
    for (kind, code, factor) in kinds {
        let (reply, sent) = observed(county.anonymous().look_up(&code, factor)).await;
        assert_eq!(reply.status, 422, "{kind}");
        assert_eq!(reply.headers[header::CACHE_CONTROL], "no-store", "{kind}");
        assert!(sent.iter().any(|sql| sql.contains("INSERT INTO failure")), "{kind} is counted: {sent:?}");
        let mut headers: Vec<String> = reply.headers.iter().map(|(n, v)| format!("{n}: {v:?}")).collect();
        headers.sort();
        let body = reply.text().replace(&code, "");
        let this = (format!("{headers:?}{body}"), sent);
        match &first {
            None => first = Some(this),
            Some(first) => assert_eq!(&this, first, "{kind}"),
        }
    }
}

#[tokio::test]
async fn a_check_digit_that_does_not_fit_is_told_from_what_was_typed_alone() {
    let county = County::open().await;
    let receipt = receipt(&county, "灌溉渠道").await;
    let slip = |code: &str| {
        let mut code = code.to_owned();
        let last = code.pop().unwrap();
        code.push(if last == '0' { '1' } else { '0' });
        code
    };
    let mut answers = Vec::new();
    for code in [slip(&receipt.query_code), slip(&QueryCode::from_number(12_345).grouped())] {
        let (reply, sent) = observed(county.anonymous().look_up(&code, "0003")).await;
        assert!(!sent.iter().any(|sql| sql.contains("code_issue") || sql.contains("INSERT")), "{sent:?}");
        answers.push((reply.status, reply.text().replace(&code, ""), sent));
    }
    assert_eq!(answers[0], answers[1]);
}

#[tokio::test]
async fn waiting_at_one_code_grows_is_told_and_survives_a_restart() {
    let siege = Siege::begin(Alarm { after: 1_000, bits: 8 }).await;
    let code = siege.receipt.query_code.clone();
    let wrong = [("code", code.as_str()), ("proof", "9999")];
    let mut waits = Vec::new();
    for n in 0..CODE.free + 4 {
        let address = format!("10.0.{n}.1");
        assert_eq!(siege.post(&address, "/c", &wrong).await.status, 422, "{n}");
        let shut = siege.right("10.9.9.9", &[]).await;
        if n + 1 < CODE.free {
            assert_eq!(shut.status, 200, "{n}");
            continue;
        }
        // Another server on the same database, from another address, with the right answer.
        let restarted = huiyin::build_router(siege.county.state.clone());
        let again = siege.county.anonymous();
        let again = Client { router: restarted, ..again }.look_up(&code, "0003").await;
        assert_eq!((shut.status.as_u16(), again.status.as_u16()), (429, 429), "{n}");
        assert!(shut.text().contains("0999-1110000") && shut.text().contains("以后）再试"), "{}", shut.text());
        let wait: i64 = shut.headers[header::RETRY_AFTER].to_str().unwrap().parse().unwrap();
        waits.push(wait);
        siege.later(wait * 1_000);
    }
    assert_eq!(waits, [60, 120, 240, 480, 960]);
    assert_eq!(siege.right("10.9.9.9", &[]).await.status, 200, "and then it is open");
}

#[tokio::test]
async fn waiting_at_one_address_grows_too_and_a_network_is_one_address() {
    let siege = Siege::begin(Alarm { after: 1_000, bits: 8 }).await;
    for n in 0..u64::from(ADDRESS.free) {
        assert_eq!(siege.miss(&format!("2001:db8:1:2::{n:x}"), n).await, 422, "{n}");
    }
    assert_eq!(siege.miss("2001:db8:1:2::ffff", 900).await, 429);
    assert_eq!(siege.right("2001:db8:1:2::ffff", &[]).await.status, 429, "even with the right answers");
    assert_eq!(siege.right("2001:db8:1:3::1", &[]).await.status, 200, "elsewhere");
    siege.later(MINUTE);
    assert_eq!(siege.miss("2001:db8:1:2::1", 901).await, 422);
    assert_eq!(siege.miss("2001:db8:1:2::1", 902).await, 429);
    siege.later(MINUTE);
    assert_eq!(siege.miss("2001:db8:1:2::1", 903).await, 429, "the second wait is two minutes");
}

#[tokio::test]
async fn under_attack_a_try_brings_a_proof_that_is_used_once() {
    let siege = Siege::begin(Alarm { after: 3, bits: 8 }).await;
    assert_eq!(hidden(&siege.form("10.0.0.7").await, "challenge"), None, "all is quiet");
    for n in 0..4 {
        assert_eq!(siege.miss(&format!("10.0.0.{n}"), n).await, 422);
    }
    // The form offers the sum with a script of our own, and says what to do without it.
    let form = siege.form("10.0.0.1").await;
    assert!(form.contains(r#"<script defer src="/proof.js"></script>"#) && form.contains("<noscript>"), "{form}");
    let script = siege.county.anonymous().get("/proof.js").await;
    assert!(script.status.is_success() && !script.text().contains("eval("));
    // Somebody at an address where nobody guessed is let in as always.
    assert_eq!(siege.right("10.0.0.9", &[]).await.status, 200);
    // At an address with a miss the right answer does not count without a proof.
    let asked = siege.right("10.0.0.1", &[]).await;
    assert_eq!(asked.status, 429);
    assert!(asked.headers.contains_key(header::RETRY_AFTER) && asked.text().contains("0999-1110000"));
    assert!(asked.text().contains(&siege.receipt.query_code), "what was typed is kept");
    let challenge = hidden(&asked.text(), "challenge").unwrap();
    let work = proof::solve(&challenge, 8);
    let with = |challenge: &str, work: &str| {
        [("challenge".to_owned(), challenge.to_owned()), ("work".to_owned(), work.to_owned())]
    };
    let attempt = async |address: &str, challenge: &str, work: &str| {
        let more = with(challenge, work);
        let more: Vec<(&str, &str)> = more.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        siege.right(address, &more).await.status.as_u16()
    };
    assert_eq!(attempt("10.0.0.1", &challenge, "").await, 429, "not solved");
    assert_eq!(attempt("10.0.0.2", &challenge, &work).await, 429, "of another address");
    assert_eq!(attempt("10.0.0.1", &challenge, &work).await, 200);
    assert_eq!(attempt("10.0.0.1", &challenge, &work).await, 429, "used before");
    // On another server of the same database it is used too.
    let fresh = hidden(&siege.form("10.0.0.1").await, "challenge").unwrap();
    siege.later(31 * MINUTE);
    for n in 10..14 {
        assert_eq!(siege.miss(&format!("10.0.1.{n}"), n).await, 422);
    }
    assert_eq!(attempt("10.0.0.1", &fresh, &proof::solve(&fresh, 8)).await, 429, "its time is over");
}

#[tokio::test]
async fn under_attack_an_old_phone_gets_through_slowly() {
    let siege = Siege::begin(Alarm { after: 0, bits: 8 }).await;
    assert_eq!(siege.right("10.0.0.1", &[]).await.status, 200, "right at once: nothing to wait for");
    assert_eq!(siege.miss("10.0.0.1", 1).await, 422);
    let asked = siege.right("10.0.0.1", &[]).await;
    assert_eq!((asked.status.as_u16(), asked.headers[header::RETRY_AFTER].to_str().unwrap()), (429, "3600"));
    siege.later(59 * MINUTE);
    assert_eq!(siege.right("10.0.0.1", &[]).await.status, 429);
    siege.later(MINUTE);
    assert_eq!(siege.right("10.0.0.1", &[]).await.status, 200);
}

#[tokio::test]
async fn who_got_in_is_not_stopped_between_a_page_and_its_buttons() {
    let siege = Siege::begin(Alarm { after: 0, bits: 8 }).await;
    let page = siege.right("10.0.0.1", &[]).await.text();
    let pass = hidden(&page, "pass").unwrap();
    assert_eq!(page.matches(&pass).count(), page.matches("<form").count(), "with every button");
    // Then others at the same address guess until it is closed.
    siege.miss("10.0.0.1", 1).await;
    assert_eq!(siege.right("10.0.0.1", &[]).await.status, 429);
    let code = siege.receipt.query_code.clone();
    let question = [("code", code.as_str()), ("proof", "0003"), ("pass", &pass)];
    let asked = siege.post("10.0.0.1", "/c/ask/material", &question).await;
    assert_eq!(asked.status, 200, "{}", asked.text());
    let mut said = question.to_vec();
    said.push(("text", "还有一张照片"));
    assert_eq!(siege.post("10.0.0.1", "/c/say/material", &said).await.status, 200);
    // It opens nothing else, and nothing without the second answer.
    assert_eq!(siege.post("10.0.0.2", "/c", &[("code", &code), ("proof", "9999")]).await.status, 422);
    assert_eq!(siege.post("10.0.0.2", "/c", &question).await.status, 429, "of another address");
    assert_eq!(siege.post("10.0.0.1", "/c", &[("code", &code), ("proof", "9999"), ("pass", &pass)]).await.status, 422);
}
