//! The sync engine. One call of [`Engine::step`] does one thing, as [`crate::plan`] orders: asks who
//! is signed in, sends one batch, carries sealed records, sends one piece of a file, compares, fills
//! up the codes, or pulls one page, and says when to call again. It keeps nothing that matters in memory:
//! dropped in the middle of a step (the browser was killed), a new engine over the same store goes
//! on, and what was sent twice is answered the same way twice.

mod area;
mod exchange;
mod files;
mod flights;
mod mend;
mod records;

#[cfg(test)]
pub(crate) use mend::Mark;

use std::cell::{Cell, RefCell};
use std::collections::{BTreeMap, VecDeque};
use std::rc::Rc;

use case_core::digest::Digest;
use case_core::id::{AccountId, DeviceId, RecordId};
use case_core::time::Moment;
use case_core::wire::bytes::Bytes;

use crate::api::{Failure, Sender};
use crate::backoff::Gate;
use crate::environment::Environment;
use crate::outbox::Sent;
use crate::plan::{Action, Errand, PULL_EVERY_MS, Situation, Standing, plan};
use crate::status::{Connection, Live};
use crate::store::{FileMark, LocalStore, Page, Profile, SealedEntry, StoreError};
use crate::transport::Transport;

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
    /// Something of a file was sent, or its loss told.
    Uploaded,
    /// What both sides hold was compared, or a part of it.
    Compared {
        /// Records that the server had lost, to be sent again, or that were set aside.
        mended: u32,
    },
    /// The reserve of codes was filled up.
    Stocked,
    /// The device is shut out, everything was delivered: the official is forgotten here.
    Wiped,
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
    /// Counts what opened the way for a try; what comes while one is under way that then fails is for
    /// another.
    nudges: Cell<u64>,
    step_nudges: Cell<u64>,
}

/// All volatile: losing it costs a retry, never a record.
#[derive(Default)]
struct State {
    owner: Option<AccountId>,
    identified: bool,
    revoked: bool,
    /// The key of the server's receipts, as the server said over its own certificate in this run.
    receipts_key: Option<Bytes>,
    net: Gate,
    push: Gate,
    sealed: Gate,
    pieces: Gate,
    compare: Gate,
    codes: Gate,
    pull: Gate,
    /// Records with a wait of their own.
    later: BTreeMap<RecordId, Gate>,
    /// Files with a wait of their own; those that were tried ask first how far the server is.
    later_files: BTreeMap<Digest, Gate>,
    /// The most records of the next push; 0 means not limited.
    cap: usize,
    sealed_cap: usize,
    /// The size of the next piece; 0: the smallest.
    piece: usize,
    pull_due: Option<Moment>,
    codes_due: Option<Moment>,
    /// No part whose wipe was begun has anything that is set aside.
    nothing_aside: bool,
    /// Up to which number there are codes is known.
    numbered: bool,
    compare_wish: bool,
    /// Records whose receipts did not verify: compared one by one.
    suspects: Vec<Sent>,
    comparing: mend::Comparing,
    ahead: Option<area::Ahead>,
    /// Batches under way, the first that was sent first.
    flights: VecDeque<flights::Flight>,
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
    /// The store was opened or locked.
    LockChanged,
    /// A person asked to compare what both sides hold.
    Compare,
}

