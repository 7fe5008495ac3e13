//! Roles and stages that stand together in the rows of the table.

use crate::actor::Role as R;
use crate::actor::Role;
use crate::matter::stage::Stage as S;
use crate::matter::stage::Stage;

/// 责任单位负责人; for what a township holds, its leader.
pub const HEADS: &[Role] = &[R::UnitHead, R::TownLeader];
/// The office of the county handles some matters itself, so its people can be handlers too.
pub(super) const HANDLERS: &[Role] = &[R::UnitHandler, R::UnitHead, R::TownLeader, R::Registrar, R::Supervisor];
/// Roles that register matters at a desk: also units, of what comes to them directly (Article 23).
pub const REGISTRARS: &[Role] =
    &[R::VillageOfficer, R::VillageHead, R::TownClerk, R::TownLeader, R::UnitHandler, R::UnitHead, R::Registrar];
/// The petition office; and units and townships, within their own system, of what came to them directly.
pub(super) const SENDERS: &[Role] = &[R::Registrar, R::TownClerk, R::TownLeader, R::UnitHandler, R::UnitHead];
/// Who takes a matter back from a unit: the petition office, and across units the joint conference (Article 24).
pub(super) const RECALLERS: &[Role] = &[R::Registrar, R::Supervisor, R::JointOffice];
/// Those who can know that something was done: who registers, and who handles.
pub(super) const WITNESSES: &[Role] = &[
    R::VillageOfficer,
    R::VillageHead,
    R::TownClerk,
    R::TownLeader,
    R::UnitHandler,
    R::UnitHead,
    R::Registrar,
    R::Supervisor,
];
pub(super) const OFFICE: &[Role] = &[R::Registrar];
pub(super) const SUPERVISOR: &[Role] = &[R::Supervisor];
/// Whose it is, when units dispute it: the petition office, and across units the joint conference (Articles 23, 24).
pub(super) const ARBITERS: &[Role] = &[R::Registrar, R::JointOffice];
/// 督办 and 约谈: the petition office, and the joint conference (Articles 38 to 40).
pub(super) const OVERSEERS: &[Role] = &[R::Supervisor, R::JointOffice];
/// 包案领导.
pub const LEADERS: &[Role] = &[R::CountyLeader, R::TownLeader];
/// Who takes an old case on, or gives it to a leader, and notes how it goes.
pub(super) const CASE_KEEPERS: &[Role] = &[R::JointOffice, R::CountyLeader, R::TownLeader];
pub(super) const REVIEWER: &[Role] = &[R::Reviewer];
pub(super) const TAKES_REVIEWS: &[Role] = &[R::Registrar, R::Reviewer];
/// 签发, and 不予受理.
pub(super) const HEADS_AND_SUPERVISOR: &[Role] = &[R::Supervisor, R::UnitHead, R::TownLeader];
pub(super) const DECIDERS: &[Role] = &[R::Supervisor, R::UnitHead, R::TownLeader, R::CountyLeader];
pub(super) const PROPOSERS: &[Role] = &[
    R::VillageOfficer,
    R::VillageHead,
    R::TownClerk,
    R::TownLeader,
    R::UnitHandler,
    R::UnitHead,
    R::Registrar,
    R::Supervisor,
    R::JointOffice,
];

pub(super) const WORKING: &[Stage] = &[S::Handling, S::Returned];
pub(super) const AT_WORK: &[Stage] = &[S::Handling, S::Mediating, S::Returned];
/// While somebody has it in hand.
pub(super) const HANDED_OVER: &[Stage] = &[S::Handling, S::Mediating, S::Returned, S::Approved];
pub(super) const UNDER_REVIEW: &[Stage] = &[S::Reviewing, S::Rechecking];
/// While a unit has it and the petitioner has no answer yet.
pub(super) const RECALLABLE: &[Stage] = &[
    S::AwaitingSignature,
    S::SignedFor,
    S::Accepted,
    S::Handling,
    S::Mediating,
    S::ClosureSubmitted,
    S::Returned,
    S::Approved,
    S::Reopened,
];
/// 复核: as long as the 复查意见 can be contested, also while what it ordered is being done.
pub(super) const RECHECKABLE: &[Stage] = &[
    S::Registered,
    S::AwaitingMaterial,
    S::AwaitingSignature,
    S::Objected,
    S::SignedFor,
    S::AwaitingReturnVisit,
    S::Closed,
    S::Reopened,
    S::Accepted,
    S::Handling,
    S::Mediating,
    S::ClosureSubmitted,
    S::Returned,
    S::Approved,
];
/// Where a matter stands after a 复查 or 复核: where it stood before, or handled anew.
pub(super) const AFTER_REVIEW: &[Stage] = RECHECKABLE;
pub(super) const ANSWERED: &[Stage] = &[S::AwaitingReturnVisit, S::Closed];
/// Before anybody has taken it on.
pub(super) const EARLY: &[Stage] = &[S::Registered, S::SignedFor];
/// While it can still be taken back by the petitioner.
pub(super) const BEFORE_THE_ANSWER: &[Stage] = &[
    S::Registered,
    S::AwaitingMaterial,
    S::AwaitingSignature,
    S::Objected,
    S::SignedFor,
    S::Accepted,
    S::Handling,
    S::Mediating,
    S::ClosureSubmitted,
    S::Returned,
    S::Approved,
    S::Reopened,
];
pub(super) const TO_BE_TOLD: &[Stage] = &[
    S::Registered,
    S::AwaitingMaterial,
    S::AwaitingSignature,
    S::Objected,
    S::SignedFor,
    S::NotAccepted,
    S::NoLongerAccepted,
    S::Directed,
];
pub(super) const LETTER: &[Stage] = &[
    S::Registered,
    S::AwaitingMaterial,
    S::AwaitingSignature,
    S::Objected,
    S::SignedFor,
    S::Accepted,
    S::Handling,
    S::Mediating,
    S::ClosureSubmitted,
    S::Returned,
    S::Approved,
    S::NotAccepted,
    S::NoLongerAccepted,
    S::Directed,
];
/// While a unit has it and it is not closed.
pub(super) const RUNNING: &[Stage] = &[
    S::AwaitingSignature,
    S::Objected,
    S::SignedFor,
    S::Accepted,
    S::Handling,
    S::Mediating,
    S::ClosureSubmitted,
    S::Returned,
    S::Approved,
    S::AwaitingReturnVisit,
    S::Reopened,
];
pub(super) const HEARING: &[Stage] = &[S::Handling, S::Returned, S::Reviewing, S::Rechecking];
/// 办结报告 tells what came of it: once the answer is delivered, or it went another way.
pub(super) const REPORTING: &[Stage] = &[
    S::AwaitingReturnVisit,
    S::Closed,
    S::Reviewing,
    S::ReviewDecided,
    S::Rechecking,
    S::RecheckDecided,
    S::Settled,
    S::Directed,
];
pub(super) const AFTER_MEDIATION: &[Stage] =
    &[S::Handling, S::Returned, S::ClosureSubmitted, S::Approved, S::AwaitingReturnVisit, S::Closed];
