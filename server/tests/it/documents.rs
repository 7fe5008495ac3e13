//! 文书: from the file of a matter to the paper, the file, the proof and the petitioner's own page.

use std::io::{Cursor, Read as _};

use case_core::document::{DocumentKind, Lack, Part, Why};
use case_core::id::{DocumentId, MatterId};
use case_core::wire::desk::PrintedReceipt;
use case_core::wire::documents::*;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::support::*;

const FORM: &str = "application/x-www-form-urlencoded";

async fn shelf(client: &Client, id: MatterId) -> DocumentShelf {
    client.get(&format!("/api/v1/matters/{id}/documents")).await.read()
}

fn possible(shelf: &DocumentShelf, kind: DocumentKind) -> &PossibleDocument {
    shelf.possible.iter().find(|one| one.kind == kind).unwrap_or_else(|| panic!("{kind:?} is not offered"))
}

fn request(kind: DocumentKind, fields: &[(Part, &str)]) -> Value {
    let fields: Vec<Value> = fields.iter().map(|(part, value)| json!({ "part": part, "value": value })).collect();
    json!({ "id": DocumentId(Uuid::now_v7()), "kind": kind, "fields": fields })
}

async fn issue(client: &Client, id: MatterId, request: &Value) -> Reply {
    client.says_why(id).await;
    client.post(&format!("/api/v1/matters/{id}/documents"), request).await
}

fn lacks(reply: &Reply) -> Vec<Lack> {
    assert_eq!(reply.status, 409, "{}", reply.text());
    let body: Value = serde_json::from_slice(&reply.body).unwrap();
    assert!(body["message"].as_str().unwrap().chars().any(|c| c > '\u{4e00}'));
    serde_json::from_value(body["lacks"].clone()).unwrap()
}

/// A matter whose closure was approved and signed, and its head of the unit.
async fn approved(county: &County) -> (MatterId, Client) {
    let id = county.matter("村口路灯").await;
    let supervisor = county.sign_in("shenhe").await;
    let file = supervisor.file(id).await;
    let approve = json!({ "command": "approve_closure", "shown": file.closure_digest });
    assert_eq!(supervisor.command(id, file.matter.version, approve).await.status, 200);
    let head = county.sign_in("fuzeren").await;
    // Nothing goes out before it is signed.
    assert_eq!(possible(&shelf(&head, id).await, DocumentKind::Opinion).lacks[0].part, Part::Decision);
    let version = head.file(id).await.matter.version;
    assert_eq!(head.command(id, version, json!({ "command": "sign_opinion" })).await.status, 200);
    (id, head)
}

const ORGAN: &[(Part, &str)] = &[(Part::ReviewOrgan, "清溪县人民政府")];

#[tokio::test]
async fn an_opinion_is_issued_printed_and_downloaded() {
    let county = County::open().await;
    let (id, head) = approved(&county).await;
    let before = shelf(&head, id).await;
    assert_eq!(possible(&before, DocumentKind::Opinion).lacks, []);
    let asked = request(DocumentKind::Opinion, ORGAN);
    let issued: IssuedDocument = issue(&head, id, &asked).await.read();
    assert_eq!((issued.number.contains("意字〔"), issued.version), (true, 1), "{}", issued.number);
    let again: IssuedDocument = issue(&head, id, &asked).await.read();
    assert_eq!(again, issued, "a lost answer is given again, and nothing is issued twice");

    let page = head.get(&format!("/api/v1/documents/{}/print", issued.id)).await;
    let html = page.text();
    assert_eq!(page.headers["cache-control"], "no-store");
    for said in
        [issued.number.as_str(), "信访处理意见书", "投诉请求", "法律法规依据", "清溪县人民政府", "30日内", "<svg"]
    {
        assert!(html.contains(said), "{said}");
    }
    let css = head.get("/paper.css").await;
    assert!(css.text().contains("size: A4") && css.headers["content-type"].to_str().unwrap().starts_with("text/css"));

    let file = head.get(&format!("/api/v1/documents/{}/docx", issued.id)).await;
    assert!(file.headers["content-disposition"].to_str().unwrap().ends_with(".docx"));
    let parts = unzipped(&file.body);
    let fonts = ["方正小标宋简体", "仿宋_GB2312", "黑体", "楷体_GB2312"];
    let styles = &parts.iter().find(|(name, _)| name == "word/styles.xml").unwrap().1;
    assert!(fonts.iter().all(|font| styles.contains(&format!("w:eastAsia=\"{font}\""))), "{styles}");
    let body = &parts.iter().find(|(name, _)| name == "word/document.xml").unwrap().1;
    assert!(body.contains("w:linePitch=\"579\"") && body.contains(&issued.number) && body.contains("清溪县人民政府"));

    // The second is the next version, with the same number, a reason, and the first void.
    let second = issue(&head, id, &request(DocumentKind::Opinion, ORGAN)).await;
    assert!(lacks(&second).is_empty() && second.text().contains("出新版"));
    let mut renewed = request(DocumentKind::Opinion, ORGAN);
    renewed["replaces"] = json!(issued.id);
    assert_eq!(issue(&head, id, &renewed).await.status, 409, "a new version says why");
    renewed["reason"] = json!("日期写错");
    let renewed: IssuedDocument = issue(&head, id, &renewed).await.read();
    assert_eq!((renewed.number.as_str(), renewed.version), (issued.number.as_str(), 2));
    let void = head.get(&format!("/api/v1/documents/{}/print", issued.id)).await;
    assert!(void.text().contains("已经作废"));
    let now = shelf(&head, id).await;
    assert_eq!(now.issued.iter().map(|one| one.replaced).collect::<Vec<_>>(), [true, false]);
    // The organ is proposed in the unit's next opinion.
    assert_eq!(possible(&now, DocumentKind::Opinion).asks[0].value, "清溪县人民政府");
}

