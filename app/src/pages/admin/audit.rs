//! `/w/audit`: whether everything is whole, and who did what when, for the 审计管理员.

use std::time::Duration;

use case_core::wire::audit::{AuditGroup, AuditLine, AuditPage, Verification};
use chrono::NaiveDate;
use leptos::ev::SubmitEvent;
use leptos::prelude::*;

use crate::client::audit::{self, AuditQuery};
use crate::components::chips::{Choice, Look};
use crate::components::field::{Field, Kind};
use crate::components::loading::loaded;
use crate::components::notice::{Failure, Tone, notice};
use crate::components::page::{DeskPage, Section};
use crate::load::{Loader, load};
use crate::text::audit_list;
use crate::text::screen::audit as words;
use crate::who::use_who;
use crate::{browser, format};

/// While everything is being looked through.
const POLL: Duration = Duration::from_secs(1);

/// The page.
#[component]
pub fn AuditPageView() -> impl IntoView {
    view! {
        <DeskPage section=Section::Audit title=Signal::stored(words::TITLE.to_owned())>
            <p class="muted">{words::NOTE}</p>
            <VerificationPart/>
            <ListPart/>
        </DeskPage>
    }
    .into_any()
}

#[component]
fn VerificationPart() -> impl IntoView {
    let standing = load(audit::verification);
    let (who, failure) = (use_who(), RwSignal::new(None));
    let begin = move |_| {
        failure.set(None);
        leptos::task::spawn_local(async move {
            if let Err(error) = audit::verify().await {
                who.heed(&error);
                let _ = failure.try_set(Some(error.message()));
            }
            standing.reload();
        });
    };
    view! {
        <section class="stack" aria-label=words::VERIFICATION>
            <h2>{words::VERIFICATION}</h2>
            <p class="muted">{words::VERIFICATION_NOTE}</p>
            {loaded(standing, move |now: Verification| shown(&now, standing))}
            <Failure message=failure/>
            <div><button class="btn btn--plain" type="button" on:click=begin>{words::VERIFY}</button></div>
        </section>
    }
    .into_any()
}

fn shown(now: &Verification, standing: Loader<Verification>) -> AnyView {
    if now.running {
        // The page may be gone by then: there is nothing to read for then.
        set_timeout(
            move || {
                if standing.state.try_get_untracked().is_some() {
                    standing.reload();
                }
            },
            POLL,
        );
        return view! { <p role="status">{words::RUNNING}</p> }.into_any();
    }
    let Some(last) = &now.last else { return notice(Tone::Plain, words::NEVER, None) };
    if last.failed {
        return notice(Tone::Refuse, words::FAILED, None);
    }
    let tone = if last.faults == 0 { Tone::Confirmed } else { Tone::Refuse };
    let lines: Vec<_> = last.lines.iter().map(|line| view! { <li>{line.clone()}</li> }).collect();
    let more =
        (last.faults > 0 && !lines.is_empty()).then(|| view! { <ul aria-label=words::LINES>{lines}</ul> }.into_any());
    notice(tone, words::result(last, browser::today()), more)
}

#[component]
fn ListPart() -> impl IntoView {
    let asked = RwSignal::new(AuditQuery::default());
    let answer = load(move || {
        let query = asked.get();
        async move { audit::page(&query).await }
    });
    let group = RwSignal::new(Some(0_usize));
    let (from, until) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    let (person, number) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    let wrong = RwSignal::new(None::<String>);
    let ask = move || {
        let typed: String = number.get_untracked().split_whitespace().collect();
        let fits = typed.is_empty() || (typed.len() == 16 && typed.bytes().all(|b| b.is_ascii_digit()));
        wrong.set((!fits).then(|| words::NUMBER_WRONG.to_owned()));
        if !fits {
            return;
        }
        let next = AuditQuery {
            group: group
                .get_untracked()
                .and_then(|at| at.checked_sub(1))
                .and_then(|at| AuditGroup::ALL.get(at))
                .copied(),
            from: from.get_untracked(),
            until: until.get_untracked(),
            person: person.get_untracked(),
            number: typed,
            before: None,
        };
        if asked.with_untracked(|now| *now != next) {
            asked.set(next);
        }
    };
    Effect::new(move |before: Option<()>| {
        group.track();
        if before.is_some() {
            ask();
        }
    });
    let submit = move |ev: SubmitEvent| {
        ev.prevent_default();
        ask();
    };
    let turn = move |before: Option<String>| asked.update(|query| query.before = before);
    let groups = std::iter::once(words::ALL).chain(AuditGroup::ALL.into_iter().map(audit_list::group)).collect();
    view! {
        <form class="stack" on:submit=submit novalidate=true aria-label=words::FILTER>
            <h2>{words::LIST}</h2>
            <Choice id="group" legend=words::GROUP options=groups chosen=group look=Look::Filter/>
            <div class="desk__grid">
                <Field id="from" label=words::FROM value=from kind=Kind::Day/>
                <Field id="until" label=words::UNTIL value=until kind=Kind::Day/>
                <Field id="person" label=words::PERSON value=person hint=words::PERSON_HINT/>
                <Field id="number" label=words::NUMBER value=number kind=Kind::Number hint=words::NUMBER_HINT error=wrong/>
            </div>
            <div><button class="btn" type="submit">{words::SHOW}</button></div>
        </form>
        {loaded(answer, move |page: AuditPage| {
            let first = asked.with_untracked(|query| query.before.is_none());
            table(&page, first, turn)
        })}
    }
    .into_any()
}

fn table(page: &AuditPage, first: bool, turn: impl Fn(Option<String>) + Copy + 'static) -> AnyView {
    if page.lines.is_empty() {
        return view! { <p role="status">{words::NONE}</p> }.into_any();
    }
    let today = browser::today();
    let rows: Vec<_> = page.lines.iter().map(|line| row(line, today)).collect();
    let older = page.next.clone();
    let last = older.is_none();
    view! {
        <div class="table-box" tabindex="0" role="region" aria-label=words::LIST>
            <table class="table">
                <thead><tr>
                    <th scope="col">{words::WHEN}</th><th scope="col">{words::WHO}</th><th scope="col">{words::WHAT}</th>
                    <th scope="col">{words::MATTER}</th><th scope="col">{words::WHY}</th>
                </tr></thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
        <nav class="field--row" aria-label=words::LIST hidden=first && last>
            <button class="btn btn--plain" type="button" disabled=first on:click=move |_| turn(None)>{words::NEWEST}</button>
            <button class="btn btn--plain" type="button" disabled=last on:click=move |_| turn(older.clone())>
                {words::OLDER}
            </button>
        </nav>
    }
    .into_any()
}

fn row(line: &AuditLine, today: NaiveDate) -> AnyView {
    let by = line.by.as_ref().map_or_else(|| audit_list::NOBODY.to_owned(), |name| name.as_str().to_owned());
    let device = line.device_at.map(|at| view! { <br/><span class="muted">{words::device(at, today)}</span> });
    view! {
        <tr>
            <th scope="row" class="num">{format::moment(line.at, today)}{device}</th>
            <td class="num">{by}</td>
            <td class="table__long">{line.what.clone()}</td>
            <td class="num">{line.numbers.join(" ")}</td>
            <td class="table__long">{line.why.clone()}</td>
        </tr>
    }
    .into_any()
}
