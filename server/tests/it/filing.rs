//! 网上提交: from the petitioner's form to the registrar's desk, and back by the code.

use axum::body::Body;
use axum::http::{Method, Request, header};
use case_core::audit::Deed;
use case_core::id::MatterId;
use case_core::matter::{Channel, CommandKind, Stage};
use case_core::time::ClockKind;
use case_core::wire::desk::{MatterList, PrintedReceipt};
use case_core::wire::documents::IssuedDocument;
use uuid::Uuid;

use crate::support::*;

const SAID: &str = "村口的路灯从五月起一直不亮，晚上老人出门看不见路。<b>请派人来修</b>。";

/// A form as a browser sends it.
#[derive(Clone)]
pub struct Form(Vec<(String, String)>, Vec<(String, Vec<u8>)>);

impl Form {
    /// Everything that is needed, in a form of its own.
    pub fn named() -> Self {
        let place = "990101101201";
        Self(Vec::new(), Vec::new())
            .with("id", &Uuid::new_v4().to_string())
            .with("purpose", "appeal")
            .with("text", SAID)
            .with("demand", "修好路灯")
            .with("demand", "")
            .with("demand", "告诉我哪天修")
            .with("place", place)
            .with("who", "named")
            .with("name", "林晓月")
            .with("phone", "138 1234 5678")
            .with("address", "清溪镇石桥村三组")
    }

    /// With a field of that name, instead of the ones before.
    pub fn put(mut self, name: &str, value: &str) -> Self {
        self.0.retain(|(known, _)| known != name);
        self.with(name, value)
    }

    pub fn with(mut self, name: &str, value: &str) -> Self {
        self.0.push((name.to_owned(), value.to_owned()));
        self
    }

    pub fn file(mut self, name: &str, bytes: &[u8]) -> Self {
        self.1.push((name.to_owned(), bytes.to_vec()));
        self
    }

    pub fn body(&self) -> (String, Vec<u8>) {
        let boundary = "----huiyin-test";
        let mut body = Vec::new();
        for (name, value) in &self.0 {
            let part = format!("--{boundary}\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n");
            body.extend(part.into_bytes());
        }
        for (name, bytes) in &self.1 {
            // What the browser says of the type is never believed.
            let head = format!(
                "--{boundary}\r\nContent-Disposition: form-data; name=\"file\"; filename=\"{name}\"\r\n\
                 Content-Type: text/html\r\n\r\n"
            );
            body.extend([head.as_bytes(), bytes, b"\r\n"].concat());
        }
        body.extend(format!("--{boundary}--\r\n").into_bytes());
        (format!("multipart/form-data; boundary={boundary}"), body)
    }

    pub async fn send(&self, county: &County) -> Reply {
        self.send_to(county, "/t").await
    }

    pub async fn send_to(&self, county: &County, path: &str) -> Reply {
        let (kind, body) = self.body();
        county.anonymous().raw(Method::POST, path, &kind, body).await
    }
}

/// What stands between two marks.
fn between<'a>(text: &'a str, before: &str, after: &str) -> &'a str {
    let from = text.find(before).unwrap_or_else(|| panic!("no {before} in {text}")) + before.len();
    &text[from..from + text[from..].find(after).unwrap()]
}

fn digits(page: &str) -> Vec<String> {
    let mark = r#"<p class="receipt__digits num">"#;
    page.match_indices(mark).map(|(at, _)| between(&page[at..], mark, "</p>").to_owned()).collect()
}

async fn list(county: &County, login: &str, words: &str) -> MatterList {
    county.sign_in(login).await.get(&format!("/api/v1/matters?q={}", urlencode(words))).await.read()
}

async fn filed(county: &County, words: &str) -> MatterId {
    let list = list(county, "dengji", words).await;
    assert_eq!(list.rows.len(), 1, "{words}");
    assert!(list.rows[0].online);
    list.rows[0].id
}

