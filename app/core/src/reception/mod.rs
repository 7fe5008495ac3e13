//! 领导接访: which leader receives whom when and where, and 说事点.
//!
//! **What is kept and what follows.** Kept are rules ([`ReceptionRule`]: 每月15日, 每周一, a single day), what
//! somebody changed of one day ([`Change`]: called off, moved, another leader), and bookings. The receptions
//! themselves ([`Sitting`]) are never stored: they follow from the rules, the changes and the table of holidays,
//! anew each time ([`sittings`]). So a new holiday table moves them without anybody's doing.
//!
//! **Names of a reception.** A reception is named by its rule and the day that the rule *plans* ([`SittingKey`]),
//! wherever it is moved: a booking keeps its reception.
//!
//! **What can go wrong with a booking.** The reception is called off, moved by hand or by a new holiday table, given
//! to another leader, or its rule ends. In each case the booking holds what the person was last told
//! ([`Told`]), and [`Booking::needs_telling`] compares that with how it stands now. Nothing has to be
//! written at the moment of the change, and so nothing can be forgotten.

mod booking;
#[cfg(not(target_arch = "wasm32"))]
mod ics;
mod place;
mod rule;
mod sitting;

pub use booking::{Booking, BookingNumber, BookingState, NotANumber, Told};
#[cfg(not(target_arch = "wasm32"))]
pub use ics::{IcsEvent, ics};
pub use place::TalkPoint;
pub use rule::{
    LEAST_MINUTES, Leader, MOST_LEADERS, MOST_SLOTS, MinuteOfDay, ReceptionRule, Recurrence, RuleFault, RuleParts,
};
pub use sitting::{Change, Sitting, SittingKey, sitting_of, sittings};
