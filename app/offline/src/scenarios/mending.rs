//! Scenes of protocol 2: receipts that lie, other people's records, lost databases, files, devices that
//! were shut out.

use case_core::field::{AttachmentKind, Media, Payload};
use case_core::id::RecordId;

use super::*;
use crate::kv::{FILES, Key, Kv as _, Op};
use crate::outbox::{Entry, NewRecord};
use crate::sample::SERVER_KEY;
use crate::store::FileState;

#[test]
fn forged_receipts_confirm_nothing() {
    let scene = Scene::with(3);
    scene.server.forges.set(true);
    for _ in 0..200 {
        if let Some(at) = scene.step().next_wake {
            scene.clock.0.set(scene.clock.0.get().max(at.0));
        }
    }
    assert_eq!((scene.waiting(), scene.states().len()), (3, 0), "all wait, nothing is claimed");
    let pushes = scene.server.asked.borrow().iter().filter(|line| line.contains("push")).count();
    assert!((5..60).contains(&pushes), "it tries on, but not all the time: {pushes}");
    scene.server.forges.set(false);
    scene.run();
    assert_eq!(scene.confirmed(), 3);
}

#[test]
fn receipts_of_other_records_confirm_nothing() {
    let stored = |n| {
        let stored =
            case_core::wire::sync::Stored { sequence: n, received_at: Moment(n), flags: vec![], raised: vec![] };
        Outcome::Stored(stored)
    };
    // Well signed, but for somebody else's two records.
    let other = |n| {
        let record = new_record(n, "other").at(account(7), 1);
        (record.id, record.digest(), vec![])
    };
    let foreign = script::signed(&[other(8), other(9)], vec![stored(1), stored(2)], SERVER_KEY);
    let scene = Scene::with(2).answers([Ok(ok(&foreign))]);
    scene.step();
    assert_eq!((scene.waiting(), scene.states().len()), (2, 0));
    assert!(matches!(scene.engine.live().connection, Connection::Troubled { .. }));
    scene.run();
    assert_eq!(scene.confirmed(), 2, "the true answer confirms");
}

#[test]
fn ok_after_a_timeout_is_the_same_record() {
    let scene = Scene::with(1);
    scene.server.lose_replies.set(1);
    scene.step();
    assert_eq!((scene.waiting(), scene.server.taken.borrow().len()), (1, 1), "stored there, not claimed here");
    scene.run();
    assert_eq!((scene.confirmed(), scene.server.taken.borrow().len()), (1, 1));
}

#[test]
fn a_record_that_is_another_on_the_server_is_set_aside_and_stops_no_other() {
    let scene = Scene::with(5);
    {
        // The server has something else under the third id, and says that it has ours.
        let record = new_record(3, "x").at(account(1), 3);
        let lie = script::Taken {
            digest: record.digest(),
            stored: case_core::wire::sync::Stored {
                sequence: 77,
                received_at: Moment(0),
                flags: vec![],
                raised: vec![],
            },
            record,
            times: 0,
            sealed: false,
        };
        scene.server.lies.borrow_mut().insert(lie.record.id);
        scene.server.taken.borrow_mut().insert(lie.record.id, lie);
    }
    scene.run();
    assert_eq!((scene.waiting(), scene.confirmed()), (0, 4));
    let mismatch = |state: &EntryState| matches!(state, EntryState::SetAside { reason: AsideReason::Mismatch, .. });
    assert_eq!(scene.states().iter().filter(|state| mismatch(state)).count(), 1);
}

#[test]
fn yesterdays_backup_was_restored_and_the_phone_brings_back_what_is_missing() {
    let scene = Scene::with(6);
    scene.run();
    assert_eq!(scene.confirmed(), 6);
    scene.server.taken.borrow_mut().retain(|_, known| known.stored.sequence <= 2);
    scene.server.lineage.set(1);
    let scene = scene.restarted();
    scene.run();
    scene.settle();
    assert_eq!((scene.server.taken.borrow().len(), scene.confirmed(), scene.waiting()), (6, 6, 0));
    assert_eq!(scene.engine.live().mended, 4);
    let asked = scene.server.asked.borrow().len();
    scene.settle();
    assert_eq!(scene.server.asked.borrow().len(), asked, "and then there is nothing more to do");
}

