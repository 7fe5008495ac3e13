//! Taking records in: each in its own transaction, each with its own outcome, none stopping another.

use case_core::actor::Actor;
use case_core::digest::Digest;
use case_core::field::Record;
use case_core::id::RecordId;
use case_core::wire::receipt::Receipt;
use case_core::wire::sync::{Outcome, PushResponse, Raised, SetAside, Stored};
use case_store::{KnownRows, RaisedMatterRow, RecordEnvelope, StoredReceipt, Taken};
use serde::Deserialize;
use serde_json::value::RawValue;

use super::absorbing::{absorption, names};
use super::reserve;
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
        signature: state.secrets.phones().sign(&leaves),
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

/// Takes one record in. What is stored and hashed is what was sent, byte for byte: a field that a newer
/// phone writes and this server does not know is kept and confirmed like the others.
pub(crate) async fn take(state: &AppState, actor: &Actor, raw: &RawValue, codes: Codes) -> Answered {
    let body = raw.get();
    if body.len() > MAX_RECORD_BYTES {
        return Answered::set_aside(name_of(raw), SetAside::TooLarge);
    }
    let record: Record = match serde_json::from_str(body) {
        Ok(record) => record,
        Err(error) => return Answered::unreadable(name_of(raw), &error.to_string()),
    };
    if let Err(fault) = record.check() {
        return Answered::set_aside(Some(record.id), SetAside::Incomplete { fault });
    }
    let cx = state.context();
    let digest = Digest::of_bytes(body.as_bytes());
    let envelope = RecordEnvelope { record: &record, body, digest, account: actor.account, now: cx.now };
    let absorb = |rows: &KnownRows, attempt: u32| absorption(state, actor, &record, rows, attempt, &cx);
    let taken = match reserve::recall(state, actor, &record).await {
        Ok(()) => state.store.take_record(envelope, names(&record), &absorb).await,
        Err(error) => Err(error),
    };
    match taken {
        Ok(Taken::Stored(receipt) | Taken::Duplicate(receipt)) => {
            let stored = with_codes(state, receipt, codes);
            let leaf = Receipt::new(&record, digest, &stored).leaf();
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
