//! The store's methods, each a line into the part that does it.

use case_core::code::QueryCode;
use case_core::digest::Digest;
use case_core::field::{Attachment, AttachmentKind, Media};
use case_core::id::{AccountId, DeviceId, RecordId};
use case_core::time::Moment;
use case_core::wire::session::PhoneKeys;
use case_core::wire::sync::WorkItem;
use serde::{Deserialize, Serialize};

use super::change::change;
use super::value::{read, read_some, write};
use super::{CODES, CONFIRMATIONS, CONTACT, DEVICE, ISSUED, LINEAGE, PROFILE, SERVER, Store};
use crate::crypto::Crypto;
use crate::draft::Draft;
use crate::front::Front;
use crate::kv::{ASIDE, CONFIRMED, Check, Key, Kv, META, Op, Range};
use crate::outbox::{Entry, NewRecord, Settlement};
use crate::packed::Packed;
use crate::store::{
    Committed, Counts, DraftSaved, FileMark, FileState, Ground, Holdings, Issued, LocalStore, LockState, Page,
    PageApplied, Profile, PullMark, SealedEntry, ServerKeys, StoreError,
};
use crate::vault::{CONTACT_EVERY_MS, Contact, Pin};

/// So many codes that were given are remembered: more than anybody gives between two backups.
const TAKEN: usize = 300;

/// The reserve of query codes.
#[derive(Default, Serialize, Deserialize)]
struct Codes {
    left: Vec<QueryCode>,
    /// The last ones that were taken here; the server lists them as unused until the record arrives.
    taken: Vec<QueryCode>,
}

/// A profile without the server's secrets.
fn public(profile: &Profile) -> Profile {
    let mut profile = profile.clone();
    profile.session.phone = None;
    profile
}

impl<K: Kv, C: Crypto> Store<K, C> {
    async fn codes<A>(
        &self,
        owner: AccountId,
        issued: Option<Issued>,
        work: impl Fn(&mut Codes) -> Option<A>,
    ) -> Result<Option<A>, StoreError> {
        self.key_of(owner).await?;
        let place = Key::of(CODES, owner);
        change(&self.kv, async |change| {
            if let Some(issued) = issued {
                let number = Key::of(ISSUED, owner);
                let before: Issued = read_some(change.get(META, number.clone()).await?.as_deref())?.unwrap_or_default();
                if before.beyond != issued.beyond {
                    // The part was wiped since it was asked for.
                    return Ok(None);
                }
                change.put(META, number, write(&Issued { upto: before.upto.max(issued.upto), ..issued })?);
            }
            let mut codes = match change.get(META, place.clone()).await? {
                Some(value) => self.show_json(owner, META, &place, &value).await?,
                None => Codes::default(),
            };
            let answer = work(&mut codes);
            if answer.is_some() {
                change.put(META, place.clone(), self.hide_json(owner, META, &place, &codes).await?);
            }
            Ok(answer)
        })
        .await
    }
}

impl<K: Kv, C: Crypto> LocalStore for Store<K, C> {
    async fn device(&self, fresh: DeviceId) -> Result<DeviceId, StoreError> {
        change(&self.kv, async |change| match change.get(META, Key::name(DEVICE)).await? {
            Some(kept) => read(&kept),
            None => {
                change.put(META, Key::name(DEVICE), write(&fresh)?);
                Ok(fresh)
            }
        })
        .await
    }

    async fn profile(&self) -> Result<Option<Profile>, StoreError> {
        read_some(self.meta(&Key::name(PROFILE)).await?.as_deref())
    }

    async fn put_profile(&self, profile: Option<&Profile>) -> Result<(), StoreError> {
        let key = Key::name(PROFILE);
        let op = match profile {
            Some(profile) => Op::Put(META, key, write(&public(profile))?),
            None => Op::Delete(META, key),
        };
        self.kv.apply(&[], &[op]).await.map(drop)
    }

