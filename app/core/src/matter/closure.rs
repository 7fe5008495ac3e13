//! 办结报审: the closure package that the supervisor reads demand by demand (spec 2.4).

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::actor::Role;
use crate::id::AccountId;
use crate::text::{LongText, Paragraph};
use crate::time::{ClockKind, Moment};

use super::delivery::DeliveryMode;

/// The three answers of Article 32 to a demand.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Conclusion {
    /// 支持: facts clear, conforms with the law.
    Support,
    /// 解释: reasonable, but without a basis in law; explained.
    Explain,
    /// 不支持: no basis in facts or law.
    Decline,
}

impl Conclusion {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Support, Self::Explain, Self::Decline];
}

/// 落实情况: whether what was decided has been done.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(Deserialize))]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum Performance {
    /// 已落实.
    Done {
        /// When.
        on: NaiveDate,
        /// What proves it.
        evidence: Paragraph,
    },
    /// 承诺落实: not done yet, promised.
    Promised {
        /// Until when.
        by: NaiveDate,
    },
    /// 无需落实: nothing to do, as for an explanation.
    Nothing,
}

crate::read_tagged!(Performance by "state" {
    "done" => Done { on: NaiveDate, evidence: Paragraph },
    "promised" => Promised { by: NaiveDate },
    "nothing" => Nothing,
});

/// The answer to one demand.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DemandAnswer {
    /// 查明的事实.
    pub finding: Paragraph,
    /// 支持/解释/不支持.
    pub conclusion: Conclusion,
    /// 法律法规依据.
    pub basis: Paragraph,
    /// 落实情况.
    pub performed: Performance,
}

impl DemandAnswer {
    /// A demand that is supported, but about which nothing was done or promised.
    #[must_use]
    pub fn is_unperformed_support(&self) -> bool {
        self.conclusion == Conclusion::Support && !matches!(self.performed, Performance::Done { .. })
    }
}

/// 化解手段 (spec 0-8).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Measure {
    /// 法律.
    Law,
    /// 政策.
    Policy,
    /// 经济.
    Economic,
    /// 行政.
    Administrative,
    /// 教育.
    Education,
    /// 调解.
    Mediation,
    /// 疏导.
    Counselling,
}

impl Measure {
    /// All of them.
    pub const ALL: [Self; 7] = [
        Self::Law,
        Self::Policy,
        Self::Economic,
        Self::Administrative,
        Self::Education,
        Self::Mediation,
        Self::Counselling,
    ];
}

/// 办结报审材料. `answers` stand in the order of the demands, one each.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClosurePackage {
    /// One answer per demand.
    pub answers: Vec<DemandAnswer>,
    /// 处理意见书 (draft): what the petitioner will read.
    pub opinion: LongText,
    /// 化解手段.
    #[serde(default)]
    pub measures: Vec<Measure>,
    /// 送达方案.
    pub delivery_plan: DeliveryMode,
}

/// What a package lacks, so that it cannot be submitted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(Deserialize))]
#[serde(tag = "fault", rename_all = "snake_case")]
pub enum PackageFault {
    /// Not exactly one answer per demand (诉求未逐项回应).
    AnswersDoNotMatch {
        /// Demands of the matter.
        demands: u16,
        /// Answers in the package.
        answers: u16,
    },
    /// A supported demand with nothing done and nothing promised.
    SupportWithoutPerformance {
        /// Which demand, from 0.
        demand: u16,
    },
    /// Something is said to have been done on a day that has not come.
    DoneInFuture {
        /// Which demand, from 0.
        demand: u16,
    },
    /// A promise for a day that has passed.
    PromiseInPast {
        /// Which demand, from 0.
        demand: u16,
    },
}

crate::read_tagged!(PackageFault by "fault" {
    "answers_do_not_match" => AnswersDoNotMatch { demands: u16, answers: u16 },
    "support_without_performance" => SupportWithoutPerformance { demand: u16 },
    "done_in_future" => DoneInFuture { demand: u16 },
    "promise_in_past" => PromiseInPast { demand: u16 },
});

impl ClosurePackage {
    /// The first thing that keeps the package from being submitted.
    #[must_use]
    pub fn fault(&self, demands: usize, today: NaiveDate) -> Option<PackageFault> {
        let count = |n: usize| u16::try_from(n).unwrap_or(u16::MAX);
        if self.answers.len() != demands {
            return Some(PackageFault::AnswersDoNotMatch {
                demands: count(demands),
                answers: count(self.answers.len()),
            });
        }
        self.answers.iter().enumerate().find_map(|(at, answer)| {
            let demand = count(at);
            match answer.performed {
                Performance::Nothing if answer.conclusion == Conclusion::Support => {
                    Some(PackageFault::SupportWithoutPerformance { demand })
                }
                Performance::Done { on, .. } if on > today => Some(PackageFault::DoneInFuture { demand }),
                Performance::Promised { by } if by < today => Some(PackageFault::PromiseInPast { demand }),
                _ => None,
            }
        })
    }
}

