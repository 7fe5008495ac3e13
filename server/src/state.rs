//! What every handler can reach.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;

use app::document::Assets;
use case_core::matter::Context;
use case_core::time::{Calendar, Moment, Rules};
use case_store::Store;

use crate::heavy::Heavy;
use crate::secrets::Secrets;
use crate::settings::Settings;
use crate::site::Site;
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

/// Shared by all requests; cheap to clone.
#[derive(Clone, Debug)]
pub struct AppState {
    /// The database.
    pub store: Store,
    /// Keys.
    pub secrets: Arc<Secrets>,
    /// Holidays.
    pub calendar: Arc<Calendar>,
    /// Lengths of the clocks.
    pub rules: Arc<Rules>,
    /// Names of the built files.
    pub assets: Arc<Assets>,
    /// The built files.
    pub site: Site,
    /// Settings.
    pub settings: Arc<Settings>,
    /// Imports under way and ended since the start.
    pub imports: Imports,
    /// Where passwords are hashed and files opened.
    pub heavy: Heavy,
    /// Where the time comes from.
    pub time: TimeSource,
    /// So long a batch of records waits for the one that was sent before it.
    pub patience: Duration,
}

impl AppState {
    /// The server's clock: the only one that decides a legal date.
    #[must_use]
    pub fn now(&self) -> Moment {
        Moment(match &self.time {
            TimeSource::System => chrono::Utc::now().timestamp_millis(),
            TimeSource::Simulated(millis) => millis.load(Ordering::Relaxed),
        })
    }

    /// What decisions need to know.
    #[must_use]
    pub fn context(&self) -> Context<'_> {
        Context { now: self.now(), calendar: &self.calendar, rules: &self.rules }
    }
}
