//! A made-up server that keeps the protocol: it takes each record in once, by its id, and answers a
//! resend with the same receipt. It also misbehaves as told.

use std::collections::{BTreeMap, BTreeSet};

use case_core::digest::Digest;
use case_core::field::{Payload, Record, RecordFault};
use case_core::id::{AccountId, RecordId};
use case_core::time::Moment;
use case_core::wire::sync::{
    ItemRef, MAX_PUSH, Outcome, PullRequest, PullResponse, PushRequest, PushResponse, Receipt, SetAside, WorkItem,
};
use serde_json::json;

use super::random::Random;
use crate::api;
use crate::sample::{account, household, session};
use crate::transport::{Method, Reply, Request};

/// A record on the server.
pub struct Stored {
    pub record: Record,
    pub receipt: Receipt,
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
        let body = request.body.as_deref().unwrap_or("null");
        if body.len() > self.largest {
            self.too_large += 1;
            return reply(413, &"<html>too large</html>");
        }
        if (request.method, request.path.as_str()) == (Method::Post, api::SESSION) {
            let login: serde_json::Value = serde_json::from_str(body).unwrap();
            let who = account(login["login"].as_str().unwrap().parse().unwrap());
            *cookie = Some(who);
            return reply(200, &session(who, now));
        }
        let Some(who) = *cookie else { return problem(401, "sign_in_again") };
        if self.guards && request.account.is_some_and(|account| account != who) {
            return problem(401, "sign_in_again");
        }
        match (request.method, request.path.as_str()) {
            (Method::Get, api::SESSION) => reply(200, &session(who, now)),
            (Method::Delete, api::SESSION) => {
                *cookie = None;
                Reply { status: 204, retry_after: None, body: String::new() }
            }
            (Method::Post, api::PUSH) => self.push(body, who, now),
            (Method::Post, api::PULL) => self.pull(body, who, now),
            _ => problem(404, "not_found"),
        }
    }

    fn push(&mut self, body: &str, who: AccountId, now: Moment) -> Reply {
        let request: PushRequest = serde_json::from_str(body).unwrap();
        assert!(request.records.len() <= MAX_PUSH && !request.records.is_empty(), "a push has 1 to 50 records");
        if body.contains("malformed") {
            let body = json!({"problem": "malformed", "detail": "records", "message": "…"});
            return reply(400, &body);
        }
        let sequences: Vec<u64> = request.records.iter().map(|raw| raw["sequence"].as_u64().unwrap()).collect();
        assert!(sequences.is_sorted(), "records come in the order in which they were made");
        let outcomes = request.records.iter().map(|raw| self.take_in(raw, who, now)).collect();
        let mut response = PushResponse { server_time: now, outcomes };
        if self.faults && self.random.permille(20) {
            // Answers about something else, or too few: a proxy mixed up two phones.
            response.outcomes.rotate_left(1);
            response.outcomes.pop();
        }
        reply(200, &response)
    }

    fn take_in(&mut self, raw: &serde_json::Value, who: AccountId, now: Moment) -> Outcome {
        let record: Record = serde_json::from_value(raw.clone()).unwrap();
        let id = record.id;
        if let Some(known) = self.stored.get(&id) {
            self.resent += 1;
            if known.record != record {
                return Outcome::SetAside { id: Some(id), reason: SetAside::IdTaken };
            }
            return Outcome::Stored { receipt: known.receipt.clone() };
        }
        if self.faults && self.random.permille(60) {
            self.tried_later += 1;
            return Outcome::TryLater { id };
        }
        match note(&record) {
            text if text.contains("poison") => {
                let reason = SetAside::Incomplete { fault: RecordFault::BadPoint };
                let id = Some(id).filter(|_| self.random.permille(500));
                return Outcome::SetAside { id, reason };
            }
            _ => {}
        }
        let altered = note(&record).contains("altered");
        let digest = if altered { Digest::of_bytes(b"something else") } else { record.digest() };
        let sequence = i64::try_from(self.stored.len()).unwrap() + 1;
        let receipt = Receipt { id, sequence, received_at: now, digest, flags: vec![], raised: vec![] };
        self.stored.insert(id, Stored { record, receipt: receipt.clone(), brought_by: who });
        Outcome::Stored { receipt }
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
        Payload::ReturnVisit(_) => String::new(),
    }
}

fn reply(status: u16, body: &impl serde::Serialize) -> Reply {
    Reply { status, retry_after: None, body: serde_json::to_string(body).unwrap() }
}

fn problem(status: u16, word: &str) -> Reply {
    reply(status, &json!({"problem": word, "message": "…"}))
}
