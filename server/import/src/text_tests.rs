#![allow(clippy::unwrap_used, reason = "tests")]
use super::*;

fn cells(text: &str, delimiter: u8) -> Vec<(u32, Vec<String>)> {
    let table = delimited(text, delimiter, usize::MAX).unwrap();
    table.sheet.rows.iter().map(|row| (row.number, row.cells.iter().map(Cell::raw).collect())).collect()
}

fn row(number: u32, cells: &[&str]) -> (u32, Vec<String>) {
    (number, cells.iter().map(|cell| (*cell).to_owned()).collect())
}

#[test]
fn rows_are_counted_as_a_spreadsheet_counts_them() {
    let text = "标题\n\n甲,乙\n\"两\n行\",丙\n\n\n丁,戊";
    let want = [row(1, &["标题"]), row(3, &["甲", "乙"]), row(4, &["两\n行", "丙"]), row(7, &["丁", "戊"])];
    assert_eq!(cells(text, b','), want);
}

#[test]
fn quotes_inside_cells_stay() {
    assert_eq!(cells("他说\"好\",\"又说\"\"行\"\"\"\n", b','), [row(1, &["他说\"好\"", "又说\"行\""])]);
}

#[test]
fn an_open_quotation_mark_costs_one_row_only() {
    let table = delimited("甲,乙\n\"丙,丁\n戊,己\n庚,辛\n", b',', usize::MAX).unwrap();
    assert_eq!(table.unclosed, [2]);
    assert_eq!(table.sheet.rows.iter().map(|row| row.number).collect::<Vec<_>>(), [1, 3, 4]);
}

#[test]
fn every_usual_encoding_is_recognised() {
    let text = "户编号,姓名\n1,张三\n2,艾力·热合曼";
    let gbk = encoding_rs::GB18030.encode(text).0.into_owned();
    let marked = [b"\xef\xbb\xbf", text.as_bytes()].concat();
    let wide: Vec<u8> = std::iter::once(0xfeff).chain(text.encode_utf16()).flat_map(u16::to_le_bytes).collect();
    for bytes in [text.as_bytes().to_vec(), gbk, marked, wide] {
        assert_eq!(decode(&bytes).unwrap(), Decoded { text: text.to_owned(), damaged: false });
    }
}

#[test]
fn a_rare_character_of_four_bytes_survives() {
    let bytes = encoding_rs::GB18030.encode("那𡌶村委会").0.into_owned();
    assert_eq!(decode(&bytes).unwrap().text, "那𡌶村委会");
}

#[test]
fn a_file_cut_inside_a_character_keeps_its_encoding() {
    let text = "户编号,姓名\n".repeat(30) + "1,张三";
    let cut = decode(&text.as_bytes()[..text.len() - 1]).unwrap();
    assert!(cut.damaged && cut.text.ends_with("1,张\u{fffd}"), "{:?}", cut.text);
}

#[test]
fn noise_is_no_text() {
    assert_eq!(decode(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"), Err(FileError::UnknownFormat));
    let noise: Vec<u8> = (0..4000u32).map(|i| (i.wrapping_mul(2_654_435_761) >> 13) as u8 | 0x81).collect();
    assert_eq!(decode(&noise), Err(FileError::UnknownEncoding));
}

proptest::proptest! {
    #[test]
    fn no_text_makes_the_reader_stumble(text in "[a,;\"\n\r甲\t ]{0,200}", delimiter in proptest::sample::select(b",;\t".to_vec())) {
        let _ = delimited(&text, delimiter, 1000);
    }

    #[test]
    fn what_is_written_is_read(cells in proptest::collection::vec(proptest::collection::vec("[a,;\"\n甲]{0,6}x", 1..5), 1..20)) {
        let text: String = cells.iter().map(|row| {
            row.iter().map(|cell| format!("\"{}\"", cell.replace('"', "\"\""))).collect::<Vec<_>>().join(",") + "\n"
        }).collect();
        let read = super::tests::cells(&text, b',');
        proptest::prop_assert_eq!(read.len(), cells.len());
        for (index, ((number, read), written)) in read.iter().zip(&cells).enumerate() {
            proptest::prop_assert_eq!(*number as usize, index + 1);
            proptest::prop_assert_eq!(read, written);
        }
    }
}
