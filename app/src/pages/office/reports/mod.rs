//! `/w/reports`: 台账, 月研判清单, 领导实绩档案, 年度报告; to read, to print, as a file. Each number opens its list.

mod ask;
mod issue;
mod sheet;

use leptos::prelude::*;

use crate::client::reports::{self, Query};
use crate::components::loading::loaded;
use crate::components::page::{DeskPage, Section};
use crate::load::{Load, load};
use crate::text::screen::reports as words;
use crate::who::use_who;
use ask::AskForm;
use issue::papers;
use sheet::Sheet;

/// The page.
#[component]
pub fn ReportsPage() -> impl IntoView {
    let choices = load(reports::choices);
    // Apart from the form, which keeps what was chosen: what was issued here stands in the list of all as well.
    let all = load(reports::choices);
    let issued = move || all.reload();
    let today = use_who().office_today();
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
                    {loaded(answer, move |shown| {
                        let again = move || {
                            answer.reload();
                            issued();
                        };
                        view! { <Sheet shown=StoredValue::new(shown) query=files.clone() again/> }.into_any()
                    })}
                </section>
            }
        })
    };
    view! {
        <DeskPage section=Section::Reports title=Signal::stored(words::TITLE.to_owned())>
            <p class="muted">{words::NOTE}</p>
            {loaded(choices, move |choices| view! { <AskForm choices asked/> }.into_any())}
            {shown}
            {move || all.state.with(|state| match state {
                Load::Ready(choices) if !choices.issued.is_empty() => {
                    Some(view! { <h2 class="heading">{words::ALL_ISSUED}</h2>{papers(&choices.issued, today)} })
                }
                _ => None,
            })}
        </DeskPage>
    }
    .into_any()
}
