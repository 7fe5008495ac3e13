//! The current state of a matter. Built only by [`super::apply`] from events.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::closure::{ClosurePackage, Gap, Round};
use super::command::Delivery;
use crate::code::MatterNumber;
use crate::digest::Digest;
use crate::field::{Judgement, Rating, Respondent, RespondentAnswers};
use crate::id::{AccountId, HouseholdId, MatterId, RecordId, UnitId};
use crate::place::DivisionCode;
use crate::text::{LongText, Paragraph, ShortText, Title};
use crate::time::{Clock, ClockKind, Moment, nearest};

/// 办理阶段 on the main path (spec 2.2; the names of its table in brackets). The side paths of
/// later work add stages; every `match` on this type is exhaustive, so the compiler lists what to
/// think of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Stage {
    /// 已登记 (R1).
    Registered,
    /// 待签收 (T1).
    AwaitingSignature,
    /// 已签收待办理 (T2).
    SignedFor,
    /// 已受理 (A1).
    Accepted,
    /// 办理中 (H1).
    Handling,
    /// 待审核 (P1).
    ClosureSubmitted,
    /// 退回重办 (W1).
    Returned,
    /// 已处理待送达 (C1).
    Approved,
    /// 已送达待回访 (C2, V1).
    AwaitingReturnVisit,
    /// 已办结 (Z1).
    Closed,
}

impl Stage {
    /// All of them in the order of the path.
    pub const ALL: [Self; 10] = [
        Self::Registered,
        Self::AwaitingSignature,
        Self::SignedFor,
        Self::Accepted,
        Self::Handling,
        Self::ClosureSubmitted,
        Self::Returned,
        Self::Approved,
        Self::AwaitingReturnVisit,
        Self::Closed,
    ];

    /// A stable word for storage and URLs.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Registered => "registered",
            Self::AwaitingSignature => "awaiting_signature",
            Self::SignedFor => "signed_for",
            Self::Accepted => "accepted",
            Self::Handling => "handling",
            Self::ClosureSubmitted => "closure_submitted",
            Self::Returned => "returned",
            Self::Approved => "approved",
            Self::AwaitingReturnVisit => "awaiting_return_visit",
            Self::Closed => "closed",
        }
    }

    /// Reads [`Self::code`] back.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|stage| stage.code() == code)
    }

    /// Whether work on the matter has not ended.
    #[must_use]
    pub fn is_open(self) -> bool {
        self != Self::Closed
    }
}

/// 信访形式: how it came in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Channel {
    /// 来信.
    Letter,
    /// 来访.
    Visit,
    /// 网上.
    Online,
    /// 来电.
    Phone,
    /// 登门遍访时反映.
    HomeVisit,
}

impl Channel {
    /// All of them.
    pub const ALL: [Self; 5] = [Self::Letter, Self::Visit, Self::Online, Self::Phone, Self::HomeVisit];
}

/// 信访目的 as the law divides it (Articles 29–31). 检举控告 has a sealed channel of its own and is
/// never a plain matter, so it is not offered here.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PurposeOfPetition {
    /// 建议意见.
    Suggestion,
    /// 申诉求决.
    Appeal,
}

impl PurposeOfPetition {
    /// All of them.
    pub const ALL: [Self; 2] = [Self::Appeal, Self::Suggestion];
}

/// 内容分类, first level (spec 3.7, seventeen classes).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Category {
    /// 农村农业.
    Agriculture,
    /// 国土资源.
    Land,
    /// 城乡建设.
    Construction,
    /// 劳动和社会保障.
    Labour,
    /// 卫生计生.
    Health,
    /// 教育文体.
    Education,
    /// 民政.
    CivilAffairs,
    /// 政法.
    Justice,
    /// 经济管理.
    Economy,
    /// 交通运输.
    Transport,
    /// 商贸旅游.
    Trade,
    /// 科技与信息产业.
    Technology,
    /// 环境保护.
    Environment,
    /// 党务政务.
    Government,
    /// 组织人事.
    Personnel,
    /// 纪检监察.
    Discipline,
    /// 其他.
    Other,
}

