//! 办理阶段 in groups: what somebody at a desk looks for.

use super::stage::Stage;

/// Stages that a list shows together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StageGroup {
    /// 待分流: the petition office has it.
    ToRoute,
    /// 待签收.
    ToSign,
    /// 办理中.
    AtWork,
    /// 待审核.
    ToApprove,
    /// 待送达回访.
    ToDeliver,
    /// 复查复核.
    UnderReview,
    /// 已办结.
    Closed,
    /// 其他结束.
    EndedOtherwise,
}

impl StageGroup {
    /// All of them, in the order of the path.
    pub const ALL: [Self; 8] = [
        Self::ToRoute,
        Self::ToSign,
        Self::AtWork,
        Self::ToApprove,
        Self::ToDeliver,
        Self::UnderReview,
        Self::Closed,
        Self::EndedOtherwise,
    ];

    /// The group of a stage.
    #[must_use]
    pub fn of(stage: Stage) -> Self {
        match stage {
            Stage::Registered | Stage::AwaitingMaterial | Stage::Objected => Self::ToRoute,
            Stage::AwaitingSignature => Self::ToSign,
            Stage::SignedFor
            | Stage::Accepted
            | Stage::Handling
            | Stage::Mediating
            | Stage::Returned
            | Stage::Reopened => Self::AtWork,
            Stage::ClosureSubmitted => Self::ToApprove,
            Stage::Approved | Stage::AwaitingReturnVisit => Self::ToDeliver,
            Stage::Reviewing | Stage::ReviewDecided | Stage::Rechecking | Stage::RecheckDecided => Self::UnderReview,
            Stage::Closed | Stage::Settled | Stage::Archived => Self::Closed,
            Stage::NotAccepted
            | Stage::NoLongerAccepted
            | Stage::Directed
            | Stage::AnsweredOnSpot
            | Stage::Filed
            | Stage::Withdrawn => Self::EndedOtherwise,
        }
    }

    /// Its stages.
    #[must_use]
    pub fn stages(self) -> Vec<Stage> {
        Stage::ALL.into_iter().filter(|stage| Self::of(*stage) == self).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_group_is_empty_and_what_has_ended_stands_apart() {
        for group in StageGroup::ALL {
            let stages = group.stages();
            assert!(!stages.is_empty(), "{group:?}");
            let ended = matches!(group, StageGroup::Closed | StageGroup::EndedOtherwise);
            assert!(stages.iter().all(|stage| stage.is_open() != ended), "{group:?}");
        }
    }
}
