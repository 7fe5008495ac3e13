//! The sync engine. One call of [`Engine::step`] does one thing: asks who is signed in, sends one
//! batch, or pulls one page, and says when to call again. It keeps nothing that matters in memory:
//! dropped in the middle of a step (the browser was killed), a new engine over the same store goes
//! on, and what was sent twice is answered the same way twice.

mod exchange;

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::rc::Rc;

use case_core::id::{AccountId, DeviceId, RecordId};
use case_core::time::Moment;
use case_core::wire::sync::MAX_PUSH;

use crate::api::Failure;
use crate::backoff::Gate;
use crate::environment::Environment;
use crate::outbox::Entry;
use crate::plan::{Action, PULL_EVERY_MS, Situation, plan};
use crate::status::{Connection, Live};
use crate::store::{LocalStore, Page, Profile, StoreError};
use crate::transport::Transport;

/// The most bytes of one push, unless a single record has more.
pub const MAX_PUSH_BYTES: usize = 512 * 1024;
/// Records are read from the store in portions of this size.
const PORTION: u32 = 100;

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

    fn seed(&self) -> u64 {
        self.device.0.as_u64_pair().1
    }

    fn tell(&self) {
        if let Some(watch) = &*self.watch.borrow() {
            watch();
        }
    }
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
