//! 三亮: number, name and office, filling the screen, to be shown before a talk.

use leptos::html;
use leptos::prelude::*;

use crate::text::screen::field as words;
use crate::who::use_who;

/// The button that shows the card, for the header.
pub(super) fn namecard_button() -> AnyView {
    shown_by("header__action", words::NAMECARD)
}

/// A button with these words that shows the card.
pub(super) fn shown_by(class: &'static str, label: &'static str) -> AnyView {
    let who = use_who();
    let open = RwSignal::new(false);
    let card = NodeRef::<html::Dialog>::new();
    Effect::new(move |_| {
        let Some(element) = card.get() else { return };
        if open.get() && !element.open() {
            // Open already (or not in the page any more): nothing to do.
            let _ = element.show_modal();
        } else if !open.get() && element.open() {
            element.close();
        }
    });
    let face = move || {
        open.get().then(|| who.session()).flatten().map(|session| {
            let actor = session.actor;
            let unit = session.unit_name.map(|unit| view! { <p class="namecard__unit">{unit.as_str().to_owned()}</p> });
            view! {
                <div class="namecard__body">
                    {unit}
                    <p class="namecard__name">{actor.name.as_str().to_owned()}</p>
                    <p class="namecard__office">{actor.office.as_str().to_owned()}</p>
                    <p class="namecard__number">{words::badge(actor.badge.as_str())}</p>
                    <p class="namecard__say">{words::NAMECARD_SAY}</p>
                </div>
                <button class="btn btn--block" type="button" on:click=move |_| open.set(false)>{words::NAMECARD_CLOSE}</button>
            }
        })
    };
    view! {
        <button class=class type="button" on:click=move |_| open.set(true)>{label}</button>
        <dialog class="namecard" aria-label=words::NAMECARD node_ref=card on:close=move |_| open.set(false)>{face}</dialog>
    }
    .into_any()
}