impl Category {
    /// All of them in the order of the table.
    pub const ALL: [Self; 17] = [
        Self::Agriculture,
        Self::Land,
        Self::Construction,
        Self::Labour,
        Self::Health,
        Self::Education,
        Self::CivilAffairs,
        Self::Justice,
        Self::Economy,
        Self::Transport,
        Self::Trade,
        Self::Technology,
        Self::Environment,
        Self::Government,
        Self::Personnel,
        Self::Discipline,
        Self::Other,
    ];
}

/// 主访人. The minimum (PIPL 6): no ID number.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Petitioner {
    /// 姓名(名称).
    pub name: ShortText,
    /// 手机号 or 固定电话, when one was given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub phone: Option<ShortText>,
    /// 住址.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub address: Option<Title>,
}

impl Petitioner {
    /// The last four digits of the phone: the second factor of a look-up.
    #[must_use]
    pub fn phone_tail(&self) -> Option<String> {
        let digits: Vec<char> = self.phone.as_ref()?.as_str().chars().filter(char::is_ascii_digit).collect();
        (digits.len() >= 4).then(|| digits[digits.len() - 4..].iter().collect())
    }
}

/// 诉求: one thing that is asked for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Demand(pub Paragraph);

/// 初件 or 重件 (an intake that repeats an earlier one has none of the local clocks).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Intake {
    /// 初件.
    First,
    /// 重件.
    Repeat,
}

/// 信访登记表: what is needed to register a matter (spec 3.1, Article 19).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Registration {
    /// 标题.
    pub title: Title,
    /// 投诉内容: request, facts, reasons.
    pub content: LongText,
    /// 诉求: at least one.
    pub demands: Vec<Demand>,
    /// 信访目的.
    pub purpose: PurposeOfPetition,
    /// 内容分类.
    pub category: Category,
    /// 信访形式.
    pub channel: Channel,
    /// 初件/重件.
    pub intake: Intake,
    /// 主访人.
    pub petitioner: Petitioner,
    /// 问题属地, when known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub place: Option<DivisionCode>,
    /// The household that it came from, when it did.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub household: Option<HouseholdId>,
    /// 信访日期: the day of receipt; legal clocks run from it. Not in the future.
    pub received_on: NaiveDate,
}

/// 承诺: what was promised to the petitioner, shown by code, with a clock of its own.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Commitment {
    /// In words.
    pub text: Paragraph,
    /// Until when.
    pub due: NaiveDate,
    /// When it was made.
    pub made_at: Moment,
}

/// 反馈: what the petitioner was told on the way.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Contact {
    /// The content.
    pub text: Paragraph,
    /// When.
    pub at: Moment,
    /// By whom.
    pub by: AccountId,
}

/// A home visit that touched the matter.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct VisitNote {
    /// The record.
    pub record: RecordId,
    /// When the visit was (by the phone's clock).
    pub at: Moment,
    /// Who went.
    pub by: AccountId,
    /// The visitor's name, as shown to the petitioner then.
    pub by_name: ShortText,
    /// Whether the petitioner was met in person.
    pub met: bool,
    /// What was noted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<Paragraph>,
}

/// 回访 of this matter, as the supervisor reads it: the petitioner's answers stand unedited.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReturnVisitNote {
    /// The record.
    pub record: RecordId,
    /// The round that it asked about.
    pub round: u16,
    /// When (by the phone's clock).
    pub at: Moment,
    /// Who went.
    pub by: AccountId,
    /// The visitor's name.
    pub by_name: ShortText,
    /// The answers; `None` for a failed attempt and for a refusal.
    pub answers: Option<RespondentAnswers>,
    /// 拒绝接受回访.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub refused: Option<RefusedVisit>,
    /// The visitor's own judgement, kept apart from the answers.
    pub judgement: Option<Judgement>,
    /// Whether it counts: made after delivery, in the present round, by somebody else than the
    /// handler. One that does not count stays visible.
    pub counts: bool,
}

