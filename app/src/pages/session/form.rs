//! The two fields and what can go wrong.

use leptos::ev::SubmitEvent;
use leptos::prelude::*;

use crate::components::field::{Field, Kind};
use crate::components::notice::Failure;
use crate::pages::field::use_phone;
use crate::text::screen::sign_in as words;
use crate::who::use_who;

/// Asks for name and password; nothing typed is lost by an error.
#[component]
pub fn SignInForm(
    /// The name to begin with.
    #[prop(into)]
    login: String,
) -> impl IntoView {
    let who = use_who();
    let phone = use_phone();
    let login = RwSignal::new(login);
    let password = RwSignal::new(String::new());
    let (login_error, password_error) = (RwSignal::new(None), RwSignal::new(None));
    let failure = RwSignal::new(None);
    let busy = RwSignal::new(false);
    let submit = move |ev: SubmitEvent| {
        ev.prevent_default();
        if busy.get_untracked() {
            return;
        }
        let (name, secret) = (login.get_untracked().trim().to_owned(), password.get_untracked());
        login_error.set(name.is_empty().then(|| words::NO_LOGIN.to_owned()));
        password_error.set(secret.is_empty().then(|| words::NO_PASSWORD.to_owned()));
        if name.is_empty() || secret.is_empty() {
            return;
        }
        failure.set(None);
        busy.set(true);
        leptos::task::spawn_local(async move {
            match phone.sign_in(name, secret).await {
                Ok(session) => who.enter(session),
                Err(error) => {
                    // The form may have gone with the dialog it stood in.
                    let _ = failure.try_set(Some(error));
                }
            }
            let _ = busy.try_set(false);
        });
    };
    view! {
        <form class="stack" on:submit=submit novalidate=true>
            <Field id="login" label=words::LOGIN value=login kind=Kind::Login error=login_error/>
            <Field id="password" label=words::PASSWORD value=password kind=Kind::Password error=password_error/>
            <Failure message=failure/>
            <button class="btn btn--block" type="submit" aria-busy=move || busy.get().then_some("true")>
                {move || if busy.get() { words::DOING } else { words::DO }}
            </button>
        </form>
    }
    .into_any()
}
