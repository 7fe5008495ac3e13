//! What is added later: a note, evidence, a correction. Nothing is ever taken back or overwritten.

use serde::{Deserialize, Serialize};

use super::attachment::{self, Attachment};
use super::record::RecordFault;
use crate::id::{HouseholdId, MatterId, RecordId};
use crate::text::{Paragraph, ShortText};
use crate::time::Moment;

/// What a note or a correction is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(Deserialize))]
#[serde(tag = "about", content = "id", rename_all = "snake_case")]
pub enum About {
    /// 户.
    Household(HouseholdId),
    /// 信访事项.
    Matter(MatterId),
}

crate::read_tagged!(About by "about" with "id" {
    "household" => Household(HouseholdId),
    "matter" => Matter(MatterId),
});

impl About {
    /// The household, if it is one.
    #[must_use]
    pub fn household(self) -> Option<HouseholdId> {
        match self {
            Self::Household(id) => Some(id),
            Self::Matter(_) => None,
        }
    }

    /// The matter, if it is one.
    #[must_use]
    pub fn matter(self) -> Option<MatterId> {
        match self {
            Self::Matter(id) => Some(id),
            Self::Household(_) => None,
        }
    }
}

/// 记事: something worth keeping that was no visit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Note {
    /// About what.
    pub about: About,
    /// When it happened.
    pub at: Moment,
    /// In words.
    pub text: Paragraph,
    /// 照片、录音.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub attachments: Vec<Attachment>,
}

/// 材料: evidence that somebody handed over or showed; at least one file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Evidence {
    /// About what.
    pub about: About,
    /// When it was received.
    pub at: Moment,
    /// What it is.
    pub title: ShortText,
    /// The files.
    pub attachments: Vec<Attachment>,
}

impl Evidence {
    pub(super) fn check(&self) -> Result<(), RecordFault> {
        if self.attachments.is_empty() {
            return Err(RecordFault::NoAttachment);
        }
        attachment::check(&self.attachments)
    }
}

/// 更正: an earlier record was wrong. The earlier one stays as it is; both are shown together.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Correction {
    /// Which record it corrects.
    pub corrects: RecordId,
    /// About what that record was; `None` when it named nothing that has a file (a reception of
    /// somebody nobody knows).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub about: Option<About>,
    /// What is right.
    pub text: Paragraph,
}
