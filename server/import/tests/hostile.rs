//! Files made to do harm, and files that are noise: every one is answered, none brings the program
//! down or takes all its memory.
#![allow(clippy::unwrap_used, reason = "tests")]
mod common;

use std::io::{Cursor, Write};

use case_import::{FileError, Kind, MAX_BYTES, read_divisions, read_households, read_matters};
use common::{label, ods, put, record, xls, xls_of, xlsx};
use proptest::prelude::*;

fn read_all(name: &str, bytes: &[u8]) -> [Result<usize, FileError>; 3] {
    [
        read_divisions(name, bytes).map(|parsed| parsed.rows.len()),
        read_households(name, bytes).map(|parsed| parsed.rows.len()),
        read_matters(name, bytes).map(|parsed| parsed.rows.len()),
    ]
}

#[test]
fn a_file_beyond_the_limit_is_not_even_opened() {
    let big = vec![b'a'; MAX_BYTES + 1];
    for result in read_all("a.csv", &big) {
        assert_eq!(result, Err(FileError::TooLarge { limit: MAX_BYTES }));
    }
}

#[test]
fn one_field_of_ten_megabytes_is_a_problem_of_its_row() {
    let file = format!("标题,内容,时间\n长,\"{}\",2020-01-01\n短,好,2020-01-01\n", "长".repeat(3_500_000));
    let parsed = read_matters("m.csv", file.as_bytes()).unwrap();
    assert_eq!((parsed.rows.len(), parsed.problems.len()), (1, 1));
    assert_eq!(parsed.problems[0].row.get(), 2);
}

#[test]
fn too_many_rows_are_refused() {
    let file = "户编号,乡镇,村,姓名\n".to_owned() + &"1,a,b,c\n".repeat(200_001);
    assert!(matches!(read_households("a.csv", file.as_bytes()), Err(FileError::TooManyRows { .. })));
    let lines = "{}\n".repeat(200_001);
    assert!(matches!(read_matters("a.jsonl", lines.as_bytes()), Err(FileError::TooManyRows { .. })));
}

#[test]
fn millions_of_separators_are_no_millions_of_cells() {
    let file = "户编号,乡镇,村,姓名\n".to_owned() + &",".repeat(3_000_000);
    assert_eq!(read_households("a.csv", file.as_bytes()).unwrap().rows.len(), 0);
}

/// Replaces a part of the first sheet inside a workbook.
fn with_sheet_data(cells: &str) -> Vec<u8> {
    let book = xlsx(|sheet| put(sheet, 0, &[&["户编号", "乡镇", "村", "姓名"]]));
    let mut archive = zip::ZipArchive::new(Cursor::new(book)).unwrap();
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for index in 0..archive.len() {
        let entry = archive.by_index(index).unwrap();
        let name = entry.name().unwrap().into_owned();
        if name.ends_with("sheet1.xml") {
            writer.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
            write!(writer, "<worksheet><sheetData>{cells}</sheetData></worksheet>").unwrap();
        } else {
            writer.raw_copy_file(entry).unwrap();
        }
    }
    writer.finish().unwrap().into_inner()
}

#[test]
fn a_cell_in_the_far_corner_takes_no_memory() {
    let header: String = ["户编号", "乡镇", "村", "姓名"]
        .iter()
        .zip("ABCD".chars())
        .map(|(text, column)| format!("<c r=\"{column}1\" t=\"inlineStr\"><is><t>{text}</t></is></c>"))
        .collect();
    let corner = "<c r=\"XFD1048576\" t=\"inlineStr\"><is><t>角</t></is></c>";
    let file = with_sheet_data(&format!("<row r=\"1\">{header}</row><row r=\"1048576\">{corner}</row>"));
    let parsed = read_households("a.xlsx", &file).unwrap();
    assert_eq!((parsed.rows.len(), parsed.problems.len()), (0, 0));
    for broken in [
        "<row r=\"0\"><c r=\"A0\"><v>1</v></c></row>",
        "<row r=\"99999999999\"/>",
        "<c r=\"ZZZZZZZ1\"/>",
        "<row><c r=\"\" t=\"s\"><v>77</v></c></row>",
        "<row><c",
    ] {
        let _ = read_all("a.xlsx", &with_sheet_data(broken));
    }
}

#[test]
fn an_old_workbook_that_announces_too_much_is_damaged() {
    let mut announcement = vec![0u8; 14];
    announcement[4..8].copy_from_slice(&u32::MAX.to_le_bytes());
    announcement[10..12].copy_from_slice(&u16::MAX.to_le_bytes());
    assert_eq!(read_all("a.xls", &xls_of(&record(0x0200, &announcement)))[0], Err(FileError::Damaged));
    let corners = [label(0, 0, "角"), label(u16::MAX, u16::MAX, "角")].concat();
    assert!(matches!(read_all("a.xls", &xls_of(&corners))[0], Err(FileError::UnpacksTooLarge { .. })));
}

