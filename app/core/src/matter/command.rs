//! Commands: decisions of the office. Each needs the network and names the version seen.

use chrono::NaiveDate;
#[cfg(not(target_arch = "wasm32"))]
use serde::Deserialize;
use serde::Serialize;

use super::closure::{ClosurePackage, ReturnReason};
use super::delivery::{Delivery, DeliveryMode};
use super::dispatch::LetterStamp;
use super::intake::RepeatIntake;
use super::old_case::OldCaseGround;
use super::outcome::Keeping;
use super::oversight::{Adoption, OversightAct};
use super::proposal::{Proposal, Route};
use super::review::{ReviewLevel, ReviewOutcome};
use crate::digest::Digest;
use crate::id::{AccountId, DocumentId, UnitId, VoiceId};
use crate::place::DivisionCode;
use crate::text::{LongText, Paragraph, ShortText, Title};

/// What somebody at a desk decides.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(Deserialize))]
#[serde(tag = "command", rename_all = "snake_case")]
pub enum Command {
    /// 转送、交办: to the unit responsible; fixes the place when it was open (Article 22).
    Transfer {
        /// 去向机构.
        unit: UnitId,
        /// 问题属地, when it was not known or wrong.
        #[serde(default)]
        place: Option<DivisionCode>,
        /// 交办的指定期限: named, it is an order and a report is owed (Article 22 (3)).
        #[serde(default, skip_serializing_if = "Option::is_none")]
        report_by: Option<NaiveDate>,
        /// 简易办理, where that is a rule of the county.
        #[serde(default)]
        simple: bool,
    },
    /// 签收.
    SignFor,
    /// 受理, with the 受理告知书 delivered (Article 23).
    Accept {
        /// 告知书送达日期.
        notice_delivered_on: NaiveDate,
        /// 办理途径 (Article 31): only the sixth is accepted; the others are directed.
        #[serde(default)]
        route: Route,
    },
    /// 确定承办人, and begin.
    Assign {
        /// 承办人, an account of the unit.
        handler: AccountId,
    },
    /// 转交承办人: to a colleague of the same unit.
    HandOver {
        /// 新的承办人, an account of the unit.
        handler: AccountId,
        /// Why.
        reason: Paragraph,
    },
    /// 反馈: tell the petitioner how it stands.
    GiveFeedback {
        /// The words.
        text: Paragraph,
    },
    /// 承诺.
    Promise {
        /// The words.
        text: Paragraph,
        /// Until when.
        due: NaiveDate,
    },
    /// 报审: hand in the closure.
    SubmitClosure {
        /// 办结报审材料.
        package: ClosurePackage,
    },
    /// 退回.
    ReturnClosure {
        /// 退回理由, at least one.
        reasons: Vec<ReturnReason>,
        /// In words.
        text: Paragraph,
        /// Until when; not after the legal last day unless that has passed.
        due: NaiveDate,
    },
    /// 同意办结, naming exactly what was shown.
    ApproveClosure {
        /// [`super::Matter::closure_digest`] of what was on the screen.
        shown: Digest,
    },
    /// 签发处理意见书, by the head of the unit who did not write it (spec 2.2, C1).
    SignOpinion {
        /// In words, if there is something to say.
        #[serde(default)]
        note: Option<Paragraph>,
    },
    /// 送达处理意见书.
    Deliver(Delivery),
    /// 办结, after the return visit.
    Close,
    /// 要求补充材料.
    RequestMaterial {
        /// What is missing, in words for the petitioner.
        what: Paragraph,
    },
    /// 收到补充材料, or going on without.
    ReceiveMaterial {
        /// What came.
        text: Paragraph,
    },
    /// 书面告知 of where it went, or of why it ends here (Article 23).
    NotifyPetitioner {
        /// How.
        mode: DeliveryMode,
        /// On which day.
        on: NaiveDate,
    },
    /// A stamp of a letter.
    StampLetter {
        /// Which.
        stamp: LetterStamp,
        /// On which day.
        on: NaiveDate,
    },
    /// 收回: taken back from the unit, to be sent to another one.
    Recall {
        /// Why.
        reason: Paragraph,
    },
    /// 提出异议: "this is not ours" (Article 23), within 5 working days.
    Object {
        /// 理由, in detail.
        reason: Paragraph,
    },
    /// 同意异议: the matter comes back, to be sent to another unit.
    UpholdObjection {
        /// Why.
        reason: Paragraph,
    },
    /// 不同意异议: the unit has to take it; the clocks went on.
    DismissObjection {
        /// Why.
        reason: Paragraph,
    },
    /// 请其他单位协办.
    AskCoHandler {
        /// Which unit.
        unit: UnitId,
        /// What it is asked for.
        task: Paragraph,
        /// Until when.
        due: NaiveDate,
    },
    /// 不再请协办: the lead takes the request back.
    ReleaseCoHandler {
        /// Which, from 0.
        co_handler: u16,
        /// Why.
        reason: Paragraph,
    },
    /// 协办反馈.
    AnswerCoHandling {
        /// The words.
        text: Paragraph,
    },
    /// 承诺兑现.
    KeepPromise {
        /// Which promise, from 0.
        commitment: u16,
        /// On which day it was kept.
        on: NaiveDate,
        /// What was done.
        how: Paragraph,
    },
    /// 听证.
    HoldHearing {
        /// First day.
        from: NaiveDate,
        /// Last day.
        until: NaiveDate,
        /// What came of it.
        note: Paragraph,
    },
    /// 办结报告 of a 交办; or what came of it where the matter was directed to.
    FileReport {
        /// The words.
        text: Paragraph,
        /// 办结报告, as issued: the server finds it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        document: Option<DocumentId>,
    },
    /// 开始调解, with the consent of both sides (Article 33).
    BeginMediation {
        /// 调解员 or 调解组织.
        mediator: ShortText,
        /// The other side.
        other_side: ShortText,
        /// 信访人同意.
        petitioner_consents: bool,
        /// 对方同意.
        other_consents: bool,
    },
    /// 结束调解.
    EndMediation {
        /// 协议, if one was reached.
        #[serde(default)]
        agreement: Option<Paragraph>,
        /// 协议生效日期, or the day on which it was given up.
        on: NaiveDate,
        /// What else is to be known.
        #[serde(default)]
        note: Option<Paragraph>,
    },
    /// 司法确认 of the agreement.
    ConfirmAgreement {
        /// The day on which both sides asked the court.
        on: NaiveDate,
    },
    /// 申请复查、复核, as the petitioner handed it in.
    RequestReview {
        /// Which.
        level: ReviewLevel,
        /// 收到申请的日子.
        on: NaiveDate,
        /// 申请理由.
        reason: Paragraph,
        /// 复查、复核机关.
        organ: Title,
    },
    /// 决定受理复查、复核申请, where the province asks for that (山东: 3 working days).
    TakeReview {
        /// On which day it was decided.
        on: NaiveDate,
    },
    /// 信访人撤回复查、复核申请.
    WithdrawReview {
        /// The day on which the petitioner said so.
        on: NaiveDate,
        /// In the petitioner's words.
        reason: Paragraph,
    },
    /// 提出复查、复核意见.
    DecideReview {
        /// 结论.
        outcome: ReviewOutcome,
        /// The words of the opinion.
        text: LongText,
        /// 指定期限 with 撤销 and 变更.
        #[serde(default)]
        redo_due: Option<NaiveDate>,
    },
    /// 送达复查、复核意见.
    DeliverReview(Delivery),
    /// 不认定化解.
    VetoSettled {
        /// Why.
        reason: Paragraph,
    },
    /// 存档.
    Archive {
        /// 卷号.
        volume: ShortText,
        /// How many numbered pages.
        pages: u16,
        /// 保管期限.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        keep: Option<Keeping>,
    },
    /// 并入重件: another intake about the same thing.
    LinkIntake {
        /// What came.
        intake: Box<RepeatIntake>,
    },
    /// 督办, 约谈, 建议 (Articles 39, 40): beside the path, the stage stays.
    Oversee {
        /// Which.
        act: OversightAct,
        /// 发给哪个机关; without it, the unit that holds the matter.
        #[serde(default)]
        to: Option<Title>,
        /// 存在的问题.
        breach: Paragraph,
        /// 要求, or what is advised.
        wanted: Paragraph,
        /// Until when a written answer is owed.
        due: NaiveDate,
    },
    /// 督办、约谈、建议的书面回复.
    AnswerOversight {
        /// Which of them, from 0.
        oversight: u16,
        /// 采纳情况; with 建议, and only with these.
        #[serde(default)]
        adoption: Option<Adoption>,
        /// On which day it was given.
        on: NaiveDate,
        /// The words.
        text: Paragraph,
    },
    /// 准许查阅: somebody from outside may look at it for some time.
    AdmitObserver {
        /// Who, an account of that role.
        account: AccountId,
        /// The last day.
        until: NaiveDate,
        /// What for.
        reason: Paragraph,
    },
    /// 终止查阅, before its last day.
    DismissObserver {
        /// Whose.
        account: AccountId,
    },
    /// 列入积案台账.
    EnterOldCase {
        /// Which case.
        ground: OldCaseGround,
        /// 主要问题, and why it is one.
        problem: Paragraph,
    },
    /// 包案: a leader answers for an old case from now to 销号.
    TakeOn {
        /// 包案领导: an account of a leader of the county or of a township.
        leader: AccountId,
        /// 联系人.
        #[serde(default)]
        contact: Option<ShortText>,
        /// 化解方案.
        plan: Paragraph,
        /// 起: today or before.
        since: NaiveDate,
        /// 止: today or after.
        until: NaiveDate,
    },
    /// 包案进展.
    NoteContract {
        /// The words.
        text: Paragraph,
        /// 延期: the new last day.
        #[serde(default)]
        until: Option<NaiveDate>,
    },
    /// 包案领导意见: whether it can end so.
    SignContract {
        /// 同意 or 不同意.
        agrees: bool,
        /// The words.
        text: Paragraph,
    },
    /// 销号.
    StrikeOff {
        /// How it was solved.
        text: Paragraph,
    },
    /// 报批: what needs somebody else's decision.
    Propose {
        /// What.
        proposal: Proposal,
    },
    /// 同意报批的事.
    ApproveProposal {
        /// In words, if there is something to say.
        #[serde(default)]
        reason: Option<Paragraph>,
    },
    /// 不同意报批的事.
    RefuseProposal {
        /// Why.
        reason: Paragraph,
    },
    /// 撤回报批, by who made it.
    RetractProposal,
    /// 答复信访人的话.
    AnswerVoice {
        /// Which.
        voice: VoiceId,
        /// In words for the petitioner.
        text: Paragraph,
    },
}

