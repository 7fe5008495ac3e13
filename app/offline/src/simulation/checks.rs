//! What must hold: at any moment, and when the faults have stopped.

use std::collections::{BTreeMap, BTreeSet};

use case_core::digest::Digest;
use case_core::id::{AccountId, RecordId};
use case_core::time::Moment;
use case_core::wire::receipt::{self, Receipt};

use super::block_on;
use super::server::note;
use super::world::{OFFICIALS, World};
use crate::crypto::cheap::sign;
use crate::memory::MemoryStore;
use crate::outbox::{AsideReason, Entry, EntryState};
use crate::sample::{SERVER_KEY, account, session_of};
use crate::status::{Connection, FirstDownload};
use crate::store::LocalStore as _;

/// Looking must not count as a contact: the time of the last one is given again.
fn disk_time(disk: &MemoryStore, owner: AccountId) -> Moment {
    block_on(disk.last_contact(owner)).unwrap().unwrap_or(Moment(0))
}

fn officials() -> impl Iterator<Item = AccountId> {
    (0..OFFICIALS).map(|n| account(u128::from(n)))
}

impl World {
    /// Every record on a phone's disk.
    fn records(&self, at: usize, owner: AccountId) -> Vec<Entry> {
        let disk = self.devices[at].store.peek();
        // What became of sealed records while another official was signed in is folded in.
        let keys = session_of(owner, Moment(0), 0).phone.unwrap();
        let now = disk_time(&disk, owner);
        block_on(disk.open_with(owner, &keys, now)).unwrap();
        let mut all = block_on(disk.waiting(owner, 0, u32::MAX)).unwrap();
        assert!(all.iter().all(|entry| entry.state == EntryState::Waiting));
        all.extend(block_on(disk.settled(owner)).unwrap());
        all
    }

    /// What must hold at any moment. Looking is costly, so not after every move.
    pub fn check(&self) {
        for tab in self.devices.iter().flat_map(|device| &device.tabs) {
            let status = tab.phone.status();
            assert!(status.sending <= status.saved, "{status:?}");
        }
        if self.moves().is_multiple_of(75) {
            self.check_disks();
        }
    }

    fn check_disks(&self) {
        let mut found: BTreeMap<RecordId, (AccountId, Digest)> = BTreeMap::new();
        let mut drafts: BTreeMap<RecordId, u64> = BTreeMap::new();
        let mut may_step_back: BTreeSet<RecordId> = BTreeSet::new();
        for at in 0..self.devices.len() {
            let mut sequences = BTreeSet::new();
            for owner in officials() {
                for entry in self.records(at, owner) {
                    let record = &entry.record;
                    assert_eq!(record.by, owner, "a record stays under its official");
                    assert!(sequences.insert(record.sequence), "one place in the order, one record");
                    assert!(found.insert(record.id, (owner, record.digest())).is_none(), "a record is in one place");
                    self.check_claim(&entry);
                }
                for draft in block_on(self.devices[at].store.peek().drafts(owner)).unwrap() {
                    assert!(!found.contains_key(&draft.id), "a draft and a record of it at once");
                    drafts.insert(draft.id, draft.body.value()["text"].as_u64().unwrap());
                    if self.shared_by_tabs[at] {
                        may_step_back.insert(draft.id);
                    }
                }
            }
        }
        let told = self.told.borrow();
        for (id, saved) in &told.saved {
            assert_eq!(found.get(id), Some(saved), "what was said to be saved is there, unchanged");
        }
        for (id, (_, kept)) in &told.drafts {
            if found.contains_key(id) || told.thrown_away.contains(id) {
                continue;
            }
            let text = drafts.get(id);
            assert!(text.is_some(), "a kept draft is there: {id}");
            // Two tabs on one draft may overwrite each other's text; one tab never goes back.
            assert!(may_step_back.contains(id) || text >= Some(kept), "{text:?} is older than {kept}");
            assert!(text <= told.typed.get(id), "nobody typed that");
        }
        for id in found.keys() {
            assert!(told.tried.contains(id), "a record that nobody saved");
        }
    }

