//! What the screens hold: one [`Phone`] per tab. Everything that a screen shows can be read at once
//! ([`Phone::status`], [`Phone::work`], [`Phone::session`]); everything that it does is an `async`
//! method that has reached the disk when it returns `Ok`. A [`Phone`] is a cheap clone and may be
//! put into a context; it must stay on the browser's one thread.

mod inner;
mod kept;
mod lock;
#[cfg(test)]
mod tests;

use std::cell::{Cell, RefCell};
use std::future::Future;
use std::pin::Pin;
use std::rc::Rc;

use case_core::field::{Payload, RecordFault};
use case_core::id::{AccountId, DeviceId, MatterId, RecordId};
use case_core::wire::PROTOCOL;
use case_core::wire::session::{Session, SignIn};
use send_wrapper::SendWrapper;
use serde::Serialize;
use serde::de::DeserializeOwned;

pub(crate) use inner::Inner;
pub use inner::Subscription;
pub use kept::{Clash, FilesState, StorageReport};

use crate::api::{self, Failure, Sender};
use crate::draft::{Draft, DraftKeeper, DraftKind, WeakKeeper};
use crate::engine::{Did, Engine, StepOutcome, Wake};
use crate::environment::Environment;
use crate::open_draft::OpenDraft;
use crate::outbox::{Entry, NewRecord, Subject};
use crate::status::{Live, Lock, Status};
use crate::store::{Committed, LocalStore, Profile, StoreError};
use crate::transport::{Method, Transport};
use crate::work::WorkArea;

/// Why a screen's wish was not done.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PhoneError {
    /// Nobody is signed in on this phone.
    #[error("nobody is signed in on this phone")]
    NotSignedIn,
    /// The form lacks something; the draft stays.
    #[error("the record is not complete: {0}")]
    Incomplete(#[from] RecordFault),
    /// The official's part of the store is locked: the PIN opens it (or, when there was no contact for
    /// too long, the network). Nothing was done.
    #[error("locked")]
    Locked,
    /// Not this PIN.
    #[error("wrong PIN: wait {wait_ms} ms, {tries_left} tries left")]
    WrongPin {
        /// How long nothing is tried, in milliseconds.
        wait_ms: i64,
        /// How often it may still be tried; 0: only an online sign-in opens.
        tries_left: u8,
    },
    /// No PIN: six to twelve digits, not all equal, not counting up or down.
    #[error("not a PIN")]
    BadPin,
    /// The phone's store failed; the draft stays as it was last kept.
    #[error(transparent)]
    Store(StoreError),
    /// The server could not be asked, or refused.
    #[error(transparent)]
    Server(#[from] Failure),
}

impl From<StoreError> for PhoneError {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::Locked | StoreError::Expired => Self::Locked,
            StoreError::WrongPin { wait_ms, tries_left } => Self::WrongPin { wait_ms, tries_left },
            other => Self::Store(other),
        }
    }
}

/// What has changed; screens subscribe to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Change {
    /// [`Phone::status`].
    Status,
    /// [`Phone::work`].
    Work,
    /// [`Phone::outbox`] or [`Phone::history`].
    Records,
    /// [`Phone::drafts`].
    Drafts,
    /// [`Phone::session`].
    Session,
    /// [`Phone::lock`].
    Lock,
}

/// What the tab does with the key of the official's part; it never reaches the disk.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KeyWord {
    /// It is at hand: other tabs of this browser, and this one after a reload, may have it.
    Share,
    /// Nobody may have it any more.
    Forget,
}

/// A future that the tab runs on its own thread.
pub type Job = Pin<Box<dyn Future<Output = ()>>>;

/// What the tab does for the phone.
pub struct Hooks {
    /// Runs a job in the background.
    pub spawn: Box<dyn Fn(Job)>,
    /// The engine should be stepped soon; called after the engine itself was woken.
    pub wake: Box<dyn Fn(Wake)>,
    /// The other tabs should know of a change made here.
    pub tell: Box<dyn Fn(Change)>,
    /// The key came or went.
    pub key: Box<dyn Fn(KeyWord)>,
}

