//! What officials do, and what they were told: the truth that the checks compare with.

use std::cell::{Cell, RefCell};
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use case_core::digest::Digest;
use case_core::field::{About, Attachment, AttachmentKind, Media, Payload, Record};
use case_core::id::{AccountId, RecordId};
use case_offline::draft::{DraftKind, DraftState};
use case_offline::phone::{Job, PhoneError};
use case_offline::status::Lock;
use serde_json::{Value, json};

use crate::device::Due;
use crate::office::{OFFICIALS, PASSWORD, account};
use crate::power::{Outside, SimPhone};
use crate::random::Random;

/// Each official's PIN.
pub const PINS: [&str; 3] = ["135791", "246802", "975310"];

/// A record that somebody was told is saved.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Saved {
    /// Whose.
    pub by: AccountId,
    /// Its content.
    pub digest: Digest,
    /// On which phone.
    pub device: usize,
    /// The phone need not have it any more: it was delivered, and then wiped or forgotten.
    pub released: bool,
}

/// What the phones have told their officials.
#[derive(Default)]
pub struct Told {
    /// "Saved".
    pub saved: BTreeMap<RecordId, Saved>,
    /// The newest text of a draft that was said to be on disk, with whose it is and where.
    pub drafts: BTreeMap<RecordId, (AccountId, usize, u64)>,
    /// The newest text ever typed there.
    pub typed: BTreeMap<RecordId, u64>,
    /// A commit was begun: it may or may not have come to pass before the power went.
    pub tried: BTreeSet<RecordId>,
    /// Drafts that were thrown away.
    pub thrown_away: BTreeSet<RecordId>,
    /// Codes that were told to petitioners, and from which phone, by whom.
    pub codes: BTreeMap<String, (usize, AccountId)>,
    /// Who was ever shut out where: what they had there may have been delivered and wiped.
    pub shut_out: BTreeSet<(usize, AccountId)>,
}

/// One official at one tab.
#[derive(Clone)]
pub struct Hands {
    /// The phone.
    pub phone: SimPhone,
    /// Which one.
    pub device: usize,
    /// The world.
    pub outside: Rc<Outside>,
    /// What was said.
    pub told: Rc<RefCell<Told>>,
    /// When the engine wants to be stepped.
    pub due: Rc<Cell<Due>>,
}

/// Which of the three it is.
#[must_use]
pub fn number(who: AccountId) -> usize {
    (0..OFFICIALS.len()).find(|n| account(*n) == who).unwrap_or(0)
}

impl Hands {
    fn random(&self) -> &Random {
        &self.outside.random
    }

    fn tell(&self, what: impl FnOnce() -> String) {
        self.outside.tell(|| format!("phone {}: {}", self.device, what()));
    }

    /// Signs in, and sees to the PIN.
    pub async fn sign_in(self, who: usize) {
        let result = self.phone.sign_in(OFFICIALS[who].0.to_owned(), PASSWORD.to_owned()).await;
        self.tell(|| {
            format!("{} signs in: {:?}, {:?}", OFFICIALS[who].0, result.as_ref().map(drop), self.phone.lock())
        });
        if result.is_ok() && self.phone.lock() == Lock::ChoosePin && self.random().permille(900) {
            let _chosen = self.phone.choose_pin(PINS[who]).await;
        }
        self.due.set(Due::Now);
    }

    /// Opens what is locked, sometimes after a wrong try.
    pub async fn unlock(self) {
        let Some(session) = self.phone.session() else { return };
        let who = number(session.actor.account);
        match self.phone.lock() {
            Lock::ChoosePin => {
                let _chosen = self.phone.choose_pin(PINS[who]).await;
            }
            Lock::Locked { tries_left: 0, .. } => self.sign_in(who).await,
            Lock::Expired { .. } => {
                self.outside.count(|tally| &mut tally.expired);
                self.sign_in(who).await;
            }
            Lock::Locked { .. } => {
                let wrong = self.random().permille(150);
                if wrong {
                    self.outside.count(|tally| &mut tally.wrong_pins);
                }
                let opened = self.phone.unlock(if wrong { "313233" } else { PINS[who] }).await;
                assert!(!(wrong && opened.is_ok()), "a wrong PIN opens");
                self.tell(|| format!("PIN {}: {opened:?}", if wrong { "wrong" } else { "right" }));
            }
            _ => {}
        }
    }

