//! The world: three phones, three officials who share them, the office; a move at a time.

mod calendar;
mod calm;

use std::cell::{Cell, RefCell};
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use case_core::id::{AccountId, DeviceId, RecordId};
use case_core::wire::session::PhoneKeys;
use case_offline::kv::META;
use case_offline::status::{Connection, Lock};
use case_offline::store::LocalStore as _;
use case_store::simulation;

use crate::checks::{History, officials};
use crate::crypto::REAL_EVERY;
use crate::device::{Device, Tab};
use crate::gate::Gate;
use crate::office::{BEGIN, OFFICIALS, Office, account};
use crate::power::{DAY_MS, Outside, block_on};
use crate::random::Random;
use crate::sabotage::Sabotage;
use crate::tally::Tally;
use crate::user::{Hands, Told, number};
use calendar::Day;

const PHONES: usize = 3;

/// See the module.
pub struct World {
    /// What the phones share.
    pub outside: Rc<Outside>,
    /// The phones.
    pub devices: Vec<Device>,
    /// What their officials were told.
    pub told: Rc<RefCell<Told>>,
    /// Phones on which two tabs may be open at once.
    pub shared_by_tabs: Vec<bool>,
    /// The server's public keys.
    pub keys: PhoneKeys,
    /// Records that a restored backup took from the server and that have not come back.
    pub lost: BTreeSet<RecordId>,
    /// Records that any restore took, whether they have come back or not.
    pub lost_once: BTreeSet<RecordId>,
    /// Who was found wiped where, at any time.
    pub wiped_once: BTreeSet<(usize, AccountId)>,
    /// Records that the county had before the first day.
    pub of_the_county: BTreeSet<RecordId>,
    /// What was read at earlier looks at the disks.
    pub history: History,
    /// Who is shut out where.
    pub shut_out: BTreeSet<(usize, AccountId)>,
    random: Random,
    day: Day,
    moves: u64,
    next_backup: i64,
    statements: u64,
}

impl World {
    /// The county on its first day.
    #[must_use]
    pub fn new(seed: u64, told: bool, sabotage: Option<Sabotage>) -> Self {
        let random = Random::new(seed);
        let mut office = Office::open(random.clone(), seed.is_multiple_of(REAL_EVERY));
        let keys = office.told();
        let outside = Rc::new(Outside {
            office: RefCell::new(office),
            now: Cell::new(BEGIN),
            faults: Cell::new(true),
            gate: Gate::new(random.clone()),
            down_until: Cell::new(0),
            under_way: RefCell::default(),
            tally: RefCell::default(),
            random: random.clone(),
            told,
            sabotage,
            in_use: RefCell::default(),
        });
        let mut world = Self {
            devices: (0..PHONES).map(|name| Device::new(&outside, name)).collect(),
            shared_by_tabs: (0..PHONES).map(|_| random.permille(400)).collect(),
            told: Rc::default(),
            keys,
            lost: BTreeSet::new(),
            lost_once: BTreeSet::new(),
            history: History::default(),
            shut_out: BTreeSet::new(),
            outside,
            random,
            day: Day::default(),
            moves: 0,
            next_backup: BEGIN + DAY_MS,
            statements: simulation::statements(),
            wiped_once: BTreeSet::new(),
            of_the_county: BTreeSet::new(),
        };
        world.of_the_county = world.on_server().into_keys().collect();
        world
    }

    fn hands(&self, at: usize, tab: &Tab) -> Hands {
        Hands {
            phone: tab.phone.clone(),
            device: at,
            outside: Rc::clone(&self.outside),
            told: Rc::clone(&self.told),
            due: Rc::clone(&tab.due),
        }
    }

