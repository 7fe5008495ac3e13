//! 检举控告: what is reported against an official or a unit is read by the officers of the channel who may know
//! of it, and by nobody else, on no way that there is.

use std::io::Write;
use std::sync::{Arc, Mutex};

use case_core::actor::{Actor, Role};
use case_core::audit::{Deed, Trace};
use case_core::id::{AccountId, UnitId};
use case_core::place::Area;
use case_core::sealed::{SealedStage, SealedStep};
use case_core::text::ShortText;
use case_core::time::ClockKind;
use case_core::wire::desk::Unit;
use case_core::wire::sealed::{SealedList, SealedOpened, SealedReceipt, SealedRow};
use case_store::NewAccount;
use huiyin::use_cases::{demo, sealed_reports, verify};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::support::*;

/// What must be found nowhere.
const TEXT: &str = "暗号甲乙丙：收受工程队礼金";
const PETITIONER: &str = "慕容匿";
const PHONE: &str = "13911112222";
pub const ACCUSED: &str = "司徒未名";
const OFFICE: &str = "分管拆迁的那一位";
const REASON: &str = "暗号丁：按分工拆阅";
const NOTE: &str = "暗号戊：已书面回复";
const SECRETS: [&str; 7] = [TEXT, PETITIONER, PHONE, ACCUSED, OFFICE, REASON, NOTE];

/// Everybody of the demo.
const LOGINS: [&str; 19] = [
    "cunguan",
    "zhuangan",
    "chengban",
    "fuzeren",
    "shuili",
    "dengji",
    "shenhe",
    "guanli",
    "zhishu",
    "zhenzhang",
    "lianxi",
    "xianling",
    "fucha",
    "fuhe",
    "jijian",
    "tingzheng",
    "anquan",
    "shenji",
    "zuzhi",
];

pub async fn open_county() -> County {
    let county = County::open().await;
    demo::open_sealed_channel(&county.state).await.unwrap();
    county
}

async fn unit(county: &County, name: &str) -> UnitId {
    let units = county.state.store.units().await.unwrap();
    units.iter().find(|unit| unit.name.as_str() == name).unwrap().id
}

fn passphrase(county: &County, login: &str) -> String {
    county.credentials(login)["password"].as_str().unwrap().to_owned()
}

/// A report against these people and units.
pub fn report(persons: &[(&str, Option<UnitId>)], units: &[UnitId]) -> Value {
    let persons: Vec<Value> = persons
        .iter()
        .map(|(name, unit)| match unit {
            Some(unit) => json!({ "name": name, "office": OFFICE, "unit": unit }),
            None => json!({ "name": name, "office": OFFICE }),
        })
        .collect();
    json!({
        "id": Uuid::now_v7(),
        "received_on": chrono::Utc::now().date_naive() - chrono::Days::new(1),
        "content": {
            "channel": "letter", "text": TEXT, "accused_units": units, "accused_persons": persons,
            "petitioner": { "name": PETITIONER, "phone": PHONE },
        },
    })
}

pub async fn register(county: &County, body: &Value) -> SealedReceipt {
    county.sign_in("dengji").await.post("/api/v1/sealed", body).await.read()
}

async fn rows(county: &County, login: &str) -> Vec<SealedRow> {
    county.sign_in(login).await.get("/api/v1/sealed").await.read::<SealedList>().rows
}

async fn open(county: &County, login: &str, id: impl std::fmt::Display) -> Reply {
    let body = json!({ "passphrase": passphrase(county, login), "reason": REASON });
    county.sign_in(login).await.post(&format!("/api/v1/sealed/{id}/open"), &body).await
}

async fn hand_over(county: &County, login: &str, row: &SealedRow, to: Value) -> Reply {
    let mut handover = json!({ "organ": "discipline", "on": chrono::Utc::now().date_naive() });
    for (key, value) in to.as_object().unwrap() {
        handover[key] = value.clone();
    }
    let body = json!({ "passphrase": passphrase(county, login), "seen": row.length, "handover": handover });
    county.sign_in(login).await.post(&format!("/api/v1/sealed/{}/handover", row.id), &body).await
}

