//! What one tab keeps in memory beside the store: copies to be read at once, and who watches them.

use std::cell::{Cell, RefCell};
use std::rc::{Rc, Weak};

use case_core::id::{AccountId, DeviceId};
use case_core::wire::session::Session;
use send_wrapper::SendWrapper;

use super::{Change, Hooks, PhoneError};
use crate::draft::WeakKeeper;
use crate::engine::{Engine, Wake};
use crate::environment::Environment;
use crate::status::{FirstDownload, Live, Status};
use crate::store::{Counts, LocalStore, PullMark, StoreError};
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
    pub(super) mark: RefCell<Option<PullMark>>,
    pub(super) work: RefCell<Rc<WorkArea>>,
    /// Counts what was shown, and the counts that were begun.
    pub(super) shown: Cell<u64>,
    pub(super) counting: Cell<u64>,
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

impl<S: LocalStore, T: Transport, E: Environment> Inner<S, T, E> {
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

    pub(super) async fn reload_work(&self) -> Result<(), StoreError> {
        loop {
            let (shown, owner) = (self.shown.get(), self.owner().ok());
            let Some(account) = owner else {
                self.show(WorkArea::default(), None);
                return Ok(());
            };
            let mark = self.store.pull_mark(account).await?;
            let items = self.store.items(account).await?;
            let after = self.store.pull_mark(account).await?;
            // A pull, here or in another tab, or a sign-in may have come in between: look again.
            if cursor(mark.as_ref()) == cursor(after.as_ref())
                && self.shown.get() == shown
                && self.owner().ok() == owner
            {
                self.show(WorkArea::new(items), mark);
                return Ok(());
            }
        }
    }

    pub(super) async fn reload_counts(&self) -> Result<(), StoreError> {
        let turn = self.counting.get() + 1;
        self.counting.set(turn);
        let counts = match self.owner() {
            Ok(owner) => self.store.counts(owner).await?,
            Err(_) => Counts::default(),
        };
        // Of two counts under way only the one begun last is shown.
        if self.counting.get() == turn {
            self.counts.set(counts);
        }
        Ok(())
    }

    pub(super) fn status(&self) -> Status {
        let live = self.heard.borrow().clone().unwrap_or_else(|| self.engine.live());
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
        }
    }
}
