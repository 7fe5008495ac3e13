//! 信访人的话: from the petitioner's page to the supervisor's desk and back.

use axum::http::Method;
use case_core::id::MatterId;
use case_core::matter::{CommandKind, Gap, Refusal, Says};
use case_core::time::ClockKind;
use case_core::wire::desk::{MatterFile, MatterList, PrintedReceipt};
use case_core::wire::reports::{ReportCell, ReportSheet};
use serde_json::json;
use uuid::Uuid;

use crate::office::Office;
use crate::support::*;

const FORM: &str = "application/x-www-form-urlencoded";
const PROOF: &str = "2222";

/// The petitioner with the slip in hand.
struct Petitioner {
    client: Client,
    code: String,
}

impl Petitioner {
    async fn of(office: &Office, id: MatterId) -> Self {
        let registrar = office.county.sign_in("dengji").await;
        let receipt: PrintedReceipt = registrar.post(&format!("/api/v1/matters/{id}/receipt"), &()).await.read();
        Self { client: office.county.anonymous(), code: receipt.query_code }
    }

    async fn posts(&self, path: &str, fields: &[(&str, &str)]) -> Reply {
        let mut body = format!("code={}&proof={PROOF}", urlencode(&self.code));
        for (name, value) in fields {
            body += &format!("&{name}={}", urlencode(value));
        }
        self.client.raw(Method::POST, path, FORM, body.into_bytes()).await
    }

