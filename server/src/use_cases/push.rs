//! Taking records in: each in its own transaction, each with its own outcome, none stopping another.

use std::collections::BTreeSet;

use case_core::actor::Actor;
use case_core::field::{Known, Payload, Record, absorb};
use case_core::id::MatterId;
use case_core::matter::Context;
use case_core::wire::sync::{HouseholdCard, Outcome, Raised, Receipt, SetAside};
use case_store::{Absorption, HouseholdDays, KnownRows, RecordEnvelope, RecordNames, StoredReceipt, Taken};

use super::register::{self, Draft};
use crate::state::AppState;

/// A record without its photos is small; larger than this it is not one.
const MAX_RECORD_BYTES: usize = 256 * 1024;

/// Takes one record in.
pub(crate) async fn take(state: &AppState, actor: &Actor, raw: &serde_json::Value) -> Outcome {
    let body = raw.to_string();
    let claimed = raw.get("id").and_then(|id| serde_json::from_value(id.clone()).ok());
    if body.len() > MAX_RECORD_BYTES {
        return Outcome::SetAside { id: claimed, reason: SetAside::TooLarge };
    }
    let record: Record = match serde_json::from_value(raw.clone()) {
        Ok(record) => record,
        Err(error) => {
            let detail = error.to_string().chars().take(200).collect();
            return Outcome::SetAside { id: claimed, reason: SetAside::Unreadable { detail } };
        }
    };
    if let Err(fault) = record.check() {
        return Outcome::SetAside { id: Some(record.id), reason: SetAside::Incomplete { fault } };
    }
    let cx = state.context();
    let digest = record.digest();
    let envelope = RecordEnvelope { record: &record, body: &body, digest, account: actor.account, now: cx.now };
    let absorb = |rows: &KnownRows, attempt: u32| absorption(state, actor, &record, rows, attempt, &cx);
    match state.store.take_record(envelope, names(&record), &absorb).await {
        Ok(Taken::Stored(receipt) | Taken::Duplicate(receipt)) => {
            Outcome::Stored { receipt: with_codes(state, receipt) }
        }
        Ok(Taken::IdTaken) => Outcome::SetAside { id: Some(record.id), reason: SetAside::IdTaken },
        Err(error) => {
            tracing::error!(%error, record = %record.id, "record not stored");
            Outcome::TryLater { id: record.id }
        }
    }
}

fn names(record: &Record) -> RecordNames {
    match &record.payload {
        Payload::HouseholdVisit(visit) => RecordNames { matter: visit.matter, household: Some(visit.household) },
        Payload::ReturnVisit(visit) => RecordNames { matter: Some(visit.matter), household: None },
    }
}

fn absorption(
    state: &AppState,
    actor: &Actor,
    record: &Record,
    rows: &KnownRows,
    attempt: u32,
    cx: &Context<'_>,
) -> Absorption {
    let known = Known {
        matter: rows.matter.as_ref(),
        household: rows.household.as_ref().map(|card| &card.division),
        address: rows.household.as_ref().map(|card| card.address.as_str()),
    };
    let absorbed = absorb(record, actor, &known, cx);
    let mut seen: BTreeSet<MatterId> = BTreeSet::new();
    let raised = absorbed
        .raised
        .into_iter()
        .filter(|(id, ..)| seen.insert(*id))
        .filter_map(|(id, registration, tail)| {
            let draft = Draft {
                id,
                registration,
                by: Some(actor.account),
                former_reply: None,
                tail,
                source_key: None,
                with_code: true,
                numbered_at: None,
            };
            register::prepare(&state.secrets, state.settings.province, &draft, attempt, cx)
                .inspect_err(|refusal| tracing::error!(%refusal, record = %record.id, "raised matter refused"))
                .ok()
        })
        .collect();
    let household = rows.household.as_ref().and_then(|card| days_after(record, card, cx));
    Absorption { events: absorbed.events, flags: absorbed.flags, raised, household }
}

/// What a visit changes on the household's card: the last visit counts only when somebody was met,
/// and never goes back; a visit ends what was planned, unless it plans anew.
fn days_after(record: &Record, card: &HouseholdCard, cx: &Context<'_>) -> Option<HouseholdDays> {
    let Payload::HouseholdVisit(visit) = &record.payload else { return None };
    let last = visit.result.met().then(|| visit.started.date().min(cx.today()));
    Some(HouseholdDays { household: card.id, last_visit: card.last_visit.max(last), next_visit: visit.next_visit })
}

/// Query codes are not stored; they are derived again for each answer.
fn with_codes(state: &AppState, stored: StoredReceipt) -> Receipt {
    Receipt {
        id: stored.id,
        sequence: stored.sequence,
        received_at: stored.received_at,
        digest: stored.digest,
        flags: stored.flags,
        raised: stored
            .raised
            .into_iter()
            .map(|row| Raised {
                query_code: state.secrets.query_code(row.matter, row.issue).grouped(),
                matter: row.matter,
                number: row.number,
            })
            .collect(),
    }
}
