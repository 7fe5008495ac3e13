//! Household rosters with every trap that real ones hold. All persons are invented.
#![allow(clippy::unwrap_used, reason = "tests")]
mod common;

use case_import::{BirthDate, Field, NoteKind, Reason, Sex, read_households};
use common::{csv, merge, notes, ods, problems, put, xls, xlsx};

const HEADER: &[&str] = &[
    "户编号",
    "乡镇",
    "村（社区）",
    "组别",
    "姓名",
    "与户主关系",
    "性别",
    "民族",
    "公民身份号码",
    "出生日期",
    "联系电话",
    "银行卡号",
    "备注",
];

fn person<'a>(key: &'a str, village: &'a str, name: &'a str, relation: &'a str) -> Vec<&'a str> {
    let (town, group) = if village.is_empty() { ("", "") } else { ("长春镇", "第1组") };
    vec![
        key,
        town,
        village,
        group,
        name,
        relation,
        "男",
        "汉族",
        "350921197509244772",
        "1975/09/24",
        "138****7340",
        "6217**********4267",
        "",
    ]
}

fn table(rows: &[Vec<&str>]) -> Vec<u8> {
    let all: Vec<&[&str]> = std::iter::once(HEADER).chain(rows.iter().map(Vec::as_slice)).collect();
    csv(&all)
}

#[test]
fn persons_become_households_with_the_head_first() {
    let mut wife = person("1", "武岐村委会", "宋立", "配偶");
    (wife[6], wife[9], wife[10], wife[12]) = ("女", "1947.11", "", "低保户、外出务工");
    let rows =
        [wife, person("2", "武岐村委会", "阿卜杜热合曼·吐尔逊江", "户主"), person("1", "武岐村委会", "李建立", "户主")];
    let parsed = read_households("花名册.csv", &table(&rows)).unwrap();
    assert_eq!(problems(&parsed), []);
    let (number, first) = &parsed.rows[0];
    assert_eq!((number.get(), first.source_key.as_str(), first.members.len()), (2, "1", 2));
    assert_eq!(
        (first.town.as_str(), first.village.as_str(), first.group.as_deref()),
        ("长春镇", "武岐村委会", Some("第1组"))
    );
    assert_eq!((first.head_name.as_str(), first.phone.as_deref()), ("李建立", Some("138****7340")));
    assert_eq!(first.remarks, ["低保户"]);
    let wife = &first.members[1];
    assert_eq!((wife.name.as_str(), wife.sex, wife.phone.as_deref()), ("宋立", Some(Sex::Female), None));
    assert_eq!(wife.birth, Some(BirthDate { year: 1947, month: Some(11), day: None }));
    assert_eq!(wife.remark.as_deref(), Some("低保户、外出务工"));
    assert_eq!(parsed.rows[1].1.head_name, "阿卜杜热合曼·吐尔逊江");
}

#[test]
fn identity_and_card_numbers_do_not_come_through() {
    let mut odd = person("1", "武岐村委会", "李建立", "户主");
    odd[12] = "五保户 证号35092119750924477X";
    odd[10] = "350921197509244772";
    let slipped = person("1", "武岐村委会", "350921197509244772", "子");
    let rows = [odd, person("350921197509244772", "武岐村委会", "王某", "户主"), slipped];
    let parsed = read_households("a.csv", &table(&rows)).unwrap();
    let everything = format!("{parsed:?}");
    for secret in ["19750924477", "6217", "4267"] {
        assert!(!everything.contains(secret), "{everything}");
    }
    assert_eq!(parsed.rows[0].1.members[0].remark.as_deref(), Some("五保户 证号"));
    assert_eq!(
        problems(&parsed),
        [(3, Some(Field::SourceKey), Reason::KeyIsIdNumber), (4, Some(Field::Name), Reason::Missing)]
    );
    assert_eq!(
        notes(&parsed),
        [
            (0, NoteKind::IdNumbersLeftOut { cells: 3 }),
            (0, NoteKind::BankCardsLeftOut { cells: 3 }),
            (0, NoteKind::LongNumbersRemoved { cells: 3 }),
        ]
    );
    assert_eq!(parsed.rows[0].1.phone, None);
}

