//! The browser's clock, its source of random bytes, and what it says of its disk.

use case_core::time::Moment;
use js_sys::{Function, Promise, Reflect};
use wasm_bindgen::{JsCast as _, JsValue};
use wasm_bindgen_futures::JsFuture;

use crate::environment::{Disk, Environment};

/// The browser's clock and its source of random bytes.
#[derive(Clone, Copy, Debug, Default)]
pub struct Browser;

impl Environment for Browser {
    fn now(&self) -> Moment {
        // Whole milliseconds since 1970; far below 2^53.
        Moment(js_sys::Date::now() as i64)
    }

    fn random(&self) -> [u8; 10] {
        let mut bytes = [0; 10];
        let filled = web_sys::window()
            .and_then(|window| window.crypto().ok())
            .is_some_and(|crypto| crypto.get_random_values_with_u8_array(&mut bytes).is_ok());
        if !filled {
            // Every browser since 2014 has the above. Were it missing, ids must still differ.
            for byte in &mut bytes {
                *byte = (js_sys::Math::random() * 256.0) as u8;
            }
        }
        bytes
    }

    async fn disk(&self) -> Disk {
        let estimate = storage("estimate").await;
        let bytes = |name: &str| {
            let value = Reflect::get(estimate.as_ref()?, &name.into()).ok()?.as_f64()?;
            // Whole bytes; the cast saturates.
            Some(value as u64)
        };
        let persistent = storage("persisted").await.and_then(|answer| answer.as_bool());
        Disk { persistent, used: bytes("usage"), quota: bytes("quota") }
    }

    async fn ask_to_persist(&self) -> bool {
        storage("persist").await.and_then(|answer| answer.as_bool()).unwrap_or(false)
    }
}

/// What `navigator.storage` answers; older browsers have none of it.
async fn storage(name: &str) -> Option<JsValue> {
    let navigator = web_sys::window()?.navigator();
    let manager = Reflect::get(&navigator, &"storage".into()).ok().filter(|manager| manager.is_object())?;
    let ask: Function = Reflect::get(&manager, &name.into()).ok()?.dyn_into().ok()?;
    let answer: Promise = ask.call0(&manager).ok()?.dyn_into().ok()?;
    JsFuture::from(answer).await.ok()
}
