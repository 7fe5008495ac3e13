//! One phone: its disk, its clock, its network, and the tabs that are open on it until the power
//! goes.

use std::cell::{Cell, RefCell};
use std::rc::Rc;
use std::task::{Context, Poll, Waker};

use case_core::id::AccountId;
use case_core::time::Moment;

use super::random::Random;
use super::server::Server;
use crate::environment::Environment;
use crate::memory::MemoryStore;
use crate::phone::{Hooks, Job, Phone};
use crate::transport::{Broken, Reply, Request, Transport};

pub type SimPhone = Phone<MemoryStore, Net, Env>;

/// How often what went wrong.
#[derive(Default)]
pub struct Mishaps {
    pub requests_lost: Cell<u64>,
    pub replies_lost: Cell<u64>,
    pub doubled: Cell<u64>,
    pub late: Cell<u64>,
    pub strange_answers: Cell<u64>,
    pub disk_full: Cell<u64>,
}

fn count(cell: &Cell<u64>) {
    cell.set(cell.get() + 1);
}

/// What the phones share.
pub struct Outside {
    pub server: RefCell<Server>,
    pub now: Cell<i64>,
    pub faults: Cell<bool>,
    /// Requests that arrive after their sender has given up.
    pub under_way: RefCell<Vec<(Request, Option<AccountId>)>>,
    pub mishaps: Mishaps,
    pub random: Random,
}

/// The way from one phone.
#[derive(Clone)]
pub struct Net {
    pub outside: Rc<Outside>,
    /// The browser's cookie, shared by its tabs.
    pub cookie: Rc<Cell<Option<AccountId>>>,
    pub signal: Rc<Cell<bool>>,
}

/// The phone's clock: wrong by so much.
#[derive(Clone)]
pub struct Env {
    pub outside: Rc<Outside>,
    pub wrong_by: Rc<Cell<i64>>,
}

impl Environment for Env {
    fn now(&self) -> Moment {
        Moment(self.outside.now.get() + self.wrong_by.get())
    }

    fn random(&self) -> [u8; 10] {
        let mut bytes = [0; 10];
        bytes.fill_with(|| u8::try_from(self.outside.random.below(256)).unwrap());
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
        let Outside { random, mishaps, .. } = &*self.outside;
        let faults = self.outside.faults.get();
        wait(random.below(if faults { 6 } else { 2 })).await;
        if faults && !self.signal.get() {
            return Err(Broken::Offline);
        }
        let fate = if faults { random.below(100) } else { 100 };
        let cookie_when_sent = self.cookie.get();
        if fate < 6 {
            count(&mishaps.requests_lost);
            return Err(Broken::Offline);
        }
        if fate < 11 {
            count(&mishaps.late);
            self.outside.under_way.borrow_mut().push((request, cookie_when_sent));
            wait(8).await;
            return Err(Broken::Timeout);
        }
        let now = Moment(self.outside.now.get());
        let mut cookie = cookie_when_sent;
        let reply = self.outside.server.borrow_mut().answer(&request, &mut cookie, now);
        if (11..15).contains(&fate) {
            count(&mishaps.doubled);
            self.outside.under_way.borrow_mut().push((request, cookie_when_sent));
        }
        wait(random.below(if faults { 6 } else { 2 })).await;
        if (15..25).contains(&fate) {
            count(&mishaps.replies_lost);
            return Err(if fate < 20 { Broken::Offline } else { Broken::Timeout });
        }
        if (25..35).contains(&fate) {
            count(&mishaps.strange_answers);
            return Ok(strange(fate, &reply));
        }
        if cookie != cookie_when_sent {
            self.cookie.set(cookie);
        }
        Ok(reply)
    }
}

/// The work may have been done; the answer says otherwise, or nothing that can be read.
fn strange(fate: u64, reply: &Reply) -> Reply {
    let answer = |status, body: &str| Reply { status, retry_after: None, body: body.to_owned() };
    match fate {
        25 => answer(500, ""),
        26 => answer(503, r#"{"problem":"unavailable","message":"…"}"#),
        27 => Reply { retry_after: Some(3), ..answer(429, "") },
        28 => answer(200, "<html>欢迎使用无线网络</html>"),
        29 => answer(reply.status, reply.body.get(..reply.body.len() / 2).unwrap_or("")),
        30 => answer(409, r#"{"problem":"client_too_old","message":"…"}"#),
        31 => answer(401, r#"{"problem":"sign_in_again","message":"…"}"#),
        32 => answer(403, r#"{"problem":"forbidden","message":"…"}"#),
        33 => answer(404, "<html>"),
        _ => answer(502, "<html>"),
    }
}

/// When a tab's engine wants to be stepped.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Due {
    Now,
    At(Moment),
    Never,
}

/// One open tab.
pub struct Tab {
    pub phone: SimPhone,
    pub due: Rc<Cell<Due>>,
    pub stepping: Rc<Cell<bool>>,
    /// A form is open: one screen at a time. What it left to be written may still be under way.
    pub filling: Rc<Cell<bool>>,
    jobs: Vec<Job>,
    new_jobs: Rc<RefCell<Vec<Job>>>,
}

impl Tab {
    /// Whether nothing is under way.
    pub fn is_idle(&self) -> bool {
        self.jobs.is_empty() && self.new_jobs.borrow().is_empty()
    }

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
        let at = usize::try_from(random.below(self.jobs.len() as u64)).unwrap();
        let mut cx = Context::from_waker(Waker::noop());
        if self.jobs[at].as_mut().poll(&mut cx).is_ready() {
            drop(self.jobs.swap_remove(at));
        }
    }
}

/// A phone with its disk.
pub struct Device {
    pub store: MemoryStore,
    pub net: Net,
    pub env: Env,
    pub tabs: Vec<Tab>,
    /// A tab that is being opened.
    opening: Option<(Job, Rc<RefCell<Option<Tab>>>)>,
}

impl Device {
    pub fn new(outside: &Rc<Outside>) -> Self {
        let store = MemoryStore::interruptible();
        let (random, weather) = (outside.random.clone(), Rc::clone(outside));
        store.set_weather(Box::new(move |_name| {
            let full = weather.faults.get() && random.permille(8);
            full.then(|| {
                count(&weather.mishaps.disk_full);
                crate::store::StoreError::Full
            })
        }));
        Self {
            store,
            net: Net { outside: Rc::clone(outside), cookie: Rc::default(), signal: Rc::new(Cell::new(true)) },
            env: Env { outside: Rc::clone(outside), wrong_by: Rc::default() },
            tabs: Vec::new(),
            opening: None,
        }
    }

    /// The power goes: whatever was under way is dropped where it stands.
    pub fn switch_off(&mut self) {
        self.tabs.clear();
        self.opening = None;
    }

    /// Opens one more tab, or goes on opening it.
    pub fn open_tab(&mut self) {
        let (store, net, env) = (self.store.clone(), self.net.clone(), self.env.clone());
        let (job, place) = self.opening.get_or_insert_with(|| {
            let place = Rc::new(RefCell::new(None));
            let opened = Rc::clone(&place);
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
                        Tab { phone, due, stepping: Rc::default(), filling: Rc::default(), jobs: Vec::new(), new_jobs };
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
