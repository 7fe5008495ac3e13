//! Between the petition office and the units: 交办, 异议, 协办, 书面告知, 补充材料, the stamps of a letter.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::delivery::DeliveryMode;
use crate::id::{AccountId, DocumentId, UnitId};
use crate::text::Paragraph;
use crate::time::{ClockKind, Moment};

/// 补充材料: what the petitioner was asked for. The clocks go on: the law knows no pause.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MaterialRequest {
    /// What is missing, in words for the petitioner.
    pub what: Paragraph,
    /// By whom.
    pub by: AccountId,
    /// When.
    pub at: Moment,
    /// What came of it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub received: Option<Paragraph>,
}

/// 交办: a day is named, and a report is owed (Article 22 (3)).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Order {
    /// 指定办理期限.
    pub due: NaiveDate,
    /// By whom.
    pub by: AccountId,
    /// When.
    pub at: Moment,
}

/// 办结报告 of a 交办; or what came of it where the matter was directed to; or what a helping unit says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Report {
    /// The words.
    pub text: Paragraph,
    /// The paper that was handed in with it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub document: Option<DocumentId>,
    /// By whom.
    pub by: AccountId,
    /// When.
    pub at: Moment,
}

/// 异议: "this is not ours" (Article 23, third paragraph).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Objection {
    /// The unit that objects.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit: Option<UnitId>,
    /// 理由, in detail.
    pub reason: Paragraph,
    /// By whom.
    pub by: AccountId,
    /// When.
    pub at: Moment,
    /// What the petition office found.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub verdict: Option<ObjectionVerdict>,
}

/// 核实: what became of an objection.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ObjectionVerdict {
    /// 同意: the materials go back. Otherwise the unit has to take it.
    pub agreed: bool,
    /// Why.
    pub reason: Paragraph,
    /// By whom.
    pub by: AccountId,
    /// When.
    pub at: Moment,
}

/// 协办单位: helps the one lead, with its own last day.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CoHandler {
    /// Who helps.
    pub unit: UnitId,
    /// What it is asked for.
    pub task: Paragraph,
    /// Until when.
    pub due: NaiveDate,
    /// Asked by whom.
    pub by: AccountId,
    /// When.
    pub at: Moment,
    /// 协办反馈; while there is none, the closure cannot be handed in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub answer: Option<Report>,
    /// 不再请协办: why the lead does without it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub released: Option<Report>,
}

impl CoHandler {
    /// Whether the lead still waits for it.
    #[must_use]
    pub fn is_open(&self) -> bool {
        self.answer.is_none() && self.released.is_none()
    }
}

/// 书面告知: the petitioner was told in writing (Article 23).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NoticeGiven {
    /// How.
    pub mode: DeliveryMode,
    /// On which day.
    pub on: NaiveDate,
    /// By whom it was entered.
    pub by: AccountId,
    /// When.
    pub at: Moment,
}

/// 收回: the petition office takes a matter back from the unit that has it, to send it to another one. What the unit did
/// stays on record, and so does the last day for the answer: the petitioner waits no longer for it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Recall {
    /// From whom.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit: Option<UnitId>,
    /// Who had it in hand there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub handler: Option<AccountId>,
    /// Why: the petitioner reads it.
    pub reason: Paragraph,
    /// By whom.
    pub by: AccountId,
    /// When.
    pub at: Moment,
}

/// 承继: a unit was merged into another one, divided or closed, and the one that goes on with its duties has the matter
/// (Article 24, second paragraph). Nothing else changes: not the stage, not a clock, not who handles it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Succession {
    /// The unit that is no more.
    pub from: UnitId,
    /// The one that goes on.
    pub to: UnitId,
    /// Why.
    pub reason: Paragraph,
    /// When.
    pub at: Moment,
}

/// The stamps of a letter, all on the day of its receipt. 收件 and 转办 are set by registering and
/// sending on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LetterStamp {
    /// 当日呈报.
    Reported,
    /// 当日署名回复.
    Replied,
}

impl LetterStamp {
    /// All of them.
    pub const ALL: [Self; 2] = [Self::Reported, Self::Replied];

    /// The clock that it stops.
    #[must_use]
    pub fn clock(self) -> ClockKind {
        match self {
            Self::Reported => ClockKind::LetterReported,
            Self::Replied => ClockKind::LetterReplied,
        }
    }
}

/// 转交承办人: the matter goes on in the hands of a colleague. Who had it before took part, and stays so.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct HandedOver {
    /// Who had it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<AccountId>,
    /// Who has it now.
    pub to: AccountId,
    /// Why.
    pub reason: Paragraph,
    /// By whom.
    pub by: AccountId,
    /// When.
    pub at: Moment,
}