#[test]
fn a_comparison_finds_what_has_other_content_by_now() {
    let scene = Scene::with(3);
    scene.run();
    for known in scene.server.taken.borrow_mut().values_mut().take(1) {
        known.digest = case_core::digest::Digest::of_bytes(b"tampered");
    }
    scene.engine.wake(Wake::Compare);
    scene.settle();
    assert_eq!((scene.confirmed(), scene.waiting(), scene.states().len()), (2, 0, 3), "claimed no longer");
}

#[test]
fn a_comparison_is_made_once_a_day() {
    let scene = Scene::with(1);
    scene.run();
    scene.settle();
    let compared = |scene: &Scene| scene.server.asked.borrow().iter().filter(|line| line.contains("compare")).count();
    assert_eq!(compared(&scene), 0);
    scene.clock.0.set(scene.clock.0.get() + crate::plan::COMPARE_EVERY_MS);
    scene.settle();
    let scene = scene.restarted();
    scene.settle();
    assert_eq!(compared(&scene), 1, "a restart does not ask again");
}

#[test]
fn the_next_user_of_a_shared_phone_sends_the_firsts_records_under_the_firsts_name() {
    let scene = Scene::with(3).answers([problem(401, "sign_in_again")]);
    scene.step();
    // The session ran out: nothing goes out by itself, sealed or not.
    for _ in 0..5 {
        scene.step();
    }
    assert!(scene.server.taken.borrow().is_empty());
    block_on(scene.store.put_profile(None)).unwrap();
    scene.engine.wake(Wake::SessionChanged);
    assert_eq!(scene.step().did, Did::NobodySignedIn, "nor when nobody is signed in");
    scene.signs_in(2);
    scene.engine.wake(Wake::SessionChanged);
    scene.settle();
    let taken = scene.server.taken.borrow();
    assert_eq!(taken.len(), 3);
    assert!(taken.values().all(|known| known.sealed && known.record.by == account(1)));
    assert_eq!(block_on(scene.store.waiting(account(2), 0, 9)).unwrap().len(), 0, "the second sees none of it");
    drop(taken);
    // The first comes back: they are delivered, and not sent again.
    scene.signs_in(1);
    scene.engine.wake(Wake::SessionChanged);
    scene.settle();
    assert_eq!((scene.waiting(), scene.confirmed()), (0, 3));
    assert!(scene.server.taken.borrow().values().all(|known| known.times == 1));
}

#[test]
fn a_locked_phone_sends_sealed_what_it_cannot_read() {
    let store = MemoryStore::locking(5);
    let (server, clock) = (Rc::new(Script::default()), Hand::default());
    clock.0.set(1_000_000);
    let scene = Scene { engine: engine(&store, &server, &clock), store, server, clock };
    scene.signs_in(1);
    let pin = crate::vault::Pin::parse("725190").unwrap();
    block_on(scene.store.choose_pin(account(1), &pin, Moment(1_000_000))).unwrap();
    for n in 1..=3 {
        block_on(scene.store.commit(account(1), &new_record(n, "x"))).unwrap();
    }
    // A restart: the key is gone, the cookie is not.
    let scene = scene.restarted();
    scene.settle();
    let taken = scene.server.taken.borrow().clone();
    assert!(taken.len() == 3 && taken.values().all(|known| known.sealed));
    let pulls = scene.server.asked.borrow().iter().filter(|line| line.contains("pull")).count();
    assert_eq!(pulls, 0, "and nothing that needs the key");
    block_on(scene.store.unlock(account(1), &pin, Moment(1_000_000))).unwrap();
    assert_eq!((scene.waiting(), scene.confirmed()), (0, 3));
}

#[test]
fn a_revoked_device_delivers_what_it_holds_and_is_then_empty() {
    let scene = Scene::with(3);
    scene.server.revoked.set(true);
    scene.server.lose_replies.set(2);
    for _ in 0..40 {
        if let Some(at) = scene.step().next_wake {
            scene.clock.0.set(scene.clock.0.get().max(at.0));
        }
    }
    let taken = scene.server.taken.borrow();
    assert!(taken.len() == 3 && taken.values().all(|known| known.sealed), "its records are in");
    assert_eq!(block_on(scene.store.profile()).unwrap(), None, "and the phone knows nobody any more");
    assert_eq!(scene.waiting() as usize + scene.states().len(), 0);
}

