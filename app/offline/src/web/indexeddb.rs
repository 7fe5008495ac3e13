//! The phone's disk in IndexedDB. Values are bytes (version 1 kept texts, which are read as their
//! bytes); keys are names, or arrays that begin with the account, so that one official's range holds
//! nothing of another's.
//!
//! Writes ask for strict durability and wait for the end of the transaction: what a method has
//! answered `Ok` to is on disk. A connection that the browser has closed behind our back (iOS does
//! so) is opened again at the next call; one that it has *cleared* is not, for the open app still has the
//! key of what is gone: it says so until the page is loaded again. The checks of a change are made inside its transaction.

use std::cell::RefCell;

use case_core::id::AccountId;
use js_sys::Array;
use wasm_bindgen::{JsCast as _, JsValue};
use web_sys::{IdbDatabase, IdbKeyRange};

use super::crypto::WebCrypto;
use super::open::open;
use super::request::{Mode, Tx, failed};
use super::schema;
use crate::kept::{DEVICE, Store};
use crate::kv::{Check, Key, Kv, META, Op, Pair, Part, Range};
use crate::store::StoreError;

/// The phone's store in IndexedDB.
pub type IndexedDb = Store<IndexedDbKv, WebCrypto>;

impl IndexedDb {
    /// Opens the phone's database, bringing it up to this version's shape.
    ///
    /// # Errors
    /// [`StoreError::Closed`] where the browser keeps nothing (private browsing) or a newer version
    /// of the app has been here.
    pub async fn open() -> Result<Self, StoreError> {
        Self::open_named(schema::NAME).await
    }

    /// Opens a database of another name (for the contract suite).
    ///
    /// # Errors
    /// As [`Self::open`].
    pub async fn open_named(name: &str) -> Result<Self, StoreError> {
        Ok(Self::new(IndexedDbKv::open(name).await?, WebCrypto))
    }
}

/// The phone's disk in IndexedDB.
pub struct IndexedDbKv {
    name: String,
    db: RefCell<Option<IdbDatabase>>,
}

impl IndexedDbKv {
    async fn open(name: &str) -> Result<Self, StoreError> {
        let db = open(name).await?;
        Ok(Self { name: name.to_owned(), db: RefCell::new(Some(db)) })
    }

    async fn begin(&self, stores: &[&str], mode: Mode) -> Result<Tx, StoreError> {
        let known = self.db.borrow().clone();
        if let Some(db) = known
            && let Ok(tx) = Tx::begin(&db, stores, mode)
        {
            return Ok(tx);
        }
        let db = open(&self.name).await?;
        // Whoever has opened a phone has named the device. Without that name it was cleared meanwhile.
        let device = Tx::begin(&db, &[META], Mode::Read)?.ask(META, &DEVICE.into())?.value().await?;
        if device.is_none() {
            db.close();
            return Err(StoreError::Cleared);
        }
        self.db.replace(Some(db.clone()));
        Tx::begin(&db, stores, mode)
    }
}

fn key(key: &Key) -> JsValue {
    let part = |part: &Part| match part {
        // Exact below 2^53; a device would have to save a record every microsecond for centuries.
        Part::Number(number) => JsValue::from_f64(*number as f64),
        Part::Text(text) => JsValue::from_str(text),
    };
    match &key.0[..] {
        [only] => part(only),
        many => many.iter().map(part).collect::<Array>().into(),
    }
}

fn key_back(value: &JsValue) -> Key {
    let part = |value: &JsValue| match value.as_f64() {
        Some(number) => Part::Number(number as u64),
        None => Part::Text(value.as_string().unwrap_or_default()),
    };
    match value.dyn_ref::<Array>() {
        Some(many) => Key(many.iter().map(|value| part(&value)).collect()),
        None => Key(vec![part(value)]),
    }
}

