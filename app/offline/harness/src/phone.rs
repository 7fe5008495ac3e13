//! The phone, for JavaScript: who is signed in, what is saved, what became of it.

use std::cell::RefCell;

use case_core::field::{Attachment, Payload};
use case_core::id::RecordId;
use case_core::wire::sync::WorkItem;
use case_offline::{DraftKind, Entry, Handle};
use js_sys::Error;
use serde_json::{Value, json};
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;

thread_local! {
    static PHONE: RefCell<Option<Handle>> = const { RefCell::new(None) };
}

/// What a function of the page gives, or throws.
pub(crate) type Answer<A> = Result<A, JsValue>;

pub(crate) fn thrown(error: impl std::fmt::Display) -> JsValue {
    Error::new(&error.to_string()).into()
}

pub(crate) fn phone() -> Answer<Handle> {
    PHONE.with_borrow(Clone::clone).ok_or_else(|| thrown("not started"))
}

/// Opens the phone; from now on it sends and pulls by itself. Answers whether somebody is signed in.
#[wasm_bindgen]
pub async fn start() -> Answer<bool> {
    console_error_panic_hook::set_once();
    if PHONE.with_borrow(Option::is_some) {
        return Err(thrown("already started"));
    }
    let phone = case_offline::start().await.map_err(thrown)?;
    let known = phone.session().is_some();
    PHONE.set(Some(phone));
    Ok(known)
}

/// Signs in at the server.
#[wasm_bindgen]
pub async fn sign_in(login: String, password: String) -> Answer<()> {
    phone()?.sign_in(login, password).await.map_err(thrown)?;
    Ok(())
}

/// Signs out; what is unsent stays.
#[wasm_bindgen]
pub async fn sign_out() -> Answer<()> {
    phone()?.sign_out().await.map_err(thrown)
}

/// The truth about sending: the fields of the engine's `Status` as JSON, with the device, and with the
/// lock as of [`crate::lock::lock`].
#[wasm_bindgen]
pub fn status() -> Answer<String> {
    let phone = phone()?;
    let status = phone.status();
    Ok(json!({
        "owner": status.owner,
        "device": phone.device(),
        "saved": status.saved,
        "sending": status.sending,
        "set_aside": status.set_aside,
        "last_confirmed": status.last_confirmed,
        "connection": status.connection,
        "last_pull": status.last_pull,
        "first_download": status.first_download,
        "next_try": status.next_try,
        "clock_ahead_ms": status.clock_ahead_ms,
        "store_failure": status.store_failure.map(|failure| failure.to_string()),
        "lock": crate::lock::written(status.lock),
        "others_unsent": status.others_unsent,
        "files_waiting": status.files_waiting,
        "codes_left": status.codes_left,
        "last_compared": status.last_compared,
        "mended": status.mended,
        "yours": status.yours,
    })
    .to_string())
}

/// Sends and pulls now.
#[wasm_bindgen]
pub fn sync_now() -> Answer<()> {
    phone()?.sync_now();
    Ok(())
}

/// Compares what both sides hold.
#[wasm_bindgen]
pub fn compare_now() -> Answer<()> {
    phone()?.compare_now();
    Ok(())
}

/// Sends a record that was set aside once more.
#[wasm_bindgen]
pub async fn retry(record: String) -> Answer<bool> {
    let id = record_id(&record)?;
    phone()?.retry(id).await.map_err(thrown)
}

/// A plain visit (上门遍访: met, nothing to report) as a record. Answers its id; it is on disk by then.
#[wasm_bindgen]
pub async fn commit_visit(household: String, note: String) -> Answer<String> {
    commit(&phone()?, &household, &note, Vec::new()).await
}

/// So many plain visits, one household of the work area after the other. Their notes are `words` (or
/// "visit") and a number from 1 on. JSON: their ids in order.
#[wasm_bindgen]
pub async fn commit_many(n: u32, words: Option<String>) -> Answer<String> {
    let phone = phone()?;
    let households: Vec<String> = phone.work().households().map(|card| card.id.to_string()).collect();
    if households.is_empty() {
        return Err(thrown("no household in the work area"));
    }
    let words = words.unwrap_or_else(|| "visit".to_owned());
    let mut ids = Vec::new();
    for (at, household) in (1..=n).zip(households.iter().cycle()) {
        ids.push(commit(&phone, household, &[&words, " ", &at.to_string()].concat(), Vec::new()).await?);
    }
    Ok(json!(ids).to_string())
}

