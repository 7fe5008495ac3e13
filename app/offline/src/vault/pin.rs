//! 口令: what opens the phone without a network.

/// Why digits cannot be a PIN.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PinFault {
    /// Not 6 to 12 digits.
    #[error("a PIN has 6 to 12 digits")]
    Length,
    /// All the same, or counting up or down.
    #[error("this PIN is the first that anybody would try")]
    TooEasy,
}

/// 口令: 6 to 12 digits. Never printed.
#[derive(Clone, PartialEq, Eq)]
pub struct Pin(String);

impl std::fmt::Debug for Pin {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Pin(…)")
    }
}

impl Pin {
    /// Reads what was typed. Full-width digits are understood.
    ///
    /// # Errors
    /// [`PinFault`].
    pub fn parse(typed: &str) -> Result<Self, PinFault> {
        let mut digits = String::with_capacity(12);
        for letter in typed.trim().chars() {
            digits.push(match letter {
                '0'..='9' => letter,
                '０'..='９' => char::from_u32(u32::from(letter) - 0xFF10 + 0x30).ok_or(PinFault::Length)?,
                _ => return Err(PinFault::Length),
            });
        }
        if !(6..=12).contains(&digits.len()) {
            return Err(PinFault::Length);
        }
        let step = |by: u8| digits.as_bytes().windows(2).all(|pair| (pair[0] - b'0' + by) % 10 == pair[1] - b'0');
        // Equal, ascending, descending; 890123 counts too.
        if [0, 1, 9].into_iter().any(step) {
            return Err(PinFault::TooEasy);
        }
        Ok(Self(digits))
    }

    /// The digits.
    #[must_use]
    pub fn bytes(&self) -> &[u8] {
        self.0.as_bytes()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table() {
        for easy in ["000000", "123456", "987654321", "890123", "210987", "９９９９９９"] {
            assert_eq!(Pin::parse(easy), Err(PinFault::TooEasy), "{easy}");
        }
        for short in ["", "12345", "1357924680135", "12345a", "１２３４５"] {
            assert_eq!(Pin::parse(short), Err(PinFault::Length), "{short}");
        }
        assert_eq!(Pin::parse(" １35790 ").unwrap().bytes(), b"135790");
        assert_eq!(format!("{:?}", Pin::parse("135790").unwrap()), "Pin(…)");
    }
}
