//! Opening the database.

use js_sys::Reflect;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast as _, JsValue};
use web_sys::{IdbDatabase, IdbFactory, IdbOpenDbRequest};

use super::request::{failed, result};
use super::schema;
use crate::store::StoreError;

/// Opens it, upgrading its shape when it is older.
pub async fn open(name: &str) -> Result<IdbDatabase, StoreError> {
    let request = factory()?.open_with_u32(name, schema::VERSION).map_err(|error| failed(&error))?;
    // A failed upgrade throws inside the event, which makes the browser roll it back and fail the
    // request: the database stays as it was.
    let upgrading = Closure::once(upgrade_needed);
    request.set_onupgradeneeded(Some(upgrading.as_ref().unchecked_ref()));
    let db = result(&request).await;
    drop(upgrading);
    let db: IdbDatabase = db?.unchecked_into();
    // A newer version of the app in another tab must not wait for this one for ever; this tab finds
    // its store closed then and says so.
    let close = Closure::once_into_js(close_when_asked);
    db.set_onversionchange(Some(close.unchecked_ref()));
    Ok(db)
}

fn close_when_asked(event: web_sys::Event) {
    if let Some(db) = event.target().and_then(|target| target.dyn_into::<IdbDatabase>().ok()) {
        db.close();
    }
}

fn upgrade_needed(event: web_sys::Event) -> Result<(), JsValue> {
    let missing = || JsValue::from_str("an upgrade without a database");
    let request: IdbOpenDbRequest = event.target().ok_or_else(missing)?.unchecked_into();
    let db: IdbDatabase = request.result()?.unchecked_into();
    let from = Reflect::get(&event, &"oldVersion".into())?.as_f64().unwrap_or(0.0);
    schema::upgrade(&db, from as u32).map_err(|error| JsValue::from_str(&error.to_string()))
}

fn factory() -> Result<IdbFactory, StoreError> {
    let global = js_sys::global();
    let factory = Reflect::get(&global, &"indexedDB".into()).map_err(|error| failed(&error))?;
    factory.dyn_into().map_err(|_| StoreError::Closed("this browser has no IndexedDB".to_owned()))
}

/// Deletes a database (for the contract suite).
///
/// # Errors
/// [`StoreError`].
pub async fn delete(name: &str) -> Result<(), StoreError> {
    let request = factory()?.delete_database(name).map_err(|error| failed(&error))?;
    result(&request).await.map(drop)
}
