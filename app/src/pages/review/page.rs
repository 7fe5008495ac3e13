//! `/w/review` and `/w/review/{id}`.

use case_core::id::MatterId;
use case_core::matter::CommandKind;
use leptos::prelude::*;

use super::detail::Detail;
use super::queue;
use crate::browser;
use crate::client::matters;
use crate::components::chips::{Choice, Look};
use crate::components::loading::loaded;
use crate::components::page::{DeskTop, Heading, Section};
use crate::history;
use crate::load::{Load, load};
use crate::routes::{self, Screen};
use crate::text::screen::{common, review as words};

/// The page. Follows its own address, so that the queue stays while another matter opens.
#[component]
pub fn ReviewPage() -> impl IntoView {
    let path = history::current_path();
    let open = Memo::new(move |_| match Screen::of_path(&path.get()) {
        Screen::Review(id) => id,
        _ => None,
    });
    let chosen = RwSignal::new(Some(0));
    let list = load(move || {
        let query = queue::query(chosen.get().unwrap_or(0));
        async move { matters::list(&query).await }
    });
    let go = history::replace();
    // Both sides are on the screen: the first matter opens by itself.
    let first = go.clone();
    Effect::new(move |_| {
        let top = list.state.with(|state| match state {
            Load::Ready(list) => list.rows.first().map(|row| row.id),
            _ => None,
        });
        if let Some(id) = top.filter(|_| open.get_untracked().is_none() && browser::is_wide()) {
            first(&routes::review(id));
        }
    });
    let to = StoredValue::new_local(go);
    let decided = move |id: MatterId, _: CommandKind| {
        let next = list.state.with_untracked(|state| match state {
            Load::Ready(list) => queue::after(list, id),
            _ => None,
        });
        let address = next.map_or_else(|| "/w/review".to_owned(), routes::review);
        to.with_value(|to| to(&address));
        list.reload();
    };
    let detail = move || match open.get() {
        Some(id) => view! { <Detail id decided/> }.into_any(),
        None => view! {
            <main class="split__detail" id="main"><p class="section muted">{words::CHOOSE}</p></main>
        }
        .into_any(),
    };
    view! {
        <div class="page page--split">
            <a class="skip" href="#main">{common::SKIP}</a>
            <DeskTop section=Section::Review/>
            // Also there while a narrow screen shows the package alone.
            <section class="visually-hidden" aria-label=words::TITLE>
                <Heading title=Signal::stored(words::TITLE.to_owned()) class=""/>
            </section>
            <div class=move || if open.get().is_some() { "split split--detail" } else { "split split--list" }>
                <nav class="split__list" aria-label=words::QUEUE>
                    <div class="section">
                        <h2 class="desk__title">{words::TITLE}</h2>
                        <Choice id="queue" legend=words::QUEUES options=queue::names() chosen look=Look::Filter/>
                    </div>
                    {loaded(list, move |list| queue_rows(list, open))}
                </nav>
                {detail}
            </div>
        </div>
    }
    .into_any()
}

/// The open one is marked anew whenever another opens.
fn queue_rows(list: case_core::wire::desk::MatterList, open: Memo<Option<MatterId>>) -> AnyView {
    (move || queue::rows(&list, open)).into_any()
}
