//! What every [`LocalStore`] must do, as a suite that runs anywhere: on the memory store under
//! `cargo test`, on IndexedDB in a browser. Each case gets an empty store by its own name; opening
//! the same name again shows what is on disk.

use case_core::digest::Digest;
use case_core::id::{DeviceId, RecordId};
use case_core::time::Moment;
use case_core::wire::bytes::Bytes;
use case_core::wire::receipt::Receipt;
use case_core::wire::session::{PhoneKeys, Session};
use case_core::wire::sync::{SetAside, WorkItem};
use serde_json::json;
use uuid::Uuid;

use crate::draft::{Draft, DraftKind};
use crate::front::Front;
use crate::outbox::{AsideReason, Entry, EntryState, Settlement};
use crate::sample::{account, household, matter, new_record, session};
use crate::store::{DraftSaved, LocalStore, Page, PageApplied, Profile, PullMark, StoreError};

/// What a case found wrong.
#[derive(Debug, thiserror::Error)]
pub enum Broken {
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// A promise of the contract does not hold.
    #[error("{0}")]
    Promise(String),
}

type Case = Result<(), Broken>;

macro_rules! check {
    ($holds:expr, $($what:tt)+) => {
        if !$holds {
            return Err(Broken::Promise(format!($($what)+)));
        }
    };
}

macro_rules! same {
    ($left:expr, $right:expr, $what:literal) => {
        let (left, right) = (&$left, &$right);
        check!(left == right, "{}: {left:?} is not {right:?}", $what);
    };
}

mod locked;

/// A point of P-256 (its secret is in `vectors/webcrypto.json`).
const PUBLIC: &str = "04dab1a181eb072bd0f0b43da951889ec69ecb50104d774aa0bdc854c22c1d9f6abeef436707fccce25bf6ca96a01744acca9e99a432926f467e7bcf3b5b7aa163";

/// An official's keys, as the server gives them: a real public key, for real cryptography.
pub(crate) fn keys(n: u128) -> PhoneKeys {
    let public: Vec<u8> =
        (0..PUBLIC.len()).step_by(2).map(|at| u8::from_str_radix(&PUBLIC[at..at + 2], 16).unwrap_or(0)).collect();
    let public = Bytes(public);
    let secret = |word: &str| Bytes(Digest::of(&(word, account(n))).bytes().to_vec());
    PhoneKeys {
        receipts: public.clone(),
        sealing: public,
        lineage: "one".to_owned(),
        store_key: secret("store"),
        device_token: secret("token"),
        cache_days: 7,
    }
}

/// Runs all cases; answers their names, or the first that does not hold.
///
/// # Errors
/// The name of the case and what it found.
pub async fn run<S, F>(open: F) -> Result<Vec<&'static str>, String>
where
    S: LocalStore,
    F: AsyncFn(&str) -> Result<S, StoreError>,
{
    let mut passed = Vec::new();
    // Most cases are not about the lock: both officials have signed in.
    let opened = async |name: &str| {
        let store = open(name).await?;
        for n in [1, 2] {
            store.open_with(account(n), &keys(n), Moment(1)).await?;
        }
        Ok(store)
    };
    macro_rules! cases {
        ($open:expr; $($case:path),+ $(,)?) => {$(
            $case($open, stringify!($case)).await.map_err(|error| format!("{}: {error}", stringify!($case)))?;
            passed.push(stringify!($case));
        )+};
    }
    cases![&opened;
        the_device_is_made_once,
        the_profile_opens_the_app_again,
        a_refresh_never_brings_back_who_signed_out,
        a_draft_is_kept_and_replaced,
        a_committed_draft_is_gone_and_does_not_come_back,
        committing_twice_makes_one_record,
        sequences_count_the_device_over_all_officials,
        waiting_records_come_in_order_and_in_portions,
        settling_moves_only_what_waits,
        a_batch_is_settled_whatever_of_it_was_settled_before,
        a_set_aside_record_can_wait_again,
        only_confirmed_records_are_forgotten,
        a_forgotten_record_is_still_known,
        a_page_and_its_cursor_are_one,
        a_stale_page_changes_nothing,
        what_comes_first_is_told_of_the_same_area_only,
        a_reset_leaves_records_and_drafts,
        officials_do_not_see_each_other,
    ];
    cases![&open;
        locked::nothing_is_readable_while_locked,
        locked::wrong_pins_are_counted_over_restarts,
        locked::ten_wrong_pins_leave_only_the_sign_in,
        locked::another_official_opens_nothing,
        locked::sealed_records_go_without_the_key,
        locked::a_confirmed_record_can_wait_again,
        locked::files_go_along_with_their_record,
        locked::a_code_is_given_once,
        locked::without_contact_it_expires,
        locked::a_wiped_part_keeps_only_what_is_sealed,
    ];
    Ok(passed)
}

