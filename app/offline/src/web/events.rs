//! What the browser says: the network may be back, the page has come to the front. Hints only; the
//! engine believes nothing but a reply.

use wasm_bindgen::JsCast as _;
use wasm_bindgen::closure::Closure;
use web_sys::{EventTarget, VisibilityState};

/// Listens for as long as the tab lives. `leaving` is called when the page may be about to be loaded
/// again, by a person or for a new version of the app.
pub fn listen(
    online: impl Fn() + 'static,
    to_front: impl Fn() + Clone + 'static,
    leaving: impl Fn() + Clone + 'static,
) {
    let Some(window) = web_sys::window() else { return };
    on(&window, "online", online);
    on(&window, "pagehide", leaving.clone());
    let workers = js_sys::Reflect::get(&window.navigator(), &"serviceWorker".into());
    if let Some(workers) = workers.ok().and_then(|workers| workers.dyn_into::<EventTarget>().ok()) {
        on(&workers, "controllerchange", leaving);
    }
    // Back from the browser's page cache: timers and requests were frozen.
    on(&window, "pageshow", to_front.clone());
    if let Some(document) = window.document() {
        let seen = document.clone();
        on(&document, "visibilitychange", move || {
            if seen.visibility_state() == VisibilityState::Visible {
                to_front();
            }
        });
    }
}

/// Whether the tab is in front.
pub fn in_front() -> bool {
    let document = web_sys::window().and_then(|window| window.document());
    document.is_some_and(|document| document.visibility_state() == VisibilityState::Visible)
}

fn on(target: &EventTarget, name: &str, heard: impl Fn() + 'static) {
    let heard = Closure::<dyn Fn()>::new(heard).into_js_value();
    // An event target takes any listener.
    let _added = target.add_event_listener_with_callback(name, heard.unchecked_ref());
}
