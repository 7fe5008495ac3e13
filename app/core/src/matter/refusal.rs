//! Why a command was refused. Typed here; the words stand in the app's texts.

use chrono::NaiveDate;
#[cfg(not(target_arch = "wasm32"))]
use serde::Deserialize;
use serde::Serialize;

use super::closure::PackageFault;
use super::command::CommandKind;
use super::state::Stage;
use crate::time::ClockKind;

/// A refusal. Nothing has changed; what was typed is still on the screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, thiserror::Error)]
#[cfg_attr(not(target_arch = "wasm32"), derive(Deserialize))]
#[serde(tag = "refusal", rename_all = "snake_case")]
pub enum Refusal {
    /// The step does not lead on from this stage.
    #[error("{command:?} is not possible in stage {stage:?}")]
    IllegalMove {
        /// Where the matter stands.
        stage: Stage,
        /// What was asked.
        command: CommandKind,
    },
    /// The role may not do this.
    #[error("the role may not do {command:?}")]
    RoleMayNot {
        /// What was asked.
        command: CommandKind,
    },
    /// The matter belongs to another unit.
    #[error("the matter belongs to another unit")]
    OtherUnit,
    /// Somebody else is the handler.
    #[error("somebody else is the handler")]
    NotTheHandler,
    /// 四眼原则: nobody approves what they handled.
    #[error("nobody approves their own handling")]
    OwnHandling,
    /// The content changed since it was shown.
    #[error("the content changed since it was shown")]
    ContentChanged,
    /// The matter changed since it was shown.
    #[error("the matter is at version {now}, not {seen}")]
    Stale {
        /// The version that the person saw.
        seen: u32,
        /// The present one.
        now: u32,
    },
    /// The package lacks something.
    #[error("the closure package is incomplete: {0:?}")]
    Package(PackageFault),
    /// A return needs a reason from the list.
    #[error("a return needs a reason")]
    NoReason,
    /// A day that has not come, where one in the past is needed.
    #[error("{date} has not come")]
    DateInFuture {
        /// The day.
        date: NaiveDate,
    },
    /// A day that has passed, where one to come is needed; or before the matter began.
    #[error("{date} is too early")]
    DateTooEarly {
        /// The day.
        date: NaiveDate,
        /// The earliest that is possible.
        earliest: NaiveDate,
    },
    /// The new last day lies after the legal one.
    #[error("{date} lies after the last day {latest} of {clock:?}")]
    AfterLegalDue {
        /// The day asked for.
        date: NaiveDate,
        /// The legal last day.
        latest: NaiveDate,
        /// The clock that sets it.
        clock: ClockKind,
    },
    /// No return visit that counts, and fewer failed attempts than are needed.
    #[error("no return visit yet: {attempts} of {needed} attempts")]
    NoReturnVisit {
        /// Failed attempts so far.
        attempts: u8,
        /// How many are needed without a visit.
        needed: u8,
    },
    /// A matter needs at least one demand.
    #[error("a matter needs at least one demand")]
    NoDemand,
    /// More demands than a form takes.
    #[error("more than {max} demands")]
    TooManyDemands {
        /// The most.
        max: u16,
    },
    /// The place lies outside the official's area.
    #[error("the place is outside of the area")]
    OutOfArea,
}

crate::read_tagged!(Refusal by "refusal" {
    "illegal_move" => IllegalMove { stage: Stage, command: CommandKind },
    "role_may_not" => RoleMayNot { command: CommandKind },
    "other_unit" => OtherUnit,
    "not_the_handler" => NotTheHandler,
    "own_handling" => OwnHandling,
    "content_changed" => ContentChanged,
    "stale" => Stale { seen: u32, now: u32 },
    "package" => Package(PackageFault),
    "no_reason" => NoReason,
    "date_in_future" => DateInFuture { date: NaiveDate },
    "date_too_early" => DateTooEarly { date: NaiveDate, earliest: NaiveDate },
    "after_legal_due" => AfterLegalDue { date: NaiveDate, latest: NaiveDate, clock: ClockKind },
    "no_return_visit" => NoReturnVisit { attempts: u8, needed: u8 },
    "no_demand" => NoDemand,
    "too_many_demands" => TooManyDemands { max: u16 },
    "out_of_area" => OutOfArea,
});
