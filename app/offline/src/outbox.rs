//! The outbox: what becomes of a record between "saved" and "confirmed".
//!
//! ```text
//!              commit                 signed receipt of our own content
//!   draft ───────────────► Waiting ─────────────────────────────────► Confirmed (kept as history)
//!                          ▲ ▲   │                                       │
//!                    retry │ │   │ the server cannot read it,            │
//!                          │ │   ▼ or has other content under its id     │
//!                         SetAside (kept for ever, with its reason)      │
//!                            └── a compare finds it missing on the server ┘
//! ```
//!
//! # What confirms
//!
//! The server's answer to a batch names no ids and no digests. The phone builds each receipt out of
//! **its own** record and what the answer adds, takes their tree's root ([`Answer::signed_text`]) and
//! has the one signature verified under the key that is pinned for this database. When it does not
//! verify, or the answer does not fit the batch one by one, not a single record of the batch is
//! settled: all wait, and a compare is asked, which names digests one by one and so finds the culprit.
//!
//! *Sending* is not a kept state: it is true only while a request is under way in this very tab, so
//! after a crash the record simply waits again. Sending twice is harmless (the id is the key).

use case_core::digest::Digest;
use case_core::field::{Payload, Record, RecordFault};
use case_core::id::{AccountId, DeviceId, HouseholdId, MatterId, RecordId};
use case_core::time::Moment;
use case_core::wire::bytes::Bytes;
use case_core::wire::receipt::{self, Proof, Receipt};
use case_core::wire::sync::{Outcome, SetAside, Stored};
use serde::{Deserialize, Serialize};

/// A record before the store gives it its place in the device's order.
#[derive(Clone, Debug, PartialEq)]
pub struct NewRecord {
    /// The draft's id, which becomes the record's.
    pub id: RecordId,
    /// This browser.
    pub device: DeviceId,
    /// When it was saved, by the phone's clock.
    pub made_at: Moment,
    /// The content.
    pub payload: Payload,
}

/// A record on the phone and what became of it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Entry {
    /// The record as it is sent.
    pub record: Record,
    /// Where it stands.
    pub state: EntryState,
}

/// Where a record stands. On the screen: 已存在手机上, 已送达, 需要处理.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(Deserialize))]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum EntryState {
    /// Saved on the phone; the server has not confirmed it.
    Waiting,
    /// The server has it: its signature covers a receipt of our own content.
    Confirmed {
        /// What was signed, with the query codes of the matters that it raised.
        receipt: Receipt,
        /// What makes the receipt a proof of its own. `None`: it came before receipts were signed;
        /// the next compare has such a record sent again, and the answer brings the proof.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        proof: Option<Proof>,
        /// When the receipt came, by the phone's clock.
        at: Moment,
    },
    /// It will not be sent again by itself.
    SetAside {
        /// Why.
        reason: AsideReason,
        /// Since when, by the phone's clock.
        at: Moment,
    },
}

case_core::read_tagged!(EntryState by "state" {
    "waiting" => Waiting,
    "confirmed" => Confirmed { receipt: Receipt, #[serde(default)] proof: Option<Proof>, at: Moment },
    "set_aside" => SetAside { reason: AsideReason, at: Moment },
});

/// Why a record was set aside.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(Deserialize))]
#[serde(tag = "why", rename_all = "snake_case")]
pub enum AsideReason {
    /// The server said so.
    Server {
        /// Its reason.
        reason: SetAside,
    },
    /// The server has other content under this id: ours is kept, nothing is claimed.
    Mismatch,
    /// The request with this record alone was still too large.
    TooLarge,
    /// The request with this record alone was refused as unreadable.
    Malformed {
        /// The server's words.
        detail: String,
    },
}

case_core::read_tagged!(AsideReason by "why" {
    "server" => Server { reason: SetAside },
    "mismatch" => Mismatch,
    "too_large" => TooLarge,
    "malformed" => Malformed { detail: String },
});

/// What the engine has learnt about one waiting record, to be written by the store.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Settlement {
    /// Its place in the device's order.
    pub sequence: u64,
    /// Its new state; never [`EntryState::Waiting`].
    pub state: EntryState,
}

/// What a record is about: the household or matter beside which the screen shows it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Subject {
    /// 户.
    Household(HouseholdId),
    /// 信访事项.
    Matter(MatterId),
}

impl Entry {
    /// What it is about; `None`: about nobody known (a reception, an intake).
    #[must_use]
    pub fn subject(&self) -> Option<Subject> {
        let names = self.record.payload.names();
        // A visit to a household about a matter stands beside the household.
        let household = names.household.map(Subject::Household);
        household.or(names.matter.map(Subject::Matter))
    }

