//! What every handler can reach.

use std::ops::Deref;
use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, PoisonError, RwLock};
use std::time::Duration;

use app::document::Assets;
use axum::http::HeaderValue;
use case_core::audit::Trace;
use case_core::matter::Context;
use case_core::time::{Calendar, Moment, Rules};
use case_store::{Store, StoreError};

use crate::heavy::Heavy;
use crate::notices::Outbox;
use crate::secrets::Secrets;
use crate::settings::Settings;
use crate::site::Site;
use crate::use_cases::audit_log::Verifying;
use crate::use_cases::holidays;
use crate::use_cases::import::Imports;

/// Where the time comes from.
#[derive(Clone, Debug, Default)]
pub enum TimeSource {
    /// The machine's clock.
    #[default]
    System,
    /// A simulation's clock: milliseconds since 1970.
    Simulated(Arc<AtomicI64>),
}

/// Shared by all requests; every layer that a request goes through clones it, so it is one pointer.
#[derive(Clone, Debug)]
pub struct AppState(Arc<Shared>);

/// What is shared.
#[derive(Clone, Debug)]
pub struct Shared {
    /// The database.
    pub store: Store,
    /// Keys.
    pub secrets: Arc<Secrets>,
    /// Holidays, as the database has them; exchanged as a whole ([`AppState::reload_calendar`]).
    pub calendar: Arc<RwLock<Arc<Calendar>>>,
    /// Lengths of the clocks.
    pub rules: Arc<Rules>,
    /// Names of the built files.
    pub assets: Arc<Assets>,
    /// What the pages may load and run.
    pub policy: HeaderValue,
    /// The built files.
    pub site: Site,
    /// How things leave this server.
    pub outbox: Outbox,
    /// Settings.
    pub settings: Arc<Settings>,
    /// Imports under way and ended since the start.
    pub imports: Imports,
    /// Whether everything is being looked through.
    pub verifying: Verifying,
    /// Where passwords are hashed and files opened.
    pub heavy: Heavy,
    /// Where the time comes from.
    pub time: TimeSource,
    /// So long a batch of records waits for the one that was sent before it.
    pub patience: Duration,
}

impl Deref for AppState {
    type Target = Shared;

    fn deref(&self) -> &Shared {
        &self.0
    }
}

impl From<Shared> for AppState {
    fn from(shared: Shared) -> Self {
        Self(Arc::new(shared))
    }
}

impl AppState {
    /// The same with something changed; what both point to they share.
    #[must_use]
    pub fn with(&self, change: impl FnOnce(&mut Shared)) -> Self {
        let mut shared = Shared::clone(&self.0);
        change(&mut shared);
        shared.into()
    }
}

impl Shared {
    /// The server's clock: the only one that decides a legal date.
    #[must_use]
    pub fn now(&self) -> Moment {
        Moment(match &self.time {
            TimeSource::System => chrono::Utc::now().timestamp_millis(),
            TimeSource::Simulated(millis) => millis.load(Ordering::Relaxed),
        })
    }

    /// What decisions need to know, as it is now: held for one request, whatever is imported meanwhile.
    #[must_use]
    pub fn world(&self) -> World {
        World { now: self.now(), calendar: self.calendar(), rules: Arc::clone(&self.rules) }
    }

    /// The holidays now.
    #[must_use]
    pub fn calendar(&self) -> Arc<Calendar> {
        Arc::clone(&self.calendar.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// Reads the holidays anew: after an import here, and now and then for one by another server.
    ///
    /// # Errors
    /// [`StoreError`]; the calendar is as it was.
    pub async fn reload_calendar(&self) -> Result<(), StoreError> {
        let new = holidays::calendar(&self.store, &[], Trace::system(self.now())).await?;
        *self.calendar.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(new);
        Ok(())
    }
}

/// What decisions need to know.
#[derive(Clone, Debug)]
pub struct World {
    now: Moment,
    calendar: Arc<Calendar>,
    rules: Arc<Rules>,
}

impl World {
    /// For the rules.
    #[must_use]
    pub fn context(&self) -> Context<'_> {
        Context { now: self.now, calendar: &self.calendar, rules: &self.rules }
    }
}
