//! Taking records in: each with its own outcome, none stopping another. What the store can it takes in
//! several at a time ([`case_store::Store::take_records`]).

use std::time::Duration;

use case_core::actor::Actor;
use case_core::digest::Digest;
use case_core::field::Record;
use case_core::id::RecordId;
use case_core::wire::receipt::{Receipt, kept_leaf};
use case_core::wire::sync::{Outcome, PushRequest, PushResponse, Raised, SetAside, Stored};
use case_store::{KnownRows, RaisedMatterRow, RecordEnvelope, StoreError, StoredReceipt, Taken, Taking};
use serde::Deserialize;
use serde_json::value::RawValue;
use tokio::time::Instant;

use super::absorbing::{absorption, names};
use super::reserve;
use crate::error::ApiError;
use crate::phone_keys::sign_receipts;
use crate::state::AppState;

/// A record without its photos is small; larger than this it is not one.
const MAX_RECORD_BYTES: usize = 256 * 1024;

/// Who learns the query codes of matters that a record raised.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Codes {
    /// The official is signed in.
    Told,
    /// Whoever holds the phone may be asking.
    Kept,
}

/// What became of one record, and the leaf of its receipt when it is stored.
pub(crate) struct Answered {
    /// For the phone.
    pub(crate) outcome: Outcome,
    /// [`Receipt::leaf`].
    leaf: Option<Digest>,
}

impl Answered {
    /// A record that is set aside.
    fn set_aside(id: Option<RecordId>, reason: SetAside) -> Self {
        Self { outcome: Outcome::SetAside { id, reason }, leaf: None }
    }

    /// A record that is to be sent again.
    pub(crate) fn later(raw: &RawValue) -> Self {
        match name_of(raw) {
            Some(id) => Self { outcome: Outcome::TryLater { id }, leaf: None },
            None => Self::unreadable(None, "no id"),
        }
    }

    /// A record that is kept as it is.
    pub(crate) fn kept(id: RecordId, digest: Digest) -> Self {
        Self { outcome: Outcome::Kept { id }, leaf: Some(kept_leaf(id, digest)) }
    }

    /// A record that nobody can read.
    pub(crate) fn unreadable(id: Option<RecordId>, detail: &str) -> Self {
        Self::set_aside(id, SetAside::Unreadable { detail: detail.chars().take(200).collect() })
    }
}

/// The answer to a push: the outcomes, and one signature over all the receipts.
pub(crate) fn signed(state: &AppState, answers: Vec<Answered>) -> PushResponse {
    let leaves: Vec<Digest> = answers.iter().filter_map(|answer| answer.leaf).collect();
    PushResponse {
        server_time: state.now(),
        outcomes: answers.into_iter().map(|answer| answer.outcome).collect(),
        signature: sign_receipts(state.secrets.phones(), &leaves),
    }
}

/// What a record is called, even when the rest of it cannot be read.
pub(crate) fn name_of(raw: &RawValue) -> Option<RecordId> {
    #[derive(Deserialize)]
    struct Named {
        id: RecordId,
    }
    serde_json::from_str::<Named>(raw.get()).ok().map(|named| named.id)
}

/// So many records go to the store at a time: others who write wait for them.
const AT_ONCE: usize = 100;
/// How often it is looked whether the batch before has come, and how long.
const LOOK_EVERY: Duration = Duration::from_millis(20);
pub(crate) const PATIENCE: Duration = Duration::from_secs(10);

/// Takes a batch in, behind the one that was sent before it. When that one does not come, nothing of this
/// one is taken, and the phone sends both again.
pub(crate) async fn in_order(
    state: &AppState,
    actor: &Actor,
    request: &PushRequest,
) -> Result<Vec<Answered>, ApiError> {
    if let Some(after) = request.after {
        let until = Instant::now() + state.patience;
        while !state.store.has_record(after).await? {
            if Instant::now() >= until {
                return Ok(request.records.iter().map(|raw| Answered::later(raw)).collect());
            }
            tokio::time::sleep(LOOK_EVERY).await;
        }
    }
    let raws: Vec<&RawValue> = request.records.iter().map(|raw| &**raw).collect();
    Ok(take_all(state, actor, &raws, Codes::Told).await)
}

/// Takes one record in.
pub(crate) async fn take(state: &AppState, actor: &Actor, raw: &RawValue, codes: Codes) -> Answered {
    let answer = take_all(state, actor, &[raw], codes).await.pop();
    answer.unwrap_or_else(|| Answered::later(raw))
}

