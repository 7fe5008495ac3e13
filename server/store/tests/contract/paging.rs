//! Pages and cursors: nothing is lost, whatever happens between two pages.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use case_core::id::CommandId;
use case_core::matter::Event;
use case_core::wire::sync::ItemRef;
use case_store::CommandEnvelope;

use crate::feeds::Phone;
use crate::fixtures::{
    FAR_VILLAGE, NEXT_VILLAGE, OTHER_TOWN, TOWN, VILLAGE, Who, area, at, household, id, keys_of, matter_id, new_matter,
    people, registered, short,
};

contract! {
    async fn page_by_page_everything_comes(db) {
        people(&db.store).await;
        let homes: Vec<_> = (0..23).map(|n| household(n, [VILLAGE, NEXT_VILLAGE, FAR_VILLAGE][n as usize % 3])).collect();
        db.store.upsert_households(&homes, &keys_of).await.unwrap();
        for n in 1..=10 {
            registered(&db.store, n, Some(if n % 2 == 0 { VILLAGE } else { FAR_VILLAGE })).await;
        }
        for limit in [1, 7, 100] {
            let mut phone = Phone::of(Who::Supervisor);
            let mut pages = 0;
            while phone.page(db, limit).await.more {
                pages += 1;
                assert!(pages < 100, "it must end");
            }
            assert_eq!(phone.holds.len(), 33, "{limit} a page");
            let rest = phone.page(db, limit).await;
            assert!(rest.items.is_empty() && rest.gone.is_empty());
        }
    }

    async fn what_closes_between_two_pages_is_told_gone(db) {
        people(&db.store).await;
        for n in 1..=6 {
            registered(&db.store, n, Some(VILLAGE)).await;
        }
        close(&db.store, 1).await;
        let mut phone = Phone::of(Who::Village);
        let first = phone.page(db, 2).await;
        assert!(first.more && first.gone.is_empty(), "what was gone before is not told");
        let held: Vec<u128> = (1..=6).filter(|n| phone.has(*n)).collect();
        close(&db.store, u32::try_from(held[0]).unwrap()).await;
        phone.pull(db).await;
        assert!(!phone.has(held[0]));
        assert_eq!(phone.holds.len(), 4);
    }

    async fn a_cursor_of_another_area_or_account_starts_anew(db) {
        people(&db.store).await;
        registered(&db.store, 1, Some(VILLAGE)).await;
        registered(&db.store, 2, Some(FAR_VILLAGE)).await;
        let village = area(&[VILLAGE]);
        let cursor = db.store.pull(Who::Village.account(), &village, None, 10).await.unwrap().cursor;
        let same = db.store.pull(Who::Village.account(), &village, Some(&cursor), 10).await.unwrap();
        assert!(!same.reset && same.items.is_empty());
        let moved = db.store.pull(Who::Village.account(), &area(&[FAR_VILLAGE]), Some(&cursor), 10).await.unwrap();
        assert!(moved.reset);
        assert_eq!(moved.items.len(), 1);
        let other = db.store.pull(Who::Clerk.account(), &village, Some(&cursor), 10).await.unwrap();
        assert!(other.reset && other.items.len() == 1);
        let both = area(&[TOWN, OTHER_TOWN]);
        let turned = area(&[OTHER_TOWN, TOWN]);
        let cursor = db.store.pull(Who::Clerk.account(), &both, None, 10).await.unwrap().cursor;
        assert!(!db.store.pull(Who::Clerk.account(), &turned, Some(&cursor), 10).await.unwrap().reset);
    }

    async fn a_cursor_that_cannot_be_read_starts_anew(db) {
        people(&db.store).await;
        registered(&db.store, 1, Some(VILLAGE)).await;
        let village = area(&[VILLAGE]);
        for bad in ["", "1", "nonsense", "1.0000000000000000.", "\0", "1..t:350921101=1", "½"] {
            let page = db.store.pull(Who::Village.account(), &village, Some(bad), 10).await.unwrap();
            assert!(page.reset && page.items.len() == 1, "{bad}");
        }
    }

    async fn a_server_that_was_set_back_makes_phones_start_anew(db) {
        people(&db.store).await;
        for n in 1..=3 {
            registered(&db.store, n, Some(VILLAGE)).await;
        }
        let mut phone = Phone::of(Who::Village);
        phone.pull(db).await;
        // As after restoring last night's copy: the counter and the change are of yesterday.
        db.tamper("UPDATE counter SET seq = 2 WHERE name = 't:350921101'").await;
        let page = phone.pull(db).await;
        assert!(page.reset);
        // And a copy of another database knows none of our cursors.
        phone.pull(db).await;
        db.tamper("UPDATE lineage SET id = 'another'").await;
        assert!(phone.pull(db).await.reset);
    }

    async fn a_town_that_gets_its_first_matter_later_is_noticed(db) {
        people(&db.store).await;
        registered(&db.store, 1, Some(VILLAGE)).await;
        let mut phone = Phone::of(Who::Supervisor);
        phone.pull(db).await;
        registered(&db.store, 2, Some(FAR_VILLAGE)).await;
        let page = phone.pull(db).await;
        assert!(!page.reset && page.items.len() == 1 && phone.has(2));
    }

    async fn phones_that_pull_while_many_write_miss_nothing(db) {
        people(&db.store).await;
        let writing = Arc::new(AtomicBool::new(true));
        let mut writers = tokio::task::JoinSet::new();
        for desk in 0..4_u32 {
            let store = db.store.clone();
            writers.spawn(async move {
                for n in 0..15 {
                    let n = desk * 15 + n + 1;
                    let place = if n % 2 == 0 { VILLAGE } else { NEXT_VILLAGE };
                    store.register(&new_matter(n, Some(place)), at(0)).await.unwrap();
                    let mut home = household(n, place);
                    store.upsert_households(std::slice::from_ref(&home), &keys_of).await.unwrap();
                    home.card.head = short("改名");
                    store.upsert_households(&[home], &keys_of).await.unwrap();
                    if n % 5 == 0 {
                        close(&store, n).await;
                    }
                }
            });
        }
        let mut phone = Phone::of(Who::Clerk);
        let done = Arc::clone(&writing);
        let all = tokio::spawn(async move {
            writers.join_all().await;
            done.store(false, Ordering::SeqCst);
        });
        while writing.load(Ordering::SeqCst) {
            phone.page(db, 3).await;
        }
        all.await.unwrap();
        phone.pull(db).await;
        let mut fresh = Phone::of(Who::Clerk);
        fresh.pull(db).await;
        assert_eq!(phone.holds, fresh.holds);
        assert_eq!(fresh.holds.len(), 60 + 48);
        assert!(!fresh.holds.contains(&ItemRef::Matter(matter_id(5))));
    }
}

async fn close(store: &case_store::Store, n: u32) {
    let envelope = CommandEnvelope {
        id: CommandId(id(0xC105E + u128::from(n))),
        account: Who::Supervisor.account(),
        matter: matter_id(n.into()),
        now: at(8),
        keys: String::new(),
        device_at: None,
    };
    store.execute(envelope, &|_| Ok(vec![Event::Closed { by: None, at: at(8) }])).await.unwrap();
}
