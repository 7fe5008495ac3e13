//! What one tab shows while others, or its own other jobs, change the store under it.

use std::cell::RefCell;
use std::future::Future;
use std::pin::pin;
use std::rc::Rc;
use std::task::{Context, Waker};

use case_core::id::HouseholdId;
use case_core::time::Moment;
use case_core::wire::sync::WorkItem;
use serde_json::json;
use uuid::Uuid;

use super::*;
use crate::front::Front;
use crate::memory::MemoryStore;
use crate::sample::{account, block_on, household, session, visit};
use crate::scenarios::{Hand, Script, page};
use crate::status::Lock;
use crate::store::{Page, PullMark};

type Tab = Phone<MemoryStore, Rc<Script>, Hand>;
type Jobs = Rc<RefCell<Vec<Job>>>;

fn tab(store: &MemoryStore, server: &Rc<Script>) -> (Tab, Jobs) {
    let jobs = Jobs::default();
    let queue = Rc::clone(&jobs);
    let hooks = Hooks {
        spawn: Box::new(move |job| queue.borrow_mut().push(job)),
        wake: Box::new(drop),
        tell: Box::new(drop),
        key: Box::new(drop),
    };
    let clock = Hand::default();
    clock.0.set(1_000_000);
    (block_on(Phone::open(store.clone(), Rc::clone(server), clock, hooks)).unwrap(), jobs)
}

/// A store on which an official is signed in.
fn signed_in(n: u128) -> MemoryStore {
    let store = MemoryStore::interruptible();
    sign_in_elsewhere(&store, n);
    crate::scenarios::well_kept(&store, n);
    store
}

fn sign_in_elsewhere(store: &MemoryStore, n: u128) {
    let profile = Profile { session: session(account(n), Moment(0)), protocol: 2, seen_at: Moment(0) };
    block_on(store.put_profile(Some(&profile))).unwrap();
}

fn home(n: u128) -> WorkItem {
    WorkItem::Household(household(n, None))
}

fn pulled(from: Option<&str>, cursor: &str, n: u128) -> Page {
    Page {
        from: from.map(str::to_owned),
        reset: false,
        items: vec![home(n)],
        gone: Vec::new(),
        mark: PullMark { cursor: cursor.to_owned(), complete: true, received: 1, pulled_at: Moment(0) },
    }
}

#[test]
fn what_comes_first_is_shown_before_the_whole_is_read() {
    let (store, server) = (signed_in(1), Rc::new(Script::default()));
    let first = Page { items: (0..150).map(home).collect(), ..pulled(None, "a", 0) };
    block_on(store.apply_page(account(1), &first)).unwrap();
    server.pages.borrow_mut().push_back(page("b", false, vec![home(150)]));
    let (phone, _) = tab(&store, &server);
    for _ in 0..4 {
        block_on(phone.step());
    }
    assert_eq!((phone.work().len(), phone.work().is_whole()), (151, true));

    let (phone, _) = tab(&store, &server);
    phone.inner.show(WorkArea::default(), None);
    let seen = Rc::new(RefCell::new(Vec::new()));
    let (watched, inner) = (Rc::clone(&seen), Rc::downgrade(&phone.inner));
    phone
        .subscribe(move |change| {
            let work = inner.upgrade().unwrap().work.borrow().clone();
            watched.borrow_mut().extend((change == Change::Work).then(|| (work.is_whole(), work.len())));
        })
        .forever();
    block_on(phone.read_anew());
    let seen = seen.borrow().clone();
    assert!(matches!(seen[..], [(false, 0), (true, 151)]), "no matters here, so nothing comes first: {seen:?}");
    // A page that comes while only the first items are here is not put on top of them.
    let mark = phone.inner.mark.borrow().clone();
    phone.inner.show(WorkArea::of_front(Front { cursor: String::new(), matters: 0, items: vec![] }), mark);
    server.pages.borrow_mut().push_back(page("c", false, vec![home(151)]));
    phone.inner.engine.wake(Wake::Asked);
    for _ in 0..3 {
        block_on(phone.step());
    }
    assert_eq!((phone.work().len(), phone.work().is_whole()), (152, true));
}

/// Lets `first` go so many polls ahead, then `second` to its end, then `first`. False when `first`
/// had come to its end before.
fn interleave(polls: u32, first: impl Future, second: impl Future) -> bool {
    let mut first = pin!(first);
    let mut cx = Context::from_waker(Waker::noop());
    for _ in 0..polls {
        if first.as_mut().poll(&mut cx).is_ready() {
            return false;
        }
    }
    block_on(second);
    block_on(first);
    true
}

