//! 复查、复核: what a higher organ finds about the answer (Articles 35, 36).

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::delivery::Delivery;
use crate::id::AccountId;
use crate::text::{LongText, Paragraph, Title};
use crate::time::Moment;

/// Which of the two.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ReviewLevel {
    /// 复查, by the next higher organ.
    Review,
    /// 复核, one more level up; what it upholds is final.
    Recheck,
}

impl ReviewLevel {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Review, Self::Recheck];
}

/// 复查、复核结论.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ReviewOutcome {
    /// 维持.
    Uphold,
    /// 撤销.
    Revoke,
    /// 变更.
    Change,
}

impl ReviewOutcome {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Uphold, Self::Revoke, Self::Change];
}

/// 复查意见、复核意见.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReviewOpinion {
    /// 结论.
    pub outcome: ReviewOutcome,
    /// The words of the opinion.
    pub text: LongText,
    /// 指定期限: until when it is to be handled anew; with 撤销 and 变更, and only with these.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub redo_due: Option<NaiveDate>,
    /// By whom.
    pub by: AccountId,
    /// When.
    pub at: Moment,
}

/// One 复查 or 复核.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Review {
    /// Which.
    pub level: ReviewLevel,
    /// The round whose answer it is about.
    pub round: u16,
    /// 收到申请的日子: the thirty days run from it.
    pub requested_on: NaiveDate,
    /// 申请理由.
    pub reason: Paragraph,
    /// 复查、复核机关.
    pub organ: Title,
    /// Who entered it.
    pub by: AccountId,
    /// When.
    pub at: Moment,
    /// 意见.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub opinion: Option<ReviewOpinion>,
    /// 送达: the next window runs from it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub delivery: Option<Delivery>,
    /// 决定受理的日子, where that has a clock of its own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub taken_on: Option<NaiveDate>,
    /// 撤回: asked for, and taken back before it was decided.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub withdrawn: Option<ReviewWithdrawal>,
}

/// 信访人撤回复查、复核申请.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReviewWithdrawal {
    /// The day on which the petitioner said so.
    pub on: NaiveDate,
    /// In the petitioner's words.
    pub reason: Paragraph,
    /// Who entered it.
    pub by: AccountId,
    /// When.
    pub at: Moment,
}

impl Review {
    /// What it found, once decided.
    #[must_use]
    pub fn outcome(&self) -> Option<ReviewOutcome> {
        self.opinion.as_ref().map(|opinion| opinion.outcome)
    }

    /// Upheld and delivered: the answer stands.
    #[must_use]
    pub fn is_upheld(&self) -> bool {
        self.outcome() == Some(ReviewOutcome::Uphold) && self.delivery.is_some()
    }
}

/// 听证. In a 复核 its days are not counted (Article 36).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hearing {
    /// First day.
    pub from: NaiveDate,
    /// Last day.
    pub until: NaiveDate,
    /// What came of it.
    pub note: Paragraph,
    /// Who entered it.
    pub by: AccountId,
    /// When.
    pub at: Moment,
}
