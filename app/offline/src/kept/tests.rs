//! What the contract cannot see from outside: the raw disk, a disk of version 1, and the power going
//! off at every single step.

use std::future::Future;
use std::pin::pin;
use std::task::{Context, Waker};

use case_core::field::Payload;
use case_core::time::Moment;
use case_core::wire::sync::{ItemRef, Opened as Inside, WorkItem};
use serde_json::{Value, json};

use crate::contract::{confirmed, keys};
use crate::crypto::rust::RustCrypto;
use crate::kept::Store;
use crate::kv::{self, Key, Kv as _, Part};
use crate::memory::{MemoryKv, MemoryStore};
use crate::outbox::{Entry, EntryState};
use crate::sample::{account, block_on, household, matter, new_record};
use crate::store::{LocalStore as _, LockState, Page, PullMark, StoreError};
use crate::vault::Pin;
use case_core::id::AccountId;

const NOW: Moment = Moment(1_767_225_600_000);
const SECRET: &str = "村口老槐树下的秘密";

fn me() -> AccountId {
    account(1)
}

fn pin(digits: &str) -> Pin {
    Pin::parse(digits).unwrap()
}

fn page(from: Option<&str>, cursor: &str, items: Vec<WorkItem>, gone: Vec<ItemRef>) -> Page {
    let mark = PullMark { cursor: cursor.to_owned(), complete: true, received: 1, pulled_at: NOW };
    Page { from: from.map(str::to_owned), reset: false, items, gone, mark }
}

fn home(n: u128) -> WorkItem {
    WorkItem::Household(household(n, None))
}

fn draft(n: u128) -> crate::draft::Draft {
    serde_json::from_value(json!({
        "id": new_record(n, "x").id, "kind": {"kind": "free", "name": SECRET},
        "body": {"text": SECRET}, "started_at": 1, "updated_at": 2,
    }))
    .unwrap()
}

/// Everything that an official can leave on a phone, in their own words.
async fn fill<K: kv::Kv, C: crate::crypto::Crypto>(store: &Store<K, C>) {
    store.open_with(me(), &keys(1), NOW).await.unwrap();
    store.choose_pin(me(), &pin("135790"), NOW).await.unwrap();
    store.save_draft(me(), &draft(1)).await.unwrap();
    let mut entries = Vec::new();
    for n in 2..5 {
        entries.push(store.commit(me(), &new_record(n, SECRET)).await.unwrap().entry);
    }
    store.settle(me(), &[confirmed(&entries[0], 7)], None).await.unwrap();
    let reason = crate::outbox::AsideReason::TooLarge;
    let aside = EntryState::SetAside { reason, at: NOW };
    let aside = crate::outbox::Settlement { sequence: entries[1].record.sequence, state: aside };
    store.settle(me(), &[aside], None).await.unwrap();
    let items = vec![home(1), WorkItem::Matter(Box::new(matter(2, None)))];
    store.apply_page(me(), &page(None, "a", items, vec![])).await.unwrap();
    let photo = case_core::field::AttachmentKind::Photo;
    store.put_file(me(), SECRET.as_bytes(), photo, case_core::field::Media::Jpeg).await.unwrap();
    store
        .put_codes(me(), &[case_core::code::QueryCode::from_number(12_345_678_901)], Default::default())
        .await
        .unwrap();
}

/// What must not be found on the disk.
fn plain_words() -> Vec<Vec<u8>> {
    let keys = keys(1);
    let code = case_core::code::QueryCode::from_number(12_345_678_901);
    let mut words: Vec<Vec<u8>> =
        [SECRET, "户主1", "样例镇", "来访人2", "hz1", "135790"].iter().map(|word| word.as_bytes().to_vec()).collect();
    words.push(code.digits().into_bytes());
    for secret in [&keys.store_key, &keys.device_token] {
        words.push(secret.0.clone());
        words.push(secret.text().into_bytes());
    }
    words
}

fn scan(kv: &MemoryKv) {
    for (store, key, value) in kv.raw() {
        let all = [&key.bound(store)[..], &value].concat();
        for word in plain_words() {
            let found = all.windows(word.len()).any(|part| part == word);
            assert!(!found, "{store} {key:?} says {:?}", String::from_utf8_lossy(&word));
        }
    }
}

