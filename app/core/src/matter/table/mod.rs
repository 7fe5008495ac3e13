//! The table: which command leads from which stages to which, and who may give it (spec 2.2, 4).
//! One row per command; what is not in it is illegal. `decide` adds the conditions that need the
//! matter itself (unit, handler, four eyes, digests, days).
//!
//! A second table, [`PROPOSALS`], says who decides on what was proposed, and where that leads.

mod groups;

use super::kind::CommandKind;
use super::stage::Stage;
use crate::actor::Role;

/// One row.
#[derive(Clone, Copy, Debug)]
pub struct Row {
    /// The command.
    pub command: CommandKind,
    /// Stages in which it is possible.
    pub from: &'static [Stage],
    /// The stages to which it can lead; none: the stage stays.
    pub to: &'static [Stage],
    /// Who may give it.
    pub roles: &'static [Role],
}

/// What becomes of a proposal.
#[derive(Clone, Copy, Debug)]
pub struct ProposalRow {
    /// The command that made it.
    pub command: CommandKind,
    /// The stage after its approval; none: the stage stays.
    pub to: Option<Stage>,
    /// Who decides. A unit's own people decide only on what their unit holds.
    pub deciders: &'static [Role],
}

use groups::{
    AFTER_MEDIATION, AFTER_REVIEW, ANSWERED, ARBITERS, AT_WORK, BEFORE_THE_ANSWER, CASE_KEEPERS, DECIDERS, EARLY,
    HANDED_OVER, HANDLERS, HEADS_AND_SUPERVISOR, HEARING, LETTER, LINKABLE, OFFICE, OVERSEERS, PROMISED, PROPOSABLE,
    PROPOSED, PROPOSERS, RECALLABLE, RECALLERS, RECHECKABLE, REOPENABLE, REPORTING, REVIEWER, RULED, RUNNING, SENDERS,
    SUPERVISOR, TAKES_REVIEWS, TO_BE_ARCHIVED, TO_BE_TOLD, UNDER_REVIEW, WITNESSES, WORKING,
};
pub use groups::{HEADS, LEADERS, REGISTRARS};

use CommandKind as C;
use Role as R;
use Stage as S;

const fn line(command: CommandKind, from: &'static [Stage], to: &'static [Stage], roles: &'static [Role]) -> Row {
    Row { command, from, to, roles }
}

