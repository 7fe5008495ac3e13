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
    Bookings, Particulars, Recusals, between, clocks, contacts, content, flagged, intakes, journal, notes, other_files,
    oversight, package, return_visits, sent, summary, timeline, turns, visits, voices,
};
use crate::components::loading::loaded;
use crate::components::page::{DeskPage, Section};
use crate::components::receipt::receipt;
use crate::load::{Load, load};
use crate::routes;
use crate::send::Sender;
use crate::text::screen::{common, list, publish};
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
    let version = Memo::new(move |_| {
        file.state.with(|state| match state {
            Load::Ready(file) => file.matter.version,
            Load::Waiting | Load::Failed(_) => 0,
        })
    });
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
                    {move || acts.get().then(|| view! { <Particulars file/> })}
                    {closure}
                    {move || acts.get().then(|| view! { <Bookings id/> })}
                    {loaded(file, |file| body(&file))}
                    {move || acts.get().then(|| view! { <Recusals file/> <Papers id version/> })}
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

fn body(file: &MatterFile) -> AnyView {
    let rounds = file.matter.rounds.iter().rev().map(|round| package(file, round)).collect_view();
    view! {
        {flagged(file)}
        {summary(file)}
        {clocks(file)}
        {voices(file)}
        {sent(file)}
        {return_visits(file)}
        {rounds}
        {contacts(file)}
        {intakes(file)}
        {between(file)}
        {oversight(file)}
        {turns(file)}
        {visits(file)}
        {notes(file)}
        {other_files(file)}
        {content(file)}
        {timeline(file)}
        {journal(file)}
    }
    .into_any()
}
