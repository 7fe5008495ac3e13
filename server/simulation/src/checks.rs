//! What must hold: at any moment, and when the faults have stopped.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::rc::Rc;

use case_core::digest::Digest;
use case_core::field::{Flag, Payload, RaisedMatter};
use case_core::id::{AccountId, RecordId};
use case_core::place::{Area, DivisionCode};
use case_core::time::Moment;
use case_core::wire::receipt::{Receipt, root_of, signed_text};
use case_core::wire::sync::WorkItem;
use case_offline::SharedValue;
use case_offline::kv::{ASIDE, CONFIRMED, Key};
use case_offline::outbox::{Entry, EntryState};
use case_offline::status::{Connection, FirstDownload};
use case_offline::store::{LocalStore as _, LockState, StoreError};
use case_store::simulation::Held;

use crate::crypto::verifies;
use crate::office::{OFFICIALS, account};
use crate::power::{Disk, block_on};
use crate::world::World;

/// All disks and the whole server are looked through after so many moves: what is lost stays lost.
const LOOK_EVERY: u64 = 250;

/// A record on a phone.
#[derive(Debug)]
pub struct Seen {
    at: usize,
    entry: Entry,
    digest: Digest,
}

/// Settled records that were read at an earlier look, by the bytes they were read from: while a disk has the very
/// same ones they are not read again. By their address, which is nobody else's while they are kept here.
#[derive(Default)]
pub struct History(HashMap<usize, (SharedValue, Rc<Seen>)>);

impl History {
    fn get(&self, store: &str, value: &SharedValue) -> Option<&Rc<Seen>> {
        let settled = store == CONFIRMED || store == ASIDE;
        settled.then(|| self.0.get(&Rc::as_ptr(value).addr())).flatten().map(|(_, seen)| seen)
    }

    fn keep(&mut self, value: SharedValue, seen: Rc<Seen>) {
        self.0.insert(Rc::as_ptr(&value).addr(), (value, seen));
    }
}

/// One official's part of one phone.
struct Part {
    entries: Vec<Entry>,
    /// Sealed ones that only the server can read any more.
    sealed: Vec<RecordId>,
    revoked: bool,
}

/// Everybody who signs in.
pub fn officials() -> impl Iterator<Item = AccountId> {
    (0..OFFICIALS.len()).map(account)
}

impl World {
    /// Opens a part on a copy of the disk, as its official would after a sign-in.
    fn part(&self, at: usize, disk: &Disk, owner: AccountId) -> Part {
        let sealed = block_on(disk.sealed_waiting(None, 10_000)).unwrap();
        let sealed = sealed.into_iter().filter(|entry| entry.account == owner).map(|entry| entry.id).collect();
        let now = block_on(disk.last_contact(owner)).unwrap().unwrap_or(Moment(self.outside.now.get()));
        if let LockState::Revoked { .. } = block_on(disk.lock(owner, now)).unwrap() {
            return Part { entries: Vec::new(), sealed, revoked: true };
        }
        let device = block_on(disk.device(case_core::id::DeviceId(uuid::Uuid::nil()))).unwrap();
        let keys = self.outside.office.borrow().keys(owner, device, &self.keys);
        match block_on(disk.open_with(owner, &keys, now)) {
            Ok(()) => {}
            Err(StoreError::WrongKey) => panic!("phone {at}: the office's key no longer opens the store"),
            Err(error) => panic!("phone {at}: {error}"),
        }
        let mut entries = block_on(disk.waiting(owner, 0, u32::MAX)).unwrap();
        assert!(entries.iter().all(|entry| entry.state == EntryState::Waiting));
        entries.extend(block_on(disk.settled(owner)).unwrap());
        Part { entries, sealed, revoked: false }
    }

    /// What must hold at any moment.
    pub fn check(&mut self) {
        for tab in self.devices.iter().flat_map(|device| &device.tabs) {
            let status = tab.phone.status();
            assert!(status.sending <= status.saved, "{status:?}");
        }
        if self.moves().is_multiple_of(LOOK_EVERY) {
            let _all = self.check_disks();
        }
    }

