//! `/w/holidays`: the yearly table, the rule for last days, and bringing in another year.

use case_core::wire::holidays::{HolidayImport, HolidayLine, HolidayReport, HolidayTable, Shift};
use chrono::Datelike as _;
use leptos::html;
use leptos::prelude::*;
use wasm_bindgen_futures::JsFuture;

use crate::client::holidays;
use crate::components::field::{Field, Kind, Need};
use crate::components::loading::loaded;
use crate::components::notice::{Failure, Tone, notice};
use crate::components::page::{DeskPage, Section};
use crate::components::toast::use_toasts;
use crate::load::{Loader, load};
use crate::text;
use crate::text::screen::holidays as words;
use crate::who::use_who;

/// The page.
#[component]
pub fn HolidaysPage() -> impl IntoView {
    let table = load(holidays::table);
    view! {
        <DeskPage section=Section::Holidays title=Signal::stored(words::TITLE.to_owned())>
            <p class="muted">{words::NOTE}</p>
            {loaded(table, move |shown| last_day(&shown, table))}
            <ImportForm table/>
            {loaded(table, |shown: HolidayTable| years(&shown.days))}
        </DeskPage>
    }
    .into_any()
}

fn last_day(shown: &HolidayTable, table: Loader<HolidayTable>) -> AnyView {
    let (who, toasts) = (use_who(), use_toasts());
    let moves = shown.last_day_moves;
    let set = move |ev| {
        let wanted = event_target_checked(&ev);
        leptos::task::spawn_local(async move {
            match holidays::set_last_day(wanted).await {
                Ok(_) => toasts.say(words::SET),
                Err(error) => {
                    who.heed(&error);
                    toasts.say(error.message());
                }
            }
            table.reload();
        });
    };
    view! {
        <label class="cell">
            <span class="cell__body">{words::LAST_DAY}<span class="cell__note">{words::LAST_DAY_NOTE}</span></span>
            <span class="switch">
                <input class="switch__input" type="checkbox" id="last-day" prop:checked=moves on:change=set/>
                <span class="switch__track"></span>
            </span>
        </label>
    }
    .into_any()
}

/// Paste or file, look at it, put it in.
#[component]
fn ImportForm(
    /// Read anew when a year was put in.
    table: Loader<HolidayTable>,
) -> impl IntoView {
    let typed = RwSignal::new(String::new());
    let report = RwSignal::new(None::<HolidayReport>);
    let (busy, failure) = (RwSignal::new(false), RwSignal::new(None));
    let who = use_who();
    let input = NodeRef::<html::Input>::new();
    let read_file = move |_| {
        let Some(file) = input.get_untracked().and_then(|input| input.files()).and_then(|files| files.get(0)) else {
            return;
        };
        leptos::task::spawn_local(async move {
            if let Some(text) = JsFuture::from(file.text()).await.ok().and_then(|text| text.as_string()) {
                let _ = typed.try_set(text);
            }
        });
    };
    let send = move |save: bool| {
        if busy.get_untracked() {
            return;
        }
        busy.set(true);
        failure.set(None);
        leptos::task::spawn_local(async move {
            let answer = holidays::import(&HolidayImport { text: typed.get_untracked(), save }).await;
            let _ = busy.try_set(false);
            match answer {
                Ok(found) => {
                    if found.saved {
                        table.reload();
                    }
                    let _ = report.try_set(Some(found));
                }
                Err(error) => {
                    who.heed(&error);
                    let _ = failure.try_set(Some(error.message()));
                }
            }
        });
    };
    let submit = move |ev: leptos::ev::SubmitEvent| {
        ev.prevent_default();
        send(true);
    };
    view! {
        <form class="stack" on:submit=submit novalidate=true aria-label=words::IMPORT>
            <h2>{words::IMPORT}</h2>
            <Field id="lines" label=words::LINES value=typed kind=Kind::Lines need=Need::Needed hint=words::HINT/>
            <label class="file">
                <input class="file__input" id="file" type="file" node_ref=input on:change=read_file
                    aria-label=words::FILE accept=".csv,.txt"/>
                <span class="file__face">{words::FILE}</span>
            </label>
            <Failure message=failure/>
            <div class="dialog__actions">
                <button class="btn btn--plain" type="button" on:click=move |_| send(false)
                    aria-busy=move || busy.get().then_some("true")>{words::CHECK}</button>
                <button class="btn" type="submit" aria-busy=move || busy.get().then_some("true")>{words::SAVE}</button>
            </div>
        </form>
        {move || report.with(|report| report.as_ref().map(found))}
    }
    .into_any()
}

