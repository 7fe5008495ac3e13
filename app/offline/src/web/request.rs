//! IndexedDB's events as futures.
//!
//! A transaction ends by itself as soon as control returns to the browser with no request of its own
//! pending. So between the requests of one [`Tx`] nothing else is ever awaited: everything is
//! computed before, or synchronously in between.

use js_sys::{Array, Function, Object, Promise, Reflect, Uint8Array};
use wasm_bindgen::{JsCast as _, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{DomException, Event, IdbDatabase, IdbKeyRange, IdbObjectStore, IdbRequest, IdbTransaction};

use crate::store::StoreError;

/// The browser's exception in our terms.
pub fn failed(error: &JsValue) -> StoreError {
    let Some(exception) = error.dyn_ref::<DomException>() else {
        return StoreError::Failed(format!("{error:?}"));
    };
    let (name, message) = (exception.name(), exception.message());
    match name.as_str() {
        "QuotaExceededError" => StoreError::Full,
        "InvalidStateError" | "VersionError" | "NotFoundError" | "SecurityError" => {
            StoreError::Closed(format!("{name}: {message}"))
        }
        _ => StoreError::Failed(format!("{name}: {message}")),
    }
}

/// Resolves at the first of the named events, as the browser calls `on<event>`. It never rejects: a
/// rejection that nobody looks at (a future was dropped) would be reported as an error of the page.
fn event(target: &JsValue, names: &[&str]) -> Promise {
    Promise::new(&mut |resolve, _| {
        for name in names {
            // Setting an event handler of a live object cannot fail.
            let _set = Reflect::set(target, &JsValue::from_str(name), &resolve);
        }
    })
}

/// The result of a request.
pub async fn result(request: &IdbRequest) -> Result<JsValue, StoreError> {
    let _event = JsFuture::from(event(request, &["onsuccess", "onerror"])).await;
    outcome(request)
}

fn outcome(request: &IdbRequest) -> Result<JsValue, StoreError> {
    match request.error() {
        Ok(Some(error)) => Err(failed(&error)),
        Ok(None) => request.result().map_err(|error| failed(&error)),
        Err(error) => Err(failed(&error)),
    }
}

/// What a transaction may do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    /// Look.
    Read,
    /// Change, and be on disk when it ends.
    Write,
}

/// IndexedDB takes 0 for no limit.
const NO_LIMIT: u32 = 0;

/// A question under way. Its answer is listened for from the start: a question that is awaited after
/// others may be answered before that.
pub struct Asked {
    request: IdbRequest,
    answered: Promise,
}

impl Asked {
    fn new(request: Result<IdbRequest, JsValue>) -> Result<Self, StoreError> {
        let request = request.map_err(|error| failed(&error))?;
        let answered = event(&request, &["onsuccess", "onerror"]);
        Ok(Self { request, answered })
    }

    async fn answer(self) -> Result<JsValue, StoreError> {
        let _event = JsFuture::from(self.answered).await;
        outcome(&self.request)
    }

    /// The value.
    pub async fn value(self) -> Result<Option<Vec<u8>>, StoreError> {
        Ok(bytes(&self.answer().await?))
    }

    /// A count. Counts are small whole numbers; the cast saturates.
    pub async fn count(self) -> Result<u32, StoreError> {
        Ok(self.answer().await?.as_f64().unwrap_or(0.0) as u32)
    }

    /// The values or keys.
    pub async fn list(self) -> Result<Array, StoreError> {
        Ok(self.answer().await?.unchecked_into())
    }
}

/// A value as bytes; a text (of version 1) as those of its UTF-8.
pub fn bytes(value: &JsValue) -> Option<Vec<u8>> {
    match value.dyn_ref::<Uint8Array>() {
        Some(bytes) => Some(bytes.to_vec()),
        None => value.as_string().map(String::into_bytes),
    }
}

/// A transaction. One that writes and is dropped without [`Tx::finish`] is rolled back.
pub struct Tx {
    tx: IdbTransaction,
    done: Promise,
    finished: bool,
}