/// Why the channel refused.
fn why(reply: &Reply) -> String {
    assert_eq!(reply.status, 409, "{}", reply.text());
    reply.problem();
    serde_json::from_slice::<Value>(&reply.body).unwrap()["why"].as_str().unwrap().to_owned()
}

/// A unit under another one, and somebody who works there.
async fn subordinate(county: &County, name: &str, under: UnitId) -> (UnitId, Client) {
    let made = UnitId(Uuid::now_v7());
    let (store, short) = (&county.state.store, |text: &str| ShortText::parse(text).unwrap());
    store.upsert_units(&[Unit { id: made, name: short(name), phone: short("0999-1110009") }]).await.unwrap();
    store.place_unit(made, Some(under)).await.unwrap();
    let client = person(county, "xiashu", "丁下属", Role::UnitHead, Some(made)).await;
    (made, client)
}

async fn person(county: &County, login: &str, name: &str, role: Role, unit: Option<UnitId>) -> Client {
    let short = |text: &str| ShortText::parse(text).unwrap();
    let password = "a long enough password";
    let actor = Actor {
        account: AccountId(Uuid::now_v7()),
        name: short(name),
        badge: short("991"),
        office: short("干部"),
        role,
        unit,
        area: Area::default(),
    };
    let password_hash = huiyin::session::hash_password(password).unwrap();
    let new = NewAccount { login: login.to_owned(), password_hash, actor };
    county.state.store.create_account(&new, Trace::system(county.state.now())).await.unwrap();
    let mut client = county.anonymous();
    let reply = client.post("/api/v1/session", &json!({ "login": login, "password": password })).await;
    assert_eq!(reply.status, 200);
    client.cookie = reply.headers["set-cookie"].to_str().unwrap().split(';').next().map(str::to_owned);
    client
}

