//! What can be done now with a matter: a list of steps, each opening its form.
//!
//! [`build`] makes a form of named fields; the other files have one short function a step, by subject as
//! in the rules: `dispatch`, `telling`, `handling`, `oversight`, `old_case`, `review`, `proposals`. [`offer`] says which steps are
//! worth a button now, and under which heading.

mod build;
mod dispatch;
mod handling;
mod list;
mod offer;
mod old_case;
mod oversight;
mod proposals;
mod review;
mod telling;

use case_core::matter::{Command, CommandKind, ReviewLevel};
use case_core::wire::desk::MatterFile;
use leptos::prelude::*;

pub use list::{ActionList, PendingProposal};

use super::file::ready;
use crate::components::dialog::Dialog;
use crate::load::Loader;
use crate::send::Sender;
use crate::text;
use build::Form;

/// The dialog with the form of the open step. Handing in a closure has a page of its own.
#[component]
pub fn ActionDialog(
    /// The file.
    file: Loader<MatterFile>,
    /// The open step.
    open: RwSignal<Option<CommandKind>>,
    /// Sends it.
    sender: Sender,
) -> impl IntoView {
    let shown = RwSignal::new(false);
    Effect::new(move |_| shown.set(open.get().is_some_and(|kind| kind != CommandKind::SubmitClosure)));
    // Closed with Escape.
    Effect::new(move |before: Option<bool>| {
        let now = shown.get();
        if before == Some(true) && !now {
            open.set(None);
        }
        now
    });
    let title =
        Signal::derive(move || open.get().map_or_else(String::new, |kind| text::command::name(kind).to_owned()));
    let draw = move || {
        let (kind, file) = (open.get_untracked()?, ready(file.state.get_untracked())?);
        let mut begun = Form::new(kind, sender, open);
        // What is missing is said first.
        if let Some(owed) = file.owed.iter().find(|owed| owed.command == kind) {
            begun.owes(*owed);
        }
        Some(form(kind, &file, begun))
    };
    view! { <Dialog open=shown id="action" title>{draw()}</Dialog> }.into_any()
}

fn form(kind: CommandKind, file: &MatterFile, form: Form) -> AnyView {
    use CommandKind as C;
    match kind {
        C::Transfer => dispatch::transfer(form, file),
        C::SignFor => bare(form, file, Command::SignFor),
        C::Accept => dispatch::accept(form),
        C::Assign => dispatch::assign(form, file),
        C::HandOver => dispatch::hand_over(form, file),
        C::SignOpinion => telling::sign(form, file),
        C::Recall => dispatch::recall(form, file),
        C::Object => dispatch::object(form),
        C::UpholdObjection => dispatch::uphold(form, file),
        C::DismissObjection => dispatch::dismiss(form, file),
        C::GiveFeedback => telling::feedback(form),
        C::Promise => telling::promise(form),
        C::KeepPromise => telling::keep_promise(form, file),
        C::RequestMaterial => telling::request_material(form),
        C::ReceiveMaterial => telling::receive_material(form, file),
        C::NotifyPetitioner => telling::notify(form),
        C::StampLetter => telling::stamp(form),
        C::Deliver => telling::deliver(form),
        C::DeliverReview => telling::deliver_review(form),
        C::AskCoHandler => handling::ask_co_handler(form, file),
        C::ReleaseCoHandler => handling::release_co_handler(form, file),
        C::AnswerCoHandling => handling::answer_co_handling(form),
        C::HoldHearing => handling::hearing(form),
        C::FileReport => handling::report(form),
        C::BeginMediation => handling::begin_mediation(form),
        C::EndMediation => handling::end_mediation(form),
        C::ConfirmAgreement => handling::confirm_agreement(form),
        C::Archive => handling::archive(form),
        C::Close => bare(form, file, Command::Close),
        C::RequestReview => review::request(form, file, ReviewLevel::Review),
        C::RequestRecheck => review::request(form, file, ReviewLevel::Recheck),
        C::TakeReview => review::take(form),
        C::WithdrawReview => review::withdraw(form),
        C::DecideReview => review::decide(form),
        C::VetoSettled => review::veto(form),
        C::Supervise => oversight::supervise(form),
        C::Summon => oversight::summon(form),
        C::Advise => oversight::advise(form),
        C::AnswerOversight => oversight::answer(form, file),
        C::AdmitObserver => oversight::admit(form),
        C::DismissObserver => oversight::dismiss(form, file),
        C::EnterOldCase => old_case::enter(form),
        C::TakeOn => old_case::take_on(form, file),
        C::NoteContract => old_case::note(form),
        C::SignContract => old_case::sign(form),
        C::StrikeOff => old_case::strike_off(form),
        C::ProposeLeader => old_case::change_leader(form, file),
        C::ProposeExtension => proposals::extend(form),
        C::ProposeNotAccepting => proposals::not_accept(form),
        C::ProposeNoLongerAccepting => proposals::no_longer_accept(form, file),
        C::ProposeDirecting => proposals::direct(form),
        C::ProposeAnswer => proposals::answer_on_spot(form),
        C::ProposeFiling => proposals::file_away(form),
        C::ProposeWithdrawal => proposals::withdraw(form),
        C::ProposeReopening => proposals::reopen(form),
        C::ApproveProposal => proposals::approve(form, file),
        C::RefuseProposal => proposals::refuse(form, file),
        C::RetractProposal => proposals::retract(form, file),
        C::AnswerVoice => telling::answer_voice(form, file),
        // These have pages of their own: the closure form and the supervisor's.
        C::ReturnClosure => handling::take_back(form),
        C::SubmitClosure | C::ApproveClosure => ().into_any(),
        // A repeated intake is linked where it is registered.
        C::LinkIntake => ().into_any(),
    }
}

/// A step without fields names the matter: it is not a tap in passing.
fn bare(mut form: Form, file: &MatterFile, command: Command) -> AnyView {
    form.say(file.matter.registration.title.as_str().to_owned());
    form.done(move |_| Some(command.clone()))
}
