//! Imports, on small files of our own; on the large real ones when they lie beside the project.

use case_core::wire::desk::{Division, ImportProgress, MatterList};
use case_core::wire::session::Session;
use case_core::wire::sync::{PullResponse, WorkItem};
use huiyin::use_cases::import::{Report, run};
use serde_json::json;
use uuid::Uuid;

use crate::support::*;

const DIVISIONS: &str = "\u{feff}村级代码,省,市,县区,乡镇街道代码,乡镇街道,村社区\n\
880101001001,某省,某市,试县,880101001,东镇,新民村委会\n\
880101001002,某省,某市,试县,880101001,东镇,河口村委会\n\
880101002001,某省,某市,试县,880101002,西镇,新民村委会\n\
88010100200,某省,某市,试县,880101002,西镇,坏代码村委会\n";

const ROSTER: &str = "户编号,乡镇,村（社区）,组别,姓名,与户主关系,出生日期,公民身份号码,联系电话,备注\n\
1,东镇,新民村委会,第1组,甲一,户主,1975/09/24,880101197509240000,138****0001,\n\
1,东镇,新民村委会,第1组,甲二,配偶,1979-12-31,880101197912310000,,\n\
2,西镇,新民村委会,第2组,乙一,户主,1947.11,880101194711010000,138****0002,五保户\n\
3,西镇,没有村委会,第2组,丙一,户主,1950-01-01,,,\n";

const MESSAGES: &str = "{\"id\":\"1\",\"user\":\"A1\",\"title\":\"路灯\",\"time\":\"2019-04-25T09:32:09\",\"body\":\"路灯坏了很久没有人修。\",\"label\":\"城乡建设\"}\n\
{\"id\":\"2\",\"user\":\"A2\",\"title\":\"公交\",\"time\":\"2019-04-25 09:32\",\"body\":\"公交车太少，等一个小时。\",\"reply\":\"已增加班次。\",\"reply_time\":\"2019-05-10T14:56:53\"}\n\
{\"id\":\"3\",\"user\":\"A3\",\"title\":\"断了\n\
{\"id\":\"4\",\"user\":\"A4\",\"title\":\"明天\",\"time\":\"2099-04-25\",\"body\":\"这一天还没有到，不能登记。\"}\n";

async fn import(county: &County, kind: &str, name: &str, body: &[u8]) -> ImportProgress {
    let admin = county.sign_in("guanli").await;
    let path = format!("/api/v1/imports?kind={kind}&name={}", urlencode(name));
    let begun: ImportProgress =
        admin.raw(axum::http::Method::POST, &path, "application/octet-stream", body.to_vec()).await.read();
    loop {
        let now: ImportProgress = admin.get(&format!("/api/v1/imports/{}", begun.id)).await.read();
        if now.finished {
            return now;
        }
        tokio::time::sleep(std::time::Duration::from_millis(20)).await;
    }
}

#[tokio::test]
async fn good_rows_go_in_and_bad_ones_are_named() {
    let county = County::open().await;
    let places = import(&county, "divisions", "区划.csv", DIVISIONS.as_bytes()).await;
    assert_eq!((places.added, places.bad), (3, 1), "{places:?}");
    assert_eq!(places.problems[0].row, 5);
    let registrar = county.sign_in("dengji").await;
    let towns: Vec<Division> = registrar.get("/api/v1/divisions?under=880101").await.read();
    assert_eq!(towns.len(), 2);

    let homes = import(&county, "households", "花名册.csv", ROSTER.as_bytes()).await;
    assert_eq!((homes.added, homes.bad), (2, 1), "{homes:?}");
    assert_eq!(homes.problems[0].row, 5);
    assert!(homes.problems[0].reason.contains("没有村委会"));
    assert!(homes.notes.iter().any(|note| note.contains("身份证号")), "{:?}", homes.notes);

    let matters = import(&county, "matters", "留言.jsonl", MESSAGES.as_bytes()).await;
    assert_eq!((matters.added, matters.bad), (2, 2), "{matters:?}");
    let rows: Vec<u32> = matters.problems.iter().map(|problem| problem.row).collect();
    assert_eq!(rows, [3, 4]);
    let closed: MatterList = registrar.get("/api/v1/matters?stage=closed").await.read();
    assert_eq!(closed.total, 1, "the one that had its reply");
}

#[tokio::test]
async fn importing_the_same_file_twice_adds_nothing() {
    let county = County::open().await;
    for (kind, name, body) in
        [("divisions", "a.csv", DIVISIONS), ("households", "b.csv", ROSTER), ("matters", "c.jsonl", MESSAGES)]
    {
        let first = import(&county, kind, name, body.as_bytes()).await;
        let second = import(&county, kind, name, body.as_bytes()).await;
        assert_eq!((second.added, second.updated, second.unchanged), (0, 0, first.added), "{kind}: {second:?}");
    }
}

