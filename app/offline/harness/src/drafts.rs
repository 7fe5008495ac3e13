//! Forms that stay open, for JavaScript: what a second tap, a second tab or a full disk does to a draft.

use std::cell::RefCell;
use std::collections::BTreeMap;

use case_offline::{DraftKind, DraftState, HandleDraft};
use wasm_bindgen::prelude::wasm_bindgen;

use crate::phone::{Answer, phone, thrown, visit};

thread_local! {
    static OPEN: RefCell<BTreeMap<String, HandleDraft>> = const { RefCell::new(BTreeMap::new()) };
}

fn open(name: &str) -> Answer<HandleDraft> {
    OPEN.with_borrow(|open| open.get(name).cloned()).ok_or_else(|| thrown("no such form is open"))
}

/// Opens the form of this name, begun earlier (here or in another tab) or new; the id of its record to be.
#[wasm_bindgen]
pub async fn draft_open(name: String) -> Answer<String> {
    let draft = phone()?.open_draft(DraftKind::Free { name: name.clone() }).await.map_err(thrown)?;
    let id = draft.id().to_string();
    OPEN.with_borrow_mut(|open| open.insert(name, draft));
    Ok(id)
}

/// Types the whole text; throws when it is not on disk.
#[wasm_bindgen]
pub async fn draft_type(name: String, text: String) -> Answer<()> {
    let draft = open(&name)?;
    draft.keep(&text);
    match draft.kept().await {
        DraftState::Failed(error) => Err(thrown(error)),
        _ => Ok(()),
    }
}

/// What stands in the form.
#[wasm_bindgen]
pub fn draft_text(name: &str) -> Answer<Option<String>> {
    Ok(open(name)?.form())
}

/// Saves the form as a plain visit; the record's id. The form stays open, as under a second tap.
#[wasm_bindgen]
pub async fn draft_commit(name: String, household: String) -> Answer<String> {
    let draft = open(&name)?;
    let note: String = draft.form().unwrap_or_default();
    draft.commit(visit(&phone()?, &household, &note, Vec::new())?).await.map_err(thrown)?;
    Ok(draft.id().to_string())
}

/// Leaves the form; what was typed stays.
#[wasm_bindgen]
pub fn draft_close(name: &str) {
    OPEN.with_borrow_mut(|open| open.remove(name));
}

/// How many drafts there are.
#[wasm_bindgen]
pub async fn drafts() -> Answer<u32> {
    Ok(u32::try_from(phone()?.drafts().await.map_err(thrown)?.len()).unwrap_or(u32::MAX))
}
