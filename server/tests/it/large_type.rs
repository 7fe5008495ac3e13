//! 关怀模式 reaches every page: the switch of each, used without JavaScript, leads to the same page in large type, and
//! what was typed is still there.
//!
//! The switch is read out of the page as a browser without scripts would use it: a link is followed, a button sends the
//! form that it belongs to.

use case_core::code::QueryCode;
use case_core::document::DocumentKind;
use case_core::wire::desk::PrintedReceipt;
use case_core::wire::documents::IssuedDocument;
use serde_json::json;
use uuid::Uuid;

use crate::filing::Form;
use crate::office::Office;
use crate::receptions::{address, posts, rule};
use crate::support::*;

/// An element as it opens: its name and its attributes.
struct Tag {
    name: String,
    attributes: Vec<(String, String)>,
    /// Up to the next `<`.
    text: String,
}

impl Tag {
    fn get(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }
}

fn unescaped(text: &str) -> String {
    text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&#x27;", "'").replace("&amp;", "&")
}

/// All elements of a page as they open and (with a `/` before the name) close, in their order.
fn tags(page: &str) -> Vec<Tag> {
    let mut tags = Vec::new();
    let mut rest = page;
    while let Some(at) = rest.find('<') {
        rest = &rest[at + 1..];
        let name: String = rest.chars().take_while(|c| !c.is_whitespace() && *c != '>').collect();
        rest = &rest[name.len()..];
        let mut attributes = Vec::new();
        loop {
            rest = rest.trim_start();
            if let Some(after) = rest.strip_prefix('>') {
                rest = after;
                break;
            }
            let key: String = rest.chars().take_while(|c| !c.is_whitespace() && !matches!(c, '=' | '>')).collect();
            assert!(!key.is_empty() || rest.is_empty(), "{rest:.80}");
            rest = &rest[key.len()..];
            let mut value = String::new();
            if let Some(after) = rest.strip_prefix("=\"") {
                let end = after.find('"').unwrap();
                value = unescaped(&after[..end]);
                rest = &after[end + 1..];
            }
            attributes.push((key, value));
            if rest.is_empty() {
                break;
            }
        }
        let text = unescaped(&rest[..rest.find('<').unwrap_or(rest.len())]);
        tags.push(Tag { name, attributes, text });
    }
    tags
}

/// What a form would send: its own fields, and those elsewhere that name it.
fn fields(tags: &[Tag], of: usize) -> Vec<(String, String)> {
    let id = tags[of].get("id");
    let end = of + tags[of..].iter().position(|tag| tag.name == "/form").unwrap_or(tags.len() - of);
    let mut sent = Vec::new();
    let mut choice: Option<(String, bool)> = None;
    for (at, tag) in tags.iter().enumerate() {
        let inside = (of < at && at < end && tag.get("form").is_none()) || (id.is_some() && tag.get("form") == id);
        let (true, Some(name)) =
            (inside || tag.name == "option" || tag.name == "/select", tag.get("name").or(Some("")))
        else {
            continue;
        };
        match (tag.name.as_str(), tag.get("type")) {
            ("input", Some("radio" | "checkbox")) if tag.get("checked").is_none() => {}
            ("input", Some("file" | "submit")) => {}
            ("input", _) => sent.push((name.to_owned(), tag.get("value").unwrap_or_default().to_owned())),
            ("textarea", _) => {
                sent.push((name.to_owned(), tag.text.strip_prefix('\n').unwrap_or(&tag.text).to_owned()))
            }
            ("select", _) => choice = Some((name.to_owned(), false)),
            ("option", _) => {
                if let Some((name, chosen)) = &mut choice
                    && !*chosen
                    && tag.get("selected").is_some()
                {
                    *chosen = true;
                    sent.push((name.clone(), tag.get("value").unwrap_or_default().to_owned()));
                }
            }
            ("/select", _) => {
                if let Some((name, false)) = choice.take() {
                    sent.push((name, String::new()));
                }
            }
            _ => {}
        }
    }
    sent
}

