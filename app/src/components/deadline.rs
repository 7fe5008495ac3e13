//! A deadline: words and a thin bar, never colour alone.

use case_core::time::Clock;
use chrono::NaiveDate;
use leptos::prelude::*;

use crate::html::escaped;
use crate::text::clock::{self, Level};

/// A clock as it stands today: 3天见面：5月3日 周六 · 还有 2 天.
#[must_use]
pub fn deadline(running: &Clock, today: NaiveDate) -> AnyView {
    let Due { class, name, words, urgent, source, percent } = Due::of(running, today);
    let words = if urgent { view! { <b>{words}</b> }.into_any() } else { words.into_any() };
    view! {
        <p class=class title=source>
            <span class="clock__words">{name}{words}</span>
            <progress class="clock__bar" max="100" value=percent aria-hidden="true"></progress>
        </p>
    }
    .into_any()
}

/// The same as HTML, for rows that are set as text ([`crate::html`]).
#[must_use]
pub fn deadline_html(running: &Clock, today: NaiveDate) -> String {
    let Due { class, name, words, urgent, source, percent } = Due::of(running, today);
    let (begin, end) = if urgent { ("<b>", "</b>") } else { ("", "") };
    [
        "<p class=\"",
        class,
        "\" title=\"",
        &escaped(source),
        "\"><span class=\"clock__words\">",
        &escaped(&name),
        begin,
        &escaped(&words),
        end,
        "</span><progress class=\"clock__bar\" max=\"100\" value=\"",
        &percent,
        "\" aria-hidden=\"true\"></progress></p>",
    ]
    .concat()
}

struct Due {
    class: &'static str,
    name: String,
    words: String,
    urgent: bool,
    source: &'static str,
    percent: String,
}

impl Due {
    fn of(running: &Clock, today: NaiveDate) -> Self {
        let level = clock::level(running.state(today));
        Self {
            class: match level {
                Level::Calm => "clock",
                Level::Near => "clock clock--near",
                Level::Over => "clock clock--over",
            },
            name: [clock::kind(running.kind), "："].concat(),
            words: clock::due(running, today),
            urgent: level != Level::Calm,
            source: clock::source(running.kind),
            percent: running.percent(today).to_string(),
        }
    }
}
