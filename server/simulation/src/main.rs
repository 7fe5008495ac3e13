//! `make sim`: runs seeds and prints the counts; replays one with everything that happens.
#![allow(clippy::print_stdout, reason = "a test program")]

use std::process::ExitCode;

/// A seed is a hundred thousand small allocations a second, all on one thread.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn number(name: &str) -> Option<u64> {
    std::env::var(name).ok()?.parse().ok()
}

fn main() -> ExitCode {
    let (seeds, told) = match number("SEED") {
        Some(seed) => (seed..seed.saturating_add(1), number("QUIET").is_none()),
        None => {
            let first = number("FIRST").unwrap_or(0);
            (first..first.saturating_add(number("SEEDS").unwrap_or(200)), false)
        }
    };
    let threads = number("THREADS").and_then(|n| usize::try_from(n).ok());
    let ran = huiyin_sim::run_all(seeds, told, threads);
    println!("{}", ran.report());
    if ran.failed.is_empty() && ran.never().is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}
