//! Messages to petitioners: written with the event, sent once, saying nothing of the matter; and the clerk who phones.

use std::collections::BTreeSet;
use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, Method, StatusCode};
use axum::response::{IntoResponse as _, Response};
use axum::routing::post;
use case_core::id::MatterId;
use case_core::time::Moment;
use case_core::wire::audit::AuditPage;
use case_core::wire::calls::{CallList, CallPhone};
use case_core::wire::desk::PrintedReceipt;
use huiyin::notices::gateway::{HttpGateway, SmsSettings, signature};
use huiyin::notices::push::{PushHost, Pusher};
use huiyin::notices::{Outbox, send_due};
use huiyin::state::TimeSource;
use p256::ecdsa::signature::Verifier as _;
use p256::ecdsa::{Signature, VerifyingKey};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::support::*;

const FORM: &str = "application/x-www-form-urlencoded";
const KEY: &[u8] = b"a key of the gateway";
const HOUR: i64 = 3_600_000;

/// How the stand-in answers.
#[derive(Clone, Copy, PartialEq)]
enum Mood {
    Takes,
    Broken,
    Talks,
    /// Has it, but no answer arrives.
    Mute,
    Knows(u16),
}

/// A gateway, or a push service: what came, and what was delivered.
struct StandIn {
    mood: Mutex<Mood>,
    /// Body and headers of each request.
    came: Mutex<Vec<(String, HeaderMap, Vec<u8>)>>,
    /// Ids that were delivered: each once, however often it came.
    delivered: Mutex<BTreeSet<String>>,
    origin: String,
}

impl StandIn {
    async fn start() -> Arc<Self> {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let origin = format!("http://{}", listener.local_addr().unwrap());
        let (mood, came, delivered) = (Mutex::new(Mood::Takes), Mutex::default(), Mutex::default());
        let this = Arc::new(Self { mood, came, delivered, origin });
        let router = axum::Router::new().route("/{*path}", post(answer)).with_state(Arc::clone(&this));
        tokio::spawn(async move { axum::serve(listener, router).await });
        this
    }

    fn is(&self, mood: Mood) {
        *self.mood.lock().unwrap() = mood;
    }

    fn came(&self) -> usize {
        self.came.lock().unwrap().len()
    }

    fn delivered(&self) -> usize {
        self.delivered.lock().unwrap().len()
    }
}

async fn answer(
    State(this): State<Arc<StandIn>>,
    Path(path): Path<String>,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    this.came.lock().unwrap().push((path, headers, body.to_vec()));
    let mood = *this.mood.lock().unwrap();
    let id = serde_json::from_slice::<Value>(&body).ok().and_then(|sms| Some(sms["id"].as_str()?.to_owned()));
    if matches!(mood, Mood::Takes | Mood::Mute) {
        this.delivered.lock().unwrap().extend(id.clone());
    }
    match mood {
        Mood::Takes => axum::Json(json!({ "id": id, "accepted": true })).into_response(),
        Mood::Broken => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
        Mood::Talks => "<html>welcome</html>".into_response(),
        Mood::Mute => std::future::pending().await,
        Mood::Knows(status) => StatusCode::from_u16(status).unwrap().into_response(),
    }
}

struct Town {
    county: County,
    clock: Arc<AtomicI64>,
    stand_in: Arc<StandIn>,
}

impl Town {
    /// At noon, with nothing waiting, and a gateway where one is wanted.
    async fn open(gateway: bool) -> Self {
        let stand_in = StandIn::start().await;
        let noon = chrono::Utc::now().date_naive().succ_opt().unwrap();
        let noon = Moment::start_of(noon).plus_ms(12 * HOUR).0;
        let clock = Arc::new(AtomicI64::new(noon));
        let county = County::open().await.with_time(TimeSource::Simulated(clock.clone()));
        // What the demo has told.
        while send_due(&county.state).await.unwrap() > 0 {}
        let sms = SmsSettings { url: format!("{}/sms", stand_in.origin), key: KEY.to_vec() };
        let hosts = PushHost::list(&stand_in.origin).unwrap();
        let outbox = Outbox {
            gateway: gateway.then(|| Arc::new(HttpGateway::new(sms, Duration::from_millis(300))) as _),
            pusher: Arc::new(Pusher::new(hosts)),
        };
        Self { county: county.with_outbox(outbox), clock, stand_in }
    }

    fn later(&self, ms: i64) {
        self.clock.fetch_add(ms, Ordering::Relaxed);
    }

    async fn send(&self) -> u32 {
        send_due(&self.county.state).await.unwrap()
    }

