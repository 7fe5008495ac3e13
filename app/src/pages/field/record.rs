//! A record on its own page: what it says, where it stands, what was corrected; and 查询码, to be
//! shown to the petitioner.

use case_core::field::Payload;
use case_core::id::RecordId;
use case_offline::{Entry, EntryState};
use leptos::prelude::*;

use super::frame::{empty, fact, page as plain_page, skeleton};
use super::on_phone::{OnPhone, use_phone};
use super::rows::{codes, entry_face};
use crate::browser;
use crate::components::icon::Icon;
use crate::components::notice::{Tone, notice};
use crate::text::screen::{field, field_me, field_more as words, field_record};

/// A record of this phone and the corrections that name it. The outer `None`: not read yet.
pub(super) type Found = RwSignal<Option<Option<(Entry, Vec<Entry>)>>>;

/// Looks for a record among the unsent and the sent.
pub(super) fn found(phone: OnPhone, id: RecordId) -> Found {
    phone.records(move |handle| async move {
        let mut all = handle.outbox().await?;
        all.extend(handle.history().await?);
        let corrections = all.iter().filter(|entry| match &entry.record.payload {
            Payload::Correction(correction) => correction.corrects == id,
            _ => false,
        });
        let corrections = corrections.cloned().collect();
        Ok(all.into_iter().find(|entry| entry.record.id == id).map(|entry| (entry, corrections)))
    })
}

/// What a record says.
pub(super) fn says(entry: &Entry) -> AnyView {
    let lines = field_record::says(&entry.record.payload, browser::today());
    let rows = lines.into_iter().map(|(name, value)| fact(name, value)).collect_view();
    view! { <section class="panel"><dl class="facts">{rows}</dl></section> }.into_any()
}

/// The page.
pub(super) fn page(id: RecordId) -> AnyView {
    let phone = use_phone();
    let known = found(phone, id);
    let body = move || {
        let (work, today) = (phone.work(), browser::today());
        known.with(|read| match read {
            None => skeleton(),
            Some(None) => empty(Icon::Echo, field::GONE, ""),
            Some(Some((entry, corrections))) => {
                let later = corrections.iter().map(says).collect_view();
                let href = ["/w/correct/", &id.to_string()].concat();
                view! {
                    <div class="cells"><div class="cell">{entry_face(phone, entry, &work, false, today)}</div></div>
                    {codes(entry)}
                    <h2 class="heading">{words::RECORD_SAYS}</h2>
                    {says(entry)}
                    {(!corrections.is_empty()).then(|| view! { <h2 class="heading">{words::CORRECTION}</h2> })}
                    {later}
                    <div class="actions"><a class="btn btn--plain actions__main" href=href>{words::CORRECT}</a></div>
                }
                .into_any()
            }
        })
    };
    plain_page(words::RECORD, "/w/sent", None, body.into_any())
}

/// 查询码 of the matters that a record raised: to be written down or shown.
pub(super) fn code(id: RecordId) -> AnyView {
    let known = found(use_phone(), id);
    let body = move || {
        known.with(|read| match read {
            None => skeleton(),
            Some(None) => empty(Icon::Echo, field::GONE, ""),
            Some(Some((entry, _))) => {
                let how = || Some(view! { <p>{words::CODE_HOW}</p> }.into_any());
                let stands = match &entry.state {
                    EntryState::Confirmed { .. } => notice(Tone::Confirmed, words::CODE_NOW, how()),
                    EntryState::Waiting => notice(Tone::Plain, words::CODE_WHEN, how()),
                    EntryState::SetAside { reason, .. } => notice(Tone::Refuse, field_me::aside(reason), None),
                };
                view! {
                    {codes(entry)}
                    <div class="section">{stands}</div>
                    <div class="actions"><a class="btn actions__main" href="/w/visits">{words::CODE_DONE}</a></div>
                }
                .into_any()
            }
        })
    };
    plain_page(words::CODE, "/w/visits", None, body.into_any())
}
