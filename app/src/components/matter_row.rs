//! A matter in a list: title, who, unit and round, the nearest deadline.

use case_core::wire::desk::MatterRow;
use chrono::NaiveDate;
use leptos::prelude::*;

use super::deadline::deadline;
use crate::text;
use crate::text::screen::list as words;

/// A row that opens `href`; `current` marks the open one in a queue.
#[must_use]
pub fn matter_row(row: &MatterRow, today: NaiveDate, href: String, current: bool) -> AnyView {
    let badge = if row.said_unsolved {
        view! { <span class="badge badge--over">{words::SAID_UNSOLVED}</span> }.into_any()
    } else {
        view! { <span class="badge">{text::stage::stage(row.stage)}</span> }.into_any()
    };
    let voiced = row.voiced.then(|| view! { <span class="badge badge--act">{words::VOICED}</span> });
    let online = row.online.then(|| view! { <span class="badge">{words::ONLINE}</span> });
    let unit = row.unit.as_ref().map_or_else(String::new, |unit| [" · ", unit.as_str()].concat());
    let round = if row.round > 1 { [" · ", &words::round(row.round)].concat() } else { String::new() };
    view! {
        <li>
            <a class="matter" href=href aria-current=current.then_some("true")>
                <div class="matter__head"><h3 class="matter__title">{row.title.as_str().to_owned()}</h3>{voiced}{online}{badge}</div>
                <p class="matter__who">{[row.petitioner.as_str(), &unit, &round].concat()}</p>
                {row.nearest.as_ref().map(|clock| deadline(clock, today))}
            </a>
        </li>
    }
    .into_any()
}
