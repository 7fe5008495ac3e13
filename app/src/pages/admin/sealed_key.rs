//! 撤销渠道密钥: by two, the 安全管理员 and another officer of the channel.

use case_core::text::TextError;
use case_core::wire::accounts::{AccountRow, RemoveSealedKey};
use case_core::wire::sealed::Passphrase;
use leptos::ev::SubmitEvent;
use leptos::prelude::*;

use crate::client::accounts;
use crate::components::check::Check;
use crate::components::dialog::Dialog;
use crate::components::field::{Field, Kind, Need};
use crate::components::notice::Failure;
use crate::components::toast::use_toasts;
use crate::text;
use crate::text::screen::{accounts as words, common};
use crate::who::use_who;

/// The dialog. The passphrase is gone when it closes.
#[component]
pub(super) fn RemoveKey(
    /// Whose key; none: closed.
    leaver: RwSignal<Option<AccountRow>>,
    /// It was taken away.
    done: impl Fn() + Copy + Send + Sync + 'static,
) -> impl IntoView {
    let (who, toasts) = (use_who(), use_toasts());
    let open = RwSignal::new(false);
    Effect::new(move |_| open.set(leaver.with(Option::is_some)));
    let [login, passphrase]: [RwSignal<String>; 2] = std::array::from_fn(|_| RwSignal::new(String::new()));
    let [wrong_login, wrong_passphrase]: [RwSignal<Option<String>>; 2] = std::array::from_fn(|_| RwSignal::new(None));
    let (busy, failure) = (RwSignal::new(false), RwSignal::new(None));
    Effect::new(move |before: Option<bool>| {
        let now = open.get();
        if before == Some(true) && !now {
            leaver.set(None);
            passphrase.set(String::new());
            failure.set(None);
        }
        now
    });
    let title = Signal::derive(move || {
        leaver.with(|row| row.as_ref().map(|row| words::remove_key_sure(row.name.as_str())).unwrap_or_default())
    });
    let submit = move |ev: SubmitEvent| {
        ev.prevent_default();
        let Some(row) = leaver.get_untracked() else { return };
        let mut check = Check::default();
        let filled = |value: RwSignal<String>| value.with_untracked(|text| !text.trim().is_empty());
        let empty = |label| text::text_error(label, TextError::Empty);
        check.that("officer", filled(login), wrong_login, &empty(words::OTHER_OFFICER));
        check.that("passphrase", filled(passphrase), wrong_passphrase, &empty(words::OTHER_PASSPHRASE));
        if !check.passed() || busy.get_untracked() {
            return;
        }
        let request =
            RemoveSealedKey { login: login.get_untracked(), passphrase: Passphrase(passphrase.get_untracked()) };
        failure.set(None);
        busy.set(true);
        leptos::task::spawn_local(async move {
            let answer = accounts::remove_sealed_key(row.account, &request).await;
            let _ = busy.try_set(false);
            match answer {
                Ok(_) => {
                    toasts.say(words::KEY_REMOVED);
                    let _ = open.try_set(false);
                    done();
                }
                Err(error) => {
                    who.heed(&error);
                    let _ = failure.try_set(Some(error.message()));
                }
            }
        });
    };
    view! {
        <Dialog open id="remove-key" title>
            <form class="dialog__body" novalidate=true autocomplete="off" on:submit=submit>
                <p>{words::REMOVE_KEY_NOTE}</p>
                <Field id="officer" label=words::OTHER_OFFICER value=login need=Need::Needed error=wrong_login/>
                <Field id="passphrase" label=words::OTHER_PASSPHRASE value=passphrase kind=Kind::Secret need=Need::Needed
                    error=wrong_passphrase/>
                <Failure message=failure/>
                <div class="dialog__actions">
                    <button class="btn btn--plain" type="button" on:click=move |_| open.set(false)>{common::CANCEL}</button>
                    <button class="btn" type="submit" aria-busy=move || busy.get().then_some("true")>
                        {move || if busy.get() { common::SENDING } else { words::REMOVE_KEY }}
                    </button>
                </div>
            </form>
        </Dialog>
    }
    .into_any()
}
