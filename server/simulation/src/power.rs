//! One phone: its disk, its clock, its line, and the tabs that are open on it until the power goes.

use std::cell::{Cell, RefCell};
use std::collections::BTreeSet;
use std::rc::Rc;
use std::task::{Context, Poll, Waker};

use case_core::time::Moment;
use case_offline::Phone;
use case_offline::api::PUSH;
use case_offline::environment::{BATCH, Environment};
use case_offline::kept::Store;
use case_offline::phone::{Hooks, Job};
use case_offline::transport::{Body, Broken, Reply, Request, Transport};

use crate::crypto::SimCrypto;
use crate::disk::SimKv;
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
            office.cut_after(1 + u32::try_from(self.random.below(60)).unwrap());
        }
        let reply = office.answer(request, cookie);
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

fn answer(status: u16, body: &str) -> Reply {
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

/// When a tab's engine wants to be stepped.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Due {
    /// Now.
    Now,
    /// Then.
    At(Moment),
    /// When something happens.
    Never,
}

/// One open tab.
pub struct Tab {
    /// What its screens hold.
    pub phone: SimPhone,
    /// When its engine wants to be stepped.
    pub due: Rc<Cell<Due>>,
    /// Its engine is being stepped.
    pub stepping: Rc<Cell<bool>>,
    /// A form is open: one screen at a time. What it left to be written may still be under way.
    pub busy: Rc<Cell<bool>>,
    jobs: Vec<Job>,
    new_jobs: Rc<RefCell<Vec<Job>>>,
}

impl Tab {
    /// Whether nothing is under way.
    #[must_use]
    pub fn is_idle(&self) -> bool {
        self.jobs.is_empty() && self.new_jobs.borrow().is_empty()
    }

    /// Begins something.
    pub fn start(&self, job: Job) {
        self.new_jobs.borrow_mut().push(job);
    }

    /// For jobs that start jobs.
    pub fn spawner(&self) -> impl Fn(Job) + 'static {
        let new_jobs = Rc::clone(&self.new_jobs);
        move |job| new_jobs.borrow_mut().push(job)
    }

    /// Steps the engine, if it is due.
    pub fn step_if_due(&self, now: Moment) {
        let due = match self.due.get() {
            Due::Now => true,
            Due::At(at) => at <= now,
            Due::Never => false,
        };
        if !due || self.stepping.replace(true) {
            return;
        }
        self.due.set(Due::Never);
        let (phone, due, stepping) = (self.phone.clone(), Rc::clone(&self.due), Rc::clone(&self.stepping));
        self.start(Box::pin(async move {
            let outcome = phone.step().await;
            stepping.set(false);
            if due.get() != Due::Now {
                due.set(match outcome.next_wake {
                    Some(at) if at <= phone.now() => Due::Now,
                    Some(at) => Due::At(at),
                    None => Due::Never,
                });
            }
        }));
    }

    /// Lets one of its jobs go on until it waits again.
    pub fn poll_one(&mut self, random: &Random) {
        self.jobs.append(&mut self.new_jobs.borrow_mut());
        if self.jobs.is_empty() {
            return;
        }
        let at = random.place(self.jobs.len());
        let mut cx = Context::from_waker(Waker::noop());
        if self.jobs[at].as_mut().poll(&mut cx).is_ready() {
            drop(self.jobs.swap_remove(at));
        }
    }
}

/// A phone with its disk.
pub struct Device {
    /// What outlives the power.
    pub kv: SimKv,
    /// The key material's chance.
    pub crypto: SimCrypto,
    /// Its line.
    pub net: Net,
    /// Its clock.
    pub env: Env,
    /// What is open.
    pub tabs: Vec<Tab>,
    /// A tab that is being opened.
    opening: Option<(Job, Rc<RefCell<Option<Tab>>>)>,
}

impl Device {
    /// A new phone.
    #[must_use]
    pub fn new(outside: &Rc<Outside>, name: usize) -> Self {
        let torn = outside.sabotage == Some(Sabotage::DiskTears);
        let (random, weather) = (outside.random.clone(), Rc::clone(outside));
        let kv = SimKv::new(torn, move || {
            let full = weather.faults.get() && random.permille(2);
            if full {
                weather.count(|tally| &mut tally.disk_full);
            }
            full
        });
        // On half of the phones so few that one batch flies behind another.
        let full_batch = if outside.random.permille(500) { BATCH } else { 2 + outside.random.place(3) };
        Self {
            kv,
            crypto: SimCrypto::seeded(outside.random.next()),
            net: Net { outside: Rc::clone(outside), name, cookie: Rc::default(), signal: Rc::new(Cell::new(true)) },
            env: Env { outside: Rc::clone(outside), wrong_by: Rc::default(), full_batch },
            tabs: Vec::new(),
            opening: None,
        }
    }

    /// What is on its disk now, for questions that need no key.
    #[must_use]
    pub fn look(&self) -> Disk {
        Store::new(self.kv.peek(), self.crypto.clone())
    }

    /// What is on its disk now, as a copy that can be looked into.
    #[must_use]
    pub fn copy(&self) -> Disk {
        Store::new(self.kv.copy(), self.crypto.clone())
    }

    /// The power goes: whatever was under way is dropped where it stands.
    pub fn switch_off(&mut self) {
        self.tabs.clear();
        self.opening = None;
    }

    /// Opens one more tab, or goes on opening it.
    pub fn open_tab(&mut self) {
        let (kv, crypto, net, env) = (&self.kv, &self.crypto, &self.net, &self.env);
        let (job, place) = self.opening.get_or_insert_with(|| {
            let place = Rc::new(RefCell::new(None));
            let opened = Rc::clone(&place);
            let (store, net, env) = (Store::new(kv.clone(), crypto.clone()), net.clone(), env.clone());
            let job: Job = Box::pin(async move {
                let new_jobs: Rc<RefCell<Vec<Job>>> = Rc::default();
                let due = Rc::new(Cell::new(Due::Now));
                let (jobs, woken) = (Rc::clone(&new_jobs), Rc::clone(&due));
                let hooks = Hooks {
                    spawn: Box::new(move |job| jobs.borrow_mut().push(job)),
                    wake: Box::new(move |_| woken.set(Due::Now)),
                    // The worst case: the tabs do not hear of each other and all of them send.
                    tell: Box::new(drop),
                    key: Box::new(drop),
                };
                if let Ok(phone) = Phone::open(store, net, env, hooks).await {
                    let tab =
                        Tab { phone, due, stepping: Rc::default(), busy: Rc::default(), jobs: Vec::new(), new_jobs };
                    *opened.borrow_mut() = Some(tab);
                }
            });
            (job, place)
        });
        let mut cx = Context::from_waker(Waker::noop());
        if job.as_mut().poll(&mut cx).is_ready() {
            let tab = place.borrow_mut().take();
            self.opening = None;
            self.tabs.extend(tab);
        }
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
