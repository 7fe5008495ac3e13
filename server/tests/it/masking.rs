//! Names, numbers and addresses are for those who need them at the moment; others say what for.

use case_core::audit::{Deed, UnmaskReason};
use case_core::wire::desk::{MatterFile, MatterList};
use case_core::wire::sync::{PullResponse, WorkItem};
use serde_json::json;

use crate::support::*;

/// The demo's matter of the street lamp, and what its form says of the petitioner.
async fn lamp(county: &County) -> (case_core::id::MatterId, case_core::matter::Petitioner) {
    let id = county.matter("村口路灯").await;
    let matter = county.state.store.matter(id).await.unwrap().unwrap();
    (id, matter.registration.petitioner)
}

#[tokio::test]
async fn a_desk_reads_no_particulars_until_it_says_what_for() {
    let county = County::open().await;
    let (id, petitioner) = lamp(&county).await;
    let (name, phone) = (petitioner.name.as_str(), petitioner.phone.as_ref().unwrap().as_str());
    let supervisor = county.sign_in("shenhe").await;
    let path = format!("/api/v1/matters/{id}");
    let hidden = async || {
        let reply = supervisor.get(&path).await;
        let text = reply.text();
        assert!(!text.contains(name) && !text.contains(phone), "not sent at all: {text}");
        assert!(reply.read::<MatterFile>().masked);
    };
    hidden().await;
    let list = supervisor.get("/api/v1/matters").await;
    assert!(!list.text().contains(name));
    assert!(list.read::<MatterList>().rows.iter().all(|row| row.petitioner.as_str().ends_with('*')));

    let unmask = format!("{path}/unmask");
    assert_eq!(supervisor.post(&unmask, &json!({})).await.status, 400);
    assert_eq!(supervisor.post(&unmask, &json!({ "reason": "curious" })).await.status, 400);
    let wordless = supervisor.post(&unmask, &json!({ "reason": "other" })).await;
    assert_eq!(wordless.status, 400, "who needs it for something else says for what");
    let before = county.state.store.audit_entries(None, 1).await.unwrap()[0].sequence;
    let full: MatterFile = supervisor.post(&unmask, &json!({ "reason": "call", "words": "电话回访" })).await.read();
    assert!(!full.masked);
    assert_eq!(full.matter.registration.petitioner, petitioner);
    let noted = county.state.store.audit_entries(None, 1).await.unwrap().remove(0);
    assert_eq!(noted.sequence, before + 1, "what was refused has shown nothing");
    assert_eq!(noted.name.as_deref(), Some("沈正"));
    assert!(matches!(&noted.deed, Deed::Unmasked { matter, reason: UnmaskReason::Call, words: Some(words) }
        if *matter == id && words.as_str() == "电话回访"));
    hidden().await;

    let foreign = county.matter("灌溉渠道").await;
    let handler = county.sign_in("chengban").await;
    let reply = handler.post(&format!("/api/v1/matters/{foreign}/unmask"), &json!({ "reason": "call" })).await;
    assert_eq!(reply.status, 404, "what is not theirs does not exist, with a reason or without");
}

#[tokio::test]
async fn what_is_masked_is_still_the_file() {
    let county = County::open().await;
    let (id, _) = lamp(&county).await;
    let supervisor = county.sign_in("shenhe").await;
    let masked = supervisor.file(id).await;
    let full: MatterFile =
        supervisor.post(&format!("/api/v1/matters/{id}/unmask"), &json!({ "reason": "supervise" })).await.read();
    assert_eq!(masked.closure_digest, full.closure_digest);
    assert_eq!(
        (&masked.permitted, &masked.gaps, masked.journal.len()),
        (&full.permitted, &full.gaps, full.journal.len())
    );
    assert_eq!(masked.matter.clocks, full.matter.clocks);
    let approve = json!({ "command": "approve_closure", "shown": masked.closure_digest });
    assert_eq!(supervisor.command(id, masked.matter.version, approve).await.status, 200);
}

#[tokio::test]
async fn who_goes_to_the_door_or_has_it_in_hand_reads_all() {
    let county = County::open().await;
    let village = county.sign_in("cunguan").await;
    let list: MatterList = village.get("/api/v1/matters").await.read();
    assert!(list.rows.iter().any(|row| !row.petitioner.as_str().ends_with('*')));
    for row in &list.rows {
        let file = village.file(row.id).await;
        assert!(!file.masked, "an official reads the own village");
    }
    let pulled = village.post("/api/v1/sync/pull", &json!({ "protocol": 2 })).await;
    let page: PullResponse = pulled.read();
    let cards: Vec<_> = page
        .items
        .iter()
        .filter_map(|item| match item {
            WorkItem::Matter(card) => Some(card),
            WorkItem::Household(_) => None,
        })
        .collect();
    assert!(!cards.is_empty());
    for card in cards {
        let matter = county.state.store.matter(card.id).await.unwrap().unwrap();
        assert_eq!(
            (&card.petitioner, &card.phone),
            (&matter.registration.petitioner.name, &matter.registration.petitioner.phone)
        );
    }

    // Who works on it, not the others of the unit.
    for (login, masked) in [("chengban", false), ("fuzeren", true)] {
        let client = county.sign_in(login).await;
        let me: case_core::wire::session::Session = client.get("/api/v1/session").await.read();
        let list: MatterList = client.get("/api/v1/matters").await.read();
        let mut seen = false;
        for row in &list.rows {
            let file = client.file(row.id).await;
            assert_eq!(file.masked, file.matter.handler != Some(me.actor.account), "{}", row.title.as_str());
            seen |= file.masked == masked;
        }
        assert!(seen, "{login}");
    }
}
