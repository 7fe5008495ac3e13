//! CSV as WPS and Excel open it: UTF-8 with its mark in front, lines ended by CR LF (RFC 4180).
//!
//! A cell that begins with `=`, `+`, `-`, `@`, a tab or a line's end would be taken for a formula, and what
//! petitioners write stands in cells: an apostrophe goes before it, which both programs show as text.

use case_core::wire::reports::ReportSheet;

/// The type of such a file.
pub(crate) const MIME: &str = "text/csv; charset=utf-8";

/// Without it WPS takes the file for GBK.
const MARK: char = '\u{FEFF}';

/// The tables of a report one below the other, without titles.
pub(crate) fn write(sheet: &ReportSheet) -> String {
    let mut csv = String::from(MARK);
    for section in &sheet.sections {
        line(&mut csv, section.head.iter().map(String::as_str));
        for row in &section.rows {
            line(&mut csv, row.iter().map(|cell| cell.text.as_str()));
        }
    }
    csv
}

fn line<'a>(csv: &mut String, cells: impl Iterator<Item = &'a str>) {
    for (at, cell) in cells.enumerate() {
        if at > 0 {
            csv.push(',');
        }
        csv.push('"');
        csv.push_str(&safe(cell).replace('"', "\"\""));
        csv.push('"');
    }
    csv.push_str("\r\n");
}

/// What no program takes for a formula. Long numbers are marked too: a table would round 16 digits.
fn safe(cell: &str) -> String {
    let formula = |c: char| matches!(c, '=' | '+' | '-' | '@' | '\t' | '\r' | '\n' | '＝' | '＋' | '－' | '＠');
    let long_number = cell.len() > 11 && cell.bytes().all(|byte| byte.is_ascii_digit());
    let marked = cell.trim_start_matches(' ').starts_with(formula) || long_number;
    if marked { ["'", cell].concat() } else { cell.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_cell_is_a_formula() {
        for bad in ["=1+1", "+86", "-1", "@SUM(A1)", "\tx", " =cmd|' /C calc'!A0", "＝1", "\n=1"] {
            assert!(safe(bad).starts_with('\''), "{bad:?}");
        }
        for plain in ["路灯不亮", "2026.3.1", "12", "a=b", "张*", ""] {
            assert_eq!(safe(plain), plain);
        }
        assert_eq!(safe("3526030209000012"), "'3526030209000012");
    }

    #[test]
    fn quotes_commas_and_lines_stay_in_their_cell() {
        let mut csv = String::new();
        line(&mut csv, ["他说\"修\"", "a,b", "一\n二"].into_iter());
        assert_eq!(csv, "\"他说\"\"修\"\"\",\"a,b\",\"一\n二\"\r\n");
    }
}
