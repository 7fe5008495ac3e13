//! The paragraphs and tables of a document.

use app::pages::paper::Paper;
use app::text::document as words;
use case_core::document::Block;

use super::fixed::{CLOSE, OPEN};

/// Twentieths of a point between the margins: 156 mm.
const WIDTH: usize = 8845;
/// English Metric Units of a code's side: 25 mm.
const CODE: usize = 900_000;
/// The columns of the foot: words, and the code.
const FOOT: [usize; 2] = [7000, WIDTH - 7000];

/// `word/document.xml`.
pub(super) fn document(paper: &Paper, with_entry: bool) -> String {
    let content = &paper.content;
    let mut xml = String::from(OPEN);
    if let Some(version) = paper.replaced_by {
        paragraph(&mut xml, "Heading1", &words::replaced(version));
    }
    if with_entry {
        xml.push_str("<w:p><w:pPr><w:pStyle w:val=\"Picture\"/><w:jc w:val=\"right\"/></w:pPr>");
        picture(&mut xml, "rId7", 2, words::ENTRY);
        xml.push_str("</w:p>");
        aligned(&mut xml, "Foot", "right", words::ENTRY);
    }
    paragraph(&mut xml, "Organ", &content.organ);
    paragraph(&mut xml, "Title", &content.title);
    paragraph(&mut xml, "Number", &paper.number);
    if let Some(to) = &content.addressee {
        paragraph(&mut xml, "Normal", &words::to(to));
    }
    for (at, section) in content.sections.iter().enumerate() {
        let last = at + 1 == content.sections.len() && content.closing.is_none();
        if let Some(heading) = &section.heading {
            paragraph(&mut xml, "Heading1", heading);
        }
        for (at, one) in section.blocks.iter().enumerate() {
            match one {
                Block::Text { text } if last && at + 1 == section.blocks.len() => paragraph(&mut xml, "Last", text),
                one => block(&mut xml, one, paper),
            }
        }
    }
    if let Some(closing) = &content.closing {
        paragraph(&mut xml, "Last", closing);
    }
    signature(&mut xml, paper);
    foot(&mut xml, paper);
    xml.push_str(CLOSE);
    xml
}

fn block(xml: &mut String, block: &Block, paper: &Paper) {
    match block {
        Block::Text { text } => paragraph(xml, "Text", text),
        Block::Heading { text } => paragraph(xml, "Heading2", text),
        Block::Table { head, rows } => {
            let columns = head.len().max(1);
            let widths = vec![WIDTH / columns; columns];
            let rows = std::iter::once(head).chain(rows).map(|row| row.iter().map(String::as_str).collect());
            table(xml, &widths, &rows.collect::<Vec<_>>());
        }
        Block::Facts { rows } => {
            let rows: Vec<Vec<&str>> = rows.iter().map(|(name, value)| vec![name.as_str(), value.as_str()]).collect();
            table(xml, &[2600, WIDTH - 2600], &rows);
        }
        Block::Room { label, lines } => {
            paragraph(xml, "Normal", &words::label(label));
            for _ in 0..*lines {
                ruled(xml);
            }
        }
        Block::Ticks { label, options } => {
            let options: Vec<String> = options.iter().map(|option| words::tick(option)).collect();
            paragraph(xml, "Normal", &[words::label(label), options.join("  ")].concat());
        }
        Block::Signs { labels } => {
            for label in labels {
                paragraph(xml, "Normal", &words::label(label));
                ruled(xml);
            }
        }
        Block::QueryCode => {
            let code = paper.query_code.as_deref().unwrap_or(words::CODE_ELSEWHERE);
            paragraph(xml, "Text", &[words::QUERY_CODE, code].concat());
        }
    }
}

fn signature(xml: &mut String, paper: &Paper) {
    let sign = &paper.content.signature;
    paragraph(xml, "Sign", "");
    if let Some(name) = &sign.signed_by {
        paragraph(xml, "Sign", &words::signed_by(name));
    }
    paragraph(xml, "Sign", &[sign.organ.as_str(), if sign.seal { words::SEAL } else { "" }].concat());
    paragraph(xml, "Sign", &app::format::full_day(sign.on));
    paragraph(xml, "Foot", "");
}

/// The lines for the petitioner, and the code that proves the paper, side by side.
fn foot(xml: &mut String, paper: &Paper) {
    let content = &paper.content;
    let mut lines = vec![[words::PLAIN, &content.plain].concat()];
    lines.extend(content.remedy.as_ref().map(|remedy| [words::REMEDY, remedy].concat()));
    lines.push(content.contact.clone());
    lines.push(words::verify(&paper.verify_url, &paper.proof));
    lines.push(words::edition(paper.version, &app::format::full_day(paper.issued_on), &paper.digest));
    table_open(xml, &FOOT);
    xml.push_str("<w:tr><w:trPr><w:cantSplit/></w:trPr>");
    cell_open(xml, FOOT[0]);
    for line in &lines {
        paragraph(xml, "Foot", line);
    }
    xml.push_str("</w:tc>");
    cell_open(xml, FOOT[1]);
    xml.push_str("<w:p><w:pPr><w:pStyle w:val=\"Picture\"/></w:pPr>");
    picture(xml, "rId6", 1, words::VERIFY_QR);
    xml.push_str("</w:p>");
    aligned(xml, "Foot", "center", words::VERIFY_QR);
    xml.push_str("</w:tc></w:tr></w:tbl>");
    // A table at the very end wants a paragraph after it.
    paragraph(xml, "Foot", "");
}