fn multipart(fields: &[(String, String)]) -> (String, Vec<u8>) {
    let boundary = "----huiyin-test";
    let part = |(name, value): &(String, String)| {
        format!("--{boundary}\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n")
    };
    let body = [fields.iter().map(part).collect::<String>(), format!("--{boundary}--\r\n")].concat();
    (format!("multipart/form-data; boundary={boundary}"), body.into_bytes())
}

/// As browsers do: letters and digits stay what they are.
fn encoded(fields: &[(String, String)]) -> String {
    let one = |text: &str| -> String {
        text.bytes()
            .map(
                |byte| if byte.is_ascii_alphanumeric() { char::from(byte).to_string() } else { format!("%{byte:02X}") },
            )
            .collect()
    };
    let pairs: Vec<String> = fields.iter().map(|(name, value)| format!("{}={}", one(name), one(value))).collect();
    pairs.join("&")
}

/// Uses the switch of a page; `word` stands on it.
async fn switched(client: &Client, page: &str, word: &str) -> Reply {
    let tags = tags(page);
    let switch = |tag: &Tag| matches!(tag.name.as_str(), "a" | "button") && tag.text == word;
    let at = tags.iter().position(switch).unwrap_or_else(|| panic!("no {word} on {page}"));
    let tag = &tags[at];
    if tag.name == "a" {
        return client.get(tag.get("href").unwrap()).await;
    }
    let form = match tag.get("form") {
        Some(id) => tags.iter().position(|form| form.name == "form" && form.get("id") == Some(id)),
        None => tags[..at].iter().rposition(|form| form.name == "form"),
    };
    let form = form.unwrap_or_else(|| panic!("the switch has no form on {page}"));
    let mut sent = fields(&tags, form);
    sent.extend(tag.get("name").map(|name| (name.to_owned(), tag.get("value").unwrap_or_default().to_owned())));
    let action = tag.get("formaction").or(tags[form].get("action")).unwrap();
    if tags[form].get("method") != Some("post") {
        return client.get(&format!("{action}?{}", encoded(&sent))).await;
    }
    let kind = tag.get("formenctype").or(tags[form].get("enctype")).unwrap_or("application/x-www-form-urlencoded");
    let (kind, body) =
        if kind.starts_with("multipart") { multipart(&sent) } else { (kind.to_owned(), encoded(&sent).into_bytes()) };
    client.raw(axum::http::Method::POST, action, &kind, body).await
}

fn heading(page: &str) -> String {
    let tags = tags(page);
    tags.iter().find(|tag| tag.name == "h1").map(|tag| tag.text.clone()).unwrap_or_default()
}