/// All rows, in the order of [`CommandKind::ALL`].
pub const TABLE: [Row; CommandKind::ALL.len()] = [
    // What was reopened after an early ending has no unit: it is sent to one as at first. A unit sends on what came to it.
    line(C::Transfer, &[S::Registered, S::SignedFor, S::Reopened], &[S::AwaitingSignature], SENDERS),
    line(C::SignFor, &[S::AwaitingSignature], &[S::SignedFor], HANDLERS),
    line(C::Accept, &[S::SignedFor], &[S::Accepted], HANDLERS),
    line(C::Assign, &[S::Accepted, S::Reopened], &[S::Handling], HANDLERS),
    line(C::HandOver, HANDED_OVER, &[], HEADS_AND_SUPERVISOR),
    line(C::GiveFeedback, AT_WORK, &[], HANDLERS),
    line(C::Promise, AT_WORK, &[], HANDLERS),
    line(C::SubmitClosure, WORKING, &[S::ClosureSubmitted], HANDLERS),
    line(C::ReturnClosure, &[S::ClosureSubmitted, S::Approved], &[S::Returned], HEADS_AND_SUPERVISOR),
    line(C::ApproveClosure, &[S::ClosureSubmitted], &[S::Approved], SUPERVISOR),
    line(C::SignOpinion, &[S::Approved], &[], HEADS_AND_SUPERVISOR),
    line(C::Deliver, &[S::Approved], &[S::AwaitingReturnVisit], HANDLERS),
    line(C::Close, &[S::AwaitingReturnVisit], &[S::Closed], SUPERVISOR),
    line(C::RequestMaterial, &[S::Registered], &[S::AwaitingMaterial], REGISTRARS),
    line(C::ReceiveMaterial, &[S::AwaitingMaterial], &[S::Registered], REGISTRARS),
    line(C::NotifyPetitioner, TO_BE_TOLD, &[], WITNESSES),
    line(C::StampLetter, LETTER, &[], OFFICE),
    line(C::Recall, RECALLABLE, &[S::Registered], RECALLERS),
    line(C::Object, &[S::AwaitingSignature, S::SignedFor], &[S::Objected], HEADS),
    line(C::UpholdObjection, &[S::Objected], &[S::Registered], ARBITERS),
    line(C::DismissObjection, &[S::Objected], &[S::AwaitingSignature], ARBITERS),
    line(C::AskCoHandler, AT_WORK, &[], HANDLERS),
    line(C::ReleaseCoHandler, AT_WORK, &[], HANDLERS),
    line(C::AnswerCoHandling, AT_WORK, &[], HANDLERS),
    line(C::KeepPromise, PROMISED, &[], WITNESSES),
    line(
        C::HoldHearing,
        HEARING,
        &[],
        &[R::UnitHandler, R::UnitHead, R::TownLeader, R::Registrar, R::Supervisor, R::Reviewer],
    ),
    line(C::FileReport, REPORTING, &[], HANDLERS),
    line(C::BeginMediation, &[S::Handling], &[S::Mediating], HANDLERS),
    line(C::EndMediation, &[S::Mediating], &[S::Handling], HANDLERS),
    line(C::ConfirmAgreement, AFTER_MEDIATION, &[], HANDLERS),
    line(C::RequestReview, ANSWERED, &[S::Reviewing], TAKES_REVIEWS),
    line(C::RequestRecheck, RECHECKABLE, &[S::Rechecking], TAKES_REVIEWS),
    line(C::TakeReview, UNDER_REVIEW, &[], TAKES_REVIEWS),
    line(C::WithdrawReview, UNDER_REVIEW, AFTER_REVIEW, TAKES_REVIEWS),
    line(C::DecideReview, UNDER_REVIEW, &[S::ReviewDecided, S::RecheckDecided], REVIEWER),
    line(C::DeliverReview, &[S::ReviewDecided, S::RecheckDecided], AFTER_REVIEW, TAKES_REVIEWS),
    line(C::VetoSettled, &[S::Settled], &[S::Closed], SUPERVISOR),
    line(C::Archive, TO_BE_ARCHIVED, &[S::Archived], OFFICE),
    line(C::LinkIntake, LINKABLE, &[], REGISTRARS),
    line(C::Supervise, RUNNING, &[], OVERSEERS),
    line(C::Summon, RUNNING, &[], OVERSEERS),
    line(C::Advise, PROMISED, &[], SUPERVISOR),
    line(C::AnswerOversight, PROMISED, &[], HANDLERS),
    line(C::AdmitObserver, PROMISED, &[], OVERSEERS),
    line(C::DismissObserver, PROMISED, &[], OVERSEERS),
    line(C::EnterOldCase, PROMISED, &[], OVERSEERS),
    line(C::TakeOn, PROMISED, &[], CASE_KEEPERS),
    line(C::NoteContract, PROMISED, &[], CASE_KEEPERS),
    line(C::SignContract, PROMISED, &[], LEADERS),
    line(C::StrikeOff, TO_BE_ARCHIVED, &[], OVERSEERS),
    line(C::ProposeExtension, AT_WORK, &[], HANDLERS),
    line(C::ProposeNotAccepting, EARLY, &[], HANDLERS),
    line(C::ProposeNoLongerAccepting, &[S::Registered], &[], OFFICE),
    line(C::ProposeDirecting, EARLY, &[], HANDLERS),
    line(C::ProposeAnswer, &[S::Registered], &[], REGISTRARS),
    line(C::ProposeFiling, &[S::Registered, S::AwaitingMaterial], &[], OFFICE),
    line(C::ProposeWithdrawal, BEFORE_THE_ANSWER, &[], HANDLERS),
    line(C::ProposeReopening, REOPENABLE, &[], &[R::Registrar, R::Supervisor, R::JointOffice]),
    line(C::ProposeLeader, PROPOSABLE, &[], &[R::JointOffice]),
    line(C::ApproveProposal, PROPOSABLE, RULED, DECIDERS),
    line(C::RefuseProposal, PROPOSED, &[], DECIDERS),
    line(C::RetractProposal, PROPOSED, &[], PROPOSERS),
    line(C::AnswerVoice, &Stage::ALL, &[], HANDLERS),
];

