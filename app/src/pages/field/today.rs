//! 今日: what is due, whom to ask, where somebody waits, what was begun.

use std::rc::Rc;

use case_core::time::ClockState;
use case_offline::{FirstDownload, Work, WorkArea};
use chrono::NaiveDate;
use leptos::prelude::*;

use super::drafts::drafts;
use super::frame::{Tab, empty, heading, tabbed};
use super::more;
use super::namecard::namecard_button;
use super::on_phone::use_phone;
use super::rows::{FILES, MOST, Waiting, household_line, household_row, matter_list, matter_rows, waiting};
use crate::browser;
use crate::components::icon::Icon;
use crate::components::notice::{Tone, notice};
use crate::text::clock::{self, Level};
use crate::text::screen::field as words;

/// Planned visits are shown when they are so near.
const PLANNED_DAYS: i64 = 7;
/// As many due matters as fit a morning; the rest is one tap away.
const DUE: usize = 20;

/// The page.
pub(super) fn page() -> AnyView {
    let phone = use_phone();
    let waiting = waiting(phone);
    let body = move || {
        let work = phone.work();
        waiting.with(|here| lists(&work, here, browser::today()))
    };
    tabbed(Tab::Today, Some(namecard_button()), view! { {download()}{more::clashes()}{drafts()}{body} }.into_any())
}

/// How far the first download is.
fn download() -> AnyView {
    let phone = use_phone();
    let state = Memo::new(move |_| phone.status().first_download);
    (move || match state.get() {
        FirstDownload::Complete => None,
        FirstDownload::Partly { items } => Some(
            view! {
                <div class="section progress">
                    <progress class="progress__bar" aria-hidden="true"></progress>
                    <p class="progress__words" role="status">{words::downloading(items)}</p>
                </div>
            }
            .into_any(),
        ),
        FirstDownload::NotBegun => {
            let note = view! { <p>{words::DOWNLOAD_WAITS_NOTE}</p> }.into_any();
            Some(notice(Tone::Plain, words::DOWNLOAD_WAITS, Some(note)))
        }
    })
    .into_any()
}

fn level(due: NaiveDate, today: NaiveDate) -> Level {
    let days_left = (due - today).num_days();
    clock::level(if days_left < 0 {
        ClockState::Overdue { days: -days_left }
    } else {
        ClockState::Running { days_left }
    })
}

// Of ten thousand matters only the cards that are shown are read.
// While the phone is still reading, what comes first is shown and nothing is counted.
fn lists(work: &WorkArea, here: &Waiting, today: NaiveDate) -> AnyView {
    let counted = |n: usize| work.is_whole().then_some(n);
    let (mut over, mut near, mut to_return, mut dated) = (0_usize, 0_usize, 0_usize, 0_usize);
    let mut due = Vec::new();
    for item in work.all().iter().filter(|item| item.is_matter()) {
        match item.due.map_or(Level::Calm, |due| level(due, today)) {
            Level::Over => over += 1,
            Level::Near => near += 1,
            Level::Calm => {}
        }
        if item.awaits_return() && item.matter().is_some_and(|card| !here.matters.contains(&card.id)) {
            to_return += 1;
        }
        if item.due.is_some() {
            dated += 1;
            if due.len() < DUE
                && let Some(card) = item.matter()
            {
                due.push((card, FILES));
            }
        }
    }
    let soon = |item: &&Rc<Work>| item.due.is_some_and(|on| (on - today).num_days() <= PLANNED_DAYS);
    let planned: Vec<_> = work.with_deadline().filter(soon).filter_map(|item| item.household()).collect();
    let number = |class: &'static str, href: &'static str, n: usize, name: &'static str| {
        let class = if n == 0 || !work.is_whole() { "tally__item" } else { class };
        let n = counted(n).map_or_else(|| words::COUNTING.to_owned(), |n| n.to_string());
        view! { <a class=class href=href><b>{n}</b>{name}</a> }
    };
    let tally = view! {
        <nav class="tally" aria-label=words::TALLY>
            {number("tally__item tally__item--over", "/w/files", over, words::OVERDUE)}
            {number("tally__item tally__item--near", "/w/files", near, words::NEAR)}
            {number("tally__item", "/w/visits/return", to_return, words::TO_RETURN)}
            {number("tally__item", "/w/visits", planned.len(), words::PLANNED)}
        </nav>
    };
    let plan = (!planned.is_empty()).then(|| {
        let rows = planned.iter().take(MOST).map(|card| {
            let href = ["/w/household/", &card.id.to_string()].concat();
            household_row(household_line(card, today, here.households.contains(&card.id), href))
        });
        view! { {heading(words::PLANNED, counted(planned.len()).map(words::households).unwrap_or_default())}<ul class="cells">{rows.collect_view()}</ul> }
    });
    let due = if due.is_empty() {
        empty(Icon::Today, words::NOTHING_DUE, words::NOTHING_DUE_NOTE)
    } else {
        let all = (dated > due.len()).then(|| {
            view! { <div class="section"><a class="btn btn--plain btn--block" href="/w/files">{words::ALL_MATTERS}</a></div> }
        });
        view! { {heading(words::DUE, counted(dated).map(words::pieces).unwrap_or_default())}{matter_list(matter_rows(due.into_iter(), today))}{all} }.into_any()
    };
    view! { {tally}{plan}{due} }.into_any()
}
