//! 台账与报告: who gets them, whose names stand in them, and the same figures on the screen, on paper and in files.

use std::io::{Cursor, Read as _};

use case_core::wire::reports::{ReportChoices, ReportSection, ReportSheet};
use case_core::wire::sync::HouseholdCard;
use chrono::Datelike as _;
use serde_json::json;

use crate::support::*;

fn section<'a>(sheet: &'a ReportSheet, heading: &str) -> &'a ReportSection {
    let found = sheet.sections.iter().find(|section| section.heading.starts_with(heading));
    found.unwrap_or_else(|| panic!("no {heading}: {:?}", sheet.sections.iter().map(|s| &s.heading).collect::<Vec<_>>()))
}

/// All that the demo county has came in during these days.
fn ledger(county: &County) -> String {
    let today = county.state.now().date();
    format!("/api/v1/reports?kind=ledger&from={}&until={today}", today - chrono::TimeDelta::days(700))
}

fn form(address: &str, form: &str) -> String {
    address.replace("/reports?", &format!("/reports/{form}?"))
}

#[tokio::test]
async fn the_ledger_has_every_matter_once_and_no_full_name() {
    let county = County::open().await;
    let supervisor = county.sign_in("shenhe").await;
    let address = ledger(&county);
    let sheet: ReportSheet = supervisor.get(&address).await.read();
    let rows = &section(&sheet, "台账").rows;
    let all = county.state.store.matters_received(county.state.now().date(), None, 200).await.unwrap();
    assert_eq!((rows.len(), sheet.wide), (all.len(), true));
    let csv = supervisor.get(&form(&address, "csv")).await.text();
    for matter in &all {
        let number = matter.number.as_str();
        let row: Vec<_> = rows.iter().filter(|row| row[1].text == number).collect();
        assert_eq!(row.len(), 1, "{number}");
        let name = matter.registration.petitioner.name.as_str();
        assert!(row[0][3].text.ends_with('*') && !csv.contains(name), "{name}");
    }
    assert!(csv.starts_with("\u{FEFF}\"序号\",\"信访件编号\"") && csv.lines().count() == all.len() + 1, "{csv}");

    let page = supervisor.get(&form(&address, "print")).await.text();
    assert!(page.contains("sheet--wide") && page.contains("信访事项台账") && page.contains(all[0].number.as_str()));
    let file = supervisor.get(&form(&address, "docx")).await;
    let document = part(&file.body, "word/document.xml");
    assert!(document.contains("w:orient=\"landscape\"") && document.contains(all[0].number.as_str()));
    let styles = part(&file.body, "word/styles.xml");
    assert!(["方正小标宋简体", "仿宋_GB2312", "黑体"].iter().all(|font| styles.contains(font)));
    assert!(
        !part(&file.body, "word/_rels/document.xml.rels").contains("media/"),
        "no picture is named that is not there"
    );
}

fn part(file: &[u8], name: &str) -> String {
    let mut zip = zip::ZipArchive::new(Cursor::new(file)).unwrap();
    let mut text = String::new();
    zip.by_name(name).unwrap().read_to_string(&mut text).unwrap();
    text
}

#[tokio::test]
async fn what_petitioners_write_is_no_formula_in_the_table() {
    let county = County::open().await;
    let registrar = county.sign_in("dengji").await;
    let today = county.state.now().date();
    let registration = json!({
        "title": "=1+1", "content": "=HYPERLINK(\"x\")", "demands": ["=HYPERLINK(\"x\",\"点\")"], "purpose": "appeal",
        "category": "land", "channel": "letter", "intake": "first", "petitioner": { "name": "赵甲乙" }, "received_on": today,
    });
    let request = json!({ "id": uuid::Uuid::now_v7(), "registration": registration });
    assert_eq!(registrar.post("/api/v1/matters", &request).await.status, 200);
    let csv = registrar.get(&form(&ledger(&county), "csv")).await.text();
    assert!(csv.contains("\"'=HYPERLINK(\"\"x\"\",\"\"点\"\")\""), "{csv}");
    assert!(!csv.contains("\"=HYPERLINK"));
    // Who is registering it has it in hand: the full name.
    assert!(csv.contains("赵甲乙"));
    let others = county.sign_in("shenhe").await.get(&form(&ledger(&county), "csv")).await.text();
    assert!(others.contains("赵*") && !others.contains("赵甲乙"));
}

