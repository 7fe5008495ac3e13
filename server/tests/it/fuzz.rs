//! Random, malformed and hostile requests at everything that answers without a sign-in: no 5xx, no leak.
//!
//! The routes come from the table of rights and the names of the fields from our own pages, so that what is added
//! is attacked too. All is drawn from one seed (`HUIYIN_FUZZ_SEED`). `make test` sends a few thousand requests;
//! `.make/bench.sh fuzz` a million, and prints how long answers took.
//!
//! A *leak* is: a petitioner's telephone, name, address or the id of a matter that the request did not bring itself;
//! markup that a request brought and that comes back as markup; words of the inside (a panic, SQL, a path of the source).

use std::collections::BTreeSet;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::sync::Arc;
use std::time::{Duration, Instant};

use axum::body::Body;
use axum::extract::ConnectInfo;
use axum::http::{HeaderName, HeaderValue, Method, Request, StatusCode, Uri, header};
use case_core::matter::Stage;
use case_core::wire::desk::PrintedReceipt;
use huiyin::permissions::{Door, RULES};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use uuid::Uuid;

use crate::support::*;

/// Comes back as this only where something was not escaped.
const MARKUP: &str = "<hy-mark onload=x>";
/// Never in an answer: `panicked`, SQL, our source.
const INSIDE: [&str; 7] = ["panicked", "SELECT ", "INSERT INTO", "sqlx", "server/src", ".rs:", "RUST_"];
/// So many addresses send: some are closed for their failures, some are not.
const ADDRESSES: u32 = 2_000;
const AT_ONCE: u64 = 64;

/// What came of a run.
#[derive(Debug, Default)]
pub struct Report {
    pub sent: u64,
    /// By hundreds of the status: `[_, 1xx, 2xx, …]`; `[0]`: the line was closed without an answer.
    pub by_class: [u64; 6],
    /// How long each answer took.
    pub took: Vec<Duration>,
    /// Seed of the request and what was wrong.
    pub faults: Vec<String>,
}

impl Report {
    fn add(&mut self, other: Self) {
        self.sent += other.sent;
        for (all, one) in self.by_class.iter_mut().zip(other.by_class) {
            *all += one;
        }
        self.took.extend(other.took);
        self.faults.extend(other.faults);
    }
}

/// SplitMix64: small, and the same everywhere.
struct Dice(u64);

impl Dice {
    fn roll(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    fn below(&mut self, most: usize) -> usize {
        (self.roll() % most.max(1) as u64) as usize
    }

    fn one_in(&mut self, n: u64) -> bool {
        self.roll().is_multiple_of(n)
    }

    fn of<'a, T>(&mut self, all: &'a [T]) -> &'a T {
        &all[self.below(all.len())]
    }
}

/// What an attacker knows, and what must not come out.
pub struct Target {
    county: County,
    raw: SocketAddr,
    fields: Vec<String>,
    /// Codes that are right, with the answer that belongs to each.
    slips: Vec<(String, String)>,
    secrets: Vec<String>,
}

impl Target {
    /// The demo county, some of whose petitioners attack the others.
    pub async fn open() -> Self {
        let county = County::open().await;
        let registrar = county.sign_in("dengji").await;
        let (mut slips, mut secrets) = (Vec::new(), Vec::new());
        for stage in Stage::ALL {
            for matter in county.state.store.matters_in(stage, None, 10).await.unwrap() {
                let petitioner = &matter.registration.petitioner;
                secrets.push(matter.id.to_string());
                secrets.extend(petitioner.phone.iter().map(|phone| phone.as_str().to_owned()));
                secrets.extend(petitioner.address.iter().map(|address| address.as_str().to_owned()));
                if petitioner.name.as_str().chars().count() > 2 {
                    secrets.push(petitioner.name.as_str().to_owned());
                }
                if slips.len() < 6 {
                    let reply = registrar.reprint(matter.id).await;
                    if reply.status.is_success() {
                        let receipt: PrintedReceipt = reply.read();
                        let phone = petitioner.phone.as_ref().map(|phone| phone.as_str()[7..].to_owned());
                        let proof = phone.unwrap_or_else(|| petitioner.name.as_str().to_owned());
                        slips.push((receipt.query_code, proof));
                    }
                }
            }
        }
        assert!(slips.len() > 2 && secrets.len() > 20, "the demo has matters");
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let raw = listener.local_addr().unwrap();
        let service = county.router.clone().into_make_service_with_connect_info::<SocketAddr>();
        tokio::spawn(async move { axum::serve(listener, service).await.unwrap() });
        let mut fields: BTreeSet<String> = ["code", "proof", "id", "words", "type", "page"].map(str::to_owned).into();
        let nobody = county.anonymous();
        let mut pages = Vec::new();
        for rule in RULES.iter().filter(|rule| rule.door == Door::Open && rule.method == "GET") {
            pages.push(nobody.get(rule.path).await.text());
        }
        let form = "application/x-www-form-urlencoded";
        for (code, proof) in &slips {
            let body = format!("code={}&proof={}", urlencode(code), urlencode(proof)).into_bytes();
            let answer = nobody.raw(Method::POST, "/c", form, body.clone()).await.text();
            for link in attributes(&answer, "action=\"") {
                pages.push(nobody.raw(Method::POST, &link, form, body.clone()).await.text());
            }
            pages.push(answer);
        }
        for page in &pages {
            fields.extend(attributes(page, "name=\""));
        }
        Self { county, raw, fields: fields.into_iter().collect(), slips, secrets }
    }
}