#[test]
fn a_sign_in_in_another_tab_changes_whose_work_is_shown() {
    let (store, server) = (signed_in(2), Rc::new(Script::default()));
    block_on(store.apply_page(account(1), &pulled(None, "a", 7))).unwrap();
    let (tab, _) = tab(&store, &server);
    assert_eq!((tab.status().owner, tab.work().len()), (Some(account(2)), 0));
    sign_in_elsewhere(&store, 1);
    block_on(tab.step());
    assert_eq!(tab.session().unwrap().actor.account, account(1));
    assert_eq!((tab.status().owner, tab.work().len()), (Some(account(1)), 1));
    block_on(store.put_profile(None)).unwrap();
    block_on(tab.step());
    assert_eq!((tab.session(), tab.work().len()), (None, 0), "nothing of them is left on the screen");
}

#[test]
fn a_pull_during_a_look_at_the_store_is_not_overwritten_by_it() {
    for polls in 0.. {
        let (store, server) = (signed_in(1), Rc::new(Script::default()));
        let (tab, _) = tab(&store, &server);
        block_on(tab.step());
        server.pages.borrow_mut().push_back(page("1", false, vec![home(1), home(2)]));
        if !interleave(polls, tab.heard_change(Change::Work), tab.step()) {
            assert!(polls > 3, "every point was tried");
            break;
        }
        assert_eq!(tab.work().len(), 2, "after {polls} polls");
    }
}

#[test]
fn a_page_that_another_tab_pulled_is_not_missed() {
    let (store, server) = (signed_in(1), Rc::new(Script::default()));
    let (tab, _) = tab(&store, &server);
    block_on(tab.step());
    block_on(store.apply_page(account(1), &pulled(None, "a", 1))).unwrap();
    server.pages.borrow_mut().push_back(page("b", false, vec![home(2)]));
    block_on(tab.step());
    assert_eq!(tab.work().len(), 2);
}

#[test]
fn a_record_saved_during_a_count_is_counted() {
    for polls in 0.. {
        let (store, server) = (signed_in(1), Rc::new(Script::default()));
        let (tab, _) = tab(&store, &server);
        let id = tab.inner().environment.new_record_id();
        if !interleave(polls, tab.heard_change(Change::Records), tab.commit(id, visit(1, "x"))) {
            assert!(polls > 1, "every point was tried");
            break;
        }
        assert_eq!(tab.status().saved, 1, "after {polls} polls");
    }
}

#[test]
fn a_refusal_of_the_old_session_is_not_held_against_the_new_one() {
    for polls in 0.. {
        let (store, server) = (signed_in(1), Rc::new(Script::default()));
        let (tab, _) = tab(&store, &server);
        block_on(tab.step());
        block_on(tab.commit(tab.inner().environment.new_record_id(), visit(1, "x"))).unwrap();
        server.next.borrow_mut().push_back(crate::scenarios::problem(401, "sign_in_again"));
        server.slow.set(true);
        let again = async {
            server.slow.set(false);
            tab.sign_in("1".to_owned(), "secret".to_owned()).await.unwrap();
        };
        if !interleave(polls, tab.step(), again) {
            assert!(polls > 3, "every point was tried");
            break;
        }
        server.next.borrow_mut().clear();
        for _ in 0..4 {
            block_on(tab.step());
        }
        assert_eq!(tab.status().saved, 0, "sent at once, after {polls} polls: {:?}", tab.status());
    }
}

#[test]
fn a_form_opened_again_goes_on_with_what_is_still_being_written() {
    let (store, server) = (signed_in(1), Rc::new(Script::default()));
    let (tab, jobs) = tab(&store, &server);
    let kind = DraftKind::HouseholdVisit { household: HouseholdId(Uuid::from_u128(5)) };
    let first = block_on(tab.open_draft(kind.clone())).unwrap();
    first.keep(&json!("half a sen"));
    let id = first.id();
    drop(first);
    let again = block_on(tab.open_draft(kind.clone())).unwrap();
    assert_eq!((again.id(), again.form::<String>()), (id, Some("half a sen".to_owned())));
    again.keep(&json!("half a sentence"));
    for job in jobs.take() {
        block_on(job);
    }
    let kept = block_on(tab.drafts()).unwrap();
    assert_eq!((kept.len(), kept[0].body.value()), (1, json!("half a sentence")));
    block_on(again.commit(visit(5, "x"))).unwrap();
    let next = block_on(tab.open_draft(kind)).unwrap();
    assert_ne!(next.id(), id, "the next visit is another record");
    assert_eq!(next.form::<String>(), None);
}

#[test]
fn a_watcher_may_end_its_subscription_while_it_is_called() {
    let (store, server) = (signed_in(1), Rc::new(Script::default()));
    let (tab, _) = tab(&store, &server);
    let (seen, own) = (Rc::new(RefCell::new(0)), Rc::new(RefCell::new(None::<Subscription>)));
    let (count, end) = (Rc::clone(&seen), Rc::clone(&own));
    *own.borrow_mut() = Some(tab.subscribe(move |_| {
        *count.borrow_mut() += 1;
        drop(end.take());
    }));
    block_on(tab.step());
    block_on(tab.step());
    assert_eq!(*seen.borrow(), 1);
}

