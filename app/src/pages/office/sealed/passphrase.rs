//! 换口令.

use case_core::text::TextError;
use case_core::wire::sealed::{ChangePassphrase, Passphrase};
use leptos::ev::SubmitEvent;
use leptos::prelude::*;

use super::{fail, send_button};
use crate::client::sealed;
use crate::components::check::Check;
use crate::components::dialog::Dialog;
use crate::components::field::{Field, Kind, Need};
use crate::components::toast::use_toasts;
use crate::text;
use crate::text::screen::{common, sealed as words};
use crate::who::use_who;

/// The dialog. What was typed is gone when it closes.
#[component]
pub fn ChangeDialog(open: RwSignal<bool>) -> impl IntoView {
    let (who, toasts) = (use_who(), use_toasts());
    let [old, new, again]: [RwSignal<String>; 3] = std::array::from_fn(|_| RwSignal::new(String::new()));
    let [w_old, w_new, w_again]: [RwSignal<Option<String>>; 3] = std::array::from_fn(|_| RwSignal::new(None));
    let (busy, failure) = (RwSignal::new(false), RwSignal::new(None));
    Effect::new(move |_| {
        if !open.get() {
            for text in [old, new, again] {
                text.set(String::new());
            }
            failure.set(None);
        }
    });
    let submit = move |ev: SubmitEvent| {
        ev.prevent_default();
        let mut check = Check::default();
        let empty = |label| text::text_error(label, TextError::Empty);
        let filled = |value: RwSignal<String>| value.with_untracked(|text| !text.trim().is_empty());
        check.that("old", filled(old), w_old, &empty(words::OLD));
        check.that("new", filled(new), w_new, &empty(words::NEW));
        let same = new.with_untracked(|new| again.with_untracked(|again| new.trim() == again.trim()));
        check.that("again", same, w_again, words::DIFFERS);
        if !check.passed() || busy.get_untracked() {
            return;
        }
        let request = ChangePassphrase { old: Passphrase(old.get_untracked()), new: Passphrase(new.get_untracked()) };
        failure.set(None);
        busy.set(true);
        leptos::task::spawn_local(async move {
            let answer = sealed::change_passphrase(&request).await;
            let _ = busy.try_set(false);
            match answer {
                Ok(()) => {
                    toasts.say(words::CHANGED);
                    let _ = open.try_set(false);
                }
                Err(error) => fail(who, failure, &error),
            }
        });
    };
    view! {
        <Dialog open id="change-passphrase" title=Signal::stored(words::CHANGE.to_owned())>
            <form class="dialog__body" novalidate=true autocomplete="off" on:submit=submit>
                <Field id="old" label=words::OLD value=old kind=Kind::Secret need=Need::Needed error=w_old/>
                <Field id="new" label=words::NEW value=new kind=Kind::Secret need=Need::Needed hint=words::NEW_HINT
                    error=w_new/>
                <Field id="again" label=words::AGAIN value=again kind=Kind::Secret need=Need::Needed error=w_again/>
                {send_button(words::CHANGE, common::SENDING, busy, failure)}
            </form>
        </Dialog>
    }
    .into_any()
}
