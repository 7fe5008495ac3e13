//! 台账与报告: who gets them, whose names stand in them, and the same figures on the screen, on paper and in files.

use std::io::{Cursor, Read as _};

use axum::http::Method;
use case_core::audit::{Deed, PaperForm};
use case_core::id::DocumentId;
use case_core::text::Paragraph;
use case_core::wire::reports::{IssueReport, IssuedReport, ReportChoices, ReportSection, ReportSheet, ShownReport};
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

fn issuing(address: &str) -> String {
    form(address, "issue")
}

/// 出具 what is on the screen now.
async fn issue(client: &Client, address: &str, reason: Option<&str>) -> Reply {
    let shown: ShownReport = client.get(address).await.read();
    let request = IssueReport {
        id: DocumentId(uuid::Uuid::now_v7()),
        seen: shown.seen,
        after: shown.issued.first().map(|one| one.id),
        reason: reason.map(|words| Paragraph::parse(words).unwrap()),
    };
    client.post(&issuing(address), &json!(request)).await
}

fn proof_on(page: &str) -> String {
    let at = page.split("输入核验码 ").nth(1).expect("a code to verify");
    at.split('。').next().unwrap().to_owned()
}

async fn verified(county: &County, code: &str) -> String {
    let body = format!("code={}", urlencode(code)).into_bytes();
    county.anonymous().raw(Method::POST, "/v", "application/x-www-form-urlencoded", body).await.text()
}

