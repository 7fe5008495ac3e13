//! 五必问: the structured interview (spec 3.4). Each block is answered or carries the reason why not.

use serde::{Deserialize, Serialize};

use crate::text::Paragraph;

/// The five blocks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Question {
    /// 事实真相.
    Facts,
    /// 诉求与理由.
    Demands,
    /// 实际困难.
    Hardship,
    /// 信访经历.
    History,
    /// 此前办理情况.
    EarlierHandling,
}

impl Question {
    /// All five in their order.
    pub const ALL: [Self; 5] = [Self::Facts, Self::Demands, Self::Hardship, Self::History, Self::EarlierHandling];
}

/// What stands in a block.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(Deserialize))]
#[serde(tag = "answer", rename_all = "snake_case")]
pub enum Answer {
    /// Answered.
    Given {
        /// In words.
        text: Paragraph,
    },
    /// 未问.
    NotAsked {
        /// 原因.
        reason: Paragraph,
    },
    /// 对方不愿说.
    Declined {
        /// 原因.
        reason: Paragraph,
    },
}

crate::read_tagged!(Answer by "answer" {
    "given" => Given { text: Paragraph },
    "not_asked" => NotAsked { reason: Paragraph },
    "declined" => Declined { reason: Paragraph },
});

/// How the petitioner confirmed the read-back.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ReadBack {
    /// 签字.
    Signed,
    /// 按印.
    Thumbprint,
    /// 口头确认(有见证人).
    OralWithWitness,
    /// 未确认.
    NotConfirmed,
}

impl ReadBack {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Signed, Self::Thumbprint, Self::OralWithWitness, Self::NotConfirmed];
}

/// A finished interview: five answers, so an open block cannot exist.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Interview {
    /// 事实真相.
    pub facts: Answer,
    /// 诉求与理由.
    pub demands: Answer,
    /// 实际困难.
    pub hardship: Answer,
    /// 信访经历.
    pub history: Answer,
    /// 此前办理情况.
    pub earlier_handling: Answer,
    /// 复述确认.
    pub read_back: ReadBack,
}

impl Interview {
    /// The answer to a question.
    #[must_use]
    pub fn answer(&self, question: Question) -> &Answer {
        match question {
            Question::Facts => &self.facts,
            Question::Demands => &self.demands,
            Question::Hardship => &self.hardship,
            Question::History => &self.history,
            Question::EarlierHandling => &self.earlier_handling,
        }
    }
}
