//! The current state of a matter. Built only by [`super::apply`] from events.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::closure::{ClosurePackage, Round, Verdict};
use super::delivery::Delivery;
use super::dispatch::{
    CoHandler, HandedOver, MaterialRequest, NoticeGiven, Objection, Order, Recall, Report, Succession,
};
use super::intake::LinkedIntake;
use super::notes::{Commitment, Contact, FieldNote, ReturnVisitNote, VisitNote};
use super::observer::ObserverAccess;
use super::old_case::OldCase;
use super::outcome::{Archive, KeptPromise, Mediation, Reopening, SettleVeto};
use super::oversight::Oversight;
use super::papers::OutsideDocument;
use super::proposal::{Decider, Extension, Pending, Proposal, Route, Ruling};
use super::registration::{FormerReply, Registration};
use super::review::{Hearing, Review, ReviewLevel, ReviewOutcome};
use super::stage::Stage;
use super::voice::{Rated, Says, Voice};
use crate::actor::Role;
use crate::code::MatterNumber;
use crate::digest::Digest;
use crate::field::Rating;
use crate::id::{AccountId, MatterId, UnitId};
use crate::time::{Clock, ClockKind, Moment, nearest};

/// 信访事项.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Matter {
    /// Identity.
    pub id: MatterId,
    /// 信访件编号.
    pub number: MatterNumber,
    /// How often it changed; commands name the version that the person saw.
    pub version: u32,
    /// 办理阶段.
    pub stage: Stage,
    /// What was registered.
    pub registration: Registration,
    /// 登记时间.
    pub registered_at: Moment,
    /// 登记人; `None` for imported matters.
    pub registered_by: Option<AccountId>,
    /// 责任单位, once transferred.
    pub unit: Option<UnitId>,
    /// 承办人, once named.
    pub handler: Option<AccountId>,
    /// Everybody who took part in handling: none of them may approve or make the return visit.
    pub handled_by: Vec<AccountId>,
    /// All clocks, running and stopped.
    pub clocks: Vec<Clock>,
    /// What was promised.
    pub commitments: Vec<Commitment>,
    /// What the petitioner was told on the way.
    pub contacts: Vec<Contact>,
    /// Home visits.
    pub visits: Vec<VisitNote>,
    /// 回访.
    pub return_visits: Vec<ReturnVisitNote>,
    /// What other records from the field added. Not there in matters stored before there were such.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub notes: Vec<FieldNote>,
    /// Number of the present round, from 1; a returned closure begins the next.
    pub round: u16,
    /// Closure packages of all rounds, with what became of them.
    pub rounds: Vec<Round>,
    /// 送达.
    pub delivery: Option<Delivery>,
    /// A reply that an earlier system gave, for imported matters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub former_reply: Option<FormerReply>,
    /// 办理途径 of Article 31, once decided.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub route: Option<Route>,
    /// 交办, if it was one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub order: Option<Order>,
    /// 办结报告.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub reports: Vec<Report>,
    /// 补充材料 that were asked for.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub materials: Vec<MaterialRequest>,
    /// 书面告知 that were given.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub notices: Vec<NoticeGiven>,
    /// 重件 that were linked: the first intake is the registration.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub intakes: Vec<LinkedIntake>,
    /// 异议.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub objections: Vec<Objection>,
    /// 收回.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub recalls: Vec<Recall>,
    /// 承继.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub successions: Vec<Succession>,
    /// 协办单位.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub co_handlers: Vec<CoHandler>,
    /// Promises that were kept.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub kept: Vec<KeptPromise>,
    /// 听证.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub hearings: Vec<Hearing>,
    /// 调解.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub mediations: Vec<Mediation>,
    /// 报批中.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pending: Option<Pending>,
    /// 批复.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub rulings: Vec<Ruling>,
    /// 延期: once.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub extension: Option<Extension>,
    /// 复查、复核.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub reviews: Vec<Review>,
    /// 督办, 约谈, 建议.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub oversight: Vec<Oversight>,
    /// 积案: each time it was entered in the ledger.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub old_cases: Vec<OldCase>,
    /// 准许查阅.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub observers: Vec<ObserverAccess>,
    /// 转交承办人.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub hand_overs: Vec<HandedOver>,
    /// 重开: each marks the closing of a round, which stays on record.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub reopenings: Vec<Reopening>,
    /// 不认定化解.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub settle_veto: Option<SettleVeto>,
    /// 存档.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub archive: Option<Archive>,
    /// 系统外文书: papers made elsewhere that a step of this matter hangs on.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub outside_papers: Vec<OutsideDocument>,
    /// 信访人的话.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub voices: Vec<Voice>,
    /// Days of the steps, for the time-line.
    pub steps: Vec<Step>,
}

