//! `/w/waiting`: the start page of the joint conference and of the county's leaders. What waits for them, list by
//! list; a list without anything says so in one line.

use case_core::wire::waiting::{Waiting, WaitingGroup};
use leptos::prelude::*;

use crate::client::waiting;
use crate::components::loading::loaded;
use crate::components::matter_row::matter_row;
use crate::components::page::{DeskPage, Section};
use crate::load::load;
use crate::routes;
use crate::text::screen::waiting as words;
use crate::who::use_who;

/// So many rows stand there at once; the rest unfolds.
const FIRST: usize = 4;

/// The page.
#[component]
pub fn WaitingPage() -> impl IntoView {
    let answer = load(waiting::waiting);
    view! {
        <DeskPage section=Section::Waiting title=Signal::stored(words::TITLE.to_owned())>
            {loaded(answer, |waiting| groups(&waiting))}
        </DeskPage>
    }
    .into_any()
}

fn groups(waiting: &Waiting) -> AnyView {
    let (some, none): (Vec<_>, Vec<_>) = waiting.groups.iter().partition(|group| group.total > 0);
    let jumps: Vec<_> = some
        .iter()
        .map(|group| {
            let (name, _) = words::kind(group.kind);
            let to = ["#", &id(group)].concat();
            view! {
                <li><a class="jump" href=to rel="external">{name}<span class="num">{group.total.to_string()}</span></a></li>
            }
        })
        .collect();
    let lists: Vec<_> = some.iter().map(|group| list(group)).collect();
    let quiet: Vec<_> = none.iter().map(|group| words::kind(group.kind).0).collect();
    let rest = (!quiet.is_empty()).then(|| view! { <p class="muted">{words::nothing(&quiet)}</p> });
    view! {
        <nav aria-label=words::JUMP><ul class="jumps">{jumps}</ul></nav>
        {lists}
        {rest}
    }
    .into_any()
}

fn id(group: &WaitingGroup) -> String {
    ["waiting-", &(group.kind as usize).to_string()].concat()
}

fn list(group: &WaitingGroup) -> AnyView {
    let today = use_who().office_today();
    let row = |row: &case_core::wire::desk::MatterRow| matter_row(row, today, routes::matter(row.id), false);
    let (name, note) = words::kind(group.kind);
    let first: Vec<_> = group.rows.iter().take(FIRST).map(row).collect();
    let rest: Vec<_> = group.rows.iter().skip(FIRST).map(row).collect();
    let shown = u64::try_from(group.rows.len()).unwrap_or(u64::MAX);
    let more = (!rest.is_empty()).then(|| {
        view! {
            <details class="fold">
                <summary class="fold__head">{words::more(rest.len())}</summary>
                <ul class="cells">{rest}</ul>
            </details>
        }
    });
    let cut = (group.total > shown).then(|| view! { <p class="muted">{words::cut(shown)}</p> });
    view! {
        <section id=id(group) tabindex="-1">
            <h2 class="heading">{words::counted(name, group.total)}</h2>
            <p class="muted">{note}</p>
            <ul class="cells">{first}</ul>
            {more}
            {cut}
        </section>
    }
    .into_any()
}
