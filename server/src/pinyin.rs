//! Pinyin initials, so that `ljl` finds 李建立. Made here, since the table is large; the phone gets
//! the result.

use pinyin::ToPinyinMulti as _;

/// The initials of a name. A character with several readings gives up to three of them, each a
/// variant of the whole, so that `重` in a name is found under both.
#[must_use]
pub fn initials(name: &str) -> String {
    let mut variants = vec![String::new()];
    for (c, readings) in name.chars().zip(name.to_pinyin_multi()) {
        let mut letters: Vec<char> = Vec::new();
        match readings {
            Some(readings) => {
                for reading in readings {
                    if let Some(letter) = reading.first_letter().chars().next()
                        && !letters.contains(&letter)
                    {
                        letters.push(letter);
                    }
                }
            }
            None if c.is_ascii_alphanumeric() => letters.push(c.to_ascii_lowercase()),
            None => continue,
        }
        letters.truncate(3);
        // Twelve variants at most; most names have one or two.
        let room = 12 / letters.len().max(1);
        variants.truncate(room.max(1));
        variants =
            variants.iter().flat_map(|start| letters.iter().map(move |letter| format!("{start}{letter}"))).collect();
    }
    variants.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_have_their_initials() {
        let has = |name: &str, letters: &str| initials(name).split(' ').any(|variant| variant == letters);
        assert!(has("李建立", "ljl"));
        assert!(has("艾力·热合曼", "alrhm"));
        assert!(has("单小重", "sxc") && has("单小重", "dxz"));
        assert_eq!(initials(""), "");
        assert_eq!(initials("A00045581"), "a00045581");
    }

    #[test]
    fn a_long_ambiguous_name_does_not_explode() {
        assert!(initials(&"重".repeat(60)).len() < 1_000);
    }
}
