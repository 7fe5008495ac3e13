#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests")]

use case_core::code::MatterNumber;
use case_core::field::Rating;
use case_core::id::{RecordId, VoiceId};
use case_core::matter::{
    Conclusion, DeliveryMode, FilingGround, FormerReply, NotAcceptGround, Reached, ReopenGround, ReviewLevel,
    ReviewOutcome, Route, Says, Stage, Way,
};
use case_core::public::*;
use case_core::text::Text;
use case_core::time::{Clock, ClockKind, ClockState, Moment};
use chrono::NaiveDate;

use super::*;
use crate::document::Assets;

fn assets() -> Assets {
    let url = |name: &str| ["/pkg/", name].concat();
    Assets {
        version: "1".to_owned(),
        precache: Vec::new(),
        public_css: url("public.css"),
        lookup_js: url("lookup.js"),
        workbench_css: url("workbench.css"),
        boot_js: url("boot.js"),
        icon: url("icon.svg"),
        touch_icon: url("icon.png"),
        manifest: url("manifest.webmanifest"),
    }
}

fn frame(assets: &Assets) -> Frame<'_> {
    Frame { assets, office: Office { name: "测试县信访局", phone: "0593-880 0000" }, large: false, path: "/c" }
}

fn text<const N: usize>(words: &str) -> Text<N> {
    Text::parse(words).unwrap()
}
fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}
const TODAY: &str = "2026-05-20";

fn status(stage: Stage) -> PublicStatus {
    let clock = |kind, due| Clock { kind, started: day("2026-05-11"), due: day(due), stopped: None };
    let handling = clock(ClockKind::Handling, "2026-07-10");
    PublicStatus {
        number: MatterNumber::parse("3526051109000001").unwrap(),
        petitioner: "王*".to_owned(),
        stage,
        unit: Some(text("县住建局")),
        unit_phone: Some(text("0593-8800001")),
        next: Some(handling.clone()),
        deadlines: vec![clock(ClockKind::Feedback, "2026-05-18"), handling],
        commitments: vec![PublicCommitment {
            text: text("五天内派人看现场"),
            due: day("2026-05-16"),
            state: ClockState::Overdue { days: 4 },
        }],
        steps: vec![
            PublicStep { what: Happening::Stage(Stage::Registered), when: When::Past(day("2026-05-11")) },
            PublicStep {
                what: Happening::Met { way: Way::AtHome, reached: Reached::Petitioner },
                when: When::Past(day("2026-05-12")),
            },
            PublicStep { what: Happening::Told(text("已派人查看线路")), when: When::Past(day("2026-05-13")) },
            PublicStep { what: Happening::Stage(stage), when: When::Now { since: day("2026-05-14") } },
            PublicStep {
                what: Happening::Stage(Stage::AwaitingReturnVisit),
                when: When::ToCome { by: Some(day("2026-07-10")) },
            },
            PublicStep { what: Happening::Stage(Stage::Closed), when: When::ToCome { by: None } },
        ],
        reworks: Vec::new(),
        voices: Vec::new(),
        visits: Vec::new(),
        outcome: None,
        side: SidePaths::default(),
        former_reply: None,
        living: None,
        acts: vec![NextAct::CallUnit, NextAct::CallOffice],
    }
}

fn delivered() -> PublicStatus {
    PublicStatus {
        next: None,
        deadlines: Vec::new(),
        outcome: Some(Outcome {
            opinion: text("路灯已修好。\n今后由村委会管护。"),
            delivered_on: day("2026-05-18"),
            mode: DeliveryMode::InPerson,
            signed: true,
            answers: vec![
                PublicAnswer { conclusion: Conclusion::Support, performed: ShownPerformance::Done(day("2026-05-15")) },
                PublicAnswer { conclusion: Conclusion::Explain, performed: ShownPerformance::Nothing },
            ],
            review: Some(Review { last_day: day("2026-06-17"), state: ClockState::Running { days_left: 28 } }),
        }),
        acts: vec![NextAct::AnswerReturnVisit, NextAct::AskReview { last_day: day("2026-06-17") }, NextAct::CallOffice],
        ..status(Stage::AwaitingReturnVisit)
    }
}