    /// Opens the page as a browser does; the id of its form.
    async fn opens(&self, what: &str) -> String {
        let page = self.posts(&format!("/c/ask/{what}"), &[]).await;
        assert_eq!(page.status, 200, "{what}");
        let text = page.text();
        let at = text.find(r#"name="id" value=""#).unwrap() + r#"name="id" value=""#.len();
        text[at..at + 36].to_owned()
    }

    async fn looks(&self) -> String {
        self.client.look_up(&self.code, PROOF).await.text()
    }
}

async fn voiced(office: &Office, login: &str) -> MatterList {
    office.county.sign_in(login).await.get("/api/v1/matters?filter=voiced").await.read()
}

async fn file(office: &Office, login: &str, id: MatterId) -> MatterFile {
    office.county.sign_in(login).await.file(id).await
}

#[tokio::test]
async fn closed_but_not_solved_reaches_the_supervisor_and_is_answered_on_the_page() {
    let office = Office::open().await;
    let id = office.delivered().await;
    let petitioner = Petitioner::of(&office, id).await;
    assert!(petitioner.looks().await.contains("说办结了，但没有解决"));
    let form = petitioner.opens("not-solved").await;
    let fields = [("id", form.as_str()), ("text", "水沟还是堵的，又有人摔了。")];
    // A double tap, and once more after a lost reply.
    for _ in 0..3 {
        let said = petitioner.posts("/c/say/not-solved", &fields).await;
        assert_eq!(said.status, 200, "{}", said.text());
        assert!(said.text().contains("您的话收到了") && said.text().contains("还没有答复"));
        assert_eq!(said.headers["cache-control"], "no-store");
    }
    let seen = file(&office, "shenhe", id).await;
    assert_eq!(seen.matter.voices.len(), 1, "said once");
    assert_eq!(seen.matter.voices[0].text.as_ref().unwrap().as_str(), "水沟还是堵的，又有人摔了。");
    assert!(seen.gaps.starts_with(&[Gap::SaysNotSolved]));
    let rows = voiced(&office, "shenhe").await;
    assert!(rows.rows.iter().any(|row| row.id == id && row.voiced && row.said_unsolved));
    let voice = seen.matter.voices[0].id;
    assert_eq!(seen.answerable, vec![voice]);

    // Who handled it sees it, and cannot answer it.
    let answer = json!({ "command": "answer_voice", "voice": voice, "text": "明天派人重看，五天内给您回话。" });
    let handler = file(&office, "chengban", id).await;
    assert!(handler.answerable.is_empty() && !handler.permitted.contains(&CommandKind::AnswerVoice));
    let command = CommandKind::AnswerVoice;
    for login in ["chengban", "fuzeren", "dengji"] {
        assert_eq!(office.refused(login, id, answer.clone()).await, Refusal::RoleMayNot { command }, "{login}");
    }
    office.gives("shenhe", id, answer.clone()).await;
    assert!(petitioner.looks().await.contains("明天派人重看，五天内给您回话。"));
    assert_eq!(office.refused("shenhe", id, answer).await, Refusal::NoSuchVoice);
    assert!(!voiced(&office, "shenhe").await.rows.iter().any(|row| row.id == id));
    let verified = office.county.state.store.verify_journal(id).await.unwrap();
    assert_eq!(verified, case_store::JournalCheck::Intact);
}

#[tokio::test]
async fn a_denied_visit_goes_to_the_supervisor_and_can_be_taken_back() {
    let office = Office::open().await;
    let id = office.county.matter("灌溉渠道").await;
    let registrar = office.county.sign_in("dengji").await;
    let receipt: PrintedReceipt = registrar.post(&format!("/api/v1/matters/{id}/receipt"), &()).await.read();
    let client = office.county.anonymous();
    let posts = |fields: String| {
        let (client, code) = (client.clone(), urlencode(&receipt.query_code));
        async move {
            let body = format!("code={code}&proof=0003&{fields}");
            client.raw(Method::POST, "/c/say/visit", FORM, body.into_bytes()).await
        }
    };
    let matter = office.county.state.store.matter(id).await.unwrap().unwrap();
    let visit = matter.home_visits().next().expect("the demo has a visit").record;
    let denied = posts(format!("came=no+{visit}")).await;
    assert!(denied.text().contains("您说：没有来过。已经报给审核人员"), "{}", denied.text());
    let seen = file(&office, "shenhe", id).await;
    assert_eq!(seen.matter.voices.last().unwrap().says, Says::VisitDenied { visit });
    assert!(voiced(&office, "shenhe").await.rows.iter().any(|row| row.id == id));
    assert!(!voiced(&office, "dengji").await.rows.iter().any(|row| row.id == id), "not the office's to answer");
    assert!(posts(format!("came=yes+{visit}")).await.text().contains("您说：来过"));
    // Made up: no such visit, no such answer, nothing at all.
    let strange = posts(format!("came=no+{}", Uuid::now_v7())).await;
    assert!(strange.status == 200 && strange.text().contains("没有找到这次走访的记录"));
    for fields in [format!("came=perhaps+{visit}"), "came=no+1".to_owned(), "came=no".to_owned(), String::new()] {
        assert_eq!(posts(fields.clone()).await.status, 400, "{fields}");
    }
}

#[tokio::test]
async fn both_are_rated_and_silence_is_neither() {
    let office = Office::open().await;
    let id = office.delivered().await;
    let petitioner = Petitioner::of(&office, id).await;
    let form = petitioner.opens("rate").await;
    let nothing = petitioner.posts("/c/say/rate", &[("id", &form), ("text", "我再想想")]).await;
    assert_eq!(nothing.status, 422);
    assert!(nothing.text().contains("至少选一个") && nothing.text().contains("我再想想"), "what was typed is kept");
    assert!(nothing.text().contains(&form), "and so is the form's id");
    let fields = [("id", form.as_str()), ("unit", "dissatisfied"), ("office", "mostly"), ("text", "沟没修好")];
    for _ in 0..2 {
        assert_eq!(petitioner.posts("/c/say/rate", &fields).await.status, 200);
    }
    let seen = file(&office, "shenhe", id).await;
    let said: Vec<_> = seen.matter.voices.iter().map(|voice| (voice.says, voice.text.is_some())).collect();
    assert_eq!(said.len(), 2, "{said:?}");
    assert!(said[0].1 && !said[1].1, "the words stand once");
    assert!(seen.matter.said_unsolved() && seen.answerable.is_empty());
    // After the window nothing is taken, and the page says until when it was.
    office.days(31);
    let late = petitioner.posts("/c/say/rate", &[("id", &Uuid::now_v7().to_string()), ("unit", "satisfied")]).await;
    assert!(late.status == 422 && late.text().contains("已经过了"), "{}", late.text());
    assert_eq!(file(&office, "shenhe", id).await.matter.voices.len(), 2);
}

/// From the petitioner's page to the figures: what is said there is no silence.
#[tokio::test]
async fn what_is_judged_by_the_code_stands_in_the_report_of_its_month() {
    let office = Office::open().await;
    let id = office.delivered().await;
    let petitioner = Petitioner::of(&office, id).await;
    let form = petitioner.opens("rate").await;
    let fields = [("id", form.as_str()), ("unit", "dissatisfied"), ("office", "mostly"), ("text", "沟没修好")];
    assert_eq!(petitioner.posts("/c/say/rate", &fields).await.status, 200);
    let seen = file(&office, "shenhe", id).await;
    let judging = seen.matter.clocks.iter().find(|clock| clock.kind == ClockKind::Evaluation).unwrap();
    let month = judging.due.format("%Y-%m");
    office.days(40);
    let supervisor = office.county.sign_in("shenhe").await;
    let sheet: ReportSheet = supervisor.get(&format!("/api/v1/reports?kind=monthly&month={month}")).await.read();
    let table = sheet.sections.iter().find(|section| section.heading.starts_with("群众评价情况")).unwrap();
    // 信访部门, 责任单位 × (its name,) 满意, 基本满意, 不满意, 未评价, 超期未评价.
    let holds: Vec<Vec<usize>> = table
        .rows
        .iter()
        .map(|row| {
            let lists = |cell: &ReportCell| {
                cell.list.iter().any(|at| sheet.items[*at as usize].number == seen.matter.number.as_str())
            };
            (0..row.len()).filter(|at| lists(&row[*at])).collect()
        })
        .collect();
    assert_eq!(holds, [vec![2], vec![3]], "{:?}", table.rows);
}

#[tokio::test]
async fn a_review_asked_for_on_the_last_day_counts_from_that_day() {
    let office = Office::open().await;
    let id = office.delivered().await;
    let petitioner = Petitioner::of(&office, id).await;
    office.days(30);
    let asked_on = office.today();
    let form = petitioner.opens("review").await;
    let empty = petitioner.posts("/c/say/review", &[("id", &form), ("text", "  ")]).await;
    assert!(empty.status == 422 && empty.text().contains("还没有写"));
    let said = petitioner.posts("/c/say/review", &[("id", &form), ("text", "沟没有修")]).await;
    assert_eq!(said.status, 200);
    assert!(voiced(&office, "dengji").await.rows.iter().any(|row| row.id == id));
    office.days(2);
    let request = json!({ "command": "request_review", "level": "review", "on": asked_on, "reason": "沟没有修",
        "organ": "市住建局" });
    office.gives("dengji", id, request).await;
    let seen = file(&office, "dengji", id).await;
    assert!(seen.matter.open_voices().next().is_none(), "the deed is the answer");
    assert!(petitioner.looks().await.contains("已经照您说的去办了"));
}

#[tokio::test]
async fn whoever_does_not_prove_it_says_nothing_and_counts_as_a_miss() {
    let office = Office::open().await;
    let id = office.delivered().await;
    let petitioner = Petitioner::of(&office, id).await;
    let stranger = Petitioner { client: office.county.anonymous(), code: petitioner.code.clone() };
    let tries = |path: &'static str| {
        let body = format!("code={}&proof=9999&text=x&id={}", urlencode(&stranger.code), Uuid::now_v7());
        let client = stranger.client.clone();
        async move { client.raw(Method::POST, path, FORM, body.into_bytes()).await }
    };
    for path in ["/c/ask/complaint", "/c/say/complaint", "/c/say/not-solved", "/c/say/visit", "/c/say/withdraw"] {
        let miss = tries(path).await;
        assert_eq!(miss.status, 422, "{path}");
        assert!(miss.text().contains("没有查到"), "{path}");
    }
    assert_eq!(tries("/c/say/complaint").await.status, 429, "it is the same limit as that of the look-up");
    assert!(file(&office, "shenhe", id).await.matter.voices.is_empty());
}

