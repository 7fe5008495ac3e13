//! 查办理情况: the two questions. Sent by POST, so that neither the code nor what proves it ever
//! stands in an address. Checked here and not by the browser (`novalidate`), whose bubbles speak in
//! its own words.

use leptos::prelude::*;

use super::frame::{DRAW, Frame, phone_link};
use crate::text::public::lookup as words;

/// Why there is no answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fault {
    /// No code was typed.
    CodeEmpty,
    /// Not twelve digits.
    CodeLength {
        /// How many digits there were.
        digits: usize,
    },
    /// The check digit does not fit: a slip, said before anything is looked up.
    CodeSlip,
    /// The second question is not answered.
    ProofEmpty,
    /// Nothing was found: the code or the second answer is wrong, and which is not said.
    Miss,
    /// Many guess at the moment, and nothing was looked up: the sum was not done.
    Guarded {
        /// From when on it goes without the sum (14:35).
        at: String,
    },
}

/// 算一道题: what a try has to bring while many wrong codes come in. The script solves it by itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Puzzle {
    /// What the server signed.
    pub challenge: String,
}

impl Fault {
    fn of_code(&self) -> Option<String> {
        match self {
            Self::CodeEmpty => Some(words::CODE_EMPTY.to_owned()),
            Self::CodeLength { digits } => Some(words::code_length(*digits)),
            Self::CodeSlip => Some(words::CODE_SLIP.to_owned()),
            Self::ProofEmpty | Self::Miss | Self::Guarded { .. } => None,
        }
    }
}

/// What was typed. The second answer is kept over a change of type only: after a miss it is typed anew.
#[derive(Clone, Copy, Default)]
pub struct Typed<'a> {
    /// 查询码.
    pub code: &'a str,
    /// Its proof.
    pub proof: &'a str,
}

/// The page.
#[must_use]
pub fn lookup(frame: &Frame<'_>, typed: Typed<'_>, fault: Option<&Fault>, puzzle: Option<&Puzzle>) -> String {
    let Typed { code, proof } = typed;
    let title = match fault {
        // Read first by a screen reader, which hears nothing of what is red.
        Some(Fault::Miss) => [words::MISS, " - ", words::TITLE].concat(),
        Some(Fault::Guarded { .. }) => [words::GUARDED, " - ", words::TITLE].concat(),
        Some(_) => [words::CHECK_AGAIN, " - ", words::TITLE].concat(),
        None => words::TITLE.to_owned(),
    };
    let main = view! {
        <h1 class="lookup__title">{words::TITLE}</h1>
        {match fault {
            Some(Fault::Miss) => Some(notice(words::MISS, words::MISS_WHY.to_owned(), None)),
            Some(Fault::Guarded { at }) => Some(notice(words::GUARDED, words::guarded(at), Some(frame.office.phone))),
            _ => None,
        }}
        <form
            class="form"
            id="lookup"
            method="post"
            action="/c"
            novalidate
            data-slip=words::CODE_SLIP
            data-length=words::code_length(11).replace("11", "{n}")
        >
            {code_field(code, fault.and_then(Fault::of_code))}
            {proof_field(proof, fault == Some(&Fault::ProofEmpty))}
            {puzzle.map(sum)}
            <button class="btn btn--block" type="submit">{words::GO}</button>
        </form>
        <h2>{words::LOST}</h2>
        <p>{words::LOST_HELP}</p>
        <p class="muted">{words::PRIVACY}</p>
    };
    frame.page_with_switch(&title, frame.form_switch("lookup", "/c", Some(DRAW)), main)
}

fn notice(title: &'static str, why: String, phone: Option<&str>) -> AnyView {
    view! {
        <div class="notice notice--refuse" role="alert">
            <span class="mark mark--no" aria-hidden="true"></span>
            <div class="notice__body">
                <p class="notice__title">{title}</p>
                <p>{why}{phone.map(phone_link)}</p>
            </div>
        </div>
    }
    .into_any()
}

/// Stands only where it is needed: most people never load this script.
fn sum(puzzle: &Puzzle) -> impl IntoView + use<> {
    view! {
        <div class="notice" id="puzzle">
            <div class="notice__body">
                <p class="notice__title">{words::PUZZLE}</p>
                <p id="puzzle-say" role="status" data-wait=words::PUZZLE_WAIT data-done=words::PUZZLE_DONE>
                    {words::PUZZLE_WHY}
                </p>
                <noscript><p>{words::PUZZLE_SLOW}</p></noscript>
            </div>
        </div>
        <input type="hidden" name="challenge" value=puzzle.challenge.clone()/>
        <input type="hidden" name="work" value=""/>
        <script defer src="/proof.js"></script>
    }
}

/// No `maxlength`: what is pasted may have blanks and words around the digits.
fn code_field(code: &str, error: Option<String>) -> impl IntoView + use<> {
    let wrong = error.is_some();
    let typed: String = code.chars().take(40).collect();
    view! {
        <div class="field">
            <label class="field__label" for="code">{words::CODE}</label>
            <p class="field__hint" id="code-hint">{words::CODE_HINT}</p>
            <input
                class="field__input field__input--code"
                id="code"
                name="code"
                type="text"
                inputmode="numeric"
                autocomplete="off"
                spellcheck="false"
                required
                value=typed
                aria-describedby="code-hint code-error"
                aria-invalid=wrong.then_some("true")
            />
            <p class="field__error" id="code-error" hidden=!wrong>
                <span class="mark mark--no" aria-hidden="true"></span>
                <span data-words="">{error.unwrap_or_default()}</span>
            </p>
        </div>
    }
}

/// A name needs letters, so no number pad here.
fn proof_field(typed: &str, empty: bool) -> impl IntoView + use<> {
    let typed: String = typed.chars().take(80).collect();
    // What is hidden would still be read out as a description.
    let help = if empty { "proof-hint proof-error" } else { "proof-hint" };
    view! {
        <div class="field">
            <label class="field__label" for="proof">{words::PROOF}</label>
            <p class="field__hint" id="proof-hint">{words::PROOF_HINT}</p>
            <input
                class="field__input"
                id="proof"
                name="proof"
                type="text"
                autocomplete="off"
                spellcheck="false"
                required
                value=(!typed.is_empty()).then_some(typed)
                aria-describedby=help
                aria-invalid=empty.then_some("true")
            />
            <p class="field__error" id="proof-error" hidden=!empty>
                <span class="mark mark--no" aria-hidden="true"></span>
                <span>{words::PROOF_EMPTY}</span>
            </p>
        </div>
    }
}