    /// A matter that is registered now.
    async fn register(&self, phone: Option<&str>) -> PrintedReceipt {
        let registration = json!({
            "title": "井盖丢了", "content": "村口的井盖丢了一个月", "demands": ["装井盖"], "purpose": "appeal",
            "category": "construction", "channel": "visit", "intake": "first", "received_on": "2026-03-02",
            "petitioner": { "name": "周来福", "phone": phone },
        });
        let registrar = self.county.sign_in("dengji").await;
        registrar.post("/api/v1/matters", &json!({ "id": Uuid::now_v7(), "registration": registration })).await.read()
    }

    async fn calls(&self) -> CallList {
        self.county.sign_in("dengji").await.get("/api/v1/calls").await.read()
    }

    async fn call_of(&self, matter: MatterId) -> Option<case_core::wire::calls::CallRow> {
        self.calls().await.calls.into_iter().find(|call| call.matter == matter)
    }

    async fn wish(&self, receipt: &PrintedReceipt, what: &str, factor: &str, more: &str) -> Reply {
        let body = format!("code={}&proof={factor}{more}", urlencode(&receipt.query_code));
        self.county.anonymous().raw(Method::POST, &format!("/c/notices/{what}"), FORM, body.into_bytes()).await
    }
}

#[tokio::test]
async fn a_message_goes_out_once_is_signed_and_says_nothing_of_the_matter() {
    let town = Town::open(true).await;
    town.register(Some("139 1234 5678")).await;
    assert_eq!(town.send().await, 1);
    assert_eq!(town.send().await, 0, "it is sent");
    let came = town.stand_in.came.lock().unwrap();
    let [(path, headers, body)] = came.as_slice() else { panic!("{} messages", came.len()) };
    assert_eq!(path, "sms");
    let sms: Value = serde_json::from_slice(body).unwrap();
    let text = sms["text"].as_str().unwrap();
    assert_eq!(sms["to"], "13912345678");
    assert!(text.contains("您的信访事项有新的进展，请凭查询码查看") && text.contains("0999-1110000"), "{text}");
    assert!(text.contains("http://127.0.0.1:3000/c"), "{text}");
    for secret in ["井盖", "周", "登记", "受理"] {
        assert!(!text.contains(secret), "{text}");
    }
    let signed = headers["huiyin-signature"].to_str().unwrap();
    let at: i64 = signed[2..].split(',').next().unwrap().parse().unwrap();
    assert_eq!(signed, signature(KEY, at, body));
    assert_ne!(signed, signature(b"another key......", at, body));
}

#[tokio::test]
async fn whatever_the_gateway_does_it_is_delivered_once() {
    let town = Town::open(true).await;
    town.register(Some("13912345678")).await;
    let mut wait = 0;
    for (tries, mood) in [Mood::Broken, Mood::Talks, Mood::Mute, Mood::Knows(429), Mood::Takes].into_iter().enumerate()
    {
        town.later(wait);
        town.stand_in.is(mood);
        assert_eq!(town.send().await, 1, "try {tries}");
        assert_eq!(town.send().await, 0, "not at once again");
        wait = case_core::notice::wait_after(u32::try_from(tries).unwrap() + 1).unwrap();
    }
    town.later(100 * HOUR);
    assert_eq!(town.send().await, 0);
    assert_eq!((town.stand_in.came(), town.stand_in.delivered()), (5, 1), "always under the same id");
}

#[tokio::test]
async fn what_no_gateway_takes_a_clerk_phones() {
    let town = Town::open(true).await;
    // A number that it refuses, a fixed line, and one that never gets through.
    town.stand_in.is(Mood::Knows(404));
    let refused = town.register(Some("13912345678")).await;
    let fixed = town.register(Some("0999-1110099")).await;
    assert_eq!(town.send().await, 2);
    assert_eq!(town.stand_in.came(), 1, "no message to a fixed line");
    town.stand_in.is(Mood::Broken);
    let stuck = town.register(Some("13912340000")).await;
    for _ in 0..6 {
        assert_eq!(town.send().await, 1);
        assert!(town.call_of(stuck.matter).await.is_none());
        town.later(12 * HOUR);
        if case_core::notice::is_quiet(town.county.state.now()) {
            assert_eq!(town.send().await, 0, "not at night");
            town.later(12 * HOUR);
        }
    }
    assert_eq!(town.send().await, 1);
    for receipt in [&refused, &fixed, &stuck] {
        assert!(town.call_of(receipt.matter).await.is_some(), "{}", receipt.number);
    }
}

