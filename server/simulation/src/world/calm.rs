//! When the faults have stopped: every phone comes to rest, and every official goes to every phone.

use case_core::id::AccountId;
use case_offline::status::{Connection, Lock};
use case_offline::store::LocalStore as _;

use super::{PHONES, World};
use crate::device::Due;
use crate::office::{OFFICIALS, account};
use crate::power::block_on;

/// What is not done after so many polls never will be.
const MOST_POLLS: u32 = 1_000_000;

impl World {
    /// The faults stop; each official goes to each phone and signs in.
    pub fn calm_down(&mut self) {
        self.outside.tell(|| "the faults stop".to_owned());
        self.outside.faults.set(false);
        self.outside.down_until.set(0);
        while !self.outside.under_way.borrow().is_empty() {
            self.deliver_late();
        }
        for device in &self.devices {
            // A clock may still be wrong, by less than it takes to lock anything.
            device.env.wrong_by.set(i64::try_from(self.random.below(7_200_000)).unwrap() - 3_600_000);
        }
        for at in 0..PHONES {
            // Half of the phones are restarted first.
            if self.random.permille(500) {
                self.devices[at].switch_off();
            }
            for _ in 0..MOST_POLLS {
                if !self.devices[at].tabs.is_empty() {
                    break;
                }
                self.devices[at].open_tab();
            }
            assert!(!self.devices[at].tabs.is_empty(), "phone {at} does not open");
            self.devices[at].tabs.truncate(1);
            self.finish(at);
            // Whoever was shut out there makes contact once more.
            self.rest(at);
            let lock = self.devices[at].tabs[0].phone.lock();
            let shut_out = self.signed_in(at).is_some_and(|account| self.shut_out.contains(&(at, account)));
            let wiping = shut_out && matches!(lock, Lock::Revoked { .. });
            assert!(!wiping, "phone {at}: a wipe that waits for ever");
            let mut others: Vec<usize> = (0..OFFICIALS.len()).collect();
            others.rotate_left(self.random.place(OFFICIALS.len()));
            for who in others {
                self.settle(at, who);
            }
        }
        // What a restored backup lost is found by comparing; a phone that is looked at last may have
        // changed what the first one shows.
        for at in 0..PHONES {
            for who in 0..OFFICIALS.len() {
                if self.settle(at, who) {
                    self.check_calm(at, who);
                }
            }
        }
    }

    /// Whoever is signing in or out just now comes to an end first: it is one person after another.
    fn finish(&mut self, at: usize) {
        let random = self.random.clone();
        let tab = &mut self.devices[at].tabs[0];
        for _ in 0..MOST_POLLS {
            if tab.is_idle() {
                return;
            }
            tab.poll_one(&random);
        }
        panic!("phone {at}: what was begun comes to no end");
    }

    fn settle(&mut self, at: usize, who: usize) -> bool {
        self.finish(at);
        let tab = &self.devices[at].tabs[0];
        let hands = self.hands(at, tab);
        tab.start(Box::pin(hands.sign_in(who)));
        self.finish(at);
        let session = self.devices[at].tabs[0].phone.session();
        if session.is_none_or(|session| session.actor.account != account(who)) {
            assert!(self.shut_out.contains(&(at, account(who))), "a sign-in without faults fails");
            return false;
        }
        let hands = self.hands(at, &self.devices[at].tabs[0]);
        self.devices[at].tabs[0].start(Box::pin(hands.try_again()));
        self.finish(at);
        self.devices[at].tabs[0].phone.compare_now();
        self.devices[at].tabs[0].phone.sync_now();
        self.rest(at);
        true
    }

    /// Lets the engine go on until it only waits for the next pull.
    fn rest(&mut self, at: usize) {
        let begun = self.moves;
        let mut waits = 0;
        loop {
            self.moves += 1;
            assert!(self.moves - begun < 20_000, "it never comes to rest");
            let now = case_offline::environment::Environment::now(&self.devices[at].env);
            self.devices[at].tabs[0].step_if_due(now);
            self.finish(at);
            let tab = &self.devices[at].tabs[0];
            match tab.due.get() {
                Due::Now => {}
                Due::Never => return,
                Due::At(next) => {
                    let status = tab.phone.status();
                    let open = matches!(status.lock, Lock::Open | Lock::ChoosePin);
                    // As the disk has it: another tab, of which this one does not hear, may have sent it.
                    let unsent = open && self.unsent(at, status.owner);
                    let stuck = status.files_waiting > 0 && self.files_wait_for_their_owner(at, open);
                    let quiet = status.others_unsent == 0 && (status.files_waiting == 0 || stuck);
                    // Who only asks for files that nobody knows is not told that they are online.
                    let online = status.connection == Connection::Online || (stuck && !open);
                    // Without a sign-in nothing of anybody's goes out from here.
                    let hopeless = status.connection == Connection::NeedsSignIn;
                    // Who is shut out here goes, whatever another official's files wait for.
                    let shut_out = status.owner.is_some_and(|owner| self.shut_out.contains(&(at, owner)));
                    let goes = shut_out && matches!(status.lock, Lock::Revoked { .. });
                    if !goes && ((online && !unsent && quiet) || hopeless) {
                        return;
                    }
                    waits += 1;
                    assert!(waits < 100, "phone {at}: the queue does not drain: {status:?}");
                    let ms = now.ms_until(next).max(0);
                    self.outside.now.set(self.outside.now.get() + ms);
                }
            }
            self.outside.now.set(self.outside.now.get() + 1);
        }
    }

    fn signed_in(&self, at: usize) -> Option<AccountId> {
        self.devices[at].tabs[0].phone.session().map(|session| session.actor.account)
    }

    fn unsent(&self, at: usize, owner: Option<AccountId>) -> bool {
        owner.is_some_and(|owner| block_on(self.devices[at].look().counts(owner)).unwrap().waiting > 0)
    }

    /// Files whose records a restore took, and whom only their official could send again, who is shut out here.
    pub(crate) fn only_files_beyond_help(&self, at: usize) -> bool {
        let pending = block_on(self.devices[at].look().files_pending()).unwrap();
        let office = self.outside.office.borrow();
        pending.iter().all(|file| {
            let cannot = self.shut_out.contains(&(at, file.account));
            cannot && office.wait(office.state.store.upload(file.sealed)).unwrap().is_none()
        })
    }

    /// A file whose record a restore took from the server is known there again only after its owner has
    /// compared, and nobody else can: the record is confirmed, so it is not in an envelope any more.
    fn files_wait_for_their_owner(&self, at: usize, open: bool) -> bool {
        let signed_in = self.signed_in(at);
        let pending = block_on(self.devices[at].look().files_pending()).unwrap();
        let office = self.outside.office.borrow();
        pending.iter().all(|file| {
            let by_another = !open || signed_in != Some(file.account);
            by_another && office.wait(office.state.store.upload(file.sealed)).unwrap().is_none()
        })
    }
}