#[test]
fn faults_are_named_and_keep_out_no_more_than_they_must() {
    let rows = [
        person("1", "武岐村委会", "李建立", "户主"),
        person("1", "武岐村委会", "", "配偶"),
        person("2", "武岐村委会", "无户主", "子"),
        person("3", "武岐村委会", "两村户", "户主"),
        person("3", "大京村委会", "两村户妻", "配偶"),
        person("4", "", "无村户", "户主"),
        person("", "武岐村委会", "无编号", "户主"),
        person("5", "武岐村委会", "双户主", "户主"),
        person("5", "武岐村委会", "另一户主", "户主"),
        person("1", "武岐村委会", "李建立", "户主"),
    ];
    let parsed = read_households("a.csv", &table(&rows)).unwrap();
    let keys: Vec<_> = parsed.rows.iter().map(|(_, h)| (h.source_key.as_str(), h.members.len())).collect();
    assert_eq!(keys, [("1", 1), ("2", 1), ("5", 2)]);
    let problems = problems(&parsed);
    assert_eq!(problems[0], (3, Some(Field::Name), Reason::Missing));
    assert!(
        matches!(&problems[1], (6, Some(Field::Village), Reason::PlacesDiffer { first_row, place, .. }) if first_row.get() == 5 && place == "长春镇大京村委会")
    );
    assert_eq!(problems[2], (7, Some(Field::Village), Reason::Missing));
    assert_eq!(problems[3], (8, Some(Field::SourceKey), Reason::Missing));
    assert_eq!(problems.len(), 4);
    let notes: Vec<_> = notes(&parsed).into_iter().filter(|(row, _)| *row > 0).collect();
    assert_eq!(notes[0], (4, NoteKind::HeadAssumed));
    assert!(matches!(notes[1], (10, NoteKind::SecondHead { first_row }) if first_row.get() == 9));
    assert!(matches!(notes[2], (11, NoteKind::RepeatedRow { first_row }) if first_row.get() == 2));
    assert_eq!(notes.len(), 3);
}

#[test]
fn a_birth_date_that_cannot_be_costs_only_itself() {
    let mut rows = vec![
        person("1", "武岐村委会", "甲", "户主"),
        person("1", "武岐村委会", "乙", "子"),
        person("1", "武岐村委会", "丙", "子"),
        person("1", "武岐村委会", "丁", "子"),
    ];
    (rows[0][9], rows[1][9], rows[2][9], rows[3][9]) = ("2021-02-30", "不详", "1980-02-29", "");
    rows[1][6] = "未知";
    let parsed = read_households("a.csv", &table(&rows)).unwrap();
    let births: Vec<_> = parsed.rows[0].1.members.iter().map(|m| m.birth).collect();
    let day = BirthDate { year: 1980, month: Some(2), day: Some(29) };
    assert_eq!(births, [Some(BirthDate { year: 2021, month: None, day: None }), None, Some(day), None]);
    let notes = notes(&parsed);
    assert_eq!(notes[2], (2, NoteKind::BirthYearOnly { found: "2021-02-30".into() }));
    assert_eq!(notes[3], (3, NoteKind::NotUnderstood { found: "未知".into() }));
    assert_eq!(notes[4], (3, NoteKind::NotUnderstood { found: "不详".into() }));
}

#[test]
fn a_workbook_with_a_title_a_double_header_and_merged_households_is_read() {
    let file = xlsx(|sheet| {
        merge(sheet, (0, 0), (0, 7), "长春镇户籍人口花名册");
        merge(sheet, (1, 2), (0, 0), "户编号");
        merge(sheet, (1, 1), (1, 3), "住址");
        merge(sheet, (1, 2), (4, 4), "姓 名");
        merge(sheet, (1, 2), (5, 5), "与户主\n关系");
        merge(sheet, (1, 2), (6, 6), "出生年月");
        put(sheet, 2, &[&["", "乡镇", "村/社区", "组"]]);
        merge(sheet, (3, 5), (0, 0), "1");
        merge(sheet, (3, 6), (1, 1), "长春镇");
        merge(sheet, (3, 6), (2, 2), "武岐村");
        put(
            sheet,
            3,
            &[
                &["", "", "", "1组", "李  建", "户主"],
                &["", "", "", "", "宋立", "配偶"],
                &["", "", "", "", "李小", "子"],
                &["2", "", "", "", "王某", "户主"],
            ],
        );
        let date = rust_xlsxwriter::Format::new().set_num_format("yyyy/m/d");
        sheet.write_with_format(3, 6, rust_xlsxwriter::ExcelDateTime::from_ymd(1975, 9, 24).unwrap(), &date).unwrap();
        sheet.write_number(4, 6, 29220).unwrap();
        sheet.write_number(5, 6, 1999.1).unwrap();
        sheet.write_string(6, 6, "1961年3月").unwrap();
        put(sheet, 20, &[&[" "], &["填表人：某某", "", "2024年"]]);
    });
    let parsed = read_households("a.xlsx", &file).unwrap();
    assert_eq!(problems(&parsed), []);
    let seen: Vec<_> = parsed
        .rows
        .iter()
        .map(|(row, h)| (row.get(), h.source_key.as_str(), h.village.as_str(), h.head_name.as_str(), h.members.len()))
        .collect();
    assert_eq!(seen, [(4, "1", "武岐村", "李建", 3), (7, "2", "武岐村", "王某", 1)]);
    let births: Vec<_> =
        parsed.rows.iter().flat_map(|(_, h)| &h.members).map(|m| m.birth.map(|b| (b.year, b.month, b.day))).collect();
    assert_eq!(
        births,
        [
            Some((1975, Some(9), Some(24))),
            Some((1979, Some(12), Some(31))),
            Some((1999, None, None)),
            Some((1961, Some(3), None))
        ]
    );
    assert_eq!(
        notes(&parsed),
        [(6, NoteKind::BirthYearOnly { found: "1999.1".into() }), (22, NoteKind::FooterLeftOut)]
    );
}