#[tokio::test]
async fn nobody_is_disturbed_at_night_and_what_happened_meanwhile_is_one_message() {
    let town = Town::open(true).await;
    town.later(11 * HOUR);
    let receipt = town.register(Some("13912345678")).await;
    let registrar = town.county.sign_in("dengji").await;
    let seen = registrar.file(receipt.matter).await.matter.version;
    let ask = json!({ "command": "request_material", "what": "请带身份证明" });
    let asked = registrar.command(receipt.matter, seen, ask).await;
    assert!(asked.status.is_success(), "{}", asked.text());
    assert_eq!(town.send().await, 0, "eleven at night");
    town.later(8 * HOUR);
    assert_eq!(town.send().await, 0, "seven in the morning");
    town.later(HOUR);
    assert_eq!(town.send().await, 1);
    assert_eq!(town.stand_in.delivered(), 1);
}

#[tokio::test]
async fn who_left_no_phone_is_not_told_and_a_sealed_report_never_is() {
    let town = Town::open(true).await;
    town.register(None).await;
    huiyin::use_cases::demo::open_sealed_channel(&town.county.state).await.unwrap();
    let report = json!({
        "id": Uuid::now_v7(), "received_on": "2026-03-02",
        "content": { "channel": "letter", "text": "反映某干部收礼", "accused_units": [],
            "accused_persons": [{ "name": "某干部", "office": "某办" }],
            "petitioner": { "name": "某人", "phone": "13911112222" } },
    });
    let registrar = town.county.sign_in("dengji").await;
    assert!(registrar.post("/api/v1/sealed", &report).await.status.is_success());
    assert_eq!(town.send().await, 0);
    assert_eq!(town.stand_in.came(), 0);
}

#[tokio::test]
async fn a_petitioner_stops_messages_by_code_and_takes_it_back() {
    let town = Town::open(true).await;
    let receipt = town.register(Some("13912345678")).await;
    let page = town.county.anonymous().look_up(&receipt.query_code, "5678").await.text();
    assert!(page.contains("139****5678") && page.contains("/c/notices/stop") && !page.contains("13912345678"));
    assert_eq!(town.wish(&receipt, "stop", "9999", "").await.status, 422, "not by anybody");
    assert_eq!(town.wish(&receipt, "anything", "5678", "").await.status, 404);
    let stopped = town.wish(&receipt, "stop", "5678", "").await;
    assert_eq!(stopped.status, 200);
    assert!(stopped.text().contains("不再给您发短信了") && stopped.text().contains("/c/notices/resume"));
    assert_eq!(town.send().await, 0, "what waited goes to nobody");
    let registrar = town.county.sign_in("dengji").await;
    let matter = receipt.matter;
    let seen = registrar.file(matter).await.matter.version;
    let ask = json!({ "command": "request_material", "what": "请带身份证明" });
    assert!(registrar.command(matter, seen, ask).await.status.is_success());
    assert_eq!((town.send().await, town.call_of(matter).await.is_some()), (0, false));
    assert!(town.wish(&receipt, "resume", "5678", "").await.text().contains("/c/notices/stop"));
    let audit: AuditPage = town.county.sign_in("shenji").await.get("/api/v1/audit?group=notices").await.read();
    let lines: Vec<&str> = audit.lines.iter().map(|line| line.what.as_str()).collect();
    assert_eq!(lines, ["信访人又收短信", "信访人不再收短信"]);
}

#[tokio::test]
async fn the_clerk_sees_masked_numbers_looks_at_one_and_says_what_came_of_it() {
    let town = Town::open(false).await;
    let receipt = town.register(Some("13912345678")).await;
    assert!(town.call_of(receipt.matter).await.is_none());
    // At any hour: the clerk has it in the morning.
    town.later(11 * HOUR);
    assert_eq!(town.send().await, 1);
    let call = town.call_of(receipt.matter).await.unwrap();
    assert_eq!((call.petitioner.as_str(), call.phone.as_str(), call.tries), ("周*", "139****5678", 0));
    let registrar = town.county.sign_in("dengji").await;
    let path = format!("/api/v1/calls/{}", call.id);
    let shown: CallPhone = registrar.post(&format!("{path}/phone"), &()).await.read();
    assert_eq!((shown.petitioner.as_str(), shown.phone.as_str()), ("周来福", "13912345678"));
    let list: CallList = registrar.post(&path, &json!({ "told": false })).await.read();
    let again = list.calls.iter().find(|one| one.id == call.id).unwrap();
    assert_eq!((again.tries, again.tried_at), (1, Some(town.county.state.now())));
    assert_eq!(list.calls.last().unwrap().id, call.id, "those come first who were tried least");
    let list: CallList = registrar.post(&path, &json!({ "told": true })).await.read();
    assert!(list.calls.iter().all(|one| one.id != call.id));
    assert_eq!(registrar.post(&path, &json!({ "told": true })).await.status, 404, "done already");
    assert_eq!(registrar.post("/api/v1/calls/nothing", &json!({ "told": true })).await.status, 404);
    let auditor = town.county.sign_in("shenji").await;
    let noted: AuditPage = auditor.get("/api/v1/audit?group=notices").await.read();
    let lines: Vec<&str> = noted.lines.iter().map(|line| line.what.as_str()).collect();
    assert_eq!(lines, ["电话告知信访人", "打电话告知，没打通，第 1 次"]);
    let looked: AuditPage = auditor.get("/api/v1/audit?group=unmasked").await.read();
    assert_eq!(looked.lines[0].why.as_deref(), Some("电话联系"));
    assert_eq!(looked.lines[0].numbers, [receipt.number.as_str()]);
}

