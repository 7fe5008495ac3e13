//! Matters: registered once, by id or by source.

use case_core::matter::replay;
use case_store::{Counts, Registered, StoreError};

use crate::fixtures::{VILLAGE, at, matter_id, new_matter, people, registered};

contract! {
    async fn a_matter_is_registered_once_for_its_id(db) {
        people(&db.store).await;
        let new = new_matter(1, Some(VILLAGE));
        assert_eq!(db.store.register(&new, at(0)).await.unwrap(), Registered::New);
        let rows = db.rows().await;
        let again = db.store.register(&new, at(9)).await.unwrap();
        assert_eq!(again, Registered::AlreadyThere(Box::new(new.matter.clone())));
        assert_eq!(db.rows().await, rows);
        assert_eq!(db.store.matter(new.matter.id).await.unwrap(), Some(new.matter));
        assert_eq!(db.store.matter(matter_id(2)).await.unwrap(), None);
    }

    async fn a_number_that_is_taken_is_a_typed_error_and_leaves_nothing(db) {
        people(&db.store).await;
        registered(&db.store, 1, None).await;
        let rows = db.rows().await;
        let mut new = new_matter(2, None);
        let taken = new_matter(1, None).matter.number;
        new.matter.number = taken.clone();
        if let case_core::matter::Event::Registered { number, .. } = &mut new.events[0] {
            *number = taken;
        }
        assert_eq!(db.store.register(&new, at(0)).await, Err(StoreError::NumberTaken));
        assert_eq!(db.rows().await, rows);
    }

    async fn a_code_that_is_taken_is_a_typed_error_and_leaves_nothing(db) {
        people(&db.store).await;
        registered(&db.store, 1, None).await;
        let rows = db.rows().await;
        let mut new = new_matter(2, None);
        new.code = new_matter(1, None).code;
        assert_eq!(db.store.register(&new, at(0)).await, Err(StoreError::CodeTaken));
        assert_eq!(db.rows().await, rows);
        assert_eq!(db.store.register(&new_matter(2, None), at(0)).await.unwrap(), Registered::New);
    }

    async fn a_matter_that_is_not_what_its_events_tell_is_not_stored(db) {
        people(&db.store).await;
        let mut new = new_matter(1, None);
        new.matter.version += 1;
        let refused = db.store.register(&new, at(0)).await;
        assert!(matches!(refused, Err(StoreError::Corrupt { .. })), "{refused:?}");
        assert_eq!(db.store.matter(new.matter.id).await.unwrap(), None);
    }

    async fn importing_matters_twice_adds_nothing(db) {
        people(&db.store).await;
        let import: Vec<_> = (1..=450)
            .map(|n| {
                let mut new = new_matter(n, Some(VILLAGE));
                (new.source_key, new.code) = (Some(format!("message-{n}")), None);
                new
            })
            .collect();
        let counts = |added, unchanged| Counts { added, updated: 0, unchanged };
        assert_eq!(db.store.register_many(&import, at(0)).await.unwrap(), counts(450, 0));
        let rows = db.rows().await;
        // The second run of an import makes other ids and numbers; the source tells.
        let again: Vec<_> = (1..=451)
            .map(|n| {
                let mut new = new_matter(n + 1_000, Some(VILLAGE));
                (new.source_key, new.code) = (Some(format!("message-{n}")), None);
                new
            })
            .collect();
        assert_eq!(db.store.register_many(&again[..450], at(1)).await.unwrap(), counts(0, 450));
        assert_eq!(db.rows().await, rows);
        assert_eq!(db.store.register_many(&again, at(1)).await.unwrap(), counts(1, 450));
    }

    async fn a_registration_that_is_sent_many_times_at_once_registers_once(db) {
        people(&db.store).await;
        let new = new_matter(1, Some(VILLAGE));
        let mut sendings = tokio::task::JoinSet::new();
        for _ in 0..20 {
            let (store, new) = (db.store.clone(), new.clone());
            sendings.spawn(async move { store.register(&new, at(0)).await.unwrap() });
        }
        let answers = sendings.join_all().await;
        assert_eq!(answers.iter().filter(|answer| **answer == Registered::New).count(), 1);
        let journal = db.store.journal(new.matter.id).await.unwrap();
        assert_eq!(replay(journal.iter().map(|entry| &entry.event)), Some(new.matter));
    }
}
