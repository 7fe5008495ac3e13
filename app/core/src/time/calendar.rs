//! Working days and statutory holidays: a table that is data (State Council notices), not code.

use std::collections::BTreeMap;

use chrono::{Datelike as _, NaiveDate, Weekday};

use super::moment::plus_days;

/// What the table says of a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Day {
    /// 放假.
    Rest,
    /// 调休上班.
    Work,
}

/// A line of the table that cannot be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("line {line} of the holiday table: {text:?} is not date,rest|work,name")]
pub struct CalendarError {
    /// 1-based line number.
    pub line: usize,
    /// What stands there.
    pub text: String,
}

/// What happens when the last day of a period is a day off. The regulation is silent (spec 2.3),
/// so it is a setting.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum LastDay {
    /// It stays.
    Stays,
    /// A statutory holiday moves to the next working day; an ordinary weekend does not. The default.
    #[default]
    MovesOffHolidays,
}

/// 法定节假日与调休 of the years that the table covers; other years have only weekends.
#[derive(Clone, Debug, Default)]
pub struct Calendar {
    days: BTreeMap<NaiveDate, Day>,
    last_day: LastDay,
}

impl Calendar {
    /// The table that ships with the project (2025, 2026).
    #[must_use]
    pub fn shipped() -> Self {
        // A test proves that the shipped file parses.
        Self::parse(include_str!("../../data/holidays.csv")).unwrap_or_default()
    }

    /// Reads `date,rest|work,name` lines; blank lines and lines with `#` are skipped.
    ///
    /// # Errors
    /// [`CalendarError`] with the first line that cannot be read.
    pub fn parse(table: &str) -> Result<Self, CalendarError> {
        let mut days = BTreeMap::new();
        for (at, raw) in table.lines().enumerate() {
            let line = raw.trim().trim_start_matches('\u{feff}');
            if line.is_empty() || line.starts_with('#') {
                continue;
            }
            let bad = || CalendarError { line: at + 1, text: line.to_owned() };
            let mut fields = line.split(',');
            let date = fields.next().and_then(|f| f.trim().parse::<NaiveDate>().ok()).ok_or_else(bad)?;
            let day = match fields.next().map(str::trim) {
                Some("rest") => Day::Rest,
                Some("work") => Day::Work,
                _ => return Err(bad()),
            };
            days.insert(date, day);
        }
        Ok(Self { days, last_day: LastDay::default() })
    }

    /// The same table with another rule for the last day.
    #[must_use]
    pub fn with_last_day(mut self, rule: LastDay) -> Self {
        self.last_day = rule;
        self
    }

    /// Whether the table has anything for the year.
    #[must_use]
    pub fn covers(&self, year: i32) -> bool {
        self.days.keys().any(|day| day.year() == year)
    }

    /// Whether offices work on that day.
    #[must_use]
    pub fn is_working_day(&self, date: NaiveDate) -> bool {
        match self.days.get(&date) {
            Some(Day::Rest) => false,
            Some(Day::Work) => true,
            None => !matches!(date.weekday(), Weekday::Sat | Weekday::Sun),
        }
    }

    /// Whether the State Council's table names the day as off.
    #[must_use]
    pub fn is_statutory_holiday(&self, date: NaiveDate) -> bool {
        self.days.get(&date) == Some(&Day::Rest)
    }

    /// The last day of a period of natural days: the first day is not counted, the period ends on
    /// that day at 24:00. A last day on a statutory holiday moves by the [`LastDay`] rule.
    #[must_use]
    pub fn after_days(&self, start: NaiveDate, days: u16) -> NaiveDate {
        let last = plus_days(start, i64::from(days));
        if self.last_day == LastDay::MovesOffHolidays && self.is_statutory_holiday(last) {
            self.next_working_day(last)
        } else {
            last
        }
    }

    /// The last day of a period of working days (工作日), the first day not counted.
    #[must_use]
    pub fn after_working_days(&self, start: NaiveDate, days: u16) -> NaiveDate {
        (0..days).fold(start, |day, _| self.next_working_day(day))
    }

