//! What keeps both sides the same over the years: comparing what they hold, the reserve of codes, and
//! the end of a device that was shut out.
//!
//! A comparison goes over all that the phone calls delivered, a page at a time. What the server does
//! not have (a backup of yesterday was restored) waits again and is sent again; what it has with
//! other content is set aside, never claimed; files that it lacks are uploaded again. It is done once
//! a day, after the server's database has changed, on a person's wish, and, over single records, when
//! a signature did not verify.

use case_core::id::{AccountId, RecordId};
use case_core::time::Moment;
use case_core::wire::PROTOCOL;
use case_core::wire::sync::{CODE_RESERVE, CodesRequest, CodesResponse, CompareRequest, CompareResponse, MAX_COMPARE};

use super::exchange::Path;
use super::{Did, Engine};
use crate::api::{self, Failure};
use crate::environment::Environment;
use crate::outbox::{AsideReason, EntryState, Sent, Settlement};
use crate::plan::{COMPARE_EVERY_MS, PULL_EVERY_MS};
use crate::store::{Ground, Issued, LocalStore, StoreError};
use crate::transport::{Method, Transport};

/// The reserve is filled up when fewer are left.
const FEW_CODES: u32 = CODE_RESERVE as u32 / 2;

/// A comparison under way.
#[derive(Debug, Default)]
pub(super) struct Comparing {
    after: u64,
    lineage: Option<String>,
    /// As it was before the first page was read.
    ground: Option<Ground>,
    mended: u32,
}

/// When this phone last compared everything, and with which database; kept as one text.
pub(crate) struct Mark {
    pub at: Moment,
    pub lineage: String,
}

impl Mark {
    pub fn of(kept: Option<String>) -> Option<Self> {
        let kept = kept?;
        let (at, lineage) = kept.split_once(' ')?;
        Some(Self { at: Moment(at.parse().ok()?), lineage: lineage.to_owned() })
    }

    pub fn text(&self) -> String {
        [&self.at.0.to_string(), " ", &self.lineage].concat()
    }
}

