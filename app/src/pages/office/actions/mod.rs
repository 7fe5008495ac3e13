//! What can be done now with a matter: a list of steps, each opening its form.

mod deliver;
mod forms;
mod list;
mod transfer;

use case_core::matter::{Command, CommandKind};
use case_core::wire::desk::MatterFile;
use leptos::prelude::*;

pub use list::ActionList;

use super::file::ready;
use crate::components::dialog::Dialog;
use crate::components::notice::Failure;
use crate::load::Loader;
use crate::send::Sender;
use crate::text;
use crate::text::screen::common;

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
    let form = move || {
        let (kind, file) = (open.get_untracked()?, ready(file.state.get_untracked())?);
        Some(form(kind, &file, sender, open))
    };
    view! { <Dialog open=shown id="action" title>{form()}</Dialog> }.into_any()
}

fn form(kind: CommandKind, file: &MatterFile, sender: Sender, open: RwSignal<Option<CommandKind>>) -> AnyView {
    match kind {
        CommandKind::Transfer => transfer::form(file, sender, open),
        CommandKind::SignFor => frame(kind, sender, open, about(file), || Some(Command::SignFor)),
        CommandKind::Accept => forms::accept(sender, open),
        CommandKind::Assign => transfer::assign(file, sender, open),
        CommandKind::GiveFeedback => forms::feedback(sender, open),
        CommandKind::Promise => forms::promise(sender, open),
        CommandKind::Deliver => deliver::form(sender, open),
        CommandKind::Close => frame(kind, sender, open, about(file), || Some(Command::Close)),
        // These have pages of their own: the closure form and the supervisor's.
        CommandKind::SubmitClosure | CommandKind::ReturnClosure | CommandKind::ApproveClosure => ().into_any(),
        // Not offered ([`has_form`]).
        _ => ().into_any(),
    }
}

/// Whether the step has its form or its page.
fn has_form(kind: CommandKind) -> bool {
    matches!(
        kind,
        CommandKind::Transfer
            | CommandKind::SignFor
            | CommandKind::Accept
            | CommandKind::Assign
            | CommandKind::GiveFeedback
            | CommandKind::Promise
            | CommandKind::SubmitClosure
            | CommandKind::ReturnClosure
            | CommandKind::ApproveClosure
            | CommandKind::Deliver
            | CommandKind::Close
    )
}

/// Names the matter: a step without fields is not a tap in passing.
fn about(file: &MatterFile) -> AnyView {
    view! { <p><b>{file.matter.registration.title.as_str().to_owned()}</b></p> }.into_any()
}

/// The frame of a form: what the step means, its fields, what went wrong, two buttons.
pub(super) fn frame(
    kind: CommandKind,
    sender: Sender,
    open: RwSignal<Option<CommandKind>>,
    fields: AnyView,
    command: impl Fn() -> Option<Command> + 'static,
) -> AnyView {
    let submit = move |ev: leptos::ev::SubmitEvent| {
        ev.prevent_default();
        if let Some(command) = command() {
            sender.send(command);
        }
    };
    view! {
        <form class="stack" on:submit=submit novalidate=true>
            <div class="dialog__body"><p>{text::command::explain(kind)}</p></div>
            {fields}
            <Failure message=sender.failure/>
            <div class="dialog__actions">
                <button class="btn btn--plain" type="button" on:click=move |_| open.set(None)>{common::CANCEL}</button>
                <button class="btn" type="submit" aria-busy=move || sender.busy.get().then_some("true")>
                    {move || if sender.busy.get() { common::SENDING } else { text::command::name(kind) }}
                </button>
            </div>
        </form>
    }
    .into_any()
}
