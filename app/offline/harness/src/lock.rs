//! The PIN (口令), for JavaScript.

use case_offline::Lock;
use serde_json::{Value, json};
use wasm_bindgen::prelude::wasm_bindgen;

use crate::phone::{Answer, phone, thrown};

/// JSON of a lock: `{lock: "nobody_signed_in" | "choose_pin" | "locked" | "open" | "expired" | "revoked"}`,
/// with `wait_ms` and `tries_left`, or with `unsent`.
pub(crate) fn written(lock: Lock) -> Value {
    match lock {
        Lock::NobodySignedIn => json!({ "lock": "nobody_signed_in" }),
        Lock::ChoosePin => json!({ "lock": "choose_pin" }),
        Lock::Locked { wait_ms, tries_left } => {
            json!({ "lock": "locked", "wait_ms": wait_ms, "tries_left": tries_left })
        }
        Lock::Open => json!({ "lock": "open" }),
        Lock::Expired { unsent } => json!({ "lock": "expired", "unsent": unsent }),
        Lock::Revoked { unsent } => json!({ "lock": "revoked", "unsent": unsent }),
    }
}

/// How the official's part of the phone is locked, as JSON.
#[wasm_bindgen]
pub fn lock() -> Answer<String> {
    Ok(written(phone()?.lock()).to_string())
}

/// Chooses the PIN.
#[wasm_bindgen]
pub async fn choose_pin(pin: String) -> Answer<()> {
    phone()?.choose_pin(&pin).await.map_err(thrown)
}

/// Opens with the PIN.
#[wasm_bindgen]
pub async fn unlock(pin: String) -> Answer<()> {
    phone()?.unlock(&pin).await.map_err(thrown)
}

/// Changes the PIN.
#[wasm_bindgen]
pub async fn change_pin(old: String, new: String) -> Answer<()> {
    phone()?.change_pin(&old, &new).await.map_err(thrown)
}

/// Locks in all tabs.
#[wasm_bindgen]
pub fn lock_now() -> Answer<()> {
    phone()?.lock_now();
    Ok(())
}