    /// What a form would hold.
    fn choose(&self) -> Option<(DraftKind, u64)> {
        let random = self.random();
        let work = self.phone.work();
        let all = work.all();
        let households: Vec<_> = work.households().map(|card| card.id).collect();
        let matters: Vec<_> = work.matters().map(|card| card.id).collect();
        if all.is_empty() {
            return None;
        }
        let household = households.get(random.place(households.len())).copied();
        let matter = matters.get(random.place(matters.len())).copied();
        let about = match (household, matter) {
            (Some(id), None) => About::Household(id),
            (_, Some(id)) => About::Matter(id),
            (None, None) => return None,
        };
        let which = random.below(100);
        Some((
            match which {
                0..40 => DraftKind::HouseholdVisit { household: household? },
                40..48 => DraftKind::ReturnVisit { matter: matter? },
                48..54 => DraftKind::Reception,
                54..70 => DraftKind::Intake { household },
                70..80 => DraftKind::Note(about),
                80..86 => DraftKind::Evidence(about),
                86..88 => DraftKind::Correction(self.told.borrow().saved.keys().nth(random.place(20)).copied()?),
                _ => DraftKind::RosterEdit(household?),
            },
            which,
        ))
    }

    async fn files(&self, few: bool) -> Vec<Attachment> {
        let random = self.random();
        let count = if few { random.below(10) / 8 } else { 1 + random.below(2) };
        let mut files = Vec::new();
        for _ in 0..count {
            let length = if random.permille(60) { 70_000 + random.below(150_000) } else { 40 + random.below(900) };
            let mut bytes = vec![0xFF, 0xD8, 0xFF, 0xE0];
            bytes.extend(random.next().to_be_bytes());
            bytes.resize(usize::try_from(length).unwrap(), 7);
            if let Ok(file) = self.phone.add_file(bytes, AttachmentKind::Photo, Media::Jpeg).await {
                files.push(file);
            }
        }
        files
    }

    /// A code for the petitioner at the door.
    async fn code(&self) -> Value {
        match self.phone.take_code().await {
            Ok(Some(code)) => {
                self.outside.count(|tally| &mut tally.codes_given);
                // Whoever has signed out in the meantime saves nothing any more.
                let Some(session) = self.phone.session() else { return Value::Null };
                let who = session.actor.account;
                let before = self.told.borrow_mut().codes.insert(code.digits(), (self.device, who));
                assert!(before.is_none(), "two petitioners have the same code: {before:?}, {:?}", (self.device, who));
                json!(code)
            }
            _ => Value::Null,
        }
    }

    async fn payload(&self, kind: &DraftKind, id: RecordId) -> Option<Payload> {
        let random = self.random();
        let at = self.phone.now();
        let raise = |code: Value| {
            json!({"id": self.phone.new_matter_id(), "title": "自来水停水", "demands": ["恢复供水"],
                "category": "construction", "petitioner": "李大爷", "phone": "13900005678", "code": code})
        };
        let note = format!("{id}");
        let mut body = match kind {
            DraftKind::HouseholdVisit { household } => {
                let files = self.files(true).await;
                let mut items = Vec::new();
                if random.permille(200) {
                    items.push(json!({"kind": "demand", "summary": "停水", "raise": raise(self.code().await)}));
                }
                json!({"kind": "household_visit", "household": household, "started": at, "result": "met_person",
                    "note": note, "items": items, "attachments": files})
            }
            DraftKind::ReturnVisit { matter } => {
                let work = self.phone.work();
                let card = work.matters().find(|card| card.id == *matter)?.clone();
                json!({"kind": "return_visit", "matter": matter, "round": card.round, "demands": card.demands.len(),
                    "at": at, "mode": "at_home", "outcome": {"outcome": "not_reached", "reason": note}})
            }
            DraftKind::Reception => json!({"kind": "reception", "at": at, "place": "村委会", "visitor": "张三",
                "people": 2, "subject": note, "attachments": self.files(true).await}),
            DraftKind::Intake { household } => json!({"kind": "intake", "at": at, "household": household,
                "content": note, "matter": raise(self.code().await), "attachments": self.files(true).await}),
            DraftKind::Note(about) => json!({"kind": "note", "about": about, "at": at, "text": note}),
            DraftKind::Evidence(about) => {
                let files = self.files(false).await;
                if files.is_empty() {
                    // The disk is full, and there is nothing to be handed in.
                    return None;
                }
                json!({"kind": "evidence", "about": about, "at": at, "title": note, "attachments": files})
            }
            DraftKind::Correction(corrects) => {
                let household = self.phone.work().households().next()?.id;
                json!({"kind": "correction", "corrects": corrects, "about": About::Household(household), "text": note})
            }
            DraftKind::RosterEdit(household) => {
                let saw = self.phone.work().household(*household)?.phone.clone();
                let new = format!("137{:08}", random.below(100_000_000));
                json!({"kind": "roster_edit", "household": household, "changes": [
                    {"saw": {"field": "phone", "value": saw}, "new": {"field": "phone", "value": new}}]})
            }
            DraftKind::Free { .. } => return None,
        };
        // An absent list is written as none.
        if body["attachments"].is_null()
            && let Some(fields) = body.as_object_mut()
        {
            fields.remove("attachments");
        }
        serde_json::from_value(body).map_err(|error| panic!("{error}: {kind:?}")).ok()
    }

