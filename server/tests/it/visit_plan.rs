//! 安排走访 over HTTP: the village head gives households of the own village to those who go there.

use case_core::id::HouseholdId;
use case_core::wire::sync::{HouseholdCard, PullResponse, WorkItem};
use case_core::wire::visit_plan::VisitPlan;
use serde_json::json;

use crate::office::Office;
use crate::support::*;

async fn cards(office: &Office, login: &str, cursor: Option<&str>) -> (Vec<HouseholdCard>, PullResponse) {
    let client = office.county.sign_in(login).await;
    let page: PullResponse = client.post("/api/v1/sync/pull", &json!({ "protocol": 2, "cursor": cursor })).await.read();
    let homes = page.items.iter().filter_map(|item| match item {
        WorkItem::Household(card) => Some(card.clone()),
        WorkItem::Matter(_) => None,
    });
    (homes.collect(), page)
}

#[tokio::test]
async fn the_village_head_says_who_goes_where_and_the_phones_say_so() {
    let office = Office::open().await;
    let head = office.county.sign_in("zhishu").await;
    let plan: VisitPlan = head.get("/api/v1/visit-plan").await.read();
    assert_eq!(plan.households.len(), 12, "the own village");
    assert!(plan.households.iter().all(|row| row.account.is_none() && row.address.as_str().contains("青石村")));
    let names: Vec<&str> = plan.officials.iter().map(|one| one.name.as_str()).collect();
    assert_eq!(names.len(), 4, "of the village and the township: {names:?}");
    let officer = office.account("cunguan").await;
    // Where somebody was met today nobody needs to go.
    let unseen = plan.households.iter().filter(|row| row.last_visit.is_none());
    let chosen: Vec<HouseholdId> = unseen.take(2).map(|row| row.id).collect();
    let (_, first) = cards(&office, "cunguan", None).await;
    let give = json!({ "households": chosen, "to": officer });
    let reply = head.post("/api/v1/visit-plan", &give).await;
    assert_eq!(reply.status, 200, "{}", reply.text());
    let plan: VisitPlan = reply.read();
    let given: Vec<HouseholdId> =
        plan.households.iter().filter(|row| row.account == Some(officer)).map(|row| row.id).collect();
    assert_eq!(given, chosen);
    let (homes, next) = cards(&office, "cunguan", Some(&first.cursor)).await;
    assert_eq!(homes.len(), 2);
    assert!(homes.iter().all(|card| card.awaits_visit() == Some(office.today())));
    let (homes, _) = cards(&office, "zhuangan", None).await;
    let seen = homes.iter().filter(|card| card.assigned.is_some()).collect::<Vec<_>>();
    assert!(seen.len() == 2 && seen.iter().all(|card| card.awaits_visit().is_none()), "another's");

    // Given to the township's clerk instead: a visit that the first one made meanwhile is taken like any other.
    let clerk = office.account("zhuangan").await;
    head.post("/api/v1/visit-plan", &json!({ "households": chosen, "to": clerk })).await;
    let visit = visit_record(officer, chosen[0].0, json!({ "started": office.now() }));
    let client = office.county.sign_in("cunguan").await;
    let pushed = client.post("/api/v1/sync/push", &push_body(&[visit])).await;
    assert!(pushed.status.is_success() && !pushed.text().contains("flags"), "{}", pushed.text());
    let (homes, page) = cards(&office, "cunguan", Some(&next.cursor)).await;
    assert!(page.gone.is_empty() && homes.len() == 2, "the households stay on the phone");
    assert!(homes.iter().all(|card| card.awaits_visit().is_none()));
    let plan: VisitPlan = head.get("/api/v1/visit-plan").await.read();
    assert_eq!(plan.households.iter().find(|row| row.id == chosen[0]).unwrap().last_visit, Some(office.today()));
    let (homes, _) = cards(&office, "zhuangan", None).await;
    let open: Vec<HouseholdId> =
        homes.iter().filter(|card| card.awaits_visit().is_some()).map(|card| card.id).collect();
    assert_eq!(open, chosen[1..], "where somebody was met nobody needs to go");

    let page: case_core::wire::audit::AuditPage =
        office.county.sign_in("shenji").await.get("/api/v1/audit?group=visits").await.read();
    assert_eq!(page.lines.len(), 2);
    assert!(page.lines[0].what.contains("陈平安"), "{}", page.lines[0].what);
}

#[tokio::test]
async fn only_the_village_head_assigns_and_only_the_own_village() {
    let office = Office::open().await;
    let head = office.county.sign_in("zhishu").await;
    let plan: VisitPlan = head.get("/api/v1/visit-plan").await.read();
    let home = plan.households[0].id;
    for login in ["cunguan", "zhuangan", "zhenzhang", "dengji", "shenhe", "xianling"] {
        let client = office.county.sign_in(login).await;
        assert_eq!(client.get("/api/v1/visit-plan").await.status, 403, "{login}");
        let give = json!({ "households": [home] });
        assert_eq!(client.post("/api/v1/visit-plan", &give).await.status, 403, "{login}");
    }
    let officer = office.account("cunguan").await;
    let (all, _) = cards(&office, "zhuangan", None).await;
    let elsewhere = all.iter().find(|card| plan.households.iter().all(|row| row.id != card.id)).unwrap().id;
    let give = json!({ "households": [home, elsewhere], "to": officer });
    assert_eq!(head.post("/api/v1/visit-plan", &give).await.status, 404, "another village's");
    for login in ["chengban", "dengji", "shenhe"] {
        let give = json!({ "households": [home], "to": office.account(login).await });
        assert_eq!(head.post("/api/v1/visit-plan", &give).await.status, 400, "{login} does not go there");
    }
    assert_eq!(head.post("/api/v1/visit-plan", &json!({ "households": [] })).await.status, 400);
    let plan: VisitPlan = head.get("/api/v1/visit-plan").await.read();
    assert!(plan.households.iter().all(|row| row.account.is_none()), "nothing was given");
}
