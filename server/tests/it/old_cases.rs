//! 积案 and 包案 over HTTP: who enters, takes on, agrees and strikes off; what the lists, the reports and the
//! leader's own file show of it.

use case_core::id::MatterId;
use case_core::matter::{CommandKind, Refusal, Stage};
use case_core::wire::desk::*;
use case_core::wire::problem::Problem;
use case_core::wire::reports::{ReportSection, ReportSheet};
use chrono::Datelike as _;
use serde_json::{Value, json};

use crate::office::*;

fn enter() -> Value {
    json!({ "command": "enter_old_case", "ground": "came_again", "problem": "两家争了三年" })
}

async fn take_on(office: &Office, leader: &str) -> Value {
    let (account, today) = (office.account(leader).await, office.today());
    json!({ "command": "take_on", "leader": account, "contact": "周明", "plan": "先测绘，再调解",
        "since": today, "until": today + chrono::TimeDelta::days(60) })
}

fn agree(agrees: bool) -> Value {
    json!({ "command": "sign_contract", "agrees": agrees, "text": "看过了" })
}

async fn list(office: &Office, login: &str, filter: &str) -> Vec<MatterId> {
    let list: MatterList =
        office.county.sign_in(login).await.get(&format!("/api/v1/matters?filter={filter}")).await.read();
    list.rows.into_iter().map(|row| row.id).collect()
}

async fn sheet(office: &Office, query: &str) -> ReportSheet {
    let year = office.today().year();
    office.county.sign_in("lianxi").await.get(&format!("/api/v1/reports?{query}&year={year}")).await.read()
}

fn section<'a>(sheet: &'a ReportSheet, heading: &str) -> &'a ReportSection {
    sheet.sections.iter().find(|section| section.heading.starts_with(heading)).unwrap_or_else(|| panic!("no {heading}"))
}

#[tokio::test]
async fn a_leader_answers_for_an_old_case_until_it_is_struck_off() {
    let office = Office::open().await;
    let id = office.handling().await;
    for login in ["chengban", "fuzeren", "dengji", "cunguan", "xianling", "zhenzhang"] {
        let refusal = Refusal::RoleMayNot { command: CommandKind::EnterOldCase };
        assert_eq!(office.refused(login, id, enter()).await, refusal, "{login}");
    }
    let before = list(&office, "lianxi", "old_cases").await;
    assert!(!before.contains(&id));
    let take = take_on(&office, "xianling").await;
    assert_eq!(office.refused("xianling", id, take.clone()).await, Refusal::NotListed);
    office.gives("lianxi", id, enter()).await;
    assert!(list(&office, "lianxi", "old_cases").await.contains(&id));
    assert!(!list(&office, "xianling", "mine").await.contains(&id));

    // Only a leader, and only for themselves.
    for stranger in ["chengban", "shenhe"] {
        let reply = office.tries("lianxi", id, take_on(&office, stranger).await).await;
        assert!(matches!(reply.problem().problem, Problem::Malformed { .. }), "{stranger}: {}", reply.text());
    }
    let county = office.county.sign_in("lianxi").await;
    let leaders: Vec<Named> = county.get(&format!("/api/v1/matters/{id}/leaders")).await.read();
    let town = office.account("zhenzhang").await;
    assert_eq!(leaders.first().map(|named| named.account), Some(town), "谁挂点谁包案");
    assert_eq!(leaders.len(), 2);
    assert_eq!(office.refused("zhenzhang", id, take.clone()).await, Refusal::NotTheLeader);
    assert_eq!(office.gives("xianling", id, take).await, Stage::Handling);
    assert!(list(&office, "xianling", "mine").await.contains(&id));
    let own = office.county.sign_in("xianling").await.file(id).await;
    assert!(!own.masked, "who answers for it reads whom it is about");

    // Nothing ends before the leader has said yes to what was handed in.
    office.submit(id, "水沟已经修好。").await;
    let shown = county.file(id).await.closure_digest;
    let approve = json!({ "command": "approve_closure", "shown": shown });
    assert_eq!(office.refused("shenhe", id, approve).await, Refusal::LeaderHasNotAgreed);
    assert_eq!(office.refused("zhenzhang", id, agree(true)).await, Refusal::NotTheLeader);
    office.gives("xianling", id, agree(true)).await;
    let shown = county.file(id).await.closure_digest;
    office.gives("shenhe", id, json!({ "command": "approve_closure", "shown": shown })).await;
    let strike = json!({ "command": "strike_off", "text": "修好了，信访人满意" });
    let early = Refusal::IllegalMove { stage: Stage::Approved, command: CommandKind::StrikeOff };
    assert_eq!(office.refused("lianxi", id, strike).await, early);

    // It stands in the ledger, in the month and in the leader's own file.
    let number = county.file(id).await.matter.number;
    let ledger = sheet(&office, "kind=old_cases").await;
    let row = section(&ledger, "积案和包案台账").rows.iter().find(|row| row[1].text == number.as_str()).unwrap();
    assert_eq!((row[4].text.as_str(), row[5].text.as_str()), ("答复以后又来三次以上", "江河"));
    let progress = &section(&ledger, "化解进度").rows[0];
    assert_eq!(progress[0].list.len().to_string(), progress[0].text, "the number opens its list");
    assert!(section(&ledger, "包案领导手上的事项").rows.iter().any(|row| row[0].text == "江河"));
    let leader = office.account("xianling").await;
    let file = sheet(&office, &format!("kind=leader&leader={leader}")).await;
    let led = &section(&file, "包案").rows[0][0];
    assert!(led.list.iter().any(|at| file.items[*at as usize].matter == Some(id)));
    let csv = county.get(&format!("/api/v1/reports/csv?kind=old_cases&year={}", office.today().year())).await.text();
    assert!(csv.contains(number.as_str()) && csv.lines().count() == section(&ledger, "积案和包案台账").rows.len() + 1);
}

