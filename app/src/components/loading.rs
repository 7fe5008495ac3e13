//! What stands in the place of something that is being read.

use leptos::prelude::*;

use super::notice::{Tone, notice};
use crate::load::{Load, Loader};
use crate::text::screen::common;

/// Draws what was read; before that says that it is being read, after a failure what happened, with
/// a button to try again. What was read before a failed repetition is drawn by the screen itself.
pub fn loaded<T, V>(loader: Loader<T>, draw: V) -> AnyView
where
    T: Clone + Send + Sync + 'static,
    V: Fn(T) -> AnyView + Send + 'static,
{
    (move || match loader.state.get() {
        Load::Waiting => waiting(),
        Load::Ready(value) => draw(value),
        Load::Failed(error) => failed(&error.message(), move || loader.reload()),
    })
    .into_any()
}

/// It is being read.
#[must_use]
pub fn waiting() -> AnyView {
    view! { <p class="muted" role="status">{common::LOADING}</p> }.into_any()
}

/// It could not be read.
pub fn failed(message: &str, again: impl Fn() + 'static) -> AnyView {
    let button = view! {
        <button class="btn btn--plain" type="button" on:click=move |_| again()>{common::RETRY}</button>
    };
    notice(Tone::Refuse, message, Some(button.into_any()))
}