    async fn refresh_profile(&self, profile: &Profile) -> Result<(), StoreError> {
        change(&self.kv, async |change| {
            let kept: Option<Profile> = read_some(change.get(META, Key::name(PROFILE)).await?.as_deref())?;
            if kept.is_some_and(|kept| kept.owner() == profile.owner()) {
                change.put(META, Key::name(PROFILE), write(&public(profile))?);
            }
            Ok(())
        })
        .await
    }

    async fn save_draft(&self, owner: AccountId, draft: &Draft) -> Result<DraftSaved, StoreError> {
        self.keep_draft(owner, draft).await
    }

    async fn drafts(&self, owner: AccountId) -> Result<Vec<Draft>, StoreError> {
        self.all_drafts(owner).await
    }

    async fn delete_draft(&self, owner: AccountId, id: RecordId) -> Result<(), StoreError> {
        self.throw_draft(owner, id).await
    }

    async fn commit(&self, owner: AccountId, record: &NewRecord) -> Result<Committed, StoreError> {
        self.make_record(owner, record).await
    }

    async fn waiting(&self, owner: AccountId, after: u64, limit: u32) -> Result<Vec<Entry>, StoreError> {
        self.all_waiting(owner, after, limit).await
    }

    async fn ground(&self, owner: AccountId) -> Result<Ground, StoreError> {
        let asks = [(META, Key::of(LINEAGE, owner)), (META, Key::of(CONFIRMATIONS, owner))];
        let mut values = self.kv.get(&asks).await?;
        let confirmed = values.pop().flatten();
        Ok(Ground { compared: values.pop().flatten(), confirmed })
    }

    async fn settle(
        &self,
        owner: AccountId,
        settlements: &[Settlement],
        ground: Option<&Ground>,
    ) -> Result<bool, StoreError> {
        self.write_settled(owner, settlements, ground).await
    }

    async fn settled(&self, owner: AccountId) -> Result<Vec<Entry>, StoreError> {
        self.all_settled(owner).await
    }

    async fn set_aside(&self, owner: AccountId) -> Result<Vec<Entry>, StoreError> {
        self.all_aside(owner).await
    }

    async fn confirmed(&self, owner: AccountId) -> Result<u32, StoreError> {
        self.kv.count(CONFIRMED, Range::of(owner)).await
    }

    async fn retry(&self, owner: AccountId, id: RecordId) -> Result<bool, StoreError> {
        Ok(self.wait_again(owner, ASIDE, &[id]).await? > 0)
    }

    async fn prune(&self, owner: AccountId, sequences: &[u64]) -> Result<(), StoreError> {
        self.forget(owner, sequences).await
    }

    async fn counts(&self, owner: AccountId) -> Result<Counts, StoreError> {
        self.count_all(owner).await
    }

    async fn apply_page(&self, owner: AccountId, page: &Page) -> Result<PageApplied, StoreError> {
        self.keep_page(owner, page).await
    }

    async fn pull_mark(&self, owner: AccountId) -> Result<Option<PullMark>, StoreError> {
        self.mark(owner).await
    }

    async fn items(&self, owner: AccountId) -> Result<Vec<WorkItem>, StoreError> {
        self.area(owner).await?.iter().map(Packed::read).collect()
    }

    async fn packed(&self, owner: AccountId) -> Result<Vec<Packed>, StoreError> {
        self.area(owner).await
    }

    async fn front(&self, owner: AccountId) -> Result<Option<(Front, PullMark)>, StoreError> {
        self.first_items(owner).await
    }

    async fn put_front(&self, owner: AccountId, front: &Front) -> Result<(), StoreError> {
        self.keep_first_items(owner, front).await
    }

    async fn lock(&self, owner: AccountId, now: Moment) -> Result<LockState, StoreError> {
        self.look(owner, now).await
    }

    fn is_open(&self, owner: AccountId) -> bool {
        self.is_at_hand(owner)
    }

