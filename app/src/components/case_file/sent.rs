//! 信访人的材料: what the petitioner sent with a form, to be looked at and saved.

use case_core::public::SentFile;
use case_core::wire::desk::MatterFile;
use leptos::prelude::*;

use super::{part, today};
use crate::format;
use crate::text::screen::record_files as words;

/// All of them, in the order in which they came; nothing where nothing was sent.
#[must_use]
pub fn sent(file: &MatterFile) -> AnyView {
    if file.sent.is_empty() {
        return ().into_any();
    }
    let lines = file.sent.iter().map(|one| line(file, one)).collect_view();
    let body = view! {
        <section class="panel">
            <p class="muted">{words::SENT_NOTE}</p>
            <div class="attachments"><ul class="attachments__list">{lines}</ul></div>
        </section>
    };
    part(words::SENT, body.into_any())
}

fn line(file: &MatterFile, one: &SentFile) -> AnyView {
    let href = ["/api/v1/matters/", &file.matter.id.to_string(), "/sent/", &one.digest.hex()].concat();
    let came = if one.voice.is_some() { words::SENT_LATER } else { words::SENT_FIRST };
    let when = format::moment(one.at, today(file));
    let note = [came, " · ", &when, " · ", &format::bytes(u64::from(one.bytes))].concat();
    let name = one.name.as_str().to_owned();
    if file.masked {
        let said = [&name, "，", words::SAY_WHY].concat();
        return view! { <li class="attachments__item"><p class="attachments__note">{said}" · "{note}</p></li> }
            .into_any();
    }
    let picture = one.media.is_image().then(|| {
        view! { <img class="attachments__thumb" src=href.clone() alt="" loading="lazy"/> }
    });
    view! {
        <li class="attachments__item">
            <a class="attachments__open" href=href.clone() download="" rel="external">{picture}<span>{words::save(&name)}</span></a>
            <p class="attachments__note">{note}</p>
        </li>
    }
    .into_any()
}
