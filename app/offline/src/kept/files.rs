//! Files: encrypted under keys of their own, each with a plain mark of how far its upload has come.

use case_core::digest::Digest;
use case_core::field::{Attachment, AttachmentKind, FileKey, Media};
use case_core::id::AccountId;
use serde::{Deserialize, Serialize};

use super::Store;
use super::change::change;
use super::value::{read, read_some, split, write};
use crate::crypto::Crypto;
use crate::kv::{ASIDE, CONFIRMED, DRAFTS, FILES, FOLDS, Key, Kv, MARKS, Op, Range, WAITING};
use crate::store::{FileMark, FileState, Holdings, StoreError};

/// How a file stands, as it is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mark {
    pub total: u32,
    pub sent: u32,
    pub state: FileState,
    pub here: bool,
}

impl Mark {
    /// Its record was saved, delivered or is to be sent again.
    pub fn moved(self, state: FileState) -> Self {
        match state {
            FileState::Ready if !self.here => Self { state: FileState::Lost, ..self },
            // Delivered means that the server has it; a settled record does not change that.
            FileState::Ready if self.state == FileState::Delivered => self,
            FileState::Saved => Self { state, sent: 0, ..self },
            _ => Self { state, ..self },
        }
    }

    fn is_under_way(&self) -> bool {
        matches!(self.state, FileState::Saved | FileState::Ready)
    }
}

fn place(owner: AccountId, sealed: Digest) -> Key {
    Key::text(owner, sealed.hex())
}

fn shown(place: &Key, mark: Mark) -> Option<FileMark> {
    let Mark { total, sent, state, here } = mark;
    let (account, sealed) = (place.owner()?, Digest::from_hex(place.last_text()?)?);
    Some(FileMark { account, sealed, total, sent, state, here })
}

impl<K: Kv, C: Crypto> Store<K, C> {
    pub(super) async fn keep_file(
        &self,
        owner: AccountId,
        bytes: &[u8],
        kind: AttachmentKind,
        media: Media,
    ) -> Result<Attachment, StoreError> {
        self.key_of(owner).await?;
        let size = |length: usize| u32::try_from(length).map_err(|_| StoreError::Full);
        let mut raw = [0; 32];
        self.crypto.random(&mut raw)?;
        let key = self.crypto.key(&raw).await?;
        let cipher = self.crypto.encrypt(&key, &[], bytes).await?;
        let digest = Digest::from_bytes(self.crypto.digest(bytes).await?);
        let sealed = Digest::from_bytes(self.crypto.digest(&cipher).await?);
        let mark = Mark { total: size(cipher.len())?, sent: 0, state: FileState::Draft, here: true };
        let at = place(owner, sealed);
        self.kv.apply(&[], &[Op::Put(MARKS, at.clone(), write(&mark)?), Op::Put(FILES, at, cipher)]).await?;
        Ok(Attachment { digest, kind, media, bytes: size(bytes.len())?, sealed, key: FileKey(raw) })
    }

    pub(super) async fn read_file(&self, owner: AccountId, file: &Attachment) -> Result<Option<Vec<u8>>, StoreError> {
        self.key_of(owner).await?;
        let Some(cipher) = self.file_bytes(owner, file.sealed).await? else { return Ok(None) };
        let key = self.crypto.key(&file.key.0).await?;
        let plain = self.crypto.decrypt(&key, &[], &cipher).await?;
        plain.map(Some).ok_or_else(|| super::changed(FILES))
    }

    async fn file_bytes(&self, owner: AccountId, sealed: Digest) -> Result<Option<Vec<u8>>, StoreError> {
        Ok(self.kv.get(&[(FILES, place(owner, sealed))]).await?.pop().flatten())
    }

    pub(super) async fn piece(
        &self,
        owner: AccountId,
        sealed: Digest,
        at: u32,
        len: u32,
    ) -> Result<Option<Vec<u8>>, StoreError> {
        let Some(mut bytes) = self.file_bytes(owner, sealed).await? else { return Ok(None) };
        let start = (at as usize).min(bytes.len());
        bytes.drain(..start);
        bytes.truncate(len as usize);
        Ok(Some(bytes))
    }

    pub(super) async fn marks(&self, range: Range) -> Result<Vec<FileMark>, StoreError> {
        let mut marks = Vec::new();
        for (place, value) in self.kv.range(MARKS, range).await? {
            marks.extend(shown(&place, read(&value)?));
        }
        Ok(marks)
    }