#[tokio::test]
async fn a_report_is_issued_with_number_version_and_proof_and_a_draft_says_that_it_is_none() {
    let county = County::open().await;
    let supervisor = county.sign_in("shenhe").await;
    let address = ledger(&county);
    let draft = supervisor.get(&form(&address, "print")).await.text();
    assert!(draft.contains("草稿，未出具") && !draft.contains("账字〔"), "{draft}");
    let draft = part(&supervisor.get(&form(&address, "docx")).await.body, "word/document.xml");
    assert!(draft.contains("草稿，未出具") && !draft.contains("账字〔"));

    let reply = issue(&supervisor, &address, None).await;
    assert_eq!(reply.status, 200, "{}", reply.text());
    let first: IssuedReport = reply.read();
    let year = county.state.now().date().year();
    assert!(first.number.ends_with(&format!("账字〔{year}〕1号")) && first.version == 1, "{first:?}");
    let deed = county.state.store.audit_entries(None, 1).await.unwrap().remove(0).deed;
    assert!(matches!(&deed, Deed::ReportIssued { number, version: 1, replaces: None, .. } if *number == first.number));

    // Paper and file carry the same; the names are masked, whoever issued it.
    let at = |id: DocumentId, form: &str| format!("/api/v1/reports/issued/{id}/{form}");
    let page = supervisor.get(&at(first.id, "print")).await.text();
    assert!(page.contains(&first.number) && page.contains("第 1 版") && page.contains("<svg"), "{page}");
    assert!(!page.contains("草稿") && page.contains("（盖章）") && page.contains("一句话说明"));
    let file = supervisor.get(&at(first.id, "docx")).await.body;
    let document = part(&file, "word/document.xml");
    assert!(document.contains(&first.number) && document.contains("第 1 版") && document.contains("rId6"));
    assert!(part(&file, "word/_rels/document.xml.rels").contains("media/proof.png"));
    assert!(part(&file, "word/footer1.xml").contains("NUMPAGES"));
    let deed = county.state.store.audit_entries(None, 1).await.unwrap().remove(0).deed;
    assert_eq!(deed, Deed::ReportTaken { paper: first.id, number: first.number.clone(), form: PaperForm::File });

    // Anybody proves it, and reads no figure and no name.
    let said = verified(&county, &proof_on(&page)).await;
    let any = county.state.store.matters_received(county.state.now().date(), None, 200).await.unwrap();
    assert!(said.contains("这份文书是真的，现在有效") && said.contains(&first.number) && said.contains("信访事项台账"));
    assert!(any.iter().all(|matter| !said.contains(matter.number.as_str())), "{said}");

    // The same figures are no new version; other figures are one, and say why.
    let same = issue(&supervisor, &address, Some("再来一份")).await;
    assert!(same.status == 409 && same.text().contains("不用出新版"), "{}", same.text());
    let registrar = county.sign_in("dengji").await;
    let seen: ShownReport = supervisor.get(&address).await.read();
    let registration = json!({
        "title": "桥栏杆断了", "content": "村口的桥栏杆断了。", "demands": ["修好栏杆"], "purpose": "appeal", "category": "land",
        "channel": "letter", "intake": "first", "petitioner": { "name": "赵甲乙" }, "received_on": county.state.now().date(),
    });
    let request = json!({ "id": uuid::Uuid::now_v7(), "registration": registration });
    assert_eq!(registrar.post("/api/v1/matters", &request).await.status, 200);
    let stale = json!(IssueReport {
        id: DocumentId(uuid::Uuid::now_v7()),
        seen: seen.seen,
        after: Some(first.id),
        reason: Some(Paragraph::parse("补一件").unwrap()),
    });
    let changed = supervisor.post(&issuing(&address), &stale).await;
    assert!(changed.status == 409 && changed.text().contains("数字又有变化"), "{}", changed.text());
    let silent = issue(&registrar, &address, None).await;
    assert!(silent.status == 409 && silent.text().contains("写明理由"), "{}", silent.text());
    let second: IssuedReport = issue(&registrar, &address, Some("补登一件")).await.read();
    assert_eq!((second.version, second.number.as_str()), (2, first.number.as_str()));
    // The registrar has that matter in hand and reads the name; the paper is for all.
    let mine = registrar.get(&form(&address, "print")).await.text();
    let paper = registrar.get(&at(second.id, "print")).await.text();
    assert!(mine.contains("赵甲乙") && !paper.contains("赵甲乙") && paper.contains("赵*"));
    let old = verified(&county, &proof_on(&page)).await;
    assert!(old.contains("已经换了新版") && old.contains("第 2 版"), "{old}");
    let shown: ShownReport = supervisor.get(&address).await.read();
    assert_eq!(shown.issued.iter().map(|one| one.version).collect::<Vec<_>>(), [2, 1]);
    let choices: ReportChoices = supervisor.get("/api/v1/reports/choices").await.read();
    assert_eq!(choices.issued.iter().map(|one| one.id).collect::<Vec<_>>(), [second.id]);
    // Another time is another report.
    let month: IssuedReport = issue(&supervisor, "/api/v1/reports?kind=monthly", None).await.read();
    assert!(month.number.ends_with(&format!("研字〔{year}〕1号")));
}

#[tokio::test]
async fn an_issued_report_is_not_given_to_who_stays_away_from_what_it_names() {
    let county = County::open().await;
    let (supervisor, registrar) = (county.sign_in("shenhe").await, county.sign_in("dengji").await);
    let address = ledger(&county);
    let before: IssuedReport = issue(&registrar, &address, None).await.read();
    let id = county.matter("村口路灯").await;
    let reason = json!({ "reason": "亲戚" });
    assert_eq!(supervisor.post(&format!("/api/v1/matters/{id}/recusal"), &reason).await.status, 200);
    for form in ["print", "docx"] {
        let reply = supervisor.get(&format!("/api/v1/reports/issued/{}/{form}", before.id)).await;
        assert!(reply.status == 409 && reply.text().contains("回避"), "{}", reply.text());
    }
    let own = issue(&supervisor, &address, Some("月底")).await;
    assert!(own.status == 409 && own.text().contains("会缺行"), "{}", own.text());
    assert_eq!(registrar.get(&format!("/api/v1/reports/issued/{}/print", before.id)).await.status, 200);
    let nobody = uuid::Uuid::nil();
    assert_eq!(registrar.get(&format!("/api/v1/reports/issued/{nobody}/print")).await.status, 404);
}
