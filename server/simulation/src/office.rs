//! The real server: its router, its use cases, its database (SQLite in memory), under a clock of ours.
//! A request is carried to its end before anything else happens, or until the power goes.

mod desk;

use std::pin::pin;
use std::sync::Arc;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicI64, Ordering};
use std::task::Poll;
use std::time::Duration;

use axum::Router;
use axum::body::{Body as HttpBody, to_bytes};
use axum::http::{Request as HttpRequest, header};
use case_core::actor::{Actor, Role};
use case_core::audit::Trace;
use case_core::digest::Digest;
use case_core::id::{AccountId, DeviceId, HouseholdId, MatterId};
use case_core::place::{Area, DivisionCode};
use case_core::text::ShortText;
use case_core::wire::bytes::Bytes;
use case_core::wire::session::PhoneKeys;
use case_offline::transport::{Body, Method, Reply, Request};
use case_store::{NewAccount, Store, simulation};
use huiyin::heavy::Heavy;
use huiyin::secrets::Secrets;
use huiyin::settings::Settings;
use huiyin::state::{AppState, TimeSource};
use huiyin::use_cases::demo;
use serde_json::json;
use tempfile::TempDir;
use tokio::runtime::Runtime;
use tower::ServiceExt as _;
use uuid::Uuid;

use crate::crypto::StandIn;
use crate::random::Random;

/// Monday, 5 January 2026, 8 o'clock.
pub const BEGIN: i64 = 1_767_571_200_000;
/// The password of all of them.
pub const PASSWORD: &str = "a good one";
/// The officials: login, role, area. Two share a village, the third has the whole town.
pub const OFFICIALS: [(&str, Role, &str); 3] = [
    ("gan1", Role::VillageOfficer, "990101101201"),
    ("gan2", Role::VillageOfficer, "990101101201"),
    ("gan3", Role::TownClerk, "990101101"),
];
/// Who works at the desk: the demo county's people.
const DESK: [&str; 5] = ["chengban", "fuzeren", "shuili", "dengji", "shenhe"];
const ADMIN: &str = "guanli";
/// What the office's keys and codes are made of.
const SECRET: [u8; 32] = [0x5a; 32];
/// What makes up the sea's floor for all seeds: the county before the first day.
static TEMPLATE: OnceLock<Template> = OnceLock::new();

/// An official's account.
#[must_use]
pub fn account(n: usize) -> AccountId {
    AccountId(Uuid::from_u128(0xACC0_0000_0000_4000_8000_0000_0000_0000 + n as u128))
}

struct Template {
    state: AppState,
    /// The same secret with cheap keys for phones.
    stand_in: Arc<Secrets>,
    /// Its database.
    database: Vec<u8>,
    households: Vec<HouseholdId>,
    matters: Vec<MatterId>,
}

fn runtime() -> Runtime {
    tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap()
}

/// A folder in memory, if there is one.
fn folder() -> TempDir {
    tempfile::tempdir_in("/dev/shm").or_else(|_| tempfile::tempdir()).unwrap()
}

fn small_site(folder: &std::path::Path) {
    let site = folder.join("site");
    std::fs::create_dir_all(site.join("pkg")).unwrap();
    let names = [
        "public.css",
        "workbench.css",
        "boot.js",
        "lookup.js",
        "icons/icon.svg",
        "icons/apple-touch-icon.png",
        "manifest.webmanifest",
    ];
    let files: serde_json::Map<String, serde_json::Value> = names
        .iter()
        .map(|name| {
            let url = ["/pkg/", &name.replace('/', "-")].concat();
            ((*name).to_owned(), json!({ "url": url }))
        })
        .collect();
    for name in names {
        std::fs::write(site.join("pkg").join(name.replace('/', "-")), "x").unwrap();
    }
    std::fs::write(site.join("sw.js"), "const V = '__VERSION__'; const P = __PRECACHE__;").unwrap();
    let manifest = json!({ "version": "v1", "precache": ["/w/"], "files": files });
    std::fs::write(site.join("manifest.json"), manifest.to_string()).unwrap();
}

/// The least that Argon2 can be asked for: passwords are not what is tried out here.
fn cheap_hash() -> String {
    use argon2::password_hash::{PasswordHasher as _, SaltString};
    let params = argon2::Params::new(8, 1, 1, None).unwrap();
    let hasher = argon2::Argon2::new(argon2::Algorithm::Argon2id, argon2::Version::V0x13, params);
    hasher
        .hash_password(PASSWORD.as_bytes(), &SaltString::encode_b64(b"sixteen bytes ok").unwrap())
        .unwrap()
        .to_string()
}

impl Template {
    fn secrets(&self, real: bool) -> Arc<Secrets> {
        if real { Arc::clone(&self.state.secrets) } else { Arc::clone(&self.stand_in) }
    }

