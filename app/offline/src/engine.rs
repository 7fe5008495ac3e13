//! The sync engine. One call of [`Engine::step`] does one thing: asks who is signed in, sends one
//! batch, or pulls one page, and says when to call again. It keeps nothing that matters in memory:
//! dropped in the middle of a step (the browser was killed), a new engine over the same store goes
//! on, and what was sent twice is answered the same way twice.

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::rc::Rc;

use case_core::field::Record;
use case_core::id::{AccountId, DeviceId, RecordId};
use case_core::time::Moment;
use case_core::wire::PROTOCOL;
use case_core::wire::problem::Problem;
use case_core::wire::session::Session;
use case_core::wire::sync::{MAX_PUSH, PullRequest, PullResponse, PushResponse};
use serde::Serialize;

use crate::api::{self, Failure};
use crate::backoff::{Gate, LONGEST_MS};
use crate::environment::Environment;
use crate::outbox::{AsideReason, Entry, EntryState, Settlement, forgettable, judge};
use crate::plan::{Action, PULL_EVERY_MS, Situation, plan};
use crate::status::{Connection, Live};
use crate::store::{LocalStore, Page, PageApplied, Profile, PullMark, StoreError};
use crate::transport::{Method, Transport};

/// The most bytes of one push, unless a single record has more.
pub const MAX_PUSH_BYTES: usize = 512 * 1024;
/// Records are read from the store in portions of this size.
const PORTION: u32 = 100;
/// The history is looked through for what may be forgotten after so many confirmed records.
const PRUNE_EVERY: usize = 100;

/// What a step did.
#[derive(Clone, Debug, PartialEq)]
pub struct StepOutcome {
    /// What was done.
    pub did: Did,
    /// When to call again by the phone's clock: at once when it is not after now; `None`: when
    /// something happens.
    pub next_wake: Option<Moment>,
}

/// What a step did.
#[derive(Clone, Debug, PartialEq)]
pub enum Did {
    /// Nothing was due.
    Rested,
    /// Nobody is signed in on this phone.
    NobodySignedIn,
    /// The server said who is signed in, and it is the phone's official.
    Identified,
    /// Some records were settled.
    Pushed {
        /// Confirmed or set aside.
        settled: usize,
        /// To be sent again later.
        later: usize,
    },
    /// A page of the work area is in the store.
    Pulled(Box<Page>),
    /// The try failed; what it was about waits.
    Failed(Failure),
    /// The phone's own store failed; what it was about waits.
    StoreFailed(StoreError),
}

/// The engine. It belongs to one tab; the tabs agree among themselves which one steps.
pub struct Engine<S, T, E> {
    store: Rc<S>,
    transport: Rc<T>,
    environment: Rc<E>,
    device: DeviceId,
    state: RefCell<State>,
    watch: RefCell<Option<Box<dyn Fn()>>>,
    stepping: Cell<bool>,
    /// Counts changes of the session; an answer to a question from before such a change is not
    /// held against the new session.
    epoch: Cell<u64>,
    step_epoch: Cell<u64>,
}

/// All volatile: losing it costs a retry, never a record.
#[derive(Default)]
struct State {
    owner: Option<AccountId>,
    identified: bool,
    net: Gate,
    push: Gate,
    pull: Gate,
    /// Records with a wait of their own.
    later: BTreeMap<RecordId, Gate>,
    /// The most records of the next push; 0 means not limited.
    cap: usize,
    pull_due: Option<Moment>,
    since_prune: Option<usize>,
    live: Live,
    store_failure: Option<StoreError>,
}

/// Why the engine is woken before its time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wake {
    /// A record was saved.
    Committed,
    /// The browser says that the network is back, or the app came to the front.
    Hint,
    /// A person asked to send now.
    Asked,
    /// Somebody signed in or out, here or in another tab.
    SessionChanged,
}

#[derive(Serialize)]
struct PushBody<'a> {
    protocol: u16,
    device: DeviceId,
    records: Vec<&'a Record>,
}

impl<S: LocalStore, T: Transport, E: Environment> Engine<S, T, E> {
    /// Over a store. `device` is what [`LocalStore::device`] answered.
    #[must_use]
    pub fn new(store: Rc<S>, transport: Rc<T>, environment: Rc<E>, device: DeviceId) -> Self {
        Self {
            store,
            transport,
            environment,
            device,
            state: RefCell::default(),
            watch: RefCell::default(),
            stepping: Cell::new(false),
            epoch: Cell::new(0),
            step_epoch: Cell::new(0),
        }
    }

    /// Calls `watch` when something of [`Self::live`] has changed.
    pub fn set_watch(&self, watch: impl Fn() + 'static) {
        *self.watch.borrow_mut() = Some(Box::new(watch));
    }

    /// What only the engine knows.
    #[must_use]
    pub fn live(&self) -> Live {
        self.state.borrow().live.clone()
    }

    /// Whose records the last step was about.
    #[must_use]
    pub fn owner(&self) -> Option<AccountId> {
        self.state.borrow().owner
    }

    /// The store's failure at the last try.
    #[must_use]
    pub fn store_failure(&self) -> Option<StoreError> {
        self.state.borrow().store_failure.clone()
    }

