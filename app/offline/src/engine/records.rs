//! Records up: the official's own, and sealed ones that only pass through this phone.

use case_core::id::AccountId;
use case_core::time::Moment;
use case_core::wire::PROTOCOL;
use case_core::wire::problem::Problem;
use case_core::wire::sync::{Envelope, MAX_PUSH_BYTES, PushResponse, SealedRequest};

use super::exchange::Path;
use super::flights::meanwhile;
use super::{Did, Engine, SealedEntry, earlier};
use crate::api::{self, Failure};
use crate::environment::Environment;
use crate::outbox::{
    Answer, AsideReason, Entry, EntryState, HISTORY_LEAST, Sent, Settlement, Verdict, forgettable, spare,
};
use crate::store::{Ground, LocalStore, StoreError};
use crate::transport::{Method, Transport};

/// Records are read from the store in portions of this size.
const PORTION: u32 = 100;
/// The history is looked through for what may be forgotten after so many confirmed records.
const PRUNE_EVERY: usize = 100;
/// The most envelopes of one request: the server limits those more narrowly, for they need no session.
const MAX_SEALED: u32 = 100;

/// What an answer to a batch came to.
enum Judged {
    /// Believed.
    Verdict(Verdict),
    /// Not about these records, or not signed by the server's key.
    Unbelievable,
}