    /// By the heads of the records, which need no key.
    pub(super) async fn names(&self, owner: AccountId, sealed: Digest, shut_out: bool) -> Result<bool, StoreError> {
        let folded = if shut_out { self.kv.keys(FOLDS, Range::of(owner)).await? } else { Vec::new() };
        for store in [WAITING, ASIDE, CONFIRMED] {
            if shut_out && store == CONFIRMED {
                continue;
            }
            for (place, value) in self.kv.range(store, Range::of(owner)).await? {
                if !folded.contains(&place) && split(&value)?.is_some_and(|parts| parts.head.files.contains(&sealed)) {
                    return Ok(true);
                }
            }
        }
        Ok(false)
    }

    pub(super) async fn count_files(&self) -> Result<u32, StoreError> {
        let mut count = 0;
        for (_, value) in self.kv.range(MARKS, Range::all()).await? {
            count += u32::from(read::<Mark>(&value)?.is_under_way());
        }
        Ok(count)
    }

    pub(super) async fn note_progress(
        &self,
        owner: AccountId,
        sealed: Digest,
        sent: u32,
        state: FileState,
    ) -> Result<(), StoreError> {
        let at = place(owner, sealed);
        change(&self.kv, async |change| {
            let Some(mark) = read_some::<Mark>(change.get(MARKS, at.clone()).await?.as_deref())? else { return Ok(()) };
            change.put(MARKS, at.clone(), write(&Mark { sent: sent.min(mark.total), state, ..mark })?);
            Ok(())
        })
        .await
    }

    pub(super) async fn send_files_again(&self, owner: AccountId, sealed: &[Digest]) -> Result<u32, StoreError> {
        change(&self.kv, async |change| {
            let asks: Vec<_> = sealed.iter().map(|sealed| (MARKS, place(owner, *sealed))).collect();
            let values = change.look(asks.clone()).await?;
            let mut lost = 0;
            for ((store, at), value) in asks.into_iter().zip(values) {
                let mark = match read_some::<Mark>(value.as_deref())? {
                    Some(mark) if mark.here => Mark { sent: 0, state: FileState::Ready, ..mark },
                    Some(mark) if mark.state == FileState::LostKnown => mark,
                    // Not even a mark is left: the server is told that it will not come.
                    mark => {
                        lost += 1;
                        let total = mark.map_or(0, |mark| mark.total);
                        Mark { total, sent: 0, state: FileState::Lost, here: false }
                    }
                };
                change.put(store, at, write(&mark)?);
            }
            Ok(lost)
        })
        .await
    }

    pub(super) async fn remove_draft_file(&self, owner: AccountId, sealed: Digest) -> Result<(), StoreError> {
        self.key_of(owner).await?;
        let at = place(owner, sealed);
        change(&self.kv, async |change| {
            let mark = read_some::<Mark>(change.get(MARKS, at.clone()).await?.as_deref())?;
            if mark.is_some_and(|mark| mark.state == FileState::Draft) {
                change.push(Op::Delete(MARKS, at.clone()));
                change.push(Op::Delete(FILES, at.clone()));
            }
            Ok(())
        })
        .await
    }

    pub(super) async fn free(&self, owner: AccountId) -> Result<u64, StoreError> {
        self.key_of(owner).await?;
        change(&self.kv, async |change| {
            let drafts = change.kv().count(DRAFTS, Range::of(owner)).await?;
            let mut freed = 0;
            for (at, _) in change.kv().range(MARKS, Range::of(owner)).await? {
                let Some(mark) = read_some::<Mark>(change.get(MARKS, at.clone()).await?.as_deref())? else { continue };
                match mark.state {
                    FileState::Delivered | FileState::LostKnown if mark.here => {
                        change.put(MARKS, at.clone(), write(&Mark { here: false, ..mark })?);
                    }
                    // No form is begun that it could belong to.
                    FileState::Draft if drafts == 0 => change.push(Op::Delete(MARKS, at.clone())),
                    _ => continue,
                }
                change.push(Op::Delete(FILES, at));
                freed += u64::from(mark.total);
            }
            Ok(freed)
        })
        .await
    }

    pub(super) async fn held_back(&self, owner: AccountId) -> Result<Holdings, StoreError> {
        let mut holdings =
            Holdings { history: self.kv.count(CONFIRMED, Range::of(owner)).await?, ..Holdings::default() };
        for mark in self.marks(Range::of(owner)).await? {
            if mark.here && mark.state == FileState::Delivered {
                holdings.files += 1;
                holdings.file_bytes += u64::from(mark.total);
            }
        }
        Ok(holdings)
    }
}
