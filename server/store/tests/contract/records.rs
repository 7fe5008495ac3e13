//! Records: taken in once, and what they do.

use case_core::field::{Flag, Payload, Record};
use case_core::id::MatterId;
use case_core::matter::{Event, VisitNote, register};
use case_core::time::ClockKind;
use case_store::{
    Absorption, CodeHash, HouseholdDays, JournalCheck, KnownRows, NewMatter, RaisedMatterRow, RecordNames, Taken,
    Taking,
};

use crate::fixtures::{
    VILLAGE, Who, at, envelope, from_events, household, household_id, keys_of, matter_id, new_matter, people,
    registered, registration, visit, with_context,
};

/// What a visit brings to the matter that it names.
fn note(record: &Record) -> Vec<Event> {
    let note = VisitNote {
        record: record.id,
        at: at(0),
        by: record.by,
        by_name: Who::Village.actor().name,
        met: true,
        mode: None,
        result: None,
        note: None,
    };
    vec![Event::Visited(Box::new(note)), Event::ClockStopped { kind: ClockKind::Meet, on: at(0).date(), clock: None }]
}

fn flags(flags: &[Flag]) -> Absorption {
    Absorption { flags: flags.to_vec(), ..Absorption::default() }
}

/// A matter raised by a record; number and code by choice.
pub fn raised(n: u32, number: u32, code: u32, by: Who) -> NewMatter {
    let number = new_matter(number, None).matter.number;
    let by = Some(by.account());
    let events =
        with_context(at(0), |cx| register(matter_id(n.into()), number, registration(Some(VILLAGE)), by, None, cx));
    let hash = new_matter(code, None).code.unwrap().hash;
    from_events(events.unwrap(), by, Some(CodeHash { hash, issue: 1 }))
}

/// Takes a record in as the village's officer sends it.
pub async fn take(
    store: &case_store::Store,
    record: &Record,
    names: RecordNames,
    absorb: &(dyn Fn(&KnownRows, u32) -> Absorption + Send + Sync),
) -> case_store::Result<Taken> {
    let body = serde_json::to_string(record).unwrap();
    store.take_record(envelope(record, &body, Who::Village, at(3)), names, absorb).await
}

/// Takes several in as one batch; `absorb` makes what becomes of the n-th, from 1.
async fn take_all<A: Fn(&KnownRows, u32) -> Absorption + Send + Sync>(
    store: &case_store::Store,
    records: &[Record],
    absorb: &(dyn Fn(u32) -> A + Send + Sync),
) -> Vec<case_store::Result<Taken>> {
    let bodies: Vec<String> = records.iter().map(|record| serde_json::to_string(record).unwrap()).collect();
    let absorbs: Vec<A> = (1..).take(records.len()).map(absorb).collect();
    let takings: Vec<Taking<'_>> = records
        .iter()
        .zip(&bodies)
        .zip(&absorbs)
        .map(|((record, body), absorb)| Taking {
            envelope: envelope(record, body, Who::Village, at(3)),
            names: names(record),
            absorb,
        })
        .collect();
    store.take_records(&takings).await
}

fn names(record: &Record) -> RecordNames {
    let Payload::HouseholdVisit(visit) = &record.payload else { panic!("a visit") };
    RecordNames { matter: visit.matter, household: Some(visit.household) }
}

fn home_visit(n: u128, matter: Option<MatterId>) -> Record {
    visit(n, Who::Village, household_id(1), matter)
}

