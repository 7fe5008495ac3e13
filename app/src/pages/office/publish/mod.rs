//! `/w/publish`: what was asked about, what waits, what is published; `/w/publish/{id}`: one matter.

mod page;

use case_core::wire::publication::{PublicationLine, PublicationList};
use leptos::prelude::*;

pub use page::PublishPage;

use crate::client::publications;
use crate::components::loading::loaded;
use crate::components::page::{DeskPage, Section};
use crate::load::load;
use crate::text::screen::publish as words;
use crate::who::use_who;
use crate::{format, routes, text};

/// The work list.
#[component]
pub fn ListPage() -> impl IntoView {
    let all = load(publications::list);
    view! {
        <DeskPage section=Section::Publish title=Signal::stored(words::TITLE.to_owned())>
            <p class="muted">{words::NOTE}</p>
            {loaded(all, |list| lines(&list))}
        </DeskPage>
    }
    .into_any()
}

fn lines(list: &PublicationList) -> AnyView {
    let figures = view! { <p>{words::figures(list.agreed, list.published)}</p> };
    if list.lines.is_empty() {
        return view! { {figures}<p role="status">{words::NONE}</p> }.into_any();
    }
    let today = use_who().office_today();
    let line = |line: &PublicationLine| {
        let asked =
            (line.pleas > 0).then(|| view! { <span class="badge badge--over">{words::pleas(line.pleas)}</span> });
        view! {
            <li><a class="cell cell--link" href=routes::publish(line.matter)>
                <span class="cell__body">
                    <span class="cell__title">{line.title.as_str().to_owned()}</span>
                    <span class="cell__note">{format::moment(line.at, today)}</span>
                </span>
                {asked}
                <span class="badge">{text::publication::state(line.state)}</span>
            </a></li>
        }
    };
    let lines = list.lines.iter().map(line).collect_view();
    view! { {figures}<ul class="cells" aria-label=words::LIST>{lines}</ul> }.into_any()
}