/// 拒绝接受回访: the petitioner was reached and would not be asked.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct RefusedVisit {
    /// What was said, or is to be known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<Paragraph>,
}

impl ReturnVisitNote {
    /// Whether the petitioner would not be asked; also as records said it before there was a form for it.
    #[must_use]
    pub fn is_refused(&self) -> bool {
        self.refused.is_some() || self.answers.as_ref().is_some_and(|a| a.respondent == Respondent::Refused)
    }

    /// Whether somebody was reached, with or without answers.
    #[must_use]
    pub fn is_reached(&self) -> bool {
        self.answers.is_some() || self.refused.is_some()
    }

    /// The answers that somebody gave. A refusal has none, also not the empty ones of the older form.
    #[must_use]
    pub fn given(&self) -> Option<&RespondentAnswers> {
        self.answers.as_ref().filter(|answers| answers.respondent != Respondent::Refused)
    }
}

/// What kind of record a [`FieldNote`] comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FieldNoteKind {
    /// 接访.
    Reception,
    /// 登记: the matter was brought forward to an official outside the office.
    Intake,
    /// 记事.
    Note,
    /// 更正.
    Correction,
    /// 材料.
    Evidence,
}

impl FieldNoteKind {
    /// Whether the petitioner stood before an official. Only that is shown to the petitioner; notes
    /// and evidence are the office's own.
    #[must_use]
    pub fn met(self) -> bool {
        match self {
            Self::Reception | Self::Intake => true,
            Self::Note | Self::Correction | Self::Evidence => false,
        }
    }
}

/// What a record from the field adds to the file of a matter.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FieldNote {
    /// The record.
    pub record: RecordId,
    /// Of which kind.
    pub kind: FieldNoteKind,
    /// When it happened (by the phone's clock).
    pub at: Moment,
    /// Who made it.
    pub by: AccountId,
    /// The name, as it was then.
    pub by_name: ShortText,
    /// In words.
    pub text: Paragraph,
    /// 领导处理意见 of a reception.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub opinion: Option<Paragraph>,
    /// The record that a correction corrects; both stand side by side.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub corrects: Option<RecordId>,
    /// How many files belong to it.
    #[serde(default)]
    pub files: u16,
}

/// 信访事项.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Matter {
    /// Identity.
    pub id: MatterId,
    /// 信访件编号.
    pub number: MatterNumber,
    /// How often it changed; commands name the version that the person saw.
    pub version: u32,
    /// 办理阶段.
    pub stage: Stage,
    /// What was registered.
    pub registration: Registration,
    /// 登记时间.
    pub registered_at: Moment,
    /// 登记人; `None` for imported matters.
    pub registered_by: Option<AccountId>,
    /// 责任单位, once transferred.
    pub unit: Option<UnitId>,
    /// 承办人, once named.
    pub handler: Option<AccountId>,
    /// Everybody who took part in handling: none of them may approve or make the return visit.
    pub handled_by: Vec<AccountId>,
    /// All clocks, running and stopped.
    pub clocks: Vec<Clock>,
    /// What was promised.
    pub commitments: Vec<Commitment>,
    /// What the petitioner was told on the way.
    pub contacts: Vec<Contact>,
    /// Home visits.
    pub visits: Vec<VisitNote>,
    /// 回访.
    pub return_visits: Vec<ReturnVisitNote>,
    /// What other records from the field added. Not there in matters stored before there were such.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub notes: Vec<FieldNote>,
    /// Number of the present round, from 1; a returned closure begins the next.
    pub round: u16,
    /// Closure packages of all rounds, with what became of them.
    pub rounds: Vec<Round>,
    /// 送达.
    pub delivery: Option<Delivery>,
    /// A reply that an earlier system gave, for imported matters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub former_reply: Option<FormerReply>,
    /// Days of the steps, for the time-line.
    pub steps: Vec<Step>,
}

