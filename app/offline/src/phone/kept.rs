//! What lies on the phone beside the records themselves: files, codes, space, clashes.

use case_core::code::QueryCode;
use case_core::field::{Attachment, AttachmentKind, Flag, Media, Payload};
use case_core::id::RecordId;
use case_core::wire::sync::HouseholdCard;

use super::{Change, Phone, PhoneError};
use crate::draft::WeakKeeper;
use crate::engine::Wake;
use crate::environment::Environment;
use crate::outbox::{Entry, EntryState, spare};
use crate::store::{FileState, LocalStore};
use crate::transport::Transport;

/// What the phone's disk holds, and what could be freed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct StorageReport {
    /// Whether the browser has promised to keep it; `None`: it does not say.
    pub persistent: Option<bool>,
    /// Bytes in use.
    pub used: Option<u64>,
    /// Bytes that may be used.
    pub quota: Option<u64>,
    /// Confirmed records that are kept.
    pub history: u32,
    /// Delivered files whose copy is still here.
    pub files: u32,
    /// Their bytes, which can be freed.
    pub file_bytes: u64,
}

/// How the files of a record stand (已送达,照片还在传 1/2).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct FilesState {
    /// All of them.
    pub total: u32,
    /// Those that the server has whole.
    pub arrived: u32,
    /// Those that will never arrive: gone from this phone, or not what the record says.
    pub lost: u32,
}

/// A change of the roster that found another value than the phone had shown.
#[derive(Clone, Debug, PartialEq)]
pub struct Clash {
    /// The change.
    pub edit: Entry,
    /// The household as the server has it.
    pub card: HouseholdCard,
}

impl<S: LocalStore + 'static, T: Transport + 'static, E: Environment + 'static> Phone<S, T, E> {
    /// What the disk holds.
    ///
    /// # Errors
    /// [`PhoneError`].
    pub async fn storage(&self) -> Result<StorageReport, PhoneError> {
        let disk = self.inner.environment.disk().await;
        let held = self.inner.store.holdings(self.inner.owner()?).await?;
        Ok(StorageReport {
            persistent: disk.persistent,
            used: disk.used,
            quota: disk.quota,
            history: held.history,
            files: held.files,
            file_bytes: held.file_bytes,
        })
    }

    /// Asks the browser to keep what is stored even when space runs out; whether it will.
    pub async fn ask_to_persist(&self) -> bool {
        self.inner.environment.ask_to_persist().await
    }

    /// Removes copies of delivered files and old history; never what is unsent. Bytes freed.
    ///
    /// # Errors
    /// [`PhoneError`].
    pub async fn free_space(&self) -> Result<u64, PhoneError> {
        let owner = self.inner.owner()?;
        let mut freed = self.inner.store.free_files(owner).await?;
        let settled = self.inner.store.settled(owner).await?;
        let old = spare(&settled, self.now());
        for entry in settled.iter().filter(|entry| old.contains(&entry.record.sequence)) {
            freed += case_core::json::write(entry).map_or(0, |json| json.len() as u64);
        }
        if !old.is_empty() {
            self.inner.store.prune(owner, &old).await?;
        }
        self.files_changed().await;
        Ok(freed)
    }

    /// Keeps a file of a draft, encrypted; the answer goes into the draft's form.
    ///
    /// # Errors
    /// [`PhoneError::Store`] ([`crate::StoreError::Full`]: nothing was kept).
    pub async fn add_file(&self, bytes: Vec<u8>, kind: AttachmentKind, media: Media) -> Result<Attachment, PhoneError> {
        let attachment = self.inner.store.put_file(self.inner.owner()?, &bytes, kind, media).await?;
        self.files_changed().await;
        Ok(attachment)
    }

    /// A file as it was; `None`: no longer on this phone.
    ///
    /// # Errors
    /// [`PhoneError`].
    pub async fn file(&self, attachment: &Attachment) -> Result<Option<Vec<u8>>, PhoneError> {
        Ok(self.inner.store.file_plain(self.inner.owner()?, attachment).await?)
    }

    /// Takes a file out of a draft again. One that belongs to a saved record stays.
    ///
    /// # Errors
    /// [`PhoneError`].
    pub async fn drop_file(&self, attachment: &Attachment) -> Result<(), PhoneError> {
        self.inner.store.drop_file(self.inner.owner()?, attachment.sealed).await?;
        self.files_changed().await;
        Ok(())
    }

    /// How the files of a record stand, now.
    #[must_use]
    pub fn files_of(&self, entry: &Entry) -> FilesState {
        let known = self.inner.files.borrow();
        let mut state = FilesState::default();
        for file in entry.record.payload.attachments() {
            state.total += 1;
            match known.get(&file.sealed) {
                Some(FileState::Delivered) => state.arrived += 1,
                Some(FileState::Lost | FileState::LostKnown | FileState::Refused) => state.lost += 1,
                _ => {}
            }
        }
        state
    }

    /// Takes a query code out of the reserve, to be given to a petitioner at the door. It is never
    /// given again. `None`: none left; the server's own code comes with the receipt.
    ///
    /// # Errors
    /// [`PhoneError`].
    pub async fn take_code(&self) -> Result<Option<QueryCode>, PhoneError> {
        let code = self.inner.store.take_code(self.inner.owner()?).await?;
        let _counted = self.inner.reload_counts().await;
        self.inner.notify(Change::Status);
        self.inner.wake(Wake::Committed);
        Ok(code)
    }

    /// How many codes are left, now.
    #[must_use]
    pub fn codes_left(&self) -> u32 {
        self.inner.codes_left.get()
    }

    /// Changes of the roster that clashed and are not settled yet, oldest first.
    ///
    /// # Errors
    /// [`PhoneError`].
    pub async fn clashes(&self) -> Result<Vec<Clash>, PhoneError> {
        let owner = self.inner.owner()?;
        let mut all = self.inner.store.settled(owner).await?;
        all.extend(self.inner.store.waiting(owner, 0, u32::MAX).await?);
        let work = self.work();
        let clash = |edit: &Entry| {
            let household = edit.record.payload.names().household?;
            Some(Clash { edit: edit.clone(), card: work.household(household)?.clone() })
        };
        Ok(open_clashes(&all).into_iter().filter_map(clash).collect())
    }

    /// Compares what both sides hold, as soon as it can; the result stands in the status.
    pub fn compare_now(&self) {
        self.inner.wake(Wake::Compare);
    }

    /// Whether a new version of the app may take over: no form is open, nothing is being sent.
    #[must_use]
    pub fn is_clean(&self) -> bool {
        let live = self.inner.shown_live();
        let form_open = self.inner.keepers.borrow().iter().any(|keeper| WeakKeeper::upgrade(keeper).is_some());
        !form_open && live.sending == 0 && !live.busy
    }

    async fn files_changed(&self) {
        // What was asked for is done; a failure to count must not look like a failure of it.
        let _counted = self.inner.reload_counts().await;
        self.inner.changed(Change::Records);
        self.inner.notify(Change::Status);
    }
}

