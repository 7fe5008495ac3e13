//! Accounts, sessions, limits on guessing.

use case_core::audit::Trace;
use case_core::digest::Digest;
use case_core::id::{AccountId, DeviceId};
use case_store::{Failures, NewAccount, StoreError, Watch};

use crate::fixtures::{UNIT, Who, at, id, people};

fn token(n: u32) -> Digest {
    Digest::of(&n)
}

contract! {
    async fn an_account_reads_back_with_its_role_unit_and_area(db) {
        assert!(!db.store.has_accounts().await.unwrap());
        people(&db.store).await;
        assert!(db.store.has_accounts().await.unwrap());
        for who in Who::ALL {
            let by_login = db.store.account_by_login(&format!("{who:?}")).await.unwrap().unwrap();
            assert_eq!(by_login.actor, who.actor());
            assert!(by_login.active);
            assert_eq!(db.store.account(who.account()).await.unwrap(), Some(by_login));
        }
        assert_eq!(db.store.list_accounts().await.unwrap().len(), Who::ALL.len());
        assert_eq!(db.store.account_by_login("nobody").await.unwrap(), None);
        assert_eq!(db.store.account_by_login("no\0body").await.unwrap(), None);
    }

    async fn a_login_belongs_to_one_account(db) {
        people(&db.store).await;
        let mut second = Who::Clerk.actor();
        second.account = AccountId(id(0xFF));
        let new = NewAccount { login: "Clerk".to_owned(), password_hash: "x".to_owned(), actor: second };
        assert_eq!(db.store.create_account(&new, Trace::system(at(0))).await, Err(StoreError::LoginTaken));
        assert_eq!(db.store.account(AccountId(id(0xFF))).await.unwrap(), None);
    }

    async fn an_account_of_an_unknown_unit_is_a_typed_error(db) {
        let new = NewAccount { login: "a".to_owned(), password_hash: "x".to_owned(), actor: Who::Head.actor() };
        assert_eq!(db.store.create_account(&new, Trace::system(at(0))).await, Err(StoreError::UnknownReference));
        assert!(!db.store.has_accounts().await.unwrap());
    }

    async fn names_are_found_by_unit_and_by_id(db) {
        people(&db.store).await;
        let mut of_unit: Vec<_> =
            db.store.accounts_of_unit(UNIT).await.unwrap().into_iter().map(|named| named.account).collect();
        of_unit.sort();
        assert_eq!(of_unit, [Who::Head.account(), Who::Handler.account(), Who::OtherHandler.account()]);
        let names = db.store.names(&[Who::Clerk.account(), AccountId(id(0xFF))]).await.unwrap();
        assert_eq!(names.len(), 1);
        assert_eq!(names[0].name, Who::Clerk.actor().name);
        assert!(db.store.names(&[]).await.unwrap().is_empty());
    }

    async fn a_new_password_takes_the_place_of_the_old(db) {
        people(&db.store).await;
        assert!(db.store.set_password(Who::Clerk.account(), "new", Trace::system(at(0))).await.unwrap());
        let account = db.store.account(Who::Clerk.account()).await.unwrap().unwrap();
        assert_eq!(account.password_hash, "new");
        assert!(!format!("{account:?}").contains("new"), "a hash does not show in debug output");
        assert!(!db.store.set_password(AccountId(id(0xFF)), "new", Trace::system(at(0))).await.unwrap());
    }

    async fn a_session_ends_by_time_by_signing_out_and_with_its_account(db) {
        people(&db.store).await;
        let clerk = Who::Clerk.account();
        for n in 0..3 {
            db.store.create_session(token(n), clerk, (n == 0).then_some(DeviceId(id(5))), at(0), at(60)).await.unwrap();
        }
        let whose = db.store.session(&token(0), at(59)).await.unwrap().unwrap();
        assert_eq!(whose.account.actor, Who::Clerk.actor());
        assert_eq!(whose.device, Some(DeviceId(id(5))));
        assert_eq!(db.store.session(&token(1), at(59)).await.unwrap().unwrap().device, None);
        assert_eq!(db.store.session(&token(0), at(60)).await.unwrap(), None);
        assert_eq!(db.store.session(&token(9), at(1)).await.unwrap(), None);

        db.store.end_session(&token(0)).await.unwrap();
        assert_eq!(db.store.session(&token(0), at(1)).await.unwrap(), None);
        assert!(db.store.session(&token(1), at(1)).await.unwrap().is_some());

        db.store.set_active(clerk, false, Trace::system(at(0))).await.unwrap();
        assert_eq!(db.store.session(&token(1), at(1)).await.unwrap(), None);
        db.store.set_active(clerk, true, Trace::system(at(0))).await.unwrap();
        assert_eq!(db.store.session(&token(1), at(1)).await.unwrap(), None, "an ended session stays ended");
    }

    async fn signing_out_everywhere_and_purging_leave_other_sessions(db) {
        people(&db.store).await;
        db.store.create_session(token(1), Who::Clerk.account(), None, at(0), at(60)).await.unwrap();
        db.store.create_session(token(2), Who::Head.account(), None, at(0), at(60)).await.unwrap();
        db.store.create_session(token(3), Who::Head.account(), None, at(0), at(10)).await.unwrap();
        db.store.end_sessions_of(Who::Clerk.account()).await.unwrap();
        assert_eq!(db.store.purge_sessions(at(10)).await.unwrap(), 1);
        assert_eq!(db.store.session(&token(1), at(1)).await.unwrap(), None);
        assert!(db.store.session(&token(2), at(1)).await.unwrap().is_some());
    }

    async fn failures_are_counted_per_key_within_the_window(db) {
        let (code, address) = ("code".to_owned(), "address".to_owned());
        for minute in 0..5 {
            db.store.record_failure(&[code.clone(), address.clone()], at(minute)).await.unwrap();
        }
        db.store.record_failure(std::slice::from_ref(&address), at(5)).await.unwrap();
        let keys = [code.clone(), "new".to_owned(), address.clone()];
        let counted = db.store.failures_since(&keys, at(2)).await.unwrap();
        let expected = |count, oldest, latest| Failures { count, oldest, latest };
        let none = expected(0, None, None);
        assert_eq!(counted, [expected(3, Some(at(2)), Some(at(4))), none, expected(4, Some(at(2)), Some(at(5)))]);

        db.store.clear_failures(std::slice::from_ref(&code)).await.unwrap();
        assert_eq!(db.store.purge_failures(at(4)).await.unwrap(), 4);
        let counted = db.store.failures_since(&keys, at(0)).await.unwrap();
        assert_eq!(counted, [none, none, expected(2, Some(at(4)), Some(at(5)))]);
    }

    async fn one_look_tells_of_two_keys_and_of_the_whole_server(db) {
        let key = |name: &str| name.to_owned();
        for minute in 0..6 {
            db.store.record_failure(&[key("code"), key("all")], at(minute)).await.unwrap();
        }
        db.store.record_failure(&[key("address"), key("all")], at(6)).await.unwrap();
        let watch = |since, most| Watch {
            keys: [key("code"), key("address")],
            since: at(1),
            all: key("all"),
            all_since: at(since),
            most,
        };
        let seen = db.store.watch(&watch(0, 100)).await.unwrap();
        assert_eq!(seen.keys[0], Failures { count: 5, oldest: Some(at(1)), latest: Some(at(5)) });
        assert_eq!(seen.keys[1], Failures { count: 1, oldest: Some(at(6)), latest: Some(at(6)) });
        assert_eq!(seen.all, 7);
        assert_eq!(db.store.watch(&watch(5, 100)).await.unwrap().all, 2, "of the last minutes only");
        assert_eq!(db.store.watch(&watch(0, 3)).await.unwrap().all, 3, "no further than is asked");
    }

    async fn a_proof_is_spent_once_and_forgotten_when_it_has_ended(db) {
        assert!(db.store.spend_proof("one", at(5), at(0)).await.unwrap());
        assert!(!db.store.spend_proof("one", at(5), at(0)).await.unwrap());
        assert!(db.store.spend_proof("two", at(9), at(6)).await.unwrap(), "and what has ended goes");
        assert_eq!(db.number("SELECT COUNT(*) FROM proof_spent").await, 1);
    }
}
