//! Scenes of two tabs over one disk while the server's database is replaced: an answer may have been true
//! when it was given and say nothing about what is there now.

use std::cell::Cell;
use std::future::Future;
use std::pin::{Pin, pin};
use std::task::{Context, Poll, Waker};

use super::*;
use crate::transport::{Request, Transport};

/// A line on which a request, or its answer, can be held up.
#[derive(Clone)]
struct Slow {
    script: Rc<Script>,
    request: Rc<Cell<bool>>,
    answer: Rc<Cell<bool>>,
}

async fn while_held(held: &Cell<bool>) {
    std::future::poll_fn(|_| if held.get() { Poll::Pending } else { Poll::Ready(()) }).await;
}

impl Transport for Slow {
    async fn send(&self, request: Request) -> Result<Reply, Broken> {
        while_held(&self.request).await;
        let reply = self.script.send(request).await;
        while_held(&self.answer).await;
        reply
    }
}

type Tab = Engine<MemoryStore, Slow, Hand>;

fn tab(scene: &Scene) -> (Tab, Slow) {
    let line = Slow { script: Rc::clone(&scene.server), request: Rc::default(), answer: Rc::default() };
    let store = scene.store.clone();
    let session = session_of(account(1), Moment(0), 0);
    let now = Moment(scene.clock.0.get());
    block_on(store.open_with(account(1), &session.phone.unwrap(), now)).unwrap();
    let device = DeviceId(Uuid::from_u128(0xDE));
    (Engine::new(Rc::new(store), Rc::new(line.clone()), Rc::new(scene.clock.clone()), device), line)
}

fn goes_on<F: Future>(step: &mut Pin<&mut F>) -> Option<F::Output> {
    let mut cx = Context::from_waker(Waker::noop());
    for _ in 0..50 {
        if let Poll::Ready(done) = step.as_mut().poll(&mut cx) {
            return Some(done);
        }
    }
    None
}

fn restored(scene: &Scene) {
    scene.server.taken.borrow_mut().clear();
    scene.server.lineage.set(1);
}

#[test]
fn a_receipt_that_slept_through_a_restore_confirms_nothing() {
    let scene = Scene::with(1);
    let (sleeper, line) = tab(&scene);
    assert_eq!(block_on(sleeper.step()).did, Did::Identified);
    line.answer.set(true);
    let mut push = pin!(sleeper.step());
    assert!(goes_on(&mut push).is_none(), "taken in, and the answer is on its way");
    assert_eq!(scene.server.taken.borrow().len(), 1);
    restored(&scene);
    // Another tab finds the new database and compares with it; the record is not sent by it yet.
    let other = Mark { at: Moment(scene.clock.0.get()), lineage: "1".to_owned() };
    block_on(scene.store.put_lineage(account(1), &other.text(), None)).unwrap();
    line.answer.set(false);
    assert_eq!(goes_on(&mut push).unwrap().did, Did::Pushed { settled: 0, later: 1 });
    assert_eq!((scene.waiting(), scene.confirmed()), (1, 0), "the receipt is of a database that is gone");
    let scene = scene.restarted();
    scene.run();
    assert_eq!((scene.waiting(), scene.confirmed(), scene.server.taken.borrow().len()), (0, 1, 1));
}

#[test]
fn a_record_that_another_tab_confirms_during_a_comparison_is_compared_too() {
    let scene = Scene::with(0);
    let (comparing, slow) = tab(&scene);
    let (sending, line) = tab(&scene);
    for engine in [&comparing, &sending] {
        assert_eq!(block_on(engine.step()).did, Did::Identified);
    }
    comparing.wake(Wake::Compare);
    slow.request.set(true);
    let mut compare = pin!(comparing.step());
    assert!(goes_on(&mut compare).is_none(), "what the phone holds is on its way: nothing");
    block_on(scene.store.commit(account(1), &new_record(1, "x"))).unwrap();
    line.answer.set(true);
    let mut push = pin!(sending.step());
    assert!(goes_on(&mut push).is_none(), "taken in, and the answer is on its way");
    restored(&scene);
    slow.answer.set(true);
    slow.request.set(false);
    assert!(goes_on(&mut compare).is_none(), "the new database has answered");
    line.answer.set(false);
    assert_eq!(goes_on(&mut push).unwrap().did, Did::Pushed { settled: 1, later: 0 }, "nobody knows better yet");
    slow.answer.set(false);
    assert_eq!(goes_on(&mut compare).unwrap().did, Did::Compared { mended: 0 });
    assert_eq!(scene.confirmed(), 1);
    assert_eq!(block_on(comparing.step()).did, Did::Compared { mended: 1 }, "at once from the start");
    assert_eq!((scene.waiting(), scene.confirmed()), (1, 0));
}

#[test]
fn a_database_that_is_replaced_between_two_pages_of_a_comparison_is_compared_whole() {
    let most = u128::try_from(case_core::wire::sync::MAX_COMPARE).unwrap();
    let scene = Scene::with(most + 20);
    scene.run();
    scene.engine.wake(Wake::Compare);
    scene.server.asked.borrow_mut().clear();
    let compared = || scene.server.asked.borrow().iter().filter(|line| line.contains("compare")).count();
    while compared() == 0 {
        scene.step();
    }
    // The first page was answered by the old database; what it named is gone now.
    let kept: Vec<_> =
        scene.server.taken.borrow().iter().filter(|(_, known)| known.stored.sequence > 5).map(|(id, _)| *id).collect();
    scene.server.taken.borrow_mut().retain(|id, _| kept.contains(id));
    scene.server.lineage.set(1);
    scene.settle();
    assert_eq!(scene.server.taken.borrow().len(), usize::try_from(most).unwrap() + 20, "all of it is there again");
    assert_eq!(scene.waiting(), 0);
    let mark = Mark::of(block_on(scene.store.lineage(account(1))).unwrap()).unwrap();
    assert_eq!(mark.lineage, "1");
}
