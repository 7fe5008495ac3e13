//! 这部手机: its PIN, its space, its clock, and whether the server has everything.

use case_offline::StorageReport;
use leptos::prelude::*;

use super::frame::page as plain_page;
use super::lock::pin_form;
use super::on_phone::use_phone;
use crate::browser;
use crate::components::notice::{Tone, notice};
use crate::components::toast::use_toasts;
use crate::text::screen::field_me::phone_error;
use crate::text::screen::{field_form, lock, this_phone as words};

/// Above so much of the browser's share, it is said that space is short: nine tenths.
fn nearly_full(report: &StorageReport) -> bool {
    report.used.zip(report.quota).is_some_and(|(used, quota)| quota > 0 && used / 9 > quota / 10)
}

/// The page.
pub(super) fn page() -> AnyView {
    let body = view! { {safety()}{space()}{clock()}{compare()} };
    plain_page(words::TITLE, "/w/me", None, body.into_any())
}

fn act(name: &'static str, run: impl Fn() + 'static) -> AnyView {
    view! {
        <li><button class="cell cell--act" type="button" on:click=move |_| run()>
            <span class="cell__body">{name}</span>
        </button></li>
    }
    .into_any()
}

fn line(text: impl IntoView + 'static) -> AnyView {
    view! { <li><p class="cell"><span class="cell__body">{text.into_any()}</span></p></li> }.into_any()
}

fn safety() -> AnyView {
    let phone = use_phone();
    let toasts = use_toasts();
    let open = RwSignal::new(false);
    let form = move || {
        open.get().then(|| {
            pin_form(
                &[("pin-old", words::OLD_PIN), ("pin", words::NEW_PIN), ("pin-again", lock::PIN_AGAIN)],
                words::CHANGE_PIN,
                move |phone, typed, failed, busy| {
                    let Some(handle) = phone.handle() else { return };
                    if typed[1] != typed[2] {
                        failed.set(Some(lock::NOT_THE_SAME.to_owned()));
                        return;
                    }
                    busy.set(true);
                    leptos::task::spawn_local(async move {
                        match handle.change_pin(&typed[0], &typed[1]).await {
                            Ok(()) => {
                                toasts.say(words::PIN_CHANGED);
                                let _ = open.try_set(false);
                            }
                            Err(error) => {
                                let _ = failed.try_set(Some(phone_error(&error)));
                            }
                        }
                        let _ = busy.try_set(false);
                    });
                },
            )
        })
    };
    view! {
        <h2 class="heading">{words::SAFETY}</h2>
        <ul class="cells">
            {act(words::CHANGE_PIN, move || open.update(|open| *open = !*open))}
            {act(words::LOCK_NOW, move || if let Some(handle) = phone.handle() { handle.lock_now() })}
        </ul>
        <div class="section">{form}</div>
    }
    .into_any()
}

fn space() -> AnyView {
    let phone = use_phone();
    let toasts = use_toasts();
    let again = RwSignal::new(0_u32);
    let report = RwSignal::new(None::<StorageReport>);
    Effect::new(move |_| {
        again.track();
        let Some(handle) = phone.handle() else { return };
        leptos::task::spawn_local(async move {
            if let Ok(found) = handle.storage().await {
                let _ = report.try_set(Some(found));
            }
        });
    });
    let look_again = move || {
        let _ = again.try_update(|n| *n = n.wrapping_add(1));
    };
    let ask = move || {
        let Some(handle) = phone.handle() else { return };
        leptos::task::spawn_local(async move {
            toasts.say(if handle.ask_to_persist().await { words::ASKED_YES } else { words::ASKED_NO });
            look_again();
        });
    };
    let free = move || {
        let Some(handle) = phone.handle() else { return };
        leptos::task::spawn_local(async move {
            match handle.free_space().await {
                Ok(bytes) => toasts.say(&words::freed(bytes)),
                Err(_) => toasts.say(field_form::NOT_SAVED),
            }
            look_again();
        });
    };
    let facts = move || {
        report.get().map(|report| {
            let keeps = match report.persistent {
                Some(true) => words::PERSISTENT_YES,
                Some(false) => words::PERSISTENT_NO,
                None => words::PERSISTENT_UNKNOWN,
            };
            let used = report
                .used
                .zip(report.quota)
                .map_or_else(|| words::USED_UNKNOWN.to_owned(), |(u, q)| words::used(u, q));
            let full = nearly_full(&report).then(|| notice(Tone::Warn, words::NEARLY_FULL, None));
            let asks = (report.persistent == Some(false)).then(|| act(words::ASK_PERSISTENT, ask));
            view! {
                {full}
                <ul class="cells">
                    {line(used)}
                    {line(keeps)}
                    {asks}
                    {line(words::can_free(report.history, report.files, report.file_bytes))}
                    {act(words::FREE, free)}
                </ul>
            }
        })
    };
    view! { <h2 class="heading">{words::SPACE}</h2>{facts} }.into_any()
}

fn clock() -> AnyView {
    let phone = use_phone();
    let ahead = Memo::new(move |_| phone.status().clock_ahead_ms);
    view! {
        <h2 class="heading">{words::CLOCK}</h2>
        <ul class="cells">{line(move || words::clock(ahead.get()))}{line(words::CLOCK_NOTE)}</ul>
    }
    .into_any()
}

fn compare() -> AnyView {
    let phone = use_phone();
    let known = Memo::new(move |_| {
        let status = phone.status();
        (status.last_compared, status.mended, status.yours, status.others_unsent, status.codes_left)
    });
    let facts = move || {
        let (at, mended, yours, others, codes) = known.get();
        view! {
            {line(words::compared(at, mended, browser::today()))}
            {yours.map(|count| line(words::yours(count)))}
            {(others > 0).then(|| line(words::others_unsent(others)))}
            {line(words::codes_left(codes))}
        }
    };
    view! {
        <h2 class="heading">{words::COMPARE}</h2>
        <ul class="cells">
            {facts}
            {act(words::COMPARE_NOW, move || if let Some(handle) = phone.handle() { handle.compare_now() })}
        </ul>
    }
    .into_any()
}
