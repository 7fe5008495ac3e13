//! 台账与报告 on paper: one sheet of HTML that a browser prints as A4, the ledger across. Made of the same tables as
//! the screen; lists that only open on a screen are not printed.

use case_core::wire::reports::{ReportSection, ReportSheet};
use leptos::prelude::*;

use crate::text::document as paper_words;
use crate::text::report as words;

/// Where one comes back to.
const HOME: &str = "/w/reports";

/// The page.
#[must_use]
pub fn report(sheet: &ReportSheet) -> String {
    report_from(sheet, HOME, words::BACK)
}

/// The same with another way back.
#[must_use]
pub fn report_from(sheet: &ReportSheet, home: &'static str, back: &'static str) -> String {
    let class = if sheet.wide { "sheet sheet--wide" } else { "sheet sheet--report" };
    let sections = sheet.sections.iter().map(section).collect_view();
    let notes = sheet.notes.iter().map(|note| view! { <li>{note.clone()}</li> }).collect_view();
    view! {
        <!DOCTYPE html>
        <html lang="zh-CN">
            <head>
                <meta charset="utf-8"/>
                <title>{sheet.title.clone()}</title>
                <meta name="viewport" content="width=device-width, initial-scale=1"/>
                <meta name="format-detection" content="telephone=no"/>
                <meta name="robots" content="noindex"/>
                <link rel="stylesheet" href="/paper.css"/>
                <script defer src="/paper.js"></script>
            </head>
            <body>
                <nav class="bar" aria-label=paper_words::BAR>
                    <a href=home>{back}</a>
                    <button type="button" id="print" hidden>{paper_words::PRINT}</button>
                    <p>{paper_words::PRINT_HINT}</p>
                </nav>
                <main class=class>
                    <header class="sheet__head">
                        <h1 class="sheet__title">{sheet.title.clone()}</h1>
                        <p class="sheet__period">{sheet.period.clone()}</p>
                        <p class="sheet__made">{words::made(&sheet.organ, sheet.made_on)}</p>
                    </header>
                    {sections}
                    <ol class="sheet__notes">{notes}</ol>
                    <p class="sheet__hands">{words::HANDS}</p>
                </main>
            </body>
        </html>
    }
    .to_html()
}

fn section(section: &ReportSection) -> impl IntoView + use<> {
    let note = section.note.as_ref().map(|note| view! { <p class="sheet__note">{note.clone()}</p> });
    let table = (!section.head.is_empty()).then(|| table(section));
    // To be written on by hand.
    let room = (section.head.is_empty() && section.rows.is_empty() && section.heading == words::part::OTHER)
        .then(|| (0..ROOM).map(|_| view! { <div class="room__line"></div> }).collect_view());
    view! { <section><h2>{section.heading.clone()}</h2>{note}{table}{room}</section> }
}

/// Lines to write on.
const ROOM: usize = 6;

fn table(section: &ReportSection) -> AnyView {
    let columns =
        section.widths.iter().map(|width| leptos::html::col().attr("width", [&width.to_string(), "%"].concat()));
    let columns: Vec<_> = columns.collect();
    let head = section.head.iter().map(|name| view! { <th scope="col">{name.clone()}</th> }).collect_view();
    let rows = section.rows.iter().map(|row| {
        let cells = row
            .iter()
            .map(|cell| {
                let class = cell.opens.then_some("num");
                view! { <td class=class>{cell.text.clone()}</td> }
            })
            .collect_view();
        view! { <tr>{cells}</tr> }
    });
    view! {
        <table><colgroup>{columns}</colgroup><thead><tr>{head}</tr></thead><tbody>{rows.collect_view()}</tbody></table>
    }
    .into_any()
}
