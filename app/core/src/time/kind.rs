//! Which rules clocks come from (spec 2.3).

use serde::{Deserialize, Serialize};

/// Which rule a clock comes from. Its source in words stands in the app's texts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ClockKind {
    /// 转送、交办: 15 days from receipt (Article 22).
    Transfer,
    /// 书面告知: 15 days from the unit's receipt of the transfer (Article 23, third paragraph).
    Notice,
    /// 办结: 60 days from acceptance (Article 34), only for Article 31 (6).
    Handling,
    /// 3天见面: local promise for first intakes.
    Meet,
    /// 7天反馈: local promise for first intakes.
    Feedback,
    /// 21天办结: local promise for first intakes.
    Settle,
    /// 承诺时间: what was promised to the petitioner.
    Commitment,
    /// 审核: the supervisor's own 3 working days.
    Review,
    /// 退回重办: the day set by the supervisor.
    Rework,
    /// 回访: 7 days from delivery.
    ReturnVisit,
    /// 书面告知 of what came in directly: 15 days from receipt (Article 23, second paragraph).
    DirectNotice,
    /// 异议: the unit's 5 working days (Article 23, third paragraph).
    Objection,
    /// 浙江: registering and deciding within 5 working days.
    LocalDecision,
    /// 来信当日收件.
    LetterReceived,
    /// 来信当日呈报.
    LetterReported,
    /// 来信当日转办.
    LetterForwarded,
    /// 来信当日署名回复.
    LetterReplied,
    /// 简易办理: 3 working days to decide on acceptance.
    SimpleAccept,
    /// 简易办理: 10 working days to finish.
    SimpleHandling,
    /// 交办的指定期限 (Article 22 (3)).
    Order,
    /// 12345 工单: 5 working days from sending.
    Hotline,
    /// 协办: the day set for one helping unit.
    CoHandling,
    /// 调解: 30 days.
    Mediation,
    /// 司法确认: 30 days from the agreement, both sides together (人民调解法, Article 33).
    JudicialConfirmation,
    /// 申请复查: 30 days from receipt of the answer (Article 35).
    ReviewApply,
    /// 复查: 30 days from receipt of the request (Article 35).
    ReviewDecide,
    /// 申请复核: 30 days from receipt of the 复查意见 (Article 36).
    RecheckApply,
    /// 复核: 30 days from receipt of the request, hearings not counted (Article 36).
    RecheckDecide,
    /// 评价: 30 days from receipt of the answer.
    Evaluation,
    /// 没有答复时的评价: from the 90th to the 120th day after receipt.
    SilenceEvaluation,
    /// 化解观察期: 90 days from closing.
    Observation,
    /// 重开、责令重作的指定期限.
    Redo,
    /// 法定途径自己的期限, where a matter was directed.
    Statute,
    /// 督办、约谈的书面回复: the day that was set (Articles 39, 40).
    SupervisionAnswer,
    /// 建议的采纳情况: the day that was set (Article 40, fourth paragraph).
    AdviceAnswer,
    /// 山东: deciding within 3 working days whether a 复查 or 复核 is taken.
    ReviewTake,
    /// 建议意见的答复: what is suggested is studied and answered (Article 29). The regulation names no day; the
    /// length is the county's own.
    Suggestion,
}

impl ClockKind {
    /// All of them, for tables and tests.
    pub const ALL: [Self; 37] = [
        Self::Transfer,
        Self::Notice,
        Self::Handling,
        Self::Meet,
        Self::Feedback,
        Self::Settle,
        Self::Commitment,
        Self::Review,
        Self::Rework,
        Self::ReturnVisit,
        Self::DirectNotice,
        Self::Objection,
        Self::LocalDecision,
        Self::LetterReceived,
        Self::LetterReported,
        Self::LetterForwarded,
        Self::LetterReplied,
        Self::SimpleAccept,
        Self::SimpleHandling,
        Self::Order,
        Self::Hotline,
        Self::CoHandling,
        Self::Mediation,
        Self::JudicialConfirmation,
        Self::ReviewApply,
        Self::ReviewDecide,
        Self::RecheckApply,
        Self::RecheckDecide,
        Self::Evaluation,
        Self::SilenceEvaluation,
        Self::Observation,
        Self::Redo,
        Self::Statute,
        Self::SupervisionAnswer,
        Self::AdviceAnswer,
        Self::ReviewTake,
        Self::Suggestion,
    ];

    /// Whether the clock stands in the regulation (and not only in a local promise or a setting).
    #[must_use]
    pub fn is_statutory(self) -> bool {
        matches!(
            self,
            Self::Transfer
                | Self::Notice
                | Self::Handling
                | Self::DirectNotice
                | Self::Objection
                | Self::Order
                | Self::ReviewApply
                | Self::ReviewDecide
                | Self::RecheckApply
                | Self::RecheckDecide
        )
    }

    /// Whether it is a right that lapses unused rather than a duty that somebody owes: nobody is late
    /// with it, and no list puts it before a duty.
    #[must_use]
    pub fn is_window(self) -> bool {
        matches!(
            self,
            Self::Objection
                | Self::JudicialConfirmation
                | Self::ReviewApply
                | Self::RecheckApply
                | Self::Evaluation
                | Self::SilenceEvaluation
                | Self::Observation
        )
    }

    /// Whether people set its last day; the others have a length ([`super::Rules`]).
    #[must_use]
    pub fn is_set_by_people(self) -> bool {
        matches!(
            self,
            Self::Commitment
                | Self::Rework
                | Self::Order
                | Self::CoHandling
                | Self::Redo
                | Self::Statute
                | Self::SupervisionAnswer
                | Self::AdviceAnswer
        )
    }

    /// As which kind it goes onto a phone: builds that are older than a kind cannot read its word, and
    /// what is not a duty of the field is not needed there.
    #[must_use]
    pub fn on_phones(self) -> Option<Self> {
        match self {
            Self::Transfer
            | Self::Notice
            | Self::Handling
            | Self::Meet
            | Self::Feedback
            | Self::Settle
            | Self::Commitment
            | Self::Review
            | Self::Rework
            | Self::ReturnVisit => Some(self),
            Self::Redo => Some(Self::Rework),
            Self::DirectNotice => Some(Self::Notice),
            _ => None,
        }
    }
}
