//! An honest server in a few lines, unless the next answers are scripted.

use std::cell::{Cell, RefCell};
use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::rc::Rc;
use std::task::Poll;

use case_core::code::QueryCode;
use case_core::digest::Digest;
use case_core::field::{Flag, Record};
use case_core::id::RecordId;
use case_core::time::Moment;
use case_core::wire::bytes::Bytes;
use case_core::wire::receipt::{self, Receipt};
use case_core::wire::sync::{
    CodesRequest, CodesResponse, CompareRequest, CompareResponse, Opened, Outcome, PullResponse, PushRequest,
    PushResponse, SealedRequest, SetAside, Stored, Upload, UploadState, WorkItem,
};
use serde_json::json;
use serde_json::value::RawValue;

use crate::api;
use crate::crypto::cheap;
use crate::environment::Environment;
use crate::sample::{SERVER_KEY, account, session_of};
use crate::transport::{Broken, Method, Reply, Request, Transport};

/// What the receipt of a record is made of: id, digest, digests of its files.
pub(crate) type Of = (RecordId, Digest, Vec<Digest>);

/// A record on the server.
#[derive(Clone)]
pub(crate) struct Taken {
    pub(crate) record: Record,
    pub(crate) digest: Digest,
    pub(crate) stored: Stored,
    /// How often it came.
    pub(crate) times: u32,
    /// Whether it came in an envelope.
    pub(crate) sealed: bool,
}

/// An upload on the server: bytes from the beginning, and whether they were checked.
#[derive(Clone, Default)]
pub(crate) struct Part {
    pub(crate) bytes: Vec<u8>,
    pub(crate) whole: bool,
    pub(crate) lost: bool,
}

#[derive(Default)]
pub(crate) struct Script {
    pub(crate) next: RefCell<VecDeque<Result<Reply, Broken>>>,
    /// The work is done, then the reply is lost.
    pub(crate) lose_replies: Cell<u32>,
    pub(crate) largest: Cell<usize>,
    /// Answers come only when asked for a second time.
    pub(crate) slow: Cell<bool>,
    /// Nothing is answered as long as this is set.
    pub(crate) hangs: Cell<bool>,
    /// Signs under another key than it says.
    pub(crate) forges: Cell<bool>,
    /// Records of which it has something else than it says.
    pub(crate) lies: RefCell<BTreeSet<RecordId>>,
    /// Everything but sealed records and files is refused: the device is shut out.
    pub(crate) revoked: Cell<bool>,
    /// Records that it cannot read.
    pub(crate) unreadable: RefCell<BTreeSet<RecordId>>,
    /// Of those, the ones that it keeps as they are.
    pub(crate) kept: RefCell<BTreeSet<RecordId>>,
    /// It is of before the time when records were kept as they are.
    pub(crate) keeps_none: Cell<bool>,
    /// No cookie is valid.
    pub(crate) signed_out: Cell<bool>,
    /// Whose cookie it is.
    pub(crate) who: Cell<u128>,
    pub(crate) lineage: Cell<u32>,
    pub(crate) flag: Cell<Option<Flag>>,
    pub(crate) taken: RefCell<BTreeMap<RecordId, Taken>>,
    pub(crate) uploads: RefCell<BTreeMap<Digest, Part>>,
    pub(crate) asked: RefCell<Vec<String>>,
    pub(crate) pages: RefCell<VecDeque<PullResponse>>,
    /// What each push was to come behind.
    pub(crate) after: RefCell<Vec<Option<RecordId>>>,
    pub(crate) cursors: RefCell<Vec<Option<String>>>,
    /// What a piece takes on the line, by the clock of the scene.
    pub(crate) slow_line: RefCell<Option<(Hand, i64)>>,
    pub(crate) pieces: RefCell<Vec<usize>>,
}

pub(crate) fn ok(body: &impl serde::Serialize) -> Reply {
    Reply { status: 200, retry_after: None, body: serde_json::to_string(body).unwrap() }
}

pub(crate) fn problem(status: u16, word: &str) -> Result<Reply, Broken> {
    let body = json!({"problem": word, "detail": "", "message": "…"}).to_string();
    Ok(Reply { status, retry_after: None, body })
}

pub(crate) fn page(cursor: &str, more: bool, items: Vec<WorkItem>) -> PullResponse {
    let (cursor, server_time) = (cursor.to_owned(), Moment(0));
    PullResponse { reset: false, items, gone: vec![], cursor, more, server_time }
}

/// A clock that stands still until it is moved.
#[derive(Clone, Default)]
pub(crate) struct Hand(pub(crate) Rc<Cell<i64>>, Rc<Cell<u8>>);

impl Environment for Hand {
    fn now(&self) -> Moment {
        Moment(self.0.get())
    }
    fn random(&self) -> [u8; 10] {
        self.1.set(self.1.get() + 1);
        [self.1.get(); 10]
    }
}

