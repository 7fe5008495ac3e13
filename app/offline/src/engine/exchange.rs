//! The three things that a step may do, each one request and what follows from its answer.

use case_core::field::Record;
use case_core::id::{AccountId, DeviceId};
use case_core::time::Moment;
use case_core::wire::PROTOCOL;
use case_core::wire::problem::Problem;
use case_core::wire::session::Session;
use case_core::wire::sync::{MAX_PUSH, PullRequest, PullResponse, PushResponse};
use serde::Serialize;

use super::{Did, Engine};
use crate::api::{self, Failure};
use crate::backoff::LONGEST_MS;
use crate::environment::Environment;
use crate::outbox::{AsideReason, Entry, EntryState, Settlement, forgettable, judge};
use crate::plan::PULL_EVERY_MS;
use crate::status::Connection;
use crate::store::{LocalStore, Page, PageApplied, Profile, PullMark, StoreError};
use crate::transport::{Method, Transport};

/// The history is looked through for what may be forgotten after so many confirmed records.
const PRUNE_EVERY: usize = 100;

#[derive(Serialize)]
struct PushBody<'a> {
    protocol: u16,
    device: DeviceId,
    records: Vec<&'a Record>,
}

/// Which gate a failure of its own kind closes.
#[derive(Clone, Copy)]
enum Path {
    Net,
    Push,
    Pull,
}

impl<S: LocalStore, T: Transport, E: Environment> Engine<S, T, E> {
    pub(super) async fn identify(&self, profile: &Profile) -> Result<Did, StoreError> {
        let asked = self.environment.now();
        let answer: Result<Session, Failure> =
            api::call(&*self.transport, Some(profile.owner()), Method::Get, api::SESSION, None::<&()>).await;
        match answer {
            Ok(session) if session.actor.account == profile.owner() => {
                self.measure(asked, session.server_time);
                let profile = Profile { session, protocol: PROTOCOL, seen_at: self.environment.now() };
                self.store.refresh_profile(&profile).await?;
                let mut state = self.state.borrow_mut();
                state.identified = self.epoch.get() == self.step_epoch.get();
                state.reached();
                Ok(Did::Identified)
            }
            // The cookie is somebody else's: sending under it would put our records under their name.
            Ok(_) => Ok(self.fail(Failure::SignInAgain, Path::Net)),
            Err(failure) => Ok(self.fail(failure, Path::Net)),
        }
    }

    pub(super) async fn push(&self, owner: AccountId, batch: &[Entry]) -> Result<Did, StoreError> {
        let body = PushBody {
            protocol: PROTOCOL,
            device: self.device,
            records: batch.iter().map(|entry| &entry.record).collect(),
        };
        self.state.borrow_mut().live.sending = u32::try_from(batch.len()).unwrap_or(u32::MAX);
        self.tell();
        let asked = self.environment.now();
        let answer: Result<PushResponse, Failure> =
            api::call(&*self.transport, Some(owner), Method::Post, api::PUSH, Some(&body)).await;
        let now = self.environment.now();
        let (settled, later) = match answer {
            Ok(response) => {
                self.measure(asked, response.server_time);
                let verdict = judge(batch, &response.outcomes, now);
                (verdict.settled, verdict.later)
            }
            Err(failure) => match (undeliverable(&failure), batch) {
                (None, _) => return Ok(self.fail(failure, Path::Push)),
                // Alone and still refused: this one is the bad one.
                (Some(reason), [only]) => {
                    let state = EntryState::SetAside { reason, at: now };
                    (vec![Settlement { sequence: only.record.sequence, state }], Vec::new())
                }
                (Some(_), many) => {
                    let mut state = self.state.borrow_mut();
                    state.cap = (many.len() / 2).max(1);
                    state.reached();
                    return Ok(Did::Failed(failure));
                }
            },
        };
        self.store.settle(owner, &settled).await?;
        let seed = self.seed();
        {
            let mut state = self.state.borrow_mut();
            state.reached();
            state.push.succeed();
            // A limit that a large record brought about is lifted again step by step.
            state.cap = if state.cap * 2 >= MAX_PUSH { 0 } else { state.cap * 2 };
            for entry in batch {
                if later.contains(&entry.record.id) {
                    state.later.entry(entry.record.id).or_default().fail(now, seed, None);
                } else {
                    state.later.remove(&entry.record.id);
                }
            }
            // What was taken in changes the work area (last visit, new matters).
            if settled.iter().any(|s| matches!(s.state, EntryState::Confirmed { .. })) {
                state.pull_due = None;
            }
            state.since_prune = state.since_prune.map(|count| count + settled.len());
        }
        self.prune(owner, now).await?;
        Ok(Did::Pushed { settled: settled.len(), later: later.len() })
    }