    async fn choose_pin(&self, owner: AccountId, pin: &Pin, now: Moment) -> Result<(), StoreError> {
        // A phone of the time before PINs: from now on its days without contact count.
        if self.last_contact(owner).await?.is_none() {
            self.contact(owner, now).await?;
        }
        self.set_pin(owner, pin).await
    }

    async fn unlock(&self, owner: AccountId, pin: &Pin, now: Moment) -> Result<(), StoreError> {
        self.unlock_by_pin(owner, pin, now).await
    }

    async fn change_pin(&self, owner: AccountId, old: &Pin, new: &Pin, now: Moment) -> Result<(), StoreError> {
        self.replace_pin(owner, old, new, now).await
    }

    async fn forget_pin(&self, owner: AccountId) -> Result<bool, StoreError> {
        self.remove_pin(owner).await
    }

    fn lock_now(&self, owner: AccountId) {
        self.lock_here(owner);
    }

    async fn open_with(&self, owner: AccountId, keys: &PhoneKeys, now: Moment) -> Result<(), StoreError> {
        self.enter_with(owner, keys, now).await
    }

    async fn hear_keys(&self, owner: AccountId, keys: &PhoneKeys, now: Moment) -> Result<(), StoreError> {
        self.hear(owner, keys, now).await
    }

    async fn server_keys(&self, owner: AccountId) -> Result<Option<ServerKeys>, StoreError> {
        read_some(self.meta(&Key::of(SERVER, owner)).await?.as_deref())
    }

    async fn verify(&self, public: &[u8], text: &[u8], signature: &[u8]) -> Result<bool, StoreError> {
        self.crypto.verify(public, text, signature).await
    }

    async fn contact(&self, owner: AccountId, now: Moment) -> Result<(), StoreError> {
        let place = Key::of(CONTACT, owner);
        let kept: Option<Contact> = read_some(self.meta(&place).await?.as_deref())?;
        // Every answer is a contact; one write in ten minutes is enough.
        if kept.is_some_and(|kept| (0..CONTACT_EVERY_MS).contains(&kept.at.ms_until(now)) && kept.latest <= now) {
            return Ok(());
        }
        self.kv.apply(&[], &[Op::Put(META, place, write(&Contact::now(now))?)]).await.map(drop)
    }

    async fn last_contact(&self, owner: AccountId) -> Result<Option<Moment>, StoreError> {
        let kept: Option<Contact> = read_some(self.meta(&Key::of(CONTACT, owner)).await?.as_deref())?;
        Ok(kept.map(|kept| kept.at))
    }

    async fn lineage(&self, owner: AccountId) -> Result<Option<String>, StoreError> {
        read_some(self.meta(&Key::of(LINEAGE, owner)).await?.as_deref())
    }

    async fn put_lineage(&self, owner: AccountId, lineage: &str, ground: Option<&Ground>) -> Result<bool, StoreError> {
        let unchanged = |ground: &Ground| Check {
            store: META,
            key: Key::of(CONFIRMATIONS, owner),
            value: ground.confirmed.clone(),
        };
        let checks: Vec<Check> = ground.map(unchanged).into_iter().collect();
        self.kv.apply(&checks, &[Op::Put(META, Key::of(LINEAGE, owner), write(&lineage)?)]).await
    }

    async fn sealed_waiting(&self, except: Option<AccountId>, limit: u32) -> Result<Vec<SealedEntry>, StoreError> {
        self.sealed(except, limit).await
    }

    async fn settle_sealed(
        &self,
        owner: AccountId,
        settlements: &[Settlement],
        ground: Option<&Ground>,
    ) -> Result<bool, StoreError> {
        self.fold_later(owner, settlements, ground).await
    }

    async fn sealed_aside(&self, owner: Option<AccountId>, limit: u32) -> Result<Vec<SealedEntry>, StoreError> {
        self.aside(owner, limit).await
    }

    async fn hand_over(&self, owner: AccountId, sequences: &[u64]) -> Result<(), StoreError> {
        self.let_go(owner, sequences).await
    }

