//! Deterministic simulation (确定性仿真), in the manner of FoundationDB and TigerBeetle: the phones' real engine
//! (`case_offline`: screens' interface, engine, encrypted store) against the real server (router, use
//! cases, database), all ruled by one seed. Made up are only the line, the disks, the clocks and the
//! power switches.
//!
//! What goes wrong: phones are switched off at any await; the server at any statement, so before a
//! commit, after it and before the answer; requests and replies are lost, doubled, delayed past
//! their time limit, cut short, or answered by somebody else's page; yesterday's backup is put back;
//! 500, 503, 429; disks are full; clocks jump by weeks; sessions end; passwords change; three
//! officials share three phones; two tabs send at once; wrong PINs; a week without contact; devices
//! are shut out and let in again; households move away and matters go on at the office meanwhile.
//!
//! All along and when the faults have stopped, [`checks`] must hold.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stderr,
    reason = "a test: it ends at the first thing that is not as it should be"
)]

pub mod checks;
pub mod crypto;
pub mod device;
pub mod disk;
pub mod gate;
pub mod office;
pub mod power;
pub mod random;
pub mod sabotage;
pub mod tally;
pub mod user;
pub mod world;

use std::ops::Range;
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

pub use sabotage::Sabotage;
pub use tally::Tally;
use world::World;

/// Moves per seed before the faults stop.
pub const MOVES: u32 = 4_000;

/// Runs one seed; `told`: each event is printed as it happens.
///
/// # Panics
/// When something does not hold.
#[must_use]
pub fn run(seed: u64, told: bool) -> Tally {
    run_with(seed, told, None)
}

/// The same, with something done behind everybody's back.
///
/// # Panics
/// When something does not hold.
#[must_use]
pub fn run_with(seed: u64, told: bool, sabotage: Option<Sabotage>) -> Tally {
    let mut world = World::new(seed, told, sabotage);
    for _ in 0..MOVES {
        world.one_move();
        world.sabotage();
        world.check();
    }
    world.calm_down();
    world.check_everything_arrived();
    world.tally()
}

/// What many seeds came to.
#[derive(Debug)]
pub struct Ran {
    /// All counts together.
    pub total: Tally,
    /// How many seeds there were.
    pub seeds: u64,
    /// Those that ended at something that does not hold.
    pub failed: Vec<u64>,
    /// How long it took.
    pub took: Duration,
    /// On so many threads.
    pub threads: usize,
}

/// Runs seeds on all cores: they know nothing of each other.
#[must_use]
pub fn run_all(seeds: Range<u64>, told: bool, threads: Option<usize>) -> Ran {
    let begun = Instant::now();
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    let count = seeds.end.saturating_sub(seeds.start);
    let threads = threads.unwrap_or(cores).min(usize::try_from(count).unwrap_or(1)).max(1);
    let next = AtomicU64::new(seeds.start);
    let all = Mutex::new((Tally::default(), Vec::new()));
    std::thread::scope(|scope| {
        for _ in 0..threads {
            scope.spawn(|| {
                loop {
                    let seed = next.fetch_add(1, Ordering::Relaxed);
                    if seed >= seeds.end {
                        return;
                    }
                    let outcome = std::panic::catch_unwind(|| run(seed, told));
                    let mut all = all.lock().unwrap();
                    match outcome {
                        Ok(tally) => all.0.add(&tally),
                        Err(_) => {
                            eprintln!("seed {seed} failed; replay with: make sim SEED={seed}");
                            all.1.push(seed);
                        }
                    }
                }
            });
        }
    });
    let (total, mut failed) = all.into_inner().unwrap();
    failed.sort_unstable();
    Ran { total, seeds: count, failed, took: begun.elapsed(), threads }
}

/// Of fewer seeds nothing is said about what never happens.
const MANY_SEEDS: u64 = 100;
/// No browser clears anything away here.
const NEVER: &str = "files_lost";

impl Ran {
    /// What never happened in many seeds: a simulation in which something does not go wrong proves nothing about it.
    #[must_use]
    pub fn never(&self) -> Vec<&'static str> {
        let all = self.total.all().into_iter().filter(|_| self.seeds >= MANY_SEEDS);
        all.filter(|(name, count)| *count == 0 && *name != NEVER).map(|(name, _)| name).collect()
    }

    /// The counts, for people.
    #[must_use]
    pub fn report(&self) -> String {
        let (total, seconds) = (&self.total, self.took.as_secs_f64().max(0.001));
        let days = total.phone_ms as f64 / 86_400_000.0;
        let in_use = total.days_in_use as f64;
        let line = |(name, count): (&str, u64)| {
            let (a_day, a_day_in_use) = (count as f64 / days.max(0.001), count as f64 / in_use.max(0.001));
            format!("{count:>12} {a_day:>10.2} {a_day_in_use:>10.2}  {}", name.replace('_', " "))
        };
        let mut lines = vec![
            format!("{} seeds in {seconds:.1} s on {} threads", self.seeds, self.threads),
            format!("{:>12} {:>10} {:>10}", "", "phone-day", "in use"),
        ];
        lines.extend(total.all().into_iter().filter(|(name, _)| *name != "phone_ms").map(line));
        if !self.never().is_empty() {
            lines.push(format!("never happened: {:?}", self.never()));
        }
        lines.push(if self.failed.is_empty() {
            "lost 0, doubled 0".to_owned()
        } else {
            format!("failed seeds: {:?}", self.failed)
        });
        lines.push(format!(
            "{days:.0} phone-days ({:.0} % in use), {:.0} a second; {:.0} moves and {:.0} requests a second",
            100.0 * in_use / days.max(0.001),
            days / seconds,
            total.moves as f64 / seconds,
            total.requests as f64 / seconds,
        ));
        lines.join("\n")
    }
}
