//! 积案 and 包案: the ledger of old cases, the leader who takes one on, and 销号 (spec 0-3, 1-12, 1-16, 3.5).
//!
//! No law says what an old case is; the specification lists four grounds and leaves the choice to people. So a
//! matter stands in the ledger because somebody of the joint conference put it there, with the ground and in
//! words, and not because a figure says so; the figures only propose ([`crate::report::Item::is_old_case`]).
//!
//! An entry begins with [`OldCase`] and ends with [`StruckOff`]. Between these at most one leader answers for it
//! at a time ([`LeaderContract`]); another takes over by a proposal that a county leader approves, and the earlier
//! contract stays on record. While a leader answers for it, no closure is approved and nothing is struck off
//! unless that leader has said yes to it. All of it lies beside the path: the stage stays.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::state::Matter;
use crate::id::AccountId;
use crate::text::{Paragraph, ShortText};
use crate::time::Moment;

/// 列入积案台账的情形 (spec README: 积案).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OldCaseGround {
    /// 超过办理期限（含延期）没有化解.
    Overdue,
    /// 答复以后又来三次以上.
    CameAgain,
    /// 上级交办的积案.
    Superior,
    /// 联席办认定.
    Flagged,
}

impl OldCaseGround {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Overdue, Self::CameAgain, Self::Superior, Self::Flagged];
}

/// 积案台账里的一件: one entry, from 列入 to 销号.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OldCase {
    /// Why it is one.
    pub ground: OldCaseGround,
    /// 主要问题.
    pub problem: Paragraph,
    /// By whom it was entered.
    pub by: AccountId,
    /// When.
    pub at: Moment,
    /// 包案, the latest last: at most that one runs.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub contracts: Vec<LeaderContract>,
    /// 销号, once done.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub struck: Option<StruckOff>,
}

/// 包案: a leader answers for an old case.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LeaderContract {
    /// 包案领导.
    pub leader: AccountId,
    /// 联系人 in the responsible unit.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub contact: Option<ShortText>,
    /// 化解方案.
    pub plan: Paragraph,
    /// 起.
    pub since: NaiveDate,
    /// 止: by when it is to be solved; later, where it was prolonged.
    pub until: NaiveDate,
    /// 为什么换人, where another leader had it before.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub change: Option<Paragraph>,
    /// Who entered it.
    pub by: AccountId,
    /// When.
    pub at: Moment,
    /// 进展 and the leader's opinions, the latest last.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub notes: Vec<ContractNote>,
    /// When another took over.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ended: Option<Moment>,
}

/// 进展; with `agrees` 包案领导意见.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ContractNote {
    /// The words.
    pub text: Paragraph,
    /// 延期: the new last day.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<NaiveDate>,
    /// 同意 or 不同意 that it ends so; none with 进展.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub agrees: Option<bool>,
    /// By whom.
    pub by: AccountId,
    /// When.
    pub at: Moment,
}

/// 销号.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StruckOff {
    /// How it was solved.
    pub text: Paragraph,
    /// By whom.
    pub by: AccountId,
    /// When.
    pub at: Moment,
}

/// 状态 of a contract (spec 3.5).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ContractState {
    /// 化解中.
    Running,
    /// 延期: its last day was moved.
    Prolonged,
    /// 已到期: the last day is over.
    Overdue,
    /// 已化解: struck off.
    Solved,
    /// 已换人.
    HandedOver,
}

impl ContractState {
    /// All of them.
    pub const ALL: [Self; 5] = [Self::Running, Self::Prolonged, Self::Overdue, Self::Solved, Self::HandedOver];
}

impl LeaderContract {
    /// The last opinion of the leader since a moment, if one was given.
    #[must_use]
    pub fn opinion_since(&self, since: Moment) -> Option<&ContractNote> {
        self.notes.iter().rev().find(|note| note.agrees.is_some() && note.at >= since)
    }

    /// How it stands on the day.
    #[must_use]
    pub fn state(&self, case: &OldCase, today: NaiveDate) -> ContractState {
        match () {
            () if self.ended.is_some() => ContractState::HandedOver,
            () if case.struck.is_some() => ContractState::Solved,
            () if today > self.until => ContractState::Overdue,
            () if self.notes.iter().any(|note| note.until.is_some()) => ContractState::Prolonged,
            () => ContractState::Running,
        }
    }
}

impl OldCase {
    /// 包案 that runs, or ran to the end.
    #[must_use]
    pub fn contract(&self) -> Option<&LeaderContract> {
        self.contracts.last().filter(|contract| contract.ended.is_none())
    }
}

impl Matter {
    /// Its entry in the ledger, while it stands there.
    #[must_use]
    pub fn old_case(&self) -> Option<&OldCase> {
        self.old_cases.last().filter(|case| case.struck.is_none())
    }

    /// 包案 that runs.
    #[must_use]
    pub fn contract(&self) -> Option<&LeaderContract> {
        self.old_case()?.contract()
    }

    /// 包案领导 who answers for it now.
    #[must_use]
    pub fn leader(&self) -> Option<AccountId> {
        self.contract().map(|contract| contract.leader)
    }

    /// The leader's word is waited for: on what is before the supervisor, or on an end that is not struck off.
    #[must_use]
    pub fn leader_owes(&self) -> bool {
        let Some(contract) = self.contract() else { return false };
        let agreed = contract.opinion_since(contract.at).is_some_and(|opinion| opinion.agrees == Some(true));
        self.awaits_leader().is_some() || (!self.stage.is_open() && !agreed)
    }

    /// The leader who answers for it has not yet said yes to the closure that is before the supervisor.
    #[must_use]
    pub fn awaits_leader(&self) -> Option<&LeaderContract> {
        let submitted = self.pending_closure().and_then(|_| self.rounds.last())?.submitted_at;
        self.contract()
            .filter(|contract| contract.opinion_since(submitted).is_none_or(|opinion| opinion.agrees != Some(true)))
    }
}
