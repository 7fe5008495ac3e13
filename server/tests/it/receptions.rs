//! 领导接访: from the calendar to the place, the file for the phone, and back; and what the desk does with it.

use axum::body::Body;
use axum::http::{Method, Request};
use case_core::id::{MatterId, ReceptionId};
use case_core::reception::{BookingState, SittingKey};
use case_core::wire::desk::PrintedReceipt;
use case_core::wire::receptions::*;
use chrono::{Datelike as _, Days, NaiveDate};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::office::Office;
use crate::support::*;

const FORM: &str = "application/x-www-form-urlencoded";

fn form(fields: &[(&str, &str)]) -> Vec<u8> {
    let pairs: Vec<String> = fields.iter().map(|(name, value)| format!("{name}={}", urlencode(value))).collect();
    pairs.join("&").into_bytes()
}

pub async fn posts(client: &Client, path: &str, fields: &[(&str, &str)]) -> Reply {
    client.raw(Method::POST, path, FORM, form(fields)).await
}

/// What stands between two pieces of a page.
fn between<'a>(page: &'a str, before: &str, after: &str) -> &'a str {
    let from = page.find(before).unwrap_or_else(|| panic!("{before} is not in {page}")) + before.len();
    &page[from..from + page[from..].find(after).unwrap()]
}

/// A rule of the test's own, with so many places, from tomorrow's working days on: its first receptions.
pub async fn rule(office: &Office, slots: u16) -> Vec<SittingKey> {
    let keeper = office.county.sign_in("lianxi").await;
    let rule = json!({
        "leaders": [{ "name": "石坚", "office": "县长", "duty": "全面工作" }, { "name": "白露", "office": "副县长" }],
        "when": { "weekday": 3 }, "since": office.today(), "place": "清溪镇便民服务中心",
        "begins": 540, "ends": 660, "slots": slots,
    });
    let desk: ReceptionDesk = keeper.post("/api/v1/receptions/rules", &json!({ "rule": rule })).await.read();
    let id: ReceptionId = desk.rules.iter().find(|row| row.rule.place.as_str().starts_with("清溪镇")).unwrap().id;
    let of_rule = desk.sittings.iter().filter(|row| row.sitting.key.rule == id && row.sitting.day > office.today());
    of_rule.map(|row| row.sitting.key).collect()
}

pub fn address(key: SittingKey) -> String {
    format!("/jf/{}/{}", key.rule, key.planned)
}

