//! 上门回访: asking the petitioner what came of it (spec 3.3). The petitioner's answers and the
//! visitor's judgement are kept apart.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::attachment::{self, Attachment};
use super::record::RecordFault;
use super::visit::{ReportedItem, VisitMode};
use crate::id::MatterId;
use crate::text::Paragraph;
use crate::time::Moment;

/// 答复人.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Respondent {
    /// 本人.
    Petitioner,
    /// 代理人.
    Proxy,
    /// 拒绝回答: in records of before [`ReturnVisitOutcome::Refused`].
    Refused,
}

impl Respondent {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Petitioner, Self::Proxy, Self::Refused];
}

/// Q1 意见书收到了吗.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(Deserialize))]
#[serde(tag = "received", rename_all = "snake_case")]
pub enum OpinionReceived {
    /// 收到了.
    Yes {
        /// 哪天.
        #[serde(default)]
        on: Option<NaiveDate>,
    },
    /// 没收到.
    No,
    /// 记不清.
    Unsure,
}

crate::read_tagged!(OpinionReceived by "received" {
    "yes" => Yes { #[serde(default)] on: Option<NaiveDate> },
    "no" => No,
    "unsure" => Unsure,
});

/// Q2 诉求落实了吗, per demand.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Fulfilment {
    /// 已落实.
    Done,
    /// 部分落实.
    Partly,
    /// 未落实.
    NotDone,
    /// 不清楚.
    Unclear,
}

impl Fulfilment {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Done, Self::Partly, Self::NotDone, Self::Unclear];
}

/// Q3 承办人见过您吗.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum HandlerMet {
    /// 见过.
    Yes,
    /// 没见过.
    No,
    /// 记不清.
    Unsure,
}

impl HandlerMet {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Yes, Self::No, Self::Unsure];
}

/// Q4 承诺的时间兑现了吗.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PromiseKept {
    /// 兑现了.
    Yes,
    /// 没兑现.
    No,
    /// 没有承诺.
    NonePromised,
}

impl PromiseKept {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Yes, Self::No, Self::NonePromised];
}

/// 满意度. Silence is a category of its own and never counts as satisfied.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Rating {
    /// 满意.
    Satisfied,
    /// 基本满意.
    MostlySatisfied,
    /// 不满意.
    Dissatisfied,
    /// 不评价.
    NotRated,
}

impl Rating {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Satisfied, Self::MostlySatisfied, Self::Dissatisfied, Self::NotRated];
}

/// A rating and its reason.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RatedBy {
    /// The rating.
    pub rating: Rating,
    /// 原因.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<Paragraph>,
}

/// How the petitioner signed the answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Signature {
    /// 签字.
    Signed,
    /// 按印.
    Thumbprint,
    /// 不愿签.
    Declined,
}

impl Signature {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Signed, Self::Thumbprint, Self::Declined];
}

/// 回访人建议.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Judgement {
    /// 建议办结.
    Close,
    /// 建议重开.
    Reopen,
    /// 建议督办.
    Supervise,
}

impl Judgement {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Close, Self::Reopen, Self::Supervise];
}

/// What the petitioner answered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RespondentAnswers {
    /// 答复人.
    pub respondent: Respondent,
    /// Q1 意见书收到了吗.
    pub opinion_received: OpinionReceived,
    /// Q2 每项诉求落实了吗: one per demand.
    pub demands: Vec<Fulfilment>,
    /// Q3 承办人见过您吗.
    pub handler_met: HandlerMet,
    /// Q4 承诺的时间兑现了吗.
    pub promise_kept: PromiseKept,
    /// Q5 对信访部门.
    pub office_rating: RatedBy,
    /// Q6 对责任单位.
    pub unit_rating: RatedBy,
    /// Q7 是否还有新问题.
    #[serde(default)]
    pub new_problems: Vec<ReportedItem>,
    /// Q8 知道可在30日内申请复查吗.
    pub told_of_review: bool,
    /// Q9 生活困难与帮扶.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hardship: Option<Paragraph>,
    /// The petitioner's own words, verbatim.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub own_words: Option<Paragraph>,
    /// 签字.
    pub signature: Signature,
}

/// What came of an attempt.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(Deserialize))]
#[serde(tag = "outcome", rename_all = "snake_case")]
pub enum ReturnVisitOutcome {
    /// The petitioner (or a proxy) was reached.
    Reached {
        /// The answers.
        answers: Box<RespondentAnswers>,
        /// 回访人建议.
        judgement: Judgement,
    },
    /// A failed attempt; three of them, documented, let a matter be closed without a visit.
    NotReached {
        /// Why.
        reason: Paragraph,
    },
    /// 拒访: the petitioner was reached and would not be asked. Before this form there was, a refusal
    /// was [`Self::Reached`] with [`Respondent::Refused`] and answers that claim nothing.
    Refused {
        /// What was said, or is to be known.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        note: Option<Paragraph>,
    },
}

crate::read_tagged!(ReturnVisitOutcome by "outcome" {
    "reached" => Reached { answers: Box<RespondentAnswers>, judgement: Judgement },
    "not_reached" => NotReached { reason: Paragraph },
    "refused" => Refused { #[serde(default)] note: Option<Paragraph> },
});

/// 上门回访.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReturnVisit {
    /// 信访事项.
    pub matter: MatterId,
    /// The round that the phone knew.
    pub round: u16,
    /// How many demands the phone knew.
    pub demands: u16,
    /// 时间, by the phone's clock.
    pub at: Moment,
    /// 方式.
    pub mode: VisitMode,
    /// 结果.
    pub outcome: ReturnVisitOutcome,
    /// 照片、录音、签名: optional always.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub attachments: Vec<Attachment>,
}

impl ReturnVisit {
    pub(super) fn check(&self) -> Result<(), RecordFault> {
        match &self.outcome {
            ReturnVisitOutcome::Reached { answers, .. } if answers.demands.len() != usize::from(self.demands) => {
                Err(RecordFault::AnswersDoNotMatch {
                    demands: self.demands,
                    answers: u16::try_from(answers.demands.len()).unwrap_or(u16::MAX),
                })
            }
            _ => attachment::check(&self.attachments),
        }
    }
}
