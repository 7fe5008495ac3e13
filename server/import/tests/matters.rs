//! Messages, one JSON object a line or in a table. All texts are invented.
#![allow(clippy::unwrap_used, reason = "tests")]
mod common;

use case_import::{Field, FileError, NoteKind, Reason, read_matters};
use common::{notes, problems, put, xlsx};

fn jsonl(lines: &[&str]) -> Vec<u8> {
    lines.join("\n").into_bytes()
}

const GOOD: &str = r#"{"id":"7","user":"A001","title":"路灯不亮","time":"2019-04-25T09:32:09","body":"一\r\n二\t三","reply":"已修好","reply_time":"2019-05-10T14:56:53","label":"城乡建设"}"#;

#[test]
fn a_message_comes_with_its_reply() {
    let parsed = read_matters("m.jsonl", &jsonl(&[GOOD])).unwrap();
    let (number, matter) = &parsed.rows[0];
    assert_eq!((number.get(), matter.source_key.as_str(), matter.title.as_str()), (1, "7", "路灯不亮"));
    assert_eq!(matter.body, "一\n二 三");
    assert_eq!(matter.received_at.to_string(), "2019-04-25 09:32:09");
    let reply = matter.reply.as_ref().unwrap();
    assert_eq!((reply.text.as_str(), reply.at.unwrap().to_string().as_str()), ("已修好", "2019-05-10 14:56:53"));
    assert_eq!((matter.petitioner.as_deref(), matter.category.as_deref()), (Some("A001"), Some("城乡建设")));
    assert_eq!((problems(&parsed), notes(&parsed)), (vec![], vec![]));
}

