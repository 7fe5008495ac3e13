//! Query codes.

use case_core::digest::Digest;
use case_core::matter::Command;
use case_store::{Beside, ByCode, CodeHash, StoreError};

use crate::fixtures::{UNIT, Who, at, matter_id, must, new_matter, people, registered};

fn hash(n: u32, issue: u32) -> Digest {
    if issue == 1 { Digest::of(&("code", n)) } else { Digest::of(&("code", n, issue)) }
}

contract! {
    async fn a_code_finds_its_matter_and_the_unit(db) {
        people(&db.store).await;
        let matter = registered(&db.store, 1, None).await;
        let bare = ByCode { matter: matter.clone(), unit: None, beside: Beside::default() };
        assert_eq!(db.store.matter_by_code(&hash(1, 1)).await.unwrap(), Some(bare));
        assert_eq!(db.store.matter_by_code(&hash(9, 1)).await.unwrap(), None);
        let matter = must(&db.store, Who::Registrar, matter.id, Command::Transfer { unit: UNIT, place: None, report_by: None, simple: false }).await;
        let ByCode { matter: found, unit, .. } = db.store.matter_by_code(&hash(1, 1)).await.unwrap().unwrap();
        assert_eq!((found, unit.unwrap().id), (matter, UNIT));
    }

    async fn a_new_code_stops_the_old_one_and_both_stay_on_record(db) {
        people(&db.store).await;
        let matter = registered(&db.store, 1, None).await;
        assert_eq!(db.store.code_issue(matter.id).await.unwrap(), Some(1));
        let second = CodeHash { hash: hash(1, 2), issue: 2 };
        db.store.issue_code(matter.id, second, Who::Registrar.account(), at(1)).await.unwrap();
        assert_eq!(db.store.matter_by_code(&hash(1, 1)).await.unwrap(), None);
        assert!(db.store.matter_by_code(&hash(1, 2)).await.unwrap().is_some());
        assert_eq!(db.store.code_issue(matter.id).await.unwrap(), Some(2));
        assert_eq!(db.number("SELECT COUNT(*) FROM code_issue WHERE issued_by IS NOT NULL").await, 2);
        assert_eq!(db.number("SELECT COUNT(*) FROM code_issue WHERE stopped_at IS NULL").await, 1);
    }

    async fn a_code_of_another_matter_or_an_older_issue_is_refused_and_the_old_one_holds(db) {
        people(&db.store).await;
        let matter = registered(&db.store, 1, None).await;
        registered(&db.store, 2, None).await;
        let by = Who::Registrar.account();
        for bad in [CodeHash { hash: hash(2, 1), issue: 2 }, CodeHash { hash: hash(1, 7), issue: 1 }] {
            assert_eq!(db.store.issue_code(matter.id, bad, by, at(1)).await, Err(StoreError::CodeTaken));
        }
        assert!(db.store.matter_by_code(&hash(1, 1)).await.unwrap().is_some());
        let nowhere = db.store.issue_code(matter_id(9), CodeHash { hash: hash(9, 1), issue: 1 }, by, at(1)).await;
        assert_eq!(nowhere, Err(StoreError::UnknownReference));
    }

    async fn two_who_print_at_once_leave_one_code_that_holds(db) {
        people(&db.store).await;
        let matter = registered(&db.store, 1, None).await.id;
        let mut prints = tokio::task::JoinSet::new();
        for issue in 2..10 {
            let store = db.store.clone();
            let code = CodeHash { hash: hash(1, issue), issue };
            prints.spawn(async move { store.issue_code(matter, code, Who::Registrar.account(), at(1)).await });
        }
        for answer in prints.join_all().await {
            assert!(matches!(answer, Ok(()) | Err(StoreError::CodeTaken)), "{answer:?}");
        }
        assert_eq!(db.number("SELECT COUNT(*) FROM code_issue WHERE stopped_at IS NULL").await, 1);
        let issue = db.store.code_issue(matter).await.unwrap().unwrap();
        assert!(db.store.matter_by_code(&hash(1, issue)).await.unwrap().is_some());
    }

    async fn a_matter_without_a_code_has_none(db) {
        people(&db.store).await;
        let mut new = new_matter(1, None);
        new.code = None;
        db.store.register(&new, at(0)).await.unwrap();
        assert_eq!(db.store.code_issue(new.matter.id).await.unwrap(), None);
    }
}
