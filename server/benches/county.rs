//! Five years of a county on SQLite: how long it loads, how large it is, how quickly each list of the desk
//! answers over the real router, and how long a look through everything takes.
//!
//! The bar is 100 ms for each list; what is over it is marked, and then the whole ends with 1. `HUIYIN_BENCH_COUNTY=n` makes so many matters,
//! `HUIYIN_BENCH_SEED=n` another county.
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

use std::process::ExitCode;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use case_core::wire::desk::MatterList;
use huiyin::use_cases::seed::county::{self, Made, Size};
use huiyin::use_cases::verify;
use serde_json::json;
use support::*;

const ROUNDS: usize = 61;
const BAR: Duration = Duration::from_millis(100);

/// Something was over the bar.
static OVER: AtomicBool = AtomicBool::new(false);

#[tokio::main]
async fn main() -> ExitCode {
    let county = County::on(None).await;
    let size = Size::of_a_county(number("HUIYIN_BENCH_SEED").unwrap_or(1));
    let matters = number("HUIYIN_BENCH_COUNTY").and_then(|n| usize::try_from(n).ok()).unwrap_or(size.matters);
    let begun = Instant::now();
    let made = county::make(&county.state, Size { matters, ..size }).await.unwrap();
    let took = begun.elapsed().as_secs_f64();
    let (count, commands, records) = (made.matters.len(), made.commands, made.records);
    line(
        "five years of a county loaded",
        &format!("{took:.1} s   {count} matters, {commands} commands, {records} visits"),
    );
    line("the database", &format!("{:.0} MB", megabytes(&county)));
    desks(&county, &made).await;
    audit(&county).await;
    if OVER.load(Ordering::Relaxed) { ExitCode::FAILURE } else { ExitCode::SUCCESS }
}

fn number(variable: &str) -> Option<u64> {
    std::env::var(variable).ok().and_then(|n| n.parse().ok())
}

fn line(what: &str, figure: &str) {
    println!("{what:<52} {figure}");
}

fn megabytes(county: &County) -> f64 {
    let file = county.state.settings.database_url.trim_start_matches("sqlite:").to_owned();
    let size = |end: &str| std::fs::metadata(format!("{file}{end}")).map_or(0, |meta| meta.len());
    (size("") + size("-wal")) as f64 / 1e6
}

async fn sign_in(county: &County, role: &str) -> Client {
    let mut client = county.anonymous();
    let password = county::password(&county.state);
    let reply = client.post("/api/v1/session", &json!({ "login": county::login(role), "password": password })).await;
    let cookie = reply.headers["set-cookie"].to_str().unwrap();
    client.cookie = Some(cookie.split(';').next().unwrap().to_owned());
    client
}

/// Median and the 95th of a hundred.
async fn measure(what: &str, rows: &str, mut ask: impl AsyncFnMut(usize)) {
    for n in 0..3 {
        ask(n).await;
    }
    let mut times = Vec::with_capacity(ROUNDS);
    for n in 0..ROUNDS {
        let begun = Instant::now();
        ask(n).await;
        times.push(begun.elapsed());
    }
    times.sort();
    let (median, p95) = (times[ROUNDS / 2], times[ROUNDS * 95 / 100]);
    OVER.fetch_or(median > BAR, Ordering::Relaxed);
    let mark = if median > BAR { "  OVER THE BAR" } else { "" };
    let ms = |time: Duration| time.as_secs_f64() * 1e3;
    line(what, &format!("{:>7.2} ms   p95 {:>7.2} ms   {rows}{mark}", ms(median), ms(p95)));
}

async fn desks(county: &County, made: &Made) {
    let (id, _) = &made.matters[made.matters.len() / 2];
    let sought = county.state.store.matter(*id).await.unwrap().unwrap();
    let name = urlencode(sought.registration.petitioner.name.as_str());
    let number = sought.number.as_str();
    let lists: [(&str, &str, String); 15] = [
        ("registrar: all", "dengji", String::new()),
        ("registrar: page 21", "dengji", "page=20".to_owned()),
        ("registrar: registered, to be sent on", "dengji", "stage=registered".to_owned()),
        ("registrar: overdue", "dengji", "filter=overdue".to_owned()),
        ("handler: the unit's", "chengban0", String::new()),
        ("handler: at work", "chengban0", "stage=handling,returned".to_owned()),
        ("unit head: the unit's", "fuzeren0", String::new()),
        ("unit head: to decide", "fuzeren0", "filter=proposed".to_owned()),
        ("supervisor: to review", "shenhe", "stage=closure_submitted".to_owned()),
        ("supervisor: closed", "shenhe", "stage=closed".to_owned()),
        ("supervisor: said unsolved", "shenhe", "filter=unsolved".to_owned()),
        ("supervisor: returned twice", "shenhe", "filter=returned_twice".to_owned()),
        ("reviewer: brought before it", "fucha", String::new()),
        ("town's official: the area's", "zhuangan0", String::new()),
        ("search by name", "dengji", format!("q={name}")),
    ];
    for (what, role, query) in lists {
        ask_list(county, what, role, &query).await;
    }
    ask_list(county, "search by number", "dengji", &format!("q={number}")).await;
    ask_list(county, "search that finds nothing", "dengji", &format!("q={}", urlencode("没有这样的事"))).await;

    let desk = sign_in(county, "dengji").await;
    measure("file of one matter", "", async |n| {
        let (id, _) = &made.matters[(n * 97) % made.matters.len()];
        desk.file(*id).await;
    })
    .await;
    // From a petitioner's phone. Each has the last four digits of another number.
    let mut asked = Vec::new();
    for n in 0..ROUNDS {
        let (id, code) = &made.matters[(n * 89) % made.matters.len()];
        let matter = county.state.store.matter(*id).await.unwrap().unwrap();
        asked.push((code.clone(), matter.registration.petitioner.phone_tail().unwrap()));
    }
    let anonymous = county.anonymous();
    measure("look-up by code", "", async |n| {
        let (code, tail) = &asked[n];
        assert_eq!(anonymous.look_up(code, tail).await.status, 200);
    })
    .await;
}

async fn ask_list(county: &County, what: &str, role: &str, query: &str) {
    let client = sign_in(county, role).await;
    let path = format!("/api/v1/matters?{query}");
    let list: MatterList = client.get(&path).await.read();
    measure(what, &format!("{} of {}", list.rows.len(), list.total), async |_| {
        assert_eq!(client.get(&path).await.status, 200);
    })
    .await;
}

async fn audit(county: &County) {
    let begun = Instant::now();
    let file = county.state.settings.anchors_file();
    let done = verify::run(&county.state.store, &file, Vec::new(), &mut |_| {}).await.unwrap();
    let looked = format!(
        "{:.1} s   {} audit entries, {} journal entries of {} matters, {} receipts: {} faults",
        begun.elapsed().as_secs_f64(),
        done.audit,
        done.entries,
        done.matters,
        done.receipts,
        done.faults
    );
    line("huiyin audit verify", &looked);
    assert_eq!(done.faults, 0);
}
