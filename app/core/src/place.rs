//! 行政区划: places by their statistical code, and areas as prefixes of it.

use serde::{Deserialize, Serialize};

/// Not a code of 6, 9 or 12 digits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a division code has 6, 9 or 12 digits")]
pub struct DivisionCodeError;

/// 区划代码: county (6 digits), town (9) or village (12), by the Statistics Bureau's scheme.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct DivisionCode(String);

impl DivisionCode {
    /// Parses 6, 9 or 12 digits.
    ///
    /// # Errors
    /// [`DivisionCodeError`].
    pub fn parse(raw: &str) -> Result<Self, DivisionCodeError> {
        let raw = raw.trim();
        if matches!(raw.len(), 6 | 9 | 12) && raw.bytes().all(|b| b.is_ascii_digit()) {
            Ok(Self(raw.to_owned()))
        } else {
            Err(DivisionCodeError)
        }
    }

    /// The digits.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The county's six digits.
    #[must_use]
    pub fn county(&self) -> &str {
        &self.0[..6]
    }

    /// The town's nine digits, when the code names a town or a village.
    #[must_use]
    pub fn town(&self) -> Option<&str> {
        self.0.get(..9)
    }

    /// Whether `self` lies in `area` (or is it).
    #[must_use]
    pub fn is_within(&self, area: &Self) -> bool {
        self.0.starts_with(&area.0)
    }
}

impl TryFrom<String> for DivisionCode {
    type Error = DivisionCodeError;
    fn try_from(raw: String) -> Result<Self, DivisionCodeError> {
        Self::parse(&raw)
    }
}

impl From<DivisionCode> for String {
    fn from(code: DivisionCode) -> Self {
        code.0
    }
}

impl std::fmt::Display for DivisionCode {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

/// 责任区: the places that an official answers for.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Area(pub Vec<DivisionCode>);

impl Area {
    /// Whether a place lies in the area.
    #[must_use]
    pub fn covers(&self, place: &DivisionCode) -> bool {
        self.0.iter().any(|part| place.is_within(part))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_town_covers_its_villages_and_no_others() {
        let area = Area(vec![DivisionCode::parse("350921101").unwrap()]);
        assert!(area.covers(&DivisionCode::parse("350921101203").unwrap()));
        assert!(!area.covers(&DivisionCode::parse("350921102203").unwrap()));
        assert!(!area.covers(&DivisionCode::parse("350921").unwrap()));
    }

    #[test]
    fn refuses_what_is_not_a_code() {
        for bad in ["", "35", "3509211012", "35092110120a", "３５０９２１"] {
            assert!(DivisionCode::parse(bad).is_err(), "{bad}");
        }
    }
}
