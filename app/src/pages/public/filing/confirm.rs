//! 听读确认: everything once more, to be read out; the petitioner says yes, and only then it goes. It is not
//! stored in between: the page carries it.

use case_core::public::{FilingField, FilingForm, Purpose};
use leptos::prelude::*;

use super::fields::{error, id};
use super::{Draft, FORM, OWN, READ_OUT, Town};
use crate::html::escaped;
use crate::pages::public::frame::Frame;
use crate::text::public::filing as words;

/// The page.
#[must_use]
pub fn confirm(frame: &Frame<'_>, draft: &Draft<'_>) -> String {
    let form = draft.form;
    let lines = |text: &str| {
        let lines: Vec<String> =
            text.lines().map(str::trim).filter(|line| !line.is_empty()).map(str::to_owned).collect();
        lines.into_iter().map(|line| view! { <p>{line}</p> }).collect_view()
    };
    let row = |name: &'static str, value: &str| {
        let value = if value.trim().is_empty() { words::NOTHING } else { value };
        view! {
            <li class="cell"><span class="cell__body">
                <span class="cell__note">{name}</span><span class="cell__title">{lines(value)}</span>
            </span></li>
        }
    };
    let purpose = Purpose::from_word(&form.purpose).map_or("", words::purpose);
    let demands: Vec<&str> = form.demands.iter().map(|one| one.trim()).filter(|one| !one.is_empty()).collect();
    let numbered: Vec<String> =
        demands.iter().enumerate().map(|(at, one)| [&words::demand(at), "：", one].concat()).collect();
    let helper = [form.helper_name.trim(), "，", form.helper_relation.trim(), " ", form.helper_phone.trim()].concat();
    let named = (!form.anonymous).then(|| {
        view! { {row(words::NAME_FOR, &form.name)}{row(words::ADDRESS, &form.address)} }
    });
    let unnamed =
        form.anonymous.then(|| row(words::WHO, [words::ANONYMOUS, "\n", words::ANONYMOUS_NOTE].concat().as_str()));
    let wrong = draft.faults.iter().find(|(field, _)| *field == FilingField::Heard);
    // Asked for the first time, it is no mistake.
    let wrong = wrong.filter(|_| draft.trouble.is_some()).map(|(field, fault)| words::fault(*field, *fault));
    let heard = id(FilingField::Heard);
    let main = view! {
        <h1 class="lookup__title">{words::CONFIRM}</h1>
        <p class="answer__why">{words::CONFIRM_NOTE}</p>
        <ul class="cells">
            {row(words::PURPOSE, purpose)}
            {row(words::TEXT, &form.text)}
            {row(words::DEMANDS, &numbered.join("\n"))}
            {row(words::PLACE, &place(form, draft.towns))}
            {unnamed}
            {named}
            {row(words::PHONE, &form.phone)}
            {row(words::PUBLISH, if form.publish { words::PUBLISH_YES } else { words::PUBLISH_NO })}
            {row(words::HELPED_BY, &helper)}
            {(!draft.files.is_empty()).then(|| row(words::FILES_CAME, &words::files(draft.files.len())))}
        </ul>
        <form class="form" id=FORM method="post" action=OWN enctype="multipart/form-data" novalidate>
            <input type="hidden" name="id" value=draft.token.to_string()/>
            {carried(form)}
            <div class="field">
                <label class="pick">
                    <input type="checkbox" name="heard" value="yes" id=heard checked=form.heard
                        aria-invalid=wrong.is_some().then_some("true")/>
                    <span>{words::HEARD}</span>
                </label>
                {error(FilingField::Heard, wrong)}
            </div>
            <button class="btn btn--block" type="submit">{words::SEND}</button>
            <button class="btn btn--text btn--block" type="submit" name="go" value="draw">{words::EDIT}</button>
        </form>
    };
    frame.page_with_switch(words::CONFIRM, frame.form_switch(FORM, OWN, Some(READ_OUT)), main)
}

/// 在哪里, in words.
fn place(form: &FilingForm, towns: &[Town]) -> String {
    let chosen = form.place.trim();
    let found = towns.iter().find_map(|town| {
        if town.code == chosen {
            return Some([&town.name, words::WHOLE_TOWN].concat());
        }
        let village = town.villages.iter().find(|(code, _)| code == chosen);
        village.map(
            |(_, name)| if name.starts_with(&town.name) { name.clone() } else { [&town.name, name.as_str()].concat() },
        )
    });
    found.unwrap_or_else(|| words::NO_PLACE.to_owned())
}

/// What was typed goes along.
fn carried(form: &FilingForm) -> impl IntoView + use<> {
    let demands = form.demands.iter().map(|one| ("demand", one.clone()));
    let who = if form.anonymous { "anonymous" } else { "named" };
    let fields = [
        ("helped", "yes"),
        ("publish", if form.publish { "yes" } else { "" }),
        ("asked", "yes"),
        ("purpose", form.purpose.as_str()),
        ("place", form.place.as_str()),
        ("who", who),
        ("name", form.name.as_str()),
        ("phone", form.phone.as_str()),
        ("address", form.address.as_str()),
        ("helper_name", form.helper_name.as_str()),
        ("helper_relation", form.helper_relation.as_str()),
        ("helper_phone", form.helper_phone.as_str()),
    ];
    let all: Vec<(&'static str, String)> =
        fields.into_iter().map(|(name, value)| (name, value.to_owned())).chain(demands).collect();
    let hidden = all.into_iter().map(|(name, value)| view! { <input type="hidden" name=name value=value/> });
    // Line breaks would not live through a hidden input of every browser; a hidden textarea keeps them.
    let text = ["\n", &escaped(&form.text)].concat();
    view! {
        {hidden.collect_view()}
        <textarea hidden name="text" aria-hidden="true" tabindex="-1">{text}</textarea>
    }
}
