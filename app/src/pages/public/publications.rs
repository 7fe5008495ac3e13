//! 办理结果公示: the list, one matter, and the form of whoever wants it gone. Nothing here is of a matter's file:
//! the texts are what two officials let out.

use leptos::prelude::*;

use super::frame::{DRAW, Frame, phone_link};
use crate::html::escaped;
use crate::text::public::{HOME, publications as words};

/// A line of the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PublicLine {
    /// The end of its address.
    pub id: String,
    /// 标题.
    pub title: String,
    /// 答复单位.
    pub unit: String,
    /// 2026-03.
    pub month: String,
}

/// One matter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PublicMatter {
    /// Its line.
    pub line: PublicLine,
    /// 反映的事.
    pub content: String,
    /// 答复.
    pub reply: String,
}

/// How the form stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Removal<'a> {
    /// To be filled, or filled in already.
    Form {
        /// What was typed, for another try.
        typed: Option<(&'a str, &'a str)>,
        /// It was too long; otherwise only the type changed.
        too_long: bool,
    },
    /// It was taken in.
    Sent,
}

/// The list; `page` from 1.
#[must_use]
pub fn publications(frame: &Frame<'_>, lines: &[PublicLine], page: u64, pages: u64) -> String {
    let line = |line: &PublicLine| {
        let note = [line.unit.as_str(), " · ", &words::month(&line.month)].concat();
        view! {
            <li><a class="cell cell--link" href=address(&line.id)>
                <span class="cell__body">
                    <span class="cell__title">{line.title.clone()}</span>
                    <span class="cell__note">{note}</span>
                </span>
            </a></li>
        }
    };
    let list = if lines.is_empty() {
        view! { <p>{words::NONE}</p> }.into_any()
    } else {
        let lines = lines.iter().map(line).collect_view();
        view! { <ul class="cells" aria-label=words::LIST>{lines}</ul> }.into_any()
    };
    let at = |page: u64| ["/p?page=", &page.to_string()].concat();
    let turn = (pages > 1).then(|| {
        let newer = (page > 1).then(|| view! { <a href=at(page - 1) rel="prev">{words::NEWER}</a>" " });
        let older = (page < pages).then(|| view! { " "<a href=at(page + 1) rel="next">{words::OLDER}</a> });
        view! { <nav aria-label=words::PAGES><p>{newer}{words::page(page, pages)}{older}</p></nav> }
    });
    let main = view! {
        <h1 class="lookup__title">{words::TITLE}</h1>
        <p class="muted">{words::ABOUT}</p>
        {list}
        {turn}
        <p><a href="/">{HOME}</a></p>
    };
    frame.page(words::TITLE, main)
}

/// One matter.
#[must_use]
pub fn publication(frame: &Frame<'_>, matter: &PublicMatter) -> String {
    let part = |name: &'static str, text: &str| view! { <h2>{name}</h2>{paragraphs(text)} };
    let row = |name: &'static str, value: String| {
        view! {
            <li class="cell"><span class="cell__body">
                <span class="cell__note">{name}</span><span class="cell__title">{value}</span>
            </span></li>
        }
    };
    let removal = [&address(&matter.line.id), "/removal"].concat();
    let main = view! {
        <h1 class="lookup__title">{matter.line.title.clone()}</h1>
        {part(words::ASKED, &matter.content)}
        {part(words::ANSWERED, &matter.reply)}
        <ul class="cells">
            {row(words::UNIT, matter.line.unit.clone())}
            {row(words::MONTH, words::month(&matter.line.month))}
        </ul>
        <div class="answer__call">
            <p>{words::COMPLAIN}</p>
            <p class="answer__phone">{phone_link(frame.office.phone)}</p>
            <p><a href=removal rel="nofollow">{words::MINE}</a></p>
        </div>
        <p><a href="/p">{words::ALL}</a></p>
    };
    frame.page(&[&matter.line.title, " - ", words::TITLE].concat(), main)
}

/// The form of whoever wants it gone.
#[must_use]
pub fn removal(frame: &Frame<'_>, line: &PublicLine, how: Removal<'_>) -> String {
    let back = address(&line.id);
    let main = match how {
        Removal::Sent => view! {
            <h1 class="answer__say">{words::SENT}</h1>
            <div class="answer__call">
                <p>{words::SENT_NOTE}</p>
                <p class="answer__phone">{phone_link(frame.office.phone)}</p>
            </div>
            <p><a href="/p">{words::ALL}</a></p>
        }
        .into_any(),
        Removal::Form { typed, too_long } => {
            let (why, phone) = typed.unwrap_or_default();
            let wrong = too_long.then(|| view! {
                <p class="field__error" role="alert"><span class="mark mark--no" aria-hidden="true"></span>{words::TOO_LONG}</p>
            });
            view! {
                <h1 class="lookup__title">{words::REMOVE}</h1>
                <p>{line.title.clone()}</p>
                <p class="muted">{words::REMOVE_NOTE}</p>
                {wrong}
                <form class="form" id=FORM method="post" action=[&back, "/removal"].concat()>
                    <div class="field">
                        <label class="field__label" for="why">{words::WHY}</label>
                        <textarea class="field__input" id="why" name="words" rows="4" maxlength="2000">{["\n", &escaped(why)].concat()}</textarea>
                    </div>
                    <div class="field">
                        <label class="field__label" for="phone">{words::PHONE}</label>
                        <p class="field__hint" id="phone-h">{words::PHONE_HINT}</p>
                        <input class="field__input" id="phone" name="phone" type="tel" autocomplete="tel" maxlength="60"
                            value=phone.to_owned() aria-describedby="phone-h"/>
                    </div>
                    <button class="btn btn--block" type="submit">{words::SEND}</button>
                </form>
                <p><a href=back.clone()>{line.title.clone()}</a></p>
            }
            .into_any()
        }
    };
    let address = [&back, "/removal"].concat();
    match how {
        // Sent again it would be a second request: only the page is asked for.
        Removal::Sent => {
            let switch = frame.again_switch(&address, None, &[("go", "sent")]);
            frame.page_with_switch(words::REMOVE, switch, main)
        }
        Removal::Form { .. } => {
            frame.page_with_switch(words::REMOVE, frame.form_switch(FORM, &address, Some(DRAW)), main)
        }
    }
}

/// The id of the form on its page.
const FORM: &str = "removal";

fn address(id: &str) -> String {
    ["/p/", id].concat()
}

fn paragraphs(text: &str) -> impl IntoView + use<> {
    let lines: Vec<String> = text.lines().map(str::trim).filter(|line| !line.is_empty()).map(str::to_owned).collect();
    lines.into_iter().map(|line| view! { <p>{line}</p> }).collect_view()
}
