//! Searching in keys that were folded once, so that each keystroke over thousands of items only
//! compares. Finds exactly what [`case_core::search::matches`] finds (tested against it).

use case_core::search::fold;

/// What was typed, taken apart once.
#[derive(Clone, Debug)]
pub struct Typed(Vec<String>);

impl Typed {
    /// Words that must all be found. Digits typed in groups (a code, a phone) are one word.
    #[must_use]
    pub fn new(typed: &str) -> Self {
        let whole = fold(typed);
        if whole.chars().all(|c| c.is_ascii_digit()) {
            return Self(vec![whole]);
        }
        Self(typed.split_whitespace().map(fold).filter(|word| !word.is_empty()).collect())
    }

    /// Whether the folded keys hold every word.
    #[must_use]
    pub fn fits(&self, folded_keys: &str) -> bool {
        self.0.iter().all(|word| folded_keys.contains(word.as_str()))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn finds_what_the_core_finds(keys in "[李张l1 ·2a-Ｚ]{0,12}", typed in "[李张l1 ·2a-Ｚ]{0,4}") {
            prop_assert_eq!(Typed::new(&typed).fits(&fold(&keys)), case_core::search::matches(&keys, &typed));
        }
    }
}
