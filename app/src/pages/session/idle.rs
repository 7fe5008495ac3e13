//! 闲置锁屏: a desk that nobody touches for a while closes itself (spec 4: "supervisor's tablet locks after
//! idle"). The desk lies open on tablets in offices where others pass by; a phone has its PIN for that.
//!
//! What stood on the screen is hidden, not thrown away: whoever signs in again goes on where they were, with
//! all that was typed. Somebody else who signs in gets a page drawn anew. The lock is remembered, so that
//! loading the page again does not open it; and every tab of the browser counts as one desk.
//!
//! It covers a screen, not the session: the server still knows the session, so that a visit recorded on the
//! same device is sent on. Who wants to end it signs out.

use gloo::events::EventListener;
use gloo::timers::callback::Interval;
use leptos::html;
use leptos::prelude::*;

use super::SignInForm;
use crate::routes::Screen;
use crate::text::screen::sign_in as words;
use crate::who::{Who, use_who};
use crate::{browser, history};

/// So long nobody touches it, then it closes.
const IDLE_MS: i64 = 10 * 60 * 1000;
/// So often it is looked at, and so often at most a touch is written down.
const LOOK_MS: u32 = 10_000;
/// Kept on the device: when the desk was last touched, in milliseconds.
const TOUCHED: &str = "huiyin.desk.touched";
/// Kept on the device while it is locked.
const LOCKED: &str = "huiyin.desk.locked";

/// Covers the desk's screens when nobody is there. Drawn once, around the workbench.
#[component]
pub fn IdleLock(
    /// The workbench.
    children: ChildrenFn,
) -> impl IntoView {
    let who = use_who();
    let path = history::current_path();
    let locked = RwSignal::new(browser::stored::<bool>(LOCKED).unwrap_or(false));
    Effect::new(move |_| {
        // Signed out: the next one signs in anyway.
        if who.role().is_none() {
            locked.set(false);
        }
    });
    Effect::new(move |_| {
        if locked.get() {
            browser::store(LOCKED, &true);
        } else {
            browser::forget(LOCKED);
        }
    });
    watch(who, locked);
    let shut = Memo::new(move |_| locked.get() && who.role().is_some() && is_desk(&path.get()));
    // A desk that is locked when the page opens draws nothing of its screens, and so asks for nothing.
    let drawn = Memo::new(move |before: Option<&bool>| before == Some(&true) || !shut.get());
    view! {
        // Not only hidden: no key reaches it either.
        <div hidden=move || shut.get() inert=move || shut.get()>{move || drawn.get().then(|| children())}</div>
        {move || shut.get().then(|| cover(who, locked))}
    }
    .into_any()
}

fn is_desk(path: &str) -> bool {
    !matches!(Screen::of_path(path), Screen::Field(_))
}

/// Follows every touch and key, and locks when there was none for [`IDLE_MS`].
fn watch(who: Who, locked: RwSignal<bool>) {
    let note = || browser::store(TOUCHED, &browser::now());
    note();
    let look = move || {
        let last = browser::stored(TOUCHED).unwrap_or_else(browser::now);
        if !locked.get_untracked() && who.in_session() && last.ms_until(browser::now()) >= IDLE_MS {
            locked.set(true);
        }
    };
    for touch in ["pointerdown", "keydown", "wheel", "touchmove"] {
        let mut noted = browser::now();
        let touched = move |_: &web_sys::Event| {
            // The tablet slept: what wakes it is no work at the desk.
            look();
            if noted.ms_until(browser::now()) >= i64::from(LOOK_MS) || touch == "pointerdown" {
                noted = browser::now();
                note();
            }
        };
        EventListener::new(&window(), touch, touched).forget();
    }
    // Timers stand still while the tablet sleeps: looked at before anything is seen again.
    EventListener::new(&document(), "visibilitychange", move |_| look()).forget();
    Interval::new(LOOK_MS, look).forget();
}

/// The closed desk: signing in opens it.
fn cover(who: Who, locked: RwSignal<bool>) -> AnyView {
    let before = who.actor().map(|actor| actor.account);
    let dialog = NodeRef::<html::Dialog>::new();
    // Above every other dialog that is open; and Escape does not close it.
    let open = move || {
        if let Some(element) = dialog.get_untracked()
            && !element.open()
        {
            let _ = element.show_modal();
        }
    };
    Effect::new(move |_| {
        if dialog.get().is_some() {
            open();
        }
    });
    let entered = Callback::new(move |()| {
        browser::store(TOUCHED, &browser::now());
        browser::forget(LOCKED);
        if who.actor().map(|actor| actor.account) == before {
            locked.set(false);
        } else {
            browser::reload();
        }
    });
    view! {
        <dialog
            class="dialog"
            id="desk-locked"
            aria-labelledby="desk-locked-t"
            node_ref=dialog
            on:cancel=move |ev: web_sys::Event| ev.prevent_default()
            on:close=move |_| open()
        >
            <h2 class="dialog__title" id="desk-locked-t">{words::LOCKED}</h2>
            <div class="stack">
                <div class="dialog__body"><p>{words::LOCKED_NOTE}</p></div>
                <SignInForm login="" entered/>
            </div>
        </dialog>
    }
    .into_any()
}
