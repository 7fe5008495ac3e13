//! Events: what happened to a matter. The journal keeps them for ever; [`super::apply`] folds them.

use chrono::NaiveDate;
#[cfg(not(target_arch = "wasm32"))]
use serde::Deserialize;
use serde::Serialize;

use super::closure::{ClosurePackage, OpinionSigned, ReturnReason};
use super::delivery::Delivery;
use super::dispatch::{
    CoHandler, HandedOver, LetterStamp, MaterialRequest, NoticeGiven, Objection, ObjectionVerdict, Order, Recall,
    Report, Succession,
};
use super::intake::LinkedIntake;
use super::notes::{Commitment, Contact, FieldNote, ReturnVisitNote, VisitNote};
use super::observer::ObserverAccess;
use super::old_case::{ContractNote, LeaderContract, OldCase, StruckOff};
use super::outcome::{Archive, KeptPromise, Mediation, MediationEnd, Reopening, SettleVeto};
use super::oversight::{Oversight, OversightAnswer};
use super::papers::OutsideDocument;
use super::proposal::{Extension, Pending};
use super::registration::{FormerReply, Registration};
use super::review::{Hearing, Review, ReviewOpinion, ReviewWithdrawal};
use super::voice::{Voice, VoiceAnswer};
use crate::actor::Role;
use crate::code::MatterNumber;
use crate::id::{AccountId, MatterId, UnitId, VoiceId};
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
        /// 建议意见: taken up to be studied and answered (Article 29), which is none of the ways of Article 31. Noted
        /// only where it is so; what was accepted before there was this word went the sixth way.
        #[serde(default, skip_serializing_if = "is_false")]
        suggestion: bool,
    },
    /// 确定承办人.
    Assigned {
        /// Who handles it.
        handler: AccountId,
        /// When.
        at: Moment,
    },
    /// 转交承办人.
    HandedOver(Box<HandedOver>),
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
        /// 拟稿人的角色: what the unit's head wrote is signed by somebody else. Not noted at first.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        role: Option<Role>,
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
    /// 签发处理意见书.
    OpinionSigned(Box<OpinionSigned>),
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
        /// Which of the clocks, from 0, where several of the kind run; without it, all of the kind.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        clock: Option<u16>,
    },
    /// 接访、登记、记事、更正、材料: what a record from the field adds to the file.
    FieldNote(Box<FieldNote>),
    /// 要求补充材料.
    MaterialRequested(Box<MaterialRequest>),
    /// 收到补充材料.
    MaterialReceived {
        /// What came.
        text: Paragraph,
        /// When.
        at: Moment,
    },
    /// 交办: comes with the transfer.
    Ordered(Order),
    /// 书面告知.
    Notified(NoticeGiven),
    /// 系统外文书: stands before the step that hangs on it.
    PaperNamed(Box<OutsideDocument>),
    /// A stamp of a letter.
    LetterStamped {
        /// Which.
        stamp: LetterStamp,
        /// On which day.
        on: NaiveDate,
        /// When it was entered.
        at: Moment,
    },
    /// 提出异议.
    Objected(Box<Objection>),
    /// 异议核实.
    ObjectionDecided(Box<ObjectionVerdict>),
    /// 收回.
    Recalled(Box<Recall>),
    /// 承继.
    Succeeded(Box<Succession>),
    /// 请其他单位协办.
    CoHandlerAsked(Box<CoHandler>),
    /// 不再请协办: asked by mistake, or not needed any more.
    CoHandlerReleased {
        /// Which of them, from 0.
        co_handler: u16,
        /// Why.
        release: Report,
    },
    /// 协办反馈.
    CoHandlerAnswered {
        /// Which of them, from 0.
        co_handler: u16,
        /// The words.
        answer: Report,
    },
    /// 承诺兑现.
    PromiseKept(Box<KeptPromise>),
    /// 听证.
    HearingHeld(Box<Hearing>),
    /// 办结报告.
    Reported(Box<Report>),
    /// 开始调解.
    MediationBegun(Box<Mediation>),
    /// 结束调解.
    MediationEnded(Box<MediationEnd>),
    /// 司法确认.
    AgreementConfirmed {
        /// The day on which both sides asked the court.
        on: NaiveDate,
        /// When it was entered.
        at: Moment,
    },
    /// 申请复查、复核.
    ReviewRequested(Box<Review>),
    /// 决定受理复查、复核申请.
    ReviewTaken {
        /// On which day.
        on: NaiveDate,
        /// When it was entered.
        at: Moment,
    },
    /// 信访人撤回复查、复核申请.
    ReviewWithdrawn(Box<ReviewWithdrawal>),
    /// 复查、复核意见.
    ReviewDecided(Box<ReviewOpinion>),
    /// 复查、复核意见送达.
    ReviewDelivered {
        /// 送达回证.
        delivery: Box<Delivery>,
        /// When it was entered.
        at: Moment,
    },
    /// 督办, 约谈, 建议.
    Overseen(Box<Oversight>),
    /// 督办、约谈、建议的书面回复.
    OversightAnswered {
        /// Which of them, from 0.
        oversight: u16,
        /// The answer.
        answer: Box<OversightAnswer>,
    },
    /// 准许查阅.
    ObserverAdmitted(Box<ObserverAccess>),
    /// 终止查阅.
    ObserverDismissed {
        /// Whose.
        account: AccountId,
        /// By whom.
        by: AccountId,
        /// When.
        at: Moment,
    },
    /// 列入积案台账.
    OldCaseEntered(Box<OldCase>),
    /// 包案; where another leader had it, that contract ends.
    CaseTakenOn(Box<LeaderContract>),
    /// 包案进展 or 包案领导意见.
    ContractNoted(Box<ContractNote>),
    /// 销号.
    StruckOff(Box<StruckOff>),
    /// 报批.
    Proposed(Box<Pending>),
    /// 批准: what it leads to follows from the proposal.
    ProposalApproved {
        /// By whom.
        by: AccountId,
        /// In words.
        reason: Option<Paragraph>,
        /// When.
        at: Moment,
    },
    /// 不批准.
    ProposalRefused {
        /// By whom.
        by: AccountId,
        /// Why.
        reason: Paragraph,
        /// When.
        at: Moment,
    },
    /// 撤回报批.
    ProposalRetracted {
        /// When.
        at: Moment,
    },
    /// 延期.
    Extended(Box<Extension>),
    /// 重开、重新办理.
    Reopened(Box<Reopening>),
    /// 已化解, as computed.
    Settled {
        /// When.
        at: Moment,
    },
    /// 不认定化解.
    SettleVetoed(Box<SettleVeto>),
    /// 存档.
    Archived(Box<Archive>),
    /// 重件: another intake about the same thing was linked.
    IntakeLinked(Box<LinkedIntake>),
    /// The last day of a clock moved: an extension, a hearing.
    ClockMoved {
        /// Which of the clocks, from 0.
        clock: u16,
        /// The last day now.
        due: NaiveDate,
    },
    /// 信访人的话.
    Voiced(Box<Voice>),
    /// 答复信访人的话.
    VoiceAnswered {
        /// Which.
        voice: VoiceId,
        /// 答复.
        answer: Box<VoiceAnswer>,
    },
}

