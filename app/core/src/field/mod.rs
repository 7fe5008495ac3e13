//! Field records: facts brought home from the villages. Made offline, append-only, with an id made
//! on the phone; taken in exactly once, never refused for what the office thinks of them.

mod absorb;
mod attachment;
mod encounter;
mod interview;
mod note;
mod record;
mod return_visit;
mod roster;
mod visit;

pub use absorb::{Absorbed, Flag, Known, RaisedBy, absorb};
pub use attachment::{Attachment, AttachmentKind, FileKey, MAX_ATTACHMENT_BYTES, MAX_ATTACHMENTS, Media, SEAL_BYTES};
pub use encounter::{FieldIntake, Reception, ReceptionKind};
pub use interview::{Answer, Interview, Question, ReadBack};
pub use note::{About, Correction, Evidence, Note};
pub use record::{Names, Payload, Record, RecordFault, RecordKind};
pub use return_visit::{
    Fulfilment, HandlerMet, Judgement, OpinionReceived, PromiseKept, RatedBy, Rating, Respondent, RespondentAnswers,
    ReturnVisit, ReturnVisitOutcome, Signature,
};
pub use roster::{Fit, RosterChange, RosterEdit, RosterValue};
pub use visit::{
    HouseholdVisit, ItemKind, Purpose, RaisedMatter, ReportedItem, SpokeWith, Urgency, VisitMode, VisitResult,
};