#[test]
fn the_raw_disk_says_nothing() {
    let store = Store::new(MemoryKv::default(), RustCrypto::default());
    block_on(fill(&store));
    assert!(store.kv().raw().len() > 12, "there is something to be scanned");
    scan(store.kv());
    // The scan finds what is there.
    store.kv().plant(kv::DRAFTS, Key::number(me(), 1), SECRET.as_bytes());
    assert!(std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| scan(store.kv()))).is_err());
}

#[test]
fn the_server_opens_what_was_sealed_and_nobody_else() {
    let all: Value = serde_json::from_str(include_str!("../../vectors/webcrypto.json")).unwrap();
    let hex = all["sealed"]["server_secret"].as_str().unwrap();
    let secret: Vec<u8> = (0..64).step_by(2).map(|at| u8::from_str_radix(&hex[at..at + 2], 16).unwrap()).collect();
    let store = Store::new(MemoryKv::default(), RustCrypto::default());
    block_on(fill(&store));
    let waiting = block_on(store.waiting(me(), 0, 9)).unwrap();
    let sealed = block_on(Store::new(store.kv().clone(), RustCrypto::default()).sealed_waiting(None, 9)).unwrap();
    assert_eq!((sealed.len(), waiting.len()), (1, 1));
    let plain = RustCrypto::open(&secret, &sealed[0].blob.0).unwrap();
    let inside: Inside = serde_json::from_slice(&plain).unwrap();
    assert_eq!(inside.token, keys(1).device_token);
    assert_eq!(inside.record.get(), serde_json::to_string(&waiting[0].record).unwrap());
    assert_eq!(case_core::digest::Digest::of_bytes(inside.record.get().as_bytes()), sealed[0].digest);
    assert_eq!(RustCrypto::open(&[9; 32], &sealed[0].blob.0), None);
}

#[test]
fn changed_and_swapped_values_are_found_out() {
    let store = Store::new(MemoryKv::default(), RustCrypto::default());
    block_on(fill(&store));
    block_on(store.save_draft(me(), &draft(9))).unwrap();
    block_on(store.commit(me(), &new_record(6, SECRET))).unwrap();
    for shelf in [kv::DRAFTS, kv::WAITING] {
        let all: Vec<_> = store.kv().raw().into_iter().filter(|(store, ..)| *store == shelf).collect();
        let [(_, a, first), (_, _, second)] = &all[..] else { panic!("{}", all.len()) };
        let mut flipped = first.clone();
        *flipped.last_mut().unwrap() ^= 1;
        for wrong in [second, &flipped] {
            store.kv().plant(shelf, a.clone(), wrong);
            let read = block_on(store.drafts(me())).map(drop).and(block_on(store.waiting(me(), 0, 9)).map(drop));
            assert!(matches!(read, Err(StoreError::Unreadable(_))), "{shelf}: {read:?}");
        }
        store.kv().plant(shelf, a.clone(), first);
    }
    assert_eq!(block_on(store.drafts(me())).unwrap().len(), 2, "and put right again, they are read");
}

