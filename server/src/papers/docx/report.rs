//! 台账与报告 as paragraphs and tables: the head of a table stands on every page again.

use app::text::report as words;
use case_core::wire::reports::{ReportSection, ReportSheet};

use super::body::{aligned, cell_open, paragraph, ruled, table_open};
use super::fixed::{CLOSE_REPORT, CLOSE_WIDE, OPEN};

/// Twentieths of a point between the margins, upright and across.
const WIDTHS: [usize; 2] = [9866, 15478];
/// Lines to write on.
const ROOM: usize = 6;

/// `word/document.xml`.
pub(super) fn document(sheet: &ReportSheet) -> String {
    let mut xml = String::from(OPEN);
    paragraph(&mut xml, "Title", &sheet.title);
    aligned(&mut xml, "Foot", "center", &sheet.period);
    aligned(&mut xml, "Foot", "center", &words::made(&sheet.organ, sheet.made_on));
    for section in &sheet.sections {
        paragraph(&mut xml, "Heading1", &section.heading);
        if let Some(note) = &section.note {
            paragraph(&mut xml, "Foot", note);
        }
        if !section.head.is_empty() {
            table(&mut xml, section, sheet.wide);
        } else if section.heading == words::part::OTHER {
            (0..ROOM).for_each(|_| ruled(&mut xml));
        }
    }
    paragraph(&mut xml, "Foot", "");
    for (at, note) in sheet.notes.iter().enumerate() {
        paragraph(&mut xml, "Foot", &[&(at + 1).to_string(), ". ", note].concat());
    }
    paragraph(&mut xml, "Foot", "");
    paragraph(&mut xml, "Foot", words::HANDS);
    xml.push_str(if sheet.wide { CLOSE_WIDE } else { CLOSE_REPORT });
    xml
}

fn table(xml: &mut String, section: &ReportSection, wide: bool) {
    let whole = WIDTHS[usize::from(wide)];
    let columns = section.head.len();
    let widths: Vec<usize> = if section.widths.len() == columns {
        let parts: usize = section.widths.iter().map(|width| usize::from(*width)).sum();
        section.widths.iter().map(|width| whole * usize::from(*width) / parts.max(1)).collect()
    } else {
        vec![whole / columns; columns]
    };
    let style = if wide { "SmallCell" } else { "ReportCell" };
    table_open(xml, &widths);
    xml.push_str("<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>");
    for (width, name) in widths.iter().zip(&section.head) {
        cell_open(xml, *width);
        aligned(xml, style, "center", name);
        xml.push_str("</w:tc>");
    }
    xml.push_str("</w:tr>");
    for row in &section.rows {
        xml.push_str("<w:tr><w:trPr><w:cantSplit/></w:trPr>");
        for (width, cell) in widths.iter().zip(row) {
            cell_open(xml, *width);
            if cell.opens {
                aligned(xml, style, "center", &cell.text)
            } else {
                paragraph(xml, style, &cell.text)
            }
            xml.push_str("</w:tc>");
        }
        xml.push_str("</w:tr>");
    }
    xml.push_str("</w:tbl>");
}
