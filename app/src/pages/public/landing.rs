//! 首页: three doors.

use leptos::prelude::*;

use super::frame::Frame;
use crate::text::public::landing as words;

/// The page.
#[must_use]
pub fn landing(frame: &Frame<'_>) -> String {
    let main = view! {
        <h1 class="answer__say">{words::PROMISE}</h1>
        <nav class="cells" aria-label=words::DOORS>
            {door("/c", words::LOOK_UP, words::LOOK_UP_NOTE)}
            {door("/p", words::PUBLISHED, words::PUBLISHED_NOTE)}
            {door("/w/", words::OFFICIALS, words::OFFICIALS_NOTE)}
        </nav>
        <p>{words::OR_CALL}</p>
    };
    frame.page(words::TITLE, main)
}

fn door(address: &'static str, name: &'static str, note: &'static str) -> impl IntoView {
    view! {
        <a class="cell cell--link" href=address>
            <span class="cell__body">
                <span class="cell__title">{name}</span>
                <span class="cell__note">{note}</span>
            </span>
        </a>
    }
}
