//! Records that come at the same moment.

use std::collections::BTreeSet;

use case_core::matter::{Event, VisitNote};
use case_store::{Absorption, HouseholdDays, JournalCheck, KnownRows, RecordNames, Taken};

use crate::fixtures::{
    FAR_VILLAGE, VILLAGE, Who, area, at, household, household_id, keys_of, matter_id, people, registered, short, visit,
};
use crate::records::{raised, take};

contract! {
    async fn fifty_sendings_of_one_record_at_once_store_it_once_and_answer_alike(db) {
        people(&db.store).await;
        let matter = registered(&db.store, 1, Some(VILLAGE)).await.id;
        let record = visit(1, Who::Village, household_id(1), Some(matter));
        let mut phones = tokio::task::JoinSet::new();
        for _ in 0..50 {
            let (store, record) = (db.store.clone(), record.clone());
            phones.spawn(async move {
                let absorb = |_: &KnownRows, _: u32| Absorption {
                    events: vec![Event::Visited(Box::new(VisitNote {
                        record: visit(1, Who::Village, household_id(1), None).id,
                        at: at(0),
                        by: Who::Village.account(),
                        by_name: Who::Village.actor().name,
                        met: true,
                        mode: None,
                        result: None,
                        note: None,
                    }))],
                    raised: vec![raised(2, 2, 2, Who::Village)],
                    ..Absorption::default()
                };
                let names = RecordNames { matter: Some(matter), household: Some(household_id(1)) };
                take(&store, &record, names, &absorb).await.unwrap()
            });
        }
        let (mut stored, mut duplicates, mut receipts) = (0, 0, Vec::new());
        for taken in phones.join_all().await {
            match taken {
                Taken::Stored(receipt) => {
                    stored += 1;
                    receipts.push(receipt);
                }
                Taken::Duplicate(receipt) => {
                    duplicates += 1;
                    receipts.push(receipt);
                }
                Taken::IdTaken => panic!("the content is the same"),
            }
        }
        assert_eq!((stored, duplicates), (1, 49));
        assert!(receipts.iter().all(|receipt| *receipt == receipts[0]));
        assert_eq!(receipts[0].raised.len(), 1);
        assert_eq!(db.store.matter(matter).await.unwrap().unwrap().visits.len(), 1);
        assert_eq!(db.store.record_count().await.unwrap(), 1);
        assert_eq!(db.store.verify_journal(matter).await.unwrap(), JournalCheck::Intact);
    }

    async fn many_records_at_once_are_all_stored_and_numbered_without_gaps(db) {
        people(&db.store).await;
        let all: Vec<_> = (0..8).map(|n| household(n, VILLAGE)).collect();
        db.store.upsert_households(&all, &keys_of).await.unwrap();
        let matter = registered(&db.store, 1, Some(VILLAGE)).await.id;
        let mut phones = tokio::task::JoinSet::new();
        for phone in 0..8_u128 {
            let store = db.store.clone();
            phones.spawn(async move {
                let mut numbers = Vec::new();
                for n in 0..5 {
                    let record = visit(phone * 10 + n, Who::Village, household_id(phone), Some(matter));
                    let names = RecordNames { matter: Some(matter), household: Some(household_id(phone)) };
                    let new = u32::try_from(100 + phone * 10 + n).unwrap();
                    let absorb = move |_: &KnownRows, _: u32| Absorption {
                        raised: vec![raised(new, new, new, Who::Village)],
                        ..Absorption::default()
                    };
                    match take(&store, &record, names, &absorb).await.unwrap() {
                        Taken::Stored(receipt) => numbers.push(receipt.sequence),
                        other => panic!("{other:?}"),
                    }
                }
                numbers
            });
        }
        let numbers: BTreeSet<i64> = phones.join_all().await.into_iter().flatten().collect();
        assert_eq!(numbers, (1..=40).collect());
        assert_eq!(db.number("SELECT COUNT(*) FROM matter").await, 41);
        let page = db.store.pull(Who::Village.account(), &area(&[VILLAGE]), None, 1_000).await.unwrap();
        assert_eq!(page.items.len(), 8 + 41);
        assert_eq!(db.store.verify_journal(matter_id(100)).await.unwrap(), JournalCheck::Intact);
    }

    async fn imports_and_records_at_once_do_not_wait_for_each_other_in_a_circle(db) {
        people(&db.store).await;
        let homes: Vec<_> = (0..30).map(|n| household(n, [VILLAGE, FAR_VILLAGE][n as usize % 2])).collect();
        db.store.upsert_households(&homes, &keys_of).await.unwrap();
        let matter = registered(&db.store, 1, Some(FAR_VILLAGE)).await.id;
        let mut work = tokio::task::JoinSet::new();
        for round in 0..3 {
            let (store, mut homes) = (db.store.clone(), homes.clone());
            work.spawn(async move {
                if round % 2 == 0 {
                    homes.reverse();
                }
                for home in &mut homes {
                    home.card.head = short(&format!("户主{round}"));
                }
                store.upsert_households(&homes, &keys_of).await.unwrap();
            });
        }
        for phone in 0..4_u128 {
            let store = db.store.clone();
            work.spawn(async move {
                for n in 0..6 {
                    let home = household_id(phone * 6 + n);
                    let record = visit(phone * 10 + n, Who::Village, home, Some(matter));
                    let day = Some(at(0).date());
                    let days = HouseholdDays { household: home, last_visit: day, next_visit: None };
                    let new = u32::try_from(100 + phone * 10 + n).unwrap();
                    let absorb = move |_: &KnownRows, _: u32| Absorption {
                        household: Some(days),
                        raised: vec![raised(new, new, new, Who::Village)],
                        ..Absorption::default()
                    };
                    let names = RecordNames { matter: Some(matter), household: Some(home) };
                    assert!(matches!(take(&store, &record, names, &absorb).await, Ok(Taken::Stored(_))));
                }
            });
        }
        work.join_all().await;
        for n in 0..24 {
            let card = db.store.household(household_id(n)).await.unwrap().unwrap();
            assert_eq!(card.last_visit, Some(at(0).date()), "no import wrote over a visit");
            assert_ne!(card.head, short("户主"), "no visit wrote over an import");
        }
    }
}