fn table(xml: &mut String, widths: &[usize], rows: &[Vec<&str>]) {
    table_open(xml, widths);
    for row in rows {
        xml.push_str("<w:tr><w:trPr><w:cantSplit/></w:trPr>");
        for (width, cell) in widths.iter().zip(row) {
            cell_open(xml, *width);
            paragraph(xml, "Cell", cell);
            xml.push_str("</w:tc>");
        }
        xml.push_str("</w:tr>");
    }
    xml.push_str("</w:tbl>");
}

pub(super) fn table_open(xml: &mut String, widths: &[usize]) {
    xml.push_str("<w:tbl><w:tblPr><w:tblW w:w=\"0\" w:type=\"auto\"/><w:tblBorders>");
    for side in ["top", "left", "bottom", "right", "insideH", "insideV"] {
        xml.push_str(&format!("<w:{side} w:val=\"single\" w:sz=\"4\" w:space=\"0\" w:color=\"000000\"/>"));
    }
    xml.push_str("</w:tblBorders><w:tblLayout w:type=\"fixed\"/></w:tblPr><w:tblGrid>");
    for width in widths {
        xml.push_str(&format!("<w:gridCol w:w=\"{width}\"/>"));
    }
    xml.push_str("</w:tblGrid>");
}

pub(super) fn cell_open(xml: &mut String, width: usize) {
    xml.push_str(&format!(
        "<w:tc><w:tcPr><w:tcW w:w=\"{width}\" w:type=\"dxa\"/><w:vAlign w:val=\"center\"/></w:tcPr>"
    ));
}

pub(super) fn paragraph(xml: &mut String, style: &str, text: &str) {
    xml.push_str(&format!("<w:p><w:pPr><w:pStyle w:val=\"{style}\"/></w:pPr>"));
    run(xml, text);
    xml.push_str("</w:p>");
}

pub(super) fn aligned(xml: &mut String, style: &str, side: &str, text: &str) {
    xml.push_str(&format!("<w:p><w:pPr><w:pStyle w:val=\"{style}\"/><w:jc w:val=\"{side}\"/></w:pPr>"));
    run(xml, text);
    xml.push_str("</w:p>");
}

/// A line to write on.
pub(super) fn ruled(xml: &mut String) {
    xml.push_str(
        "<w:p><w:pPr><w:pStyle w:val=\"Normal\"/><w:pBdr><w:bottom w:val=\"single\" w:sz=\"4\" w:space=\"1\" \
         w:color=\"808080\"/></w:pBdr></w:pPr></w:p>",
    );
}

fn run(xml: &mut String, text: &str) {
    for (at, line) in text.lines().enumerate() {
        let line_break = if at > 0 { "<w:br/>" } else { "" };
        xml.push_str(&format!("<w:r>{line_break}<w:t xml:space=\"preserve\">{}</w:t></w:r>", escaped(line)));
    }
}

fn picture(xml: &mut String, relation: &str, id: u8, label: &str) {
    let label = escaped(label);
    xml.push_str(&format!(
        "<w:r><w:drawing><wp:inline distT=\"0\" distB=\"0\" distL=\"0\" distR=\"0\"><wp:extent cx=\"{CODE}\" cy=\"{CODE}\"/>\
         <wp:docPr id=\"{id}\" name=\"{label}\" descr=\"{label}\"/><a:graphic>\
         <a:graphicData uri=\"http://schemas.openxmlformats.org/drawingml/2006/picture\"><pic:pic><pic:nvPicPr>\
         <pic:cNvPr id=\"{id}\" name=\"{label}\"/><pic:cNvPicPr/></pic:nvPicPr><pic:blipFill><a:blip r:embed=\"{relation}\"/>\
         <a:stretch><a:fillRect/></a:stretch></pic:blipFill><pic:spPr><a:xfrm><a:off x=\"0\" y=\"0\"/>\
         <a:ext cx=\"{CODE}\" cy=\"{CODE}\"/></a:xfrm><a:prstGeom prst=\"rect\"><a:avLst/></a:prstGeom></pic:spPr>\
         </pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"
    ));
}

/// Text inside XML. What XML has no place for is left out.
fn escaped(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            '\t' => safe.push(' '),
            '\u{0}'..='\u{1F}' | '\u{FFFE}' | '\u{FFFF}' => {}
            c => safe.push(c),
        }
    }
    safe
}
