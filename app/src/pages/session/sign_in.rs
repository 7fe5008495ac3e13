//! `/w/sign-in`, and every other address while nobody is signed in.

use leptos::prelude::*;

use super::form::SignInForm;
use crate::components::icon::Icon;
use crate::components::page::{Heading, LargeTypeButton};
use crate::text::screen::{common, sign_in as words};

/// The page. Who signs in stays on the address that was asked for.
#[component]
pub fn SignInPage() -> impl IntoView {
    let body = view! { <p class="muted">{words::NOTE}</p><SignInForm login=""/> };
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
