//! 发送实况: what is unsent, each with its state and reason.

use case_offline::{Connection, Entry, EntryState};
use leptos::prelude::*;

use super::frame::{empty, heading, page as plain_page};
use super::on_phone::{OnPhone, use_phone};
use super::rows::entry_row;
use crate::browser;
use crate::components::icon::Icon;
use crate::components::notice::{Tone, notice};
use crate::text::screen::field_me as words;

/// The page.
pub(super) fn page() -> AnyView {
    let phone = use_phone();
    let entries = phone.records(|handle| async move { handle.outbox().await });
    let body = move || entries.with(|entries| entries.as_ref().map(|entries| lists(phone, entries)));
    let sent =
        view! { <div class="section"><a class="btn btn--plain btn--block" href="/w/sent">{words::SENT}</a></div> };
    plain_page(words::UNSENT, "/w/me", None, view! { {body}{sent} }.into_any())
}

fn retry(phone: OnPhone, entry: &Entry) -> AnyView {
    let id = entry.record.id;
    let again = move |_| {
        let Some(handle) = phone.handle() else { return };
        leptos::task::spawn_local(async move {
            // A failure leaves it where it is, and the list says so.
            let _ = handle.retry(id).await;
        });
    };
    view! { <button class="btn btn--text" type="button" on:click=again>{words::RETRY}</button> }.into_any()
}

fn lists(phone: OnPhone, entries: &[Entry]) -> AnyView {
    if entries.is_empty() {
        return empty(Icon::Echo, words::ALL_SENT, words::ALL_SENT_NOTE);
    }
    let (work, today, status) = (phone.work(), browser::today(), phone.status());
    let (waiting, aside): (Vec<_>, Vec<_>) =
        entries.iter().partition(|entry| matches!(entry.state, EntryState::Waiting));
    // Which of several are in the request is known only when all of them are.
    let all_sending = status.sending > 0 && usize::try_from(status.sending).is_ok_and(|n| n >= waiting.len());
    let aside_rows: Vec<_> =
        aside.iter().map(|entry| entry_row(phone, entry, &work, false, today, Some(retry(phone, entry)))).collect();
    let rows: Vec<_> = waiting.iter().map(|entry| entry_row(phone, entry, &work, all_sending, today, None)).collect();
    let next = status.next_try.map(words::next_try).unwrap_or_default();
    let outlook = (!rows.is_empty()).then(|| {
        let more = view! { <p>{words::outlook(status.connection)}{next}</p> }.into_any();
        notice(Tone::Plain, words::SAFE, Some(more))
    });
    let waits_for_person = matches!(status.connection, Connection::NeedsSignIn | Connection::NeedsUpdate);
    let now = (!rows.is_empty() && !waits_for_person && status.sending == 0).then(|| {
        let send = move |_| {
            if let Some(handle) = phone.handle() {
                handle.sync_now();
            }
        };
        view! { <div class="section"><button class="btn btn--block" type="button" on:click=send>{words::TRY_NOW}</button></div> }
    });
    let list = |title: &'static str, rows: Vec<AnyView>| {
        (!rows.is_empty()).then(|| {
            view! { {heading(title, words::entries(rows.len()))}<ul class="cells">{rows}</ul> }
        })
    };
    view! { {outlook}{list(words::TO_HANDLE, aside_rows)}{list(words::WAITING, rows)}{now} }.into_any()
}