impl<S: LocalStore, T: Transport + 'static, E: Environment> Engine<S, T, E> {
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
            nudges: Cell::new(0),
            step_nudges: Cell::new(0),
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
        if why == Wake::LockChanged {
            return;
        }
        self.nudges.set(self.nudges.get() + 1);
        state.compare_wish |= why == Wake::Compare;
        let state = &mut *state;
        for gate in [
            &mut state.net,
            &mut state.push,
            &mut state.sealed,
            &mut state.pieces,
            &mut state.compare,
            &mut state.codes,
            &mut state.pull,
        ] {
            gate.nudge();
        }
        if why == Wake::Asked {
            state.later.values_mut().chain(state.later_files.values_mut()).for_each(Gate::nudge);
        }
        if matches!(why, Wake::Hint | Wake::Asked) {
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
        self.step_nudges.set(self.nudges.get());
        let _guard = Stepping { stepping: &self.stepping, state: &self.state };
        let outcome = match self.try_step().await {
            Ok(outcome) => outcome,
            // Locked in the middle (another tab, a PIN changed): whoever opens it wakes the engine.
            Err(StoreError::Locked | StoreError::Expired) => StepOutcome { did: Did::Rested, next_wake: None },
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
            state.live.busy = false;
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
        let now = self.environment.now();
        // Others may hold records on a phone on which somebody signs in who makes none.
        let open = profile.session.actor.role.visits() && self.store.is_open(owner);
        let revoked = self.state.borrow().revoked;
        let flying = !self.state.borrow().flights.is_empty();
        let (own, own_due) = match open && !revoked {
            true if flying => (Vec::new(), Some(now)),
            true => self.batch(owner, 0, self.most(true)).await?,
            false => (Vec::new(), None),
        };
        let (mut sealed, mut sealed_due) = self.sealed_batch((open && !revoked).then_some(owner)).await?;
        let keep = sealed_due.is_none();
        if keep {
            (sealed, sealed_due) = self.aside_batch(revoked.then_some(owner)).await?;
        }
        let (file, file_due) = self.next_file().await?;
        let visits = profile.session.actor.role.visits();
        if !visits && !revoked && sealed_due.is_none() && file_due.is_none() {
            // Such a role makes no records and holds no area.
            return Ok(StepOutcome { did: Did::Rested, next_wake: None });
        }
        let (compare, codes) = if open && !revoked { self.mending_due(owner, now).await? } else { (None, None) };
        // Looked at again: what was read says "now" by its own look, and reading takes its time. Against the
        // earlier one it would always be due in a moment and never done.
        let now = self.environment.now();
        let action = {
            let state = self.state.borrow();
            let standing = match (state.revoked, state.identified) {
                (true, _) => Standing::Revoked,
                (false, true) => Standing::Identified { open },
                (false, false) => Standing::Unknown,
            };
            plan(&Situation {
                now,
                standing,
                net: state.net,
                push: Errand { due: own_due, gate: state.push },
                sealed: Errand { due: sealed_due, gate: state.sealed },
                pieces: Errand { due: file_due, gate: state.pieces },
                compare: Errand { due: compare, gate: state.compare },
                codes: Errand { due: codes, gate: state.codes },
                pull: Errand { due: Some(state.pull_due.unwrap_or(now)), gate: state.pull },
            })
        };
        self.state.borrow_mut().live.busy = matches!(action, Action::Push | Action::Sealed | Action::Piece);
        let did = match action {
            Action::Rest(until) => {
                if open {
                    self.prune(owner, now).await?;
                }
                return Ok(StepOutcome { did: Did::Rested, next_wake: until });
            }
            Action::Identify => self.identify(&profile).await?,
            // What had to wait when it was read may be due by now: then it is read again.
            Action::Push if own.is_empty() && !flying => Did::Rested,
            Action::Sealed if sealed.is_empty() => Did::Rested,
            Action::Push => self.push(owner, own).await?,
            Action::Sealed => self.push_sealed(owner, &sealed, keep).await?,
            Action::Piece => match file {
                Some(file) => self.upload(&file).await?,
                None => Did::Rested,
            },
            Action::Compare => self.compare(owner).await?,
            Action::Codes => self.stock_codes(owner).await?,
            Action::Pull => self.pull(owner).await?,
            Action::Wipe => self.wipe(owner).await?,
        };
        Ok(StepOutcome { did, next_wake: Some(self.environment.now()) })
    }

    fn sender(&self, account: Option<AccountId>) -> Sender {
        Sender { account, device: Some(self.device) }
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

/// The earlier of two moments, of which either may be missing.
fn earlier(a: Option<Moment>, b: Option<Moment>) -> Option<Moment> {
    match (a, b) {
        (Some(a), Some(b)) => Some(a.min(b)),
        (a, b) => a.or(b),
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
            state.live.busy = false;
        }
    }
}
