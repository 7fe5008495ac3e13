//! 区划代码: the codes of the National Bureau of Statistics, 6, 9 and 12 digits long.
use serde::{Deserialize, Serialize};

use crate::clean;
use crate::problem::Reason;

macro_rules! division_code {
    ($(#[$doc:meta])* $name:ident, $digits:literal) => {
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(try_from = "String", into = "String")]
        pub struct $name(String);

        impl $name {
            /// How many digits such a code has.
            pub const DIGITS: usize = $digits;

            /// The digits.
            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl std::str::FromStr for $name {
            type Err = BadCode;
            fn from_str(text: &str) -> Result<Self, BadCode> {
                let fits = text.len() == $digits
                    && text.bytes().all(|b| b.is_ascii_digit())
                    && !text.starts_with('0');
                if fits { Ok(Self(text.to_owned())) } else { Err(BadCode { digits: $digits }) }
            }
        }

        impl TryFrom<String> for $name {
            type Error = BadCode;
            fn try_from(text: String) -> Result<Self, BadCode> {
                text.parse()
            }
        }

        impl From<$name> for String {
            fn from(code: $name) -> Self {
                code.0
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                self.0.fmt(f)
            }
        }
    };
}

division_code!(
    /// 村级代码 (12 位).
    VillageCode, 12
);
division_code!(
    /// 乡镇街道代码 (9 位).
    TownCode, 9
);
division_code!(
    /// 县级代码 (6 位).
    CountyCode, 6
);

/// Not a division code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a code of {digits} digits is needed")]
pub struct BadCode {
    /// How many digits the code should have.
    pub digits: usize,
}

impl VillageCode {
    /// The code of the town that the village lies in.
    #[must_use]
    pub fn town(&self) -> TownCode {
        TownCode(self.0.chars().take(TownCode::DIGITS).collect())
    }

    /// The code of the county.
    #[must_use]
    pub fn county(&self) -> CountyCode {
        self.town().county()
    }
}

impl TownCode {
    /// The code of the county.
    #[must_use]
    pub fn county(&self) -> CountyCode {
        CountyCode(self.0.chars().take(CountyCode::DIGITS).collect())
    }
}

/// Reads a code from a cell. `padded`: yearbooks write a town's code with three noughts behind it.
pub(crate) fn read<C: std::str::FromStr>(text: &str, digits: usize, padded: bool) -> Result<C, Reason> {
    let plain: String = text.chars().map(clean::fold).filter(|c| !c.is_whitespace() && *c != '\'').collect();
    let code = if padded && plain.len() == digits + 3 { plain.strip_suffix("000") } else { None };
    code.unwrap_or(&plain).parse().map_err(|_| {
        let found = clean::excerpt(text);
        if text.contains(['E', 'e']) && text.contains('+') {
            Reason::CodeLostDigits { found }
        } else {
            Reason::BadCode { found, digits }
        }
    })
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;

    #[test]
    fn a_village_knows_its_town_and_county() {
        let code: VillageCode = read(" ３５0921001001 ", 12, false).unwrap();
        assert_eq!(code.town().as_str(), "350921001");
        assert_eq!(code.county().as_str(), "350921");
    }

    #[test]
    fn a_padded_town_code_is_understood() {
        assert_eq!(read::<TownCode>("350921001000", 9, true).unwrap().as_str(), "350921001");
        assert!(read::<TownCode>("350921001001", 9, true).is_err());
    }

    #[test]
    fn a_code_with_an_exponent_has_lost_digits() {
        let lost = read::<VillageCode>("3.50921E+11", 12, false).unwrap_err();
        assert_eq!(lost, Reason::CodeLostDigits { found: "3.50921E+11".into() });
        assert!(matches!(read::<VillageCode>("35092100100", 12, false), Err(Reason::BadCode { digits: 12, .. })));
    }
}
