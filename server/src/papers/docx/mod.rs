//! `.docx` after GB/T 9704: WordprocessingML written by hand, which is a page of text for what a document
//! needs, where a library would bring hundreds of types. [`body`] makes the paragraphs out of the content,
//! [`fixed`] holds what is the same in every file: fonts, page, page numbers.

mod body;
mod fixed;
mod report;

use std::io::{Cursor, Write as _};

use app::pages::paper::Paper;
use case_core::wire::reports::ReportSheet;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

use crate::error::ApiError;

/// The type of such a file.
pub(crate) const MIME: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";

/// The file. `qr` is the picture of the code that verifies it, `entry` of the code that enters a sheet.
pub(crate) fn write(paper: &Paper, qr: &[u8], entry: Option<&[u8]>) -> Result<Vec<u8>, ApiError> {
    let document = body::document(paper, entry.is_some());
    // Both are always there: what the relations name must exist.
    let pictures = [("word/media/proof.png", qr), ("word/media/entry.png", entry.unwrap_or(qr))];
    pack(&document, fixed::DOCUMENT_RELATIONS, &pictures).map_err(|error| ApiError::Internal(format!("docx: {error}")))
}

/// The file of a report: no pictures, and across where it is wide.
pub(crate) fn write_report(sheet: &ReportSheet) -> Result<Vec<u8>, ApiError> {
    let document = report::document(sheet);
    pack(&document, fixed::REPORT_RELATIONS, &[]).map_err(|error| ApiError::Internal(format!("docx: {error}")))
}

fn pack(document: &str, relations: &str, pictures: &[(&str, &[u8])]) -> Result<Vec<u8>, zip::result::ZipError> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    // A fixed time: the same document is the same file, whenever it is downloaded.
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .last_modified_time(zip::DateTime::default());
    let texts = [
        ("[Content_Types].xml", fixed::TYPES),
        ("_rels/.rels", fixed::RELATIONS),
        ("word/_rels/document.xml.rels", relations),
        ("word/styles.xml", fixed::STYLES),
        ("word/settings.xml", fixed::SETTINGS),
        ("word/fontTable.xml", fixed::FONTS),
        ("word/footer1.xml", fixed::FOOTER_ODD),
        ("word/footer2.xml", fixed::FOOTER_EVEN),
        ("word/document.xml", document),
    ];
    for (name, text) in texts {
        zip.start_file(name, options)?;
        zip.write_all(text.as_bytes())?;
    }
    for (name, picture) in pictures {
        zip.start_file(*name, options)?;
        zip.write_all(picture)?;
    }
    Ok(zip.finish()?.into_inner())
}