/// How often a tab that stays open looks whether its lock has expired.
const LOCK_EVERY_MS: i64 = 3_600_000;

/// The phone, for the screens.
pub struct Phone<S, T, E> {
    inner: SendWrapper<Rc<Inner<S, T, E>>>,
}

impl<S, T, E> Clone for Phone<S, T, E> {
    fn clone(&self) -> Self {
        Self { inner: self.inner.clone() }
    }
}

impl<S: LocalStore + 'static, T: Transport + 'static, E: Environment + 'static> Phone<S, T, E> {
    /// Opens the phone over its store: reads who was signed in last, the counts and the work area.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn open(store: S, transport: T, environment: E, hooks: Hooks) -> Result<Self, StoreError> {
        let (store, transport, environment) = (Rc::new(store), Rc::new(transport), Rc::new(environment));
        let device = store.device(DeviceId(environment.new_id())).await?;
        let engine = Engine::new(Rc::clone(&store), Rc::clone(&transport), Rc::clone(&environment), device);
        let phone = Self {
            inner: SendWrapper::new(Rc::new(Inner {
                store,
                transport,
                environment,
                engine,
                device,
                hooks,
                session: RefCell::default(),
                counts: Cell::default(),
                codes_left: Cell::default(),
                lock: Cell::default(),
                lock_seen: Cell::default(),
                files: RefCell::default(),
                mark: RefCell::default(),
                work: RefCell::default(),
                fronted: RefCell::default(),
                shown: Cell::new(0),
                counting: Cell::new(0),
                counted: Cell::new(0),
                heard: RefCell::default(),
                watchers: Rc::default(),
                next_watcher: Cell::new(0),
                keepers: RefCell::default(),
            })),
        };
        let weak = Rc::downgrade(&phone.inner);
        phone.inner.engine.set_watch(move || {
            if let Some(inner) = weak.upgrade() {
                inner.heard.replace(None);
                inner.notify(Change::Status);
            }
        });
        phone.reload_session().await?;
        Ok(phone)
    }

    /// This browser.
    #[must_use]
    pub fn device(&self) -> DeviceId {
        self.inner.device
    }

    /// Who was last signed in on this phone, with or without network. `None`: show the sign-in.
    #[must_use]
    pub fn session(&self) -> Option<Session> {
        self.inner.session.borrow().clone()
    }

    /// The truth about sending, now.
    #[must_use]
    pub fn status(&self) -> Status {
        self.inner.status()
    }

    /// The work area, now. It never changes under the reader; after [`Change::Work`] ask again.
    #[must_use]
    pub fn work(&self) -> Rc<WorkArea> {
        Rc::clone(&self.inner.work.borrow())
    }

    /// Calls `watcher` at each change until the subscription is dropped.
    pub fn subscribe(&self, watcher: impl Fn(Change) + 'static) -> Subscription {
        let id = self.inner.next_watcher.get();
        self.inner.next_watcher.set(id + 1);
        self.inner.watchers.borrow_mut().push((id, Rc::new(watcher)));
        Subscription { inner: SendWrapper::new((Rc::downgrade(&self.inner.watchers), id)) }
    }

    /// Sends and pulls now, if there is a network at all.
    pub fn sync_now(&self) {
        self.inner.wake(Wake::Asked);
    }

    /// Signs in at the server; records that waited for this official go out again.
    ///
    /// # Errors
    /// [`PhoneError::Server`] (wrong password: [`Failure::Refused`]) or [`PhoneError::Store`].
    pub async fn sign_in(&self, login: String, password: String) -> Result<Session, PhoneError> {
        let inner = &self.inner;
        let body = SignIn { login, password };
        let sender = Sender { account: None, device: Some(inner.device) };
        let session: Session = api::call(&*inner.transport, sender, Method::Post, api::SESSION, Some(&body)).await?;
        let now = inner.environment.now();
        let owner = session.actor.account;
        if let Some(keys) = session.phone.as_ref().filter(|_| session.actor.role.visits()) {
            match inner.store.open_with(owner, keys, now).await {
                // The PIN opens it still; the office's new key is taken then. Or what a wipe left is to go out first,
                // and goes only while somebody is signed in: the next sign-in begins anew.
                Err(StoreError::WrongKey | StoreError::Locked) => {}
                other => other?,
            }
        }
        let profile = Profile { session: session.clone(), protocol: PROTOCOL, seen_at: now };
        inner.store.put_profile(Some(&profile)).await?;
        self.session_changed().await?;
        if inner.store.is_open(owner) {
            (inner.hooks.key)(KeyWord::Share);
        }
        Ok(session)
    }

    /// Signs out: the server ends the session (when it can be reached), this phone shows nothing of
    /// the official any more. Unsent records stay on the phone and go out when they sign in again.
    ///
    /// # Errors
    /// [`PhoneError::Store`]. That the server could not be reached is no error.
    pub async fn sign_out(&self) -> Result<(), PhoneError> {
        let inner = &self.inner;
        let account = inner.owner().ok();
        inner.store.put_profile(None).await?;
        (inner.hooks.key)(KeyWord::Forget);
        let sender = Sender { account, device: Some(inner.device) };
        // The answer does not matter: the phone has forgotten who it was either way.
        let _ended: Result<(), Failure> =
            api::call(&*inner.transport, sender, Method::Delete, api::SESSION, None::<&()>).await;
        self.session_changed().await?;
        Ok(())
    }

    async fn session_changed(&self) -> Result<(), StoreError> {
        self.reload_session().await?;
        (self.inner.hooks.tell)(Change::Session);
        self.inner.wake(Wake::SessionChanged);
        Ok(())
    }

    /// Reads everything anew, after a change of the session here or in another tab.
    pub(crate) async fn reload_session(&self) -> Result<(), StoreError> {
        let inner = &self.inner;
        let session = inner.store.profile().await?.map(|profile| profile.session);
        let owner = session.as_ref().map(|session| session.actor.account);
        let before = inner.session.replace(session).map(|session| session.actor.account);
        if let Some(before) = before.filter(|before| Some(*before) != owner) {
            // The next official on this phone finds nothing open of the last.
            inner.store.lock_now(before);
        }
        inner.heard.replace(None);
        inner.reload_lock().await?;
        inner.reload_work().await?;
        inner.reload_counts().await?;
        self.notify_all();
        Ok(())
    }

    fn notify_all(&self) {
        for change in [Change::Session, Change::Lock, Change::Work, Change::Records, Change::Drafts, Change::Status] {
            self.inner.notify(change);
        }
    }

    /// Opens the draft of this kind: the one begun earlier, or a new one that is kept from its first
    /// keystroke on.
    ///
    /// # Errors
    /// [`PhoneError`].
    pub async fn open_draft(&self, kind: DraftKind) -> Result<OpenDraft<S, T, E>, PhoneError> {
        let owner = self.inner.owner()?;
        let kept = self.inner.store.drafts(owner).await?.into_iter().rev().find(|draft| draft.kind == kind);
        let mut keepers = self.inner.keepers.borrow_mut();
        keepers.retain(|keeper| keeper.upgrade().is_some());
        let open = keepers.iter().filter_map(WeakKeeper::upgrade);
        if let Some(keeper) = { open }.find(|keeper| keeper.owner() == owner && keeper.draft().kind == kind) {
            return Ok(OpenDraft::new(self.clone(), keeper));
        }
        let now = self.inner.environment.now();
        let draft = kept.unwrap_or_else(|| Draft {
            id: self.inner.environment.new_record_id(),
            kind,
            body: crate::draft::FormText::default(),
            started_at: now,
            updated_at: now,
        });
        let keeper = DraftKeeper::new(Rc::clone(&self.inner.store), owner, draft);
        keepers.push(keeper.downgrade());
        drop(keepers);
        // A form is open now: nothing may take the page away.
        self.inner.notify(Change::Status);
        Ok(OpenDraft::new(self.clone(), keeper))
    }

    /// All drafts, oldest first.
    ///
    /// # Errors
    /// [`PhoneError`].
    pub async fn drafts(&self) -> Result<Vec<Draft>, PhoneError> {
        Ok(self.inner.store.drafts(self.inner.owner()?).await?)
    }

    /// Throws a draft away.
    ///
    /// # Errors
    /// [`PhoneError`].
    pub async fn delete_draft(&self, id: RecordId) -> Result<(), PhoneError> {
        self.inner.store.delete_draft(self.inner.owner()?, id).await?;
        self.inner.changed(Change::Drafts);
        Ok(())
    }

    /// Makes a draft into a record that will be sent. When it returns, the record is on disk.
    /// A second call with the same draft changes nothing and returns the same record.
    ///
    /// # Errors
    /// [`PhoneError::Incomplete`] names the field; the draft stays in every case of failure.
    pub async fn commit(&self, draft: RecordId, payload: Payload) -> Result<Committed, PhoneError> {
        let owner = self.inner.owner()?;
        self.commit_as(owner, draft, payload).await
    }

    pub(crate) async fn commit_as(
        &self,
        owner: AccountId,
        draft: RecordId,
        payload: Payload,
    ) -> Result<Committed, PhoneError> {
        let inner = &self.inner;
        let record =
            NewRecord { id: draft, device: inner.device, made_at: inner.environment.now(), payload }.prepare()?;
        let committed = inner.store.commit(owner, &record).await?;
        // The record is safe. Who saved it need not wait for the counting of everything that is kept.
        if !committed.already && inner.owner() == Ok(owner) {
            inner.count_one_more();
        }
        self.count_soon();
        inner.changed(Change::Records);
        inner.changed(Change::Drafts);
        inner.notify(Change::Status);
        inner.wake(Wake::Committed);
        Ok(committed)
    }

    /// Counts everything anew, when there is time.
    fn count_soon(&self) {
        let phone = self.clone();
        (self.inner.hooks.spawn)(Box::pin(async move {
            // A failure to count shows the last counts; the next change counts again.
            if phone.inner.reload_counts().await.is_ok() {
                phone.inner.notify(Change::Status);
            }
        }));
    }

    /// Records that are waiting, being sent or set aside, oldest first.
    ///
    /// # Errors
    /// [`PhoneError`].
    pub async fn outbox(&self) -> Result<Vec<Entry>, PhoneError> {
        let owner = self.inner.owner()?;
        let mut all = self.inner.store.waiting(owner, 0, u32::MAX).await?;
        all.extend(self.inner.store.set_aside(owner).await?);
        all.sort_by_key(|entry| entry.record.sequence);
        Ok(all)
    }

    /// Confirmed records, newest first, with their receipts and the query codes of the matters that
    /// they raised.
    ///
    /// # Errors
    /// [`PhoneError`].
    pub async fn history(&self) -> Result<Vec<Entry>, PhoneError> {
        let settled = self.inner.store.settled(self.inner.owner()?).await?;
        Ok(settled.into_iter().rev().filter(Entry::is_confirmed).collect())
    }

    /// Every record on the phone about a household or matter, newest first.
    ///
    /// # Errors
    /// [`PhoneError`].
    pub async fn records_about(&self, subject: Subject) -> Result<Vec<Entry>, PhoneError> {
        let owner = self.inner.owner()?;
        let mut all = self.inner.store.waiting(owner, 0, u32::MAX).await?;
        all.extend(self.inner.store.settled(owner).await?);
        all.retain(|entry| entry.is_about(subject));
        all.sort_by_key(|entry| std::cmp::Reverse(entry.record.sequence));
        Ok(all)
    }

    /// Sends a record that was set aside once more (after an update, say).
    ///
    /// # Errors
    /// [`PhoneError`].
    pub async fn retry(&self, id: RecordId) -> Result<bool, PhoneError> {
        let again = self.inner.store.retry(self.inner.owner()?, id).await?;
        self.inner.reload_counts().await?;
        self.inner.changed(Change::Records);
        self.inner.notify(Change::Status);
        self.inner.wake(Wake::Asked);
        Ok(again)
    }

    /// A new id for a matter that a visit raises.
    #[must_use]
    pub fn new_matter_id(&self) -> MatterId {
        MatterId(self.inner.environment.new_id())
    }

    /// The phone's clock.
    #[must_use]
    pub fn now(&self) -> case_core::time::Moment {
        self.inner.environment.now()
    }

    /// Any other call to the server that needs the network (the desk): JSON up, JSON down.
    ///
    /// # Errors
    /// [`Failure`].
    pub async fn call<A: DeserializeOwned>(
        &self,
        method: Method,
        path: &str,
        body: Option<&impl Serialize>,
    ) -> Result<A, Failure> {
        let sender = Sender { account: self.inner.owner().ok(), device: Some(self.inner.device) };
        api::call(&*self.inner.transport, sender, method, path, body).await
    }

    /// One step of the engine, with everything that screens read brought up to date. The tab's loop
    /// calls it; screens need not.
    pub async fn step(&self) -> StepOutcome {
        let inner = &self.inner;
        let outcome = inner.engine.step().await;
        let store_answers = !matches!(outcome.did, Did::StoreFailed(_));
        if store_answers && inner.engine.owner() != inner.owner().ok() {
            // Another tab has signed in or out.
            let _reloaded = self.reload_session().await;
        }
        match &outcome.did {
            Did::Pushed { .. } | Did::Uploaded | Did::Compared { .. } | Did::Stocked => {
                let _counted = inner.reload_counts().await;
                inner.changed(Change::Records);
            }
            Did::Pulled(page) => {
                let shown = inner.mark.borrow().as_ref().map(|mark| mark.cursor.clone());
                if shown == page.from && inner.work.borrow().is_whole() {
                    let next = inner.work.borrow().after(page);
                    inner.show(next, Some(page.mark.clone()));
                } else {
                    // Another tab has pulled in between.
                    let _reloaded = inner.reload_work().await;
                }
                if page.reset || !page.items.is_empty() || !page.gone.is_empty() {
                    inner.changed(Change::Work);
                }
            }
            Did::Rested => inner.keep_front().await,
            Did::Wiped => {
                (inner.hooks.key)(KeyWord::Forget);
                let _reloaded = self.reload_session().await;
                (inner.hooks.tell)(Change::Session);
            }
            Did::Identified => {
                // A contact ends an expiry, and may open what has no PIN yet.
                let opened = inner.open_owner().is_some() && matches!(inner.lock.get(), Lock::Expired { .. });
                let _lock = inner.reload_lock().await;
                if opened || (inner.mark.borrow().is_none() && inner.open_owner().is_some()) {
                    let _work = inner.reload_work().await;
                    let _counted = inner.reload_counts().await;
                }
                if let Ok(Some(profile)) = inner.store.profile().await {
                    inner.session.replace(Some(profile.session));
                    inner.notify(Change::Session);
                }
            }
            _ => {}
        }
        let seen = inner.lock_seen.get();
        if seen.is_none_or(|seen| seen.ms_until(inner.environment.now()).abs() > LOCK_EVERY_MS) {
            let _lock = inner.reload_lock().await;
            if inner.open_owner().is_none() && !inner.work.borrow().is_empty() {
                // It has expired under an open tab.
                let _work = inner.reload_work().await;
                self.notify_all();
            }
        }
        inner.notify(Change::Status);
        outcome
    }

    /// Another tab has changed something.
    pub async fn heard_change(&self, change: Change) {
        let inner = &self.inner;
        let _reloaded = match change {
            Change::Session => {
                inner.engine.wake(Wake::SessionChanged);
                self.reload_session().await
            }
            Change::Work => inner.reload_work().await,
            Change::Lock => inner.reload_lock().await,
            Change::Records => inner.reload_counts().await,
            Change::Drafts | Change::Status => Ok(()),
        };
        inner.notify(change);
        inner.notify(Change::Status);
    }

    /// The leading tab says how sending stands.
    pub fn heard_live(&self, live: Live) {
        self.inner.heard.replace(Some(live));
        self.inner.notify(Change::Status);
    }

    /// What only this tab's engine knows, for the other tabs.
    #[must_use]
    pub fn live(&self) -> Live {
        self.inner.engine.live()
    }

    pub(crate) fn inner(&self) -> &Inner<S, T, E> {
        &self.inner
    }
}
