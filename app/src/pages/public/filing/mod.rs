//! 网上提交: the form, the page that is read out to the petitioner, the receipt.
//!
//! One form, sent whole; it carries an id of its own ([`Draft::token`]), so that what is sent twice is one
//! intake. Whatever is wrong with it, all that was typed is on the page again, and each wrong field says so
//! itself and in the list above the form.

mod confirm;
mod fields;
pub(super) mod files;
mod receipt;

use case_core::document::forms::privacy_notice;
use case_core::public::{DEMAND_FIELDS, FilingFault, FilingField, FilingForm, Purpose, SentFile};
use leptos::prelude::*;
use uuid::Uuid;

use super::frame::{DRAW, Frame, phone_link};
use crate::text::public::filing as words;
use fields::{Text, area, error, id, input};

pub use confirm::confirm;
pub use receipt::{Filed, filed};

/// A town, and the villages in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Town {
    /// 区划代码.
    pub code: String,
    /// 名称.
    pub name: String,
    /// Codes and names.
    pub villages: Vec<(String, String)>,
}

/// A form, at first or after a try.
#[derive(Clone, Copy)]
pub struct Draft<'a> {
    /// Made with the page, kept over tries.
    pub token: Uuid,
    /// What was typed.
    pub form: &'a FilingForm,
    /// What is wrong with it.
    pub faults: &'a [(FilingField, FilingFault)],
    /// What else is wrong, in words.
    pub trouble: Option<&'a str>,
    /// Where it can be.
    pub towns: &'a [Town],
    /// What came already.
    pub files: &'a [SentFile],
    /// An empty form: what the phone kept of another may be put back.
    pub is_fresh: bool,
}

/// Not for a log.
impl std::fmt::Debug for Draft<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Draft(…)")
    }
}

impl Draft<'_> {
    fn wrong(&self, field: FilingField) -> Option<String> {
        self.faults.iter().find(|(wrong, _)| *wrong == field).map(|(field, fault)| words::fault(*field, *fault))
    }

    fn is_wrong(&self) -> bool {
        self.trouble.is_some() || !self.faults.is_empty()
    }
}

/// The address of one's own form.
pub const OWN: &str = "/t";
/// The address of the form that is filled in for somebody else.
pub const FOR: &str = "/t/for";
/// What the switch of the page that is read out sends as `go`: to be read out again, and not to be taken in yet.
pub const READ_OUT: &str = "read";
/// What the switch of the receipt sends as `go`: the receipt, of what was taken in.
pub const RECEIPT: &str = "receipt";
/// The id of the form on its page.
const FORM: &str = "filing";

/// The form.
#[must_use]
pub fn filing(frame: &Frame<'_>, draft: &Draft<'_>) -> String {
    let helped = draft.form.helped;
    let (heading, note) = if helped { (words::TITLE_FOR, words::NOTE_FOR) } else { (words::TITLE, words::NOTE) };
    let title = if draft.is_wrong() { [words::CHECK_AGAIN, " - ", heading].concat() } else { heading.to_owned() };
    let (other, other_words) = if helped { (OWN, words::TO_OWN) } else { (FOR, words::TO_FOR) };
    let accused = draft.faults.contains(&(FilingField::Purpose, FilingFault::NotHere));
    let main = view! {
        <h1 class="lookup__title">{heading}</h1>
        <p class="muted">{note}</p>
        <p><a href=other>{other_words}</a></p>
        {accused.then(|| elsewhere(frame))}
        {draft.is_wrong().then(|| wrong(draft))}
        {draft_box()}
        <form
            class="form"
            id=FORM
            method="post"
            action=OWN
            enctype="multipart/form-data"
            novalidate
            data-draft=if helped { "for" } else { "own" }
            data-fresh=draft.is_fresh.then_some("")
            data-kept=words::KEPT
            data-restored=words::RESTORED
            data-offline=words::OFFLINE
        >
            <input type="hidden" name="id" value=draft.token.to_string()/>
            {helped.then(|| helper(draft))}
            {purposes(draft)}
            {area(&Text {
                field: FilingField::Text,
                label: words::TEXT,
                hint: Some(words::text_hint()),
                value: &draft.form.text,
                wrong: draft.wrong(FilingField::Text),
                ..Text::NONE
            }, 8)}
            {demands(draft)}
            {places(draft)}
            {who(draft)}
            {publish(draft)}
            {files::fields(draft.files)}
            <p class="muted">{privacy_notice(frame.office.phone)}</p>
            <button class="btn btn--block" type="submit">{if helped { words::READ_OUT } else { words::SEND }}</button>
        </form>
        <p class="muted">{words::PRIVACY}</p>
        <script defer src="/filing.js"></script>
    };
    // The switch to large type sends the form: nothing typed is lost.
    frame.page_with_switch(&title, frame.form_switch(FORM, OWN, Some(DRAW)), main)
}

