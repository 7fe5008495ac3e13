//! 导入: reads the files that officials bring (divisions, household rosters, messages) into typed
//! rows. Pure: bytes go in, rows and remarks come out; no database, no network, no clock.
//!
//! Three things are promised of every input, however broken:
//! - it is answered, with rows or with a typed error, and never with a panic;
//! - a row that cannot be taken in is named by the number the person sees in front of it, and does
//!   not stand in the way of the others;
//! - numbers of identity papers and bank cards do not leave this crate: such cells are counted, and
//!   what they held is gone.
//!
//! The way of a file: `format` tells what it is, `xlsx`, `xls`, `ods` and `text` make sheets of
//! cells, `table` finds the header, and `divisions`, `households` and `matters` make rows.
#![cfg_attr(test, allow(clippy::expect_used, reason = "tests"))]

mod cell;
mod clean;
mod code;
mod columns;
mod date;
mod divisions;
mod field;
mod format;
mod households;
mod matters;
mod ods;
mod person;
mod place;
mod problem;
mod sheet;
mod table;
mod text;
mod unpack;
mod xls;
mod xlsx;

pub use code::{BadCode, CountyCode, TownCode, VillageCode};
pub use date::BirthDate;
pub use divisions::{DivisionRow, read_divisions};
pub use field::Field;
pub use households::{HouseholdRow, read_households};
pub use matters::{MatterReply, MatterRow, read_matters};
pub use person::{MemberRow, Sex};
pub use place::{PlaceIndex, PlaceName, PlaceProblem, match_key};
pub use problem::{FileError, Note, NoteKind, Parsed, Reason, RowNumber, RowProblem};
pub use sheet::{MAX_BYTES, MAX_CELLS, MAX_COLUMNS, MAX_ROWS};

/// 导入种类.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// 区划
    Divisions,
    /// 住户
    Households,
    /// 事项
    Matters,
}

impl Kind {
    /// All kinds, in the order in which a county imports them.
    pub const ALL: [Self; 3] = [Self::Divisions, Self::Households, Self::Matters];

    /// The word for it on the command line and in addresses.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Divisions => "divisions",
            Self::Households => "households",
            Self::Matters => "matters",
        }
    }
}

/// No kind of import has this name.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("no such kind of import: divisions, households or matters")]
pub struct UnknownKind;

impl std::str::FromStr for Kind {
    type Err = UnknownKind;
    fn from_str(text: &str) -> Result<Self, UnknownKind> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == text).ok_or(UnknownKind)
    }
}