    /// One move.
    pub fn one_move(&mut self) {
        self.moves += 1;
        let random = self.random.clone();
        self.time_goes_on();
        self.office_moves();
        if random.permille(60) {
            self.deliver_late();
        }
        let at = self.day.out[random.place(self.day.out.len())];
        if self.devices[at].tabs.is_empty() {
            for _ in 0..40 {
                if self.devices[at].tabs.is_empty() {
                    self.devices[at].open_tab();
                }
            }
            return;
        }
        match random.below(1_000) {
            0..6 => {
                self.outside.count(|tally| &mut tally.power_cuts);
                self.outside.tell(|| format!("phone {at}: the power goes"));
                self.devices[at].switch_off();
                return;
            }
            6..14 if self.shared_by_tabs[at] && self.devices[at].tabs.len() < 2 => {
                for _ in 0..40 {
                    if self.devices[at].tabs.len() < 2 {
                        self.devices[at].open_tab();
                    }
                }
            }
            14..34 => {
                let signal = &self.devices[at].net.signal;
                signal.set(!signal.get());
            }
            34..37 => {
                self.outside.count(|tally| &mut tally.clock_jumps);
                let hours = i64::try_from(random.below(2_000)).unwrap() - 1_000;
                self.devices[at].env.wrong_by.set(hours * 3_600_000);
            }
            37..50 => self.devices[at].env.wrong_by.set(0),
            50..54 => {
                self.outside.count(|tally| &mut tally.sessions_ended);
                *self.devices[at].net.cookie.borrow_mut() = None;
            }
            54..400 => self.official_acts(at),
            _ => {}
        }
        let device = &mut self.devices[at];
        let now = case_offline::environment::Environment::now(&device.env);
        let tabs = device.tabs.len();
        let tab = &mut device.tabs[random.place(tabs)];
        tab.step_if_due(now);
        for _ in 0..random.below(60) {
            tab.poll_one(&random);
        }
    }

    fn office_moves(&mut self) {
        let random = self.random.clone();
        let now = self.outside.now.get();
        self.outside.office.borrow_mut().set_time(now);
        if now >= self.next_backup {
            self.next_backup = now + DAY_MS;
            if random.permille(350) {
                self.outside.tell(|| "the office: nightly copy".to_owned());
                self.outside.office.borrow_mut().back_up();
            }
        }
        match random.below(1_000) {
            0..25 if self.outside.office.borrow_mut().goes_on() => self.outside.count(|tally| &mut tally.office),
            25 => self.restore(),
            26 => self.shut_somebody_out(),
            27..29 => {
                let back = self.shut_out.iter().nth(random.place(self.shut_out.len())).copied();
                if let Some(pair) = back {
                    self.let_in(pair);
                }
            }
            29 => {
                self.outside.count(|tally| &mut tally.sessions_ended);
                self.outside.office.borrow().end_sessions(account(random.place(OFFICIALS.len())));
            }
            30 => self.outside.down_until.set(now + i64::try_from(random.below(3_600_000)).unwrap()),
            _ => {}
        }
    }

    fn restore(&mut self) {
        let office = &self.outside.office;
        let before = self.on_server();
        if !office.borrow_mut().restore() {
            return;
        }
        let after = self.on_server();
        let lost: Vec<RecordId> = before.keys().filter(|id| !after.contains_key(id)).copied().collect();
        self.outside.tell(|| format!("the office: yesterday's copy is put back; gone: {lost:?}"));
        {
            let mut tally = self.outside.tally.borrow_mut();
            tally.restores += 1;
            tally.lost_by_restores += lost.len() as u64;
        }
        self.lost.extend(lost.iter().copied());
        self.lost_once.extend(lost);
        // Who was shut out since the copy is in again, and who was let in since is out again.
        self.shut_out = self.shut_out_by_the_server();
    }

    fn shut_out_by_the_server(&self) -> BTreeSet<(usize, AccountId)> {
        let office = self.outside.office.borrow();
        let mut out = BTreeSet::new();
        for (at, device) in self.devices.iter().enumerate() {
            // On a copy: a phone that was never in use would keep this for its name.
            let disk = device.copy_of(|store, _| store == META);
            let id = block_on(disk.device(DeviceId(uuid::Uuid::nil()))).unwrap();
            for who in officials() {
                let standing = office.wait(office.state.store.device(who, id)).unwrap();
                if standing.is_some_and(|standing| standing.revoked) {
                    out.insert((at, who));
                }
            }
        }
        out
    }

    /// What the server has.
    #[must_use]
    pub fn on_server(&self) -> BTreeMap<RecordId, simulation::Held> {
        let office = self.outside.office.borrow();
        let store = office.state.store.clone();
        office.wait(async move { store.everything(0).await }).unwrap()
    }