    /// Whether it stands beside this household or matter.
    #[must_use]
    pub fn is_about(&self, subject: Subject) -> bool {
        let names = self.record.payload.names();
        match subject {
            Subject::Household(id) => names.household == Some(id),
            Subject::Matter(id) => names.matter == Some(id),
        }
    }

    /// As it is judged.
    #[must_use]
    pub fn sent(&self) -> Sent {
        let files = self.record.payload.attachments();
        Sent {
            id: self.record.id,
            sequence: self.record.sequence,
            digest: self.record.digest(),
            attachments: files.iter().map(|file| file.digest).collect(),
        }
    }

    /// Whether it needs a person.
    #[must_use]
    pub fn is_set_aside(&self) -> bool {
        matches!(self.state, EntryState::SetAside { .. })
    }

    /// Whether the server has confirmed it.
    #[must_use]
    pub fn is_confirmed(&self) -> bool {
        matches!(self.state, EntryState::Confirmed { .. })
    }
}

impl NewRecord {
    /// Checks the content.
    ///
    /// # Errors
    /// What the record still lacks.
    pub fn prepare(self) -> Result<Self, RecordFault> {
        self.clone().at(AccountId(uuid::Uuid::nil()), 0).check()?;
        Ok(self)
    }

    /// The record at its place in the device's order.
    #[must_use]
    pub fn at(self, by: AccountId, sequence: u64) -> Record {
        Record { id: self.id, device: self.device, sequence, by, made_at: self.made_at, payload: self.payload }
    }
}

/// A record that was sent, open or sealed: what the phone knows of it when the answer comes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sent {
    /// The record.
    pub id: RecordId,
    /// Its place in the device's order.
    pub sequence: u64,
    /// The digest of the phone's own bytes.
    pub digest: Digest,
    /// The digest of each of its files.
    pub attachments: Vec<Digest>,
}

impl Sent {
    fn receipt(&self, stored: &Stored) -> Receipt {
        Receipt {
            id: self.id,
            sequence: stored.sequence,
            received_at: stored.received_at,
            digest: self.digest,
            attachments: self.attachments.clone(),
            flags: stored.flags.clone(),
            raised: stored.raised.clone(),
        }
    }
}

/// An answer that fits its batch, its signature not yet verified.
#[derive(Clone, Debug)]
pub struct Answer<'a> {
    sent: &'a [Sent],
    outcomes: &'a [Outcome],
    /// Of what the signature covers, in order: the receipts of the stored ones, nothing for those that are kept as
    /// they are.
    receipts: Vec<Option<Receipt>>,
    root: Digest,
    paths: Vec<Vec<Digest>>,
}

/// What an answer says about the records that were sent.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Verdict {
    /// To be written.
    pub settled: Vec<Settlement>,
    /// To be sent again later: the server said so.
    pub later: Vec<RecordId>,
    /// How many of them were confirmed.
    pub confirmed: usize,
    /// The places of those that the server keeps as they are.
    pub kept: Vec<u64>,
}

impl<'a> Answer<'a> {
    /// Reads an answer against what was sent. Pure. `None`: it is not about these records, one by
    /// one in their order, and nothing of it may be believed.
    #[must_use]
    pub fn read(sent: &'a [Sent], outcomes: &'a [Outcome]) -> Option<Self> {
        let fits = |(sent, outcome): (&Sent, &Outcome)| match outcome {
            Outcome::Stored(_) | Outcome::SetAside { id: None, .. } => true,
            Outcome::SetAside { id: Some(id), .. } | Outcome::TryLater { id } | Outcome::Kept { id } => *id == sent.id,
        };
        if sent.len() != outcomes.len() || !sent.iter().zip(outcomes).all(fits) {
            return None;
        }
        let (mut receipts, mut leaves) = (Vec::new(), Vec::new());
        for (sent, outcome) in sent.iter().zip(outcomes) {
            match outcome {
                Outcome::Stored(stored) => {
                    let receipt = sent.receipt(stored);
                    leaves.push(receipt.leaf());
                    receipts.push(Some(receipt));
                }
                Outcome::Kept { .. } => {
                    leaves.push(receipt::kept_leaf(sent.id, sent.digest));
                    receipts.push(None);
                }
                _ => {}
            }
        }
        let mut paths = vec![Vec::new(); leaves.len()];
        let root = climb(&leaves, &mut paths);
        Some(Self { sent, outcomes, receipts, root, paths })
    }

    /// What the server must have signed; `None`: nothing was stored, so nothing is claimed.
    #[must_use]
    pub fn signed_text(&self) -> Option<Vec<u8>> {
        (!self.receipts.is_empty()).then(|| receipt::signed_text(self.root))
    }

