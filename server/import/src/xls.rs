//! XLS, the workbooks of before 2007, by way of `calamine`.
//!
//! That reader makes room for every cell between the first and the last of each sheet, and believes
//! the size a sheet announces. So the records are walked once beforehand, without being understood,
//! only to see how far the cells reach.
use std::io::{Cursor, Read};

use calamine::{Data, Reader, SheetType, SheetVisible, Xls, XlsError};

use crate::cell::Cell;
use crate::problem::FileError;
use crate::sheet::{Builder, MAX_BYTES, Sheet};
use crate::xlsx;

/// No sheet of this format has more cells.
const FULL_SHEET: u64 = 65_536 * 256;
/// Cells in all the rectangles of all the sheets.
const MAX_AREA: u64 = 20_000_000;
const MAX_RECORDS: usize = 20_000_000;

pub(crate) fn sheets(bytes: &[u8]) -> Result<Vec<Sheet>, FileError> {
    check(&workbook_stream(bytes)?)?;
    let mut book = Xls::new(Cursor::new(bytes)).map_err(damage)?;
    let named = |visible: bool| -> Vec<String> {
        book.sheets_metadata()
            .iter()
            .filter(|sheet| sheet.typ == SheetType::WorkSheet)
            .filter(|sheet| (sheet.visible == SheetVisible::Visible) == visible)
            .map(|sheet| sheet.name.clone())
            .collect()
    };
    let mut names = named(true);
    if names.is_empty() {
        names = named(false);
    }
    names.into_iter().take(64).map(|name| sheet(&mut book, name)).collect()
}

fn sheet(book: &mut Xls<Cursor<&[u8]>>, name: String) -> Result<Sheet, FileError> {
    let range = book.worksheet_range(&name).map_err(damage)?;
    let (first_row, first_column) = range.start().unwrap_or((0, 0));
    let mut builder = Builder::new();
    for (row, column, value) in range.used_cells() {
        let row = u32::try_from(row).unwrap_or(u32::MAX).saturating_add(first_row);
        builder.put(row.saturating_add(1), column + first_column as usize, cell(value))?;
    }
    let merges = book.merge_cells_by_sheet_name(&name).map_err(damage)?;
    builder.finish(name, merges.iter().map(xlsx::merge).collect())
}

fn cell(value: &Data) -> Cell {
    match value {
        Data::Int(number) => Cell::Number(*number as f64),
        Data::Float(number) => Cell::Number(*number),
        Data::String(text) | Data::DateTimeIso(text) | Data::DurationIso(text) => Cell::text(text.as_str()),
        Data::Bool(value) => xlsx::boolean(*value),
        Data::DateTime(at) => xlsx::moment(at),
        Data::Error(_) | Data::Empty => Cell::Empty,
    }
}

fn damage(error: XlsError) -> FileError {
    match error {
        XlsError::Password => FileError::PasswordProtected,
        _ => FileError::Damaged,
    }
}

fn workbook_stream(bytes: &[u8]) -> Result<Vec<u8>, FileError> {
    let mut file = cfb::CompoundFile::open(Cursor::new(bytes)).map_err(|_| FileError::Damaged)?;
    // A new workbook with a password hides in this old kind of container.
    if file.exists("/EncryptedPackage") {
        return Err(FileError::PasswordProtected);
    }
    let mut stream = Vec::new();
    for name in ["/Workbook", "/Book"] {
        if file.is_stream(name) {
            let entry = file.open_stream(name).map_err(|_| FileError::Damaged)?;
            let mut part = Vec::new();
            entry.take(MAX_BYTES as u64).read_to_end(&mut part).map_err(|_| FileError::Damaged)?;
            stream = part;
            break;
        }
    }
    if stream.is_empty() { Err(FileError::UnknownFormat) } else { Ok(stream) }
}

