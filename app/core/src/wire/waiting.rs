//! What waits for a desk: the start page of those who see the whole county and handle nothing themselves.

use serde::{Deserialize, Serialize};

use super::desk::MatterRow;

/// What waits, in the order of the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum WaitingKind {
    /// 单位之间的争议: an objection that the joint conference decides.
    Disputes,
    /// 等我批: a proposal to this person's role.
    ToApprove,
    /// 等我签意见: an old case whose leader this is.
    LeaderOwes,
    /// 我包案的.
    Mine,
    /// 还没有领导包案的积案.
    Unled,
    /// 可以销号的积案: ended, and still in the ledger.
    ToStrikeOff,
    /// 督办、约谈、建议还没有回复.
    Overseen,
    /// 超期.
    Overdue,
    /// 快到期.
    Near,
    /// 说没解决.
    Unsolved,
    /// 记录对不上: a record about it did not fit.
    Flagged,
}

impl WaitingKind {
    /// All of them.
    pub const ALL: [Self; 11] = [
        Self::Disputes,
        Self::ToApprove,
        Self::LeaderOwes,
        Self::Mine,
        Self::Unled,
        Self::ToStrikeOff,
        Self::Overseen,
        Self::Overdue,
        Self::Near,
        Self::Unsolved,
        Self::Flagged,
    ];
}

/// `GET /api/v1/waiting`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Waiting {
    /// By kind; what waits for nothing is there with no rows.
    pub groups: Vec<WaitingGroup>,
}

/// One kind.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct WaitingGroup {
    /// Which.
    pub kind: WaitingKind,
    /// How many in all.
    pub total: u64,
    /// The first of them, the nearest deadline first.
    pub rows: Vec<MatterRow>,
}
