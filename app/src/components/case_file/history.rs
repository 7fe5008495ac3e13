//! What happened: the steps as a time-line, and the whole journal.

use case_core::wire::desk::MatterFile;
use leptos::prelude::*;

use super::{name, part, today, unit_name};
use crate::text::event::Names;
use crate::text::screen::file as words;
use crate::{format, text};

/// The steps, the present one marked.
#[must_use]
pub fn timeline(file: &MatterFile) -> AnyView {
    let today = today(file);
    let last = file.matter.steps.len().saturating_sub(1);
    let steps = file
        .matter
        .steps
        .iter()
        .enumerate()
        .map(|(at, step)| {
            let present = at == last && step.stage.is_open();
            let class = if present { "timeline__step" } else { "timeline__step timeline__step--done" };
            let badge = present.then(|| view! { " "<span class="badge badge--act">{words::NOW}</span> });
            view! {
                <li class=class aria-current=present.then_some("step")>
                    <p class="timeline__what">{text::stage::entered(step.stage)}{badge}</p>
                    <p class="timeline__when">{format::moment(step.at, today)}</p>
                </li>
            }
        })
        .collect_view();
    part(words::TIMELINE, view! { <section class="panel"><ol class="timeline">{steps}</ol></section> }.into_any())
}

/// Every line of the journal, the newest first, folded.
#[must_use]
pub fn journal(file: &MatterFile) -> AnyView {
    let today = today(file);
    let names = Names { account: &|account| name(file, account), unit: &|unit| unit_name(file, unit), today };
    let lines = file
        .journal
        .iter()
        .rev()
        .map(|entry| {
            let by = entry.by.as_ref().map_or(words::BY_SYSTEM, |by| by.as_str()).to_owned();
            view! {
                <li class="timeline__step timeline__step--done">
                    <p class="timeline__what">{text::event::event(&entry.event, &names)}</p>
                    <p class="timeline__when">{[&format::moment(entry.at, today), " · ", &by].concat()}</p>
                </li>
            }
        })
        .collect_view();
    view! {
        <details class="fold">
            <summary class="fold__head">{words::JOURNAL}" "<span class="badge badge--count">{file.journal.len()}</span></summary>
            <div class="fold__body"><ol class="timeline">{lines}</ol></div>
        </details>
    }
    .into_any()
}