    fn make() -> Self {
        let runtime = runtime();
        let folder = folder();
        small_site(folder.path());
        let database = folder.path().join("data/county.db");
        let settings = Settings {
            database_url: format!("sqlite:{}", database.display()),
            address: "127.0.0.1:0".parse().unwrap(),
            base_url: "http://127.0.0.1:3000".to_owned(),
            secret_file: folder.path().join("secret"),
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
        std::fs::write(&settings.secret_file, Digest::from_bytes(SECRET).hex()).unwrap();
        let time = Arc::new(AtomicI64::new(BEGIN - 3_600_000));
        let (state, households, matters) = runtime.block_on(async {
            let state = huiyin::open(settings).await.unwrap();
            let state = state.with(|shared| shared.time = TimeSource::Simulated(Arc::clone(&time)));
            demo::ensure(&state).await.unwrap();
            let store = &state.store;
            let password_hash = cheap_hash();
            for old in store.list_accounts().await.unwrap() {
                store.set_password(old.actor.account, &password_hash, Trace::system(state.now())).await.unwrap();
            }
            for (n, (login, role, area)) in OFFICIALS.iter().enumerate() {
                let actor = Actor {
                    account: account(n),
                    name: ShortText::parse("样例干部").unwrap(),
                    badge: ShortText::parse(&format!("77{n}")).unwrap(),
                    office: ShortText::parse("网格员").unwrap(),
                    role: *role,
                    unit: None,
                    area: Area(vec![DivisionCode::parse(area).unwrap()]),
                };
                let new = NewAccount { login: (*login).to_owned(), password_hash: password_hash.clone(), actor };
                store.create_account(&new, Trace::system(state.now())).await.unwrap();
            }
            store.begin_new_lineage("county-0", Trace::system(state.now())).await.unwrap();
            let area = Area(vec![DivisionCode::parse(OFFICIALS[2].2).unwrap()]);
            let page = store.pull(account(2), &area, None, 10_000).await.unwrap();
            let (mut households, mut matters) = (Vec::new(), Vec::new());
            for item in page.items {
                match item {
                    case_core::wire::sync::WorkItem::Household(card) => households.push(card.id),
                    case_core::wire::sync::WorkItem::Matter(card) => matters.push(card.id),
                }
            }
            store.close().await;
            (state, households, matters)
        });
        let stand_in = Arc::new(Secrets::from_key(SECRET).with_phones(StandIn));
        Self { state, stand_in, database: std::fs::read(database).unwrap(), households, matters }
    }
}

/// The office: the server and the people behind it.
pub struct Office {
    template: &'static Template,
    runtime: Runtime,
    time: Arc<AtomicI64>,
    /// What handlers share.
    pub state: AppState,
    router: Router,
    /// Last night's copy of the database.
    backup: Option<Vec<u8>>,
    /// How many databases there were.
    pub lineages: u32,
    /// How often it was asked, by phones and desks.
    pub requests: u64,
    /// Power cuts of the server.
    pub cuts: u64,
    desk: Vec<Option<String>>,
    random: Random,
}

impl Office {
    /// The county on its first day; `real`: with signatures and envelopes as an office has them.
    #[must_use]
    pub fn open(random: Random, real: bool) -> Self {
        // One that burnt through in an earlier seed, which ended there.
        let _burnt = simulation::take_fuse();
        let template = TEMPLATE.get_or_init(Template::make);
        let mut office = Self {
            template,
            runtime: runtime(),
            time: Arc::new(AtomicI64::new(BEGIN)),
            router: Router::new(),
            state: template.state.with(|shared| shared.secrets = template.secrets(real)),
            backup: None,
            lineages: 1,
            requests: 0,
            cuts: 0,
            desk: vec![None; DESK.len() + 1],
            random,
        };
        office.start(Store::in_memory(&template.database).unwrap());
        office
    }

    /// The server starts over this database.
    fn start(&mut self, store: Store) {
        let time = TimeSource::Simulated(Arc::clone(&self.time));
        // Requests come one after another: what has not come before this one does not come while it waits.
        let patience = Duration::ZERO;
        self.state = self.state.with(|shared| {
            (shared.store, shared.time, shared.patience, shared.heavy) = (store, time, patience, Heavy::Here);
        });
        self.router = huiyin::build_router(self.state.clone());
    }

    /// Sets the server's clock.
    pub fn set_time(&self, now: i64) {
        self.time.store(now, Ordering::Relaxed);
    }

    /// Waits for something of the server's.
    pub fn wait<F: Future>(&self, future: F) -> F::Output {
        self.runtime.block_on(future)
    }

    /// The households of the town on the first day.
    #[must_use]
    pub fn households(&self) -> &'static [HouseholdId] {
        &self.template.households
    }

