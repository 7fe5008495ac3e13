//! Which report, and of what time, place or person.

use case_core::wire::reports::{ReportChoices, ReportLeader};
use chrono::NaiveDate;
use leptos::prelude::*;

use crate::client::reports::Query;
use crate::components::check::Check;
use crate::components::chips::{Choice, Look};
use crate::components::field::{Field, Kind, Need, Select};
use crate::components::place::PlaceSelect;
use crate::format;
use crate::text::screen::reports as words;

/// As addresses name the kinds, in the order of [`words::KINDS`].
const KINDS: [&str; 6] = ["ledger", "monthly", "leader", "annual", "old_cases", "coverage"];
/// Months and years that are offered, back from now.
const MONTHS: u32 = 24;
const YEARS: i32 = 6;

/// The form.
#[component]
pub(super) fn AskForm(
    /// What can be chosen.
    choices: ReportChoices,
    /// What was asked.
    asked: RwSignal<Option<Query>>,
) -> impl IntoView {
    let ReportChoices { leaders, month: (year, month), from, until } = choices;
    let kind = RwSignal::new(Some(0_usize));
    let (from, until) = (RwSignal::new(format::input_day(from)), RwSignal::new(format::input_day(until)));
    let (wrong_from, wrong_until) = (RwSignal::new(None), RwSignal::new(None));
    let area = RwSignal::new(String::new());
    let months = months(year, month);
    let month = RwSignal::new(months.first().map(|(code, _)| code.clone()).unwrap_or_default());
    let years: Vec<_> = (0..YEARS).map(|back| ((year - back).to_string(), words::year(year - back))).collect();
    let year = RwSignal::new(year.to_string());
    let (leader, wrong_leader) = (RwSignal::new(String::new()), RwSignal::new(None));
    let people: Vec<_> = leaders.iter().map(name).collect();
    let nobody = people.is_empty();

    let submit = move |ev: leptos::ev::SubmitEvent| {
        ev.prevent_default();
        let mut check = Check::default();
        let at = kind.get_untracked().unwrap_or(0);
        let query = Query::of(KINDS.get(at).copied().unwrap_or_default());
        let query = match at {
            0 | 5 => {
                let first = check.day("from", words::FROM, from, wrong_from);
                let last = check.day("until", words::UNTIL, until, wrong_until);
                first.zip(last).and_then(|(first, last)| {
                    check.that("until", fits(first, last), wrong_until, words::PERIOD_WRONG)?;
                    let query = query.with("from", &format::input_day(first)).with("until", &format::input_day(last));
                    Some(query.with("area", &area.get_untracked()))
                })
            }
            1 => Some(query.with("month", &month.get_untracked())),
            2 => {
                let chosen = leader.get_untracked();
                check
                    .that("leader", !chosen.is_empty(), wrong_leader, words::NOT_CHOSEN)
                    .map(|()| query.with("leader", &chosen).with("year", &year.get_untracked()))
            }
            _ => Some(query.with("year", &year.get_untracked())),
        };
        if !check.passed() {
            return;
        }
        // The same question again is a new reading.
        asked.set(None);
        asked.set(query);
    };
    let fields = move || {
        match kind.get().unwrap_or(0) {
        0 | 5 => view! {
            <Field id="from" label=words::FROM value=from kind=Kind::Day need=Need::Needed error=wrong_from/>
            <Field id="until" label=words::UNTIL value=until kind=Kind::Day need=Need::Needed error=wrong_until/>
            <PlaceSelect id="area" value=area/>
        }
        .into_any(),
        1 => view! { <Select id="month" label=words::MONTH value=month options=Signal::stored(months.clone())/> }.into_any(),
        2 => view! {
            <Select id="leader" label=words::LEADER value=leader options=Signal::stored(people.clone()) need=Need::Needed
                error=wrong_leader/>
            {nobody.then(|| view! { <p class="muted">{words::NO_LEADERS}</p> })}
            <Select id="year" label=words::YEAR value=year options=Signal::stored(years.clone())/>
        }
        .into_any(),
        _ => view! { <Select id="year" label=words::YEAR value=year options=Signal::stored(years.clone())/> }.into_any(),
    }
    };
    view! {
        <form class="stack" on:submit=submit novalidate=true aria-label=words::TITLE>
            <Choice id="kind" legend=words::KIND options=words::KINDS.to_vec() chosen=kind look=Look::Filter/>
            {fields}
            <div class="dialog__actions"><button class="btn" type="submit">{words::SHOW}</button></div>
        </form>
    }
    .into_any()
}

fn fits(from: NaiveDate, until: NaiveDate) -> bool {
    (0..5 * 366).contains(&(until - from).num_days())
}

fn name(leader: &ReportLeader) -> (String, String) {
    (leader.account.to_string(), [leader.office.as_str(), " ", leader.name.as_str()].concat())
}

/// 2026-03 and its words, the latest first.
fn months(year: i32, month: u32) -> Vec<(String, String)> {
    let (mut year, mut month) = (year, month);
    let mut all = Vec::new();
    for _ in 0..MONTHS {
        let number = if month < 10 { ["0", &month.to_string()].concat() } else { month.to_string() };
        all.push(([&year.to_string(), "-", &number].concat(), words::month(year, month)));
        (year, month) = if month == 1 { (year - 1, 12) } else { (year, month - 1) };
    }
    all
}
