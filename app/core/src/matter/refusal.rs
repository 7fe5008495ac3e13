//! Why a command was refused. Typed here; the words stand in the app's texts.

use chrono::NaiveDate;
#[cfg(not(target_arch = "wasm32"))]
use serde::Deserialize;
use serde::Serialize;

use super::closure::PackageFault;
use super::kind::CommandKind;
use super::outcome::ArchiveGap;
use super::proposal::Route;
use super::stage::Stage;
use crate::time::ClockKind;

/// A refusal. Nothing has changed; what was typed is still on the screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, thiserror::Error)]
#[cfg_attr(not(target_arch = "wasm32"), derive(Deserialize))]
#[serde(tag = "refusal", rename_all = "snake_case")]
pub enum Refusal {
    /// The step does not lead on from this stage.
    #[error("{command:?} is not possible in stage {stage:?}")]
    IllegalMove {
        /// Where the matter stands.
        stage: Stage,
        /// What was asked.
        command: CommandKind,
    },
    /// The role may not do this.
    #[error("the role may not do {command:?}")]
    RoleMayNot {
        /// What was asked.
        command: CommandKind,
    },
    /// The matter belongs to another unit.
    #[error("the matter belongs to another unit")]
    OtherUnit,
    /// Somebody else is the handler.
    #[error("somebody else is the handler")]
    NotTheHandler,
    /// 四眼原则: nobody approves what they handled.
    #[error("nobody approves their own handling")]
    OwnHandling,
    /// The content changed since it was shown.
    #[error("the content changed since it was shown")]
    ContentChanged,
    /// The matter changed since it was shown.
    #[error("the matter is at version {now}, not {seen}")]
    Stale {
        /// The version that the person saw.
        seen: u32,
        /// The present one.
        now: u32,
    },
    /// The package lacks something.
    #[error("the closure package is incomplete: {0:?}")]
    Package(PackageFault),
    /// A return needs a reason from the list.
    #[error("a return needs a reason")]
    NoReason,
    /// A day that has not come, where one in the past is needed.
    #[error("{date} has not come")]
    DateInFuture {
        /// The day.
        date: NaiveDate,
    },
    /// A day that has passed, where one to come is needed; or before the matter began.
    #[error("{date} is too early")]
    DateTooEarly {
        /// The day.
        date: NaiveDate,
        /// The earliest that is possible.
        earliest: NaiveDate,
    },
    /// The new last day lies after the legal one.
    #[error("{date} lies after the last day {latest} of {clock:?}")]
    AfterLegalDue {
        /// The day asked for.
        date: NaiveDate,
        /// The legal last day.
        latest: NaiveDate,
        /// The clock that sets it.
        clock: ClockKind,
    },
    /// No return visit that counts, and fewer failed attempts than are needed.
    #[error("no return visit yet: {attempts} of {needed} attempts")]
    NoReturnVisit {
        /// Failed attempts so far.
        attempts: u8,
        /// How many are needed without a visit.
        needed: u8,
    },
    /// A matter needs at least one demand.
    #[error("a matter needs at least one demand")]
    NoDemand,
    /// More demands than a form takes.
    #[error("more than {max} demands")]
    TooManyDemands {
        /// The most.
        max: u16,
    },
    /// The place lies outside the official's area.
    #[error("the place is outside of the area")]
    OutOfArea,
    /// A proposal awaits its decision; until then nothing else moves the matter.
    #[error("a proposal is pending")]
    ProposalPending,
    /// Nothing has been proposed.
    #[error("nothing has been proposed")]
    NoProposal,
    /// 四眼原则: nobody decides what they proposed.
    #[error("nobody decides their own proposal")]
    OwnProposal,
    /// Only who proposed it can take it back.
    #[error("somebody else proposed it")]
    NotTheProposer,
    /// The time for it is over.
    #[error("the time of {clock:?} ended on {last_day}")]
    WindowClosed {
        /// Which right.
        clock: ClockKind,
        /// Its last day.
        last_day: NaiveDate,
    },
    /// There is no such right now: it never began, or was used.
    #[error("{clock:?} does not run")]
    NoWindow {
        /// Which right.
        clock: ClockKind,
    },
    /// No such clock runs, so there is nothing to report as done.
    #[error("no clock {clock:?} runs")]
    NothingRuns {
        /// Which.
        clock: ClockKind,
    },
    /// The county does not use this rule.
    #[error("{clock:?} is not in use here")]
    NotInUse {
        /// Which.
        clock: ClockKind,
    },
    /// Longer than Article 34 allows, or nothing.
    #[error("an extension has 1 to {max} days")]
    ExtensionTooLong {
        /// The most days.
        max: u16,
    },
    /// An extension is given once.
    #[error("already extended once")]
    ExtendedAlready,
    /// Too late: the last day has passed.
    #[error("{clock:?} was due on {last_day}")]
    PastDue {
        /// Which.
        clock: ClockKind,
        /// Its last day.
        last_day: NaiveDate,
    },
    /// This way of Article 31 is not handled here; it is directed.
    #[error("{route:?} is directed, not accepted")]
    RouteEndsHere {
        /// Which.
        route: Route,
    },
    /// The sixth way is handled here and not directed anywhere.
    #[error("the sixth way is handled here")]
    RouteIsOurs,
    /// A helping unit has not answered yet.
    #[error("a helping unit has not answered")]
    CoHandlingOpen,
    /// The lead does not help itself.
    #[error("the lead unit cannot be a helping unit")]
    LeadHelpsNot,
    /// The unit helps already.
    #[error("the unit helps already")]
    HelpsAlready,
    /// No unit holds it, so nobody could handle it anew.
    #[error("no unit holds it")]
    NoUnit,
    /// 交办 without its 办结报告.
    #[error("the report of the order is missing")]
    ReportMissing,
    /// Both sides must consent to a mediation.
    #[error("both sides must consent")]
    NoConsent,
    /// After 撤销 or 变更 the same opinion cannot be given again.
    #[error("the same opinion on the same facts")]
    SameOpinion,
    /// Nobody reviews what they took part in.
    #[error("was involved below")]
    InvolvedBelow,
    /// 复核 needs a 复查意见 that was delivered.
    #[error("no review opinion yet")]
    NoReviewOpinion,
    /// 终结: nothing is reviewed after a 复核意见.
    #[error("ended with a recheck")]
    FinalAlready,
    /// This answer has been reviewed.
    #[error("reviewed already")]
    ReviewedAlready,
    /// 复查 is for those who asked for something, not for a suggestion.
    #[error("not an appeal")]
    NotAnAppeal,
    /// 撤销 and 变更 name a day; 维持 names none.
    #[error("a last day for doing it anew is needed")]
    RedoDueNeeded,
    /// 维持 names no day.
    #[error("upholding names no day")]
    RedoDueUnneeded,
    /// 不再受理 needs an earlier matter that ended with a 复核意见.
    #[error("the earlier matter has not ended with a recheck")]
    EarlierNotFinal,
    /// There is no such promise, or it was kept.
    #[error("no such open promise")]
    NoSuchPromise,
    /// The file lacks something.
    #[error("the file lacks {gap:?}")]
    NotArchivable {
        /// What.
        gap: ArchiveGap,
    },
    /// 推选代表: too many (Article 20).
    #[error("more than {max} representatives")]
    TooManyRepresentatives {
        /// The most.
        max: u16,
    },
    /// The end lies before the beginning.
    #[error("ends before it begins")]
    DatesSwapped,
    /// Nobody waits for an answer to it: it was given, or it is not there.
    #[error("no voice waits for an answer")]
    NoSuchVoice,
    /// 签发: nobody signs what they wrote.
    #[error("nobody signs the own draft")]
    OwnDraft,
    /// 签发 comes once.
    #[error("signed already")]
    SignedAlready,
    /// Nothing is delivered before the unit's head has signed it.
    #[error("the opinion is not signed")]
    NotSigned,
    /// The colleague has it already.
    #[error("handled by that colleague already")]
    HandledAlready,
    /// No unit holds it, and no other organ was named.
    #[error("nobody to address it to")]
    NoAddressee,
    /// There is no such 督办, 约谈 or 建议, or it was answered.
    #[error("no such open oversight")]
    NoSuchOversight,
    /// 采纳情况 is said of advice, and only of that.
    #[error("whether it was adopted is said of advice only")]
    AdoptionUnneeded,
    /// Somebody from outside may look at it already.
    #[error("admitted already")]
    AdmittedAlready,
    /// Nobody of that name may look at it.
    #[error("not admitted")]
    NotAdmitted,
    /// It stands in the ledger of old cases already.
    #[error("listed already")]
    ListedAlready,
    /// It does not stand in the ledger of old cases.
    #[error("not listed")]
    NotListed,
    /// A leader answers for it already, or this one does.
    #[error("led already")]
    LedAlready,
    /// No leader answers for it.
    #[error("no leader answers for it")]
    NoLeader,
    /// 包案: leaders speak for themselves, and for what they answer for.
    #[error("not the leader who answers for it")]
    NotTheLeader,
    /// 包案: it does not end before its leader has said yes (spec 0-3).
    #[error("the leader who answers for it has not agreed")]
    LeaderHasNotAgreed,
    /// An answer to advice says what was adopted.
    #[error("an answer to advice says what was adopted")]
    AdoptionNeeded,
    /// No helping unit of that place is waited for.
    #[error("no such helping unit")]
    NoSuchHelper,
    /// What was sent to a unit that it is not competent for it objects to (Article 23, third paragraph).
    #[error("to be objected to, not refused")]
    ToBeObjected,
    /// 不再受理 names the earlier matter, or the 复核意见 on paper; one of them.
    #[error("either the earlier matter or its opinion on paper")]
    NoEarlierOpinion,
    /// 不再受理 is for who brought the earlier matter, not for somebody else.
    #[error("the earlier matter is another petitioner's")]
    OtherPetitioner,
    /// 多人走访 name who speaks for them (Article 20).
    #[error("no representative is named")]
    NoRepresentative,
    /// A unit sends on within its own system only (Article 23, first paragraph).
    #[error("not a unit of the own system")]
    OutOfSystem,
    /// The unit was merged or closed (Article 24).
    #[error("the unit is no more")]
    UnitClosed,
    /// 办结报告 is handed in as a paper: it must have been issued.
    #[error("the report was not issued")]
    ReportNotIssued,
    /// 复核 is for the organ above the one that reviewed (Article 36).
    #[error("the same organ cannot look at it again")]
    SameOrgan,
}