fn typed(code: &str) -> Typed<'_> {
    Typed { code, proof: "" }
}

fn show(frame: &Frame<'_>, status: &PublicStatus) -> String {
    let told = told();
    let beside = Alongside { papers: &[], told: &told, met: &[] };
    let asked = Asked { code: "482715936049", proof: "秘密", pass: "通行" };
    answer(frame, status, &beside, day(TODAY), None).whole(asked)
}

fn told() -> Telling {
    Telling { phone: Some("138****0003".to_owned()), stopped: false, browsers: 1, push_key: Some("BAk".to_owned()) }
}

/// Every page there is, by name.
fn pages(frame: &Frame<'_>) -> Vec<(String, String)> {
    let mut all = vec![
        ("landing".to_owned(), landing(frame)),
        ("lookup".to_owned(), lookup(frame, Typed::default(), None, None)),
        ("answer delivered".to_owned(), show(frame, &delivered())),
    ];
    for fault in [Fault::CodeEmpty, Fault::CodeLength { digits: 11 }, Fault::CodeSlip, Fault::ProofEmpty, Fault::Miss] {
        all.push((format!("{fault:?}"), lookup(frame, typed("4827 1593 6049"), Some(&fault), None)));
    }
    let puzzle = Puzzle { challenge: "16.1700000000000.00ff.abcd".to_owned() };
    all.push(("puzzle".to_owned(), lookup(frame, Typed::default(), None, Some(&puzzle))));
    let guarded = Fault::Guarded { at: "14:35".to_owned() };
    all.push(("guarded".to_owned(), lookup(frame, typed("4827 1593 6049"), Some(&guarded), Some(&puzzle))));
    for what in [
        Message::TooMany { retry_after: 600, at: "14:35".to_owned() },
        Message::NotFound,
        Message::Unreadable,
        Message::WrongWay,
        Message::Forbidden,
        Message::Ours,
    ] {
        all.push((format!("{what:?}"), message(frame, &what)));
    }
    for stage in Stage::ALL {
        all.push((format!("{stage:?}"), show(frame, &status(stage))));
    }
    all
}

/// The text that people see, without tags.
fn visible(html: &str) -> String {
    let mut text = String::new();
    let mut inside = false;
    for c in html[html.find("<body").unwrap()..].chars() {
        match c {
            '<' => inside = true,
            '>' => inside = false,
            c if !inside => text.push(c),
            _ => {}
        }
    }
    text
}

fn opening_tags<'a>(html: &'a str, name: &str) -> Vec<&'a str> {
    html.match_indices(&format!("<{name} ")).map(|(at, _)| &html[at..=at + html[at..].find('>').unwrap()]).collect()
}

fn attribute<'a>(tag: &'a str, name: &str) -> Option<&'a str> {
    let from = tag.find(&format!(" {name}=\""))? + name.len() + 3;
    Some(&tag[from..from + tag[from..].find('"').unwrap()])
}