/// What can be taken up again: an answer, and an ending without one that proves wrong. What was filed or withdrawn comes
/// again as a matter of its own.
pub(super) const REOPENABLE: &[Stage] =
    &[S::AwaitingReturnVisit, S::Closed, S::Settled, S::AnsweredOnSpot, S::NotAccepted, S::Directed];
pub(super) const TO_BE_ARCHIVED: &[Stage] = &[
    S::Closed,
    S::Settled,
    S::NotAccepted,
    S::NoLongerAccepted,
    S::Directed,
    S::AnsweredOnSpot,
    S::Filed,
    S::Withdrawn,
];
/// Every stage in which something can be proposed.
pub(super) const PROPOSABLE: &[Stage] = &[
    S::Registered,
    S::AwaitingMaterial,
    S::AwaitingSignature,
    S::Objected,
    S::SignedFor,
    S::Accepted,
    S::Handling,
    S::Mediating,
    S::ClosureSubmitted,
    S::Returned,
    S::Approved,
    S::Reopened,
    S::AwaitingReturnVisit,
    S::Closed,
    S::Settled,
    S::AnsweredOnSpot,
    S::NotAccepted,
    S::Directed,
];
/// Every stage in which a proposal can be open: an extension stays so while the closure is read.
pub(super) const PROPOSED: &[Stage] = &[
    S::Registered,
    S::AwaitingMaterial,
    S::AwaitingSignature,
    S::Objected,
    S::SignedFor,
    S::Accepted,
    S::Handling,
    S::Mediating,
    S::ClosureSubmitted,
    S::Returned,
    S::Approved,
    S::Reopened,
    S::AwaitingReturnVisit,
    S::Closed,
    S::Settled,
    S::AnsweredOnSpot,
    S::NotAccepted,
    S::Directed,
];
pub(super) const PROMISED: &[Stage] = &[
    S::Registered,
    S::AwaitingMaterial,
    S::AwaitingSignature,
    S::Objected,
    S::SignedFor,
    S::Accepted,
    S::Handling,
    S::Mediating,
    S::ClosureSubmitted,
    S::Returned,
    S::Approved,
    S::AwaitingReturnVisit,
    S::Closed,
    S::Reviewing,
    S::ReviewDecided,
    S::Rechecking,
    S::RecheckDecided,
    S::Reopened,
    S::Settled,
    S::NotAccepted,
    S::NoLongerAccepted,
    S::Directed,
    S::AnsweredOnSpot,
    S::Filed,
    S::Withdrawn,
];
/// Until it lies in the archive, what comes again about it belongs to it; but who took it back begins anew.
pub(super) const LINKABLE: &[Stage] = &[
    S::Registered,
    S::AwaitingMaterial,
    S::AwaitingSignature,
    S::Objected,
    S::SignedFor,
    S::Accepted,
    S::Handling,
    S::Mediating,
    S::ClosureSubmitted,
    S::Returned,
    S::Approved,
    S::AwaitingReturnVisit,
    S::Closed,
    S::Reviewing,
    S::ReviewDecided,
    S::Rechecking,
    S::RecheckDecided,
    S::Reopened,
    S::Settled,
    S::NotAccepted,
    S::NoLongerAccepted,
    S::Directed,
    S::AnsweredOnSpot,
    S::Filed,
];
pub(super) const RULED: &[Stage] =
    &[S::NotAccepted, S::NoLongerAccepted, S::Directed, S::AnsweredOnSpot, S::Filed, S::Withdrawn, S::Reopened];