fn draft(n: u128, body: &str) -> Draft {
    Draft {
        id: RecordId(Uuid::from_u128(0x1000_0000 + n)),
        kind: DraftKind::Free { name: format!("form {n}") },
        body: json!({ "note": body }).into(),
        started_at: Moment(1_000 + i64::try_from(n).unwrap_or(0)),
        updated_at: Moment(2_000),
    }
}

/// A receipt for an entry, as an honest server gives it.
pub(crate) fn confirmed(entry: &Entry, at: i64) -> Settlement {
    let receipt = Receipt {
        id: entry.record.id,
        sequence: at,
        received_at: Moment(at),
        digest: entry.record.digest(),
        attachments: vec![],
        flags: Vec::new(),
        raised: Vec::new(),
    };
    Settlement {
        sequence: entry.record.sequence,
        state: EntryState::Confirmed { receipt, proof: None, at: Moment(at) },
    }
}

fn aside(entry: &Entry) -> Settlement {
    let reason = AsideReason::Server { reason: SetAside::IdTaken };
    Settlement { sequence: entry.record.sequence, state: EntryState::SetAside { reason, at: Moment(9) } }
}

fn page(from: Option<&str>, cursor: &str, items: Vec<WorkItem>) -> Page {
    Page {
        from: from.map(str::to_owned),
        reset: false,
        items,
        gone: Vec::new(),
        mark: PullMark { cursor: cursor.to_owned(), complete: true, received: 1, pulled_at: Moment(1) },
    }
}

fn home(n: u128) -> WorkItem {
    WorkItem::Household(household(n, None))
}

async fn the_device_is_made_once<S: LocalStore>(
    open: &impl AsyncFn(&str) -> Result<S, StoreError>,
    name: &str,
) -> Case {
    let (first, second) = (DeviceId(Uuid::from_u128(1)), DeviceId(Uuid::from_u128(2)));
    same!(open(name).await?.device(first).await?, first, "made");
    same!(open(name).await?.device(second).await?, first, "kept");
    Ok(())
}

async fn the_profile_opens_the_app_again<S: LocalStore>(
    open: &impl AsyncFn(&str) -> Result<S, StoreError>,
    name: &str,
) -> Case {
    let profile = Profile { session: session(account(1), Moment(5)), protocol: 1, seen_at: Moment(6) };
    let store = open(name).await?;
    same!(store.profile().await?, None, "nobody at first");
    store.put_profile(Some(&profile)).await?;
    // The server's secrets do not stand beside it.
    let mut kept = profile;
    kept.session.phone = None;
    same!(open(name).await?.profile().await?, Some(kept), "kept");
    store.put_profile(None).await?;
    same!(open(name).await?.profile().await?, None, "signed out");
    Ok(())
}

async fn a_refresh_never_brings_back_who_signed_out<S: LocalStore>(
    open: &impl AsyncFn(&str) -> Result<S, StoreError>,
    name: &str,
) -> Case {
    let profile = |n, at| {
        let session = Session { phone: None, ..session(account(n), Moment(at)) };
        Profile { session, protocol: 1, seen_at: Moment(at) }
    };
    let store = open(name).await?;
    store.refresh_profile(&profile(1, 1)).await?;
    same!(store.profile().await?, None, "nobody is signed in");
    store.put_profile(Some(&profile(2, 1))).await?;
    store.refresh_profile(&profile(1, 2)).await?;
    same!(store.profile().await?, Some(profile(2, 1)), "another is signed in");
    store.refresh_profile(&profile(2, 3)).await?;
    same!(store.profile().await?, Some(profile(2, 3)), "refreshed");
    Ok(())
}

