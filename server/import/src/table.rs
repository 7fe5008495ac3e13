//! 表: a sheet whose header row has been found.
//!
//! Officials' tables begin with a title or two, and end with sums and signatures. The header is the
//! row that names the columns; everything above it is title. Cells merged downwards hold for every
//! row they span, in the columns where that is meant (see [`Schema::shared`]).
use crate::cell::{self, Cell};
use crate::field::{Field, Schema};
use crate::format::Source;
use crate::problem::{FileError, NoteKind, Parsed, Reason, RowNumber};
use crate::sheet::{MAX_CELLS, Merge, Sheet, SheetRow};
use crate::text;

/// The header is looked for in this many rows.
const HEADER_WITHIN: usize = 60;
/// What holds for several rows is a name or a number, not a text; in bytes.
const MAX_SHARED: usize = 512;
const FOOTERS: &[&str] =
    &["合计", "总计", "小计", "共计", "制表", "填表", "审核", "说明", "注:", "备注:", "单位负责人", "统计人", "打印"];

pub(crate) struct Table {
    columns: Vec<(Field, usize)>,
    rows: Vec<SheetRow>,
}

/// One row under the header.
#[derive(Clone, Copy)]
pub(crate) struct Record<'t> {
    table: &'t Table,
    row: &'t SheetRow,
}

impl<'t> Record<'t> {
    pub(crate) fn number(&self) -> u32 {
        self.row.number
    }

    pub(crate) fn cell(&self, field: Field) -> &'t Cell {
        self.table.column(field).map_or(&cell::EMPTY, |column| self.row.cell(column))
    }

    pub(crate) fn line(&self, field: Field) -> String {
        self.cell(field).line()
    }

    /// Whether the table has such a column.
    pub(crate) fn has(&self, field: Field) -> bool {
        self.table.column(field).is_some()
    }

    /// Every cell that belongs to a column known, as one text to compare rows by.
    pub(crate) fn fingerprint(&self) -> String {
        self.table.columns.iter().map(|(_, column)| self.row.cell(*column).line() + "\u{1f}").collect()
    }
}

impl Table {
    /// Finds the table of a file, and reports on the file as a whole.
    pub(crate) fn find<T>(source: Source, schema: &Schema, parsed: &mut Parsed<T>) -> Result<Self, FileError> {
        match source {
            Source::Sheets(sheets) => Self::among(sheets, schema, parsed),
            Source::JsonLines(_) => Err(FileError::UnknownFormat),
            Source::Delimited(decoded) => {
                let delimiter = delimiter(&decoded.text, schema)?;
                let read = text::delimited(&decoded.text, delimiter, usize::MAX)?;
                for row in read.unclosed {
                    parsed.problem(row, None, Reason::UnclosedQuote);
                }
                let mut table = Self::among(vec![read.sheet], schema, parsed)?;
                if decoded.damaged {
                    table.drop_damaged_rows(parsed);
                }
                Ok(table)
            }
        }
    }

    /// The first sheet with a header row; the others that hold anything are named in a note.
    fn among<T>(sheets: Vec<Sheet>, schema: &Schema, parsed: &mut Parsed<T>) -> Result<Self, FileError> {
        if sheets.is_empty() {
            return Err(FileError::NoSheet);
        }
        if sheets.iter().all(|sheet| sheet.rows.is_empty()) {
            return Err(FileError::Empty);
        }
        let headers: Vec<Header> = sheets.iter().map(|sheet| Header::find(sheet, schema)).collect();
        let Some(chosen) = headers.iter().position(|header| header.missing.is_empty()) else {
            let nearest = headers.into_iter().max_by_key(|header| header.columns.len());
            return Err(nearest.map_or(FileError::NoSheet, |header| FileError::NoHeader {
                nearest_row: (!header.columns.is_empty()).then_some(RowNumber(header.row)),
                missing: header.missing,
            }));
        };
        let mut table = None;
        let mut left_out = Vec::new();
        for (index, (sheet, header)) in sheets.into_iter().zip(headers).enumerate() {
            if index == chosen {
                table = Some(Self::under(header, sheet, schema, parsed)?);
            } else if !sheet.rows.is_empty() {
                left_out.push(crate::clean::excerpt(&sheet.name));
            }
        }
        if !left_out.is_empty() {
            parsed.file_note(NoteKind::SheetsLeftOut { names: left_out });
        }
        table.ok_or(FileError::NoSheet)
    }

    fn under<T>(header: Header, mut sheet: Sheet, schema: &Schema, parsed: &mut Parsed<T>) -> Result<Self, FileError> {
        sheet.rows.retain(|row| row.number > header.row);
        fill_down(&mut sheet, &header, schema)?;
        if !header.unknown.is_empty() {
            parsed.file_note(NoteKind::ColumnsLeftOut { names: header.unknown });
        }
        let mut table = Self { columns: header.columns, rows: Vec::new() };
        for row in sheet.rows {
            if row.is_blank() || table.is_header_again(&row, schema) {
                continue;
            }
            if table.is_footer(&row, schema) {
                parsed.note(row.number, None, NoteKind::FooterLeftOut);
                continue;
            }
            table.rows.push(row);
        }
        Ok(table)
    }

    fn column(&self, field: Field) -> Option<usize> {
        self.columns.iter().find_map(|(known, column)| (*known == field).then_some(*column))
    }

