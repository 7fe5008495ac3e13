//! What surrounds the phones: their clocks, their lines, the server at the other end.

use std::cell::{Cell, RefCell};
use std::collections::BTreeSet;
use std::rc::Rc;
use std::task::{Context, Poll, Waker};

use case_core::time::Moment;
use case_offline::Phone;
use case_offline::api::PUSH;
use case_offline::environment::Environment;
use case_offline::kept::Store;
use case_offline::transport::{Body, Broken, Reply, Request, Transport};

use crate::crypto::SimCrypto;
use crate::disk::SimKv;
use crate::gate::Gate;
use crate::office::Office;
use crate::random::Random;
use crate::sabotage::Sabotage;
use crate::tally::Tally;

/// A day.
pub const DAY_MS: i64 = 86_400_000;

/// What a phone keeps.
pub type Disk = Store<SimKv, SimCrypto>;
/// A phone.
pub type SimPhone = Phone<Disk, Net, Env>;

/// What the phones share.
pub struct Outside {
    /// The server and who works there.
    pub office: RefCell<Office>,
    /// The true time.
    pub now: Cell<i64>,
    /// Whether things go wrong.
    pub faults: Cell<bool>,
    /// What stands before the server.
    pub gate: Gate,
    /// Until then the server answers nothing.
    pub down_until: Cell<i64>,
    /// Requests that arrive after their sender has given up.
    pub under_way: RefCell<Vec<(Request, Option<String>)>>,
    /// What happened.
    pub tally: RefCell<Tally>,
    /// Chance.
    pub random: Random,
    /// Whether it is told as it happens.
    pub told: bool,
    /// What is done behind everybody's back.
    pub sabotage: Option<Sabotage>,
    /// Which phone was in use on which day.
    pub in_use: RefCell<BTreeSet<(usize, i64)>>,
}

impl Outside {
    /// Tells what happens, when somebody listens.
    pub fn tell(&self, what: impl FnOnce() -> String) {
        if self.told {
            let since = self.now.get() - crate::office::BEGIN;
            let (day, rest) = (since / 86_400_000, since % 86_400_000);
            let (hour, minute, ms) = (rest / 3_600_000, rest / 60_000 % 60, rest % 60_000);
            eprintln!("day {day} {hour:02}:{minute:02}:{:02}.{:03}  {}", ms / 1_000, ms % 1_000, what());
        }
    }

    /// Something was done with that phone today.
    pub fn used(&self, phone: usize) {
        self.in_use.borrow_mut().insert((phone, self.now.get().div_euclid(DAY_MS)));
    }

    /// Counts.
    pub fn count(&self, of: impl FnOnce(&mut Tally) -> &mut u64) {
        *of(&mut self.tally.borrow_mut()) += 1;
    }

    /// The server is asked, now.
    pub fn ask(&self, request: &Request, cookie: &mut Option<String>) -> Option<Reply> {
        if self.now.get() < self.down_until.get() {
            return None;
        }
        let mut office = self.office.borrow_mut();
        office.set_time(self.now.get());
        let cut = self.faults.get() && self.random.permille(12);
        if cut {
            office.cut_after(1 + u32::try_from(self.random.below(25)).unwrap());
        }
        let reply = if self.faults.get() {
            self.gate.pass(self, request, |request| office.answer(request, cookie))
        } else {
            office.answer(request, cookie)
        };
        // One that was lit for a request that never came to the server.
        office.cut_no_more();
        drop(office);
        if reply.is_none() {
            self.count(|tally| &mut tally.server_cuts);
            self.down_until.set(self.now.get() + i64::try_from(self.random.below(20_000)).unwrap());
        }
        reply
    }
}

/// The line of one phone.
#[derive(Clone)]
pub struct Net {
    /// The world.
    pub outside: Rc<Outside>,
    /// Which phone, for whoever listens.
    pub name: usize,
    /// The browser's cookie, shared by its tabs.
    pub cookie: Rc<RefCell<Option<String>>>,
    /// Whether there is a signal.
    pub signal: Rc<Cell<bool>>,
}

/// The phone's clock: wrong by so much.
#[derive(Clone)]
pub struct Env {
    /// The world.
    pub outside: Rc<Outside>,
    /// How wrong.
    pub wrong_by: Rc<Cell<i64>>,
    /// Records of a full batch.
    pub full_batch: usize,
}

impl Environment for Env {
    fn now(&self) -> Moment {
        Moment(self.outside.now.get() + self.wrong_by.get())
    }

    fn full_batch(&self) -> usize {
        self.full_batch
    }

