//! 信访事项: its state, and the one place where decisions about it are made.
//!
//! [`table`] says which command leads from which stage to which, and who may give it;
//! [`decide`] checks a command against a matter and answers with events or a typed refusal;
//! [`apply`] turns an event into the next state. The server runs `decide` inside the transaction
//! and is the authority; the phone and the tablet run the same function to show what is possible.

mod apply;
mod closure;
mod command;
mod decide;
mod event;
mod refusal;
mod state;
pub mod table;

pub use apply::{apply, replay};
pub use closure::{
    ClosurePackage, Conclusion, DemandAnswer, Gap, Measure, PackageFault, Performance, ReturnReason, Round, Verdict,
};
pub use command::{Command, CommandKind, Delivery, DeliveryMode, PetitionerOpinion};
pub use decide::{Context, MAX_DEMANDS, decide, permitted, register};
pub use event::Event;
pub use refusal::Refusal;
pub use state::{
    Category, Channel, Commitment, Contact, Demand, FieldNote, FieldNoteKind, FormerReply, Intake, Matter, Petitioner,
    PurposeOfPetition, RefusedVisit, Registration, ReturnVisitNote, Stage, Step, VisitNote,
};
