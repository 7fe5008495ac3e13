//! Which steps are worth a button now, and under which heading.
//!
//! The server says which commands the person may give ([`MatterFile::permitted`]); some of these have
//! nothing to work on, as when no promise is open. They would only be refused, so they are not offered.

use case_core::matter::CommandKind;
use case_core::time::ClockKind;
use case_core::wire::desk::MatterFile;

use super::telling;

/// The headings of the list, in their order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Group {
    /// 往下办.
    Onward,
    /// 告知信访人.
    Tell,
    /// 报批.
    Ask,
    /// 其他.
    Other,
}

impl Group {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Onward, Self::Tell, Self::Ask, Self::Other];
}

/// The heading of a step; none for those that stand beside the proposal they decide on, and for linking
/// an intake, which belongs to the registration form.
pub fn group(kind: CommandKind) -> Option<Group> {
    use CommandKind as C;
    match kind {
        C::Transfer
        | C::SignFor
        | C::Accept
        | C::Assign
        | C::SubmitClosure
        | C::ReturnClosure
        | C::ApproveClosure
        | C::SignOpinion
        | C::Deliver
        | C::Close
        | C::ReceiveMaterial
        | C::Object
        | C::UpholdObjection
        | C::DismissObjection
        | C::AnswerCoHandling
        | C::FileReport
        | C::EndMediation
        | C::TakeReview
        | C::DecideReview
        | C::AnswerOversight
        | C::DeliverReview
        | C::SignContract
        | C::StrikeOff
        | C::Archive => Some(Group::Onward),
        C::AnswerVoice
        | C::GiveFeedback
        | C::Promise
        | C::KeepPromise
        | C::RequestMaterial
        | C::NotifyPetitioner
        | C::StampLetter => Some(Group::Tell),
        C::ProposeExtension
        | C::ProposeNotAccepting
        | C::ProposeNoLongerAccepting
        | C::ProposeDirecting
        | C::ProposeAnswer
        | C::ProposeFiling
        | C::ProposeWithdrawal
        | C::ProposeReopening
        | C::ProposeLeader => Some(Group::Ask),
        C::HandOver
        | C::Recall
        | C::Supervise
        | C::Summon
        | C::Advise
        | C::AdmitObserver
        | C::DismissObserver
        | C::EnterOldCase
        | C::TakeOn
        | C::NoteContract
        | C::WithdrawReview
        | C::AskCoHandler
        | C::ReleaseCoHandler
        | C::HoldHearing
        | C::BeginMediation
        | C::ConfirmAgreement
        | C::RequestReview
        | C::RequestRecheck
        | C::VetoSettled => Some(Group::Other),
        C::ApproveProposal | C::RefuseProposal | C::RetractProposal | C::LinkIntake => None,
    }
}

/// The steps of a group that have something to work on.
pub fn steps(file: &MatterFile, of: Group) -> Vec<CommandKind> {
    file.permitted.iter().copied().filter(|kind| group(*kind) == Some(of) && has_object(file, *kind)).collect()
}

fn has_object(file: &MatterFile, kind: CommandKind) -> bool {
    use CommandKind as C;
    let matter = &file.matter;
    let runs = |kind: ClockKind| matter.clocks.iter().any(|clock| clock.kind == kind && clock.is_running());
    match kind {
        C::KeepPromise => telling::open_promises(file).next().is_some(),
        C::NotifyPetitioner => runs(ClockKind::Notice) || runs(ClockKind::DirectNotice),
        C::StampLetter => telling::stamp_is_due(file),
        C::ReleaseCoHandler => matter.open_co_handlers().next().is_some(),
        C::Object => runs(ClockKind::Objection),
        C::FileReport => runs(ClockKind::Order) || runs(ClockKind::Statute),
        C::DismissObserver => matter.observers.iter().any(|access| access.is_open(file.server_time.date())),
        C::ConfirmAgreement => runs(ClockKind::JudicialConfirmation),
        C::RequestReview => runs(ClockKind::ReviewApply),
        C::RequestRecheck => runs(ClockKind::RecheckApply),
        C::ProposeExtension => matter.extension.is_none() && runs(ClockKind::Handling),
        _ => true,
    }
}
