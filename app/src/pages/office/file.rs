//! `/w/matters/{id}`: the file of a matter, and beside it what can be done now.

use case_core::actor::Role;
use case_core::id::MatterId;
use case_core::matter::CommandKind;
use case_core::wire::desk::{MatterFile, PrintedReceipt};
use leptos::prelude::*;

use super::actions::{ActionDialog, ActionList, PendingProposal};
use super::closure::ClosureForm;
use super::merging::Merging;
use super::papers::Papers;
use crate::client::matters;
use crate::components::case_file::{
    Bookings, Particulars, Recusals, between, clocks, contacts, content, flagged, intakes, journal, notes, old_case,
    other_files, oversight, package, return_visits, sent, summary, timeline, turns, visits, voices,
};
use crate::components::loading::loaded;
use crate::components::page::{DeskPage, Section};
use crate::components::receipt::receipt;
use crate::load::{Load, load};
use crate::routes;
use crate::send::Sender;
use crate::text::screen::{common, file as words, list, publish};
use crate::who::use_who;

/// The page.
#[component]
pub fn FilePage(
    /// The matter.
    id: MatterId,
) -> impl IntoView {
    let file = load(move || matters::file(id));
    let open = RwSignal::new(None::<CommandKind>);
    let printed = RwSignal::new(None::<PrintedReceipt>);
    let sender = Sender::new(
        move |_| {
            open.set(None);
            file.reload();
        },
        move || file.reload(),
    );
    Effect::new(move |_| {
        file.state.with(|state| {
            if let Load::Ready(file) = state {
                sender.shows(file.matter.id, file.matter.version);
            }
        });
    });
    let title = Signal::derive(move || {
        file.state.with(|state| match state {
            Load::Ready(file) => file.matter.registration.title.as_str().to_owned(),
            Load::Waiting => common::LOADING.to_owned(),
            Load::Failed(_) => list::TITLE.to_owned(),
        })
    });
    // What can be issued follows the matter's state.
    let shown_as = Memo::new(move |_| {
        file.state.with(|state| match state {
            Load::Ready(file) => (file.matter.version, file.masked),
            Load::Waiting | Load::Failed(_) => (0, false),
        })
    });
    let unmask = RwSignal::new(false);
    // Who is let in to look does nothing here, and takes no papers away.
    let acts = Memo::new(move |_| use_who().role() != Some(Role::Observer));
    let submitting = Memo::new(move |_| open.get() == Some(CommandKind::SubmitClosure));
    // Drawn once when it opens: a file read anew must not empty the form.
    let closure = move || {
        let file = submitting.get().then(|| ready(file.state.get_untracked())).flatten();
        file.map(|file| view! { <ClosureForm file=StoredValue::new(file) sender open/> })
    };
    view! {
        <DeskPage section=Section::Matters title>
            {move || printed.get().map(|slip| receipt(&slip))}
            <div class=move || if printed.with(Option::is_some) { "desk__columns no-print" } else { "desk__columns" }>
                <div class="stack">
                    <PendingProposal file open sender/>
                    {move || acts.get().then(|| view! { <Merging file/> })}
                    {move || acts.get().then(|| view! { <Particulars file open=unmask/> })}
                    {closure}
                    {move || acts.get().then(|| view! { <Bookings id/> })}
                    {loaded(file, |file| body(&file))}
                    {move || acts.get().then(|| view! {
                        <Recusals file/>
                        <div class="stack anchor" id="part-papers" tabindex="-1"><Papers id shown_as unmask issued=move || file.reload()/></div>
                    })}
                    {move || acts.get().then(|| publishing(id))}
                </div>
                {move || acts.get().then(|| view! { <ActionList file open sender printed/> })}
            </div>
            <ActionDialog file open sender/>
        </DeskPage>
    }
    .into_any()
}

/// 公示: a page of its own, for those who propose and check.
fn publishing(id: MatterId) -> Option<AnyView> {
    let role = use_who().role()?;
    let link = || view! { <p><a class="btn btn--plain" href=routes::publish(id)>{publish::TITLE}</a></p> }.into_any();
    matches!(role, Role::Registrar | Role::Supervisor).then(link)
}

/// What was read, when it was.
pub fn ready(state: Load<MatterFile>) -> Option<MatterFile> {
    match state {
        Load::Ready(file) => Some(file),
        Load::Waiting | Load::Failed(_) => None,
    }
}

/// The parts of the file, from the top, each with its name in the list that jumps to it. A part that has nothing
/// to show is left out of the list; it draws nothing either.
fn body(file: &MatterFile) -> AnyView {
    let matter = &file.matter;
    let rounds = matter.rounds.iter().rev().map(|round| package(file, round)).collect_view();
    // Once it has left the desk that registered it, or something came to it.
    let between_there = matter.steps.len() > 1 || !matter.intakes.is_empty();
    let noted = !matter.notes.is_empty() || !file.files.is_empty();
    let parts: [(&'static str, &'static str, bool, AnyView); 10] = [
        ("state", words::JUMP_STATE, true, view! { {flagged(file)} {summary(file)} }.into_any()),
        ("clocks", words::JUMP_CLOCKS, !matter.clocks.is_empty(), clocks(file)),
        (
            "voices",
            words::JUMP_VOICES,
            !matter.voices.is_empty() || !matter.return_visits.is_empty(),
            view! { {voices(file)} {return_visits(file)} }.into_any(),
        ),
        ("closure", words::JUMP_CLOSURE, !matter.rounds.is_empty(), rounds.into_any()),
        ("handling", words::JUMP_HANDLING, true, view! { {contacts(file)} {visits(file)} }.into_any()),
        (
            "between",
            words::JUMP_BETWEEN,
            between_there,
            view! { {intakes(file)} {between(file)} {turns(file)} }.into_any(),
        ),
        (
            "oversight",
            words::JUMP_OVERSIGHT,
            !matter.oversight.is_empty() || !matter.old_cases.is_empty(),
            view! { {oversight(file)} {old_case(file)} }.into_any(),
        ),
        ("notes", words::JUMP_NOTES, noted, view! { {notes(file)} {other_files(file)} }.into_any()),
        ("content", words::JUMP_CONTENT, true, view! { {content(file)} {sent(file)} }.into_any()),
        ("history", words::JUMP_HISTORY, true, view! { {timeline(file)} {journal(file)} }.into_any()),
    ];
    let jumps: Vec<_> = parts.iter().filter(|(_, _, there, _)| *there).map(|(id, name, ..)| jump(id, *name)).collect();
    // The papers follow the parts that are read.
    let papers = (use_who().role() != Some(Role::Observer)).then(|| jump("papers", words::JUMP_PAPERS));
    let drawn = parts.into_iter().map(|(id, _, _, part)| anchored(id, part)).collect_view();
    view! {
        <nav class="no-print" aria-label=words::JUMP><ul class="jumps">{jumps}{papers}</ul></nav>
        {drawn}
    }
    .into_any()
}

/// A link of the page to one of its parts: works by keyboard and without any script.
fn jump(id: &str, name: &'static str) -> AnyView {
    view! { <li><a class="jump" href=["#part-", id].concat()>{name}</a></li> }.into_any()
}

fn anchored(id: &str, part: AnyView) -> AnyView {
    view! { <div class="stack anchor" id=["part-", id].concat() tabindex="-1">{part}</div> }.into_any()
}
