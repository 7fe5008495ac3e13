//! Field records: facts brought home from the villages. Made offline, append-only, with an id made
//! on the phone; taken in exactly once, never refused for what the office thinks of them.

mod absorb;
mod interview;
mod record;
mod return_visit;
mod visit;

pub use absorb::{Absorbed, Flag, Known, absorb, raised_registration};
pub use interview::{Answer, Interview, Question, ReadBack};
pub use record::{Payload, Record, RecordFault, RecordKind};
pub use return_visit::{
    Fulfilment, HandlerMet, Judgement, OpinionReceived, PromiseKept, RatedBy, Rating, Respondent, RespondentAnswers,
    ReturnVisit, ReturnVisitOutcome, Signature,
};
pub use visit::{
    HouseholdVisit, ItemKind, Purpose, RaisedMatter, ReportedItem, SpokeWith, Urgency, VisitMode, VisitResult,
};
