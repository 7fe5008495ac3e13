//! The engine's own suite for stores, on this browser's IndexedDB and cryptography.

use case_offline::web::{IndexedDb, delete};
use serde_json::json;
use wasm_bindgen::prelude::wasm_bindgen;

/// The databases of the suite; the phone's own is called otherwise and is not touched.
const PREFIX: &str = "contract-";

/// Runs every case on an empty database of its own. JSON: `{passed: [name], failed: text | null}`; the
/// suite ends at the first case that does not hold, and the text begins with its name.
#[wasm_bindgen]
pub async fn contract() -> String {
    // A case opens its database again and again, to see what is on disk: only the first opening of
    // a run may begin with an empty one.
    let seen = std::cell::RefCell::new(std::collections::BTreeSet::new());
    let open = async |name: &str| {
        let name = [PREFIX, name].concat();
        if seen.borrow_mut().insert(name.clone()) {
            delete(&name).await?;
        }
        IndexedDb::open_named(&name).await
    };
    let answer = match case_offline::contract::run(open).await {
        Ok(passed) => json!({ "passed": passed, "failed": null }),
        Err(failed) => json!({ "passed": [], "failed": failed }),
    };
    answer.to_string()
}