/// The values of an attribute on a page.
fn attributes(page: &str, name: &str) -> Vec<String> {
    page.split(name).skip(1).filter_map(|rest| rest.split('"').next()).map(str::to_owned).collect()
}

/// Sends `count` requests drawn from `seed`.
pub async fn run(target: Arc<Target>, count: u64, seed: u64) -> Report {
    let senders: Vec<_> = (0..AT_ONCE)
        .map(|sender| {
            let target = Arc::clone(&target);
            tokio::spawn(async move {
                let mut report = Report::default();
                for n in (sender..count).step_by(AT_ONCE as usize) {
                    report.add(send(&target, seed.wrapping_add(n)).await);
                }
                report
            })
        })
        .collect();
    let mut report = Report::default();
    for sender in senders {
        report.add(sender.await.unwrap());
    }
    report
}

/// One request and its judgement.
async fn send(target: &Target, seed: u64) -> Report {
    let mut dice = Dice(seed);
    let begun = Instant::now();
    let (brought, status, answer) = if dice.one_in(40) {
        let bytes = raw_request(target, &mut dice);
        let (status, answer) = over_the_wire(target.raw, &bytes).await;
        (bytes, status, answer)
    } else {
        let (request, brought) = request(target, &mut dice);
        let reply = target.county.anonymous().send(request).await;
        let headers: String = reply
            .headers
            .iter()
            .map(|(name, value)| format!("{name}: {}\n", String::from_utf8_lossy(value.as_bytes())))
            .collect();
        (brought.into_bytes(), Some(reply.status), headers + &reply.text())
    };
    let took = begun.elapsed();
    let mut report = Report { sent: 1, took: vec![took], ..Report::default() };
    report.by_class[status.map_or(0, |status| usize::from(status.as_u16() / 100).min(5))] += 1;
    let brought = String::from_utf8_lossy(&brought);
    let faults = judge(&target.secrets, &brought, status, &answer);
    report.faults.extend(faults.into_iter().map(|fault| format!("{seed}: {fault}")));
    report
}

/// What is wrong with an answer to a request that brought these words.
fn judge(secrets: &[String], brought: &str, status: Option<StatusCode>, answer: &str) -> Vec<String> {
    let mut faults = Vec::new();
    faults.extend(status.filter(StatusCode::is_server_error).map(|status| status.to_string()));
    let leaked = secrets.iter().filter(|secret| answer.contains(secret.as_str()) && !brought.contains(secret.as_str()));
    faults.extend(leaked.map(|secret| format!("leaks {secret}")));
    let inside = INSIDE.into_iter().chain([MARKUP]).filter(|word| answer.contains(word));
    faults.extend(inside.map(|word| format!("says {word}")));
    faults
}

