//! 核验码: what the QR code of a document holds, and what a person types who has no camera.

/// 80 bits nobody can guess, as sixteen letters and digits that cannot be taken for one another.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct ProofCode([u8; 10]);

/// Crockford's: without I, L, O and U.
const LETTERS: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const LENGTH: usize = 16;

/// Not sixteen letters and digits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a proof code has 16 letters and digits")]
pub struct ProofCodeError;

impl ProofCode {
    /// The first ten bytes of a keyed hash.
    #[must_use]
    pub fn from_hash(hash: [u8; 32]) -> Self {
        let mut bytes = [0; 10];
        bytes.copy_from_slice(&hash[..10]);
        Self(bytes)
    }

    /// Reads what a person typed: blanks, hyphens and small letters are understood, and the letters that
    /// are not used are taken for the digits that they look like.
    ///
    /// # Errors
    /// [`ProofCodeError`].
    pub fn parse(raw: &str) -> Result<Self, ProofCodeError> {
        let mut bytes = [0_u8; 10];
        let mut count = 0;
        for c in raw.chars() {
            let c = match c.to_ascii_uppercase() {
                'O' => '0',
                'I' | 'L' => '1',
                ' ' | '\u{3000}' | '-' | '－' | '\t' | '\n' | '\r' => continue,
                c => c,
            };
            let value = LETTERS.iter().position(|letter| char::from(*letter) == c).ok_or(ProofCodeError)?;
            if count == LENGTH {
                return Err(ProofCodeError);
            }
            for bit in 0..5 {
                let at = count * 5 + bit;
                if value & (16 >> bit) != 0 {
                    bytes[at / 8] |= 128 >> (at % 8);
                }
            }
            count += 1;
        }
        if count == LENGTH { Ok(Self(bytes)) } else { Err(ProofCodeError) }
    }

    /// The sixteen characters without blanks.
    #[must_use]
    pub fn characters(&self) -> String {
        (0..LENGTH)
            .map(|n| {
                let value = (0..5).fold(0, |value, bit| {
                    let at = n * 5 + bit;
                    value * 2 + usize::from(self.0[at / 8] & (128 >> (at % 8)) != 0)
                });
                char::from(LETTERS[value])
            })
            .collect()
    }

    /// Grouped as people read it: `ABCD 1234 EFGH 5678`.
    #[must_use]
    pub fn grouped(&self) -> String {
        let all = self.characters();
        [&all[..4], &all[4..8], &all[8..12], &all[12..]].join(" ")
    }
}

impl std::fmt::Debug for ProofCode {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("ProofCode(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    proptest::proptest! {
        #[test]
        fn what_is_printed_is_read_back(hash in proptest::prelude::any::<[u8; 32]>()) {
            let code = ProofCode::from_hash(hash);
            proptest::prop_assert_eq!(ProofCode::parse(&code.grouped()), Ok(code));
            proptest::prop_assert_eq!(ProofCode::parse(&code.characters().to_lowercase()), Ok(code));
        }
    }

    #[test]
    fn look_alikes_are_understood_and_the_rest_is_not() {
        let code = ProofCode::parse("0011-0011-0011-0011").unwrap();
        assert_eq!(ProofCode::parse("OoIl OoIl OoIl OoIl"), Ok(code));
        for bad in ["", "ABCD", "ABCD EFGH JKMN PQRU", "ABCD 1234 EFGH 5678 9", "文书文书文书文书文书文书文书文书"]
        {
            assert_eq!(ProofCode::parse(bad), Err(ProofCodeError), "{bad}");
        }
    }
}
