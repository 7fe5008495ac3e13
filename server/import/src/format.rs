//! 文件格式: told by what a file is made of. Its name decides only where the content leaves it open,
//! because many a `.xls` is a text or a web page that some system exported under that name.
use crate::problem::FileError;
use crate::sheet::{MAX_BYTES, Sheet, guarded};
use crate::text::{self, Decoded};
use crate::unpack::{self, Package};
use crate::{ods, xls, xlsx};

/// A file, opened.
pub(crate) enum Source {
    /// The worksheets of a workbook.
    Sheets(Vec<Sheet>),
    /// A table in a text.
    Delimited(Decoded),
    /// One JSON object a line.
    JsonLines(Decoded),
}

pub(crate) fn open(name: &str, bytes: &[u8]) -> Result<Source, FileError> {
    if bytes.len() > MAX_BYTES {
        return Err(FileError::TooLarge { limit: MAX_BYTES });
    }
    guarded(|| recognise(name, bytes))
}

fn recognise(name: &str, bytes: &[u8]) -> Result<Source, FileError> {
    if bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"PK\x05\x06") {
        return match unpack::inspect(bytes)? {
            Package::Xlsx => xlsx::sheets(bytes),
            Package::Ods => ods::sheets(bytes),
            Package::Other => Err(FileError::UnknownFormat),
        }
        .map(Source::Sheets);
    }
    if bytes.starts_with(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1") {
        return xls::sheets(bytes).map(Source::Sheets);
    }
    let decoded = text::decode(bytes)?;
    let start = decoded.text.trim_start();
    if start.is_empty() {
        return Err(FileError::Empty);
    }
    if start.starts_with('<') {
        return Err(markup(start));
    }
    let extension = name.rsplit_once('.').map(|(_, end)| end.to_ascii_lowercase());
    let json = matches!(extension.as_deref(), Some("jsonl" | "ndjson" | "json"));
    Ok(if json || start.starts_with('{') { Source::JsonLines(decoded) } else { Source::Delimited(decoded) })
}

fn markup(text: &str) -> FileError {
    let start: String = text.chars().take(4096).collect::<String>().to_ascii_lowercase();
    if start.contains("<html") || start.contains("<table") || start.contains("<!doctype") {
        FileError::WebPage
    } else {
        FileError::UnknownFormat
    }
}