/// A text of some kind, as nobody would type it.
fn value(target: &Target, dice: &mut Dice) -> String {
    match dice.below(20) {
        0 => String::new(),
        1 => MARKUP.to_owned(),
        2 => format!("\"'></textarea></script>{MARKUP}"),
        3 => "' OR 1=1; DROP TABLE matter; --".to_owned(),
        4 => "../../../../etc/passwd\0".to_owned(),
        5 => "%00%ff%c0%ae${jndi:ldap://x}{{7*7}}".to_owned(),
        6 => "深".repeat(dice.below(9_000)),
        7 => "\u{202e}\u{0}\u{feff}\u{1f469}\u{200d}\u{1f4bb}\r\nset-cookie: a=b".to_owned(),
        8 => Uuid::from_u128(u128::from(dice.roll()) << 64 | u128::from(dice.roll())).to_string(),
        9 => format!("-{}", dice.roll()),
        10 => "1e308".to_owned(),
        11 => dice.of(&target.slips).0.clone(),
        12 => dice.of(&target.slips).1.clone(),
        13 => format!("{:012}", dice.roll() % 1_000_000_000_000),
        14 => format!("{:04}", dice.roll() % 10_000),
        15 => "2026-02-30".to_owned(),
        16 => "on".to_owned(),
        17 => "１２３４５６７８９０１２".to_owned(),
        18 => String::from_utf8_lossy(&noise(dice, 60)).into_owned(),
        _ => "村口的路灯坏了三个月，晚上老人不敢出门".to_owned(),
    }
}

fn noise(dice: &mut Dice, most: usize) -> Vec<u8> {
    (0..dice.below(most)).map(|_| dice.roll() as u8).collect()
}

/// A path that is registered, with something in its gaps, or another.
fn path(target: &Target, dice: &mut Dice) -> (Method, String) {
    let open: Vec<_> = RULES.iter().filter(|rule| rule.door == Door::Open).collect();
    let rule = dice.of(&open);
    let methods =
        [Method::GET, Method::POST, Method::HEAD, Method::PUT, Method::DELETE, Method::OPTIONS, Method::TRACE];
    let method = if dice.one_in(8) { dice.of(&methods).clone() } else { rule.method.parse().unwrap() };
    let words = ["rate", "visit", "unsolved", "review", "material", "withdraw", "complain", "x"];
    let filled: Vec<String> = rule
        .path
        .split('/')
        .map(|part| match part.starts_with('{') {
            true if dice.one_in(2) => (*dice.of(&words)).to_owned(),
            true => encode(&value(target, dice), dice),
            false => part.to_owned(),
        })
        .collect();
    let mut path = filled.join("/");
    match dice.below(12) {
        0 => path += "/",
        1 => path = format!("/{}", encode(&value(target, dice), dice)),
        2 => path += &format!("?{}", fields(target, dice)),
        3 => path += &format!("?type=large&page={}", encode(&value(target, dice), dice)),
        _ => {}
    }
    (method, path)
}

/// Percent-encoded; now and then in a way that is none.
fn encode(text: &str, dice: &mut Dice) -> String {
    let text = text.get(..text.len().min(3_000)).unwrap_or("x");
    match dice.below(10) {
        0 => text.chars().filter(char::is_ascii_alphanumeric).collect::<String>() + "%",
        1 => text.chars().filter(char::is_ascii_alphanumeric).collect::<String>() + "%ZZ+%FF",
        _ => urlencode(text),
    }
}

/// `a=b&c=d`, from the names of our forms.
fn fields(target: &Target, dice: &mut Dice) -> String {
    let mut all = Vec::new();
    if dice.one_in(2) {
        let (code, proof) = dice.of(&target.slips);
        let proof = if dice.one_in(3) { "0000" } else { proof };
        all.push(format!("code={}&proof={}", urlencode(code), urlencode(proof)));
    }
    for _ in 0..dice.below(8) {
        let name = if dice.one_in(10) { value(target, dice) } else { dice.of(&target.fields).clone() };
        let value = value(target, dice);
        let value = if dice.one_in(6) { encode(&value, dice) } else { urlencode(&value) };
        all.push(format!("{}={value}", urlencode(&name)));
    }
    all.join("&")
}