impl<S: LocalStore, T: Transport + 'static, E: Environment> Engine<S, T, E> {
    /// When a comparison is due, and when the codes are to be filled up.
    pub(super) async fn mending_due(
        &self,
        owner: AccountId,
        now: Moment,
    ) -> Result<(Option<Moment>, Option<Moment>), StoreError> {
        let wished = {
            let state = self.state.borrow();
            state.compare_wish || !state.suspects.is_empty() || state.comparing.lineage.is_some()
        };
        let compare = if wished {
            now
        } else {
            let mark = Mark::of(self.store.lineage(owner).await?);
            let at = mark.map(|mark| mark.at);
            self.state.borrow_mut().live.last_compared = at;
            at.map_or(now, |at| at.plus_ms(COMPARE_EVERY_MS))
        };
        let left = self.store.codes_left(owner).await?;
        // A phone of before is told the number of its codes now: a wipe has to know it.
        let numbered = self.state.borrow().numbered || self.store.codes_issued(owner).await?.upto > 0;
        self.state.borrow_mut().numbered = numbered;
        let few = left < FEW_CODES || !numbered;
        let codes = few.then(|| self.state.borrow().codes_due.unwrap_or(now));
        Ok((Some(compare), codes))
    }

    pub(super) async fn compare(&self, owner: AccountId) -> Result<Did, StoreError> {
        let suspects = std::mem::take(&mut self.state.borrow_mut().suspects);
        if !suspects.is_empty() {
            return self.compare_suspects(owner, suspects).await;
        }
        let (after, lineage, ground) = {
            let state = self.state.borrow();
            (state.comparing.after, state.comparing.lineage.clone(), state.comparing.ground.clone())
        };
        let ground = match ground.filter(|_| after > 0) {
            Some(ground) => ground,
            None => self.store.ground(owner).await?,
        };
        let limit = u32::try_from(MAX_COMPARE).unwrap_or(u32::MAX);
        let held = self.store.held(owner, after, limit).await?;
        let pairs = held.iter().map(|(_, id, digest)| (*id, *digest)).collect();
        let response = match self.ask_compare(owner, pairs).await {
            Ok(response) => response,
            Err(failure) => return Ok(self.fail(failure, Path::Compare)),
        };
        if after > 0 && lineage.as_ref() != Some(&response.lineage) {
            // The database was replaced between two pages: the earlier ones say nothing about this one.
            return Ok(self.compare_again());
        }
        let sequence = |id: &RecordId| held.iter().find(|(_, known, _)| known == id).map(|(sequence, ..)| *sequence);
        // Only what was asked about is believed.
        let missing: Vec<RecordId> = response.missing.iter().filter(|id| sequence(id).is_some()).copied().collect();
        let different: Vec<(RecordId, u64)> =
            response.different.iter().filter_map(|id| Some((*id, sequence(id)?))).collect();
        let mut mended = self.store.reopen(owner, &missing).await?;
        if !different.is_empty() {
            let ids: Vec<RecordId> = different.iter().map(|(id, _)| *id).collect();
            self.store.reopen(owner, &ids).await?;
            mended += self.set_mismatched_aside(owner, different.into_iter().map(|(_, sequence)| sequence)).await?;
        }
        self.store.resend_files(owner, &response.files_missing).await?;
        if after == 0 && self.store.lineage(owner).await?.is_none() {
            mended += self.ask_for_proofs(owner).await?;
        }
        let ended = held.len() < MAX_COMPARE;
        let now = self.environment.now();
        if ended {
            let mark = Mark { at: now, lineage: response.lineage.clone() };
            if !self.store.put_lineage(owner, &mark.text(), Some(&ground)).await? {
                // Another tab has confirmed a record that no page named.
                return Ok(self.compare_again());
            }
        }
        let mut state = self.state.borrow_mut();
        state.reached();
        state.compare.succeed();
        let total = state.comparing.mended + mended;
        if ended {
            state.compare_wish = false;
            state.comparing = Comparing::default();
            state.live.last_compared = Some(now);
            state.live.mended = total;
            state.live.yours = Some(response.yours);
        } else {
            let after = held.last().map_or(after, |(sequence, ..)| *sequence);
            state.comparing = Comparing { after, lineage: Some(response.lineage), ground: Some(ground), mended: total };
        }
        Ok(Did::Compared { mended })
    }

    /// From the start, with nothing noted.
    fn compare_again(&self) -> Did {
        let mut state = self.state.borrow_mut();
        state.reached();
        let mended = state.comparing.mended;
        state.comparing = Comparing { mended, ..Comparing::default() };
        state.compare_wish = true;
        Did::Compared { mended: 0 }
    }

    /// Records that were said to be stored under a signature that did not verify.
    async fn compare_suspects(&self, owner: AccountId, suspects: Vec<Sent>) -> Result<Did, StoreError> {
        let pairs = suspects.iter().map(|sent| (sent.id, sent.digest)).collect();
        let response = match self.ask_compare(owner, pairs).await {
            Ok(response) => response,
            Err(failure) => {
                self.state.borrow_mut().suspects = suspects;
                return Ok(self.fail(failure, Path::Compare));
            }
        };
        let different = suspects.iter().filter(|sent| response.different.contains(&sent.id));
        let mended = self.set_mismatched_aside(owner, different.map(|sent| sent.sequence)).await?;
        let mut state = self.state.borrow_mut();
        state.reached();
        state.compare.succeed();
        if mended > 0 {
            // The culprit is out of the way.
            state.push.nudge();
        }
        Ok(Did::Compared { mended })
    }

    async fn set_mismatched_aside(
        &self,
        owner: AccountId,
        sequences: impl Iterator<Item = u64>,
    ) -> Result<u32, StoreError> {
        let at = self.environment.now();
        let aside =
            |sequence| Settlement { sequence, state: EntryState::SetAside { reason: AsideReason::Mismatch, at } };
        let settled: Vec<Settlement> = sequences.map(aside).collect();
        self.store.settle(owner, &settled, None).await?;
        Ok(u32::try_from(settled.len()).unwrap_or(u32::MAX))
    }

    /// Records of the time before receipts were signed are sent once more; the answer brings the proof.
    async fn ask_for_proofs(&self, owner: AccountId) -> Result<u32, StoreError> {
        let unproven = |state: &EntryState| matches!(state, EntryState::Confirmed { proof: None, .. });
        let settled = self.store.settled(owner).await?;
        let ids: Vec<RecordId> =
            settled.iter().filter(|entry| unproven(&entry.state)).map(|entry| entry.record.id).collect();
        if ids.is_empty() { Ok(0) } else { self.store.reopen(owner, &ids).await }
    }

    async fn ask_compare(
        &self,
        owner: AccountId,
        held: Vec<(RecordId, case_core::digest::Digest)>,
    ) -> Result<CompareResponse, Failure> {
        let body = CompareRequest { protocol: PROTOCOL, device: self.device, held };
        let asked = self.environment.now();
        let response: CompareResponse =
            api::call(&*self.transport, self.sender(Some(owner)), Method::Post, api::COMPARE, Some(&body)).await?;
        self.measure(asked, response.server_time);
        Ok(response)
    }

    pub(super) async fn stock_codes(&self, owner: AccountId) -> Result<Did, StoreError> {
        let beyond = self.store.codes_issued(owner).await?.beyond;
        let body = CodesRequest { protocol: PROTOCOL, device: self.device, beyond };
        let answer: Result<CodesResponse, Failure> =
            api::call(&*self.transport, self.sender(Some(owner)), Method::Post, api::CODES, Some(&body)).await;
        let CodesResponse { codes, upto } = match answer {
            Ok(answer) => answer,
            Err(failure) => return Ok(self.fail(failure, Path::Codes)),
        };
        self.store.put_codes(owner, &codes, Issued { upto, beyond }).await?;
        let now = self.environment.now();
        let mut state = self.state.borrow_mut();
        state.reached();
        state.codes.succeed();
        // Codes that were taken and lie in unsent records are still counted as unused there.
        state.codes_due = Some(now.plus_ms(PULL_EVERY_MS));
        Ok(Did::Stocked)
    }

    /// Everything of the official has been delivered, and the office wants it gone.
    pub(super) async fn wipe(&self, owner: AccountId) -> Result<Did, StoreError> {
        if !self.store.wipe(owner).await? {
            // Something came in between (another tab saved): look again soon.
            let (now, seed) = (self.environment.now(), self.seed());
            self.state.borrow_mut().net.fail(now, seed, None);
            return Ok(Did::Rested);
        }
        self.store.put_profile(None).await?;
        Ok(Did::Wiped)
    }
}
