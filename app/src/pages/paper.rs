//! 文书 on paper: one sheet of HTML that a browser prints as A4 after GB/T 9704 (style/paper.css). The
//! content comes whole from `case_core::document`; here is only how it lies on the page.

use case_core::document::{Block, Content, Section};
use chrono::NaiveDate;
use leptos::prelude::*;

use super::public::Asked;
use super::public::Frame;
use super::public::frame::phone_link;
use super::public::say::secrets;
use crate::format;
use crate::text::document as words;
use crate::text::public;

/// A document ready to be printed.
#[derive(Clone, Debug)]
pub struct Paper {
    /// What stands on it.
    pub content: Content,
    /// 文号.
    pub number: String,
    /// From 1.
    pub version: u16,
    /// The version that took its place.
    pub replaced_by: Option<u16>,
    /// The day of issue.
    pub issued_on: NaiveDate,
    /// 核验码, in groups.
    pub proof: String,
    /// Where it is verified, in words.
    pub verify_url: String,
    /// The first digits of its digest.
    pub digest: String,
    /// The QR code of the verification, as SVG.
    pub qr_svg: String,
    /// The QR code that opens the screen on which a sheet is entered, as SVG.
    pub entry_svg: Option<String>,
    /// 查询码, for those who may hand it out.
    pub query_code: Option<String>,
}

/// What stands above the sheet; it is not printed.
pub enum PaperBar<'a> {
    /// At the desk: the way back to the file.
    Desk {
        /// The file's address.
        home: &'a str,
    },
    /// The petitioner's: the way back to the answer, large type, whom to call. The page is the reply to a form, and
    /// each button sends it again.
    Petitioner {
        /// Whose pages these are, and how large.
        frame: &'a Frame<'a>,
        /// What opens the matter.
        asked: Asked<'a>,
    },
}

/// The page.
#[must_use]
pub fn paper(paper: &Paper, bar: PaperBar<'_>) -> String {
    let large = matches!(&bar, PaperBar::Petitioner { frame, .. } if frame.large);
    let content = &paper.content;
    let title = [content.title.as_str(), " ", &paper.number].concat();
    let sections = content.sections.iter().map(|part| section(part, paper)).collect_view();
    // What carries a seal is a letter after GB/T 9704; the rest are forms of the office.
    let class = if content.signature.seal { "sheet" } else { "sheet sheet--form" };
    view! {
        <!DOCTYPE html>
        <html lang="zh-CN" data-type=large.then_some("large")>
            <head>
                <meta charset="utf-8"/>
                <title>{title}</title>
                <meta name="viewport" content="width=device-width, initial-scale=1"/>
                <meta name="format-detection" content="telephone=no"/>
                <meta name="robots" content="noindex"/>
                <link rel="stylesheet" href="/paper.css"/>
                <script defer src="/paper.js"></script>
            </head>
            <body>
                {above(bar)}
                <main class=class>
                    {paper.replaced_by.map(|version| view! { <p class="sheet__void">{words::replaced(version)}</p> })}
                    <header class="sheet__head">
                        {paper.entry_svg.as_ref().map(|svg| code("sheet__entry", words::ENTRY, svg))}
                        <p class="sheet__organ">{content.organ.clone()}</p>
                        <h1 class="sheet__title">{content.title.clone()}</h1>
                        <p class="sheet__number">{paper.number.clone()}</p>
                    </header>
                    {content.addressee.as_ref().map(|to| view! { <p class="sheet__to">{words::to(to)}</p> })}
                    {sections}
                    {content.closing.as_ref().map(|closing| view! { <p>{closing.clone()}</p> })}
                    {signature(content)}
                    {foot(paper)}
                </main>
            </body>
        </html>
    }
    .to_html()
}

fn above(bar: PaperBar<'_>) -> AnyView {
    let print = || {
        view! {
            <button type="button" id="print" hidden>{words::PRINT}</button>
            <p>{words::PRINT_HINT}</p>
        }
    };
    match bar {
        PaperBar::Desk { home } => view! {
            <nav class="bar" aria-label=words::BAR><a href=home.to_owned()>{words::BACK}</a>{print()}</nav>
        }
        .into_any(),
        PaperBar::Petitioner { frame, asked } => view! {
            <nav class="bar" aria-label=words::BAR>
                <form method="post" action="/c">
                    {secrets(asked)}
                    <button type="submit">{words::BACK_TO_ANSWER}</button>
                    {frame.other_type_button()}
                </form>
                {print()}
                <p>{frame.office.name.to_owned()}" "{phone_link(frame.office.phone)}</p>
                <p><a href="/b">{public::blank::LINK}</a></p>
            </nav>
        }
        .into_any(),
    }
}

