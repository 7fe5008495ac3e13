//! Named scenes, each with a scripted server: what the simulation finds by chance, told one by one.

mod mending;
mod script;
mod tabs;

use std::future::Future as _;
use std::rc::Rc;

use case_core::code::QueryCode;
use case_core::id::DeviceId;
use case_core::time::Moment;
use case_core::wire::bytes::Bytes;
use case_core::wire::sync::{Outcome, PushResponse, WorkItem};
use uuid::Uuid;

pub(crate) use script::{Hand, Script, ok, page, problem};

use crate::api::{self, Failure};
use crate::engine::{Did, Engine, Mark, StepOutcome, Wake};
use crate::memory::MemoryStore;
use crate::outbox::{AsideReason, EntryState, HISTORY_MS};
use crate::sample::{account, block_on, household, new_record, session_of};
use crate::status::Connection;
use crate::store::{Issued, LocalStore as _, Profile, StoreError};
use crate::transport::{Broken, Method, Reply};

struct Scene {
    store: MemoryStore,
    server: Rc<Script>,
    clock: Hand,
    engine: Engine<MemoryStore, Rc<Script>, Hand>,
}

fn engine(store: &MemoryStore, server: &Rc<Script>, clock: &Hand) -> Engine<MemoryStore, Rc<Script>, Hand> {
    let device = DeviceId(Uuid::from_u128(0xDE));
    Engine::new(Rc::new(store.clone()), Rc::new(Rc::clone(server)), Rc::new(clock.clone()), device)
}

/// What is compared daily, and the codes, have scenes of their own: here both were done just now.
pub(crate) fn well_kept(store: &MemoryStore, n: u128) {
    block_on(store.put_lineage(account(n), "1000000 0", None)).unwrap();
    let digits = (0..100).map(|n| format!("{:012}", 111_111_111_100_u64 + n));
    let codes: Vec<QueryCode> = digits.filter_map(|digits| QueryCode::parse(&digits).ok()).collect();
    assert_eq!(codes.len(), 10);
    block_on(store.put_codes(account(n), &codes, Issued { upto: 10, beyond: 0 })).unwrap();
}

impl Scene {
    /// Signed in, with so many saved records.
    fn with(records: u128) -> Self {
        let (store, server, clock) = (MemoryStore::default(), Rc::new(Script::default()), Hand::default());
        clock.0.set(1_000_000);
        let scene = Self { engine: engine(&store, &server, &clock), store, server, clock };
        scene.signs_in(1);
        well_kept(&scene.store, 1);
        for n in 1..=records {
            block_on(scene.store.commit(account(1), &new_record(n, "x"))).unwrap();
        }
        assert_eq!(scene.step().did, Did::Identified);
        scene
    }

    fn signs_in(&self, n: u128) {
        let session = session_of(account(n), Moment(0), 0);
        let keys = session.phone.clone().unwrap();
        let now = Moment(self.clock.0.get());
        block_on(self.store.open_with(account(n), &keys, now)).unwrap();
        let profile = Profile { session, protocol: 2, seen_at: Moment(0) };
        block_on(self.store.put_profile(Some(&profile))).unwrap();
        self.server.who.set(n);
    }

    /// The browser is killed; another engine over the same disk goes on.
    fn restarted(self) -> Self {
        Self { engine: engine(&self.store, &self.server, &self.clock), ..self }
    }

    fn answers(self, answers: impl IntoIterator<Item = Result<Reply, Broken>>) -> Self {
        self.server.next.borrow_mut().extend(answers);
        self
    }

    fn step(&self) -> StepOutcome {
        block_on(self.engine.step())
    }

    /// Steps and waits until nothing is due for a minute; answers how long it took.
    fn run(&self) -> i64 {
        let begun = self.clock.0.get();
        for _ in 0..1_000 {
            let outcome = self.step();
            let now = self.clock.0.get();
            match outcome.next_wake {
                Some(at) if at.0 > now && self.waiting() == 0 => return now - begun,
                Some(at) => self.clock.0.set(now.max(at.0)),
                None => return now - begun,
            }
        }
        panic!("it never comes to rest");
    }

    /// Steps until nothing more is due for a minute.
    fn settle(&self) {
        for _ in 0..1_000 {
            match self.step().next_wake {
                Some(at) if at.0 > self.clock.0.get() + 60_000 => return,
                Some(at) => self.clock.0.set(self.clock.0.get().max(at.0)),
                None => return,
            }
        }
        panic!("it never comes to rest");
    }

