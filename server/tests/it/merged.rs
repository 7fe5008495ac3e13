//! 并到另一件: the code keeps opening what was merged, and tells how the other one goes.

use axum::http::Method;
use case_core::id::MatterId;
use case_core::matter::{Says, Stage};
use case_core::wire::desk::PrintedReceipt;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::office::Office;
use crate::support::*;

async fn registered(office: &Office, name: &str, phone: &str) -> MatterId {
    let registration = json!({
        "title": "又积水了", "content": "村道还是一下雨就积水，没有人来修。", "demands": ["修好排水沟"],
        "purpose": "appeal", "category": "construction", "channel": "phone", "intake": "first",
        "petitioner": { "name": name, "phone": phone }, "place": "990101101201", "received_on": office.today(),
    });
    let body = json!({ "id": Uuid::now_v7(), "registration": registration });
    let receipt: PrintedReceipt = office.county.sign_in("dengji").await.post("/api/v1/matters", &body).await.read();
    receipt.matter
}

fn filing(into: MatterId) -> Value {
    let reason = "和另一件是同一件事";
    json!({ "command": "propose", "proposal": { "what": "file", "ground": "merged", "reason": reason, "into": into } })
}

/// As the desk does it: linked there first, then put away here, by two people.
async fn merge(office: &Office, id: MatterId, into: MatterId) {
    let matter = office.county.state.store.matter(id).await.unwrap().unwrap();
    let form = matter.registration;
    let unlinked = office.tries("dengji", id, filing(into)).await;
    assert_eq!(unlinked.status, 400, "nothing is put away that stands nowhere else: {}", unlinked.text());
    let intake = json!({ "title": form.title, "content": form.content, "channel": form.channel,
        "petitioner": form.petitioner, "received_on": form.received_on });
    office.gives("dengji", into, json!({ "command": "link_intake", "intake": intake })).await;
    office.gives("dengji", id, filing(into)).await;
    let stage = office.gives("shenhe", id, json!({ "command": "approve_proposal", "reason": null })).await;
    assert_eq!(stage, Stage::Filed);
}

async fn code(office: &Office, id: MatterId) -> String {
    let registrar = office.county.sign_in("dengji").await;
    let receipt: PrintedReceipt = registrar.post(&format!("/api/v1/matters/{id}/receipt"), &()).await.read();
    receipt.query_code
}

async fn says(office: &Office, code: &str, proof: &str, what: &str, words: &str) -> Reply {
    let (code, words) = (urlencode(code), urlencode(words));
    let body = format!("code={code}&proof={proof}&id={}&text={words}", Uuid::now_v7());
    let form = "application/x-www-form-urlencoded";
    office.county.anonymous().raw(Method::POST, &format!("/c/say/{what}"), form, body.into_bytes()).await
}

async fn voices(office: &Office, id: MatterId) -> Vec<Says> {
    let matter = office.county.state.store.matter(id).await.unwrap().unwrap();
    matter.voices.iter().map(|voice| voice.says).collect()
}

#[tokio::test]
async fn a_merged_matter_shows_its_petitioner_how_the_other_one_goes() {
    let office = Office::open().await;
    let living = office.handling().await;
    let number = office.county.state.store.matter(living).await.unwrap().unwrap().number;
    office.gives("chengban", living, json!({ "command": "give_feedback", "text": "周三去挖沟，先不要对外说" })).await;
    let merged = registered(&office, "赵大娘", "139 1111-2222").await;
    merge(&office, merged, living).await;
    let code = code(&office, merged).await;
    let page = office.county.anonymous().look_up(&code, "2222").await.text();
    for told in ["并到另一件一起办了", "并到的那一件", number.as_str(), "县住建局", "0999-1110001", "补充材料"]
    {
        assert!(page.contains(told), "{told}: {page}");
    }
    assert!(!page.contains("周三去挖沟"), "who filed in another's name reads no words of the file");
    // It moves as the other one moves, also on the page that was looked at before.
    office.submit(living, "水沟已经修好。").await;
    let after = office.county.anonymous().look_up(&code, "2222").await.text();
    assert!(after.contains("结果正在审核") && !page.contains("结果正在审核"), "{after}");
    // What is said goes where somebody works on it, and the page stays the own one.
    let said = says(&office, &code, "2222", "material", "东头那段也堵了。").await;
    assert_eq!(said.status, 200, "{}", said.text());
    assert!(said.text().contains("您的话收到了") && said.text().contains("并到的那一件"));
    assert_eq!(voices(&office, living).await, [Says::Material]);
    assert_eq!(voices(&office, merged).await, []);
}

#[tokio::test]
async fn of_somebody_elses_matter_only_the_stage_and_the_unit_are_told() {
    let office = Office::open().await;
    let living = office.handling().await;
    let number = office.county.state.store.matter(living).await.unwrap().unwrap().number;
    let merged = registered(&office, "王邻居", "13933334444").await;
    merge(&office, merged, living).await;
    let code = code(&office, merged).await;
    let page = office.county.anonymous().look_up(&code, "4444").await.text();
    for told in ["并到另一件一起办了", "不是用您的姓名和电话登记的", "县住建局"] {
        assert!(page.contains(told), "{told}: {page}");
    }
    assert!(!page.contains(number.as_str()) && !page.contains("/c/ask/material"), "{page}");
    says(&office, &code, "4444", "material", "我也要说。").await;
    says(&office, &code, "4444", "not-solved", "没有解决。").await;
    assert_eq!(voices(&office, living).await, []);
}
