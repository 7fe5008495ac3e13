//! Who is it, what a failure closes, and the measuring of clocks.

use case_core::time::Moment;
use case_core::wire::PROTOCOL;
use case_core::wire::session::Session;

use super::{Did, Engine};
use crate::api::{self, Failure};
use crate::backoff::LONGEST_MS;
use crate::environment::Environment;
use crate::status::Connection;
use crate::store::{LocalStore, LockState, Profile, StoreError};
use crate::transport::{Method, Transport};

/// Which gate a failure of its own kind closes.
#[derive(Clone, Copy)]
pub(super) enum Path {
    Net,
    Push,
    Sealed,
    Pieces,
    Compare,
    Codes,
    Pull,
}

impl<S: LocalStore, T: Transport + 'static, E: Environment> Engine<S, T, E> {
    pub(super) async fn identify(&self, profile: &Profile) -> Result<Did, StoreError> {
        let owner = profile.owner();
        let asked = self.environment.now();
        let answer: Result<Session, Failure> =
            api::call(&*self.transport, self.sender(Some(owner)), Method::Get, api::SESSION, None::<&()>).await;
        match answer {
            Ok(session) if session.actor.account == owner => {
                self.measure(asked, session.server_time);
                let now = self.environment.now();
                self.keep_keys(&session, now).await?;
                let profile = Profile { session, protocol: PROTOCOL, seen_at: now };
                self.store.refresh_profile(&profile).await?;
                let mut state = self.state.borrow_mut();
                if self.epoch.get() == self.step_epoch.get() {
                    state.identified = true;
                    state.receipts_key = profile.session.phone.map(|keys| keys.receipts).or(state.receipts_key.take());
                }
                state.reached();
                Ok(Did::Identified)
            }
            // The cookie is somebody else's: sending under it would put our records under their name.
            Ok(_) => Ok(self.fail(Failure::SignInAgain, Path::Net)),
            Err(failure) => Ok(self.fail(failure, Path::Net)),
        }
    }

    /// A cookie alone opens nothing: whoever finds the phone has the cookie too. What is open takes
    /// the newest keys; what is locked only notes the contact, which ends an expiry.
    async fn keep_keys(&self, session: &Session, now: Moment) -> Result<(), StoreError> {
        let owner = session.actor.account;
        let Some(keys) = session.phone.as_ref().filter(|_| session.actor.role.visits()) else { return Ok(()) };
        let asks = self.store.is_open(owner) || self.store.lock(owner, now).await? == LockState::ChoosePin;
        if asks {
            match self.store.open_with(owner, keys, now).await {
                Err(StoreError::WrongKey) => self.store.contact(owner, now).await?,
                other => other?,
            }
        } else {
            self.store.contact(owner, now).await?;
        }
        // Another database answers: a backup was restored, and what we call delivered may be gone.
        let known = super::mend::Mark::of(self.store.lineage(owner).await?);
        if known.is_none_or(|mark| mark.lineage != keys.lineage) {
            self.state.borrow_mut().compare_wish = true;
        }
        Ok(())
    }

    pub(super) fn fail(&self, failure: Failure, path: Path) -> Did {
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
        if failure == Failure::DeviceRevoked && !state.revoked {
            state.revoked = true;
            state.live.revoked = true;
            state.reached();
            return Did::Failed(failure);
        }
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
        let gate = if failure.concerns_all() {
            &mut state.net
        } else {
            match path {
                Path::Net => &mut state.net,
                Path::Push => &mut state.push,
                Path::Sealed => &mut state.sealed,
                Path::Pieces => &mut state.pieces,
                Path::Compare => &mut state.compare,
                Path::Codes => &mut state.codes,
                Path::Pull => &mut state.pull,
            }
        };
        gate.fail(now, seed, asked);
        // Somebody asked for a try, or the network came back, while this one was under way.
        if self.nudges.get() != self.step_nudges.get() {
            gate.nudge();
        }
        Did::Failed(failure)
    }

    /// The server's time lies somewhere between question and answer.
    pub(super) fn measure(&self, asked: Moment, server: Moment) {
        let answered = self.environment.now();
        let middle = asked.plus_ms(asked.ms_until(answered) / 2);
        self.state.borrow_mut().live.clock_ahead_ms = Some(server.ms_until(middle));
    }
}