#[tokio::test]
async fn from_the_letter_to_the_handover_and_what_the_petitioner_is_told() {
    let county = open_county().await;
    let housing = unit(&county, "县住建局").await;
    let body = report(&[("郑海", Some(housing)), (ACCUSED, None)], &[]);
    let receipt = register(&county, &body).await;
    let again = register(&county, &body).await;
    assert_eq!((&receipt.number, &receipt.query_code), (&again.number, &again.query_code), "sent again, once");
    let on_paper = serde_json::to_string(&receipt).unwrap();
    assert!(SECRETS.iter().all(|secret| !on_paper.contains(secret)), "{on_paper}");

    let look = async || county.anonymous().look_up(&receipt.query_code, &receipt.word).await.text();
    let page = look().await;
    assert!(page.contains("已收到您反映的情况") && !page.contains("已转交"), "{page}");
    let row = rows(&county, "jijian").await.pop().unwrap();
    assert_eq!((row.stage, row.length, &row.number), (SealedStage::Received, 1, &receipt.number));

    let opened = open(&county, "jijian", row.id).await;
    assert_eq!(opened.headers["cache-control"], "no-store");
    let opened: SealedOpened = opened.read();
    assert_eq!(opened.content.text.as_str(), TEXT);
    assert_eq!(opened.content.petitioner.as_ref().unwrap().name.as_str(), PETITIONER);
    assert_eq!(opened.barred, [housing]);
    let lines: Vec<_> = opened.journal.iter().map(|line| (line.by.as_str(), line.words.as_ref())).collect();
    assert_eq!((lines[0].0, lines[1].0, lines[1].1.unwrap().as_str()), ("吴静", "钟慎", REASON));

    // The other officer reads who has read it, and why.
    let second: SealedOpened = open(&county, "zuzhi", row.id).await.read();
    assert_eq!(second.journal.len(), 3);
    assert_eq!(second.journal[1].words.as_ref().unwrap().as_str(), REASON);
    assert_eq!(why(&hand_over(&county, "jijian", &opened.row, json!({ "name": "市纪委监委" })).await), "stale");
    let row: SealedRow = hand_over(&county, "jijian", &second.row, json!({ "name": "市纪委监委" })).await.read();
    assert_eq!(row.stage, SealedStage::HandedOver);
    let page = look().await;
    assert!(page.contains("已转交有权处理的机关") && !page.contains("纪委"), "{page}");

    let close = json!({ "seen": row.length, "note": NOTE });
    let path = format!("/api/v1/sealed/{}/close", row.id);
    let row: SealedRow = county.sign_in("zuzhi").await.post(&path, &close).await.read();
    assert_eq!(row.stage, SealedStage::Closed);
    let last: SealedOpened = open(&county, "jijian", row.id).await.read();
    assert_eq!(last.journal[4].words.as_ref().unwrap().as_str(), NOTE);
    assert_eq!(last.journal[3].words.as_ref().unwrap().as_str(), "市纪委监委");
    assert_eq!(county.state.store.verify_sealed().await.unwrap(), []);

    // Each step stands in the audit chain with who did it; of what it says, nothing.
    let noted = county.state.store.audit_entries(None, 100).await.unwrap();
    let steps: Vec<(SealedStep, &str)> = noted
        .iter()
        .rev()
        .filter_map(|entry| match &entry.deed {
            Deed::SealedMoved { report, step, .. } if *report == row.id => Some((*step, entry.name.as_deref()?)),
            _ => None,
        })
        .collect();
    assert_eq!(steps[..3], [(SealedStep::Register, "吴静"), (SealedStep::Read, "钟慎"), (SealedStep::Read, "方明远"),]);
    let all = serde_json::to_string(&noted.iter().map(|entry| &entry.deed).collect::<Vec<_>>()).unwrap();
    assert!(SECRETS.iter().chain(&[REASON, NOTE, "市纪委监委"]).all(|secret| !all.contains(secret)), "{all}");
    let mut lines = Vec::new();
    let file = county.state.settings.anchors_file();
    let verified = verify::run(&county.state.store, &file, Vec::new(), &mut |line| lines.push(line)).await.unwrap();
    assert_eq!((verified.faults, verified.sealed), (0, 1), "{lines:?}");

    // The page is for who has both, and the other way round is no way in.
    let miss = county.anonymous().look_up(&receipt.query_code, "钟慎").await;
    assert_eq!(miss.status, 422);
    assert!(SECRETS.iter().all(|secret| !page.contains(secret)));
}

#[tokio::test]
async fn the_accused_who_heads_the_responsible_unit_sees_nothing_and_gets_nothing() {
    let county = open_county().await;
    let housing = unit(&county, "县住建局").await;
    let (estates, below) = subordinate(&county, "县房管所", housing).await;
    register(&county, &report(&[("郑 海", None)], &[])).await;
    let row = rows(&county, "zuzhi").await.pop().unwrap();

    // He, his handlers, the unit below: no list, no file, whatever passphrase.
    for client in [county.sign_in("fuzeren").await, county.sign_in("chengban").await, below] {
        assert_eq!(client.get("/api/v1/sealed").await.status, 403);
        for step in ["open", "handover", "close"] {
            let passphrase = passphrase(&county, "zuzhi");
            let on = chrono::Utc::now().date_naive();
            let body = json!({
                "passphrase": passphrase, "reason": REASON, "seen": 1, "note": NOTE,
                "handover": { "organ": "competent", "name": "某机关", "on": on },
            });
            let reply = client.post(&format!("/api/v1/sealed/{}/{step}", row.id), &body).await;
            assert_eq!(reply.status, 403, "{step}");
        }
    }

    // Neither of the two can be chosen, by its id or by its name. Known by his account: the report named no unit.
    let opened: SealedOpened = open(&county, "zuzhi", row.id).await.read();
    let mut barred = opened.barred.clone();
    barred.sort();
    let mut expected = vec![housing, estates];
    expected.sort();
    assert_eq!(barred, expected);
    for (to, expected) in [
        (json!({ "unit": housing }), "receiver_of_accused"),
        (json!({ "name": "县住建局" }), "receiver_of_accused"),
        (json!({ "unit": estates }), "receiver_under_accused"),
        (json!({ "name": "县房管所" }), "receiver_under_accused"),
        (json!({}), "no_receiver"),
        (json!({ "unit": Uuid::now_v7() }), "no_receiver"),
        (json!({ "name": "市纪委监委", "on": "2020-01-01" }), "bad_day"),
        (json!({ "name": "市纪委监委", "on": "2999-01-01" }), "bad_day"),
    ] {
        assert_eq!(why(&hand_over(&county, "zuzhi", &opened.row, to.clone()).await), expected, "{to}");
    }
    let discipline = unit(&county, "县纪委监委").await;
    let row: SealedRow = hand_over(&county, "zuzhi", &opened.row, json!({ "unit": discipline })).await.read();
    assert_eq!(row.stage, SealedStage::HandedOver);
}

