//! What one tab keeps in memory beside the store: copies to be read at once, and who watches them.

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::rc::{Rc, Weak};

use case_core::digest::Digest;
use case_core::id::{AccountId, DeviceId};
use case_core::time::Moment;
use case_core::wire::session::Session;
use send_wrapper::SendWrapper;

use super::{Change, Hooks, PhoneError};
use crate::draft::WeakKeeper;
use crate::engine::{Engine, Wake};
use crate::environment::Environment;
use crate::front::Front;
use crate::status::{FirstDownload, Live, Lock, Status};
use crate::store::{Counts, FileState, LocalStore, PullMark, StoreError};
use crate::transport::Transport;
use crate::work::WorkArea;

pub(super) type Watcher = (u64, Rc<dyn Fn(Change)>);

pub(crate) struct Inner<S, T, E> {
    pub(crate) store: Rc<S>,
    pub(super) transport: Rc<T>,
    pub(crate) environment: Rc<E>,
    pub(crate) engine: Engine<S, T, E>,
    pub(super) device: DeviceId,
    pub(crate) hooks: Hooks,
    pub(super) session: RefCell<Option<Session>>,
    pub(super) counts: Cell<Counts>,
    pub(super) codes_left: Cell<u32>,
    pub(super) lock: Cell<Lock>,
    /// When the lock was last looked at: a tab may stay open for weeks.
    pub(super) lock_seen: Cell<Option<Moment>>,
    /// How each file of the official stands.
    pub(super) files: RefCell<BTreeMap<Digest, FileState>>,
    pub(super) mark: RefCell<Option<PullMark>>,
    pub(super) work: RefCell<Rc<WorkArea>>,
    /// The work area of which the first items are kept, by its cursor.
    pub(super) fronted: RefCell<Option<String>>,
    /// Counts what was shown, and the counts that were begun.
    pub(super) shown: Cell<u64>,
    pub(super) counting: Cell<u64>,
    /// The number of the count that is shown.
    pub(super) counted: Cell<u64>,
    /// What the leading tab says, when that is another one.
    pub(super) heard: RefCell<Option<Live>>,
    pub(super) watchers: Rc<RefCell<Vec<Watcher>>>,
    pub(super) next_watcher: Cell<u64>,
    /// Forms that are open or still writing: opening one again must find the same keeper, or an old
    /// write could land after a newer one.
    pub(super) keepers: RefCell<Vec<WeakKeeper<S>>>,
}

/// Ends its subscription when dropped.
#[must_use = "dropping it ends the subscription"]
pub struct Subscription {
    pub(super) inner: SendWrapper<(Weak<RefCell<Vec<Watcher>>>, u64)>,
}

impl Subscription {
    /// Lets the subscription live as long as the tab.
    pub fn forever(self) {
        std::mem::forget(self);
    }
}

impl Drop for Subscription {
    fn drop(&mut self) {
        if !self.inner.valid() {
            return;
        }
        let (watchers, id) = &*self.inner;
        if let Some(watchers) = watchers.upgrade() {
            watchers.borrow_mut().retain(|(other, _)| other != id);
        }
    }
}

fn cursor(mark: Option<&PullMark>) -> Option<&str> {
    mark.map(|mark| mark.cursor.as_str())
}

/// What is locked is shown as nothing, and is no failure.
fn unless_locked<A: Default>(result: Result<A, StoreError>) -> Result<A, StoreError> {
    match result {
        Err(StoreError::Locked | StoreError::Expired) => Ok(A::default()),
        other => other,
    }
}

