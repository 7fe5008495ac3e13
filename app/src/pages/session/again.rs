//! The session ended while somebody was at work: a dialog, so that nothing below it is lost.

use leptos::prelude::*;

use super::form::SignInForm;
use crate::components::dialog::Dialog;
use crate::text::screen::sign_in as words;
use crate::who::use_who;

/// The dialog; once, at the end of the workbench.
#[component]
pub fn SignInAgain() -> impl IntoView {
    let who = use_who();
    let open = RwSignal::new(false);
    Effect::new(move |_| open.set(who.expired()));
    // Closed with Escape or put off: asked again at the next request that needs it.
    Effect::new(move |before: Option<bool>| {
        let now = open.get();
        if before == Some(true) && !now {
            who.put_off();
        }
        now
    });
    view! {
        <Dialog open id="sign-in-again" title=Signal::stored(words::AGAIN.to_owned())>
            <div class="stack">
                <div class="dialog__body"><p>{words::AGAIN_NOTE}</p></div>
                <SignInForm login=""/>
            </div>
            <div class="dialog__actions">
                <button class="btn btn--text" type="button" on:click=move |_| open.set(false)>{words::LATER}</button>
            </div>
        </Dialog>
    }
    .into_any()
}
