//! 文本文件: from bytes to characters, and from characters to cells.
use csv_core::ReadFieldResult;

use crate::cell::Cell;
use crate::problem::FileError;
use crate::sheet::{Builder, Sheet};

/// Characters, and whether some of them could not be recovered.
#[derive(Debug, PartialEq)]
pub(crate) struct Decoded {
    pub text: String,
    pub damaged: bool,
}

/// A cell's text beyond this is not kept: no column allows as much.
pub(crate) const MAX_FIELD: usize = 1 << 20;
/// How many quotation marks may be left open before the file counts as damaged.
const MAX_UNCLOSED: usize = 50;

/// UTF-8 (with or without a mark), UTF-16 with a mark, or GB18030 (and so GBK and GB2312).
///
/// A file with a few broken characters is still one in its encoding: the rows with such characters
/// are reported, the others are good.
pub(crate) fn decode(bytes: &[u8]) -> Result<Decoded, FileError> {
    let fine = |text: String| Decoded { text: lines_alike(&text), damaged: false };
    if let Some((encoding, _)) = encoding_rs::Encoding::for_bom(bytes).filter(|(e, _)| *e != encoding_rs::UTF_8) {
        let (text, _, broken) = encoding.decode(bytes);
        return Ok(Decoded { damaged: broken, ..fine(text.into_owned()) });
    }
    if bytes.contains(&0) {
        return Err(FileError::UnknownFormat);
    }
    let unmarked = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    if let Ok(text) = std::str::from_utf8(unmarked) {
        return Ok(fine(text.to_owned()));
    }
    let utf8 = String::from_utf8_lossy(unmarked);
    if mostly_whole(&utf8) || unmarked.len() < bytes.len() {
        return Ok(Decoded { damaged: true, ..fine(utf8.into_owned()) });
    }
    let (gb, broken) = encoding_rs::GB18030.decode_without_bom_handling(bytes);
    if !broken {
        return Ok(fine(gb.into_owned()));
    }
    if mostly_whole(&gb) {
        return Ok(Decoded { damaged: true, ..fine(gb.into_owned()) });
    }
    Err(FileError::UnknownEncoding)
}

fn lines_alike(text: &str) -> String {
    text.replace("\r\n", "\n").replace('\r', "\n")
}

/// One in fifty of the characters beyond ASCII may be broken, and one more, where a copy broke off;
/// in a wrong encoding nearly all are.
fn mostly_whole(text: &str) -> bool {
    let broken = text.chars().filter(|c| *c == '\u{fffd}').count();
    let foreign = text.chars().filter(|c| !c.is_ascii()).count();
    broken <= foreign / 50 + 1 && broken * 4 < foreign
}

/// The table in a text, and the rows whose quotation marks do not close.
pub(crate) struct Delimited {
    pub sheet: Sheet,
    pub unclosed: Vec<u32>,
}

/// Reads cells separated by `delimiter`, at most `rows` rows. Rows are counted as a spreadsheet
/// program counts them: a blank line is a row, a line break inside quotation marks is none.
pub(crate) fn delimited(text: &str, delimiter: u8, rows: usize) -> Result<Delimited, FileError> {
    let mut builder = Builder::new();
    let mut unclosed = Vec::new();
    let mut rest = text.as_bytes();
    let mut row = 1u32;
    let mut reader = csv_core::ReaderBuilder::new().delimiter(delimiter).build();
    for _ in 0..rows {
        let blank = rest.iter().take_while(|b| **b == b'\n').count();
        row = row.saturating_add(u32::try_from(blank).unwrap_or(u32::MAX));
        rest = rest.get(blank..).unwrap_or_default();
        if rest.is_empty() {
            break;
        }
        let record = record(&mut reader, rest);
        let taken = rest.get(..record.length).unwrap_or(rest);
        let open = record.at_end && taken.contains(&b'\n') && taken.iter().filter(|b| **b == b'"').count() % 2 == 1;
        let length = if open {
            // The quotation mark swallowed the rest of the file: give up this line, not those.
            if unclosed.len() >= MAX_UNCLOSED {
                return Err(FileError::Damaged);
            }
            unclosed.push(row);
            taken.iter().position(|b| *b == b'\n').unwrap_or(taken.len())
        } else {
            for (column, field) in record.fields.iter().enumerate() {
                builder.put(row, column, Cell::text(String::from_utf8_lossy(field)))?;
            }
            // Its own line break stays for the count above.
            if taken.ends_with(b"\n") { taken.len() - 1 } else { taken.len() }
        };
        rest = rest.get(length..).unwrap_or_default();
    }
    Ok(Delimited { sheet: builder.finish(String::new(), Vec::new())?, unclosed })
}

struct Record {
    fields: Vec<Vec<u8>>,
    length: usize,
    /// It ended because the file did.
    at_end: bool,
}

fn record(reader: &mut csv_core::Reader, input: &[u8]) -> Record {
    reader.reset();
    let mut record = Record { fields: Vec::new(), length: 0, at_end: false };
    let mut field = Vec::new();
    let mut buffer = [0u8; 1024];
    loop {
        // An empty input tells the reader that the file is over.
        let ahead = input.get(record.length..).unwrap_or_default();
        record.at_end |= ahead.is_empty();
        let (result, read, written) = reader.read_field(ahead, &mut buffer);
        record.length += read;
        if field.len() < MAX_FIELD {
            field.extend_from_slice(buffer.get(..written).unwrap_or_default());
        }
        match result {
            ReadFieldResult::InputEmpty | ReadFieldResult::OutputFull => {}
            ReadFieldResult::Field { record_end } => {
                let whole = std::mem::take(&mut field);
                if record.fields.len() < crate::sheet::MAX_COLUMNS {
                    record.fields.push(whole);
                }
                if record_end {
                    return record;
                }
            }
            ReadFieldResult::End => return record,
        }
    }
}

#[cfg(test)]
#[path = "text_tests.rs"]
mod tests;
