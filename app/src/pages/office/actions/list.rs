//! The steps that are possible now, beside the file.

use case_core::matter::{CommandKind, Stage, table};
use case_core::wire::desk::{MatterFile, PrintedReceipt};
use leptos::prelude::*;

use super::offer::{self, Group};
use crate::client::matters;
use crate::components::case_file;
use crate::components::dialog::Dialog;
use crate::components::notice::Failure;
use crate::load::{Load, Loader};
use crate::send::Sender;
use crate::text::screen::{common, file as words, steps as step_words};
use crate::who::use_who;
use crate::{routes, text};

/// The list.
#[component]
pub fn ActionList(
    /// The file.
    file: Loader<MatterFile>,
    /// Opens a step.
    open: RwSignal<Option<CommandKind>>,
    /// Sends it.
    sender: Sender,
    /// A receipt that was printed again.
    printed: RwSignal<Option<PrintedReceipt>>,
) -> impl IntoView {
    let reprint = RwSignal::new(false);
    let who = use_who();
    let steps = move || {
        file.state.with(|state| {
            let Load::Ready(file) = state else { return ().into_any() };
            let review = routes::review(file.matter.id);
            let submitted = file.matter.stage == Stage::ClosureSubmitted;
            let groups: Vec<_> = Group::ALL
                .into_iter()
                .enumerate()
                .map(|(at, group)| (at, offer::steps(file, group)))
                .filter(|(_, kinds)| !kinds.is_empty())
                .collect();
            if groups.is_empty() {
                return view! { <p class="muted">{words::NO_ACTIONS}</p> }.into_any();
            }
            // A heading over the only group says nothing.
            let alone = groups.len() == 1;
            groups
                .into_iter()
                .map(|(at, kinds)| {
                    let steps = kinds
                        .into_iter()
                        .map(|kind| step(kind, review.clone(), submitted, open, sender))
                        .collect_view();
                    view! {
                        <h3 class="heading" hidden=alone>{step_words::group(at)}</h3>
                        <ul class="cells">{steps}</ul>
                    }
                })
                .collect_view()
                .into_any()
        })
    };
    // The desks that register print receipts.
    let prints = move || who.role().is_some_and(|role| table::REGISTRARS.contains(&role));
    view! {
        <aside class="desk__aside" aria-label=words::ACTIONS>
            <h2>{words::ACTIONS}</h2>
            {steps}
            <button class="btn btn--plain btn--block" type="button" hidden=move || !prints()
                on:click=move |_| reprint.set(true)>{words::REPRINT}</button>
            {move || prints().then(|| view! { <RepeatSlips file printed/> })}
        </aside>
        <ReprintDialog file open=reprint printed/>
    }
    .into_any()
}

/// 报批中: what waits for somebody's decision, with the buttons of whoever may decide or take it back.
#[component]
pub fn PendingProposal(
    /// The file.
    file: Loader<MatterFile>,
    /// Opens a step.
    open: RwSignal<Option<CommandKind>>,
    /// Sends it.
    sender: Sender,
) -> impl IntoView {
    const RULINGS: [CommandKind; 3] =
        [CommandKind::ApproveProposal, CommandKind::RefuseProposal, CommandKind::RetractProposal];
    move || {
        file.state.with(|state| {
            let Load::Ready(file) = state else { return None };
            let buttons = RULINGS
                .into_iter()
                .filter(|kind| file.permitted.contains(kind))
                .map(|kind| {
                    let class = if kind == CommandKind::ApproveProposal { "btn" } else { "btn btn--plain" };
                    let begin = move |_| {
                        sender.clear();
                        open.set(Some(kind));
                    };
                    view! { <button class=class type="button" on:click=begin>{text::command::name(kind)}</button> }
                })
                .collect_view();
            let more = view! { <div class="dialog__actions">{buttons}</div> };
            case_file::pending(file, Some(more.into_any()))
        })
    }
}

