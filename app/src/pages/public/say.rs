//! 信访人的话: one question on a page, sent by POST like the look-up. The form carries an id of its own, so
//! that what is sent twice is said once; whatever is wrong with it, what was typed is on the page again.

use case_core::field::Rating;
use case_core::id::VoiceId;
use case_core::matter::Rated;
use case_core::public::{Asking, SentFile};
use leptos::prelude::*;

use super::answer::Asked;
use super::filing::files::fields;
use super::frame::{Frame, enter};
use crate::html::escaped;
use crate::text::public::say as words;

/// What a form holds, at first or after a try.
#[derive(Clone, Copy, Debug)]
pub struct Saying<'a> {
    /// Which page.
    pub asking: Asking,
    /// Made with the page, kept over tries.
    pub id: VoiceId,
    /// What was typed.
    pub text: &'a str,
    /// What was chosen of the office.
    pub office: Option<Rating>,
    /// What was chosen of the unit.
    pub unit: Option<Rating>,
    /// 责任单位, when there is one.
    pub unit_name: Option<&'a str>,
    /// What is wrong with it, in words.
    pub fault: Option<&'a str>,
    /// 补充材料: what came already.
    pub files: &'a [SentFile],
}

/// The form's id, for the switch above it.
const FORM: &str = "saying";

/// The page.
#[must_use]
pub fn say(frame: &Frame<'_>, asked: Asked<'_>, saying: &Saying<'_>) -> String {
    let page = words::page(saying.asking);
    let title = match saying.fault {
        Some(_) => [words::CHECK_AGAIN, " - ", page.title].concat(),
        None => page.title.to_owned(),
    };
    let with_files = saying.asking == Asking::Material;
    let address = if with_files { "/c/send".to_owned() } else { ["/c/say/", saying.asking.word()].concat() };
    let kind = with_files.then_some("multipart/form-data");
    let main = view! {
        <h1 class="lookup__title">{page.title}</h1>
        <p class="muted">{page.note}</p>
        <form class="form" id=FORM method="post" action=address enctype=kind novalidate>
            {secrets(asked)}
            <input type="hidden" name="id" value=saying.id.to_string()/>
            {ratings(frame, saying)}
            {text_field(saying, page.label)}
            {with_files.then(|| fields(saying.files))}
            <button class="btn btn--block" type="submit">{page.send}</button>
        </form>
        <form method="post" action="/c">
            {secrets(asked)}
            <button class="btn btn--text btn--block" type="submit">{words::BACK}</button>
        </form>
    };
    frame.page_with_switch(&title, switch(frame, saying.asking), main)
}

/// The switch to large type takes what was typed along. Chosen files it cannot: a browser lets nobody fill them in.
fn switch(frame: &Frame<'_>, asking: Asking) -> impl IntoView + use<> {
    let (word, value) = frame.other_type();
    let address = ["/c/ask/", asking.word(), "?type=", value].concat();
    view! {
        {enter(FORM)}
        <button class="header__action" type="submit" form=FORM formaction=address formnovalidate
            formenctype="application/x-www-form-urlencoded" data-type-switch="" data-other=frame.word_after()>{word}</button>
    }
}

/// The two answers that open the matter, and the pass: they stand in forms, never in an address.
pub(crate) fn secrets(asked: Asked<'_>) -> impl IntoView + use<> {
    view! {
        <input type="hidden" name="code" value=asked.code.to_owned()/>
        <input type="hidden" name="proof" value=asked.proof.to_owned()/>
        <input type="hidden" name="pass" value=asked.pass.to_owned()/>
    }
}

/// Nothing is chosen beforehand: silence is no rating.
fn ratings(frame: &Frame<'_>, saying: &Saying<'_>) -> Option<impl IntoView + use<>> {
    let of = |whom: Rated, name: &'static str, chosen: Option<Rating>| {
        let choices = [Rating::Satisfied, Rating::MostlySatisfied, Rating::Dissatisfied].map(|rating| {
            view! {
                <label class="pick">
                    <input type="radio" name=name value=word(rating) checked=chosen == Some(rating)/>
                    <span>{words::rating(rating)}</span>
                </label>
            }
        });
        view! {
            <fieldset class="picks">
                <legend class="field__label">{words::rated(whom, frame.office.name, saying.unit_name)}</legend>
                {choices.into_iter().collect_view()}
            </fieldset>
        }
    };
    (saying.asking == Asking::Rate).then(|| {
        let unit = saying.unit_name.is_some().then(|| of(Rated::Unit, "unit", saying.unit));
        view! { {of(Rated::Office, "office", saying.office)}{unit} }
    })
}

/// The word of a rating in a form.
#[must_use]
pub fn word(rating: Rating) -> &'static str {
    match rating {
        Rating::Satisfied => "satisfied",
        Rating::MostlySatisfied => "mostly",
        Rating::Dissatisfied => "dissatisfied",
        Rating::NotRated => "",
    }
}

/// The rating of a word; none for anything else.
#[must_use]
pub fn rating(typed: &str) -> Option<Rating> {
    [Rating::Satisfied, Rating::MostlySatisfied, Rating::Dissatisfied].into_iter().find(|rating| word(*rating) == typed)
}

fn text_field(saying: &Saying<'_>, label: &'static str) -> impl IntoView + use<> {
    let needed = saying.asking.says().is_some_and(case_core::matter::Says::needs_words);
    let fault = saying.fault.map(|fault| {
        view! {
            <p class="field__error" id="text-error" role="alert">
                <span class="mark mark--no" aria-hidden="true"></span>
                <span>{fault.to_owned()}</span>
            </p>
        }
    });
    let wrong = saying.fault.is_some();
    // The one element whose content the renderer puts out as it is. A first line break belongs to the markup.
    let text = ["\n", &escaped(saying.text)].concat();
    view! {
        <div class="field">
            <label class="field__label" for="text">
                {label}
                {(!needed).then(|| view! { <span class="field__opt">{words::MAY_BE_EMPTY}</span> })}
            </label>
            <textarea
                class="field__input"
                id="text"
                name="text"
                rows="6"
                required=needed
                aria-describedby=wrong.then_some("text-error")
                aria-invalid=wrong.then_some("true")
            >{text}</textarea>
            {fault}
        </div>
    }
}
