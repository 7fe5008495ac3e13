//! Every kind of record through the real router: what it leaves behind, once.

use case_core::code::QueryCode;
use case_core::field::Flag;
use case_core::id::{AccountId, HouseholdId};
use case_core::wire::desk::FlaggedRecord;
use case_core::wire::session::Session;
use case_core::wire::sync::*;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::support::*;

const PHONE: Uuid = Uuid::from_u128(7);
const OTHER_PHONE: Uuid = Uuid::from_u128(8);

async fn account(client: &Client) -> AccountId {
    client.get("/api/v1/session").await.read::<Session>().actor.account
}

fn record(by: AccountId, device: Uuid, payload: Value) -> Value {
    let now = chrono::Utc::now().timestamp_millis();
    json!({ "id": Uuid::now_v7(), "device": device, "sequence": 1, "by": by, "made_at": now, "payload": payload })
}

async fn push(client: &Client, device: Uuid, records: &[Value]) -> Vec<Stored> {
    let body = json!({ "protocol": 2, "device": device, "records": records });
    let reply: PushResponse = client.post("/api/v1/sync/push", &body).await.read();
    let stored = |outcome| match outcome {
        Outcome::Stored(stored) => stored,
        other => panic!("{other:?}"),
    };
    reply.outcomes.into_iter().map(stored).collect()
}

async fn codes(client: &Client, device: Uuid) -> Vec<QueryCode> {
    let reply = client.post("/api/v1/sync/codes", &json!({ "protocol": 2, "device": device })).await;
    reply.read::<CodesResponse>().codes
}

async fn pull(client: &Client, cursor: Option<&str>) -> PullResponse {
    client.post("/api/v1/sync/pull", &json!({ "protocol": 2, "cursor": cursor })).await.read()
}

async fn household(client: &Client) -> HouseholdCard {
    let card = |item| match item {
        WorkItem::Household(card) => Some(card),
        WorkItem::Matter(_) => None,
    };
    pull(client, None).await.items.into_iter().find_map(card).unwrap()
}

fn now() -> i64 {
    chrono::Utc::now().timestamp_millis()
}

fn intake(household: HouseholdId, code: &QueryCode) -> Value {
    json!({ "kind": "intake", "at": now(), "household": household, "content": "村里停水三天了。",
        "matter": { "id": Uuid::now_v7(), "title": "自来水停水", "demands": ["恢复供水"], "category": "construction",
            "petitioner": "李大爷", "phone": "13900005678", "code": code } })
}

fn phone_edit(household: HouseholdId, saw: Option<&str>, new: &str) -> Value {
    json!({ "kind": "roster_edit", "household": household, "changes": [
        { "saw": { "field": "phone", "value": saw }, "new": { "field": "phone", "value": new } } ] })
}

#[tokio::test]
async fn a_code_given_at_the_door_answers_at_once_when_the_record_arrives() {
    let county = County::open().await;
    let phone = county.sign_in("cunguan").await;
    let me = account(&phone).await;
    let reserve = codes(&phone, PHONE).await;
    assert_eq!(reserve.len(), CODE_RESERVE);
    let given = &reserve[3];
    let home = household(&phone).await;
    assert_ne!(county.anonymous().look_up(&given.digits(), "5678").await.status, 200, "not yet");
    let record = record(me, PHONE, intake(home.id, given));
    let mut tasks = Vec::new();
    for _ in 0..50 {
        let (phone, record) = (phone.clone(), record.clone());
        tasks.push(tokio::spawn(async move { push(&phone, PHONE, &[record]).await.remove(0) }));
    }
    for task in tasks {
        let stored = task.await.unwrap();
        assert_eq!(stored.flags, []);
        assert_eq!(stored.raised[0].query_code.as_deref(), Some(given.grouped().as_str()), "the same code each time");
    }
    let answer = county.anonymous().look_up(&given.digits(), "5678").await;
    assert_eq!(answer.status, 200, "{}", answer.text());
    let left = codes(&phone, PHONE).await;
    assert!(left.len() == CODE_RESERVE && !left.contains(given));
}