/// A stage and when it was entered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Step {
    /// The stage.
    pub stage: Stage,
    /// When.
    pub at: Moment,
}

impl Matter {
    /// 网上提交: it came from the petitioners' own page, and nobody at a desk wrote it down.
    #[must_use]
    pub fn is_filed_online(&self) -> bool {
        self.registered_by.is_none() && self.registration.particulars.online.is_some()
    }

    /// The clock due first among those that run.
    #[must_use]
    pub fn nearest_clock(&self) -> Option<&Clock> {
        nearest(&self.clocks)
    }

    /// The closure package that awaits the supervisor, if one does.
    #[must_use]
    pub fn pending_closure(&self) -> Option<&ClosurePackage> {
        (self.stage == Stage::ClosureSubmitted).then(|| self.rounds.last()).flatten().map(|round| &round.package)
    }

    /// The package that was approved in the present round.
    #[must_use]
    pub fn approved_closure(&self) -> Option<&ClosurePackage> {
        self.rounds
            .last()
            .filter(|round| round.number == self.round && matches!(round.verdict, Verdict::Approved { .. }))
            .map(|round| &round.package)
    }

    /// What an approval names: the digest of everything on which the supervisor decides. Changes
    /// when a visit, a note, a promise or the package changes.
    #[must_use]
    pub fn closure_digest(&self) -> Option<Digest> {
        self.pending_closure()?;
        Some(Digest::of(&(
            (&self.id, &self.registration, &self.rounds, self.round),
            (&self.visits, &self.return_visits, &self.notes, &self.contacts, &self.commitments, &self.clocks),
            (
                &self.co_handlers,
                &self.kept,
                &self.hearings,
                &self.mediations,
                &self.reports,
                &self.extension,
                &self.intakes,
                &self.voices,
                &self.oversight,
                &self.old_cases,
            ),
        )))
    }

    /// The package of the present round waits for the signature of the unit's head: approved, not signed.
    #[must_use]
    pub fn awaits_signature(&self) -> Option<&Round> {
        let of_now = |round: &&Round| round.number == self.round && matches!(round.verdict, Verdict::Approved { .. });
        self.rounds.last().filter(of_now).filter(|round| self.stage == Stage::Approved && round.signed.is_none())
    }

    /// Whether somebody from outside may look at it on the day.
    #[must_use]
    pub fn admits(&self, account: AccountId, today: NaiveDate) -> bool {
        self.observers.iter().any(|access| access.account == account && access.is_open(today))
    }

    /// The clock of what 督办, 约谈 or 建议 asked for, by its place: each began exactly one.
    #[must_use]
    pub fn oversight_clock(&self, oversight: usize) -> Option<(u16, &Clock)> {
        let kind = self.oversight.get(oversight)?.act.clock();
        let nth = self.oversight.iter().take(oversight).filter(|act| act.act.clock() == kind).count();
        let (at, clock) = self.clocks.iter().enumerate().filter(|(_, clock)| clock.kind == kind).nth(nth)?;
        Some((u16::try_from(at).ok()?, clock))
    }

    /// Return visits of the present round that count.
    pub fn counting_return_visits(&self) -> impl Iterator<Item = &ReturnVisitNote> {
        self.return_visits.iter().filter(|visit| visit.counts && visit.round == self.round)
    }

    /// Whether somebody was asked afterwards in the present round, or sought on so many days. What the
    /// petitioner denies carries nothing: who reads the page and says so can be reached.
    #[must_use]
    pub fn was_asked_afterwards(&self, attempts_needed: u8) -> bool {
        self.asked_in(self.round).any(ReturnVisitNote::is_reached) || self.days_sought() >= usize::from(attempts_needed)
    }

    /// On how many days somebody went to ask afterwards, whether or not anybody was there: going three times
    /// in an hour is going once.
    #[must_use]
    pub fn days_sought(&self) -> usize {
        let days: BTreeSet<NaiveDate> = self.asked_in(self.round).map(|visit| visit.at.date()).collect();
        days.len()
    }

