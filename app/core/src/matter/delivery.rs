//! 送达: how a letter of the office came into the petitioner's hands.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::text::ShortText;

/// 送达方式.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DeliveryMode {
    /// 当面.
    InPerson,
    /// 邮寄.
    Post,
    /// 其他.
    Other,
}

impl DeliveryMode {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::InPerson, Self::Post, Self::Other];
}

/// 信访人意见 at delivery.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PetitionerOpinion {
    /// 同意.
    Agrees,
    /// 不同意.
    Disagrees,
    /// 无明确意见.
    Unstated,
}

impl PetitionerOpinion {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Agrees, Self::Disagrees, Self::Unstated];
}

/// 送达回证.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Delivery {
    /// 送达方式.
    pub mode: DeliveryMode,
    /// 送达日期: the 30 days for 复查 run from it.
    pub on: NaiveDate,
    /// 签收 (true) or 拒收.
    pub signed: bool,
    /// 信访人意见.
    pub opinion: PetitionerOpinion,
    /// 送达人; where none is named, it is who enters it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub deliverer: Option<ShortText>,
}
