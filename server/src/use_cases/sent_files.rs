//! 信访人的材料: taking in the files of a form, and handing them out to desks.
//!
//! A file is taken by what its bytes show ([`SentMedia::sniff`]). What a picture tells beside the picture (position,
//! device, time) is taken out before it is stored: whoever sends a picture of a street lamp, perhaps without a
//! name, has not said where they live. It lies encrypted under a key of its own, as files of records do.

use aes_gcm::aead::AeadInPlace as _;
use aes_gcm::{Aes256Gcm, KeyInit as _};
use case_core::actor::{Actor, Role};
use case_core::audit::{Deed, Trace};
use case_core::digest::Digest;
use case_core::field::FileKey;
use case_core::id::MatterId;
use case_core::public::{SentFile, SentMedia, file_name};
use case_core::wire::problem::Problem;
use case_store::{Owner, Staged, StagedFile, StoreError};

use super::attachments::strip::strip;
use super::reading::{self, Reading};
use super::visible;
use crate::error::ApiError;
use crate::state::AppState;

/// In front of the ciphertext.
const NONCE: usize = 12;
/// So long a file waits for its form.
pub(crate) const WAITS_MS: i64 = 24 * 3_600_000;

/// What became of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Taken {
    /// It waits for its form.
    There,
    /// None of the types that are taken.
    Strange,
    /// The form has as many as it may.
    Full,
}

/// Takes in a file of a form.
pub(crate) async fn take(state: &AppState, owner: Owner, name: &str, bytes: Vec<u8>) -> Result<Taken, ApiError> {
    let Some((media, name)) = SentMedia::sniff(&bytes).zip(file_name(name)) else { return Ok(Taken::Strange) };
    let at = state.now();
    let sealed = state.heavy.run("taking in a file", move || seal(media, bytes)).await?;
    let Some((digest, length, key, bytes)) = sealed else { return Ok(Taken::Strange) };
    let file = SentFile { digest, name, media, bytes: length, at, voice: owner.voice };
    let staged = StagedFile { file, sealed: Digest::of_bytes(&bytes), bytes, key };
    Ok(match state.store.stage_file(owner, &staged).await? {
        Staged::There => Taken::There,
        Staged::Full => Taken::Full,
    })
}

/// Without what it tells beside the picture, encrypted: digest, size, key, nonce with ciphertext and tag.
fn seal(media: SentMedia, bytes: Vec<u8>) -> Option<(Digest, u32, FileKey, Vec<u8>)> {
    let plain = match media {
        SentMedia::Seen(media) => strip(media, bytes),
        SentMedia::Pdf => bytes,
    };
    let (digest, length) = (Digest::of_bytes(&plain), u32::try_from(plain.len()).ok()?);
    let (key, nonce): ([u8; 32], [u8; NONCE]) = (rand::random(), rand::random());
    let mut content = plain;
    Aes256Gcm::new(&key.into()).encrypt_in_place(&nonce.into(), &[], &mut content).ok()?;
    Some((digest, length, FileKey(key), [&nonce[..], &content].concat()))
}

/// Its bytes, for those who see the matter; nothing for those who only look. Who reads the matter masked has said
/// before what for, and it is noted.
pub(crate) async fn show(
    state: &AppState,
    actor: &Actor,
    matter: MatterId,
    digest: Digest,
) -> Result<(SentMedia, Vec<u8>), ApiError> {
    let seen = visible::matter(state, actor, matter).await?;
    if actor.role == Role::Observer {
        return Err(Problem::NotFound.into());
    }
    let stored = state.store.sent_file(matter, digest).await?.ok_or(Problem::NotFound)?;
    match reading::of(state, actor, &seen).await? {
        Reading::Free => {}
        Reading::Masked => return Err(ApiError::SayWhy),
        Reading::Stated => {
            let deed = Deed::FileTaken { matter: Some(matter), file: digest };
            state.store.note(Trace::by(actor.account, state.now()), &deed).await?;
        }
    }
    let media = stored.file.media;
    let opened = state.heavy.run("opening a file", move || super::attachments::open(&stored.key, stored.bytes)).await?;
    // It was sealed here.
    Ok((media, opened.ok_or_else(|| ApiError::Internal("a stored file does not open".to_owned()))?))
}

/// Clears up what waits for more than a day. A form that was taken in by a server that stopped before it kept the
/// files is a form that was taken in: its files are kept now; how many forms are gone.
///
/// # Errors
/// [`StoreError`].
pub async fn clear_up(state: &AppState) -> Result<usize, StoreError> {
    let mut gone = 0;
    for owner in state.store.staged_before(state.now().plus_ms(-WAITS_MS)).await? {
        let matter = state.store.matter(owner.matter).await?;
        let there = match owner.voice {
            None => matter.is_some(),
            Some(voice) => matter.is_some_and(|matter| matter.voices.iter().any(|known| known.id == voice)),
        };
        if there {
            state.store.keep_files(owner).await?;
        } else {
            state.store.unstage_files(owner).await?;
            gone += 1;
        }
    }
    Ok(gone)
}
