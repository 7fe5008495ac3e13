//! Bytes inside JSON: base64url without padding.

use serde::{Deserialize, Serialize};

const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/// Bytes, written as base64url without padding. Never printed: they are keys and sealed things.
#[derive(Clone, Default, PartialEq, Eq, Hash)]
pub struct Bytes(pub Vec<u8>);

impl std::fmt::Debug for Bytes {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Bytes({})", self.0.len())
    }
}

impl Bytes {
    /// As text.
    #[must_use]
    pub fn text(&self) -> String {
        let mut text = String::with_capacity(self.0.len().div_ceil(3) * 4);
        for part in self.0.chunks(3) {
            let word = part.iter().fold(0_u32, |word, byte| (word << 8) | u32::from(*byte)) << (8 * (3 - part.len()));
            for place in 0..=part.len() {
                let digit = (word >> (18 - 6 * place)) & 63;
                text.push(char::from(ALPHABET[digit as usize]));
            }
        }
        text
    }

    /// Reads [`Self::text`] back; nothing else, so equal bytes have one text.
    #[must_use]
    pub fn read(text: &str) -> Option<Self> {
        let mut bytes = Vec::with_capacity(text.len() / 4 * 3 + 2);
        for part in text.as_bytes().chunks(4) {
            if part.len() == 1 {
                return None;
            }
            let mut word = 0_u32;
            for letter in part {
                let digit = match letter {
                    b'A'..=b'Z' => letter - b'A',
                    b'a'..=b'z' => letter - b'a' + 26,
                    b'0'..=b'9' => letter - b'0' + 52,
                    b'-' => 62,
                    b'_' => 63,
                    _ => return None,
                };
                word = (word << 6) | u32::from(digit);
            }
            word <<= 6 * (4 - part.len());
            let [_, high, middle, low] = word.to_be_bytes();
            let whole = [high, middle, low];
            let (kept, cut) = whole.split_at(part.len() - 1);
            if cut.iter().any(|byte| *byte != 0) {
                return None;
            }
            bytes.extend_from_slice(kept);
        }
        Some(Self(bytes))
    }
}

impl Serialize for Bytes {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.text())
    }
}

impl<'de> Deserialize<'de> for Bytes {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Self::read(&text).ok_or_else(|| serde::de::Error::custom("not base64url"))
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn reads_back(bytes: Vec<u8>) {
            let bytes = Bytes(bytes);
            prop_assert_eq!(Bytes::read(&bytes.text()), Some(bytes));
        }

        #[test]
        fn one_text_for_equal_bytes(text in "[A-Za-z0-9_-]{0,9}") {
            if let Some(bytes) = Bytes::read(&text) {
                prop_assert_eq!(bytes.text(), text);
            }
        }
    }

    #[test]
    fn is_base64url() {
        assert_eq!(Bytes(b"any carnal pleas".to_vec()).text(), "YW55IGNhcm5hbCBwbGVhcw");
        assert_eq!(Bytes(vec![0xfb, 0xff]).text(), "-_8");
        assert_eq!(Bytes::read("a+b="), None);
    }
}
