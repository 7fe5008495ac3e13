//! The PIN (口令): opening, locking, choosing. The store counts wrong ones; this brings what the
//! screens read up to date and passes the key on to the tab.

use case_core::id::AccountId;

use super::{Change, KeyWord, Phone, PhoneError};
use crate::engine::Wake;
use crate::environment::Environment;
use crate::status::Lock;
use crate::store::{LocalStore, StoreError};
use crate::transport::Transport;
use crate::vault::Pin;
use crate::work::WorkArea;

fn pin(typed: &str) -> Result<Pin, PhoneError> {
    Pin::parse(typed).map_err(|_| PhoneError::BadPin)
}

impl<S: LocalStore + 'static, T: Transport + 'static, E: Environment + 'static> Phone<S, T, E> {
    /// How the official's part of the phone is locked, now.
    #[must_use]
    pub fn lock(&self) -> Lock {
        self.inner.shown_lock()
    }

    /// Chooses the PIN: after the first sign-in, or after an online sign-in when it was forgotten.
    ///
    /// # Errors
    /// [`PhoneError::BadPin`], [`PhoneError::Locked`] (there is one already, or only an online sign-in
    /// helps), [`PhoneError::Store`].
    pub async fn choose_pin(&self, typed: &str) -> Result<(), PhoneError> {
        let owner = self.inner.owner()?;
        self.inner.store.choose_pin(owner, &pin(typed)?, self.now()).await?;
        self.opened().await
    }

    /// Opens with the PIN, with or without network.
    ///
    /// # Errors
    /// [`PhoneError::WrongPin`], [`PhoneError::BadPin`] (not counted as a try), [`PhoneError::Locked`]
    /// (no contact for too long), [`PhoneError::Store`].
    pub async fn unlock(&self, typed: &str) -> Result<(), PhoneError> {
        let owner = self.inner.owner()?;
        let tried = self.inner.store.unlock(owner, &pin(typed)?, self.now()).await;
        self.told_of_try(tried).await?;
        self.opened().await
    }

    /// Changes the PIN.
    ///
    /// # Errors
    /// As [`Self::unlock`].
    pub async fn change_pin(&self, old: &str, new: &str) -> Result<(), PhoneError> {
        let owner: AccountId = self.inner.owner()?;
        let (old, new) = (pin(old)?, pin(new)?);
        let tried = self.inner.store.change_pin(owner, &old, &new, self.now()).await;
        self.told_of_try(tried).await
    }

    /// Locks in all tabs of this browser. What was typed is on disk; what waits is still sent, sealed.
    pub fn lock_now(&self) {
        if let Ok(owner) = self.inner.owner() {
            (self.inner.hooks.key)(KeyWord::Forget);
            self.close_here(owner);
            let phone = self.clone();
            (self.inner.hooks.spawn)(Box::pin(async move {
                phone.read_anew().await;
                (phone.inner.hooks.tell)(Change::Lock);
                phone.inner.wake(Wake::LockChanged);
            }));
        }
    }

    /// Locks in this tab. The screens go at once, whatever the disk is busy with; how many tries are left is read
    /// afterwards.
    pub(crate) fn close_here(&self, owner: AccountId) {
        self.inner.store.lock_now(owner);
        if self.inner.lock.get() == Lock::Open {
            self.inner.lock.set(Lock::Locked { wait_ms: 0, tries_left: crate::vault::MOST_TRIES });
            self.inner.show(WorkArea::default(), None);
            for change in [Change::Session, Change::Lock, Change::Work] {
                self.inner.notify(change);
            }
        }
    }

    async fn told_of_try(&self, tried: Result<(), StoreError>) -> Result<(), PhoneError> {
        if tried.is_err() {
            // How long to wait and how many tries are left has changed.
            let _lock = self.inner.reload_lock().await;
            (self.inner.hooks.tell)(Change::Lock);
        }
        tried.map_err(PhoneError::from)
    }

    async fn opened(&self) -> Result<(), PhoneError> {
        (self.inner.hooks.key)(KeyWord::Share);
        self.read_anew().await;
        (self.inner.hooks.tell)(Change::Lock);
        self.inner.wake(Wake::LockChanged);
        Ok(())
    }

    /// The key has come or gone, here or from another tab: everything is read anew.
    pub(crate) async fn read_anew(&self) {
        self.read_first().await;
        self.read_rest().await;
    }

    /// The first half of it: the lock, and what comes first. Whether there is something to show.
    pub(crate) async fn read_first(&self) -> bool {
        self.inner.reload_lock().await.is_ok() && self.inner.show_front().await
    }

    /// The second half: the whole.
    pub(crate) async fn read_rest(&self) {
        let inner = &self.inner;
        // A failure shows itself at the next step; the lock has changed all the same. The lists are what
        // somebody waits for: they are told before everything is counted.
        let _read = inner.reload_work().await;
        for change in [Change::Session, Change::Lock, Change::Work] {
            inner.notify(change);
        }
        let _counted = inner.reload_counts().await;
        for change in [Change::Records, Change::Drafts, Change::Status] {
            inner.notify(change);
        }
    }
}