/// A phone that version 1 has left: everything in plain JSON.
fn first_version() -> MemoryStore {
    let store = MemoryStore::locking(5);
    let disk = store.kv();
    let json = |value: Value| serde_json::to_vec(&value).unwrap();
    let entry = |n: u128, state: Value| {
        let record = new_record(n, SECRET).at(me(), u64::try_from(n).unwrap());
        json(json!({"record": record, "state": state}))
    };
    let receipt = |n: u128| {
        let record = new_record(n, SECRET).at(me(), u64::try_from(n).unwrap());
        json!({"id": record.id, "sequence": 5, "received_at": 70, "digest": record.digest(), "flags": [], "raised": []})
    };
    disk.plant(kv::META, Key::name("sequence"), b"4");
    disk.plant(kv::META, Key::of("confirmed", me()), b"70");
    disk.plant(
        kv::META,
        Key::of("mark", me()),
        &json(json!({"cursor": "c", "complete": true, "received": 2, "pulled_at": 3})),
    );
    disk.plant(kv::DRAFTS, Key::text(me(), draft(9).id.to_string()), &serde_json::to_vec(&draft(9)).unwrap());
    disk.plant(kv::WAITING, Key::number(me(), 3), &entry(3, json!({"state": "waiting"})));
    disk.plant(kv::WAITING, Key::number(me(), 4), &entry(4, json!({"state": "waiting"})));
    disk.plant(
        kv::CONFIRMED,
        Key::number(me(), 1),
        &entry(1, json!({"state": "confirmed", "receipt": receipt(1), "at": 8})),
    );
    disk.plant(
        kv::ASIDE,
        Key::number(me(), 2),
        &entry(2, json!({"state": "set_aside", "reason": {"why": "too_large"}, "at": 8})),
    );
    for n in 1..=4 {
        disk.plant(kv::KNOWN, Key::text(me(), new_record(n, "x").id.to_string()), n.to_string().as_bytes());
    }
    for (kind, item) in [("household", home(1)), ("matter", WorkItem::Matter(Box::new(matter(2, None))))] {
        let id = match item.reference() {
            ItemRef::Household(id) => id.to_string(),
            ItemRef::Matter(id) => id.to_string(),
        };
        let key = Key(vec![Part::Text(me().to_string()), Part::Text(kind.to_owned()), Part::Text(id)]);
        disk.plant(kv::ITEMS, key, &serde_json::to_vec(&item).unwrap());
    }
    store
}

fn check_first_version(store: &MemoryStore) {
    assert_eq!(block_on(store.drafts(me())).unwrap(), vec![draft(9)]);
    let waiting: Vec<u64> = block_on(store.waiting(me(), 0, 9)).unwrap().iter().map(|e| e.record.sequence).collect();
    assert_eq!(waiting, [3, 4]);
    let settled: Vec<Entry> = block_on(store.settled(me())).unwrap();
    assert!(settled[0].is_confirmed() && settled[1].is_set_aside() && settled.len() == 2);
    assert_eq!(block_on(store.items(me())).unwrap().len(), 2);
    assert_eq!(block_on(store.pull_mark(me())).unwrap().unwrap().cursor, "c");
    assert!(block_on(store.commit(me(), &new_record(1, "x"))).unwrap().already, "what was known is known");
    let Payload::HouseholdVisit(visit) = &settled[0].record.payload else { panic!() };
    assert_eq!(visit.note.as_ref().unwrap().as_str(), SECRET);
}

#[test]
fn a_phone_of_version_1_is_encrypted_without_network_and_sends_sealed_after_a_sign_in() {
    let store = first_version();
    assert_eq!(block_on(store.lock(me(), NOW)).unwrap(), LockState::ChoosePin);
    assert_eq!(block_on(store.drafts(me())), Err(StoreError::Locked), "not even the old drafts without a PIN");
    block_on(store.choose_pin(me(), &pin("135790"), NOW)).unwrap();
    check_first_version(&store);
    scan(&store.kv().peek());
    let again = store.clone();
    assert!(!block_on(again.forget_pin(me())).unwrap(), "nothing else opens it yet");
    block_on(again.hear_keys(me(), &keys(1), NOW)).unwrap();
    block_on(again.unlock(me(), &pin("135790"), NOW)).unwrap();
    check_first_version(&again);
    assert!(block_on(again.forget_pin(me())).unwrap(), "now a sign-in would");
    let last = again.clone();
    block_on(last.open_with(me(), &keys(1), NOW)).unwrap();
    check_first_version(&last);
    block_on(last.commit(me(), &new_record(7, SECRET))).unwrap();
    assert_eq!(block_on(last.sealed_waiting(None, 9)).unwrap().len(), 1);
}

/// Lets the power go after each step of `act`; `check` gets what is on the disk.
fn cut<F: Future>(
    prepare: impl Fn() -> MemoryStore,
    act: impl Fn(MemoryStore) -> F,
    check: impl Fn(MemoryStore),
) -> u32 {
    for polls in 0.. {
        let store = prepare();
        let copy = || store.again(store.kv().peek(), store.crypto().clone());
        {
            let mut action = pin!(act(store.clone()));
            let mut context = Context::from_waker(Waker::noop());
            if (0..polls).any(|_| action.as_mut().poll(&mut context).is_ready()) {
                check(copy());
                return polls;
            }
        }
        check(copy());
    }
    0
}

