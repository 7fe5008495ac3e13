//! 空白走访单 on paper: one page of A4 for each household, with its number as digits and as a code.

use case_core::code::FormNumber;
use case_core::document::forms::{privacy_notice, visit_questions};
use chrono::NaiveDate;
use leptos::prelude::*;

use super::paper::draw;
use crate::format;
use crate::text::document as paper_words;
use crate::text::screen::visit_sheets as words;

/// All that are printed at once.
#[derive(Clone, Debug)]
pub struct Sheets {
    /// 单位.
    pub organ: String,
    /// Whom to ask.
    pub phone: String,
    /// 三亮 of who prints them, with room for who comes along.
    pub by: String,
    /// The day on which they were printed.
    pub on: NaiveDate,
    /// One for each household.
    pub sheets: Vec<VisitSheet>,
}

/// The sheet of a household.
#[derive(Clone, Debug)]
pub struct VisitSheet {
    /// 户主, as who prints it sees the name.
    pub head: String,
    /// 住址.
    pub address: String,
    /// 纸表编号.
    pub number: FormNumber,
    /// The code that opens the screen on which it is entered, as SVG.
    pub entry_svg: String,
}

/// The page.
#[must_use]
pub fn visit_sheets(all: &Sheets) -> String {
    let count = all.sheets.len();
    let sheets = all.sheets.iter().enumerate().map(|(at, one)| sheet(all, one, at + 1, count)).collect_view();
    view! {
        <!DOCTYPE html>
        <html lang="zh-CN">
            <head>
                <meta charset="utf-8"/>
                <title>{words::TITLE}</title>
                <meta name="viewport" content="width=device-width, initial-scale=1"/>
                <meta name="format-detection" content="telephone=no"/>
                <meta name="robots" content="noindex"/>
                <link rel="stylesheet" href="/paper.css"/>
                <script defer src="/paper.js"></script>
            </head>
            <body>
                <nav class="bar" aria-label=paper_words::BAR>
                    <a href="/w/">{words::BACK}</a>
                    <button type="button" id="print" hidden>{paper_words::PRINT}</button>
                    <p>{paper_words::PRINT_HINT}</p>
                </nav>
                <main>
                    <h1 class="sheet__all">{words::TITLE}</h1>
                    {sheets}
                </main>
            </body>
        </html>
    }
    .to_html()
}

fn sheet(all: &Sheets, one: &VisitSheet, at: usize, count: usize) -> impl IntoView + use<> {
    let row = |name: &'static str, value: String| view! { <tr><th scope="row">{name}</th><td>{value}</td></tr> };
    let questions = visit_questions().iter().map(|block| draw(block, None)).collect_view();
    let signs =
        words::SIGNS.iter().map(|label| view! { <p class="sign">{paper_words::label(label)}</p> }).collect_view();
    view! {
        <article class="sheet sheet--form sheet--one" aria-label=words::place(at, count)>
            <header class="sheet__head">
                // Made by our own server from the household and the number.
                <div class="sheet__entry">
                    <div class="sheet__qr" role="img" aria-label=words::ENTRY inner_html=one.entry_svg.clone()></div>
                    <p aria-hidden="true">{words::ENTRY}</p>
                </div>
                <p class="sheet__organ">{all.organ.clone()}</p>
                <h2 class="sheet__title">{words::TITLE}</h2>
                <p class="sheet__number">{[words::NUMBER, &format::in_fours(one.number.as_str())].concat()}</p>
            </header>
            <table class="facts"><tbody>
                {row(words::HEAD, one.head.clone())}
                {row(words::ADDRESS, one.address.clone())}
                {row(words::VISITORS, all.by.clone())}
                {row(words::TIMES, words::TIMES_ROOM.to_owned())}
            </tbody></table>
            <section>{questions}</section>
            <p class="sheet__note">{privacy_notice(&all.phone)}</p>
            <div class="signs">{signs}</div>
            <p class="sheet__note">{words::PLAIN}</p>
            <p class="sheet__note">{[words::place(at, count), "　".to_owned(), format::full_day(all.on)].concat()}</p>
        </article>
    }
}
