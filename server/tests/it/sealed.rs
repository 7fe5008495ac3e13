//! Records that only the server can open: an official's work comes in whatever became of the official's
//! session, and nobody else's does under that name.

use case_core::audit::Trace;
use case_core::id::{AccountId, RecordId};
use case_core::wire::bytes::Bytes;
use case_core::wire::desk::FlaggedRecord;
use case_core::wire::sync::*;
use serde_json::json;
use uuid::Uuid;

use crate::phone::*;
use crate::support::*;

/// Under whose name a record that names an unknown household was taken in.
async fn names_of_flagged(county: &County) -> Vec<String> {
    let flagged: Vec<FlaggedRecord> = county.sign_in("shenhe").await.get("/api/v1/flagged").await.read();
    flagged.iter().map(|one| one.by.as_str().to_owned()).collect()
}

#[tokio::test]
async fn who_is_signed_out_deactivated_or_shut_out_still_delivers_under_the_own_name() {
    let county = County::open().await;
    let phone = Phone::open(&county, "cunguan", 7).await;
    let me = county.state.store.account(phone.me).await.unwrap().unwrap();
    let before = names_of_flagged(&county).await.len();
    // An unknown household is flagged, and a flagged record is shown with the name of who made it.
    let records: Vec<String> = (0..4).map(|_| phone.visit(Uuid::now_v7(), json!({}))).collect();
    let envelopes: Vec<Envelope> = records.iter().map(|record| phone.seal(record)).collect();

    assert_eq!(phone.client.raw(axum::http::Method::DELETE, "/api/v1/session", "", Vec::new()).await.status, 204);
    let take = async |n: usize| {
        let answer = phone.sealed(&county, std::slice::from_ref(&envelopes[n])).await;
        assert!(verifies(&phone.keys.receipts, std::slice::from_ref(&records[n]), &answer), "{answer:?}");
        stored(&answer.outcomes[0]).clone()
    };
    let first = take(0).await;
    county.state.store.set_password(phone.me, "another", Trace::system(county.state.now())).await.unwrap();
    take(1).await;
    let by = phone.me;
    assert!(
        county
            .state
            .store
            .revoke_device(phone.me, case_core::id::DeviceId(phone.device), by, county.state.now())
            .await
            .unwrap()
    );
    take(2).await;
    county.state.store.set_active(phone.me, false, Trace::system(county.state.now())).await.unwrap();
    take(3).await;
    assert_eq!(take(0).await, first, "sent again, the same receipt");
    let names = names_of_flagged(&county).await;
    assert_eq!(names.len(), before + 4);
    assert!(names[..4].iter().all(|name| name == me.actor.name.as_str()), "{names:?}");
}

#[tokio::test]
async fn the_second_official_on_a_phone_hands_in_for_the_first_without_seeing_codes() {
    let county = County::open().await;
    let first = Phone::open(&county, "cunguan", 7).await;
    let household = first.household().await;
    let record = first.visit(household, json!({ "items": [raised_item(Uuid::now_v7())] }));
    let second = Phone::open(&county, "zhuangan", 7).await;
    let answer = second.sealed(&county, &[first.seal(&record)]).await;
    assert!(verifies(&first.keys.receipts, std::slice::from_ref(&record), &answer));
    let raised = &stored(&answer.outcomes[0]).raised;
    assert!(raised.len() == 1 && raised[0].query_code.is_none(), "a code is for the petitioner and the official");
    // The first, signed in again, is told the code; the receipt is the same.
    let open = first.push(std::slice::from_ref(&record)).await;
    let again = stored(&open[0]);
    assert_eq!((again.sequence, again.received_at), {
        let sealed = stored(&answer.outcomes[0]);
        (sealed.sequence, sealed.received_at)
    });
    let code = again.raised[0].query_code.clone().unwrap();
    assert_eq!(county.anonymous().look_up(&code, "5678").await.status, 200);
}

