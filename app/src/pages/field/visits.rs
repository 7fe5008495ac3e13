//! 走访: the four doors, drafts, and the households; and the pages on which one is chosen.

use case_core::id::MatterId;
use leptos::prelude::*;

use super::drafts::drafts;
use super::frame::{Tab, empty, heading, page as plain_page, search, tabbed};
use super::on_phone::use_phone;
use super::rows::{FILES, MOST, cut, growing, household_line, household_row, matter_list, matter_rows, waiting};
use crate::browser;
use crate::components::icon::Icon;
use crate::text::screen::{field as words, field_more as more};

/// The tab.
pub(super) fn page() -> AnyView {
    let door = |href: &'static str, icon: Icon, name: &'static str, note: &'static str| {
        view! { <a class="doors__door" href=href>{icon.draw()}{name}<span class="doors__note">{note}</span></a> }
    };
    let body = view! {
        <nav class="doors" aria-label=words::DOORS>
            {door("/w/reception", Icon::Reception, more::OPEN_DOOR, more::OPEN_DOOR_NOTE)}
            {door("/w/visits/new", Icon::Visit, words::SWEEP, words::SWEEP_NOTE)}
            {door("/w/appointment", Icon::Appointment, more::APPOINTMENT, more::APPOINTMENT_NOTE)}
            {door("/w/visits/return", Icon::ReturnVisit, words::RETURN, words::RETURN_NOTE)}
        </nav>
        <ul class="cells"><li>
            <a class="cell cell--link" href="/w/intake/new">
                <span class="cell__icon">{Icon::Plus.draw()}</span>
                <span class="cell__body">
                    <span class="cell__title">{more::INTAKE}</span>
                    <span class="cell__note">{more::INTAKE_NOTE}</span>
                </span>
            </a>
        </li></ul>
        {drafts()}
        {households(|id| ["/w/household/", id].concat())}
    };
    tabbed(Tab::Visits, None, body.into_any())
}

/// Which household to visit; a tap begins the record.
pub(super) fn choose(matter: Option<MatterId>) -> AnyView {
    let (back, note) = match matter {
        Some(matter) => (["/w/files/", &matter.to_string()].concat(), Some(words::CHOOSE_HOUSEHOLD_NOTE)),
        None => ("/w/visits".to_owned(), None),
    };
    let tail = matter.map_or_else(String::new, |matter| ["/", &matter.to_string()].concat());
    let list = households(move |id| ["/w/visit/", id, &tail].concat());
    let body = view! { {note.map(|note| view! { <p class="section muted">{note}</p> })}{list} };
    plain_page(words::CHOOSE_HOUSEHOLD, &back, None, body.into_any())
}

/// The households, searched as one types; each leads where `address` says for its id.
pub(super) fn households(address: impl Fn(&str) -> String + Send + Sync + 'static) -> AnyView {
    let phone = use_phone();
    let typed = phone.households_typed;
    let waiting = waiting(phone);
    let drawn = growing(typed, MOST);
    let found = Memo::new(move |_| {
        let most = drawn.get();
        let (work, today) = (phone.work(), browser::today());
        let mut all = 0;
        let mut lines = Vec::new();
        waiting.with(|here| {
            for item in work.search(&typed.get()).filter(|item| item.is_household()) {
                all += 1;
                if lines.len() < most
                    && let Some(card) = item.household()
                {
                    let href = address(&card.id.to_string());
                    lines.push(household_line(card, today, here.households.contains(&card.id), href));
                }
            }
        });
        (all, lines)
    });
    let all = Memo::new(move |_| found.with(|(all, _)| *all));
    let list = move || {
        let all = all.get();
        if all == 0 {
            return empty(Icon::Visit, words::NO_HOUSEHOLD, words::NO_HOUSEHOLD_NOTE);
        }
        view! {
            {heading(words::HOUSEHOLDS, words::households(all))}
            // Row by row: the rows that stay the same stay where they are, under the thumb.
            <ul class="cells"><For each=move || found.with(|(_, lines)| lines.clone()) key=Clone::clone children=household_row/></ul>
            {cut(all.min(MOST), all)}
        }
        .into_any()
    };
    view! { {search(typed, words::SEARCH_HOUSEHOLDS, words::SEARCH_HOUSEHOLDS_HINT)}<div aria-live="polite">{list}</div> }
        .into_any()
}

/// Which matter to ask about.
pub(super) fn to_return() -> AnyView {
    let phone = use_phone();
    let list = move || {
        let (work, today, me) = (phone.work(), browser::today(), phone.account());
        let asked = work.all().iter().filter(|item| item.awaits_return()).filter_map(|item| item.matter());
        let cards: Vec<_> = asked
            .map(|card| {
                // Whoever took part in handling is told why not on the matter's own page.
                let mine = me.is_some_and(|me| card.handled_by.contains(&me));
                (card, if mine { FILES } else { "/w/return/" })
            })
            .collect();
        if cards.is_empty() {
            return empty(Icon::ReturnVisit, words::NO_RETURN, words::NO_RETURN_NOTE);
        }
        let count = cards.len();
        view! { {heading(words::TO_RETURN, words::pieces(count))}{matter_list(matter_rows(cards.into_iter(), today))} }
            .into_any()
    };
    plain_page(words::CHOOSE_RETURN, "/w/visits", None, list.into_any())
}
