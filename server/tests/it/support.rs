//! A server in the same process, and clients of it.

use std::sync::atomic::{AtomicU64, Ordering};

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{HeaderMap, Method, Request, StatusCode, header};
use case_core::id::*;
use case_core::wire::desk::{CommandRequest, MatterFile};
use case_core::wire::problem::ProblemBody;
use huiyin::settings::Settings;
use huiyin::state::AppState;
use huiyin::use_cases::demo;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use tempfile::TempDir;
use tower::ServiceExt as _;
use uuid::Uuid;

/// A running county: the demo's people, places and matters.
pub struct County {
    pub router: Router,
    pub state: AppState,
    pub accounts: Vec<demo::DemoAccount>,
    _folder: TempDir,
}

/// A built site without its weight.
fn small_site(folder: &std::path::Path) {
    let site = folder.join("site");
    std::fs::create_dir_all(site.join("pkg")).unwrap();
    let names = [
        ("public.css", "/pkg/public.0.css"),
        ("workbench.css", "/pkg/workbench.0.css"),
        ("boot.js", "/pkg/boot.0.js"),
        ("lookup.js", "/lookup.js"),
        ("icons/icon.svg", "/icons/icon.svg"),
        ("icons/apple-touch-icon.png", "/icons/apple-touch-icon.png"),
        ("manifest.webmanifest", "/manifest.webmanifest"),
    ];
    let files: serde_json::Map<String, Value> =
        names.iter().map(|(name, url)| ((*name).to_owned(), json!({ "url": url }))).collect();
    for (_, url) in names {
        let path = site.join(url.trim_start_matches('/'));
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, "x").unwrap();
    }
    std::fs::write(site.join("pkg/public.0.css.br"), "packed").unwrap();
    std::fs::write(site.join("sw.js"), "const V = '__VERSION__'; const P = __PRECACHE__;").unwrap();
    let manifest = json!({ "version": "v1", "precache": ["/w/", "/pkg/boot.0.js"], "files": files });
    std::fs::write(site.join("manifest.json"), manifest.to_string()).unwrap();
}

static SCHEMAS: AtomicU64 = AtomicU64::new(0);

impl County {
    /// The demo county on the database that the run is for.
    pub async fn open() -> Self {
        Self::on(std::env::var("HUIYIN_TEST_POSTGRES").ok().as_deref()).await
    }

    /// The demo county in a schema of its own on that PostgreSQL server, or on SQLite.
    pub async fn on(postgres: Option<&str>) -> Self {
        let folder = tempfile::tempdir().unwrap();
        small_site(folder.path());
        let database_url = match postgres {
            Some(base) => {
                let n = SCHEMAS.fetch_add(1, Ordering::Relaxed);
                let name = format!("it_{}_{n}", std::process::id());
                case_store::fresh_postgres_schema(base, &name).await.unwrap()
            }
            None => format!("sqlite:{}", folder.path().join("data/huiyin.db").display()),
        };
        let settings = Settings {
            database_url,
            address: "127.0.0.1:0".parse().unwrap(),
            base_url: "http://127.0.0.1:3000".to_owned(),
            secret_file: folder.path().join("data/secret"),
            site: folder.path().join("site"),
            holidays: None,
            office_name: "清溪县信访局".to_owned(),
            office_phone: "0999-1110000".to_owned(),
            province: 99,
            trust_proxy: false,
            cache_days: 7,
            rules: case_core::time::Rules::default(),
            last_day: case_core::time::LastDay::default(),
            month_start: case_core::report::MonthStart::default(),
            response_days: 3,
            booking_days: 365,
            alarm: huiyin::guard::Alarm::default(),
            answers_mb: 4,
            sms: None,
            push_hosts: huiyin::notices::push::PushHost::list(huiyin::notices::push::HOSTS).unwrap_or_default(),
            log_json: false,
        };
        let state = huiyin::open(settings).await.unwrap();
        let accounts = demo::ensure(&state).await.unwrap();
        Self { router: huiyin::build_router(state.clone()), state, accounts, _folder: folder }
    }