fn found(report: &HolidayReport) -> AnyView {
    let head = match (report.year, report.problems.is_empty()) {
        (Some(year), true) if report.saved => notice(Tone::Confirmed, words::saved(year, report.days.len()), None),
        (Some(year), true) => notice(Tone::Plain, words::fits(year, report.days.len()), None),
        _ => notice(Tone::Refuse, words::REFUSED, None),
    };
    view! { <div class="stack">{head}{problems(report)}{differ(&report.differ)}</div> }.into_any()
}

fn problems(report: &HolidayReport) -> Option<AnyView> {
    let rows = report.problems.iter().map(|problem| {
        let (row, reason) = (problem.row.to_string(), problem.reason.clone());
        view! { <tr><th scope="row" class="table__num">{row}</th><td>{reason}</td></tr> }
    });
    let rows: Vec<_> = rows.collect();
    (!rows.is_empty()).then(|| table(words::PROBLEMS, &[words::ROW, words::REASON], rows.into_any()))
}

fn differ(shifts: &[Shift]) -> Option<AnyView> {
    if shifts.is_empty() {
        return None;
    }
    let rows = shifts.iter().map(|shift| {
        let number = shift.number.as_str().to_owned();
        view! {
            <tr><th scope="row" class="num">{number}</th><td>{text::clock::kind(shift.kind)}</td>
                <td>{words::day(shift.stands)}</td><td>{words::day(shift.would_be)}</td></tr>
        }
    });
    let rows: Vec<_> = rows.collect();
    let head = [words::NUMBER, words::CLOCK, words::STANDS, words::WOULD_BE];
    Some(view! { <p>{words::DIFFER_NOTE}</p>{table(words::DIFFER, &head, rows.into_any())} }.into_any())
}

/// The newest year first; older ones folded.
fn years(days: &[HolidayLine]) -> AnyView {
    if days.is_empty() {
        return notice(Tone::Warn, words::NONE, None);
    }
    let mut all: Vec<i32> = days.iter().map(|line| line.day.year()).collect();
    all.dedup();
    let folds = all.iter().rev().enumerate().map(|(at, year)| {
        let lines: Vec<&HolidayLine> = days.iter().filter(|line| line.day.year() == *year).collect();
        let rest = lines.iter().filter(|line| line.rest).count();
        let name = words::year(*year, rest, lines.len() - rest);
        let rows: Vec<_> = lines
            .iter()
            .map(|line| {
                let kind = if line.rest { words::REST } else { words::WORK };
                let (day, holiday) = (words::day(line.day), line.name.as_str().to_owned());
                view! { <tr><th scope="row">{day}</th><td>{kind}</td><td>{holiday}</td></tr> }
            })
            .collect();
        let body = table(&name, &[words::DAY, words::KIND, words::HOLIDAY], rows.into_any());
        view! {
            <details class="fold" open=at == 0>
                <summary class="fold__head">{name.clone()}</summary>
                <div class="fold__body">{body}</div>
            </details>
        }
    });
    let folds: Vec<_> = folds.collect();
    folds.into_any()
}

fn table(name: &str, head: &[&'static str], rows: AnyView) -> AnyView {
    let head: Vec<_> = head.iter().map(|name| view! { <th scope="col">{*name}</th> }).collect();
    view! {
        <div class="table-box" tabindex="0" role="region" aria-label=name.to_owned()>
            <table class="table">
                <caption class="visually-hidden">{name.to_owned()}</caption>
                <thead><tr>{head}</tr></thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
    .into_any()
}
