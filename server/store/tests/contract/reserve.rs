//! Query codes that phones hold in reserve.

use case_core::digest::Digest;
use case_core::field::{Flag, Record};
use case_core::id::DeviceId;
use case_store::{
    Absorption, CodeHash, KnownRows, NewMatter, RaisedMatterRow, RecordNames, ReserveKey, Store, StoreError,
    StoredReceipt, Taken,
};

use crate::fixtures::{Who, at, envelope, household_id, id, matter_id, new_matter, people, registered, visit};
use crate::records::raised;

const PHONE: DeviceId = DeviceId(id(0xD1));
const OTHER_PHONE: DeviceId = DeviceId(id(0xD2));

/// What the server derives from the number of a code.
fn hash(n: u32) -> Digest {
    Digest::of(&("reserve", n))
}

async fn reserve(store: &Store, who: Who, device: DeviceId, want: usize) -> Vec<u32> {
    let base = if device == PHONE { 0 } else { 1_000 };
    store.fill_reserve(who.account(), device, want, 0, &move |n| hash(base + n), at(0)).await.unwrap()
}

/// A matter that a record raises with a code that was given at the door.
fn with_code(n: u32, told: Digest, by: Who) -> NewMatter {
    NewMatter { reserved: Some(told), ..raised(n, n, n, by) }
}

async fn push(store: &Store, record: &Record, by: Who, new: Vec<NewMatter>) -> Taken {
    let body = serde_json::to_string(record).unwrap();
    let absorb = move |_: &KnownRows, _: u32| Absorption { raised: new.clone(), ..Absorption::default() };
    store.take_record(envelope(record, &body, by, at(3)), RecordNames::default(), &absorb).await.unwrap()
}

fn stored(taken: Taken) -> StoredReceipt {
    let Taken::Stored(receipt) = taken else { panic!("{taken:?}") };
    receipt
}

async fn finds(store: &Store, hash: Digest) -> Option<case_core::id::MatterId> {
    store.matter_by_code(&hash).await.unwrap().map(|found| found.matter.id)
}