/// The signature of an answer, as an honest server makes it.
pub(crate) fn signed(records: &[Of], outcomes: Vec<Outcome>, key: &[u8]) -> PushResponse {
    let leaves: Vec<Digest> = records
        .iter()
        .zip(&outcomes)
        .filter_map(|((id, digest, files), outcome)| match outcome {
            Outcome::Stored(stored) => Some(
                Receipt {
                    id: *id,
                    sequence: stored.sequence,
                    received_at: stored.received_at,
                    digest: *digest,
                    attachments: files.clone(),
                    flags: stored.flags.clone(),
                    raised: stored.raised.clone(),
                }
                .leaf(),
            ),
            Outcome::Kept { .. } => Some(receipt::kept_leaf(*id, *digest)),
            _ => None,
        })
        .collect();
    let signature = if leaves.is_empty() {
        Bytes::default()
    } else {
        Bytes(cheap::sign(key, &receipt::signed_text(receipt::root(&leaves))))
    };
    PushResponse { server_time: Moment(0), outcomes, signature }
}

#[derive(serde::Deserialize)]
struct Named {
    id: RecordId,
}

impl Named {
    fn of(raw: &RawValue) -> Self {
        serde_json::from_str(raw.get()).unwrap()
    }
}

impl Script {
    fn take_in(&self, raw: &RawValue, sealed: bool, keep: bool) -> (Outcome, Of) {
        let record: Record = serde_json::from_str(raw.get()).unwrap();
        let digest = Digest::of_bytes(raw.get().as_bytes());
        let files = record.payload.attachments().iter().map(|file| file.digest).collect();
        let of = (record.id, digest, files);
        if self.unreadable.borrow().contains(&of.0) {
            if keep && !self.keeps_none.get() {
                self.kept.borrow_mut().insert(of.0);
                return (Outcome::Kept { id: of.0 }, of);
            }
            let reason = SetAside::Unreadable { detail: String::new() };
            return (Outcome::SetAside { id: Some(of.0), reason }, of);
        }
        let mut taken = self.taken.borrow_mut();
        let sequence = i64::try_from(taken.len()).unwrap() + 1;
        let known = taken.entry(record.id).or_insert_with(|| {
            let flags = self.flag.get().into_iter().collect();
            let stored = Stored { sequence, received_at: Moment(sequence), flags, raised: vec![] };
            Taken { record, digest, stored, times: 0, sealed }
        });
        known.times += 1;
        if known.digest != digest {
            return (Outcome::SetAside { id: Some(of.0), reason: SetAside::IdTaken }, of);
        }
        let mut of = of;
        if self.lies.borrow().contains(&of.0) {
            of.1 = Digest::of_bytes(b"something else");
        }
        (Outcome::Stored(known.stored.clone()), of)
    }

    fn answer_records(&self, taken: Vec<(Outcome, Of)>) -> Result<Reply, Broken> {
        let (outcomes, of): (Vec<_>, Vec<_>) = taken.into_iter().unzip();
        if self.lose_replies.get() > 0 {
            self.lose_replies.set(self.lose_replies.get() - 1);
            return Err(Broken::Timeout);
        }
        let key: &[u8] = if self.forges.get() { b"another" } else { SERVER_KEY };
        Ok(ok(&signed(&of, outcomes, key)))
    }

    fn compare(&self, body: &str) -> Reply {
        let request: CompareRequest = serde_json::from_str(body).unwrap();
        let taken = self.taken.borrow();
        let lies = self.lies.borrow();
        let other = Digest::of_bytes(b"something else");
        let has = |id: &RecordId| taken.get(id).map(|known| if lies.contains(id) { other } else { known.digest });
        let missing = request.held.iter().filter(|(id, _)| has(id).is_none()).map(|(id, _)| *id).collect();
        let different =
            request.held.iter().filter(|(id, digest)| has(id).is_some_and(|has| has != *digest)).map(|(id, _)| *id);
        let uploads = self.uploads.borrow();
        let asked: BTreeSet<RecordId> = request.held.iter().map(|(id, _)| *id).collect();
        let named = taken.values().filter(|known| asked.contains(&known.record.id));
        let files_missing = named
            .flat_map(|known| known.record.payload.attachments())
            .map(|file| file.sealed)
            .filter(|sealed| !uploads.get(sealed).is_some_and(|part| part.whole))
            .collect();
        ok(&CompareResponse {
            lineage: self.lineage.get().to_string(),
            server_time: Moment(0),
            missing,
            different: different.collect(),
            files_missing,
            yours: u32::try_from(taken.len()).unwrap(),
        })
    }

