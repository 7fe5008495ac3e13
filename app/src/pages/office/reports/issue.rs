//! 出具: what is seen on the screen becomes a paper with a number; and the papers that there are.

use case_core::digest::Digest;
use case_core::id::DocumentId;
use case_core::text::Paragraph;
use case_core::wire::reports::{IssueReport, IssuedReport};
use chrono::NaiveDate;
use leptos::prelude::*;

use crate::browser;
use crate::client::reports::{self, Query};
use crate::components::check::Check;
use crate::components::field::{Field, Kind, Need};
use crate::components::notice::Failure;
use crate::components::toast::use_toasts;
use crate::format;
use crate::text::screen::{common, documents, reports as words};
use crate::who::use_who;

/// The form: for a version that takes the place of another, the reason. What was typed stays when it is refused.
#[component]
pub(super) fn IssueForm(
    /// Of what.
    query: Query,
    /// What was seen.
    seen: Digest,
    /// The last version there is.
    after: Option<DocumentId>,
    /// Closes it.
    close: impl Fn() + Copy + Send + Sync + 'static,
    /// It was issued.
    done: impl Fn() + Copy + Send + Sync + 'static,
) -> impl IntoView {
    let (reason, wrong_reason) = (RwSignal::new(String::new()), RwSignal::new(None));
    let (busy, failure) = (RwSignal::new(false), RwSignal::new(None));
    let (who, toasts) = (use_who(), use_toasts());
    // One form is one paper: trying again after a lost answer is safe.
    let id = DocumentId(browser::new_uuid());
    let submit = move |ev: leptos::ev::SubmitEvent| {
        ev.prevent_default();
        if busy.get_untracked() {
            return;
        }
        let mut check = Check::default();
        let why: Option<Paragraph> =
            after.and_then(|_| check.text("version-reason", words::REASON, reason, wrong_reason));
        if !check.passed() {
            return;
        }
        let request = IssueReport { id, seen, after, reason: why };
        let query = query.clone();
        failure.set(None);
        busy.set(true);
        leptos::task::spawn_local(async move {
            let answer = reports::issue(&query, &request).await;
            let _ = busy.try_set(false);
            match answer {
                Ok(_) => {
                    toasts.say(words::ISSUED);
                    done();
                }
                Err(error) => {
                    who.heed(&error);
                    let _ = failure.try_set(Some(error.message()));
                }
            }
        });
    };
    let reasons = after.map(|_| {
        view! {
            <Field id="version-reason" label=words::REASON value=reason kind=Kind::Lines need=Need::Needed
                hint=words::REASON_HINT error=wrong_reason/>
        }
    });
    view! {
        <form class="stack" on:submit=submit novalidate=true>
            <div class="dialog__body"><p>{words::CHECK}</p></div>
            {reasons}
            <Failure message=failure/>
            <div class="dialog__actions">
                <button class="btn btn--plain" type="button" on:click=move |_| close()>{common::CANCEL}</button>
                <button class="btn" type="submit" aria-busy=move || busy.get().then_some("true")>
                    {move || if busy.get() { common::SENDING } else { words::ISSUE }}
                </button>
            </div>
        </form>
    }
    .into_any()
}

/// Issued reports, each to print and to download.
pub(super) fn papers(issued: &[IssuedReport], today: NaiveDate) -> AnyView {
    let lines: Vec<_> = issued.iter().map(|one| line(one, today)).collect();
    view! { <ul class="cells">{lines}</ul> }.into_any()
}

fn line(one: &IssuedReport, today: NaiveDate) -> AnyView {
    let label = |action: &str| documents::action(action, &one.title, &one.number);
    let title = [one.title.as_str(), " ", &one.number].concat();
    let note = documents::line(one.version, &format::moment(one.issued_at, today), one.issued_by.as_str());
    let why = one.reason.as_ref().map(|why| {
        view! { <span class="cell__note">{documents::because(why.as_str())}</span> }
    });
    view! {
        <li class="cell">
            <span class="cell__body">
                <span class="cell__title">{title}</span>
                <span class="cell__note">{note}</span>
                {why}
            </span>
            {one.replaced_by.map(|_| view! { <span class="badge badge--over">{documents::REPLACED}</span> })}
            <a class="btn btn--text" href=reports::issued_address(one.id, "print") target="_blank" rel="external noopener"
                aria-label=label(words::PRINT)>{words::PRINT}</a>
            <a class="btn btn--text" href=reports::issued_address(one.id, "docx") rel="external" download=""
                aria-label=label(words::DOCX)>{words::DOCX}</a>
        </li>
    }
    .into_any()
}
