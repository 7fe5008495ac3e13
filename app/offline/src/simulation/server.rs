//! A made-up server that keeps the protocol: it takes each record in once, by its id, and answers a
//! resend with the same receipt. It also misbehaves as told.

use std::collections::{BTreeMap, BTreeSet};

use case_core::digest::Digest;
use case_core::field::{Payload, Record, RecordFault};
use case_core::id::{AccountId, RecordId};
use case_core::time::Moment;
use case_core::wire::sync::{
    CodesResponse, CompareRequest, CompareResponse, ItemRef, MAX_PUSH, Opened, Outcome, PullRequest, PullResponse,
    PushRequest, SealedRequest, SetAside, Stored as Answered, WorkItem,
};
use serde_json::json;
use serde_json::value::RawValue;

use super::random::Random;
use crate::api;
use crate::crypto::cheap;
use crate::sample::{SERVER_KEY, account, household, session_of};
use crate::scenarios::signed;
use crate::transport::{Method, Reply, Request};

/// What the receipt of a record is made of.
type Of = (RecordId, Digest, Vec<Digest>);

/// A record on the server.
pub struct Stored {
    pub record: Record,
    /// Of what the server holds.
    pub digest: Digest,
    pub answered: Answered,
    /// Whose cookie brought it.
    pub brought_by: AccountId,
}

pub struct Server {
    pub stored: BTreeMap<RecordId, Stored>,
    /// The work area of each official: item, version of its last change, whether it is gone.
    pub areas: BTreeMap<AccountId, BTreeMap<ItemRef, (WorkItem, u64, bool)>>,
    version: u64,
    /// Cursors of an earlier generation are answered with a reset.
    generation: u64,
    /// Requests above this size are answered with 413.
    pub largest: usize,
    /// Whether it compares the account header with the cookie.
    pub guards: bool,
    pub faults: bool,
    random: Random,
    pub resent: u64,
    pub tried_later: u64,
    pub too_large: u64,
    pub resets: u64,
    pub sealed: u64,
    pub compared: u64,
}

impl Server {
    pub fn new(random: Random) -> Self {
        Self {
            stored: BTreeMap::new(),
            areas: BTreeMap::new(),
            version: 0,
            generation: 0,
            largest: usize::try_from(1_000 + random.below(8_000)).unwrap(),
            guards: random.permille(700),
            faults: true,
            random,
            resent: 0,
            tried_later: 0,
            too_large: 0,
            resets: 0,
            sealed: 0,
            compared: 0,
        }
    }

    /// The office changes something.
    pub fn office(&mut self) {
        self.version += 1;
        let owner = account(u128::from(self.random.below(3)));
        let n = u128::from(self.random.below(12));
        let day = format!("2026-0{}-1{}", 1 + self.random.below(9), self.random.below(10));
        let item = WorkItem::Household(household(n, day.parse().ok()));
        let gone = self.random.permille(250);
        self.areas.entry(owner).or_default().insert(item.reference(), (item, self.version, gone));
        if self.random.permille(20) {
            // Restored from a backup, or the area was cut anew.
            self.generation += 1;
        }
    }

    /// What an official's phone should hold in the end.
    pub fn area(&self, owner: AccountId) -> BTreeMap<ItemRef, WorkItem> {
        let area = self.areas.get(&owner).into_iter().flatten();
        area.filter(|(_, (_, _, gone))| !gone).map(|(name, (item, ..))| (*name, item.clone())).collect()
    }