    /// The same server after its database was replaced.
    pub fn with_store(self, store: case_store::Store) -> Self {
        let state = self.state.with(|shared| shared.store = store);
        Self { router: huiyin::build_router(state.clone()), state, ..self }
    }

    /// The same county, where the time is what the test says.
    pub fn with_time(self, time: huiyin::state::TimeSource) -> Self {
        let state = self.state.with(|shared| shared.time = time);
        Self { router: huiyin::build_router(state.clone()), state, ..self }
    }

    /// The same county, set up otherwise.
    pub fn with_settings(self, change: impl FnOnce(&mut Settings)) -> Self {
        let mut settings = (*self.state.settings).clone();
        change(&mut settings);
        let state = self.state.with(|shared| shared.settings = std::sync::Arc::new(settings));
        Self { router: huiyin::build_router(state.clone()), state, ..self }
    }

    /// The same county, with other ways out.
    pub fn with_outbox(self, outbox: huiyin::notices::Outbox) -> Self {
        let state = self.state.with(|shared| shared.outbox = outbox);
        Self { router: huiyin::build_router(state.clone()), state, ..self }
    }

    /// The same county, with other rules.
    pub fn with_rules(self, rules: case_core::time::Rules) -> Self {
        let state = self.state.with(|shared| shared.rules = std::sync::Arc::new(rules));
        Self { router: huiyin::build_router(state.clone()), state, ..self }
    }

    /// The same county behind another server.
    pub fn with_router(self, router: Router) -> Self {
        Self { router, ..self }
    }

    pub fn anonymous(&self) -> Client {
        Client { router: self.router.clone(), cookie: None, device: None }
    }

    pub async fn sign_in(&self, login: &str) -> Client {
        self.sign_in_on(login, None).await
    }

    /// From a browser that names itself.
    pub async fn sign_in_on(&self, login: &str, device: Option<Uuid>) -> Client {
        let mut client = Client { device, ..self.anonymous() };
        let reply = client.post("/api/v1/session", &self.credentials(login)).await;
        assert_eq!(reply.status, StatusCode::OK, "{}", reply.text());
        let cookie = reply.headers[header::SET_COOKIE].to_str().unwrap();
        client.cookie = Some(cookie.split(';').next().unwrap().to_owned());
        client
    }

    pub fn credentials(&self, login: &str) -> Value {
        let account = self.accounts.iter().find(|a| a.login == login).unwrap();
        json!({ "login": account.login, "password": account.password })
    }

    /// The matter of the demo whose title has these words.
    pub async fn matter(&self, words: &str) -> MatterId {
        let desk = self.sign_in("shenhe").await;
        let list: case_core::wire::desk::MatterList =
            desk.get(&format!("/api/v1/matters?q={}", urlencode(words))).await.read();
        assert_eq!(list.rows.len(), 1, "{words}");
        list.rows[0].id
    }
}

pub fn urlencode(text: &str) -> String {
    text.bytes().map(|b| format!("%{b:02X}")).collect()
}

#[derive(Clone)]
pub struct Client {
    pub router: Router,
    pub cookie: Option<String>,
    /// Named in every request.
    pub device: Option<Uuid>,
}

pub struct Reply {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub body: Vec<u8>,
}

impl Reply {
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    pub fn read<T: DeserializeOwned>(&self) -> T {
        assert!(self.status.is_success(), "{} {}", self.status, self.text());
        serde_json::from_slice(&self.body).unwrap_or_else(|e| panic!("{e}: {}", self.text()))
    }

    /// The problem, checked to be a 4xx with words in Chinese.
    pub fn problem(&self) -> ProblemBody {
        assert!(self.status.is_client_error(), "{} {}", self.status, self.text());
        let body: ProblemBody = serde_json::from_slice(&self.body).unwrap_or_else(|e| panic!("{e}: {}", self.text()));
        assert!(body.message.chars().any(|c| c > '\u{4e00}'), "{}", body.message);
        body
    }
}

impl Client {
    pub async fn send(&self, mut request: Request<Body>) -> Reply {
        if let Some(cookie) = &self.cookie {
            request.headers_mut().insert(header::COOKIE, cookie.parse().unwrap());
        }
        if let Some(device) = self.device {
            request.headers_mut().insert("huiyin-device", device.to_string().parse().unwrap());
        }
        let response = self.router.clone().oneshot(request).await.unwrap();
        let (parts, body) = response.into_parts();
        let body = to_bytes(body, 64 << 20).await.unwrap().to_vec();
        Reply { status: parts.status, headers: parts.headers, body }
    }