    async fn reopen(&self, owner: AccountId, ids: &[RecordId]) -> Result<u32, StoreError> {
        self.wait_again(owner, CONFIRMED, ids).await
    }

    async fn held(&self, owner: AccountId, after: u64, limit: u32) -> Result<Vec<(u64, RecordId, Digest)>, StoreError> {
        self.held_records(owner, after, limit).await
    }

    async fn put_file(
        &self,
        owner: AccountId,
        bytes: &[u8],
        kind: AttachmentKind,
        media: Media,
    ) -> Result<Attachment, StoreError> {
        self.keep_file(owner, bytes, kind, media).await
    }

    async fn file_plain(&self, owner: AccountId, file: &Attachment) -> Result<Option<Vec<u8>>, StoreError> {
        self.read_file(owner, file).await
    }

    async fn file_piece(
        &self,
        owner: AccountId,
        sealed: Digest,
        at: u32,
        len: u32,
    ) -> Result<Option<Vec<u8>>, StoreError> {
        self.piece(owner, sealed, at, len).await
    }

    async fn files_pending(&self) -> Result<Vec<FileMark>, StoreError> {
        let mut marks = self.marks(Range::all()).await?;
        marks.retain(|mark| matches!(mark.state, FileState::Ready | FileState::Lost));
        Ok(marks)
    }

    async fn files(&self, owner: AccountId) -> Result<Vec<FileMark>, StoreError> {
        self.marks(Range::of(owner)).await
    }

    async fn is_named(&self, owner: AccountId, sealed: Digest, shut_out: bool) -> Result<bool, StoreError> {
        self.names(owner, sealed, shut_out).await
    }

    async fn file_progress(
        &self,
        owner: AccountId,
        sealed: Digest,
        sent: u32,
        state: FileState,
    ) -> Result<(), StoreError> {
        self.note_progress(owner, sealed, sent, state).await
    }

    async fn resend_files(&self, owner: AccountId, sealed: &[Digest]) -> Result<u32, StoreError> {
        self.send_files_again(owner, sealed).await
    }

    async fn drop_file(&self, owner: AccountId, sealed: Digest) -> Result<(), StoreError> {
        self.remove_draft_file(owner, sealed).await
    }

    async fn free_files(&self, owner: AccountId) -> Result<u64, StoreError> {
        self.free(owner).await
    }

    async fn holdings(&self, owner: AccountId) -> Result<Holdings, StoreError> {
        self.held_back(owner).await
    }

    async fn put_codes(&self, owner: AccountId, listed: &[QueryCode], issued: Issued) -> Result<(), StoreError> {
        self.codes(owner, Some(issued), |codes| {
            // Not forgotten when the server no longer lists them: a server that was set back lists them again,
            // and a code that one petitioner has is never given to another.
            let old = codes.taken.len().saturating_sub(TAKEN);
            codes.taken.drain(..old);
            codes.left = listed.iter().filter(|code| !codes.taken.contains(code)).cloned().collect();
            Some(())
        })
        .await
        .map(drop)
    }

    async fn take_code(&self, owner: AccountId) -> Result<Option<QueryCode>, StoreError> {
        self.codes(owner, None, |codes| {
            let code = codes.left.pop()?;
            codes.taken.push(code.clone());
            Some(code)
        })
        .await
    }

    async fn codes_left(&self, owner: AccountId) -> Result<u32, StoreError> {
        self.key_of(owner).await?;
        let place = Key::of(CODES, owner);
        let Some(value) = self.meta(&place).await? else { return Ok(0) };
        let codes: Codes = self.show_json(owner, META, &place, &value).await?;
        Ok(u32::try_from(codes.left.len()).unwrap_or(u32::MAX))
    }

    async fn codes_issued(&self, owner: AccountId) -> Result<Issued, StoreError> {
        Ok(read_some(self.meta(&Key::of(ISSUED, owner)).await?.as_deref())?.unwrap_or_default())
    }

    async fn wipe(&self, owner: AccountId) -> Result<bool, StoreError> {
        self.remove_all(owner).await
    }
}