#[tokio::test]
async fn a_form_becomes_a_matter_at_the_registrars_desk_and_its_code_opens_it() {
    let county = County::open().await;
    let empty = county.anonymous().get("/t").await;
    assert_eq!((empty.status.as_u16(), empty.headers["cache-control"].to_str().unwrap()), (200, "no-store"));
    assert!(empty.text().contains("青石村委会"), "villages to choose from");
    let receipt = Form::named().send(&county).await;
    let page = receipt.text();
    assert_eq!((receipt.status.as_u16(), receipt.headers["cache-control"].to_str().unwrap()), (200, "no-store"));
    let code = digits(&page).remove(0);
    assert!(page.contains("第二十二条") && page.contains("0999-1110000"), "the rule of the day, and whom to call");
    for told in ["13812345678", "石桥村三组", "林晓月"] {
        assert!(!page.contains(told), "the receipt may lie where others find it: {told}");
    }

    let id = filed(&county, "路灯从五月").await;
    let file = county.sign_in("dengji").await.file(id).await;
    let registration = &file.matter.registration;
    assert_eq!((file.matter.stage, registration.channel), (Stage::Registered, Channel::Online));
    assert_eq!(registration.content.as_str(), SAID);
    assert_eq!(registration.demands.len(), 2);
    assert!(!registration.particulars.publish);
    assert_eq!(registration.place.as_ref().unwrap().as_str(), "990101101201");
    assert!(!file.masked && registration.petitioner.name.as_str() == "林晓月", "who registers it reads who it is");
    assert!(file.matter.clocks.iter().any(|clock| clock.kind == ClockKind::Transfer && clock.is_running()));
    assert!(file.permitted.contains(&CommandKind::Transfer));
    assert!(county.sign_in("shenhe").await.file(id).await.masked, "and nobody else without asking");

    for proof in ["5678", "林晓月"] {
        assert_eq!(county.anonymous().look_up(&code, proof).await.status, 200, "{proof}");
    }
    assert_eq!(county.anonymous().look_up(&code, "5679").await.status, 422);
    let journal = county.state.store.verify_journal(id).await.unwrap();
    assert_eq!(journal, case_store::JournalCheck::Intact);
}

#[tokio::test]
async fn a_double_tap_is_one_matter_with_one_code() {
    let county = County::open().await;
    let form = Form::named();
    let (first, second) = tokio::join!(form.send(&county), form.send(&county));
    let third = form.send(&county).await.text();
    let (first, second) = (first.text(), second.text());
    assert_eq!(digits(&first), digits(&third));
    assert_eq!(digits(&second), digits(&third));
    assert!(!third.contains("只收了一份"), "nothing was said that is not in it");
    filed(&county, "路灯从五月").await;
    // Changed and sent again: the first one stands, and the page says so.
    let changed = form.clone().put("text", "路灯修好了，可是水管又坏了，请再来看一看吧。").send(&county).await.text();
    assert_eq!(digits(&changed), digits(&third));
    assert!(changed.contains("只收了一份"));
    assert_eq!(list(&county, "dengji", "水管又坏了").await.total, 0);
    // Whoever knows the matter's id does not know the form.
    let id = filed(&county, "路灯从五月").await;
    let guessed = Form::named().put("id", &id.to_string()).put("text", "另一件事情，和路灯没有关系，说的是水沟。");
    assert_ne!(digits(&guessed.send(&county).await.text()), digits(&third));
}

