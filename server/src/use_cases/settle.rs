//! 已化解 is computed: whatever was closed, was watched long enough and is asked for no more.

use case_core::matter::{Stage, settle};
use case_store::StoreError;

use crate::state::AppState;

/// Matters that are read at once.
const PAGE: u32 = 200;

/// Goes through all closed matters; how many of them are settled now.
///
/// # Errors
/// [`StoreError`]; what was found before stays.
pub async fn all(state: &AppState) -> Result<u32, StoreError> {
    let mut settled = 0;
    let mut after = None;
    loop {
        let page = state.store.matters_in(Stage::Closed, after, PAGE).await?;
        let Some(last) = page.last() else { return Ok(settled) };
        after = Some(last.id);
        let world = state.world();
        let cx = world.context();
        for matter in page.iter().filter(|matter| !settle(matter, &cx).is_empty()) {
            // Asked again under lock: somebody may have come meanwhile.
            settled += u32::from(state.store.compute(matter.id, cx.now, &|matter| settle(matter, &cx)).await?);
        }
    }
}
