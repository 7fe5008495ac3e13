//! 节假日: the yearly table before an administrator.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::desk::ImportProblem;
use crate::code::MatterNumber;
use crate::text::ShortText;
use crate::time::ClockKind;

/// A day of the table.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct HolidayLine {
    /// The day.
    pub day: NaiveDate,
    /// 放假; otherwise 调休上班.
    pub rest: bool,
    /// Of which holiday.
    pub name: ShortText,
}

/// `GET /api/v1/holidays`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct HolidayTable {
    /// All days that are named, the first first.
    pub days: Vec<HolidayLine>,
    /// Whether a last day that falls on a statutory holiday moves to the next working day.
    pub last_day_moves: bool,
}

/// `POST /api/v1/holidays`: a year's table as lines `date,rest|work,name`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct HolidayImport {
    /// The lines, as they stand in the file or were pasted.
    pub text: String,
    /// Whether it is put in; otherwise only looked at.
    pub save: bool,
}

/// What an import found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct HolidayReport {
    /// The year, when all lines are of one.
    pub year: Option<i32>,
    /// The days that were read.
    pub days: Vec<HolidayLine>,
    /// Lines that cannot be read; then nothing is put in.
    pub problems: Vec<ImportProblem>,
    /// Running clocks whose last day would be another if they began under the new table. They stay.
    pub differ: Vec<Shift>,
    /// Whether it was put in.
    pub saved: bool,
}

/// A running clock that the new table would have given another last day.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Shift {
    /// 信访件编号.
    pub number: MatterNumber,
    /// Which clock.
    pub kind: ClockKind,
    /// Its last day, which stands.
    pub stands: NaiveDate,
    /// What it would be.
    pub would_be: NaiveDate,
}

/// `POST /api/v1/holidays/last-day`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LastDayRequest {
    /// Whether a last day on a statutory holiday moves.
    pub moves: bool,
}
