//! 统计期间: from a day to a day, both counted.

use chrono::{Datelike as _, Months, NaiveDate};

/// The longest period that is counted at once: five years.
const MOST_DAYS: i64 = 5 * 366;

/// A period; `from` is not after `until`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Period {
    from: NaiveDate,
    until: NaiveDate,
}

/// The day on which a business month begins: 1 for calendar months; 21 where the month closes on the 20th.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MonthStart(u8);

/// No day that every month has.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a month begins on a day from 1 to 28")]
pub struct MonthStartError;

impl Default for MonthStart {
    fn default() -> Self {
        Self(1)
    }
}

impl std::str::FromStr for MonthStart {
    type Err = MonthStartError;
    fn from_str(text: &str) -> Result<Self, MonthStartError> {
        text.trim().parse().ok().filter(|day| (1..=28).contains(day)).map(Self).ok_or(MonthStartError)
    }
}

impl Period {
    /// From a day to a day; `None` when it ends before it begins, or is longer than five years.
    #[must_use]
    pub fn new(from: NaiveDate, until: NaiveDate) -> Option<Self> {
        (0..MOST_DAYS).contains(&(until - from).num_days()).then_some(Self { from, until })
    }

    /// A business month, named after the month in which it ends: with a start on the 21st, November goes from
    /// the 21st of October to the 20th of November.
    #[must_use]
    pub fn month(year: i32, month: u32, start: MonthStart) -> Option<Self> {
        let first = NaiveDate::from_ymd_opt(year, month, u32::from(start.0))?;
        let from = if start.0 == 1 { first } else { first.checked_sub_months(Months::new(1))? };
        Self::new(from, from.checked_add_months(Months::new(1))?.pred_opt()?)
    }

    /// The business month in which a day lies: its year and its number.
    #[must_use]
    pub fn month_of(day: NaiveDate, start: MonthStart) -> (i32, u32) {
        let next = start.0 > 1 && day.day() >= u32::from(start.0);
        let named = if next { day.checked_add_months(Months::new(1)).unwrap_or(day) } else { day };
        (named.year(), named.month())
    }

    /// A calendar year.
    #[must_use]
    pub fn year(year: i32) -> Option<Self> {
        Self::new(NaiveDate::from_ymd_opt(year, 1, 1)?, NaiveDate::from_ymd_opt(year, 12, 31)?)
    }

    /// The first day.
    #[must_use]
    pub fn from(self) -> NaiveDate {
        self.from
    }

    /// The last day.
    #[must_use]
    pub fn until(self) -> NaiveDate {
        self.until
    }

    /// Whether a day lies in it.
    #[must_use]
    pub fn holds(self, day: NaiveDate) -> bool {
        (self.from..=self.until).contains(&day)
    }

    /// Whether there is a day and it lies in it.
    #[must_use]
    pub fn has(self, day: Option<NaiveDate>) -> bool {
        day.is_some_and(|day| self.holds(day))
    }
}
