//! Records up: what is confirmed is there, once, byte for byte. Each test is named after what it survives.

use case_core::audit::Trace;
use case_core::field::Flag;
use case_core::wire::PROTOCOL;
use case_core::wire::desk::MatterFile;
use case_core::wire::sync::*;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::phone::*;
use crate::phones::close_the_bridge;
use crate::support::*;

#[tokio::test]
async fn a_reply_that_is_lost_ten_times_is_the_same_the_eleventh_time() {
    let county = County::open().await;
    let phone = Phone::open(&county, "cunguan", 7).await;
    let household = phone.household().await;
    let items = json!({ "items": [raised_item(Uuid::now_v7())] });
    let records = [phone.visit(household, items), phone.visit(household, json!({}))];
    let before = county.state.store.record_count().await.unwrap();
    let first = phone.push(&records).await;
    for _ in 0..10 {
        assert_eq!(phone.push(&records).await, first);
    }
    // In another company each is still the same.
    assert_eq!(phone.push(&[records[1].clone(), phone.visit(household, json!({}))]).await[0], first[1]);
    assert_eq!(county.state.store.record_count().await.unwrap(), before + 3);
    let raised = &stored(&first[0]).raised;
    assert!(raised.len() == 1 && raised[0].query_code.is_some());
}

#[tokio::test]
async fn a_batch_that_overtakes_the_one_before_it_waits_for_it() {
    let county = County::open().await;
    let phone = std::sync::Arc::new(Phone::open(&county, "cunguan", 7).await);
    let household = phone.household().await;
    let first = [phone.visit(household, json!({}))];
    let second = [phone.visit(household, json!({})), phone.visit(household, json!({}))];
    let after: Value = serde_json::from_str(&first[0]).unwrap();
    let early = tokio::spawn({
        let (phone, second, after) = (phone.clone(), second.clone(), after["id"].clone());
        async move { phone.push_after(&after, &second).await }
    });
    // Whatever the machine's speed: it is not answered before the other has come.
    for _ in 0..20 {
        tokio::task::yield_now().await;
    }
    assert!(!early.is_finished());
    let first = stored(&phone.push(&first).await[0]).sequence;
    let second: Vec<i64> = early.await.unwrap().iter().map(|outcome| stored(outcome).sequence).collect();
    assert_eq!(second, [first + 1, first + 2], "in the order in which they were made");
}

#[tokio::test]
async fn a_batch_whose_forerunner_never_comes_is_to_be_sent_again() {
    let county = County::open().await;
    let phone = Phone::open(&county, "cunguan", 7).await;
    let household = phone.household().await;
    let before = county.state.store.record_count().await.unwrap();
    let records = [phone.visit(household, json!({})), phone.visit(household, json!({}))];
    let outcomes = phone.push_after(&json!(Uuid::now_v7()), &records).await;
    assert!(outcomes.iter().all(|outcome| matches!(outcome, Outcome::TryLater { .. })), "{outcomes:?}");
    assert_eq!(county.state.store.record_count().await.unwrap(), before);
    assert!(phone.push(&records).await.iter().all(|outcome| matches!(outcome, Outcome::Stored(_))));
}

#[tokio::test]
async fn fifty_identical_requests_at_once_are_one_record_and_every_answer_verifies() {
    let county = County::open().await;
    let phone = std::sync::Arc::new(Phone::open(&county, "cunguan", 7).await);
    let household = phone.household().await;
    let records = [phone.visit(household, json!({ "items": [raised_item(Uuid::now_v7())] }))];
    let before = county.state.store.record_count().await.unwrap();
    let tasks: Vec<_> = (0..50)
        .map(|_| {
            let (phone, records) = (phone.clone(), records.clone());
            tokio::spawn(async move { phone.push(&records).await })
        })
        .collect();
    let mut answers = Vec::new();
    for task in tasks {
        answers.push(task.await.unwrap());
    }
    assert!(answers.iter().all(|answer| *answer == answers[0]), "one receipt");
    assert_eq!(county.state.store.record_count().await.unwrap(), before + 1);
}