    /// Confirmed never without the server having exactly that.
    fn check_claim(&self, entry: &Entry) {
        let EntryState::Confirmed { receipt, proof, .. } = &entry.state else { return };
        let server = self.outside.server.borrow();
        let stored = server.stored.get(&entry.record.id).expect("confirmed, so the server has it");
        assert_eq!(
            receipt,
            &Receipt::new(&stored.record, stored.digest, &stored.answered),
            "the receipt is the server's"
        );
        let proof = proof.as_ref().expect("a proof");
        let root = receipt::root_of(receipt.leaf(), proof).expect("the proof leads to a root");
        assert_eq!(proof.signature.0, sign(SERVER_KEY, &receipt::signed_text(root)), "which the server signed");
        assert_eq!(stored.record.digest(), entry.record.digest(), "the server has the same content");
        assert_eq!(receipt.digest, entry.record.digest(), "and the receipt says so");
    }

    /// One official's part of one phone, after the faults have stopped.
    pub fn check_calm(&self, at: usize, who: u64) {
        let device = &self.devices[at];
        let owner = account(u128::from(who));
        let status = device.tabs[0].phone.status();
        let records = self.records(at, owner);
        let aside = records.iter().filter(|entry| entry.is_set_aside()).count();
        assert_eq!((status.owner, status.saved, status.sending), (Some(owner), 0, 0), "{status:?}");
        assert_eq!(status.set_aside as usize, aside, "{status:?}");
        assert_eq!((status.connection, status.first_download), (Connection::Online, FirstDownload::Complete));
        assert!(status.clock_ahead_ms.unwrap().abs_diff(device.env.wrong_by.get()) < 1_000, "{status:?}");

        let server = self.outside.server.borrow();
        if !server.guards {
            // Such a server hands one official's area to another whose tab is still open. That is why
            // a server should compare the header with the cookie.
            return;
        }
        let area = server.area(owner);
        let shown = device.tabs[0].phone.work();
        assert!(shown.all().iter().all(|work| area.get(&work.reference()) == work.item()));
        assert_eq!(shown.len(), area.len(), "the whole area, and nothing that left it");
        assert_eq!(block_on(device.store.peek().items(owner)).unwrap().len(), area.len());
    }

    /// Every record has come to where it belongs.
    pub fn check_everything_arrived(&self) {
        self.check_disks();
        let server = self.outside.server.borrow();
        let mut on_phones = BTreeSet::new();
        for at in 0..self.devices.len() {
            for entry in officials().flat_map(|owner| self.records(at, owner)) {
                let record = &entry.record;
                on_phones.insert(record.id);
                let (text, on_server) = (note(record), server.stored.contains_key(&record.id));
                match &entry.state {
                    EntryState::Waiting => panic!("still waiting: {text}"),
                    EntryState::Confirmed { .. } => {
                        assert!(on_server);
                        assert!(!["poison", "malformed", "altered"].iter().any(|word| text.contains(word)), "{text}");
                    }
                    EntryState::SetAside { reason, .. } => match reason {
                        // In an envelope nobody sees the word "malformed" before it is opened.
                        AsideReason::Server { .. } => {
                            assert!(
                                ["poison", "malformed"].iter().any(|word| text.contains(word)) && !on_server,
                                "{text}"
                            );
                        }
                        AsideReason::Malformed { .. } => assert!(text.contains("malformed") && !on_server, "{text}"),
                        AsideReason::Mismatch => assert!(text.contains("altered") && on_server, "{text}"),
                        AsideReason::TooLarge => {
                            let alone = serde_json::to_string(record).unwrap().len() + 100;
                            assert!(alone > server.largest && !on_server, "{alone} of {}", server.largest);
                        }
                    },
                }
            }
        }
        for (id, stored) in &server.stored {
            assert!(on_phones.contains(id), "the server has a record that no phone has");
            if server.guards {
                assert_eq!(stored.brought_by, stored.record.by, "sent under its own official's name");
            }
        }
        assert_eq!(server.notes().len(), server.stored.len(), "each wish is there once");
    }
}
