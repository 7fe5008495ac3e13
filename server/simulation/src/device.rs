//! One phone: its disk, and the tabs that are open on it until the power goes.

use std::cell::{Cell, RefCell};
use std::rc::Rc;
use std::task::{Context, Waker};

use case_core::time::Moment;
use case_offline::environment::BATCH;
use case_offline::kept::Store;
use case_offline::phone::{Hooks, Job};
use case_offline::{Phone, SharedValue};

use crate::crypto::SimCrypto;
use crate::disk::SimKv;
use crate::power::{Disk, Env, Net, Outside, SimPhone};
use crate::random::Random;
use crate::sabotage::Sabotage;

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

    /// What is on its disk now, as a copy that can be looked into, without the values that are not wanted.
    #[must_use]
    pub fn copy_of(&self, wanted: impl Fn(&'static str, &SharedValue) -> bool) -> Disk {
        Store::new(self.kv.copy_of(wanted), self.crypto.clone())
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
