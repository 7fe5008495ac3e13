//! Workbooks and texts as officials make them, written by the tests themselves. All persons are
//! invented.
#![allow(dead_code, reason = "each test file uses some of it")]
#![allow(clippy::unwrap_used, reason = "tests")]
use std::io::{Cursor, Write};

use case_import::{Field, Note, NoteKind, Parsed, Reason};
use rust_xlsxwriter::{Format, Workbook, Worksheet};

/// A workbook with one sheet.
pub fn xlsx(fill: impl FnOnce(&mut Worksheet)) -> Vec<u8> {
    let mut book = Workbook::new();
    fill(book.add_worksheet());
    book.save_to_buffer().unwrap()
}

/// Writes rows of text from a row on; empty texts are no cells.
pub fn put(sheet: &mut Worksheet, first: u32, rows: &[&[&str]]) {
    for (row, cells) in (first..).zip(rows) {
        for (column, text) in (0u16..).zip(*cells) {
            if !text.is_empty() {
                sheet.write_string(row, column, *text).unwrap();
            }
        }
    }
}

pub fn merge(sheet: &mut Worksheet, rows: (u32, u32), columns: (u16, u16), text: &str) {
    sheet.merge_range(rows.0, columns.0, rows.1, columns.1, text, &Format::new()).unwrap();
}

pub fn csv(rows: &[&[&str]]) -> Vec<u8> {
    rows.iter().map(|row| row.join(",") + "\r\n").collect::<String>().into_bytes()
}

/// An OpenDocument sheet from the inside of its `table:table`.
pub fn ods(table: &str) -> Vec<u8> {
    let content = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?><office:document-content><office:body><office:spreadsheet>\
         <table:table table:name=\"表\">{table}</table:table></office:spreadsheet></office:body></office:document-content>"
    );
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    writer.start_file("content.xml", zip::write::SimpleFileOptions::default()).unwrap();
    writer.write_all(content.as_bytes()).unwrap();
    writer.finish().unwrap().into_inner()
}

/// A workbook of 1997 with one sheet of texts.
pub fn xls(rows: &[&[&str]]) -> Vec<u8> {
    let mut cells = Vec::new();
    for (row, texts) in (0u16..).zip(rows) {
        for (column, text) in (0u16..).zip(*texts) {
            cells.push(label(row, column, text));
        }
    }
    xls_of(&cells.concat())
}

/// A workbook of 1997 from the records of its only sheet.
pub fn xls_of(records: &[u8]) -> Vec<u8> {
    let bof = |kind: u16| {
        let mut data = vec![0u8; 16];
        data[0..2].copy_from_slice(&0x0600u16.to_le_bytes());
        data[2..4].copy_from_slice(&kind.to_le_bytes());
        record(0x0809, &data)
    };
    let codepage = record(0x0042, &1200u16.to_le_bytes());
    let sheet_name = [&[0u8, 0, 2, 0][..], b"S1"].concat();
    let globals_length = bof(5).len() + codepage.len() + 4 + 4 + sheet_name.len() + 4;
    let position = u32::try_from(globals_length).unwrap().to_le_bytes();
    let bound = record(0x0085, &[&position[..], &sheet_name].concat());
    let end = record(0x000A, &[]);
    let mut stream = [bof(5), codepage, bound, end.clone(), bof(0x10), records.to_vec(), end].concat();
    // Short streams live elsewhere in the container.
    stream.resize(stream.len().max(8192), 0);
    let mut file = cfb::CompoundFile::create_with_version(cfb::Version::V3, Cursor::new(Vec::new())).unwrap();
    file.create_stream("/Workbook").unwrap().write_all(&stream).unwrap();
    file.flush().unwrap();
    file.into_inner().into_inner()
}

pub fn record(kind: u16, data: &[u8]) -> Vec<u8> {
    let length = u16::try_from(data.len()).unwrap();
    [&kind.to_le_bytes()[..], &length.to_le_bytes(), data].concat()
}

pub fn label(row: u16, column: u16, text: &str) -> Vec<u8> {
    let wide: Vec<u16> = text.encode_utf16().collect();
    let mut data = Vec::new();
    for number in [row, column, 0, u16::try_from(wide.len()).unwrap()] {
        data.extend(number.to_le_bytes());
    }
    data.push(1);
    data.extend(wide.iter().flat_map(|unit| unit.to_le_bytes()));
    record(0x0204, &data)
}

/// The problems as (row, field, reason).
pub fn problems<T>(parsed: &Parsed<T>) -> Vec<(u32, Option<Field>, Reason)> {
    parsed.problems.iter().map(|p| (p.row.get(), p.field, p.reason.clone())).collect()
}

/// The notes as (row, kind); 0 for the file's.
pub fn notes<T>(parsed: &Parsed<T>) -> Vec<(u32, NoteKind)> {
    let number = |note: &Note| note.row.map_or(0, |row| row.get());
    parsed.notes.iter().map(|note| (number(note), note.kind.clone())).collect()
}