    /// What becomes of each record. Call it only when the signature of [`Self::signed_text`] was
    /// verified, or there was nothing to verify.
    #[must_use]
    pub fn verdict(self, signature: &Bytes, now: Moment) -> Verdict {
        let of = u32::try_from(self.receipts.len()).unwrap_or(u32::MAX);
        let confirmed = self.receipts.iter().flatten().count();
        let mut verdict = Verdict { confirmed, ..Verdict::default() };
        let mut proven = self.receipts.into_iter().zip(self.paths).zip(0..);
        for (sent, outcome) in self.sent.iter().zip(self.outcomes) {
            let state = match outcome {
                Outcome::TryLater { .. } => {
                    verdict.later.push(sent.id);
                    continue;
                }
                // Whoever did not ask for that sends it again.
                Outcome::Kept { .. } => {
                    let _kept = proven.next();
                    verdict.kept.push(sent.sequence);
                    verdict.later.push(sent.id);
                    continue;
                }
                Outcome::SetAside { reason, .. } => {
                    EntryState::SetAside { reason: AsideReason::Server { reason: reason.clone() }, at: now }
                }
                Outcome::Stored(_) => {
                    let Some(((Some(receipt), path), place)) = proven.next() else { continue };
                    let proof = Some(Proof { place, of, path, signature: signature.clone() });
                    EntryState::Confirmed { receipt, proof, at: now }
                }
            };
            verdict.settled.push(Settlement { sequence: sent.sequence, state });
        }
        verdict
    }
}

/// The root over the leaves, and the way to it from each: one pass instead of one per leaf, which on
/// an old phone is the difference between a blink and seconds.
fn climb(leaves: &[Digest], paths: &mut [Vec<Digest>]) -> Digest {
    if leaves.len() < 2 {
        return receipt::root(leaves);
    }
    let at = leaves.len().next_power_of_two() / 2;
    let (left, right) = leaves.split_at(at);
    let (left_paths, right_paths) = paths.split_at_mut(at);
    let (left, right) = (climb(left, left_paths), climb(right, right_paths));
    left_paths.iter_mut().for_each(|path| path.push(right));
    right_paths.iter_mut().for_each(|path| path.push(left));
    receipt::root(&[left, right])
}

/// Confirmed records are kept at least so many.
pub const HISTORY_LEAST: usize = 200;
/// Confirmed records are kept at least so long: 30 days.
pub const HISTORY_MS: i64 = 30 * 24 * 3_600_000;

/// When space is short, confirmed records are still kept so many and so long: 7 days.
const SPARE_LEAST: usize = 20;
const SPARE_MS: i64 = 7 * 24 * 3_600_000;

/// Which of the settled records may be forgotten: confirmed, older than 30 days and not among the
/// last 200. Pure; `settled` is in order of sequence.
#[must_use]
pub fn forgettable(settled: &[Entry], now: Moment) -> Vec<u64> {
    older(settled, now, HISTORY_LEAST, HISTORY_MS)
}

/// Which of them may be forgotten when somebody wants space: the last 20 and the last 7 days stay, so
/// that a restored backup of the server can still be mended from here.
#[must_use]
pub fn spare(settled: &[Entry], now: Moment) -> Vec<u64> {
    older(settled, now, SPARE_LEAST, SPARE_MS)
}