    /// Answers; `cookie` is who the session belongs to, and may change.
    pub fn answer(&mut self, request: &Request, cookie: &mut Option<AccountId>, now: Moment) -> Reply {
        let body = request.body.json().unwrap_or("null");
        assert!(request.device.is_some(), "every request names the device");
        if body.len() > self.largest && [api::PUSH, api::SEALED].contains(&request.path.as_str()) {
            self.too_large += 1;
            return reply(413, &"<html>too large</html>");
        }
        if (request.method, request.path.as_str()) == (Method::Post, api::SESSION) {
            let login: serde_json::Value = serde_json::from_str(body).unwrap();
            let who = account(login["login"].as_str().unwrap().parse().unwrap());
            *cookie = Some(who);
            return reply(200, &session_of(who, now, 0));
        }
        if (request.method, request.path.as_str()) == (Method::Post, api::SEALED) {
            return self.push_sealed(body, now);
        }
        let Some(who) = *cookie else { return problem(401, "sign_in_again") };
        if self.guards && request.account.is_some_and(|account| account != who) {
            return problem(401, "sign_in_again");
        }
        match (request.method, request.path.as_str()) {
            (Method::Get, api::SESSION) => reply(200, &session_of(who, now, 0)),
            (Method::Delete, api::SESSION) => {
                *cookie = None;
                Reply { status: 204, retry_after: None, body: String::new() }
            }
            (Method::Post, api::PUSH) => self.push(body, who, now),
            (Method::Post, api::PULL) => self.pull(body, who, now),
            (Method::Post, api::COMPARE) => self.compare(body, now),
            (Method::Post, api::CODES) => reply(200, &CodesResponse { codes: vec![] }),
            _ => problem(404, "not_found"),
        }
    }

    fn push(&mut self, body: &str, who: AccountId, now: Moment) -> Reply {
        let request: PushRequest = serde_json::from_str(body).unwrap();
        let count = request.records.len();
        assert!((1..=MAX_PUSH).contains(&count), "a push has 1 to {MAX_PUSH} records, not {count}");
        if body.contains("malformed") {
            let body = json!({"problem": "malformed", "detail": "records", "message": "…"});
            return reply(400, &body);
        }
        let of = |raw: &RawValue| serde_json::from_str::<Record>(raw.get()).unwrap();
        let sequences: Vec<u64> = request.records.iter().map(|raw| of(raw).sequence).collect();
        assert!(sequences.is_sorted(), "records come in the order in which they were made");
        let taken = request.records.iter().map(|raw| self.take_in(raw, who, now)).collect();
        self.answered(taken, now)
    }

    fn push_sealed(&mut self, body: &str, now: Moment) -> Reply {
        let request: SealedRequest = serde_json::from_str(body).unwrap();
        let mut taken = Vec::new();
        for envelope in &request.envelopes {
            self.sealed += 1;
            let plain = cheap::open(SERVER_KEY, &envelope.blob.0).expect("sealed to this server");
            let opened: Opened = serde_json::from_slice(&plain).unwrap();
            let phone = session_of(envelope.account, now, 0).phone.unwrap();
            assert!(opened.token == phone.device_token, "from the official's own phone");
            taken.push(self.take_in(&opened.record, envelope.account, now));
        }
        self.answered(taken, now)
    }

    fn answered(&mut self, taken: Vec<(Outcome, Of)>, now: Moment) -> Reply {
        let (outcomes, of): (Vec<_>, Vec<_>) = taken.into_iter().unzip();
        let mut response = signed(&of, outcomes, SERVER_KEY);
        response.server_time = now;
        if self.faults && self.random.permille(20) {
            // Answers about something else, or too few: a proxy mixed up two phones.
            response.outcomes.rotate_left(1);
            if self.random.permille(500) {
                response.outcomes.pop();
            }
        }
        reply(200, &response)
    }

    fn take_in(&mut self, raw: &RawValue, who: AccountId, now: Moment) -> (Outcome, Of) {
        let record: Record = serde_json::from_str(raw.get()).unwrap();
        let digest = Digest::of_bytes(raw.get().as_bytes());
        let id = record.id;
        let outcome = self.outcome(record, digest, who, now);
        (outcome, (id, self.stored.get(&id).map_or(digest, |known| known.digest), vec![]))
    }

