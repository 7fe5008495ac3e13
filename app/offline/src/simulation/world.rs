//! The world: three phones, three officials who share them, one server; a move at a time.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use case_core::time::Moment;

use super::power::{Device, Due, Mishaps, Outside};
use super::random::Random;
use super::server::Server;
use super::user::{Told, fill_in, sign_in};
use crate::engine::Wake;
use crate::environment::Environment as _;

pub const OFFICIALS: u64 = 3;

pub struct World {
    pub outside: Rc<Outside>,
    pub devices: Vec<Device>,
    pub told: Rc<RefCell<Told>>,
    /// Phones on which two tabs may be open at once.
    pub shared_by_tabs: Vec<bool>,
    random: Random,
    moves: u64,
    crashes: u64,
    clock_jumps: u64,
    sessions_ended: u64,
}

impl World {
    pub fn new(seed: u64) -> Self {
        let random = Random::new(seed);
        let outside = Rc::new(Outside {
            server: RefCell::new(Server::new(random.clone())),
            now: Cell::new(1_767_225_600_000),
            faults: Cell::new(true),
            under_way: RefCell::default(),
            mishaps: Mishaps::default(),
            random: random.clone(),
        });
        Self {
            devices: (0..3).map(|_| Device::new(&outside)).collect(),
            shared_by_tabs: (0..3).map(|_| random.permille(500)).collect(),
            told: Rc::default(),
            outside,
            random,
            moves: 0,
            crashes: 0,
            clock_jumps: 0,
            sessions_ended: 0,
        }
    }

    fn advance(&self, ms: u64) {
        self.outside.now.set(self.outside.now.get() + i64::try_from(ms).unwrap());
    }

    pub fn one_move(&mut self) {
        self.moves += 1;
        let random = self.random.clone();
        self.advance(if random.permille(60) { random.below(100_000) } else { random.below(200) });
        if random.permille(30) {
            self.outside.server.borrow_mut().office();
        }
        if random.permille(60) {
            self.deliver_late();
        }
        let at = usize::try_from(random.below(3)).unwrap();
        if self.devices[at].tabs.is_empty() {
            self.devices[at].open_tab();
            return;
        }
        match random.below(1_000) {
            0..6 => {
                self.crashes += 1;
                self.devices[at].switch_off();
                return;
            }
            6..16 if self.shared_by_tabs[at] && self.devices[at].tabs.len() < 2 => self.devices[at].open_tab(),
            16..40 => {
                let signal = &self.devices[at].net.signal;
                signal.set(!signal.get());
            }
            40..44 => {
                self.clock_jumps += 1;
                let hours = i64::try_from(random.below(2_000)).unwrap() - 1_000;
                self.devices[at].env.wrong_by.set(hours * 3_600_000);
            }
            44..52 => {
                self.sessions_ended += 1;
                self.devices[at].net.cookie.set(None);
            }
            52..300 => self.official_acts(at),
            _ => {}
        }
        let device = &mut self.devices[at];
        let now = device.env.now();
        let tabs = device.tabs.len() as u64;
        let tab = &mut device.tabs[usize::try_from(random.below(tabs)).unwrap()];
        tab.step_if_due(now);
        for _ in 0..random.below(12) {
            tab.poll_one(&random);
        }
    }