#[tokio::test]
async fn a_poisoned_record_in_front_of_good_ones_stops_none_of_them() {
    let county = County::open().await;
    let phone = Phone::open(&county, "cunguan", 7).await;
    let household = phone.household().await;
    let named = Uuid::now_v7();
    let poison = [
        "null".to_owned(),
        "\"长\"".to_owned(),
        format!("{{\"id\":\"{named}\",\"payload\":{{\"kind\":\"unheard_of\"}}}}"),
        phone.visit(household, json!({ "note": "长".repeat(100_000) })),
        format!("{}1{}", "[".repeat(3_000), "]".repeat(3_000)),
    ];
    let good: Vec<String> = (0..3).map(|_| phone.visit(household, json!({}))).collect();
    let outcomes = phone.push(&[poison.as_slice(), good.as_slice()].concat()).await;
    for outcome in &outcomes[..5] {
        set_aside(outcome);
    }
    assert!(matches!(&outcomes[2], Outcome::SetAside { id: Some(id), .. } if id.0 == named), "named when it can be");
    assert_eq!(set_aside(&outcomes[3]), &SetAside::TooLarge);
    let places: Vec<i64> = outcomes[5..].iter().map(|outcome| stored(outcome).sequence).collect();
    assert_eq!(places, [places[0], places[0] + 1, places[0] + 2]);
    assert!(phone.push(&poison[..1]).await.len() == 1, "nothing stored, nothing signed, and it verifies");
}

#[tokio::test]
async fn a_receipt_is_for_these_bytes_and_no_others() {
    let county = County::open().await;
    let phone = Phone::open(&county, "cunguan", 7).await;
    let household = phone.household().await;
    let records = [phone.visit(household, json!({ "note": "看了现场" })), phone.visit(household, json!({}))];
    let answer: PushResponse = phone.try_push(&records).await.read();
    assert!(verifies(&phone.keys.receipts, &records, &answer));
    let other = [records[0].replace("看了现场", "看了現场"), records[1].clone()];
    assert!(!verifies(&phone.keys.receipts, &other, &answer), "one letter");
    let spaced = [records[0].replacen(',', ", ", 1), records[1].clone()];
    assert!(!verifies(&phone.keys.receipts, &spaced, &answer), "one blank");
    let mut lied = answer.clone();
    if let Outcome::Stored(stored) = &mut lied.outcomes[1] {
        stored.sequence += 1;
    }
    assert!(!verifies(&phone.keys.receipts, &records, &lied), "another place");
    let mut swapped = answer.clone();
    swapped.outcomes.swap(0, 1);
    assert!(!verifies(&phone.keys.receipts, &records, &swapped));
    assert!(!verifies(&phone.keys.sealing, &records, &answer), "another key");
    assert_eq!(set_aside(&phone.push(&other).await[0]), &SetAside::IdTaken);
}

#[tokio::test]
async fn whoever_copies_anothers_record_is_not_told_its_codes() {
    let county = County::open().await;
    let phone = Phone::open(&county, "cunguan", 7).await;
    let thief = Phone::open(&county, "zhuangan", 8).await;
    let record = phone.visit(phone.household().await, json!({ "items": [raised_item(Uuid::now_v7())] }));
    let first = phone.push(std::slice::from_ref(&record)).await;
    assert_eq!(set_aside(&thief.push(std::slice::from_ref(&record)).await[0]), &SetAside::IdTaken);
    assert_eq!(phone.push(&[record]).await, first);
}

#[tokio::test]
async fn what_a_newer_phone_writes_is_kept_and_confirmed_as_it_was_sent() {
    let county = County::open().await;
    let phone = Phone::open(&county, "cunguan", 7).await;
    let household = phone.household().await;
    let plain = phone.visit(household, json!({}));
    // A field that this server does not know, an order and blanks that it would not write itself.
    let newer = plain.replacen('{', "{ \"mood\" : \"晴\",", 1);
    let outcomes = phone.push(std::slice::from_ref(&newer)).await;
    assert_eq!(phone.push(std::slice::from_ref(&newer)).await, outcomes);
    let found = phone.compare(&[held(&newer)]).await;
    assert!(found.missing.is_empty() && found.different.is_empty());
    let found = phone.compare(&[(id_of(&newer), held(&plain).1)]).await;
    assert_eq!(found.different, [id_of(&newer)]);
}

#[tokio::test]
async fn a_clock_that_is_years_off_decides_no_date() {
    let county = County::open().await;
    let phone = Phone::open(&county, "cunguan", 7).await;
    let household = phone.household().await;
    let today = county.state.now().date();
    for (made_at, ahead) in [(4_102_444_800_000_i64, true), (86_400_000, false)] {
        let id = Uuid::now_v7();
        let mut record: Value =
            serde_json::from_str(&phone.visit(household, json!({ "items": [raised_item(id)] }))).unwrap();
        record["made_at"] = json!(made_at);
        record["payload"]["started"] = json!(made_at);
        let before = county.state.now();
        let outcomes = phone.push(&[record.to_string()]).await;
        let receipt = stored(&outcomes[0]);
        assert_eq!(receipt.flags.contains(&Flag::ClockAhead), ahead);
        assert!(receipt.received_at >= before && receipt.received_at <= county.state.now());
        let file: MatterFile = county.sign_in("shenhe").await.file(receipt.raised[0].matter).await;
        assert_eq!(file.matter.registered_at.date(), today, "registered when it arrived");
        assert!(file.matter.registration.received_on <= today, "never received in the future");
        for clock in &file.matter.clocks {
            assert!(clock.started <= today && clock.due >= clock.started, "{clock:?}");
            assert!(clock.stopped.is_none_or(|on| on <= today));
        }
    }
}

