//! 五必问 while it is being asked.

use case_core::field::{Answer, Interview, Question, ReadBack};
use serde::{Deserialize, Serialize};

use super::read::{Name, Reader};

/// How a question was met.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Said {
    /// 回答了.
    #[default]
    Given,
    /// 未问.
    NotAsked,
    /// 不愿说.
    Declined,
}

impl Said {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Given, Self::NotAsked, Self::Declined];
}

/// One of the five blocks.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct AnswerForm {
    /// Answered, not asked, or declined.
    pub said: Said,
    /// The answer, or the reason why there is none.
    pub text: String,
}

/// The five blocks and the read-back.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct InterviewForm {
    /// 事实真相.
    pub facts: AnswerForm,
    /// 诉求与理由.
    pub demands: AnswerForm,
    /// 实际困难.
    pub hardship: AnswerForm,
    /// 信访经历.
    pub history: AnswerForm,
    /// 此前办理情况.
    pub earlier_handling: AnswerForm,
    /// 复述确认.
    pub read_back: Option<ReadBack>,
}

impl InterviewForm {
    /// The block of a question.
    #[must_use]
    pub fn block(&self, question: Question) -> &AnswerForm {
        match question {
            Question::Facts => &self.facts,
            Question::Demands => &self.demands,
            Question::Hardship => &self.hardship,
            Question::History => &self.history,
            Question::EarlierHandling => &self.earlier_handling,
        }
    }

    /// The block of a question, to be written.
    pub fn block_mut(&mut self, question: Question) -> &mut AnswerForm {
        match question {
            Question::Facts => &mut self.facts,
            Question::Demands => &mut self.demands,
            Question::Hardship => &mut self.hardship,
            Question::History => &mut self.history,
            Question::EarlierHandling => &mut self.earlier_handling,
        }
    }

    pub(super) fn read(&self, reader: &mut Reader) -> Option<Interview> {
        let mut answer = |question: Question| {
            let block = self.block(question);
            let text = reader.text(Name::Answer(question), &block.text)?;
            Some(match block.said {
                Said::Given => Answer::Given { text },
                Said::NotAsked => Answer::NotAsked { reason: text },
                Said::Declined => Answer::Declined { reason: text },
            })
        };
        // All five are looked at before any of them ends the reading: each empty block is named.
        let answers = Question::ALL.map(&mut answer);
        let read_back = reader.chosen(Name::ReadBack, self.read_back);
        let [facts, demands, hardship, history, earlier_handling] = answers;
        Some(Interview {
            facts: facts?,
            demands: demands?,
            hardship: hardship?,
            history: history?,
            earlier_handling: earlier_handling?,
            read_back: read_back?,
        })
    }
}