async fn a_draft_is_kept_and_replaced<S: LocalStore>(
    open: &impl AsyncFn(&str) -> Result<S, StoreError>,
    name: &str,
) -> Case {
    let store = open(name).await?;
    for body in ["回", "回音", "回音\u{1F514}\u{0}"] {
        same!(store.save_draft(account(1), &draft(1, body)).await?, DraftSaved::Saved, "saved");
    }
    store.save_draft(account(1), &draft(0, "earlier")).await?;
    let expected = vec![draft(0, "earlier"), draft(1, "回音\u{1F514}\u{0}")];
    same!(open(name).await?.drafts(account(1)).await?, expected, "the last text, oldest draft first");
    store.delete_draft(account(1), draft(0, "").id).await?;
    store.delete_draft(account(1), draft(7, "").id).await?;
    same!(open(name).await?.drafts(account(1)).await?.len(), 1, "one thrown away");
    Ok(())
}

async fn a_committed_draft_is_gone_and_does_not_come_back<S: LocalStore>(
    open: &impl AsyncFn(&str) -> Result<S, StoreError>,
    name: &str,
) -> Case {
    let store = open(name).await?;
    store.save_draft(account(1), &draft(1, "typed")).await?;
    let committed = store.commit(account(1), &new_record(1, "saved")).await?;
    check!(!committed.already, "the first commit is the first");
    same!(store.drafts(account(1)).await?, Vec::new(), "the draft is gone");
    let late = store.save_draft(account(1), &draft(1, "a late keystroke")).await?;
    same!(late, DraftSaved::AlreadyCommitted, "a late keystroke");
    same!(open(name).await?.drafts(account(1)).await?, Vec::new(), "the draft stays gone");
    same!(open(name).await?.waiting(account(1), 0, 9).await?, vec![committed.entry], "the record is on disk");
    Ok(())
}

async fn committing_twice_makes_one_record<S: LocalStore>(
    open: &impl AsyncFn(&str) -> Result<S, StoreError>,
    name: &str,
) -> Case {
    let store = open(name).await?;
    let first = store.commit(account(1), &new_record(1, "first tap")).await?;
    let second = store.commit(account(1), &new_record(1, "second tap")).await?;
    check!(second.already, "the second tap is known");
    same!(second.entry, first.entry, "the first content stands");
    store.settle(account(1), &[confirmed(&first.entry, 7)], None).await?;
    let third = open(name).await?.commit(account(1), &new_record(1, "third tap")).await?;
    check!(third.already && third.entry.is_confirmed(), "also after it was confirmed");
    same!(store.counts(account(1)).await?.waiting, 0, "nothing waits again");
    Ok(())
}

async fn sequences_count_the_device_over_all_officials<S: LocalStore>(
    open: &impl AsyncFn(&str) -> Result<S, StoreError>,
    name: &str,
) -> Case {
    for (n, owner) in [(1, account(1)), (2, account(2)), (3, account(1))] {
        let entry = open(name).await?.commit(owner, &new_record(n, "x")).await?.entry;
        same!(u128::from(entry.record.sequence), n, "without a gap");
        same!(entry.record.by, owner, "under the official's own name");
        same!(entry.state, EntryState::Waiting, "waits");
    }
    Ok(())
}

async fn waiting_records_come_in_order_and_in_portions<S: LocalStore>(
    open: &impl AsyncFn(&str) -> Result<S, StoreError>,
    name: &str,
) -> Case {
    let store = open(name).await?;
    for n in (1..=12).rev() {
        store.commit(account(1), &new_record(n, "x")).await?;
    }
    let mut seen = Vec::new();
    while let Some(last) = {
        let portion = store.waiting(account(1), seen.last().copied().unwrap_or(0), 5).await?;
        check!(portion.len() <= 5, "at most what was asked");
        seen.extend(portion.iter().map(|entry| entry.record.sequence));
        portion.last().cloned()
    } {
        check!(seen.last() == Some(&last.record.sequence), "in order");
    }
    same!(seen, (1..=12).collect::<Vec<u64>>(), "all, once, in the order of saving");
    Ok(())
}