#[test]
fn the_power_may_go_at_any_step_of_opening_a_phone_of_version_1() {
    let steps = cut(
        first_version,
        async |store| store.open_with(me(), &keys(1), NOW).await,
        |store| {
            block_on(store.open_with(me(), &keys(1), NOW)).unwrap();
            check_first_version(&store);
            scan(store.kv());
        },
    );
    assert!(steps > 20, "{steps}");
}

fn filled() -> MemoryStore {
    let store = MemoryStore::locking(6);
    let calm = store.again(store.kv().peek(), store.crypto().clone());
    block_on(fill(&calm));
    store
}

#[test]
fn the_power_may_go_at_any_step_of_the_pin() {
    let change = async |store: MemoryStore| store.change_pin(me(), &pin("135790"), &pin("975310"), NOW).await;
    let steps = cut(filled, change, |store| {
        let old = block_on(store.clone().unlock(me(), &pin("135790"), NOW));
        let new = block_on(store.unlock(me(), &pin("975310"), NOW));
        assert!(old.is_ok() != new.is_ok(), "one of the two opens: {old:?} {new:?}");
        let opened = store.clone();
        block_on(opened.open_with(me(), &keys(1), NOW)).unwrap();
        assert_eq!(block_on(opened.drafts(me())).unwrap().len(), 1);
    });
    assert!(steps > 6, "{steps}");
    let first = async |store: MemoryStore| {
        store.open_with(me(), &keys(1), NOW).await?;
        store.choose_pin(me(), &pin("135790"), NOW).await
    };
    cut(
        || MemoryStore::locking(7),
        first,
        |store| {
            block_on(store.open_with(me(), &keys(1), NOW)).unwrap();
            let chosen = block_on(store.lock(me(), NOW)).unwrap();
            assert!(matches!(chosen, LockState::ChoosePin | LockState::Open));
            block_on(store.save_draft(me(), &draft(1))).unwrap();
        },
    );
    // A wrong PIN that was cut off is counted or was not tried.
    let wrong = async |store: MemoryStore| store.unlock(me(), &pin("246801"), NOW).await;
    let mut counted = std::cell::Cell::new(0);
    cut(filled, wrong, |store| match block_on(store.lock(me(), NOW)).unwrap() {
        LockState::Locked { tries_left, .. } => counted.set(counted.get() + 10 - u32::from(tries_left)),
        other => panic!("{other:?}"),
    });
    assert!(*counted.get_mut() >= 2, "counted before it was known to be wrong");
}

#[test]
fn the_power_may_go_at_any_step_of_folding_in_wiping_and_saving() {
    let folded = || {
        let store = filled();
        let calm = store.again(store.kv().peek(), store.crypto().clone());
        let sealed = block_on(calm.sealed_waiting(None, 9)).unwrap();
        block_on(calm.open_with(me(), &keys(1), NOW)).unwrap();
        let entry = block_on(calm.waiting(me(), 0, 9)).unwrap().remove(0);
        assert_eq!(sealed[0].id, entry.record.id);
        block_on(calm.settle_sealed(me(), &[confirmed(&entry, 9)], None)).unwrap();
        store
    };
    cut(
        folded,
        async |store| store.unlock(me(), &pin("135790"), NOW).await,
        |store| {
            block_on(store.open_with(me(), &keys(1), NOW)).unwrap();
            assert_eq!(block_on(store.waiting(me(), 0, 9)).unwrap().len(), 0);
            let settled = block_on(store.settled(me())).unwrap();
            assert_eq!(settled.iter().filter(|entry| entry.is_confirmed()).count(), 2);
            assert_eq!(store.kv().raw().iter().filter(|(shelf, ..)| *shelf == kv::FOLDS).count(), 0);
        },
    );
    cut(
        filled,
        async |store| store.wipe(me()).await,
        |store| {
            assert_eq!(block_on(store.sealed_waiting(None, 9)).unwrap().len(), 1, "what is sealed is never lost");
            assert!(!block_on(store.wipe(me())).unwrap());
        },
    );
    let save = async |store: MemoryStore| {
        store.open_with(me(), &keys(1), NOW).await?;
        store.commit(me(), &new_record(1, SECRET)).await
    };
    cut(filled, save, |store| {
        block_on(store.open_with(me(), &keys(1), NOW)).unwrap();
        let (drafts, waiting) = (block_on(store.drafts(me())).unwrap(), block_on(store.waiting(me(), 0, 9)).unwrap());
        assert_eq!(drafts.len() + waiting.len(), 2, "a draft or a record, never both, never neither");
    });
}