    fn outcome(&mut self, record: Record, digest: Digest, who: AccountId, now: Moment) -> Outcome {
        let id = record.id;
        if let Some(known) = self.stored.get(&id) {
            self.resent += 1;
            if known.record != record {
                return Outcome::SetAside { id: Some(id), reason: SetAside::IdTaken };
            }
            return Outcome::Stored(known.answered.clone());
        }
        if self.faults && self.random.permille(60) {
            self.tried_later += 1;
            return Outcome::TryLater { id };
        }
        if ["poison", "malformed"].iter().any(|word| note(&record).contains(word)) {
            let reason = SetAside::Incomplete { fault: RecordFault::BadPoint };
            let id = Some(id).filter(|_| self.random.permille(500));
            return Outcome::SetAside { id, reason };
        }
        // A server that has something else and says it has this: the signature is over what it has.
        let altered = note(&record).contains("altered");
        let digest = if altered { Digest::of_bytes(b"something else") } else { digest };
        let sequence = i64::try_from(self.stored.len()).unwrap() + 1;
        let answered = Answered { sequence, received_at: now, flags: vec![], raised: vec![] };
        self.stored.insert(id, Stored { record, digest, answered: answered.clone(), brought_by: who });
        Outcome::Stored(answered)
    }

    fn compare(&mut self, body: &str, now: Moment) -> Reply {
        let request: CompareRequest = serde_json::from_str(body).unwrap();
        self.compared += 1;
        let has = |id: &RecordId| self.stored.get(id).map(|known| known.digest);
        let (mut missing, mut different) = (vec![], vec![]);
        for (id, digest) in &request.held {
            match has(id) {
                None => missing.push(*id),
                Some(theirs) if theirs != *digest => different.push(*id),
                Some(_) => {}
            }
        }
        let (lineage, files_missing) = ("0".to_owned(), vec![]);
        reply(200, &CompareResponse { lineage, server_time: now, missing, different, files_missing, yours: 0 })
    }

    fn pull(&mut self, body: &str, who: AccountId, now: Moment) -> Reply {
        const PAGE: usize = 3;
        let request: PullRequest = serde_json::from_str(body).unwrap();
        let cursor = request.cursor.as_deref().and_then(|cursor| {
            let (generation, version) = cursor.split_once('.')?;
            (generation == self.generation.to_string()).then(|| version.parse::<u64>().ok())?
        });
        let reset = request.cursor.is_some() && cursor.is_none();
        self.resets += u64::from(reset);
        let after = cursor.unwrap_or(0);
        let mut changed: Vec<_> =
            self.areas.get(&who).into_iter().flatten().filter(|(_, (_, version, _))| *version > after).collect();
        changed.sort_by_key(|(_, (_, version, _))| *version);
        let more = changed.len() > PAGE;
        changed.truncate(PAGE);
        let last = changed.last().map_or(after, |(_, (_, version, _))| *version);
        let (gone, kept): (Vec<_>, Vec<_>) = changed.into_iter().partition(|(_, (_, _, gone))| *gone);
        let page = PullResponse {
            reset,
            items: kept.into_iter().map(|(_, (item, ..))| item.clone()).collect(),
            gone: gone.into_iter().map(|(name, _)| *name).collect(),
            cursor: format!("{}.{last}", self.generation),
            more,
            server_time: now,
        };
        reply(200, &page)
    }

    /// Notes of the records taken in: each intent of a user has its own.
    pub fn notes(&self) -> BTreeSet<String> {
        self.stored.values().map(|stored| note(&stored.record)).collect()
    }
}

/// The note of a visit, which says who wanted what.
pub fn note(record: &Record) -> String {
    match &record.payload {
        Payload::HouseholdVisit(visit) => visit.note.as_ref().map_or_else(String::new, ToString::to_string),
        _ => String::new(),
    }
}

fn reply(status: u16, body: &impl serde::Serialize) -> Reply {
    Reply { status, retry_after: None, body: serde_json::to_string(body).unwrap() }
}

fn problem(status: u16, word: &str) -> Reply {
    reply(status, &json!({"problem": word, "message": "…"}))
}
