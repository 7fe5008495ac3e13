//! The outbox: what becomes of a record between "saved" and "confirmed".
//!
//! ```text
//!              commit                 receipt with our own digest
//!   draft ───────────────► Waiting ─────────────────────────────────► Confirmed (kept as history)
//!                          ▲     │
//!                    retry │     │ the server cannot read it, or confirms other content
//!                          │     ▼
//!                         SetAside (kept for ever, with its reason)
//! ```
//!
//! *Sending* is not a kept state: it is true only while a request is under way in this very tab, so
//! after a crash the record simply waits again. Sending twice is harmless (the id is the key).

use case_core::digest::Digest;
use case_core::field::{Payload, Record, RecordFault};
use case_core::id::{AccountId, DeviceId, HouseholdId, MatterId, RecordId};
use case_core::time::Moment;
use case_core::wire::sync::{Outcome, Receipt, SetAside};
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
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum EntryState {
    /// Saved on the phone; the server has not confirmed it.
    Waiting,
    /// The server has it, and its receipt names our own content.
    Confirmed {
        /// The proof, with the query codes of the matters that it raised.
        receipt: Receipt,
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

/// Why a record was set aside.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "why", rename_all = "snake_case")]
pub enum AsideReason {
    /// The server said so.
    Server {
        /// Its reason.
        reason: SetAside,
    },
    /// The server confirms this id with other content than ours: ours is kept, nothing is claimed.
    Mismatch {
        /// What the server says that it holds.
        receipt: Receipt,
    },
    /// The request with this record alone was still too large.
    TooLarge,
    /// The request with this record alone was refused as unreadable.
    Malformed {
        /// The server's words.
        detail: String,
    },
}

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
    /// What it is about.
    #[must_use]
    pub fn subject(&self) -> Subject {
        match &self.record.payload {
            Payload::HouseholdVisit(visit) => Subject::Household(visit.household),
            Payload::ReturnVisit(visit) => Subject::Matter(visit.matter),
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

/// What an answer to a push says about the records that were sent.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Verdict {
    /// To be written.
    pub settled: Vec<Settlement>,
    /// To be sent again later: the server said so, or said nothing (or nonsense) about them.
    pub later: Vec<RecordId>,
}

/// Reads the outcomes of a push. Pure.
///
/// A receipt confirms only the record whose id it names and only with that record's digest. An
/// outcome that fits no record that was sent is ignored, and a record without an outcome waits on.
#[must_use]
pub fn judge(sent: &[Entry], outcomes: &[Outcome], now: Moment) -> Verdict {
    let mut verdict = Verdict::default();
    let aligned = outcomes.len() == sent.len();
    for (at, entry) in sent.iter().enumerate() {
        let record = &entry.record;
        let state = outcomes.iter().enumerate().find_map(|(place, outcome)| match outcome {
            Outcome::Stored { receipt } if receipt.id == record.id => Some(confirm(record.digest(), receipt, now)),
            Outcome::SetAside { id, reason } if *id == Some(record.id) || (id.is_none() && aligned && place == at) => {
                Some(EntryState::SetAside { reason: AsideReason::Server { reason: reason.clone() }, at: now })
            }
            _ => None,
        });
        match state {
            Some(state) => verdict.settled.push(Settlement { sequence: record.sequence, state }),
            None => verdict.later.push(record.id),
        }
    }
    verdict
}

fn confirm(ours: Digest, receipt: &Receipt, now: Moment) -> EntryState {
    if receipt.digest == ours {
        EntryState::Confirmed { receipt: receipt.clone(), at: now }
    } else {
        EntryState::SetAside { reason: AsideReason::Mismatch { receipt: receipt.clone() }, at: now }
    }
}

/// Confirmed records are kept at least so many.
pub const HISTORY_LEAST: usize = 200;
/// Confirmed records are kept at least so long: 30 days.
pub const HISTORY_MS: i64 = 30 * 24 * 3_600_000;

/// Which of the settled records may be forgotten: confirmed, older than 30 days and not among the
/// last 200. Pure; `settled` is in order of sequence.
#[must_use]
pub fn forgettable(settled: &[Entry], now: Moment) -> Vec<u64> {
    let confirmed: Vec<(u64, Moment)> = settled
        .iter()
        .filter_map(|entry| match &entry.state {
            EntryState::Confirmed { at, .. } => Some((entry.record.sequence, *at)),
            _ => None,
        })
        .collect();
    let old = confirmed.len().saturating_sub(HISTORY_LEAST);
    confirmed
        .into_iter()
        .take(old)
        .filter(|(_, at)| at.ms_until(now) > HISTORY_MS)
        .map(|(sequence, _)| sequence)
        .collect()
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

    fn receipt(entry: &Entry) -> Receipt {
        match confirmed(entry, 5).state {
            EntryState::Confirmed { receipt, .. } => receipt,
            other => panic!("{other:?}"),
        }
    }

    /// What became of each record: c confirmed, m mismatch, s set aside, l later.
    fn judged(sent: &[Entry], outcomes: &[Outcome]) -> String {
        let verdict = judge(sent, outcomes, Moment(9));
        assert_eq!(verdict.settled.len() + verdict.later.len(), sent.len(), "each has its verdict");
        let word = |entry: &Entry| {
            let settled = verdict.settled.iter().find(|s| s.sequence == entry.record.sequence);
            match settled.map(|s| &s.state) {
                None => 'l',
                Some(EntryState::Confirmed { .. }) => 'c',
                Some(EntryState::SetAside { reason: AsideReason::Mismatch { .. }, .. }) => 'm',
                Some(EntryState::SetAside { .. }) => 's',
                Some(EntryState::Waiting) => '?',
            }
        };
        sent.iter().map(word).collect()
    }

    #[test]
    fn an_answer_is_judged_record_by_record() {
        let (a, b, c) = (waiting(1), waiting(2), waiting(3));
        let stored = |entry: &Entry| Outcome::Stored { receipt: receipt(entry) };
        let refused = |id: Option<RecordId>| Outcome::SetAside { id, reason: SetAside::IdTaken };
        let later = |entry: &Entry| Outcome::TryLater { id: entry.record.id };
        let forged = Outcome::Stored { receipt: Receipt { digest: Digest::of_bytes(b"?"), ..receipt(&a) } };
        let sent = [a.clone(), b.clone(), c.clone()];
        let table: Vec<(&str, Vec<Outcome>, &str)> = vec![
            ("all stored", vec![stored(&a), stored(&b), stored(&c)], "ccc"),
            ("in another order", vec![stored(&c), stored(&a), stored(&b)], "ccc"),
            ("one refused by id", vec![stored(&a), refused(Some(b.record.id)), stored(&c)], "csc"),
            ("one refused that could not be read", vec![stored(&a), refused(None), stored(&c)], "csc"),
            ("one later", vec![stored(&a), later(&b), stored(&c)], "clc"),
            ("nothing", vec![], "lll"),
            ("too few", vec![stored(&b)], "lcl"),
            ("refused without a place", vec![refused(None)], "lll"),
            ("about others", vec![stored(&waiting(7)), later(&waiting(8)), refused(Some(waiting(9).record.id))], "lll"),
            ("a receipt of other content", vec![forged, stored(&b), stored(&c)], "mcc"),
            ("twice", vec![stored(&a), stored(&a), stored(&b), stored(&c)], "ccc"),
        ];
        for (name, outcomes, expected) in table {
            assert_eq!(judged(&sent, &outcomes), expected, "{name}");
        }
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
