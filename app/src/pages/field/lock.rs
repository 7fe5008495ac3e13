//! What stands before the field screens: choosing a PIN, opening with it, and why it stays shut.
//! Nothing of the official's area or records is drawn behind it; sending goes on where it can.

use case_offline::Lock;
use leptos::ev::SubmitEvent;
use leptos::prelude::*;

use super::on_phone::{OnPhone, use_phone};
use crate::components::field::{Field, Kind, Need};
use crate::components::notice::{Failure, Tone, notice};
use crate::pages::session::{SignInForm, entrance};
use crate::text::screen::field_me::phone_error;
use crate::text::screen::lock as words;
use crate::who::use_who;

/// The page for a lock that is not open.
pub(super) fn page(lock: Lock) -> AnyView {
    match lock {
        Lock::ChoosePin => entrance(words::CHOOSE, choose()),
        Lock::Locked { wait_ms, tries_left } => entrance(words::LOCKED, locked(wait_ms, tries_left)),
        Lock::Expired { unsent } => entrance(words::EXPIRED, shut(words::expired_note(unsent))),
        Lock::Revoked { unsent } => entrance(words::REVOKED, notice(Tone::Warn, words::revoked_note(unsent), None)),
        Lock::NobodySignedIn | Lock::Open => ().into_any(),
    }
}

/// A form of one or more PINs with one button. `act` is given what was typed.
pub(super) fn pin_form(
    fields: &[(&'static str, &'static str)],
    button: &'static str,
    act: impl Fn(OnPhone, Vec<String>, RwSignal<Option<String>>, RwSignal<bool>) + 'static,
) -> AnyView {
    let phone = use_phone();
    let typed: Vec<_> = fields.iter().map(|_| RwSignal::new(String::new())).collect();
    let missing: Vec<_> = fields.iter().map(|_| RwSignal::new(None::<String>)).collect();
    let failure = RwSignal::new(None);
    let busy = RwSignal::new(false);
    let drawn = fields.iter().zip(typed.iter().zip(&missing)).map(|((id, label), (value, error))| {
        view! { <Field id=*id label=*label value=*value kind=Kind::Pin need=Need::Unsaid error=*error/> }.into_any()
    });
    let drawn: Vec<AnyView> = drawn.collect();
    let submit = move |ev: SubmitEvent| {
        ev.prevent_default();
        if busy.get_untracked() {
            return;
        }
        let texts: Vec<String> = typed.iter().map(|text| text.get_untracked().trim().to_owned()).collect();
        for (text, error) in texts.iter().zip(&missing) {
            error.set(text.is_empty().then(|| words::NO_PIN.to_owned()));
        }
        if texts.iter().any(String::is_empty) {
            return;
        }
        failure.set(None);
        act(phone, texts, failure, busy);
    };
    view! {
        <form class="stack" on:submit=submit novalidate=true>
            {drawn}
            <Failure message=failure/>
            <button class="btn btn--block" type="submit" aria-busy=move || busy.get().then_some("true")>
                {move || if busy.get() { words::DOING } else { button }}
            </button>
        </form>
    }
    .into_any()
}

fn choose() -> AnyView {
    let form =
        pin_form(&[("pin", words::PIN), ("pin-again", words::PIN_AGAIN)], words::SET, |phone, typed, failed, busy| {
            let Some(handle) = phone.handle() else { return };
            if typed[0] != typed[1] {
                failed.set(Some(words::NOT_THE_SAME.to_owned()));
                return;
            }
            busy.set(true);
            leptos::task::spawn_local(async move {
                if let Err(error) = handle.choose_pin(&typed[0]).await {
                    let _ = failed.try_set(Some(phone_error(&error)));
                }
                let _ = busy.try_set(false);
            });
        });
    view! { <p class="muted">{words::CHOOSE_NOTE}</p><p>{words::CHOOSE_HINT}</p>{form} }.into_any()
}

fn locked(wait_ms: i64, tries_left: u8) -> AnyView {
    if tries_left == 0 {
        return view! { {notice(Tone::Warn, words::NO_MORE_TRIES, None)}{sign_in(words::SIGN_IN, words::SIGN_IN_NOTE, true)} }.into_any();
    }
    let form = pin_form(&[("pin", words::PIN)], words::OPEN, |phone, typed, failed, busy| {
        let Some(handle) = phone.handle() else { return };
        busy.set(true);
        leptos::task::spawn_local(async move {
            if let Err(error) = handle.unlock(&typed[0]).await {
                let _ = failed.try_set(Some(phone_error(&error)));
            }
            let _ = busy.try_set(false);
        });
    });
    let waits = (wait_ms > 0).then(|| notice(Tone::Warn, words::waiting(wait_ms), None));
    view! { <p class="muted">{words::LOCKED_NOTE}</p>{waits}{form}{sign_in(words::FORGOTTEN, words::FORGOTTEN_NOTE, false)} }.into_any()
}

fn shut(why: String) -> AnyView {
    view! { {notice(Tone::Warn, why, None)}{sign_in(words::SIGN_IN, words::SIGN_IN_NOTE, true)} }.into_any()
}

/// The way in with a network: for a forgotten PIN, and for another official.
fn sign_in(heading: &'static str, note: &'static str, open: bool) -> AnyView {
    let phone = use_phone();
    let who = use_who();
    let leave = move |_| {
        leptos::task::spawn_local(phone.sign_out(who));
    };
    view! {
        <details class="fold" open=open>
            <summary class="fold__head">{heading}</summary>
            <div class="fold__body">
                <p class="muted">{note}</p>
                <SignInForm login=""/>
            </div>
        </details>
        <p class="muted">{words::OTHER_PERSON_NOTE}</p>
        <button class="btn btn--plain btn--block" type="button" on:click=leave>{words::OTHER_PERSON}</button>
    }
    .into_any()
}