    fn upload(&self, request: &Request, rest: &str) -> Result<Reply, Broken> {
        let sealed = Digest::from_hex(&rest[..64]).unwrap();
        let taken = self.taken.borrow();
        let named =
            taken.values().flat_map(|known| known.record.payload.attachments()).find(|file| file.sealed == sealed);
        let Some(file) = named else { return problem(404, "not_found") };
        let mut uploads = self.uploads.borrow_mut();
        let part = uploads.entry(sealed).or_default();
        if rest.ends_with("/lost") {
            part.lost = !part.whole;
        } else if let Some((_, at)) = rest.split_once("?at=") {
            let piece = request.body.bytes();
            self.pieces.borrow_mut().push(piece.len());
            if let Some((clock, ms)) = &*self.slow_line.borrow() {
                clock.0.set(clock.0.get() + ms);
            }
            if at.parse() == Ok(part.bytes.len()) {
                part.bytes.extend_from_slice(piece);
            }
            if part.bytes.len() == file.sealed_bytes() as usize {
                part.whole = Digest::of_bytes(&part.bytes) == sealed;
                assert!(part.whole, "the pieces make the file");
            }
        }
        let state = match part {
            Part { whole: true, .. } => UploadState::Complete,
            Part { lost: true, .. } => UploadState::Lost,
            _ => UploadState::Partial,
        };
        let have = u32::try_from(part.bytes.len()).unwrap();
        if request.method == Method::Post && self.lose_replies.get() > 0 {
            self.lose_replies.set(self.lose_replies.get() - 1);
            return Err(Broken::Timeout);
        }
        Ok(ok(&Upload { have, state }))
    }

    fn codes(&self, body: &str) -> Reply {
        let request: CodesRequest = serde_json::from_str(body).unwrap();
        let first = request.beyond + 1;
        let unused = (first..first + 20).map(|n| {
            let mut digits = format!("{:011}", 12_345_000_000_u64 + u64::from(n));
            // The check digit is found by trying.
            digits.push('0');
            (0..10_u8)
                .find_map(|last| {
                    digits.pop();
                    digits.push(char::from(b'0' + last));
                    QueryCode::parse(&digits).ok()
                })
                .unwrap()
        });
        ok(&CodesResponse { codes: unused.collect(), upto: first + 19 })
    }
}

impl Transport for Rc<Script> {
    async fn send(&self, request: Request) -> Result<Reply, Broken> {
        self.asked.borrow_mut().push(format!("{:?} {}", request.method, request.path));
        let mut ready = !self.slow.get();
        std::future::poll_fn(|_| match std::mem::replace(&mut ready, true) && !self.hangs.get() {
            true => Poll::Ready(()),
            false => Poll::Pending,
        })
        .await;
        assert!(request.device.is_some(), "every request names the device");
        let body = request.body.json().unwrap_or_default();
        let free = request.path == api::SEALED || request.path.starts_with(api::ATTACHMENTS);
        if request.path != api::SESSION
            && let Some(answer) = self.next.borrow_mut().pop_front()
        {
            return answer;
        }
        if self.revoked.get() && !free {
            return problem(403, "device_revoked");
        }
        if self.signed_out.get() && !free && request.method == Method::Get {
            return problem(401, "sign_in_again");
        }
        match request.path.as_str() {
            api::SESSION => Ok(ok(&session_of(account(self.who.get().max(1)), Moment(0), self.lineage.get()))),
            api::PUSH | api::SEALED if self.largest.get() > 0 && body.len() > self.largest.get() => {
                problem(413, "too_large")
            }
            api::PUSH => {
                let body: PushRequest = serde_json::from_str(body).unwrap();
                self.after.borrow_mut().push(body.after);
                if body.after.is_some_and(|after| !self.taken.borrow().contains_key(&after)) {
                    let later = |raw: &RawValue| Outcome::TryLater { id: Named::of(raw).id };
                    let outcomes = body.records.iter().map(|raw| later(raw)).collect();
                    return Ok(ok(&signed(&[], outcomes, SERVER_KEY)));
                }
                self.answer_records(body.records.iter().map(|raw| self.take_in(raw, false, false)).collect())
            }
            api::SEALED => {
                let body: SealedRequest = serde_json::from_str(body).unwrap();
                let opened = body.envelopes.iter().map(|envelope| {
                    let plain = cheap::open(SERVER_KEY, &envelope.blob.0).expect("sealed to this server");
                    let opened: Opened = serde_json::from_slice(&plain).unwrap();
                    let record: Record = serde_json::from_str(opened.record.get()).unwrap();
                    assert_eq!((record.id, record.by), (envelope.id, envelope.account));
                    self.take_in(&opened.record, true, body.keep)
                });
                let opened = opened.collect();
                self.answer_records(opened)
            }
            api::COMPARE => Ok(self.compare(body)),
            api::CODES => Ok(self.codes(body)),
            api::PULL => {
                let body: serde_json::Value = serde_json::from_str(body).unwrap();
                self.cursors.borrow_mut().push(body["cursor"].as_str().map(str::to_owned));
                Ok(ok(&self.pages.borrow_mut().pop_front().unwrap_or_else(|| page("end", false, vec![]))))
            }
            path => match path.strip_prefix(api::ATTACHMENTS) {
                Some(rest) => self.upload(&request, rest),
                None => problem(404, "not_found"),
            },
        }
    }
}
