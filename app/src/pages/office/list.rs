//! `/w/matters`: what is due first stands first; by stage, by special list, by what is typed.

use std::time::Duration;

use case_core::matter::StageGroup;
use case_core::wire::desk::MatterList;
use leptos::leptos_dom::helpers::TimeoutHandle;
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

use crate::browser;
use crate::client::matters::{self, Filter, ListQuery};
use crate::components::chips::{Choice, Look};
use crate::components::icon::Icon;
use crate::components::loading::loaded;
use crate::components::matter_row::matter_row;
use crate::components::page::{DeskPage, Section};
use crate::load::load;
use crate::routes;
use crate::text;
use crate::text::screen::list as words;
use crate::who::use_who;

/// What was asked last: coming back from a matter finds the list as it was.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
struct Asked {
    /// 0: all; else the group before it in [`StageGroup::ALL`].
    group: usize,
    /// 0: all; else the filter before it in [`Filter::ALL`].
    filter: usize,
    typed: String,
    page: u32,
}

impl Asked {
    fn query(&self) -> ListQuery {
        ListQuery {
            stages: self
                .group
                .checked_sub(1)
                .and_then(|at| StageGroup::ALL.get(at))
                .map(|g| g.stages())
                .unwrap_or_default(),
            filter: self.filter.checked_sub(1).and_then(|at| Filter::ALL.get(at)).copied(),
            typed: self.typed.clone(),
            page: self.page,
        }
    }
}

const KEPT: &str = "list";
/// So long after the last key the server is asked.
const TYPING_PAUSE: Duration = Duration::from_millis(250);

/// The page.
#[component]
pub fn ListPage() -> impl IntoView {
    let kept = StoredValue::new(use_who().key(KEPT));
    let begun: Asked = kept.with_value(|key| browser::stored(key)).unwrap_or_default();
    let typed = RwSignal::new(begun.typed.clone());
    let group = RwSignal::new(Some(begun.group));
    let filter = RwSignal::new(Some(begun.filter));
    let asked = RwSignal::new(begun);
    let answer = load(move || {
        let query = asked.with(Asked::query);
        async move { matters::list(&query).await }
    });
    let ask = move |change: &dyn Fn(&mut Asked)| {
        let mut next = asked.get_untracked();
        change(&mut next);
        if asked.with_untracked(|now| *now != next) {
            kept.with_value(|key| browser::store(key, &next));
            asked.set(next);
        }
    };
    Effect::new(move |_| {
        let (group, filter) = (group.get().unwrap_or(0), filter.get().unwrap_or(0));
        ask(&|asked| {
            if (asked.group, asked.filter) != (group, filter) {
                (asked.group, asked.filter, asked.page) = (group, filter, 0);
            }
        });
    });
    let pause = StoredValue::new(None::<TimeoutHandle>);
    let search = move |text: String| {
        typed.set(text);
        pause.update_value(|running| {
            if let Some(running) = running.take() {
                running.clear();
            }
            let then = move || {
                // Somebody who typed and tapped a row at once has left the page.
                let Some(text) = typed.try_get_untracked() else { return };
                ask(&|asked| {
                    if asked.typed != text {
                        (asked.typed, asked.page) = (text.clone(), 0);
                    }
                });
            };
            *running = set_timeout_with_handle(then, TYPING_PAUSE).ok();
        });
    };
    let turn = move |by: i64| {
        ask(&|asked| asked.page = u32::try_from((i64::from(asked.page) + by).max(0)).unwrap_or(0));
    };
    let groups = std::iter::once(words::ALL).chain(StageGroup::ALL.into_iter().map(text::stage::group)).collect();
    let filters = std::iter::once(words::ALL).chain(Filter::ALL.into_iter().map(words::filter)).collect();
    view! {
        <DeskPage section=Section::Matters title=Signal::stored(words::TITLE.to_owned())>
            <form class="search" role="search" on:submit=|ev| ev.prevent_default()>
                {Icon::Search.with_class("search__icon")}
                <label class="visually-hidden" for="q">{words::SEARCH}</label>
                <input class="search__input" id="q" type="search" placeholder=words::SEARCH_HINT autocomplete="off"
                    prop:value=move || typed.get() on:input=move |ev| search(event_target_value(&ev))/>
            </form>
            <Choice id="stage" legend=words::STAGES options=groups chosen=group look=Look::Filter/>
            <Choice id="filter" legend=words::FILTERS options=filters chosen=filter look=Look::Filter/>
            {loaded(answer, move |list| rows(&list, turn))}
        </DeskPage>
    }
    .into_any()
}

fn rows(list: &MatterList, turn: impl Fn(i64) + Copy + 'static) -> AnyView {
    if list.total == 0 {
        return view! {
            <div class="empty" role="status">
                {Icon::Matter.with_class("empty__icon")}
                <p class="empty__title">{words::EMPTY}</p>
                <p class="empty__note">{words::EMPTY_NOTE}</p>
            </div>
        }
        .into_any();
    }
    let today = use_who().office_today();
    let pages = list.total.div_ceil(u64::from(list.page_size.max(1)));
    let last = u64::from(list.page) + 1 >= pages;
    let rows = list.rows.iter().map(|row| matter_row(row, today, routes::matter(row.id), false)).collect_view();
    view! {
        <h2 class="heading"><span role="status">{words::total(list.total)}</span></h2>
        <ul class="cells">{rows}</ul>
        <nav class="field--row" aria-label=words::page(list.page, pages) hidden=pages <= 1>
            <button class="btn btn--plain" type="button" disabled=list.page == 0 on:click=move |_| turn(-1)>
                {words::PREVIOUS}
            </button>
            <p class="muted">{words::page(list.page, pages)}</p>
            <button class="btn btn--plain" type="button" disabled=last on:click=move |_| turn(1)>{words::NEXT}</button>
        </nav>
    }
    .into_any()
}
