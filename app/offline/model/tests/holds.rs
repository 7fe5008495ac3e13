//! The protocol as it is: every property holds in every state.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests")]

mod worlds;

use std::time::Instant;

use stateright::{Checker, Model};
use sync_model::graph::walk;
use sync_model::world::World;

fn holds(name: &str, world: World) {
    let start = Instant::now();
    let walked = walk(&world);
    assert_eq!(walked.circling, 0, "{name}: our own moves go round in a circle");
    let half = start.elapsed();
    let checker = world.checker().threads(1).spawn_bfs().join();
    eprintln!(
        "{name}: {} states, {} transitions, at most {} own moves on end; walked in {half:.1?}, checked in {:.1?}",
        checker.unique_state_count(),
        checker.state_count(),
        walked.longest,
        start.elapsed() - half
    );
    if let Some((property, path)) = checker.discoveries().into_iter().next() {
        panic!("{name}: \"{property}\" does not hold after {:#?}", path.into_actions());
    }
    assert_eq!(checker.unique_state_count(), walked.states, "{name}: two ways to count");
}

#[test]
fn two_phones_over_a_bad_network() {
    holds("two phones", worlds::two_phones());
}

#[test]
fn two_tabs_of_one_phone() {
    holds("two tabs", worlds::two_tabs());
}

#[test]
fn the_next_official_on_a_shared_phone() {
    holds("shared phone", worlds::shared_phone());
}

#[test]
fn one_id_with_two_contents_and_a_record_that_cannot_be_read() {
    holds("same id", worlds::same_id());
}

#[test]
fn a_file_of_two_pieces() {
    holds("file", worlds::file());
}

#[test]
fn restore_of_yesterdays_backup() {
    holds("restore", worlds::restore());
}

#[test]
fn restore_with_a_file() {
    holds("restore with a file", worlds::restore_with_file());
}

#[test]
fn restore_under_two_tabs() {
    holds("restore under two tabs", worlds::restore_two_tabs());
}

#[test]
fn restore_with_a_file_when_answers_name_their_lineage() {
    holds("restore, lineage named", World { named: true, ..worlds::restore_with_file() });
}

#[test]
fn restore_with_a_shared_phone() {
    holds("restore, shared phone", worlds::restore_shared_phone());
}
