//! The special lists of the desk, by name: the client asks for them, the texts name them.

/// Lists that are more than a stage.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Filter {
    /// 超期.
    Overdue,
    /// 快到期.
    Near,
    /// 说没解决.
    Unsolved,
    /// 退回两次.
    ReturnedTwice,
    /// 报批: something waits for somebody's decision.
    Proposed,
    /// 信访人有话: what the petitioner said waits for an answer.
    Voiced,
    /// 积案: it stands in the ledger.
    OldCases,
    /// 包案: what the leader who asks answers for.
    Mine,
}

impl Filter {
    /// Those of the list; 包案 stands on the leaders' own page.
    pub const ALL: [Self; 7] =
        [Self::Overdue, Self::Near, Self::Unsolved, Self::ReturnedTwice, Self::Proposed, Self::Voiced, Self::OldCases];

    /// Its word in a URL.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Overdue => "overdue",
            Self::Near => "near",
            Self::Unsolved => "unsolved",
            Self::ReturnedTwice => "returned_twice",
            Self::Proposed => "proposed",
            Self::Voiced => "voiced",
            Self::OldCases => "old_cases",
            Self::Mine => "mine",
        }
    }
}