#[test]
fn a_revoked_device_without_network_keeps_its_records() {
    let scene = Scene::with(2);
    scene.server.revoked.set(true);
    scene.step();
    assert!(scene.engine.live().revoked);
    scene.server.next.borrow_mut().extend((0..6).map(|_| Err(Broken::Offline)));
    for _ in 0..6 {
        scene.step();
        assert_eq!(scene.waiting(), 2);
        scene.engine.wake(Wake::Hint);
    }
    scene.settle();
    assert_eq!((scene.server.taken.borrow().len(), scene.waiting()), (2, 0));
}

/// Three records, of which the server could not read the second; then the device is shut out.
fn shut_out_with_one_set_aside() -> (Scene, RecordId) {
    let scene = Scene::with(3);
    let bad = new_record(2, "x").id;
    scene.server.unreadable.borrow_mut().insert(bad);
    scene.run();
    assert_eq!((scene.confirmed(), scene.states().len()), (2, 3), "one is set aside");
    scene.server.revoked.set(true);
    scene.engine.wake(Wake::Asked);
    (scene, bad)
}

fn is_wiped(scene: &Scene) -> bool {
    block_on(scene.store.profile()).unwrap().is_none() && scene.states_without_key() == 0
}

#[test]
fn a_wipe_hands_in_what_was_set_aside() {
    let (scene, bad) = shut_out_with_one_set_aside();
    scene.server.lose_replies.set(1);
    scene.settle();
    assert!(is_wiped(&scene));
    assert_eq!(*scene.server.kept.borrow(), [bad].into());
}

#[test]
fn what_was_set_aside_becomes_a_record_at_the_wipe_when_the_server_can_read_it_by_then() {
    let scene = Scene::with(0);
    let (id, _) = with_files(&scene, 1_000);
    scene.server.unreadable.borrow_mut().insert(id);
    scene.run();
    scene.server.unreadable.borrow_mut().clear();
    scene.server.revoked.set(true);
    scene.engine.wake(Wake::Asked);
    scene.settle();
    assert!(is_wiped(&scene));
    assert!(scene.server.taken.borrow()[&id].sealed && scene.server.kept.borrow().is_empty());
    let uploads = scene.server.uploads.borrow();
    assert!(uploads.len() == 2 && uploads.values().all(|part| part.whole), "and its files come with it");
}

#[test]
fn a_wipe_waits_as_long_as_nobody_keeps_what_was_set_aside() {
    let (scene, _) = shut_out_with_one_set_aside();
    scene.server.keeps_none.set(true);
    for forges in [false, true] {
        scene.server.forges.set(forges);
        for _ in 0..20 {
            if let Some(at) = scene.step().next_wake {
                scene.clock.0.set(scene.clock.0.get().max(at.0));
            }
        }
        assert_eq!(scene.states().len(), 3, "an older server, or a word that is not signed: everything stays");
        scene.server.keeps_none.set(false);
    }
    scene.server.forges.set(false);
    scene.run_out();
    assert!(is_wiped(&scene));
}

#[test]
fn what_was_set_aside_while_the_phone_was_locked_is_handed_in_too() {
    let store = MemoryStore::locking(5);
    let (server, clock) = (Rc::new(Script::default()), Hand::default());
    clock.0.set(1_000_000);
    let scene = Scene { engine: engine(&store, &server, &clock), store, server, clock };
    scene.signs_in(1);
    let pin = crate::vault::Pin::parse("725190").unwrap();
    block_on(scene.store.choose_pin(account(1), &pin, Moment(1_000_000))).unwrap();
    let bad = block_on(scene.store.commit(account(1), &new_record(1, "x"))).unwrap().entry.record.id;
    scene.server.unreadable.borrow_mut().insert(bad);
    let scene = scene.restarted();
    scene.settle();
    assert_eq!(block_on(scene.store.sealed_waiting(None, 9)).unwrap(), [], "it was refused");
    let scene = scene.restarted();
    scene.server.revoked.set(true);
    scene.settle();
    assert!(is_wiped(&scene));
    assert_eq!(*scene.server.kept.borrow(), [bad].into());
}

/// A saved visit with two files of so many bytes.
fn with_files(scene: &Scene, bytes: usize) -> (RecordId, Entry) {
    let mut record: NewRecord = new_record(40, "x");
    let file = |seed: u8| {
        let content: Vec<u8> = (0..bytes).map(|n| u8::try_from(n % 251).unwrap() ^ seed).collect();
        block_on(scene.store.put_file(account(1), &content, AttachmentKind::Photo, Media::Jpeg)).unwrap()
    };
    if let Payload::HouseholdVisit(visit) = &mut record.payload {
        visit.attachments = vec![file(1), file(2)];
    }
    let entry = block_on(scene.store.commit(account(1), &record)).unwrap().entry;
    (record.id, entry)
}