    pub(crate) fn records(&self) -> impl Iterator<Item = Record<'_>> {
        self.rows.iter().map(move |row| Record { table: self, row })
    }

    /// How many rows have something in this column.
    pub(crate) fn filled(&self, field: Field) -> usize {
        self.records().filter(|record| !record.cell(field).is_blank()).count()
    }

    /// Tables made for printing repeat the header on every page.
    fn is_header_again(&self, row: &SheetRow, schema: &Schema) -> bool {
        let repeated = |(field, column): &(Field, usize)| {
            let cell = row.cell(*column);
            cell.is_blank() || schema.field(&cell.raw()) == Some(*field)
        };
        self.columns.iter().all(repeated)
            && self.columns.iter().filter(|(_, column)| !row.cell(*column).is_blank()).count() > 1
    }

    fn is_footer(&self, row: &SheetRow, schema: &Schema) -> bool {
        let filled = |field| self.column(field).is_some_and(|column| !row.cell(column).is_blank());
        let first = row.cells.iter().find(|cell| !cell.is_blank()).map(Cell::line).unwrap_or_default();
        let plain: String = first.chars().map(crate::clean::fold).filter(|c| *c != ' ').take(12).collect();
        !schema.missing(filled).is_empty() && FOOTERS.iter().any(|word| plain.starts_with(word))
    }

    fn drop_damaged_rows<T>(&mut self, parsed: &mut Parsed<T>) {
        let columns: Vec<usize> = self.columns.iter().map(|(_, column)| *column).collect();
        self.rows.retain(|row| {
            let damaged = columns.iter().any(|column| row.cell(*column).raw().contains('\u{fffd}'));
            if damaged {
                parsed.problem(row.number, None, Reason::DamagedCharacters);
            }
            !damaged
        });
    }
}

struct Header {
    row: u32,
    columns: Vec<(Field, usize)>,
    unknown: Vec<String>,
    missing: Vec<Field>,
}

impl Header {
    /// The row that names the most columns; a header of two rows, merged where one row is enough,
    /// is complete in its lower one.
    fn find(sheet: &Sheet, schema: &Schema) -> Self {
        let mut best = Self { row: 0, columns: Vec::new(), unknown: Vec::new(), missing: schema.missing(|_| false) };
        for row in sheet.rows.iter().take(HEADER_WITHIN) {
            let header = Self::at(sheet, row, schema);
            let better =
                (header.missing.is_empty(), header.columns.len()) > (best.missing.is_empty(), best.columns.len());
            if better {
                best = header;
            }
        }
        best
    }

    fn at(sheet: &Sheet, row: &SheetRow, schema: &Schema) -> Self {
        let mut columns: Vec<(Field, usize)> = Vec::new();
        let mut unknown = Vec::new();
        let above: Vec<&Merge> = sheet
            .merges
            .iter()
            .filter(|merge| merge.rows.0 < row.number && row.number <= merge.rows.1)
            .take(crate::sheet::MAX_COLUMNS)
            .collect();
        let last = above.iter().map(|merge| merge.columns.0 + 1).max().unwrap_or(0);
        for column in 0..row.cells.len().max(last).min(crate::sheet::MAX_COLUMNS) {
            let mut cell = row.cell(column);
            if cell.is_blank() {
                let merge = above.iter().find(|merge| merge.columns.0 == column);
                cell = merge.map_or(&cell::EMPTY, |merge| at_row(sheet, merge.rows.0, column));
            }
            match schema.field(&cell.raw()) {
                Some(field) if !columns.iter().any(|(known, _)| *known == field) => columns.push((field, column)),
                Some(_) | None if cell.is_blank() || matches!(cell, Cell::Number(_)) => {}
                Some(_) | None => unknown.push(crate::clean::excerpt(&cell.raw())),
            }
        }
        let missing = schema.missing(|field| columns.iter().any(|(known, _)| *known == field));
        Self { row: row.number, columns, unknown, missing }
    }
}

fn at_row(sheet: &Sheet, number: u32, column: usize) -> &Cell {
    sheet
        .rows
        .binary_search_by_key(&number, |row| row.number)
        .ok()
        .and_then(|index| sheet.rows.get(index))
        .map_or(&cell::EMPTY, |row| row.cell(column))
}

fn fill_down(sheet: &mut Sheet, header: &Header, schema: &Schema) -> Result<(), FileError> {
    let mut budget = MAX_CELLS;
    for merge in &sheet.merges {
        let (first, last) = merge.rows;
        let column = merge.columns.0;
        let shared = header.columns.iter().any(|(field, at)| *at == column && schema.shared.contains(field));
        if !shared || first <= header.row || first >= last {
            continue;
        }
        let value = at_row(sheet, first, column).clone();
        if value.raw().len() > MAX_SHARED {
            continue;
        }
        let begin = sheet.rows.partition_point(|row| row.number <= first);
        for row in sheet.rows.iter_mut().skip(begin).take_while(|row| row.number <= last) {
            budget = budget.checked_sub(1).ok_or(FileError::TooManyCells { limit: MAX_CELLS })?;
            // A row that the merge alone reaches is blank, and stays so.
            if row.is_blank() {
                continue;
            }
            if row.cells.len() <= column {
                row.cells.resize(column + 1, Cell::Empty);
            }
            if let Some(cell) = row.cells.get_mut(column).filter(|cell| cell.is_blank()) {
                *cell = value.clone();
            }
        }
    }
    Ok(())
}

/// The separator by which the first rows name the most columns.
fn delimiter(text: &str, schema: &Schema) -> Result<u8, FileError> {
    let mut best = (b',', (false, 0));
    for delimiter in [b',', b'\t', b';', b'|'] {
        let start = text::delimited(text, delimiter, HEADER_WITHIN)?;
        let header = Header::find(&start.sheet, schema);
        let score = (header.missing.is_empty(), header.columns.len());
        if score > best.1 {
            best = (delimiter, score);
        }
    }
    Ok(best.0)
}
