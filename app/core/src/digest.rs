//! SHA-256 over canonical JSON: what an approval names, what a receipt confirms, what chains the
//! journal.

use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

/// A SHA-256, shown as 64 hexadecimal digits.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Digest([u8; 32]);

impl Digest {
    /// Of bytes.
    #[must_use]
    pub fn of_bytes(bytes: &[u8]) -> Self {
        Self(Sha256::digest(bytes).into())
    }

    /// Of a value's JSON. Our writer writes struct fields in the order of their declaration and
    /// map keys sorted, so equal values have equal digests.
    #[must_use]
    pub fn of(value: &impl Serialize) -> Self {
        // Values here are our own plain types; were one not to serialise, it must not look equal
        // to one that does, and no JSON is the error's text.
        match crate::json::write(value) {
            Ok(json) => Self::of_bytes(json.as_bytes()),
            Err(error) => Self::of_bytes(error.to_string().as_bytes()),
        }
    }

    /// Of a previous digest and the bytes that follow it (a link of a hash chain).
    #[must_use]
    pub fn chained(previous: Option<&Self>, bytes: &[u8]) -> Self {
        let mut hasher = Sha256::new();
        if let Some(previous) = previous {
            hasher.update(previous.0);
        }
        hasher.update(bytes);
        Self(hasher.finalize().into())
    }

    /// From its 32 bytes.
    #[must_use]
    pub fn from_bytes(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }

    /// Its 32 bytes.
    #[must_use]
    pub fn bytes(&self) -> [u8; 32] {
        self.0
    }

    /// 64 hexadecimal digits.
    #[must_use]
    pub fn hex(&self) -> String {
        let mut text = String::with_capacity(64);
        for byte in self.0 {
            for half in [byte >> 4, byte & 15] {
                text.push(char::from(if half < 10 { b'0' + half } else { b'a' - 10 + half }));
            }
        }
        text
    }

    /// Reads [`Self::hex`] back.
    #[must_use]
    pub fn from_hex(text: &str) -> Option<Self> {
        if text.len() != 64 {
            return None;
        }
        let mut bytes = [0_u8; 32];
        for (byte, digits) in bytes.iter_mut().zip(text.as_bytes().chunks_exact(2)) {
            for digit in digits {
                let half = match digit {
                    b'0'..=b'9' => digit - b'0',
                    b'a'..=b'f' => digit - b'a' + 10,
                    b'A'..=b'F' => digit - b'A' + 10,
                    _ => return None,
                };
                *byte = *byte << 4 | half;
            }
        }
        Some(Self(bytes))
    }
}

impl std::fmt::Debug for Digest {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.hex()[..12])
    }
}

impl Serialize for Digest {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.hex())
    }
}

impl<'de> Deserialize<'de> for Digest {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Self::from_hex(&text).ok_or_else(|| serde::de::Error::custom("a digest has 64 hexadecimal digits"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_back_and_tells_apart() {
        let digest = Digest::of(&("甲", 1));
        assert_eq!(Digest::from_hex(&digest.hex()), Some(digest));
        assert_ne!(digest, Digest::of(&("甲", 2)));
        assert_eq!(Digest::from_hex(&digest.hex().to_uppercase()), Some(digest));
        assert_eq!(Digest::from_bytes([0x0a; 32]).hex(), "0a".repeat(32));
        assert_eq!(Digest::from_bytes([0xf9; 32]).hex(), "f9".repeat(32));
        assert_eq!(Digest::from_hex("zz"), None);
        assert_eq!(Digest::from_hex(&"+f".repeat(32)), None);
        assert_eq!(Digest::from_hex(&"é".repeat(32)), None);
    }

    #[test]
    fn a_chain_depends_on_what_came_before() {
        let first = Digest::chained(None, b"a");
        assert_ne!(Digest::chained(Some(&first), b"b"), Digest::chained(None, b"b"));
    }
}