    pub async fn get(&self, path: &str) -> Reply {
        self.send(Request::get(path).body(Body::empty()).unwrap()).await
    }

    pub async fn post(&self, path: &str, body: &impl serde::Serialize) -> Reply {
        self.raw(Method::POST, path, "application/json", serde_json::to_vec(body).unwrap()).await
    }

    pub async fn raw(&self, method: Method, path: &str, kind: &str, body: Vec<u8>) -> Reply {
        let request = Request::builder()
            .method(method)
            .uri(path)
            .header(header::CONTENT_TYPE, kind)
            .header("x-huiyin", "1")
            .body(Body::from(body))
            .unwrap();
        self.send(request).await
    }

    pub async fn file(&self, id: MatterId) -> MatterFile {
        self.get(&format!("/api/v1/matters/{id}")).await.read()
    }

    /// 查看完整信息: for an hour papers and files of the matter open.
    pub async fn says_why(&self, id: MatterId) {
        self.post(&format!("/api/v1/matters/{id}/unmask"), &json!({ "reason": "deliver" })).await;
    }

    pub async fn command(&self, id: MatterId, seen: u32, command: Value) -> Reply {
        // Of a step that hangs on a paper: it was made by hand, on the day of the step.
        let on = match command["command"].as_str() {
            Some("accept") => command["notice_delivered_on"].clone(),
            Some("deliver" | "notify_petitioner") => command["on"].clone(),
            Some("archive") => match self.get(&format!("/api/v1/matters/{id}")).await {
                reply if reply.status == StatusCode::OK => json!(reply.read::<MatterFile>().server_time.date()),
                _ => Value::Null,
            },
            _ => Value::Null,
        };
        let paper = if on.is_null() { on } else { json!({ "number": "旧纸〔2026〕1号", "on": on }) };
        self.command_with(id, seen, command, paper).await
    }

    /// Names a paper that was made outside of the system, where the step hangs on one; `null`: none.
    pub async fn command_with(&self, id: MatterId, seen: u32, command: Value, paper: Value) -> Reply {
        let mut request = json!({ "id": CommandId(Uuid::now_v7()), "seen": seen, "command": command });
        if !paper.is_null() {
            request["paper"] = paper;
        }
        serde_json::from_value::<CommandRequest>(request.clone()).expect("a command of the wire format");
        self.post(&format!("/api/v1/matters/{id}/commands"), &request).await
    }

    /// The form of the look-up page.
    pub async fn look_up(&self, code: &str, factor: &str) -> Reply {
        let body = format!("code={}&proof={}", urlencode(code), urlencode(factor)).into_bytes();
        self.raw(Method::POST, "/c", "application/x-www-form-urlencoded", body).await
    }
}

/// A record of a visit to a household of the demo.
pub fn visit_record(by: AccountId, household: Uuid, extra: Value) -> Value {
    let now = chrono::Utc::now().timestamp_millis();
    let mut payload = json!({
        "kind": "household_visit", "household": household, "started": now, "companions": [],
        "mode": "at_home", "result": "met_person", "purposes": [], "items": [], "notice_given": true,
    });
    for (key, value) in extra.as_object().unwrap() {
        payload[key] = value.clone();
    }
    json!({ "id": Uuid::now_v7(), "device": Uuid::from_u128(7), "sequence": 1, "by": by, "made_at": now, "payload": payload })
}

pub fn push_body(records: &[Value]) -> Value {
    json!({ "protocol": 2, "device": Uuid::from_u128(7), "records": records })
}

pub fn raised_item(id: Uuid) -> Value {
    json!({
        "kind": "demand", "summary": "自来水三天没来", "urgency": "urgent", "solved_on_spot": false,
        "raise": { "id": id, "title": "自来水停水", "demands": ["恢复供水"], "category": "construction",
                   "petitioner": "李大爷", "phone": "13900005678" },
    })
}