/// Takes records in, in their order.
async fn take_all(state: &AppState, actor: &Actor, raws: &[&RawValue], codes: Codes) -> Vec<Answered> {
    let mut answers = Vec::with_capacity(raws.len());
    for some in raws.chunks(AT_ONCE) {
        let read: Vec<_> = some.iter().map(|raw| read(raw)).collect();
        let good: Vec<&Readable<'_>> = read.iter().filter_map(|one| one.as_ref().ok()).collect();
        let mut taken = store(state, actor, &good).await.into_iter();
        for one in read {
            answers.push(match one {
                Err(answer) => answer,
                Ok(readable) => {
                    let taken = taken.next().unwrap_or(Err(StoreError::Corrupt { what: "an outcome for each record" }));
                    answered(state, &readable, taken, codes)
                }
            });
        }
    }
    answers
}

/// A record that can be taken in. What is stored and hashed is what was sent, byte for byte: a field that a
/// newer phone writes and this server does not know is kept and confirmed like the others.
struct Readable<'a> {
    record: Record,
    body: &'a str,
    digest: Digest,
}

fn read(raw: &RawValue) -> Result<Readable<'_>, Answered> {
    let body = raw.get();
    if body.len() > MAX_RECORD_BYTES {
        return Err(Answered::set_aside(name_of(raw), SetAside::TooLarge));
    }
    let record: Record =
        serde_json::from_str(body).map_err(|error| Answered::unreadable(name_of(raw), &error.to_string()))?;
    match record.check() {
        Err(fault) => Err(Answered::set_aside(Some(record.id), SetAside::Incomplete { fault })),
        Ok(()) => Ok(Readable { record, body, digest: Digest::of_bytes(body.as_bytes()) }),
    }
}

/// One result for each.
async fn store(state: &AppState, actor: &Actor, records: &[&Readable<'_>]) -> Vec<Result<Taken, StoreError>> {
    let world = state.world();
    let cx = world.context();
    let mut recalled = Vec::with_capacity(records.len());
    for one in records {
        recalled.push(reserve::recall(state, actor, &one.record).await);
    }
    let cx = &cx;
    let absorbs: Vec<_> = records
        .iter()
        .map(|one| move |rows: &KnownRows, attempt: u32| absorption(state, actor, &one.record, rows, attempt, cx))
        .collect();
    let mut takings = Vec::with_capacity(records.len());
    for ((one, absorb), recalled) in records.iter().zip(&absorbs).zip(&recalled) {
        if recalled.is_ok() {
            let (record, body, digest) = (&one.record, one.body, one.digest);
            let envelope = RecordEnvelope { record, body, digest, account: actor.account, now: cx.now };
            takings.push(Taking { envelope, names: names(record), absorb });
        }
    }
    let mut taken = state.store.take_records(&takings).await.into_iter();
    let of_store = |recalled: Result<(), StoreError>| match recalled {
        Ok(()) => taken.next().unwrap_or(Err(StoreError::Corrupt { what: "a result for each record" })),
        Err(error) => Err(error),
    };
    recalled.into_iter().map(of_store).collect()
}

fn answered(state: &AppState, one: &Readable<'_>, taken: Result<Taken, StoreError>, codes: Codes) -> Answered {
    let record = &one.record;
    match taken {
        Ok(Taken::Stored(receipt) | Taken::Duplicate(receipt)) => {
            let stored = with_codes(state, receipt, codes);
            let leaf = Receipt::new(record, one.digest, &stored).leaf();
            Answered { outcome: Outcome::Stored(stored), leaf: Some(leaf) }
        }
        Ok(Taken::IdTaken) => Answered::set_aside(Some(record.id), SetAside::IdTaken),
        Err(error) => {
            tracing::error!(%error, record = %record.id, "record not stored");
            Answered { outcome: Outcome::TryLater { id: record.id }, leaf: None }
        }
    }
}

/// Query codes are not stored; they are derived again for each answer.
fn with_codes(state: &AppState, receipt: StoredReceipt, codes: Codes) -> Stored {
    let code = |row: &RaisedMatterRow| match row.reserve {
        Some(key) => state.secrets.reserve_code(key.account, key.device, key.n),
        None => state.secrets.query_code(row.matter, row.issue),
    };
    Stored {
        sequence: receipt.sequence,
        received_at: receipt.received_at,
        flags: receipt.flags,
        raised: receipt
            .raised
            .into_iter()
            .map(|row| Raised {
                query_code: (codes == Codes::Told).then(|| code(&row).grouped()),
                matter: row.matter,
                number: row.number,
            })
            .collect(),
    }
}
