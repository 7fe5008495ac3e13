//! 回避: what somebody stays away from does not exist for them, anywhere.

use case_core::wire::desk::{FlaggedRecord, MatterFile, MatterList};
use case_core::wire::sync::{ItemRef, PullResponse, WorkItem};
use serde_json::json;
use uuid::Uuid;

use crate::support::*;

async fn me(client: &Client) -> case_core::id::AccountId {
    let session: case_core::wire::session::Session = client.get("/api/v1/session").await.read();
    session.actor.account
}

/// Everything that could show the matter says that there is none.
async fn finds_nothing(client: &Client, id: case_core::id::MatterId, words: &str) {
    assert_eq!(client.get(&format!("/api/v1/matters/{id}")).await.status, 404);
    let list: MatterList = client.get(&format!("/api/v1/matters?q={}", urlencode(words))).await.read();
    assert_eq!((list.total, list.rows.len()), (0, 0), "neither counted nor listed");
    let command = client.command(id, 1, json!({ "command": "give_feedback", "text": "看看" })).await;
    assert_eq!(command.status, 404);
    let unmask = client.post(&format!("/api/v1/matters/{id}/unmask"), &json!({ "reason": "call" })).await;
    assert_eq!(unmask.status, 404);
    let again = client.post(&format!("/api/v1/matters/{id}/recusal"), &json!({ "reason": "又" })).await;
    assert_eq!(again.status, 404);
}

#[tokio::test]
async fn an_official_who_stays_away_finds_nothing_and_the_supervisor_knows() {
    let county = County::open().await;
    let id = county.matter("村口路灯").await;
    let village = county.sign_in("cunguan").await;
    let pull = async |cursor: Option<String>| -> PullResponse {
        village.post("/api/v1/sync/pull", &json!({ "protocol": 2, "cursor": cursor })).await.read()
    };
    let first = pull(None).await;
    assert!(first.items.iter().any(|item| item.reference() == ItemRef::Matter(id)));
    let path = format!("/api/v1/matters/{id}/recusal");
    assert_eq!(village.post(&path, &json!({ "reason": "  " })).await.status, 400, "a reason is needed");
    assert_eq!(village.post(&path, &json!({ "reason": "信访人是我的亲属" })).await.status, 200);

    finds_nothing(&village, id, "村口路灯").await;
    let next = pull(Some(first.cursor)).await;
    assert_eq!(next.gone, [ItemRef::Matter(id)], "the card leaves the phone");
    let whole = pull(None).await;
    assert!(!whole.items.iter().any(|item| item.reference() == ItemRef::Matter(id)));
    assert!(whole.items.iter().any(|item| matches!(item, WorkItem::Household(_))));

    let supervisor = county.sign_in("shenhe").await;
    let file = supervisor.file(id).await;
    assert_eq!(file.recusals.len(), 1);
    assert_eq!((file.recusals[0].account, file.recusals[0].by.as_str()), (me(&village).await, "林小溪"));
    let handler: MatterFile = county.sign_in("dengji").await.file(id).await;
    assert!(handler.recusals.is_empty(), "only the supervisor is told");

    let lift = format!("/api/v1/matters/{id}/recusals/{}/lift", me(&village).await);
    assert_eq!(village.post(&lift, &json!({})).await.status, 403);
    assert_eq!(supervisor.post(&lift, &json!({})).await.status, 200);
    assert_eq!(supervisor.post(&lift, &json!({})).await.status, 404);
    assert_eq!(village.get(&format!("/api/v1/matters/{id}")).await.status, 200);
}

#[tokio::test]
async fn the_supervisor_declares_it_for_others_and_nobody_else_does() {
    let county = County::open().await;
    let id = county.matter("村口路灯").await;
    let (handler, supervisor) = (county.sign_in("chengban").await, county.sign_in("shenhe").await);
    let whom = me(&handler).await;
    let path = format!("/api/v1/matters/{id}/recusals/{whom}");
    let reason = json!({ "reason": "与信访人同村" });
    assert_eq!(county.sign_in("fuzeren").await.post(&path, &reason).await.status, 403);
    assert_eq!(supervisor.post(&format!("/api/v1/matters/{id}/recusals/{}", Uuid::nil()), &reason).await.status, 404);
    assert_eq!(supervisor.post(&path, &reason).await.status, 200);
    finds_nothing(&handler, id, "村口路灯").await;
    let others = county.sign_in("fuzeren").await;
    assert_eq!(others.get(&format!("/api/v1/matters/{id}")).await.status, 200);
}

#[tokio::test]
async fn a_supervisor_who_stays_away_neither_decides_nor_hears_of_it() {
    let county = County::open().await;
    let id = county.matter("村口路灯").await;
    let supervisor = county.sign_in("shenhe").await;
    let seen = supervisor.file(id).await;
    // Something about it that did not fit comes before the supervisor: the demo's household is elsewhere.
    let town = county.sign_in("zhuangan").await;
    let stray = visit_record(me(&town).await, Uuid::from_u128(1), json!({ "matter": id, "note": "灯还是不亮" }));
    assert!(town.post("/api/v1/sync/push", &push_body(&[stray])).await.status.is_success());
    let flagged = async || -> Vec<FlaggedRecord> { supervisor.get("/api/v1/flagged").await.read() };
    assert!(flagged().await.iter().any(|row| row.matter == Some(id)));
    let path = format!("/api/v1/matters/{id}/recusal");
    assert_eq!(supervisor.post(&path, &json!({ "reason": "我分管过" })).await.status, 200);
    finds_nothing(&supervisor, id, "村口路灯").await;
    assert!(!flagged().await.iter().any(|row| row.matter == Some(id)));
    let approve = json!({ "command": "approve_closure", "shown": seen.closure_digest });
    assert_eq!(supervisor.command(id, seen.matter.version, approve).await.status, 404);
}

#[tokio::test]
async fn who_stays_away_does_not_get_it_in_hand() {
    let county = County::open().await;
    let registrar = county.sign_in("dengji").await;
    let id = county.matter("公交停靠点").await;
    let units: Vec<case_core::wire::desk::Unit> = registrar.get("/api/v1/units").await.read();
    let housing = units.iter().find(|unit| unit.name.as_str() == "县住建局").unwrap().id;
    let (head, supervisor) = (county.sign_in("fuzeren").await, county.sign_in("shenhe").await);
    let whom = me(&county.sign_in("chengban").await).await;
    let today = county.state.now().date();
    for (client, command) in [
        (&registrar, json!({ "command": "transfer", "unit": housing })),
        (&head, json!({ "command": "sign_for" })),
        (&head, json!({ "command": "accept", "notice_delivered_on": today })),
    ] {
        let seen = client.file(id).await.matter.version;
        assert_eq!(client.command(id, seen, command).await.status, 200);
    }
    let path = format!("/api/v1/matters/{id}/recusals/{whom}");
    assert_eq!(supervisor.post(&path, &json!({ "reason": "亲属" })).await.status, 200);
    let seen = head.file(id).await.matter.version;
    let assign = json!({ "command": "assign", "handler": whom });
    assert_eq!(head.command(id, seen, assign.clone()).await.status, 400);
    assert_eq!(supervisor.post(&format!("{path}/lift"), &json!({})).await.status, 200);
    assert_eq!(head.command(id, seen, assign).await.status, 200);
}
