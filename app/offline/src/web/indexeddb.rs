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

/// How many of the keys from the first on are neighbours: one official's numbers without a gap.
fn neighbours<'a>(mut keys: impl Iterator<Item = (&'a str, &'a Key)>) -> usize {
    let Some((store, first)) = keys.next() else { return 0 };
    let Some(from) = first.last_number() else { return 1 };
    let next_to = |(at, (of, place)): &(u64, (&str, &Key))| {
        *of == store && place.last_number() == Some(from + at) && place.0.first() == first.0.first()
    };
    1 + (1..).zip(keys).take_while(next_to).count()
}

/// From one key to another, both with it.
fn between(first: &Key, last: &Key) -> Result<IdbKeyRange, StoreError> {
    IdbKeyRange::bound(&key(first), &key(last)).map_err(|error| failed(&error))
}

/// Fewer neighbours than this are asked for one by one.
const MANY: usize = 8;

/// The values at some keys. A batch's records are neighbours: one question for all of them instead of
/// hundreds, which on a slow phone is what sending waits for.
async fn values(tx: &Tx, asks: &[(&str, &Key)]) -> Result<Vec<Option<Vec<u8>>>, StoreError> {
    let mut values = Vec::with_capacity(asks.len());
    let mut rest = asks;
    let mut alone = Vec::new();
    // All questions at once: the transaction lives as long as one of them is open.
    let mut asked = Vec::new();
    while let Some((store, first)) = rest.first() {
        let count = neighbours(rest.iter().copied());
        let (run, others) = rest.split_at(count);
        rest = others;
        match run.last() {
            Some((_, last)) if count >= MANY => {
                asked.push((tx.ask_all(store, Some(&between(first, last)?), None)?, run));
            }
            _ => {
                for one in run.chunks(1) {
                    asked.push((tx.ask(one[0].0, &key(one[0].1))?, one));
                }
            }
        }
    }
    for (question, run) in asked {
        if run.len() == 1 {
            values.push(question.value().await?);
            continue;
        }
        let found = question.list().await?;
        if found.length() as usize == run.len() {
            values.extend(found.iter().map(|value| super::request::bytes(&value)));
            continue;
        }
        // Some are missing: which, only their own answers tell.
        alone.push(values.len());
        values.resize(values.len() + run.len(), None);
    }
    for from in alone {
        let count = neighbours(asks[from..].iter().copied());
        let asked = asks[from..from + count].iter().map(|(store, place)| tx.ask(store, &key(place)));
        for (place, question) in (from..).zip(asked.collect::<Result<Vec<_>, _>>()?) {
            values[place] = question.value().await?;
        }
    }
    Ok(values)
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

fn deleted(op: &Op) -> Option<(&'static str, &Key)> {
    match op {
        Op::Delete(store, place) => Some((store, place)),
        _ => None,
    }
}

impl Kv for IndexedDbKv {
    async fn get(&self, asks: &[(&'static str, Key)]) -> Result<Vec<Option<Vec<u8>>>, StoreError> {
        if asks.is_empty() {
            return Ok(Vec::new());
        }
        let tx = self.begin(&distinct(asks.iter().map(|ask| ask.0)), Mode::Read).await?;
        let asks: Vec<(&str, &Key)> = asks.iter().map(|(store, place)| (*store, place)).collect();
        values(&tx, &asks).await
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
        let asks: Vec<(&str, &Key)> = checks.iter().map(|check| (check.store, &check.key)).collect();
        if values(&tx, &asks).await?.iter().zip(checks).any(|(value, check)| *value != check.value) {
            return Ok(false);
        }
        for store in &stores {
            // Those of different stores do not concern one another.
            let of_store: Vec<&Op> = ops.iter().filter(|op| op.store() == *store).collect();
            let mut rest = &of_store[..];
            while let Some(op) = rest.first() {
                let mut count = 1;
                match op {
                    Op::Put(_, place, value) => tx.put(store, &key(place), value)?,
                    Op::Clear(_, owner) => tx.delete(store, &everything_of(*owner)?)?,
                    Op::Delete(_, first) => {
                        let places: Vec<(&str, &Key)> = rest.iter().map_while(|op| deleted(op)).collect();
                        count = neighbours(places.iter().copied()).max(1);
                        match places.get(count - 1) {
                            Some((_, last)) if count > 1 => tx.delete(store, &between(first, last)?.into())?,
                            _ => tx.delete(store, &key(first))?,
                        }
                    }
                }
                rest = &rest[count..];
            }
        }
        tx.finish().await?;
        Ok(true)
    }
}
