//! Short words at the edge of the screen: what has just been done. Never "done" before the server
//! said so.

use std::time::Duration;

use leptos::prelude::*;

/// Says things; copied freely.
#[derive(Clone, Copy)]
pub struct Toasts(RwSignal<Vec<(u32, String)>>);

const SHOWN_FOR: Duration = Duration::from_secs(6);

impl Toasts {
    /// Makes the toasts known to all screens below.
    pub fn begin() -> Self {
        let toasts = Self(RwSignal::new(Vec::new()));
        provide_context(toasts);
        toasts
    }

    /// Shows some words for a few seconds.
    pub fn say(self, words: impl Into<String>) {
        let words = words.into();
        let mut number = 0;
        self.0.update(|list| {
            number = list.last().map_or(0, |(last, _)| last.wrapping_add(1));
            list.push((number, words));
        });
        set_timeout(
            move || {
                let _ = self.0.try_update(|list| list.retain(|(other, _)| *other != number));
            },
            SHOWN_FOR,
        );
    }
}

/// The toasts, from any screen.
#[must_use]
pub fn use_toasts() -> Toasts {
    use_context().unwrap_or_else(Toasts::begin)
}

/// Where they appear; once, at the end of the page.
#[component]
pub fn ToastList(
    /// What is shown.
    toasts: Toasts,
) -> impl IntoView {
    view! {
        <div class="toasts" role="status" aria-live="polite">
            {move || toasts.0.get().into_iter().map(|(_, words)| view! { <p class="toast">{words}</p> }).collect_view()}
        </div>
    }
    .into_any()
}