#[tokio::test]
async fn a_visit_to_a_matter_that_was_closed_meanwhile_is_taken_in_and_flagged() {
    let county = County::open().await;
    let phone = Phone::open(&county, "cunguan", 7).await;
    let household = phone.household().await;
    let matter = county.matter("危桥").await;
    let visit = phone.visit(household, json!({ "matter": matter, "note": "又去看了一次" }));
    assert_eq!(close_the_bridge(&county, &phone.client).await, matter);
    let outcomes = phone.push(&[visit]).await;
    assert!(stored(&outcomes[0]).flags.contains(&Flag::MatterClosed), "{:?}", stored(&outcomes[0]).flags);
    let file = county.sign_in("shenhe").await.file(matter).await;
    assert_eq!(file.flagged.len(), 1, "before the supervisor");
    assert_eq!(file.matter.visits.last().unwrap().by, phone.me, "attributed");
}

#[tokio::test]
async fn a_restored_backup_is_found_out_and_mended() {
    let county = County::open().await;
    let phone = Phone::open(&county, "cunguan", 7).await;
    let household = phone.household().await;
    let old = phone.visit(household, json!({}));
    phone.push(std::slice::from_ref(&old)).await;
    let folder = tempfile::tempdir().unwrap();
    let copy = folder.path().join("yesterday.db");
    if county.state.store.backup(&copy).await.is_err() {
        return; // PostgreSQL: pg_dump makes the copies there.
    }
    let lost = phone.visit(household, json!({}));
    let confirmed = phone.push(std::slice::from_ref(&lost)).await;
    let all = [held(&old), held(&lost)];
    let before = phone.compare(&all).await;
    assert!(before.missing.is_empty() && before.different.is_empty() && before.yours == 2);
    assert_eq!(before.lineage, phone.keys.lineage);

    let store = case_store::Store::connect(&format!("sqlite:{}", copy.display())).await.unwrap();
    store.begin_new_lineage("restored", Trace::system(county.state.now())).await.unwrap();
    let county = county.with_store(store);
    let phone = Phone::open(&county, "cunguan", 7).await;
    assert_eq!(phone.keys.lineage, "restored", "the phone hears of it when it signs in or asks who it is");
    let after = phone.compare(&all).await;
    assert_eq!((after.missing.as_slice(), after.different.len(), after.yours), ([id_of(&lost)].as_slice(), 0, 1));
    let again = phone.push(std::slice::from_ref(&lost)).await;
    assert_eq!(stored(&again[0]).sequence, stored(&confirmed[0]).sequence, "the place that was lost is free");
    assert!(phone.compare(&all).await.missing.is_empty());
}

#[tokio::test]
async fn too_much_at_once_and_too_old_are_told() {
    let county = County::open().await;
    let phone = Phone::open(&county, "cunguan", 7).await;
    let reply = phone.try_push(&vec!["7".to_owned(); MAX_PUSH + 1]).await;
    assert_eq!(reply.status, 413);
    reply.problem();
    assert_eq!(phone.try_push(&vec!["7".to_owned(); MAX_PUSH]).await.read::<PushResponse>().outcomes.len(), MAX_PUSH);
    let many = vec![(Uuid::nil(), "0".repeat(64)); MAX_COMPARE + 1];
    let body = json!({ "protocol": 2, "device": phone.device, "held": many });
    assert_eq!(phone.client.post("/api/v1/sync/compare", &body).await.status, 413);
    for protocol in [0, 1, PROTOCOL + 1] {
        let rest = json!({ "protocol": protocol, "device": phone.device, "records": [], "envelopes": [], "held": [] });
        for path in ["push", "sealed", "compare", "codes", "pull"] {
            let reply = phone.client.post(&format!("/api/v1/sync/{path}"), &rest).await;
            assert_eq!(reply.status, 409, "{path} {protocol}");
            reply.problem();
        }
    }
}