/// The XML parts of a file; each is well-formed.
fn unzipped(bytes: &[u8]) -> Vec<(String, String)> {
    let mut zip = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut parts = Vec::new();
    for at in 0..zip.len() {
        let mut entry = zip.by_index(at).unwrap();
        let name = entry.name().unwrap().into_owned();
        let mut bytes = Vec::new();
        entry.read_to_end(&mut bytes).unwrap();
        if name.ends_with(".png") {
            assert!(bytes.starts_with(b"\x89PNG"), "{name}");
            continue;
        }
        let text = String::from_utf8(bytes).unwrap();
        let mut reader = quick_xml::Reader::from_str(&text);
        reader.config_mut().check_end_names = true;
        loop {
            match reader.read_event() {
                Ok(quick_xml::events::Event::Eof) => break,
                Ok(_) => {}
                Err(error) => panic!("{name}: {error}"),
            }
        }
        parts.push((name, text));
    }
    parts
}

#[tokio::test]
async fn what_is_missing_is_named_and_nothing_is_numbered() {
    let county = County::open().await;
    let (id, head) = approved(&county).await;
    for nothing in ["", "无", " 略。"] {
        let refused = issue(&head, id, &request(DocumentKind::Opinion, &[(Part::ReviewOrgan, nothing)])).await;
        assert_eq!(lacks(&refused), [Lack { part: Part::ReviewOrgan, why: Why::Missing }]);
        assert!(refused.text().contains("复查机关"));
    }
    let waiting = county.matter("自建房审批").await;
    let offered = shelf(&head, waiting).await;
    let lacking = &possible(&offered, DocumentKind::Opinion).lacks;
    assert!(lacking.contains(&Lack { part: Part::Decision, why: Why::NotYet }), "{lacking:?}");
    let refused = issue(&head, waiting, &request(DocumentKind::Opinion, ORGAN)).await;
    assert!(lacks(&refused).contains(&Lack { part: Part::Decision, why: Why::NotYet }));
    let issued: IssuedDocument = issue(&head, id, &request(DocumentKind::Opinion, ORGAN)).await.read();
    assert!(issued.number.ends_with("〕1号"), "refusals took no number: {}", issued.number);
}

#[tokio::test]
async fn who_may_issue_and_who_may_read_is_by_kind() {
    let county = County::open().await;
    let (id, head) = approved(&county).await;
    for login in ["dengji", "shenhe", "chengban"] {
        let other = county.sign_in(login).await;
        assert_eq!(issue(&other, id, &request(DocumentKind::Opinion, ORGAN)).await.status, 403, "{login}");
    }
    let issued: IssuedDocument = issue(&head, id, &request(DocumentKind::Opinion, ORGAN)).await.read();
    let supervisor = county.sign_in("shenhe").await;
    let advice = [
        (Part::WhereToGo, "清溪县住建局"),
        (Part::Breach, "三次催办没有回应"),
        (Part::Requirement, "查明责任"),
        (Part::AdoptionFeedback, "2099-01-01"),
    ];
    let advice = request(DocumentKind::AccountabilityAdvice, &advice);
    let advice: IssuedDocument = issue(&supervisor, id, &advice).await.read();
    // The unit that it is about neither sees nor opens it.
    assert!(shelf(&head, id).await.issued.iter().all(|one| one.id != advice.id));
    assert_eq!(head.get(&format!("/api/v1/documents/{}/print", advice.id)).await.status, 404);
    for path in ["print", "docx"] {
        let address = format!("/api/v1/documents/{}/{path}", issued.id);
        assert_eq!(county.anonymous().get(&address).await.status, 401);
        assert_eq!(county.sign_in("guanli").await.get(&address).await.status, 403);
        assert_eq!(supervisor.get(&address).await.status, 200);
        let nobody = format!("/api/v1/documents/{}/{path}", Uuid::now_v7());
        assert_eq!(supervisor.get(&nobody).await.status, 404);
    }
    assert_eq!(county.anonymous().get(&format!("/api/v1/matters/{id}/documents")).await.status, 401);
}

