//! All clocks, each with its source: the running ones by their last day, the ended ones folded away with
//! how they ended.

use case_core::time::Clock;
use case_core::wire::desk::MatterFile;
use chrono::NaiveDate;
use leptos::prelude::*;

use super::{part, today};
use crate::components::deadline::deadline;
use crate::text;
use crate::text::screen::file as words;

/// The clocks of a matter; nothing when it has none.
#[must_use]
pub fn clocks(file: &MatterFile) -> AnyView {
    if file.matter.clocks.is_empty() {
        return ().into_any();
    }
    let today = today(file);
    let (mut running, ended): (Vec<&Clock>, Vec<&Clock>) =
        file.matter.clocks.iter().partition(|clock| clock.is_running());
    running.sort_by_key(|clock| (clock.due, clock.kind));
    let draw = |clocks: Vec<&Clock>| clocks.into_iter().map(|clock| one(clock, today)).collect_view();
    let none = ended.is_empty();
    let body = view! {
        <section class="panel stack">
            {draw(running)}
            <details class="fold" hidden=none>
                <summary class="fold__head">{words::CLOCKS_ENDED}</summary>
                <div class="fold__body stack">{draw(ended)}</div>
            </details>
        </section>
    };
    part(words::CLOCKS, body.into_any())
}

/// A clock with its state, and where its length comes from.
fn one(clock: &Clock, today: NaiveDate) -> AnyView {
    view! { <div>{deadline(clock, today)}<p class="muted">{text::clock::source(clock.kind)}</p></div> }.into_any()
}
