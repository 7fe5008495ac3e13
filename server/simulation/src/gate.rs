//! What stands before the server while things go wrong, and refuses what the server itself would take: an older
//! server during an update that cannot read some records, a proxy that lets no large request through or mixes
//! up the parts of an answer, a comparison that finds other content. Afterwards everything passes, and what was
//! set aside is tried again.
//!
//! A record that is refused is cut out of the request, and the refusal put into the answer at its place: the
//! server's signature is over the others, as it would be.

use std::cell::RefCell;
use std::collections::BTreeSet;

use case_core::id::RecordId;
use case_core::time::Moment;
use case_core::wire::bytes::Bytes;
use case_core::wire::sync::{
    CompareRequest, CompareResponse, MAX_PUSH, Outcome, PushRequest, PushResponse, SealedRequest, SetAside,
};
use case_offline::api;
use case_offline::transport::{Body, Method, Reply, Request};
use serde::Deserialize;

use crate::power::{Outside, answer};
use crate::random::Random;

/// See the module.
pub struct Gate {
    /// Requests with records may be so large.
    largest: usize,
    random: Random,
    /// Records that it ever had set aside.
    pub refused: RefCell<BTreeSet<RecordId>>,
}

/// What an older server makes of a record: the same at each try.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Older {
    Reads,
    /// It sets the record aside.
    CannotRead,
    /// It turns away the whole request.
    CannotReadRequest,
}

fn older(id: RecordId) -> Older {
    match (id.0.as_u128() >> 16) % 60 {
        0 => Older::CannotRead,
        1 => Older::CannotReadRequest,
        _ => Older::Reads,
    }
}

/// As much of a record as is asked for here.
#[derive(Deserialize)]
struct Record {
    id: RecordId,
    sequence: u64,
}

/// A request with records, open or sealed.
enum Batch {
    Open(PushRequest),
    Sealed(SealedRequest),
}

impl Batch {
    fn of(path: &str, json: &str) -> Option<Self> {
        match path {
            api::PUSH => Some(Self::Open(serde_json::from_str(json).unwrap())),
            api::SEALED => Some(Self::Sealed(serde_json::from_str(json).unwrap())),
            _ => None,
        }
    }

    fn ids(&self) -> Vec<RecordId> {
        match self {
            Self::Open(push) => {
                push.records.iter().map(|raw| serde_json::from_str::<Record>(raw.get()).unwrap().id).collect()
            }
            Self::Sealed(push) => push.envelopes.iter().map(|envelope| envelope.id).collect(),
        }
    }

    /// Whether it is what was set aside, handed in before a wipe.
    fn is_last(&self) -> bool {
        matches!(self, Self::Sealed(SealedRequest { keep: true, .. }))
    }

    /// Records come in the order in which they were made, not too many at a time.
    fn is_in_order(&self) {
        let Self::Open(push) = self else { return };
        assert!((1..=MAX_PUSH).contains(&push.records.len()), "a push has so many records: {}", push.records.len());
        let sequence = |raw: &str| serde_json::from_str::<Record>(raw).unwrap().sequence;
        assert!(
            push.records.iter().map(|raw| sequence(raw.get())).is_sorted_by(|a, b| a < b),
            "records are sent out of order"
        );
    }

    /// Without those for which there is an outcome already; `None`: nothing is left.
    fn without(mut self, outcomes: &[Option<Outcome>]) -> Option<String> {
        let mut open = outcomes.iter().map(Option::is_none);
        let mut left = || open.next().unwrap_or(true);
        match &mut self {
            Self::Open(push) => push.records.retain(|_| left()),
            Self::Sealed(push) => push.envelopes.retain(|_| left()),
        }
        match &self {
            Self::Open(push) => (!push.records.is_empty()).then(|| serde_json::to_string(push).unwrap()),
            Self::Sealed(push) => (!push.envelopes.is_empty()).then(|| serde_json::to_string(push).unwrap()),
        }
    }
}

impl Gate {
    /// On half of the lines large requests do not pass.
    #[must_use]
    pub fn new(random: Random) -> Self {
        let largest = if random.permille(500) { 1_500 + random.place(8_000) } else { usize::MAX };
        Self { largest, random, refused: RefCell::default() }
    }