#[test]
fn a_member_under_a_head_without_a_number_belongs_to_the_head() {
    let rows = [
        person("1", "武岐村委会", "李建立", "户主"),
        person("", "", "宋立", "配偶"),
        person("", "武岐村委会", "李小", "子"),
        person("", "武岐村委会", "无编号户主", "户主"),
        person("", "武岐村委会", "其子", "子"),
        person("2", "武岐村委会", "王某", "户主"),
        person("", "大京村委会", "别村人", "子"),
    ];
    let parsed = read_households("a.csv", &table(&rows)).unwrap();
    let members: Vec<_> = parsed.rows.iter().map(|(_, h)| h.members.len()).collect();
    assert_eq!(members, [3, 1]);
    assert_eq!(notes(&parsed)[2..], [(3, NoteKind::KeyFromAbove), (4, NoteKind::KeyFromAbove)]);
    let missing = |row| (row, Some(Field::SourceKey), Reason::Missing);
    assert_eq!(problems(&parsed), [missing(5), missing(6), missing(8)]);
}

#[test]
fn a_roster_of_heads_only_is_read() {
    let parsed = read_households(
        "a.csv",
        "户号,镇,行政村,户主,手机,家庭人口,备注\n7,长春镇,武岐村,李建立,13800007340,4,脱贫户\n".as_bytes(),
    )
    .unwrap();
    let household = &parsed.rows[0].1;
    assert_eq!((household.head_name.as_str(), household.phone.as_deref()), ("李建立", Some("13800007340")));
    assert_eq!(household.remarks, ["脱贫户"]);
    assert_eq!(notes(&parsed), [(0, NoteKind::ColumnsLeftOut { names: vec!["家庭人口".into()] })]);
}

#[test]
fn the_name_of_the_head_in_its_own_column_tells_who_the_head_is() {
    let file = "户编号,乡镇,村,户主姓名,姓名\n1,长春镇,武岐村,李建立,宋立\n1,长春镇,武岐村,李建立,李建立\n1,长春镇,武岐村,李建立,\n";
    let parsed = read_households("a.csv", file.as_bytes()).unwrap();
    let names: Vec<_> = parsed.rows[0].1.members.iter().map(|m| m.name.as_str()).collect();
    assert_eq!(names, ["李建立", "宋立"]);
    assert_eq!(problems(&parsed), [(4, Some(Field::Name), Reason::Missing)]);
    assert_eq!(notes(&parsed), []);
}

#[test]
fn the_old_and_the_open_workbook_formats_are_read() {
    let rows: &[&[&str]] = &[
        &["花名册"],
        &["户编号", "乡镇", "村", "姓名", "与户主关系", "出生日期"],
        &["1", "长春镇", "武岐村", "李建立", "户主", "1975-09-24"],
    ];
    let cell = |text: &str| {
        format!("<table:table-cell office:value-type=\"string\"><text:p>{text}</text:p></table:table-cell>")
    };
    let row = |cells: &[&str]| {
        let cells: String = cells.iter().map(|text| cell(text)).collect();
        format!("<table:table-row>{cells}<table:table-cell table:number-columns-repeated=\"16000\"/></table:table-row>")
    };
    let open = ods(&format!(
        "{}{}<table:table-row><table:table-cell table:number-rows-spanned=\"2\" office:value-type=\"float\" office:value=\"1\"><text:p>1</text:p></table:table-cell>\
         {}{}{}{}<table:table-cell office:value-type=\"date\" office:date-value=\"1975-09-24\"><text:p>75年</text:p></table:table-cell></table:table-row>\
         <table:table-row><table:covered-table-cell/>{}{}{}{}</table:table-row>\
         <table:table-row table:number-rows-repeated=\"1048000\"><table:table-cell table:number-columns-repeated=\"16384\"/></table:table-row>",
        row(rows[0]),
        row(rows[1]),
        cell("长春镇"),
        cell("武岐村"),
        cell("李建立<office:annotation><text:p>批注</text:p></office:annotation>"),
        cell("户主"),
        cell("长春镇"),
        cell("武岐村"),
        cell("宋&amp;立"),
        cell("配偶"),
    ));
    let parsed = read_households("a.ods", &open).unwrap();
    assert_eq!((problems(&parsed), notes(&parsed)), (vec![], vec![]));
    let names: Vec<_> = parsed.rows[0].1.members.iter().map(|m| m.name.as_str()).collect();
    assert_eq!((parsed.rows[0].0.get(), names), (3, vec!["李建立", "宋&立"]));

    let parsed = read_households("a.xls", &xls(rows)).unwrap();
    assert_eq!((parsed.rows[0].0.get(), parsed.rows[0].1.head_name.as_str()), (3, "李建立"));
    assert_eq!(parsed.rows[0].1.members[0].birth.map(|b| (b.year, b.month, b.day)), Some((1975, Some(9), Some(24))));
}
