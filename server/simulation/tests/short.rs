//! The short form, for every run of the tests.
#![allow(clippy::print_stdout, reason = "the counts are what the run proves")]

use huiyin_sim::{run, run_all};

/// Seeds that are always run; `make sim SEEDS=n` runs as many as there is time for.
const SEEDS: u64 = 6;

#[test]
fn nothing_is_lost_doubled_or_claimed_too_early() {
    let ran = run_all(0..SEEDS, false, None);
    println!("{}", ran.report());
    assert_eq!(ran.failed, Vec::<u64>::new());
}

#[test]
fn a_seed_always_comes_out_the_same() {
    assert_eq!(run(7, false), run(7, false));
}
