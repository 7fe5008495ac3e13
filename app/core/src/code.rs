//! Numbers that people read out and type: 查询码 and 信访件编号.

use serde::{Deserialize, Serialize};

use crate::time::Moment;

/// Why a typed query code cannot be one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum QueryCodeError {
    /// Not exactly 12 digits (blanks and hyphens are skipped).
    #[error("a query code has 12 digits")]
    Length,
    /// A slip of the finger: the check digit does not fit.
    #[error("the check digit does not fit")]
    CheckDigit,
}

/// 查询码: 11 random digits and a check digit (spec 3.6), typed in groups of four.
///
/// The check digit is Damm's: it finds every single wrong digit and every swap of two neighbours,
/// so a slip is told before anything is sent. Not derivable from the matter's number.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct QueryCode([u8; 12]);

/// Damm's quasigroup of order 10.
const DAMM: [[u8; 10]; 10] = [
    [0, 3, 1, 7, 5, 9, 8, 6, 4, 2],
    [7, 0, 9, 2, 1, 5, 4, 8, 6, 3],
    [4, 2, 0, 6, 8, 7, 1, 3, 5, 9],
    [1, 7, 5, 0, 9, 8, 3, 4, 2, 6],
    [6, 1, 2, 3, 0, 4, 5, 9, 7, 8],
    [3, 6, 7, 4, 2, 0, 9, 5, 8, 1],
    [5, 8, 6, 9, 7, 2, 0, 1, 3, 4],
    [8, 9, 4, 5, 3, 6, 2, 0, 1, 7],
    [9, 4, 3, 8, 6, 1, 7, 2, 0, 5],
    [2, 5, 8, 1, 4, 3, 6, 7, 9, 0],
];

fn damm(digits: &[u8]) -> u8 {
    digits.iter().fold(0, |interim, digit| DAMM[usize::from(interim)][usize::from(*digit)])
}

impl QueryCode {
    /// How many codes there are: 11 free digits.
    pub const SPACE: u64 = 100_000_000_000;

    /// The code with the given number (taken modulo [`Self::SPACE`]) before its check digit.
    #[must_use]
    pub fn from_number(number: u64) -> Self {
        let mut digits = [0_u8; 12];
        let mut rest = number % Self::SPACE;
        for place in digits[..11].iter_mut().rev() {
            *place = u8::try_from(rest % 10).unwrap_or(0);
            rest /= 10;
        }
        digits[11] = damm(&digits[..11]);
        Self(digits)
    }

    /// Reads what a person typed: blanks, hyphens and full-width digits are understood.
    ///
    /// # Errors
    /// [`QueryCodeError`].
    pub fn parse(raw: &str) -> Result<Self, QueryCodeError> {
        let mut digits = [0_u8; 12];
        let mut count = 0;
        for c in raw.chars() {
            let digit = match c {
                '0'..='9' => u32::from(c) - u32::from('0'),
                '０'..='９' => u32::from(c) - u32::from('０'),
                ' ' | '\u{3000}' | '-' | '－' | '\t' | '\n' | '\r' => continue,
                _ => return Err(QueryCodeError::Length),
            };
            if count == 12 {
                return Err(QueryCodeError::Length);
            }
            digits[count] = u8::try_from(digit).unwrap_or(0);
            count += 1;
        }
        if count != 12 {
            return Err(QueryCodeError::Length);
        }
        if damm(&digits) != 0 {
            return Err(QueryCodeError::CheckDigit);
        }
        Ok(Self(digits))
    }

    /// The twelve digits without blanks.
    #[must_use]
    pub fn digits(&self) -> String {
        self.0.iter().map(|d| char::from(b'0' + d)).collect()
    }

    /// Grouped as people read it: `1234 5678 9012`.
    #[must_use]
    pub fn grouped(&self) -> String {
        let all = self.digits();
        format!("{} {} {}", &all[..4], &all[4..8], &all[8..])
    }
}

/// Codes are secrets of a kind: they do not appear in debug output or logs.
impl Serialize for QueryCode {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.digits())
    }
}

impl<'de> Deserialize<'de> for QueryCode {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Self::parse(&String::deserialize(deserializer)?).map_err(serde::de::Error::custom)
    }
}

impl std::fmt::Debug for QueryCode {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("QueryCode(…)")
    }
}

/// 纸表编号: nine digits and a check digit, on a printed form (信访事项登记表) and in its bar code. It says
/// nothing; it lets the paper be found that an intake was entered from.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct FormNumber(String);

/// Not ten digits, or a slip of the finger.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a form's number has ten digits, the last a check digit")]
pub struct FormNumberError;

impl FormNumber {
    /// How many numbers there are: nine free digits.
    pub const SPACE: u32 = 1_000_000_000;

    /// The number (taken modulo [`Self::SPACE`]) with its check digit.
    #[must_use]
    pub fn from_number(number: u32) -> Self {
        let free = format!("{:09}", number % Self::SPACE);
        let digits: Vec<u8> = free.bytes().map(|b| b - b'0').collect();
        Self(format!("{free}{}", damm(&digits)))
    }

