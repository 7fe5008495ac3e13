//! 信访事项: its state, and the one place where decisions about it are made.
//!
//! [`table`] says which command leads from which stage to which, and who may give it;
//! [`decide`] checks a command against a matter and answers with events or a typed refusal;
//! [`apply`] turns an event into the next state. The server runs `decide` inside the transaction
//! and is the authority; the phone and the tablet run the same function to show what is possible.
//!
//! ```text
//! stage, _group  where a matter stands            command, kind   what somebody decides
//! registration   what it begins with, and intake  event, apply    what happened, and what it makes
//! state, gaps    the matter, and what it lacks    refusal         why not
//! notes          feedback, promises, visits       table           who may what, and when
//! meeting        whom somebody met, sought or called, and how
//! dispatch       交办, 异议, 协办, 告知             decide/         by subject, with the clocks
//! voice          what the petitioner says by the code, and the answers
//! proposal       four eyes: 延期, 不予受理, 导入 …   closure         报审 and its rounds
//! review         复查, 复核                        outcome         调解, 重开, 化解, 存档
//! oversight      督办, 约谈, 建议                   observer        who is let in to look at it
//! old_case       积案, 包案, 销号                   papers          文书 that a step hangs on
//! ```

mod apply;
mod closure;
mod command;
mod decide;
mod delivery;
mod dispatch;
mod event;
mod gaps;
mod intake;
mod kind;
mod meeting;
mod notes;
mod observer;
mod old_case;
mod outcome;
mod oversight;
mod papers;
mod proposal;
mod refusal;
mod registration;
mod review;
mod stage;
mod stage_group;
mod state;
pub mod table;
mod voice;

pub use apply::{apply, replay};
pub use closure::{
    Approval, ClosurePackage, Conclusion, DemandAnswer, Gap, Measure, OpinionSigned, PackageFault, Performance,
    ReturnReason, Round, Verdict,
};
pub use command::Command;
pub use decide::{
    Context, MAX_DEMANDS, Unsayable, allowed, answerable, decide, hear, keep, may_say, permitted, register, settle,
    succeed,
};
pub use delivery::{Delivery, DeliveryMode, PetitionerOpinion};
pub use dispatch::{
    CoHandler, HandedOver, LetterStamp, MaterialRequest, NoticeGiven, Objection, ObjectionVerdict, Order, Recall,
    Report, Succession,
};
pub use event::Event;
pub use intake::{ANONYMOUS, Helper, LinkedIntake, MAX_REPRESENTATIVES, OnlineFiling, Particulars, RepeatIntake};
pub use kind::CommandKind;
pub use meeting::{Meeting, Reached, Way};
pub use notes::{Commitment, Contact, FieldNote, FieldNoteKind, RefusedVisit, ReturnVisitNote, VisitNote};
pub use observer::{ObserverAccess, ObserverEnd};
pub use old_case::{ContractNote, ContractState, LeaderContract, OldCase, OldCaseGround, StruckOff};
pub use outcome::{Archive, ArchiveGap, Keeping, KeptPromise, Mediation, MediationEnd, Reopening, SettleVeto};
pub use oversight::{Adoption, Oversight, OversightAct, OversightAnswer};
pub use papers::{IssuedPaper, OutsideDocument, OutsidePaper, OwedPaper, outside, owed, paper_of};
pub use proposal::{
    Decider, Extension, FilingGround, FinalOpinion, NotAcceptGround, Pending, Proposal, ReopenGround, Route, Ruling,
};
pub use refusal::Refusal;
pub use registration::{Category, Channel, Demand, FormerReply, Intake, Petitioner, PurposeOfPetition, Registration};
pub use review::{Hearing, Review, ReviewLevel, ReviewOpinion, ReviewOutcome, ReviewWithdrawal};
pub use stage::Stage;
pub use stage_group::StageGroup;
pub use state::{Matter, Step};
pub use voice::{Ear, Rated, Says, Voice, VoiceAnswer};