#[tokio::test]
async fn a_month_counts_what_the_ledger_lists_and_each_number_has_its_list() {
    let county = County::open().await;
    let supervisor = county.sign_in("shenhe").await;
    let choices: ReportChoices = supervisor.get("/api/v1/reports/choices").await.read();
    let (year, month) = choices.month;
    let sheet: ReportSheet =
        supervisor.get(&format!("/api/v1/reports?kind=monthly&month={year}-{month:02}")).await.read();
    assert!(sheet.title.contains(&format!("{year}年{month}月")), "{}", sheet.title);
    let all = county.state.store.matters_received(choices.until, None, 200).await.unwrap();
    let received = all.iter().filter(|m| (choices.from..=choices.until).contains(&m.registration.received_on)).count();
    let linked = all.iter().flat_map(|m| &m.intakes);
    let linked = linked.filter(|one| (choices.from..=choices.until).contains(&one.intake.received_on)).count();
    assert_eq!(section(&sheet, "总量").rows[0][0].text, (received + linked).to_string());
    let opened = sheet.sections.iter().flat_map(|section| section.rows.iter().flatten()).filter(|cell| cell.opens);
    let mut lists = 0;
    for cell in opened {
        let count: usize = cell.text.parse().unwrap();
        assert!(cell.list.len() <= count && (count == 0) == cell.list.is_empty(), "{cell:?}");
        assert!(cell.list.iter().all(|at| (*at as usize) < sheet.items.len()));
        lists += 1;
    }
    assert!(lists > 50, "{lists}");
    assert!(sheet.items.iter().all(|item| item.petitioner.ends_with('*')));
    let page = supervisor.get(&format!("/api/v1/reports/print?kind=monthly&month={year}-{month:02}")).await.text();
    assert!(page.contains("按期答复率") && page.contains("超期未评价"));
}

#[tokio::test]
async fn years_and_leaders_are_counted_from_records() {
    let county = County::open().await;
    let supervisor = county.sign_in("shenhe").await;
    let year = county.state.now().date().year();
    let sheet: ReportSheet = supervisor.get(&format!("/api/v1/reports?kind=annual&year={year}")).await.read();
    for heading in [
        "总量",
        "内容分类",
        "被投诉较多的机关、单位",
        "转送、交办、督办情况",
        "提出建议和被采纳情况",
        "其他应当报告的事项",
    ] {
        section(&sheet, heading);
    }
    let choices: ReportChoices = supervisor.get("/api/v1/reports/choices").await.read();
    let leader = choices.leaders.first().expect("the demo county has a leader");
    let address = format!("/api/v1/reports?kind=leader&leader={}&year={year}", leader.account);
    let before: ReportSheet = supervisor.get(&address).await.read();
    let receptions = |sheet: &ReportSheet| section(sheet, "接访、下访").rows[0][0].text.parse::<u32>().unwrap();

    let of = county.state.store.account(leader.account).await.unwrap().unwrap();
    let own = county.sign_in(&of.login).await;
    let matter = county.matter("村口路灯").await;
    let mut record = visit_record(leader.account, uuid::Uuid::now_v7(), json!({}));
    record["payload"] = json!({
        "kind": "reception", "at": county.state.now(), "place": "清溪镇", "visitor": "张三", "people": 3, "subject": "路灯不亮",
        "matter": matter,
    });
    record["made_at"] = json!(county.state.now());
    assert_eq!(own.post("/api/v1/sync/push", &push_body(&[record])).await.status, 200);
    let after: ReportSheet = supervisor.get(&address).await.read();
    assert_eq!(receptions(&after), receptions(&before) + 1);
    let brought = section(&after, "接访反映的事项");
    assert_eq!(brought.rows[0][0].list.len(), section(&before, "接访反映的事项").rows[0][0].list.len() + 1);
}