#[test]
fn every_page_is_a_whole_document_with_nothing_inline() {
    let assets = assets();
    for (name, html) in pages(&frame(&assets)) {
        assert!(html.starts_with("<!DOCTYPE html><html lang=\"zh-CN\""), "{name}");
        assert_eq!(html.matches("<h1").count(), 1, "{name}");
        assert_eq!(html.matches("<main").count(), 1, "{name}");
        assert!(html.contains("<title>") && html.contains(r#"name="viewport""#), "{name}");
        // One sheet, which the content policy names by its hash.
        assert!(html.matches("<style").count() == 1 && !html.contains(" style="), "{name}");
        for script in html.match_indices("<script") {
            let ours = ["/pkg/lookup.js", "/proof.js", "/remind.js"]
                .map(|file| format!("<script defer src=\"{file}\"></script>"));
            assert!(ours.iter().any(|tag| html[script.0..].starts_with(tag)), "{name}");
        }
        assert!(!html.contains("javascript:") && !html.contains(" onclick") && !html.contains("http"), "{name}");
        assert!(html.contains(r#"href="tel:05938800000""#), "{name} always offers a phone");
        assert!(html.contains(r##"href="#main""##) && html.contains(r#"id="main""#), "{name}");
    }
}

#[test]
fn every_field_has_its_label_and_its_help() {
    let assets = assets();
    for (name, html) in pages(&frame(&assets)) {
        for input in opening_tags(&html, "input") {
            if attribute(input, "type") == Some("hidden") {
                continue;
            }
            let id = attribute(input, "id").unwrap();
            assert!(html.contains(&format!(r#"for="{id}""#)), "{name}: {input}");
            for help in attribute(input, "aria-describedby").unwrap().split(' ') {
                assert!(html.contains(&format!(r#"id="{help}""#)), "{name}: {help}");
            }
            assert_eq!(attribute(input, "autocomplete"), Some("off"), "{name}");
        }
        for (id, count) in opening_tags(&html, "p")
            .iter()
            .filter_map(|tag| attribute(tag, "id"))
            .map(|id| (id, html.matches(&format!(r#" id="{id}""#)).count()))
        {
            assert_eq!(count, 1, "{name}: {id}");
        }
    }
}

#[test]
fn no_page_has_a_foreign_word_or_a_bare_date() {
    let assets = assets();
    for (name, html) in pages(&frame(&assets)) {
        let text = visible(&html);
        assert!(!text.chars().any(|c| c.is_ascii_alphabetic()), "{name}: {text}");
        assert!(!text.contains("2026-"), "{name}");
    }
}

#[test]
fn large_type_reaches_every_page_and_leads_back() {
    let assets = assets();
    for (name, html) in pages(&Frame { large: true, ..frame(&assets) }) {
        assert!(html.contains(r#"data-type="large""#), "{name}");
        assert!(html.contains("?type=normal") && html.contains("普通字"), "{name}");
    }
    for (name, html) in pages(&frame(&assets)) {
        assert!(!html.contains(r#"data-type="large""#) && html.contains("?type=large"), "{name}");
    }
}

#[test]
fn the_answers_switch_asks_again_without_an_address() {
    let assets = assets();
    let html = show(&frame(&assets), &delivered());
    for address in opening_tags(&html, "a").iter().filter_map(|tag| attribute(tag, "href")) {
        assert!(!address.contains("4827") && !address.contains("秘密"), "{address}");
    }
    assert!(html.contains(r#"formaction="/c?type=large""#));
    // Both stand in hidden fields of the one form, and nowhere else.
    assert_eq!(html.matches("<form ").count(), 1);
    for secret in ["482715936049", "秘密"] {
        assert_eq!(html.matches(secret).count(), 1, "{secret}");
        assert_eq!(html.matches(&["value=\"", secret, "\""].concat()).count(), 1, "{secret}");
    }
}

#[test]
fn the_code_stays_for_another_try_and_the_second_answer_does_not() {
    let assets = assets();
    let html = lookup(&frame(&assets), typed("4827 1593 6049"), Some(&Fault::Miss), None);
    assert!(html.contains(r#"value="4827 1593 6049""#));
    assert!(html.contains(r#"role="alert""#) && visible(&html).contains("没有查到"));
    let html = lookup(&frame(&assets), typed("\"><script>alert(1)</script>"), Some(&Fault::CodeSlip), None);
    assert_eq!(html.matches("<script").count(), 1);
    assert!(lookup(&frame(&assets), typed(&"9".repeat(100_000)), None, None).len() < 20_000);
}

#[test]
fn a_slip_is_said_at_the_field_and_nothing_else_is() {
    let assets = assets();
    let html = lookup(&frame(&assets), typed("1"), Some(&Fault::CodeLength { digits: 1 }), None);
    assert!(visible(&html).contains("您填了 1 位"));
    let invalid: Vec<_> =
        opening_tags(&html, "input").into_iter().filter(|tag| attribute(tag, "aria-invalid").is_some()).collect();
    assert_eq!(invalid.len(), 1);
    assert_eq!(attribute(invalid[0], "id"), Some("code"));
    assert!(!html.contains(r#"role="alert""#));
}

#[test]
fn the_answer_says_where_it_stands_whom_to_call_and_by_which_rule() {
    let assets = assets();
    let html = show(&frame(&assets), &status(Stage::Handling));
    let text = visible(&html);
    for part in [
        "县住建局正在办理。最晚 7月10日 周五 给您书面答复。",
        "这个时间按《信访工作条例》第三十四条",
        "王*，编号 3526051109000001",
        "0593-8800001",
        "已派人查看线路",
        "干部上门走访，见到了您",
        "五天内派人看现场",
        "已超期 4 天，没有做到的记录",
        "已超期 2 天",
        "最晚 7月10日 周五",
    ] {
        assert!(text.contains(part), "{part} is not in {text}");
    }
    assert_eq!(html.matches(r#"aria-current="step""#).count(), 1);
}

/// Whoever types and presses Enter sends the form: the browser presses the first button that belongs to it.
#[test]
fn enter_sends_the_form_and_presses_no_switch() {
    let assets = assets();
    let mut switches = 0;
    for (name, html) in pages(&frame(&assets)) {
        for (at, _) in html.match_indices("data-type-switch") {
            let tag = &html[html[..at].rfind('<').unwrap()..];
            let tag = &tag[..tag.find('>').unwrap()];
            let Some(form) = attribute(tag, "form") else { continue };
            switches += 1;
            let enter = [r#"type="submit" form=""#, form, "\""].concat();
            let first = html.find(&enter).unwrap();
            let pressed = &html[first..first + html[first..].find('>').unwrap()];
            assert!(first < at && !pressed.contains("data-type-switch"), "{name}: {pressed}");
        }
    }
    assert!(switches > 5, "{switches}");
}

/// The server keeps the middle for whoever asks next.
#[test]
fn what_opens_an_answer_stands_in_its_end_only() {
    let assets = assets();
    let (told, one) = (told(), Asked { code: "482715936049", proof: "\"秘密", pass: "通行" });
    let beside = Alongside { papers: &[], told: &told, met: &[] };
    let page = answer(&frame(&assets), &status(Stage::Handling), &beside, day(TODAY), None);
    for secret in [one.code, "秘密", one.pass] {
        assert!(!page.top.contains(secret) && !page.body.contains(secret));
        assert!(answer_end(one).contains(secret));
    }
    assert!(page.body.starts_with("<form ") && !page.body.contains("</form>"), "one form around all of it");
    let whole = page.whole(one);
    assert!(whole.ends_with("</form></body></html>") && whole.matches("<form ").count() == 1);
    assert!(whole.contains("value=\"&quot;秘密\""));
    let later = answer(&frame(&assets), &status(Stage::Returned), &beside, day(TODAY), None);
    assert_eq!(later.top, answer_top(&frame(&assets)));
}

#[test]
fn an_overdue_answer_is_called_overdue_in_the_first_sentence() {
    let assets = assets();
    let told = told();
    let beside = Alongside { papers: &[], told: &told, met: &[] };
    let asked = Asked { code: "", proof: "", pass: "" };
    let html = answer(&frame(&assets), &status(Stage::Handling), &beside, day("2026-07-13"), None).whole(asked);
    assert!(visible(&html).contains("本该 7月10日 周五 前给您书面答复，已经超期 3 天。"));
}

#[test]
fn a_return_for_rework_is_said_in_plain_words() {
    let assets = assets();
    let rework = vec![Rework { on: day("2026-05-18"), due: day("2026-05-28") }];
    let now = PublicStatus { reworks: rework.clone(), ..status(Stage::Returned) };
    let text = visible(&show(&frame(&assets), &now));
    assert!(text.contains("处理结果被退回重办，重新办理中") && text.contains("要求 5月28日 周四 前重新办好"), "{text}");
    let later = PublicStatus { reworks: rework, ..delivered() };
    let text = visible(&show(&frame(&assets), &later));
    assert!(text.contains("处理结果曾经被退回重办") && !text.contains("重新办理中"), "{text}");
}

#[test]
fn a_delivered_answer_stands_word_for_word_with_the_last_day_for_a_review() {
    let assets = assets();
    let html = show(&frame(&assets), &delivered());
    assert!(html.contains("<p>路灯已修好。</p>") && html.contains("<p>今后由村委会管护。</p>"));
    let text = visible(&html);
    for part in [
        "5月18日 周一 当面交给您，有签收",
        "诉求一：支持",
        "单位说 5月15日 周五 已经办到",
        "诉求二：事情合理，但法律和政策没有规定，作了解释",
        "申请复查，最后一天是 6月17日 周三",
    ] {
        assert!(text.contains(part), "{part} is not in {text}");
    }
    let mut late = delivered();
    let review = late.outcome.as_mut().unwrap().review.as_mut().unwrap();
    review.state = ClockState::Overdue { days: 1 };
    assert!(visible(&show(&frame(&assets), &late)).contains("申请复查的时间已经过了"));
}

#[test]
fn an_imported_reply_is_not_called_a_solution() {
    let assets = assets();
    let former = PublicStatus {
        unit: None,
        unit_phone: None,
        next: None,
        deadlines: Vec::new(),
        commitments: Vec::new(),
        former_reply: Some(FormerReply {
            text: text("已转有关部门。"),
            at: Moment::from_local(2019, 3, 20, 9, 0).unwrap(),
        }),
        ..status(Stage::Closed)
    };
    let text = visible(&show(&frame(&assets), &former));
    assert!(text.contains("此前系统的答复") && text.contains("问题有没有解决，这里没有记录"), "{text}");
    assert!(text.contains("2019年3月20日") && !text.contains("已经办结"), "{text}");
}

#[test]
fn too_many_tries_say_when_to_come_back() {
    let assets = assets();
    let what = Message::TooMany { retry_after: 600, at: "14:35".to_owned() };
    let text = visible(&message(&frame(&assets), &what));
    assert!(text.contains("10 分钟") && text.contains("14:35"), "{text}");
}

#[test]
fn the_side_paths_are_told_in_plain_words() {
    let assets = assets();
    let with = |side: SidePaths| show(&frame(&assets), &PublicStatus { side, ..status(Stage::Handling) });
    let extension =
        PublicExtension { from: day("2026-07-10"), due: day("2026-07-30"), reason: text("检测报告下月才出") };
    let html = with(SidePaths { extension: Some(extension), ..SidePaths::default() });
    for words in ["办理时间延长了", "检测报告下月才出", "7月30日"] {
        assert!(html.contains(words), "{words}");
    }
    let endings = [
        (
            PublicEnding::Directed {
                route: Route::Arbitration,
                organ: text("县仲裁委"),
                limit: Some(day("2026-07-20")),
                reason: text("先要仲裁"),
            },
            ["仲裁", "县仲裁委", "7月20日"],
        ),
        (
            PublicEnding::NotAccepted {
                ground: NotAcceptGround::NotCompetent,
                organ: text("邻县住建局"),
                reason: text("不在本县"),
            },
            ["为什么不受理", "邻县住建局", "不在本县"],
        ),
        (PublicEnding::NoLongerAccepted { reason: text("已经复核终结") }, ["为什么不再受理", "已经复核终结", "有人帮"]),
        (PublicEnding::Answered { answer: text("明天就修") }, ["当场给您的答复", "明天就修", "办理"]),
        (PublicEnding::Filed { ground: FilingGround::NoContent }, ["为什么存下", "没有可以办理的内容", "办理"]),
        (PublicEnding::Withdrawn { on: day("2026-05-18") }, ["您撤回了这件事", "5月18日", "不再要求办理"]),
    ];
    for (ending, expected) in endings {
        let html = with(SidePaths { ending: Some(ending), ..SidePaths::default() });
        for words in expected {
            assert!(html.contains(words), "{words}");
        }
    }
    let found = PublicOpinion {
        outcome: ReviewOutcome::Revoke,
        text: text("事实不清"),
        delivered_on: day("2026-05-19"),
        redo_due: Some(day("2026-06-19")),
    };
    let review = PublicReview {
        level: ReviewLevel::Review,
        requested_on: day("2026-05-12"),
        organ: text("市住建局"),
        found: Some(found),
    };
    let reopening =
        PublicReopening { on: day("2026-05-19"), ground: ReopenGround::OrderedAnew, due: day("2026-06-19") };
    let html = with(SidePaths {
        reviews: vec![review],
        reopening: Some(reopening),
        needed: Some(text("带土地证")),
        is_final: true,
        ..SidePaths::default()
    });
    for words in ["市住建局", "撤销", "事实不清", "6月19日", "责令重新办理", "带土地证", "复核终结"]
    {
        assert!(html.contains(words), "{words}");
    }
}

#[test]
fn what_was_said_stands_there_with_its_answer_and_every_visit_is_asked_about() {
    let assets = assets();
    let voice = |says, answer| PublicVoice { says, text: Some(text("还是<不>通")), on: day("2026-05-15"), answer };
    let record = RecordId(uuid::Uuid::from_u128(7));
    let way = Way::AtHome;
    let visit =
        |on, reached, afterwards, confirmed| PublicVisit { record, on: day(on), way, reached, afterwards, confirmed };
    let status = PublicStatus {
        voices: vec![
            voice(Says::NotSolved, None),
            voice(Says::Complaint, Some((day("2026-05-18"), Some(text("已经换人办"))))),
            voice(Says::Withdraw, Some((day("2026-05-18"), None))),
        ],
        visits: vec![
            visit("2026-05-12", Reached::Petitioner, true, None),
            visit("2026-05-10", Reached::Nobody, false, Some(false)),
            visit("2026-05-09", Reached::Family, false, None),
        ],
        ..status(Stage::Handling)
    };
    let html = show(&frame(&assets), &status);
    for needed in [
        "还没有答复",
        "已经换人办",
        "已经照您说的去办了",
        "还是&lt;不&gt;通",
        "您说：没有来过",
        r#"value="no 00000000-"#,
        "5月12日 周二 上门回访，问了您的意见",
        "5月10日 周日 上门走访，没有见到您",
        "5月9日 周六 上门走访，见到了您家里人，没有见到您",
    ] {
        assert!(html.contains(needed), "{needed}");
    }
    assert!(html.matches(r#"formaction="/c/say/visit""#).count() == 6 && html.matches("disabled").count() == 1);
}

#[test]
fn a_question_keeps_what_was_typed_and_chooses_nothing_by_itself() {
    let assets = assets();
    let asked = Asked { code: "482715936049", proof: "秘密", pass: "通行" };
    let saying = |fault: Option<&'static str>| Saying {
        asking: Asking::Rate,
        id: VoiceId(uuid::Uuid::from_u128(9)),
        text: "</textarea><b>",
        office: None,
        unit: fault.is_some().then_some(Rating::Dissatisfied),
        unit_name: Some("县住建局"),
        files: &[],
        fault,
    };
    let fresh = say(&frame(&assets), asked, &saying(None));
    assert!(!fresh.contains("checked"), "silence is no rating");
    assert!(fresh.contains("&lt;/textarea") && !fresh.contains("</textarea><b>"));
    let again = say(&frame(&assets), asked, &saying(Some("还没有选")));
    assert!(again.matches("checked").count() == 1 && again.contains(r#"role="alert""#) && again.contains("还没有收到"));
    for asking in Asking::ALL.into_iter().filter(|asking| *asking != Asking::Visit) {
        let html = say(&frame(&assets), asked, &Saying { asking, ..saying(None) });
        // Material comes with files.
        let word = if asking == Asking::Material { "send" } else { &["say/", asking.word()].concat() };
        assert!(html.contains(&["/c/", word, "\""].concat()), "{asking:?}");
        assert!(html.matches("<h1").count() == 1 && !html.contains("?code"), "{asking:?}");
    }
}

#[test]
fn a_request_that_is_too_long_comes_back_as_text() {
    let assets = assets();
    let line = PublicLine {
        id: "1".to_owned(),
        title: "路灯".to_owned(),
        unit: "县住建局".to_owned(),
        month: "2026-03".to_owned(),
    };
    let typed = Some(("</textarea><b>", "\"><b>"));
    let html = removal(&frame(&assets), &line, Removal::Form { typed, too_long: true });
    assert!(html.contains("&lt;/textarea") && !html.contains("<b>"), "{html}");
    assert!(html.contains(r#"role="alert""#));
}