    /// Its matters.
    #[must_use]
    pub fn matters(&self) -> &'static [MatterId] {
        &self.template.matters
    }

    /// What a phone of that official is told at a sign-in.
    #[must_use]
    pub fn keys(&self, account: AccountId, device: DeviceId, told: &PhoneKeys) -> PhoneKeys {
        PhoneKeys {
            store_key: self.state.secrets.store_key(account, device),
            device_token: self.state.secrets.device_token(account, device),
            ..told.clone()
        }
    }

    /// The power goes after so many statements of the next request.
    pub fn cut_after(&self, statements: u32) {
        simulation::light_fuse(statements);
    }

    /// The power does not go after all.
    pub fn cut_no_more(&self) {
        let _lit = simulation::take_fuse();
    }

    /// Answers a request; `None`: the power went, before the work was done or after it. `cookie` is
    /// the browser's, and may change.
    pub fn answer(&mut self, request: &Request, cookie: &mut Option<String>) -> Option<Reply> {
        self.requests += 1;
        let method = match request.method {
            Method::Get => "GET",
            Method::Post => "POST",
            Method::Delete => "DELETE",
        };
        let mut http = HttpRequest::builder().method(method).uri(&request.path).header("x-huiyin", "1");
        if let Some(account) = request.account {
            http = http.header("huiyin-account", account.to_string());
        }
        if let Some(device) = request.device {
            http = http.header("huiyin-device", device.to_string());
        }
        if let Some(cookie) = cookie {
            http = http.header(header::COOKIE, cookie.as_str());
        }
        let body = match &request.body {
            Body::Empty => HttpBody::empty(),
            Body::Json(json) => {
                http = http.header(header::CONTENT_TYPE, "application/json");
                HttpBody::from(json.clone())
            }
            Body::Bytes(bytes) => {
                http = http.header(header::CONTENT_TYPE, "application/octet-stream");
                HttpBody::from(bytes.clone())
            }
        };
        let request = http.body(body).unwrap();
        let answered = {
            // What is dropped half-way gives its connection back, which takes the runtime.
            let _inside = self.runtime.enter();
            let router = self.router.clone();
            let mut work = pin!(async {
                let response = router.oneshot(request).await.unwrap();
                let (parts, body) = response.into_parts();
                let body = to_bytes(body, 64 << 20).await.unwrap();
                (parts, body)
            });
            self.runtime.block_on(std::future::poll_fn(|cx| match work.as_mut().poll(cx) {
                Poll::Ready(answer) => Poll::Ready(Some(answer)),
                Poll::Pending if simulation::is_dark() => Poll::Ready(None),
                Poll::Pending => Poll::Pending,
            }))
        };
        let dark = simulation::take_fuse();
        let Some((parts, body)) = answered.filter(|_| !dark) else {
            self.cuts += 1;
            // What was under way is dropped, and with it what was not committed; the server starts anew.
            self.start(self.state.store.clone());
            return None;
        };
        if let Some(set) = parts.headers.get(header::SET_COOKIE) {
            let pair = set.to_str().unwrap().split(';').next().unwrap();
            *cookie = (!pair.ends_with('=')).then(|| pair.to_owned());
        }
        let retry_after =
            parts.headers.get(header::RETRY_AFTER).and_then(|value| value.to_str().ok()?.parse::<u32>().ok());
        Some(Reply { status: parts.status.as_u16(), retry_after, body: String::from_utf8(body.to_vec()).unwrap() })
    }

    /// The nightly copy.
    pub fn back_up(&mut self) {
        self.backup = Some(self.wait(self.state.store.to_file()).unwrap());
    }

    /// The newest copy takes the place of the database; false when there is none.
    pub fn restore(&mut self) -> bool {
        let Some(backup) = &self.backup else { return false };
        self.start(Store::in_memory(backup).unwrap());
        let name = format!("county-{}", self.lineages);
        self.lineages += 1;
        self.wait(self.state.store.begin_new_lineage(&name, Trace::system(self.state.now()))).unwrap();
        true
    }

    /// The server's public keys, as a phone is told them.
    pub fn told(&mut self) -> PhoneKeys {
        let device = DeviceId(Uuid::from_u128(1));
        let mut cookie = None;
        let body = json!({"login": OFFICIALS[0].0, "password": PASSWORD});
        let request = Request {
            method: Method::Post,
            path: "/api/v1/session".to_owned(),
            account: None,
            device: Some(device),
            body: Body::Json(body.to_string()),
        };
        let reply = self.answer(&request, &mut cookie).unwrap();
        let session: case_core::wire::session::Session = serde_json::from_str(&reply.body).unwrap();
        PhoneKeys { store_key: Bytes::default(), device_token: Bytes::default(), ..session.phone.unwrap() }
    }
}
