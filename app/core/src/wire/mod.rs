//! What travels between phone and server under `/api/v1`: plain JSON, versioned, frozen by tests.
//!
//! [`sync`] carries records up and the work area down; [`desk`] serves the office screens;
//! [`reports`] has the ledger and the figures; [`calls`] whom a clerk phones; [`sealed`] serves the channel for
//! 检举控告; [`receptions`] the calendar of 接访; [`waiting`] is the start page of those who see the county;
//! [`accounts`] and [`audit`] serve those who keep the system; [`session`] signs in; [`problem`] is the body of every 4xx.

pub mod accounts;
pub mod audit;
pub mod bytes;
pub mod calls;
pub mod desk;
pub mod device;
pub mod documents;
pub mod holidays;
pub mod problem;
pub mod publication;
pub mod receipt;
pub mod receptions;
pub mod reports;
pub mod sealed;
pub mod session;
pub mod sync;
pub mod waiting;

/// The protocol that this build speaks. A client that is too old is told so with 409 and keeps all
/// that it holds.
pub const PROTOCOL: u16 = 2;

/// The oldest protocol that this build still understands: the server takes requests of any from this
/// one to [`PROTOCOL`], so that phones and server need not change in the same minute.
pub const OLDEST_PROTOCOL: u16 = 2;
