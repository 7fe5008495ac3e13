//! `/w/register`: keyboard first, every field keeps what was typed, the receipt comes at the end.

mod draft;
mod form;

use case_core::actor::Role;
use case_core::wire::desk::PrintedReceipt;
use leptos::ev::{KeyboardEvent, SubmitEvent};
use leptos::prelude::*;

use crate::browser;
use crate::client::matters;
use crate::components::check::focus;
use crate::components::notice::{Failure, Tone, notice};
use crate::components::page::{DeskPage, Section};
use crate::components::receipt::receipt;
use crate::pages::office::sealed::SealedForm;
use crate::routes;
use crate::text::screen::{register as words, sealed as report_words};
use crate::who::use_who;
use draft::{Fields, KEY};

/// The page.
#[component]
pub fn RegisterPage() -> impl IntoView {
    let who = use_who();
    let key = StoredValue::new(who.key(KEY));
    let fields = StoredValue::new(key.with_value(|key| Fields::begin(key, who.office_today())));
    let printed = RwSignal::new(None::<PrintedReceipt>);
    let failure = RwSignal::new(None);
    let busy = RwSignal::new(false);
    Effect::new(move |_| {
        let draft = fields.with_value(Fields::snapshot);
        // An empty form is no draft; and of a report nothing stays on the device.
        let kept = !draft.is_blank() && !fields.with_value(Fields::is_report);
        key.with_value(|key| if kept { browser::store(key, &draft) } else { browser::forget(key) });
    });
    let submit = move || {
        let report = fields.with_value(|fields| untrack(|| fields.is_report()));
        if busy.get_untracked() || printed.with_untracked(Option::is_some) || report {
            return;
        }
        let Some(request) = fields.with_value(form::read) else { return };
        failure.set(None);
        busy.set(true);
        leptos::task::spawn_local(async move {
            let answer = matters::register(&request).await;
            let _ = busy.try_set(false);
            match answer {
                Ok(slip) => {
                    // It is on the server: the draft has done its work, the next begins with a new id.
                    let _ = key.try_with_value(|key| browser::forget(key));
                    let _ = fields.try_with_value(|fields| fields.clear(who.office_today()));
                    let _ = printed.try_set(Some(slip));
                }
                Err(error) => {
                    who.heed(&error);
                    let _ = failure.try_set(Some(error.message()));
                }
            }
        });
    };
    let another = move |_| {
        printed.set(None);
        request_animation_frame(|| focus("channel"));
    };
    // Ctrl+S, as in forms everywhere; wherever the focus is, also on the heading of a fresh page.
    let keys = window_event_listener(leptos::ev::keydown, move |ev: KeyboardEvent| {
        if (ev.ctrl_key() || ev.meta_key()) && ev.key().eq_ignore_ascii_case("s") {
            ev.prevent_default();
            submit();
        }
    });
    on_cleanup(move || keys.remove());
    let slip = move || {
        printed.get().map(|slip| {
            view! {
                <div class="no-print">{notice(Tone::Confirmed, words::REGISTERED, None)}</div>
                {receipt(&slip)}
                <div class="dialog__actions no-print">
                    <a class="btn btn--plain" href=routes::matter(slip.matter)>{words::OPEN}</a>
                    <button class="btn btn--plain" type="button" on:click=another>{words::ANOTHER}</button>
                </div>
            }
        })
    };
    let is_report = Memo::new(move |_| fields.with_value(Fields::is_report));
    let back = move |_| fields.with_value(|fields| fields.purpose.set(Some(0)));
    let report = move || {
        is_report.get().then(|| {
            let carried = untrack(|| fields.with_value(Fields::carry));
            let sealed = move |()| fields.with_value(|fields| fields.sealed(who.office_today()));
            let form = if who.role() == Some(Role::Registrar) {
                view! { <SealedForm carried sealed/> }.into_any()
            } else {
                notice(Tone::Warn, report_words::ELSEWHERE, None)
            };
            view! {
                <h2 class="heading">{report_words::FORM_TITLE}</h2>
                <div><button class="btn btn--plain no-print" type="button" on:click=back>{report_words::BACK}</button></div>
                {form}
            }
        })
    };
    view! {
        <DeskPage section=Section::Register title=Signal::stored(words::TITLE.to_owned())>
            {slip}
            {report}
            <form class="desk__form" hidden=move || printed.with(Option::is_some) || is_report.get() novalidate=true
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
