//! 单位合并、撤销: what a unit had to do goes over to the one that goes on with its duties (Article 24, second
//! paragraph).

use case_core::id::UnitId;
use case_core::matter::{Stage, succeed};
use case_core::text::Paragraph;
use case_core::time::Moment;
use case_store::{Closing, Store, StoreError};

/// Matters that are read at once.
const PAGE: u32 = 200;

/// What became of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Merged {
    /// So many matters went over.
    Moved(u32),
    /// Not possible.
    Refused(Closing),
}

/// Closes a unit. Its people, the units under it and every matter that is not in the archive go over to `into`;
/// stages, handlers and clocks stay as they are. Asked again it goes on where it stopped.
///
/// # Errors
/// [`StoreError`]; [`StoreError::UnknownReference`] for a unit that does not exist. What was moved before stays moved.
pub async fn merge(
    store: &Store,
    unit: UnitId,
    into: UnitId,
    reason: &Paragraph,
    now: Moment,
) -> Result<Merged, StoreError> {
    match store.close_unit(unit, into).await? {
        Closing::Done => {}
        refused => return Ok(Merged::Refused(refused)),
    }
    let mut moved = 0;
    for stage in Stage::ALL.into_iter().filter(|stage| *stage != Stage::Archived) {
        let mut after = None;
        loop {
            let page = store.matters_in(stage, after, PAGE).await?;
            let Some(last) = page.last() else { break };
            after = Some(last.id);
            for matter in page.iter().filter(|matter| matter.concerns(unit)) {
                // Asked again under lock.
                let goes_on = |matter: &_| succeed(matter, unit, into, reason, now);
                moved += u32::from(store.compute(matter.id, now, &goes_on).await?);
            }
        }
    }
    Ok(Merged::Moved(moved))
}
