//! 查办理情况: the two questions. Sent by POST, so that neither the code nor what proves it ever
//! stands in an address. Checked here and not by the browser (`novalidate`), whose bubbles speak in
//! its own words.

use leptos::prelude::*;

use super::frame::Frame;
use crate::text::public::lookup as words;

/// Why there is no answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
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
}

impl Fault {
    fn of_code(self) -> Option<String> {
        match self {
            Self::CodeEmpty => Some(words::CODE_EMPTY.to_owned()),
            Self::CodeLength { digits } => Some(words::code_length(digits)),
            Self::CodeSlip => Some(words::CODE_SLIP.to_owned()),
            Self::ProofEmpty | Self::Miss => None,
        }
    }
}

/// The page; `code` is what was typed, kept for another try.
#[must_use]
pub fn lookup(frame: &Frame<'_>, code: &str, fault: Option<Fault>) -> String {
    let title = match fault {
        // Read first by a screen reader, which hears nothing of what is red.
        Some(Fault::Miss) => [words::MISS, " - ", words::TITLE].concat(),
        Some(_) => [words::CHECK_AGAIN, " - ", words::TITLE].concat(),
        None => words::TITLE.to_owned(),
    };
    let main = view! {
        <h1 class="lookup__title">{words::TITLE}</h1>
        {(fault == Some(Fault::Miss)).then(miss)}
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
            {proof_field(fault == Some(Fault::ProofEmpty))}
            <button class="btn btn--block" type="submit">{words::GO}</button>
        </form>
        <h2>{words::LOST}</h2>
        <p>{words::LOST_HELP}</p>
        <p class="muted">{words::PRIVACY}</p>
    };
    frame.page(&title, main)
}

fn miss() -> impl IntoView {
    view! {
        <div class="notice notice--refuse" role="alert">
            <span class="mark mark--no" aria-hidden="true"></span>
            <div class="notice__body">
                <p class="notice__title">{words::MISS}</p>
                <p>{words::MISS_WHY}</p>
            </div>
        </div>
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
fn proof_field(empty: bool) -> impl IntoView {
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