impl<S: LocalStore, T: Transport + 'static, E: Environment> Engine<S, T, E> {
    /// The next records to send behind a sequence, `most` of them, in order, without those that must wait;
    /// and when there is something to send.
    pub(super) async fn batch(
        &self,
        owner: AccountId,
        mut after: u64,
        most: usize,
    ) -> Result<(Vec<Entry>, Option<Moment>), StoreError> {
        let now = self.environment.now();
        let (mut batch, mut bytes, mut ready_at) = (Vec::new(), 0, None::<Moment>);
        'full: loop {
            let limit = PORTION.min(u32::try_from(most).unwrap_or(PORTION));
            let portion = self.store.waiting(owner, after, limit).await?;
            let Some(last) = portion.last() else { break };
            after = last.record.sequence;
            let ended = portion.len() < limit as usize;
            for entry in portion {
                let gate = self.state.borrow().later.get(&entry.record.id).copied().unwrap_or_default();
                if !gate.is_open(now) {
                    ready_at = earlier(ready_at, gate.closed_until);
                    continue;
                }
                bytes += case_core::json::write(&entry.record).map_or(0, |json| json.len());
                if !batch.is_empty() && bytes > MAX_PUSH_BYTES {
                    break 'full;
                }
                batch.push(entry);
                if batch.len() >= most {
                    break 'full;
                }
            }
            if ended {
                break;
            }
        }
        let due = if batch.is_empty() { ready_at } else { Some(now) };
        Ok((batch, due))
    }

    /// The next sealed records, of all officials but one; and when there is something to send.
    pub(super) async fn sealed_batch(
        &self,
        except: Option<AccountId>,
    ) -> Result<(Vec<SealedEntry>, Option<Moment>), StoreError> {
        // Some may have to wait: look beyond them.
        Ok(self.ready_of(self.store.sealed_waiting(except, MAX_SEALED * 5).await?))
    }

    /// What was set aside and is to be handed in before a wipe. Of parts whose wipe somebody else has begun it is
    /// looked for once.
    pub(super) async fn aside_batch(
        &self,
        shut_out: Option<AccountId>,
    ) -> Result<(Vec<SealedEntry>, Option<Moment>), StoreError> {
        if shut_out.is_none() && self.state.borrow().nothing_aside {
            return Ok((Vec::new(), None));
        }
        let all = self.store.sealed_aside(shut_out, MAX_SEALED * 5).await?;
        self.state.borrow_mut().nothing_aside = all.is_empty();
        Ok(self.ready_of(all))
    }

    /// Those that need not wait, as many as one request takes; and when there is something to send.
    fn ready_of(&self, all: Vec<SealedEntry>) -> (Vec<SealedEntry>, Option<Moment>) {
        let now = self.environment.now();
        let most = match self.state.borrow().sealed_cap {
            0 => MAX_SEALED as usize,
            cap => cap,
        };
        let (mut batch, mut bytes, mut ready_at) = (Vec::new(), 0, None);
        let state = self.state.borrow();
        for entry in all {
            match state.later.get(&entry.id) {
                Some(gate) if !gate.is_open(now) => {
                    // A wipe carries what it can of others', and does not wait for what it cannot.
                    if !state.revoked || state.owner == Some(entry.account) {
                        ready_at = earlier(ready_at, gate.closed_until);
                    }
                }
                _ => {
                    bytes += entry.blob.0.len() * 4 / 3;
                    if batch.len() >= most || (!batch.is_empty() && bytes > MAX_PUSH_BYTES) {
                        break;
                    }
                    batch.push(entry);
                }
            }
        }
        let due = if batch.is_empty() { ready_at } else { Some(now) };
        (batch, due)
    }

    /// Takes the answer to the batch that is under way longest, or sends this one.
    pub(super) async fn push(&self, owner: AccountId, batch: Vec<Entry>) -> Result<Did, StoreError> {
        let mut flights = self.fly(owner, batch).await?;
        let Some(mut flight) = flights.pop_front() else { return Ok(Did::Rested) };
        let answer = flight.land(&mut flights).await;
        let (batch, ground, asked) = (&flight.batch[..], &flight.ground, flight.asked);
        let now = self.environment.now();
        let verdict = match answer {
            Ok(response) => {
                self.measure(asked, response.server_time);
                let sent: Vec<Sent> = batch.iter().map(Entry::sent).collect();
                match self.judge(owner, &sent, &response, now).await? {
                    Judged::Verdict(verdict) => verdict,
                    Judged::Unbelievable => {
                        let did = self.fail(Failure::Nonsense { status: 200 }, Path::Push);
                        let mut state = self.state.borrow_mut();
                        // The key may have changed since it was asked for; and the digests are
                        // compared one by one, which finds a record that is another there.
                        state.identified = false;
                        state.suspects = sent;
                        return Ok(did);
                    }
                }
            }
            Err(failure) => match (undeliverable(&failure), batch) {
                (None, _) => return Ok(self.fail(failure, Path::Push)),
                // Alone and still refused: this one is the bad one.
                (Some(reason), [only]) => {
                    let state = EntryState::SetAside { reason, at: now };
                    Verdict {
                        settled: vec![Settlement { sequence: only.record.sequence, state }],
                        ..Verdict::default()
                    }
                }
                (Some(_), many) => {
                    let mut state = self.state.borrow_mut();
                    state.cap = (many.len() / 2).max(1);
                    state.reached();
                    return Ok(Did::Failed(failure));
                }
            },
        };
        if !meanwhile(&mut flights, self.settle(owner, &verdict.settled, ground)).await? {
            // Another tab has found another database meanwhile. All of it waits and is sent again.
            return Ok(Did::Pushed { settled: 0, later: batch.len() });
        }
        {
            let mut state = self.state.borrow_mut();
            state.reached();
            state.push.succeed();
            // A limit that a large record brought about is lifted again step by step.
            state.cap = if state.cap * 2 >= self.environment.full_batch() { 0 } else { state.cap * 2 };
            if self.epoch.get() == self.step_epoch.get() {
                state.flights = flights;
            }
            // What was taken in changes the work area (last visit, new matters).
            if verdict.confirmed > 0 {
                state.pull_due = None;
                state.ahead = None;
            }
            state.since_prune = state.since_prune.map(|count| count + verdict.settled.len());
        }
        self.put_off(batch.iter().map(|entry| entry.record.id), &verdict, now);
        Ok(Did::Pushed { settled: verdict.settled.len(), later: verdict.later.len() })
    }

    /// Sends sealed records; `keep`: those that were set aside, to be kept as they are before a wipe.
    pub(super) async fn push_sealed(
        &self,
        owner: AccountId,
        batch: &[SealedEntry],
        keep: bool,
    ) -> Result<Did, StoreError> {
        let envelopes = batch
            .iter()
            .map(|entry| Envelope { account: entry.account, id: entry.id, blob: entry.blob.clone() })
            .collect();
        let body = SealedRequest { protocol: PROTOCOL, device: self.device, envelopes, keep };
        let mut accounts: Vec<AccountId> = batch.iter().map(|entry| entry.account).collect();
        accounts.sort_unstable();
        accounts.dedup();
        let mut grounds = Vec::new();
        for account in accounts {
            grounds.push((account, self.store.ground(account).await?));
        }
        let asked = self.environment.now();
        // Nobody's cookie is meant: the proof of who sends lies in each envelope.
        let answer: Result<PushResponse, Failure> =
            api::call(&*self.transport, self.sender(None), Method::Post, api::SEALED, Some(&body)).await;
        let now = self.environment.now();
        let mut verdict = match answer {
            Ok(response) => {
                self.measure(asked, response.server_time);
                let sent: Vec<Sent> = batch.iter().map(SealedEntry::sent).collect();
                match self.judge(owner, &sent, &response, now).await? {
                    Judged::Verdict(verdict) => verdict,
                    Judged::Unbelievable => {
                        // Nothing can be compared for somebody else: smaller batches find the culprit,
                        // and the others get through.
                        let did = self.fail(Failure::Nonsense { status: 200 }, Path::Sealed);
                        let seed = self.seed();
                        let mut state = self.state.borrow_mut();
                        if !state.revoked {
                            state.identified = false;
                        }
                        state.sealed_cap = (batch.len() / 2).max(1);
                        if let [only] = batch {
                            state.later.entry(only.id).or_default().fail(now, seed, None);
                            state.sealed.succeed();
                        }
                        return Ok(did);
                    }
                }
            }
            Err(failure) => match (undeliverable(&failure), batch) {
                (None, _) => return Ok(self.fail(failure, Path::Sealed)),
                // In its envelope it is too large. Its official can still send it openly: it waits.
                (Some(_), [only]) => {
                    let seed = self.seed();
                    let mut state = self.state.borrow_mut();
                    state.later.entry(only.id).or_default().fail(now, seed, None);
                    state.reached();
                    return Ok(Did::Failed(failure));
                }
                (Some(_), many) => {
                    let mut state = self.state.borrow_mut();
                    state.sealed_cap = (many.len() / 2).max(1);
                    state.reached();
                    return Ok(Did::Failed(failure));
                }
            },
        };
        if keep {
            let confirmed = |settled: &&Settlement| matches!(settled.state, EntryState::Confirmed { .. });
            verdict.kept.extend(verdict.settled.iter().filter(confirmed).map(|settled| settled.sequence));
            let waits = |entry: &&SealedEntry| !verdict.kept.contains(&entry.sequence);
            verdict.later = batch.iter().filter(waits).map(|entry| entry.id).collect();
        }
        for (account, ground) in grounds {
            let of_account =
                |sequence: u64| batch.iter().any(|entry| entry.account == account && entry.sequence == sequence);
            if keep {
                let kept: Vec<u64> = verdict.kept.iter().copied().filter(|sequence| of_account(*sequence)).collect();
                self.store.hand_over(account, &kept).await?;
                continue;
            }
            let settled: Vec<Settlement> =
                verdict.settled.iter().filter(|settled| of_account(settled.sequence)).cloned().collect();
            // Where that official has found another database meanwhile, theirs wait and are sent again.
            self.store.settle_sealed(account, &settled, Some(&ground)).await?;
        }
        {
            let mut state = self.state.borrow_mut();
            state.reached();
            state.sealed.succeed();
            state.sealed_cap = if state.sealed_cap * 2 >= MAX_SEALED as usize { 0 } else { state.sealed_cap * 2 };
        }
        self.put_off(batch.iter().map(|entry| entry.id), &verdict, now);
        Ok(Did::Pushed { settled: verdict.settled.len(), later: verdict.later.len() })
    }

    /// Believes an answer only when it fits what was sent and the server's key signed just that.
    async fn judge(
        &self,
        owner: AccountId,
        sent: &[Sent],
        response: &PushResponse,
        now: Moment,
    ) -> Result<Judged, StoreError> {
        let Some(answer) = Answer::read(sent, &response.outcomes) else { return Ok(Judged::Unbelievable) };
        if let Some(text) = answer.signed_text() {
            let known = self.state.borrow().receipts_key.clone();
            let key = match known {
                Some(key) => Some(key),
                None => self.store.server_keys(owner).await?.map(|keys| keys.receipts),
            };
            let Some(key) = key else { return Ok(Judged::Unbelievable) };
            if !self.store.verify(&key.0, &text, &response.signature.0).await? {
                return Ok(Judged::Unbelievable);
            }
        }
        Ok(Judged::Verdict(answer.verdict(&response.signature, now)))
    }

    /// Records that the server could not take just now wait, each by itself.
    fn put_off(&self, sent: impl Iterator<Item = case_core::id::RecordId>, verdict: &Verdict, now: Moment) {
        let seed = self.seed();
        let mut state = self.state.borrow_mut();
        for id in sent {
            if verdict.later.contains(&id) {
                state.later.entry(id).or_default().fail(now, seed, None);
            } else {
                state.later.remove(&id);
            }
        }
    }

    /// Writes what became of records. Where the disk is full, what may be spared goes first: a receipt
    /// must not be lost to a photo that the server has.
    async fn settle(&self, owner: AccountId, settled: &[Settlement], ground: &Ground) -> Result<bool, StoreError> {
        match self.store.settle(owner, settled, Some(ground)).await {
            Err(StoreError::Full) => {
                self.store.free_files(owner).await?;
                let old = spare(&self.store.settled(owner).await?, self.environment.now());
                self.store.prune(owner, &old).await?;
                self.store.settle(owner, settled, Some(ground)).await
            }
            other => other,
        }
    }

    /// Forgets old history, when there is nothing else to do: the whole of it has to be read.
    pub(super) async fn prune(&self, owner: AccountId, now: Moment) -> Result<(), StoreError> {
        if self.state.borrow().since_prune.is_some_and(|count| count < PRUNE_EVERY) {
            return Ok(());
        }
        // Of so few none may be forgotten, and they need not be read.
        if self.store.confirmed(owner).await? as usize > HISTORY_LEAST {
            let old = forgettable(&self.store.settled(owner).await?, now);
            if !old.is_empty() {
                self.store.prune(owner, &old).await?;
            }
        }
        self.state.borrow_mut().since_prune = Some(0);
        Ok(())
    }
}

impl SealedEntry {
    /// As it is judged.
    fn sent(&self) -> Sent {
        Sent { id: self.id, sequence: self.sequence, digest: self.digest, attachments: self.attachments.clone() }
    }
}

/// Whether a failure is about the content of the request, so that smaller requests find the culprit.
fn undeliverable(failure: &Failure) -> Option<AsideReason> {
    match failure {
        Failure::TooLarge => Some(AsideReason::TooLarge),
        Failure::Refused(body) => match &body.problem {
            Problem::Malformed { detail } => Some(AsideReason::Malformed { detail: detail.clone() }),
            _ => None,
        },
        _ => None,
    }
}
