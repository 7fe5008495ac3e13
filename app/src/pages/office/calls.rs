//! 待电话告知: whom to phone, one after another. The number is shown for one call at a time.

use case_core::wire::calls::{CallPhone, CallRow};
use leptos::prelude::*;

use crate::client::calls;
use crate::components::icon::Icon;
use crate::components::loading::loaded;
use crate::components::notice::Failure;
use crate::components::page::{DeskPage, Section};
use crate::components::toast::use_toasts;
use crate::load::load;
use crate::text::screen::calls as words;
use crate::who::use_who;
use crate::{format, routes};

/// The page.
#[component]
pub fn CallsPage() -> impl IntoView {
    let all = load(calls::list);
    let failure = RwSignal::new(None);
    // The number of the call that is being made.
    let shown = RwSignal::new(None::<(String, CallPhone)>);
    let toasts = use_toasts();
    let show = move |id: String| {
        failure.set(None);
        leptos::task::spawn_local(async move {
            match calls::phone(&id).await {
                Ok(phone) => {
                    let _ = shown.try_set(Some((id, phone)));
                }
                Err(error) => {
                    let _ = failure.try_set(Some(error.message()));
                }
            }
        });
    };
    let done = move |id: String, told: bool| {
        failure.set(None);
        leptos::task::spawn_local(async move {
            match calls::outcome(&id, told).await {
                Ok(_) => {
                    let _ = shown.try_set(None);
                    toasts.say(if told { words::TOLD_DONE } else { words::MISSED_DONE });
                }
                Err(error) => {
                    let _ = failure.try_set(Some(error.message()));
                }
            }
            all.reload();
        });
    };
    view! {
        <DeskPage section=Section::Calls title=Signal::stored(words::TITLE.to_owned())>
            <Failure message=failure/>
            {loaded(all, move |list| {
                if list.calls.is_empty() {
                    return empty();
                }
                let rows = list.calls.into_iter().map(|call| row(call, shown, show, done)).collect_view();
                view! { <p>{words::NOTE}</p><p>{words::SAY}</p><ul class="cells">{rows}</ul> }.into_any()
            })}
        </DeskPage>
    }
    .into_any()
}

fn empty() -> AnyView {
    view! {
        <div class="empty" role="status">
            {Icon::Matter.with_class("empty__icon")}
            <p class="empty__title">{words::EMPTY}</p>
            <p class="empty__note">{words::EMPTY_NOTE}</p>
        </div>
    }
    .into_any()
}

fn row(
    call: CallRow,
    shown: RwSignal<Option<(String, CallPhone)>>,
    show: impl Fn(String) + Copy + Send + Sync + 'static,
    done: impl Fn(String, bool) + Copy + Send + Sync + 'static,
) -> AnyView {
    let today = use_who().office_today();
    let waits = words::waits(call.since, call.tries, call.tried_at, today);
    let whom = [call.petitioner.as_str(), "，", &call.phone].concat();
    let number = format::in_fours(call.number.as_str());
    let id = call.id;
    let mine = {
        let id = id.clone();
        move || shown.with(|shown| shown.as_ref().filter(|(of, _)| *of == id).map(|(_, phone)| phone.clone()))
    };
    let button = move |label: &'static str, class: &'static str, act: Box<dyn Fn() + Send + Sync>, whom: &str| {
        let name = [label, "：", whom].concat();
        view! { <button class=class type="button" aria-label=name on:click=move |_| act()>{label}</button> }
    };
    let actions = move || match mine() {
        None => {
            let (id, whom) = (id.clone(), whom.clone());
            view! {
                <span class="cell__title">{whom.clone()}</span>
                <span class="btns">
                    {button(words::SHOW, "btn btn--plain", Box::new(move || show(id.clone())), &whom)}
                    <span class="muted">{words::SHOW_NOTE}</span>
                </span>
            }
            .into_any()
        }
        Some(CallPhone { petitioner, phone }) => {
            let (told, missed) = (id.clone(), id.clone());
            let dial: String = phone.chars().filter(|c| c.is_ascii_digit() || *c == '+').collect();
            view! {
                <span class="cell__title" role="status">
                    {petitioner.clone()}"，"<a class="num" href=["tel:", &dial].concat()>{phone}</a>
                </span>
                <span class="btns">
                    {button(words::TOLD, "btn", Box::new(move || done(told.clone(), true)), &petitioner)}
                    {button(words::MISSED, "btn btn--plain", Box::new(move || done(missed.clone(), false)), &petitioner)}
                </span>
            }
            .into_any()
        }
    };
    view! {
        <li><div class="cell"><span class="cell__body">
            {actions}
            <span class="cell__note">{words::occasion(call.occasion)}</span>
            <span class="cell__note">{waits}</span>
            <a class="cell__note" href=routes::matter(call.matter)>{number}</a>
        </span></div></li>
    }
    .into_any()
}