#[tokio::test]
async fn a_paper_is_proven_without_saying_what_stands_on_it() {
    let county = County::open().await;
    let (id, head) = approved(&county).await;
    let issued: IssuedDocument = issue(&head, id, &request(DocumentKind::Opinion, ORGAN)).await.read();
    let html = head.get(&format!("/api/v1/documents/{}/print", issued.id)).await.text();
    let at = html.find("输入核验码 ").unwrap() + "输入核验码 ".len();
    let code: String = html[at..].chars().take(19).collect();
    let anybody = county.anonymous();
    let ask = async |code: &str| {
        anybody.raw(axum::http::Method::POST, "/v", FORM, format!("code={}", urlencode(code)).into_bytes()).await
    };
    assert!(anybody.get("/v").await.text().contains("核验码"));
    let proven = ask(&code.to_lowercase()).await;
    assert_eq!(proven.status, 200, "{}", proven.text());
    let number = head.file(id).await.matter.number;
    for said in ["这份文书是真的，现在有效", &issued.number, &number.as_str()[..6]] {
        assert!(proven.text().contains(said), "{said}");
    }
    for secret in [number.as_str(), "李建国", "路灯", "13800000001"] {
        assert!(!proven.text().contains(secret), "{secret}");
    }
    let mut renewed = request(DocumentKind::Opinion, ORGAN);
    renewed["replaces"] = json!(issued.id);
    renewed["reason"] = json!("更正");
    let _: IssuedDocument = issue(&head, id, &renewed).await.read();
    assert!(ask(&code).await.text().contains("以第 2 版为准"));
    let guess = ask("0000 0000 0000 0000").await;
    assert_eq!((guess.status.as_u16(), guess.text().contains("没有查到")), (404, true));
    for unreadable in ["", "123", "<script>alert(1)</script>", &"A".repeat(1000)] {
        let reply = ask(unreadable).await;
        assert_eq!(reply.status, 422, "{unreadable}");
        assert!(!reply.text().contains("<script>alert"), "what is typed stays text");
    }
}

#[tokio::test]
async fn petitioners_open_what_is_theirs_and_nothing_else() {
    let county = County::open().await;
    let registrar = county.sign_in("dengji").await;
    let (id, head) = approved(&county).await;
    let receipt: PrintedReceipt = registrar.post(&format!("/api/v1/matters/{id}/receipt"), &()).await.read();
    let opinion: IssuedDocument = issue(&head, id, &request(DocumentKind::Opinion, ORGAN)).await.read();
    let accepted: IssuedDocument = issue(&head, id, &request(DocumentKind::AcceptanceNotice, &[])).await.read();
    let supervisor = county.sign_in("shenhe").await;
    let inside = [(Part::Breach, "拖延"), (Part::Requirement, "改"), (Part::Limit, "2099-01-01")];
    let inside: IssuedDocument =
        issue(&supervisor, id, &request(DocumentKind::SupervisionNotice, &inside)).await.read();
    let open = async |document: DocumentId, factor: &str| {
        let body = format!("code={}&proof={factor}", urlencode(&receipt.query_code)).into_bytes();
        county.anonymous().raw(axum::http::Method::POST, &format!("/c/documents/{document}"), FORM, body).await
    };
    let page = county.anonymous().look_up(&receipt.query_code, "0001").await.text();
    assert!(page.contains("受理告知书") && page.contains(&accepted.id.to_string()));
    assert!(!page.contains(&opinion.id.to_string()), "an opinion is told when it is delivered");
    assert!(!page.contains(&inside.id.to_string()));
    assert_eq!(open(accepted.id, "0001").await.status, 200);
    assert_eq!(open(accepted.id, "9999").await.status, 422, "without the second answer nothing opens");
    assert_eq!(open(opinion.id, "0001").await.status, 404);
    assert_eq!(open(inside.id, "0001").await.status, 404);
    assert_eq!(open(DocumentId(Uuid::now_v7()), "0001").await.status, 404);
    let handler = county.sign_in("chengban").await;
    let version = handler.file(id).await.matter.version;
    let today = case_core::time::Moment(chrono::Utc::now().timestamp_millis()).date();
    let deliver =
        json!({ "command": "deliver", "mode": "in_person", "on": today, "signed": true, "opinion": "agrees" });
    assert_eq!(handler.command(id, version, deliver).await.status, 200);
    let letter = open(opinion.id, "0001").await;
    assert!(letter.text().contains("信访处理意见书") && letter.headers["cache-control"] == "no-store");
    // A paper of another matter does not open with this code.
    let other = county.matter("灌溉渠道").await;
    let theirs: IssuedDocument = issue(&registrar, other, &request(DocumentKind::TransferNotice, &[])).await.read();
    assert_eq!(open(theirs.id, "0001").await.status, 404);
}