/// What the phone keeps, said by the script that keeps it.
fn draft_box() -> impl IntoView {
    view! {
        <div class="notice notice--plain" hidden data-draft-box="" role="status">
            <div class="notice__body">
                <p data-draft-words=""></p>
                <button class="btn btn--text" type="button">{words::CLEAR}</button>
            </div>
        </div>
    }
}

/// 检举控告: the way that is meant for it.
fn elsewhere(frame: &Frame<'_>) -> impl IntoView + use<> {
    view! {
        <div class="notice notice--refuse" role="alert">
            <span class="mark mark--no" aria-hidden="true"></span>
            <div class="notice__body">
                <p class="notice__title">{words::ACCUSE_TITLE}</p>
                <p>{words::ACCUSE}</p>
                <p>{frame.office.name.to_owned()}" "{phone_link(frame.office.phone)}</p>
            </div>
        </div>
    }
}

/// All that is wrong, above the form; each leads to its field.
fn wrong(draft: &Draft<'_>) -> impl IntoView + use<> {
    let lines = draft.faults.iter().map(|(field, fault)| {
        view! { <li><a href=["#", &id(*field)].concat()>{words::fault(*field, *fault)}</a></li> }
    });
    let list = (!draft.faults.is_empty()).then(|| view! { <ul>{lines.collect_view()}</ul> });
    let said = draft.trouble.map_or(words::WRONG, |trouble| trouble).to_owned();
    view! {
        <div class="notice notice--warn" role="alert">
            <span class="mark mark--warn" aria-hidden="true"></span>
            <div class="notice__body"><p class="notice__title">{said}</p>{list}</div>
        </div>
    }
}

fn helper(draft: &Draft<'_>) -> impl IntoView + use<> {
    let form = draft.form;
    let one = |field, label, hint: Option<&str>, value, optional: Option<&'static str>| {
        input(&Text {
            field,
            label,
            hint: hint.map(str::to_owned),
            value,
            wrong: draft.wrong(field),
            optional,
            phone: field == FilingField::HelperPhone,
        })
    };
    view! {
        <input type="hidden" name="helped" value="yes"/>
        <fieldset class="picks">
            <legend class="lookup__part">{words::HELPER}</legend>
            {one(FilingField::HelperName, words::HELPER_NAME, None, &form.helper_name, None)}
            {one(FilingField::HelperRelation, words::HELPER_RELATION, Some(words::HELPER_RELATION_HINT),
                &form.helper_relation, None)}
            {one(FilingField::HelperPhone, words::HELPER_PHONE, None, &form.helper_phone, Some(words::OPTIONAL))}
        </fieldset>
    }
}

/// Nothing is chosen beforehand.
fn purposes(draft: &Draft<'_>) -> impl IntoView + use<> {
    let choices = Purpose::ALL.into_iter().enumerate().map(|(at, purpose)| {
        let chosen = draft.form.purpose == purpose.word();
        view! {
            <label class="pick">
                <input type="radio" name="purpose" value=purpose.word() checked=chosen
                    id=(at == 0).then(|| id(FilingField::Purpose))/>
                <span>{words::purpose(purpose)}</span>
            </label>
        }
    });
    view! {
        <fieldset class="picks">
            <legend class="field__label">{words::PURPOSE}</legend>
            {choices.collect_view()}
            {error(FilingField::Purpose, draft.wrong(FilingField::Purpose))}
        </fieldset>
    }
}

