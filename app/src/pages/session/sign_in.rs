//! `/w/sign-in`, and every other address while nobody is signed in.

use case_offline::Lock;
use leptos::prelude::*;

use super::form::SignInForm;
use crate::browser;
use crate::components::icon::Icon;
use crate::components::notice::{Tone, notice};
use crate::components::page::{Heading, LargeTypeButton};
use crate::pages::field::use_phone;
use crate::text::screen::{common, lock, sign_in as words};

/// The page. Who signs in stays on the address that was asked for.
#[component]
pub fn SignInPage() -> impl IntoView {
    let phone = use_phone();
    let shut_out = move || {
        // It is wiped while this page stands here, too.
        let now = matches!(phone.lock(), Lock::Revoked { .. });
        let shut = now || browser::stored(browser::SHUT_OUT).unwrap_or(false);
        shut.then(|| notice(Tone::Warn, lock::revoked_note(0), None))
    };
    let body = view! { {shut_out}<p class="muted">{words::NOTE}</p><SignInForm login=""/> };
    entrance(words::TITLE, body.into_any())
}

/// A page for somebody whom the app does not know yet, or to whom it is still shut: no section, no tab.
#[must_use]
pub fn entrance(title: &'static str, body: AnyView) -> AnyView {
    view! {
        <div class="page">
            <a class="skip" href="#main">{common::SKIP}</a>
            <header class="page__top">
                <div class="header">
                    <p class="header__title brand">{Icon::Echo.draw()}{common::PRODUCT}</p>
                    <LargeTypeButton/>
                </div>
            </header>
            <main class="page__main" id="main">
                <div class="section stack">
                    <Heading title=Signal::stored(title.to_owned()) class="desk__title"/>
                    {body}
                </div>
            </main>
        </div>
    }
    .into_any()
}
