//! Records up, work area down.

use case_core::audit::Trace;
use case_core::field::Flag;
use case_core::id::MatterId;
use case_core::matter::Stage;
use case_core::wire::session::Session;
use case_core::wire::sync::*;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::support::*;

async fn who(client: &Client) -> Session {
    client.get("/api/v1/session").await.read()
}

async fn pull(client: &Client, cursor: Option<&str>) -> PullResponse {
    client.post("/api/v1/sync/pull", &json!({ "protocol": 2, "cursor": cursor })).await.read()
}

async fn push(client: &Client, records: &[Value]) -> Vec<Outcome> {
    let reply: PushResponse = client.post("/api/v1/sync/push", &push_body(records)).await.read();
    reply.outcomes
}

fn receipt(outcome: &Outcome) -> &Stored {
    match outcome {
        Outcome::Stored(stored) => stored,
        other => panic!("{other:?}"),
    }
}

/// One that nobody has visited yet.
async fn first_household(client: &Client) -> Uuid {
    let page = pull(client, None).await;
    let found = page.items.iter().find_map(|item| match item {
        WorkItem::Household(card) if card.last_visit.is_none() => Some(card.id.0),
        _ => None,
    });
    found.unwrap()
}

#[tokio::test]
async fn an_official_gets_the_own_area_and_nothing_else() {
    let county = County::open().await;
    let phone = county.sign_in("cunguan").await;
    let page = pull(&phone, None).await;
    assert!(!page.more);
    let (mut households, mut matters) = (0, Vec::new());
    for item in &page.items {
        match item {
            WorkItem::Household(card) => {
                assert!(card.division.as_str().starts_with("990101101201"));
                households += 1;
            }
            WorkItem::Matter(card) => matters.push(card),
        }
    }
    assert_eq!((households, matters.len()), (12, 3));
    let waiting = matters.iter().find(|m| m.stage == Stage::AwaitingReturnVisit).unwrap();
    assert!(waiting.opinion.is_some(), "what the return visit asks about");
    assert!(waiting.keys.contains("cgh"), "陈桂花 by initials");
    let again = pull(&phone, Some(&page.cursor)).await;
    assert!(again.items.is_empty() && again.gone.is_empty() && !again.reset);
}

#[tokio::test]
async fn a_visit_is_stored_once_however_often_it_is_sent() {
    let county = County::open().await;
    let phone = county.sign_in("cunguan").await;
    let me = who(&phone).await.actor.account;
    let record = visit_record(me, first_household(&phone).await, json!({}));
    let before = county.state.store.record_count().await.unwrap();
    let first = push(&phone, std::slice::from_ref(&record)).await;
    let mut tasks = Vec::new();
    for _ in 0..50 {
        let (phone, record) = (phone.clone(), record.clone());
        tasks.push(tokio::spawn(async move { push(&phone, &[record.clone(), record]).await }));
    }
    for task in tasks {
        for outcome in task.await.unwrap() {
            assert_eq!(receipt(&outcome), receipt(&first[0]));
        }
    }
    assert_eq!(county.state.store.record_count().await.unwrap(), before + 1);
}

#[tokio::test]
async fn a_raised_item_becomes_one_matter_that_answers_by_its_code() {
    let county = County::open().await;
    let phone = county.sign_in("cunguan").await;
    let me = who(&phone).await.actor.account;
    let id = Uuid::now_v7();
    let record = visit_record(me, first_household(&phone).await, json!({ "items": [raised_item(id)] }));
    let page = pull(&phone, None).await;
    let first = push(&phone, std::slice::from_ref(&record)).await;
    let again = push(&phone, &[record]).await;
    assert_eq!(receipt(&first[0]), receipt(&again[0]));
    let raised = &receipt(&first[0]).raised[0];
    assert_eq!(raised.matter.0, id);
    let answer = county.anonymous().look_up(raised.query_code.as_ref().unwrap(), "5678").await;
    assert_eq!(answer.status, 200, "{}", answer.text());
    assert!(!answer.text().contains("李大爷"), "not even the own name in full");
    let delta = pull(&phone, Some(&page.cursor)).await;
    assert!(delta.items.iter().any(|item| item.reference() == ItemRef::Matter(raised.matter)));
    let visited = delta.items.iter().any(|item| matches!(item, WorkItem::Household(c) if c.last_visit.is_some()));
    assert!(visited, "{:?}", delta.items);
}

#[tokio::test]
async fn one_bad_record_does_not_stop_the_others() {
    let county = County::open().await;
    let phone = county.sign_in("cunguan").await;
    let me = who(&phone).await.actor.account;
    let household = first_household(&phone).await;
    let good = visit_record(me, household, json!({}));
    let mut no_demand = raised_item(Uuid::now_v7());
    no_demand["raise"]["demands"] = json!([]);
    let incomplete = visit_record(me, household, json!({ "items": [no_demand] }));
    let mut taken = good.clone();
    taken["payload"]["result"] = json!("refused");
    let huge = visit_record(me, household, json!({ "note": "长".repeat(300_000) }));
    let records = [json!(7), json!({ "id": "x" }), incomplete, good, taken, huge];
    let outcomes = push(&phone, &records).await;
    let reasons: Vec<Option<&SetAside>> = outcomes
        .iter()
        .map(|outcome| match outcome {
            Outcome::SetAside { reason, .. } => Some(reason),
            _ => None,
        })
        .collect();
    assert!(matches!(reasons[0], Some(SetAside::Unreadable { .. })));
    assert!(matches!(reasons[1], Some(SetAside::Unreadable { .. })));
    assert!(matches!(reasons[2], Some(SetAside::Incomplete { .. })));
    assert!(reasons[3].is_none(), "the good one is stored: {:?}", outcomes[3]);
    assert_eq!(reasons[4], Some(&SetAside::IdTaken));
    assert_eq!(reasons[5], Some(&SetAside::TooLarge));
}