impl<S: LocalStore, T: Transport + 'static, E: Environment> Inner<S, T, E> {
    /// The account, if the key of its part is at hand.
    pub(super) fn open_owner(&self) -> Option<AccountId> {
        self.owner().ok().filter(|owner| self.store.is_open(*owner))
    }

    /// Whose key the tab hands on.
    #[cfg(target_arch = "wasm32")]
    pub(crate) fn key_owner(&self) -> Option<AccountId> {
        self.owner().ok().or_else(|| self.engine.owner())
    }

    /// How the official's part is locked. A role that makes no records keeps nothing here and has no PIN.
    pub(super) async fn reload_lock(&self) -> Result<(), StoreError> {
        let now = self.environment.now();
        self.lock_seen.set(Some(now));
        let session = self.session.borrow().as_ref().map(|session| (session.actor.account, session.actor.role));
        let lock = match session {
            None => Lock::NobodySignedIn,
            Some((_, role)) if !role.visits() => Lock::Open,
            Some((owner, _)) => self.store.lock(owner, now).await?.into(),
        };
        if self.lock.replace(lock) != lock {
            if matches!(lock, Lock::Expired { .. }) {
                // Under an open app: only a new word of the server is contact, so it is asked again.
                self.engine.wake(Wake::SessionChanged);
            }
            self.notify(Change::Lock);
        }
        Ok(())
    }

    pub(crate) fn owner(&self) -> Result<AccountId, PhoneError> {
        self.session.borrow().as_ref().map(|session| session.actor.account).ok_or(PhoneError::NotSignedIn)
    }

    pub(crate) fn wake(&self, why: Wake) {
        self.engine.wake(why);
        (self.hooks.wake)(why);
    }

    /// Tells this tab and the others.
    pub(crate) fn changed(&self, change: Change) {
        self.notify(change);
        (self.hooks.tell)(change);
    }

    pub(crate) fn notify(&self, change: Change) {
        // A watcher may subscribe or unsubscribe while it is called.
        let watchers = self.watchers.borrow().clone();
        for (_, watcher) in watchers {
            watcher(change);
        }
    }

    pub(super) fn show(&self, work: WorkArea, mark: Option<PullMark>) {
        self.work.replace(Rc::new(work));
        self.mark.replace(mark);
        self.shown.set(self.shown.get() + 1);
    }

    /// Shows what comes first, while the whole is still to be read; false: there is nothing to show.
    pub(super) async fn show_front(&self) -> bool {
        let (shown, Some(account)) = (self.shown.get(), self.open_owner()) else { return false };
        if !self.work.borrow().is_empty() {
            return true;
        }
        if let Ok(Some((front, mark))) = self.store.front(account).await
            && self.shown.get() == shown
            && self.open_owner() == Some(account)
        {
            self.fronted.replace(Some(front.cursor.clone()));
            self.show(WorkArea::of_front(front), Some(mark));
            for change in [Change::Session, Change::Lock, Change::Work] {
                self.notify(change);
            }
            return true;
        }
        false
    }

    /// Keeps what comes first, when the work area is another than it was last kept of.
    pub(super) async fn keep_front(&self) {
        let Some(account) = self.open_owner() else { return };
        let cursor = cursor(self.mark.borrow().as_ref()).map(str::to_owned);
        let Some(cursor) = cursor.filter(|cursor| self.fronted.borrow().as_ref() != Some(cursor)) else { return };
        let front = Front::of(&self.work.borrow(), &cursor);
        if let Some(front) = front
            && self.store.put_front(account, &front).await.is_err()
        {
            // The next rest tries again.
            return;
        }
        self.fronted.replace(Some(cursor));
    }

    /// Reads the whole. What was shown of it before does not stay when that fails.
    pub(super) async fn reload_work(&self) -> Result<(), StoreError> {
        let read = self.read_work().await;
        if read.is_err() && !self.work.borrow().is_whole() {
            self.show(WorkArea::default(), None);
        }
        read
    }

    async fn read_work(&self) -> Result<(), StoreError> {
        loop {
            let (shown, owner) = (self.shown.get(), self.owner().ok());
            let Some(account) = self.open_owner() else {
                self.show(WorkArea::default(), None);
                return Ok(());
            };
            let mark = unless_locked(self.store.pull_mark(account).await)?;
            let items = unless_locked(self.store.packed(account).await)?;
            let after = unless_locked(self.store.pull_mark(account).await)?;
            // A pull, here or in another tab, or a sign-in may have come in between: look again.
            if cursor(mark.as_ref()) == cursor(after.as_ref())
                && self.shown.get() == shown
                && self.owner().ok() == owner
            {
                self.show(WorkArea::of_packed(items), mark);
                return Ok(());
            }
        }
    }

    pub(super) async fn reload_counts(&self) -> Result<(), StoreError> {
        let turn = self.counting.get() + 1;
        self.counting.set(turn);
        let counts = match self.owner() {
            Ok(owner) => unless_locked(self.store.counts(owner).await)?,
            Err(_) => Counts::default(),
        };
        let (mut codes, mut files) = (0, BTreeMap::new());
        if let Some(owner) = self.open_owner() {
            codes = unless_locked(self.store.codes_left(owner).await)?;
            let marks = unless_locked(self.store.files(owner).await)?;
            files = marks.into_iter().map(|mark| (mark.sealed, mark.state)).collect();
        }
        // Of two counts the one begun last is shown. Waiting for the very last would show none while one
        // overtakes the other: whoever has just saved must find it counted.
        if self.counted.get() < turn {
            self.counted.set(turn);
            self.counts.set(counts);
            self.codes_left.set(codes);
            self.files.replace(files);
        }
        Ok(())
    }

    /// A record was saved: it is shown at once. Counts that were begun before are not believed any more.
    pub(super) fn count_one_more(&self) {
        let turn = self.counting.get() + 1;
        self.counting.set(turn);
        self.counted.set(turn);
        let counts = self.counts.get();
        self.counts.set(Counts { waiting: counts.waiting + 1, ..counts });
    }

    pub(super) fn shown_live(&self) -> Live {
        self.heard.borrow().clone().unwrap_or_else(|| self.engine.live())
    }

    /// Shut out counts before everything else; the store learns of it only when all is delivered.
    pub(super) fn shown_lock(&self) -> Lock {
        match self.lock.get() {
            Lock::NobodySignedIn => Lock::NobodySignedIn,
            _ if self.shown_live().revoked => Lock::Revoked { unsent: self.counts.get().waiting },
            lock => lock,
        }
    }

    pub(super) fn status(&self) -> Status {
        let live = self.shown_live();
        let counts = self.counts.get();
        let mark = self.mark.borrow();
        Status {
            owner: self.owner().ok(),
            saved: counts.waiting,
            sending: live.sending.min(counts.waiting),
            set_aside: counts.set_aside,
            last_confirmed: counts.last_confirmed,
            connection: live.connection,
            last_pull: mark.as_ref().map(|mark| mark.pulled_at),
            first_download: match mark.as_ref() {
                None => FirstDownload::NotBegun,
                Some(PullMark { complete: true, .. }) => FirstDownload::Complete,
                Some(mark) => FirstDownload::Partly { items: mark.received },
            },
            next_try: live.next_try,
            clock_ahead_ms: live.clock_ahead_ms,
            store_failure: self.engine.store_failure(),
            lock: self.shown_lock(),
            others_unsent: counts.others_unsent,
            files_waiting: counts.files_waiting,
            codes_left: self.codes_left.get(),
            last_compared: live.last_compared,
            mended: live.mended,
            yours: live.yours,
        }
    }
}
