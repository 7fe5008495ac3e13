//! Visits on the way, what the petitioner was told and promised, and records that did not fit.

use case_core::wire::desk::MatterFile;
use leptos::prelude::*;

use super::{files_of, name, part, today};
use crate::components::notice::{Tone, notice};
use crate::text::screen::{file as words, life};
use crate::{format, text};

/// A line of a list of deeds: what, when and by whom, a note, more below it.
pub(super) fn line(what: String, when: String, note: Option<String>, more: Option<AnyView>) -> AnyView {
    view! {
        <li class="timeline__step timeline__step--done">
            <p class="timeline__what">{what}</p>
            <p class="timeline__when">{when}</p>
            {note.map(|note| view! { <p class="timeline__note">{note}</p> })}
            {more}
        </li>
    }
    .into_any()
}

/// Home visits.
#[must_use]
pub fn visits(file: &MatterFile) -> AnyView {
    let today = today(file);
    let lines: Vec<_> = file
        .matter
        .visits
        .iter()
        .map(|visit| {
            let when = [&format::moment(visit.at, today), " · ", visit.by_name.as_str()].concat();
            let note = visit.note.as_ref().map(|note| note.as_str().to_owned());
            line(text::matter::meeting(visit.meeting()), when, note, files_of(file, visit.record))
        })
        .collect();
    let body = if lines.is_empty() {
        view! { <p class="section muted">{words::NO_VISITS}</p> }.into_any()
    } else {
        view! { <section class="panel"><ol class="timeline">{lines}</ol></section> }.into_any()
    };
    part(words::VISITS, body)
}

/// Feedback and promises; nothing when there were none.
#[must_use]
pub fn contacts(file: &MatterFile) -> AnyView {
    let today = today(file);
    let told = file.matter.contacts.iter().map(|contact| {
        let by = name(file, contact.by).unwrap_or_default();
        let when = [&format::moment(contact.at, today), " · ", &by].concat();
        line(words::FEEDBACK.to_owned(), when, Some(contact.text.as_str().to_owned()), None)
    });
    let promised = file.matter.commitments.iter().enumerate().map(|(at, promise)| {
        let what = [words::PROMISES, "：", &format::day(promise.due, today)].concat();
        let kept = match file.matter.kept.iter().find(|kept| usize::from(kept.commitment) == at) {
            Some(kept) => [life::KEPT, &format::day(kept.on, today), "，", kept.how.as_str()].concat(),
            None => life::NOT_KEPT.to_owned(),
        };
        let kept = view! { <p class="timeline__note">{kept}</p> }.into_any();
        line(what, format::moment(promise.made_at, today), Some(promise.text.as_str().to_owned()), Some(kept))
    });
    let lines: Vec<_> = told.chain(promised).collect();
    if lines.is_empty() {
        return ().into_any();
    }
    let heading = [words::FEEDBACK, "、", words::PROMISES].concat();
    part(heading, view! { <section class="panel"><ol class="timeline">{lines}</ol></section> }.into_any())
}

/// Records about the matter that did not fit; nothing when all did.
#[must_use]
pub fn flagged(file: &MatterFile) -> AnyView {
    if file.flagged.is_empty() {
        return ().into_any();
    }
    let today = today(file);
    let lines = file
        .flagged
        .iter()
        .map(|record| {
            let why: Vec<_> = record.flags.iter().map(|flag| text::record::flag(*flag)).collect();
            let who = [record.by.as_str(), " · ", &format::moment(record.received_at, today)].concat();
            view! { <li>{[&who, "：", &why.join("；")].concat()}</li> }
        })
        .collect_view();
    notice(Tone::Warn, words::FLAGGED, Some(view! { <ul>{lines}</ul> }.into_any()))
}
