//! Searching as one types: name, pinyin initials, address, code, last digits of a phone.

/// What a list entry can be found by. `keys` are made by the server (pinyin needs a large table)
/// and travel with the entry.
#[must_use]
pub fn matches(keys: &str, typed: &str) -> bool {
    let keys = fold(keys);
    words(typed).iter().all(|word| keys.contains(word.as_str()))
}

/// Lower case, full-width letters and digits made half-width, blanks dropped.
#[must_use]
pub fn fold(text: &str) -> String {
    text.chars()
        .filter(|c| !c.is_whitespace() && *c != '·' && *c != '-')
        .flat_map(|c| {
            let c = match c {
                '！'..='～' => char::from_u32(u32::from(c) - 0xFEE0).unwrap_or(c),
                other => other,
            };
            c.to_lowercase()
        })
        .collect()
}

/// What was typed, as the folded words that must all be found.
#[must_use]
pub fn words(typed: &str) -> Vec<String> {
    let digits_only = typed
        .chars()
        .all(|c| c.is_whitespace() || c == '-' || fold(&c.to_string()).chars().all(|d| d.is_ascii_digit()));
    if digits_only {
        // A code or a phone typed in groups is one word.
        return vec![fold(typed)];
    }
    typed.split_whitespace().map(fold).filter(|word| !word.is_empty()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_by_name_initials_address_and_digits() {
        let keys = "李建立 ljl 长春镇武岐村 第1组 138****7340 3526050309070042";
        for typed in ["李建", "ljl", "LJ", "武岐 李", "7340", "3526 0503", "ｌｊ", ""] {
            assert!(matches(keys, typed), "{typed}");
        }
        for typed in ["王", "武岐 王", "7341"] {
            assert!(!matches(keys, typed), "{typed}");
        }
    }

    #[test]
    fn a_name_with_a_dot_is_found_without_it() {
        assert!(matches("艾力·热合曼 alrhm", "艾力热合"));
    }
}
