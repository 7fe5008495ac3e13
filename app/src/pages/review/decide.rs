//! The decision bar. Each decision asks once and names the matter; an approval also names the digest
//! of exactly what is on the screen.

use case_core::matter::{Command, CommandKind};
use case_core::wire::desk::MatterFile;
use leptos::prelude::*;

use super::send_back::SendBack;
use crate::components::dialog::Dialog;
use crate::load::{Load, Loader};
use crate::pages::office::actions::ActionDialog;
use crate::send::Sender;
use crate::text::screen::{common, review as words};

/// The bar below the package and the dialogs it opens.
#[component]
pub fn DecisionBar(
    /// What is shown.
    file: Loader<MatterFile>,
    /// Sends the decision.
    sender: Sender,
    /// 督办 or 约谈 that is being written.
    act: RwSignal<Option<CommandKind>>,
) -> impl IntoView {
    let permitted = Memo::new(move |_| {
        file.state.with(|state| match state {
            Load::Ready(file) => Some(file.permitted.clone()),
            _ => None,
        })
    });
    let may = move |kind| permitted.with(|list| list.as_ref().is_some_and(|list| list.contains(&kind)));
    let nothing = move || {
        use CommandKind::{ApproveClosure, Close, ReturnClosure};
        permitted.with(Option::is_some) && !may(ApproveClosure) && !may(ReturnClosure) && !may(Close)
    };
    let (approve, send_back, close) = (RwSignal::new(false), RwSignal::new(false), RwSignal::new(false));
    // What went wrong is said on the page: the dialog has done its work, whatever came of it.
    Effect::new(move |_| {
        if sender.failure.with(Option::is_some) {
            approve.set(false);
            close.set(false);
        }
    });
    let open = move |dialog: RwSignal<bool>| {
        move |_| {
            sender.clear();
            dialog.set(true);
        }
    };
    // 转督办, 约谈承办人 (spec 2.4): beside the decision, which stays open.
    let overseen = move |kind| may(kind) && may(CommandKind::ApproveClosure);
    let oversee = move |kind: CommandKind| {
        move |_| {
            sender.clear();
            act.set(Some(kind));
        }
    };
    let digest = move || {
        file.state.with_untracked(|state| match state {
            Load::Ready(file) => file.closure_digest,
            _ => None,
        })
    };
    view! {
        <div class="actions actions--many">
            <p class="muted" hidden=move || !nothing()>{words::NOTHING}</p>
            <button class="btn btn--danger" type="button" hidden=move || !may(CommandKind::ReturnClosure)
                on:click=open(send_back)>{words::SEND_BACK}</button>
            <button class="btn btn--plain" type="button" hidden=move || !overseen(CommandKind::Supervise)
                on:click=oversee(CommandKind::Supervise)>{words::SUPERVISE}</button>
            <button class="btn btn--plain" type="button" hidden=move || !overseen(CommandKind::Summon)
                on:click=oversee(CommandKind::Summon)>{words::SUMMON}</button>
            <button class="btn actions__main" type="button" hidden=move || !may(CommandKind::ApproveClosure)
                on:click=open(approve)>{words::APPROVE}</button>
            <button class="btn actions__main" type="button" hidden=move || !may(CommandKind::Close)
                on:click=open(close)>{words::CLOSE}</button>
        </div>
        <Confirm file sender open=approve id="approve" ask=words::APPROVE_ASK note=words::APPROVE_NOTE act=words::APPROVE
            command=move || digest().map(|shown| Command::ApproveClosure { shown })/>
        <Confirm file sender open=close id="close" ask=words::CLOSE_ASK note=words::CLOSE_NOTE act=words::CLOSE
            command=|| Some(Command::Close)/>
        <SendBack file sender open=send_back/>
        <ActionDialog file open=act sender/>
    }
    .into_any()
}

/// One question that names the matter.
#[component]
fn Confirm(
    file: Loader<MatterFile>,
    sender: Sender,
    open: RwSignal<bool>,
    id: &'static str,
    ask: &'static str,
    note: &'static str,
    act: &'static str,
    #[prop(into)] command: Callback<(), Option<Command>>,
) -> impl IntoView {
    let named = move || names(file);
    let send = move |_| {
        if let Some(command) = command.run(()) {
            let done = move || {
                let _ = open.try_set(false);
            };
            sender.send_then(command, done);
        }
    };
    view! {
        <Dialog open id title=Signal::stored(ask.to_owned())>
            <div class="dialog__body"><p><b>{named}</b></p><p>{note}</p></div>
            <div class="dialog__actions">
                <button class="btn btn--plain" type="button" on:click=move |_| open.set(false)>{common::LOOK_AGAIN}</button>
                <button class="btn" type="button" on:click=send aria-busy=move || sender.busy.get().then_some("true")>
                    {move || if sender.busy.get() { common::SENDING } else { act }}
                </button>
            </div>
        </Dialog>
    }
    .into_any()
}

/// The matter by title, petitioner and unit.
pub fn names(file: Loader<MatterFile>) -> String {
    file.state.with(|state| {
        let Load::Ready(file) = state else { return String::new() };
        let registration = &file.matter.registration;
        let unit = file.unit.as_ref().map_or_else(String::new, |unit| [" · ", unit.name.as_str()].concat());
        [registration.title.as_str(), " · ", registration.petitioner.name.as_str(), &unit].concat()
    })
}