#[test]
fn a_pin_opens_the_phone_again_without_network_and_a_wrong_one_is_counted() {
    let (store, server) = (MemoryStore::locking(3), Rc::new(Script::default()));
    let (first, jobs) = tab(&store, &server);
    assert_eq!(first.lock(), Lock::NobodySignedIn);
    block_on(first.sign_in("1".to_owned(), "secret".to_owned())).unwrap();
    assert_eq!(first.lock(), Lock::ChoosePin);
    assert_eq!(block_on(first.choose_pin("123456")), Err(PhoneError::BadPin), "too easy");
    block_on(first.choose_pin("725190")).unwrap();
    assert_eq!(first.lock(), Lock::Open);
    server.pages.borrow_mut().push_back(page("1", false, vec![home(1), home(2)]));
    for _ in 0..5 {
        block_on(first.step());
    }
    let id = first.inner().environment.new_record_id();
    block_on(first.commit(id, visit(1, "x"))).unwrap();
    assert_eq!((first.work().len(), first.status().saved), (2, 1));

    // The app is opened anew, without network: who it is is known, what there is is not.
    server.next.borrow_mut().extend((0..9).map(|_| Err(crate::transport::Broken::Offline)));
    let (again, _) = tab(&store, &server);
    assert!(matches!(again.lock(), Lock::Locked { wait_ms: 0, tries_left: 10 }), "{:?}", again.lock());
    assert!(again.session().is_some() && again.work().is_empty());
    assert_eq!(block_on(again.drafts()), Err(PhoneError::Locked));
    assert!(matches!(block_on(again.unlock("725191")), Err(PhoneError::WrongPin { tries_left: 9, .. })));
    assert!(matches!(again.lock(), Lock::Locked { tries_left: 9, .. }));
    block_on(again.unlock("725190")).unwrap();
    assert_eq!((again.lock(), again.work().len(), again.status().saved), (Lock::Open, 2, 1));

    first.lock_now();
    for job in jobs.take() {
        block_on(job);
    }
    assert!(matches!(first.lock(), Lock::Locked { .. }) && first.work().is_empty());
}

#[test]
fn seven_days_without_contact_lock_what_is_unsent_and_a_contact_opens_the_way() {
    let (store, server) = (MemoryStore::locking(4), Rc::new(Script::default()));
    let (tab, _) = tab(&store, &server);
    block_on(tab.sign_in("1".to_owned(), "secret".to_owned())).unwrap();
    block_on(tab.choose_pin("725190")).unwrap();
    block_on(tab.commit(tab.inner().environment.new_record_id(), visit(1, "x"))).unwrap();
    let clock = tab.inner().environment.0.clone();
    // Every try fails for eight days, with the tab open all the time.
    server.signed_out.set(true);
    for _ in 0..8 {
        clock.set(clock.get() + 24 * 3_600_000);
        block_on(tab.step());
    }
    assert_eq!(tab.lock(), Lock::Expired { unsent: 1 });
    assert_eq!(block_on(tab.unlock("725190")), Err(PhoneError::Locked), "the PIN alone does not help");
    block_on(tab.sign_in("1".to_owned(), "secret".to_owned())).unwrap();
    assert_eq!((tab.lock(), tab.status().saved), (Lock::Open, 1), "nothing is lost");
}

#[test]
fn an_open_form_is_no_clean_moment() {
    let (store, server) = (signed_in(1), Rc::new(Script::default()));
    let (tab, jobs) = tab(&store, &server);
    assert!(tab.is_clean());
    let form = block_on(tab.open_draft(DraftKind::Reception)).unwrap();
    form.keep(&json!("half"));
    assert!(!tab.is_clean());
    for job in jobs.take() {
        block_on(job);
    }
    drop(form);
    assert!(tab.is_clean(), "it is on disk and closed");
}

#[test]
fn what_a_wipe_left_goes_out_when_its_official_signs_in_again() {
    use crate::sample::new_record;
    let (store, server) = (MemoryStore::locking(5), Rc::new(Script::default()));
    let keys = crate::sample::session_of(account(1), Moment(0), 0).phone.unwrap();
    block_on(store.open_with(account(1), &keys, Moment(1_000_000))).unwrap();
    block_on(store.commit(account(1), &new_record(1, "x"))).unwrap();
    // Signed out before the last record had gone.
    assert!(!block_on(store.wipe(account(1))).unwrap());
    let (phone, _jobs) = tab(&store, &server);
    for _ in 0..2 {
        block_on(phone.sign_in("a".to_owned(), "b".to_owned())).unwrap();
        for _ in 0..9 {
            block_on(phone.step());
        }
        assert!(server.taken.borrow().len() == 1 && phone.session().is_some());
    }
    assert_eq!(phone.lock(), Lock::ChoosePin, "and then one begins anew");
}