    /// Whether the petitioner said, by the code or in a return visit that counts, that something is not
    /// solved or is dissatisfied with the unit.
    #[must_use]
    pub fn said_unsolved(&self) -> bool {
        let told = |voice: &Voice| voice.round == self.round && voice.says == Says::NotSolved;
        if self.voices.iter().any(told) || self.rated(Rated::Unit) == Some(Rating::Dissatisfied) {
            return true;
        }
        self.asked_in(self.round).filter_map(ReturnVisitNote::given).any(|answers| {
            answers.unit_rating.rating == Rating::Dissatisfied
                || answers.demands.iter().any(|d| matches!(d, crate::field::Fulfilment::NotDone))
        })
    }

    /// The clock that sets the last day for the answer: that of Article 34, for a suggestion the county's own, and
    /// once the matter was reopened or sent back by a review, the day that was set there.
    #[must_use]
    pub fn answer_clock(&self) -> Option<&Clock> {
        let running = |kind| self.clocks.iter().rev().find(move |c| c.kind == kind && c.is_running());
        let began = |kind| self.clocks.iter().find(move |c| c.kind == kind);
        running(ClockKind::Redo)
            .or_else(|| running(ClockKind::Handling))
            .or_else(|| running(ClockKind::Suggestion))
            .or_else(|| began(ClockKind::Handling))
            .or_else(|| began(ClockKind::Suggestion))
    }

    /// 直接收到: the unit that holds it received it itself, and nobody sent it there (Article 23, second paragraph).
    #[must_use]
    pub fn came_directly(&self) -> bool {
        self.unit.is_some() && self.registration.received_by == self.unit
    }

    /// 受理的日子: the day of the notice by which the petitioner was told, from which the days for the answer run.
    #[must_use]
    pub fn accepted_on(&self) -> Option<NaiveDate> {
        let days = |clock: &&Clock| matches!(clock.kind, ClockKind::Handling | ClockKind::Suggestion);
        self.clocks.iter().find(days).map(|clock| clock.started)
    }

    /// 已受理 once, by whichever unit: then no other end is open than an answer (spec 2.2).
    #[must_use]
    pub fn was_accepted(&self) -> bool {
        self.steps.iter().any(|step| step.stage == Stage::Accepted)
    }

    /// The legal last day for the answer, when it runs or ran.
    #[must_use]
    pub fn legal_due(&self) -> Option<NaiveDate> {
        self.answer_clock().map(|clock| clock.due)
    }

    /// The clock of a promise, by the promise's place: each promise begins exactly one.
    #[must_use]
    pub fn commitment_clock(&self, commitment: usize) -> Option<(u16, &Clock)> {
        let (at, clock) =
            self.clocks.iter().enumerate().filter(|(_, c)| c.kind == ClockKind::Commitment).nth(commitment)?;
        Some((u16::try_from(at).ok()?, clock))
    }

    /// 协办单位 that have not answered.
    pub fn open_co_handlers(&self) -> impl Iterator<Item = &CoHandler> {
        self.co_handlers.iter().filter(|helper| helper.is_open())
    }

    /// Whether the unit has anything to do with it now: it holds it, helps, or owes a written answer.
    #[must_use]
    pub fn concerns(&self, unit: UnitId) -> bool {
        let owes = |act: &Oversight| act.unit == Some(unit) && act.answer.is_none();
        self.unit == Some(unit)
            || self.open_co_handlers().any(|helper| helper.unit == unit)
            || self.oversight.iter().any(owes)
    }

    /// Whether the unit helps in the matter.
    #[must_use]
    pub fn is_helped_by(&self, unit: UnitId) -> bool {
        self.co_handlers.iter().any(|helper| helper.unit == unit)
    }

    /// The latest 复查 or 复核 of the present round that was not taken back.
    #[must_use]
    pub fn review(&self, level: ReviewLevel) -> Option<&Review> {
        self.reviews
            .iter()
            .rev()
            .find(|review| review.level == level && review.round == self.round && review.withdrawn.is_none())
    }

    /// 终结: a 复核 upheld the present answer.
    #[must_use]
    pub fn is_final(&self) -> bool {
        self.review(ReviewLevel::Recheck).is_some_and(Review::is_upheld)
    }