    /// The day itself when offices work on it, otherwise the next day on which they do (遇节假日顺延).
    #[must_use]
    pub fn or_next_working_day(&self, date: NaiveDate) -> NaiveDate {
        if self.is_working_day(date) { date } else { self.next_working_day(date) }
    }

    fn next_working_day(&self, date: NaiveDate) -> NaiveDate {
        let mut day = plus_days(date, 1);
        while day < NaiveDate::MAX && !self.is_working_day(day) {
            day = plus_days(day, 1);
        }
        day
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn the_shipped_table_parses_and_covers_two_years() {
        let table = Calendar::parse(include_str!("../../data/holidays.csv")).unwrap();
        assert!(table.covers(2025) && table.covers(2026) && !table.covers(2027));
        assert!(!table.is_working_day(day("2026-02-17")));
        assert!(table.is_working_day(day("2026-02-28")), "a Saturday worked for the Spring Festival");
        assert!(!table.is_working_day(day("2026-03-01")));
    }

    #[test]
    fn a_bad_line_is_named() {
        let error = Calendar::parse("# x\n2026-01-01,rest,元旦\n2026-13-01,rest,?\n").unwrap_err();
        assert_eq!(error.line, 3);
    }

    // The worked examples of spec 2.3.
    #[test]
    fn worked_examples_of_the_spec() {
        let c = Calendar::shipped();
        assert_eq!(c.after_days(day("2026-03-01"), 15), day("2026-03-16"));
        assert_eq!(c.after_days(day("2026-08-10"), 3), day("2026-08-13"));
        let bare = Calendar::default();
        assert_eq!(bare.after_days(day("2027-01-02"), 60), day("2027-03-03"));
        assert_eq!(bare.after_days(day("2028-01-02"), 60), day("2028-03-02"), "leap year");
    }

    #[test]
    fn a_last_day_on_a_holiday_moves_to_the_next_working_day() {
        let c = Calendar::shipped();
        assert_eq!(c.after_days(day("2026-09-28"), 3), day("2026-10-08"));
        assert_eq!(c.after_days(day("2026-02-12"), 3), day("2026-02-24"));
        let fixed = Calendar::shipped().with_last_day(LastDay::Stays);
        assert_eq!(fixed.after_days(day("2026-09-28"), 3), day("2026-10-01"));
        // An ordinary Sunday stays.
        assert_eq!(c.after_days(day("2026-03-12"), 3), day("2026-03-15"));
    }

    #[test]
    fn five_working_days_over_the_spring_festival() {
        // 13 Feb is a Friday; 14 (Sat) is worked; 15–23 are off.
        assert_eq!(Calendar::shipped().after_working_days(day("2026-02-13"), 5), day("2026-02-27"));
    }

    proptest! {
        #[test]
        fn a_period_never_ends_early_and_never_on_a_holiday(offset in 0_i64..730, days in 0_u16..120) {
            let c = Calendar::shipped();
            let start = plus_days(day("2025-01-01"), offset);
            let due = c.after_days(start, days);
            prop_assert!(due >= plus_days(start, i64::from(days)));
            prop_assert!(!c.is_statutory_holiday(due));
        }

        #[test]
        fn working_days_count_exactly(offset in 0_i64..700, days in 1_u16..30) {
            let c = Calendar::shipped();
            let start = plus_days(day("2025-01-01"), offset);
            let due = c.after_working_days(start, days);
            let counted = start.iter_days().skip(1).take_while(|d| *d <= due).filter(|d| c.is_working_day(*d)).count();
            prop_assert_eq!(counted, usize::from(days));
            prop_assert!(c.is_working_day(due));
        }

        #[test]
        fn a_later_start_is_never_due_earlier(offset in 0_i64..700, step in 0_i64..30, days in 0_u16..90) {
            let c = Calendar::shipped();
            let start = plus_days(day("2025-01-01"), offset);
            prop_assert!(c.after_days(start, days) <= c.after_days(plus_days(start, step), days));
        }
    }
}