#[tokio::test]
async fn an_accused_officer_of_the_channel_and_a_unit_of_one_know_of_nothing() {
    let county = open_county().await;
    let discipline = unit(&county, "县纪委监委").await;
    for body in
        [report(&[("钟慎", None)], &[]), report(&[], &[discipline]), report(&[(ACCUSED, Some(discipline))], &[])]
    {
        register(&county, &body).await;
    }
    assert_eq!(rows(&county, "jijian").await, []);
    let all = rows(&county, "zuzhi").await;
    assert_eq!(all.len(), 3);
    for row in &all {
        assert_eq!(open(&county, "jijian", row.id).await.status, 404);
        assert_eq!(open(&county, "zuzhi", row.id).await.status, 200);
    }
    // Who comes to stand under an accused unit later no longer reads it.
    let organisation = unit(&county, "县委组织部").await;
    county.state.store.place_unit(organisation, Some(discipline)).await.unwrap();
    assert_eq!(open(&county, "zuzhi", all[0].id).await.status, 404);
    county.state.store.place_unit(organisation, None).await.unwrap();

    let registrar = county.sign_in("dengji").await;
    let nobody = report(&[("钟慎", None), ("方明远", None)], &[]);
    assert_eq!(why(&registrar.post("/api/v1/sealed", &nobody).await), "nobody_may_know");

    // A further officer is let in to all but those that accuse that officer.
    register(&county, &report(&[("常新来", None)], &[])).await;
    person(&county, "xinlai", "常新来", Role::SealedOfficer, None).await;
    let (store, now) = (&county.state.store, county.state.now());
    let by = passphrase(&county, "zuzhi");
    let add = async |login: &'static str, by: &str| {
        sealed_reports::add(store, login, "五个互不相干的词语才算好", ("zuzhi", by), now).await
    };
    assert!(matches!(add("xinlai", "wrong").await, Err(sealed_reports::KeyError::WrongPassphrase)));
    assert!(matches!(add("shenhe", &by).await, Err(sealed_reports::KeyError::OtherRole)));
    assert_eq!(add("xinlai", &by).await.unwrap(), 3);
    assert!(matches!(add("xinlai", &by).await, Err(sealed_reports::KeyError::HasKey)));
}

/// Logs of this thread.
#[derive(Clone, Default)]
struct Logs(Arc<Mutex<Vec<u8>>>);

impl Write for Logs {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }
    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

fn holds(bytes: &[u8], what: &str) -> bool {
    bytes.windows(what.len()).any(|part| part == what.as_bytes())
}