#[tokio::test]
async fn what_does_not_fit_is_stored_and_put_before_the_supervisor() {
    let county = County::open().await;
    let phone = county.sign_in("cunguan").await;
    let me = who(&phone).await.actor.account;
    let foreign = county.matter("灌溉渠道").await;
    let far = visit_record(me, Uuid::from_u128(404), json!({ "matter": foreign, "started": 4_102_444_800_000_i64 }));
    let outcomes = push(&phone, &[far]).await;
    assert_eq!(receipt(&outcomes[0]).flags, vec![Flag::UnknownHousehold, Flag::OutOfArea, Flag::ClockAhead]);
    let supervisor = county.sign_in("shenhe").await;
    let flagged: Vec<case_core::wire::desk::FlaggedRecord> = supervisor.get("/api/v1/flagged").await.read();
    assert_eq!(flagged.len(), 1);
    let file = supervisor.file(foreign).await;
    assert_eq!(file.flagged.len(), 1, "and in the file of the matter");
    assert_eq!(file.matter.visits.len(), 2);
}

/// A matter of the demo that awaits its return visit gets it, and is closed.
pub async fn close_the_bridge(county: &County, phone: &Client) -> MatterId {
    let me = who(phone).await.actor.account;
    let bridge = county.matter("危桥").await;
    let now = chrono::Utc::now().timestamp_millis();
    let visit = json!({ "id": Uuid::now_v7(), "device": Uuid::from_u128(7), "sequence": 1, "by": me, "made_at": now,
        "payload": { "kind": "return_visit", "matter": bridge, "round": 1, "demands": 1, "at": now, "mode": "at_home",
            "outcome": { "outcome": "reached", "judgement": "close", "answers": {
                "respondent": "petitioner", "opinion_received": { "received": "yes" }, "demands": ["done"],
                "handler_met": "yes", "promise_kept": "yes",
                "office_rating": { "rating": "satisfied" }, "unit_rating": { "rating": "satisfied" },
                "told_of_review": true, "own_words": "桥修好了", "signature": "signed" } } } });
    let outcomes = push(phone, &[visit]).await;
    assert!(receipt(&outcomes[0]).flags.is_empty());
    let supervisor = county.sign_in("shenhe").await;
    let file = supervisor.file(bridge).await;
    assert_eq!(file.matter.return_visits.len(), 1);
    let done = supervisor.command(bridge, file.matter.version, json!({ "command": "close" })).await;
    assert_eq!(done.status, 200, "{}", done.text());
    bridge
}

#[tokio::test]
async fn a_closed_matter_leaves_the_phone() {
    let county = County::open().await;
    let phone = county.sign_in("cunguan").await;
    let page = pull(&phone, None).await;
    let bridge = close_the_bridge(&county, &phone).await;
    let delta = pull(&phone, Some(&page.cursor)).await;
    assert!(delta.gone.contains(&ItemRef::Matter(bridge)));
}

#[tokio::test]
async fn an_old_client_is_told_so_and_a_foreign_cursor_starts_anew() {
    let county = County::open().await;
    let phone = county.sign_in("cunguan").await;
    let old = phone.post("/api/v1/sync/push", &json!({ "protocol": 0, "device": Uuid::nil(), "records": [] })).await;
    assert_eq!(old.status, 409);
    old.problem();
    let mine = pull(&phone, None).await.cursor;
    let other = county.sign_in("zhuangan").await;
    for cursor in [mine.as_str(), "nonsense", ""] {
        let page = pull(&other, Some(cursor)).await;
        assert!(page.reset && page.items.len() > 12, "{cursor}");
    }
}

#[tokio::test]
async fn after_a_restore_every_phone_loads_its_work_anew() {
    let county = County::open().await;
    let phone = county.sign_in("cunguan").await;
    let before = pull(&phone, None).await;
    assert!(!pull(&phone, Some(&before.cursor)).await.reset);
    county.state.store.begin_new_lineage("another", Trace::system(county.state.now())).await.unwrap();
    let after = pull(&phone, Some(&before.cursor)).await;
    assert!(after.reset);
    assert_eq!(after.items.len(), before.items.len());
}

#[tokio::test]
async fn a_backup_of_a_database_in_use_opens() {
    let county = County::open().await;
    let folder = tempfile::tempdir().unwrap();
    let copy = folder.path().join("copy.db");
    let written = county.state.store.backup(&copy).await;
    if std::env::var("HUIYIN_TEST_POSTGRES").is_ok() {
        assert!(written.is_err(), "pg_dump does it there");
        return;
    }
    written.unwrap();
    assert!(county.state.store.backup(&copy).await.is_err(), "nothing is written over");
    let opened = case_store::Store::connect(&format!("sqlite:{}", copy.display())).await.unwrap();
    assert!(opened.has_accounts().await.unwrap());
}

/// The cookie belongs to the browser, the work area to an official: a tab that was left open must
/// not get what is another's.
#[tokio::test]
async fn a_tab_of_another_official_gets_nothing_under_this_ones_cookie() {
    let county = County::open().await;
    let phone = county.sign_in("cunguan").await;
    let me = who(&phone).await.actor.account;
    let status = async |account: Uuid| {
        let request = axum::http::Request::post("/api/v1/sync/pull")
            .header("content-type", "application/json")
            .header("x-huiyin", "1")
            .header("huiyin-account", account.to_string())
            .body(axum::body::Body::from("{\"protocol\":2}"))
            .unwrap();
        phone.send(request).await.status
    };
    assert_eq!(status(me.0).await, 200);
    assert_eq!(status(Uuid::from_u128(5)).await, 401);
}
