//! What came of it: 调解, promises kept, 重开, 化解, 存档.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::delivery::Delivery;
use super::proposal::ReopenGround;
use crate::id::AccountId;
use crate::text::{Paragraph, ShortText};
use crate::time::Moment;

/// 调解 (Article 33): only with the consent of both sides.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mediation {
    /// 调解员 or 调解组织.
    pub mediator: ShortText,
    /// The other side.
    pub other_side: ShortText,
    /// Who entered it.
    pub by: AccountId,
    /// When.
    pub at: Moment,
    /// How it ended.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub end: Option<MediationEnd>,
}

/// How a mediation ended.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MediationEnd {
    /// 协议, in words; without it no agreement was reached.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub agreement: Option<Paragraph>,
    /// 协议生效日期, or the day on which it was given up.
    pub on: NaiveDate,
    /// What else is to be known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<Paragraph>,
    /// Who entered it.
    pub by: AccountId,
    /// When.
    pub at: Moment,
    /// 司法确认.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub confirmed_on: Option<NaiveDate>,
}

/// 承诺兑现: a promise was kept.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeptPromise {
    /// Which, from 0.
    pub commitment: u16,
    /// On which day.
    pub on: NaiveDate,
    /// What was done.
    pub how: Paragraph,
    /// Who entered it.
    pub by: AccountId,
    /// When.
    pub at: Moment,
}

/// 重开: the closing stays on record, with this mark.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reopening {
    /// The round that it ends.
    pub round: u16,
    /// 重开的情形.
    pub ground: ReopenGround,
    /// The new last day.
    pub due: NaiveDate,
    /// Why; where a 复查 or 复核 sent it back, its opinion says so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<Paragraph>,
    /// The answer's delivery in that round.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub delivery: Option<Delivery>,
    /// It had ended before any unit took it up (当场答复, 不予受理, 导入): it is sent to a unit anew.
    #[serde(default, skip_serializing_if = "is_false")]
    pub anew: bool,
    /// By whom.
    pub by: AccountId,
    /// When.
    pub at: Moment,
}

/// 不认定化解: the supervisor's veto.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SettleVeto {
    /// Why.
    pub reason: Paragraph,
    /// By whom.
    pub by: AccountId,
    /// When.
    pub at: Moment,
}

/// 存档.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Archive {
    /// 卷号.
    pub volume: ShortText,
    /// How many numbered pages.
    pub pages: u16,
    /// 保管期限. Not said of what was put away before it was asked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub keep: Option<Keeping>,
    /// By whom.
    pub by: AccountId,
    /// When.
    pub at: Moment,
}

/// 保管期限 (《机关文件材料归档范围和文书档案保管期限规定》: 永久、定期；定期 is 30 or 10 years).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Keeping {
    /// 永久.
    Permanent,
    /// 长期: 30 years.
    Long,
    /// 短期: 10 years.
    Short,
}

impl Keeping {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Permanent, Self::Long, Self::Short];
}

/// What keeps a file out of the archive.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ArchiveGap {
    /// No pages.
    NoPages,
    /// 书面告知 has not been given.
    NoNotice,
    /// No 受理.
    NoAcceptance,
    /// No approved 处理意见书.
    NoOpinion,
    /// No 送达回证.
    NoDelivery,
    /// No 回访 and no three attempts.
    NoReturnVisit,
    /// 交办 without its 办结报告.
    NoReport,
    /// The petitioner can still ask for a 复查 or 复核, or the time of observation is not over.
    WindowOpen,
    /// A promise that nobody has kept.
    PromiseOpen,
    /// 督办, 约谈 or 建议 that nobody has answered.
    OversightOpen,
    /// The petitioner said something and has no answer.
    VoiceOpen,
    /// It stands in the ledger of old cases.
    OldCaseOpen,
}

impl ArchiveGap {
    /// All of them.
    pub const ALL: [Self; 12] = [
        Self::NoPages,
        Self::NoNotice,
        Self::NoAcceptance,
        Self::NoOpinion,
        Self::NoDelivery,
        Self::NoReturnVisit,
        Self::NoReport,
        Self::WindowOpen,
        Self::PromiseOpen,
        Self::OversightOpen,
        Self::VoiceOpen,
        Self::OldCaseOpen,
    ];
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde gives references")]
fn is_false(value: &bool) -> bool {
    !value
}
