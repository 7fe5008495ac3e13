//! Edits of the roster, and records that speak of earlier ones.

use case_core::field::{About, Correction, Flag, Payload, Record, RosterChange, RosterEdit, RosterValue};
use case_core::id::RecordId;
use case_core::wire::sync::{HouseholdCard, WorkItem};
use case_store::{Absorption, HouseholdDays, KnownRows, RecordNames, Store, Taken};

use crate::fixtures::{
    FAR_VILLAGE, VILLAGE, Who, area, at, household, household_id, id, keys_of, people, short, visit, words,
};
use crate::records::take;

pub fn phone(digits: &str) -> RosterValue {
    RosterValue::Phone(Some(short(digits)))
}

pub fn edit(n: u128, settles: Option<RecordId>, changes: &[(RosterValue, RosterValue)]) -> Record {
    let changes = changes.iter().cloned().map(|(saw, new)| RosterChange { saw, new }).collect();
    let payload = Payload::RosterEdit(Box::new(RosterEdit { household: household_id(1), settles, changes }));
    Record { payload, ..visit(n, Who::Village, household_id(1), None) }
}

/// As the server absorbs it, with keys of these tests.
fn absorb(record: &Record) -> impl Fn(&KnownRows, u32) -> Absorption + Send + Sync + use<> {
    let Payload::RosterEdit(edit) = record.payload.clone() else { panic!("an edit") };
    move |known: &KnownRows, _: u32| {
        let Some(mut card) = known.household.clone() else { return Absorption::default() };
        let flags = if edit.apply(&mut card) { vec![Flag::RosterClash] } else { Vec::new() };
        card.keys = keys_of(&card);
        Absorption { card: Some(card), flags, ..Absorption::default() }
    }
}

pub async fn send(store: &Store, record: &Record) -> Taken {
    let names = RecordNames { matter: None, household: Some(household_id(1)) };
    take(store, record, names, &absorb(record)).await.unwrap()
}

pub fn flags(taken: Taken) -> Vec<Flag> {
    let Taken::Stored(receipt) = taken else { panic!("{taken:?}") };
    receipt.flags
}

pub async fn card(store: &Store) -> HouseholdCard {
    store.household(household_id(1)).await.unwrap().unwrap()
}

