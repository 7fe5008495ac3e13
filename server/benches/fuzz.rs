//! A million random, malformed and hostile requests at everything that answers without a sign-in (`HUIYIN_FUZZ` for
//! another number, `HUIYIN_FUZZ_SEED` for other dice). Prints the answers by kind and how long they took, and ends with
//! 1 when one was a 5xx or told what it must not.
#![allow(
    missing_docs,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout,
    clippy::cast_possible_truncation,
    clippy::indexing_slicing,
    reason = "a benchmark"
)]

#[path = "../tests/it/fuzz.rs"]
mod fuzz;
#[path = "../tests/it/support.rs"]
#[allow(dead_code, reason = "shared with the tests")]
mod support;

use std::process::ExitCode;
use std::sync::Arc;
use std::time::{Duration, Instant};

/// No request takes longer, on a busy machine with two cores: sign-ins hash a password, misses wait on purpose.
const SLOWEST: Duration = Duration::from_secs(5);

fn number(name: &str, otherwise: u64) -> u64 {
    std::env::var(name).ok().and_then(|n| n.parse().ok()).unwrap_or(otherwise)
}

#[tokio::main]
async fn main() -> ExitCode {
    let (count, seed) = (number("HUIYIN_FUZZ", 1_000_000), number("HUIYIN_FUZZ_SEED", 1));
    let target = Arc::new(fuzz::Target::open().await);
    let begun = Instant::now();
    let mut report = fuzz::run(target, count, seed).await;
    report.took.sort();
    let at = |share: f64| report.took[((report.took.len() - 1) as f64 * share) as usize];
    let slow = report.took.iter().filter(|took| **took > Duration::from_secs(1)).count();
    println!("{} requests in {:.0} s, seed {seed}", report.sent, begun.elapsed().as_secs_f64());
    for (class, count) in report.by_class.iter().enumerate().filter(|(_, count)| **count > 0) {
        println!(
            "{count:>10}  {}",
            if class == 0 { "closed without an answer".to_owned() } else { format!("{class}xx") }
        );
    }
    println!(
        "{:>10.1} ms half, {:.1} ms 99 of 100, {:.1} ms the slowest; {slow} took over a second",
        ms(at(0.5)),
        ms(at(0.99)),
        ms(at(1.0))
    );
    println!("{:>10}  faults (5xx, leaks)", report.faults.len());
    for fault in report.faults.iter().take(20) {
        println!("{fault}");
    }
    // No answer is slow, whatever is asked: a request that can be made to take long stops a small server.
    let quick = report.took.last().is_none_or(|slowest| *slowest <= SLOWEST);
    if !quick {
        println!("too slow: the bar is {:.0} ms for each request", ms(SLOWEST));
    }
    if report.faults.is_empty() && quick { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

fn ms(took: Duration) -> f64 {
    took.as_secs_f64() * 1000.0
}
