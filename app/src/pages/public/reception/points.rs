//! `/sd`: 说事点, found by town.

use case_core::text::Title;
use case_core::wire::receptions::TalkPointRow;
use leptos::prelude::*;

use super::super::frame::{Frame, enter, phone_link};
use super::or_call;
use crate::text::public::reception as shared;
use crate::text::public::reception::points as words;

/// The page; `typed` is what was looked for.
#[must_use]
pub fn points(frame: &Frame<'_>, rows: &[TalkPointRow], typed: &str) -> String {
    let typed: String = typed.chars().take(40).collect();
    let mut towns: Vec<(&Title, Vec<&TalkPointRow>)> = Vec::new();
    for row in rows {
        match towns.last_mut().filter(|(town, _)| **town == row.town) {
            Some((_, points)) => points.push(row),
            None => towns.push((&row.town, vec![row])),
        }
    }
    let lists = towns.iter().map(|(town, points)| {
        let lines = points.iter().map(|row| line(row)).collect_view();
        view! { <h2>{town.as_str().to_owned()}</h2><ul class="cells">{lines}</ul> }
    });
    let none = rows.is_empty().then(|| view! { <p role="status">{words::NONE}</p> });
    let all = (!typed.is_empty()).then(|| view! { <p><a href="/sd">{words::ALL}</a></p> });
    let main = view! {
        <h1 class="lookup__title">{words::TITLE}</h1>
        <p>{words::NOTE}</p>
        <form class="form" id="search" method="get" action="/sd" role="search">
            <div class="field">
                <label class="field__label" for="q">{words::SEARCH}</label>
                <input class="field__input" id="q" name="q" type="text" autocomplete="off" value=typed.clone()/>
            </div>
            <button class="btn btn--block" type="submit">{words::GO}</button>
        </form>
        {none}
        {lists.collect_view()}
        {all}
        <p><a href="/jf">{shared::BACK}</a></p>
        {or_call(frame)}
    };
    let (_, other) = frame.other_type();
    // A form that is sent by its address: the type is one more of its fields.
    let (word, after) = (frame.other_type().0, frame.word_after());
    let switch = view! {
        {enter("search")}
        <button class="header__action" type="submit" form="search" name="type" value=other data-type-switch=""
            data-other=after>{word}</button>
    };
    frame.page_with_switch(words::TITLE, switch, main)
}

fn line(row: &TalkPointRow) -> impl IntoView + use<> {
    let point = &row.point;
    let village = row.village.as_ref().map(|village| [village.as_str(), "　"].concat()).unwrap_or_default();
    let title = [&village, point.name.as_str()].concat();
    view! {
        <li class="cell">
            <span class="cell__body">
                <span class="cell__title">{title}</span>
                <span class="cell__note">{point.place.as_str().to_owned()}</span>
                <span class="cell__note">{words::who(point.keeper.as_str(), point.hours.as_str())}</span>
            </span>
            {phone_link(point.phone.as_str())}
        </li>
    }
}
