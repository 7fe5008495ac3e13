//! Receptions, notes, corrections and evidence, each with its files.

use case_core::wire::desk::MatterFile;
use leptos::prelude::*;

use super::{files_of, part, today};
use crate::format;
use crate::text;
use crate::text::screen::record_files as words;

/// All of them, the latest first; nothing when there were none.
#[must_use]
pub fn notes(file: &MatterFile) -> AnyView {
    if file.matter.notes.is_empty() {
        return ().into_any();
    }
    let today = today(file);
    let lines = file
        .matter
        .notes
        .iter()
        .rev()
        .map(|note| {
            let when = [&format::moment(note.at, today), " · ", note.by_name.as_str()].concat();
            let opinion = note.opinion.as_ref().map(|opinion| {
                view! { <p class="timeline__note">{[words::OPINION, opinion.as_str()].concat()}</p> }
            });
            view! {
                <li class="timeline__step timeline__step--done">
                    <p class="timeline__what">{text::event::field_note(note)}</p>
                    <p class="timeline__when">{when}</p>
                    {opinion}
                    {(note.files > 0).then(|| files_of(file, note.record))}
                </li>
            }
        })
        .collect_view();
    part(words::NOTES, view! { <section class="panel"><ol class="timeline">{lines}</ol></section> }.into_any())
}