    async fn prune(&self, owner: AccountId, now: Moment) -> Result<(), StoreError> {
        if self.state.borrow().since_prune.is_some_and(|count| count < PRUNE_EVERY) {
            return Ok(());
        }
        let old = forgettable(&self.store.settled(owner).await?, now);
        if !old.is_empty() {
            self.store.prune(owner, &old).await?;
        }
        self.state.borrow_mut().since_prune = Some(0);
        Ok(())
    }

    pub(super) async fn pull(&self, owner: AccountId) -> Result<Did, StoreError> {
        let mark = self.store.pull_mark(owner).await?;
        let from = mark.as_ref().map(|mark| mark.cursor.clone());
        let body = PullRequest { protocol: PROTOCOL, cursor: from.clone() };
        let asked = self.environment.now();
        let answer: Result<PullResponse, Failure> =
            api::call(&*self.transport, Some(owner), Method::Post, api::PULL, Some(&body)).await;
        let response = match answer {
            // A page that leads nowhere would be asked for for ever.
            Ok(page) if page.more && Some(&page.cursor) == from.as_ref() => {
                return Ok(self.fail(Failure::Nonsense { status: 200 }, Path::Pull));
            }
            Ok(page) => page,
            Err(failure) => return Ok(self.fail(failure, Path::Pull)),
        };
        self.measure(asked, response.server_time);
        let now = self.environment.now();
        let more = response.more;
        let page = Page { from, ..page(mark.as_ref(), response, now) };
        let applied = self.store.apply_page(owner, &page).await?;
        let mut state = self.state.borrow_mut();
        state.reached();
        state.pull.succeed();
        if applied == PageApplied::Stale {
            return Ok(Did::Rested);
        }
        state.pull_due = if more { None } else { Some(now.plus_ms(PULL_EVERY_MS)) };
        Ok(Did::Pulled(Box::new(page)))
    }

    fn fail(&self, failure: Failure, path: Path) -> Did {
        if self.epoch.get() != self.step_epoch.get() {
            return Did::Failed(failure);
        }
        let now = self.environment.now();
        let seed = self.seed();
        let mut state = self.state.borrow_mut();
        state.store_failure = None;
        let since = match state.live.connection {
            Connection::Offline { since } | Connection::Troubled { since } => since.min(now),
            _ => now,
        };
        state.live.connection = match &failure {
            Failure::Broken(_) => Connection::Offline { since },
            Failure::SignInAgain => Connection::NeedsSignIn,
            Failure::NeedsUpdate => Connection::NeedsUpdate,
            _ => Connection::Troubled { since },
        };
        let asked = match failure {
            // Only a person can help; a look now and then finds out whether one did.
            Failure::SignInAgain | Failure::NeedsUpdate => Some(LONGEST_MS),
            ref other => other.asked_wait_ms(),
        };
        if failure == Failure::SignInAgain {
            state.identified = false;
        }
        let gate = match path {
            Path::Push if !failure.concerns_all() => &mut state.push,
            Path::Pull if !failure.concerns_all() => &mut state.pull,
            _ => &mut state.net,
        };
        gate.fail(now, seed, asked);
        Did::Failed(failure)
    }

    /// The server's time lies somewhere between question and answer.
    fn measure(&self, asked: Moment, server: Moment) {
        let answered = self.environment.now();
        let middle = asked.plus_ms(asked.ms_until(answered) / 2);
        self.state.borrow_mut().live.clock_ahead_ms = Some(server.ms_until(middle));
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

/// The page as the store applies it, with its mark. Pure.
fn page(before: Option<&PullMark>, response: PullResponse, now: Moment) -> Page {
    let before = before.filter(|_| !response.reset);
    let items = u32::try_from(response.items.len()).unwrap_or(u32::MAX);
    let was_complete = before.is_some_and(|mark| mark.complete);
    let received = before.map_or(0, |mark| mark.received);
    Page {
        from: None,
        reset: response.reset,
        items: response.items,
        gone: response.gone,
        mark: PullMark {
            cursor: response.cursor,
            complete: was_complete || !response.more,
            received: if was_complete { received } else { received.saturating_add(items) },
            pulled_at: now,
        },
    }
}
