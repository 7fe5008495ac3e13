//! Cleaning of text, and the recognition of numbers that must not be kept.
//!
//! Nothing here changes a word: characters that nobody can see go (some, such as NUL, no database
//! takes), blanks are made alike, and that is all.
use chrono::NaiveDate;

/// Characters without width or meaning that copying from web pages leaves behind.
pub(crate) fn is_invisible(c: char) -> bool {
    matches!(c, '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}' | '\u{feff}')
        || (c.is_control() && !c.is_whitespace())
}

/// One line: blanks of every kind become single spaces.
pub(crate) fn line(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars().filter(|c| !is_invisible(*c)) {
        if !c.is_whitespace() {
            out.push(c);
        } else if !out.is_empty() && !out.ends_with(' ') {
            out.push(' ');
        }
    }
    out.truncate(out.trim_end().len());
    out
}

/// A text of several lines: line breaks become `\n`, tabs a space, and the rest stays as it is.
pub(crate) fn body(text: &str) -> String {
    let unified = text.replace("\r\n", "\n").replace(['\r', '\u{2028}', '\u{2029}'], "\n");
    let kept: String = unified
        .chars()
        .filter(|c| !is_invisible(*c))
        .map(|c| if c.is_whitespace() && c.is_control() && c != '\n' { ' ' } else { c })
        .collect();
    kept.trim().to_owned()
}

/// 姓名: without the blanks that are typed between characters to make columns even ("张  三"), and
/// with one kind of middle dot ("艾力·热合曼").
pub(crate) fn name(text: &str) -> String {
    let line = line(text);
    let chinese = line.chars().any(is_han);
    line.chars()
        .filter(|c| !(chinese && *c == ' '))
        .map(|c| if chinese && matches!(c, '•' | '・' | '‧' | '∙' | '⋅' | '･') { '·' } else { c })
        .collect()
}

pub(crate) fn is_han(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{323af}')
}

/// Full-width letters, digits and signs as their ordinary counterparts; all brackets round.
pub(crate) fn fold(c: char) -> char {
    match c {
        '\u{3000}' | '\u{a0}' => ' ',
        '〔' | '【' | '〖' | '[' | '{' | '［' | '｛' | '「' | '〈' | '＜' | '<' => '(',
        '〕' | '】' | '〗' | ']' | '}' | '］' | '｝' | '」' | '〉' | '＞' | '>' => ')',
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(c as u32 - 0xfee0).unwrap_or(c),
        _ => c,
    }
}

/// 公民身份号码: 18 or 15 characters with a birth date in the middle. The date is what tells it from
/// a household number of 18 digits that begins with a division code; the check character is not
/// looked at, a mistyped identity number is one too.
pub(crate) fn is_citizen_id(text: &str) -> bool {
    let folded: String = text.chars().map(fold).filter(|c| !c.is_whitespace()).collect();
    if !folded.is_ascii() {
        return false;
    }
    let (digits, last) = match folded.len() {
        18 => folded.split_at(17),
        15 => (folded.as_str(), ""),
        _ => return false,
    };
    if !digits.bytes().all(|b| b.is_ascii_digit())
        || !last.bytes().all(|b| b.is_ascii_digit() || b.eq_ignore_ascii_case(&b'x'))
    {
        return false;
    }
    let (year, rest) = if folded.len() == 18 {
        (digits[6..10].parse().unwrap_or(0), &digits[10..14])
    } else {
        (1900 + digits[6..8].parse::<i32>().unwrap_or(0), &digits[8..12])
    };
    let month = rest[..2].parse().unwrap_or(0);
    let day = rest[2..].parse().unwrap_or(0);
    (1880..=2100).contains(&year) && NaiveDate::from_ymd_opt(year, month, day).is_some()
}