    fn random(&self) -> [u8; 10] {
        let mut bytes = [0; 10];
        bytes[..8].copy_from_slice(&self.outside.random.next().to_be_bytes());
        bytes
    }
}

/// Comes back after so many polls.
async fn wait(polls: u64) {
    let mut left = polls;
    std::future::poll_fn(move |_| {
        if left == 0 {
            return Poll::Ready(());
        }
        left -= 1;
        Poll::Pending
    })
    .await;
}

impl Transport for Net {
    async fn send(&self, request: Request) -> Result<Reply, Broken> {
        let outside = &*self.outside;
        let random = &outside.random;
        let faults = outside.faults.get();
        wait(random.below(if faults { 6 } else { 2 })).await;
        outside.count(|tally| &mut tally.requests);
        if matches!(&request.body, Body::Json(json) if request.path == PUSH && json.contains("\"after\":")) {
            outside.count(|tally| &mut tally.behind_another);
        }
        if faults && !self.signal.get() {
            return Err(Broken::Offline);
        }
        let fate = if faults { random.below(120) } else { 120 };
        let sent_with = self.cookie.borrow().clone();
        let tell = |what: &str| {
            outside.tell(|| format!("phone {}: {:?} {} {what}", self.name, request.method, request.path));
        };
        match fate {
            0..6 => {
                outside.count(|tally| &mut tally.requests_lost);
                tell("is lost");
                return Err(Broken::Offline);
            }
            6..11 => {
                outside.count(|tally| &mut tally.late);
                tell("will be late");
                outside.under_way.borrow_mut().push((request, sent_with));
                wait(8).await;
                return Err(Broken::Timeout);
            }
            11..14 => {
                outside.count(|tally| &mut tally.refused_unasked);
                return Ok(unasked(random.below(3)));
            }
            _ => {}
        }
        let mut cookie = sent_with.clone();
        let Some(reply) = outside.ask(&request, &mut cookie) else {
            tell("finds the server without power");
            return Err(Broken::Offline);
        };
        let reply = match outside.sabotage.filter(|_| random.permille(100)) {
            Some(sabotage) => sabotage.on_the_way(&request, reply),
            None => reply,
        };
        if outside.told {
            tell(&format!("-> {} {}", reply.status, reply.body.chars().take(100).collect::<String>()));
        }
        outside.used(self.name);
        if (14..18).contains(&fate) {
            outside.count(|tally| &mut tally.doubled_requests);
            outside.under_way.borrow_mut().push((request.clone(), sent_with.clone()));
        }
        wait(random.below(if faults { 6 } else { 2 })).await;
        if (18..28).contains(&fate) {
            outside.count(|tally| &mut tally.replies_lost);
            tell("has its reply lost");
            return Err(if fate < 24 { Broken::Offline } else { Broken::Timeout });
        }
        if (28..36).contains(&fate) {
            outside.count(|tally| &mut tally.strange_answers);
            return Ok(strange(fate, &reply));
        }
        if cookie != sent_with {
            *self.cookie.borrow_mut() = cookie;
        }
        Ok(reply)
    }
}

/// A reply.
pub(crate) fn answer(status: u16, body: &str) -> Reply {
    Reply { status, retry_after: None, body: body.to_owned() }
}

/// The server, or what stands before it, turns the request away without looking.
fn unasked(which: u64) -> Reply {
    match which {
        0 => answer(500, ""),
        1 => answer(503, r#"{"problem":"unavailable","message":"…"}"#),
        _ => Reply { retry_after: Some(3), ..answer(429, "") },
    }
}

/// The work was done; the answer says otherwise, or nothing that can be read.
fn strange(fate: u64, reply: &Reply) -> Reply {
    match fate {
        28 => answer(500, ""),
        29 => answer(200, "<html>欢迎使用无线网络</html>"),
        30 => {
            let half = (0..=reply.body.len() / 2).rev().find(|at| reply.body.is_char_boundary(*at)).unwrap_or(0);
            answer(reply.status, &reply.body[..half])
        }
        31 => answer(409, r#"{"problem":"client_too_old","message":"…"}"#),
        32 => answer(401, r#"{"problem":"sign_in_again","message":"…"}"#),
        33 => answer(403, r#"{"problem":"forbidden","message":"…"}"#),
        34 => answer(404, "<html>"),
        _ => answer(502, "<html>"),
    }
}

/// Runs a future that never waits for anything but itself.
pub fn block_on<F: Future>(future: F) -> F::Output {
    let mut future = std::pin::pin!(future);
    let mut cx = Context::from_waker(Waker::noop());
    loop {
        if let Poll::Ready(answer) = future.as_mut().poll(&mut cx) {
            return answer;
        }
    }
}