/// 退回理由 (spec 2.4).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ReturnReason {
    /// 诉求未逐项回应.
    DemandsNotAnswered,
    /// 事实不清.
    FactsUnclear,
    /// 依据缺失或错误.
    BasisMissing,
    /// 未见面.
    NotMet,
    /// 文书错漏.
    DocumentErrors,
    /// 协办未反馈.
    CoHandlerSilent,
    /// 未落实却报办结.
    NotPerformed,
    /// 满意度存疑.
    SatisfactionDoubtful,
    /// 材料不全.
    MaterialIncomplete,
    /// 程序超期未说明.
    LateUnexplained,
}

impl ReturnReason {
    /// All of them, in the order in which they are offered.
    pub const ALL: [Self; 10] = [
        Self::DemandsNotAnswered,
        Self::FactsUnclear,
        Self::BasisMissing,
        Self::NotMet,
        Self::DocumentErrors,
        Self::CoHandlerSilent,
        Self::NotPerformed,
        Self::SatisfactionDoubtful,
        Self::MaterialIncomplete,
        Self::LateUnexplained,
    ];
}

/// What became of a round.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(Deserialize))]
#[serde(tag = "verdict", rename_all = "snake_case")]
pub enum Verdict {
    /// 待审核.
    Pending,
    /// 同意.
    Approved {
        /// By whom.
        by: AccountId,
        /// When.
        at: Moment,
    },
    /// 退回.
    Returned {
        /// By whom.
        by: AccountId,
        /// When.
        at: Moment,
        /// Why, from the list.
        reasons: Vec<ReturnReason>,
        /// Why, in words.
        text: Paragraph,
        /// Until when it is to be handed in again.
        due: NaiveDate,
    },
}

crate::read_tagged!(Verdict by "verdict" {
    "pending" => Pending,
    "approved" => Approved { by: AccountId, at: Moment },
    "returned" => Returned { by: AccountId, at: Moment, reasons: Vec<ReturnReason>, text: Paragraph, due: NaiveDate },
});

/// One round: a package and its verdict.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Round {
    /// From 1.
    pub number: u16,
    /// What was handed in.
    pub package: ClosurePackage,
    /// By whom.
    pub submitted_by: AccountId,
    /// When.
    pub submitted_at: Moment,
    /// What became of it.
    pub verdict: Verdict,
    /// 拟稿人的角色, where it was noted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub role: Option<Role>,
    /// 签发: the unit's head has signed the opinion.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub signed: Option<OpinionSigned>,
    /// 同意, where it was sent back afterwards: before it was delivered somebody saw that it is wrong.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub approved: Option<Approval>,
}

/// 同意 that did not stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Approval {
    /// By whom.
    pub by: AccountId,
    /// When.
    pub at: Moment,
}

impl Round {
    /// Whether a supervisor of the petition office may sign in the head's place: the head wrote it, so that
    /// nobody of a small unit may be left to sign; or the petition office itself did, which has no such head.
    #[must_use]
    pub fn may_be_countersigned(&self) -> bool {
        self.role != Some(Role::UnitHandler)
    }
}

/// 签发: who answers for the opinion has signed it. Without it nothing is delivered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OpinionSigned {
    /// By whom.
    pub by: AccountId,
    /// When.
    pub at: Moment,
    /// In words, if something was said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<Paragraph>,
}

/// What a supervisor is told first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(Deserialize))]
#[serde(tag = "gap", rename_all = "snake_case")]
pub enum Gap {
    /// No record says that the petitioner was met.
    NotMet,
    /// Nothing was told to the petitioner on the way.
    NoFeedback,
    /// A clock ran over.
    Late {
        /// Which.
        clock: ClockKind,
    },
    /// Supported, but not done yet.
    NotPerformed {
        /// Which demand, from 0.
        demand: u16,
    },
    /// The petitioner says by the code that it is not solved.
    SaysNotSolved,
    /// The petitioner says that a visit on record did not take place.
    VisitDenied,
    /// The petitioner said something and has no answer yet.
    VoiceUnanswered,
}

crate::read_tagged!(Gap by "gap" {
    "not_met" => NotMet,
    "no_feedback" => NoFeedback,
    "late" => Late { clock: ClockKind },
    "not_performed" => NotPerformed { demand: u16 },
    "says_not_solved" => SaysNotSolved,
    "visit_denied" => VisitDenied,
    "voice_unanswered" => VoiceUnanswered,
});
