//! 督办, 约谈, 建议, each with its answer.

use case_core::matter::Oversight;
use case_core::wire::desk::MatterFile;
use leptos::prelude::*;

use super::visits::line;
use super::{part, signed_at, today, unit_name};
use crate::text::screen::life as words;
use crate::{format, text};

/// All of it; nothing where there was none.
#[must_use]
pub fn oversight(file: &MatterFile) -> AnyView {
    if file.matter.oversight.is_empty() {
        return ().into_any();
    }
    let lines: Vec<AnyView> = file.matter.oversight.iter().map(|act| one(file, act)).collect();
    part(words::OVERSIGHT, view! { <section class="panel"><ol class="timeline">{lines}</ol></section> }.into_any())
}

fn one(file: &MatterFile, act: &Oversight) -> AnyView {
    let today = today(file);
    let unit = act.unit.and_then(|unit| unit_name(file, unit));
    let to = act.to.as_ref().map(|to| to.as_str().to_owned()).or(unit).unwrap_or_else(|| words::UNIT.to_owned());
    let what = words::overseen(text::paths::oversight(act.act), &to, &format::day(act.due, today));
    let answer = match &act.answer {
        None => view! { <p class="timeline__note"><b>{words::NO_REPLY}</b></p> }.into_any(),
        Some(answer) => {
            let adopted = answer.adoption.map_or("", text::paths::adoption);
            let head = words::replied(&format::day(answer.on, today), adopted);
            view! {
                <p class="timeline__note"><b>{head}</b></p>
                <blockquote class="words">{answer.text.as_str().to_owned()}</blockquote>
                <p class="timeline__when">{signed_at(file, answer.at, answer.by)}</p>
            }
            .into_any()
        }
    };
    let more = view! {
        <p class="timeline__note">{[words::WANTED, act.wanted.as_str()].concat()}</p>
        {answer}
    };
    let breach = [words::BREACH, act.breach.as_str()].concat();
    line(what, signed_at(file, act.at, act.by), Some(breach), Some(more.into_any()))
}