    /// Something happened that may make a try worth while now.
    pub fn wake(&self, why: Wake) {
        let now = self.environment.now();
        let mut state = self.state.borrow_mut();
        if why == Wake::SessionChanged {
            self.epoch.set(self.epoch.get() + 1);
            let owner = state.owner;
            *state = State { owner, ..State::default() };
            return;
        }
        state.net.nudge();
        state.push.nudge();
        state.pull.nudge();
        if why == Wake::Asked {
            for gate in state.later.values_mut() {
                gate.nudge();
            }
        }
        if why != Wake::Committed {
            // Coming to the front ten times a minute need not pull ten times.
            let recent = state.pull_due.is_some_and(|due| due.plus_ms(30_000 - PULL_EVERY_MS) > now);
            if why == Wake::Asked || !recent {
                state.pull_due = None;
            }
        }
    }

    /// Does the next thing. Never two at once in one engine: a second call while one is under way
    /// rests.
    pub async fn step(&self) -> StepOutcome {
        if self.stepping.replace(true) {
            return StepOutcome { did: Did::Rested, next_wake: None };
        }
        self.step_epoch.set(self.epoch.get());
        let _guard = Stepping { stepping: &self.stepping, state: &self.state };
        let outcome = match self.try_step().await {
            Ok(outcome) => outcome,
            Err(error) => {
                let now = self.environment.now();
                let seed = self.seed();
                let mut state = self.state.borrow_mut();
                state.net.fail(now, seed, None);
                state.store_failure = Some(error.clone());
                StepOutcome { did: Did::StoreFailed(error), next_wake: state.net.closed_until }
            }
        };
        {
            let mut state = self.state.borrow_mut();
            state.live.sending = 0;
            state.live.next_try = outcome.next_wake;
        }
        self.tell();
        outcome
    }

    async fn try_step(&self) -> Result<StepOutcome, StoreError> {
        let profile = self.store.profile().await?;
        let owner = profile.as_ref().map(Profile::owner);
        {
            let mut state = self.state.borrow_mut();
            if state.owner != owner {
                *state = State { owner, ..State::default() };
            }
        }
        let (Some(owner), Some(profile)) = (owner, profile) else {
            return Ok(StepOutcome { did: Did::NobodySignedIn, next_wake: None });
        };
        if !profile.session.actor.role.visits() {
            // Such a role makes no records and holds no area.
            return Ok(StepOutcome { did: Did::Rested, next_wake: None });
        }
        let (batch, ready_at) = self.batch(owner).await?;
        let now = self.environment.now();
        let action = {
            let state = self.state.borrow();
            plan(&Situation {
                now,
                identified: state.identified,
                net: state.net,
                push: state.push,
                pull: state.pull,
                ready: !batch.is_empty(),
                ready_at,
                pull_due: state.pull_due.unwrap_or(now),
            })
        };
        let did = match action {
            Action::Rest(until) => return Ok(StepOutcome { did: Did::Rested, next_wake: until }),
            Action::Identify => self.identify(&profile).await?,
            Action::Push => self.push(owner, &batch).await?,
            Action::Pull => self.pull(owner).await?,
        };
        Ok(StepOutcome { did, next_wake: Some(self.environment.now()) })
    }

    /// The next records to send, in order, without those that must wait; and when the first of
    /// those may be sent.
    async fn batch(&self, owner: AccountId) -> Result<(Vec<Entry>, Option<Moment>), StoreError> {
        let now = self.environment.now();
        let most = match self.state.borrow().cap {
            0 => MAX_PUSH,
            cap => cap.min(MAX_PUSH),
        };
        let (mut batch, mut bytes, mut after, mut ready_at) = (Vec::new(), 0, 0, None::<Moment>);
        'full: loop {
            let portion = self.store.waiting(owner, after, PORTION).await?;
            let Some(last) = portion.last() else { break };
            after = last.record.sequence;
            let ended = portion.len() < PORTION as usize;
            for entry in portion {
                let gate = self.state.borrow().later.get(&entry.record.id).copied().unwrap_or_default();
                if !gate.is_open(now) {
                    ready_at = match (ready_at, gate.closed_until) {
                        (Some(a), Some(b)) => Some(a.min(b)),
                        (a, b) => a.or(b),
                    };
                    continue;
                }
                bytes += serde_json::to_string(&entry.record).map_or(0, |json| json.len());
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
        Ok((batch, ready_at))
    }

    async fn identify(&self, profile: &Profile) -> Result<Did, StoreError> {
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

    async fn push(&self, owner: AccountId, batch: &[Entry]) -> Result<Did, StoreError> {
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

    async fn pull(&self, owner: AccountId) -> Result<Did, StoreError> {
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

    fn seed(&self) -> u64 {
        self.device.0.as_u64_pair().1
    }

    fn tell(&self) {
        if let Some(watch) = &*self.watch.borrow() {
            watch();
        }
    }
}

/// Which gate a failure of its own kind closes.
#[derive(Clone, Copy)]
enum Path {
    Net,
    Push,
    Pull,
}

impl State {
    /// The server answered in its own words.
    fn reached(&mut self) {
        self.net.succeed();
        self.live.connection = Connection::Online;
        self.store_failure = None;
    }
}

/// Ends a step also when its future is dropped.
struct Stepping<'a> {
    stepping: &'a Cell<bool>,
    state: &'a RefCell<State>,
}

impl Drop for Stepping<'_> {
    fn drop(&mut self) {
        self.stepping.set(false);
        if let Ok(mut state) = self.state.try_borrow_mut() {
            state.live.sending = 0;
        }
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