#[tokio::test]
async fn what_is_struck_off_counts_and_both_lists_open() {
    let office = Office::open().await;
    let county = office.county.sign_in("dengji").await;
    let id = office.matter().await;
    // Ended without an answer of a unit: withdrawn.
    let withdraw =
        json!({ "command": "propose", "proposal": { "what": "withdraw", "on": office.today(), "reason": "不要了" } });
    office.gives("lianxi", id, enter()).await;
    let before = sheet(&office, "kind=old_cases").await;
    let figures = |sheet: &ReportSheet| {
        let row = section(sheet, "化解进度").rows[0].clone();
        (row[0].text.parse::<usize>().unwrap(), row[1].text.parse::<usize>().unwrap(), row[1].list.len())
    };
    office.gives("dengji", id, withdraw).await;
    office.gives("shenhe", id, json!({ "command": "approve_proposal" })).await;
    office.gives("lianxi", id, json!({ "command": "strike_off", "text": "信访人撤回，问题已经解决" })).await;
    let after = sheet(&office, "kind=old_cases").await;
    let (all, struck, _) = figures(&before);
    assert_eq!(figures(&after), (all, struck + 1, struck + 1));
    let now = county.file(id).await.matter;
    assert!(now.old_case().is_none() && now.old_cases.len() == 1);
    assert!(!list(&office, "lianxi", "old_cases").await.contains(&id));
}

#[tokio::test]
async fn another_leader_takes_over_once_a_county_leader_approves() {
    let office = Office::open().await;
    let id = office.handling().await;
    office.gives("lianxi", id, enter()).await;
    office.gives("lianxi", id, take_on(&office, "xianling").await).await;
    let to = office.account("zhenzhang").await;
    let change =
        json!({ "command": "propose", "proposal": { "what": "leader", "leader": to, "reason": "挂点领导更合适" } });
    let role = Refusal::RoleMayNot { command: CommandKind::ProposeLeader };
    assert_eq!(office.refused("shenhe", id, change.clone()).await, role);
    office.gives("lianxi", id, change).await;
    assert!(list(&office, "xianling", "proposed").await.contains(&id));
    let approve = json!({ "command": "approve_proposal" });
    let role = Refusal::RoleMayNot { command: CommandKind::ApproveProposal };
    for login in ["shenhe", "fuzeren", "lianxi"] {
        assert_eq!(office.refused(login, id, approve.clone()).await, role, "{login}");
    }
    office.gives("xianling", id, approve).await;
    assert!(list(&office, "zhenzhang", "mine").await.contains(&id));
    assert!(!list(&office, "xianling", "mine").await.contains(&id));
    assert_eq!(office.refused("xianling", id, agree(true)).await, Refusal::NotTheLeader);
    office.gives("zhenzhang", id, agree(true)).await;
}
