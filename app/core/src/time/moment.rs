//! A point in time in whole milliseconds, and its day in China.

use chrono::{DateTime, FixedOffset, NaiveDate, NaiveDateTime, TimeDelta, Timelike as _};
use serde::{Deserialize, Serialize};

/// A point in time: milliseconds since 1970 (UTC). Finer parts never exist, so that a value reads
/// back equal from either database.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Moment(pub i64);

/// China has one time zone and no summer time: +08:00, whatever a phone believes.
const CHINA_MS: i64 = 8 * 3_600_000;
/// Wide enough for any real date (years 1 to 9999), narrow enough for `chrono`.
const RANGE_MS: std::ops::RangeInclusive<i64> = -62_135_596_800_000..=253_402_214_400_000;

impl Moment {
    /// The wall time in Asia/Shanghai. Values outside the years 1–9999 are held to its ends.
    #[must_use]
    pub fn local(self) -> NaiveDateTime {
        let ms = self.0.clamp(*RANGE_MS.start(), *RANGE_MS.end());
        DateTime::from_timestamp_millis(ms + CHINA_MS).unwrap_or_default().naive_utc()
    }

    /// The day in Asia/Shanghai.
    #[must_use]
    pub fn date(self) -> NaiveDate {
        self.local().date()
    }

    /// The moment of a wall time in Asia/Shanghai.
    #[must_use]
    pub fn of_local(local: NaiveDateTime) -> Self {
        Self(local.and_utc().timestamp_millis() - CHINA_MS)
    }

    /// The moment of a wall time given in numbers; `None` for a day that does not exist.
    #[must_use]
    pub fn from_local(year: i32, month: u32, day: u32, hour: u32, minute: u32) -> Option<Self> {
        let date = NaiveDate::from_ymd_opt(year, month, day)?;
        Some(Self::of_local(date.and_hms_opt(hour, minute, 0)?))
    }

    /// The first moment of a day in Asia/Shanghai.
    #[must_use]
    pub fn start_of(date: NaiveDate) -> Self {
        Self::of_local(date.and_time(chrono::NaiveTime::MIN))
    }

    /// `yyMMddHHmm` in Asia/Shanghai, for numbers.
    #[must_use]
    pub fn compact_minutes(self) -> String {
        self.local().format("%y%m%d%H%M").to_string()
    }

    /// Hour and minute in Asia/Shanghai.
    #[must_use]
    pub fn hour_minute(self) -> (u32, u32) {
        let local = self.local();
        (local.hour(), local.minute())
    }

    /// This moment and some milliseconds.
    #[must_use]
    pub fn plus_ms(self, ms: i64) -> Self {
        Self(self.0.saturating_add(ms))
    }

    /// From this moment until `later`, in milliseconds (negative when `later` is before).
    #[must_use]
    pub fn ms_until(self, later: Self) -> i64 {
        later.0.saturating_sub(self.0)
    }
}

impl From<DateTime<FixedOffset>> for Moment {
    fn from(value: DateTime<FixedOffset>) -> Self {
        Self(value.timestamp_millis())
    }
}

/// The day `days` after `date`, held at the end of the calendar.
pub(crate) fn plus_days(date: NaiveDate, days: i64) -> NaiveDate {
    TimeDelta::try_days(days).and_then(|delta| date.checked_add_signed(delta)).unwrap_or(NaiveDate::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_day_changes_at_midnight_in_china() {
        let before = Moment::from_local(2026, 3, 16, 23, 59).unwrap();
        assert_eq!(before.date(), NaiveDate::from_ymd_opt(2026, 3, 16).unwrap());
        assert_eq!(before.plus_ms(60_000).date(), NaiveDate::from_ymd_opt(2026, 3, 17).unwrap());
    }

    #[test]
    fn absurd_moments_do_not_panic() {
        for ms in [i64::MIN, i64::MAX, 0] {
            let _ = Moment(ms).date();
            let _ = Moment(ms).compact_minutes();
        }
    }
}
