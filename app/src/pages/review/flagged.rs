//! `/w/flagged`: records that did not fit, the latest first, each with why, who and when.

use case_core::wire::desk::{FlaggedRecord, Said};
use chrono::NaiveDate;
use leptos::prelude::*;

use crate::client::matters;
use crate::components::icon::Icon;
use crate::components::loading::loaded;
use crate::components::page::{DeskPage, Section};
use crate::load::load;
use crate::text::screen::flagged as words;
use crate::who::use_who;
use crate::{format, routes, text};

/// The server lists so many.
const MOST: usize = 100;

/// The page.
#[component]
pub fn FlaggedPage() -> impl IntoView {
    let list = load(matters::flagged);
    view! {
        <DeskPage section=Section::Flagged title=Signal::stored(words::TITLE.to_owned())>
            {loaded(list, |list| rows(&list))}
        </DeskPage>
    }
    .into_any()
}

fn rows(list: &[FlaggedRecord]) -> AnyView {
    if list.is_empty() {
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
    let rows = list.iter().map(|record| row(record, today)).collect_view();
    view! {
        <p>{words::NOTE}</p>
        <ul class="cells">{rows}</ul>
        <p class="muted" hidden=list.len() < MOST>{words::latest(list.len())}</p>
    }
    .into_any()
}

fn row(record: &FlaggedRecord, today: NaiveDate) -> AnyView {
    let why: Vec<_> = record.flags.iter().map(|flag| text::record::flag(*flag)).collect();
    let when = format::moment(record.received_at, today);
    let who = [text::record::kind(record.kind), " · ", record.by.as_str(), " · ", &when].concat();
    let about = record.title.as_ref().map(|title| {
        view! { <span class="cell__note">{[words::OPEN, title.as_str()].concat()}</span> }
    });
    let words = [(words::WAS, &record.corrects), (words::SAYS, &record.says)];
    let said = words.into_iter().filter_map(|(name, said)| said.as_ref().map(|said| line(name, said))).collect_view();
    let body = view! {
        <span class="cell__body">
            <span class="cell__title">{why.join("；")}</span>
            <span class="cell__note">{who}</span>
            {said}
            {about}
        </span>
    };
    match record.matter {
        Some(matter) => view! { <li><a class="cell cell--link" href=routes::matter(matter)>{body}</a></li> }.into_any(),
        None => view! { <li><div class="cell">{body}</div></li> }.into_any(),
    }
}

/// The words of a record that no file shows.
fn line(name: &'static str, said: &Said) -> AnyView {
    let who = said.who.as_ref().map(|who| [who.as_str(), "，"].concat()).unwrap_or_default();
    let words = [name, text::record::kind(said.kind), "：", &who, said.text.as_str()].concat();
    view! { <span class="cell__note">{words}</span> }.into_any()
}