#[tokio::test]
async fn a_matter_that_asks_for_too_much_is_registered_flagged_and_found_by_its_code() {
    let county = County::open().await;
    let phone = county.sign_in("cunguan").await;
    let me = account(&phone).await;
    let given = codes(&phone, PHONE).await.remove(0);
    let home = household(&phone).await;
    let mut asked = intake(home.id, &given);
    asked["matter"]["demands"] = (1..=25).map(|n| format!("诉求{n}")).collect();
    let stored = push(&phone, PHONE, &[record(me, PHONE, asked)]).await.remove(0);
    assert_eq!(stored.flags, [Flag::TooManyDemands]);
    assert_eq!(stored.raised[0].query_code.as_deref(), Some(given.grouped().as_str()));
    assert_eq!(county.anonymous().look_up(&given.digits(), "5678").await.status, 200);
    let supervisor = county.sign_in("shenhe").await;
    let file = supervisor.file(stored.raised[0].matter).await;
    assert_eq!(file.matter.registration.demands.len(), 20);
    let said: String = file.matter.notes.iter().map(|note| note.text.as_str()).collect();
    assert!((21..=25).all(|n| said.contains(&format!("{n}. 诉求{n}"))), "{said}");
    let flagged: Vec<FlaggedRecord> = supervisor.get("/api/v1/flagged").await.read();
    assert_eq!((flagged[0].matter, &flagged[0].flags), (Some(file.matter.id), &vec![Flag::TooManyDemands]));
    assert_eq!(file.flagged.len(), 1, "and its file says so");
}

#[tokio::test]
async fn a_stolen_code_is_flagged_and_the_matter_gets_another() {
    let county = County::open().await;
    let (owner, thief) = (county.sign_in("cunguan").await, county.sign_in("zhuangan").await);
    let code = codes(&owner, PHONE).await.remove(0);
    let home = household(&owner).await.id;
    let theirs = record(account(&thief).await, OTHER_PHONE, intake(home, &code));
    let mine = record(account(&owner).await, PHONE, intake(home, &code));
    let theirs = push(&thief, OTHER_PHONE, &[theirs]).await.remove(0);
    assert_eq!(theirs.flags, [Flag::CodeNotReserved]);
    let other = theirs.raised[0].query_code.clone().unwrap();
    assert_ne!(other, code.grouped());
    let mine = push(&owner, PHONE, &[mine]).await.remove(0);
    assert_eq!((mine.flags, mine.raised[0].query_code.clone()), (vec![], Some(code.grouped())));
    for (code, number) in [(other, &theirs.raised[0].number), (code.grouped(), &mine.raised[0].number)] {
        let answer = county.anonymous().look_up(&code, "5678").await;
        assert!(answer.text().contains(number.as_str()), "{}", answer.text());
    }
}

#[tokio::test]
async fn an_edit_of_the_roster_reaches_other_phones_and_a_later_one_clashes() {
    let county = County::open().await;
    let (village, town) = (county.sign_in("cunguan").await, county.sign_in("zhuangan").await);
    let (me, clerk) = (account(&village).await, account(&town).await);
    let home = household(&village).await;
    let saw = home.phone.as_ref().map(|phone| phone.as_str());
    let before = pull(&town, None).await;
    let first = record(me, PHONE, phone_edit(home.id, saw, "13711112222"));
    assert_eq!(push(&village, PHONE, std::slice::from_ref(&first)).await[0].flags, []);
    let page = pull(&town, Some(&before.cursor)).await;
    let [WorkItem::Household(card)] = page.items.as_slice() else { panic!("{:?}", page.items) };
    assert_eq!(card.phone.as_ref().map(|phone| phone.as_str()), Some("13711112222"));
    assert!(card.keys.contains("13711112222"), "and is found by it");
    // The clerk's phone was offline and saw the old number.
    let second = record(clerk, OTHER_PHONE, phone_edit(home.id, saw, "13733334444"));
    let clash = push(&town, OTHER_PHONE, std::slice::from_ref(&second)).await.remove(0);
    assert_eq!(clash.flags, [Flag::RosterClash]);
    let mut settled = phone_edit(home.id, Some("13711112222"), "13733334444");
    settled["settles"] = second["id"].clone();
    assert_eq!(push(&town, OTHER_PHONE, &[record(clerk, OTHER_PHONE, settled)]).await[0].flags, []);
    // The first one sent again changes nothing any more.
    assert_eq!(push(&village, PHONE, &[first]).await[0].flags, []);
    let card = county.state.store.household(home.id).await.unwrap().unwrap();
    assert_eq!(card.phone.unwrap().as_str(), "13733334444");
}

