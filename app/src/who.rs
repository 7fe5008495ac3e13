//! Who is signed in, as every screen knows it.
//!
//! The last session is kept on the device, so that the workbench opens without a network. When the
//! server says that the session has ended, nothing is thrown away: [`Who::expire`] raises a sign-in
//! dialog above the page, and what was typed stays where it is.

use case_core::actor::{Actor, Role};
use case_core::time::Moment;
use case_core::wire::session::Session;
use chrono::NaiveDate;
use leptos::prelude::*;

use crate::browser;
use crate::client::{self, ClientError};

const KEPT: &str = "huiyin.session";

/// The signed-in official; copied freely.
#[derive(Clone, Copy)]
pub struct Who {
    session: RwSignal<Option<Session>>,
    expired: RwSignal<bool>,
    /// How often somebody has signed in since the start.
    entered: RwSignal<u32>,
    /// How far the server's clock is ahead of this device's, in milliseconds.
    ahead: RwSignal<i64>,
}

impl Who {
    /// Reads what the device remembers, makes it known to all screens, and asks the server.
    pub fn begin() -> Self {
        let session = browser::stored(KEPT);
        let who = Self {
            session: RwSignal::new(session),
            expired: RwSignal::new(false),
            entered: RwSignal::new(0),
            ahead: RwSignal::new(0),
        };
        provide_context(who);
        leptos::task::spawn_local(async move {
            match client::session::who().await {
                Ok(session) => who.enter(session),
                Err(error) if error.needs_sign_in() => who.expire(),
                // Without a network the remembered session serves.
                Err(_) => {}
            }
        });
        who
    }

    /// Somebody has signed in.
    pub fn enter(self, session: Session) {
        self.ahead.set(browser::now().ms_until(session.server_time));
        // The keys of the phone's store stay in memory: what is kept here lies open on the disk.
        browser::forget(browser::SHUT_OUT);
        browser::store(KEPT, &Session { phone: None, ..session.clone() });
        self.session.set(Some(session));
        self.expired.set(false);
        self.entered.update(|times| *times = times.wrapping_add(1));
    }

    /// Signed out on purpose: the device forgets who it was.
    pub fn leave(self) {
        browser::forget(KEPT);
        self.session.set(None);
        self.expired.set(false);
    }

    /// The server no longer knows the session.
    pub fn expire(self) {
        if self.session.with_untracked(Option::is_some) {
            self.expired.set(true);
        }
    }

    /// To be called with every error of a request.
    pub fn heed(self, error: &ClientError) {
        if error.needs_sign_in() {
            self.expire();
        }
    }

    /// The sign-in dialog was put off.
    pub fn put_off(self) {
        self.expired.set(false);
    }

    /// Whether the server wants a new sign-in.
    #[must_use]
    pub fn expired(self) -> bool {
        self.expired.get()
    }

    /// Changes whenever somebody has signed in.
    #[must_use]
    pub fn entered(self) -> u32 {
        self.entered.get()
    }

    /// The session, as last known.
    #[must_use]
    pub fn session(self) -> Option<Session> {
        self.session.get()
    }

    /// The official, as last known.
    #[must_use]
    pub fn actor(self) -> Option<Actor> {
        self.session.with(|session| session.as_ref().map(|session| session.actor.clone()))
    }

    /// The role, as last known.
    #[must_use]
    pub fn role(self) -> Option<Role> {
        self.session.with(|session| session.as_ref().map(|session| session.actor.role))
    }

    /// Where this official keeps something on this device: people who share a computer do not find
    /// each other's drafts.
    #[must_use]
    pub fn key(self, name: &str) -> String {
        let account = self.session.with_untracked(|session| session.as_ref().map(|session| session.actor.account));
        match account {
            Some(account) => ["huiyin.", &account.to_string(), ".", name].concat(),
            None => ["huiyin.", name].concat(),
        }
    }

    /// The server's clock, as well as it is known: for desk screens. Records of the field carry the
    /// device's own ([`browser::now`]).
    #[must_use]
    pub fn office_now(self) -> Moment {
        browser::now().plus_ms(self.ahead.get_untracked())
    }

    /// Today by [`Self::office_now`].
    #[must_use]
    pub fn office_today(self) -> NaiveDate {
        self.office_now().date()
    }
}

/// The signed-in official, from any screen. To be taken while a screen is built, not in its events:
/// those have no context.
#[must_use]
pub fn use_who() -> Who {
    use_context().unwrap_or_else(Who::begin)
}
