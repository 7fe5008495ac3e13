//! `/w/samples`: 抽查回访. Draws, and for each draw what came of it; a list of matters, never of people or units.

use case_core::id::SampleId;
use case_core::wire::samples::{SampleList, SampleRequest, SampleView, SampledMatter};
use chrono::NaiveDate;
use leptos::ev::SubmitEvent;
use leptos::prelude::*;

use crate::client::{places, samples};
use crate::components::case_file::fact;
use crate::components::check::Check;
use crate::components::field::{Field, Kind, Need, Select};
use crate::components::icon::Icon;
use crate::components::loading::loaded;
use crate::components::notice::{Failure, Mark, Tone, notice};
use crate::components::page::{DeskPage, Section};
use crate::components::toast::use_toasts;
use crate::load::{Load, Loader, load};
use crate::text::screen::samples as words;
use crate::who::use_who;
use crate::{browser, format, routes, text};

/// As the domain bounds them.
const MOST: u16 = 50;
const MOST_DAYS: u16 = 730;

/// The page.
#[component]
pub fn SamplesPage() -> impl IntoView {
    let list = load(samples::list);
    view! {
        <DeskPage section=Section::Samples title=Signal::stored(words::TITLE.to_owned())>
            <p>{words::NOTE}</p>
            <p class="muted">{words::BLIND}</p>
            <DrawForm list/>
            {loaded(list, |list: SampleList| draws(&list))}
        </DeskPage>
    }
    .into_any()
}

/// What is to be drawn.
#[component]
fn DrawForm(
    /// The list below, which has the new draw afterwards.
    list: Loader<SampleList>,
) -> impl IntoView {
    let (count, days, unit) =
        (RwSignal::new("3".to_owned()), RwSignal::new("90".to_owned()), RwSignal::new(String::new()));
    let (wrong_count, wrong_days) = (RwSignal::new(None), RwSignal::new(None));
    let failure = RwSignal::new(None::<String>);
    let busy = RwSignal::new(false);
    // The same until it is drawn: a second tap, or a second try after a lost answer, draws nothing more.
    let id = RwSignal::new(SampleId(browser::new_uuid()));
    let units = load(places::units);
    let options = Signal::derive(move || {
        units.state.with(|state| match state {
            Load::Ready(units) => {
                units.iter().map(|unit| (unit.id.to_string(), unit.name.as_str().to_owned())).collect()
            }
            Load::Waiting | Load::Failed(_) => Vec::new(),
        })
    });
    let (who, toasts) = (use_who(), use_toasts());
    let submit = move |ev: SubmitEvent| {
        ev.prevent_default();
        if busy.get_untracked() {
            return;
        }
        let mut check = Check::default();
        let whole = |value: RwSignal<String>, most: u16| {
            value.get_untracked().trim().parse::<u16>().ok().filter(|n| (1..=most).contains(n))
        };
        let (wanted, back) = (whole(count, MOST), whole(days, MOST_DAYS));
        check.that("count", wanted.is_some(), wrong_count, words::COUNT_WRONG);
        check.that("days", back.is_some(), wrong_days, words::DAYS_WRONG);
        let (true, Some(wanted), Some(back)) = (check.passed(), wanted, back) else { return };
        let request = SampleRequest {
            id: id.get_untracked(),
            count: wanted,
            days: back,
            unit: unit.get_untracked().parse().ok(),
        };
        failure.set(None);
        busy.set(true);
        leptos::task::spawn_local(async move {
            match samples::draw(&request).await {
                Ok(all) => {
                    if all.samples.iter().any(|sample| sample.id == request.id) {
                        toasts.say(words::DRAWN);
                        let _ = id.try_set(SampleId(browser::new_uuid()));
                    } else {
                        let _ = failure.try_set(Some(words::NOTHING.to_owned()));
                    }
                    let _ = list.state.try_set(Load::Ready(all));
                }
                Err(error) => {
                    who.heed(&error);
                    let _ = failure.try_set(Some(error.message()));
                }
            }
            let _ = busy.try_set(false);
        });
    };
    view! {
        <form class="panel stack" on:submit=submit novalidate=true aria-label=words::TITLE>
            <Field id="count" label=words::COUNT value=count kind=Kind::Number need=Need::Needed error=wrong_count/>
            <Field id="days" label=words::DAYS value=days kind=Kind::Number need=Need::Needed error=wrong_days/>
            <Select id="unit" label=words::UNIT value=unit options/>
            <p class="muted">{words::UNIT_HINT}</p>
            <Failure message=failure/>
            <div><button class="btn" type="submit" aria-busy=move || busy.get().then_some("true")>{words::DRAW}</button></div>
        </form>
    }
    .into_any()
}

fn draws(list: &SampleList) -> AnyView {
    if list.samples.is_empty() {
        return view! {
            <div class="empty" role="status">
                {Icon::ReturnVisit.with_class("empty__icon")}
                <p class="empty__title">{words::NONE}</p>
                <p class="empty__note">{words::NONE_NOTE}</p>
            </div>
        }
        .into_any();
    }
    let today = list.server_time.date();
    list.samples.iter().map(|sample| one(sample, today)).collect_view().into_any()
}

fn one(sample: &SampleView, today: NaiveDate) -> AnyView {
    let rows = sample.matters.iter().map(|matter| row(matter, today)).collect_view();
    let agrees = if sample.agrees {
        view! { <p class="muted">{Mark::Ok.draw()}" "{words::AGREES}</p> }.into_any()
    } else {
        notice(Tone::Warn, words::DIFFERS, None)
    };
    let take = ["/api/v1/samples/", &sample.id.to_string(), "/population"].concat();
    let name = [words::TAKE_LIST, "：", &words::heading(sample, today)].concat();
    view! {
        <section class="stack">
            <h2>{words::heading(sample, today)}</h2>
            <p>{words::tally(sample)}</p>
            <ul class="cells">{rows}</ul>
            {agrees}
            <details class="fold">
                <summary class="fold__head">{words::HOW}</summary>
                <p>{words::HOW_NOTE}</p>
                <dl class="facts">
                    {fact(words::SEED, view! { <span class="num">{format::in_fours(&sample.seed)}</span> })}
                    {fact(words::LIST_DIGEST, view! { <kbd>{sample.digest.clone()}</kbd> })}
                    {fact(words::LIST, view! { <a href=take download="" rel="external" aria-label=name>{words::TAKE_LIST}</a> })}
                </dl>
            </details>
        </section>
    }
    .into_any()
}

fn row(matter: &SampledMatter, today: NaiveDate) -> AnyView {
    let doubts = matter.result.as_ref().is_some_and(case_core::wire::samples::SampleResult::doubts);
    let mark = match &matter.result {
        Some(_) if doubts => Mark::Warn.draw(),
        Some(_) => Mark::Ok.draw(),
        None => ().into_any(),
    };
    let whose =
        [text::stage::stage(matter.stage), " · ", matter.unit.as_ref().map_or("", |unit| unit.as_str())].concat();
    let lead = if doubts && matter.reopenable { words::REOPEN } else { words::OPEN };
    view! {
        <li>
            <a class="cell cell--link" href=routes::matter(matter.id)>
                <span class="cell__body">
                    <span class="cell__title">{matter.title.as_str().to_owned()}</span>
                    <span class="cell__note">{format::in_fours(matter.number.as_str())}" · "{whose}</span>
                    <span class="cell__note">{words::visitors(matter)}</span>
                    <span class="cell__note">{mark}" "{words::stands(matter, today)}</span>
                    <span class="cell__note">{lead}</span>
                </span>
            </a>
        </li>
    }
    .into_any()
}
