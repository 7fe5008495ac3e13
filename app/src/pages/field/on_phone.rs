//! The offline engine as the screens hold it: a copy of a few signals that say when to look again.

use std::future::Future;
use std::rc::Rc;

use case_core::id::AccountId;
use case_core::wire::session::Session;
use case_offline::{Change, Handle, Lock, PhoneError, Status, WorkArea};
use leptos::prelude::*;

use crate::browser;
use crate::client;
use crate::text::screen::field_me as words;
use crate::who::{Who, use_who};

/// How far the phone's store is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Opening {
    /// Being opened.
    Waiting,
    /// Open.
    Open,
    /// The browser lets nothing be kept.
    Failed,
}

/// A sign-in waits for the store ten seconds at most.
const OPENING_LOOKS: u32 = 200;
const OPENING_PAUSE_MS: i32 = 50;

/// The phone's store and the engine that sends; copied freely.
#[derive(Clone, Copy)]
pub struct OnPhone {
    handle: RwSignal<Option<Handle>>,
    failed: RwSignal<bool>,
    opening: Memo<Opening>,
    status: RwSignal<Status>,
    lock: RwSignal<Lock>,
    work: RwSignal<u32>,
    records: RwSignal<u32>,
    drafts: RwSignal<u32>,
    /// What was typed into the search of the households; it stays while one is looked at.
    pub(super) households_typed: RwSignal<String>,
    /// The same for the matters.
    pub(super) matters_typed: RwSignal<String>,
}

impl OnPhone {
    /// Opens the phone's store and makes it known to all screens. Once per tab, at the start and for
    /// every role: whoever signs in is to be remembered here.
    pub fn begin(who: Who) -> Self {
        let handle = RwSignal::new(None::<Handle>);
        let failed = RwSignal::new(false);
        let opening = Memo::new(move |_| match (handle.with(Option::is_some), failed.get()) {
            (true, _) => Opening::Open,
            (false, true) => Opening::Failed,
            (false, false) => Opening::Waiting,
        });
        let phone = Self {
            handle,
            failed,
            opening,
            status: RwSignal::new(Status::default()),
            lock: RwSignal::new(Lock::NobodySignedIn),
            work: RwSignal::new(0),
            records: RwSignal::new(0),
            drafts: RwSignal::new(0),
            households_typed: RwSignal::new(String::new()),
            matters_typed: RwSignal::new(String::new()),
        };
        provide_context(phone);
        leptos::task::spawn_local(async move {
            match case_offline::start().await {
                Ok(handle) => {
                    let watched = handle.clone();
                    handle.subscribe(move |change| phone.changed(&watched, change, who)).forever();
                    phone.status.set(handle.status());
                    phone.lock.set(handle.lock());
                    phone.handle.set(Some(handle.clone()));
                    agree(&handle, who);
                }
                Err(_) => phone.failed.set(true),
            }
        });
        phone
    }

    fn changed(self, handle: &Handle, change: Change, who: Who) {
        // Once all is delivered and wiped nobody is signed in any more: the sign-in page is to say why.
        if matches!(handle.lock(), Lock::Revoked { .. }) {
            browser::store(browser::SHUT_OUT, &true);
        }
        let again = |signal: RwSignal<u32>| signal.update(|n| *n = n.wrapping_add(1));
        match change {
            Change::Status => {
                let status = handle.status();
                if self.status.with_untracked(|before| *before != status) {
                    self.status.set(status);
                }
            }
            Change::Lock => {
                self.lock_changed(handle);
                [self.work, self.records, self.drafts].into_iter().for_each(again);
            }
            Change::Work => again(self.work),
            Change::Records => again(self.records),
            Change::Drafts => again(self.drafts),
            Change::Session => {
                agree(handle, who);
                self.lock_changed(handle);
                self.status.set(handle.status());
                [self.work, self.records, self.drafts].into_iter().for_each(again);
            }
        }
    }

    fn lock_changed(self, handle: &Handle) {
        let lock = handle.lock();
        // Drawing the screens anew would throw away what is being looked at.
        if self.lock.with_untracked(|before| *before != lock) {
            self.lock.set(lock);
        }
    }

    /// Whether the phone's store is open for its official.
    #[must_use]
    pub fn lock(self) -> Lock {
        self.lock.get()
    }

    pub(super) fn opening(self) -> Opening {
        self.opening.get()
    }

    /// The engine itself; `None` until the store is open.
    pub(super) fn handle(self) -> Option<Handle> {
        self.handle.get_untracked()
    }