    fn official_acts(&mut self, at: usize) {
        let random = self.random.clone();
        let device = &self.devices[at];
        let tab = &device.tabs[usize::try_from(random.below(device.tabs.len() as u64)).unwrap()];
        let phone = tab.phone.clone();
        let signed_in = phone.session().is_some();
        match random.below(100) {
            0..4 => tab.start(Box::pin(sign_in(phone, random.below(OFFICIALS), Rc::clone(&tab.due)))),
            _ if !signed_in && random.permille(300) => {
                tab.start(Box::pin(sign_in(phone, random.below(OFFICIALS), Rc::clone(&tab.due))));
            }
            // Somebody whose session ran out signs in again, sooner or later.
            4..16 if phone.status().connection == crate::status::Connection::NeedsSignIn => {
                let who = phone.session().map_or(0, |s| s.actor.account.0.as_u128() - 0xACC0_0000);
                tab.start(Box::pin(sign_in(phone, u64::try_from(who).unwrap(), Rc::clone(&tab.due))));
            }
            16..18 => tab.start(Box::pin(async move {
                let _result = phone.sign_out().await;
            })),
            18..30 => phone.sync_now(),
            30..46 => {
                phone.inner().engine.wake(Wake::Hint);
                tab.due.set(Due::Now);
            }
            46..80 if !tab.filling.replace(true) => {
                let (spawn, told, filling) = (tab.spawner(), Rc::clone(&self.told), Rc::clone(&tab.filling));
                tab.start(Box::pin(async move {
                    fill_in(phone, random, told, spawn).await;
                    filling.set(false);
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
            let at = usize::try_from(self.random.below(under_way.len() as u64)).unwrap();
            under_way.swap_remove(at)
        };
        let (request, mut cookie) = late;
        let now = Moment(self.outside.now.get());
        let _reply = self.outside.server.borrow_mut().answer(&request, &mut cookie, now);
    }

    /// The faults stop; each official goes to each phone and signs in.
    pub fn calm_down(&mut self) {
        self.outside.faults.set(false);
        self.outside.server.borrow_mut().faults = false;
        while !self.outside.under_way.borrow().is_empty() {
            self.deliver_late();
        }
        for at in 0..self.devices.len() {
            // Half of the phones are restarted first.
            if self.random.permille(500) {
                self.devices[at].switch_off();
            }
            for who in 0..OFFICIALS {
                self.settle(at, who);
            }
        }
    }

    fn settle(&mut self, at: usize, who: u64) {
        let random = self.random.clone();
        while self.devices[at].tabs.is_empty() {
            self.devices[at].open_tab();
        }
        let device = &mut self.devices[at];
        device.tabs.truncate(1);
        let tab = &mut device.tabs[0];
        // Whoever is signing in or out just now comes to an end first: it is one person after another.
        while !tab.is_idle() {
            tab.poll_one(&random);
        }
        tab.start(Box::pin(sign_in(tab.phone.clone(), who, Rc::clone(&tab.due))));
        let mut waits = 0;
        let begun = self.moves;
        loop {
            self.moves += 1;
            assert!(self.moves - begun < 5_000, "it never comes to rest");
            let now = device.env.now();
            let tab = &mut device.tabs[0];
            tab.step_if_due(now);
            while !tab.is_idle() {
                tab.poll_one(&random);
            }
            match tab.due.get() {
                Due::Now => {}
                Due::Never => panic!("the engine sleeps for ever"),
                Due::At(next) => {
                    let status = tab.phone.status();
                    if status.saved == 0 && status.connection == crate::status::Connection::Online {
                        break;
                    }
                    waits += 1;
                    assert!(waits < 50, "the queue does not drain: {status:?}");
                    let ms = now.ms_until(next).max(0);
                    self.outside.now.set(self.outside.now.get() + ms);
                }
            }
            self.outside.now.set(self.outside.now.get() + 1);
        }
        self.check_calm(at, who);
    }

    pub fn moves(&self) -> u64 {
        self.moves
    }

    pub fn tally(&self) -> Tally {
        let (server, told, mishaps) = (self.outside.server.borrow(), self.told.borrow(), &self.outside.mishaps);
        Tally {
            moves: self.moves,
            saved: told.saved.len() as u64,
            on_server: server.stored.len() as u64,
            double_taps: told.double_taps,
            crashes: self.crashes,
            clock_jumps: self.clock_jumps,
            sessions_ended: self.sessions_ended,
            disk_full: mishaps.disk_full.get(),
            refused_by_disk: told.refused_by_disk,
            requests_lost: mishaps.requests_lost.get(),
            replies_lost: mishaps.replies_lost.get(),
            doubled: mishaps.doubled.get(),
            late: mishaps.late.get(),
            strange_answers: mishaps.strange_answers.get(),
            resent: server.resent,
            tried_later: server.tried_later,
            too_large: server.too_large,
            resets: server.resets,
            sealed: server.sealed,
            compared: server.compared,
        }
    }
}

macro_rules! tally {
    ($($field:ident),+ $(,)?) => {
        /// What happened.
        #[derive(Debug, Default)]
        pub struct Tally { $(pub $field: u64),+ }

        impl Tally {
            pub fn add(&mut self, other: &Self) { $(self.$field += other.$field;)+ }
            pub fn faults(&self) -> Vec<(&'static str, u64)> { vec![$((stringify!($field), self.$field)),+] }
        }
    };
}

tally!(
    moves,
    saved,
    on_server,
    double_taps,
    crashes,
    clock_jumps,
    sessions_ended,
    disk_full,
    refused_by_disk,
    requests_lost,
    replies_lost,
    doubled,
    late,
    strange_answers,
    resent,
    tried_later,
    too_large,
    resets,
    sealed,
    compared,
);