#[tokio::test]
async fn what_is_too_long_or_unknown_is_told_and_nothing_typed_is_lost() {
    let office = Office::open().await;
    let id = office.handling().await;
    let petitioner = Petitioner::of(&office, id).await;
    let form = petitioner.opens("material").await;
    let long = "材".repeat(2001);
    let refused = petitioner.posts("/c/say/material", &[("id", &form), ("text", &long)]).await;
    assert_eq!(refused.status, 422);
    assert!(refused.text().contains("最多 2000 个字") && refused.text().contains(&long));
    assert_eq!(petitioner.posts("/c/say/admin", &[]).await.status, 404);
    for none in ["/c/ask/admin", "/c/ask/visit"] {
        assert_eq!(petitioner.posts(none, &[]).await.status, 404, "{none}");
    }
    let huge = "a".repeat(30_000);
    assert_eq!(petitioner.posts("/c/say/material", &[("text", &huge)]).await.status, 413);
    // Not its place now: told above the answer, where the next steps stand.
    let early = petitioner.posts("/c/ask/review", &[]).await;
    assert!(early.status == 200 && early.text().contains("这句话现在不能说"));
    // Full length passes.
    let full = "材".repeat(2000);
    assert_eq!(petitioner.posts("/c/say/material", &[("id", &form), ("text", &full)]).await.status, 200);
    assert_eq!(file(&office, "chengban", id).await.answerable.len(), 1, "the unit answers what is about the matter");
}

