//! What becomes of a record in this installation: the pure rules of [`case_core::field::absorb`], and
//! what they leave to the server: numbers and codes of raised matters, the household's card.
//!
//! Called inside the transaction that takes the record in, with the rows it names under lock; it
//! refuses nothing.

use std::collections::BTreeSet;

use case_core::actor::Actor;
use case_core::field::{Flag, Known, Payload, RaisedBy, Record, RosterEdit, absorb};
use case_core::id::MatterId;
use case_core::matter::Context;
use case_core::wire::sync::HouseholdCard;
use case_store::{Absorption, HouseholdDays, KnownRows, NewMatter, RecordNames};

use super::import;
use super::register::{self, Draft};
use crate::state::AppState;

/// What the store is to lock and show.
pub(crate) fn names(record: &Record) -> RecordNames {
    let names = record.payload.names();
    RecordNames { matter: names.matter, household: names.household }
}

/// What becomes of a record.
pub(crate) fn absorption(
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
        earlier: rows.earlier,
    };
    let absorbed = absorb(record, actor, &known, cx);
    let mut flags = absorbed.flags;
    let mut seen: BTreeSet<MatterId> = BTreeSet::new();
    let raised = absorbed
        .raised
        .into_iter()
        .filter(|raised| seen.insert(raised.id))
        .filter_map(|raised| new_matter(state, actor, record, raised, attempt, cx))
        .collect();
    let household = rows.household.as_ref().and_then(|card| days_after(record, card, cx));
    let card = match (&record.payload, &rows.household) {
        (Payload::RosterEdit(edit), Some(card)) => edited(edit, card, actor, &mut flags),
        _ => None,
    };
    Absorption { events: absorbed.events, flags, raised, household, card }
}

fn new_matter(
    state: &AppState,
    actor: &Actor,
    record: &Record,
    raised: RaisedBy,
    attempt: u32,
    cx: &Context<'_>,
) -> Option<NewMatter> {
    let draft = Draft {
        id: raised.id,
        registration: raised.registration,
        by: Some(actor.account),
        former_reply: None,
        tail: raised.events,
        source_key: None,
        with_code: true,
        numbered_at: None,
    };
    let reserved = raised.code.map(|code| state.secrets.code_hash(&code));
    register::prepare(&state.secrets, state.settings.province, &draft, attempt, cx)
        .inspect_err(|refusal| tracing::error!(%refusal, record = %record.id, "raised matter refused"))
        .ok()
        .map(|new| NewMatter { reserved, ..new })
}

/// What a visit changes on the household's card: the last visit counts only when somebody was met,
/// and never goes back; a visit ends what was planned, unless it plans anew.
fn days_after(record: &Record, card: &HouseholdCard, cx: &Context<'_>) -> Option<HouseholdDays> {
    let Payload::HouseholdVisit(visit) = &record.payload else { return None };
    let last = visit.result.met().then(|| visit.started.date().min(cx.today()));
    Some(HouseholdDays { household: card.id, last_visit: card.last_visit.max(last), next_visit: visit.next_visit })
}

/// The card after an edit of the roster. One by an official who does not answer for that household
/// (by now) is kept and flagged, but writes nothing: the roster is others' to work with.
fn edited(edit: &RosterEdit, old: &HouseholdCard, actor: &Actor, flags: &mut Vec<Flag>) -> Option<HouseholdCard> {
    if !actor.area.covers(&old.division) {
        return None;
    }
    let mut card = old.clone();
    if edit.apply(&mut card) {
        flags.push(Flag::RosterClash);
        flags.sort_unstable();
    }
    let keys = import::keys_of(&card);
    (card != *old).then_some(HouseholdCard { keys, ..card })
}

#[cfg(test)]
mod tests {
    use case_core::actor::Role;
    use case_core::field::{RosterChange, RosterValue};
    use case_core::id::{AccountId, HouseholdId};
    use case_core::place::{Area, DivisionCode};
    use case_core::search;
    use case_core::text::{ShortText, Title};
    use uuid::Uuid;

    use super::*;

    fn short(text: &str) -> ShortText {
        ShortText::parse(text).unwrap()
    }

    fn card() -> HouseholdCard {
        let address = "清溪镇石桥村 第1组";
        let card = HouseholdCard {
            id: HouseholdId(Uuid::from_u128(1)),
            division: DivisionCode::parse("990101101201").unwrap(),
            address: Title::parse(address).unwrap(),
            head: short("李建立"),
            phone: None,
            members: Vec::new(),
            remark: None,
            keys: String::new(),
            last_visit: None,
            next_visit: None,
        };
        HouseholdCard { keys: import::keys_of(&card), ..card }
    }

    fn edit(saw: &str) -> RosterEdit {
        let change = |saw, new| RosterChange { saw, new };
        RosterEdit {
            household: card().id,
            settles: None,
            changes: vec![
                change(RosterValue::Head(short(saw)), RosterValue::Head(short("陈桂花"))),
                change(RosterValue::Phone(None), RosterValue::Phone(Some(short("13800001234")))),
            ],
        }
    }

    fn official(area: &str) -> Actor {
        Actor {
            account: AccountId(Uuid::from_u128(5)),
            name: short("测试干部"),
            badge: short("001"),
            office: short("干部"),
            role: Role::VillageOfficer,
            unit: None,
            area: Area(vec![DivisionCode::parse(area).unwrap()]),
        }
    }

    #[test]
    fn a_household_is_found_by_what_an_edit_made_of_it() {
        let mut flags = Vec::new();
        let after = edited(&edit("李建立"), &card(), &official("990101101"), &mut flags).unwrap();
        assert_eq!(flags, []);
        for typed in ["陈桂花", "cgh", "1234", "石桥"] {
            assert!(search::matches(&after.keys, typed), "{typed}");
        }
        assert!(!search::matches(&after.keys, "李建立"));
    }

    #[test]
    fn what_clashes_is_flagged_and_the_rest_is_written() {
        let mut flags = vec![Flag::FileLost];
        let after = edited(&edit("别人"), &card(), &official("990101101"), &mut flags).unwrap();
        assert_eq!(flags, [Flag::RosterClash, Flag::FileLost]);
        assert_eq!((after.head, after.phone), (short("李建立"), Some(short("13800001234"))));
    }

    #[test]
    fn nobody_writes_another_areas_roster_and_nothing_new_writes_nothing() {
        let mut flags = Vec::new();
        assert_eq!(edited(&edit("李建立"), &card(), &official("990101102"), &mut flags), None);
        let known = edited(&edit("李建立"), &card(), &official("990101101"), &mut flags).unwrap();
        assert_eq!(edited(&edit("李建立"), &known, &official("990101101"), &mut flags), None);
        assert_eq!(flags, []);
    }
}