async fn books(client: &Client, key: SittingKey, name: &str, phone: &str) -> Reply {
    let page = client.get(&address(key)).await.text();
    let id = between(&page, r#"name="id" value=""#, "\"").to_owned();
    posts(client, &address(key), &[("id", &id), ("name", name), ("phone", phone)]).await
}

/// 预约号 on the page of a booking.
fn number(page: &str) -> String {
    between(page, r#"name="number" value=""#, "\"").to_owned()
}

async fn change(office: &Office, key: SittingKey, change: Value) -> ReceptionDesk {
    let keeper = office.county.sign_in("dengji").await;
    keeper.post("/api/v1/receptions/changes", &json!({ "key": key, "change": change })).await.read()
}

async fn day_of(office: &Office, key: SittingKey) -> NaiveDate {
    let keeper = office.county.sign_in("dengji").await;
    let list: SittingList = keeper.get(&format!("/api/v1/receptions/{}/{}", key.rule, key.planned)).await.read();
    list.sitting.unwrap().day
}

/// The words of a day as pages have them.
fn words(day: NaiveDate) -> String {
    format!("{}月{}日", day.month(), day.day())
}

#[tokio::test]
async fn the_calendar_is_public_and_tells_what_was_changed() {
    let office = Office::open().await;
    let keys = rule(&office, 4).await;
    let client = office.county.anonymous();
    let page = client.get("/jf").await;
    assert_eq!((page.status.as_u16(), page.headers["cache-control"].to_str().unwrap()), (200, "no-store"));
    let text = page.text();
    for part in ["石坚 县长，分管全面工作", "白露 副县长", "清溪镇便民服务中心", "还能约 4 人", "江河 副县长"]
    {
        assert!(text.contains(part), "{part} is not in {text}");
    }
    let to = day_of(&office, keys[1]).await + Days::new(2);
    change(&office, keys[0], json!({ "off": true, "reason": "县里开人代会" })).await;
    change(&office, keys[1], json!({ "to": to, "reason": "下乡调研" })).await;
    let text = client.get("/jf").await.text();
    assert!(text.contains("原因：县里开人代会") && text.contains("，下乡调研") && text.contains("改了日子"), "{text}");
    assert!(!text.contains(&address(keys[0])), "what is off cannot be booked");
    let closed = client.get(&address(keys[0])).await;
    assert!(closed.status == 200 && closed.text().contains("取消了") && closed.text().contains("还能约的日子"));
    change(&office, keys[0], Value::Null).await;
    assert!(client.get("/jf").await.text().contains(&address(keys[0])));
}

#[tokio::test]
async fn a_place_is_booked_with_a_name_and_a_phone_number_once_whatever_is_tapped() {
    let office = Office::open().await;
    let keys = rule(&office, 3).await;
    let client = office.county.anonymous();
    let page = client.get(&address(keys[0])).await.text();
    let id = between(&page, r#"name="id" value=""#, "\"").to_owned();
    let fields = [("id", id.as_str()), ("name", "何翠花"), ("phone", "139 0000 7777")];
    let mut numbers = Vec::new();
    for _ in 0..3 {
        let done = posts(&client, &address(keys[0]), &fields).await;
        assert_eq!(done.status, 200, "{}", done.text());
        let text = done.text();
        assert!(text.contains("约好了") && text.contains("请带身份证来") && text.contains("9:00"), "{text}");
        numbers.push(number(&text));
    }
    assert!(numbers.windows(2).all(|pair| pair[0] == pair[1]), "{numbers:?}");
    let waiting = office.county.state.store.bookings_of(keys[0]).await.unwrap();
    assert_eq!(waiting.len(), 1);
    // Who types the same number proves nothing, and is not told that the number has a place.
    let again = books(&client, keys[0], "何翠花", "+86 13900007777").await;
    assert!(again.status == 200 && again.text().contains("约好了"), "{}", again.text());
    assert!(number(&again.text()) != numbers[0], "it is a booking of its own");
    // Nor does the id of somebody's form open it for another name.
    let fields = [("id", id.as_str()), ("name", "何桂花"), ("phone", "139 0000 7777")];
    assert!(!posts(&client, &address(keys[0]), &fields).await.text().contains(&numbers[0]));
    // Neither the number nor what proves it stands in an address.
    let shown = posts(&client, "/jf/mine", &[("number", &numbers[0]), ("proof", "7777")]).await.text();
    for part in shown.split("href=\"").skip(1).chain(shown.split("action=\"").skip(1)) {
        let target = part.split('"').next().unwrap();
        assert!(!target.contains(&numbers[0]) && !target.contains("7777"), "{target}");
    }
    // By name too; not by another's.
    assert_eq!(posts(&client, "/jf/mine", &[("number", &numbers[0]), ("proof", "何翠花")]).await.status, 200);
    let miss = posts(&client, "/jf/mine", &[("number", &numbers[0]), ("proof", "7778")]).await;
    assert!(miss.status == 422 && miss.text().contains("没有查到这个预约") && miss.text().contains(&numbers[0]));
    // Given back: the place is free, and once more says the same.
    for _ in 0..2 {
        let gone = posts(&client, "/jf/cancel", &[("number", &numbers[0]), ("proof", "7777")]).await;
        assert!(gone.status == 200 && gone.text().contains("这个预约已经取消"), "{}", gone.text());
    }
    assert_eq!(office.county.state.store.bookings_of(keys[0]).await.unwrap()[0].state, BookingState::Cancelled);
    assert_eq!(books(&client, keys[0], "何翠花", "13900007777").await.status, 200, "may book again");
}

#[tokio::test]
async fn the_file_for_the_calendar_is_one_and_says_nothing_of_any_matter() {
    let office = Office::open().await;
    let keys = rule(&office, 3).await;
    let client = office.county.anonymous();
    let done = books(&client, keys[0], "何翠花", "13900007777").await.text();
    let secret = [("number", number(&done)), ("proof", "7777".to_owned())];
    let secret = [(secret[0].0, secret[0].1.as_str()), (secret[1].0, secret[1].1.as_str())];
    let file = posts(&client, "/jf/ics", &secret).await;
    assert_eq!(file.headers["content-type"], "text/calendar; charset=utf-8");
    assert!(file.headers["content-disposition"].to_str().unwrap().starts_with("attachment"));
    assert_eq!(file.headers["cache-control"], "no-store");
    let text = file.text();
    assert!(text.split("\r\n").all(|line| line.len() <= 75), "{text}");
    let whole = text.replace("\r\n ", "");
    // 9:00 in China is 1:00 in UTC.
    let day = day_of(&office, keys[0]).await.format("%Y%m%d").to_string();
    assert!(whole.contains(&format!("DTSTART:{day}T010000Z\r\n")), "{whole}");
    assert!(
        whole.contains("LOCATION:清溪镇便民服务中心\r\n") && whole.contains("SUMMARY:接访预约：石坚 县长"),
        "{whole}"
    );
    assert!(!whole.contains("何翠花") && !whole.contains("7777") && !whole.contains("路灯"), "{whole}");
    change(&office, keys[0], json!({ "off": true, "reason": "开会" })).await;
    // What was put into a calendar is taken out of it again: a later copy of the same entry.
    let sequence = |file: &str| between(file, "SEQUENCE:", "\r\n").parse::<u32>().unwrap();
    let uid = |file: &str| between(file, "UID:", "\r\n").to_owned();
    office.days(1);
    let off = posts(&client, "/jf/ics", &secret).await.text();
    assert!(off.contains("METHOD:CANCEL\r\n") && off.contains("STATUS:CANCELLED\r\n"), "{off}");
    assert_eq!(uid(&off), uid(&whole));
    assert!(sequence(&off) > sequence(&whole));
    assert!(posts(&client, "/jf/mine", &secret).await.text().contains("从手机日历里去掉"));
}

async fn with_code(office: &Office, id: MatterId) -> String {
    let registrar = office.county.sign_in("dengji").await;
    let receipt: PrintedReceipt = registrar.post(&format!("/api/v1/matters/{id}/receipt"), &()).await.read();
    receipt.query_code
}

#[tokio::test]
async fn booked_with_the_code_it_stands_on_the_petitioners_page_and_in_the_file() {
    let office = Office::open().await;
    let keys = rule(&office, 3).await;
    let id = office.matter().await;
    let code = with_code(&office, id).await;
    let client = office.county.anonymous();
    let miss = posts(&client, &address(keys[0]), &[("code", &code), ("proof", "9999"), ("name", "甲<b>")]).await;
    assert_eq!(miss.status, 422);
    let text = miss.text();
    assert!(text.contains("没有查到") && text.contains(&code) && text.contains("甲&lt;b&gt;"), "nothing typed is lost");
    let form_id = Uuid::now_v7().to_string();
    let fields = [("id", form_id.as_str()), ("code", code.as_str()), ("proof", "2222")];
    let done = posts(&client, &address(keys[0]), &fields).await;
    assert!(done.status == 200 && done.text().contains("约好了"), "{}", done.text());
    let looked = client.look_up(&code, "2222").await.text();
    let day = words(day_of(&office, keys[0]).await);
    assert!(
        looked.contains("约好的接访") && looked.contains(&day) && looked.contains("清溪镇便民服务中心"),
        "{looked}"
    );
    // With the code it is the same person.
    let other_form = Uuid::now_v7().to_string();
    let again = [("id", other_form.as_str()), ("code", code.as_str()), ("proof", "2222")];
    let same = posts(&client, &address(keys[0]), &again).await;
    assert!(same.status == 409 && same.text().contains("您在这一天已经约过了"));
    // Whoever types the number proves nothing, and is not told that it has a place; the desk sees it twice.
    let typed = books(&client, keys[0], "赵大娘", "13911112222").await;
    assert!(typed.status == 200 && typed.text().contains("约好了"), "{}", typed.text());
    let list: SittingList = office
        .county
        .sign_in("lianxi")
        .await
        .get(&format!("/api/v1/receptions/{}/{}", keys[0].rule, keys[0].planned))
        .await
        .read();
    assert_eq!(list.bookings.iter().map(|row| row.twice).collect::<Vec<_>>(), [true, true]);
    // Who sees the matter sees the appointment; who does not, does not.
    let path = format!("/api/v1/matters/{id}/bookings");
    let seen: MatterBookings = office.county.sign_in("shenhe").await.get(&path).await.read();
    assert_eq!(seen.bookings.len(), 1);
    assert_eq!(seen.bookings[0].booking.name.as_str(), "赵**", "the file says who it is, not this");
    assert_eq!(office.county.sign_in("shuili").await.get(&path).await.status, 404);
    // Called off: the page says so.
    change(&office, keys[0], json!({ "off": true, "reason": "开会" })).await;
    assert!(client.look_up(&code, "2222").await.text().contains("这次接访取消了"));
}

#[tokio::test]
async fn who_filed_without_a_name_uses_the_place_that_the_code_booked_and_nobody_else_does() {
    let office = Office::open().await;
    let keys = rule(&office, 3).await;
    let client = office.county.anonymous();
    let filed = crate::filing::Form::named().put("who", "anonymous").put("phone", "").send(&office.county).await;
    let filed = filed.text();
    let digits: Vec<String> = filed
        .split(r#"<p class="receipt__digits num">"#)
        .skip(1)
        .map(|rest| rest.split('<').next().unwrap().to_owned())
        .collect();
    let [code, word] = digits.try_into().unwrap();
    let form_id = Uuid::now_v7().to_string();
    let fields = [("id", form_id.as_str()), ("code", code.as_str()), ("proof", word.as_str())];
    let done = posts(&client, &address(keys[0]), &fields).await.text();
    assert!(done.contains("约好了"), "{done}");
    let number = number(&done);
    // The row on the answer page, the switch to large type, the file for the calendar: each brings the word.
    let secret = [("number", number.as_str()), ("proof", word.as_str())];
    let large = posts(&client, "/jf/mine?type=large", &secret).await;
    assert!(large.status == 200 && large.text().contains(r#"data-type="large""#));
    let answer = client.look_up(&code, &word).await.text();
    assert!(answer.contains("约好的接访") && answer.contains(&number));
    let file = posts(&client, "/jf/ics", &secret).await;
    assert!(file.text().starts_with("BEGIN:VCALENDAR"), "{}", file.text());
    // The word that stands in the place of the name opens nothing.
    for guess in ["匿名", "", "0", "林晓月"] {
        let reply = posts(&client, "/jf/mine", &[("number", &number), ("proof", guess)]).await;
        assert_eq!(reply.status, 422, "{guess}");
    }
    assert!(posts(&client, "/jf/cancel", &secret).await.text().contains("这个预约已经取消"));
}

/// Whom the desk invites says yes, another day or no, with the code of the matter.
#[tokio::test]
async fn who_is_invited_answers_with_the_code_and_moves_with_one_tap() {
    let office = Office::open().await;
    let keys = rule(&office, 2).await;
    let id = office.matter().await;
    let code = with_code(&office, id).await;
    let desk = office.county.sign_in("lianxi").await;
    let matter = office.county.sign_in("dengji").await.file(id).await.matter.number;
    let invite = |key: SittingKey| format!("/api/v1/receptions/{}/{}/invite", key.rule, key.planned);
    let form = Uuid::now_v7();
    let request = json!({ "id": form, "number": matter });
    for _ in 0..2 {
        let list: SittingList = desk.post(&invite(keys[0]), &request).await.read();
        assert_eq!(list.bookings.len(), 1, "sent twice it is one invitation");
        assert_eq!(list.bookings[0].booking.state, BookingState::Invited);
        assert!(list.bookings[0].to_tell, "until somebody has told them");
    }
    assert_eq!(office.county.sign_in("shenhe").await.post(&invite(keys[0]), &request).await.status, 403);
    let twice = desk.post(&invite(keys[0]), &json!({ "id": Uuid::now_v7(), "number": matter })).await;
    assert!(twice.status == 409 && twice.text().contains("已经有一个时间了"), "{}", twice.text());
    let sheet = desk.get(&format!("/api/v1/receptions/bookings/{form}/print")).await.text();
    assert!(sheet.contains("约访通知") && sheet.contains("赵大娘") && sheet.contains("清溪镇便民服务中心"), "{sheet}");

    // It stands on the petitioner's page, and is answered there.
    let client = office.county.anonymous();
    let answer = client.look_up(&code, "2222").await.text();
    assert!(answer.contains("请您来接访"), "{answer}");
    let number = office.county.state.store.booking(case_core::id::BookingId(form)).await.unwrap().unwrap().number;
    let secret = [("number", number.as_str()), ("proof", "2222")];
    let asks = posts(&client, "/jf/mine", &secret).await.text();
    assert!(asks.contains("请您来接访") && asks.contains("/jf/accept") && !asks.contains("/jf/ics"), "{asks}");
    assert_eq!(posts(&client, "/jf/accept", &[("number", number.as_str()), ("proof", "9999")]).await.status, 422);
    let yes = posts(&client, "/jf/accept", &secret).await.text();
    assert!(yes.contains("约好了") && yes.contains("改时间"), "{yes}");
    let told: ReceptionDesk = desk.get("/api/v1/receptions").await.read();
    assert!(told.to_tell.is_empty(), "who answered knows");

    // Another day: the new place and the old one change hands together.
    let days = posts(&client, "/jf/move", &secret).await.text();
    let to = format!("{}/{}", keys[1].rule, keys[1].planned);
    assert!(days.contains(&to) && !days.contains(&format!("{}/{}", keys[0].rule, keys[0].planned)), "{days}");
    for n in 0..2 {
        assert_eq!(books(&client, keys[2], "甲", &format!("1390000000{n}")).await.status, 200);
    }
    let full = format!("{}/{}", keys[2].rule, keys[2].planned);
    let refused = posts(&client, "/jf/move", &[secret[0], secret[1], ("to", &full)]).await;
    assert!(refused.status == 409 && refused.text().contains("原来的时间还在"), "{}", refused.text());
    for nonsense in ["x", "/", "00000000-0000-0000-0000-000000000000/2026-01-01"] {
        assert_eq!(
            posts(&client, "/jf/move", &[secret[0], secret[1], ("to", nonsense)]).await.status,
            409,
            "{nonsense}"
        );
    }
    for _ in 0..2 {
        let moved = posts(&client, "/jf/move", &[secret[0], secret[1], ("to", &to)]).await.text();
        assert!(moved.contains("约好了") && moved.contains(&words(day_of(&office, keys[1]).await)), "{moved}");
    }
    let store = &office.county.state.store;
    assert!(store.bookings_of(keys[0]).await.unwrap().is_empty());
    assert_eq!(store.bookings_of(keys[1]).await.unwrap()[0].number, number);

    // No: the place is free again, and the desk sees it.
    let no = posts(&client, "/jf/cancel", &secret).await.text();
    assert!(no.contains("这个预约已经取消"), "{no}");
    let second = Uuid::now_v7();
    desk.post(&invite(keys[0]), &json!({ "id": second, "number": matter })).await.read::<SittingList>();
    let number = store.booking(case_core::id::BookingId(second)).await.unwrap().unwrap().number;
    let no = posts(&client, "/jf/cancel", &[("number", number.as_str()), ("proof", "2222")]).await.text();
    assert!(no.contains("您说了不来"), "{no}");
    let path = format!("/api/v1/receptions/{}/{}", keys[0].rule, keys[0].planned);
    let list: SittingList = desk.get(&path).await.read();
    assert_eq!(list.bookings[0].booking.state, BookingState::Declined);
    assert!(!list.bookings[0].to_tell);
}

#[tokio::test]
async fn the_last_place_goes_to_one_of_two_who_tap_at_once_and_the_other_is_offered_the_next() {
    let office = Office::open().await;
    let keys = rule(&office, 1).await;
    let client = office.county.anonymous();
    for round in 0..4_usize {
        let Some(key) = keys.get(round).copied() else { break };
        let phones = [format!("1390000{round}001"), format!("1390000{round}002")];
        let (one, two) = tokio::join!(books(&client, key, "甲先", &phones[0]), books(&client, key, "乙后", &phones[1]));
        let mut statuses = [one.status.as_u16(), two.status.as_u16()];
        statuses.sort_unstable();
        assert_eq!(statuses, [200, 409]);
        let lost = if one.status == 409 { one } else { two };
        assert!(lost.text().contains("这一天刚好约满了") && lost.text().contains("还能约的日子"), "{}", lost.text());
        assert_eq!(office.county.state.store.bookings_of(key).await.unwrap().len(), 1);
    }
    assert!(client.get("/jf").await.text().contains("约满了"));
}

#[tokio::test]
async fn who_booked_is_called_when_it_is_moved_and_their_page_tells_the_truth_meanwhile() {
    let office = Office::open().await;
    let keys = rule(&office, 3).await;
    let client = office.county.anonymous();
    let done = books(&client, keys[0], "何翠花", "13900007777").await.text();
    let number = number(&done);
    let secret = [("number", number.as_str()), ("proof", "7777")];
    let page = || posts(&client, "/jf/mine", &secret);
    let to = day_of(&office, keys[0]).await + Days::new(1);
    let desk = change(&office, keys[0], json!({ "to": to, "reason": "领导出差" })).await;
    let [row] = desk.to_tell.as_slice() else { panic!("{:?}", desk.to_tell) };
    assert_eq!((row.booking.name.as_str(), row.now.as_ref().unwrap().day), ("何翠花", to));
    let text = page().await.text();
    assert!(text.contains("这次接访改了") && text.contains(&words(to)) && text.contains("领导出差"), "{text}");
    let keeper = office.county.sign_in("lianxi").await;
    let act = |act: Value| {
        let (keeper, path) = (keeper.clone(), format!("/api/v1/receptions/bookings/{}", row.booking.id));
        async move { keeper.post(&path, &act).await }
    };
    // While the clerk phones it is called off: what was said on the phone is not how it stands.
    change(&office, keys[0], json!({ "off": true, "reason": "生病" })).await;
    act(json!({ "told": row.now })).await.read::<BookingRow>();
    let desk: ReceptionDesk = keeper.get("/api/v1/receptions").await.read();
    assert_eq!(desk.to_tell.len(), 1, "still to be told that it is off");
    assert!(page().await.text().contains("这次接访取消了"));
    act(json!({ "told": null })).await.read::<BookingRow>();
    let desk: ReceptionDesk = keeper.get("/api/v1/receptions").await.read();
    assert!(desk.to_tell.is_empty());
    assert!(page().await.text().contains("不用来了"));
    // Back as planned: it must be told again, and then holds.
    let desk = change(&office, keys[0], Value::Null).await;
    assert_eq!(desk.to_tell.len(), 1);
    act(json!({ "told": desk.to_tell[0].now })).await.read::<BookingRow>();
    assert!(page().await.text().contains("约好了"));
}

#[tokio::test]
async fn a_new_holiday_moves_the_reception_and_lists_who_booked() {
    let office = Office::open().await;
    let keys = rule(&office, 3).await;
    let client = office.county.anonymous();
    let day = day_of(&office, keys[0]).await;
    assert_eq!(books(&client, keys[0], "何翠花", "13900007777").await.status, 200);
    let table = format!("{day},休,地方节日");
    let admin = office.county.sign_in("guanli").await;
    admin.post("/api/v1/holidays", &json!({ "text": table, "save": true })).await.read::<Value>();
    let desk: ReceptionDesk = office.county.sign_in("dengji").await.get("/api/v1/receptions").await.read();
    let mine = desk.to_tell.iter().find(|row| row.booking.key == keys[0]).expect("to be told");
    assert!(mine.now.as_ref().is_some_and(|now| now.day > day), "{mine:?}");
    assert!(client.get("/jf").await.text().contains(&format!("{} 周三，遇节假日顺延", words(day))));
}

#[tokio::test]
async fn the_desk_notes_who_came_and_what_it_led_to() {
    let office = Office::open().await;
    let keys = rule(&office, 3).await;
    let client = office.county.anonymous();
    for (name, phone) in [("何翠花", "13900007777"), ("钱有福", "13900008888"), ("孙大海", "13900009999")] {
        assert_eq!(books(&client, keys[0], name, phone).await.status, 200);
    }
    let path = format!("/api/v1/receptions/{}/{}", keys[0].rule, keys[0].planned);
    let list: SittingList = office.county.sign_in("dengji").await.get(&path).await.read();
    assert_eq!(list.bookings.iter().map(|row| row.booking.slot).collect::<Vec<_>>(), [0, 1, 2]);
    let act = |login: &'static str, at: usize, act: Value| {
        let (office, id) = (&office, list.bookings[at].booking.id);
        async move {
            let client = office.county.sign_in(login).await;
            client.post(&format!("/api/v1/receptions/bookings/{id}"), &act).await
        }
    };
    let early = act("dengji", 0, json!({ "attended": {} })).await;
    assert!(early.status == 409 && early.text().contains("还没到接访那天"), "{}", early.text());
    let ahead = (day_of(&office, keys[0]).await - office.today()).num_days();
    office.days(ahead);
    let id = office.matter().await;
    let matter = office.county.state.store.matter(id).await.unwrap().unwrap();
    let wrong = act("dengji", 0, json!({ "attended": { "number": "123" } })).await;
    assert!(wrong.status == 409 && wrong.text().contains("十六位数字"));
    let none = act("dengji", 0, json!({ "attended": { "number": "9926030209000099" } })).await;
    assert!(none.status == 409 && none.text().contains("没有查到"));
    let result = json!({ "attended": { "number": matter.number, "words": "当场答应先派人看" } });
    let row: BookingRow = act("dengji", 0, result).await.read();
    assert_eq!(
        (row.booking.state, row.booking.matter, row.number),
        (BookingState::Attended, Some(id), Some(matter.number))
    );
    let row: BookingRow = act("lianxi", 1, json!("absent")).await.read();
    assert_eq!(row.booking.state, BookingState::Absent);
    act("lianxi", 2, json!("cancel")).await.read::<BookingRow>();
    let cancelled = act("lianxi", 2, json!("absent")).await;
    assert!(cancelled.status == 409 && cancelled.text().contains("已经取消"));
    let came = act("lianxi", 0, json!("cancel")).await;
    assert!(came.status == 409 && came.text().contains("已经记了来没来"));
    // The matter's file has it.
    let path_of = format!("/api/v1/matters/{id}/bookings");
    let of: MatterBookings = office.county.sign_in("dengji").await.get(&path_of).await.read();
    assert_eq!(of.bookings[0].booking.result.as_ref().unwrap().as_str(), "当场答应先派人看");
    // Leaders look: masked, and do nothing. The printed list is for those who keep the calendar.
    let leader = office.county.sign_in("xianling").await;
    let seen: SittingList = leader.get(&path).await.read();
    assert!(!seen.keeps && seen.bookings[0].booking.name.as_str() == "何**");
    assert_eq!(seen.bookings[0].booking.phone.as_ref().unwrap().as_str(), "139****7777");
    assert_eq!(leader.get(&format!("{path}/print")).await.status, 403);
    assert_eq!(act("xianling", 0, json!("absent")).await.status, 403);
    let sheet = office.county.sign_in("lianxi").await.get(&format!("{path}/print")).await.text();
    assert!(sheet.contains("领导接访预约名单") && sheet.contains("13900007777") && sheet.contains("钱有福"));
    assert!(!sheet.contains("孙大海"), "who cancelled is not expected");
    // What is noted names nobody.
    let noted = office.county.state.store.audit_entries(None, 20).await.unwrap();
    let noted: Vec<String> = noted.iter().map(|entry| serde_json::to_string(&entry.deed).unwrap()).collect();
    assert!(noted.iter().any(|deed| deed.contains("reception_booking_set")));
    assert!(noted.iter().all(|deed| !deed.contains("何翠花") && !deed.contains("7777")), "{noted:?}");
    // Who stays away from the matter (回避) does not learn whose booking it is.
    let away = office.county.sign_in("lianxi").await;
    assert!(
        away.post(&format!("/api/v1/matters/{id}/recusal"), &json!({ "reason": "亲戚" })).await.status.is_success()
    );
    let list: SittingList = office.county.sign_in("lianxi").await.get(&path).await.read();
    let first = &list.bookings[0];
    assert_eq!((first.number.as_ref(), first.booking.matter, first.booking.result.as_ref()), (None, None, None));
    assert_eq!(first.booking.name.as_str(), "何**");
    assert_eq!(act("lianxi", 0, json!("absent")).await.status, 404);
}

#[tokio::test]
async fn rules_that_do_not_hold_together_are_refused_in_words() {
    let office = Office::open().await;
    let keys = rule(&office, 3).await;
    let keeper = office.county.sign_in("dengji").await;
    let desk: ReceptionDesk = keeper.get("/api/v1/receptions").await.read();
    let row = desk.rules.iter().find(|row| row.id == keys[0].rule).unwrap();
    let send = |id: Option<ReceptionId>, change: Value| {
        let mut rule = serde_json::to_value(&row.rule).unwrap();
        for (key, value) in change.as_object().unwrap() {
            rule[key] = value.clone();
        }
        let keeper = keeper.clone();
        async move { keeper.post("/api/v1/receptions/rules", &json!({ "id": id, "rule": rule })).await }
    };
    for (id, change, says) in [
        (None, json!({ "slots": 0 }), "人数和时间对不上"),
        (None, json!({ "leaders": [] }), "还没有写接访领导"),
        (None, json!({ "ends": 540 }), "结束时间要晚于开始时间"),
        (None, json!({ "when": { "weekday": 9 } }), "没有这样的日子"),
        (None, json!({ "since": "2020-01-01" }), "要从今天或以后开始"),
        (Some(row.id), json!({ "when": { "weekday": 4 } }), "不能改日子"),
    ] {
        let reply = send(id, change.clone()).await;
        assert!(reply.status == 409 && reply.text().contains(says), "{change}: {}", reply.text());
    }
    for bad in [json!({ "begins": 9000 }), json!({ "place": "" }), json!({ "when": "daily" })] {
        assert_eq!(send(None, bad.clone()).await.status, 400, "{bad}");
    }
    assert_eq!(send(Some(ReceptionId(Uuid::nil())), json!({})).await.status, 404);
    // Another place is said to whoever booked; fewer places than are taken are refused.
    let client = office.county.anonymous();
    for n in 0..3 {
        assert_eq!(books(&client, keys[0], "甲", &format!("1390000000{n}")).await.status, 200);
    }
    assert!(send(Some(row.id), json!({ "slots": 2 })).await.text().contains("已经有人约在后面的号"));
    let desk: ReceptionDesk = send(Some(row.id), json!({ "place": "县政府一楼" })).await.read();
    assert_eq!(desk.to_tell.len(), 3);
    // The end of the rule: what was booked after it is to be told.
    let today = office.today();
    let path = format!("/api/v1/receptions/rules/{}/end", row.id);
    let desk: ReceptionDesk = keeper.post(&path, &json!({ "last": today })).await.read();
    assert!(desk.to_tell.len() == 3 && desk.to_tell.iter().all(|row| row.now.is_none()));
    // Changes that cannot be.
    let far = json!({ "key": keys[0], "change": { "to": today + Days::new(400), "reason": "x" } });
    assert_eq!(keeper.post("/api/v1/receptions/changes", &far).await.status, 404, "its rule has ended");
    let other =
        desk.sittings.iter().find(|row| row.sitting.day > today && row.sitting.key.rule != keys[0].rule).unwrap();
    for change in [
        json!({ "to": today + Days::new(400), "reason": "x" }),
        json!({ "to": today - Days::new(1), "reason": "x" }),
        json!({ "reason": "x" }),
    ] {
        let reply =
            keeper.post("/api/v1/receptions/changes", &json!({ "key": other.sitting.key, "change": change })).await;
        assert_eq!(reply.status, 409, "{change}");
    }
    let without = json!({ "key": other.sitting.key, "change": { "off": true, "reason": " " } });
    assert_eq!(keeper.post("/api/v1/receptions/changes", &without).await.status, 400, "a reason is needed");
}

#[tokio::test]
async fn what_cannot_be_booked_is_said_and_nothing_typed_is_lost() {
    let office = Office::open().await;
    let keys = rule(&office, 3).await;
    let client = office.county.anonymous();
    for (fields, says) in [
        (vec![], "填一种就行"),
        (vec![("name", "何翠花"), ("phone", "")], "这不像电话号码"),
        (vec![("name", "何翠花"), ("phone", "一三九")], "这不像电话号码"),
        (vec![("name", " "), ("phone", "13900007777")], "还没有填姓名"),
        (vec![("code", "123"), ("proof", "1")], "12 位数字"),
        (vec![("code", "482715936049"), ("proof", "")], "没有"),
    ] {
        let reply = posts(&client, &address(keys[0]), &fields).await;
        assert_eq!(reply.status, 422, "{fields:?}");
        let text = reply.text();
        assert!(text.contains(says), "{fields:?}: {text}");
        for (_, typed) in fields.iter().filter(|(_, typed)| !typed.trim().is_empty()) {
            assert!(text.contains(&format!(r#"value="{typed}""#)), "{typed} is lost");
        }
    }
    let hostile = posts(&client, &address(keys[0]), &[("name", "\"><script>alert(1)</script>"), ("phone", "1")]).await;
    assert_eq!(hostile.text().matches("<script").count(), 1);
    // Nothing, nowhere, never.
    for path in ["/jf/x/2026-01-01", "/jf/00000000-0000-0000-0000-000000000000/2026-13-01"] {
        assert_eq!(client.get(path).await.status, 404, "{path}");
    }
    let nothing = SittingKey { rule: ReceptionId(Uuid::nil()), planned: office.today() };
    assert!(client.get(&address(nothing)).await.text().contains("这一天的接访没有了"));
    let strange = SittingKey { planned: keys[0].planned + Days::new(1), ..keys[0] };
    assert_eq!(books_blind(&client, strange).await.status, 409);
    // On the day itself one just comes.
    office.days((day_of(&office, keys[0]).await - office.today()).num_days());
    let late = books_blind(&client, keys[0]).await;
    assert!(late.status == 409 && late.text().contains("预约已经截止"), "{}", late.text());
    assert_eq!(client.raw(Method::PUT, "/jf", FORM, Vec::new()).await.status, 405);
    assert_eq!(posts(&client, "/jf/mine", &[("number", "12"), ("proof", "1")]).await.status, 422);
    assert_eq!(client.raw(Method::POST, "/jf/mine", "text/plain", b"x".to_vec()).await.status, 415);
}

async fn books_blind(client: &Client, key: SittingKey) -> Reply {
    let id = Uuid::now_v7().to_string();
    posts(client, &address(key), &[("id", &id), ("name", "何翠花"), ("phone", "13900007777")]).await
}

#[tokio::test]
async fn guessing_and_flooding_are_stopped_and_other_sites_book_nothing() {
    let office = Office::open().await;
    let keys = rule(&office, 20).await;
    let client = office.county.anonymous();
    let foreign = Request::builder()
        .method(Method::POST)
        .uri(address(keys[0]))
        .header("content-type", FORM)
        .header("host", "127.0.0.1:3000")
        .header("origin", "http://evil.example")
        .body(Body::from(form(&[("name", "甲"), ("phone", "13900000000")])))
        .unwrap();
    assert_eq!(client.send(foreign).await.status, 403);
    let mut statuses = Vec::new();
    for n in 0..12 {
        statuses.push(books(&client, keys[0], "甲", &format!("139000000{n:02}")).await.status.as_u16());
    }
    assert_eq!(statuses, [vec![200; 10], vec![429; 2]].concat());
    assert_eq!(office.county.state.store.bookings_of(keys[0]).await.unwrap().len(), 10);
    // Of one number five tries, whichever is typed.
    let mut statuses = Vec::new();
    for n in 0..6 {
        let fields = [("number", "12345678".to_owned()), ("proof", format!("{n:04}"))];
        let fields = [(fields[0].0, fields[0].1.as_str()), (fields[1].0, fields[1].1.as_str())];
        statuses.push(posts(&client, "/jf/cancel", &fields).await.status.as_u16());
    }
    assert_eq!(statuses, [422, 422, 422, 422, 422, 429]);
    office.days(1);
    assert_eq!(posts(&client, "/jf/mine", &[("number", "12345678"), ("proof", "0000")]).await.status, 422);
}

#[tokio::test]
async fn talk_points_are_kept_at_the_desk_and_found_by_town() {
    let office = Office::open().await;
    let client = office.county.anonymous();
    let all = client.get("/sd").await.text();
    assert!(all.contains("大樟树说事点") && all.contains("云岭茶室说事点") && all.contains("0999-1120004"), "{all}");
    let found = client.get(&format!("/sd?q={}", urlencode("云岭"))).await.text();
    assert!(found.contains("云岭茶室说事点") && !found.contains("大樟树"), "{found}");
    let none = client.get(&format!("/sd?q={}", urlencode("\"><script>x"))).await.text();
    assert!(none.contains("没有找到") && none.matches("<script").count() == 1);
    let keeper = office.county.sign_in("dengji").await;
    let list: TalkPointList = keeper.get("/api/v1/talk-points").await.read();
    assert!(
        list.keeps && list.points.len() == 6 && list.divisions.iter().any(|(code, _)| code.as_str() == "990101102")
    );
    let mut point = serde_json::to_value(&list.points[0].point).unwrap();
    point["closed"] = json!(true);
    point["hours"] = json!("暂停");
    let list: TalkPointList = keeper.post("/api/v1/talk-points", &point).await.read();
    assert_eq!(list.points.iter().filter(|row| row.point.closed).count(), 1);
    assert!(!client.get("/sd").await.text().contains("大樟树"));
    point["id"] = Value::Null;
    point["closed"] = json!(false);
    let list: TalkPointList = keeper.post("/api/v1/talk-points", &point).await.read();
    assert_eq!(list.points.len(), 7);
    point["division"] = json!("110101001");
    assert_eq!(keeper.post("/api/v1/talk-points", &point).await.status, 400, "no such place");
    point["id"] = json!(Uuid::nil());
    point["division"] = json!("990101102");
    assert_eq!(keeper.post("/api/v1/talk-points", &point).await.status, 404);
    let looks: TalkPointList = office.county.sign_in("shenhe").await.get("/api/v1/talk-points").await.read();
    assert!(!looks.keeps);
    assert_eq!(office.county.sign_in("shenhe").await.post("/api/v1/talk-points", &point).await.status, 403);
}
