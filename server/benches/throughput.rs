//! Accepted visits and look-ups per second over real HTTP on this machine, SQLite and PostgreSQL in
//! one run, beside a bare axum "hello" as the measure of the machine. Look-ups are measured among few matters and
//! among many (`HUIYIN_BENCH_MATTERS`, a million): asked for the first time, and again.
//!
//! Each figure is the median of several rounds; the ratios are what to compare between machines.
#![allow(
    missing_docs,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout,
    reason = "a benchmark"
)]

#[path = "../tests/it/support.rs"]
#[allow(dead_code, reason = "shared with the tests")]
mod support;

use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use app::document::Assets;
use axum::Router;
use axum::routing::get;
use case_core::wire::session::Session;
use case_core::wire::sync::{Outcome, PullResponse, PushResponse, WorkItem};
use huiyin::settings::Settings;
use huiyin::use_cases::seed;
use serde_json::json;
use support::*;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use uuid::Uuid;

const PHONES: usize = 8;
const ROUNDS: usize = 5;
const ROUND: Duration = Duration::from_secs(2);
/// What a county has in the first years.
const FEW: usize = 10_000;
/// So many matters are asked for again.
const ASKED: usize = 10_000;

#[tokio::main]
async fn main() {
    let matters: usize = std::env::var("HUIYIN_BENCH_MATTERS").ok().and_then(|n| n.parse().ok()).unwrap_or(1_000_000);
    let hello = Router::new().route("/", get(|| async { "hello" }));
    let hello = serve(hello).await;
    let hello = || async move { requests(hello, &|_| b"GET / HTTP/1.1\r\nhost: x\r\n\r\n".to_vec()).await };

    for database in databases() {
        let county = County::on(database.url.as_deref()).await;
        visits(&county, database.name).await;
        look_ups(&county, database.name, matters, &hello).await;
    }
}

struct Database {
    name: &'static str,
    url: Option<String>,
}

fn databases() -> Vec<Database> {
    let mut all = vec![Database { name: "SQLite", url: None }];
    match std::env::var("HUIYIN_TEST_POSTGRES") {
        Ok(url) => all.push(Database { name: "PostgreSQL", url: Some(url) }),
        Err(_) => println!("PostgreSQL: HUIYIN_TEST_POSTGRES is not set, left out"),
    }
    all
}

async fn serve(router: Router) -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let service = router.into_make_service_with_connect_info::<SocketAddr>();
    tokio::spawn(async move { axum::serve(listener, service).await.unwrap() });
    address
}

/// Eight phones push single visits, each waiting for its receipt.
async fn visits(county: &County, name: &str) {
    let phone = county.sign_in("zhuangan").await;
    let me: Session = phone.get("/api/v1/session").await.read();
    let page: PullResponse = phone.post("/api/v1/sync/pull", &json!({ "protocol": 2 })).await.read();
    let households: Vec<Uuid> = page
        .items
        .iter()
        .filter_map(|item| match item {
            WorkItem::Household(card) => Some(card.id.0),
            WorkItem::Matter(_) => None,
        })
        .collect();
    let rate = median(async || {
        let (count, until) = (Arc::new(AtomicU64::new(0)), Instant::now() + ROUND);
        let tasks: Vec<_> = (0..PHONES)
            .map(|n| {
                let (phone, count, household) = (phone.clone(), count.clone(), households[n % households.len()]);
                let by = me.actor.account;
                tokio::spawn(async move {
                    while Instant::now() < until {
                        let record = visit_record(by, household, json!({}));
                        let reply: PushResponse = phone.post("/api/v1/sync/push", &push_body(&[record])).await.read();
                        assert!(matches!(reply.outcomes[0], Outcome::Stored(_)));
                        count.fetch_add(1, Ordering::Relaxed);
                    }
                })
            })
            .collect();
        for task in tasks {
            task.await.unwrap();
        }
        count.load(Ordering::Relaxed) as f64 / ROUND.as_secs_f64()
    })
    .await;
    println!("{:<44} {rate:>9.0} /s", format!("{name}: visits accepted, 8 phones, durable"));
}