/// All keys of an official, or of everybody: an array sorts after every number and text.
fn bounds(range: Range) -> Result<Option<IdbKeyRange>, StoreError> {
    let Some(owner) = range.owner else { return Ok(None) };
    let first = match range.above {
        Some(above) => key(&Key::number(owner, above)),
        None => Array::of1(&owner.to_string().into()).into(),
    };
    let last = Array::of2(&owner.to_string().into(), &Array::new());
    let bounds = IdbKeyRange::bound_with_lower_open(&first, &last, range.above.is_some());
    bounds.map(Some).map_err(|error| failed(&error))
}

fn everything_of(owner: AccountId) -> Result<JsValue, StoreError> {
    Ok(bounds(Range::of(owner))?.map(JsValue::from).unwrap_or_default())
}

fn distinct<'a>(stores: impl Iterator<Item = &'a str>) -> Vec<&'a str> {
    let mut distinct: Vec<&str> = Vec::new();
    for store in stores {
        if !distinct.contains(&store) {
            distinct.push(store);
        }
    }
    distinct
}

impl Kv for IndexedDbKv {
    async fn get(&self, asks: &[(&'static str, Key)]) -> Result<Vec<Option<Vec<u8>>>, StoreError> {
        if asks.is_empty() {
            return Ok(Vec::new());
        }
        let tx = self.begin(&distinct(asks.iter().map(|ask| ask.0)), Mode::Read).await?;
        let asked = asks.iter().map(|(store, place)| tx.ask(store, &key(place))).collect::<Result<Vec<_>, _>>()?;
        let mut values = Vec::with_capacity(asked.len());
        for request in asked {
            values.push(request.value().await?);
        }
        Ok(values)
    }

    async fn range(&self, store: &'static str, range: Range) -> Result<Vec<Pair>, StoreError> {
        let tx = self.begin(&[store], Mode::Read).await?;
        let bounds = bounds(range)?;
        let keys = tx.ask_keys(store, bounds.as_ref(), range.limit)?;
        let values = tx.ask_all(store, bounds.as_ref(), range.limit)?;
        let keys = keys.list().await?;
        let values = values.list().await?;
        let pairs = keys.iter().zip(values.iter()).map(|(key, value)| (key_back(&key), super::request::bytes(&value)));
        Ok(pairs.filter_map(|(key, value)| value.map(|value| (key, value))).collect())
    }

    async fn keys(&self, store: &'static str, range: Range) -> Result<Vec<Key>, StoreError> {
        let tx = self.begin(&[store], Mode::Read).await?;
        let keys = tx.ask_keys(store, bounds(range)?.as_ref(), range.limit)?.list().await?;
        Ok(keys.iter().map(|key| key_back(&key)).collect())
    }

    async fn counts(&self, asks: &[(&'static str, Range)]) -> Result<Vec<u32>, StoreError> {
        let tx = self.begin(&distinct(asks.iter().map(|ask| ask.0)), Mode::Read).await?;
        let ask = |(store, range): &(&'static str, Range)| tx.ask_count(store, bounds(*range)?.as_ref());
        let asked = asks.iter().map(ask).collect::<Result<Vec<_>, _>>()?;
        let mut counts = Vec::with_capacity(asked.len());
        for request in asked {
            counts.push(request.count().await?);
        }
        Ok(counts)
    }

    async fn apply(&self, checks: &[Check], ops: &[Op]) -> Result<bool, StoreError> {
        let stores = distinct(checks.iter().map(|check| check.store).chain(ops.iter().map(Op::store)));
        if stores.is_empty() {
            return Ok(true);
        }
        let tx = self.begin(&stores, Mode::Write).await?;
        // All questions at once: the transaction lives as long as one of them is open.
        let asked = checks.iter().map(|check| tx.ask(check.store, &key(&check.key))).collect::<Result<Vec<_>, _>>()?;
        for (request, check) in asked.into_iter().zip(checks) {
            if request.value().await? != check.value {
                return Ok(false);
            }
        }
        for op in ops {
            match op {
                Op::Put(store, place, value) => tx.put(store, &key(place), value)?,
                Op::Delete(store, place) => tx.delete(store, &key(place))?,
                Op::Clear(store, owner) => tx.delete(store, &everything_of(*owner)?)?,
            }
        }
        tx.finish().await?;
        Ok(true)
    }
}
