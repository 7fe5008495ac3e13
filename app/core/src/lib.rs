//! The rules of a petition matter (信访事项), shared by the phone and the server.
//!
//! What may not enter here: I/O, SQL, HTTP, the current time, randomness, prose for screens.
//! Everything is a pure function of its arguments, so the phone can ask what is possible with the
//! same code with which the server decides.
//!
//! Two kinds of writing meet in this crate:
//! - **commands** (office work, online) go through [`matter::decide`] and are refused with a typed
//!   [`matter::Refusal`] or become [`matter::Event`]s;
//! - **records** (field work, made offline) go through [`field::absorb`], which never refuses: a
//!   record is a fact; what does not fit is flagged.
//!
//! ```text
//! audit    what is noted of changes that are no event of a matter; mask/    names and numbers, left out,
//!          known ones and those that running text holds
//! time/    Moment, calendar with holidays, clocks (期限)
//! matter/  the matter, its stages, commands, events, decide, apply, closure package
//! field/   records: 登门遍访, 上门回访, 五必问; absorb
//! document/  文书: what each must say, and who may issue it
//! report/  台账 and figures about many matters: what is counted, and how
//! sealed/  检举控告: reports that never become matters, and who may know of them
//! reception/  领导接访: days by rule, bookings; 说事点
//! public/  what a petitioner may see, and the second factor
//! wire/    what travels between phone and server, versioned
//! json/    how the phone reads and writes it, in little code
//! ```

#![cfg_attr(test, allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests"))]

pub mod actor;
pub mod alike;
pub mod audit;
pub mod code;
pub mod digest;
pub mod document;
pub mod field;
pub mod id;
pub mod json;
pub mod mask;
pub mod matter;
pub mod notice;
pub mod place;
pub mod public;
pub mod reception;
#[cfg(not(target_arch = "wasm32"))]
pub mod report;
pub mod sealed;
pub mod search;
pub mod tagged;
pub mod text;
pub mod time;
pub mod wire;

/// The things most callers need.
pub mod prelude {
    pub use crate::actor::{Actor, Role};
    pub use crate::code::{MatterNumber, QueryCode};
    pub use crate::id::*;
    pub use crate::place::{Area, DivisionCode};
    pub use crate::text::{LongText, Paragraph, ShortText, Title};
    pub use crate::time::{Calendar, Clock, ClockKind, Moment};
}
