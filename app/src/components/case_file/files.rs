//! Files of records: pictures and recordings that have come, and what has not come yet or never will.

use case_core::field::{AttachmentKind, Media};
use case_core::id::RecordId;
use case_core::wire::desk::{FileLine, MatterFile, RecordFiles};
use case_core::wire::sync::UploadState;
use leptos::prelude::*;

use super::{part, today};
use crate::components::notice::Mark;
use crate::format;
use crate::text;
use crate::text::screen::record_files as words;

const KINDS: [AttachmentKind; 3] = [AttachmentKind::Photo, AttachmentKind::Recording, AttachmentKind::Signature];

/// The files of one record; nothing when it has none.
#[must_use]
pub fn files_of(file: &MatterFile, record: RecordId) -> Option<AnyView> {
    file.files.iter().find(|of| of.record == record).map(|of| draw(&of.files, file.masked))
}

/// Files of records that the file shows nowhere else: of a visit that named the matter in passing, or
/// on which it was raised.
#[must_use]
pub fn other_files(file: &MatterFile) -> AnyView {
    let matter = &file.matter;
    let shown = |record: RecordId| {
        matter.visits.iter().any(|visit| visit.record == record)
            || matter.return_visits.iter().any(|visit| visit.record == record)
            || matter.notes.iter().any(|note| note.record == record)
    };
    let others: Vec<&RecordFiles> = file.files.iter().filter(|of| !shown(of.record)).collect();
    if others.is_empty() {
        return ().into_any();
    }
    let today = today(file);
    let panels = others
        .into_iter()
        .map(|of| {
            let when = format::moment(of.received_at, today);
            let who = [text::record::kind(of.kind), " · ", of.by.as_str(), " · ", &when].concat();
            view! { <section class="panel"><p class="muted">{who}</p>{draw(&of.files, file.masked)}</section> }
        })
        .collect_view();
    part(words::TITLE, panels.into_any())
}

fn draw(files: &[FileLine], masked: bool) -> AnyView {
    let coming = KINDS
        .into_iter()
        .filter_map(|kind| {
            let of_kind = || files.iter().filter(move |line| line.kind == kind);
            let there = of_kind().filter(|line| line.state == UploadState::Complete).count();
            let waits = of_kind().any(|line| line.state == UploadState::Partial);
            waits.then(|| {
                let said = words::arrived(kind, there, of_kind().count());
                view! { <p class="attachments__note">{Mark::Sending.draw()}" "{said}</p> }
            })
        })
        .collect_view();
    let lines = files.iter().enumerate().map(|(at, line)| one(line, place(files, at), masked)).collect_view();
    view! { <div class="attachments">{coming}<ul class="attachments__list">{lines}</ul></div> }.into_any()
}

/// Which of its kind it is, from 0.
fn place(files: &[FileLine], at: usize) -> usize {
    let kind = files.get(at).map(|line| line.kind);
    files.iter().take(at).filter(|line| Some(line.kind) == kind).count()
}

fn one(line: &FileLine, place: usize, masked: bool) -> Option<AnyView> {
    let name = words::name(line.kind, place);
    let body = match line.state {
        // Said above, once for all of a kind.
        UploadState::Partial => return None,
        UploadState::Complete if masked => gone([&name, "，", words::SAY_WHY].concat()),
        UploadState::Complete => complete(line.media, &address(line), name),
        UploadState::Lost => gone([&name, "，", words::LOST].concat()),
        UploadState::Refused => gone([&name, "，", words::REFUSED].concat()),
    };
    Some(view! { <li class="attachments__item">{body}</li> }.into_any())
}

fn complete(media: Media, href: &str, name: String) -> AnyView {
    let (href, open) = (href.to_owned(), href.to_owned());
    if media.is_image() {
        let label = words::enlarge(&name);
        return view! {
            <a class="attachments__open" href=open target="_blank" rel="external noopener">
                <img class="attachments__thumb" src=href alt=label loading="lazy"/>
            </a>
            <p class="attachments__note" aria-hidden="true">{name}</p>
        }
        .into_any();
    }
    view! {
        <audio class="attachments__sound" controls=true preload="none" src=href aria-label=name.clone()></audio>
        <p class="attachments__note" aria-hidden="true">{name}</p>
    }
    .into_any()
}

/// Not to be opened here, or not now.
fn gone(said: String) -> AnyView {
    view! { <p class="attachments__note">{Mark::No.draw()}" "{said}</p> }.into_any()
}

fn address(line: &FileLine) -> String {
    ["/api/v1/attachments/", &line.digest.hex(), "/file"].concat()
}
