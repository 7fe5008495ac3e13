//! The phone's reserve of query codes: handed out at a door without a network, and good from the moment
//! the record arrives.

use std::collections::BTreeSet;

use case_core::field::Flag;
use case_core::wire::sync::{CODE_RESERVE, CodesResponse};
use serde_json::json;
use uuid::Uuid;

use crate::phone::*;
use crate::support::*;

async fn digits(phone: &Phone) -> BTreeSet<String> {
    let codes = phone.codes().await.codes;
    let set: BTreeSet<String> = codes.iter().map(case_core::code::QueryCode::digits).collect();
    assert_eq!(set.len(), codes.len(), "no code twice");
    set
}

fn visit_with(phone: &Phone, household: Uuid, code: &str) -> String {
    let mut item = raised_item(Uuid::now_v7());
    item["raise"]["code"] = json!(code);
    phone.visit(household, json!({ "items": [item] }))
}

#[tokio::test]
async fn a_reserve_that_is_asked_for_again_and_at_once_is_the_same() {
    let county = County::open().await;
    let phone = std::sync::Arc::new(Phone::open(&county, "cunguan", 7).await);
    let tasks: Vec<_> = (0..8)
        .map(|_| {
            let phone = phone.clone();
            tokio::spawn(async move { digits(&phone).await })
        })
        .collect();
    let first = digits(&phone).await;
    assert_eq!(first.len(), CODE_RESERVE);
    for task in tasks {
        assert_eq!(task.await.unwrap(), first);
    }
    let elsewhere = [Phone::open(&county, "cunguan", 8).await, Phone::open(&county, "zhuangan", 7).await];
    for other in elsewhere {
        assert!(digits(&other).await.is_disjoint(&first), "another phone, another official");
    }
}

#[tokio::test]
async fn a_code_from_the_door_is_the_matters_code_and_is_used_up() {
    let county = County::open().await;
    let phone = Phone::open(&county, "cunguan", 7).await;
    let household = phone.household().await;
    let reserve = digits(&phone).await;
    let code = reserve.first().unwrap().clone();
    assert_ne!(county.anonymous().look_up(&code, "5678").await.status, 200, "unused, it finds nothing");
    let record = visit_with(&phone, household, &code);
    let outcomes = phone.push(std::slice::from_ref(&record)).await;
    let receipt = stored(&outcomes[0]);
    assert!(!receipt.flags.contains(&Flag::CodeNotReserved));
    assert_eq!(receipt.raised[0].query_code.as_ref().unwrap().replace(' ', ""), code);
    assert_eq!(county.anonymous().look_up(&code, "5678").await.status, 200);
    assert_eq!(phone.push(&[record]).await, outcomes, "sent again, the same code");
    let now = digits(&phone).await;
    assert!(!now.contains(&code) && now.len() == CODE_RESERVE, "filled up");
    assert_eq!(now.intersection(&reserve).count(), CODE_RESERVE - 1, "the others are still the phone's");
    // Given out twice, it is the first one's.
    let outcomes = phone.push(&[visit_with(&phone, household, &code)]).await;
    let second = stored(&outcomes[0]);
    assert!(second.flags.contains(&Flag::CodeNotReserved));
    assert_ne!(second.raised[0].query_code.as_ref().unwrap().replace(' ', ""), code);
}

#[tokio::test]
async fn a_phone_that_was_wiped_gets_none_of_the_codes_that_it_may_have_handed_out() {
    let county = County::open().await;
    let phone = Phone::open(&county, "cunguan", 7).await;
    let household = phone.household().await;
    let before = digits(&phone).await;
    let upto = phone.codes().await.upto;
    assert_eq!(upto as usize, CODE_RESERVE);
    let anew: CodesResponse = phone.codes_beyond(upto).await.read();
    assert_eq!((anew.codes.len(), anew.upto as usize), (CODE_RESERVE, 2 * CODE_RESERVE));
    assert!(anew.codes.iter().all(|code| !before.contains(&code.digits())));
    assert_eq!(phone.codes_beyond(upto).await.read::<CodesResponse>(), anew, "asked again, the same");
    // One that was handed out before, in a record that comes now: it holds, from whichever time it is.
    for code in [before.first().unwrap().clone(), anew.codes[0].digits()] {
        let outcomes = phone.push(&[visit_with(&phone, household, &code)]).await;
        assert_eq!(stored(&outcomes[0]).raised[0].query_code.as_ref().unwrap().replace(' ', ""), code);
    }
    // A database that was put back to a time before those codes goes on beyond them too.
    let further: CodesResponse = phone.codes_beyond(500).await.read();
    assert_eq!(further.upto as usize, 500 + CODE_RESERVE);
    assert_eq!(phone.codes_beyond(u32::MAX).await.status, 400, "no phone comes so far");
}

#[tokio::test]
async fn a_code_of_another_official_or_of_nobody_is_not_taken() {
    let county = County::open().await;
    let phone = Phone::open(&county, "cunguan", 7).await;
    let other = Phone::open(&county, "zhuangan", 9).await;
    let household = phone.household().await;
    let foreign = digits(&other).await.first().unwrap().clone();
    for code in [foreign.as_str(), &case_core::code::QueryCode::from_number(12_345).digits()] {
        let outcomes = phone.push(&[visit_with(&phone, household, code)]).await;
        let receipt = stored(&outcomes[0]);
        assert!(receipt.flags.contains(&Flag::CodeNotReserved));
        let given = receipt.raised[0].query_code.clone().unwrap();
        assert_ne!(given.replace(' ', ""), code);
        assert_eq!(county.anonymous().look_up(&given, "5678").await.status, 200, "the server's own code holds");
        assert_ne!(county.anonymous().look_up(code, "5678").await.status, 200);
    }
    assert!(digits(&other).await.contains(&foreign), "and it stays the other's");
    // The same official with another phone: records outlive devices.
    let old = digits(&phone).await.first().unwrap().clone();
    let new_phone = Phone::open(&county, "cunguan", 8).await;
    let outcomes = new_phone.push(&[visit_with(&new_phone, household, &old)]).await;
    assert_eq!(stored(&outcomes[0]).raised[0].query_code.as_ref().unwrap().replace(' ', ""), old);
}
