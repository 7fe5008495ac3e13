//! 抽查回访 over HTTP: the supervisor draws, somebody else visits, those who handled it learn nothing before there is a
//! result, and what is found leads to 重开.

use case_core::id::{AccountId, MatterId};
use case_core::matter::{ReopenGround, Stage};
use case_core::sample;
use case_core::wire::desk::{MatterFile, MatterList};
use case_core::wire::samples::{SampleList, SampledMatter};
use case_core::wire::sync::{PullResponse, WorkItem};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::office::Office;
use crate::side_paths::closed;
use crate::support::*;

/// Everybody of the demo who could go.
const GOERS: [&str; 5] = ["dengji", "lianxi", "cunguan", "zhishu", "zhuangan"];

async fn draw(office: &Office, id: Uuid, count: u16) -> SampleList {
    let body = json!({ "id": id, "count": count, "days": 1 });
    let reply = office.county.sign_in("shenhe").await.post("/api/v1/samples", &body).await;
    assert_eq!(reply.status, 200, "{}", reply.text());
    reply.read()
}

async fn list(office: &Office) -> SampleList {
    office.county.sign_in("shenhe").await.get("/api/v1/samples").await.read()
}

/// Whom the draw sends, by login.
async fn sent(office: &Office, drawn: &SampledMatter) -> Vec<&'static str> {
    let mut logins = Vec::new();
    for login in GOERS {
        let session: case_core::wire::session::Session =
            office.county.sign_in(login).await.get("/api/v1/session").await.read();
        if drawn.visitors.contains(&session.actor.name) {
            logins.push(login);
        }
    }
    logins
}

fn record(by: AccountId, at: i64, matter: MatterId, outcome: Value) -> Value {
    json!({ "id": Uuid::now_v7(), "device": Uuid::from_u128(7), "sequence": 1, "by": by, "made_at": at,
        "payload": { "kind": "return_visit", "matter": matter, "round": 1, "demands": 1, "at": at,
            "mode": "at_home", "outcome": outcome } })
}

fn not_done() -> Value {
    json!({ "outcome": "reached", "judgement": "reopen", "answers": {
        "respondent": "petitioner", "opinion_received": { "received": "yes" }, "demands": ["not_done"],
        "handler_met": "no", "promise_kept": "no",
        "office_rating": { "rating": "satisfied" }, "unit_rating": { "rating": "dissatisfied" },
        "told_of_review": true, "own_words": "沟还是堵的，没有人来修过", "signature": "signed" } })
}

async fn push(office: &Office, login: &str, matter: MatterId, outcome: Value) {
    let by = office.account(login).await;
    let client = office.county.sign_in(login).await;
    let reply = client.post("/api/v1/sync/push", &push_body(&[record(by, office.now(), matter, outcome)])).await;
    assert_eq!(reply.status, 200);
    assert!(!reply.text().contains("flags"), "nothing to flag: {}", reply.text());
}

async fn pull(office: &Office, login: &str) -> PullResponse {
    let client = office.county.sign_in(login).await;
    client.post("/api/v1/sync/pull", &json!({ "protocol": 2, "cursor": null })).await.read()
}

/// What an official can see of the matter anywhere, without the server's clock.
async fn all_that_shows(office: &Office, login: &str, id: MatterId) -> Vec<Value> {
    let client = office.county.sign_in(login).await;
    let mut seen = Vec::new();
    let file = client.get(&format!("/api/v1/matters/{id}")).await;
    let pages = ["/api/v1/matters", "/api/v1/matters?stage=closed", "/api/v1/matters?filter=flagged"];
    let mut replies = vec![file];
    for page in pages {
        replies.push(client.get(page).await);
    }
    replies.push(client.get(&format!("/api/v1/matters/{id}/documents")).await);
    replies.push(client.post("/api/v1/sync/pull", &json!({ "protocol": 2, "cursor": null })).await);
    for reply in replies {
        let mut value: Value = serde_json::from_slice(&reply.body).unwrap_or(Value::Null);
        if let Some(fields) = value.as_object_mut() {
            fields.remove("server_time");
        }
        seen.push(json!([reply.status.as_u16(), value]));
    }
    seen
}

