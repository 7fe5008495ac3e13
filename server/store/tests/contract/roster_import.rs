//! A roster that is imported again, after officials have changed it at the door.

use case_core::field::{Flag, RosterValue};
use case_store::{KeptEdit, NewHousehold, RosterImport};

use crate::database::TestDb;
use crate::fixtures::{VILLAGE, household, household_id, keys_of, people, short, words};
use crate::roster::{card, edit, flags, phone, send};

fn roster(phone: &str, remark: Option<&str>) -> NewHousehold {
    let mut home = household(1, VILLAGE);
    home.card.phone = Some(short(phone));
    home.card.remark = remark.map(words);
    home.card.keys = keys_of(&home.card);
    home
}

async fn import(db: &TestDb, home: &NewHousehold) -> RosterImport {
    db.store.upsert_households(std::slice::from_ref(home), &keys_of).await.unwrap()
}

fn did(done: &RosterImport) -> (u32, u32, usize) {
    (done.counts.updated, done.counts.unchanged, done.kept.len())
}

contract! {
    async fn an_old_roster_does_not_undo_what_was_changed_at_the_door(db) {
        people(&db.store).await;
        import(db, &roster("1", None)).await;
        let found = edit(1, None, &[(phone("1"), phone("2"))]);
        assert_eq!(flags(send(&db.store, &found).await), []);
        assert_eq!(did(&import(db, &roster("1", None)).await), (0, 1, 0), "nothing new is brought");
        assert_eq!(card(&db.store).await.phone, Some(short("2")));
        // Another field of the same household is brought up to date beside it.
        assert_eq!(did(&import(db, &roster("1", Some("五保户"))).await), (1, 0, 0));
        let now = card(&db.store).await;
        assert_eq!((now.phone.clone(), now.remark.clone()), (Some(short("2")), Some(words("五保户"))));
        assert_eq!(now.keys, keys_of(&now), "found by what stands there");
        assert_eq!(now.id, household_id(1));
    }

    async fn a_third_value_is_told_and_does_not_win(db) {
        people(&db.store).await;
        import(db, &roster("1", None)).await;
        send(&db.store, &edit(1, None, &[(phone("1"), phone("2"))])).await;
        let done = import(db, &roster("3", None)).await;
        let home = card(&db.store).await;
        let kept = KeptEdit { head: home.head.clone(), address: home.address.clone(), here: phone("2"), brought: phone("3") };
        assert_eq!((did(&done), done.kept), ((0, 1, 1), vec![kept]));
        assert_eq!(home.phone, Some(short("2")));
        // It was told; the same file again says nothing new.
        assert_eq!(did(&import(db, &roster("3", None)).await), (0, 1, 0));
        // The roster has learned what was found at the door: from then on it leads again.
        assert_eq!(did(&import(db, &roster("2", None)).await), (0, 1, 0));
        assert_eq!(did(&import(db, &roster("4", None)).await), (1, 0, 0));
        assert_eq!(card(&db.store).await.phone, Some(short("4")));
    }

    async fn where_it_is_not_known_what_was_imported_an_edit_stands_and_is_told(db) {
        people(&db.store).await;
        db.store.upsert_households(&[roster("1", None), household(2, VILLAGE)], &keys_of).await.unwrap();
        send(&db.store, &edit(1, None, &[(phone("1"), phone("2"))])).await;
        // As it was before the last import was kept; then the migration.
        db.tamper("UPDATE household SET imported = NULL").await;
        let migration = include_str!("../../migrations/sqlite/0006_imported.sql");
        let seed = &migration[migration.find("UPDATE household").unwrap()..];
        assert_eq!(db.tamper(seed.trim_end().trim_end_matches(';')).await, 1, "all but the one that was edited");
        assert_eq!(did(&import(db, &roster("1", None)).await), (0, 1, 1));
        assert_eq!(card(&db.store).await.phone, Some(short("2")));
        assert_eq!(did(&import(db, &roster("1", None)).await), (0, 1, 0), "and from now on it is known");
    }

    async fn what_nobody_changed_follows_the_roster(db) {
        people(&db.store).await;
        import(db, &roster("1", Some("五保户"))).await;
        assert_eq!(did(&import(db, &roster("2", None)).await), (1, 0, 0));
        let now = card(&db.store).await;
        assert_eq!((now.phone.clone(), now.remark.clone()), (Some(short("2")), None));
        // An edit that was brought in by the import at the same time is no quarrel.
        let same = edit(1, None, &[(phone("2"), phone("5"))]);
        assert_eq!(flags(send(&db.store, &same).await), []);
        assert_eq!(did(&import(db, &roster("5", None)).await), (0, 1, 0));
        // And an edit by a phone that saw the old value clashes as ever.
        let late = edit(2, None, &[(phone("2"), RosterValue::Phone(None))]);
        assert_eq!(flags(send(&db.store, &late).await), [Flag::RosterClash]);
    }
}
