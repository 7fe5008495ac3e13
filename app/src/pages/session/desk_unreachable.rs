//! A screen of the desk on a device that holds only the phone's bundle, and no way to fetch the other.

use leptos::prelude::*;

use crate::browser;
use crate::components::page::Heading;
use crate::text::screen::{common, desk as words};

/// Says that the desk needs the network, and offers to try again and the phone's own screens.
#[must_use]
pub fn desk_unreachable() -> AnyView {
    view! {
        <div class="page">
            <a class="skip" href="#main">{common::SKIP}</a>
            <main class="page__main" id="main">
                <div class="section stack">
                    <Heading title=Signal::stored(words::UNREACHABLE.to_owned()) class="desk__title"/>
                    <p hidden=!browser::desk_tried()>{words::UNREACHABLE_NOTE}</p>
                    <button class="btn btn--block" type="button" on:click=|_| browser::reload()>{common::RETRY}</button>
                    <a class="btn btn--plain btn--block" href="/w/today">{words::FIELD}</a>
                </div>
            </main>
        </div>
    }
    .into_any()
}
