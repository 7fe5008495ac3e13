//! `/w/register`: keyboard first, every field keeps what was typed, the receipt comes at the end.
//!
//! Before it is saved, matters that look like it stand beside the form: the clerk links the intake to one
//! of them (重件), or says that it is something new.

pub(super) mod alike;
mod draft;
mod form;

use case_core::actor::Role;
use case_core::id::{CommandId, MatterId};
use case_core::matter::Command;
use case_core::wire::desk::{AlikeMatter, CommandRequest, PrintedReceipt};
use leptos::ev::{KeyboardEvent, SubmitEvent};
use leptos::prelude::*;

use crate::browser;
use crate::client::{ClientError, matters};
use crate::components::check::focus;
use crate::components::notice::{Failure, Tone, notice};
use crate::components::page::{DeskPage, Section};
use crate::components::receipt::receipt;
use crate::pages::office::sealed::SealedForm;
use crate::routes;
use crate::text::screen::{register as words, sealed as report_words};
use crate::who::use_who;
use alike::Alike;
use draft::{Fields, KEY};

/// Whether the desk belongs to an organ other than the petition office: what petitioners bring there it has
/// received directly, and owes them a written word of its own (Article 23, second paragraph).
fn receives_directly(role: Option<Role>) -> Directly {
    match role {
        Some(Role::Registrar) => Directly::Never,
        // A unit takes in nothing for anybody else.
        Some(Role::UnitHandler | Role::UnitHead) => Directly::Always,
        _ => Directly::Asked,
    }
}

/// Whether what a desk registers came to it directly.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Directly {
    /// It never does.
    Never,
    /// It is asked.
    Asked,
    /// It always does.
    Always,
}

/// What came of saving.
#[derive(Clone)]
enum Done {
    /// A new matter, with its receipt.
    Registered(PrintedReceipt),
    /// 重件: linked to this matter, with its slip when that could be read.
    Linked(MatterId, Option<PrintedReceipt>),
}

/// The page.
#[component]
pub fn RegisterPage() -> impl IntoView {
    let who = use_who();
    let key = StoredValue::new(who.key(KEY));
    let fields = StoredValue::new(key.with_value(|key| Fields::begin(key, who.office_today())));
    let done = RwSignal::new(None::<Done>);
    let failure = RwSignal::new(None);
    let busy = RwSignal::new(false);
    let alike = Alike::new();
    alike.follow(fields);
    Effect::new(move |_| {
        let draft = fields.with_value(Fields::snapshot);
        // An empty form is no draft; and of a report nothing stays on the device.
        let kept = !draft.is_blank() && !fields.with_value(Fields::is_report);
        key.with_value(|key| if kept { browser::store(key, &draft) } else { browser::forget(key) });
    });
    // It is on the server: the draft has done its work, the next begins with a new id.
    let finish = move |what: Done| {
        let _ = key.try_with_value(|key| browser::forget(key));
        let _ = fields.try_with_value(|fields| fields.clear(who.office_today()));
        alike.clear();
        let _ = done.try_set(Some(what));
    };
    let failed = move |error: &ClientError| {
        who.heed(error);
        let _ = failure.try_set(Some(error.message()));
    };
    let begin = move || {
        if busy.get_untracked() || done.with_untracked(Option::is_some) {
            return false;
        }
        failure.set(None);
        true
    };
    let submit = move || {
        if fields.with_value(|fields| untrack(|| fields.is_report())) || !begin() {
            return;
        }
        let Some(request) = fields.with_value(|fields| form::read(fields, receives_directly(who.role()))) else {
            return;
        };
        let look = fields.with_value(|fields| untrack(|| alike::request(&fields.snapshot())));
        busy.set(true);
        leptos::task::spawn_local(async move {
            // What was typed last may not have been looked up yet.
            if let Some(look) = look.filter(|_| !alike.apart.get_untracked()) {
                match matters::alike(&look).await {
                    Ok(found) if !found.is_empty() => {
                        let _ = busy.try_set(false);
                        alike.show(found);
                        alike.asked.set(true);
                        request_animation_frame(|| focus("alike"));
                        return;
                    }
                    Ok(_) => {}
                    Err(error) => {
                        let _ = busy.try_set(false);
                        return failed(&error);
                    }
                }
            }
            let answer = matters::register(&request).await;
            let _ = busy.try_set(false);
            match answer {
                Ok(slip) => finish(Done::Registered(slip)),
                Err(error) => failed(&error),
            }
        });
    };
    let link = move |found: AlikeMatter| {
        if !begin() {
            return;
        }
        let Some(intake) = fields.with_value(form::read_repeat) else { return };
        let (matter, command) = (found.row.id, Command::LinkIntake { intake: Box::new(intake) });
        // The id of the draft: sent again after a lost answer, it is linked once.
        let id = CommandId(fields.with_value(|fields| fields.id.get_untracked()).0);
        let request = CommandRequest::new(id, found.version, command);
        busy.set(true);
        leptos::task::spawn_local(async move {
            let answer = matters::command(matter, &request).await;
            let _ = busy.try_set(false);
            match answer {
                Ok(done) => {
                    let slip = match done.intake {
                        Some(place) => matters::intake_receipt(matter, place).await.ok(),
                        None => None,
                    };
                    finish(Done::Linked(matter, slip));
                }
                Err(error) => {
                    failed(&error);
                    // Somebody changed it meanwhile: shown as it is now.
                    let look = fields.try_with_value(|fields| untrack(|| alike::request(&fields.snapshot()))).flatten();
                    if let Some(look) = look
                        && let Ok(found) = matters::alike(&look).await
                        && alike.found.try_get_untracked().is_some()
                    {
                        alike.show(found);
                    }
                }
            }
        });
    };
    let apart = move || {
        alike.apart.set(true);
        submit();
    };
    let another = move |_| {
        done.set(None);
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
        done.get().map(|done| {
            let (said, matter, paper) = match done {
                Done::Registered(slip) => (words::REGISTERED, slip.matter, Some(receipt(&slip))),
                Done::Linked(matter, slip) => (words::LINKED, matter, slip.map(|slip| receipt(&slip))),
            };
            view! {
                <div class="no-print">{notice(Tone::Confirmed, said, None)}</div>
                {paper}
                <div class="dialog__actions no-print">
                    <a class="btn btn--plain" href=routes::matter(matter)>{words::OPEN}</a>
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
            <div class="desk__columns" hidden=move || done.with(Option::is_some) || is_report.get()>
                <form class="desk__form" novalidate=true
                    on:submit=move |ev: SubmitEvent| { ev.prevent_default(); submit(); }>
                    {fields.with_value(|fields| form::draw(fields, receives_directly(who.role())))}
                    <Failure message=failure/>
                    <div>
                        <button class="btn" type="submit" aria-busy=move || busy.get().then_some("true")>
                            {move || if busy.get() { words::DOING } else { words::DO }}" "
                            <kbd class="kbd">"Ctrl S"</kbd>
                        </button>
                    </div>
                </form>
                {alike::panel(alike, link, apart)}
            </div>
        </DeskPage>
    }
    .into_any()
}