/// Three fields, and three more for those who open them.
fn demands(draft: &Draft<'_>) -> impl IntoView + use<> {
    const SHOWN: usize = 3;
    let typed = |at: usize| draft.form.demands.get(at).map_or("", String::as_str);
    let one = |at: usize| {
        let field = FilingField::Demand(at);
        let label = words::demand(at);
        input(&Text { field, label: &label, value: typed(at), wrong: draft.wrong(field), ..Text::NONE })
    };
    let (first, more): (Vec<_>, Vec<_>) = ((0..SHOWN).map(one).collect(), (SHOWN..DEMAND_FIELDS).map(one).collect());
    let open = (SHOWN..DEMAND_FIELDS).any(|at| !typed(at).is_empty());
    view! {
        <fieldset class="picks">
            <legend class="lookup__part">{words::DEMANDS}</legend>
            <p class="field__hint">{words::DEMANDS_HINT}</p>
            {first}
            <details class="more" open=open>
                <summary>{words::MORE_DEMANDS}</summary>
                {more}
            </details>
        </fieldset>
    }
}

fn places(draft: &Draft<'_>) -> Option<impl IntoView + use<>> {
    if draft.towns.is_empty() {
        return None;
    }
    let chosen = draft.form.place.trim();
    let option = |code: &str, name: String| {
        view! { <option value=code.to_owned() selected=code == chosen>{name}</option> }
    };
    let towns = draft.towns.iter().map(|town| {
        let whole = option(&town.code, [&town.name, words::WHOLE_TOWN].concat());
        let villages = town.villages.iter().map(|(code, name)| option(code, name.clone())).collect_view();
        view! { <optgroup label=town.name.clone()>{whole}{villages}</optgroup> }
    });
    let wrong = draft.wrong(FilingField::Place);
    let place = id(FilingField::Place);
    Some(view! {
        <div class="field">
            <label class="field__label" for=place.clone()>{words::PLACE}</label>
            <select class="field__input" id=place name="place" aria-invalid=wrong.is_some().then_some("true")>
                <option value="">{words::NO_PLACE}</option>
                {towns.collect_view()}
            </select>
            {error(FilingField::Place, wrong)}
        </div>
    })
}

/// 公开意愿: off, until somebody ticks it.
fn publish(draft: &Draft<'_>) -> impl IntoView + use<> {
    view! {
        <fieldset class="picks">
            <legend class="field__label">{words::PUBLISH}</legend>
            <label class="pick">
                <input type="checkbox" name="publish" value="yes" checked=draft.form.publish/>
                <span>{words::PUBLISH_YES}<span class="pick__note">{words::PUBLISH_NOTE}</span></span>
            </label>
        </fieldset>
    }
}

/// Named or not, and the particulars.
fn who(draft: &Draft<'_>) -> impl IntoView + use<> {
    let form = draft.form;
    let choice = |value: &'static str, word: &'static str, note: &'static str, chosen: bool| {
        view! {
            <label class="pick">
                <input type="radio" name="who" value=value checked=chosen/>
                <span>{word}<span class="pick__note">{note}</span></span>
            </label>
        }
    };
    let name = if form.helped { words::NAME_FOR } else { words::NAME };
    let one = |field, label, hint: Option<&str>, value, optional| {
        let hint = hint.map(str::to_owned);
        let phone = field == FilingField::Phone;
        input(&Text { field, label, hint, value, wrong: draft.wrong(field), optional: Some(optional), phone })
    };
    view! {
        <fieldset class="picks">
            <legend class="field__label">{words::WHO}</legend>
            {choice("named", words::NAMED, words::NAMED_NOTE, !form.anonymous)}
            {choice("anonymous", words::ANONYMOUS, words::ANONYMOUS_NOTE, form.anonymous)}
        </fieldset>
        {one(FilingField::Name, name, None, &form.name, words::IF_NAMED)}
        {one(FilingField::Phone, words::PHONE, Some(words::PHONE_HINT), &form.phone, words::OPTIONAL)}
        {one(FilingField::Address, words::ADDRESS, None, &form.address, words::IF_NAMED)}
    }
}
