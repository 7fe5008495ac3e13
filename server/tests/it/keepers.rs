//! 三员: who keeps the system, who keeps the accounts and who reads the audit; none of them reads a matter.

use std::collections::BTreeSet;

use case_core::wire::accounts::{AccountList, AccountRow};
use case_core::wire::audit::{AuditGroup, AuditPage, Verification};
use case_core::wire::device::Device;
use serde_json::{Value, json};

use crate::phone::*;
use crate::support::*;

async fn audit(client: &Client, query: &str) -> AuditPage {
    client.get(&format!("/api/v1/audit?{query}")).await.read()
}

/// All pages.
async fn all(client: &Client, query: &str) -> AuditPage {
    let mut whole = audit(client, query).await;
    while let Some(next) = whole.next.take() {
        let page = audit(client, &format!("{query}&before={}", urlencode(&next))).await;
        assert!(!page.lines.is_empty(), "a page behind the last");
        whole.lines.extend(page.lines);
        whole.next = page.next;
    }
    whole
}

#[tokio::test]
async fn the_auditor_reads_who_did_what_when_and_why_and_nothing_of_what_stands_in_matters() {
    let county = County::open().await;
    let id = county.matter("低保申请").await;
    let registrar = county.sign_in("dengji").await;
    let reason = json!({ "reason": "identify", "words": "本人来局里查询" });
    assert_eq!(registrar.post(&format!("/api/v1/matters/{id}/unmask"), &reason).await.status, 200);
    let number = registrar.file(id).await.matter.number;
    let auditor = county.sign_in("shenji").await;

    let page = audit(&auditor, "group=unmasked").await;
    assert_eq!((page.lines.len(), page.next), (1, None));
    let line = &page.lines[0];
    assert_eq!(line.by.as_ref().unwrap().as_str(), "吴静");
    assert_eq!((line.what.as_str(), line.why.as_deref()), ("查看完整信息", Some("核对身份，本人来局里查询")));
    assert_eq!(line.numbers, [number.as_str()]);

    // By matter, by person, by period.
    let of_matter = all(&auditor, &format!("number={}", number.as_str())).await;
    assert!(of_matter.lines.len() >= 3 && of_matter.lines.iter().all(|line| line.numbers == [number.as_str()]));
    assert!(of_matter.lines.iter().any(|line| line.what == "转送"), "{of_matter:?}");
    for person in ["吴静", "dengji"] {
        let by = all(&auditor, &format!("group=unmasked&person={}", urlencode(person))).await;
        assert_eq!(by.lines, page.lines);
    }
    assert_eq!(audit(&auditor, &format!("person={}", urlencode("无此人"))).await.lines, []);
    let day = |days: i64| (chrono::Utc::now() + chrono::TimeDelta::days(days)).date_naive();
    assert_eq!(audit(&auditor, &format!("from={}", day(2))).await.lines, []);
    assert_eq!(audit(&auditor, &format!("until={}", day(-2))).await.lines, []);
    let near = format!("group=unmasked&from={}&until={}", day(-1), day(1));
    assert_eq!(audit(&auditor, &near).await.lines, page.lines);
    assert_eq!(audit(&auditor, "number=9926010101010001").await.lines, []);
    for wrong in ["number=12", "from=gestern", "group=alles", "before=x"] {
        auditor.get(&format!("/api/v1/audit?{wrong}")).await.problem();
    }

    // Page by page everything comes, once; and no word of a matter or a person in it.
    let whole = all(&auditor, "").await;
    let chain = county.state.store.audit_entries(None, 10_000).await.unwrap();
    let seen: BTreeSet<i64> = whole.lines.iter().map(|line| line.sequence).collect();
    assert_eq!((whole.lines.len(), seen.len()), (chain.len(), chain.len()));
    assert!(whole.lines.is_sorted_by(|a, b| (a.at, a.sequence) >= (b.at, b.sequence)));
    let text = serde_json::to_string(&whole).unwrap();
    for secret in ["低保", "路灯", "李建国", "13800000006", "黄大山"] {
        assert!(!text.contains(secret), "{secret}");
    }
    let grouped: usize = {
        let mut count = 0;
        for group in AuditGroup::ALL.into_iter().filter(|group| *group != AuditGroup::Records) {
            count += all(&auditor, &format!("group={}", group.code())).await.lines.len();
        }
        count
    };
    assert_eq!(grouped, all(&auditor, "").await.lines.len(), "each deed belongs to one group");
}

#[tokio::test]
async fn both_clocks_stand_beside_what_a_phone_did() {
    let county = County::open().await;
    let phone = Phone::open(&county, "cunguan", 7).await;
    let id = county.matter("村口路灯").await;
    let record = phone.visit(phone.household().await, json!({ "matter": id }));
    let mut record: Value = serde_json::from_str(&record).unwrap();
    let behind = county.state.now().0 - 3_600_000;
    record["made_at"] = json!(behind);
    stored(&phone.push(&[record.to_string()]).await[0]);
    let auditor = county.sign_in("shenji").await;
    let number = county.sign_in("shenhe").await.file(id).await.matter.number;
    for group in ["records", "matters"] {
        let page = audit(&auditor, &format!("group={group}&number={}", number.as_str())).await;
        let line = &page.lines[0];
        assert_eq!(line.device_at.unwrap().0, behind, "{group}");
        assert!(line.at.0 > behind && line.by.as_ref().unwrap().as_str() == "林小溪");
        assert_eq!(line.what, if group == "records" { "登门遍访" } else { "走访" });
    }
}