/// Takes identity and card numbers out of a text, also with stars in the middle or written in
/// groups (6217 0000 1111 2222); tells whether there were any. Telephone numbers are shorter, and
/// their groups are not of 4, 6 or 8.
pub(crate) fn without_long_numbers(text: &str) -> (String, bool) {
    let characters: Vec<char> = text.chars().collect();
    let mut out = String::with_capacity(text.len());
    let mut removed = false;
    let mut at = 0;
    while let Some(c) = characters.get(at) {
        let run = long_number(characters.get(at..).unwrap_or_default());
        if run.characters == 0 {
            out.push(*c);
            at += 1;
            continue;
        }
        if (15..=21).contains(&run.places) && run.digits >= 6 {
            removed = true;
        } else {
            out.extend(characters.get(at..at + run.characters).unwrap_or_default());
        }
        at += run.characters;
    }
    (out, removed)
}

#[derive(Default, Clone, Copy)]
struct Run {
    /// Characters of the text it takes up.
    characters: usize,
    /// Digits, stars and the final X.
    places: usize,
    digits: usize,
}

/// The run of digits and stars that a text begins with.
fn long_number(text: &[char]) -> Run {
    let mut run = Run::default();
    let mut group = 0usize;
    for (index, c) in text.iter().map(|c| fold(*c)).enumerate() {
        let place = c.is_ascii_digit() || c == '*' || (c.eq_ignore_ascii_case(&'x') && run.places > 0);
        if place {
            group += 1;
            run.places += 1;
            run.digits += usize::from(c.is_ascii_digit());
            run.characters = index + 1;
        } else if matches!(c, ' ' | '-') && matches!(group, 4 | 6 | 8) {
            group = 0;
        } else {
            break;
        }
    }
    run
}

/// A short quotation for a message about a row: never a long number, never more than a few words.
pub(crate) fn excerpt(text: &str) -> String {
    let (text, removed) = without_long_numbers(&line(&text.chars().take(400).collect::<String>()));
    let mut out: String = text.chars().take(24).collect();
    if removed || out.len() < text.len() {
        out.push('…');
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_has_single_blanks_and_no_invisible_characters() {
        assert_eq!(line(" 北\u{200b}壁\u{3000}\u{3000}乡\r\n\u{0} "), "北壁 乡");
    }

    #[test]
    fn a_body_keeps_its_lines() {
        assert_eq!(body("一\r\n二\r三\t四\u{0}\n\n五　\n"), "一\n二\n三 四\n\n五");
    }

    #[test]
    fn names_lose_typesetting_blanks_and_keep_foreign_ones() {
        assert_eq!(name("张  三"), "张三");
        assert_eq!(name("艾力•热合曼"), "艾力·热合曼");
        assert_eq!(name("John  Smith"), "John Smith");
    }

    #[test]
    fn a_household_number_with_a_division_code_is_no_identity_number() {
        assert!(is_citizen_id("350921197509244772"));
        assert!(is_citizen_id("35092119750924477x"));
        assert!(is_citizen_id("350921750924477"));
        assert!(!is_citizen_id("350921100200000123"));
        assert!(!is_citizen_id("350921197513324772"));
        assert!(!is_citizen_id("10121200001"));
        assert!(!is_citizen_id("三五零九二一一九七五零九二四四七七"));
    }

    #[test]
    fn long_numbers_leave_a_text_and_phones_stay() {
        assert_eq!(without_long_numbers("低保户，证号350921197509244772"), ("低保户，证号".into(), true));
        assert_eq!(without_long_numbers("6217**********4267 农行"), (" 农行".into(), true));
        assert_eq!(without_long_numbers("138****7340"), ("138****7340".into(), false));
        assert_eq!(without_long_numbers("0593-8851234 3岁"), ("0593-8851234 3岁".into(), false));
        assert_eq!(without_long_numbers("卡6217 0000 1111 2222 333。"), ("卡。".into(), true));
        assert_eq!(without_long_numbers("350921 19750924 477x"), (String::new(), true));
        for phones in
            ["0593-8851234 0593-8851235", "138 1234 5678 139 1234 5678", "13800007340/13900007340", "2019-04-25 10:00"]
        {
            assert_eq!(without_long_numbers(phones), (phones.to_owned(), false));
        }
        assert_eq!(excerpt("350921197509244772"), "…");
    }
}
