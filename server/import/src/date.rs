//! 日期: the many ways in which a date stands in a cell.
//!
//! A guess would be worse than a gap here, so what can be read in two ways is not read: a year of
//! two digits, a day before its month, and `1947.1`, which a spreadsheet makes of October (1947.10)
//! as well as of January.
use chrono::{DateTime, Days, FixedOffset, NaiveDate, NaiveDateTime, NaiveTime};
use serde::Serialize;

use crate::cell::Cell;
use crate::clean;

/// 出生日期: as exact as the file has it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct BirthDate {
    /// 年
    pub year: i32,
    /// 月
    pub month: Option<u32>,
    /// 日, only together with a month
    pub day: Option<u32>,
}

/// What a cell says about a birth.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Birth {
    Blank,
    Known(BirthDate),
    /// Only the year can be relied upon.
    OnlyYear(BirthDate),
    Unreadable,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum BadMoment {
    Unreadable,
    Impossible,
}

const BIRTH_YEARS: std::ops::RangeInclusive<i32> = 1880..=2100;
const MOMENT_YEARS: std::ops::RangeInclusive<i32> = 1949..=2100;

/// Numbers below this are years rather than days since 1900; the days begin in October 1905.
const FIRST_SERIAL: f64 = 2101.0;
const LAST_SERIAL: f64 = 73_415.0;

pub(crate) fn birth(cell: &Cell) -> Birth {
    match cell {
        _ if cell.is_blank() => Birth::Blank,
        Cell::Empty => Birth::Blank,
        Cell::Moment(at) => checked_birth(&from_moment(*at)),
        Cell::Number(number) if (FIRST_SERIAL..LAST_SERIAL).contains(number) => {
            serial(*number).map_or(Birth::Unreadable, |at| checked_birth(&from_moment(at)))
        }
        Cell::Number(_) | Cell::Text(_) => read(&cell.raw()).map_or(Birth::Unreadable, |parts| checked_birth(&parts)),
    }
}

fn checked_birth(parts: &Parts) -> Birth {
    if !BIRTH_YEARS.contains(&parts.year) {
        return Birth::Unreadable;
    }
    let year = BirthDate { year: parts.year, month: None, day: None };
    match (parts.month, parts.day) {
        (None, _) => Birth::Known(year),
        (Some(_), None) if parts.lost_nought => Birth::OnlyYear(year),
        (Some(month), None) if (1..=12).contains(&month) => Birth::Known(BirthDate { month: Some(month), ..year }),
        (Some(month), Some(day)) if NaiveDate::from_ymd_opt(parts.year, month, day).is_some() => {
            Birth::Known(BirthDate { month: Some(month), day: Some(day), ..year })
        }
        _ => Birth::OnlyYear(year),
    }
}

/// A moment in Asia/Shanghai; a date without a time is its first minute.
pub(crate) fn moment(cell: &Cell) -> Result<NaiveDateTime, BadMoment> {
    let at = match cell {
        Cell::Empty => return Err(BadMoment::Unreadable),
        Cell::Moment(at) => *at,
        Cell::Number(number) if (FIRST_SERIAL..LAST_SERIAL).contains(number) => {
            serial(*number).ok_or(BadMoment::Unreadable)?
        }
        Cell::Number(_) | Cell::Text(_) => {
            let text = folded(&cell.raw());
            match DateTime::parse_from_rfc3339(text.trim()) {
                Ok(at) => in_shanghai(at),
                Err(_) => complete(&read(&text).ok_or(BadMoment::Unreadable)?)?,
            }
        }
    };
    let year = chrono::Datelike::year(&at);
    if MOMENT_YEARS.contains(&year) { Ok(at) } else { Err(BadMoment::Impossible) }
}

fn in_shanghai(at: DateTime<FixedOffset>) -> NaiveDateTime {
    FixedOffset::east_opt(8 * 3600).map_or_else(|| at.naive_local(), |offset| at.with_timezone(&offset).naive_local())
}

fn complete(parts: &Parts) -> Result<NaiveDateTime, BadMoment> {
    let (Some(month), Some(day)) = (parts.month, parts.day) else {
        return Err(BadMoment::Unreadable);
    };
    let date = NaiveDate::from_ymd_opt(parts.year, month, day).ok_or(BadMoment::Impossible)?;
    let (hour, minute, second) = parts.time;
    if (hour, minute, second) == (24, 0, 0) {
        // The end of a day, as 24:00 is used in official papers.
        let next = date.checked_add_days(Days::new(1)).ok_or(BadMoment::Impossible)?;
        return Ok(next.and_time(NaiveTime::MIN));
    }
    date.and_hms_opt(hour, minute, second).ok_or(BadMoment::Impossible)
}