#[test]
fn an_open_document_that_repeats_itself_a_million_times_is_stopped() {
    let cell = "<table:table-cell table:number-columns-repeated=\"16384\" office:value-type=\"string\"><text:p>重</text:p></table:table-cell>";
    let row = format!("<table:table-row table:number-rows-repeated=\"1048576\">{cell}</table:table-row>");
    assert!(matches!(
        read_all("a.ods", &ods(&row))[0],
        Err(FileError::TooManyCells { .. } | FileError::TooManyRows { .. })
    ));
    for broken in [
        "<table:table-row>",
        "<table:table-row><table:table-cell>",
        "<table:table-row table:number-rows-repeated=\"-5\"/>",
        "&#0;<![CDATA[",
    ] {
        let _ = read_all("a.ods", &ods(broken));
    }
}

#[test]
fn a_workbook_with_a_password_says_so() {
    let mut file = cfb::CompoundFile::create(Cursor::new(Vec::new())).unwrap();
    file.create_stream("/EncryptedPackage").unwrap().write_all(&[0; 5000]).unwrap();
    file.flush().unwrap();
    let bytes = file.into_inner().into_inner();
    assert_eq!(read_all("a.xlsx", &bytes)[1], Err(FileError::PasswordProtected));
}

#[test]
fn kinds_have_names() {
    for kind in Kind::ALL {
        assert_eq!(kind.as_str().parse(), Ok(kind));
    }
    assert!("people".parse::<Kind>().is_err());
}

fn workbooks() -> Vec<(&'static str, Vec<u8>)> {
    let rows: &[&[&str]] = &[
        &["户编号", "乡镇", "村", "姓名", "代码", "标题", "内容", "时间"],
        &["1", "长春镇", "武岐村", "李建立", "350921001001", "t", "b", "2020-01-01"],
    ];
    let table: String = rows
        .iter()
        .map(|row| {
            let cells: String = row
                .iter()
                .map(|text| format!("<table:table-cell><text:p>{text}</text:p></table:table-cell>"))
                .collect();
            format!("<table:table-row>{cells}</table:table-row>")
        })
        .collect();
    vec![
        ("a.xlsx", xlsx(|sheet| put(sheet, 0, rows))),
        ("a.xls", xls(rows)),
        ("a.ods", ods(&table)),
        ("a.csv", rows.iter().map(|row| row.join(",") + "\n").collect::<String>().into_bytes()),
        ("a.jsonl", "{\"id\":\"1\",\"title\":\"t\",\"body\":\"b\",\"time\":\"2020-01-01\"}\n".as_bytes().to_vec()),
    ]
}

#[test]
fn the_workbooks_damaged_below_are_good_ones() {
    for (name, bytes) in workbooks() {
        let results = read_all(name, &bytes);
        assert!(results.contains(&Ok(1)), "{name}: {results:?}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn noise_is_answered(bytes in proptest::collection::vec(any::<u8>(), 0..2000), start in 0usize..5) {
        let start: &[u8] = [&b""[..], b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"\xff\xfe", b"{"][start];
        for name in ["a.xlsx", "a.xls", "a.csv", "a.jsonl", ""] {
            let _ = read_all(name, &[start, &bytes].concat());
        }
    }

    #[test]
    fn words_in_any_order_are_answered(words in proptest::collection::vec(
        proptest::sample::select(vec!["户编号", "乡镇", "村", "姓名", "村级代码", "标题", "内容", "时间", "与户主关系", "户主", "1", "2020-02-30", "1947.1", "\"", ",", ",", ",", "\n", "\n", "\t", "{", "}", ":", "null", "\u{fffd}", "合计", "\u{0}", "99999999999999999999"]), 0..60)) {
        for name in ["a.csv", "a.jsonl"] {
            let _ = read_all(name, words.concat().as_bytes());
        }
    }

    #[test]
    fn a_table_with_arbitrary_cells_is_answered(cells in proptest::collection::vec(("\\PC{0,8}", "[0-9./年月日 -]{0,12}", any::<f64>()), 1..12)) {
        let bytes = xlsx(|sheet| {
            put(sheet, 0, &[&["户编号", "乡镇", "村", "姓名", "出生日期", "代码", "标题", "内容", "时间"]]);
            for (row, (text, date, number)) in (1u32..).zip(&cells) {
                for column in 0..9u16 {
                    match (row + u32::from(column)) % 3 {
                        0 => { let _ = sheet.write_string(row, column, text); }
                        1 => { let _ = sheet.write_string(row, column, date); }
                        _ => { let _ = sheet.write_number(row, column, *number); }
                    }
                }
            }
        });
        for result in read_all("a.xlsx", &bytes) {
            prop_assert!(result.is_ok(), "{:?}", result);
        }
    }

    #[test]
    fn a_damaged_workbook_is_answered(which in 0usize..5, changes in proptest::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..12), cut in any::<prop::sample::Index>(), shorten: bool) {
        let (name, mut bytes) = workbooks().swap_remove(which);
        for (at, value) in changes {
            let at = at.index(bytes.len());
            bytes[at] = value;
        }
        if shorten {
            bytes.truncate(cut.index(bytes.len()));
        }
        let _ = read_all(name, &bytes);
    }
}