/// A reply given before Huiyin, imported as it was. Whether it solved anything is not known.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FormerReply {
    /// The words.
    pub text: LongText,
    /// When.
    pub at: Moment,
}

/// A stage and when it was entered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Step {
    /// The stage.
    pub stage: Stage,
    /// When.
    pub at: Moment,
}

impl Matter {
    /// The clock due first among those that run.
    #[must_use]
    pub fn nearest_clock(&self) -> Option<&Clock> {
        nearest(&self.clocks)
    }

    /// The closure package that awaits the supervisor, if one does.
    #[must_use]
    pub fn pending_closure(&self) -> Option<&ClosurePackage> {
        (self.stage == Stage::ClosureSubmitted).then(|| self.rounds.last()).flatten().map(|round| &round.package)
    }

    /// The package that was approved in the present round.
    #[must_use]
    pub fn approved_closure(&self) -> Option<&ClosurePackage> {
        matches!(self.stage, Stage::Approved | Stage::AwaitingReturnVisit | Stage::Closed)
            .then(|| self.rounds.last())
            .flatten()
            .map(|round| &round.package)
    }

    /// What an approval names: the digest of everything on which the supervisor decides. Changes
    /// when a visit, a note, a promise or the package changes.
    #[must_use]
    pub fn closure_digest(&self) -> Option<Digest> {
        self.pending_closure()?;
        Some(Digest::of(&(
            (&self.id, &self.registration, &self.rounds, self.round),
            (&self.visits, &self.return_visits, &self.notes, &self.contacts, &self.commitments, &self.clocks),
        )))
    }

    /// What a supervisor should know first about the closure (spec 2.4, UX: what is missing is said
    /// first). Warnings, not refusals: the decision stays with the person.
    #[must_use]
    pub fn gaps(&self, today: NaiveDate) -> Vec<Gap> {
        let mut gaps = Vec::new();
        if !self.visits.iter().any(|v| v.met) && !self.notes.iter().any(|note| note.kind.met()) {
            gaps.push(Gap::NotMet);
        }
        if self.contacts.is_empty() {
            gaps.push(Gap::NoFeedback);
        }
        for clock in &self.clocks {
            use crate::time::ClockState::{MetLate, Overdue};
            if matches!(clock.state(today), Overdue { .. } | MetLate { .. }) {
                gaps.push(Gap::Late { clock: clock.kind });
            }
        }
        if let Some(round) = self.rounds.last() {
            for (at, answer) in round.package.answers.iter().enumerate() {
                if answer.is_unperformed_support() {
                    gaps.push(Gap::NotPerformed { demand: u16::try_from(at).unwrap_or(u16::MAX) });
                }
            }
        }
        gaps.dedup();
        gaps
    }

    /// Return visits of the present round that count.
    pub fn counting_return_visits(&self) -> impl Iterator<Item = &ReturnVisitNote> {
        self.return_visits.iter().filter(|visit| visit.counts && visit.round == self.round)
    }

    /// Whether a petitioner said, in a return visit that counts, that something is not solved or is
    /// dissatisfied with the unit.
    #[must_use]
    pub fn said_unsolved(&self) -> bool {
        self.counting_return_visits().filter_map(ReturnVisitNote::given).any(|answers| {
            answers.unit_rating.rating == Rating::Dissatisfied
                || answers.demands.iter().any(|d| matches!(d, crate::field::Fulfilment::NotDone))
        })
    }

    /// The legal last day for the answer (Article 34), when it runs.
    #[must_use]
    pub fn legal_due(&self) -> Option<NaiveDate> {
        self.clocks.iter().find(|c| c.kind == ClockKind::Handling).map(|c| c.due)
    }
}