#[test]
fn many_small_pages_are_put_together_and_nothing_is_lost_when_the_power_goes() {
    let many = || {
        let store = MemoryStore::interruptible();
        let calm = store.peek();
        let mut from = None;
        for n in 0..120_u128 {
            let cursor = n.to_string();
            let page = page(from.as_deref(), &cursor, vec![home(n % 7)], vec![home(n % 5 + 90).reference()]);
            block_on(calm.apply_page(me(), &page)).unwrap();
            from = Some(cursor);
        }
        store
    };
    let pages = |store: &MemoryStore| store.kv().raw().iter().filter(|(shelf, ..)| *shelf == kv::SEGMENTS).count();
    assert_eq!(pages(&many()), 120);
    cut(
        many,
        async |store| store.packed(me()).await.map(drop),
        |store| {
            assert_eq!(block_on(store.items(me())).unwrap().len(), 7);
            assert_eq!(pages(&store), 1, "put together");
            let next = page(Some("119"), "z", vec![home(50)], vec![home(1).reference()]);
            block_on(store.apply_page(me(), &next)).unwrap();
            assert_eq!(block_on(store.items(me())).unwrap().len(), 7, "one came, one left");
        },
    );
}

/// Two tabs of one phone, both open. Before each step of one that saves the other wipes the part: what was
/// said to be saved must be there and go out, and what the next sign-in finds must be readable.
#[test]
fn a_save_and_a_wipe_in_another_tab_do_not_both_succeed_unseen() {
    for wiped_after in 0..30 {
        let disk = MemoryKv::interruptible();
        let tab = |seed| Store::new(disk.peek(), crate::crypto::cheap::CheapCrypto::seeded(seed));
        let (saving, wiping) = (Store::new(disk.clone(), crate::crypto::cheap::CheapCrypto::seeded(1)), tab(2));
        block_on(saving.open_with(me(), &keys(1), NOW)).unwrap();
        block_on(wiping.open_with(me(), &keys(1), NOW)).unwrap();
        let mut context = Context::from_waker(Waker::noop());
        let (mut saved, mut kept) = (None, None);
        {
            let mut work = pin!(async {
                let kept = saving.save_draft(me(), &draft(2)).await;
                (kept, saving.commit(me(), &new_record(1, "x")).await)
            });
            for step in 0.. {
                if step == wiped_after {
                    block_on(wiping.wipe(me())).unwrap();
                }
                if let std::task::Poll::Ready((draft, record)) = work.as_mut().poll(&mut context) {
                    (kept, saved) = (Some(draft), Some(record));
                    break;
                }
            }
        }
        block_on(wiping.wipe(me())).unwrap();
        let sealed = block_on(wiping.sealed_waiting(None, 9)).unwrap();
        match saved.unwrap() {
            Ok(committed) => {
                assert_eq!(sealed.len(), 1, "saved, so it goes out: {wiped_after}");
                let early = block_on(tab(3).open_with(me(), &keys(1), NOW));
                assert_eq!(early, Err(StoreError::Locked), "before it has gone nothing new begins");
                block_on(wiping.settle_sealed(me(), &[confirmed(&committed.entry, 7)], None)).unwrap();
            }
            Err(error) => assert_eq!((error, sealed.len()), (StoreError::Locked, 0), "{wiped_after}"),
        }
        assert!(matches!(kept.unwrap(), Ok(_) | Err(StoreError::Locked)));
        let again = tab(3);
        block_on(again.open_with(me(), &keys(1), NOW)).unwrap();
        assert_eq!(block_on(again.waiting(me(), 0, 9)).unwrap(), Vec::new());
        assert_eq!(block_on(again.drafts(me())).unwrap(), Vec::new(), "{wiped_after}");
    }
}

