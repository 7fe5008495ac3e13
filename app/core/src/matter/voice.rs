//! 信访人的话: what the petitioner says about the matter by its code.
//!
//! A voice is a fact, like a record from the field: taken in once for its id, kept word for word, and
//! put before somebody who owes an answer ([`Says::ear`]). What it asks for (a 复查, a withdrawal) is still
//! decided at a desk; but the day on which it was said is the day that counts. Whether it can be said
//! now is decided by [`super::may_say`] and nowhere else: the page offers what it allows, and the server
//! takes in what it allows.

#[cfg(not(target_arch = "wasm32"))]
use serde::Deserialize;
use serde::Serialize;

use super::review::ReviewLevel;
use super::state::Matter;
use crate::field::Rating;
use crate::id::{AccountId, RecordId, VoiceId};
use crate::text::Paragraph;
use crate::time::Moment;

/// Whom a rating is about: both are asked for, and neither answers for the other.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Rated {
    /// 信访部门.
    Office,
    /// 责任单位.
    Unit,
}

impl Rated {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Office, Self::Unit];
}

/// What is said.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(Deserialize))]
#[serde(tag = "says", rename_all = "snake_case")]
pub enum Says {
    /// 确认来过: an official was there.
    VisitConfirmed {
        /// The record of the visit.
        visit: RecordId,
    },
    /// 没有来过: a visit is on record that the petitioner knows nothing of.
    VisitDenied {
        /// The record of the visit.
        visit: RecordId,
    },
    /// 满意度评价.
    Rating {
        /// Of whom.
        of: Rated,
        /// 满意, 基本满意, 不满意.
        rating: Rating,
    },
    /// 说办结了，但没有解决.
    NotSolved,
    /// 补充材料.
    Material,
    /// 申请复查、复核.
    AskReview {
        /// Which.
        level: ReviewLevel,
    },
    /// 撤回.
    Withdraw,
    /// 投诉态度.
    Complaint,
}

crate::read_tagged!(Says by "says" {
    "visit_confirmed" => VisitConfirmed { visit: RecordId },
    "visit_denied" => VisitDenied { visit: RecordId },
    "rating" => Rating { of: Rated, rating: Rating },
    "not_solved" => NotSolved,
    "material" => Material,
    "ask_review" => AskReview { level: ReviewLevel },
    "withdraw" => Withdraw,
    "complaint" => Complaint,
});

/// Who owes the answer to a voice.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ear {
    /// 审核(督查): what is said against the handling is not answered by those who handled.
    Supervisor,
    /// 信访局, or the unit that holds the matter.
    Office,
}

impl Says {
    /// Who owes an answer; nobody where the petitioner only answered a question.
    #[must_use]
    pub fn ear(self) -> Option<Ear> {
        match self {
            Self::VisitDenied { .. } | Self::NotSolved | Self::Complaint => Some(Ear::Supervisor),
            Self::Material | Self::AskReview { .. } | Self::Withdraw => Some(Ear::Office),
            Self::VisitConfirmed { .. } | Self::Rating { .. } => None,
        }
    }

    /// Whether it says nothing without words.
    #[must_use]
    pub fn needs_words(self) -> bool {
        matches!(self, Self::Material | Self::AskReview { .. } | Self::Complaint)
    }
}

/// What was said, and when.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, serde::Deserialize)]
pub struct Voice {
    /// Made with the form: the same form sent twice is one voice.
    pub id: VoiceId,
    /// What.
    pub says: Says,
    /// In the petitioner's own words, unedited.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text: Option<Paragraph>,
    /// The round in which it was said.
    pub round: u16,
    /// When, by the server's clock.
    pub at: Moment,
    /// 答复.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub answer: Option<VoiceAnswer>,
}

/// 对信访人的话的答复.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, serde::Deserialize)]
pub struct VoiceAnswer {
    /// The words; none where the deed itself is the answer (the review was begun, the material taken in).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text: Option<Paragraph>,
    /// By whom.
    pub by: AccountId,
    /// When.
    pub at: Moment,
}

impl Voice {
    /// Who still owes an answer to it.
    #[must_use]
    pub fn waits_for(&self) -> Option<Ear> {
        if self.answer.is_some() { None } else { self.says.ear() }
    }
}

impl Matter {
    /// Voices to which an answer is owed.
    pub fn open_voices(&self) -> impl Iterator<Item = &Voice> {
        self.voices.iter().filter(|voice| voice.waits_for().is_some())
    }

    /// Whether somebody with that ear owes an answer.
    #[must_use]
    pub fn is_heard_by(&self, ear: Ear) -> bool {
        self.voices.iter().any(|voice| voice.waits_for() == Some(ear))
    }

    /// The petitioner's last word on a visit: came, or did not come.
    #[must_use]
    pub fn visit_confirmed(&self, record: RecordId) -> Option<bool> {
        self.voices.iter().rev().find_map(|voice| match voice.says {
            Says::VisitConfirmed { visit } if visit == record => Some(true),
            Says::VisitDenied { visit } if visit == record => Some(false),
            _ => None,
        })
    }

    /// Whether any visit on record is denied.
    #[must_use]
    pub fn has_denied_visit(&self) -> bool {
        self.home_visits().any(|visit| self.visit_confirmed(visit.record) == Some(false))
    }

    /// The petitioner's last rating in the present round.
    #[must_use]
    pub fn rated(&self, whom: Rated) -> Option<Rating> {
        self.rated_in(self.round, whom)
    }

    /// The petitioner's last rating in a round.
    #[must_use]
    pub fn rated_in(&self, round: u16, whom: Rated) -> Option<Rating> {
        let then = self.voices.iter().rev().filter(|voice| voice.round == round);
        then.into_iter().find_map(|voice| match voice.says {
            Says::Rating { of, rating } if of == whom => Some(rating),
            _ => None,
        })
    }
}