#[tokio::test]
async fn fifty_taps_at_once_are_one_voice() {
    let office = Office::open().await;
    let id = office.handling().await;
    let petitioner = Petitioner::of(&office, id).await;
    let form = petitioner.opens("complaint").await;
    let taps = (0..50).map(|_| {
        let (client, code, form) = (petitioner.client.clone(), urlencode(&petitioner.code), form.clone());
        tokio::spawn(async move {
            let body = format!("code={code}&proof={PROOF}&id={form}&text=%E5%87%B6");
            client.raw(Method::POST, "/c/say/complaint", FORM, body.into_bytes()).await.status.as_u16()
        })
    });
    let taps: Vec<_> = taps.collect();
    for tap in taps {
        assert_eq!(tap.await.unwrap(), 200);
    }
    assert_eq!(file(&office, "shenhe", id).await.matter.voices.len(), 1);
}

#[tokio::test]
async fn larger_type_takes_along_what_was_typed() {
    let office = Office::open().await;
    let id = office.delivered().await;
    let petitioner = Petitioner::of(&office, id).await;
    let form = petitioner.opens("not-solved").await;
    let typed = [("id", form.as_str()), ("text", "桥面还是裂的。")];
    let page = petitioner.posts("/c/ask/not-solved?type=large", &typed).await;
    assert_eq!(page.status, 200);
    let text = page.text();
    assert!(text.contains(r#"data-type="large""#) && text.contains("桥面还是裂的。"), "{text}");
    assert!(text.contains(&format!(r#"value="{form}""#)), "sent then, it is still the same voice");
    assert!(text.contains(r#"formaction="/c/ask/not-solved?type=normal""#));
    assert!(!petitioner.looks().await.contains("桥面还是裂的。"), "nothing was said yet");
}