/// Any record, its payload as JSON; its id. What the form lacks is thrown.
#[wasm_bindgen]
pub async fn commit_payload(payload: &str) -> Answer<String> {
    save(&phone()?, case_core::json::read(payload).map_err(thrown)?).await
}

/// A plain visit with these files, as a payload.
pub(crate) fn visit(phone: &Handle, household: &str, note: &str, attachments: Vec<Attachment>) -> Answer<Payload> {
    // By way of JSON: the form of a visit may grow fields without this file knowing.
    let fields = json!({
        "kind": "household_visit",
        "household": household,
        "started": phone.now(),
        "result": "met_person",
        "notice_given": true,
        "note": if note.is_empty() { Value::Null } else { note.into() },
        "attachments": attachments,
    })
    .to_string();
    case_core::json::read(&fields).map_err(thrown)
}

/// Saves a plain visit with these files.
pub(crate) async fn commit(
    phone: &Handle,
    household: &str,
    note: &str,
    attachments: Vec<Attachment>,
) -> Answer<String> {
    save(phone, visit(phone, household, note, attachments)?).await
}

async fn save(phone: &Handle, payload: Payload) -> Answer<String> {
    // A draft of its own for each call: two visits to the same household are two records.
    let draft = phone.open_draft(DraftKind::Free { name: new_name() }).await.map_err(thrown)?;
    let id = draft.id();
    draft.commit(payload).await.map_err(thrown)?;
    Ok(id.to_string())
}

fn new_name() -> String {
    thread_local!(static NEXT: std::cell::Cell<u64> = const { std::cell::Cell::new(0) });
    let next = NEXT.get() + 1;
    NEXT.set(next);
    ["harness ", &next.to_string()].concat()
}

fn record_id(text: &str) -> Answer<RecordId> {
    Ok(RecordId(text.parse::<uuid::Uuid>().map_err(thrown)?))
}

fn entries(phone: &Handle, all: &[Entry]) -> String {
    let all: Vec<Value> = all
        .iter()
        .map(|entry| {
            let files = phone.files_of(entry);
            json!({
                "id": entry.record.id,
                "sequence": entry.record.sequence,
                "digest": entry.record.digest(),
                "state": entry.state,
                "files": { "total": files.total, "arrived": files.arrived, "lost": files.lost },
            })
        })
        .collect();
    Value::Array(all).to_string()
}

/// What is waiting or set aside, oldest first. JSON: `[{id, sequence, digest, state: {state, …},
/// files: {total, arrived, lost}}]`.
#[wasm_bindgen]
pub async fn outbox() -> Answer<String> {
    let phone = phone()?;
    Ok(entries(&phone, &phone.outbox().await.map_err(thrown)?))
}

/// What is confirmed, newest first. JSON as of [`outbox`].
#[wasm_bindgen]
pub async fn history() -> Answer<String> {
    let phone = phone()?;
    Ok(entries(&phone, &phone.history().await.map_err(thrown)?))
}

/// How many items the work area has.
#[wasm_bindgen]
pub fn work_len() -> Answer<u32> {
    Ok(count(phone()?.work().len()))
}

/// How many items fit the typed text.
#[wasm_bindgen]
pub fn search(typed: &str) -> Answer<u32> {
    Ok(count(phone()?.work().search(typed).count()))
}

fn count(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}

/// The first items in the order of the screens. JSON: `[{item, id, due, name}]`; `due` may be null.
#[wasm_bindgen]
pub fn items_sorted_first(n: u32) -> Answer<String> {
    let work = phone()?.work();
    let first: Vec<Value> = work
        .all()
        .iter()
        .take(n as usize)
        .filter_map(|work| work.item().map(|item| (item, work.due)))
        .map(|(item, due)| match item {
            WorkItem::Household(card) => json!({ "item": "household", "id": card.id, "due": due, "name": card.head }),
            WorkItem::Matter(card) => json!({ "item": "matter", "id": card.id, "due": due, "name": card.title }),
        })
        .collect();
    Ok(Value::Array(first).to_string())
}
