//! One point, by a button and never by itself. Whoever refuses it loses nothing.

use js_sys::{Function, Object, Reflect};
use leptos::prelude::*;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast as _, JsValue};

use crate::components::notice::Mark;
use crate::text::screen::field_form as words;

/// How the finding stands.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Finding {
    Idle,
    Waiting,
    Failed,
}

/// Latitude and longitude in millionths of a degree.
fn millionths(degrees: f64) -> i32 {
    // Degrees lie between -180 and 180; a float cast to an integer is held at its ends anyway.
    #[expect(clippy::cast_possible_truncation, reason = "at most 180 million")]
    {
        (degrees * 1e6).round() as i32
    }
}

fn number(of: &JsValue, part: &str) -> Option<f64> {
    Reflect::get(of, &part.into()).ok()?.as_f64()
}

fn point_of(position: &JsValue) -> Option<(i32, i32)> {
    let coordinates = Reflect::get(position, &"coords".into()).ok()?;
    Some((millionths(number(&coordinates, "latitude")?), millionths(number(&coordinates, "longitude")?)))
}

/// By name and not by a binding: one call is not worth five interfaces in the bundle.
fn ask(point: RwSignal<Option<(i32, i32)>>, finding: RwSignal<Finding>) -> Option<()> {
    let navigator = Reflect::get(&js_sys::global(), &"navigator".into()).ok()?;
    let geolocation = Reflect::get(&navigator, &"geolocation".into()).ok()?;
    let get: Function = Reflect::get(&geolocation, &"getCurrentPosition".into()).ok()?.dyn_into().ok()?;
    // The screen may be gone when the answer comes: then nobody wants it.
    let found = Closure::once_into_js(move |position: JsValue| {
        let here = point_of(&position);
        let _ = finding.try_set(if here.is_some() { Finding::Idle } else { Finding::Failed });
        let _ = point.try_set(here);
    });
    let failed = Closure::once_into_js(move |_: JsValue| {
        let _ = finding.try_set(Finding::Failed);
    });
    let options = Object::new();
    for (name, value) in [("timeout", 20_000.0), ("maximumAge", 60_000.0)] {
        Reflect::set(&options, &name.into(), &value.into()).ok()?;
    }
    get.call3(&geolocation, &found, &failed, &options).ok().map(drop)
}

/// The button, and what it found.
pub(super) fn locate(point: RwSignal<Option<(i32, i32)>>) -> AnyView {
    let finding = RwSignal::new(Finding::Idle);
    let find = move |_| {
        if finding.get_untracked() != Finding::Waiting {
            finding.set(Finding::Waiting);
            if ask(point, finding).is_none() {
                finding.set(Finding::Failed);
            }
        }
    };
    let body = move || {
        if point.get().is_some() {
            return view! {
                <p>
                    {Mark::Saved.draw()}" "{words::POINT_KEPT}" "
                    <button class="btn btn--text" type="button" on:click=move |_| point.set(None)>{words::POINT_DROP}</button>
                </p>
            }
            .into_any();
        }
        let waiting = finding.get() == Finding::Waiting;
        let failed = (finding.get() == Finding::Failed).then(|| view! { <p class="muted">{words::POINT_FAILED}</p> });
        view! {
            <button class="btn btn--plain btn--block" type="button" aria-busy=waiting.then_some("true") on:click=find>
                {if waiting { words::POINT_FINDING } else { words::POINT }}
            </button>
            <p class="muted">{words::POINT_NOTE}</p>
            {failed}
        }
        .into_any()
    };
    view! { <div class="field" aria-live="polite">{body}</div> }.into_any()
}