crate::read_tagged!(Refusal by "refusal" {
    "illegal_move" => IllegalMove { stage: Stage, command: CommandKind },
    "role_may_not" => RoleMayNot { command: CommandKind },
    "other_unit" => OtherUnit,
    "not_the_handler" => NotTheHandler,
    "own_handling" => OwnHandling,
    "content_changed" => ContentChanged,
    "stale" => Stale { seen: u32, now: u32 },
    "package" => Package(PackageFault),
    "no_reason" => NoReason,
    "date_in_future" => DateInFuture { date: NaiveDate },
    "date_too_early" => DateTooEarly { date: NaiveDate, earliest: NaiveDate },
    "after_legal_due" => AfterLegalDue { date: NaiveDate, latest: NaiveDate, clock: ClockKind },
    "no_return_visit" => NoReturnVisit { attempts: u8, needed: u8 },
    "no_demand" => NoDemand,
    "too_many_demands" => TooManyDemands { max: u16 },
    "out_of_area" => OutOfArea,
    "proposal_pending" => ProposalPending,
    "no_proposal" => NoProposal,
    "own_proposal" => OwnProposal,
    "not_the_proposer" => NotTheProposer,
    "window_closed" => WindowClosed { clock: ClockKind, last_day: NaiveDate },
    "no_window" => NoWindow { clock: ClockKind },
    "nothing_runs" => NothingRuns { clock: ClockKind },
    "not_in_use" => NotInUse { clock: ClockKind },
    "extension_too_long" => ExtensionTooLong { max: u16 },
    "extended_already" => ExtendedAlready,
    "past_due" => PastDue { clock: ClockKind, last_day: NaiveDate },
    "route_ends_here" => RouteEndsHere { route: Route },
    "route_is_ours" => RouteIsOurs,
    "co_handling_open" => CoHandlingOpen,
    "lead_helps_not" => LeadHelpsNot,
    "helps_already" => HelpsAlready,
    "no_unit" => NoUnit,
    "report_missing" => ReportMissing,
    "no_consent" => NoConsent,
    "same_opinion" => SameOpinion,
    "involved_below" => InvolvedBelow,
    "no_review_opinion" => NoReviewOpinion,
    "final_already" => FinalAlready,
    "reviewed_already" => ReviewedAlready,
    "not_an_appeal" => NotAnAppeal,
    "redo_due_needed" => RedoDueNeeded,
    "redo_due_unneeded" => RedoDueUnneeded,
    "earlier_not_final" => EarlierNotFinal,
    "no_such_promise" => NoSuchPromise,
    "not_archivable" => NotArchivable { gap: ArchiveGap },
    "too_many_representatives" => TooManyRepresentatives { max: u16 },
    "dates_swapped" => DatesSwapped,
    "no_such_voice" => NoSuchVoice,
    "own_draft" => OwnDraft,
    "signed_already" => SignedAlready,
    "not_signed" => NotSigned,
    "handled_already" => HandledAlready,
    "no_addressee" => NoAddressee,
    "no_such_oversight" => NoSuchOversight,
    "adoption_unneeded" => AdoptionUnneeded,
    "admitted_already" => AdmittedAlready,
    "not_admitted" => NotAdmitted,
    "adoption_needed" => AdoptionNeeded,
    "listed_already" => ListedAlready,
    "not_listed" => NotListed,
    "led_already" => LedAlready,
    "no_leader" => NoLeader,
    "not_the_leader" => NotTheLeader,
    "leader_has_not_agreed" => LeaderHasNotAgreed,
    "no_such_helper" => NoSuchHelper,
    "to_be_objected" => ToBeObjected,
    "same_organ" => SameOrgan,
    "no_earlier_opinion" => NoEarlierOpinion,
    "other_petitioner" => OtherPetitioner,
    "no_representative" => NoRepresentative,
    "out_of_system" => OutOfSystem,
    "unit_closed" => UnitClosed,
    "report_not_issued" => ReportNotIssued,
});
