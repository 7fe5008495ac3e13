//! `/w/reports`: 台账, 月研判清单, 领导实绩档案, 年度报告; to read, to print, as a file. Each number opens its list.

mod ask;
mod sheet;

use leptos::prelude::*;

use crate::client::reports::{self, Query};
use crate::components::loading::loaded;
use crate::components::page::{DeskPage, Section};
use crate::load::{Load, load};
use crate::text::screen::reports as words;
use ask::AskForm;
use sheet::Sheet;

/// The page.
#[component]
pub fn ReportsPage() -> impl IntoView {
    let choices = load(reports::choices);
    let asked = RwSignal::new(None::<Query>);
    let shown = move || {
        asked.get().map(|query| {
            let name = query.clone();
            // A new question is a new reading: what stood there before goes.
            let answer = load(move || {
                let query = name.clone();
                async move { reports::show(&query).await }
            });
            let files = query.clone();
            view! {
                <section class="stack" aria-live="polite"
                    aria-busy=move || answer.state.with(|state| matches!(state, Load::Waiting)).to_string()>
                    {loaded(answer, move |sheet| view! { <Sheet sheet=StoredValue::new(sheet) query=files.clone()/> }.into_any())}
                </section>
            }
        })
    };
    view! {
        <DeskPage section=Section::Reports title=Signal::stored(words::TITLE.to_owned())>
            <p class="muted">{words::NOTE}</p>
            {loaded(choices, move |choices| view! { <AskForm choices asked/> }.into_any())}
            {shown}
        </DeskPage>
    }
    .into_any()
}