    /// Looks at every disk and at the server.
    fn check_disks(&mut self) -> Vec<Rc<Seen>> {
        let server = self.on_server();
        let half = {
            let office = self.outside.office.borrow();
            let store = office.state.store.clone();
            office.wait(async move { store.half_taken().await }).unwrap()
        };
        assert_eq!(half, 0, "a record without a receipt");
        self.lost.retain(|id| !server.contains_key(id));
        let mut found: BTreeMap<RecordId, (usize, Option<(AccountId, Digest)>)> = BTreeMap::new();
        let mut drafts: BTreeMap<RecordId, u64> = BTreeMap::new();
        let mut revoked: BTreeSet<(usize, AccountId)> = BTreeSet::new();
        let mut all = Vec::new();
        let before = std::mem::take(&mut self.history);
        for at in 0..self.devices.len() {
            let mut sequences = BTreeSet::new();
            let known = RefCell::new(Vec::new());
            let disk = self.devices[at].copy_of(|store, value| {
                let seen = before.get(store, value);
                known.borrow_mut().extend(seen.map(|seen| (Rc::clone(value), Rc::clone(seen))));
                seen.is_none()
            });
            let known = known.into_inner();
            for owner in officials() {
                let part = self.part(at, &disk, owner);
                if part.revoked {
                    revoked.insert((at, owner));
                    found.extend(part.sealed.iter().map(|id| (*id, (at, None))));
                    continue;
                }
                let mut seen: Vec<Rc<Seen>> = Vec::new();
                for entry in part.entries {
                    assert_eq!(entry.record.by, owner, "a record stays under its official");
                    let store = if entry.is_set_aside() { ASIDE } else { CONFIRMED };
                    let value = self.devices[at].kv.kv.value(store, &Key::number(owner, entry.record.sequence));
                    let read = Rc::new(Seen { at, digest: entry.record.digest(), entry });
                    if let Some(value) = value.filter(|_| read.entry.state != EntryState::Waiting) {
                        self.history.keep(value, Rc::clone(&read));
                    }
                    seen.push(read);
                }
                for (value, read) in known.iter().filter(|(_, read)| read.entry.record.by == owner) {
                    self.history.keep(Rc::clone(value), Rc::clone(read));
                    seen.push(Rc::clone(read));
                }
                for read in seen {
                    let record = &read.entry.record;
                    assert!(sequences.insert(record.sequence), "one place in the order, one record");
                    let twice = found.insert(record.id, (at, Some((owner, read.digest))));
                    assert!(twice.is_none(), "a record is in one place");
                    self.check_claim(&read, &server);
                    all.push(read);
                }
                for draft in block_on(disk.drafts(owner)).unwrap() {
                    assert!(!found.contains_key(&draft.id), "a draft and a record of it at once");
                    drafts.insert(draft.id, {
                        let form: serde_json::Value =
                            serde_json::from_str(&serde_json::to_string(&draft.body).unwrap()).unwrap();
                        form["text"].as_u64().unwrap_or(0)
                    });
                }
            }
        }
        let mut told = self.told.borrow_mut();
        let shut_out = told.shut_out.clone();
        for (id, saved) in &mut told.saved {
            let here = server.get(id);
            if let Some(held) = here {
                assert_eq!(
                    (held.account, held.digest),
                    (saved.by, saved.digest),
                    "under its own name, in its own words"
                );
            }
            match found.get(id) {
                Some((at, Some(same))) => assert_eq!((*at, *same), (saved.device, (saved.by, saved.digest)), "changed"),
                Some((_, None)) => {}
                None if saved.released => {}
                None => {
                    let wiped = shut_out.contains(&(saved.device, saved.by));
                    let may = wiped || self.devices[saved.device].kv.made_room.get();
                    assert!(may, "what was said to be saved is gone from phone {}: {id}", saved.device);
                    let known = here.is_some() || self.lost.contains(id);
                    assert!(known, "gone from the phone and never delivered: {id}");
                    saved.released = true;
                }
            }
        }
        for (id, (owner, at, kept)) in &told.drafts {
            let gone = found.contains_key(id) || told.thrown_away.contains(id) || revoked.contains(&(*at, *owner));
            if gone || self.lost_once.contains(id) || server.contains_key(id) || told.saved.contains_key(id) {
                continue;
            }
            // A wiped phone that was let in again has no drafts of before.
            if shut_out.contains(&(*at, *owner)) {
                continue;
            }
            let text = drafts.get(id);
            assert!(text.is_some(), "a kept draft is there: {id}");
            // Two tabs on one draft may overwrite each other's text; one tab never goes back.
            assert!(self.shared_by_tabs[*at] || text >= Some(kept), "{text:?} is older than {kept}");
            assert!(text <= told.typed.get(id), "nobody typed that");
        }
        for id in found.keys().chain(server.keys()) {
            let known = told.tried.contains(id) || self.of_the_county.contains(id);
            assert!(known, "a record that nobody saved: {id}");
        }
        drop(told);
        self.wiped_once.extend(revoked);
        all
    }

