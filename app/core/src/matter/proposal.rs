//! Four eyes: what one person proposes and somebody else decides (spec 4).
//!
//! A matter has at most one [`Pending`] proposal. While it is open, no other command moves the matter to
//! another stage — except beside a proposed extension or a change of the leader who answers for it, which stand in
//! nobody's way. It ends by a
//! [`Ruling`]: approved or refused, each with who, when and why; or the proposer takes it back.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::kind::CommandKind;
use crate::id::{AccountId, MatterId};
use crate::text::{LongText, Paragraph, ShortText, Title};
use crate::time::Moment;

/// 办理途径: the six ways of Article 31. Only the sixth is handled here and has the sixty days.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Route {
    /// (一) 诉讼、复议、检察、公安程序 (涉法涉诉).
    Litigation,
    /// (二) 仲裁.
    Arbitration,
    /// (三) 党员申诉、申请复审.
    PartyAppeal,
    /// (四) 行政复议、裁决、确认、许可、处罚.
    Administrative,
    /// (五) 查处违法行为、履行保护职责.
    Protection,
    /// (六) 信访程序: 信访处理意见书.
    #[default]
    Petition,
}

impl Route {
    /// All of them, as the article numbers them.
    pub const ALL: [Self; 6] = [
        Self::Litigation,
        Self::Arbitration,
        Self::PartyAppeal,
        Self::Administrative,
        Self::Protection,
        Self::Petition,
    ];
}

/// 不予受理的情形.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NotAcceptGround {
    /// 同一信访事项已经受理或者正在办理 (Article 19, third paragraph).
    AlreadyHandled,
    /// 不属于本机关、单位职权范围 (Article 23).
    NotCompetent,
}

impl NotAcceptGround {
    /// All of them.
    pub const ALL: [Self; 2] = [Self::AlreadyHandled, Self::NotCompetent];
}

/// 存的情形.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FilingGround {
    /// 没有可以联系的姓名、住址.
    NoIdentity,
    /// 没有可以办理的内容.
    NoContent,
    /// 并入另一件: it says again what stands in another matter, and was linked to that one (重件).
    Merged,
}

impl FilingGround {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::NoIdentity, Self::NoContent, Self::Merged];
}

/// 重开的情形 (spec 2.2, O1).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ReopenGround {
    /// 有新的事实.
    NewFacts,
    /// 回访不满意，诉求合理.
    Dissatisfied,
    /// 虚假办结.
    FalseClosure,
    /// 责令重作; also what a 复查 or 复核 sends back.
    OrderedAnew,
    /// 协议没有履行.
    AgreementBroken,
}

impl ReopenGround {
    /// All of them.
    pub const ALL: [Self; 5] =
        [Self::NewFacts, Self::Dissatisfied, Self::FalseClosure, Self::OrderedAnew, Self::AgreementBroken];
}

/// 复核意见 as it stands on paper: who gave it, under which number, on which day.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FinalOpinion {
    /// 复核机关.
    pub organ: Title,
    /// 文号.
    pub number: ShortText,
    /// Its day.
    pub on: NaiveDate,
}

/// What is proposed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(Deserialize))]
#[serde(tag = "what", rename_all = "snake_case")]
pub enum Proposal {
    /// 延期 (Article 34).
    Extend {
        /// So many natural days more.
        days: u16,
        /// 延期理由: the petitioner is told these words.
        reason: Paragraph,
    },
    /// 不予受理.
    NotAccept {
        /// Which case.
        ground: NotAcceptGround,
        /// Where the petitioner is to go, or where it is being handled already.
        organ: Title,
        /// Why: the petitioner is told these words.
        reason: Paragraph,
    },
    /// 不再受理 (Article 36).
    NoLongerAccept {
        /// The matter that ended with a 复核意见, where it is kept here.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        earlier: Option<MatterId>,
        /// That 复核意见, where it was given before there was this system.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        opinion: Option<FinalOpinion>,
        /// Why: the petitioner is told these words.
        reason: Paragraph,
    },
    /// 导入法定途径.
    Direct {
        /// Which of (一) to (五).
        route: Route,
        /// The organ that decides there.
        organ: Title,
        /// The last day there, where the law of that way names one.
        #[serde(default)]
        limit: Option<NaiveDate>,
        /// Why, and how to go there: the petitioner is told these words.
        reason: Paragraph,
    },
    /// 当场答复.
    AnswerOnSpot {
        /// The answer.
        answer: LongText,
    },
    /// 存.
    File {
        /// Which case.
        ground: FilingGround,
        /// Why.
        reason: Paragraph,
        /// The matter that it was linked to, where it was merged into one. Not kept at first.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        into: Option<MatterId>,
    },
    /// 撤回, by the petitioner's own will.
    Withdraw {
        /// The day on which the petitioner said so.
        on: NaiveDate,
        /// In the petitioner's words.
        reason: Paragraph,
    },
    /// 重开.
    Reopen {
        /// Which case.
        ground: ReopenGround,
        /// The new last day.
        due: NaiveDate,
        /// Why.
        reason: Paragraph,
    },
    /// 换包案领导.
    Leader {
        /// Who takes over.
        leader: AccountId,
        /// Why.
        reason: Paragraph,
    },
}

