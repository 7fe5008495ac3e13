//! The worlds are not empty: what each is about does happen in it, up to a drained end.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests")]

mod worlds;

use sync_model::graph::reaches;
use sync_model::properties::{is_drained, is_quiet};
use sync_model::state::State;
use sync_model::world::{Fault, World};

/// An end at which all is written and settled, and this fault has struck.
fn ends(world: World, fault: Fault, wanted: impl Fn(&State) -> bool) -> bool {
    let all = world.that(|_| true);
    reaches(&world, |state| {
        state.told == all
            && state.faults[fault as usize] == 0
            && is_quiet(&world, state)
            && is_drained(&world, state)
            && wanted(state)
    })
}

#[test]
fn each_fault_is_survived() {
    for fault in
        [Fault::Lose, Fault::Double, Fault::Slow, Fault::PhoneCrash, Fault::ServerCrash, Fault::Hotspot, Fault::Mixup]
    {
        assert!(ends(worlds::two_phones(), fault, |_| true), "{fault:?}");
    }
}

#[test]
fn what_a_restore_took_away_is_sent_again() {
    // It was confirmed, a restore took it away, and it is there and confirmed again.
    let world = worlds::restore();
    let lost = |state: &State| state.server.lineage == 1 && state.shown & !state.server.disk.records() != 0;
    assert!(reaches(&world, lost));
    assert!(ends(world, Fault::Restore, |state| (0..2)
        .all(|at| state.phones[at].lineage[at] == 1 && state.phones[at].confirmed != 0)));
    assert!(ends(worlds::restore(), Fault::Rewind, |_| true));
    assert!(ends(worlds::restore_with_file(), Fault::Restore, |state| state.phones[0].complete != 0));
}

#[test]
fn a_record_arrives_while_another_official_is_signed_in() {
    assert!(ends(worlds::shared_phone(), Fault::Lose, |state| {
        state.phones[0].user.is_none() && state.phones[0].confirmed == 0b11
    }));
}

#[test]
fn a_shared_phone_after_a_restore_ends_with_both_officials_compared() {
    assert!(ends(worlds::restore_shared_phone(), Fault::Restore, |state| state.phones[0].lineage == [1, 1]));
}

#[test]
fn both_contents_of_an_id_can_be_the_one_that_stays() {
    for (first, second) in [(0, 2), (2, 0)] {
        assert!(ends(worlds::same_id(), Fault::Lose, |state| {
            let confirmed = state.phones[0].confirmed | state.phones[1].confirmed;
            let aside = state.phones[0].aside | state.phones[1].aside;
            confirmed == 1 << first && aside == 1 << second | 0b10
        }));
    }
}