/// There and back: the same page, and on it everything that `keeps` names.
async fn reaches(what: &str, client: &Client, page: &str, keeps: &[&str]) {
    assert!(!page.contains(r#"data-type="large""#), "{what} begins in normal type");
    let large = switched(client, page, "大字").await.text();
    assert!(large.contains(r#"data-type="large""#), "{what}: {large}");
    let normal = switched(client, &large, "普通字").await.text();
    assert!(!normal.contains(r#"data-type="large""#), "{what}, and back");
    for now in [&large, &normal] {
        assert_eq!(heading(now), heading(page), "{what} leads to another page");
        let now = unescaped(now);
        for kept in keeps {
            assert!(unescaped(page).contains(kept), "{what}: {kept} was not on it: {page}");
            assert!(now.contains(kept), "{what} loses {kept}: {now}");
        }
    }
}

#[tokio::test]
async fn the_pages_of_looking_up_and_verifying() {
    let office = Office::open().await;
    let client = office.county.anonymous();
    for path in ["/", "/c", "/v", "/jf", "/jf/mine", "/sd?q=%E6%B8%85%E6%BA%AA", "/p", "/t", "/t/for", "/b"] {
        reaches(path, &client, &client.get(path).await.text(), &[]).await;
    }
    reaches("a search", &client, &client.get("/sd?q=%E6%B8%85%E6%BA%AA").await.text(), &[r#"value="清溪""#]).await;
    let code = QueryCode::from_number(5).grouped();
    let miss = client.look_up(&code, "1234").await.text();
    reaches("a miss", &client, &miss, &[&code]).await;
    // Typed on the empty page, and not sent yet.
    let typed = client.get("/c").await.text().replacen(r#"name="code""#, &format!(r#"name="code" value="{code}""#), 1);
    let typed = typed.replacen(r#"name="proof""#, r#"name="proof" value="张三""#, 1);
    reaches("a half-filled look-up", &client, &typed.replacen(r#" value="" "#, " ", 1), &[&code, "张三"]).await;
    let unknown = posts(&client, "/v", &[("code", "ABCD EFGH JKMN PQRS")]).await.text();
    reaches("a paper that is not ours", &client, &unknown, &["ABCD EFGH JKMN PQRS"]).await;

    let registrar = office.county.sign_in("dengji").await;
    let id = office.matter().await;
    let receipt: PrintedReceipt = registrar.post(&format!("/api/v1/matters/{id}/receipt"), &()).await.read();
    let answer = client.look_up(&receipt.query_code, "2222").await.text();
    reaches("the answer", &client, &answer, &["2222"]).await;
    for what in ["material", "complaint"] {
        let asked =
            posts(&client, &format!("/c/ask/{what}"), &[("code", &receipt.query_code), ("proof", "2222")]).await;
        let typed = asked.text().replacen("</textarea>", "\n第一行\n第二行</textarea>", 1);
        reaches(what, &client, &typed, &["第一行\n第二行"]).await;
    }
    let request = json!({ "id": Uuid::now_v7(), "kind": DocumentKind::IntakeReceipt, "fields": [] });
    let paper: IssuedDocument = registrar.post(&format!("/api/v1/matters/{id}/documents"), &request).await.read();
    let secret = [("code", receipt.query_code.as_str()), ("proof", "2222")];
    let sheet = posts(&client, &format!("/c/documents/{}", paper.id), &secret).await.text();
    assert!(sheet.contains("tel:09991110000") && sheet.contains(r#"href="/b""#) && sheet.contains("回办理情况"));
    reaches("a document", &client, &sheet, &[&paper.number]).await;
    let proof = sheet.split("核验码").nth(1).map(|rest| rest.chars().filter(char::is_ascii_alphanumeric).take(16));
    let proof: String = proof.unwrap().collect();
    let verdict = posts(&client, "/v", &[("code", &proof)]).await;
    assert_eq!(verdict.status, 200, "{proof}: {}", verdict.text());
    reaches("a verdict", &client, &verdict.text(), &[&paper.number]).await;
}

#[tokio::test]
async fn the_form_what_is_read_out_and_the_receipt() {
    let county = County::open().await;
    let client = county.anonymous();
    let faulty = Form::named().put("phone", "一三八").put("name", "").send(&county).await.text();
    reaches("a form with faults", &client, &faulty, &["<b>请派人来修</b>", "一三八", "清溪镇石桥村三组"]).await;
    let helped = Form::named()
        .with("helped", "yes")
        .with("helper_name", "林小芳")
        .with("helper_relation", "女儿")
        .put("heard", "");
    let read_out = helped.send(&county).await.text();
    assert!(read_out.contains(r#"name="heard""#));
    // Ticked already, and then the type is changed: it is not sent by that.
    let ticked = read_out.replacen(r#"name="heard""#, r#"name="heard" checked"#, 1);
    reaches("what is read out", &client, &ticked, &["<b>请派人来修</b>", "林小芳", "修好路灯"]).await;
    let found: case_core::wire::desk::MatterList =
        county.sign_in("dengji").await.get(&format!("/api/v1/matters?q={}", urlencode("路灯从五月"))).await.read();
    assert_eq!(found.rows.len(), 0, "nothing was filed by a change of type");
    let receipt = Form::named().send(&county).await.text();
    let code = receipt.split(r#"<p class="receipt__digits num">"#).nth(1).unwrap()[..14].to_owned();
    reaches("the receipt", &client, &receipt, &[&code]).await;
}

#[tokio::test]
async fn the_pages_of_a_place_in_a_reception() {
    let office = Office::open().await;
    let keys = rule(&office, 3).await;
    let client = office.county.anonymous();
    let id = Uuid::now_v7().to_string();
    let typed = [("id", id.as_str()), ("name", "何翠花"), ("phone", "一三九")];
    let faulty = posts(&client, &address(keys[0]), &typed).await.text();
    reaches("a booking with faults", &client, &faulty, &["何翠花", "一三九"]).await;
    let who = [("id", id.as_str()), ("name", "何翠花"), ("phone", "13900007777")];
    let booked = posts(&client, &address(keys[0]), &who).await.text();
    reaches("what was booked", &client, &booked, &["约好了"]).await;
    // The same day twice, with the code of a matter.
    let registrar = office.county.sign_in("dengji").await;
    let matter = office.matter().await;
    let receipt: PrintedReceipt = registrar.post(&format!("/api/v1/matters/{matter}/receipt"), &()).await.read();
    let mut refused = String::new();
    for _ in 0..2 {
        let form = Uuid::now_v7().to_string();
        let who = [("id", form.as_str()), ("code", receipt.query_code.as_str()), ("proof", "2222")];
        refused = posts(&client, &address(keys[0]), &who).await.text();
    }
    reaches("no place", &client, &refused, &["还没有约上", "您在这一天已经约过了", &receipt.query_code]).await;
    let number = booked.split(r#"name="number" value=""#).nth(1).unwrap()[..8].to_owned();
    let moving = posts(&client, "/jf/move", &[("number", &number), ("proof", "7777")]).await.text();
    reaches("another day", &client, &moving, &["改时间"]).await;
    let miss = posts(&client, "/jf/mine", &[("number", "12345678"), ("proof", "0000")]).await.text();
    reaches("no such booking", &client, &miss, &["12345678"]).await;
}

#[tokio::test]
async fn messages_and_a_report() {
    let county = County::open().await;
    let client = county.anonymous();
    reaches("nothing here", &client, &client.get("/no-such-page").await.text(), &[]).await;
    let unreadable = client.raw(axum::http::Method::POST, "/c", "application/json", b"{}".to_vec()).await;
    reaches("unreadable", &client, &unreadable.text(), &[]).await;
    let wrong = client.raw(axum::http::Method::PUT, "/c", "text/plain", Vec::new()).await;
    reaches("a wrong way", &client, &wrong.text(), &[]).await;
    let code = QueryCode::from_number(99).grouped();
    let mut last = String::new();
    for n in 0..6 {
        last = client.look_up(&code, &format!("000{n}")).await.text();
    }
    assert!(last.contains("先停一停"), "{last}");
    reaches("too many tries", &client, &last, &["先停一停"]).await;
    for nonsense in ["/m/", "/m/x", "/m/too-many?until=x", "/m/too-many?until=99999999999999999"] {
        assert!(client.get(nonsense).await.status.as_u16() < 500, "{nonsense}");
    }
    assert_eq!(client.get("/m/x").await.status, 404);

    let county = crate::sealed_reports::open_county().await;
    let body = crate::sealed_reports::report(&[(crate::sealed_reports::ACCUSED, None)], &[]);
    let receipt = crate::sealed_reports::register(&county, &body).await;
    let page = county.anonymous().look_up(&receipt.query_code, &receipt.word).await.text();
    reaches("a report", &county.anonymous(), &page, &["已收到您反映的情况"]).await;
}

#[tokio::test]
async fn the_request_to_take_a_page_down() {
    let county = County::open().await;
    let client = county.anonymous();
    let page = crate::publications::published(&county).await;
    reaches("a publication", &client, &client.get(&page).await.text(), &[]).await;
    let path = format!("{page}/removal");
    let empty = client.get(&path).await.text();
    let typed = empty.replacen("</textarea>", "\n写的是我家</textarea>", 1);
    reaches("a half-filled request", &client, &typed, &["写的是我家"]).await;
    let long = "长".repeat(2_100);
    let faulty = posts(&client, &path, &[("words", &long), ("phone", "13900007777")]).await.text();
    reaches("a request that is too long", &client, &faulty, &["13900007777", &long]).await;
    let sent = posts(&client, &path, &[("words", "写的是我家"), ("phone", "")]).await.text();
    reaches("a request that was sent", &client, &sent, &[]).await;
    let registrar = county.sign_in("dengji").await;
    let work: case_core::wire::publication::PublicationList = registrar.get("/api/v1/publications").await.read();
    assert_eq!(work.lines[0].pleas, 1, "a change of type asks for nothing again");
}