contract! {
    async fn a_reserve_is_filled_up_and_asking_again_gives_the_same(db) {
        people(&db.store).await;
        assert_eq!(reserve(&db.store, Who::Village, PHONE, 3).await, [1, 2, 3]);
        assert_eq!(reserve(&db.store, Who::Village, PHONE, 3).await, [1, 2, 3]);
        assert_eq!(reserve(&db.store, Who::Village, PHONE, 5).await, [1, 2, 3, 4, 5]);
        assert_eq!(db.store.unused(Who::Village.account(), PHONE).await.unwrap(), [1, 2, 3, 4, 5]);
        assert_eq!(db.store.unused(Who::Village.account(), OTHER_PHONE).await.unwrap(), [0_u32; 0]);
        assert_eq!(finds(&db.store, hash(1)).await, None, "an unused code finds nothing");
        let record = visit(1, Who::Village, household_id(1), None);
        push(&db.store, &record, Who::Village, vec![with_code(5, hash(2), Who::Village)]).await;
        assert_eq!(reserve(&db.store, Who::Village, PHONE, 5).await, [1, 3, 4, 5, 6], "a used number never returns");
    }

    async fn a_phone_that_was_wiped_begins_beyond_all_that_it_may_have_handed_out(db) {
        people(&db.store).await;
        assert_eq!(reserve(&db.store, Who::Village, PHONE, 3).await, [1, 2, 3]);
        let beyond = async |n| db.store.fill_reserve(Who::Village.account(), PHONE, 3, n, &hash, at(0)).await.unwrap();
        assert_eq!(beyond(3).await, [4, 5, 6]);
        assert_eq!(beyond(3).await, [4, 5, 6], "asking again gives the same");
        assert_eq!(beyond(5).await, [6, 7, 8]);
        // A database that was put back does not know how far it had come.
        assert_eq!(beyond(40).await, [41, 42, 43]);
        assert_eq!(db.store.unused(Who::Village.account(), PHONE).await.unwrap().len(), 11, "records may still bring them");
        let record = visit(1, Who::Village, household_id(1), None);
        let receipt = stored(push(&db.store, &record, Who::Village, vec![with_code(5, hash(2), Who::Village)]).await);
        assert_eq!(receipt.flags, [], "a code that was handed out before the wipe holds");
    }

    async fn asking_fifty_times_at_once_gives_the_same_codes(db) {
        people(&db.store).await;
        let expected: Vec<u32> = (1..=20).collect();
        // Many phones, for a filling that falls between two statements of another is rare.
        for phone in 0..20 {
            let phone = DeviceId(id(0x5000 + phone));
            let mut calls = tokio::task::JoinSet::new();
            for _ in 0..50 {
                let store = db.store.clone();
                let hash = move |n| Digest::of(&(phone, n));
                calls.spawn(async move {
                    store.fill_reserve(Who::Village.account(), phone, 20, 0, &hash, at(0)).await.unwrap()
                });
            }
            for got in calls.join_all().await {
                assert_eq!(got, expected);
            }
        }
        assert_eq!(db.number("SELECT COUNT(*) FROM code_reserve").await, 20 * 20);
    }

    async fn a_code_is_in_one_reserve_or_one_matter_and_never_in_two_places(db) {
        people(&db.store).await;
        let issued = new_matter(1, None).code.unwrap().hash;
        registered(&db.store, 1, None).await;
        let give = |n, hash, device| db.store.issue_reserve(Who::Village.account(), device, n, hash, at(0));
        assert_eq!(give(1, issued, PHONE).await, Err(StoreError::CodeTaken));
        assert_eq!(give(1, hash(1), PHONE).await, Ok(()));
        assert_eq!(give(1, hash(1), PHONE).await, Ok(()), "the same again");
        assert_eq!(give(1, hash(1), OTHER_PHONE).await, Err(StoreError::CodeTaken));
        assert_eq!(give(2, hash(1), PHONE).await, Err(StoreError::CodeTaken));
        // Nor is it given out by another way.
        let mut new = new_matter(2, None);
        new.code = Some(CodeHash { hash: hash(1), issue: 1 });
        assert_eq!(db.store.register(&new, at(0)).await, Err(StoreError::CodeTaken));
        let again = CodeHash { hash: hash(1), issue: 2 };
        let printed = db.store.issue_code(matter_id(1), again, Who::Registrar.account(), at(0)).await;
        assert_eq!(printed, Err(StoreError::CodeTaken));
        // A number whose code is taken is passed over.
        let clash = move |n: u32| if n == 1 { issued } else { hash(n + 50) };
        let filled = db.store.fill_reserve(Who::Clerk.account(), PHONE, 2, 0, &clash, at(0)).await;
        assert_eq!(filled, Ok(vec![2, 3]));
    }

    async fn the_code_given_at_the_door_becomes_the_matters_code(db) {
        people(&db.store).await;
        reserve(&db.store, Who::Village, PHONE, 2).await;
        let record = visit(1, Who::Village, household_id(1), None);
        let new = with_code(5, hash(2), Who::Village);
        let own = new.code.unwrap().hash;
        let receipt = stored(push(&db.store, &record, Who::Village, vec![new.clone()]).await);
        let key = ReserveKey { account: Who::Village.account(), device: PHONE, n: 2 };
        let row = RaisedMatterRow {
            matter: new.matter.id,
            number: new.matter.number.clone(),
            issue: 1,
            reserve: Some(key),
        };
        assert_eq!((&receipt.flags, &receipt.raised), (&vec![], &vec![row]));
        assert_eq!(finds(&db.store, hash(2)).await, Some(new.matter.id));
        assert_eq!(finds(&db.store, own).await, None, "the server's own was not needed");
        assert_eq!(db.store.unused(Who::Village.account(), PHONE).await.unwrap(), [1]);
        // Sent again, the receipt names the same code.
        let again = push(&db.store, &record, Who::Village, vec![new]).await;
        assert_eq!(again, Taken::Duplicate(receipt));
        // A new paper stops it as it stops any other.
        let printed = CodeHash { hash: Digest::of(&"printed"), issue: 2 };
        db.store.issue_code(matter_id(5), printed, Who::Registrar.account(), at(4)).await.unwrap();
        assert_eq!(finds(&db.store, hash(2)).await, None);
    }

    async fn a_code_that_is_not_of_the_officials_reserve_is_flagged_and_another_holds(db) {
        people(&db.store).await;
        reserve(&db.store, Who::Village, PHONE, 2).await;
        let stolen = visit(1, Who::NextVillage, household_id(1), None);
        let invented = visit(2, Who::Village, household_id(1), None);
        for (record, who, n, told) in
            [(stolen, Who::NextVillage, 5, hash(1)), (invented, Who::Village, 6, Digest::of(&"invented"))]
        {
            let new = with_code(n, told, who);
            let receipt = stored(push(&db.store, &record, who, vec![new.clone()]).await);
            assert_eq!(receipt.flags, [Flag::CodeNotReserved]);
            assert_eq!((receipt.raised[0].issue, receipt.raised[0].reserve), (1, None));
            assert_eq!(finds(&db.store, new.code.unwrap().hash).await, Some(new.matter.id));
            assert_eq!(finds(&db.store, told).await, None);
        }
        assert_eq!(db.store.unused(Who::Village.account(), PHONE).await.unwrap(), [1, 2], "the owner still has it");
    }

    async fn of_two_records_with_one_code_the_first_has_it(db) {
        people(&db.store).await;
        reserve(&db.store, Who::Village, PHONE, 1).await;
        let (first, second) =
            (visit(1, Who::Village, household_id(1), None), visit(2, Who::Village, household_id(2), None));
        let flags = |taken: Taken| stored(taken).flags;
        let one = push(&db.store, &first, Who::Village, vec![with_code(5, hash(1), Who::Village)]).await;
        assert_eq!(flags(one), []);
        let two = push(&db.store, &second, Who::Village, vec![with_code(6, hash(1), Who::Village)]).await;
        assert_eq!(flags(two), [Flag::CodeNotReserved]);
        assert_eq!(finds(&db.store, hash(1)).await, Some(matter_id(5)));
        assert_eq!(finds(&db.store, new_matter(6, None).code.unwrap().hash).await, Some(matter_id(6)));
        // One record that names it twice, too.
        reserve(&db.store, Who::Clerk, OTHER_PHONE, 1).await;
        let greedy = visit(3, Who::Clerk, household_id(1), None);
        let both = vec![with_code(7, hash(1_001), Who::Clerk), with_code(8, hash(1_001), Who::Clerk)];
        let receipt = stored(push(&db.store, &greedy, Who::Clerk, both).await);
        assert_eq!(receipt.flags, [Flag::CodeNotReserved]);
        assert_eq!(receipt.raised.iter().map(|row| row.reserve.is_some()).collect::<Vec<_>>(), [true, false]);
    }

    async fn a_matter_that_is_there_keeps_its_code_and_a_second_one_is_flagged(db) {
        people(&db.store).await;
        reserve(&db.store, Who::Village, PHONE, 2).await;
        let records: Vec<_> = (1..=3).map(|n| visit(n, Who::Village, household_id(1), None)).collect();
        let raise = |told| vec![with_code(5, told, Who::Village)];
        let first = stored(push(&db.store, &records[0], Who::Village, raise(hash(1))).await);
        let same = stored(push(&db.store, &records[1], Who::Village, raise(hash(1))).await);
        let other = stored(push(&db.store, &records[2], Who::Village, raise(hash(2))).await);
        assert_eq!((&first.flags, &same.flags), (&vec![], &vec![]));
        assert_eq!(other.flags, [Flag::CodeNotReserved]);
        assert!([&same, &other].iter().all(|receipt| receipt.raised == first.raised));
        assert_eq!(db.store.unused(Who::Village.account(), PHONE).await.unwrap(), [2], "it is not used up");
    }

    async fn fifty_sendings_with_a_reserved_code_at_once_use_it_once(db) {
        people(&db.store).await;
        reserve(&db.store, Who::Village, PHONE, 1).await;
        let record = visit(1, Who::Village, household_id(1), None);
        let mut phones = tokio::task::JoinSet::new();
        for _ in 0..50 {
            let (store, record) = (db.store.clone(), record.clone());
            phones.spawn(async move {
                push(&store, &record, Who::Village, vec![with_code(5, hash(1), Who::Village)]).await
            });
        }
        let mut receipts = Vec::new();
        for taken in phones.join_all().await {
            match taken {
                Taken::Stored(receipt) | Taken::Duplicate(receipt) => receipts.push(receipt),
                Taken::IdTaken => panic!("the content is the same"),
            }
        }
        assert!(receipts.iter().all(|receipt| *receipt == receipts[0]));
        assert_eq!(receipts[0].flags, []);
        assert!(receipts[0].raised[0].reserve.is_some());
        assert_eq!(db.number("SELECT COUNT(*) FROM code_issue").await, 1);
    }

    async fn of_many_phones_with_one_stolen_code_at_once_only_the_owners_gets_it(db) {
        people(&db.store).await;
        reserve(&db.store, Who::Village, PHONE, 1).await;
        let mut phones = tokio::task::JoinSet::new();
        for n in 1..=20_u32 {
            let store = db.store.clone();
            // Every other one is the owner's, copied to several phones.
            let who = if n % 2 == 0 { Who::Village } else { Who::NextVillage };
            phones.spawn(async move {
                let record = visit(n.into(), who, household_id(1), None);
                let receipt = stored(push(&store, &record, who, vec![with_code(100 + n, hash(1), who)]).await);
                (who, receipt)
            });
        }
        let mut holders = Vec::new();
        for (who, receipt) in phones.join_all().await {
            let holds = receipt.raised[0].reserve.is_some();
            assert_eq!(receipt.flags.is_empty(), holds);
            if holds {
                holders.push((who, receipt.raised[0].matter));
            }
        }
        let [(Who::Village, matter)] = holders.as_slice() else { panic!("{holders:?}") };
        assert_eq!(finds(&db.store, hash(1)).await, Some(*matter));
        assert_eq!(db.number("SELECT COUNT(*) FROM matter").await, 20, "every matter was raised all the same");
        assert_eq!(db.number("SELECT COUNT(*) FROM code_issue WHERE stopped_at IS NULL").await, 20);
    }
}