#[tokio::test]
async fn the_supervisor_draws_somebody_else_asks_and_what_is_found_opens_the_matter_again() {
    let office = Office::open().await;
    let id = closed(&office, "agrees").await;
    let supervisor = office.county.sign_in("shenhe").await;
    let blind = ["chengban", "fuzeren", "zhenzhang", "xianling"];
    let mut before = Vec::new();
    for login in blind {
        before.push(all_that_shows(&office, login, id).await);
    }
    let figures = supervisor.get("/api/v1/reports?kind=monthly").await.text();

    let drawing = Uuid::now_v7();
    let drawn = draw(&office, drawing, 50).await;
    let [one] = drawn.samples.as_slice() else { panic!("{drawn:?}") };
    assert!(one.agrees && one.number == 1 && one.wanted == 50 && usize::try_from(one.size) == Ok(one.matters.len()));
    assert_eq!(draw(&office, drawing, 50).await.samples, drawn.samples, "sent again nothing more is drawn");

    // Anybody draws the same from the seed and the list.
    let names = supervisor.get(&format!("/api/v1/samples/{drawing}/population")).await.text();
    let population: Vec<MatterId> = names.lines().map(|line| line.parse().unwrap()).collect();
    let by_hand = |id: &MatterId| case_core::digest::Digest::of_bytes(format!("{}:{id}", one.seed).as_bytes()).hex();
    let mut again = population.clone();
    again.sort_by_key(by_hand);
    assert_eq!(one.matters.iter().map(|matter| matter.id).collect::<Vec<_>>(), again);
    assert_eq!(one.digest, sample::digest(&population).hex());
    assert!(population.is_sorted() && population.contains(&id));

    // Two go who had no part in it: neither who decided, nor who handled it, nor who asked before.
    let mine = one.matters.iter().find(|matter| matter.id == id).unwrap();
    assert!(!mine.title.as_str().is_empty() && mine.result.is_none());
    let goers = sent(&office, mine).await;
    assert_eq!((goers.len(), mine.visitors.len()), (2, 2), "{:?}", mine.visitors);
    assert!(!goers.contains(&"zhuangan"), "who asked before does not check it");
    for login in GOERS {
        let card = pull(&office, login).await.items.into_iter().find_map(|item| match item {
            WorkItem::Matter(card) if card.id == id => Some(card),
            _ => None,
        });
        assert_eq!(card.as_ref().is_some_and(|card| card.sampled), goers.contains(&login), "{login}");
        assert!(card.is_none_or(|card| card.awaits_return() && card.opinion.is_some()));
    }
    let mark = supervisor.file(id).await.sampled;
    assert_eq!(mark.iter().map(|mark| (mark.number, mark.visited)).collect::<Vec<_>>(), [(1, false)]);

    // Nobody was met: that stands with the draw and nowhere else.
    push(&office, goers[0], id, json!({ "outcome": "not_reached", "reason": "赶集去了" })).await;
    let standing = list(&office).await.samples.remove(0);
    let mine = standing.matters.iter().find(|matter| matter.id == id).unwrap();
    assert_eq!((mine.attempts, mine.result.as_ref()), (1, None));
    for (login, before) in blind.into_iter().zip(before) {
        let now = all_that_shows(&office, login, id).await;
        for (now, before) in now.iter().zip(&before) {
            assert_eq!(now, before, "{login}");
        }
    }

    push(&office, goers[1], id, not_done()).await;
    let done = list(&office).await.samples.remove(0);
    let mine = done.matters.iter().find(|matter| matter.id == id).unwrap();
    let result = mine.result.as_ref().unwrap();
    assert!(result.doubts() && result.dissatisfied && !result.refused && mine.reopenable);
    assert_eq!(mine.stage, Stage::Closed, "a record decides nothing");
    for login in goers {
        assert!(
            !pull(&office, login)
                .await
                .items
                .iter()
                .any(|item| matches!(item, WorkItem::Matter(card) if card.id == id))
        );
    }
    assert_eq!(supervisor.get("/api/v1/reports?kind=monthly").await.text(), figures, "no figure moves");
    let handlers: MatterFile = office.file("chengban", id).await;
    assert!(handlers.sampled.is_empty(), "the mark is the supervisor's");
    assert_eq!(handlers.matter.return_visits.iter().filter(|visit| visit.sampled).count(), 1, "the result is there");

    let due = office.today() + chrono::TimeDelta::days(20);
    let reopen = json!({ "command": "propose", "proposal": { "what": "reopen", "ground": ReopenGround::FalseClosure,
        "due": due, "reason": "沟没有修" } });
    office.gives("shenhe", id, reopen).await;
    assert!(supervisor.file(id).await.matter.pending.is_some());
}

#[tokio::test]
async fn what_waits_for_its_result_is_not_drawn_again_and_nothing_is_drawn_from_nothing() {
    let office = Office::open().await;
    let id = closed(&office, "agrees").await;
    let first = draw(&office, Uuid::now_v7(), 50).await;
    assert!(first.samples[0].matters.iter().any(|matter| matter.id == id));
    let without: usize = first.samples[0].matters.iter().filter(|matter| matter.visitors.is_empty()).count();
    let second = draw(&office, Uuid::now_v7(), 50).await;
    let more = second.samples.len() - first.samples.len();
    assert_eq!(more, usize::from(without > 0), "only what nobody could go to can come again");
    let body = json!({ "id": Uuid::now_v7(), "count": 5, "days": 90, "unit": office.other_unit });
    let none: SampleList = office.county.sign_in("shenhe").await.post("/api/v1/samples", &body).await.read();
    assert_eq!(none.samples.len(), second.samples.len());
    for (count, days) in [(0, 30), (51, 30), (5, 0), (5, 731)] {
        let body = json!({ "id": Uuid::now_v7(), "count": count, "days": days });
        assert_eq!(office.county.sign_in("shenhe").await.post("/api/v1/samples", &body).await.status, 400);
    }
}

/// Drawing is noted, with what was drawn from which; and nobody but the supervisor draws or looks.
#[tokio::test]
async fn each_draw_stands_in_the_audit_and_only_the_supervisor_draws() {
    let office = Office::open().await;
    closed(&office, "agrees").await;
    let drawn = draw(&office, Uuid::now_v7(), 1).await;
    assert_eq!(drawn.samples[0].matters.len(), 1);
    let page: case_core::wire::audit::AuditPage =
        office.county.sign_in("shenji").await.get("/api/v1/audit?group=visits").await.read();
    let line = page.lines.first().unwrap();
    assert!(line.what.contains(&drawn.samples[0].seed), "{}", line.what);
    assert_eq!(line.numbers, [drawn.samples[0].matters[0].number.as_str().to_owned()]);
    let body = json!({ "id": Uuid::now_v7(), "count": 1, "days": 30 });
    for login in ["dengji", "lianxi", "xianling", "chengban", "zhishu", "shenji"] {
        let client = office.county.sign_in(login).await;
        assert_eq!(client.get("/api/v1/samples").await.status, 403, "{login}");
        assert_eq!(client.post("/api/v1/samples", &body).await.status, 403, "{login}");
    }
    let rows: MatterList = office.county.sign_in("shenhe").await.get("/api/v1/matters").await.read();
    assert!(rows.total > 0);
}
