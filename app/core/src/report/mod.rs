//! 台账与报告: what is counted about many matters, and how (spec 5).
//!
//! A matter is first reduced to an [`Item`]: what figures need, and nothing else, so that a county's years
//! fit into memory. Everything here is a pure function of items, a [`Period`] and the day on which it is
//! counted. A figure is never a bare number: a [`Tally`] holds what it was counted from, so that every
//! number opens its list, and a [`Share`] has both of its lists.
//!
//! What belongs to a rate's cohort is decided in one place each ([`Item::counts`], [`Item::due`] and the
//! clock that the rate is about): items whose last day falls into the period, counted once per number,
//! without 涉法涉诉, without what was filed for want of content, with 1–9999 people. What is late and not
//! finished stays in the denominator; silence after an answer is a category of its own and no satisfaction.
//!
//! [`monthly`], [`annual`], [`coverage`] and [`leader`] put the figures of one report together; words for them stand in
//! the app's texts.

pub mod annual;
pub mod coverage;
mod item;
pub mod leader;
pub mod monthly;
mod period;
mod rates;
mod tally;

pub use item::{Evaluation, Item, Overseen, Result};
pub use period::{MonthStart, MonthStartError, Period};
pub use rates::{Answers, Rate, Ratings, Share, Span, answers, durations, ratings, shares};
pub use tally::{Group, Tally, by_category, by_town, by_unit, candidates, intakes, ledger, overdue};

#[cfg(test)]
mod tests;