    /// Fills in a form, perhaps saves it, perhaps twice.
    pub async fn fill_in(self, spawn_second: impl Fn(Job)) {
        let random = self.random().clone();
        let Some((kind, _)) = self.choose() else { return };
        let Ok(form) = self.phone.open_draft(kind.clone()).await else { return };
        let (id, owner) = (form.id(), form.owner());
        for _ in 0..1 + random.below(4) {
            let text = {
                let mut told = self.told.borrow_mut();
                let text = told.typed.entry(id).or_default();
                *text += 1;
                *text
            };
            form.keep(&json!({ "text": text }));
            if random.permille(500) && form.kept().await == DraftState::Saved {
                let mut told = self.told.borrow_mut();
                let kept = told.drafts.entry(id).or_insert((owner, self.device, 0));
                kept.2 = kept.2.max(text);
            }
        }
        match random.below(20) {
            0..17 => {}
            17 => {
                self.told.borrow_mut().thrown_away.insert(id);
                let _result = form.discard().await;
                return;
            }
            _ => return,
        }
        // The form is on disk before the camera opens.
        let _kept = form.kept().await;
        let Some(payload) = self.payload(&kind, id).await else { return };
        self.told.borrow_mut().tried.insert(id);
        if random.permille(200) {
            self.outside.count(|tally| &mut tally.double_taps);
            let (form, payload, hands) = (form.clone(), payload.clone(), self.clone());
            spawn_second(Box::pin(async move {
                if let Ok(committed) = form.commit(payload).await {
                    hands.note_saved(id, &committed.entry.record);
                }
            }));
        }
        match form.commit(payload).await {
            Ok(committed) => {
                self.tell(|| format!("saved {} {id}", committed.entry.record.payload.kind().code()));
                self.note_saved(id, &committed.entry.record);
            }
            Err(PhoneError::Incomplete(fault)) => panic!("{fault}: {kind:?}"),
            Err(error) => {
                self.tell(|| format!("not saved: {error}"));
                self.outside.count(|tally| &mut tally.refused_by_disk);
            }
        }
    }

    fn note_saved(&self, id: RecordId, record: &Record) {
        assert_eq!(record.id, id, "the draft's id is the record's");
        self.outside.used(self.device);
        let saved = Saved { by: record.by, digest: record.digest(), device: self.device, released: false };
        let mut told = self.told.borrow_mut();
        if let Some(before) = told.saved.get(&id) {
            assert_eq!((before.by, before.digest), (saved.by, saved.digest), "two taps, one record");
            return;
        }
        told.saved.insert(id, saved);
    }

    /// Sends again what was set aside.
    pub async fn try_again(self) {
        let Ok(outbox) = self.phone.outbox().await else { return };
        for entry in outbox.iter().filter(|entry| entry.is_set_aside()) {
            if self.phone.retry(entry.record.id).await.is_ok() {
                self.outside.count(|tally| &mut tally.tried_again);
            }
        }
    }

    /// Settles a clash of the roster: mine, or theirs.
    pub async fn settle(self) {
        let Ok(clashes) = self.phone.clashes().await else { return };
        let Some(clash) = clashes.first() else { return };
        let Payload::RosterEdit(edit) = &clash.edit.record.payload else { return };
        let kind = DraftKind::RosterEdit(edit.household);
        let Ok(form) = self.phone.open_draft(kind).await else { return };
        let theirs = clash.card.phone.clone();
        let new = if self.random().permille(500) {
            json!(edit.changes[0].new)
        } else {
            json!({"field": "phone", "value": theirs})
        };
        let payload = json!({"kind": "roster_edit", "household": edit.household, "settles": clash.edit.record.id,
            "changes": [{"saw": {"field": "phone", "value": theirs}, "new": new}]});
        let id = form.id();
        self.told.borrow_mut().tried.insert(id);
        if let Ok(committed) = form.commit(serde_json::from_value(payload).unwrap()).await {
            self.note_saved(id, &committed.entry.record);
        }
    }
}
