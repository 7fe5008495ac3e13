//! ODS, read here directly: the general reader does not tell which cells are merged, and unfolds
//! "this cell a million times" before it can be stopped.
use quick_xml::events::{BytesStart, Event};
use quick_xml::{Reader, XmlVersion};

use crate::cell::Cell;
use crate::problem::FileError;
use crate::sheet::{Builder, MAX_COLUMNS, MAX_ROWS, Merge, Sheet};
use crate::text::MAX_FIELD;
use crate::unpack;

pub(crate) fn sheets(bytes: &[u8]) -> Result<Vec<Sheet>, FileError> {
    let manifest = unpack::text(bytes, "META-INF/manifest.xml")?.unwrap_or_default();
    if manifest.contains("encryption-data") {
        return Err(FileError::PasswordProtected);
    }
    let content = unpack::text(bytes, "content.xml")?.ok_or(FileError::Damaged)?;
    let mut reader = Reader::from_str(&content);
    reader.config_mut().expand_empty_elements = true;
    let mut sheets = Vec::new();
    loop {
        match next(&mut reader)? {
            Event::Start(tag) if tag.name().as_ref() == "table:table" => {
                let name = attribute(&tag, "table:name").unwrap_or_default();
                sheets.push(table(&mut reader, name)?);
            }
            Event::Eof => return Ok(sheets),
            _ => {}
        }
    }
}

fn table(reader: &mut Reader<&[u8]>, name: String) -> Result<Sheet, FileError> {
    let mut builder = Builder::new();
    let mut merges = Vec::new();
    let mut row = 1u32;
    loop {
        match next(reader)? {
            Event::Start(tag) if tag.name().as_ref() == "table:table-row" => {
                let repeats = count(&tag, "table:number-rows-repeated");
                let (cells, spans) = cells(reader)?;
                for (column, rows, columns) in spans {
                    let rows = (row, row.saturating_add(rows - 1));
                    merges.push(Merge { rows, columns: (column, column.saturating_add(columns - 1)) });
                }
                // A last row repeated to the end of the sheet is empty; one with content counts.
                if !cells.is_empty() {
                    for again in 0..repeats {
                        if again as usize > MAX_ROWS {
                            return Err(FileError::TooManyRows { limit: MAX_ROWS });
                        }
                        for (column, cell) in &cells {
                            builder.put(row.saturating_add(again), *column, cell.clone())?;
                        }
                    }
                }
                row = row.saturating_add(repeats);
            }
            Event::End(tag) if tag.name().as_ref() == "table:table" => {
                return builder.finish(name, merges);
            }
            Event::Eof => return Err(FileError::Damaged),
            _ => {}
        }
    }
}

type Cells = Vec<(usize, Cell)>;
/// Column, rows and columns spanned.
type Spans = Vec<(usize, u32, usize)>;

fn cells(reader: &mut Reader<&[u8]>) -> Result<(Cells, Spans), FileError> {
    let (mut cells, mut spans) = (Vec::new(), Vec::new());
    let mut column = 0usize;
    loop {
        match next(reader)? {
            Event::Start(tag) if matches!(tag.name().as_ref(), "table:table-cell" | "table:covered-table-cell") => {
                let repeats = count(&tag, "table:number-columns-repeated") as usize;
                let rows = count(&tag, "table:number-rows-spanned");
                let columns = count(&tag, "table:number-columns-spanned") as usize;
                if rows > 1 || columns > 1 {
                    spans.push((column, rows, columns));
                }
                let end = tag.name().as_ref().to_owned();
                let typed = typed(&tag);
                let text = text(reader, &end)?;
                // No column allows as much, and the cell may be repeated.
                let text: String = text.chars().take(MAX_FIELD).collect();
                let cell = typed.unwrap_or_else(|| Cell::text(text));
                if !cell.is_blank() {
                    let until = column.saturating_add(repeats).min(MAX_COLUMNS);
                    cells.extend((column..until).map(|at| (at, cell.clone())));
                }
                column = column.saturating_add(repeats);
            }
            Event::End(tag) if tag.name().as_ref() == "table:table-row" => return Ok((cells, spans)),
            Event::Eof => return Err(FileError::Damaged),
            _ => {}
        }
    }
}

/// Numbers and dates are attributes; whatever else the cell is shows as its text.
fn typed(tag: &BytesStart<'_>) -> Option<Cell> {
    match attribute(tag, "office:value-type")?.as_str() {
        "float" | "percentage" | "currency" => attribute(tag, "office:value")?.parse().ok().map(Cell::Number),
        "date" => attribute(tag, "office:date-value").map(Cell::text),
        _ => None,
    }
}

/// The paragraphs of a cell, without what somebody noted at its margin.
fn text(reader: &mut Reader<&[u8]>, end: &str) -> Result<String, FileError> {
    let mut text = String::new();
    let mut aside = 0usize;
    loop {
        match next(reader)? {
            Event::Start(tag) => match tag.name().as_ref() {
                "office:annotation" => aside += 1,
                "text:p" if aside == 0 && !text.is_empty() => text.push('\n'),
                "text:s" | "text:tab" if aside == 0 => text.push(' '),
                "text:line-break" if aside == 0 => text.push('\n'),
                _ => {}
            },
            Event::End(tag) if tag.name().as_ref() == "office:annotation" => {
                aside = aside.saturating_sub(1);
            }
            Event::End(tag) if tag.name().as_ref() == end => return Ok(text),
            Event::Text(part) if aside == 0 => text.push_str(&part.xml10_content()),
            Event::CData(part) if aside == 0 => text.push_str(&part.xml10_content()),
            Event::GeneralRef(name) if aside == 0 => match name.resolve_char_ref() {
                Ok(Some(c)) => text.push(c),
                _ => text.push_str(quick_xml::escape::resolve_xml_entity(&name.xml10_content()).unwrap_or_default()),
            },
            Event::Eof => return Err(FileError::Damaged),
            _ => {}
        }
    }
}

fn next<'a>(reader: &mut Reader<&'a [u8]>) -> Result<Event<'a>, FileError> {
    reader.read_event().map_err(|_| FileError::Damaged)
}

fn attribute(tag: &BytesStart<'_>, name: &str) -> Option<String> {
    let attribute = tag.try_get_attribute(name).ok().flatten()?;
    attribute.normalized_value(XmlVersion::Implicit1_0).ok().map(std::borrow::Cow::into_owned)
}

fn count(tag: &BytesStart<'_>, name: &str) -> u32 {
    attribute(tag, name).and_then(|value| value.parse().ok()).filter(|count| *count > 0).unwrap_or(1)
}