#[tokio::test]
async fn a_forged_envelope_brings_nothing_in() {
    let county = County::open().await;
    let phone = Phone::open(&county, "cunguan", 7).await;
    let other = Phone::open(&county, "zhuangan", 8).await;
    let household = phone.household().await;
    let record = phone.visit(household, json!({}));
    let good = phone.seal(&record);
    let before = county.state.store.record_count().await.unwrap();
    let mut cut = good.clone();
    cut.blob.0.pop();
    let mut turned = good.clone();
    turned.blob.0[100] ^= 1;
    let forged = [
        phone.seal_as(&record, &Bytes(vec![0; 32]), phone.me),
        phone.seal_as(&record, &Bytes::default(), phone.me),
        // The right token of somebody else, or of another phone.
        phone.seal_as(&record, &other.keys.device_token, phone.me),
        phone.seal_as(&record, &phone.keys.device_token, other.me),
        phone.seal_as(&record, &phone.keys.device_token, AccountId(Uuid::nil())),
        phone.seal_as(&record, &phone.keys.store_key, phone.me),
        Envelope { id: RecordId(Uuid::now_v7()), ..good.clone() },
        Envelope { account: other.me, ..good.clone() },
        Envelope { blob: Bytes::default(), ..good.clone() },
        Envelope { blob: Bytes(vec![4; 500]), ..good.clone() },
        Envelope { blob: seal(&phone.keys.sealing, b"{}"), ..good.clone() },
        Envelope { blob: seal(&phone.keys.receipts, b"{}"), ..good.clone() },
        phone.seal_as("7", &phone.keys.device_token, phone.me),
        cut,
        turned,
    ];
    let answer = phone.sealed(&county, &forged).await;
    for (n, outcome) in answer.outcomes.iter().enumerate() {
        assert!(matches!(set_aside(outcome), SetAside::Unreadable { .. }), "{n}: {outcome:?}");
    }
    assert!(answer.signature.0.is_empty());
    // From another phone the token does not hold either.
    let stolen = Phone { device: Uuid::from_u128(99), ..Phone::open(&county, "cunguan", 7).await };
    set_aside(&stolen.sealed(&county, std::slice::from_ref(&good)).await.outcomes[0]);
    assert_eq!(county.state.store.record_count().await.unwrap(), before);

    // A replay of a good one is the same record again, and the good one among forged ones is taken.
    let mixed = phone.sealed(&county, &[forged[0].clone(), good.clone()]).await;
    let first = stored(&mixed.outcomes[1]).clone();
    for _ in 0..3 {
        let again = phone.sealed(&county, std::slice::from_ref(&good)).await;
        assert_eq!(stored(&again.outcomes[0]), &first);
    }
    assert_eq!(county.state.store.record_count().await.unwrap(), before + 1);
}

#[tokio::test]
async fn who_forges_on_and_on_has_to_wait() {
    let county = County::open().await;
    let phone = Phone::open(&county, "cunguan", 7).await;
    let forged = [phone.seal_as("7", &Bytes::default(), phone.me)];
    let good = phone.seal(&phone.visit(phone.household().await, json!({})));
    let mut waits = false;
    for _ in 0..40 {
        let reply = phone.try_sealed(&county, &forged).await;
        if reply.status == 429 {
            reply.problem();
            waits = true;
            break;
        }
        assert_eq!(reply.status, 200);
    }
    assert!(waits);
    assert_eq!(phone.try_sealed(&county, &[good]).await.status, 429, "from that address nothing for a while");
    let reply = phone.try_sealed(&county, &vec![forged[0].clone(); MAX_PUSH + 1]).await;
    assert_eq!(reply.status, 413);
}

