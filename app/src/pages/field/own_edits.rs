//! What the official has changed in the roster and the server has not confirmed yet.

use case_core::field::{Payload, RosterEdit};
use case_core::id::HouseholdId;
use case_offline::{EntryState, Subject};
use leptos::prelude::*;

use super::on_phone::OnPhone;

/// The official's own edits of a household that still wait on this phone. `None`: not read yet.
pub(super) fn own_edits(phone: OnPhone, household: HouseholdId) -> Memo<Option<Vec<RosterEdit>>> {
    let read = phone.records(move |handle| async move {
        let about = handle.records_about(Subject::Household(household)).await?;
        let mut waiting: Vec<_> =
            about.into_iter().filter(|entry| matches!(entry.state, EntryState::Waiting)).collect();
        waiting.sort_by_key(|entry| entry.record.sequence);
        let edits = waiting.into_iter().filter_map(|entry| match entry.record.payload {
            Payload::RosterEdit(edit) => Some(*edit),
            _ => None,
        });
        Ok(edits.collect::<Vec<_>>())
    });
    Memo::new(move |_| read.get())
}