#[test]
fn every_kind_of_broken_line_is_named_and_the_others_go_in() {
    let huge = format!(r#"{{"id":"h","title":"长","time":"2019-04-25","body":"{}"}}"#, "长".repeat(400_000));
    let long = format!(r#"{{"id":"l","title":"长","time":"2019-04-25","body":"{}"}}"#, "长".repeat(20_001));
    let nested = "[".repeat(100_000);
    let lines = [
        GOOD,
        &GOOD[..100],
        "不是JSON",
        "[1,2]",
        r#"{"id":"8","title":["数组"],"time":"2019-04-25","body":"x"}"#,
        r#"{"id":"9","time":"2019-04-25","body":"没有标题"}"#,
        r#"{"id":"10","title":"没有内容","time":"2019-04-25","body":"  "}"#,
        r#"{"id":"11","title":"没有时间","time":null,"body":"x"}"#,
        r#"{"id":"12","title":"时间看不懂","time":"昨天","body":"x"}"#,
        r#"{"id":"13","title":"没有这一天","time":"2021-02-30","body":"x"}"#,
        &huge,
        &long,
        "",
        r#"{"id":"7","title":"编号重复","time":"2019-04-25","body":"x"}"#,
        GOOD,
        r#"{"id":14,"title":"数字编号","time":"2019/4/25 9:32","body":"x","多余":{}}"#,
        &nested,
        r#"{"id":"15","title":"标题"#,
    ];
    let parsed = read_matters("m.jsonl", &jsonl(&lines)).unwrap();
    assert_eq!(
        parsed.rows.iter().map(|(row, m)| (row.get(), m.source_key.as_str())).collect::<Vec<_>>(),
        [(1, "7"), (16, "14")]
    );
    let found = problems(&parsed);
    let expected: Vec<(u32, Option<Field>, &str)> = vec![
        (2, None, "truncated_json"),
        (3, None, "bad_json"),
        (4, None, "not_an_object"),
        (5, Some(Field::Title), "wrong_type"),
        (6, Some(Field::Title), "missing"),
        (7, Some(Field::Body), "missing"),
        (8, Some(Field::ReceivedAt), "missing"),
        (9, Some(Field::ReceivedAt), "unreadable_date"),
        (10, Some(Field::ReceivedAt), "impossible_date"),
        (11, None, "line_too_long"),
        (12, Some(Field::Body), "too_long"),
        (14, Some(Field::SourceKey), "same_key_other_content"),
        (17, None, "bad_json"),
        (18, None, "truncated_json"),
    ];
    let tags: Vec<_> = found
        .iter()
        .map(|(row, field, reason)| {
            (*row, *field, serde_json::to_value(reason).unwrap()["reason"].as_str().unwrap().to_owned())
        })
        .collect();
    let expected: Vec<_> = expected.into_iter().map(|(row, field, tag)| (row, field, tag.to_owned())).collect();
    assert_eq!(tags, expected);
    assert_eq!(found[10].2, Reason::TooLong { limit: 20_000, found: 20_001 });
    assert!(matches!(notes(&parsed).as_slice(), [(15, NoteKind::RepeatedRow { first_row })] if first_row.get() == 1));
}

#[test]
fn odd_replies_do_not_lose_the_message() {
    let line = |reply: &str| {
        format!(r#"{{"title":"t","time":"2019-04-25","body":"{reply}",{reply}}}"#).replacen(reply, "x", 1)
    };
    let lines = [
        line(r#""reply":"早","reply_time":"2019-04-01""#),
        line(r#""reply":"无","reply_time":"""#),
        line(r#""reply":"乱","reply_time":"后来""#),
        line(r#""reply":" ","reply_time":"2019-05-01""#),
    ];
    let lines: Vec<String> =
        lines.iter().enumerate().map(|(i, line)| line.replace("\"t\"", &format!("\"t{i}\""))).collect();
    let parsed = read_matters("m.jsonl", &jsonl(&lines.iter().map(String::as_str).collect::<Vec<_>>())).unwrap();
    assert_eq!(problems(&parsed), []);
    assert_eq!(parsed.rows.iter().map(|(_, m)| m.reply.is_some()).collect::<Vec<_>>(), [true, true, true, false]);
    assert_eq!(
        notes(&parsed),
        [
            (1, NoteKind::ReplyBeforeMessage),
            (2, NoteKind::ReplyWithoutTime),
            (3, NoteKind::NotUnderstood { found: "后来".into() })
        ]
    );
}

#[test]
fn a_message_without_a_number_gets_the_same_key_every_time() {
    let file = "标题,内容,姓名,电话,乡镇,村,信访日期,身份证号\n路灯不亮,\"第一行\n第二行\",张 三,138****7340,长春镇,武岐村,2020年3月5日,350921197509244772\n";
    let first = read_matters("m.csv", file.as_bytes()).unwrap();
    let again = read_matters("m.csv", &encoding_rs::GB18030.encode(file).0).unwrap();
    assert_eq!(first, again);
    let matter = &first.rows[0].1;
    assert!(matter.source_key.starts_with("sha256-"));
    assert_eq!(matter.body, "第一行\n第二行");
    assert_eq!((matter.petitioner.as_deref(), matter.phone.as_deref()), (Some("张三"), Some("138****7340")));
    assert_eq!((matter.town.as_deref(), matter.village.as_deref()), (Some("长春镇"), Some("武岐村")));
    assert_eq!(notes(&first), [(0, NoteKind::IdNumbersLeftOut { cells: 1 })]);
    let replied = file.replace("信访日期,", "信访日期,答复意见,").replace("5日,", "5日,已办,");
    let later = read_matters("m.csv", replied.as_bytes()).unwrap();
    assert_eq!(later.rows[0].1.source_key, matter.source_key, "the reply comes later, the key stays");
}

#[test]
fn a_workbook_of_messages_is_read() {
    let file = xlsx(|sheet| {
        put(
            sheet,
            0,
            &[
                &["网上留言汇总"],
                &[],
                &["留言编号", "留言用户", "留言主题", "留言时间", "留言详情", "答复意见", "答复时间"],
            ],
        );
        put(sheet, 3, &[&["", "A001", "路灯不亮", "", "晚上看不见", "已修好", "2020/1/8 9:00:00"]]);
        sheet.write_number(3, 0, 2549).unwrap();
        sheet.write_number(3, 3, 43_831.397_326_388_9).unwrap();
    });
    let parsed = read_matters("m.xlsx", &file).unwrap();
    assert_eq!(problems(&parsed), []);
    let (number, matter) = &parsed.rows[0];
    assert_eq!((number.get(), matter.source_key.as_str()), (4, "2549"));
    assert_eq!(matter.received_at.to_string(), "2020-01-01 09:32:09");
    assert_eq!(matter.reply.as_ref().unwrap().at.unwrap().to_string(), "2020-01-08 09:00:00");
}

#[test]
fn a_file_cut_in_the_middle_of_a_character_loses_only_its_last_line() {
    let whole = [GOOD, &GOOD.replace("\"7\"", "\"8\"")].join("\n");
    let cut = whole.rfind('亮').unwrap() + 1;
    let parsed = read_matters("m.jsonl", &whole.as_bytes()[..cut]).unwrap();
    assert_eq!((parsed.rows.len(), problems(&parsed)), (1, vec![(2, None, Reason::TruncatedJson)]));
}

#[test]
fn a_table_without_the_columns_is_refused() {
    let refused = read_matters("m.csv", "标题,内容\na,b\n".as_bytes()).unwrap_err();
    assert!(matches!(refused, FileError::NoHeader { missing, .. } if missing == [Field::ReceivedAt]));
}
