//! What is noted about a matter on the way: promises, feedback, visits, return visits.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::field::{Judgement, Respondent, RespondentAnswers, VisitMode, VisitResult};
use crate::id::{AccountId, RecordId};
use crate::text::{Paragraph, ShortText};
use crate::time::Moment;

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
    /// Whether the petitioner was met in person. In notes without a result: the petitioner or somebody of the family.
    pub met: bool,
    /// 方式. Not kept at first.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mode: Option<VisitMode>,
    /// 结果. Not kept at first.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub result: Option<VisitResult>,
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
    /// Whether it counts: made after delivery, in the present round, by somebody of another unit than
    /// those that handled it, who took no part. One that does not count stays visible.
    pub counts: bool,
    /// 方式. Not kept at first, and then taken for a visit to the home.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mode: Option<VisitMode>,
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
    /// Somebody else than the petitioner came. Not kept at first, and then the petitioner is taken to have come.
    #[serde(default, skip_serializing_if = "is_false")]
    pub by_another: bool,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde gives references")]
fn is_false(value: &bool) -> bool {
    !value
}
