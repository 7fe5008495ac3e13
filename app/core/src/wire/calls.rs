//! 待电话告知: petitioners whom a clerk phones, since no short message reaches them.

use serde::{Deserialize, Serialize};

use crate::code::MatterNumber;
use crate::id::MatterId;
use crate::notice::Occasion;
use crate::time::Moment;

/// `GET /api/v1/calls`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CallList {
    /// Those first who were tried least, then who has waited longest; 200 at most.
    pub calls: Vec<CallRow>,
}

/// One of them. Name and number are masked, whoever looks.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CallRow {
    /// Names the notice.
    pub id: String,
    /// About which matter.
    pub matter: MatterId,
    /// 信访件编号.
    pub number: MatterNumber,
    /// 李*.
    pub petitioner: String,
    /// 138\*\*\*\*1234.
    pub phone: String,
    /// What is new: for the clerk, not to be said to whoever answers.
    pub occasion: Occasion,
    /// Since when.
    pub since: Moment,
    /// How often nobody answered.
    pub tries: u32,
    /// The last time.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tried_at: Option<Moment>,
}

/// `POST /api/v1/calls/{id}/phone`: the number, which is noted like 查看完整信息.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CallPhone {
    /// 姓名.
    pub petitioner: String,
    /// 电话.
    pub phone: String,
}

/// `POST /api/v1/calls/{id}`: what came of it; answered with the list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CallOutcome {
    /// 已告知; otherwise 没打通.
    pub told: bool,
}