contract! {
    async fn an_edit_rewrites_the_card_and_other_phones_get_it(db) {
        people(&db.store).await;
        db.store.upsert_households(&[household(1, VILLAGE), household(2, VILLAGE)], &keys_of).await.unwrap();
        let before = card(&db.store).await;
        let page = db.store.pull(Who::Clerk.account(), &area(&[VILLAGE]), None, 100).await.unwrap();
        let record = edit(1, None, &[(RosterValue::Phone(None), phone("13800000001"))]);
        assert_eq!(flags(send(&db.store, &record).await), []);
        let after = HouseholdCard {
            phone: Some(short("13800000001")),
            keys: "13800000001".to_owned(),
            ..before
        };
        assert_eq!(card(&db.store).await, after);
        let next = db.store.pull(Who::Clerk.account(), &area(&[VILLAGE]), Some(&page.cursor), 100).await.unwrap();
        assert_eq!(next.items, [WorkItem::Household(after)]);
    }

    async fn an_edit_never_moves_a_household_nor_its_days(db) {
        people(&db.store).await;
        db.store.upsert_households(&[household(1, VILLAGE)], &keys_of).await.unwrap();
        let day = Some(at(0).date());
        let seen = visit(1, Who::Village, household_id(1), None);
        let days = HouseholdDays { household: household_id(1), last_visit: day, next_visit: day };
        let names = RecordNames { matter: None, household: Some(household_id(1)) };
        let dates = move |_: &KnownRows, _: u32| Absorption { household: Some(days), ..Absorption::default() };
        take(&db.store, &seen, names, &dates).await.unwrap();
        let record = edit(2, None, &[(RosterValue::Phone(None), phone("1"))]);
        let moves = |known: &KnownRows, _: u32| {
            let old = known.household.clone().unwrap();
            let far = crate::fixtures::code(FAR_VILLAGE);
            let card = HouseholdCard {
                id: household_id(9),
                division: far,
                last_visit: None,
                next_visit: None,
                head: short("新户主"),
                ..old
            };
            Absorption { card: Some(card), ..Absorption::default() }
        };
        take(&db.store, &record, names, &moves).await.unwrap();
        let after = card(&db.store).await;
        assert_eq!((after.head.as_str(), after.division.as_str()), ("新户主", VILLAGE));
        assert_eq!((after.last_visit, after.next_visit), (day, day));
    }

    async fn of_two_edits_of_one_value_the_second_clashes_and_is_settled(db) {
        people(&db.store).await;
        db.store.upsert_households(&[household(1, VILLAGE)], &keys_of).await.unwrap();
        let remark = (RosterValue::Remark(None), RosterValue::Remark(Some(words("五保户"))));
        let first = edit(1, None, &[(RosterValue::Phone(None), phone("1"))]);
        let second = edit(2, None, &[(RosterValue::Phone(None), phone("2")), remark]);
        assert_eq!(flags(send(&db.store, &first).await), []);
        assert_eq!(flags(send(&db.store, &second).await), [Flag::RosterClash]);
        let now = card(&db.store).await;
        assert_eq!((now.phone, now.remark), (Some(short("1")), Some(words("五保户"))), "what fits is written");
        // Theirs: nothing changes. Mine: it is written.
        let theirs = edit(3, Some(second.id), &[(phone("1"), phone("1"))]);
        assert_eq!(flags(send(&db.store, &theirs).await), []);
        assert_eq!(card(&db.store).await.phone, Some(short("1")));
        let mine = edit(4, Some(second.id), &[(phone("1"), phone("2"))]);
        assert_eq!(flags(send(&db.store, &mine).await), []);
        assert_eq!(card(&db.store).await.phone, Some(short("2")));
    }

    async fn fifty_sendings_of_an_edit_at_once_write_once_and_answer_alike(db) {
        people(&db.store).await;
        db.store.upsert_households(&[household(1, VILLAGE)], &keys_of).await.unwrap();
        // Taken in twice, the second would clash with the first.
        let there_and_back = edit(1, None, &[(RosterValue::Phone(None), phone("1")), (phone("1"), phone("2"))]);
        let mut phones = tokio::task::JoinSet::new();
        for _ in 0..50 {
            let (store, record) = (db.store.clone(), there_and_back.clone());
            phones.spawn(async move { send(&store, &record).await });
        }
        let (mut stored, mut receipts) = (0, Vec::new());
        for taken in phones.join_all().await {
            match taken {
                Taken::Stored(receipt) => {
                    stored += 1;
                    receipts.push(receipt);
                }
                Taken::Duplicate(receipt) => receipts.push(receipt),
                Taken::IdTaken => panic!("the content is the same"),
            }
        }
        assert_eq!((stored, receipts.len()), (1, 50));
        assert!(receipts.iter().all(|receipt| *receipt == receipts[0] && receipt.flags.is_empty()));
        assert_eq!(card(&db.store).await.phone, Some(short("2")));
    }

    async fn of_twenty_edits_of_one_value_at_once_one_is_written_and_the_others_clash(db) {
        people(&db.store).await;
        db.store.upsert_households(&[household(1, VILLAGE)], &keys_of).await.unwrap();
        let mut phones = tokio::task::JoinSet::new();
        for n in 1..=20_u128 {
            let store = db.store.clone();
            phones.spawn(async move {
                let record = edit(n, None, &[(RosterValue::Phone(None), phone(&n.to_string()))]);
                (n, flags(send(&store, &record).await))
            });
        }
        let mut written = Vec::new();
        for (n, flags) in phones.join_all().await {
            match flags.as_slice() {
                [] => written.push(n),
                [Flag::RosterClash] => {}
                other => panic!("{other:?}"),
            }
        }
        let [n] = written.as_slice() else { panic!("{written:?}") };
        assert_eq!(card(&db.store).await.phone, Some(short(&n.to_string())));
    }

    async fn an_edit_of_a_household_that_is_not_known_is_kept(db) {
        people(&db.store).await;
        let record = edit(1, None, &[(RosterValue::Phone(None), phone("1"))]);
        assert!(matches!(send(&db.store, &record).await, Taken::Stored(_)));
        assert_eq!(db.store.record_count().await.unwrap(), 1);
    }

    async fn a_record_is_told_whether_the_one_it_speaks_of_is_here(db) {
        people(&db.store).await;
        let first = visit(1, Who::Village, household_id(1), None);
        let says = |known: &KnownRows| if known.earlier { vec![] } else { vec![Flag::UnknownRecord] };
        let absorb = move |known: &KnownRows, _: u32| Absorption { flags: says(known), ..Absorption::default() };
        take(&db.store, &first, RecordNames::default(), &absorb).await.unwrap();
        for (n, corrects, expected) in
            [(2, first.id, vec![]), (3, RecordId(id(0x9999)), vec![Flag::UnknownRecord])]
        {
            let correction = Correction { corrects, about: Some(About::Household(household_id(1))), text: words("写错了") };
            let record = Record { payload: Payload::Correction(Box::new(correction)), ..visit(n, Who::Village, household_id(1), None) };
            let taken = take(&db.store, &record, RecordNames::default(), &absorb).await.unwrap();
            assert_eq!(flags(taken), expected);
        }
    }
}