fn step(
    kind: CommandKind,
    review: String,
    submitted: bool,
    open: RwSignal<Option<CommandKind>>,
    sender: Sender,
) -> AnyView {
    let face = view! {
        <span class="cell__body">
            <span class="cell__title">{text::command::name(kind)}</span>
            <span class="cell__note">{text::command::explain(kind)}</span>
        </span>
    };
    if kind == CommandKind::ApproveClosure || (kind == CommandKind::ReturnClosure && submitted) {
        return view! { <li><a class="cell cell--link" href=review>{face}</a></li> }.into_any();
    }
    let begin = move |_| {
        sender.clear();
        open.set(Some(kind));
    };
    view! { <li><button class="cell cell--act" type="button" on:click=begin>{face}</button></li> }.into_any()
}

/// 重件回执, once more: one button for each that this person may print. There is no code on them, so nothing becomes
/// worthless.
#[component]
fn RepeatSlips(file: Loader<MatterFile>, printed: RwSignal<Option<PrintedReceipt>>) -> impl IntoView {
    let failure = RwSignal::new(None);
    let who = use_who();
    let me = who.actor().map(|actor| actor.account);
    let print = move |matter, place| {
        leptos::task::spawn_local(async move {
            match matters::intake_receipt(matter, place).await {
                Ok(slip) => {
                    let _ = printed.try_set(Some(slip));
                }
                Err(error) => {
                    who.heed(&error);
                    let _ = failure.try_set(Some(error.message()));
                }
            }
        });
    };
    let buttons =
        move || {
            file.state.with(|state| {
                let Load::Ready(file) = state else { return Vec::new() };
                let (id, today) = (file.matter.id, case_file::today(file));
                let mine =
                    file.matter.intakes.iter().enumerate().filter(|(_, linked)| {
                        linked.intake.number.is_some() && (!file.masked || Some(linked.by) == me)
                    });
                mine.filter_map(|(at, linked)| Some((u16::try_from(at).ok()?, linked.intake.received_on)))
                    .map(|(place, on)| {
                        let label = words::reprint_repeat(&crate::format::day(on, today));
                        view! {
                            <button class="btn btn--plain btn--block" type="button" on:click=move |_| print(id, place)>
                                {label}
                            </button>
                        }
                    })
                    .collect::<Vec<_>>()
            })
        };
    view! {
        {buttons}
        <Failure message=failure/>
    }
    .into_any()
}

/// A new code makes the old slip worthless: asked once.
#[component]
fn ReprintDialog(
    file: Loader<MatterFile>,
    open: RwSignal<bool>,
    printed: RwSignal<Option<PrintedReceipt>>,
) -> impl IntoView {
    let failure = RwSignal::new(None);
    let busy = RwSignal::new(false);
    let who = use_who();
    let print = move |_| {
        let Some(id) = super::ready(file.state.get_untracked()).map(|file| file.matter.id) else { return };
        if busy.get_untracked() {
            return;
        }
        busy.set(true);
        leptos::task::spawn_local(async move {
            let answer = matters::receipt(id).await;
            let _ = busy.try_set(false);
            match answer {
                Ok(slip) => {
                    let _ = printed.try_set(Some(slip));
                    let _ = open.try_set(false);
                }
                Err(error) => {
                    who.heed(&error);
                    let _ = failure.try_set(Some(error.message()));
                }
            }
        });
    };
    view! {
        <Dialog open id="reprint" title=Signal::stored(words::REPRINT_ASK.to_owned())>
            <div class="dialog__body"><p>{words::REPRINT_NOTE}</p></div>
            <Failure message=failure/>
            <div class="dialog__actions">
                <button class="btn btn--plain" type="button" on:click=move |_| open.set(false)>{common::CANCEL}</button>
                <button class="btn" type="button" on:click=print aria-busy=move || busy.get().then_some("true")>
                    {words::REPRINT}
                </button>
            </div>
        </Dialog>
    }
    .into_any()
}
