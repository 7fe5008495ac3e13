//! Text that people type, with bounds that hold from the edge inwards.
//!
//! Parsing trims, drops control characters except line breaks and tabs, and refuses what is empty
//! or too long: whoever holds a [`Text`] need not check again.

use serde::{Deserialize, Serialize};

/// Why a text was refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error, Serialize, Deserialize)]
pub enum TextError {
    /// Nothing but blanks.
    #[error("text is empty")]
    Empty,
    /// More characters than the field holds.
    #[error("text is longer than {max} characters")]
    TooLong {
        /// The most characters that the field holds.
        max: usize,
    },
}

/// Text of 1 to `MAX` characters (not bytes).
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Text<const MAX: usize>(String);

/// A name, an office, a phone number: up to 60 characters.
pub type ShortText = Text<60>;
/// 标题: up to 200 characters.
pub type Title = Text<200>;
/// One demand, one finding, one reason: up to 2,000 characters.
pub type Paragraph = Text<2_000>;
/// 投诉内容, a reply: up to 20,000 characters (the longest real ones have 9,000).
pub type LongText = Text<20_000>;

impl<const MAX: usize> Text<MAX> {
    /// Trims and checks.
    ///
    /// # Errors
    /// [`TextError`] when nothing is left, or too much.
    pub fn parse(raw: &str) -> Result<Self, TextError> {
        let goes = |c: char| c.is_control() && !matches!(c, '\n' | '\t');
        let kept: String;
        let mut trimmed = raw.trim();
        if trimmed.contains(goes) {
            kept = raw.replace(goes, "");
            trimmed = kept.trim();
        }
        if trimmed.is_empty() {
            return Err(TextError::Empty);
        }
        // A character has at least one byte.
        if trimmed.len() > MAX && trimmed.chars().count() > MAX {
            return Err(TextError::TooLong { max: MAX });
        }
        Ok(Self(trimmed.to_owned()))
    }

    /// Like [`Self::parse`], but blank text is `None`: for fields that may stay empty.
    ///
    /// # Errors
    /// [`TextError::TooLong`].
    pub fn parse_optional(raw: &str) -> Result<Option<Self>, TextError> {
        match Self::parse(raw) {
            Ok(text) => Ok(Some(text)),
            Err(TextError::Empty) => Ok(None),
            Err(other) => Err(other),
        }
    }

    /// The text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl<const MAX: usize> TryFrom<String> for Text<MAX> {
    type Error = TextError;
    fn try_from(raw: String) -> Result<Self, TextError> {
        Self::parse(&raw)
    }
}

impl<const MAX: usize> From<Text<MAX>> for String {
    fn from(text: Text<MAX>) -> Self {
        text.0
    }
}

impl<const MAX: usize> AsRef<str> for Text<MAX> {
    fn as_ref(&self) -> &str {
        &self.0
    }
}

impl<const MAX: usize> std::fmt::Display for Text<MAX> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

/// 一 to 九十九, for counting demands and rounds in words; larger numbers stay digits.
#[must_use]
pub fn chinese_number(n: usize) -> String {
    const ONES: [&str; 10] = ["", "一", "二", "三", "四", "五", "六", "七", "八", "九"];
    match n {
        1..=9 => ONES[n].to_owned(),
        10..=19 => ["十", ONES[n - 10]].concat(),
        20..=99 => [ONES[n / 10], "十", ONES[n % 10]].concat(),
        _ => n.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_characters_not_bytes() {
        assert!(Text::<3>::parse("回音好").is_ok());
        assert_eq!(Text::<3>::parse("回音好啊"), Err(TextError::TooLong { max: 3 }));
    }

    #[test]
    fn trims_and_drops_control_characters() {
        assert_eq!(ShortText::parse("  张\u{0}三\r\n").unwrap().as_str(), "张三");
        assert_eq!(ShortText::parse(" \t\r\n"), Err(TextError::Empty));
        assert_eq!(ShortText::parse_optional("  ").unwrap(), None);
    }

    #[test]
    fn json_is_checked_on_the_way_in() {
        assert!(serde_json::from_str::<Text<2>>("\"三个字\"").is_err());
        assert_eq!(serde_json::from_str::<Text<2>>("\"两字\"").unwrap().as_str(), "两字");
    }
}