    /// As [`Self::settle`], through waits of any length.
    fn run_out(&self) {
        for _ in 0..100 {
            match self.step().next_wake {
                Some(at) => self.clock.0.set(self.clock.0.get().max(at.0)),
                None => return,
            }
        }
    }

    /// Records that are kept, whoever may read them.
    fn states_without_key(&self) -> usize {
        use crate::kv::{ASIDE, CONFIRMED, Kv as _, Range, WAITING};
        let count = |store| block_on(self.store.kv().keys(store, Range::all())).unwrap().len();
        [WAITING, CONFIRMED, ASIDE].map(count).iter().sum()
    }

    fn waiting(&self) -> u32 {
        block_on(self.store.counts(account(1))).unwrap().waiting
    }

    fn pushes(&self) -> usize {
        self.server.asked.borrow().iter().filter(|line| line.contains("push")).count()
    }

    fn states(&self) -> Vec<EntryState> {
        block_on(self.store.settled(account(1))).unwrap().into_iter().map(|entry| entry.state).collect()
    }

    fn confirmed(&self) -> usize {
        self.states().iter().filter(|state| matches!(state, EntryState::Confirmed { .. })).count()
    }
}

#[test]
fn a_reply_lost_ten_times_after_the_server_had_stored() {
    let scene = Scene::with(3);
    scene.server.lose_replies.set(10);
    scene.run();
    assert_eq!((scene.waiting(), scene.confirmed()), (0, 3));
    assert!(scene.server.taken.borrow().values().all(|known| known.times == 11));
}

#[test]
fn twelve_hundred_records_go_in_six_batches_in_order() {
    let scene = Scene::with(1_200);
    scene.run();
    assert_eq!((scene.pushes(), scene.confirmed()), (6, 1_200), "a small one, and five of 250 or less");
    assert!(scene.server.taken.borrow().values().zip(1..).all(|(known, n)| known.stored.sequence == n));
}

#[test]
fn the_next_batches_are_under_way_before_the_first_is_answered() {
    let scene = Scene::with(1_000);
    assert_eq!(scene.step().did, Did::Pushed { settled: 100, later: 0 });
    assert_eq!((scene.pushes(), scene.waiting()), (3, 900), "three at most");
    let after = scene.server.after.borrow().clone();
    let last = |n: u128| Some(new_record(n, "x").id);
    assert_eq!(after, [None, last(100), last(350)], "each names the end of the one before");
    assert_eq!(scene.step().did, Did::Pushed { settled: 250, later: 0 });
    assert_eq!((scene.pushes(), scene.waiting()), (4, 650));
    scene.run();
    assert_eq!((scene.pushes(), scene.confirmed()), (5, 1_000), "each once");
}

#[test]
fn a_batch_that_fails_takes_those_behind_it_along_and_all_are_sent_again() {
    let scene = Scene::with(700).answers([Err(Broken::Offline)]);
    assert_eq!(scene.step().did, Did::Failed(Failure::Broken(Broken::Offline)));
    assert_eq!(scene.waiting(), 700, "what was sent behind it is not believed in another order");
    scene.run();
    assert_eq!((scene.waiting(), scene.confirmed()), (0, 700));
    assert!(scene.server.taken.borrow().values().zip(1..).all(|(known, n)| known.stored.sequence == n));
}

#[test]
fn a_wish_that_comes_while_a_try_is_failing_is_for_another_try() {
    let scene = Scene::with(1).answers((0..9).map(|_| Err(Broken::Offline)));
    for _ in 0..8 {
        scene.step();
        let next = scene.engine.live().next_try.unwrap();
        scene.clock.0.set(next.0);
    }
    // The next try hangs; meanwhile somebody presses the button; then it fails.
    scene.server.hangs.set(true);
    let mut hanging = Box::pin(scene.engine.step());
    let mut cx = std::task::Context::from_waker(std::task::Waker::noop());
    assert!(hanging.as_mut().poll(&mut cx).is_pending());
    scene.engine.wake(Wake::Asked);
    scene.server.hangs.set(false);
    assert_eq!(block_on(hanging).did, Did::Failed(Failure::Broken(Broken::Offline)));
    scene.server.next.borrow_mut().clear();
    assert_eq!(scene.step().did, Did::Pushed { settled: 1, later: 0 }, "without waiting");
}