#[tokio::test]
async fn a_browser_is_reminded_by_a_signed_push_without_content_until_it_takes_it_back() {
    let town = Town::open(false).await;
    let receipt = town.register(None).await;
    let page = town.county.anonymous().look_up(&receipt.query_code, "周来福").await.text();
    let key = page.split("data-key=\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
    assert!(page.contains(r#"<li id="remind""#) && page.contains(r#"src="/remind.js""#));
    let factor = urlencode("周来福");
    // Somewhere else than at a known push service: refused in words, nothing kept.
    for bad in ["http://127.0.0.1:1/x", "https://evil.example/x", "https://10.0.0.1/", "javascript:alert(1)", ""] {
        let reply = town.wish(&receipt, "remind", &factor, &format!("&endpoint={}", urlencode(bad))).await;
        assert!(reply.status == 200 && reply.text().contains("还没法提醒"), "{bad}");
    }
    let endpoint = format!("{}/push/one", town.stand_in.origin);
    let more = format!("&endpoint={}", urlencode(&endpoint));
    for _ in 0..2 {
        let reply = town.wish(&receipt, "remind", &factor, &more).await.text();
        assert!(reply.contains("现在有 1 台手机会收到提醒") && !reply.contains("/push/one"), "{reply}");
    }
    let registrar = town.county.sign_in("dengji").await;
    let give = async |command: Value| {
        let seen = registrar.file(receipt.matter).await.matter.version;
        let reply = registrar.command(receipt.matter, seen, command).await;
        assert!(reply.status.is_success(), "{}", reply.text());
    };
    give(json!({ "command": "request_material", "what": "请带身份证明" })).await;
    assert_eq!(town.send().await, 1);
    {
        let came = town.stand_in.came.lock().unwrap();
        let (path, headers, body) = came.last().unwrap();
        assert!(path == "push/one" && body.is_empty(), "no content");
        assert!(headers.contains_key("ttl"));
        let authorization = headers["authorization"].to_str().unwrap();
        let token = authorization.strip_prefix("vapid t=").unwrap().split(", k=").collect::<Vec<_>>();
        assert_eq!(token[1], key, "the key that the page gave the browser");
        let read = |text: &str| case_core::wire::bytes::Bytes::read(text).unwrap().0;
        let (signed, signature) = token[0].rsplit_once('.').unwrap();
        let public = VerifyingKey::from_sec1_bytes(&read(&key)).unwrap();
        public.verify(signed.as_bytes(), &Signature::from_slice(&read(signature)).unwrap()).unwrap();
        let claims: Value = serde_json::from_slice(&read(signed.split('.').nth(1).unwrap())).unwrap();
        assert_eq!(claims["aud"], town.stand_in.origin);
        let left = claims["exp"].as_i64().unwrap() - town.county.state.now().0 / 1_000;
        assert!((1..=86_400).contains(&left), "{left}");
    }
    // The browser has taken it back: forgotten, and nothing is tried again.
    town.stand_in.is(Mood::Knows(410));
    give(json!({ "command": "receive_material", "text": "带来了" })).await;
    assert_eq!(town.send().await, 0, "the petitioner's own doing");
    give(json!({ "command": "request_material", "what": "还要一张照片" })).await;
    assert_eq!((town.send().await, town.send().await), (1, 0));
    let page = town.county.anonymous().look_up(&receipt.query_code, "周来福").await.text();
    assert!(!page.contains("台手机会收到提醒"));
}
