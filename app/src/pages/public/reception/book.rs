//! `/jf/{rule}/{day}`: taking a place, with the code of a matter or with a name and a phone number.

use case_core::id::BookingId;
use case_core::reception::Sitting;
use chrono::NaiveDate;
use leptos::prelude::*;

use super::super::frame::{DRAW, Frame, carried};
use super::calendar::Offered;
use super::{field_error, or_call, row};
use crate::text::public::reception as words;

/// What is wrong, and with which field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum BookFault {
    /// With the code: in words.
    Code(&'static str),
    /// With what proves it.
    Proof(&'static str),
    /// With the name.
    Name(&'static str),
    /// With the phone number.
    Phone(&'static str),
    /// With all of it.
    Whole(&'static str),
    /// There is no place: said with other days.
    NoPlace(&'static str),
}

/// What the form holds, at first or after a try.
#[derive(Clone)]
pub struct BookForm<'a> {
    /// Made with the page, kept over tries.
    pub id: BookingId,
    /// The reception; none when there is none (any more).
    pub sitting: Option<&'a Sitting>,
    /// Whether a place can be had.
    pub open: bool,
    /// 查询码.
    pub code: &'a str,
    /// Its proof.
    pub proof: &'a str,
    /// 姓名.
    pub name: &'a str,
    /// 电话.
    pub phone: &'a str,
    /// What is wrong.
    pub fault: Option<BookFault>,
    /// Why the person has no place, in a word, so that a change of type says it again; none where there could be one.
    pub refused: Option<&'a str>,
    /// Other receptions with free places.
    pub others: &'a [Offered],
    /// The form's own address.
    pub address: &'a str,
}

/// The page.
#[must_use]
pub fn book(frame: &Frame<'_>, form: &BookForm<'_>, today: NaiveDate) -> String {
    let title = match form.fault {
        Some(_) => [words::CHECK_AGAIN, " - ", words::BOOK_TITLE].concat(),
        None => words::BOOK_TITLE.to_owned(),
    };
    let about = form.sitting.map(|sitting| {
        view! {
            <ul class="cells">
                {row(words::WHEN, words::when(sitting, today))}
                {row(words::WHO, words::who(&sitting.leader))}
                {row(words::WHERE, sitting.place.as_str().to_owned())}
            </ul>
        }
    });
    let whole = match form.fault {
        Some(BookFault::Whole(words) | BookFault::NoPlace(words)) => Some(words),
        _ => None,
    };
    let notice = whole.map(|text| {
        view! {
            <div class="notice notice--refuse" role="alert">
                <span class="mark mark--no" aria-hidden="true"></span>
                <div class="notice__body"><p class="notice__title">{words::NOT_YET}</p><p>{text}</p></div>
            </div>
        }
    });
    let main = view! {
        <h1 class="lookup__title">{words::BOOK_TITLE}</h1>
        {notice}
        {about}
        {form.open.then(|| fields(form))}
        {(!form.open).then(|| others(form.others, today))}
        {(!form.open).then(|| kept(form))}
        <p><a href="/jf">{words::BACK}</a></p>
        {or_call(frame)}
    };
    frame.page_with_switch(&title, frame.form_switch(FORM, form.address, Some(DRAW)), main)
}

/// The id of the form on its page.
const FORM: &str = "book";

/// There is no place: what was typed goes along with the switch to large type all the same.
fn kept(form: &BookForm<'_>) -> impl IntoView + use<> {
    let id = form.id.to_string();
    let refused = form.refused.unwrap_or_default();
    let fields =
        [("id", id.as_str()), ("code", form.code), ("proof", form.proof), ("name", form.name), ("phone", form.phone)];
    view! { <form id=FORM method="post" action=form.address.to_owned()>{carried(&fields)}{carried(&[("refused", refused)])}</form> }
}

fn fields(form: &BookForm<'_>) -> impl IntoView + use<> {
    let fault = |pick: fn(&BookFault) -> Option<&'static str>| form.fault.as_ref().and_then(pick);
    let code = fault(|fault| if let BookFault::Code(words) = fault { Some(words) } else { None });
    let proof = fault(|fault| if let BookFault::Proof(words) = fault { Some(words) } else { None });
    let name = fault(|fault| if let BookFault::Name(words) = fault { Some(words) } else { None });
    let phone = fault(|fault| if let BookFault::Phone(words) = fault { Some(words) } else { None });
    view! {
        <form class="form" id=FORM method="post" action=form.address.to_owned() novalidate>
            <input type="hidden" name="id" value=form.id.to_string()/>
            <fieldset class="picks">
                <legend class="picks__legend">{words::WITH_CODE}</legend>
                {field("code", words::CODE, Some(words::CODE_HINT), "numeric", "off", form.code, code)}
                {field("proof", words::PROOF, None, "text", "off", form.proof, proof)}
            </fieldset>
            <fieldset class="picks">
                <legend class="picks__legend">{words::WITHOUT_CODE}</legend>
                {field("name", words::NAME, None, "text", "name", form.name, name)}
                {field("phone", words::PHONE, Some(words::PHONE_HINT), "tel", "tel", form.phone, phone)}
            </fieldset>
            <p class="muted">{words::PRIVACY}</p>
            <button class="btn btn--block" type="submit">{words::GO}</button>
        </form>
    }
}

fn field(
    id: &'static str,
    label: &'static str,
    hint: Option<&'static str>,
    mode: &'static str,
    complete: &'static str,
    typed: &str,
    fault: Option<&'static str>,
) -> impl IntoView + use<> {
    let (hint_id, error_id): (&'static str, &'static str) = match id {
        "code" => ("code-hint", "code-error"),
        "proof" => ("proof-hint", "proof-error"),
        "name" => ("name-hint", "name-error"),
        _ => ("phone-hint", "phone-error"),
    };
    let described = match (hint.is_some(), fault.is_some()) {
        (true, true) => Some([hint_id, " ", error_id].concat()),
        (true, false) => Some(hint_id.to_owned()),
        (false, true) => Some(error_id.to_owned()),
        (false, false) => None,
    };
    let typed: String = typed.chars().take(80).collect();
    view! {
        <div class="field">
            <label class="field__label" for=id>{label}</label>
            {hint.map(|hint| view! { <p class="field__hint" id=hint_id>{hint}</p> })}
            <input class="field__input" id=id name=id type="text" inputmode=mode autocomplete=complete spellcheck="false"
                value=typed aria-describedby=described aria-invalid=fault.map(|_| "true")/>
            {field_error(error_id, fault)}
        </div>
    }
}

/// Full, over, called off: what else there is.
fn others(others: &[Offered], today: NaiveDate) -> AnyView {
    if others.is_empty() {
        return view! { <p>{words::NO_OTHERS}</p> }.into_any();
    }
    let rows = others.iter().map(|one| {
        let label = words::book(&one.sitting, today);
        view! {
            <a class="cell cell--link" href=one.address() aria-label=label><span class="cell__body">
                <span class="cell__title">{words::when(&one.sitting, today)}</span>
                <span class="cell__note">{words::who(&one.sitting.leader)}</span>
                <span class="cell__note">{words::free(one.free)}</span>
            </span></a>
        }
    });
    view! { <h2>{words::OTHERS}</h2><nav class="cells" aria-label=words::OTHERS>{rows.collect_view()}</nav> }.into_any()
}