#[test]
fn a_tab_that_ends_with_batches_under_way_loses_none() {
    let scene = Scene::with(700);
    scene.step();
    let scene = scene.restarted();
    scene.run();
    assert_eq!((scene.waiting(), scene.confirmed()), (0, 700));
}

#[test]
fn receipts_find_a_full_disk_and_what_may_be_spared_makes_room() {
    let scene = Scene::with(30);
    scene.run();
    // A week later, with more to send than there is room for.
    scene.clock.0.set(scene.clock.0.get() + 8 * 86_400_000);
    for n in 31..=35 {
        block_on(scene.store.commit(account(1), &new_record(n, "x"))).unwrap();
    }
    let mut told = false;
    let full = move |what: &str| (what == "apply" && !std::mem::replace(&mut told, true)).then_some(StoreError::Full);
    scene.store.set_weather(Box::new(full));
    scene.engine.wake(Wake::Asked);
    scene.run();
    assert_eq!(scene.waiting(), 0);
    assert_eq!(scene.confirmed(), 25, "ten of the old ones went, the last twenty stayed");
}

#[test]
fn a_server_down_for_an_hour_is_not_asked_all_the_time() {
    let scene =
        Scene::with(1).answers((0..14).map(|_| Ok(Reply { status: 502, retry_after: None, body: String::new() })));
    let took = scene.run();
    assert_eq!(scene.confirmed(), 1);
    assert!(took > 20 * 60_000, "14 tries in {took} ms");
}

#[test]
fn a_wait_that_the_server_asks_for_is_kept() {
    let scene = Scene::with(1).answers([Ok(Reply { status: 429, retry_after: Some(120), body: String::new() })]);
    assert!((120_000..121_000).contains(&scene.run()));
}

#[test]
fn a_session_that_ran_out_keeps_everything_and_goes_on_after_the_sign_in() {
    let scene = Scene::with(2).answers([problem(401, "sign_in_again")]);
    scene.step();
    assert_eq!(scene.engine.live().connection, Connection::NeedsSignIn);
    let rest = scene.step();
    assert_eq!((rest.did, scene.waiting()), (Did::Rested, 2));
    assert!(rest.next_wake.unwrap().0 - scene.clock.0.get() >= 200_000, "it does not knock meanwhile");
    scene.engine.wake(Wake::SessionChanged);
    assert_eq!(scene.run(), 0, "and then sends at once");
    assert_eq!(scene.confirmed(), 2);
}

#[test]
fn nothing_is_sent_under_another_officials_cookie() {
    let scene = Scene::with(0);
    scene.signs_in(2);
    scene.server.who.set(1);
    block_on(scene.store.commit(account(2), &new_record(1, "x"))).unwrap();
    // The scripted server knows the cookie as account 1's.
    scene.step();
    scene.step();
    assert_eq!(scene.engine.live().connection, Connection::NeedsSignIn);
    assert!(scene.server.taken.borrow().is_empty());
}

#[test]
fn a_version_that_is_too_old_waits_for_its_update() {
    let scene = Scene::with(2).answers([problem(409, "client_too_old")]);
    scene.step();
    assert_eq!((scene.engine.live().connection, scene.waiting()), (Connection::NeedsUpdate, 2));
}

#[test]
fn one_record_that_is_too_large_does_not_stop_the_others() {
    let scene = Scene::with(20);
    block_on(scene.store.commit(account(1), &new_record(50, &"长".repeat(2_000)))).unwrap();
    for n in 60..80 {
        block_on(scene.store.commit(account(1), &new_record(n, "x"))).unwrap();
    }
    scene.server.largest.set(5_000);
    assert_eq!(scene.run(), 0, "no wait is needed for that");
    assert_eq!((scene.waiting(), scene.confirmed()), (0, 40));
    let aside: Vec<_> = scene.states().into_iter().filter(|s| !matches!(s, EntryState::Confirmed { .. })).collect();
    assert!(matches!(aside.as_slice(), [EntryState::SetAside { reason: AsideReason::TooLarge, .. }]), "{aside:?}");
}