/// Eight petitioners ask for matters by code over HTTP, among `FEW` matters and among many: for the first time (the
/// server keeps no answers: each is asked of the database and drawn), and again, for `ASKED` matters spread over all,
/// as many as people ask for in some days, with the memory that the server has by default. A round of "hello" stands
/// beside each round of theirs, so that what else the machine does falls on both.
async fn look_ups<F: Future<Output = Round>>(county: &County, name: &str, matters: usize, hello: &impl Fn() -> F) {
    let assets = Assets { public_css: sheet(), ..Assets::clone(&county.state.assets) };
    let state = county.state.with(|shared| shared.assets = Arc::new(assets));
    let keeping = |megabytes: u32| {
        let settings = Settings { answers_mb: megabytes, ..Settings::clone(&state.settings) };
        serve(huiyin::build_router(state.with(|shared| shared.settings = Arc::new(settings))))
    };
    let (first, again) = (keeping(0).await, keeping(64).await);
    question(county, name, hello).await;
    let mut codes = Vec::new();
    let mut before: Vec<Figures> = Vec::new();
    for count in [FEW, matters] {
        let begun = Instant::now();
        codes.extend(seed::matters(&county.state, codes.len()..count).await.unwrap());
        println!("{:<60} {:>9.1} s", format!("{name}: {count} matters made"), begun.elapsed().as_secs_f64());
        let every = codes.len() / ASKED;
        let ways = [("first time", "", first, 1), ("first time", PACKED, first, 1), ("again", PACKED, again, every)];
        for (at, (way, accepts, address, step)) in ways.into_iter().enumerate() {
            let next = AtomicU64::new(0);
            let asked = |_: usize| {
                let n = next.fetch_add(7_919, Ordering::Relaxed) as usize % (codes.len() / step) * step;
                let body = format!("code={}&proof=1234", codes[n]);
                format!(
                    "POST /c HTTP/1.1\r\nhost: x\r\norigin: http://x\r\n{accepts}\
                     content-type: application/x-www-form-urlencoded\r\ncontent-length: {}\r\n\r\n{body}",
                    body.len()
                )
                .into_bytes()
            };
            if way == "again" {
                // Each once before it is asked for again.
                asked_once(address, &codes, every, accepts).await;
            }
            let figures = beside(hello, || requests(address, &asked)).await;
            let packed = if accepts.is_empty() { "plain" } else { "packed" };
            print(&format!("{name}: look-ups among {count}, {way}, {packed}"), &figures);
            match before.get(at) {
                None => before.push(figures),
                // The machine may have been busier: what counts is what a look-up costs beside "hello".
                Some(before) => println!(
                    "{:<60} {:>9.2} x",
                    format!("{name}: such a look-up among {count} costs, of one among {FEW}"),
                    before.share / figures.share
                ),
            }
        }
    }
}

/// The petitioners' style as it stands in each page, but for its comments and spaces.
fn sheet() -> String {
    let style = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../style");
    let mut sheet = String::new();
    for line in std::fs::read_to_string(style.join("public.css")).unwrap().lines() {
        match line.strip_prefix("@import \"").and_then(|rest| rest.split('"').next()) {
            Some(file) => sheet += &std::fs::read_to_string(style.join(file)).unwrap(),
            None => sheet += line,
        }
    }
    sheet
}

/// What phones say.
const PACKED: &str = "accept-encoding: gzip\r\n";

/// The smallest question to the database, over the same HTTP: more than this no page can do that asks it once.
async fn question<F: Future<Output = Round>>(county: &County, name: &str, hello: &impl Fn() -> F) {
    let store = county.state.store.clone();
    let ping = move || async move { store.ping().await.map(|()| "hello").unwrap_or("down") };
    let address = serve(Router::new().route("/", get(ping))).await;
    let ask = |_: usize| b"GET / HTTP/1.1\r\nhost: x\r\n\r\n".to_vec();
    print(&format!("{name}: hello with one SELECT 1"), &beside(hello, || requests(address, &ask)).await);
}

async fn asked_once(address: SocketAddr, codes: &[String], every: usize, accepts: &str) {
    let (mut stream, mut buffer) = (TcpStream::connect(address).await.unwrap(), vec![0_u8; 256 * 1024]);
    for code in codes.iter().step_by(every) {
        let body = format!("code={code}&proof=1234");
        let head = format!(
            "POST /c HTTP/1.1\r\nhost: x\r\norigin: http://x\r\n{accepts}\
             content-type: application/x-www-form-urlencoded\r\ncontent-length: {}\r\n\r\n{body}",
            body.len()
        );
        stream.write_all(head.as_bytes()).await.unwrap();
        read_answer(&mut stream, &mut buffer).await;
    }
}

