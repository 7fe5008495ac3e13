//! 附件: taking the pieces in, checking the whole, showing it.
//!
//! A file is what its record says when four things hold: the encrypted bytes have the digest under
//! which they were sent; the key of the record opens them; what comes out has the digest and the size
//! that the record names; and its first bytes show one of the types that are taken. It is served as
//! the type that they show, whatever the record calls it.

pub mod strip;

use aes_gcm::aead::AeadInPlace as _;
use aes_gcm::{Aes256Gcm, KeyInit as _};
use case_core::actor::Actor;
use case_core::audit::{Deed, Trace};
use case_core::digest::Digest;
use case_core::field::{FileKey, Media};
use case_core::id::MatterId;
use case_core::wire::problem::Problem;
use case_core::wire::sync::Upload;
use case_store::{Checked, Claim, FilePlace, Finding};

use super::reading::{self, Reading};
use super::visible;
use crate::error::ApiError;
use crate::state::AppState;

/// In front of the ciphertext.
const NONCE: usize = 12;

/// How an upload stands; nothing when no record names it.
pub(crate) async fn status(state: &AppState, sealed: Digest) -> Result<Option<Upload>, ApiError> {
    // A server that stopped between the last piece and the check finishes it now.
    match check(state, sealed).await? {
        Some(upload) => Ok(Some(upload)),
        None => Ok(state.store.upload(sealed).await?),
    }
}

/// Takes a piece, and checks the file when it was the last one.
pub(crate) async fn take(
    state: &AppState,
    sealed: Digest,
    at: u32,
    bytes: Vec<u8>,
) -> Result<Option<Upload>, ApiError> {
    let taken = state.store.add_piece(sealed, at, bytes).await?;
    match check(state, sealed).await? {
        Some(upload) => Ok(Some(upload)),
        None => Ok(taken),
    }
}

/// The phone no longer has it. What has come whole is checked first: that is not lost.
pub(crate) async fn lose(state: &AppState, sealed: Digest) -> Result<Option<Upload>, ApiError> {
    check(state, sealed).await?;
    Ok(state.store.lose(sealed).await?)
}

async fn check(state: &AppState, sealed: Digest) -> Result<Option<Upload>, ApiError> {
    let Some(checked) = state.store.to_check(sealed).await? else { return Ok(None) };
    let (checked, finding) = state
        .heavy
        .run("checking a file", move || {
            let finding = examine(sealed, &checked);
            (checked, finding)
        })
        .await?;
    let settled = state.store.settle(sealed, &checked, &finding).await?;
    if !matches!(&finding, Finding::Right(found) if found.iter().all(Option::is_some)) {
        tracing::warn!(?sealed, "a file is not what its record says");
    }
    Ok(settled)
}

/// A file and how it may be shown.
pub(crate) struct Shown {
    /// What its bytes show.
    pub media: Media,
    /// Its bytes, without what a picture tells beside the picture.
    pub bytes: Vec<u8>,
}

/// A complete file, for those who see a matter or the household that one of its records is about. Who reads the
/// matter masked has said before what for, and each asking is noted: a player that takes a recording in pieces is
/// noted for every piece.
pub(crate) async fn show(state: &AppState, actor: &Actor, plain: Digest) -> Result<Shown, ApiError> {
    let mut masked = false;
    for place in state.store.places_of_file(plain).await? {
        let way = way(state, actor, &place).await?;
        masked |= way == Way::Masked;
        if !matches!(way, Way::Free | Way::Noted(_)) {
            continue;
        }
        let Some(sealed) = state.store.sealed_bytes(place.sealed).await? else { continue };
        if let Way::Noted(matter) = way {
            let deed = Deed::FileTaken { matter, file: plain };
            state.store.note(Trace::by(actor.account, state.now()), &deed).await?;
        }
        let media = place.media;
        let bytes = state
            .heavy
            .run("checking a file", move || open(&place.key, sealed).map(|bytes| strip::strip(media, bytes)))
            .await?;
        // It opened when it came.
        let bytes = bytes.ok_or_else(|| ApiError::Internal("a stored file does not open".to_owned()))?;
        return Ok(Shown { media, bytes });
    }
    if masked { Err(ApiError::SayWhy) } else { Err(Problem::NotFound.into()) }
}

/// How somebody comes to a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Way {
    /// Has the matter in hand, or goes to the door.
    Free,
    /// Has said what for, or must find out to which matter it belongs; what is taken is noted.
    Noted(Option<MatterId>),
    /// Reads it masked, and has not said what for.
    Masked,
    /// It does not exist for them.
    Closed,
}

async fn way(state: &AppState, actor: &Actor, place: &FilePlace) -> Result<Way, ApiError> {
    for matter in &place.matters {
        // Not by another way either: the household of a matter shows its files too.
        if state.store.is_recused(*matter, actor.account).await? {
            return Ok(Way::Closed);
        }
    }
    let today = state.now().date();
    let (mut masked, mut stated) = (false, None);
    for id in &place.matters {
        let Some(matter) = state.store.matter(*id).await?.filter(|matter| visible::sees(actor, matter, today)) else {
            continue;
        };
        match reading::of(state, actor, &matter).await? {
            Reading::Free => return Ok(Way::Free),
            Reading::Stated => stated = Some(*id),
            Reading::Masked => masked = true,
        }
    }
    if stated.is_some() {
        return Ok(Way::Noted(stated));
    }
    if masked {
        return Ok(Way::Masked);
    }
    let household = match place.household {
        Some(id) => state.store.household(id).await?,
        None => None,
    };
    if household.is_some_and(|card| visible::sees_household(actor, &card.division) && !visible::sees_all(actor)) {
        return Ok(Way::Free);
    }
    // What names nothing that there is still comes before the supervisor.
    Ok(if visible::sees_all(actor) { Way::Noted(None) } else { Way::Closed })
}

fn examine(sealed: Digest, checked: &Checked) -> Finding {
    if Digest::of_bytes(&checked.bytes) != sealed {
        return Finding::Wrong;
    }
    Finding::Right(checked.claims.iter().map(|claim| proved(claim, &checked.bytes)).collect())
}

fn proved(claim: &Claim, sealed: &[u8]) -> Option<Media> {
    let plain = open(&claim.key, sealed.to_vec())?;
    let fits = u32::try_from(plain.len()).is_ok_and(|length| length == claim.bytes);
    if fits && Digest::of_bytes(&plain) == claim.plain { Media::sniff(&plain) } else { None }
}

/// Nonce, ciphertext, tag.
pub(super) fn open(key: &FileKey, mut sealed: Vec<u8>) -> Option<Vec<u8>> {
    if sealed.len() < NONCE {
        return None;
    }
    let mut content = sealed.split_off(NONCE);
    let nonce: [u8; NONCE] = sealed.try_into().ok()?;
    Aes256Gcm::new(&key.0.into()).decrypt_in_place(&nonce.into(), &[], &mut content).ok()?;
    Some(content)
}
