//! 并到哪一件: where that stands which was merged, and where goes what its petitioner says.

use case_core::matter::Matter;
use case_core::public::{Asking, same_petitioner};
use case_core::wire::desk::Unit;
use case_store::StoreError;

use crate::state::AppState;

/// So many mergings of mergings are followed.
const MOST: usize = 5;

/// The matter into which it was merged, through as many mergings as there were, with its unit.
///
/// # Errors
/// [`StoreError`].
pub(super) async fn of(state: &AppState, merged: &Matter) -> Result<Option<(Matter, Option<Unit>)>, StoreError> {
    let mut next = merged.merged_into();
    let mut found = None;
    for _ in 0..MOST {
        let Some(id) = next else { break };
        let Some(into) = state.store.matter(id).await? else { break };
        next = into.merged_into();
        found = Some(into);
    }
    let Some(into) = found else { return Ok(None) };
    let unit = match into.unit {
        Some(unit) => state.store.unit(unit).await?,
        None => None,
    };
    Ok(Some((into, unit)))
}

/// Which matter hears what is said: material and 没有解决 are for the one that is worked on, where it is the same
/// petitioner's. The second is the one whose page is shown, where that is another.
///
/// # Errors
/// [`StoreError`].
pub(super) async fn hearing(
    state: &AppState,
    matter: Box<Matter>,
    asking: Asking,
) -> Result<(Box<Matter>, Option<Box<Matter>>), StoreError> {
    if !matches!(asking, Asking::Material | Asking::NotSolved) {
        return Ok((matter, None));
    }
    match of(state, &matter).await? {
        Some((into, _)) if same_petitioner(&matter, &into) => Ok((Box::new(into), Some(matter))),
        _ => Ok((matter, None)),
    }
}