    fn shut_somebody_out(&mut self) {
        let at = self.random.place(PHONES);
        let Some(tab) = self.devices[at].tabs.first() else { return };
        let Some(session) = tab.phone.session() else { return };
        let who = session.actor.account;
        if self.outside.office.borrow_mut().shut_out(who, tab.phone.device(), true) {
            self.outside.tell(|| format!("the office: {} is shut out of phone {at}", OFFICIALS[number(who)].0));
            self.outside.count(|tally| &mut tally.shut_out);
            self.shut_out.insert((at, who));
            self.told.borrow_mut().shut_out.insert((at, who));
        }
    }

    fn let_in(&mut self, (at, who): (usize, AccountId)) {
        let Some(tab) = self.devices[at].tabs.first() else { return };
        self.outside.tell(|| format!("the office: {} is let in again on phone {at}", OFFICIALS[number(who)].0));
        if self.outside.office.borrow_mut().shut_out(who, tab.phone.device(), false) {
            self.shut_out.remove(&(at, who));
        }
    }

    fn official_acts(&mut self, at: usize) {
        let random = self.random.clone();
        let device = &self.devices[at];
        let tab = &device.tabs[random.place(device.tabs.len())];
        let hands = self.hands(at, tab);
        let phone = tab.phone.clone();
        let Some(session) = phone.session() else {
            if random.permille(400) {
                // Each phone has its owner, and is lent sometimes.
                let who = if random.permille(800) { at } else { random.place(OFFICIALS.len()) };
                tab.start(Box::pin(hands.sign_in(who)));
            }
            return;
        };
        if !matches!(phone.lock(), Lock::Open | Lock::Revoked { .. }) && random.permille(400) {
            tab.start(Box::pin(hands.unlock()));
            return;
        }
        match random.below(1_000) {
            0..15 => tab.start(Box::pin(hands.sign_in(random.place(OFFICIALS.len())))),
            // Somebody whose session ran out signs in again, sooner or later.
            15..200 if phone.status().connection == Connection::NeedsSignIn => {
                tab.start(Box::pin(hands.sign_in(number(session.actor.account))));
            }
            200..208 => tab.start(Box::pin(async move {
                let _result = phone.sign_out().await;
            })),
            208..320 => phone.sync_now(),
            320..340 => phone.compare_now(),
            340..352 => phone.lock_now(),
            352..358 => {
                device.kv.made_room.set(true);
                tab.start(Box::pin(async move {
                    let _freed = phone.free_space().await;
                }));
            }
            358..364 => tab.start(Box::pin(hands.try_again())),
            364..400 => tab.start(Box::pin(hands.settle())),
            400.. if !tab.busy.replace(true) => {
                let (spawn, busy) = (tab.spawner(), Rc::clone(&tab.busy));
                tab.start(Box::pin(async move {
                    hands.fill_in(spawn).await;
                    busy.set(false);
                }));
            }
            _ => {}
        }
    }

    /// A request arrives whose sender has given up long ago. Its answer reaches nobody.
    fn deliver_late(&self) {
        let late = {
            let mut under_way = self.outside.under_way.borrow_mut();
            if under_way.is_empty() {
                return;
            }
            let at = self.random.place(under_way.len());
            under_way.swap_remove(at)
        };
        let (request, mut cookie) = late;
        self.outside.tell(|| format!("late: {:?} {}", request.method, request.path));
        let _reply = self.outside.ask(&request, &mut cookie);
    }

    /// Whether old history may be gone from a phone, to make room.
    pub(crate) fn freed(&self, at: usize) -> bool {
        self.devices[at].kv.made_room.get()
    }

    /// How many moves there were.
    #[must_use]
    pub fn moves(&self) -> u64 {
        self.moves
    }

    /// What happened.
    #[must_use]
    pub fn tally(&self) -> Tally {
        let mut tally = self.outside.tally.borrow().clone();
        let ms = u64::try_from(self.outside.now.get() - BEGIN).unwrap();
        tally.phone_ms = ms * PHONES as u64;
        tally.moves = self.moves;
        tally.days_in_use = self.outside.in_use.borrow().len() as u64;
        tally.statements = simulation::statements() - self.statements;
        tally.saved = self.told.borrow().saved.len() as u64;
        tally
    }
}