/// A body and its kind.
fn body(target: &Target, dice: &mut Dice) -> (&'static str, Vec<u8>) {
    match dice.below(10) {
        0 => ("application/json", noise(dice, 300)),
        1 => (
            "application/json",
            format!("{{\"login\":{:?},\"password\":{:?}}}", value(target, dice), value(target, dice)).into_bytes(),
        ),
        2 => ("multipart/form-data; boundary=b", parts(target, dice)),
        3 => ("multipart/form-data", parts(target, dice)),
        4 => ("text/plain\u{1}", noise(dice, 3_000)),
        5 => ("application/x-www-form-urlencoded", noise(dice, 9_000)),
        6 if dice.one_in(20) => ("application/x-www-form-urlencoded", vec![b'a'; 3 << 20]),
        _ => ("application/x-www-form-urlencoded", fields(target, dice).into_bytes()),
    }
}

/// Parts of a form with files, whole or broken off.
fn parts(target: &Target, dice: &mut Dice) -> Vec<u8> {
    let mut body = Vec::new();
    for _ in 0..dice.below(6) {
        let name = dice.of(&target.fields).clone();
        let file = if dice.one_in(2) { "; filename=\"../a.jpg\"" } else { "" };
        body.extend(format!("--b\r\ncontent-disposition: form-data; name=\"{name}\"{file}\r\n\r\n").into_bytes());
        let heads: [&[u8]; 4] = [b"\xFF\xD8\xFF\xE0", b"\x89PNG\r\n\x1a\n", b"%PDF-1.4", b"<svg onload=x>"];
        if file.is_empty() {
            body.extend(value(target, dice).into_bytes());
        } else {
            body.extend(*dice.of(&heads));
            body.extend(noise(dice, 400));
        }
        body.extend(b"\r\n");
    }
    if !dice.one_in(4) {
        body.extend(b"--b--\r\n");
    }
    body
}

fn address(dice: &mut Dice) -> SocketAddr {
    let n = (dice.roll() % u64::from(ADDRESSES)) as u32;
    SocketAddr::new(IpAddr::V4(Ipv4Addr::from(0x0A00_0000 + n)), 999)
}

/// A request for the router, and all that it brings, as text.
fn request(target: &Target, dice: &mut Dice) -> (Request<Body>, String) {
    let (method, path) = path(target, dice);
    let uri: Uri = path.parse().unwrap_or_else(|_| "/c".parse().unwrap());
    let (kind, body) = if method == Method::GET { ("text/plain", Vec::new()) } else { body(target, dice) };
    let decoded = percent_decoded(&body);
    let brought = format!("{path} {} {} {decoded}", percent_decoded(path.as_bytes()), String::from_utf8_lossy(&body));
    let mut request = Request::new(Body::from(body));
    *request.method_mut() = method;
    *request.uri_mut() = uri;
    request.extensions_mut().insert(ConnectInfo(address(dice)));
    let headers = request.headers_mut();
    if let Ok(kind) = HeaderValue::from_bytes(kind.as_bytes()) {
        headers.insert(header::CONTENT_TYPE, kind);
    }
    let names = [
        header::COOKIE,
        header::ACCEPT_ENCODING,
        header::ORIGIN,
        header::HOST,
        header::RANGE,
        header::IF_NONE_MATCH,
        header::CONTENT_ENCODING,
        header::ACCEPT,
        header::EXPECT,
        header::AUTHORIZATION,
    ];
    let extra = [
        HeaderName::from_static("x-forwarded-for"),
        HeaderName::from_static("x-huiyin"),
        HeaderName::from_static("sec-fetch-site"),
    ];
    for _ in 0..dice.below(4) {
        let name = if dice.one_in(3) { dice.of(&extra) } else { dice.of(&names) }.clone();
        let known = [
            "gzip, br",
            "gzip;q=nonsense",
            "*",
            "bytes=0-1,5-",
            "type=large; session=abc",
            "null",
            "cross-site",
            "100-continue",
            "identity;q=0",
        ];
        let said = if dice.one_in(3) { noise(dice, 80) } else { dice.of(&known).as_bytes().to_vec() };
        // Packed answers are not read here: what leaks shows in the plain ones.
        if name == header::ACCEPT_ENCODING {
            continue;
        }
        if let Ok(value) = HeaderValue::from_bytes(&said) {
            headers.append(name, value);
        }
    }
    (request, brought)
}

fn percent_decoded(bytes: &[u8]) -> String {
    let mut out = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while let Some(byte) = bytes.get(at) {
        let hex = bytes.get(at + 1..at + 3).and_then(|two| std::str::from_utf8(two).ok());
        match (byte, hex.and_then(|hex| u8::from_str_radix(hex, 16).ok())) {
            (b'%', Some(decoded)) => {
                out.push(decoded);
                at += 3;
            }
            _ => {
                out.push(*byte);
                at += 1;
            }
        }
    }
    String::from_utf8_lossy(&out).into_owned()
}

