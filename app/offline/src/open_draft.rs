//! The form that is open on the screen, with its draft kept at every keystroke.

use case_core::field::Payload;
use case_core::id::{AccountId, RecordId};
use send_wrapper::SendWrapper;
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::draft::{Draft, DraftKeeper, DraftState, FormText};
use crate::environment::Environment;
use crate::phone::{Change, Phone, PhoneError};
use crate::store::{Committed, LocalStore};
use crate::transport::Transport;

/// A draft whose form is open. Clones share it.
pub struct OpenDraft<S, T, E> {
    phone: Phone<S, T, E>,
    keeper: SendWrapper<DraftKeeper<S>>,
}

impl<S, T, E> Clone for OpenDraft<S, T, E> {
    fn clone(&self) -> Self {
        Self { phone: self.phone.clone(), keeper: self.keeper.clone() }
    }
}

impl<S: LocalStore + 'static, T: Transport + 'static, E: Environment + 'static> OpenDraft<S, T, E> {
    pub(crate) fn new(phone: Phone<S, T, E>, keeper: DraftKeeper<S>) -> Self {
        Self { phone, keeper: SendWrapper::new(keeper) }
    }

    /// The id of the draft and of the record to be.
    #[must_use]
    pub fn id(&self) -> RecordId {
        self.keeper.id()
    }

    /// Whose it is.
    #[must_use]
    pub fn owner(&self) -> AccountId {
        self.keeper.owner()
    }

    /// The draft as last typed.
    #[must_use]
    pub fn draft(&self) -> Draft {
        self.keeper.draft()
    }

    /// The form as it was left, or `None` when it is new (or was written by a version whose form
    /// cannot be read any more).
    #[must_use]
    pub fn form<F: DeserializeOwned>(&self) -> Option<F> {
        self.keeper.draft().body.read()
    }

    /// How the screen relates to the disk.
    #[must_use]
    pub fn state(&self) -> DraftState {
        self.keeper.state()
    }

    /// Keeps the form as it is now. Call it at every change; it returns at once, joins quick
    /// changes, and [`Self::state`] (announced by [`Change::Drafts`]) says when it is on disk.
    pub fn keep(&self, form: &impl Serialize) {
        let Some(body) = FormText::of(form) else { return };
        let now = self.phone.inner().environment.now();
        if self.keeper.note(body, now) {
            let this = self.clone();
            (self.phone.inner().hooks.spawn)(Box::pin(async move {
                this.keeper.write().await;
                this.phone.inner().changed(Change::Drafts);
            }));
        }
    }

    /// Waits until what was typed is on disk, or could not be written.
    pub async fn kept(&self) -> DraftState {
        self.keeper.write().await
    }

    /// Makes the form into a record: see [`Phone::commit`]. It belongs to the official who opened
    /// the form, whoever is signed in by now.
    ///
    /// # Errors
    /// [`PhoneError`]; the draft stays.
    pub async fn commit(&self, payload: Payload) -> Result<Committed, PhoneError> {
        let committed = self.phone.commit_as(self.keeper.owner(), self.id(), payload).await?;
        self.keeper.close();
        Ok(committed)
    }

    /// Throws the draft away.
    ///
    /// # Errors
    /// [`PhoneError`]; the draft stays.
    pub async fn discard(&self) -> Result<(), PhoneError> {
        self.keeper.close();
        self.phone.inner().store.delete_draft(self.keeper.owner(), self.id()).await?;
        self.phone.inner().changed(Change::Drafts);
        Ok(())
    }
}