#[tokio::test]
async fn what_is_added_stands_in_the_file_and_not_before_the_petitioner() {
    let county = County::open().await;
    let phone = county.sign_in("zhuangan").await;
    let me = account(&phone).await;
    let items = pull(&phone, None).await.items;
    let matter = |item: &WorkItem| match item {
        WorkItem::Matter(card) => Some(card.id),
        WorkItem::Household(_) => None,
    };
    let id = items.iter().find_map(matter).unwrap();
    let about = json!({ "about": "matter", "id": id });
    let wrong = record(me, PHONE, json!({ "kind": "note", "about": about, "at": now(), "text": "家里人说已经送医" }));
    let records = [
        record(
            me,
            PHONE,
            json!({ "kind": "reception", "at": now(), "place": "县信访局", "visitor": "来访人",
            "people": 1, "matter": id, "subject": "问进度", "opinion": "一周内答复" }),
        ),
        wrong.clone(),
        record(me, PHONE, json!({ "kind": "correction", "corrects": wrong["id"], "about": about, "text": "没有送医" })),
        record(
            me,
            PHONE,
            json!({ "kind": "correction", "corrects": Uuid::from_u128(9), "about": about, "text": "写错" }),
        ),
    ];
    let flags: Vec<_> = push(&phone, PHONE, &records).await.into_iter().map(|stored| stored.flags).collect();
    assert_eq!(flags, [vec![], vec![], vec![], vec![Flag::UnknownRecord]]);
    let file = county.sign_in("shenhe").await.file(id).await;
    let texts: Vec<_> = file.matter.notes.iter().map(|note| note.text.as_str()).collect();
    assert_eq!(texts, ["问进度", "家里人说已经送医", "没有送医", "写错"]);
    assert_eq!(county.state.store.verify_journal(id).await.unwrap(), case_store::JournalCheck::Intact);
}

#[tokio::test]
async fn a_reception_of_nobody_known_is_corrected_and_the_supervisor_reads_both() {
    let county = County::open().await;
    let phone = county.sign_in("cunguan").await;
    let me = account(&phone).await;
    let stranger = json!({ "kind": "reception", "at": now(), "place": "村委会", "visitor": "过路人", "people": 1,
        "subject": "问路灯什么时候修" });
    let reception = record(me, PHONE, stranger);
    assert_eq!(push(&phone, PHONE, std::slice::from_ref(&reception)).await[0].flags, []);
    let right = json!({ "kind": "correction", "corrects": reception["id"], "text": "问的是自来水" });
    let correction = record(me, PHONE, right);
    for _ in 0..2 {
        assert_eq!(push(&phone, PHONE, std::slice::from_ref(&correction)).await[0].flags, [Flag::NoFile]);
    }
    let flagged: Vec<FlaggedRecord> = county.sign_in("shenhe").await.get("/api/v1/flagged").await.read();
    let [found] = flagged.as_slice() else { panic!("{flagged:?}") };
    assert_eq!((found.matter, found.flags.as_slice()), (None, [Flag::NoFile].as_slice()));
    let (was, says) = (found.corrects.as_ref().unwrap(), found.says.as_ref().unwrap());
    assert_eq!((was.who.as_ref().unwrap().as_str(), was.text.as_str()), ("过路人", "问路灯什么时候修"));
    assert_eq!(says.text.as_str(), "问的是自来水");
}