/// Bytes that may be no HTTP at all.
fn raw_request(target: &Target, dice: &mut Dice) -> Vec<u8> {
    let (method, path) = path(target, dice);
    let form = fields(target, dice);
    let kind = "host: x\r\ncontent-type: application/x-www-form-urlencoded";
    match dice.below(9) {
        0 => noise(dice, 2_000),
        1 => format!("{method} {path} HTTP/9.9\r\n\r\n").into_bytes(),
        2 => format!("{method} {path} HTTP/1.1\r\nhost: x\r\nhost: y\r\n\r\n").into_bytes(),
        3 => format!("POST {path} HTTP/1.1\r\n{kind}\r\ncontent-length: 999999\r\n\r\n{form}").into_bytes(),
        4 => format!("POST {path} HTTP/1.1\r\n{kind}\r\ncontent-length: -1\r\n\r\n{form}").into_bytes(),
        5 => format!(
            "POST {path} HTTP/1.1\r\n{kind}\r\ncontent-length: 5\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\nGET /healthz HTTP/1.1\r\n\r\n"
        )
        .into_bytes(),
        6 => format!("POST {path} HTTP/1.1\r\n{kind}\r\ntransfer-encoding: chunked\r\n\r\nZZ\r\n{form}").into_bytes(),
        7 => format!("GET {path} HTTP/1.1\r\nhost: x\r\n{}\r\n\r\n", "a: b\r\n".repeat(dice.below(400))).into_bytes(),
        _ => [format!("{method} /{} HTTP/1.1\r\nx: ", "a".repeat(dice.below(70_000))).into_bytes(), noise(dice, 500), b"\r\n\r\n".to_vec()].concat(),
    }
}

/// The first line's status, and all that came back until the line was closed or still.
async fn over_the_wire(to: SocketAddr, bytes: &[u8]) -> (Option<StatusCode>, String) {
    let mut stream = tokio::net::TcpStream::connect(to).await.unwrap();
    // It may hang up in the middle: that is an answer too.
    let _ = stream.write_all(bytes).await;
    let _ = stream.shutdown().await;
    let mut answer = Vec::new();
    let all = stream.read_to_end(&mut answer);
    let _ = tokio::time::timeout(Duration::from_secs(20), all).await;
    let text = String::from_utf8_lossy(&answer).into_owned();
    let status = text.split(' ').nth(1).and_then(|code| code.parse::<u16>().ok());
    (status.and_then(|code| StatusCode::from_u16(code).ok()), text)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn hostile_requests_get_no_5xx_and_no_secrets() {
    let target = Arc::new(Target::open().await);
    let before = target.county.state.store.ping().await;
    assert!(before.is_ok());
    let report = run(Arc::clone(&target), 3_000, 20_261_123).await;
    assert_eq!(report.sent, 3_000);
    assert_eq!(report.faults, Vec::<String>::new());
    // It got through to the pages, and was turned away.
    assert!(report.by_class[2] > 300 && report.by_class[4] > 300, "{:?}", report.by_class);
    let page = target.county.anonymous().get("/c").await;
    assert_eq!(page.status, 200, "it still stands");
}

#[test]
fn the_judge_sees_what_should_not_be_there() {
    let secrets = ["13900001111".to_owned()];
    let judge = |brought: &str, status: u16, answer: &str| {
        judge(&secrets, brought, StatusCode::from_u16(status).ok(), answer).len()
    };
    assert_eq!(judge("", 200, "查办理情况"), 0);
    assert_eq!(judge("", 200, "电话 13900001111"), 1);
    assert_eq!(judge("phone=13900001111", 422, "电话 13900001111"), 0, "it was typed in");
    assert_eq!(judge("", 503, ""), 1);
    assert_eq!(judge(MARKUP, 200, &format!("<p>{MARKUP}")), 1);
    assert_eq!(judge(MARKUP, 200, "<p>&lt;hy-mark onload=x>"), 0);
    assert_eq!(judge("", 500, "thread panicked at server/src/lib.rs:1"), 4);
}
