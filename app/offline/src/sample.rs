//! Made-up people, matters and records for tests.
#![allow(clippy::expect_used, reason = "made-up values for tests")]

use case_core::digest::Digest;
use case_core::field::{HouseholdVisit, Payload};
use case_core::id::{AccountId, DeviceId, HouseholdId, MatterId, RecordId};
use case_core::time::Moment;
use case_core::wire::bytes::Bytes;
use case_core::wire::session::Session;
use case_core::wire::sync::{HouseholdCard, MatterCard};
use chrono::NaiveDate;
use serde_json::json;
use uuid::Uuid;

use crate::outbox::NewRecord;

/// Runs a future that never waits for anything but itself.
#[cfg(test)]
pub fn block_on<F: Future>(future: F) -> F::Output {
    let mut future = std::pin::pin!(future);
    let mut cx = std::task::Context::from_waker(std::task::Waker::noop());
    loop {
        if let std::task::Poll::Ready(answer) = future.as_mut().poll(&mut cx) {
            return answer;
        }
    }
}

/// An official.
pub fn account(n: u128) -> AccountId {
    AccountId(Uuid::from_u128(0xACC0_0000 + n))
}

/// A household, found by `hz<n>`.
pub fn household(n: u128, next_visit: Option<NaiveDate>) -> HouseholdCard {
    serde_json::from_value(json!({
        "id": HouseholdId(Uuid::from_u128(0x4000_0000 + n)),
        "division": "350921001201",
        "address": format!("样例镇样例村 第{n}组"),
        "head": format!("户主{n}"),
        "keys": format!("户主{n} hz{n}"),
        "next_visit": next_visit,
    }))
    .expect("a household")
}

/// A matter with one clock, when it has a last day.
pub fn matter(n: u128, due: Option<NaiveDate>) -> MatterCard {
    let clocks: Vec<_> =
        due.iter().map(|due| json!({"kind": "handling", "started": "2026-01-01", "due": due})).collect();
    serde_json::from_value(json!({
        "id": MatterId(Uuid::from_u128(0x7000_0000 + n)),
        "number": format!("35{n:014}"),
        "title": format!("反映第{n}号样例"),
        "excerpt": "样例内容",
        "stage": "handling",
        "demands": [],
        "petitioner": format!("来访人{n}"),
        "handled_by": [],
        "round": 0,
        "clocks": clocks,
        "commitments": [],
        "keys": format!("样例{n} yl{n}"),
    }))
    .expect("a matter")
}

/// A visit to a household with a note.
pub fn visit(household: u128, note: &str) -> Payload {
    // Without its tag: in a browser only the phone's own reader knows those.
    let visit: HouseholdVisit = serde_json::from_value(json!({
        "household": HouseholdId(Uuid::from_u128(0x4000_0000 + household)),
        "started": 1_767_225_600_000_i64,
        "result": "met_person",
        "point": [26_882_123, 120_005_987],
        "note": note,
    }))
    .expect("a visit");
    Payload::HouseholdVisit(Box::new(visit))
}

/// A record to be committed.
pub fn new_record(n: u128, note: &str) -> NewRecord {
    NewRecord {
        id: RecordId(Uuid::from_u128(0x1000_0000 + n)),
        device: DeviceId(Uuid::from_u128(0xDE)),
        made_at: Moment(1_767_225_600_000),
        payload: visit(n, note),
    }
    .prepare()
    .expect("a complete record")
}

/// The "key pair" of a made-up server ([`crate::crypto::cheap`]).
pub const SERVER_KEY: &[u8] = b"the server";

/// The server's word that an official is signed in, as the phone keeps it: without secrets.
pub fn session(account: AccountId, at: Moment) -> Session {
    Session { phone: None, ..session_of(account, at, 0) }
}

/// The server's word, of one of its databases.
pub fn session_of(account: AccountId, at: Moment, lineage: u32) -> Session {
    let key = Bytes(SERVER_KEY.to_vec());
    let secret = |word: &str| Bytes(Digest::of(&(word, account)).bytes().to_vec());
    serde_json::from_value(json!({
        "actor": {
            "account": account, "name": "样例", "badge": "001", "office": "网格员",
            "role": "village_officer", "unit": null, "area": ["350921001201"],
        },
        "unit_name": null,
        "area_names": ["样例村"],
        "server_time": at,
        "phone": {
            "receipts": key, "sealing": key, "lineage": lineage.to_string(),
            "store_key": secret("store"), "device_token": secret("device"), "cache_days": 7,
        },
    }))
    .expect("a session")
}
