//! The model can fail: one rule of the protocol is broken at a time, and the checker must find a run
//! that violates the very property for which the rule is there.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests")]

mod worlds;

use std::collections::BTreeSet;

use stateright::{Checker, HasDiscoveries, Model};
use sync_model::graph::walk;
use sync_model::properties::{CONFIRMED, DRAINS, OFFICIAL, ONCE, RECEIPT, SAVED, WHOLE};
use sync_model::step::Step;
use sync_model::world::Fault::{Mixup, Restore, Slow};
use sync_model::world::{Broken, World, plain};

/// Finds a run after which the property does not hold. Breadth first, so it is a short one.
fn counterexample(world: World, property: &'static str) -> Option<Vec<Step>> {
    let found = HasDiscoveries::AllOf(BTreeSet::from([property]));
    let checker = world.checker().threads(1).finish_when(found).spawn_bfs().join();
    checker.discovery(property).map(|path| path.into_actions())
}

fn fails(world: World, broken: Broken, property: &'static str) {
    let path = counterexample(world.broken(broken), property);
    let path = path.unwrap_or_else(|| panic!("{broken:?} does not violate \"{property}\""));
    eprintln!("{broken:?}: \"{property}\" fails after {} steps: {path:?}", path.len());
}

macro_rules! broken {
    ($($name:ident: $world:ident, $broken:ident => $property:ident;)+) => {$(
        #[test]
        fn $name() {
            fails(worlds::$world(), Broken::$broken, $property);
        }
    )+};
}

broken! {
    a_200_without_a_receipt_is_believed: two_phones, BelieveOk => RECEIPT;
    a_receipt_is_checked_by_its_id_only: same_id, ReceiptById => RECEIPT;
    the_phone_deletes_what_it_sends: two_phones, DeleteOnSend => SAVED;
    sending_is_kept_on_the_disk: two_phones, SendingOnDisk => DRAINS;
    no_compare_after_a_restore: restore, NoCompare => DRAINS;
    the_new_lineage_is_written_before_the_missing_records: restore, LineageBeforeRecords => DRAINS;
    an_answer_of_any_life_is_believed: restore_two_tabs, AnyLifeBelieved => CONFIRMED;
    a_compare_names_only_what_is_confirmed: restore_two_tabs, CompareOnlyConfirmed => CONFIRMED;
    one_lineage_for_all_officials_of_a_phone: restore_shared_phone, LineagePerPhone => CONFIRMED;
    a_compare_says_nothing_of_files: restore_with_file, FilesNotCompared => DRAINS;
    the_server_inserts_without_claiming_the_id: two_phones, InsertUnclaimed => ONCE;
    the_server_looks_first_and_inserts_later: two_phones, LookThenInsert => ONCE;
    the_server_signs_before_it_commits: two_phones, SignBeforeCommit => RECEIPT;
    a_sealed_record_is_booked_to_the_session: shared_phone, SealedToSession => OFFICIAL;
    another_officials_record_is_pushed_in_ones_own_session: shared_phone, PushedByOther => OFFICIAL;
    pieces_are_appended_blindly: file, BlindPieces => WHOLE;
}

/// The other half of "drains": these two go round for ever, so they never come to rest undrained.
#[test]
fn what_is_tried_for_ever_is_a_circle() {
    let tables =
        [(worlds::same_id(), Broken::OneBadStopsAll), (worlds::restore_with_file(), Broken::MissingFileIgnored)];
    for (world, broken) in tables {
        let walked = walk(&world.broken(broken));
        eprintln!("{broken:?}: {} of {} states lie on or behind a circle", walked.circling, walked.states);
        assert!(walked.circling > 0, "{broken:?}");
    }
}

/// Not a broken rule but a limit: if something in between could hand an answer from before a restore
/// to a request from after it (TLS does not let it), only answers that name their lineage would do.
#[test]
fn answers_without_lineage_stand_or_fall_with_the_order_that_tls_keeps() {
    let world = |named| {
        let two = World { backups: 1, named, ..World::new(vec![plain(0, 0), plain(1, 1)]) };
        two.with(Restore, 1).with(Slow, 1).with(Mixup, 1).total(3)
    };
    assert!(counterexample(world(false), CONFIRMED).is_some());
    assert!(counterexample(world(true), CONFIRMED).is_none());
}