async fn settling_moves_only_what_waits<S: LocalStore>(
    open: &impl AsyncFn(&str) -> Result<S, StoreError>,
    name: &str,
) -> Case {
    let store = open(name).await?;
    let mut entries = Vec::new();
    for n in 1..=3 {
        entries.push(store.commit(account(1), &new_record(n, "x")).await?.entry);
    }
    store.settle(account(1), &[confirmed(&entries[0], 70), aside(&entries[1])], None).await?;
    // A late answer of another tab, and one about a record that does not exist.
    let nobody = Settlement { sequence: 99, ..aside(&entries[0]) };
    store.settle(account(1), &[aside(&entries[0]), confirmed(&entries[1], 90), nobody], None).await?;
    let store = open(name).await?;
    let settled = store.settled(account(1)).await?;
    same!(settled.len(), 2, "two are settled");
    check!(settled[0].is_confirmed() && settled[1].is_set_aside(), "the first word stands");
    same!(settled[0].record, entries[0].record, "the content is untouched");
    let counts = store.counts(account(1)).await?;
    same!((counts.waiting, counts.set_aside), (1, 1), "counted");
    same!(counts.last_confirmed, Some(Moment(70)), "the last receipt that counted");
    Ok(())
}

async fn a_batch_is_settled_whatever_of_it_was_settled_before<S: LocalStore>(
    open: &impl AsyncFn(&str) -> Result<S, StoreError>,
    name: &str,
) -> Case {
    let store = open(name).await?;
    let mut entries = Vec::new();
    for n in 1..=30 {
        entries.push(store.commit(account(1), &new_record(n, "x")).await?.entry);
    }
    let all: Vec<Settlement> = entries.iter().map(|entry| confirmed(entry, 50)).collect();
    // One in the middle, the first, and some that are the last of those that wait.
    store.settle(account(1), &[aside(&entries[14]), aside(&entries[0])], None).await?;
    store.settle(account(1), &all[25..], None).await?;
    store.settle(account(1), &all[..29], None).await?;
    let waits = store.waiting(account(1), 0, 99).await?.len();
    same!(waits, 0, "nothing of it waits");
    let settled = store.settled(account(1)).await?;
    let told = |entry: &Entry| (entry.record.clone(), entry.is_set_aside());
    let expected = entries.iter().enumerate().map(|(at, entry)| (entry.record.clone(), at == 14 || at == 0));
    same!(
        settled.iter().map(told).collect::<Vec<_>>(),
        expected.collect::<Vec<_>>(),
        "each once, as it was told first"
    );
    // And the same while others wait before and behind it.
    for n in 31..=60 {
        entries.push(store.commit(account(1), &new_record(n, "x")).await?.entry);
    }
    let batch: Vec<Settlement> = entries[35..55].iter().map(|entry| confirmed(entry, 60)).collect();
    store.settle(account(1), &batch, None).await?;
    let waiting: Vec<u64> = store.waiting(account(1), 0, 99).await?.iter().map(|e| e.record.sequence).collect();
    same!(waiting, (31..=35).chain(56..=60).collect::<Vec<u64>>(), "the neighbours wait on");
    Ok(())
}

async fn a_set_aside_record_can_wait_again<S: LocalStore>(
    open: &impl AsyncFn(&str) -> Result<S, StoreError>,
    name: &str,
) -> Case {
    let store = open(name).await?;
    let entry = store.commit(account(1), &new_record(1, "x")).await?.entry;
    check!(!store.retry(account(1), entry.record.id).await?, "one that waits is not retried");
    store.settle(account(1), &[aside(&entry)], None).await?;
    check!(store.retry(account(1), entry.record.id).await?, "retried");
    same!(open(name).await?.waiting(account(1), 0, 9).await?, vec![entry.clone()], "it waits as before");
    store.settle(account(1), &[confirmed(&entry, 7)], None).await?;
    check!(!store.retry(account(1), entry.record.id).await?, "a confirmed one is not retried");
    check!(!store.retry(account(1), RecordId(Uuid::from_u128(404))).await?, "an unknown one is not retried");
    Ok(())
}