fn print(title: &str, figures: &Figures) {
    println!(
        "{title:<60} {:>9.0} /s  {:.0} % of hello ({:.0} /s), 99 of 100 within {:.1} ms",
        figures.rate, figures.share, figures.hello, figures.p99
    );
}

/// What a round came to.
struct Round {
    /// A second.
    rate: f64,
    /// 99 of 100 were answered within, ms.
    p99: f64,
}

/// Medians.
struct Figures {
    rate: f64,
    hello: f64,
    /// Of "hello", in percent, round by round.
    share: f64,
    p99: f64,
}

async fn beside<F: Future<Output = Round>, G: Future<Output = Round>>(
    hello: &impl Fn() -> F,
    ours: impl Fn() -> G,
) -> Figures {
    ours().await;
    let mut rounds = Vec::new();
    for _ in 0..ROUNDS {
        let hello = hello().await;
        let ours = ours().await;
        rounds.push((ours.rate, hello.rate, 100.0 * ours.rate / hello.rate, ours.p99));
    }
    let middle = |of: fn(&(f64, f64, f64, f64)) -> f64| {
        let mut all: Vec<f64> = rounds.iter().map(of).collect();
        all.sort_by(f64::total_cmp);
        all[ROUNDS / 2]
    };
    Figures { rate: middle(|r| r.0), hello: middle(|r| r.1), share: middle(|r| r.2), p99: middle(|r| r.3) }
}

async fn median(mut round: impl AsyncFnMut() -> f64) -> f64 {
    round().await;
    let mut all = Vec::new();
    for _ in 0..ROUNDS {
        all.push(round().await);
    }
    all.sort_by(f64::total_cmp);
    all[ROUNDS / 2]
}

/// Requests over eight kept connections for one round; how many a second were answered with 200.
async fn requests(address: SocketAddr, make: &(dyn Fn(usize) -> Vec<u8> + Sync)) -> Round {
    let until = Instant::now() + ROUND;
    let one = |n: usize| async move {
        let mut stream = TcpStream::connect(address).await.unwrap();
        stream.set_nodelay(true).unwrap();
        let (mut took, mut buffer) = (Vec::new(), vec![0_u8; 256 * 1024]);
        while Instant::now() < until {
            let asked = Instant::now();
            stream.write_all(&make(n)).await.unwrap();
            read_answer(&mut stream, &mut buffer).await;
            took.push(asked.elapsed());
        }
        took
    };
    let mut took = futures_join((0..PHONES).map(one)).await;
    took.sort();
    let p99 = took[(took.len() - 1) * 99 / 100].as_secs_f64() * 1000.0;
    Round { rate: took.len() as f64 / ROUND.as_secs_f64(), p99 }
}

async fn futures_join<F: Future<Output = Vec<Duration>>>(all: impl Iterator<Item = F>) -> Vec<Duration> {
    let mut pinned: Vec<_> = all.map(|f| Some(Box::pin(f))).collect();
    let mut sum = Vec::new();
    std::future::poll_fn(|cx| {
        let mut waiting = false;
        for slot in &mut pinned {
            if let Some(future) = slot {
                match future.as_mut().poll(cx) {
                    std::task::Poll::Ready(n) => {
                        sum.extend(n);
                        *slot = None;
                    }
                    std::task::Poll::Pending => waiting = true,
                }
            }
        }
        if waiting { std::task::Poll::Pending } else { std::task::Poll::Ready(()) }
    })
    .await;
    sum
}

/// Reads one answer, and insists on 200.
async fn read_answer(stream: &mut TcpStream, buffer: &mut [u8]) {
    let mut filled = 0;
    loop {
        let n = stream.read(&mut buffer[filled..]).await.unwrap();
        assert!(n > 0, "the server hung up");
        filled += n;
        let Some(end) = buffer[..filled].windows(4).position(|w| w == b"\r\n\r\n") else { continue };
        let head = std::str::from_utf8(&buffer[..end]).unwrap().to_ascii_lowercase();
        assert!(head.starts_with("http/1.1 200"), "{head}");
        let length = head.lines().find_map(|line| line.strip_prefix("content-length:"));
        // What is packed on the way comes in pieces; nothing follows the last one.
        let whole = match length.and_then(|n| n.trim().parse::<usize>().ok()) {
            Some(length) => filled >= end + 4 + length,
            None => buffer[..filled].ends_with(b"\r\n0\r\n\r\n"),
        };
        if whole {
            return;
        }
    }
}