#[tokio::test]
async fn a_year_of_matters_without_a_time_of_day_gets_its_numbers() {
    let county = County::open().await;
    let line = |n: u32| {
        format!(
            "{{\"id\":\"{n}\",\"user\":\"A{n}\",\"title\":\"第{n}件\",\"time\":\"2024-05-02\",\"body\":\"第{n}件事的内容。\"}}\n"
        )
    };
    for part in 0..3 {
        let body: String = (part * 800..(part + 1) * 800).map(line).collect();
        let ended = import(&county, "matters", "全年.jsonl", body.as_bytes()).await;
        assert_eq!((ended.added, ended.bad, ended.failed), (800, 0, None), "part {part}");
    }
}

#[tokio::test]
async fn a_file_that_is_none_says_so_in_words() {
    let county = County::open().await;
    for (kind, name, body) in [
        ("divisions", "x.xlsx", &b"PK\x03\x04 not really"[..]),
        ("households", "x.csv", &b""[..]),
        ("matters", "x.csv", &b"\xff\xfe\x00"[..]),
    ] {
        let ended = import(&county, kind, name, body).await;
        let said = ended.failed.expect(kind);
        assert!(said.chars().any(|c| c > '\u{4e00}'), "{said}");
    }
    let officer = county.sign_in("cunguan").await;
    let reply = officer.raw(axum::http::Method::POST, "/api/v1/imports?kind=matters", "text/plain", vec![]).await;
    assert_eq!(reply.status, 403);
}

#[tokio::test]
async fn the_real_files_go_in_whole() {
    let shared = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/data");
    if !shared.is_dir() {
        println!("../shared/data is absent: the real files were not imported");
        return;
    }
    let county = County::open().await;
    let import = async |kind: &str, file: &str| {
        let bytes = std::fs::read(shared.join(file)).unwrap();
        let mut report = Report::for_terminal(Box::new(|_| {}));
        let result = run(&county.state, None, kind.parse().unwrap(), file, bytes, &mut report).await;
        report.finish(result)
    };
    let places = import("divisions", "divisions/350921_霞浦县.csv").await;
    assert_eq!((places.added, places.bad), (331, 0));
    let homes = import("households", "rosters/roster_350921.xlsx").await;
    assert_eq!((homes.added, homes.bad), (1_500, 0), "{:?}", homes.problems);
    let messages = import("matters", "messages/messages_dev.jsonl").await;
    assert_eq!(messages.total, 3_273);
    assert_eq!(messages.added + messages.bad, 3_273, "{:?}", messages.problems);
    println!(
        "real files: {} villages, {} households, {} matters, {} bad rows",
        places.added, homes.added, messages.added, messages.bad
    );
    let again = import("matters", "messages/messages_dev.jsonl").await;
    assert_eq!((again.added, again.updated), (0, 0));
}

#[tokio::test]
async fn an_edit_at_the_door_stands_against_a_roster_and_the_import_says_so() {
    let county = County::open().await;
    let roster = "户编号,乡镇,村（社区）,组别,姓名,与户主关系,联系电话
77,清溪镇,青石村委会,第1组,乙一,户主,138****0002
";
    assert_eq!(import(&county, "households", "花名册.csv", roster.as_bytes()).await.added, 1);
    let phone = county.sign_in("cunguan").await;
    let me = phone.get("/api/v1/session").await.read::<Session>().actor.account;
    let pulled: PullResponse = phone.post("/api/v1/sync/pull", &json!({ "protocol": 2 })).await.read();
    let home = pulled.items.into_iter().find_map(|item| match item {
        WorkItem::Household(card) if card.head.as_str() == "乙一" => Some(card),
        _ => None,
    });
    let (home, device) = (home.expect("in the official's village"), Uuid::from_u128(7));
    let edit = json!({ "id": Uuid::now_v7(), "device": device, "sequence": 1, "by": me, "made_at": 1,
        "payload": { "kind": "roster_edit", "household": home.id, "changes": [
            { "saw": { "field": "phone", "value": "138****0002" }, "new": { "field": "phone", "value": "13900009999" } } ] } });
    let body = json!({ "protocol": 2, "device": device, "records": [edit] });
    assert_eq!(phone.post("/api/v1/sync/push", &body).await.status, 200);
    let stands = || async { county.state.store.household(home.id).await.unwrap().unwrap().phone.unwrap() };
    assert_eq!(stands().await.as_str(), "13900009999");

    let again = import(&county, "households", "花名册.csv", roster.as_bytes()).await;
    assert_eq!((again.updated, again.unchanged), (0, 1), "{again:?}");
    let newer = roster.replace("138****0002", "138****0003");
    let told = import(&county, "households", "花名册.csv", newer.as_bytes()).await;
    let said = told.notes.iter().find(|note| note.contains("乙一家")).expect("told");
    for part in ["联系电话", "13900009999", "138****0003"] {
        assert!(said.contains(part), "{said}");
    }
    assert_eq!(stands().await.as_str(), "13900009999");
}
