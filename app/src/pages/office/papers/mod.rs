//! 文书 in a matter's file: what was issued, each to print and to download, and what can be issued now, with
//! what is missing said in words.

mod form;

use case_core::document::DocumentKind;
use case_core::id::{DocumentId, MatterId};
use case_core::wire::documents::{DocumentAsk, DocumentShelf, IssuedDocument, PossibleDocument};
use chrono::NaiveDate;
use leptos::prelude::*;

use self::form::IssueForm;
use crate::client::documents;
use crate::components::case_file::part;
use crate::components::dialog::Dialog;
use crate::components::loading::loaded;
use crate::format;
use crate::load::load;
use crate::text::document as names;
use crate::text::screen::documents as words;
use crate::who::use_who;

/// The form that is open: the first issue of a kind, or the next version of a document.
#[derive(Clone)]
pub(super) struct Open {
    kind: DocumentKind,
    asks: Vec<DocumentAsk>,
    replaces: Option<DocumentId>,
}

/// The section. When what is shown of the matter changes, what is possible is asked again.
#[component]
pub fn Papers(
    /// The matter.
    id: MatterId,
    /// Its version on the screen, and whether it is masked there.
    shown_as: Memo<(u32, bool)>,
    /// Opens 查看完整信息.
    unmask: RwSignal<bool>,
    /// A paper was issued: steps that hang on it are possible.
    issued: impl Fn() + Copy + Send + Sync + 'static,
) -> impl IntoView {
    let shelf = load(move || {
        // Read, not only followed: a memo that nobody reads is never computed, and follows nothing.
        shown_as.get();
        documents::shelf(id)
    });
    let open = RwSignal::new(None::<Open>);
    let shown = RwSignal::new(false);
    Effect::new(move |_| shown.set(open.with(Option::is_some)));
    // Closed with Escape.
    Effect::new(move |before: Option<bool>| {
        let now = shown.get();
        if before == Some(true) && !now {
            open.set(None);
        }
        now
    });
    let today = use_who().office_today();
    let title = Signal::derive(move || open.with(|open| open.as_ref().map_or_else(String::new, heading)));
    let form = move || {
        let open_now = open.get_untracked()?;
        let done = move || {
            open.set(None);
            shelf.reload();
            issued();
        };
        Some(view! { <IssueForm matter=id what=StoredValue::new(open_now) close=move || open.set(None) done/> })
    };
    view! {
        {part(words::TITLE, loaded(shelf, move |shelf| draw(&shelf, On { open, unmask, today })))}
        <Dialog open=shown id="issue" title>{form()}</Dialog>
    }
    .into_any()
}

fn heading(open: &Open) -> String {
    let what = if open.replaces.is_some() { words::NEW_VERSION } else { words::ISSUE };
    [what, "：", names::kind(open.kind)].concat()
}

/// What the lines open.
#[derive(Clone, Copy)]
struct On {
    open: RwSignal<Option<Open>>,
    unmask: RwSignal<bool>,
    today: NaiveDate,
}

fn draw(shelf: &DocumentShelf, on: On) -> AnyView {
    let issued = shelf.issued.iter().rev().map(|document| line(document, shelf, on)).collect_view();
    let none = shelf.issued.is_empty().then(|| view! { <p class="muted">{words::NONE}</p> });
    // A document of which there is one is changed by a new version, beside it.
    let fresh = || shelf.possible.iter().filter(|one| one.replaces.is_none());
    let ready: Vec<_> = fresh().filter(|one| one.lacks.is_empty()).map(|one| offer(one, on)).collect();
    let lacking: Vec<_> = fresh().filter(|one| !one.lacks.is_empty()).map(lacking).collect();
    let hides = fresh().any(|one| one.hidden && one.lacks.is_empty());
    let offers = (!ready.is_empty()).then(|| {
        view! {
            <h3 class="heading">{words::POSSIBLE}</h3>
            {hides.then(|| view! { <p class="muted">{words::HIDDEN}</p> })}
            <div class="chips">{ready}</div>
        }
    });
    let not_yet = (!lacking.is_empty()).then(|| view! {
        <details class="fold"><summary class="fold__head">{words::NOT_YET}</summary><ul class="cells">{lacking}</ul></details>
    });
    view! { <div class="stack">{none}<ul class="cells">{issued}</ul>{offers}{not_yet}</div> }.into_any()
}

fn line(document: &IssuedDocument, shelf: &DocumentShelf, on: On) -> AnyView {
    let On { open, unmask, today } = on;
    let (kind, id) = (document.kind, document.id);
    let label = |action: &str| words::action(action, names::kind(kind), &document.number);
    let title = [names::kind(kind), " ", &document.number].concat();
    let note = words::line(document.version, &format::moment(document.issued_at, today), document.issued_by.as_str());
    let why =
        document.reason.as_ref().map(|why| view! { <span class="cell__note">{words::because(why.as_str())}</span> });
    let may = shelf.possible.iter().find(|one| one.kind == kind).filter(|_| !document.replaced);
    let renew = may.map(|one| {
        let (asks, hidden) = (one.asks.clone(), one.hidden);
        let begin = move |_| match hidden {
            true => unmask.set(true),
            false => open.set(Some(Open { kind, asks: asks.clone(), replaces: Some(id) })),
        };
        view! {
            <button class="btn btn--text" type="button" aria-label=label(words::NEW_VERSION) on:click=begin>
                {words::NEW_VERSION}
            </button>
        }
    });
    // What shows particulars is taken after it was said what for.
    let taking = match document.hidden {
        true => view! {
            <button class="btn btn--text" type="button" aria-label=label(words::UNMASK) on:click=move |_| unmask.set(true)>
                {words::UNMASK}
            </button>
        }
        .into_any(),
        false => view! {
            <a class="btn btn--text" href=documents::print_address(id) target="_blank" rel="external noopener"
                aria-label=label(words::PRINT)>{words::PRINT}</a>
            <a class="btn btn--text" href=documents::file_address(id) rel="external" download=""
                aria-label=label(words::DOWNLOAD)>{words::DOWNLOAD}</a>
        }
        .into_any(),
    };
    view! {
        <li class="cell">
            <span class="cell__body">
                <span class="cell__title">{title}</span>
                <span class="cell__note">{note}</span>
                {why}
            </span>
            {document.replaced.then(|| view! { <span class="badge badge--over">{words::REPLACED}</span> })}
            {taking}
            {renew}
        </li>
    }
    .into_any()
}

fn offer(one: &PossibleDocument, on: On) -> AnyView {
    let (kind, asks, hidden) = (one.kind, one.asks.clone(), one.hidden);
    let begin = move |_| match hidden {
        true => on.unmask.set(true),
        false => on.open.set(Some(Open { kind, asks: asks.clone(), replaces: None })),
    };
    view! { <button class="btn btn--plain" type="button" on:click=begin>{names::kind(kind)}</button> }.into_any()
}

fn lacking(one: &PossibleDocument) -> AnyView {
    let said: Vec<String> = one.lacks.iter().map(|lack| names::lack(*lack)).collect();
    view! {
        <li class="cell">
            <span class="cell__body">
                <span class="cell__title">{names::kind(one.kind)}</span>
                <span class="cell__note">{said.concat()}</span>
            </span>
        </li>
    }
    .into_any()
}