#[tokio::test]
async fn what_nobody_can_read_is_kept_for_a_phone_that_is_to_be_wiped() {
    let county = County::open().await;
    let phone = Phone::open(&county, "cunguan", 7).await;
    let household = phone.household().await;
    let mut strange: serde_json::Value = serde_json::from_str(&phone.visit(household, json!({}))).unwrap();
    strange["payload"]["kind"] = json!("a_kind_of_tomorrow");
    let strange = strange.to_string();
    let good = phone.visit(household, json!({}));
    let envelope = phone.seal(&strange);
    // Not without being asked, and the others of a request that asks are taken in as ever.
    set_aside(&phone.sealed(&county, std::slice::from_ref(&envelope)).await.outcomes[0]);
    assert_eq!(county.state.store.kept_aside(None, 9).await.unwrap(), []);
    let both = [envelope.clone(), phone.seal(&good)];
    let answer = phone.hand_in(&county, &both).await;
    assert_eq!(answer.outcomes[0], Outcome::Kept { id: envelope.id });
    stored(&answer.outcomes[1]);
    // The signature covers what is kept, in these very words.
    let texts = [strange.clone(), good.clone()];
    let named = |raw: &str| serde_json::from_str::<serde_json::Value>(raw).unwrap()["id"].clone();
    assert_eq!(named(&strange), json!(envelope.id));
    assert!(verifies(&phone.keys.receipts, &texts, &answer));
    let other_words = [strange.replace("a_kind_of_tomorrow", "another"), good];
    assert!(!verifies(&phone.keys.receipts, &other_words, &answer));
    // It is kept as it came, under the name of the official, and stands with the device for the administrator.
    let again = phone.hand_in(&county, std::slice::from_ref(&envelope)).await;
    assert_eq!(again.outcomes, [Outcome::Kept { id: envelope.id }]);
    let kept = county.state.store.kept_aside(None, 9).await.unwrap();
    assert_eq!(kept.len(), 1);
    assert_eq!((kept[0].account, &kept[0].envelope), (phone.me, &envelope.blob.0));
    let devices: Vec<case_core::wire::device::Device> =
        county.sign_in("guanli").await.get("/api/v1/devices").await.read();
    assert_eq!(devices.iter().find(|device| device.id.0 == phone.device).unwrap().kept, 1);
}

#[tokio::test]
async fn what_was_kept_becomes_a_record_when_it_can_be_read() {
    let county = County::open().await;
    let phone = Phone::open(&county, "cunguan", 7).await;
    let record = phone.visit(phone.household().await, json!({}));
    let envelope = phone.seal(&record);
    let device = case_core::id::DeviceId(phone.device);
    // As an older server kept it.
    let (id, digest) = held(&record);
    let kept = case_store::KeptAside { record: id, digest, account: phone.me, device, envelope: envelope.blob.0 };
    let reason = SetAside::Unreadable { detail: "an older server".to_owned() };
    county.state.store.keep_aside(&kept, &reason, county.state.now()).await.unwrap();
    assert_eq!(huiyin::use_cases::sealed::take_kept(&county.state).await.unwrap(), 1);
    assert_eq!(huiyin::use_cases::sealed::take_kept(&county.state).await.unwrap(), 0, "once");
    let compared = phone.compare(&[(id, digest)]).await;
    assert_eq!((compared.missing, compared.different), (vec![], vec![]), "it is there, in its own words");
}

#[tokio::test]
async fn what_nobody_will_ever_read_does_not_stand_in_the_way() {
    let county = County::open().await;
    let phone = Phone::open(&county, "cunguan", 7).await;
    let device = case_core::id::DeviceId(phone.device);
    let reason = SetAside::Unreadable { detail: "an older server".to_owned() };
    for n in 0..230_u128 {
        let record = RecordId(Uuid::from_u128(n + 1));
        let digest = case_core::digest::Digest::of(&record);
        let kept = case_store::KeptAside { record, digest, account: phone.me, device, envelope: vec![4; 50] };
        county.state.store.keep_aside(&kept, &reason, county.state.now()).await.unwrap();
    }
    let record = phone.visit(phone.household().await, json!({}));
    let (id, digest) = held(&record);
    let envelope = phone.seal(&record).blob.0;
    let kept = case_store::KeptAside { record: id, digest, account: phone.me, device, envelope };
    county.state.store.keep_aside(&kept, &reason, county.state.now()).await.unwrap();
    assert_eq!(huiyin::use_cases::sealed::take_kept(&county.state).await.unwrap(), 1);
}

#[tokio::test]
async fn what_is_forged_is_not_kept_either() {
    let county = County::open().await;
    let phone = Phone::open(&county, "cunguan", 7).await;
    let record = phone.visit(phone.household().await, json!({}));
    let forged = [
        phone.seal_as(&record, &Bytes(vec![0; 32]), phone.me),
        Envelope { id: RecordId(Uuid::now_v7()), ..phone.seal(&record) },
        Envelope { blob: Bytes(vec![4; 500]), ..phone.seal(&record) },
    ];
    let answer = phone.hand_in(&county, &forged).await;
    assert!(answer.outcomes.iter().all(|outcome| matches!(set_aside(outcome), SetAside::Unreadable { .. })));
    assert_eq!(county.state.store.kept_aside(None, 9).await.unwrap(), []);
}
