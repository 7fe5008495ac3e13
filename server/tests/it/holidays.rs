//! 节假日: another year is put in without a restart; what runs keeps its day.

use case_core::audit::Deed;
use case_core::time::ClockKind;
use case_core::wire::holidays::{HolidayReport, HolidayTable};
use serde_json::json;

use crate::support::*;

const PATH: &str = "/api/v1/holidays";

async fn import(client: &Client, text: &str, save: bool) -> HolidayReport {
    client.post(PATH, &json!({ "text": text, "save": save })).await.read()
}

#[tokio::test]
async fn a_year_is_looked_at_then_put_in_and_counts_at_once() {
    let county = County::open().await;
    let admin = county.sign_in("guanli").await;
    let shipped: HolidayTable = admin.get(PATH).await.read();
    assert!(shipped.last_day_moves && shipped.days.len() > 70);

    let bad = import(&admin, "2027-01-01,rest,元旦\n2027-13-01,rest,元旦\n2027-03-01,work,植树节", true).await;
    assert!(!bad.saved);
    assert_eq!(bad.problems.iter().map(|problem| problem.row).collect::<Vec<_>>(), [2, 3]);
    assert_eq!(admin.get(PATH).await.read::<HolidayTable>(), shipped, "nothing of it");

    let good = "2027-01-01，休，元旦\n2027年1月2日,放假,元旦\n2027/1/3,rest,元旦";
    let looked_at = import(&admin, good, false).await;
    assert_eq!(
        (looked_at.saved, looked_at.year, looked_at.days.len(), looked_at.problems.len()),
        (false, Some(2027), 3, 0)
    );
    assert!(!county.state.calendar().covers(2027));
    assert!(import(&admin, good, true).await.saved);
    assert!(county.state.calendar().covers(2027), "without a restart");
    assert!(county.state.calendar().covers(2026));
    let noted = county.state.store.audit_entries(None, 1).await.unwrap().remove(0);
    assert!(matches!(noted.deed, Deed::HolidaysSet { year: Some(2027), days: 3, .. }));
    assert_eq!(noted.name.as_deref(), Some("管理员"));
    // Put in again with a day less: the year is as the new table says.
    assert!(import(&admin, "2027-01-01,rest,元旦", true).await.saved);
    let table: HolidayTable = admin.get(PATH).await.read();
    assert_eq!(table.days.len(), shipped.days.len() + 1);
}

#[tokio::test]
async fn what_runs_keeps_its_last_day_and_the_report_names_it() {
    let county = County::open().await;
    let admin = county.sign_in("guanli").await;
    let id = county.matter("公交停靠点").await;
    let before = county.state.store.matter(id).await.unwrap().unwrap();
    let clock = before.clocks.iter().find(|clock| clock.kind == ClockKind::Transfer && clock.is_running()).unwrap();
    // The whole year as it is, and the clock's last day off as well.
    let table: HolidayTable = admin.get(PATH).await.read();
    let year = clock.due.format("%Y-").to_string();
    let mut lines: Vec<String> = table
        .days
        .iter()
        .filter(|line| line.day.to_string().starts_with(&year) && line.day != clock.due)
        .map(|line| format!("{},{},{}", line.day, if line.rest { "rest" } else { "work" }, line.name.as_str()))
        .collect();
    lines.push(format!("{},rest,试验", clock.due));
    let report = import(&admin, &lines.join("\n"), true).await;
    assert!(report.saved, "{:?}", report.problems);
    let shift = report.differ.iter().find(|shift| shift.number == before.number && shift.kind == ClockKind::Transfer);
    let shift = shift.unwrap_or_else(|| panic!("{:?}", report.differ));
    assert_eq!(shift.stands, clock.due);
    assert!(shift.would_be > clock.due);
    assert_eq!(county.state.store.matter(id).await.unwrap().unwrap(), before, "it stands");
    let rules = case_core::time::Rules::default();
    assert_eq!(rules.due(ClockKind::Transfer, clock.started, &county.state.calendar()), shift.would_be);

    // Whether a last day moves at all is a setting.
    let set: HolidayTable = admin.post("/api/v1/holidays/last-day", &json!({ "moves": false })).await.read();
    assert!(!set.last_day_moves);
    assert_eq!(rules.due(ClockKind::Transfer, clock.started, &county.state.calendar()), clock.due);
    let noted = county.state.store.audit_entries(None, 1).await.unwrap().remove(0);
    assert_eq!(noted.deed, Deed::SettingSet { name: "last_day".to_owned(), value: "stays".to_owned() });
}

#[tokio::test]
async fn only_who_runs_the_system_sets_holidays() {
    let county = County::open().await;
    for login in ["shenhe", "dengji", "cunguan"] {
        let client = county.sign_in(login).await;
        let reply = client.post(PATH, &json!({ "text": "2027-01-01,rest,元旦", "save": true })).await;
        assert_eq!(reply.status, 403, "{login}");
    }
    assert!(!county.state.calendar().covers(2027));
}