struct Parts {
    year: i32,
    month: Option<u32>,
    day: Option<u32>,
    time: (u32, u32, u32),
    /// `1947.1`: a spreadsheet may have dropped a nought.
    lost_nought: bool,
}

fn from_moment(at: NaiveDateTime) -> Parts {
    use chrono::{Datelike, Timelike};
    Parts {
        year: at.year(),
        month: Some(at.month()),
        day: Some(at.day()),
        time: (at.hour(), at.minute(), at.second()),
        lost_nought: false,
    }
}

/// Days since 30 December 1899, as spreadsheets count them.
pub(crate) fn serial(number: f64) -> Option<NaiveDateTime> {
    if !(0.0..2_958_466.0).contains(&number) {
        return None;
    }
    let seconds = (number * 86_400.0).round() as i64;
    NaiveDate::from_ymd_opt(1899, 12, 30)?
        .and_time(NaiveTime::MIN)
        .checked_add_signed(chrono::TimeDelta::try_seconds(seconds)?)
}

fn folded(text: &str) -> String {
    clean::line(&text.chars().take(64).map(clean::fold).collect::<String>())
}

/// Reads year first, then month, day and time, with any of the usual signs between them.
fn read(text: &str) -> Option<Parts> {
    let text = folded(text);
    let (text, afternoon) = without_words(&text)?;
    let tokens: Vec<&str> = text.split(|c: char| !c.is_ascii_digit()).filter(|token| !token.is_empty()).collect();
    let (date, time): (Vec<&str>, &[&str]) = match tokens.as_slice() {
        [whole, time @ ..] if matches!(whole.len(), 6 | 8) => (compact(whole), time),
        [whole] if matches!(whole.len(), 12 | 14) => {
            let (date, time) = whole.split_at_checked(8)?;
            return parts(&compact(date), &pairs(time), afternoon, false);
        }
        date => {
            let (date, time) = date.split_at(date.len().min(3));
            (date.to_vec(), time)
        }
    };
    let lost_nought = text.split_once('.').is_some_and(|(year, rest)| year.len() == 4 && rest == "1");
    parts(&date, time, afternoon, lost_nought)
}

/// Takes out weekdays and the words for morning and afternoon; anything else that is no digit and
/// no sign between digits makes the text unreadable.
fn without_words(text: &str) -> Option<(String, Option<bool>)> {
    let mut text = text.to_ascii_uppercase();
    let mut afternoon = None;
    for (word, value) in [("下午", true), ("上午", false), ("PM", true), ("AM", false)] {
        if text.contains(word) {
            afternoon = Some(value);
            text = text.replace(word, " ");
        }
    }
    for week in ["星期", "周"] {
        for day in ["一", "二", "三", "四", "五", "六", "日", "天"] {
            text = text.replace(&format!("{week}{day}"), "");
        }
    }
    let text = text.replace("()", " ");
    let known = |c: char| c.is_ascii_digit() || "-/.:T ,年月日号时点分秒、，".contains(c);
    text.chars().all(known).then(|| (text.trim().to_owned(), afternoon))
}

fn compact(digits: &str) -> Vec<&str> {
    match digits.split_at_checked(4) {
        Some((year, rest)) => std::iter::once(year).chain(pairs(rest)).collect(),
        None => Vec::new(),
    }
}

fn pairs(mut digits: &str) -> Vec<&str> {
    let mut out = Vec::new();
    while let Some((pair, rest)) = digits.split_at_checked(2) {
        out.push(pair);
        digits = rest;
    }
    out
}

fn parts(date: &[&str], time: &[&str], afternoon: Option<bool>, lost_nought: bool) -> Option<Parts> {
    let small = |token: &&str| (token.len() <= 2).then(|| token.parse::<u32>().ok()).flatten();
    let year = date.first().filter(|year| year.len() == 4)?.parse().ok()?;
    let numbers: Vec<u32> = date.iter().skip(1).map(small).collect::<Option<_>>()?;
    // A fraction of a second may follow and says nothing here.
    let clock: Vec<u32> = time.iter().take(3).map(small).collect::<Option<_>>()?;
    if time.len() > 4 {
        return None;
    }
    let hour = match (clock.first().copied().unwrap_or(0), afternoon) {
        (hour, Some(true)) if hour < 12 => hour + 12,
        (12, Some(false)) => 0,
        (hour, _) => hour,
    };
    Some(Parts {
        year,
        month: numbers.first().copied(),
        day: numbers.get(1).copied(),
        time: (hour, clock.get(1).copied().unwrap_or(0), clock.get(2).copied().unwrap_or(0)),
        lost_nought,
    })
}

#[cfg(test)]
#[path = "date_tests.rs"]
mod tests;