    /// Lets a request through, or not.
    pub fn pass(
        &self,
        outside: &Outside,
        request: &Request,
        mut ask: impl FnMut(&Request) -> Option<Reply>,
    ) -> Option<Reply> {
        assert!(request.device.is_some(), "every request names the device");
        let Body::Json(json) = &request.body else { return ask(request) };
        if request.path == api::COMPARE {
            return ask(request).map(|reply| self.other_content(outside, json, reply));
        }
        let Some(batch) = Batch::of(&request.path, json) else { return ask(request) };
        let ids = batch.ids();
        batch.is_in_order();
        // A phone that is to be wiped may come when the server is a newer one again.
        if batch.is_last() && self.random.permille(500) {
            outside.count(|tally| &mut tally.handed_in);
            return ask(request);
        }
        if json.len() > self.largest {
            outside.count(|tally| &mut tally.too_large);
            self.note_alone(&ids);
            return Some(answer(413, "<html>too large</html>"));
        }
        if ids.iter().any(|id| older(*id) == Older::CannotReadRequest) {
            outside.count(|tally| &mut tally.unreadable);
            self.note_alone(&ids);
            return Some(answer(400, r#"{"problem":"malformed","detail":"records","message":"…"}"#));
        }
        let outcomes: Vec<Option<Outcome>> = ids.iter().map(|id| self.outcome(outside, *id)).collect();
        let reply = if outcomes.iter().all(Option::is_none) {
            ask(request)?
        } else {
            match batch.without(&outcomes) {
                Some(json) => ask(&Request { body: Body::Json(json), ..request.clone() })?,
                None if request.path == api::PUSH => {
                    // Only who may send is answered at all.
                    let who = Request {
                        method: Method::Get,
                        path: api::SESSION.to_owned(),
                        body: Body::Empty,
                        ..request.clone()
                    };
                    let allowed = ask(&who)?;
                    if allowed.status != 200 {
                        return Some(allowed);
                    }
                    nothing_stored(outside)
                }
                None => nothing_stored(outside),
            }
        };
        Some(self.mixed_up(outside, put_in(reply, outcomes)))
    }

    /// What is refused alone is set aside.
    fn note_alone(&self, ids: &[RecordId]) {
        if let [only] = ids {
            self.refused.borrow_mut().insert(*only);
        }
    }

    fn outcome(&self, outside: &Outside, id: RecordId) -> Option<Outcome> {
        if older(id) == Older::CannotRead {
            outside.count(|tally| &mut tally.set_aside);
            self.refused.borrow_mut().insert(id);
            let reason = SetAside::Unreadable { detail: "an older server".to_owned() };
            return Some(Outcome::SetAside { id: Some(id).filter(|_| self.random.permille(500)), reason });
        }
        self.random.permille(20).then(|| {
            outside.count(|tally| &mut tally.put_off);
            Outcome::TryLater { id }
        })
    }

    /// An answer about something else, or about too few.
    fn mixed_up(&self, outside: &Outside, reply: Reply) -> Reply {
        if reply.status != 200 || !self.random.permille(15) {
            return reply;
        }
        let Ok(mut response) = serde_json::from_str::<PushResponse>(&reply.body) else { return reply };
        outside.count(|tally| &mut tally.mixed_up);
        match self.random.below(3) {
            0 => response.outcomes.rotate_left(1),
            1 => drop(response.outcomes.pop()),
            _ => response.signature.0.reverse(),
        }
        Reply { body: serde_json::to_string(&response).unwrap(), ..reply }
    }

    /// A comparison finds other content, where there is none.
    fn other_content(&self, outside: &Outside, json: &str, reply: Reply) -> Reply {
        if reply.status != 200 || !self.random.permille(30) {
            return reply;
        }
        let asked: CompareRequest = serde_json::from_str(json).unwrap();
        let Some((id, _)) = asked.held.get(self.random.place(asked.held.len())) else { return reply };
        let mut response: CompareResponse = serde_json::from_str(&reply.body).unwrap();
        if response.missing.contains(id) || response.different.contains(id) {
            return reply;
        }
        outside.count(|tally| &mut tally.other_content);
        self.refused.borrow_mut().insert(*id);
        response.different.push(*id);
        Reply { body: serde_json::to_string(&response).unwrap(), ..reply }
    }
}

fn nothing_stored(outside: &Outside) -> Reply {
    let server_time = Moment(outside.now.get());
    let response = PushResponse { server_time, outcomes: Vec::new(), signature: Bytes::default() };
    answer(200, &serde_json::to_string(&response).unwrap())
}

/// Puts outcomes in between those of the answer.
fn put_in(reply: Reply, outcomes: Vec<Option<Outcome>>) -> Reply {
    if reply.status != 200 || outcomes.iter().all(Option::is_none) {
        return reply;
    }
    let mut response: PushResponse = serde_json::from_str(&reply.body).unwrap();
    let mut given = std::mem::take(&mut response.outcomes).into_iter();
    response.outcomes = outcomes.into_iter().filter_map(|outcome| outcome.or_else(|| given.next())).collect();
    Reply { body: serde_json::to_string(&response).unwrap(), ..reply }
}