fn delivered(scene: &Scene) -> usize {
    let files = block_on(scene.store.files(account(1))).unwrap();
    files.iter().filter(|mark| mark.state == FileState::Delivered).count()
}

#[test]
fn a_record_does_not_wait_for_its_files_and_half_of_several_parts_goes_on() {
    let scene = Scene::with(0);
    with_files(&scene, 300_000);
    assert_eq!(scene.step().did, Did::Pushed { settled: 1, later: 0 }, "the record first");
    assert_eq!((scene.confirmed(), delivered(&scene)), (1, 0), "confirmed, its files still to come");
    assert_eq!(scene.step().did, Did::Uploaded);
    scene.server.lose_replies.set(1);
    scene.step();
    // The browser is killed in the middle of the first file.
    let scene = scene.restarted();
    scene.settle();
    assert_eq!(delivered(&scene), 2);
    let uploads = scene.server.uploads.borrow();
    assert!(uploads.len() == 2 && uploads.values().all(|part| part.whole && part.bytes.len() == 300_028));
    let sent: usize = scene.server.pieces.borrow().iter().sum();
    assert!(sent <= 2 * 300_028 + 512 * 1024, "it goes on where it stopped: {sent}");
}

#[test]
fn a_file_deleted_while_it_is_sent_is_told_and_stops_nothing() {
    let scene = Scene::with(0);
    let (_, entry) = with_files(&scene, 200_000);
    scene.step();
    scene.step();
    let gone = entry.record.payload.attachments()[0].sealed;
    let delete = Op::Delete(FILES, Key::text(account(1), gone.hex()));
    block_on(scene.store.kv().apply(&[], &[delete])).unwrap();
    scene.settle();
    assert!(scene.server.uploads.borrow()[&gone].lost, "the office knows");
    assert_eq!(delivered(&scene), 1, "the other has arrived");
    let asked = scene.server.asked.borrow().len();
    scene.settle();
    assert_eq!(scene.server.asked.borrow().len(), asked, "and it is told once");
}

#[test]
fn pieces_grow_on_a_good_line_and_shrink_on_a_bad_one() {
    let sizes = |ms| {
        let scene = Scene::with(0);
        with_files(&scene, 2_000_000);
        *scene.server.slow_line.borrow_mut() = Some((scene.clock.clone(), ms));
        scene.settle();
        assert_eq!(delivered(&scene), 2);
        let sizes = scene.server.pieces.borrow().clone();
        sizes.into_iter().max().unwrap()
    };
    assert_eq!(sizes(100), 512 * 1024);
    assert!(sizes(30_000) < 128 * 1024);
}

#[test]
fn files_that_a_restored_server_lacks_are_sent_again() {
    let scene = Scene::with(0);
    with_files(&scene, 100_000);
    scene.settle();
    assert_eq!(delivered(&scene), 2);
    scene.server.uploads.borrow_mut().clear();
    scene.engine.wake(Wake::Compare);
    scene.settle();
    assert_eq!((delivered(&scene), scene.server.uploads.borrow().len()), (2, 2));
}

fn states_of_files(scene: &Scene) -> Vec<FileState> {
    block_on(scene.store.files(account(1))).unwrap().iter().map(|mark| mark.state).collect()
}

/// A record whose files are still to go up when a restore takes it from the server.
fn files_whose_record_a_restore_took() -> Scene {
    let scene = Scene::with(0);
    with_files(&scene, 100_000);
    assert_eq!(scene.step().did, Did::Pushed { settled: 1, later: 0 });
    scene.server.taken.borrow_mut().clear();
    scene
}

#[test]
fn a_file_is_lost_when_neither_side_has_its_record_and_nothing_waits_for_it() {
    let scene = files_whose_record_a_restore_took();
    // Its history was given up for space.
    block_on(scene.store.prune(account(1), &[1])).unwrap();
    scene.settle();
    assert_eq!(states_of_files(&scene), [FileState::LostKnown; 2]);
    assert_eq!(block_on(scene.store.counts(account(1))).unwrap().files_waiting, 0);
    assert!(block_on(scene.store.free_files(account(1))).unwrap() > 200_000, "and could make room");
}