/// Who decides on what.
pub const PROPOSALS: [ProposalRow; 9] = [
    ProposalRow { command: C::ProposeExtension, to: None, deciders: HEADS_AND_SUPERVISOR },
    ProposalRow { command: C::ProposeNotAccepting, to: Some(S::NotAccepted), deciders: HEADS_AND_SUPERVISOR },
    ProposalRow { command: C::ProposeNoLongerAccepting, to: Some(S::NoLongerAccepted), deciders: SUPERVISOR },
    ProposalRow { command: C::ProposeDirecting, to: Some(S::Directed), deciders: SUPERVISOR },
    ProposalRow { command: C::ProposeAnswer, to: Some(S::AnsweredOnSpot), deciders: SUPERVISOR },
    ProposalRow { command: C::ProposeFiling, to: Some(S::Filed), deciders: SUPERVISOR },
    ProposalRow { command: C::ProposeWithdrawal, to: Some(S::Withdrawn), deciders: SUPERVISOR },
    ProposalRow { command: C::ProposeReopening, to: Some(S::Reopened), deciders: SUPERVISOR },
    ProposalRow { command: C::ProposeLeader, to: None, deciders: &[R::CountyLeader] },
];

/// The row of a command.
#[must_use]
pub fn row(command: CommandKind) -> &'static Row {
    // The table holds every kind, in the order of `CommandKind`; a test walks it.
    &TABLE[command as usize]
}

/// The row of what a command proposes.
#[must_use]
pub fn proposal(command: CommandKind) -> Option<&'static ProposalRow> {
    PROPOSALS.iter().find(|row| row.command == command)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_command_has_its_row() {
        for command in CommandKind::ALL {
            assert_eq!(row(command).command, command);
        }
    }

    /// Two stages are entered by no command: the first, and the one that is computed.
    #[test]
    fn every_stage_can_be_reached_and_every_open_one_left() {
        for stage in Stage::ALL {
            let entered =
                matches!(stage, S::Registered | S::Settled) || TABLE.iter().any(|row| row.to.contains(&stage));
            assert!(entered, "{stage:?} is never entered");
            let left = TABLE.iter().any(|row| row.from.contains(&stage) && !row.to.is_empty());
            assert_eq!(left, stage != S::Archived, "{stage:?}");
        }
    }

    #[test]
    fn what_is_proposed_can_be_decided_where_it_was_proposed() {
        for row in PROPOSALS {
            let made = super::row(row.command);
            assert!(made.from.iter().all(|stage| PROPOSABLE.contains(stage)), "{:?}", row.command);
            assert!(made.from.iter().all(|stage| PROPOSED.contains(stage)), "{:?}", row.command);
            assert!(row.to.is_none_or(|to| RULED.contains(&to)), "{:?}", row.command);
            assert!(row.deciders.iter().all(|role| DECIDERS.contains(role)), "{:?}", row.command);
            assert!(made.roles.iter().all(|role| PROPOSERS.contains(role)), "{:?}", row.command);
        }
    }

    #[test]
    fn those_who_only_keep_the_system_or_look_on_decide_nothing() {
        let idle = [R::Admin, R::SecurityAdmin, R::AuditAdmin, R::Observer, R::SealedOfficer];
        for row in TABLE {
            assert!(!idle.iter().any(|role| row.roles.contains(role)), "{:?}", row.command);
        }
        // A leader of the county answers for old cases, and decides who else does.
        for row in TABLE.iter().filter(|row| row.roles.contains(&R::CountyLeader)) {
            assert!(
                matches!(
                    row.command,
                    C::TakeOn | C::NoteContract | C::SignContract | C::ApproveProposal | C::RefuseProposal
                ),
                "{:?}",
                row.command
            );
        }
        for row in PROPOSALS.iter().filter(|row| row.deciders.contains(&R::CountyLeader)) {
            assert_eq!(row.command, C::ProposeLeader);
        }
        // A village registers, and says what it knows; it decides nothing.
        for row in TABLE.iter().filter(|row| row.roles.contains(&R::VillageOfficer)) {
            assert!(
                matches!(
                    row.command,
                    C::RequestMaterial
                        | C::ReceiveMaterial
                        | C::NotifyPetitioner
                        | C::KeepPromise
                        | C::LinkIntake
                        | C::ProposeAnswer
                        | C::RetractProposal
                ),
                "{:?}",
                row.command
            );
        }
    }
}
