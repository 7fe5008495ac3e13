//! 信访人的话, unedited, each with its answer or with the word that it has none.

use case_core::matter::Voice;
use case_core::wire::desk::MatterFile;
use leptos::prelude::*;

use super::visits::line;
use super::{part, signed_at, today};
use crate::text::screen::life as words;
use crate::{format, text};

/// What the petitioner said by the code, the latest first; nothing where nothing was said.
#[must_use]
pub fn voices(file: &MatterFile) -> AnyView {
    if file.matter.voices.is_empty() {
        return ().into_any();
    }
    let lines: Vec<_> = file.matter.voices.iter().rev().map(|voice| one(file, voice)).collect();
    part(words::VOICES, view! { <section class="panel"><ol class="timeline">{lines}</ol></section> }.into_any())
}

fn one(file: &MatterFile, voice: &Voice) -> AnyView {
    let said = voice.text.as_ref().map(|text| {
        view! { <blockquote class="words">{text.as_str().to_owned()}</blockquote> }
    });
    let answer = match (&voice.answer, voice.waits_for()) {
        (Some(answer), _) => {
            let text = answer.text.as_ref().map_or(words::ANSWERED_BY_DEED, |text| text.as_str());
            let head = [words::VOICE_ANSWER, text].concat();
            let when = signed_at(file, answer.at, answer.by);
            view! { <p class="timeline__note">{head}</p><p class="timeline__when">{when}</p> }.into_any()
        }
        (None, Some(ear)) => view! { <p class="timeline__note"><b>{words::voice_waits(ear)}</b></p> }.into_any(),
        (None, None) => ().into_any(),
    };
    let when = format::moment(voice.at, today(file));
    line(
        text::matter::says(voice.says, today(file), file.matter.meetings()),
        when,
        None,
        Some(view! { {said}{answer} }.into_any()),
    )
}
