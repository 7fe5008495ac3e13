//! Time: moments, days in Asia/Shanghai, working days, and the clocks of a matter.

mod calendar;
mod clock;
mod kind;
mod moment;
mod rules;

pub use calendar::{Calendar, CalendarError, LastDay};
pub use clock::{Clock, ClockState, NEAR_DAYS, nearest};
pub use kind::ClockKind;
pub use moment::Moment;
pub use rules::Rules;