#[tokio::test]
async fn hostile_text_stays_text_on_paper_and_in_the_file() {
    let county = County::open().await;
    let registrar = county.sign_in("dengji").await;
    let hostile = "<script>alert(1)</script>\"'&]]><w:p>\u{FFFE}\u{1}";
    let today = case_core::time::Moment(chrono::Utc::now().timestamp_millis()).date();
    let registration = json!({
        "title": hostile, "content": hostile, "demands": [hostile], "purpose": "appeal", "category": "construction",
        "channel": "visit", "intake": "first", "petitioner": { "name": "<b>某", "phone": "13911112222" },
        "place": "990101101201", "received_on": today,
    });
    let body = json!({ "id": Uuid::now_v7(), "registration": registration });
    let receipt: PrintedReceipt = registrar.post("/api/v1/matters", &body).await.read();
    let form: IssuedDocument =
        issue(&registrar, receipt.matter, &request(DocumentKind::RegistrationForm, &[])).await.read();
    let html = registrar.get(&format!("/api/v1/documents/{}/print", form.id)).await.text();
    assert!(!html.contains("<script>alert") && !html.contains("<b>某") && html.contains("&lt;script&gt;"));
    let file = registrar.get(&format!("/api/v1/documents/{}/docx", form.id)).await;
    let parts = unzipped(&file.body);
    let body = &parts.iter().find(|(name, _)| name == "word/document.xml").unwrap().1;
    assert!(body.contains("&lt;script&gt;") && !body.contains("<script>"));
}

#[tokio::test]
async fn the_query_code_stands_on_the_receipt_of_those_who_hand_it_out_and_is_not_stored() {
    let county = County::open().await;
    let registrar = county.sign_in("dengji").await;
    let id = county.matter("灌溉渠道").await;
    let slip: PrintedReceipt = registrar.post(&format!("/api/v1/matters/{id}/receipt"), &()).await.read();
    let paper: IssuedDocument = issue(&registrar, id, &request(DocumentKind::IntakeReceipt, &[])).await.read();
    let print = format!("/api/v1/documents/{}/print", paper.id);
    assert!(registrar.get(&print).await.text().contains(&slip.query_code));
    assert!(!county.sign_in("shenhe").await.get(&print).await.text().contains(&slip.query_code));
    let stored = county.state.store.document(paper.id).await.unwrap().unwrap();
    let text = serde_json::to_string(&stored.content).unwrap();
    assert!(!text.contains(&slip.query_code) && !text.contains(&slip.query_code.replace(' ', "")));
}

/// Issues whatever somebody of the demo county can issue at once, one paper of each kind, and gives its file.
async fn one_of_each_kind(county: &County) -> Vec<(DocumentKind, Vec<u8>)> {
    let (approved, _) = approved(county).await;
    let mut matters = vec![approved];
    for words in ["灌溉渠道", "自建房审批", "公交停靠点", "欠薪", "征地补偿", "外墙脱落"] {
        let desk = county.sign_in("shenhe").await;
        let list: case_core::wire::desk::MatterList =
            desk.get(&format!("/api/v1/matters?q={}", urlencode(words))).await.read();
        matters.extend(list.rows.iter().map(|row| row.id));
    }
    let mut made = Vec::new();
    for account in &county.accounts {
        let client = county.sign_in(&account.login).await;
        for id in &matters {
            client.says_why(*id).await;
            let reply = client.get(&format!("/api/v1/matters/{id}/documents")).await;
            if reply.status != 200 {
                continue;
            }
            for one in reply.read::<DocumentShelf>().possible {
                if made.iter().any(|(kind, _)| *kind == one.kind) || !one.lacks.is_empty() {
                    continue;
                }
                let typed: Vec<(Part, String)> = one
                    .asks
                    .iter()
                    .map(|ask| match (ask.value.as_str(), ask.shape) {
                        ("", case_core::document::Shape::Day) => (ask.part, "2099-01-01".to_owned()),
                        ("", _) => (ask.part, "清溪县里的一处".to_owned()),
                        (known, _) => (ask.part, known.to_owned()),
                    })
                    .collect();
                let fields: Vec<(Part, &str)> = typed.iter().map(|(part, value)| (*part, value.as_str())).collect();
                let issued = issue(&client, *id, &request(one.kind, &fields)).await;
                if issued.status == 200 {
                    let issued: IssuedDocument = issued.read();
                    let file = client.get(&format!("/api/v1/documents/{}/docx", issued.id)).await;
                    assert_eq!(file.status, 200, "{:?}", one.kind);
                    made.push((one.kind, file.body));
                }
            }
        }
    }
    made
}

