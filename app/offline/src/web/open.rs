//! Opening the database.

use js_sys::Reflect;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast as _, JsValue};
use web_sys::{IdbDatabase, IdbFactory, IdbOpenDbRequest};

use super::request::{Mode, Tx, failed, result};
use super::schema;
use crate::kv::META;
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
    let newer = request.error().ok().flatten().is_some_and(|error| error.name() == "VersionError");
    let db: IdbDatabase = match db {
        Err(refused) if newer => open_newer(name, refused).await?,
        db => db?.unchecked_into(),
    };
    note_reader(&db).await?;
    // A newer version of the app in another tab must not wait for this one for ever; this tab finds
    // its store closed then and says so.
    let close = Closure::once_into_js(close_when_asked);
    db.set_onversionchange(Some(close.unchecked_ref()));
    Ok(db)
}

/// A newer version of the app has been here and this one was put back: that is well as long as the
/// newer one has noted that code as old as this can read what it wrote.
async fn open_newer(name: &str, refused: StoreError) -> Result<IdbDatabase, StoreError> {
    let request = factory()?.open(name).map_err(|error| failed(&error))?;
    let db: IdbDatabase = result(&request).await?.unchecked_into();
    let tx = Tx::begin(&db, &[META], Mode::Read)?;
    let oldest = tx.ask(META, &schema::OLDEST.into())?.value().await?;
    let oldest = oldest.and_then(|number| String::from_utf8(number).ok()?.parse::<u32>().ok());
    if oldest.is_some_and(|oldest| oldest <= schema::VERSION) {
        return Ok(db);
    }
    db.close();
    Err(refused)
}

/// Notes which code can read what this one writes; a newer version's note stands.
async fn note_reader(db: &IdbDatabase) -> Result<(), StoreError> {
    let tx = Tx::begin(db, &[META], Mode::Read)?;
    let noted = tx.ask(META, &schema::OLDEST.into())?.value().await?;
    if noted.is_some() && db.version() > f64::from(schema::VERSION) {
        return Ok(());
    }
    let note = schema::OLDEST_READER.to_string();
    if noted.as_deref() == Some(note.as_bytes()) {
        return Ok(());
    }
    let tx = Tx::begin(db, &[META], Mode::Write)?;
    tx.put(META, &schema::OLDEST.into(), note.as_bytes())?;
    tx.finish().await
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