crate::read_tagged!(Command by "command" {
    "transfer" => Transfer {
        unit: UnitId,
        #[serde(default)]
        place: Option<DivisionCode>,
        #[serde(default)]
        report_by: Option<NaiveDate>,
        #[serde(default)]
        simple: bool,
    },
    "sign_for" => SignFor,
    "accept" => Accept { notice_delivered_on: NaiveDate, #[serde(default)] route: Route },
    "assign" => Assign { handler: AccountId },
    "hand_over" => HandOver { handler: AccountId, reason: Paragraph },
    "give_feedback" => GiveFeedback { text: Paragraph },
    "promise" => Promise { text: Paragraph, due: NaiveDate },
    "submit_closure" => SubmitClosure { package: ClosurePackage },
    "return_closure" => ReturnClosure { reasons: Vec<ReturnReason>, text: Paragraph, due: NaiveDate },
    "approve_closure" => ApproveClosure { shown: Digest },
    "sign_opinion" => SignOpinion { #[serde(default)] note: Option<Paragraph> },
    "deliver" => Deliver(Delivery),
    "close" => Close,
    "request_material" => RequestMaterial { what: Paragraph },
    "receive_material" => ReceiveMaterial { text: Paragraph },
    "notify_petitioner" => NotifyPetitioner { mode: DeliveryMode, on: NaiveDate },
    "stamp_letter" => StampLetter { stamp: LetterStamp, on: NaiveDate },
    "recall" => Recall { reason: Paragraph },
    "object" => Object { reason: Paragraph },
    "uphold_objection" => UpholdObjection { reason: Paragraph },
    "dismiss_objection" => DismissObjection { reason: Paragraph },
    "ask_co_handler" => AskCoHandler { unit: UnitId, task: Paragraph, due: NaiveDate },
    "release_co_handler" => ReleaseCoHandler { co_handler: u16, reason: Paragraph },
    "answer_co_handling" => AnswerCoHandling { text: Paragraph },
    "keep_promise" => KeepPromise { commitment: u16, on: NaiveDate, how: Paragraph },
    "hold_hearing" => HoldHearing { from: NaiveDate, until: NaiveDate, note: Paragraph },
    "file_report" => FileReport { text: Paragraph, #[serde(default)] document: Option<DocumentId> },
    "begin_mediation" => BeginMediation {
        mediator: ShortText,
        other_side: ShortText,
        petitioner_consents: bool,
        other_consents: bool,
    },
    "end_mediation" => EndMediation {
        #[serde(default)]
        agreement: Option<Paragraph>,
        on: NaiveDate,
        #[serde(default)]
        note: Option<Paragraph>,
    },
    "confirm_agreement" => ConfirmAgreement { on: NaiveDate },
    "request_review" => RequestReview { level: ReviewLevel, on: NaiveDate, reason: Paragraph, organ: Title },
    "take_review" => TakeReview { on: NaiveDate },
    "withdraw_review" => WithdrawReview { on: NaiveDate, reason: Paragraph },
    "decide_review" => DecideReview {
        outcome: ReviewOutcome,
        text: LongText,
        #[serde(default)]
        redo_due: Option<NaiveDate>,
    },
    "deliver_review" => DeliverReview(Delivery),
    "veto_settled" => VetoSettled { reason: Paragraph },
    "archive" => Archive { volume: ShortText, pages: u16, #[serde(default)] keep: Option<Keeping> },
    "link_intake" => LinkIntake { intake: Box<RepeatIntake> },
    "oversee" => Oversee {
        act: OversightAct,
        #[serde(default)]
        to: Option<Title>,
        breach: Paragraph,
        wanted: Paragraph,
        due: NaiveDate,
    },
    "answer_oversight" => AnswerOversight {
        oversight: u16,
        #[serde(default)]
        adoption: Option<Adoption>,
        on: NaiveDate,
        text: Paragraph,
    },
    "admit_observer" => AdmitObserver { account: AccountId, until: NaiveDate, reason: Paragraph },
    "dismiss_observer" => DismissObserver { account: AccountId },
    "enter_old_case" => EnterOldCase { ground: OldCaseGround, problem: Paragraph },
    "take_on" => TakeOn {
        leader: AccountId,
        #[serde(default)]
        contact: Option<ShortText>,
        plan: Paragraph,
        since: NaiveDate,
        until: NaiveDate,
    },
    "note_contract" => NoteContract { text: Paragraph, #[serde(default)] until: Option<NaiveDate> },
    "sign_contract" => SignContract { agrees: bool, text: Paragraph },
    "strike_off" => StrikeOff { text: Paragraph },
    "propose" => Propose { proposal: Proposal },
    "approve_proposal" => ApproveProposal { #[serde(default)] reason: Option<Paragraph> },
    "refuse_proposal" => RefuseProposal { reason: Paragraph },
    "retract_proposal" => RetractProposal,
    "answer_voice" => AnswerVoice { voice: VoiceId, text: Paragraph },
});