    /// The truth about sending.
    pub(super) fn status(self) -> Status {
        self.status.get()
    }

    /// The work area; read anew whenever it has changed.
    pub(super) fn work(self) -> Rc<WorkArea> {
        self.work.track();
        self.handle.with(|handle| handle.as_ref().map(Handle::work)).unwrap_or_default()
    }

    /// Who is signed in on this phone.
    pub(super) fn account(self) -> Option<AccountId> {
        self.handle.with_untracked(|handle| handle.as_ref()?.session()).map(|session| session.actor.account)
    }

    /// Reads from the store now and whenever records have changed. `None` until it was read.
    pub(super) fn records<T, Fut>(self, ask: impl Fn(Handle) -> Fut + 'static) -> RwSignal<Option<T>>
    where
        T: Send + Sync + 'static,
        Fut: Future<Output = Result<T, PhoneError>> + 'static,
    {
        self.read(self.records, ask)
    }

    /// Reads from the store now and whenever drafts have changed. `None` until it was read.
    pub(super) fn drafts<T, Fut>(self, ask: impl Fn(Handle) -> Fut + 'static) -> RwSignal<Option<T>>
    where
        T: Send + Sync + 'static,
        Fut: Future<Output = Result<T, PhoneError>> + 'static,
    {
        self.read(self.drafts, ask)
    }

    /// Changes whenever a draft was written.
    pub(super) fn draft_written(self) {
        self.drafts.track();
    }

    fn read<T, Fut>(self, when: RwSignal<u32>, ask: impl Fn(Handle) -> Fut + 'static) -> RwSignal<Option<T>>
    where
        T: Send + Sync + 'static,
        Fut: Future<Output = Result<T, PhoneError>> + 'static,
    {
        let known = RwSignal::new(None);
        Effect::new(move |_| {
            when.track();
            let Some(handle) = self.handle() else { return };
            let answer = ask(handle);
            leptos::task::spawn_local(async move {
                // A store that fails says so in the truth line; what was read before stays.
                if let Ok(value) = answer.await {
                    // The screen may be gone by now.
                    let _ = known.try_set(Some(value));
                }
            });
        });
        known
    }

    /// The store, once it is open; `None` when the browser lets nothing be kept. Somebody who signs in
    /// quicker than a slow phone opens its store would not be remembered, and so be signed out at once.
    async fn opened(self) -> Option<Handle> {
        for _ in 0..OPENING_LOOKS {
            if self.opening.get_untracked() != Opening::Waiting {
                break;
            }
            let pause = js_sys::Promise::new(&mut |done, _| {
                let _ = window().set_timeout_with_callback_and_timeout_and_arguments_0(&done, OPENING_PAUSE_MS);
            });
            let _ = wasm_bindgen_futures::JsFuture::from(pause).await;
        }
        self.handle()
    }

    /// Signs in at the server and keeps on the phone who it is, so that the app opens without a
    /// network. Where nothing can be kept, at least the desk works.
    ///
    /// # Errors
    /// What went wrong, in words.
    pub async fn sign_in(self, login: String, password: String) -> Result<Session, String> {
        let Some(handle) = self.opened().await else {
            return client::session::sign_in(login, password).await.map_err(|error| error.message());
        };
        handle.sign_in(login, password).await.map_err(|error| match error {
            PhoneError::Server(failure) => words::failure(&failure),
            PhoneError::Store(error) => words::store(&error).to_owned(),
            _ => words::failure(&case_offline::Failure::SignInAgain),
        })
    }

    /// Signs out. What is unsent stays on the phone and goes out at the next sign-in.
    pub async fn sign_out(self, who: Who) {
        let kept = match self.handle() {
            Some(handle) => handle.sign_out().await.is_ok(),
            None => false,
        };
        if !kept {
            // Signed out here even when the server cannot be told: its session ends by itself.
            let _ = client::session::sign_out().await;
        }
        who.leave();
    }
}

/// The phone knows best who is signed in on it: another tab may have changed that.
fn agree(handle: &Handle, who: Who) {
    let known = untrack(|| who.session()).map(|session| session.actor.account);
    match handle.session() {
        None if known.is_some() => who.leave(),
        Some(session) if known != Some(session.actor.account) => who.enter(session),
        _ => {}
    }
}

/// The phone's store, from any screen.
#[must_use]
pub fn use_phone() -> OnPhone {
    use_context().unwrap_or_else(|| OnPhone::begin(use_who()))
}
