//! What officials do, and what they were told: the truth that the checks compare with.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use case_core::digest::Digest;
use case_core::id::HouseholdId;
use case_core::id::{AccountId, RecordId};
use serde_json::json;
use uuid::Uuid;

use super::power::{Due, SimPhone};
use super::random::Random;
use crate::draft::{DraftKind, DraftState};
use crate::sample::visit;

/// What the phone has told its officials.
#[derive(Default)]
pub struct Told {
    /// "Saved": whose, and the content.
    pub saved: BTreeMap<RecordId, (AccountId, Digest)>,
    /// The newest text of a draft that was said to be on disk, and every text ever typed there.
    pub drafts: BTreeMap<RecordId, (AccountId, u64)>,
    pub typed: BTreeMap<RecordId, u64>,
    /// A commit was begun: it may or may not have come to pass before the power went.
    pub tried: BTreeSet<RecordId>,
    pub thrown_away: BTreeSet<RecordId>,
    pub double_taps: u64,
    pub refused_by_disk: u64,
}

/// Fills in a form, perhaps saves it, perhaps twice.
pub async fn fill_in(
    phone: SimPhone,
    random: Random,
    told: Rc<RefCell<Told>>,
    spawn_second: impl Fn(crate::phone::Job),
) {
    let n = u128::from(random.below(6));
    let household = HouseholdId(Uuid::from_u128(0x4000_0000 + n));
    let Ok(form) = phone.open_draft(DraftKind::HouseholdVisit { household }).await else { return };
    let (id, owner) = (form.id(), form.owner());
    for _ in 0..random.below(6) {
        let text = {
            let mut told = told.borrow_mut();
            let text = told.typed.entry(id).or_default();
            *text += 1;
            *text
        };
        form.keep(&json!({ "text": text }));
        if random.permille(400) && form.kept().await == DraftState::Saved {
            let mut told = told.borrow_mut();
            let kept = told.drafts.entry(id).or_insert((owner, 0));
            kept.1 = kept.1.max(text);
        }
    }
    match random.below(10) {
        0..6 => {}
        6 => {
            told.borrow_mut().thrown_away.insert(id);
            let _result = form.discard().await;
            return;
        }
        _ => return,
    }
    let kind = match random.below(40) {
        0 => "poison ",
        1 => "malformed ",
        2 => "altered ",
        3..6 => &"长".repeat(300),
        _ => "",
    };
    let payload = visit(n, &format!("{kind}{id}"));
    told.borrow_mut().tried.insert(id);
    if random.permille(300) {
        told.borrow_mut().double_taps += 1;
        let (form, payload, told) = (form.clone(), payload.clone(), Rc::clone(&told));
        spawn_second(Box::pin(async move {
            if let Ok(committed) = form.commit(payload).await {
                note_saved(&told, id, &committed.entry.record);
            }
        }));
    }
    match form.commit(payload).await {
        Ok(committed) => note_saved(&told, id, &committed.entry.record),
        Err(_) => told.borrow_mut().refused_by_disk += 1,
    }
}

fn note_saved(told: &Rc<RefCell<Told>>, id: RecordId, record: &case_core::field::Record) {
    assert_eq!(record.id, id, "the draft's id is the record's");
    let mut told = told.borrow_mut();
    let before = told.saved.insert(id, (record.by, record.digest()));
    if let Some(before) = before {
        assert_eq!(before, (record.by, record.digest()), "two taps, one record");
    }
}

/// Signs in as one of three officials who share the phones.
pub async fn sign_in(phone: SimPhone, who: u64, due: Rc<std::cell::Cell<Due>>) {
    let _result = phone.sign_in(who.to_string(), "secret".to_owned()).await;
    due.set(Due::Now);
}
