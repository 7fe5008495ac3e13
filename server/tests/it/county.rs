//! A small county of years, made by the same rules as the large one that `make bench` measures
//! (`server/benches/county.rs`): it verifies, its counts fit, its lists page.

use std::collections::BTreeSet;

use case_core::id::MatterId;
use case_core::matter::Stage;
use case_core::wire::desk::MatterList;
use huiyin::use_cases::seed::county::{self, Made, Size};
use huiyin::use_cases::verify;
use serde_json::json;

use crate::support::*;

const SIZE: Size = Size { seed: 7, matters: 300, years: 5 };

async fn sign_in(county: &County, role: &str) -> Client {
    let mut client = county.anonymous();
    let password = county::password(&county.state);
    let reply = client.post("/api/v1/session", &json!({ "login": county::login(role), "password": password })).await;
    assert_eq!(reply.status, 200, "{}", reply.text());
    let cookie = reply.headers["set-cookie"].to_str().unwrap();
    client.cookie = Some(cookie.split(';').next().unwrap().to_owned());
    client
}

/// All pages of a list.
async fn pages(client: &Client, query: &str) -> (Vec<MatterId>, u64) {
    let (mut all, mut page) = (Vec::new(), 0);
    loop {
        let list: MatterList = client.get(&format!("/api/v1/matters?page={page}&{query}")).await.read();
        if list.rows.is_empty() {
            return (all, list.total);
        }
        all.extend(list.rows.iter().map(|row| row.id));
        page += 1;
    }
}

#[tokio::test]
async fn a_county_of_years_verifies_its_counts_fit_and_its_lists_page() {
    let county = County::open().await;
    let before = pages(&county.sign_in("shenhe").await, "").await.1;
    let made = county::make(&county.state, SIZE).await.unwrap();
    assert_eq!(made.matters.len(), 300);
    it_verifies(&county, before, &made).await;
    every_path_was_taken(&county, before).await;
    every_list_pages(&county, before, &made).await;
    by_its_code(&county, made.matters[150].clone()).await;
}

async fn it_verifies(county: &County, before: u64, made: &Made) {
    let mut lines = Vec::new();
    let file = county.state.settings.anchors_file();
    let done = verify::run(&county.state.store, &file, Vec::new(), &mut |line| lines.push(line)).await.unwrap();
    assert_eq!(done.faults, 0, "{lines:?}");
    assert_eq!(done.matters, 300 + before);
    // Each registration, command and record is an entry of a journal at least.
    assert!(done.entries >= u64::try_from(300 + made.commands + made.records).unwrap(), "{done:?}");
    assert!(done.receipts >= u64::try_from(made.records).unwrap() && made.records > 200, "{done:?}");
}

/// Most have come to an end, some in each other way, and the latest are at work.
async fn every_path_was_taken(county: &County, before: u64) {
    let (mut all, mut after) = (Vec::new(), None);
    loop {
        let page = county.state.store.matters_after(after, 200).await.unwrap();
        let Some(last) = page.last() else { break };
        after = Some(last.id);
        all.extend(page);
    }
    assert_eq!(u64::try_from(all.len()).unwrap(), 300 + before);
    assert!(all.iter().filter(|matter| matter.stage == Stage::Archived).count() > 200);
    assert!(all.iter().map(|matter| matter.stage).collect::<BTreeSet<_>>().len() >= 6);
    assert!(all.iter().filter(|matter| matter.extension.is_some()).count() > 5);
    assert!(all.iter().filter(|matter| matter.rounds.len() > 1).count() > 10);
    assert!(all.iter().filter(|matter| !matter.reviews.is_empty()).count() > 3);
    assert!(all.iter().filter(|matter| !matter.intakes.is_empty()).count() > 5);
}

async fn every_list_pages(county: &County, before: u64, made: &Made) {
    let ours: BTreeSet<MatterId> = made.matters.iter().map(|(id, _)| *id).collect();
    for (role, query) in [
        ("dengji", ""),
        ("shenhe", "stage=closed"),
        ("shenhe", "filter=unsolved"),
        ("fuzeren0", ""),
        ("chengban0", ""),
        ("zhuangan0", ""),
        ("dengji", "q=%E6%B0%B4"),
    ] {
        let client = sign_in(county, role).await;
        let (all, total) = pages(&client, query).await;
        let once: BTreeSet<_> = all.iter().copied().collect();
        assert_eq!((all.len(), once.len()), (usize::try_from(total).unwrap(), all.len()), "{role} {query}");
        assert!(once.iter().any(|id| ours.contains(id)), "{role} {query}: none of the county");
        if (role, query) == ("dengji", "") {
            assert_eq!(total, 300 + before);
        }
    }
}

async fn by_its_code(county: &County, (id, code): (MatterId, String)) {
    let matter = county.state.store.matter(id).await.unwrap().unwrap();
    let tail = matter.registration.petitioner.phone_tail().unwrap();
    let page = county.anonymous().look_up(&code, &tail).await;
    assert_eq!(page.status, 200);
    assert!(page.text().contains(matter.number.as_str()), "{}", page.text());
}

#[tokio::test]
async fn the_same_seed_makes_the_same_county() {
    let (one, two) = (County::open().await, County::open().await);
    let size = Size { seed: 3, matters: 40, years: 2 };
    let (a, b) = (county::make(&one.state, size).await.unwrap(), county::make(&two.state, size).await.unwrap());
    assert_eq!((a.commands, a.records), (b.commands, b.records));
    for ((id, _), (other, _)) in a.matters.iter().zip(&b.matters) {
        assert_eq!(id, other);
        let journals = (one.state.store.journal(*id).await.unwrap(), two.state.store.journal(*id).await.unwrap());
        assert_eq!(journals.0, journals.1);
        assert_eq!(one.state.store.matter(*id).await.unwrap(), two.state.store.matter(*id).await.unwrap());
    }
    let other = county::make(&two.state, Size { seed: 4, ..size }).await;
    assert!(other.is_err(), "one county to a database: its accounts are there");
}