#[allow(clippy::trivially_copy_pass_by_ref, reason = "serde gives references")]
fn is_false(value: &bool) -> bool {
    !value
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
    "accepted" => Accepted { at: Moment, #[serde(default)] suggestion: bool },
    "assigned" => Assigned { handler: AccountId, at: Moment },
    "handed_over" => HandedOver(Box<HandedOver>),
    "feedback_given" => FeedbackGiven(Contact),
    "promised" => Promised(Commitment),
    "closure_submitted" => ClosureSubmitted {
        package: Box<ClosurePackage>,
        by: AccountId,
        at: Moment,
        #[serde(default)]
        role: Option<Role>,
    },
    "closure_returned" => ClosureReturned {
        by: AccountId,
        reasons: Vec<ReturnReason>,
        text: Paragraph,
        due: NaiveDate,
        at: Moment,
    },
    "closure_approved" => ClosureApproved { by: AccountId, at: Moment },
    "opinion_signed" => OpinionSigned(Box<OpinionSigned>),
    "delivered" => Delivered { delivery: Delivery, at: Moment },
    "visited" => Visited(Box<VisitNote>),
    "return_visited" => ReturnVisited(Box<ReturnVisitNote>),
    "closed" => Closed { by: Option<AccountId>, at: Moment },
    "clock_started" => ClockStarted(Clock),
    "clock_stopped" => ClockStopped { kind: ClockKind, on: NaiveDate, #[serde(default)] clock: Option<u16> },
    "field_note" => FieldNote(Box<FieldNote>),
    "material_requested" => MaterialRequested(Box<MaterialRequest>),
    "material_received" => MaterialReceived { text: Paragraph, at: Moment },
    "ordered" => Ordered(Order),
    "notified" => Notified(NoticeGiven),
    "paper_named" => PaperNamed(Box<OutsideDocument>),
    "letter_stamped" => LetterStamped { stamp: LetterStamp, on: NaiveDate, at: Moment },
    "objected" => Objected(Box<Objection>),
    "objection_decided" => ObjectionDecided(Box<ObjectionVerdict>),
    "recalled" => Recalled(Box<Recall>),
    "succeeded" => Succeeded(Box<Succession>),
    "co_handler_asked" => CoHandlerAsked(Box<CoHandler>),
    "co_handler_released" => CoHandlerReleased { co_handler: u16, release: Report },
    "co_handler_answered" => CoHandlerAnswered { co_handler: u16, answer: Report },
    "promise_kept" => PromiseKept(Box<KeptPromise>),
    "hearing_held" => HearingHeld(Box<Hearing>),
    "reported" => Reported(Box<Report>),
    "mediation_begun" => MediationBegun(Box<Mediation>),
    "mediation_ended" => MediationEnded(Box<MediationEnd>),
    "agreement_confirmed" => AgreementConfirmed { on: NaiveDate, at: Moment },
    "review_requested" => ReviewRequested(Box<Review>),
    "review_taken" => ReviewTaken { on: NaiveDate, at: Moment },
    "review_withdrawn" => ReviewWithdrawn(Box<ReviewWithdrawal>),
    "review_decided" => ReviewDecided(Box<ReviewOpinion>),
    "review_delivered" => ReviewDelivered { delivery: Box<Delivery>, at: Moment },
    "overseen" => Overseen(Box<Oversight>),
    "oversight_answered" => OversightAnswered { oversight: u16, answer: Box<OversightAnswer> },
    "observer_admitted" => ObserverAdmitted(Box<ObserverAccess>),
    "observer_dismissed" => ObserverDismissed { account: AccountId, by: AccountId, at: Moment },
    "old_case_entered" => OldCaseEntered(Box<OldCase>),
    "case_taken_on" => CaseTakenOn(Box<LeaderContract>),
    "contract_noted" => ContractNoted(Box<ContractNote>),
    "struck_off" => StruckOff(Box<StruckOff>),
    "proposed" => Proposed(Box<Pending>),
    "proposal_approved" => ProposalApproved { by: AccountId, reason: Option<Paragraph>, at: Moment },
    "proposal_refused" => ProposalRefused { by: AccountId, reason: Paragraph, at: Moment },
    "proposal_retracted" => ProposalRetracted { at: Moment },
    "extended" => Extended(Box<Extension>),
    "reopened" => Reopened(Box<Reopening>),
    "settled" => Settled { at: Moment },
    "settle_vetoed" => SettleVetoed(Box<SettleVeto>),
    "archived" => Archived(Box<Archive>),
    "intake_linked" => IntakeLinked(Box<LinkedIntake>),
    "clock_moved" => ClockMoved { clock: u16, due: NaiveDate },
    "voiced" => Voiced(Box<Voice>),
    "voice_answered" => VoiceAnswered { voice: VoiceId, answer: Box<VoiceAnswer> },
});
