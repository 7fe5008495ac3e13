//! Records that only the server can open: how the work of an official comes in who is no longer signed
//! in on the phone, whose password has changed, whose account was closed, or whose phone was shut out.
//! The record was made; so it is taken in, under the name of the account that made it.
//!
//! The proof of who sends lies in the envelope: the token that an official's phone got while signed
//! in. An envelope that does not open, or names another account or record, is set aside; an address
//! that sends many such has to wait.
//!
//! A phone that is to be wiped sends the records that were set aside once more and asks that they be kept
//! ([`SealedRequest::keep`]): what still cannot be read stays here in its envelope, under the name of its official,
//! and is tried again every hour ([`take_kept`]), so that the next version of the server makes records of it. How
//! many there are stands with the device, for the administrator.

use std::collections::HashMap;
use std::collections::hash_map::Entry;

use case_core::actor::Actor;
use case_core::digest::Digest;
use case_core::id::{AccountId, DeviceId};
use case_core::wire::bytes::Bytes;
use case_core::wire::sync::{Envelope, Opened, Outcome, PushResponse, SealedRequest};
use case_store::KeptAside;
use serde_json::value::RawValue;

use super::push::{self, Answered, Codes};
use crate::error::ApiError;
use crate::state::AppState;

/// The answer, and whether there were envelopes that this phone cannot have made.
pub(crate) async fn take_in(state: &AppState, request: SealedRequest) -> Result<(PushResponse, bool), ApiError> {
    let mut answers = Vec::with_capacity(request.envelopes.len());
    let mut actors: HashMap<AccountId, Option<Actor>> = HashMap::new();
    let mut forged = false;
    for envelope in &request.envelopes {
        let answer = match open(state, request.device, envelope) {
            Err(why) => Err(why),
            Ok(record) => match actor(state, &mut actors, envelope.account).await? {
                Some(actor) => {
                    let answer = push::take(state, actor, &record, Codes::Kept).await;
                    Ok(if request.keep { keep(state, request.device, envelope, &record, answer).await } else { answer })
                }
                None => Err("account"),
            },
        };
        answers.push(answer.unwrap_or_else(|why| {
            forged = true;
            Answered::unreadable(Some(envelope.id), why)
        }));
    }
    Ok((push::signed(state, answers), forged))
}

/// Keeps what was set aside.
async fn keep(
    state: &AppState,
    device: DeviceId,
    envelope: &Envelope,
    record: &RawValue,
    answer: Answered,
) -> Answered {
    let Outcome::SetAside { reason, .. } = &answer.outcome else { return answer };
    let digest = Digest::of_bytes(record.get().as_bytes());
    let (account, blob) = (envelope.account, envelope.blob.0.clone());
    let kept = KeptAside { record: envelope.id, digest, account, device, envelope: blob };
    match state.store.keep_aside(&kept, reason, state.now()).await {
        Ok(()) => Answered::kept(envelope.id, digest),
        Err(error) => {
            tracing::error!(%error, record = %envelope.id, "record not kept");
            Answered::later(record)
        }
    }
}

/// So many are held in memory at a time.
const PAGE: u32 = 200;

/// Makes records of what was kept and can be read by now. How many. All are tried: what nobody will ever read does not
/// stand in the way of the rest.
///
/// # Errors
/// [`ApiError`].
pub async fn take_kept(state: &AppState) -> Result<usize, ApiError> {
    let (mut count, mut actors, mut after) = (0, HashMap::new(), None);
    loop {
        let page = state.store.kept_aside(after, PAGE).await?;
        let Some(last) = page.last() else { return Ok(count) };
        after = Some((last.record, last.digest));
        for kept in page {
            let envelope = Envelope { account: kept.account, id: kept.record, blob: Bytes(kept.envelope) };
            let Ok(record) = open(state, kept.device, &envelope) else { continue };
            let Some(actor) = actor(state, &mut actors, kept.account).await? else { continue };
            if let Outcome::Stored(_) = push::take(state, actor, &record, Codes::Kept).await.outcome {
                state.store.took_kept(kept.record, kept.digest, state.now()).await?;
                count += 1;
            }
        }
    }
}

/// The account row, active or not: what was done was done.
async fn actor<'a>(
    state: &AppState,
    known: &'a mut HashMap<AccountId, Option<Actor>>,
    id: AccountId,
) -> Result<Option<&'a Actor>, ApiError> {
    let account = match known.entry(id) {
        Entry::Occupied(found) => found.into_mut(),
        Entry::Vacant(place) => place.insert(state.store.account(id).await?.map(|account| account.actor)),
    };
    Ok(account.as_ref())
}

/// The record in an envelope, or what is wrong with the envelope.
fn open(state: &AppState, device: DeviceId, envelope: &Envelope) -> Result<Box<RawValue>, &'static str> {
    let plain = state.secrets.phones().open(&envelope.blob.0).ok_or("seal")?;
    let opened: Opened = serde_json::from_slice(&plain).map_err(|_| "content")?;
    if !state.secrets.is_device_token(&opened.token, envelope.account, device) {
        return Err("token");
    }
    // The outside says which record it is: the phone settles by it, and must not settle another.
    match push::name_of(&opened.record) {
        Some(id) if id != envelope.id => Err("id"),
        _ => Ok(opened.record),
    }
}