#[tokio::test]
async fn nothing_of_it_is_in_any_answer_in_the_logs_or_in_the_database() {
    let logs = Logs::default();
    let writer = logs.clone();
    let subscriber =
        tracing_subscriber::fmt().with_max_level(tracing::Level::TRACE).with_writer(move || writer.clone()).finish();
    let _guard = tracing::subscriber::set_default(subscriber);
    // With a single subscriber, a line that another test's thread comes upon first would count as one that nobody
    // hears, here as well. With two it does not.
    let _second = tracing::Dispatch::new(
        tracing_subscriber::fmt().with_max_level(tracing::Level::TRACE).with_writer(std::io::sink).finish(),
    );
    let county = open_county().await;
    let housing = unit(&county, "县住建局").await;
    let receipt = register(&county, &report(&[("郑海", None), (ACCUSED, None)], &[housing])).await;
    let row = rows(&county, "jijian").await.pop().unwrap();
    let opened: SealedOpened = open(&county, "jijian", row.id).await.read();
    let row: SealedRow = hand_over(&county, "jijian", &opened.row, json!({ "name": ACCUSED })).await.read();
    let close = json!({ "seen": row.length, "note": NOTE });
    let path = format!("/api/v1/sealed/{}/close", row.id);
    assert_eq!(county.sign_in("jijian").await.post(&path, &close).await.status, 200);
    // A request that cannot be read is quoted to nobody but its sender.
    let broken = format!("{{\"id\":\"{TEXT}\"}}");
    let registrar = county.sign_in("dengji").await;
    let reply = registrar.raw(axum::http::Method::POST, "/api/v1/sealed", "application/json", broken.into());
    assert_eq!(reply.await.status, 400);

    assert_eq!(county.state.store.list_accounts().await.unwrap().len(), LOGINS.len(), "everybody is asked");
    for login in LOGINS {
        let client = county.sign_in_on(login, Some(Uuid::from_u128(7))).await;
        let number = receipt.number.as_str();
        let mut answers = vec![
            client.post("/api/v1/sync/pull", &json!({ "protocol": 2 })).await,
            client.post("/api/v1/sync/compare", &json!({ "protocol": 2, "device": Uuid::from_u128(7) })).await,
            client.post(&format!("/api/v1/matters/{}/receipt", row.id), &json!(null)).await,
        ];
        for path in ["/api/v1/matters", "/api/v1/flagged", "/api/v1/units", "/api/v1/devices", "/api/v1/session"] {
            answers.push(client.get(path).await);
        }
        answers.push(client.get(&format!("/api/v1/matters/{}", row.id)).await);
        for words in [TEXT, "暗号", PETITIONER, PHONE, ACCUSED, number] {
            let found = client.get(&format!("/api/v1/matters?q={}", urlencode(words))).await;
            if found.status == 200 {
                assert_eq!(found.read::<Value>()["total"], 0, "{login} {words}");
            }
            answers.push(found);
        }
        let list = client.get("/api/v1/sealed").await;
        assert_eq!(list.status, if ["jijian", "zuzhi"].contains(&login) { 200 } else { 403 }, "{login}");
        if list.status != 200 {
            assert!(!list.text().contains(number));
        }
        answers.push(list);
        for (n, answer) in answers.iter().enumerate() {
            for secret in SECRETS {
                assert!(!holds(&answer.body, secret), "{login}, answer {n}: {secret}");
            }
        }
    }

    let logged = logs.0.lock().unwrap().clone();
    assert!(holds(&logged, "/api/v1/sealed/{id}/open"), "the log is heard");
    for secret in SECRETS.iter().copied().chain([passphrase(&county, "jijian").as_str()]) {
        assert!(!holds(&logged, secret), "logged: {secret}");
    }
    // The files themselves, with what has not been copied into the first yet.
    if let Some(path) = county.state.settings.database_url.strip_prefix("sqlite:") {
        let mut bytes = std::fs::read(path).unwrap();
        bytes.extend(std::fs::read(format!("{path}-wal")).unwrap_or_default());
        assert!(holds(&bytes, "县住建局") && holds(&bytes, receipt.number.as_str()), "the file is heard");
        for secret in SECRETS.iter().copied().chain([passphrase(&county, "jijian").as_str()]) {
            assert!(!holds(&bytes, secret), "stored: {secret}");
        }
    }
}