/// A page asks the server who is signed in, or gets the key from another tab, while somebody locks it: whatever
/// step that is at, it is locked.
#[test]
fn a_lock_holds_against_an_opening_that_was_on_its_way() {
    let disk = MemoryKv::interruptible();
    let tab = |seed| Store::new(disk.clone(), crate::crypto::cheap::CheapCrypto::seeded(seed));
    let first = tab(1);
    block_on(first.open_with(me(), &keys(1), NOW)).unwrap();
    block_on(first.choose_pin(me(), &pin("135790"), NOW)).unwrap();
    let key = first.key(me()).unwrap();
    let mut steps = [0, 0];
    for (way, count) in steps.iter_mut().enumerate() {
        for locked_after in 0.. {
            let store = tab(2);
            let mut context = Context::from_waker(Waker::noop());
            let mut opening = pin!(async {
                match way {
                    0 => store.open_with(me(), &keys(1), NOW).await.map(|()| true),
                    _ => store.adopt(me(), key).await,
                }
            });
            if (0..locked_after).any(|_| opening.as_mut().poll(&mut context).is_ready()) {
                break;
            }
            if locked_after > 0 {
                store.lock_now(me());
                let _refused = block_on(opening);
                assert!(!store.is_open(me()), "way {way}, locked after step {locked_after}");
                assert!(matches!(block_on(store.lock(me(), NOW)), Ok(LockState::Locked { .. })));
                *count += 1;
            }
        }
    }
    assert!(steps[0] > 5 && steps[1] > 0, "{steps:?}");
}

#[test]
fn what_left_the_area_stays_nowhere_on_the_disk() {
    let disk = MemoryKv::default();
    let store = Store::new(disk.clone(), RustCrypto::default());
    block_on(store.open_with(me(), &keys(1), NOW)).unwrap();
    block_on(store.apply_page(me(), &page(None, "a", vec![home(1), home(2)], vec![]))).unwrap();
    let front = crate::front::Front { cursor: "a".to_owned(), matters: 0, items: vec![home(1)] };
    block_on(store.put_front(me(), &front)).unwrap();
    let kept = || disk.raw().iter().any(|(_, key, _)| *key == Key::of("front", me()));
    assert!(kept());
    // A page that changes nothing leaves it; one that takes a household away takes it along.
    block_on(store.apply_page(me(), &page(Some("a"), "a", vec![], vec![]))).unwrap();
    assert!(kept());
    block_on(store.apply_page(me(), &page(Some("a"), "b", vec![], vec![home(1).reference()]))).unwrap();
    assert!(!kept());
}

#[test]
#[expect(clippy::print_stdout, reason = "the numbers are what the run is for")]
fn ten_thousand_matters_are_listed_without_reading_their_cards() {
    let store = MemoryStore::default();
    let mut from = None;
    for n in 0..25_u128 {
        let items = (0..400).map(|m| {
            let day = chrono::NaiveDate::from_ymd_opt(2026, 1 + u32::try_from(m % 12).unwrap(), 3);
            WorkItem::Matter(Box::new(matter(n * 400 + m, day)))
        });
        let cursor = n.to_string();
        block_on(store.apply_page(me(), &page(from.as_deref(), &cursor, items.collect(), vec![]))).unwrap();
        from = Some(cursor);
    }
    let begun = std::time::Instant::now();
    let packed = block_on(store.packed(me())).unwrap();
    let read = begun.elapsed();
    let area = crate::work::WorkArea::of_packed(packed);
    let listed = begun.elapsed();
    let items = block_on(store.items(me())).unwrap();
    let bytes: usize = items.iter().map(|item| serde_json::to_vec(item).unwrap().len()).sum();
    println!(
        "10,000 matters of {bytes} bytes: lines {read:?}, with sorting {listed:?}, all cards {:?}",
        begun.elapsed() - listed
    );
    assert_eq!((area.len(), area.all()[0].matter().map(|card| card.round)), (10_000, Some(0)));
    assert_eq!(block_on(store.kv().count(kv::SEGMENTS, kv::Range::of(me()))).unwrap(), 25);
}