async fn only_confirmed_records_are_forgotten<S: LocalStore>(
    open: &impl AsyncFn(&str) -> Result<S, StoreError>,
    name: &str,
) -> Case {
    let store = open(name).await?;
    let mut entries = Vec::new();
    for n in 1..=3 {
        entries.push(store.commit(account(1), &new_record(n, "x")).await?.entry);
    }
    store.settle(account(1), &[confirmed(&entries[0], 1), aside(&entries[1])], None).await?;
    store.prune(account(1), &[1, 2, 3, 4]).await?;
    let store = open(name).await?;
    let left: Vec<u64> = store.settled(account(1)).await?.iter().map(|entry| entry.record.sequence).collect();
    same!(left, vec![2], "the set-aside one stays");
    same!(store.waiting(account(1), 0, 9).await?.len(), 1, "the waiting one stays");
    Ok(())
}

async fn a_forgotten_record_is_still_known<S: LocalStore>(
    open: &impl AsyncFn(&str) -> Result<S, StoreError>,
    name: &str,
) -> Case {
    let store = open(name).await?;
    let entry = store.commit(account(1), &new_record(1, "x")).await?.entry;
    store.settle(account(1), &[confirmed(&entry, 1)], None).await?;
    store.prune(account(1), &[1]).await?;
    check!(store.commit(account(1), &new_record(1, "x")).await?.already, "not committed again");
    same!(store.counts(account(1)).await?.waiting, 0, "nothing waits");
    same!(store.save_draft(account(1), &draft(1, "x")).await?, DraftSaved::AlreadyCommitted, "no draft either");
    Ok(())
}

async fn a_page_and_its_cursor_are_one<S: LocalStore>(
    open: &impl AsyncFn(&str) -> Result<S, StoreError>,
    name: &str,
) -> Case {
    let store = open(name).await?;
    same!(store.pull_mark(account(1)).await?, None, "nothing pulled yet");
    let matter = WorkItem::Matter(Box::new(matter(3, "2026-05-03".parse().ok())));
    let first = page(None, "a", vec![home(1), home(2), matter.clone()]);
    same!(store.apply_page(account(1), &first).await?, PageApplied::Applied, "the first page");
    let mut second = page(Some("a"), "b", vec![WorkItem::Household(household(2, "2026-06-01".parse().ok()))]);
    second.gone = vec![home(1).reference(), home(8).reference()];
    same!(store.apply_page(account(1), &second).await?, PageApplied::Applied, "the second page");
    let store = open(name).await?;
    same!(store.pull_mark(account(1)).await?, Some(second.mark.clone()), "the mark");
    let mut items = store.items(account(1)).await?;
    items.sort_by_key(WorkItem::reference);
    let mut expected = vec![second.items[0].clone(), matter];
    expected.sort_by_key(WorkItem::reference);
    same!(items, expected, "changed, kept and gone");
    Ok(())
}

async fn a_stale_page_changes_nothing<S: LocalStore>(
    open: &impl AsyncFn(&str) -> Result<S, StoreError>,
    name: &str,
) -> Case {
    let store = open(name).await?;
    store.apply_page(account(1), &page(None, "a", vec![home(1)])).await?;
    for from in [None, Some("elsewhere")] {
        let mut stale = page(from, "z", vec![home(2)]);
        stale.reset = true;
        same!(store.apply_page(account(1), &stale).await?, PageApplied::Stale, "another tab was first");
    }
    same!(store.items(account(1)).await?, vec![home(1)], "the items stand");
    same!(store.pull_mark(account(1)).await?.map(|mark| mark.cursor), Some("a".to_owned()), "the cursor stands");
    Ok(())
}

