//! Files (照片、录音), codes and space, for JavaScript.

use case_core::field::{AttachmentKind, Media};
use serde_json::json;
use wasm_bindgen::prelude::wasm_bindgen;

use crate::phone::{Answer, commit, phone, thrown};

/// A plain visit with one file. `kind` and `media` are words of the wire ("photo", "image_jpeg"). Answers
/// the record's id; record and file are on disk by then.
#[wasm_bindgen]
pub async fn commit_with_file(
    household: String,
    note: String,
    bytes: Vec<u8>,
    kind: String,
    media: String,
) -> Answer<String> {
    let phone = phone()?;
    let kind: AttachmentKind = serde_json::from_value(kind.into()).map_err(thrown)?;
    let media: Media = serde_json::from_value(media.into()).map_err(thrown)?;
    let file = phone.add_file(bytes, kind, media).await.map_err(thrown)?;
    commit(&phone, &household, &note, vec![file]).await
}

/// Takes a query code (in groups of four) out of the reserve; undefined when there is none.
#[wasm_bindgen]
pub async fn take_code() -> Answer<Option<String>> {
    let code = phone()?.take_code().await.map_err(thrown)?;
    Ok(code.map(|code| code.grouped()))
}

/// What the disk holds. JSON: `{persistent, used, quota, history, files, file_bytes}`.
#[wasm_bindgen]
pub async fn storage() -> Answer<String> {
    let report = phone()?.storage().await.map_err(thrown)?;
    Ok(json!({
        "persistent": report.persistent,
        "used": report.used,
        "quota": report.quota,
        "history": report.history,
        "files": report.files,
        "file_bytes": report.file_bytes,
    })
    .to_string())
}

/// Frees delivered files and old history; the bytes freed.
#[wasm_bindgen]
pub async fn free_space() -> Answer<f64> {
    // Exact below 2^53 bytes.
    Ok(phone()?.free_space().await.map_err(thrown)? as f64)
}
