//! 发出的记录: what the server has confirmed, with the codes for the petitioners.

use leptos::prelude::*;

use super::frame::{empty, heading, page as plain_page};
use super::on_phone::use_phone;
use super::rows::{MOST, entry_row};
use crate::browser;
use crate::components::icon::Icon;
use crate::text::screen::field_me as words;

/// The page.
pub(super) fn page() -> AnyView {
    let phone = use_phone();
    let entries = phone.records(|handle| async move { handle.history().await });
    let body = move || {
        let (work, today) = (phone.work(), browser::today());
        entries.with(|entries| {
            entries.as_ref().map(|entries| {
                if entries.is_empty() {
                    return empty(Icon::Echo, words::NO_SENT, words::NO_SENT_NOTE);
                }
                let rows: Vec<_> = entries
                    .iter()
                    .take(MOST * 3)
                    .map(|entry| entry_row(phone, entry, &work, false, today, None))
                    .collect();
                let count = words::entries(entries.len());
                view! { {heading(words::CONFIRMED, count)}<ul class="cells">{rows}</ul> }.into_any()
            })
        })
    };
    plain_page(words::SENT, "/w/me", None, body.into_any())
}