    /// The approved proposal by which the matter ended otherwise than by an answer.
    #[must_use]
    pub fn ending(&self) -> Option<&Ruling> {
        self.rulings.iter().rev().find(|ruling| {
            ruling.approved
                && !matches!(
                    ruling.pending.proposal,
                    Proposal::Extend { .. } | Proposal::Reopen { .. } | Proposal::Leader { .. }
                )
        })
    }

    /// The matter into which it was merged, where that was kept.
    #[must_use]
    pub fn merged_into(&self) -> Option<MatterId> {
        match self.ending()?.pending.proposal {
            Proposal::File { into, .. } if !self.stage.is_open() => into,
            _ => None,
        }
    }

    /// Whether the other matter holds what this one says, word for word and by the same petitioner: it was linked there.
    #[must_use]
    pub fn is_linked_to(&self, other: &Self) -> bool {
        let (said, by) = (&self.registration.content, &self.registration.petitioner);
        self.id != other.id
            && other.intakes.iter().any(|linked| linked.intake.content == *said && linked.intake.petitioner == *by)
    }

    /// Who decides on what is proposed now: a unit's head on what the unit holds, where the table lets a
    /// head decide at all ([`super::table::PROPOSALS`]); else the supervisor.
    #[must_use]
    pub fn decider(&self) -> Option<Decider> {
        let row = super::table::proposal(self.pending.as_ref()?.proposal.kind())?;
        if row.deciders.contains(&Role::CountyLeader) {
            return Some(Decider::CountyLeader);
        }
        let head = self.unit.is_some() && super::table::HEADS.iter().any(|head| row.deciders.contains(head));
        Some(if head { Decider::UnitHead } else { Decider::Supervisor })
    }

    /// Whether the person took part in any way: handled it, decided on it, or proposed something.
    #[must_use]
    pub fn involves(&self, account: AccountId) -> bool {
        let ruled = |ruling: &Ruling| ruling.by == account || ruling.pending.by == account;
        self.handled_by.contains(&account)
            || self.rounds.iter().any(|round| match &round.verdict {
                Verdict::Pending => round.submitted_by == account,
                Verdict::Approved { by, .. } | Verdict::Returned { by, .. } => {
                    *by == account || round.submitted_by == account
                }
            })
            || self.rounds.iter().any(|round| round.signed.as_ref().is_some_and(|signed| signed.by == account))
            || self.rounds.iter().any(|round| round.approved.is_some_and(|approval| approval.by == account))
            || self.rulings.iter().any(ruled)
            || self.pending.as_ref().is_some_and(|pending| pending.by == account)
            || self.reviews.iter().any(|review| review.opinion.as_ref().is_some_and(|o| o.by == account))
    }

    /// The day of the last delivery of an answer in the present round.
    #[must_use]
    pub fn delivered_on(&self) -> Option<NaiveDate> {
        self.delivery.as_ref().map(|delivery| delivery.on)
    }

    /// Where the matter stood before the review under way.
    #[must_use]
    pub(super) fn before_review(&self) -> Stage {
        let stood = |step: &&Step| !step.stage.is_under_review();
        self.steps.iter().rev().find(stood).map_or(Stage::Closed, |step| step.stage)
    }

    /// 复查意见 that can be brought before the next organ: the latest that was delivered, whatever it found, and that no
    /// 复核 has dealt with (Article 36).
    #[must_use]
    pub fn recheckable(&self) -> Option<&Review> {
        let last = self.reviews.iter().rev().find(|review| review.withdrawn.is_none());
        last.filter(|review| review.level == ReviewLevel::Review && review.delivery.is_some())
    }

    /// Whether the opinion of a round was struck down in the end: 撤销 or 变更 by a 复查, unless a 复核 set that aside;
    /// or by a 复核 of a 复查 that had upheld it.
    #[must_use]
    pub(super) fn is_struck_down(&self, round: u16) -> bool {
        let found = |level| {
            let of = |review: &&Review| review.round == round && review.level == level;
            self.reviews.iter().filter(of).filter_map(Review::outcome).next_back()
        };
        let (review, recheck) = (found(ReviewLevel::Review), found(ReviewLevel::Recheck));
        match review {
            Some(ReviewOutcome::Revoke | ReviewOutcome::Change) => recheck != Some(ReviewOutcome::Revoke),
            Some(ReviewOutcome::Uphold) | None => {
                matches!(recheck, Some(ReviewOutcome::Revoke | ReviewOutcome::Change))
            }
        }
    }
}
