//! A report on the screen: its tables; a number is a button that opens its list.

use case_core::wire::reports::{ReportCell, ReportItem, ReportSection, ReportSheet};
use leptos::prelude::*;

use crate::client::reports::Query;
use crate::components::dialog::Dialog;
use crate::routes;
use crate::text::screen::reports as words;

/// A list that is open: its name and the places of its items.
#[derive(Clone)]
struct Open {
    name: String,
    list: Vec<u32>,
}

/// The report.
#[component]
pub(super) fn Sheet(
    /// What it says.
    sheet: StoredValue<ReportSheet>,
    /// For the page to print and the files.
    query: Query,
) -> impl IntoView {
    let open = RwSignal::new(None::<Open>);
    let shown = RwSignal::new(false);
    Effect::new(move |_| shown.set(open.with(Option::is_some)));
    // Closed with Escape.
    Effect::new(move |before: Option<bool>| {
        let now = shown.get();
        if before == Some(true) && !now {
            open.set(None);
        }
        now
    });
    let title =
        Signal::derive(move || open.with(|open| open.as_ref().map_or_else(String::new, |open| open.name.clone())));
    let list = move || {
        let open = open.get_untracked()?;
        Some(sheet.with_value(|sheet| lines(&open.list, &sheet.items)))
    };
    sheet.with_value(|all| {
        let sections: Vec<_> = all.sections.iter().map(|one| section(one, open)).collect();
        let notes: Vec<_> = all.notes.iter().map(|note| view! { <li>{note.clone()}</li> }).collect();
        let csv = all.wide.then(|| file(&query, "csv", words::CSV));
        view! {
            <h2>{all.title.clone()}</h2>
            <p class="muted">{all.period.clone()}</p>
            <p class="field--row">
                <a class="btn btn--plain" href=query.address("print") target="_blank" rel="external noopener">{words::PRINT}</a>
                {file(&query, "docx", words::DOCX)}
                {csv}
            </p>
            {sections}
            <details class="fold">
                <summary class="fold__head">{words::NOTES}</summary>
                <div class="fold__body"><ol>{notes}</ol></div>
            </details>
            <Dialog open=shown id="list" title>{list()}</Dialog>
        }
        .into_any()
    })
}

fn file(query: &Query, form: &'static str, name: &'static str) -> AnyView {
    view! { <a class="btn btn--plain" href=query.address(form) rel="external" download="">{name}</a> }.into_any()
}

fn section(section: &ReportSection, open: RwSignal<Option<Open>>) -> AnyView {
    let note = section.note.as_ref().map(|note| view! { <p class="muted">{note.clone()}</p> });
    let table = (!section.head.is_empty()).then(|| {
        let head: Vec<_> = section.head.iter().map(|name| view! { <th scope="col">{name.clone()}</th> }).collect();
        let rows: Vec<_> = section.rows.iter().map(|cells| row(section, cells, open)).collect();
        view! {
            <div class="table-box" tabindex="0" role="region" aria-label=section.heading.clone()>
                <table class="table">
                    <caption class="visually-hidden">{section.heading.clone()}</caption>
                    <thead><tr>{head}</tr></thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
        }
    });
    view! { <h3 class="heading">{section.heading.clone()}</h3>{note}{table} }.into_any()
}

fn row(section: &ReportSection, cells: &[ReportCell], open: RwSignal<Option<Open>>) -> AnyView {
    let of = cells.first().filter(|cell| !cell.opens).map_or(section.heading.as_str(), |cell| cell.text.as_str());
    let cells: Vec<_> = cells
        .iter()
        .zip(&section.head)
        .map(|(cell, column)| {
            if !cell.opens {
                return view! { <td>{cell.text.clone()}</td> }.into_any();
            }
            let label = words::opens(of, column, &cell.text);
            let what = Open { name: [of, "：", column.as_str()].concat(), list: cell.list.clone() };
            let begin = move |_| open.set(Some(what.clone()));
            view! {
                <td>
                    <button class="btn btn--text num" type="button" aria-label=label on:click=begin>{cell.text.clone()}</button>
                </td>
            }
            .into_any()
        })
        .collect();
    view! { <tr>{cells}</tr> }.into_any()
}

fn lines(list: &[u32], items: &[ReportItem]) -> AnyView {
    let found: Vec<_> = list.iter().filter_map(|at| items.get(usize::try_from(*at).ok()?)).map(line).collect();
    if found.is_empty() {
        return view! { <div class="dialog__body"><p>{words::EMPTY}</p></div> }.into_any();
    }
    view! { <ul class="cells">{found}</ul> }.into_any()
}

fn line(item: &ReportItem) -> AnyView {
    let title = match item.matter {
        Some(id) => view! { <a class="cell__title" href=routes::matter(id)>{item.title.clone()}</a> }.into_any(),
        None => view! { <span class="cell__title">{item.title.clone()}</span> }.into_any(),
    };
    let said = [item.number.as_str(), &item.petitioner, &item.unit, &item.stage];
    let note = said.into_iter().filter(|words| !words.is_empty()).collect::<Vec<_>>().join(" · ");
    view! { <li class="cell"><span class="cell__body">{title}<span class="cell__note">{note}</span></span></li> }
        .into_any()
}