    /// Whether it was ever set aside.
    fn refused(&self, id: RecordId) -> bool {
        self.outside.gate.refused.borrow().contains(&id)
    }

    /// Confirmed never without the server having exactly that.
    fn check_claim(&self, read: &Seen, server: &BTreeMap<RecordId, Held>) {
        let EntryState::Confirmed { receipt, .. } = &read.entry.state else { return };
        let id = read.entry.record.id;
        assert_eq!(receipt.digest, read.digest, "the receipt is about these words");
        match server.get(&id) {
            Some(held) => assert_eq!(held.digest, read.digest, "the server has other words"),
            None => assert!(self.lost.contains(&id), "confirmed, and the server never had it: {id}"),
        }
    }

    /// The receipt is the server's, and signed.
    fn check_proof(&self, entry: &Entry, held: &Held, verified: &mut BTreeSet<Digest>) {
        let EntryState::Confirmed { receipt, proof, .. } = &entry.state else {
            panic!("not confirmed when all is calm: {entry:?}");
        };
        assert_eq!(receipt.id, entry.record.id);
        // A request that was under way during a restore brings a record back before its phone asks: then the
        // phone has the receipt of the first time, signed by the same key.
        let (on_phone, here) = ((receipt.sequence, receipt.received_at), (held.sequence, held.received_at));
        assert!(
            on_phone == here || self.lost_once.contains(&receipt.id),
            "the server's receipt: {on_phone:?}, {here:?}"
        );
        let raised: Vec<_> = receipt.raised.iter().map(|one| one.matter).collect();
        if on_phone == here {
            assert_eq!((&receipt.flags, raised), (&held.flags, held.raised.clone()));
        }
        let files: Vec<Digest> = entry.record.payload.attachments().iter().map(|file| file.digest).collect();
        assert_eq!(receipt.attachments, files);
        let proof = proof.as_ref().expect("a proof");
        let root = root_of(Receipt::leaf(receipt), proof).expect("the proof leads to a root");
        if verified.insert(root) {
            let text = signed_text(root);
            assert!(verifies(&self.keys.receipts.0, &text, &proof.signature.0), "which the server signed");
        }
    }

    /// One official's part of one phone, after the faults have stopped.
    pub fn check_calm(&self, at: usize, who: usize) {
        let device = &self.devices[at];
        let phone = &device.tabs[0].phone;
        let status = phone.status();
        assert_eq!((status.owner, status.saved, status.sending), (Some(account(who)), 0, 0), "{status:?}");
        assert_eq!(
            (status.connection, status.first_download),
            (Connection::Online, FirstDownload::Complete),
            "{status:?}"
        );
        assert_eq!((status.set_aside, status.others_unsent), (0, 0), "{status:?}");
        assert!(status.files_waiting == 0 || self.only_files_beyond_help(at), "{status:?}");
        let wrong_by = device.env.wrong_by.get();
        assert!(
            status.clock_ahead_ms.unwrap().abs_diff(wrong_by) < 1_000,
            "measured otherwise: {wrong_by}, {status:?}"
        );
        let area: BTreeMap<_, WorkItem> = {
            let office = self.outside.office.borrow();
            let store = office.state.store.clone();
            let area = Area(vec![DivisionCode::parse(OFFICIALS[who].2).unwrap()]);
            let page = office.wait(async move { store.pull(account(who), &area, None, 10_000).await }).unwrap();
            page.items.into_iter().map(|item| (item.reference(), item)).collect()
        };
        let shown = phone.work();
        for work in shown.all() {
            assert_eq!(work.item(), area.get(&work.reference()), "phone {at} shows the area as it is");
        }
        assert_eq!(shown.len(), area.len(), "the whole area, and nothing that left it");
    }

