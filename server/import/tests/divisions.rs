//! Divisions as a county brings them.
#![allow(clippy::unwrap_used, reason = "tests")]
mod common;

use case_import::{Field, FileError, NoteKind, PlaceIndex, Reason, read_divisions};
use common::{csv, merge, notes, problems, put, xlsx};

const HEADER: &[&str] = &["村级代码", "省", "市", "县区", "乡镇街道代码", "乡镇街道", "村社区"];

fn line<'a>(code: &'a str, town_code: &'a str, town: &'a str, village: &'a str) -> Vec<&'a str> {
    vec![code, "福建省", "宁德市", "霞浦县", town_code, town, village]
}

#[test]
fn good_rows_come_with_all_their_codes() {
    let first = line("350921001001", "350921001", "松城街道", "龙津社区居委会");
    let marked = [b"\xef\xbb\xbf".to_vec(), csv(&[HEADER, &first])].concat();
    let parsed = read_divisions("区划.csv", &marked).unwrap();
    let (number, row) = &parsed.rows[0];
    assert_eq!(number.get(), 2);
    assert_eq!(
        (row.code.as_str(), row.town_code.as_str(), row.county_code.as_str()),
        ("350921001001", "350921001", "350921")
    );
    assert_eq!((row.town.as_str(), row.village.as_str()), ("松城街道", "龙津社区居委会"));
    assert_eq!(row.county.as_deref(), Some("霞浦县"));
    assert_eq!((row.city.as_deref(), row.province.as_deref()), (Some("宁德市"), Some("福建省")));
    assert_eq!((parsed.problems.len(), parsed.notes.len()), (0, 0));
}

#[test]
fn each_bad_row_is_named_and_the_others_go_in() {
    let rows = [
        line("350921001001", "350921001", "松城街道", "龙津社区居委会"),
        line("35092100100", "350921001", "松城街道", "少一位"),
        line("3.50921E+11", "350921001", "松城街道", "丢了位"),
        line("350921002001", "350921001", "松城街道", "不在其下"),
        line("350921001003", "350921001", "松城街道", ""),
        line("350921001001", "350921001", "松城街道", "西关社区居委会"),
        line("350921001001", "350921001", "松城街道", "龙津 社区居委会"),
        line("350921001004", "350921001", "另一街道", "彩虹社区"),
        line("", "350921001", "松城街道", "没有代码"),
        line("350921001005", "350921001000", "松城街道", "大（氵甸）村委会"),
    ];
    let table: Vec<&[&str]> = std::iter::once(HEADER).chain(rows.iter().map(Vec::as_slice)).collect();
    let parsed = read_divisions("a.csv", &csv(&table)).unwrap();
    assert_eq!(parsed.rows.iter().map(|(row, _)| row.get()).collect::<Vec<_>>(), [2, 11]);
    assert_eq!(parsed.rows[1].1.village, "大（氵甸）村委会");
    let problems = problems(&parsed);
    let reasons: Vec<_> = problems.iter().map(|(row, field, reason)| (*row, field.unwrap(), reason)).collect();
    assert!(matches!(reasons[0], (3, Field::VillageCode, Reason::BadCode { digits: 12, .. })));
    assert!(matches!(reasons[1], (4, Field::VillageCode, Reason::CodeLostDigits { .. })));
    assert!(matches!(reasons[2], (5, Field::VillageCode, Reason::CodeNotUnderTown { .. })));
    assert_eq!(reasons[3], (6, Field::Village, &Reason::Missing));
    assert!(
        matches!(reasons[4], (7, Field::VillageCode, Reason::SameCodeOtherName { first_row, name, .. }) if first_row.get() == 2 && name == "西关社区居委会")
    );
    assert!(matches!(reasons[5], (9, Field::TownCode, Reason::SameCodeOtherName { .. })));
    assert_eq!(reasons[6], (10, Field::VillageCode, &Reason::Missing));
    assert!(matches!(notes(&parsed).as_slice(), [(8, NoteKind::RepeatedRow { first_row })] if first_row.get() == 2));
}