/// Made by our own server; never from what somebody typed.
fn code(class: &'static str, label: &'static str, svg: &str) -> impl IntoView + use<> {
    view! {
        <div class=class>
            <div class="sheet__qr" role="img" aria-label=label inner_html=svg.to_owned()></div>
            <p aria-hidden="true">{label}</p>
        </div>
    }
}

fn section(section: &Section, paper: &Paper) -> impl IntoView + use<> {
    let heading = section.heading.as_ref().map(|heading| view! { <h2>{heading.clone()}</h2> });
    let blocks = section.blocks.iter().map(|block| draw(block, paper)).collect_view();
    view! { <section>{heading}{blocks}</section> }
}

fn draw(block: &Block, paper: &Paper) -> AnyView {
    match block {
        Block::Text { text } => view! { <p>{text.clone()}</p> }.into_any(),
        Block::Heading { text } => view! { <h3>{text.clone()}</h3> }.into_any(),
        Block::Table { head, rows } => table(head, rows),
        Block::Facts { rows } => {
            let rows = rows.iter().map(|(name, value)| {
                view! { <tr><th scope="row">{name.clone()}</th><td>{value.clone()}</td></tr> }
            });
            view! { <table class="facts"><tbody>{rows.collect_view()}</tbody></table> }.into_any()
        }
        Block::Room { label, lines } => {
            let lines = (0..*lines).map(|_| view! { <div class="room__line"></div> }).collect_view();
            view! { <div class="room"><p>{words::label(label)}</p>{lines}</div> }.into_any()
        }
        Block::Ticks { label, options } => {
            let options = options.iter().map(|option| view! { <span class="tick">{words::tick(option)}</span>" " });
            view! { <div class="ticks"><p>{words::label(label)}</p><p>{options.collect_view()}</p></div> }.into_any()
        }
        Block::Signs { labels } => {
            let places = labels.iter().map(|label| view! { <p class="sign">{words::label(label)}</p> });
            view! { <div class="signs">{places.collect_view()}</div> }.into_any()
        }
        Block::QueryCode => {
            let code = paper.query_code.clone().unwrap_or_else(|| words::CODE_ELSEWHERE.to_owned());
            view! { <p class="sheet__code">{words::QUERY_CODE}<b>{code}</b></p> }.into_any()
        }
    }
}

fn table(head: &[String], rows: &[Vec<String>]) -> AnyView {
    let head = head.iter().map(|name| view! { <th scope="col">{name.clone()}</th> }).collect_view();
    let rows = rows.iter().map(|row| {
        let cells = row.iter().map(|cell| view! { <td>{cell.clone()}</td> }).collect_view();
        view! { <tr>{cells}</tr> }
    });
    view! { <table><thead><tr>{head}</tr></thead><tbody>{rows.collect_view()}</tbody></table> }.into_any()
}

fn signature(content: &Content) -> impl IntoView + use<> {
    let sign = &content.signature;
    let by = sign.signed_by.as_ref().map(|name| view! { <p>{words::signed_by(name)}</p> });
    view! {
        <div class="sheet__sign">
            {by}
            <p>{sign.organ.clone()}{sign.seal.then_some(words::SEAL)}</p>
            <p>{format::full_day(sign.on)}</p>
        </div>
    }
}

fn foot(paper: &Paper) -> impl IntoView + use<> {
    let content = &paper.content;
    let remedy = content.remedy.as_ref().map(|remedy| view! { <p><b>{words::REMEDY}</b>{remedy.clone()}</p> });
    view! {
        <footer class="sheet__foot">
            <div class="sheet__say">
                <p><b>{words::PLAIN}</b>{content.plain.clone()}</p>
                {remedy}
                <p>{content.contact.clone()}</p>
                <p>{words::verify(&paper.verify_url, &paper.proof)}</p>
                <p>{words::edition(paper.version, &format::full_day(paper.issued_on), &paper.digest)}</p>
            </div>
            {code("sheet__proof", words::VERIFY_QR, &paper.qr_svg)}
        </footer>
    }
}