crate::read_tagged!(Proposal by "what" {
    "extend" => Extend { days: u16, reason: Paragraph },
    "not_accept" => NotAccept { ground: NotAcceptGround, organ: Title, reason: Paragraph },
    "no_longer_accept" => NoLongerAccept {
        #[serde(default)]
        earlier: Option<MatterId>,
        #[serde(default)]
        opinion: Option<FinalOpinion>,
        reason: Paragraph,
    },
    "direct" => Direct { route: Route, organ: Title, #[serde(default)] limit: Option<NaiveDate>, reason: Paragraph },
    "answer_on_spot" => AnswerOnSpot { answer: LongText },
    "file" => File { ground: FilingGround, reason: Paragraph, #[serde(default)] into: Option<MatterId> },
    "withdraw" => Withdraw { on: NaiveDate, reason: Paragraph },
    "reopen" => Reopen { ground: ReopenGround, due: NaiveDate, reason: Paragraph },
    "leader" => Leader { leader: AccountId, reason: Paragraph },
});

impl Proposal {
    /// The command that makes it.
    #[must_use]
    pub fn kind(&self) -> CommandKind {
        match self {
            Self::Extend { .. } => CommandKind::ProposeExtension,
            Self::NotAccept { .. } => CommandKind::ProposeNotAccepting,
            Self::NoLongerAccept { .. } => CommandKind::ProposeNoLongerAccepting,
            Self::Direct { .. } => CommandKind::ProposeDirecting,
            Self::AnswerOnSpot { .. } => CommandKind::ProposeAnswer,
            Self::File { .. } => CommandKind::ProposeFiling,
            Self::Withdraw { .. } => CommandKind::ProposeWithdrawal,
            Self::Reopen { .. } => CommandKind::ProposeReopening,
            Self::Leader { .. } => CommandKind::ProposeLeader,
        }
    }
}

/// 报批中: a proposal that awaits somebody else's decision.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pending {
    /// What.
    pub proposal: Proposal,
    /// By whom.
    pub by: AccountId,
    /// When.
    pub at: Moment,
}

/// Who decides on a proposal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Decider {
    /// 责任单位负责人.
    UnitHead,
    /// 县信访局审核(督查).
    Supervisor,
    /// 县领导.
    CountyLeader,
}

impl Decider {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::UnitHead, Self::Supervisor, Self::CountyLeader];

    /// A stable word for storage.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::UnitHead => "unit_head",
            Self::Supervisor => "supervisor",
            Self::CountyLeader => "county_leader",
        }
    }
}

/// 批复.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ruling {
    /// What had been proposed.
    pub pending: Pending,
    /// 同意 or 不同意.
    pub approved: bool,
    /// Why; always said with a refusal.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<Paragraph>,
    /// By whom.
    pub by: AccountId,
    /// When.
    pub at: Moment,
}

/// 延期, granted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Extension {
    /// The last day before.
    pub from: NaiveDate,
    /// The last day now.
    pub due: NaiveDate,
    /// 延期理由.
    pub reason: Paragraph,
    /// By whom.
    pub by: AccountId,
    /// When.
    pub at: Moment,
}
