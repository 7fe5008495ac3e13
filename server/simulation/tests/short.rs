//! The short form, for every run of the tests: as many seeds as fit into the time, at least a few.
#![allow(clippy::print_stdout, reason = "the counts are what the run proves")]

use std::time::{Duration, Instant};

use huiyin_sim::{Tally, report, run};

/// Seeds that are always run.
const LEAST: u64 = 10;
/// After so long no further seed is begun.
const TIME: Duration = Duration::from_secs(40);

#[test]
fn nothing_is_lost_doubled_or_claimed_too_early() {
    let begun = Instant::now();
    let mut total = Tally::default();
    let mut seeds = 0;
    while seeds < LEAST || begun.elapsed() < TIME {
        match std::panic::catch_unwind(|| run(seeds, false)) {
            Ok(tally) => total.add(&tally),
            Err(cause) => {
                println!("replay with: make sim SEED={seeds}");
                std::panic::resume_unwind(cause);
            }
        }
        seeds += 1;
    }
    println!("{}\nlost 0, doubled 0", report(&total, seeds, begun.elapsed()));
}

#[test]
fn a_seed_always_comes_out_the_same() {
    assert_eq!(run(7, false), run(7, false));
}
