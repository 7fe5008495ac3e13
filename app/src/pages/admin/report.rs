//! What an import did: counts, notes, and the rows that could not go in with row number and reason.

use case_core::wire::desk::ImportProgress;
use leptos::prelude::*;

use crate::components::notice::{Tone, notice};
use crate::text;
use crate::text::screen::import as words;

/// The report.
pub fn report(name: &str, progress: &ImportProgress) -> AnyView {
    if let Some(why) = &progress.failed {
        let more = view! { <p>{why.clone()}</p> }.into_any();
        return notice(Tone::Refuse, words::failed(name), Some(more));
    }
    let counts = text::import::progress(
        progress.done,
        progress.total,
        progress.added,
        progress.unchanged,
        progress.updated,
        progress.bad,
    );
    let more = view! { <p>{counts}</p> }.into_any();
    view! {
        {notice(Tone::Confirmed, words::finished(name), Some(more))}
        {notes(progress)}
        {problems(progress)}
    }
    .into_any()
}

fn notes(progress: &ImportProgress) -> AnyView {
    if progress.notes.is_empty() {
        return ().into_any();
    }
    let lines = progress.notes.iter().map(|note| view! { <li>{note.clone()}</li> }).collect_view();
    notice(Tone::Plain, words::NOTES, Some(view! { <ul>{lines}</ul> }.into_any()))
}

fn problems(progress: &ImportProgress) -> AnyView {
    if progress.problems.is_empty() {
        return ().into_any();
    }
    let rows = progress
        .problems
        .iter()
        .map(|problem| {
            view! {
                <tr><th scope="row" class="table__num">{problem.row.to_string()}</th><td>{problem.reason.clone()}</td></tr>
            }
        })
        .collect_view();
    let cut = progress.bad as usize > progress.problems.len();
    view! {
        <div class="table-box" tabindex="0" role="region" aria-label=words::BAD_ROWS>
            <table class="table">
                <caption>{words::BAD_ROWS}</caption>
                <thead><tr><th scope="col">{words::ROW}</th><th scope="col">{words::REASON}</th></tr></thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
        <p class="muted" hidden=!cut>{words::FIRST_ONES}</p>
    }
    .into_any()
}
