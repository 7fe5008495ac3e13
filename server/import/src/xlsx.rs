//! XLSX, by way of `calamine`, cell by cell: the whole-sheet call would make room for every cell
//! between the first and the last, and a stray blank at the far corner is 17 thousand million.
use std::io::Cursor;

use calamine::{DataRef, Dimensions, ExcelDateTime, Reader, SheetType, SheetVisible, Xlsx, XlsxError};
use chrono::NaiveDate;

use crate::cell::Cell;
use crate::problem::FileError;
use crate::sheet::{Builder, Merge, Sheet};

/// The visible worksheets in order; the hidden ones only when there are no others.
pub(crate) fn sheets(bytes: &[u8]) -> Result<Vec<Sheet>, FileError> {
    let mut book = Xlsx::new(Cursor::new(bytes)).map_err(damage)?;
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

fn sheet(book: &mut Xlsx<Cursor<&[u8]>>, name: String) -> Result<Sheet, FileError> {
    let mut builder = Builder::new();
    match book.worksheet_cells_reader(&name) {
        Ok(mut cells) => {
            while let Some(next) = cells.next_cell().map_err(damage)? {
                let (row, column) = next.get_position();
                builder.put(row.saturating_add(1), column as usize, cell(next.get_value()))?;
            }
        }
        Err(XlsxError::NotAWorksheet(_)) => {}
        Err(error) => return Err(damage(error)),
    }
    let merges = book.merge_cells_by_sheet_name(&name).map_err(damage)?;
    builder.finish(name, merges.iter().map(merge).collect())
}

pub(crate) fn merge(region: &Dimensions) -> Merge {
    Merge {
        rows: (region.start.0.saturating_add(1), region.end.0.saturating_add(1)),
        columns: (region.start.1 as usize, region.end.1 as usize),
    }
}

fn cell(value: &DataRef<'_>) -> Cell {
    match value {
        DataRef::Int(number) => Cell::Number(*number as f64),
        DataRef::Float(number) => Cell::Number(*number),
        DataRef::String(text) | DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => Cell::text(text.as_str()),
        DataRef::SharedString(text) => Cell::text(*text),
        DataRef::Bool(value) => boolean(*value),
        DataRef::DateTime(at) => moment(at),
        // A formula that failed (#N/A) has nothing to tell.
        DataRef::Error(_) | DataRef::Empty => Cell::Empty,
    }
}

pub(crate) fn boolean(value: bool) -> Cell {
    Cell::text(if value { "是" } else { "否" })
}

pub(crate) fn moment(at: &ExcelDateTime) -> Cell {
    let (year, month, day, hour, minute, second, _) = at.to_ymd_hms_milli();
    NaiveDate::from_ymd_opt(year.into(), month.into(), day.into())
        .and_then(|date| date.and_hms_opt(hour.into(), minute.into(), second.into()))
        .map_or(Cell::Number(at.as_f64()), Cell::Moment)
}

fn damage(error: XlsxError) -> FileError {
    match error {
        XlsxError::Password => FileError::PasswordProtected,
        _ => FileError::Damaged,
    }
}
