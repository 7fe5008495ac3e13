//! 督办, 约谈, 建议 (Articles 14, 39, 40): what the petition office does about how a matter is handled.
//!
//! These acts lie beside the path: the stage stays, several may run, each owes a written answer by a day of
//! its own. The answer outlives the matter's closing, and without it nothing is archived.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::kind::CommandKind;
use crate::id::{AccountId, UnitId};
use crate::text::{Paragraph, Title};
use crate::time::{ClockKind, Moment};

/// What is done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OversightAct {
    /// 督办: it is done wrongly or late, and is to be put right (Article 40, first paragraph).
    Supervision,
    /// 约谈: the head of the unit is spoken to (Article 39).
    Interview,
    /// 改进工作的建议 (Article 40, first paragraph).
    Improvement,
    /// 完善政策的建议 (Article 40, second paragraph).
    Policy,
    /// 追究责任的建议 (Article 40, third paragraph).
    Accountability,
}

impl OversightAct {
    /// All of them.
    pub const ALL: [Self; 5] =
        [Self::Supervision, Self::Interview, Self::Improvement, Self::Policy, Self::Accountability];
    /// 建议: whoever gets one says in writing what was adopted (Article 40, fourth paragraph).
    pub const ADVICE: [Self; 3] = [Self::Improvement, Self::Policy, Self::Accountability];

    /// Whether it is advice, which is adopted or not, rather than an instruction.
    #[must_use]
    pub fn is_advice(self) -> bool {
        Self::ADVICE.contains(&self)
    }

    /// The command that does it.
    #[must_use]
    pub fn command(self) -> CommandKind {
        match self {
            Self::Supervision => CommandKind::Supervise,
            Self::Interview => CommandKind::Summon,
            Self::Improvement | Self::Policy | Self::Accountability => CommandKind::Advise,
        }
    }

    /// The clock of its answer.
    #[must_use]
    pub fn clock(self) -> ClockKind {
        if self.is_advice() { ClockKind::AdviceAnswer } else { ClockKind::SupervisionAnswer }
    }
}

/// 采纳情况.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Adoption {
    /// 采纳.
    Full,
    /// 部分采纳.
    Partly,
    /// 不采纳.
    None,
}

impl Adoption {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Full, Self::Partly, Self::None];
}

/// 书面回复.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OversightAnswer {
    /// 采纳情况 of an advice.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub adoption: Option<Adoption>,
    /// On which day it was given.
    pub on: NaiveDate,
    /// The words.
    pub text: Paragraph,
    /// Who entered it.
    pub by: AccountId,
    /// When.
    pub at: Moment,
}

/// One act.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Oversight {
    /// Which.
    pub act: OversightAct,
    /// The unit that held the matter, when it is the one that owes the answer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit: Option<UnitId>,
    /// Another organ that owes the answer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<Title>,
    /// 存在的问题.
    pub breach: Paragraph,
    /// 要求, or what is advised.
    pub wanted: Paragraph,
    /// Until when a written answer is owed.
    pub due: NaiveDate,
    /// By whom.
    pub by: AccountId,
    /// When.
    pub at: Moment,
    /// The answer, once given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub answer: Option<OversightAnswer>,
}