/// Every kind that the demo county can issue makes a file that is well-formed; and where LibreOffice is, it opens each
/// of them and makes a PDF of it. Elsewhere that is said, past the test's own capture.
#[tokio::test]
async fn every_kind_makes_a_file_that_opens() {
    let county = County::open().await;
    let made = one_of_each_kind(&county).await;
    assert!(made.len() >= 20, "{} kinds: {:?}", made.len(), made.iter().map(|(kind, _)| kind).collect::<Vec<_>>());
    let folder = tempfile::tempdir().unwrap();
    let mut files = Vec::new();
    for (kind, bytes) in &made {
        let parts = unzipped(bytes);
        assert!(parts.iter().any(|(name, _)| name == "word/document.xml"), "{kind:?}");
        let path = folder.path().join(format!("{}.docx", kind.code()));
        std::fs::write(&path, bytes).unwrap();
        files.push(path);
    }
    if std::process::Command::new("soffice").arg("--version").output().is_err() {
        use std::io::Write as _;
        let said =
            format!("NOT TESTED: LibreOffice is not on this machine; {} files were not opened in it\n", made.len());
        std::io::stderr().write_all(said.as_bytes()).unwrap();
        return;
    }
    let profile = format!("-env:UserInstallation=file://{}/profile", folder.path().display());
    let done = std::process::Command::new("soffice")
        .args([&profile, "--headless", "--convert-to", "pdf", "--outdir"])
        .arg(folder.path())
        .args(&files)
        .output()
        .unwrap();
    for (kind, _) in &made {
        let pdf = std::fs::read(folder.path().join(format!("{}.pdf", kind.code())));
        let pdf = pdf.unwrap_or_else(|e| panic!("{kind:?}: {e}: {}", String::from_utf8_lossy(&done.stderr)));
        assert!(pdf.starts_with(b"%PDF") && pdf.len() > 5_000, "{kind:?}: {} bytes", pdf.len());
    }
}

#[tokio::test]
async fn a_decision_comes_onto_its_notice_when_it_was_taken_and_not_before() {
    let county = County::open().await;
    let (registrar, supervisor) = (county.sign_in("dengji").await, county.sign_in("shenhe").await);
    let id = county.matter("公交停靠点").await;
    let kind = DocumentKind::RouteNotice;
    let refused = issue(&registrar, id, &request(kind, &[])).await;
    assert!(lacks(&refused).contains(&Lack { part: Part::Route, why: Why::NotYet }));
    let proposal = json!({ "what": "direct", "route": "arbitration", "organ": "清溪县劳动人事争议仲裁委员会",
        "limit": "2099-01-01", "reason": "属于劳动争议，应当先申请仲裁。" });
    let version = registrar.file(id).await.matter.version;
    let proposed = registrar.command(id, version, json!({ "command": "propose", "proposal": proposal })).await;
    assert_eq!(proposed.status, 200, "{}", proposed.text());
    assert_eq!(issue(&registrar, id, &request(kind, &[])).await.status, 409, "what is only proposed is not told");
    let version = supervisor.file(id).await.matter.version;
    let approved = supervisor.command(id, version, json!({ "command": "approve_proposal" })).await;
    assert_eq!(approved.status, 200, "{}", approved.text());
    let issued: IssuedDocument = issue(&registrar, id, &request(kind, &[])).await.read();
    let html = registrar.get(&format!("/api/v1/documents/{}/print", issued.id)).await.text();
    for said in ["导入法定途径告知书", "仲裁", "清溪县劳动人事争议仲裁委员会", "2099年1月1日", "第三十一条第二项"]
    {
        assert!(html.contains(said), "{said}");
    }
}
