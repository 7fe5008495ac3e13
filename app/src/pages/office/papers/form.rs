//! The form of a document: whatever its kind asks for, and for a new version the reason. What was typed
//! stays when the server refuses; the same form sent twice issues once.

use case_core::document::{Part, Shape};
use case_core::id::{DocumentId, MatterId};
use case_core::text::{Paragraph, Text};
use case_core::wire::documents::{DocumentField, IssueRequest};
use leptos::prelude::*;

use super::Open;
use crate::browser;
use crate::client::documents;
use crate::components::check::Check;
use crate::components::field::{Field, Kind, Need};
use crate::components::notice::Failure;
use crate::components::toast::use_toasts;
use crate::text::document as names;
use crate::text::screen::{common, documents as words};
use crate::who::use_who;

/// One field of the form.
#[derive(Clone, Copy)]
struct Typed {
    part: Part,
    shape: Shape,
    needed: bool,
    value: RwSignal<String>,
    error: RwSignal<Option<String>>,
}

impl Typed {
    /// Unique in the form: its place among the parts.
    fn id(self) -> String {
        ["part-", &(self.part as usize).to_string()].concat()
    }

    fn draw(self) -> AnyView {
        let kind = match self.shape {
            Shape::Lines => Kind::Lines,
            Shape::Day => Kind::Day,
            Shape::Line | Shape::Choice => Kind::Line,
        };
        let need = if self.needed { Need::Needed } else { Need::Optional };
        view! { <Field id=self.id() label=names::part(self.part) value=self.value kind need error=self.error/> }
            .into_any()
    }

    fn check(self, check: &mut Check) {
        let (id, label) = (self.id(), names::part(self.part));
        if self.shape == Shape::Day && self.needed {
            check.day(&id, label, self.value, self.error);
        } else if self.needed {
            let _: Option<Text<2_000>> = check.text(&id, label, self.value, self.error);
        }
    }
}

/// The form.
#[component]
pub(super) fn IssueForm(
    /// The matter.
    matter: MatterId,
    /// What is issued.
    what: StoredValue<Open>,
    /// Closes it.
    close: impl Fn() + Copy + Send + Sync + 'static,
    /// It was issued.
    done: impl Fn() + Copy + Send + Sync + 'static,
) -> impl IntoView {
    let open = what.get_value();
    let fields: Vec<Typed> = open
        .asks
        .iter()
        .map(|ask| Typed {
            part: ask.part,
            shape: ask.shape,
            needed: ask.needed,
            value: RwSignal::new(ask.value.clone()),
            error: RwSignal::new(None),
        })
        .collect();
    let replaces = open.replaces;
    let (reason, wrong_reason) = (RwSignal::new(String::new()), RwSignal::new(None));
    let (busy, failure) = (RwSignal::new(false), RwSignal::new(None));
    let last = StoredValue::new(None::<IssueRequest>);
    let (who, toasts) = (use_who(), use_toasts());
    let drawn: Vec<_> = fields.iter().map(|field| field.draw()).collect();
    let submit = move |ev: leptos::ev::SubmitEvent| {
        ev.prevent_default();
        if busy.get_untracked() {
            return;
        }
        let mut check = Check::default();
        fields.iter().for_each(|field| field.check(&mut check));
        let why: Option<Paragraph> =
            replaces.and_then(|_| check.text("version-reason", words::REASON, reason, wrong_reason));
        if !check.passed() {
            return;
        }
        let typed = |field: &Typed| DocumentField { part: field.part, value: field.value.get_untracked() };
        let fields = fields.iter().map(typed).collect();
        let request =
            IssueRequest { id: DocumentId(browser::new_uuid()), kind: open.kind, fields, replaces, reason: why };
        // The same form keeps its id: trying again after a lost answer is safe.
        let request = last
            .get_value()
            .map(|before| IssueRequest { id: before.id, ..request.clone() })
            .filter(|again| last.get_value().as_ref() == Some(again))
            .unwrap_or(request);
        last.set_value(Some(request.clone()));
        failure.set(None);
        busy.set(true);
        leptos::task::spawn_local(async move {
            let answer = documents::issue(matter, &request).await;
            let _ = busy.try_set(false);
            match answer {
                Ok(_) => {
                    toasts.say(words::DONE);
                    done();
                }
                Err(error) => {
                    who.heed(&error);
                    let _ = failure.try_set(Some(error.message()));
                }
            }
        });
    };
    let reasons = replaces.map(|_| {
        view! {
            <Field id="version-reason" label=words::REASON value=reason kind=Kind::Lines need=Need::Needed
                hint=words::REASON_HINT error=wrong_reason/>
        }
    });
    view! {
        <form class="stack" on:submit=submit novalidate=true>
            <div class="dialog__body"><p>{words::CHECK}</p></div>
            {drawn}
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