#[test]
fn a_hotspots_page_is_not_believed() {
    for status in [200, 302, 400, 401, 403, 404, 409] {
        let html = Reply { status, retry_after: None, body: "<html>".to_owned() };
        let scene = Scene::with(1).answers([Ok(html)]);
        scene.step();
        assert_eq!((scene.waiting(), scene.states().len()), (1, 0), "{status}");
        assert!(matches!(scene.engine.live().connection, Connection::Troubled { .. }), "{status}");
        scene.run();
        assert_eq!(scene.confirmed(), 1, "{status}");
    }
}

#[test]
fn a_record_saved_offline_is_tried_at_once_when_the_network_is_back() {
    let scene = Scene::with(1).answers((0..8).map(|_| Err(Broken::Offline)));
    for _ in 0..8 {
        scene.step();
        scene.engine.wake(Wake::Hint);
    }
    assert_eq!(scene.run(), 0);
    assert_eq!(scene.confirmed(), 1);
}

#[test]
fn a_first_download_goes_on_where_it_was_cut() {
    let scene = Scene::with(0);
    let home = |n| WorkItem::Household(household(n, None));
    scene.server.pages.borrow_mut().extend([page("1", true, vec![home(1)]), page("2", true, vec![home(2)])]);
    assert!(matches!(scene.step().did, Did::Pulled(_)));
    assert!(matches!(scene.step().did, Did::Pulled(_)));
    let scene = scene.restarted();
    scene.server.pages.borrow_mut().push_back(page("3", false, vec![home(3)]));
    scene.run();
    let cursors = scene.server.cursors.borrow().clone();
    // The third page was under way when the browser was killed: it is asked for again.
    let from = |cursor: &str| Some(cursor.to_owned());
    assert_eq!(cursors, [None, from("1"), from("2"), from("2")]);
    let mark = block_on(scene.store.pull_mark(account(1))).unwrap().unwrap();
    assert!(mark.complete && mark.received == 3, "{mark:?}");
    assert_eq!(block_on(scene.store.items(account(1))).unwrap().len(), 3);
}

#[test]
fn a_page_that_leads_nowhere_is_not_asked_for_for_ever() {
    let scene = Scene::with(0);
    scene.server.pages.borrow_mut().extend([page("1", true, vec![]), page("1", true, vec![])]);
    scene.step();
    assert!(matches!(scene.step().did, Did::Failed(_)));
    let rest = scene.step();
    assert_eq!(rest.did, Did::Rested);
}

#[test]
fn a_record_for_which_the_server_is_not_ready_waits_alone() {
    let later = |n| Outcome::TryLater { id: new_record(n, "x").id };
    let answer = |outcomes| Ok(ok(&PushResponse { server_time: Moment(0), outcomes, signature: Bytes::default() }));
    let scene = Scene::with(1).answers([answer(vec![later(1)])]);
    assert_eq!(scene.step().did, Did::Pushed { settled: 0, later: 1 });
    // Not asked again at once, while a newer record goes out.
    assert!(!matches!(scene.step().did, Did::Pushed { .. }));
    block_on(scene.store.commit(account(1), &new_record(2, "x"))).unwrap();
    scene.engine.wake(Wake::Committed);
    assert_eq!(scene.step().did, Did::Pushed { settled: 1, later: 0 });
    assert_eq!(scene.waiting(), 1);
    assert!(scene.run() >= 750, "and goes out after its own wait");
    assert_eq!(scene.confirmed(), 2);
}

#[test]
fn history_is_kept_for_thirty_days_and_two_hundred_records() {
    let scene = Scene::with(350);
    scene.run();
    assert_eq!(scene.confirmed(), 350, "all are recent");
    scene.clock.0.set(scene.clock.0.get() + HISTORY_MS + 1);
    block_on(scene.store.commit(account(1), &new_record(900, "x"))).unwrap();
    let scene = scene.restarted();
    scene.run();
    assert_eq!(scene.confirmed(), 200);
    // A record that was forgotten is not sent again when its old tab commits it once more.
    assert!(block_on(scene.store.commit(account(1), &new_record(1, "x"))).unwrap().already);
}

#[test]
fn a_quiet_day_needs_three_requests() {
    let scene = Scene::with(1);
    scene.run();
    let asked = scene.server.asked.borrow().join("\n");
    let expected = format!(
        "{:?} {}\n{:?} {}\n{:?} {}",
        Method::Get,
        api::SESSION,
        Method::Post,
        api::PUSH,
        Method::Post,
        api::PULL
    );
    assert_eq!(asked, expected, "one request each");
}
