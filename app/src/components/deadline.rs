//! A deadline: words and a thin bar, never colour alone.

use case_core::time::Clock;
use chrono::NaiveDate;
use leptos::prelude::*;

use crate::text::clock::{self, Level};

/// A clock as it stands today: 3天见面：5月3日 周六 · 还有 2 天.
#[must_use]
pub fn deadline(running: &Clock, today: NaiveDate) -> AnyView {
    let level = clock::level(running.state(today));
    let class = match level {
        Level::Calm => "clock",
        Level::Near => "clock clock--near",
        Level::Over => "clock clock--over",
    };
    let name = [clock::kind(running.kind), "："].concat();
    let words = clock::due(running, today);
    let words = if level == Level::Calm { words.into_any() } else { view! { <b>{words}</b> }.into_any() };
    view! {
        <p class=class title=clock::source(running.kind)>
            <span class="clock__words">{name}{words}</span>
            <progress class="clock__bar" max="100" value=running.percent(today).to_string() aria-hidden="true"></progress>
        </p>
    }
    .into_any()
}
