//! Events: what happened to a matter. The journal keeps them for ever; [`super::apply`] folds them.

use chrono::NaiveDate;
#[cfg(not(target_arch = "wasm32"))]
use serde::Deserialize;
use serde::Serialize;

use super::closure::{ClosurePackage, ReturnReason};
use super::command::Delivery;
use super::state::{Commitment, Contact, FieldNote, FormerReply, Registration, ReturnVisitNote, VisitNote};
use crate::code::MatterNumber;
use crate::id::{AccountId, MatterId, UnitId};
use crate::place::DivisionCode;
use crate::text::Paragraph;
use crate::time::{Clock, ClockKind, Moment};

/// One fact of a matter's history. Frozen: variants are added, never changed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(Deserialize))]
#[serde(tag = "event", rename_all = "snake_case")]
pub enum Event {
    /// 登记.
    Registered {
        /// Identity.
        id: MatterId,
        /// 信访件编号.
        number: MatterNumber,
        /// The form.
        registration: Box<Registration>,
        /// When.
        at: Moment,
        /// By whom; `None` for an import.
        by: Option<AccountId>,
        /// A reply of an earlier system.
        #[serde(default)]
        former_reply: Option<FormerReply>,
    },
    /// 转送.
    Transferred {
        /// To which unit.
        unit: UnitId,
        /// The place, when it was fixed with it.
        place: Option<DivisionCode>,
        /// When.
        at: Moment,
    },
    /// 签收.
    SignedFor {
        /// When.
        at: Moment,
    },
    /// 受理.
    Accepted {
        /// When.
        at: Moment,
    },
    /// 确定承办人.
    Assigned {
        /// Who handles it.
        handler: AccountId,
        /// When.
        at: Moment,
    },
    /// 反馈.
    FeedbackGiven(Contact),
    /// 承诺.
    Promised(Commitment),
    /// 报审.
    ClosureSubmitted {
        /// 办结报审材料.
        package: Box<ClosurePackage>,
        /// By whom.
        by: AccountId,
        /// When.
        at: Moment,
    },
    /// 退回.
    ClosureReturned {
        /// By whom.
        by: AccountId,
        /// Why, from the list.
        reasons: Vec<ReturnReason>,
        /// Why, in words.
        text: Paragraph,
        /// Until when.
        due: NaiveDate,
        /// When.
        at: Moment,
    },
    /// 同意.
    ClosureApproved {
        /// By whom.
        by: AccountId,
        /// When.
        at: Moment,
    },
    /// 送达.
    Delivered {
        /// 送达回证.
        delivery: Delivery,
        /// When it was entered.
        at: Moment,
    },
    /// 登门走访 that touched the matter.
    Visited(Box<VisitNote>),
    /// 回访.
    ReturnVisited(Box<ReturnVisitNote>),
    /// 办结.
    Closed {
        /// By whom; `None` for an import.
        by: Option<AccountId>,
        /// When.
        at: Moment,
    },
    /// A clock began to run.
    ClockStarted(Clock),
    /// The deed that a clock asked for was done.
    ClockStopped {
        /// Which.
        kind: ClockKind,
        /// On which day.
        on: NaiveDate,
    },
    /// 接访、登记、记事、更正、材料: what a record from the field adds to the file.
    FieldNote(Box<FieldNote>),
}

crate::read_tagged!(Event by "event" {
    "registered" => Registered {
        id: MatterId,
        number: MatterNumber,
        registration: Box<Registration>,
        at: Moment,
        by: Option<AccountId>,
        #[serde(default)]
        former_reply: Option<FormerReply>,
    },
    "transferred" => Transferred { unit: UnitId, place: Option<DivisionCode>, at: Moment },
    "signed_for" => SignedFor { at: Moment },
    "accepted" => Accepted { at: Moment },
    "assigned" => Assigned { handler: AccountId, at: Moment },
    "feedback_given" => FeedbackGiven(Contact),
    "promised" => Promised(Commitment),
    "closure_submitted" => ClosureSubmitted { package: Box<ClosurePackage>, by: AccountId, at: Moment },
    "closure_returned" => ClosureReturned {
        by: AccountId,
        reasons: Vec<ReturnReason>,
        text: Paragraph,
        due: NaiveDate,
        at: Moment,
    },
    "closure_approved" => ClosureApproved { by: AccountId, at: Moment },
    "delivered" => Delivered { delivery: Delivery, at: Moment },
    "visited" => Visited(Box<VisitNote>),
    "return_visited" => ReturnVisited(Box<ReturnVisitNote>),
    "closed" => Closed { by: Option<AccountId>, at: Moment },
    "clock_started" => ClockStarted(Clock),
    "clock_stopped" => ClockStopped { kind: ClockKind, on: NaiveDate },
    "field_note" => FieldNote(Box<FieldNote>),
});
