//! Time: moments, days in Asia/Shanghai, working days, and the clocks of a matter.

mod calendar;
mod clock;
mod moment;

pub use calendar::{Calendar, CalendarError, LastDay};
pub use clock::{Clock, ClockKind, ClockState, NEAR_DAYS, Rules, nearest};
pub use moment::Moment;
