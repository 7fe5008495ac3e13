//! Deterministic simulation: whole phones (screens' API, engine, store) over a made-up server,
//! network, clock and power switch, everything ruled by one seed. Phones are switched off at any
//! await; requests and replies are lost, doubled, delayed past their time limit, cut short, or
//! answered by somebody else's page; disks are full; clocks jump; sessions end; officials share
//! phones. After each move the invariants of [`checks`] must hold; when the faults stop, everything
//! must arrive.
//!
//! `SIM_SEED=n` replays one seed, `SIM_SEEDS=n` runs so many.

mod checks;
mod power;
mod random;
mod server;
mod user;
mod world;

use std::future::Future;
use std::pin::pin;
use std::task::{Context, Poll, Waker};

use world::{Tally, World};

/// Runs a future that never waits for anything but itself.
pub fn block_on<F: Future>(future: F) -> F::Output {
    let mut future = pin!(future);
    let mut cx = Context::from_waker(Waker::noop());
    loop {
        if let Poll::Ready(answer) = future.as_mut().poll(&mut cx) {
            return answer;
        }
    }
}

/// Moves per seed before the faults stop.
const MOVES: u32 = 1_500;

fn run(seed: u64) -> Tally {
    let mut world = World::new(seed);
    for _ in 0..MOVES {
        world.one_move();
        world.check();
    }
    world.calm_down();
    world.check_everything_arrived();
    world.tally()
}

#[test]
#[expect(clippy::print_stdout, reason = "the counts are what the run proves")]
fn simulation_nothing_is_lost_doubled_or_claimed_too_early() {
    let number = |name: &str| std::env::var(name).ok().and_then(|text| text.parse::<u64>().ok());
    let seeds = match number("SIM_SEED") {
        Some(seed) => seed..seed + 1,
        None => 0..number("SIM_SEEDS").unwrap_or(120),
    };
    let mut total = Tally::default();
    for seed in seeds.clone() {
        let result = std::panic::catch_unwind(|| run(seed));
        match result {
            Ok(tally) => total.add(&tally),
            Err(cause) => {
                eprintln!("replay with: SIM_SEED={seed} cargo test -p case_offline simulation");
                std::panic::resume_unwind(cause);
            }
        }
    }
    println!("{} seeds: {total:?}", seeds.end - seeds.start);
    if seeds.end - seeds.start >= 100 {
        // A simulation in which nothing goes wrong proves nothing.
        for (what, count) in total.faults() {
            assert!(count > 0, "never happened: {what}");
        }
    }
}
