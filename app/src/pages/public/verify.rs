//! 核验文书: whether a paper is ours, and still holds. Says nothing of what stands on it.

use chrono::NaiveDate;
use leptos::prelude::*;

use super::frame::{DRAW, Frame};
use crate::format;
use crate::text::document as names;
use crate::text::public::verify as words;
use case_core::document::DocumentKind;

/// What is said about a paper.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Proven {
    /// Its kind.
    pub kind: DocumentKind,
    /// 文号.
    pub number: String,
    /// 发文机关.
    pub organ: String,
    /// The day of issue.
    pub on: NaiveDate,
    /// From 1.
    pub version: u16,
    /// The version that took its place.
    pub replaced_by: Option<u16>,
    /// 信访件编号.
    pub matter: String,
    /// The first digits of its digest.
    pub digest: String,
    /// Whether what is stored is what was issued.
    pub intact: bool,
}

/// What came of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// Nobody has asked yet.
    NotAsked,
    /// Not sixteen letters and digits.
    Unreadable,
    /// There is no such paper.
    Unknown,
    /// It is ours.
    Ours(Proven),
}

/// The page; `typed` is kept for another try.
#[must_use]
pub fn verify(frame: &Frame<'_>, typed: &str, verdict: &Verdict) -> String {
    let fault = match verdict {
        Verdict::Unreadable => Some(words::UNREADABLE),
        Verdict::Unknown => Some(words::UNKNOWN),
        Verdict::NotAsked | Verdict::Ours(_) => None,
    };
    let title = match verdict {
        Verdict::NotAsked => words::TITLE.to_owned(),
        Verdict::Ours(proven) => [headline(proven), " - ", words::TITLE].concat(),
        Verdict::Unreadable | Verdict::Unknown => [words::NOT_PROVEN, " - ", words::TITLE].concat(),
    };
    let proven = if let Verdict::Ours(proven) = verdict { Some(shown(proven)) } else { None };
    let main = view! {
        <h1 class="lookup__title">{words::TITLE}</h1>
        {proven}
        <form id="verify" class="form" method="post" action="/v" novalidate>
            <div class="field">
                <label class="field__label" for="proof-code">{words::CODE}</label>
                <p class="field__hint" id="proof-code-h">{words::HINT}</p>
                <input class="field__input" id="proof-code" name="code" type="text" autocomplete="off" autocapitalize="characters"
                    spellcheck="false" maxlength="40" value=typed.to_owned() aria-describedby="proof-code-h proof-code-e"
                    aria-invalid=fault.map(|_| "true")/>
                <div id="proof-code-e">
                    {fault.map(|fault| view! {
                        <p class="field__error"><span class="mark mark--no" aria-hidden="true"></span>{fault}</p>
                    })}
                </div>
            </div>
            <button class="btn btn--block" type="submit">{words::ASK}</button>
        </form>
        <p class="muted">{words::NOTHING_MORE}</p>
    };
    // What was found is asked again: it is the same paper.
    let go = (*verdict == Verdict::NotAsked).then_some(DRAW);
    frame.page_with_switch(&title, frame.form_switch("verify", "/v", go), main)
}

fn headline(proven: &Proven) -> &'static str {
    match (proven.intact, proven.replaced_by) {
        (false, _) => words::SPOILT,
        (true, Some(_)) => words::REPLACED,
        (true, None) => words::HOLDS,
    }
}

fn shown(proven: &Proven) -> impl IntoView + use<> {
    let good = proven.intact && proven.replaced_by.is_none();
    let (class, mark) =
        if good { ("notice notice--confirmed", "mark mark--ok") } else { ("notice notice--warn", "mark mark--warn") };
    let row = |name: &'static str, value: AnyView| {
        view! {
            <li class="cell"><span class="cell__body">
                <span class="cell__note">{name}</span><span class="cell__title">{value}</span>
            </span></li>
        }
    };
    view! {
        <div class=class role="status">
            <span class=mark aria-hidden="true"></span>
            <div class="notice__body">
                <p class="notice__title">{headline(proven)}</p>
                {proven.replaced_by.map(|version| view! { <p>{names::replaced(version)}</p> })}
            </div>
        </div>
        <ul class="cells">
            {row(words::KIND, names::kind(proven.kind).to_owned().into_any())}
            {row(words::NUMBER, proven.number.clone().into_any())}
            {row(words::ORGAN, proven.organ.clone().into_any())}
            {row(words::DAY, format::full_day(proven.on).into_any())}
            {row(words::VERSION, names::version(proven.version).into_any())}
            {row(words::MATTER, masked(&proven.matter).into_any())}
            {row(words::DIGEST, view! { <kbd>{proven.digest.clone()}</kbd> }.into_any())}
        </ul>
        <p>{words::COMPARE}</p>
    }
}

/// The first six and the last two digits of a matter's number.
fn masked(number: &str) -> String {
    let count = number.chars().count();
    number.chars().enumerate().map(|(at, c)| if at < 6 || at + 2 >= count { c } else { '*' }).collect()
}

#[cfg(test)]
mod tests {
    #[test]
    fn a_matters_number_is_told_to_nobody_whole() {
        assert_eq!(super::masked("9926030209000012"), "992603********12");
    }
}