/// Edits that the server took in with a clash and that no later edit settles, be it confirmed or still
/// waiting. Pure.
fn open_clashes(all: &[Entry]) -> Vec<&Entry> {
    let edits = all.iter().filter_map(|entry| match &entry.record.payload {
        Payload::RosterEdit(edit) => Some((entry, edit)),
        _ => None,
    });
    let settled: Vec<RecordId> =
        edits.clone().filter(|(entry, _)| !entry.is_set_aside()).filter_map(|(_, edit)| edit.settles).collect();
    let clashed = |entry: &Entry| match &entry.state {
        EntryState::Confirmed { receipt, .. } => receipt.flags.contains(&Flag::RosterClash),
        _ => false,
    };
    let mut open: Vec<&Entry> =
        edits.map(|(entry, _)| entry).filter(|entry| clashed(entry) && !settled.contains(&entry.record.id)).collect();
    open.sort_by_key(|entry| entry.record.sequence);
    open
}

#[cfg(test)]
mod tests {
    use serde_json::json;
    use uuid::Uuid;

    use super::*;
    use crate::contract::confirmed;
    use crate::outbox::AsideReason;
    use crate::sample::{account, new_record};
    use case_core::time::Moment;

    fn edit(n: u128, settles: Option<u128>, flagged: Option<bool>) -> Entry {
        let mut new = new_record(n, "x");
        new.payload = serde_json::from_value(json!({
            "kind": "roster_edit",
            "household": Uuid::from_u128(1),
            "settles": settles.map(|n| new_record(n, "x").id),
            "changes": [{
                "saw": {"field": "phone", "value": null},
                "new": {"field": "phone", "value": "13800000000"},
            }],
        }))
        .unwrap();
        let mut entry = Entry { record: new.at(account(1), u64::try_from(n).unwrap()), state: EntryState::Waiting };
        if let Some(flagged) = flagged {
            entry.state = confirmed(&entry, 5).state;
            if let EntryState::Confirmed { receipt, .. } = &mut entry.state {
                receipt.flags.extend(flagged.then_some(Flag::RosterClash));
            }
        }
        entry
    }

    fn open(all: &[Entry]) -> Vec<u64> {
        open_clashes(all).iter().map(|entry| entry.record.sequence).collect()
    }

    #[test]
    fn a_clash_is_open_until_an_edit_names_it() {
        assert_eq!(open(&[edit(1, None, None), edit(2, None, Some(false))]), [0_u64; 0]);
        assert_eq!(open(&[edit(3, None, Some(true)), edit(1, None, Some(true))]), [1, 3]);
        assert_eq!(open(&[edit(1, None, Some(true)), edit(2, Some(1), None)]), [0_u64; 0], "the choice waits");
        assert_eq!(open(&[edit(1, None, Some(true)), edit(2, Some(1), Some(false))]), [0_u64; 0]);
        assert_eq!(open(&[edit(1, None, Some(true)), edit(2, Some(1), Some(true))]), [2], "it clashed in its turn");
        let mut refused = edit(2, Some(1), None);
        refused.state = EntryState::SetAside { reason: AsideReason::TooLarge, at: Moment(1) };
        assert_eq!(open(&[edit(1, None, Some(true)), refused]), [1], "what was set aside settles nothing");
    }
}
