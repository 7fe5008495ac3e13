//! Reading from the server for a screen: waiting, ready, or failed with what can be done. A plain
//! signal and one task; the machinery of suspense would cost more bytes than it saves lines.

use std::cell::Cell;
use std::future::Future;
use std::rc::Rc;

use leptos::prelude::*;

use crate::client::{Answer, ClientError};
use crate::who::use_who;

/// How a reading stands.
#[derive(Clone, Debug)]
pub enum Load<T> {
    /// No answer yet.
    Waiting,
    /// The answer.
    Ready(T),
    /// No answer that helps.
    Failed(ClientError),
}

/// A reading that can be repeated. An answer that comes after a newer question is dropped.
pub struct Loader<T: Send + Sync + 'static> {
    /// What the screen shows.
    pub state: RwSignal<Load<T>>,
    again: StoredValue<Rc<dyn Fn()>, LocalStorage>,
}

impl<T: Send + Sync + 'static> Clone for Loader<T> {
    fn clone(&self) -> Self {
        *self
    }
}
impl<T: Send + Sync + 'static> Copy for Loader<T> {}

impl<T: Send + Sync + 'static> Loader<T> {
    /// Asks again; what is shown stays until the answer comes.
    pub fn reload(self) {
        let again = self.again.try_with_value(Rc::clone);
        if let Some(again) = again {
            again();
        }
    }
}

/// Reads with `ask` at once, again at [`Loader::reload`], and again whenever a signal that `ask`
/// reads has changed.
pub fn load<T, F, Fut>(ask: F) -> Loader<T>
where
    T: Send + Sync + 'static,
    F: Fn() -> Fut + 'static,
    Fut: Future<Output = Answer<T>> + 'static,
{
    let state = RwSignal::new(Load::Waiting);
    let who = use_who();
    let latest = Rc::new(Cell::new(0_u32));
    let go: Rc<dyn Fn()> = Rc::new(move || {
        let mine = latest.get().wrapping_add(1);
        latest.set(mine);
        let latest = Rc::clone(&latest);
        let answer = ask();
        leptos::task::spawn_local(async move {
            let answer = answer.await;
            if latest.get() != mine {
                return;
            }
            let next = match answer {
                Ok(value) => Load::Ready(value),
                Err(error) => {
                    who.heed(&error);
                    Load::Failed(error)
                }
            };
            // The screen may be gone by now; then nobody waits.
            let _ = state.try_set(next);
        });
    });
    let again = StoredValue::new_local(Rc::clone(&go));
    let loader = Loader { state, again };
    Effect::new(move |_| go());
    // Signed in again: what failed for want of a session is asked anew.
    Effect::new(move |before: Option<u32>| {
        let entered = who.entered();
        let failed = state.with_untracked(|state| matches!(state, Load::Failed(_)));
        if before.is_some_and(|before| before != entered) && failed {
            loader.reload();
        }
        entered
    });
    loader
}