fn older(settled: &[Entry], now: Moment, least: usize, ms: i64) -> Vec<u64> {
    let confirmed: Vec<(u64, Moment)> = settled
        .iter()
        .filter_map(|entry| match &entry.state {
            EntryState::Confirmed { at, .. } => Some((entry.record.sequence, *at)),
            _ => None,
        })
        .collect();
    let old = confirmed.len().saturating_sub(least);
    confirmed.into_iter().take(old).filter(|(_, at)| at.ms_until(now) > ms).map(|(sequence, _)| sequence).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::contract::confirmed;
    use crate::sample::{account, new_record};

    fn waiting(n: u128) -> Entry {
        let sequence = u64::try_from(n).unwrap();
        Entry { record: new_record(n, "x").at(account(1), sequence), state: EntryState::Waiting }
    }

    fn stored(n: i64) -> Outcome {
        Outcome::Stored(Stored { sequence: n, received_at: Moment(n), flags: vec![], raised: vec![] })
    }

    /// What became of each record: c confirmed, s set aside, l later; nothing: the answer is not
    /// about them.
    fn judged(sent: &[Sent], outcomes: &[Outcome]) -> String {
        let Some(answer) = Answer::read(sent, outcomes) else { return String::new() };
        let verdict = answer.verdict(&Bytes::default(), Moment(9));
        assert_eq!(verdict.settled.len() + verdict.later.len(), sent.len(), "each has its verdict");
        let word = |sent: &Sent| match verdict.settled.iter().find(|s| s.sequence == sent.sequence).map(|s| &s.state) {
            None => 'l',
            Some(EntryState::Confirmed { receipt, .. }) => {
                assert_eq!((receipt.id, receipt.digest), (sent.id, sent.digest), "out of our own record");
                'c'
            }
            Some(EntryState::SetAside { .. }) => 's',
            Some(EntryState::Waiting) => '?',
        };
        sent.iter().map(word).collect()
    }

    #[test]
    fn an_answer_is_judged_record_by_record() {
        let sent: Vec<Sent> = (1..=3).map(|n| waiting(n).sent()).collect();
        let refused = |id: Option<RecordId>| Outcome::SetAside { id, reason: SetAside::IdTaken };
        let later = |at: usize| Outcome::TryLater { id: sent[at].id };
        let table: Vec<(&str, Vec<Outcome>, &str)> = vec![
            ("all stored", vec![stored(1), stored(2), stored(3)], "ccc"),
            ("one refused by id", vec![stored(1), refused(Some(sent[1].id)), stored(3)], "csc"),
            ("one refused that could not be read", vec![stored(1), refused(None), stored(3)], "csc"),
            ("one later", vec![stored(1), later(1), stored(3)], "clc"),
            ("all later", vec![later(0), later(1), later(2)], "lll"),
            ("nothing", vec![], ""),
            ("too few", vec![stored(1), stored(2)], ""),
            ("too many", vec![stored(1), stored(2), stored(3), stored(4)], ""),
            ("in another order", vec![stored(1), later(2), later(1)], ""),
            ("about others", vec![stored(1), refused(Some(waiting(9).record.id)), stored(3)], ""),
        ];
        for (name, outcomes, expected) in table {
            assert_eq!(judged(&sent, &outcomes), expected, "{name}");
        }
    }

    #[test]
    fn every_confirmed_record_is_proven_alone() {
        for count in 1..20_u128 {
            let sent: Vec<Sent> = (1..=count).map(|n| waiting(n).sent()).collect();
            let outcomes: Vec<Outcome> = (1..=count).map(|n| stored(i64::try_from(n).unwrap())).collect();
            let answer = Answer::read(&sent, &outcomes).unwrap();
            let text = answer.signed_text().unwrap();
            for settled in answer.verdict(&Bytes::default(), Moment(9)).settled {
                let EntryState::Confirmed { receipt, proof: Some(proof), .. } = settled.state else { panic!() };
                let root = receipt::root_of(receipt.leaf(), &proof).unwrap();
                assert_eq!(receipt::signed_text(root), text);
                let other = Receipt { sequence: 99, ..receipt };
                assert_ne!(receipt::root_of(other.leaf(), &proof), Some(root), "and only as it is");
            }
        }
    }

    #[test]
    fn a_batch_with_other_content_on_the_server_has_another_root() {
        let ours: Vec<Sent> = (1..=4).map(|n| waiting(n).sent()).collect();
        let mut theirs = ours.clone();
        theirs[2].digest = Digest::of_bytes(b"other");
        let outcomes: Vec<Outcome> = (1..=4).map(stored).collect();
        let text = |sent: &[Sent]| Answer::read(sent, &outcomes).unwrap().signed_text();
        assert_ne!(text(&ours), text(&theirs));
        assert_eq!(Answer::read(&[], &[]).unwrap().signed_text(), None);
    }

    #[test]
    fn a_confirmed_record_of_protocol_one_can_be_read() {
        let entry = Entry { state: confirmed(&waiting(1), 5).state, ..waiting(1) };
        let mut json = serde_json::to_value(&entry).unwrap();
        assert!(json["state"].get("proof").is_none());
        json["state"]["receipt"].as_object_mut().unwrap().remove("attachments");
        let read: Entry = serde_json::from_value(json).unwrap();
        assert!(matches!(read.state, EntryState::Confirmed { proof: None, .. }));
    }

    #[test]
    fn nothing_recent_unsettled_or_set_aside_is_forgotten() {
        let now = Moment(HISTORY_MS * 2);
        let settled = |n: u128, at: i64| Entry { state: confirmed(&waiting(n), at).state, ..waiting(n) };
        let mut all: Vec<Entry> = (1..=300).map(|n| settled(n, 1)).collect();
        all[5].state = EntryState::SetAside { reason: AsideReason::TooLarge, at: Moment(1) };
        all[6] = settled(7, now.0 - HISTORY_MS);
        let forgotten = forgettable(&all, now);
        assert_eq!(forgotten.len(), 300 - 1 - HISTORY_LEAST - 1);
        assert!(!forgotten.contains(&6) && !forgotten.contains(&7) && forgotten.iter().all(|n| *n <= 100));
        assert!(forgettable(&all[..200], now).is_empty());
    }

    #[test]
    fn a_record_that_is_not_complete_is_not_saved() {
        let mut record = new_record(1, "x");
        if let Payload::HouseholdVisit(visit) = &mut record.payload {
            visit.ended = Some(Moment(visit.started.0 - 1));
        }
        assert_eq!(record.prepare(), Err(RecordFault::EndsBeforeStart));
    }
}
