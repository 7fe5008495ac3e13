//! 办理阶段: where a matter stands (spec 2.2; the names of its table in brackets).
//!
//! Every `match` on [`Stage`] is exhaustive, so the compiler lists what to think of. Builds of the phone
//! that are older than a stage cannot read its word: what goes onto a phone therefore carries the stage
//! of the first ten that comes nearest ([`Stage::on_phones`]), and its own word beside it.

use serde::{Deserialize, Serialize};

/// 办理阶段.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Stage {
    /// 已登记 (R1).
    Registered,
    /// 待签收 (T1).
    AwaitingSignature,
    /// 已签收待办理 (T2).
    SignedFor,
    /// 已受理 (A1).
    Accepted,
    /// 办理中 (H1, H2).
    Handling,
    /// 待审核 (P1).
    ClosureSubmitted,
    /// 退回重办 (W1).
    Returned,
    /// 已处理待送达 (C1).
    Approved,
    /// 已送达待回访 (C2, V1).
    AwaitingReturnVisit,
    /// 已办结 (Z1).
    Closed,
    /// 待补充材料 (B1).
    AwaitingMaterial,
    /// 异议 (T3).
    Objected,
    /// 调解中 (M1).
    Mediating,
    /// 复查中 (F1).
    Reviewing,
    /// 复查意见, to be delivered (F2).
    ReviewDecided,
    /// 复核中 (F3).
    Rechecking,
    /// 复核意见, to be delivered (F4).
    RecheckDecided,
    /// 重开, until somebody is named to handle it (O1).
    Reopened,
    /// 已化解 (Z2).
    Settled,
    /// 已存档 (Z3).
    Archived,
    /// 不予受理 (X1).
    NotAccepted,
    /// 不再受理 (X2).
    NoLongerAccepted,
    /// 导入法定途径 (X3).
    Directed,
    /// 当场答复 (X4).
    AnsweredOnSpot,
    /// 存 (X5).
    Filed,
    /// 撤回 (X6).
    Withdrawn,
}

impl Stage {
    /// All of them: the main path, the side paths, the other ends.
    pub const ALL: [Self; 26] = [
        Self::Registered,
        Self::AwaitingSignature,
        Self::SignedFor,
        Self::Accepted,
        Self::Handling,
        Self::ClosureSubmitted,
        Self::Returned,
        Self::Approved,
        Self::AwaitingReturnVisit,
        Self::Closed,
        Self::AwaitingMaterial,
        Self::Objected,
        Self::Mediating,
        Self::Reviewing,
        Self::ReviewDecided,
        Self::Rechecking,
        Self::RecheckDecided,
        Self::Reopened,
        Self::Settled,
        Self::Archived,
        Self::NotAccepted,
        Self::NoLongerAccepted,
        Self::Directed,
        Self::AnsweredOnSpot,
        Self::Filed,
        Self::Withdrawn,
    ];

    /// A stable word for storage and URLs.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Registered => "registered",
            Self::AwaitingSignature => "awaiting_signature",
            Self::SignedFor => "signed_for",
            Self::Accepted => "accepted",
            Self::Handling => "handling",
            Self::ClosureSubmitted => "closure_submitted",
            Self::Returned => "returned",
            Self::Approved => "approved",
            Self::AwaitingReturnVisit => "awaiting_return_visit",
            Self::Closed => "closed",
            Self::AwaitingMaterial => "awaiting_material",
            Self::Objected => "objected",
            Self::Mediating => "mediating",
            Self::Reviewing => "reviewing",
            Self::ReviewDecided => "review_decided",
            Self::Rechecking => "rechecking",
            Self::RecheckDecided => "recheck_decided",
            Self::Reopened => "reopened",
            Self::Settled => "settled",
            Self::Archived => "archived",
            Self::NotAccepted => "not_accepted",
            Self::NoLongerAccepted => "no_longer_accepted",
            Self::Directed => "directed",
            Self::AnsweredOnSpot => "answered_on_spot",
            Self::Filed => "filed",
            Self::Withdrawn => "withdrawn",
        }
    }

    /// Reads [`Self::code`] back.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|stage| stage.code() == code)
    }

    /// Whether work on the matter has not ended.
    #[must_use]
    pub fn is_open(self) -> bool {
        !matches!(
            self,
            Self::Closed
                | Self::Settled
                | Self::Archived
                | Self::NotAccepted
                | Self::NoLongerAccepted
                | Self::Directed
                | Self::AnsweredOnSpot
                | Self::Filed
                | Self::Withdrawn
        )
    }

    /// Whether a higher organ has the matter (复查、复核).
    #[must_use]
    pub fn is_under_review(self) -> bool {
        matches!(self, Self::Reviewing | Self::ReviewDecided | Self::Rechecking | Self::RecheckDecided)
    }

    /// The stage of the first ten that comes nearest: the only words that every build of the phone reads.
    #[must_use]
    pub fn on_phones(self) -> Self {
        match self {
            Self::AwaitingMaterial => Self::Registered,
            Self::Objected => Self::AwaitingSignature,
            Self::Reopened => Self::Returned,
            Self::Mediating => Self::Handling,
            // The answer was given and the return visit does not come now: nothing for the phone to do.
            Self::Reviewing | Self::ReviewDecided | Self::Rechecking | Self::RecheckDecided => Self::Approved,
            Self::Settled
            | Self::Archived
            | Self::NotAccepted
            | Self::NoLongerAccepted
            | Self::Directed
            | Self::AnsweredOnSpot
            | Self::Filed
            | Self::Withdrawn => Self::Closed,
            first => first,
        }
    }
}