contract! {
    async fn a_record_is_stored_as_it_was_sent_and_numbered_without_gaps(db) {
        people(&db.store).await;
        for n in 1..=3 {
            let record = home_visit(n, None);
            let taken = take(&db.store, &record, names(&record), &|_, _| flags(&[Flag::UnknownHousehold])).await.unwrap();
            let Taken::Stored(receipt) = taken else { panic!("{taken:?}") };
            assert_eq!(receipt.sequence, i64::try_from(n).unwrap());
            assert_eq!((receipt.id, receipt.digest, receipt.received_at), (record.id, record.digest(), at(3)));
            assert_eq!(receipt.flags, [Flag::UnknownHousehold]);
        }
        assert_eq!(db.store.record_count().await.unwrap(), 3);
    }

    async fn a_record_that_is_sent_again_gets_the_same_receipt_and_does_nothing(db) {
        people(&db.store).await;
        let matter = registered(&db.store, 1, Some(VILLAGE)).await;
        let record = home_visit(1, Some(matter.id));
        let absorb = |_: &KnownRows, _: u32| Absorption {
            events: note(&home_visit(1, None)),
            raised: vec![raised(2, 2, 2, Who::Village)],
            ..flags(&[Flag::OutOfArea])
        };
        let first = take(&db.store, &record, names(&record), &absorb).await.unwrap();
        let Taken::Stored(receipt) = first else { panic!("{first:?}") };
        let rows = db.rows().await;
        let again = take(&db.store, &record, names(&record), &|_, _| panic!("absorbed twice")).await.unwrap();
        assert_eq!(again, Taken::Duplicate(receipt));
        assert_eq!(db.rows().await, rows);
        assert_eq!(db.store.matter(matter.id).await.unwrap().unwrap().visits.len(), 1);
    }

    async fn an_id_with_other_content_is_told_so_and_the_first_stays(db) {
        people(&db.store).await;
        let (record, mut other) = (home_visit(1, None), home_visit(1, None));
        other.sequence += 1;
        take(&db.store, &record, names(&record), &|_, _| Absorption::default()).await.unwrap();
        let answer = take(&db.store, &other, names(&other), &|_, _| panic!("absorbed")).await.unwrap();
        assert_eq!(answer, Taken::IdTaken);
        let again = take(&db.store, &record, names(&record), &|_, _| panic!("absorbed")).await.unwrap();
        assert!(matches!(again, Taken::Duplicate(receipt) if receipt.digest == record.digest()));
    }

    async fn what_is_known_is_shown_and_what_is_not_known_is_none(db) {
        people(&db.store).await;
        let matter = registered(&db.store, 1, Some(VILLAGE)).await;
        db.store.upsert_households(&[household(1, VILLAGE)], &keys_of).await.unwrap();
        let record = home_visit(1, Some(matter.id));
        let shown = matter.clone();
        let absorb = move |known: &KnownRows, attempt: u32| {
            assert_eq!(known.matter.as_ref(), Some(&shown));
            assert_eq!(known.household.as_ref().map(|card| card.id), Some(household_id(1)));
            assert_eq!(attempt, 0);
            Absorption { events: note(&home_visit(1, None)), ..Absorption::default() }
        };
        assert!(matches!(take(&db.store, &record, names(&record), &absorb).await.unwrap(), Taken::Stored(_)));
        let after = db.store.matter(matter.id).await.unwrap().unwrap();
        assert_eq!((after.visits.len(), after.version), (1, matter.version + 2));
        assert_eq!(db.store.verify_journal(matter.id).await.unwrap(), JournalCheck::Intact);

        let lost = home_visit(2, Some(matter_id(9)));
        let nowhere = RecordNames { matter: Some(matter_id(9)), household: Some(household_id(9)) };
        let absorb = |known: &KnownRows, _: u32| {
            assert!(known.matter.is_none() && known.household.is_none());
            // Events for a matter that does not exist have nowhere to go.
            Absorption { events: note(&home_visit(2, None)), ..flags(&[Flag::UnknownMatter]) }
        };
        assert!(matches!(take(&db.store, &lost, nowhere, &absorb).await.unwrap(), Taken::Stored(_)));
    }

    async fn a_visit_dates_the_household(db) {
        people(&db.store).await;
        db.store.upsert_households(&[household(1, VILLAGE)], &keys_of).await.unwrap();
        let record = home_visit(1, None);
        let days = HouseholdDays {
            household: household_id(1),
            last_visit: Some(at(0).date()),
            next_visit: Some(at(30 * 24 * 60).date()),
        };
        take(&db.store, &record, names(&record), &move |_, _| Absorption { household: Some(days), ..flags(&[]) })
            .await
            .unwrap();
        let card = db.store.household(household_id(1)).await.unwrap().unwrap();
        assert_eq!((card.last_visit, card.next_visit), (days.last_visit, days.next_visit));
        // Importing the same list again does not forget the visit.
        db.store.upsert_households(&[household(1, VILLAGE)], &keys_of).await.unwrap();
        assert_eq!(db.store.household(household_id(1)).await.unwrap(), Some(card));
    }

    async fn a_raised_matter_is_registered_and_stands_in_the_receipt(db) {
        people(&db.store).await;
        let record = home_visit(1, None);
        let new = raised(5, 5, 5, Who::Village);
        let expected = RaisedMatterRow { matter: new.matter.id, number: new.matter.number.clone(), issue: 1, reserve: None };
        let stored = new.matter.clone();
        let absorb = move |_: &KnownRows, _: u32| Absorption { raised: vec![new.clone()], ..Absorption::default() };
        let taken = take(&db.store, &record, names(&record), &absorb).await.unwrap();
        let Taken::Stored(receipt) = taken else { panic!("{taken:?}") };
        assert_eq!(receipt.raised, std::slice::from_ref(&expected));
        assert_eq!(db.store.matter(stored.id).await.unwrap(), Some(stored));

        // Another record that raises the same matter does not double it.
        let second = home_visit(2, None);
        let taken = take(&db.store, &second, names(&second), &absorb).await.unwrap();
        let Taken::Stored(receipt) = taken else { panic!("{taken:?}") };
        assert_eq!(receipt.raised, [expected]);
        assert_eq!(db.number("SELECT COUNT(*) FROM matter").await, 1);
    }

    async fn the_code_of_somebody_elses_matter_is_not_given_to_who_raises_its_id(db) {
        people(&db.store).await;
        registered(&db.store, 5, Some(VILLAGE)).await;
        let record = home_visit(1, None);
        let absorb = |_: &KnownRows, _: u32| Absorption {
            raised: vec![raised(5, 6, 6, Who::Village)],
            ..Absorption::default()
        };
        let taken = take(&db.store, &record, names(&record), &absorb).await.unwrap();
        assert!(matches!(taken, Taken::Stored(receipt) if receipt.raised.is_empty()));
    }

    async fn a_number_or_code_that_is_taken_is_chosen_again(db) {
        people(&db.store).await;
        registered(&db.store, 1, None).await;
        registered(&db.store, 2, None).await;
        let record = home_visit(1, None);
        let absorb = |_: &KnownRows, attempt: u32| Absorption {
            // First the number of 1, then the code of 2, then free ones.
            raised: vec![match attempt {
                0 => raised(7, 1, 7, Who::Village),
                1 => raised(7, 7, 2, Who::Village),
                _ => raised(7, 7, 7, Who::Village),
            }],
            ..Absorption::default()
        };
        let taken = take(&db.store, &record, names(&record), &absorb).await.unwrap();
        assert!(matches!(&taken, Taken::Stored(receipt) if receipt.sequence == 1), "{taken:?}");
        assert_eq!(db.store.verify_journal(matter_id(7)).await.unwrap(), JournalCheck::Intact);
    }

    async fn a_record_that_cannot_be_stored_leaves_nothing_and_may_be_sent_again(db) {
        people(&db.store).await;
        registered(&db.store, 1, None).await;
        let rows = db.rows().await;
        let record = home_visit(1, None);
        let never_free =
            |_: &KnownRows, _: u32| Absorption { raised: vec![raised(7, 1, 7, Who::Village)], ..Absorption::default() };
        let failed = take(&db.store, &record, names(&record), &never_free).await;
        assert_eq!(failed, Err(case_store::StoreError::NumberTaken));
        assert_eq!(db.rows().await, rows);
        let taken = take(&db.store, &record, names(&record), &|_, _| Absorption::default()).await.unwrap();
        assert!(matches!(taken, Taken::Stored(receipt) if receipt.sequence == 1), "no number was lost");
    }

    async fn a_batch_is_taken_in_as_if_each_came_by_itself(db) {
        people(&db.store).await;
        registered(&db.store, 1, None).await;
        let records: Vec<Record> = (1..=6).map(|n| home_visit(n, None)).collect();
        let raises = |n: u32| move |_: &KnownRows, attempt: u32| Absorption {
            // The third finds its number taken at the first attempt, the fifth always.
            raised: match n {
                3 => vec![raised(7, if attempt == 0 { 1 } else { 7 }, 7, Who::Village)],
                5 => vec![raised(8, 1, 8, Who::Village)],
                _ => vec![],
            },
            ..Absorption::default()
        };
        take(&db.store, &records[1], names(&records[1]), &raises(2)).await.unwrap();
        let results = take_all(&db.store, &records, &raises).await;
        let told: Vec<String> = results.iter().map(|result| match result {
            Ok(Taken::Stored(receipt)) => format!("stored {}", receipt.sequence),
            Ok(Taken::Duplicate(receipt)) => format!("again {}", receipt.sequence),
            other => format!("{other:?}"),
        }).collect();
        assert_eq!(told, ["stored 2", "again 1", "stored 3", "stored 4", "Err(NumberTaken)", "stored 5"]);
        assert_eq!(db.store.record_count().await.unwrap(), 5);
        assert_eq!(db.store.verify_journal(matter_id(7)).await.unwrap(), JournalCheck::Intact);
        assert!(db.store.matter(matter_id(8)).await.unwrap().is_none(), "nothing is left of the one that failed");
        for record in &records {
            assert_eq!(db.store.has_record(record.id).await.unwrap(), record.id != records[4].id);
        }
    }

    async fn a_record_that_stands_twice_in_a_batch_is_one(db) {
        people(&db.store).await;
        let (one, mut other) = (home_visit(1, None), home_visit(1, None));
        other.sequence += 1;
        let nothing = |_: u32| |_: &KnownRows, _: u32| Absorption::default();
        let results = take_all(&db.store, &[one.clone(), one, other], &nothing).await;
        let [Ok(Taken::Stored(first)), Ok(Taken::Duplicate(second)), Ok(Taken::IdTaken)] = &results[..] else {
            panic!("{results:?}");
        };
        assert_eq!(first, second);
        assert_eq!(db.store.record_count().await.unwrap(), 1);
    }

    async fn fifty_identical_batches_at_once_are_taken_in_once(db) {
        people(&db.store).await;
        let records: Vec<Record> = (1..=8).map(|n| home_visit(n, None)).collect();
        let mut phones = tokio::task::JoinSet::new();
        for _ in 0..50 {
            let (store, records) = (db.store.clone(), records.clone());
            phones.spawn(async move {
                take_all(&store, &records, &|_| |_: &KnownRows, _: u32| Absorption::default()).await
            });
        }
        let mut stored = 0;
        for results in phones.join_all().await {
            for result in results {
                match result.unwrap() {
                    Taken::Stored(_) => stored += 1,
                    Taken::Duplicate(_) => {}
                    Taken::IdTaken => panic!("the same bytes"),
                }
            }
        }
        assert_eq!((stored, db.store.record_count().await.unwrap()), (8, 8));
        assert_eq!(db.number("SELECT MAX(seq) FROM receipt").await, 8, "no number twice, none left out");
    }

    async fn what_did_not_fit_is_found_by_matter_and_by_time(db) {
        people(&db.store).await;
        let matter = registered(&db.store, 1, Some(VILLAGE)).await;
        for n in 1..=4_u128 {
            let record = home_visit(n, (n % 2 == 0).then_some(matter.id));
            let flag: &[Flag] = if n == 1 { &[] } else { &[Flag::ClockAhead] };
            take(&db.store, &record, names(&record), &|_, _| flags(flag)).await.unwrap();
        }
        let of_matter = db.store.flagged_records(matter.id).await.unwrap();
        assert_eq!(of_matter.len(), 2);
        assert_eq!((&of_matter[0].by, &of_matter[0].flags), (&Who::Village.actor().name, &vec![Flag::ClockAhead]));
        assert_eq!(db.store.recent_flagged(10).await.unwrap().len(), 3);
        assert_eq!(db.store.recent_flagged(1).await.unwrap().len(), 1);
        assert!(db.store.flagged_records(matter_id(9)).await.unwrap().is_empty());
        // One that raised a matter is found by that one, too.
        let raising = |_: &KnownRows, _: u32| Absorption { raised: vec![raised(7, 7, 7, Who::Village)], ..flags(&[Flag::TooManyDemands]) };
        let record = home_visit(5, None);
        take(&db.store, &record, names(&record), &raising).await.unwrap();
        let found = db.store.flagged_records(matter_id(7)).await.unwrap();
        assert_eq!((found.len(), found[0].matter, found[0].flags.as_slice()), (1, Some(matter_id(7)), [Flag::TooManyDemands].as_slice()));
        assert_eq!(found[0].title, db.store.recent_flagged(1).await.unwrap()[0].title);
    }
}
