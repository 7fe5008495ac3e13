//! The previous round beside the present one: what was struck and what is new, demand by demand.

use case_core::matter::{DemandAnswer, Round};
use case_core::wire::desk::MatterFile;
use chrono::NaiveDate;
use leptos::prelude::*;

use super::{fact, part, today};
use crate::text;
use crate::text::screen::file as words;

/// Both rounds; nothing when there is only one.
#[must_use]
pub fn beside(file: &MatterFile) -> AnyView {
    let [.., before, now] = file.matter.rounds.as_slice() else { return ().into_any() };
    let today = today(file);
    let body = view! {
        <div class="beside">
            {side(before, now, today, false)}
            {side(now, before, today, true)}
        </div>
    };
    part(words::BESIDE, body.into_any())
}

fn side(round: &Round, other: &Round, today: NaiveDate, now: bool) -> AnyView {
    let (class, which) =
        if now { ("beside__side beside__side--now", words::THIS_ROUND) } else { ("beside__side", words::FORMER_ROUND) };
    let head = [which, " · ", &words::round_on(round.number, round.submitted_at.date(), today)].concat();
    let answers = round
        .package
        .answers
        .iter()
        .enumerate()
        .map(|(at, answer)| {
            let theirs = other.package.answers.get(at);
            let line = |name: &'static str, of: &dyn Fn(&DemandAnswer) -> String| {
                let mine = of(answer);
                let same = theirs.is_some_and(|theirs| of(theirs) == mine);
                fact(name, marked(mine, same, now))
            };
            view! {
                <h4>{text::demand_name(at)}</h4>
                <dl class="facts">
                    {line(words::FINDING, &|answer| answer.finding.as_str().to_owned())}
                    {line(words::STANDS_FOR, &|answer| text::matter::conclusion(answer.conclusion).to_owned())}
                    {line(words::BASIS, &|answer| answer.basis.as_str().to_owned())}
                    {line(words::PERFORMED, &|answer| text::matter::performance(&answer.performed, today))}
                </dl>
            }
        })
        .collect_view();
    view! { <div class=class><h3 class="beside__head">{head}</h3>{answers}</div> }.into_any()
}

fn marked(words: String, same: bool, now: bool) -> AnyView {
    match (same, now) {
        (true, _) => words.into_any(),
        (false, true) => view! { <ins>{words}</ins> }.into_any(),
        (false, false) => view! { <del>{words}</del> }.into_any(),
    }
}