#[tokio::test]
async fn the_auditor_has_everything_looked_through_and_it_is_noted() {
    let county = County::open().await;
    let auditor = county.sign_in("shenji").await;
    let path = "/api/v1/audit/verification";
    assert_eq!(auditor.get(path).await.read::<Verification>(), Verification::default());
    let mut now: Verification = auditor.post(path, &json!({})).await.read();
    while now.running {
        tokio::time::sleep(std::time::Duration::from_millis(20)).await;
        now = auditor.get(path).await.read();
    }
    let last = now.last.unwrap();
    assert_eq!((last.faults, last.failed, last.matters), (0, false, 11), "{last:?}");
    assert!(last.lines.iter().any(|line| line.contains("全部完整")));
    let noted = audit(&auditor, "group=upkeep").await;
    assert_eq!(noted.lines[0].what, "核验：全部完整");
    assert_eq!(noted.lines[0].by.as_ref().unwrap().as_str(), "查清");
}

async fn account(client: &Client, login: &str) -> AccountRow {
    let list: AccountList = client.get("/api/v1/accounts").await.read();
    list.accounts.into_iter().find(|row| row.login == login).unwrap()
}

#[tokio::test]
async fn the_keeper_of_accounts_locks_out_and_lets_in() {
    let county = County::open().await;
    let keeper = county.sign_in("anquan").await;
    let list: AccountList = keeper.get("/api/v1/accounts").await.read();
    assert_eq!(list.accounts.len(), 19);
    assert_eq!(list.rights.len(), case_core::actor::Role::ALL.len());
    assert!(!serde_json::to_string(&list).unwrap().contains("argon2"));

    let officer = county.sign_in("cunguan").await;
    let id = account(&keeper, "cunguan").await.account;
    let active = |on: bool| json!({ "active": on });
    let path = format!("/api/v1/accounts/{id}/active");
    assert_eq!(keeper.post(&path, &active(false)).await.status, 200);
    assert!(!account(&keeper, "cunguan").await.active);
    assert_eq!(officer.get("/api/v1/session").await.status, 401, "signed out at once");
    let anonymous = county.anonymous();
    assert_eq!(anonymous.post("/api/v1/session", &county.credentials("cunguan")).await.status, 401);
    assert_eq!(keeper.post(&path, &active(true)).await.status, 200);
    county.sign_in("cunguan").await;

    // Too many wrong passwords.
    let wrong = json!({ "login": "dengji", "password": "nicht" });
    while anonymous.post("/api/v1/session", &wrong).await.status == 401 {}
    let locked = account(&keeper, "dengji").await;
    assert!(locked.locked_until.unwrap() > county.state.now());
    assert_eq!(anonymous.post("/api/v1/session", &county.credentials("dengji")).await.status, 429);
    assert_eq!(keeper.post(&format!("/api/v1/accounts/{}/unlock", locked.account), &json!({})).await.status, 200);
    assert_eq!(account(&keeper, "dengji").await.locked_until, None);
    county.sign_in("dengji").await;

    let own = account(&keeper, "anquan").await.account;
    keeper.post(&format!("/api/v1/accounts/{own}/active"), &active(false)).await.problem();
    let nobody = uuid::Uuid::nil();
    assert_eq!(keeper.post(&format!("/api/v1/accounts/{nobody}/unlock"), &json!({})).await.status, 404);
    let auditor = county.sign_in("shenji").await;
    let noted: Vec<String> = audit(&auditor, "group=accounts").await.lines.into_iter().map(|line| line.what).collect();
    assert_eq!(noted[..3], ["解除锁定：吴静", "启用账号：林小溪", "停用账号：林小溪"]);
}

#[tokio::test]
async fn a_phone_that_was_shut_out_is_let_in_by_the_keeper_of_accounts() {
    let county = County::open().await;
    let phone = Phone::open(&county, "cunguan", 7).await;
    let (admin, keeper) = (county.sign_in("guanli").await, county.sign_in("anquan").await);
    let path = |verb: &str| format!("/api/v1/devices/{}/{}/{verb}", phone.me, phone.device);
    assert_eq!(admin.post(&path("revoke"), &json!({})).await.status, 200);
    let seen: Vec<Device> = keeper.get("/api/v1/devices").await.read();
    assert!(seen.iter().any(|device| device.account == phone.me && device.revoked_at.is_some()));
    let now: Vec<Device> = keeper.post(&path("restore"), &json!({})).await.read();
    assert!(now.iter().any(|device| device.account == phone.me && device.revoked_at.is_none()));
}

#[tokio::test]
async fn each_of_the_three_has_the_own_work_and_none_reads_a_matter() {
    let county = County::open().await;
    let id = county.matter("村口路灯").await;
    for (login, own) in [("guanli", "/api/v1/holidays"), ("anquan", "/api/v1/accounts"), ("shenji", "/api/v1/audit")] {
        let client = county.sign_in(login).await;
        for path in ["/api/v1/holidays", "/api/v1/accounts", "/api/v1/audit"] {
            let status = client.get(path).await.status;
            assert_eq!(status, if path == own { 200 } else { 403 }, "{login} {path}");
        }
        for path in [
            "/api/v1/matters".to_owned(),
            format!("/api/v1/matters/{id}"),
            format!("/api/v1/matters/{id}/documents"),
            "/api/v1/sealed".to_owned(),
            "/api/v1/flagged".to_owned(),
        ] {
            assert_eq!(client.get(&path).await.status, 403, "{login} {path}");
        }
    }
}