#[test]
fn a_file_whose_record_the_phone_still_has_is_sent_with_it_again() {
    let scene = files_whose_record_a_restore_took();
    scene.settle();
    assert_eq!((delivered(&scene), scene.confirmed(), scene.server.taken.borrow().len()), (2, 1, 1));
}

#[test]
fn a_wipe_does_not_wait_for_a_file_whose_record_a_restore_took() {
    let scene = files_whose_record_a_restore_took();
    scene.server.revoked.set(true);
    scene.settle();
    assert_eq!(block_on(scene.store.profile()).unwrap(), None, "wiped");
    assert_eq!(states_of_files(&scene), []);
}

#[test]
fn a_wipe_does_not_wait_for_what_another_official_has_to_mend() {
    let scene = files_whose_record_a_restore_took();
    scene.signs_in(2);
    block_on(scene.store.commit(account(2), &new_record(50, "x"))).unwrap();
    scene.engine.wake(Wake::SessionChanged);
    scene.server.revoked.set(true);
    scene.settle();
    assert_eq!(block_on(scene.store.profile()).unwrap(), None, "the second is wiped");
    assert_eq!(scene.server.taken.borrow().len(), 1, "after what they had made was taken in");
    assert_eq!(states_of_files(&scene), [FileState::Ready; 2], "the first may come back, compare and send it again");
}

#[test]
fn the_reserve_of_codes_is_filled_up_when_few_are_left() {
    let scene = Scene::with(0);
    scene.settle();
    assert!(!scene.server.asked.borrow().iter().any(|line| line.contains("codes")), "ten are enough");
    let first = block_on(scene.store.take_code(account(1))).unwrap().unwrap();
    scene.engine.wake(Wake::Committed);
    scene.settle();
    assert!(block_on(scene.store.codes_left(account(1))).unwrap() >= 19);
    for _ in 0..9 {
        assert_ne!(block_on(scene.store.take_code(account(1))).unwrap().unwrap(), first, "none is given twice");
    }
}

#[test]
fn a_wiped_phone_is_given_no_code_that_it_had_before() {
    let scene = Scene::with(0);
    let take_all =
        || -> Vec<_> { std::iter::from_fn(|| block_on(scene.store.take_code(account(1))).unwrap()).collect() };
    let mut given = take_all();
    scene.engine.wake(Wake::Committed);
    scene.settle();
    given.extend(take_all());
    // Of what was given before a wipe the phone knows nothing more, and the server never hears of a form that was not saved.
    assert!(block_on(scene.store.wipe(account(1))).unwrap());
    scene.signs_in(1);
    block_on(scene.store.put_lineage(account(1), "1000000 0", None)).unwrap();
    scene.engine.wake(Wake::SessionChanged);
    scene.settle();
    let anew = take_all();
    assert_eq!(anew.len(), 20);
    assert!(anew.iter().all(|code| !given.contains(code)), "given again: {anew:?}");
}

#[test]
fn waits_survive_a_clock_that_jumps() {
    for jump in [-400_000_000_000, -3_600_000, 3_600_000, 400_000_000_000_i64] {
        let scene = Scene::with(2).answers((0..5).map(|_| Err(Broken::Offline)));
        for _ in 0..3 {
            scene.step();
        }
        scene.clock.0.set(scene.clock.0.get() + jump);
        let took = scene.run();
        assert!(took < 60_000, "jump of {jump}: it waits {took} ms");
        assert_eq!(scene.confirmed(), 2);
        // And pulls go on.
        scene.clock.0.set(scene.clock.0.get() - jump);
        let before = scene.server.cursors.borrow().len();
        scene.clock.0.set(scene.clock.0.get() + 2 * crate::plan::PULL_EVERY_MS);
        scene.settle();
        assert!(scene.server.cursors.borrow().len() > before, "jump of {jump}");
    }
}

#[test]
fn the_next_page_is_asked_for_before_the_last_is_written() {
    let scene = Scene::with(0);
    let home = |n| WorkItem::Household(household(n, None));
    scene.server.pages.borrow_mut().extend([
        page("1", true, vec![home(1)]),
        page("2", true, vec![home(2)]),
        page("3", false, vec![home(3)]),
    ]);
    scene.step();
    assert_eq!(scene.server.cursors.borrow().len(), 2, "the second is under way");
    scene.settle();
    let cursors = scene.server.cursors.borrow().clone();
    assert_eq!(cursors, [None, Some("1".to_owned()), Some("2".to_owned())], "each once");
    assert_eq!(block_on(scene.store.items(account(1))).unwrap().len(), 3);
}
