//! 事项: the matters of the area, nearest deadline first, searched as one types.

use std::rc::Rc;

use case_offline::Search;
use leptos::prelude::*;

use super::frame::{Tab, empty, heading, search, skeleton, tabbed};
use super::on_phone::use_phone;
use super::rows::{FEW, FILES, MOST, cut, growing, matter_rows};
use crate::browser;
use crate::components::icon::Icon;
use crate::text::screen::field as words;

/// The tab.
pub(super) fn page() -> AnyView {
    let phone = use_phone();
    let typed = phone.matters_typed;
    let drawn = growing(typed, FEW);
    let searching = StoredValue::new_local(Search::default());
    let found = Memo::new(move |_| {
        let most = drawn.get();
        let (work, today) = (phone.work(), browser::today());
        let answer = searching.try_update_value(|search| {
            if !Rc::ptr_eq(search.area(), &work) {
                *search = Search::new(Rc::clone(&work));
            }
            let found = typed.with(|typed| search.matters(typed));
            // Only the cards that are shown are read.
            let shown = search.items(&found).take(most).filter_map(|item| item.matter());
            let rows = matter_rows(shown.map(|card| (card, FILES)), today);
            let all = if work.is_whole() { found.len() } else { work.count_matters() };
            (all, rows)
        });
        answer.unwrap_or_default()
    });
    let all = Memo::new(move |_| found.with(|(all, _)| *all));
    // The phone is still reading; what is not read cannot be searched.
    let reading = Memo::new(move |_| !phone.work().is_whole() && typed.with(|typed| !typed.is_empty()));
    let rows = Memo::new(move |_| found.with(|(_, rows)| rows.clone()));
    let nothing = Memo::new(move |_| rows.with(String::is_empty));
    let list = move || {
        if reading.get() {
            return skeleton();
        }
        if nothing.get() {
            return empty(Icon::Matter, words::NO_MATTER, words::NO_MATTER_NOTE);
        }
        view! {
            <div role="status">{move || heading(words::DUE, words::pieces(all.get()))}</div>
            <ul class="cells" inner_html=move || rows.get()></ul>
            {move || cut(all.get().min(MOST), all.get())}
        }
        .into_any()
    };
    let body = view! {
        {search(typed, words::SEARCH_MATTERS, words::SEARCH_MATTERS_HINT)}
        <div>{list}</div>
    };
    tabbed(Tab::Matters, None, body.into_any())
}
