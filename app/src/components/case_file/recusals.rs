//! 回避: declaring it, and for the supervisor who has declared it.

use case_core::actor::Role;
use case_core::id::AccountId;
use case_core::wire::desk::{MatterFile, Recusal, RecusalRequest};
use leptos::prelude::*;

use super::{part, today};
use crate::client::matters;
use crate::components::check::Check;
use crate::components::dialog::Dialog;
use crate::components::field::{Field, Kind, Need, Select};
use crate::components::notice::Failure;
use crate::components::toast::use_toasts;
use crate::history;
use crate::load::{Load, Loader};
use crate::text::screen::{common, particulars as words};
use crate::who::use_who;

/// The button with its dialog, and the list.
#[component]
pub fn Recusals(
    /// The file.
    file: Loader<MatterFile>,
) -> impl IntoView {
    let (open, busy) = (RwSignal::new(false), RwSignal::new(false));
    let (whose, typed) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    let (wrong, failure) = (RwSignal::new(None), RwSignal::new(None));
    let (who, toasts) = (use_who(), use_toasts());
    let away = StoredValue::new_local(history::replace());
    let decides = move || who.role() == Some(Role::Supervisor);
    // Those who have a part in the matter, and oneself first.
    let people = Signal::derive(move || {
        let mut options = vec![(String::new(), words::MYSELF.to_owned())];
        file.state.with(|state| {
            if let Load::Ready(file) = state {
                let me = who.actor().map(|actor| actor.account);
                let others = file.names.iter().filter(|named| Some(named.account) != me);
                options.extend(others.map(|named| (named.account.to_string(), named.name.as_str().to_owned())));
            }
        });
        options
    });
    let submit = move |ev: leptos::ev::SubmitEvent| {
        ev.prevent_default();
        let mut check = Check::default();
        let reason = check.text("recuse-reason", words::RECUSE_REASON, typed, wrong);
        let id = file.state.with_untracked(|state| match state {
            Load::Ready(file) => Some(file.matter.id),
            Load::Waiting | Load::Failed(_) => None,
        });
        let (true, false, Some(reason), Some(id)) = (check.passed(), busy.get_untracked(), reason, id) else { return };
        let other: Option<AccountId> = whose.get_untracked().parse().ok();
        busy.set(true);
        failure.set(None);
        leptos::task::spawn_local(async move {
            let answer = matters::recuse(id, other, &RecusalRequest { reason }).await;
            let _ = busy.try_set(false);
            match answer {
                Ok(()) => {
                    toasts.say(words::RECUSED);
                    let _ = open.try_set(false);
                    if other.is_some() {
                        file.reload();
                    } else {
                        // For oneself there is no such matter any more.
                        away.try_with_value(|away| away("/w/matters"));
                    }
                }
                Err(error) => {
                    who.heed(&error);
                    let _ = failure.try_set(Some(error.message()));
                }
            }
        });
    };
    let list = move || {
        file.state.with(|state| match state {
            Load::Ready(shown) if !shown.recusals.is_empty() => {
                let rows = shown.recusals.iter().map(|one| row(shown, one, file)).collect_view();
                part(words::RECUSALS, view! { <ul class="cells">{rows}</ul> }.into_any())
            }
            _ => ().into_any(),
        })
    };
    view! {
        {list}
        <div class="no-print">
            <button class="btn btn--text" type="button" on:click=move |_| open.set(true)>{words::RECUSE}</button>
        </div>
        <Dialog open id="recuse" title=Signal::stored(words::RECUSE.to_owned())>
            <form class="stack" on:submit=submit novalidate=true>
                <div class="dialog__body">
                    <p>{words::RECUSE_NOTE}</p>
                    <p hidden=move || !decides()>{words::RECUSE_OTHERS_NOTE}</p>
                </div>
                <div hidden=move || !decides()>
                    <Select id="recuse-who" label=words::RECUSE_WHO value=whose options=people/>
                </div>
                <Field id="recuse-reason" label=words::RECUSE_REASON value=typed kind=Kind::Lines need=Need::Needed
                    hint=words::RECUSE_HINT error=wrong/>
                <Failure message=failure/>
                <div class="dialog__actions">
                    <button class="btn btn--plain" type="button" on:click=move |_| open.set(false)>{common::CANCEL}</button>
                    <button class="btn" type="submit" aria-busy=move || busy.get().then_some("true")>{words::RECUSE}</button>
                </div>
            </form>
        </Dialog>
    }
    .into_any()
}

fn row(shown: &MatterFile, one: &Recusal, file: Loader<MatterFile>) -> AnyView {
    let (matter, account) = (shown.matter.id, one.account);
    let line = words::recusal(one.name.as_str(), one.by.as_str(), one.at, today(shown));
    let label = [words::LIFT, "：", one.name.as_str()].concat();
    let reason = one.reason.as_str().to_owned();
    let (who, toasts) = (use_who(), use_toasts());
    let lift = move |_| {
        leptos::task::spawn_local(async move {
            match matters::lift_recusal(matter, account).await {
                Ok(()) => toasts.say(words::LIFTED),
                Err(error) => {
                    who.heed(&error);
                    toasts.say(&error.message());
                }
            }
            file.reload();
        });
    };
    view! {
        <li class="cell">
            <span class="cell__body">{line}<span class="cell__note">{reason}</span></span>
            <button class="btn btn--plain no-print" type="button" aria-label=label on:click=lift>{words::LIFT}</button>
        </li>
    }
    .into_any()
}
