//! A switch in a cell.

use leptos::prelude::*;

/// On or off, with a name and what it means.
pub fn switch(id: &str, name: &'static str, note: &'static str, on: RwSignal<bool>) -> AnyView {
    view! {
        <label class="cell">
            <span class="cell__body">{name}<span class="cell__note" hidden=note.is_empty()>{note}</span></span>
            <span class="switch">
                <input class="switch__input" type="checkbox" id=id.to_owned() prop:checked=move || on.get()
                    on:change=move |ev| on.set(event_target_checked(&ev))/>
                <span class="switch__track"></span>
            </span>
        </label>
    }
    .into_any()
}