    /// Reads what a person typed or a scanner sent: blanks, hyphens and full-width digits are understood.
    ///
    /// # Errors
    /// [`FormNumberError`].
    pub fn parse(raw: &str) -> Result<Self, FormNumberError> {
        let mut digits = Vec::with_capacity(10);
        for c in raw.chars() {
            let digit = match c {
                '0'..='9' => u32::from(c) - u32::from('0'),
                '０'..='９' => u32::from(c) - u32::from('０'),
                '-' | '－' => continue,
                c if c.is_whitespace() => continue,
                _ => return Err(FormNumberError),
            };
            if digits.len() == 10 {
                return Err(FormNumberError);
            }
            digits.push(u8::try_from(digit).unwrap_or(0));
        }
        if digits.len() != 10 || damm(&digits) != 0 {
            return Err(FormNumberError);
        }
        Ok(Self(digits.iter().map(|digit| char::from(b'0' + digit)).collect()))
    }

    /// The ten digits.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl TryFrom<String> for FormNumber {
    type Error = FormNumberError;
    fn try_from(raw: String) -> Result<Self, FormNumberError> {
        Self::parse(&raw)
    }
}

impl From<FormNumber> for String {
    fn from(number: FormNumber) -> Self {
        number.0
    }
}

/// 信访件编号: province (2), yyMMddHHmm (10) and four digits, as the public numbers parse (spec 3.6).
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct MatterNumber(String);

/// Not 16 digits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a matter number has 16 digits")]
pub struct MatterNumberError;

impl MatterNumber {
    /// The number of a matter registered at `at` in the province; `serial` is taken modulo 10,000.
    #[must_use]
    pub fn compose(province: u8, at: Moment, serial: u32) -> Self {
        Self(format!("{:02}{}{:04}", province % 100, at.compact_minutes(), serial % 10_000))
    }

    /// Parses 16 digits.
    ///
    /// # Errors
    /// [`MatterNumberError`].
    pub fn parse(raw: &str) -> Result<Self, MatterNumberError> {
        let raw = raw.trim();
        if raw.len() == 16 && raw.bytes().all(|b| b.is_ascii_digit()) {
            Ok(Self(raw.to_owned()))
        } else {
            Err(MatterNumberError)
        }
    }

    /// The digits.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl TryFrom<String> for MatterNumber {
    type Error = MatterNumberError;
    fn try_from(raw: String) -> Result<Self, MatterNumberError> {
        Self::parse(&raw)
    }
}

impl From<MatterNumber> for String {
    fn from(number: MatterNumber) -> Self {
        number.0
    }
}

impl std::fmt::Display for MatterNumber {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_forms_number_tells_a_slip() {
        let number = FormNumber::from_number(123_456_789);
        let typed = [" ", &number.as_str()[..5], "-", &number.as_str()[5..], " "].concat();
        assert_eq!(FormNumber::parse(&typed), Ok(number.clone()));
        assert_eq!(FormNumber::parse(number.as_str()), Ok(number.clone()));
        let mut slip = number.as_str().to_owned().into_bytes();
        slip.swap(3, 4);
        for wrong in [String::from_utf8(slip).unwrap(), number.as_str()[1..].to_owned(), String::new()] {
            assert_eq!(FormNumber::parse(&wrong), Err(FormNumberError), "{wrong}");
        }
        assert_ne!(FormNumber::from_number(7), FormNumber::from_number(8));
    }

    proptest! {
        #[test]
        fn every_code_reads_back(number in 0..QueryCode::SPACE) {
            let code = QueryCode::from_number(number);
            prop_assert_eq!(QueryCode::parse(&code.grouped()).unwrap(), code);
        }

        #[test]
        fn every_single_slip_is_found(number in 0..QueryCode::SPACE, at in 0..12_usize, add in 1..10_u8) {
            let mut digits: Vec<u8> = QueryCode::from_number(number).digits().into_bytes();
            digits[at] = b'0' + (digits[at] - b'0' + add) % 10;
            let typed = String::from_utf8(digits).unwrap();
            prop_assert_eq!(QueryCode::parse(&typed), Err(QueryCodeError::CheckDigit));
        }

        #[test]
        fn every_swap_of_neighbours_is_found(number in 0..QueryCode::SPACE, at in 0..11_usize) {
            let mut digits: Vec<u8> = QueryCode::from_number(number).digits().into_bytes();
            prop_assume!(digits[at] != digits[at + 1]);
            digits.swap(at, at + 1);
            let typed = String::from_utf8(digits).unwrap();
            prop_assert_eq!(QueryCode::parse(&typed), Err(QueryCodeError::CheckDigit));
        }

        #[test]
        fn nothing_typed_panics(typed in "\\PC*") {
            let _ = QueryCode::parse(&typed);
        }
    }

    #[test]
    fn full_width_digits_and_hyphens_are_understood() {
        let code = QueryCode::from_number(12_345_678_901);
        let wide: String =
            code.digits().chars().map(|c| char::from_u32(u32::from(c) - 0x30 + 0xFF10).unwrap()).collect();
        assert_eq!(QueryCode::parse(&wide).unwrap(), code);
        assert_eq!(QueryCode::parse(&code.grouped().replace(' ', "-")).unwrap(), code);
    }

    #[test]
    fn a_code_does_not_show_in_debug_output() {
        let code = QueryCode::from_number(7);
        assert!(!format!("{code:?}").contains(&code.digits()[..4]));
    }

    #[test]
    fn a_matter_number_has_province_minute_and_serial() {
        let at = Moment::from_local(2026, 5, 3, 9, 7).unwrap();
        assert_eq!(MatterNumber::compose(35, at, 42).as_str(), "3526050309070042");
    }
}