    /// Every record has come to where it belongs.
    pub fn check_everything_arrived(&mut self) {
        let all = self.check_disks();
        let server = self.on_server();
        let mut verified = BTreeSet::new();
        for Seen { at, entry, .. } in all.iter().map(|read| &**read) {
            // What a restore took is sent again by its official's comparing, and what was set aside by their
            // trying again; who is shut out cannot do either.
            let shut_out = self.shut_out.contains(&(*at, entry.record.by));
            if shut_out && entry.is_set_aside() && self.refused(entry.record.id) {
                continue;
            }
            let Some(held) = server.get(&entry.record.id) else {
                assert!(shut_out && self.lost.contains(&entry.record.id), "every record has arrived");
                continue;
            };
            self.check_proof(entry, held, &mut verified);
        }
        let told = self.told.borrow();
        let mut beyond_help = 0;
        for (id, saved) in &told.saved {
            if !server.contains_key(id) {
                let shut_out = self.shut_out.contains(&(saved.device, saved.by));
                let taken = self.lost.contains(id) && (saved.released || shut_out);
                // Its official can neither send it again nor has been to the phone since: it is still there.
                let waits = shut_out && !saved.released && self.refused(*id);
                assert!(taken || waits, "lost: {id}");
                beyond_help += 1;
            }
        }
        self.check_server(&server);
        for at in 0..self.devices.len() {
            assert!(self.only_files_beyond_help(at), "every file of a record is complete or said lost");
        }
        let mut tally = self.outside.tally.borrow_mut();
        tally.beyond_help = beyond_help;
        tally.wiped = self.wiped_once.len() as u64;
    }

    /// The server by itself: numbers without gaps, legal dates by its own clock, codes that answer, files.
    fn check_server(&self, server: &BTreeMap<RecordId, Held>) {
        let office = self.outside.office.borrow();
        let store = &office.state.store;
        let mut numbers: Vec<i64> = server.values().map(|held| held.sequence).collect();
        numbers.sort_unstable();
        assert!(numbers.iter().zip(1..).all(|(number, n)| *number == n), "receipts are numbered without gaps");
        let ids: Vec<RecordId> = server.keys().copied().collect();
        let missing = office.wait(store.files_missing(&ids)).unwrap();
        // Except those of a phone that was wiped or gave up its history: nobody is left to say that they are lost.
        let excused = !self.told.borrow().shut_out.is_empty() || (0..self.devices.len()).any(|at| self.freed(at));
        assert!(excused || missing.is_empty(), "files neither complete nor said lost: {missing:?}");
        let mut raised_by: BTreeMap<case_core::id::MatterId, RecordId> = BTreeMap::new();
        for (id, held) in server {
            let record: case_core::field::Record = serde_json::from_str(&held.body).unwrap();
            assert_eq!(Digest::of_bytes(held.body.as_bytes()), held.digest);
            let mut tally = self.outside.tally.borrow_mut();
            if self.told.borrow().tried.contains(id) {
                tally.on_server += 1;
            }
            tally.files += record.payload.attachments().len() as u64;
            tally.files_lost += u64::from(held.flags.contains(&Flag::FileLost));
            tally.clashes += u64::from(held.flags.contains(&Flag::RosterClash));
            tally.flagged += u64::from(!held.flags.is_empty());
            tally.raised += held.raised.len() as u64;
            drop(tally);
            if !self.told.borrow().tried.contains(id) {
                continue;
            }
            for matter in &held.raised {
                assert!(raised_by.insert(*matter, *id).is_none(), "a matter was raised twice");
                let matter = office.wait(store.matter(*matter)).unwrap().expect("a raised matter is there");
                assert_eq!(matter.registered_at, held.received_at, "registered when the server got it");
                let day = held.received_at.date();
                assert!(matter.clocks.iter().all(|clock| clock.started >= day), "no clock runs by the phone's time");
            }
            for told in raised_in(&record.payload) {
                let Some(code) = &told.code else { continue };
                assert!(!held.flags.contains(&Flag::CodeNotReserved), "a code given at the door does not hold: {id}");
                let hash = office.state.secrets.code_hash(code);
                let found = office.wait(store.matter_by_code(&hash)).unwrap();
                assert_eq!(found.map(|found| found.matter.id), Some(told.id), "the code given at the door answers");
            }
        }
    }
}

/// The matters that a record raises.
fn raised_in(payload: &Payload) -> Vec<&RaisedMatter> {
    match payload {
        Payload::HouseholdVisit(visit) => visit.items.iter().filter_map(|item| item.raise.as_ref()).collect(),
        Payload::Intake(intake) => vec![&intake.matter],
        _ => Vec::new(),
    }
}
