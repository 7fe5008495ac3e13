//! `make sim`: runs seeds and prints the counts; replays one with everything that happens.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::print_stdout, reason = "a test program")]

use std::time::Instant;

use huiyin_sim::{Tally, run};

fn number(name: &str) -> Option<u64> {
    std::env::var(name).ok()?.parse().ok()
}

fn main() {
    let (seeds, told) = match number("SEED") {
        Some(seed) => (seed..seed + 1, number("QUIET").is_none()),
        None => {
            let first = number("FIRST").unwrap_or(0);
            (first..first + number("SEEDS").unwrap_or(200), false)
        }
    };
    let begun = Instant::now();
    let mut total = Tally::default();
    let mut failed = Vec::new();
    let count = seeds.end - seeds.start;
    for seed in seeds {
        match std::panic::catch_unwind(|| run(seed, told)) {
            Ok(tally) => total.add(&tally),
            Err(_) => {
                println!("seed {seed} failed; replay with: make sim SEED={seed}");
                failed.push(seed);
            }
        }
    }
    println!("{}", huiyin_sim::report(&total, count, begun.elapsed()));
    if failed.is_empty() {
        println!("lost 0, doubled 0");
    } else {
        println!("failed seeds: {failed:?}");
        std::process::exit(1);
    }
}
