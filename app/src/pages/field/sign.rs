//! The signature pad: strokes on a canvas, taken as a picture. Optional always.

use case_core::field::Media;
use leptos::html;
use leptos::prelude::*;
use wasm_bindgen::JsCast as _;
use web_sys::{CanvasRenderingContext2d, HtmlCanvasElement, PointerEvent};

use crate::picture;
use crate::text::screen::files as words;

/// The pad's size in pixels of the picture; the screen shows it as wide as there is room.
const SIZE: (u32, u32) = (900, 420);

/// A fold with the pad; `taken` is given the picture (PNG).
pub(super) fn sign_pad(taken: impl Fn(Vec<u8>) + Copy + 'static) -> AnyView {
    let canvas = NodeRef::<html::Canvas>::new();
    let drawing = RwSignal::new(false);
    let signed = RwSignal::new(false);
    let begin = move |ev: PointerEvent| {
        ev.prevent_default();
        let Some(pad) = canvas.get_untracked() else { return };
        let _ = pad.set_pointer_capture(ev.pointer_id());
        if let Some((context, x, y)) = at(&pad, &ev) {
            context.begin_path();
            context.move_to(x, y);
            drawing.set(true);
        }
    };
    let go_on = move |ev: PointerEvent| {
        if !drawing.get_untracked() {
            return;
        }
        let Some(pad) = canvas.get_untracked() else { return };
        if let Some((context, x, y)) = at(&pad, &ev) {
            context.line_to(x, y);
            context.stroke();
            signed.set(true);
        }
    };
    let end = move |_: PointerEvent| drawing.set(false);
    let clear = move || {
        if let Some(pad) = canvas.get_untracked() {
            pad.set_width(SIZE.0);
            signed.set(false);
        }
    };
    let done = move |_| {
        let Some(pad) = canvas.get_untracked() else { return };
        leptos::task::spawn_local(async move {
            if let Some(bytes) = picture::encode(&pad, Media::Png).await {
                taken(bytes);
                clear();
            }
        });
    };
    let unsigned = move || !signed.get();
    view! {
        <details class="fold">
            <summary class="fold__head">{words::SIGN}</summary>
            <div class="fold__body">
                <p class="muted">{words::SIGN_NOTE}</p>
                <div class="sign">
                    <canvas class="sign__pad" node_ref=canvas width=SIZE.0 height=SIZE.1 role="img"
                        aria-label=words::SIGN_HERE on:pointerdown=begin on:pointermove=go_on on:pointerup=end
                        on:pointercancel=end></canvas>
                    <div class="sign__line"></div>
                </div>
                <div class="chips">
                    <button class="btn btn--plain" type="button" disabled=unsigned on:click=move |_| clear()>
                        {words::SIGN_CLEAR}
                    </button>
                    <button class="btn" type="button" disabled=unsigned on:click=done>{words::SIGN_DONE}</button>
                </div>
            </div>
        </details>
    }
    .into_any()
}

/// The pen, and where it is on the picture.
fn at(pad: &HtmlCanvasElement, ev: &PointerEvent) -> Option<(CanvasRenderingContext2d, f64, f64)> {
    let context: CanvasRenderingContext2d = pad.get_context("2d").ok()??.unchecked_into();
    context.set_line_width(6.0);
    context.set_line_cap("round");
    context.set_line_join("round");
    context.set_stroke_style_str("#1d1c1a");
    let scale = f64::from(SIZE.0) / f64::from(pad.client_width().max(1));
    let (x, y) = (f64::from(ev.offset_x()) * scale, f64::from(ev.offset_y()) * scale);
    Some((context, x, y))
}