impl Tx {
    /// Begins.
    pub fn begin(db: &IdbDatabase, stores: &[&str], mode: Mode) -> Result<Self, StoreError> {
        let names: Array = stores.iter().map(|name| JsValue::from_str(name)).collect();
        let options = Object::new();
        let word = match mode {
            Mode::Read => "readonly",
            Mode::Write => "readwrite",
        };
        if mode == Mode::Write {
            // Without this Chromium reports the end of a transaction before the disk has it.
            // Browsers that do not know the option ignore it.
            Reflect::set(&options, &"durability".into(), &"strict".into()).map_err(|error| failed(&error))?;
        }
        let begin = Reflect::get(db, &"transaction".into()).map_err(|error| failed(&error))?;
        let begin: Function = begin.dyn_into().map_err(|error| failed(&error))?;
        let tx = begin.call3(db, &names, &word.into(), &options).map_err(|error| failed(&error))?;
        let tx: IdbTransaction = tx.unchecked_into();
        let done = event(&tx, &["oncomplete", "onabort"]);
        // One that only looks has nothing to take back, and ending it costs an exception each time.
        Ok(Self { tx, done, finished: mode == Mode::Read })
    }

    /// One of its stores.
    pub fn store(&self, name: &str) -> Result<IdbObjectStore, StoreError> {
        self.tx.object_store(name).map_err(|error| failed(&error))
    }

    /// Asks for a value; the answer is awaited later.
    pub fn ask(&self, store: &str, key: &JsValue) -> Result<Asked, StoreError> {
        Asked::new(self.store(store)?.get(key))
    }

    /// Asks for the values of a range, in the order of their keys.
    pub fn ask_all(&self, store: &str, range: Option<&IdbKeyRange>, limit: Option<u32>) -> Result<Asked, StoreError> {
        let range = range.map_or(JsValue::UNDEFINED, JsValue::from);
        Asked::new(self.store(store)?.get_all_with_key_and_limit(&range, limit.unwrap_or(NO_LIMIT)))
    }

    /// Asks for the keys of a range, in order.
    pub fn ask_keys(&self, store: &str, range: Option<&IdbKeyRange>, limit: Option<u32>) -> Result<Asked, StoreError> {
        let range = range.map_or(JsValue::UNDEFINED, JsValue::from);
        Asked::new(self.store(store)?.get_all_keys_with_key_and_limit(&range, limit.unwrap_or(NO_LIMIT)))
    }

    /// Asks how many values a range has.
    pub fn ask_count(&self, store: &str, range: Option<&IdbKeyRange>) -> Result<Asked, StoreError> {
        let range = range.map_or(JsValue::UNDEFINED, JsValue::from);
        Asked::new(self.store(store)?.count_with_key(&range))
    }

    /// Writes a value. Whether it worked is known at [`Tx::finish`].
    pub fn put(&self, store: &str, key: &JsValue, value: &[u8]) -> Result<(), StoreError> {
        let value = Uint8Array::from(value);
        self.store(store)?.put_with_key(&value, key).map_err(|error| failed(&error))?;
        Ok(())
    }

    /// Removes a key or a range.
    pub fn delete(&self, store: &str, key: &JsValue) -> Result<(), StoreError> {
        self.store(store)?.delete(key).map_err(|error| failed(&error))?;
        Ok(())
    }

    /// Waits for the end: now it is on disk.
    pub async fn finish(mut self) -> Result<(), StoreError> {
        let ended = JsFuture::from(self.done.clone()).await;
        self.finished = true;
        let ended: Option<Event> = ended.ok().and_then(|event| event.dyn_into().ok());
        if ended.is_some_and(|event| event.type_() == "complete") {
            return Ok(());
        }
        Err(self
            .tx
            .error()
            .map_or_else(|| StoreError::Failed("a transaction was given up".to_owned()), |error| failed(&error)))
    }
}

impl Drop for Tx {
    fn drop(&mut self) {
        if !self.finished {
            // It may have failed by itself: then this changes nothing.
            let _ended = self.tx.abort();
        }
    }
}
