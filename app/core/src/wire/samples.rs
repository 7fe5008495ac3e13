//! 抽查回访, for the supervisor's page.

use serde::{Deserialize, Serialize};

use crate::code::MatterNumber;
use crate::field::Fulfilment;
use crate::id::{MatterId, SampleId, UnitId};
use crate::matter::Stage;
use crate::text::{ShortText, Title};
use crate::time::Moment;

/// `POST /api/v1/samples`: draws; sent again it draws nothing more. Answered with the list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SampleRequest {
    /// Made with the form.
    pub id: SampleId,
    /// How many matters.
    pub count: u16,
    /// Closed within so many days.
    pub days: u16,
    /// Of this unit only.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit: Option<UnitId>,
}

/// `GET /api/v1/samples`: the latest first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SampleList {
    /// All draws.
    pub samples: Vec<SampleView>,
    /// The server's clock.
    pub server_time: Moment,
}

/// 一次抽查.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SampleView {
    /// Identity.
    pub id: SampleId,
    /// 第几次.
    pub number: u32,
    /// When.
    pub at: Moment,
    /// Who drew.
    pub by: ShortText,
    /// Closed within so many days before.
    pub days: u16,
    /// Of this unit only.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit: Option<ShortText>,
    /// How many were wanted.
    pub wanted: u16,
    /// 种子.
    pub seed: String,
    /// How many could have been drawn.
    pub size: u32,
    /// SHA-256 of their list, in hexadecimal digits.
    pub digest: String,
    /// Drawn anew from what is kept, the same comes out.
    pub agrees: bool,
    /// What was drawn, as far as the reader sees it.
    pub matters: Vec<SampledMatter>,
}

/// 一件抽中的.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SampledMatter {
    /// Identity.
    pub id: MatterId,
    /// 信访件编号.
    pub number: MatterNumber,
    /// 标题.
    pub title: Title,
    /// 办理阶段 now.
    pub stage: Stage,
    /// 责任单位.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit: Option<ShortText>,
    /// 回访人.
    pub visitors: Vec<ShortText>,
    /// How often nobody was met.
    pub attempts: u32,
    /// What came of it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub result: Option<SampleResult>,
    /// 重开 can be proposed now.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub reopenable: bool,
}

/// 回访的结果.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SampleResult {
    /// When.
    pub at: Moment,
    /// Who went.
    pub by: ShortText,
    /// 每项诉求落实了吗; none where the petitioner would not be asked.
    pub demands: Vec<Fulfilment>,
    /// 对责任单位不满意.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub dissatisfied: bool,
    /// 拒绝接受回访.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub refused: bool,
}

impl SampleResult {
    /// Whether the petitioner says that what was reported as done was not.
    #[must_use]
    pub fn doubts(&self) -> bool {
        self.dissatisfied || self.demands.contains(&Fulfilment::NotDone)
    }
}

/// 抽查标志 in a matter's file: for the supervisor only.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SampleMark {
    /// 第几次.
    pub number: u32,
    /// When it was drawn.
    pub at: Moment,
    /// Whether there is a result.
    pub visited: bool,
}
