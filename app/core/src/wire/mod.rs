//! What travels between phone and server under `/api/v1`: plain JSON, versioned, frozen by tests.
//!
//! [`sync`] carries records up and the work area down; [`desk`] serves the office screens;
//! [`session`] signs in; [`problem`] is the body of every 4xx.

pub mod bytes;
pub mod desk;
pub mod device;
pub mod problem;
pub mod receipt;
pub mod session;
pub mod sync;

/// The protocol that this build speaks. A client that is too old is told so with 409 and keeps all
/// that it holds.
pub const PROTOCOL: u16 = 2;