/// What can be made of the secret file opens none of the envelopes, and is none of the officers' keys.
#[tokio::test]
async fn the_database_and_the_secret_file_together_open_nothing() {
    use hmac::Mac as _;
    use p256::elliptic_curve::sec1::ToEncodedPoint as _;

    let county = open_county().await;
    register(&county, &report(&[(ACCUSED, None)], &[])).await;
    let secret = std::fs::read_to_string(&county.state.settings.secret_file).unwrap();
    let secret = case_core::digest::Digest::from_hex(secret.trim()).unwrap().bytes();
    let officers = county.state.store.sealed_officers().await.unwrap();
    assert_eq!(officers.len(), 2);
    let mut keys = vec![secret];
    for label in ["record-sealing", "receipt-signing", "store-key", "device-token", "sealed-code", "sealed-word"] {
        for officer in &officers {
            for tail in [&[0_u8][..], &[], officer.account.0.as_bytes(), &officer.public] {
                let mut mac = hmac::Hmac::<sha2::Sha256>::new_from_slice(&secret).unwrap();
                mac.update(label.as_bytes());
                mac.update(&(tail.len() as u64).to_be_bytes());
                mac.update(tail);
                keys.push(mac.finalize().into_bytes().into());
            }
        }
    }
    for key in keys {
        let public = p256::SecretKey::from_slice(&key).unwrap().public_key().to_encoded_point(false);
        assert!(officers.iter().all(|officer| officer.public != public.as_bytes()));
        // Nor is it a passphrase.
        let hex = case_core::digest::Digest::from_bytes(key).hex();
        assert!(officers.iter().all(|officer| !officer.wrapped.contains(&hex)));
    }
    // A server that is started on both, as a thief would, has no more than its own guesses.
    let stolen = huiyin::open((*county.state.settings).clone()).await.unwrap();
    let thief = county.with_router(huiyin::build_router(stolen));
    let row = rows(&thief, "jijian").await.pop().unwrap();
    let client = thief.sign_in("jijian").await;
    for guess in ["", "123456", &passphrase(&thief, "zuzhi")] {
        let body = json!({ "passphrase": guess, "reason": REASON });
        let reply = client.post(&format!("/api/v1/sealed/{}/open", row.id), &body).await;
        assert_eq!(why(&reply), "wrong_passphrase");
    }
}

#[tokio::test]
async fn who_guesses_passphrases_has_to_wait_and_one_can_be_changed() {
    let county = open_county().await;
    register(&county, &report(&[(ACCUSED, None)], &[])).await;
    let row = rows(&county, "jijian").await.pop().unwrap();
    let client = county.sign_in("jijian").await;
    let old = passphrase(&county, "jijian");
    let path = format!("/api/v1/sealed/{}/open", row.id);
    let try_with = async |guess: &str| client.post(&path, &json!({ "passphrase": guess, "reason": REASON })).await;

    let change =
        async |old: &str, new: &str| client.post("/api/v1/sealed/passphrase", &json!({ "old": old, "new": new })).await;
    assert_eq!(why(&change(&old, "太短").await), "weak_passphrase");
    assert_eq!(why(&change("wrong wrong wrong", "青山绿水一二三四五六七九").await), "wrong_passphrase");
    assert_eq!(change(&old, "青山绿水一二三四五六七八").await.status, 204);
    assert_eq!(why(&try_with(&old).await), "wrong_passphrase");
    assert_eq!(try_with("青山绿水一二三四五六七八").await.status, 200);
    for _ in 0..5 {
        assert_eq!(why(&try_with("wrong").await), "wrong_passphrase");
    }
    let reply = try_with("青山绿水一二三四五六七八").await;
    assert_eq!(reply.status, 429);
    reply.problem();
    // Readings that did not happen are on no record.
    let now: SealedOpened = open(&county, "zuzhi", row.id).await.read();
    assert_eq!(now.journal.len(), 3);
    let deeds: Vec<_> = county.state.store.sealed_key_journal().await.unwrap().iter().map(|l| l.deed.code()).collect();
    assert_eq!(deeds, ["init", "add", "passphrase"]);
}