#[tokio::test]
async fn everything_typed_is_kept_whatever_is_wrong_with_it() {
    let county = County::open().await;
    let token = Uuid::new_v4().to_string();
    let wrong = Form::named().put("id", &token).put("text", "</textarea><b>").put("name", "").put("demand", " ");
    let page = wrong.send(&county).await;
    assert_eq!(page.status, 422);
    let text = page.text();
    for needed in ["138 1234 5678", "清溪镇石桥村三组", &token, "还没有写姓名", "写得太短", "还没有写想要怎么解决"]
    {
        assert!(text.contains(needed), "{needed}");
    }
    assert!(text.contains("&lt;/textarea&gt;&lt;b&gt;") && !text.contains("</textarea><b>"));
    assert!(text.contains(r#"value="990101101201" selected"#));
    // The switch to large type sends the form and blames nobody.
    let drawn = wrong.clone().with("go", "draw").send(&county).await;
    assert_eq!(drawn.status, 200);
    assert!(drawn.text().contains("138 1234 5678") && !drawn.text().contains("还没有写姓名"));
    // Put right, it goes with the same id.
    let right = Form::named().put("id", &token).send(&county).await;
    assert_eq!(digits(&right.text()).len(), 1);
}

#[tokio::test]
async fn a_report_against_an_official_is_shown_the_sealed_way_and_kept_nowhere() {
    let county = County::open().await;
    let page = Form::named().put("purpose", "accusation").send(&county).await;
    assert_eq!(page.status, 422);
    for needed in ["举报不从这里交", "保密登记", "12388", "0999-1110000"] {
        assert!(page.text().contains(needed), "{needed}");
    }
    assert_eq!(list(&county, "dengji", "路灯从五月").await.total, 0);
}

#[tokio::test]
async fn without_a_name_a_word_on_the_receipt_is_the_second_answer() {
    let county = County::open().await;
    let page = Form::named().put("who", "anonymous").put("phone", "").send(&county).await.text();
    let [code, word] = digits(&page).try_into().unwrap();
    assert_eq!(word.len(), 4);
    let file = county.sign_in("dengji").await.file(filed(&county, "路灯从五月").await).await;
    let petitioner = &file.matter.registration.petitioner;
    assert_eq!((petitioner.name.as_str(), &petitioner.address, &petitioner.phone), ("匿名", &None, &None));
    assert_eq!(county.anonymous().look_up(&code, &word).await.status, 200);
    for guess in ["匿名", "林晓月", "5678"] {
        assert_eq!(county.anonymous().look_up(&code, guess).await.status, 422, "{guess}");
    }
    // The code was lost: the new receipt has the same word.
    let id = file.matter.id;
    let again: PrintedReceipt =
        county.sign_in("dengji").await.post(&format!("/api/v1/matters/{id}/receipt"), &()).await.read();
    assert_eq!((again.word.as_deref(), again.without_phone), (Some(word.as_str()), true));
    assert_eq!(county.anonymous().look_up(&again.query_code, &word).await.status, 200);
}

#[tokio::test]
async fn a_matter_that_a_desk_registers_without_a_name_is_opened_by_the_word_on_its_receipt_alone() {
    let county = County::open().await;
    let desk = county.sign_in("dengji").await;
    let today = case_core::time::Moment(chrono::Utc::now().timestamp_millis()).date();
    let register = async |petitioner: serde_json::Value| -> PrintedReceipt {
        let registration = serde_json::json!({
            "title": "路灯不亮", "content": SAID, "demands": ["修好路灯"], "purpose": "appeal",
            "category": "construction", "channel": "letter", "intake": "first", "petitioner": petitioner,
            "place": "990101101201", "received_on": today,
        });
        let body = serde_json::json!({ "id": Uuid::now_v7(), "registration": registration });
        desk.post("/api/v1/matters", &body).await.read()
    };
    let look = async |code: &str, second: &str| county.anonymous().look_up(code, second).await.status;
    let slip = register(serde_json::json!({ "name": "匿名" })).await;
    let word = slip.word.clone().unwrap();
    assert!(slip.without_phone);
    assert_eq!(look(&slip.query_code, &word).await, 200);
    assert_eq!(look(&slip.query_code, "匿名").await, 422, "it would open all that are called so");
    // The same on the paper, for those who hand it out.
    let request = serde_json::json!({ "id": Uuid::now_v7(), "kind": "intake_receipt", "fields": [] });
    let paper: IssuedDocument = desk.post(&format!("/api/v1/matters/{}/documents", slip.matter), &request).await.read();
    let print = format!("/api/v1/documents/{}/print", paper.id);
    let sheet = desk.get(&print).await.text();
    assert!(sheet.contains(&slip.query_code) && sheet.contains(&format!("口令：{word}")), "{sheet}");
    assert!(sheet.contains("凭查询码和它旁边的口令") && !sheet.contains("手机号后四位"));
    assert!(!county.sign_in("shenhe").await.get(&print).await.text().contains(&format!("口令：{word}")));
    // With a phone it is the phone's end as well; with a name there is no word.
    let called = register(serde_json::json!({ "name": "匿名", "phone": "13911112222" })).await;
    assert_eq!(look(&called.query_code, "2222").await, 200);
    assert!(called.word.is_some() && !called.without_phone);
    let named = register(serde_json::json!({ "name": "赵大娘" })).await;
    assert_eq!((named.word.as_deref(), named.without_phone), (None, true));
    assert_eq!(look(&named.query_code, "赵大娘").await, 200);
}

#[tokio::test]
async fn what_a_helper_fills_in_is_read_out_first_and_the_helper_is_kept() {
    let county = County::open().await;
    let form = Form::named()
        .with("helped", "yes")
        .with("helper_name", "林小芳")
        .with("helper_relation", "女儿")
        .with("helper_phone", "13900001111");
    let read_out = form.send(&county).await;
    assert_eq!(read_out.status, 200);
    for needed in ["本人已听读并确认", "修好路灯", "青石村委会", "林晓月", "林小芳", "138 1234 5678"]
    {
        assert!(read_out.text().contains(needed), "{needed}");
    }
    assert_eq!(list(&county, "dengji", "路灯从五月").await.total, 0, "nothing is taken before that");
    let asked = form.clone().with("asked", "yes");
    assert_eq!(asked.send(&county).await.status, 422);
    let sent = asked.with("heard", "yes").send(&county).await;
    assert_eq!(digits(&sent.text()).len(), 1);
    let id = filed(&county, "路灯从五月").await;
    let file = county.sign_in("dengji").await.file(id).await;
    let helper = file.matter.registration.particulars.online.unwrap().helper.unwrap();
    assert_eq!((helper.name.as_str(), helper.relation.as_str()), ("林小芳", "女儿"));
    let masked = county.sign_in("shenhe").await.get(&format!("/api/v1/matters/{id}")).await.text();
    assert!(!masked.contains("林小芳") && !masked.contains("13900001111"), "a helper's particulars are particulars");
}

#[tokio::test]
async fn one_address_files_so_many_and_another_server_counts_on() {
    let county = County::open().await;
    for _ in 0..12 {
        assert_eq!(Form::named().send(&county).await.status, 200);
    }
    let router = huiyin::build_router(county.state.clone());
    let other = county.with_router(router).anonymous();
    let (kind, body) = Form::named().body();
    let refused = other.raw(Method::POST, "/t", &kind, body).await;
    assert_eq!(refused.status, 429);
    assert!(refused.text().contains("138 1234 5678"), "what was typed is kept");
}

#[tokio::test]
async fn another_sites_form_and_what_is_no_form_are_refused() {
    let county = County::open().await;
    let (kind, body) = Form::named().body();
    let foreign = Request::builder()
        .method(Method::POST)
        .uri("/t")
        .header(header::CONTENT_TYPE, &kind)
        .header("sec-fetch-site", "cross-site")
        .body(Body::from(body.clone()))
        .unwrap();
    assert_eq!(county.anonymous().send(foreign).await.status, 403);
    let plain = "application/x-www-form-urlencoded";
    let send = |kind: String, body: Vec<u8>| {
        let client = county.anonymous();
        async move { client.raw(Method::POST, "/t", &kind, body).await.status }
    };
    assert_eq!(send(plain.to_owned(), b"text=1".to_vec()).await, 415);
    assert_eq!(send(kind.clone(), body[..body.len() / 2].to_vec()).await, 400);
    let long = Form::named().put("text", &"水".repeat(40_000)).body();
    assert_eq!(send(long.0, long.1).await, 413);
    assert_eq!(list(&county, "dengji", "路灯从五月").await.total, 0);
}

/// A JPEG with a position in it, and the same without.
fn photo(n: u8) -> (Vec<u8>, Vec<u8>) {
    let segment = |marker: u8, content: &[u8]| {
        let length = u16::try_from(content.len() + 2).unwrap().to_be_bytes();
        [&[0xff, marker][..], &length, content].concat()
    };
    let frame = segment(0xc0, &[8, 0, 1, 0, 1, 1, 1, 0x11, n]);
    let scan = [&segment(0xda, &[1, 1, 0, 0, 63, 0])[..], &[0x12, n & 0x7f]].concat();
    let exif = segment(0xe1, b"Exif\0\0GPS-30.1");
    let (start, end) = ([0xff, 0xd8], [0xff, 0xd9]);
    let told = [&start[..], &exif, &frame, &scan, &end].concat();
    (told, [&start[..], &frame, &scan, &end].concat())
}

#[tokio::test]
async fn files_come_with_the_form_and_are_handed_out_to_be_saved() {
    let county = County::open().await;
    let (told, plain) = photo(1);
    let pdf = b"%PDF-1.7 <script>alert(1)</script>";
    let form = Form::named().file("C:\\DCIM\\路灯.jpg", &told).file("合同.pdf", pdf).file("", b"");
    let (first, second) = (form.send(&county).await.text(), form.send(&county).await.text());
    assert!(first.contains("2 个") && digits(&first) == digits(&second));
    let id = filed(&county, "路灯从五月").await;
    let registrar = county.sign_in("dengji").await;
    let file = registrar.file(id).await;
    let names: Vec<_> = file.sent.iter().map(|one| one.name.as_str()).collect();
    assert_eq!(names.len(), 2);
    assert!(names.contains(&"路灯.jpg") && names.contains(&"合同.pdf"));
    for one in &file.sent {
        let reply = registrar.get(&format!("/api/v1/matters/{id}/sent/{}", one.digest.hex())).await;
        let expected = if one.media.is_image() { &plain[..] } else { &pdf[..] };
        assert_eq!((reply.status.as_u16(), &reply.body[..]), (200, expected), "without the position");
        let header = |name: &str| reply.headers[name].to_str().unwrap().to_owned();
        assert!(header("content-disposition").starts_with("attachment"));
        assert!(header("content-security-policy").contains("sandbox"));
        assert_eq!(
            (header("x-content-type-options").as_str(), header("content-type")),
            ("nosniff", one.media.mime().to_owned())
        );
    }
    // A masked desk says what for, and that is noted.
    let masked = county.sign_in("shenhe").await;
    let path = format!("/api/v1/matters/{id}/sent/{}", file.sent[0].digest.hex());
    assert_eq!(masked.get(&path).await.status, 403);
    masked.says_why(id).await;
    assert_eq!(masked.get(&path).await.status, 200);
    let noted = county.state.store.audit_entries(None, 1).await.unwrap().remove(0).deed;
    assert_eq!(noted, Deed::FileTaken { matter: Some(id), file: file.sent[0].digest });
    // Nobody else: not by another matter, not without the right, not from outside.
    let digest = file.sent[0].digest.hex();
    let other = county.matter("灌溉渠道").await;
    assert_eq!(registrar.get(&format!("/api/v1/matters/{other}/sent/{digest}")).await.status, 404);
    assert_eq!(county.anonymous().get(&format!("/api/v1/matters/{id}/sent/{digest}")).await.status, 401);
    let elsewhere = county.sign_in("chengban").await;
    assert_eq!(elsewhere.get(&format!("/api/v1/matters/{id}/sent/{digest}")).await.status, 404);
}

#[tokio::test]
async fn what_came_stays_over_a_mistake_and_what_cannot_be_taken_is_said() {
    let county = County::open().await;
    let form = Form::named().put("name", "");
    let wrong = form.clone().file("一.jpg", &photo(1).0).file("二.jpg", &photo(2).0).send(&county).await;
    assert_eq!(wrong.status, 422);
    let page = wrong.text();
    assert!(page.contains("一.jpg") && page.contains("二.jpg") && page.contains("已经传上来了"));
    let drop = between(&page, r#"name="drop" value=""#, "\"").to_owned();
    // Put right, without the files: the one that was not taken off is there.
    let sent = form.put("name", "林晓月").with("drop", &drop).send(&county).await;
    assert!(sent.text().contains("1 个"), "{}", sent.text());
    let id = filed(&county, "路灯从五月").await;
    assert_eq!(county.sign_in("dengji").await.file(id).await.sent.len(), 1);

    let said = |form: Form| {
        let county = &county;
        async move {
            let reply = form.send(county).await;
            (reply.status.as_u16(), reply.text())
        }
    };
    let other = Form::named().put("text", "河边的水沟堵了很久，下雨天水都漫到路上来了。");
    for (bytes, words) in [(b"<html><script>".to_vec(), "有一个文件认不出"), (vec![0xff; 9 << 20], "有一个文件太大")]
    {
        let (status, text) = said(other.clone().put("id", &Uuid::new_v4().to_string()).file("页.html", &bytes)).await;
        assert!(status == 422 && text.contains(words) && text.contains("138 1234 5678"), "{words}");
    }
    let many = (0..8).fold(other.clone(), |form, n| form.file("多.jpg", &photo(n).0));
    let (status, text) = said(many).await;
    assert!(status == 422 && text.contains("最多交 6 个文件"));
    assert_eq!(list(&county, "dengji", "水沟堵了").await.total, 0);
}

#[tokio::test]
async fn files_of_a_form_that_never_went_are_gone_after_a_day() {
    let county = County::open().await;
    Form::named().put("name", "").file("一.jpg", &photo(1).0).send(&county).await;
    Form::named().put("purpose", "accusation").file("二.jpg", &photo(2).0).send(&county).await;
    let later = county.state.now().plus_ms(25 * 3_600_000);
    assert_eq!(county.state.store.staged_before(later).await.unwrap().len(), 1, "of a report nothing stays at all");
    assert_eq!(huiyin::use_cases::sent_files::clear_up(&county.state).await.unwrap(), 0, "not yet");
}

#[tokio::test]
async fn material_comes_with_files_and_is_heard_once() {
    let county = County::open().await;
    let registrar = county.sign_in("dengji").await;
    let id = county.matter("灌溉渠道").await;
    let receipt: case_core::wire::desk::PrintedReceipt =
        registrar.post(&format!("/api/v1/matters/{id}/receipt"), &()).await.read();
    let form = Form(Vec::new(), Vec::new())
        .with("code", &receipt.query_code)
        .with("proof", "0003")
        .with("id", &Uuid::now_v7().to_string())
        .with("text", "")
        .file("渠道.jpg", &photo(3).0);
    for _ in 0..2 {
        let heard = form.send_to(&county, "/c/send").await;
        assert!(heard.status == 200 && heard.text().contains("您的话收到了"), "{}", heard.text());
    }
    let file = registrar.file(id).await;
    assert_eq!((file.matter.voices.len(), file.sent.len()), (1, 1));
    assert_eq!(file.sent[0].voice, Some(file.matter.voices[0].id));
    let guessed = form.put("proof", "9999").send_to(&county, "/c/send").await;
    assert_eq!(guessed.status, 422);
    assert_eq!(registrar.file(id).await.sent.len(), 1, "nothing is stored for who does not prove it");
    let nothing = Form(Vec::new(), Vec::new()).with("code", &receipt.query_code).with("proof", "0003");
    let reply = nothing.with("id", &Uuid::now_v7().to_string()).send_to(&county, "/c/send").await;
    assert!(reply.status == 422 && reply.text().contains("还没有写"));
}

#[tokio::test]
async fn each_paper_form_has_a_number_that_the_desk_keeps() {
    let county = County::open().await;
    let number = |page: String| between(&page, r#"<b class="num">"#, "</b>").to_owned();
    let (one, other) = (county.anonymous().get("/b").await.text(), county.anonymous().get("/b").await.text());
    assert!(one.contains("<svg") && one.contains("0999-1110000"));
    let (one, other) = (number(one), number(other));
    assert_ne!(one, other);
    assert!(case_core::code::FormNumber::parse(&one).is_ok());
    for page in ["/", "/c", "/v", "/t"] {
        assert!(county.anonymous().get(page).await.text().contains(r#"href="/b""#), "{page}");
    }
}
