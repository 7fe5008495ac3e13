//! `/w/register`: keyboard first, every field keeps what was typed, the receipt comes at the end.

mod draft;
mod form;

use case_core::wire::desk::{PrintedReceipt, RegisterRequest};
use leptos::ev::{KeyboardEvent, SubmitEvent};
use leptos::prelude::*;

use crate::browser;
use crate::client::matters;
use crate::components::check::focus;
use crate::components::notice::{Failure, Tone, notice};
use crate::components::page::{DeskPage, Section};
use crate::components::receipt::receipt;
use crate::routes;
use crate::text::screen::register as words;
use crate::who::use_who;
use draft::{Fields, KEY};

/// The page.
#[component]
pub fn RegisterPage() -> impl IntoView {
    let who = use_who();
    let fields = StoredValue::new(Fields::begin(who.office_today()));
    let printed = RwSignal::new(None::<PrintedReceipt>);
    let failure = RwSignal::new(None);
    let busy = RwSignal::new(false);
    Effect::new(move |_| {
        let draft = fields.with_value(Fields::snapshot);
        // An empty form is no draft.
        if draft.is_blank() { browser::forget(KEY) } else { browser::store(KEY, &draft) }
    });
    let submit = move || {
        if busy.get_untracked() || printed.with_untracked(Option::is_some) {
            return;
        }
        let Some(request) = fields.with_value(form::read) else { return };
        failure.set(None);
        busy.set(true);
        leptos::task::spawn_local(send(request, fields, printed, failure, busy));
    };
    let another = move |_| {
        printed.set(None);
        request_animation_frame(|| focus("channel"));
    };
    // Ctrl+S, as on paper forms everywhere.
    let keys = move |ev: KeyboardEvent| {
        if (ev.ctrl_key() || ev.meta_key()) && ev.key().eq_ignore_ascii_case("s") {
            ev.prevent_default();
            submit();
        }
    };
    let slip = move || {
        printed.get().map(|slip| {
            view! {
                {notice(Tone::Confirmed, words::REGISTERED, None)}
                {receipt(&slip)}
                <div class="dialog__actions no-print">
                    <a class="btn btn--plain" href=routes::matter(slip.matter)>{words::OPEN}</a>
                    <button class="btn btn--plain" type="button" on:click=another>{words::ANOTHER}</button>
                </div>
            }
        })
    };
    view! {
        <DeskPage section=Section::Register title=Signal::stored(words::TITLE.to_owned())>
            {slip}
            <form class="desk__form" hidden=move || printed.with(Option::is_some) novalidate=true on:keydown=keys
                on:submit=move |ev: SubmitEvent| { ev.prevent_default(); submit(); }>
                {fields.with_value(form::draw)}
                <Failure message=failure/>
                <div>
                    <button class="btn" type="submit" aria-busy=move || busy.get().then_some("true")>
                        {move || if busy.get() { words::DOING } else { words::DO }}" "
                        <kbd class="kbd">"Ctrl S"</kbd>
                    </button>
                </div>
            </form>
        </DeskPage>
    }
    .into_any()
}

async fn send(
    request: RegisterRequest,
    fields: StoredValue<Fields>,
    printed: RwSignal<Option<PrintedReceipt>>,
    failure: RwSignal<Option<String>>,
    busy: RwSignal<bool>,
) {
    let who = use_who();
    let answer = matters::register(&request).await;
    let _ = busy.try_set(false);
    match answer {
        Ok(slip) => {
            // It is on the server: the draft has done its work, the next form begins with a new id.
            browser::forget(KEY);
            let today = who.office_today();
            let _ = fields.try_with_value(|fields| fields.clear(today));
            let _ = printed.try_set(Some(slip));
        }
        Err(error) => {
            who.heed(&error);
            let _ = failure.try_set(Some(error.message()));
        }
    }
}