#[tokio::test]
async fn what_cannot_be_taken_in_is_refused_in_words() {
    let county = County::open().await;
    let registrar = county.sign_in("dengji").await;
    let good = report(&[(ACCUSED, None)], &[]);
    assert_eq!(why(&registrar.post("/api/v1/sealed", &good).await), "not_open");
    demo::open_sealed_channel(&county.state).await.unwrap();

    for login in LOGINS {
        let may = ["dengji", "jijian", "zuzhi"].contains(&login);
        let reply = county.sign_in(login).await.post("/api/v1/sealed", &report(&[(ACCUSED, None)], &[])).await;
        assert_eq!(reply.status, if may { 200 } else { 403 }, "{login}");
    }
    let with = |change: &dyn Fn(&mut Value)| {
        let mut body = report(&[(ACCUSED, None)], &[]);
        change(&mut body);
        body
    };
    let refused = [
        ("no_accused", with(&|body| body["content"]["accused_persons"] = json!([]))),
        ("bad_day", with(&|body| body["received_on"] = json!("2999-01-01"))),
    ];
    for (expected, body) in refused {
        assert_eq!(why(&registrar.post("/api/v1/sealed", &body).await), expected);
    }
    let person = json!({ "name": ACCUSED });
    for (status, body) in [
        (400, with(&|body| body["content"]["accused_units"] = json!([Uuid::now_v7()]))),
        (400, with(&|body| body["content"]["text"] = json!("  "))),
        (400, with(&|body| body["content"]["text"] = json!("长".repeat(20_001)))),
        (413, with(&|body| body["content"]["accused_persons"] = json!(vec![person.clone(); 21]))),
    ] {
        let reply = registrar.post("/api/v1/sealed", &body).await;
        assert_eq!(reply.status, status, "{}", reply.text());
        reply.problem();
    }
    // Somebody else's id is no way to somebody else's receipt.
    register(&county, &good).await;
    let other = county.sign_in("jijian").await.post("/api/v1/sealed", &good).await;
    assert_eq!(other.status, 400);
    assert_eq!(registrar.post(&format!("/api/v1/sealed/{}/open", Uuid::now_v7()), &json!({})).await.status, 403);
    assert_eq!(county.anonymous().get("/api/v1/sealed").await.status, 401);
}

/// Article 22 holds for 检举控告 too; a last day needs nothing of the content.
#[tokio::test]
async fn the_last_day_for_handing_it_over_stands_in_the_list_until_it_is_handed_over() {
    let county = open_county().await;
    let receipt = register(&county, &report(&[(ACCUSED, None)], &[])).await;
    let of = |rows: Vec<SealedRow>| rows.into_iter().find(|row| row.id == receipt.id).unwrap();
    let row = of(rows(&county, "jijian").await);
    let due = row.hand_over.unwrap();
    let world = county.state.world();
    let last = world.context().rules.due(ClockKind::Transfer, row.received_on, world.context().calendar);
    assert_eq!((due.last_day, due.days_left), (last, (last - county.state.now().date()).num_days()));
    let opened: SealedOpened = open(&county, "jijian", receipt.id).await.read();
    assert_eq!(opened.row.hand_over, Some(due));
    let done: SealedRow = hand_over(&county, "jijian", &opened.row, json!({ "name": "市纪委监委" })).await.read();
    assert_eq!((done.stage, done.hand_over), (SealedStage::HandedOver, None));
    assert_eq!(of(rows(&county, "jijian").await).hand_over, None, "done is done");
}