async fn what_comes_first_is_told_of_the_same_area_only<S: LocalStore>(
    open: &impl AsyncFn(&str) -> Result<S, StoreError>,
    name: &str,
) -> Case {
    let store = open(name).await?;
    let front = Front { cursor: "a".to_owned(), matters: 7, items: vec![home(1)] };
    store.put_front(account(1), &front).await?;
    same!(store.front(account(1)).await?, None, "of no area");
    store.apply_page(account(1), &page(None, "a", vec![home(1)])).await?;
    same!(store.front(account(1)).await?, None, "what was kept goes with the page that changes the area");
    store.put_front(account(1), &front).await?;
    same!(
        store.front(account(1)).await?.map(|(front, mark)| (front, mark.cursor)),
        Some((front, "a".to_owned())),
        "kept"
    );
    same!(store.front(account(2)).await?, None, "another official's");
    store.apply_page(account(1), &page(Some("a"), "b", vec![home(2)])).await?;
    same!(store.front(account(1)).await?, None, "the area has changed");
    Ok(())
}

async fn a_reset_leaves_records_and_drafts<S: LocalStore>(
    open: &impl AsyncFn(&str) -> Result<S, StoreError>,
    name: &str,
) -> Case {
    let store = open(name).await?;
    store.commit(account(1), &new_record(1, "x")).await?;
    store.save_draft(account(1), &draft(2, "x")).await?;
    store.apply_page(account(1), &page(None, "a", vec![home(1), home(2)])).await?;
    store.apply_page(account(2), &page(None, "a", vec![home(1)])).await?;
    let mut reset = page(Some("a"), "b", vec![home(3)]);
    reset.reset = true;
    store.apply_page(account(1), &reset).await?;
    same!(store.items(account(1)).await?, vec![home(3)], "only the new area");
    same!(store.waiting(account(1), 0, 9).await?.len(), 1, "the record stays");
    same!(store.drafts(account(1)).await?.len(), 1, "the draft stays");
    same!(store.items(account(2)).await?, vec![home(1)], "another official's area stays");
    Ok(())
}

async fn officials_do_not_see_each_other<S: LocalStore>(
    open: &impl AsyncFn(&str) -> Result<S, StoreError>,
    name: &str,
) -> Case {
    let (mine, theirs) = (account(1), account(2));
    let store = open(name).await?;
    let entry = store.commit(mine, &new_record(1, "x")).await?.entry;
    let other = store.commit(mine, &new_record(3, "x")).await?.entry;
    store.settle(mine, &[aside(&other)], None).await?;
    store.save_draft(mine, &draft(2, "x")).await?;
    store.apply_page(mine, &page(None, "a", vec![home(1)])).await?;
    // Whatever the other does with the same names and numbers, it is not theirs.
    store.settle(theirs, &[confirmed(&entry, 1)], None).await?;
    store.prune(theirs, &[1, 2]).await?;
    store.delete_draft(theirs, draft(2, "").id).await?;
    check!(!store.retry(theirs, other.record.id).await?, "not theirs to retry");
    same!(store.waiting(theirs, 0, 9).await?, Vec::new(), "no records");
    same!(store.settled(theirs).await?, Vec::new(), "no history");
    same!(store.drafts(theirs).await?, Vec::new(), "no drafts");
    same!(store.items(theirs).await?, Vec::new(), "no work area");
    same!(store.pull_mark(theirs).await?, None, "no cursor");
    let counts = store.counts(theirs).await?;
    same!((counts.waiting, counts.set_aside, counts.last_confirmed), (0, 0, None), "no counts");
    same!(counts.others_unsent, 1, "but that somebody else's record waits is said");
    same!(store.waiting(mine, 0, 9).await?, vec![entry], "mine is untouched");
    let counts = store.counts(mine).await?;
    same!((counts.waiting, counts.set_aside, counts.last_confirmed), (1, 1, None), "my counts are untouched");
    same!(store.drafts(mine).await?.len(), 1, "my draft is untouched");
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::cell::RefCell;
    use std::collections::HashMap;

    use super::*;
    use crate::memory::MemoryStore;

    #[test]
    fn the_memory_store_keeps_the_contract() {
        let disks = RefCell::new(HashMap::<String, MemoryStore>::new());
        let passed = crate::sample::block_on(run(async |name: &str| {
            Ok(disks.borrow_mut().entry(name.to_owned()).or_insert_with(|| MemoryStore::locking(1)).clone())
        }));
        assert_eq!(passed.unwrap().len(), 28);
    }
}
