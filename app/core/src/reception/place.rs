//! 说事点: where people in a village can speak to somebody, without going to the town.

use serde::{Deserialize, Serialize};

use crate::id::TalkPointId;
use crate::place::DivisionCode;
use crate::text::{ShortText, Title};

/// 群众说事点 (spec 1-16: place, keeper, hours, phone).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TalkPoint {
    /// Identity.
    pub id: TalkPointId,
    /// 乡镇 or 村.
    pub division: DivisionCode,
    /// Its name.
    pub name: ShortText,
    /// 地点.
    pub place: Title,
    /// 谁在.
    pub keeper: ShortText,
    /// 什么时候有人.
    pub hours: Title,
    /// 电话.
    pub phone: ShortText,
    /// 不再用: no longer published.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub closed: bool,
}