/// The records of a stream from a position on: a type, a length, so many bytes.
fn records(stream: &[u8], position: usize) -> impl Iterator<Item = (u16, &[u8])> {
    let mut rest = stream.get(position..).unwrap_or_default();
    std::iter::from_fn(move || {
        let (head, tail) = rest.split_at_checked(4)?;
        let length = usize::from(u16_at(head, 2)?);
        let (data, next) = tail.split_at_checked(length)?;
        rest = next;
        Some((u16_at(head, 0)?, data))
    })
}

fn u16_at(data: &[u8], at: usize) -> Option<u16> {
    Some(u16::from_le_bytes([*data.get(at)?, *data.get(at + 1)?]))
}

fn u32_at(data: &[u8], at: usize) -> Option<u32> {
    Some(u32::from(u16_at(data, at)?) | u32::from(u16_at(data, at + 2)?) << 16)
}

fn check(stream: &[u8]) -> Result<(), FileError> {
    let mut area = 0u64;
    let mut budget = MAX_RECORDS;
    let starts: Vec<usize> = records(stream, 0)
        .filter(|(kind, _)| *kind == 0x0085)
        .filter_map(|(_, data)| usize::try_from(u32_at(data, 0)?).ok())
        .collect();
    for start in starts {
        area += sheet_area(stream, start, &mut budget)?;
        if area > MAX_AREA {
            return Err(FileError::UnpacksTooLarge { limit: MAX_AREA });
        }
    }
    Ok(())
}

fn sheet_area(stream: &[u8], start: usize, budget: &mut usize) -> Result<u64, FileError> {
    let (mut rows, mut columns) = ((u32::MAX, 0u32), (u32::MAX, 0u32));
    // Charts inside a sheet are substreams of their own between a beginning and an end.
    let mut depth = 0usize;
    for (kind, data) in records(stream, start) {
        *budget = budget.checked_sub(1).ok_or(FileError::TooManyCells { limit: MAX_RECORDS })?;
        match kind {
            0x0809 => depth += 1,
            0x000A if depth <= 1 => break,
            0x000A => depth -= 1,
            0x0200 => announcement(data)?,
            // Formula, several numbers, text, text of the table, number, label, boolean, RK number
            0x0006 | 0x00BD | 0x00D6 | 0x00FD | 0x0203 | 0x0204 | 0x0205 | 0x027E => {
                let (Some(row), Some(column)) = (u16_at(data, 0), u16_at(data, 2)) else {
                    continue;
                };
                // Several numbers in one record: six bytes for each.
                let more = if kind == 0x00BD { u32::try_from(data.len() / 6).unwrap_or(0) } else { 0 };
                rows = (rows.0.min(row.into()), rows.1.max(row.into()));
                columns = (columns.0.min(column.into()), columns.1.max(u32::from(column) + more));
            }
            _ => {}
        }
    }
    if rows.0 > rows.1 {
        return Ok(0);
    }
    Ok(u64::from(rows.1 - rows.0 + 1) * u64::from(columns.1 - columns.0 + 1))
}

/// The size a sheet says it has (the ends not included): rows in four bytes each in the newer
/// records, in two in the older.
fn announcement(data: &[u8]) -> Result<(), FileError> {
    let short = |at| u16_at(data, at).map(u32::from);
    let (first_row, last_row, first_column, last_column) = if data.len() >= 14 {
        (u32_at(data, 0), u32_at(data, 4), short(8), short(10))
    } else {
        (short(0), short(2), short(4), short(6))
    };
    let (Some(first_row), Some(last_row), Some(_), Some(last_column)) =
        (first_row, last_row, first_column, last_column)
    else {
        return Ok(());
    };
    let backwards = last_row >= 1 && last_column >= 1 && first_row > last_row;
    let area = u64::from(last_row.saturating_sub(first_row)) * u64::from(last_column);
    if backwards || area > FULL_SHEET { Err(FileError::Damaged) } else { Ok(()) }
}