#[test]
fn a_workbook_with_titles_merged_towns_and_numbers_for_codes_is_read() {
    let file = xlsx(|sheet| {
        merge(sheet, (0, 0), (0, 6), "霞浦县行政区划代码表");
        put(sheet, 1, &[&["单位：个"], HEADER]);
        for (row, code) in [(3, 350_921_001_001.0), (4, 350_921_001_002.0), (5, 350_921_002_001.0)] {
            sheet.write_number(row, 0, code).unwrap();
        }
        merge(sheet, (3, 5), (1, 1), "福建省");
        merge(sheet, (3, 5), (3, 3), "霞浦县");
        merge(sheet, (3, 4), (5, 5), "松城街道");
        put(sheet, 3, &[&["", "", "", "", "", "", "龙津社区"], &["", "", "", "", "", "", "西关社区"]]);
        put(sheet, 5, &[&["", "", "", "", "", "松港街道", "东关村委会"], &["合计", "3"]]);
        put(sheet, 12, &[&["", " ", "\u{3000}"], &["制表人：某某"]]);
    });
    let parsed = read_divisions("区划.xlsx", &file).unwrap();
    let seen: Vec<_> = parsed
        .rows
        .iter()
        .map(|(row, d)| (row.get(), d.town.as_str(), d.village.as_str(), d.province.as_deref()))
        .collect();
    assert_eq!(
        seen,
        [
            (4, "松城街道", "龙津社区", Some("福建省")),
            (5, "松城街道", "西关社区", Some("福建省")),
            (6, "松港街道", "东关村委会", Some("福建省")),
        ]
    );
    assert_eq!(problems(&parsed), []);
    assert_eq!(notes(&parsed), [(7, NoteKind::FooterLeftOut), (14, NoteKind::FooterLeftOut)]);
}

#[test]
fn gbk_and_other_separators_are_recognised() {
    let text = "区划代码\t乡镇\t村（社区）\n350921001001\t松城街道\t龙津社区\n";
    for (text, name) in
        [(text.to_owned(), "a.xls"), (text.replace('\t', ";"), "a.csv"), (text.replace('\t', "|"), "a.txt")]
    {
        let bytes = encoding_rs::GBK.encode(&text).0;
        let parsed = read_divisions(name, &bytes).unwrap();
        assert_eq!(parsed.rows.len(), 1, "{name}");
        assert_eq!(parsed.rows[0].1.village, "龙津社区");
    }
}

#[test]
fn a_file_that_is_something_else_says_so() {
    let refused = |name: &str, bytes: &[u8]| read_divisions(name, bytes).unwrap_err();
    assert_eq!(refused("a.csv", b""), FileError::Empty);
    assert_eq!(refused("a.csv", b" \r\n\r\n"), FileError::Empty);
    assert_eq!(refused("a.csv", b",,,\r\n,,\r\n"), FileError::Empty);
    assert_eq!(refused("a.xlsx", b"PK\x03\x04 and no more"), FileError::Damaged);
    assert_eq!(refused("a.xls", b"<html><table><tr><td>x</td></tr></table></html>"), FileError::WebPage);
    assert_eq!(refused("a.pdf", b"%PDF-1.4\n\0\0"), FileError::UnknownFormat);
    assert_eq!(refused("a.jsonl", b"{\"a\":1}"), FileError::UnknownFormat);
    assert_eq!(refused("a.xlsx", &xlsx(|_| {})), FileError::Empty);
    let no_village = refused("a.csv", "标题\n代码,乡镇\n350921001001,松城街道\n".as_bytes());
    assert!(
        matches!(no_village, FileError::NoHeader { nearest_row: Some(row), ref missing } if row.get() == 2 && *missing == [Field::Village])
    );
    let nothing = refused("a.csv", "一,二\n三,四\n".as_bytes());
    assert_eq!(
        nothing,
        FileError::NoHeader { nearest_row: None, missing: vec![Field::VillageCode, Field::Town, Field::Village] }
    );
}

#[test]
fn the_sheet_with_the_table_is_found_and_the_others_are_named() {
    let mut book = rust_xlsxwriter::Workbook::new();
    put(book.add_worksheet().set_name("说明").unwrap(), 0, &[&["填写说明"], &["请按下表填写"]]);
    put(
        book.add_worksheet().set_name("区划").unwrap(),
        0,
        &[HEADER, &line("350921001001", "350921001", "松城街道", "龙津社区")],
    );
    book.add_worksheet().set_name("空").unwrap();
    let parsed = read_divisions("a.xlsx", &book.save_to_buffer().unwrap()).unwrap();
    assert_eq!(parsed.rows.len(), 1);
    assert_eq!(notes(&parsed), [(0, NoteKind::SheetsLeftOut { names: vec!["说明".into()] })]);
}

#[test]
fn the_index_is_built_from_what_was_read() {
    let rows = line("350921001001", "350921001", "松城街道", "龙津社区居委会");
    let parsed = read_divisions("a.csv", &csv(&[HEADER, &rows])).unwrap();
    let index = PlaceIndex::new(parsed.rows.iter().map(|(_, row)| row));
    assert_eq!(index.find("松城街道", "龙津社区").unwrap(), parsed.rows[0].1.code);
}