#[tokio::test]
async fn what_somebody_stays_away_from_is_counted_and_not_shown() {
    let county = County::open().await;
    let supervisor = county.sign_in("shenhe").await;
    let id = county.matter("村口路灯").await;
    let number = supervisor.file(id).await.matter.number;
    let reason = json!({ "reason": "亲戚" });
    assert_eq!(supervisor.post(&format!("/api/v1/matters/{id}/recusal"), &reason).await.status, 200);
    let reply = supervisor.get(&ledger(&county)).await;
    assert!(!reply.text().contains(number.as_str()) && reply.text().contains("按规定回避"));
    let others: ReportSheet = county.sign_in("dengji").await.get(&ledger(&county)).await.read();
    let mine: ReportSheet = reply.read();
    assert_eq!(section(&mine, "台账").rows.len(), section(&others, "台账").rows.len());
}

#[tokio::test]
async fn questions_that_make_no_sense_are_refused_by_name() {
    let county = County::open().await;
    let supervisor = county.sign_in("shenhe").await;
    for (query, field) in [
        ("kind=nothing", "kind"),
        ("kind=ledger&from=2026-03-01&until=x", "until"),
        ("kind=ledger&from=2026-03-02&until=2026-03-01", "until"),
        ("kind=ledger&from=2016-03-02&until=2026-03-01", "until"),
        ("kind=ledger&from=2026-03-01&until=2026-03-02&area=12", "area"),
        ("kind=ledger&from=2026-03-01&until=2026-03-02&area=999999999", "area"),
        ("kind=monthly&month=2026-13", "month"),
        ("kind=monthly&month=now", "month"),
        ("kind=annual&year=0", "year"),
        ("kind=annual&year=999999", "year"),
        ("kind=leader&leader=x", "leader"),
    ] {
        let reply = supervisor.get(&format!("/api/v1/reports?{query}")).await;
        assert_eq!((reply.status.as_u16(), reply.text().contains(field)), (400, true), "{query}: {}", reply.text());
    }
    assert_eq!(supervisor.get("/api/v1/reports/csv?kind=annual").await.status, 400);
    let nobody = uuid::Uuid::nil();
    assert_eq!(supervisor.get(&format!("/api/v1/reports?kind=leader&leader={nobody}")).await.status, 404);
}

#[tokio::test]
async fn a_household_that_was_met_is_covered_once() {
    let county = County::open().await;
    let supervisor = county.sign_in("shenhe").await;
    let today = county.state.now().date();
    let address = format!("/api/v1/reports?kind=coverage&from={}&until={today}", today - chrono::TimeDelta::days(10));
    let before: ReportSheet = supervisor.get(&address).await.read();
    let count =
        |sheet: &ReportSheet, column: usize| section(sheet, "遍访覆盖").rows[0][column].text.parse::<usize>().unwrap();
    let all = section(&before, "遍访覆盖").rows[0][1].list.len();
    assert_eq!(all, count(&before, 1));
    let own = county.sign_in("cunguan").await;
    let account = county.state.store.account_by_login("cunguan").await.unwrap().unwrap().actor.account;
    let cards = county.state.store.households_in(None, None, 200).await.unwrap();
    let mine = |card: &&HouseholdCard| card.division.as_str() == "990101101201" && card.last_visit.is_none();
    let home = cards.iter().rfind(mine).expect("the village has households").id;
    for sequence in 1..=2 {
        let mut record = visit_record(account, home.0, json!({}));
        record["sequence"] = json!(sequence);
        let reply = own.post("/api/v1/sync/push", &push_body(&[record])).await;
        assert_eq!(reply.status, 200, "{}", reply.text());
    }
    let after: ReportSheet = supervisor.get(&address).await.read();
    assert_eq!(count(&after, 1), all, "the target is the roster");
    assert_eq!(count(&after, 2), count(&before, 2) + 1, "twice is once");
    let total: usize = (4..=8).map(|column| count(&after, column)).sum();
    assert_eq!(total + count(&after, 2), all, "each household stands in one column");
    assert!(after.items.iter().all(|item| item.petitioner.contains('*')), "no full names");
}
