//! What the store shows: pages of work areas, lists, checks.

use case_core::id::{AccountId, HouseholdId, UnitId};
use case_core::matter::{Decider, Ear, Stage};
use case_core::place::{Area, DivisionCode};
use case_core::wire::sync::{ItemRef, WorkItem};
use chrono::NaiveDate;

/// A page of the work area.
#[derive(Clone, Debug, PartialEq)]
pub struct PullPage {
    /// The cursor was none of this account and area: forget the work area first.
    pub reset: bool,
    /// New or changed.
    pub items: Vec<WorkItem>,
    /// No longer there.
    pub gone: Vec<ItemRef>,
    /// For the next page.
    pub cursor: String,
    /// Whether another page follows at once.
    pub more: bool,
}

/// Whose matters.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Scope {
    /// All.
    County,
    /// Of a unit.
    Unit(UnitId),
    /// Those that a higher organ reviews.
    UnderReview,
    /// Of an area, and those that the account handles.
    Area(Area, AccountId),
    /// Those that somebody from outside may look at on the day.
    Observed(AccountId, NaiveDate),
}

/// Which of them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Filter {
    /// All.
    #[default]
    All,
    /// A clock has run over by this day.
    Overdue(NaiveDate),
    /// The nearest clock ends within so many days from this day.
    Near(NaiveDate, u32),
    /// A return visit said: not solved, or dissatisfied.
    SaidUnsolved,
    /// The closure was returned twice or more.
    ReturnedTwice,
    /// The petitioner said something that waits for an answer: from whom, or from anybody.
    Voiced(Option<Ear>),
    /// Something is proposed: to this decider, or to any.
    Proposed(Option<Decider>),
    /// Something is proposed to the supervisor, or to the head of this unit: the petition office, whose supervisor
    /// is that head.
    ProposedToOffice(UnitId),
    /// 积案: it stands in the ledger; with a leader, what that leader answers for.
    OldCases(Option<AccountId>),
    /// 积案 for which no leader answers.
    Unled,
    /// 包案: the word of this leader is waited for.
    LeaderOwes(AccountId),
    /// 督办, 约谈 or 建议 without an answer.
    Overseen,
    /// A record about it did not fit.
    Flagged,
}

/// A question for a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ListQuery {
    /// Whose.
    pub scope: Scope,
    /// In which stages; empty for all.
    pub stages: Vec<Stage>,
    /// What was typed into the search field.
    pub text: Option<String>,
    /// Which.
    pub filter: Filter,
    /// From 0.
    pub page: u32,
    /// Rows of a page.
    pub page_size: u32,
    /// Leaves out what that official stays away from (回避).
    pub not_for: Option<AccountId>,
}

/// By what matters are found that may look like an intake.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AlikeQuery {
    /// Whose.
    pub scope: Scope,
    /// Who stays away from some of them (回避).
    pub not_for: AccountId,
    /// Received on this day or later.
    pub since: NaiveDate,
    /// 姓名.
    pub name: String,
    /// 电话.
    pub phone: String,
    /// 住址.
    pub address: String,
    /// The household.
    pub household: Option<HouseholdId>,
    /// 属地.
    pub place: Option<DivisionCode>,
}

/// How a journal stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum JournalCheck {
    /// Every link holds, and replaying it gives the matter as it is stored.
    Intact,
    /// The entry with this sequence was changed, removed or put in.
    BrokenAt(u32),
    /// Every link holds, but entries at the end are missing.
    CutShort,
    /// Every link holds, but the stored matter is not what the journal tells.
    StateDiffers,
    /// The matter is what its journal tells, but its line in the lists is another.
    ListDiffers,
    /// There is no such matter.
    NotFound,
}
