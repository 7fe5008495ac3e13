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
pub mod office;
pub mod power;
pub mod random;
pub mod tally;
pub mod user;
pub mod world;

pub use tally::Tally;
use world::World;

/// Moves per seed before the faults stop.
pub const MOVES: u32 = 1_500;

/// Runs one seed; `told`: each event is printed as it happens.
///
/// # Panics
/// When something does not hold.
#[must_use]
pub fn run(seed: u64, told: bool) -> Tally {
    let mut world = World::new(seed, told);
    for _ in 0..MOVES {
        world.one_move();
        world.check();
    }
    world.calm_down();
    world.check_everything_arrived();
    world.tally()
}

/// The counts, for people.
#[must_use]
pub fn report(total: &Tally, seeds: u64, took: std::time::Duration) -> String {
    let seconds = took.as_secs_f64().max(0.001);
    let days = total.phone_ms as f64 / 86_400_000.0;
    let mut lines = vec![format!(
        "{seeds} seeds in {seconds:.1} s: {days:.0} phone-days, {:.0} a second; {} records, {:.0} a second; {} requests, {:.0} a second",
        days / seconds,
        total.saved,
        total.saved as f64 / seconds,
        total.requests,
        total.requests as f64 / seconds,
    )];
    lines.extend(total.all().into_iter().map(|(name, count)| format!("  {:>10}  {}", count, name.replace('_', " "))));
    lines.join("\n")
}
