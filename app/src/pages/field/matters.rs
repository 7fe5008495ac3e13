//! 事项: the matters of the area, nearest deadline first, searched as one types.

use leptos::prelude::*;

use super::frame::{Tab, empty, heading, search, skeleton, tabbed};
use super::on_phone::use_phone;
use super::rows::{FEW, MOST, cut, growing, matter_row};
use crate::browser;
use crate::components::icon::Icon;
use crate::text::screen::field as words;

/// The tab.
pub(super) fn page() -> AnyView {
    let phone = use_phone();
    let typed = phone.matters_typed;
    let drawn = growing(typed, FEW);
    let list = move || {
        let most = drawn().min(MOST);
        let (work, today) = (phone.work(), browser::today());
        let typed = typed.get();
        let whole = work.is_whole();
        if !whole && !typed.is_empty() {
            // The phone is still reading; what is not read cannot be searched.
            return skeleton();
        }
        let mut all = 0;
        let mut rows = Vec::new();
        for item in work.search(&typed).filter(|item| item.is_matter()) {
            all += 1;
            // Only the cards that are shown are read.
            if rows.len() < most
                && let Some(card) = item.matter()
            {
                rows.push(matter_row(card, today, ["/w/files/", &card.id.to_string()].concat()));
            }
        }
        if !whole {
            all = work.count_matters();
        }
        if rows.is_empty() {
            return empty(Icon::Matter, words::NO_MATTER, words::NO_MATTER_NOTE);
        }
        view! {
            {heading(words::DUE, words::pieces(all))}
            <ul class="cells">{rows}</ul>
            {cut(all.min(MOST), all)}
        }
        .into_any()
    };
    let body = view! {
        {search(typed, words::SEARCH_MATTERS, words::SEARCH_MATTERS_HINT)}
        <div aria-live="polite">{list}</div>
    };
    tabbed(Tab::Matters, None, body.into_any())
}
