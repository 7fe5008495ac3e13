//! 节假日: the yearly table that the clocks go by, as data of the database.
//!
//! What runs keeps its last day: it was told to people. A new table decides about clocks that begin under it;
//! an import names the running ones that it would have given another day, for people to decide about.

use app::text::holidays as words;
use case_core::audit::Trace;
use case_core::matter::Matter;
use case_core::text::ShortText;
use case_core::time::{Calendar, CalendarError, LastDay, Rules};
use case_core::wire::desk::ImportProblem;
use case_core::wire::holidays::{HolidayLine, HolidayReport, HolidayTable, Shift};
use case_store::{Store, StoreError};
use chrono::{Datelike as _, NaiveDate, Weekday};

use crate::error::ApiError;
use crate::state::AppState;

/// Under which name the database keeps what becomes of a last day on a holiday.
const LAST_DAY: &str = "last_day";
const MOVES: &str = "moves";
const STAYS: &str = "stays";
/// Matters that are looked at in one step.
const PAGE: u32 = 200;
/// Clocks that are named.
const NAMED: usize = 200;

/// The calendar of a database; one without a table gets `first`.
///
/// # Errors
/// [`StoreError`].
pub async fn calendar(store: &Store, first: &[HolidayLine], trace: Trace) -> Result<Calendar, StoreError> {
    store.begin_holidays(first, trace).await?;
    let rule = match store.setting(LAST_DAY).await?.as_deref() {
        Some(STAYS) => LastDay::Stays,
        _ => LastDay::MovesOffHolidays,
    };
    build(&store.holidays().await?, rule).map_err(|error| {
        tracing::error!(%error, "the stored holidays");
        StoreError::Corrupt { what: "the holidays" }
    })
}

/// Reads a whole table, as it ships with the project or stands in a file.
///
/// # Errors
/// [`CalendarError`] with the first line that cannot be read.
pub fn table(text: &str) -> Result<Vec<HolidayLine>, CalendarError> {
    let mut lines = Vec::new();
    for (at, raw) in content(text) {
        let line = line(raw).map_err(|_| CalendarError { line: at, text: raw.to_owned() })?;
        lines.push(line);
    }
    Ok(lines)
}

fn build(days: &[HolidayLine], rule: LastDay) -> Result<Calendar, CalendarError> {
    let mut text = String::new();
    for line in days {
        text += &format!("{},{},{}\n", line.day, if line.rest { "rest" } else { "work" }, line.name.as_str());
    }
    Ok(Calendar::parse(&text)?.with_last_day(rule))
}

/// The table, for the page.
pub(crate) async fn show(state: &AppState) -> Result<HolidayTable, ApiError> {
    let last_day_moves = state.store.setting(LAST_DAY).await?.as_deref() != Some(STAYS);
    Ok(HolidayTable { days: state.store.holidays().await?, last_day_moves })
}

/// What becomes of a last day on a holiday, from now on.
pub(crate) async fn set_last_day(state: &AppState, moves: bool, trace: Trace) -> Result<HolidayTable, ApiError> {
    state.store.set_setting(LAST_DAY, if moves { MOVES } else { STAYS }, trace).await?;
    state.reload_calendar().await?;
    show(state).await
}

/// Looks at a year's lines, and puts them in when that is asked and nothing is wrong with them.
pub(crate) async fn import(state: &AppState, text: &str, save: bool, trace: Trace) -> Result<HolidayReport, ApiError> {
    let mut report = read(text);
    let Some(year) = report.year.filter(|_| report.problems.is_empty()) else { return Ok(report) };
    let here = show(state).await?;
    let mut days: Vec<HolidayLine> = here.days.iter().filter(|line| line.day.year() != year).cloned().collect();
    days.extend(report.days.iter().cloned());
    let rule = if here.last_day_moves { LastDay::MovesOffHolidays } else { LastDay::Stays };
    let new = build(&days, rule).map_err(|error| ApiError::Internal(error.to_string()))?;
    report.differ = differ(state, &new).await?;
    if save {
        state.store.set_holidays(year, &report.days, trace).await?;
        state.reload_calendar().await?;
        report.saved = true;
    }
    Ok(report)
}

/// Running clocks that stand as the present table made them and would not under the new one. One that somebody
/// set or extended is not computed, and no table moves it.
async fn differ(state: &AppState, new: &Calendar) -> Result<Vec<Shift>, ApiError> {
    let (old, rules) = (state.calendar(), &state.rules);
    let mut shifts = Vec::new();
    let mut after = None;
    loop {
        let page = state.store.matters_after(after, PAGE).await?;
        let Some(last) = page.last() else { return Ok(shifts) };
        after = Some(last.id);
        shifts.extend(page.iter().flat_map(|matter| shifts_of(matter, rules, &old, new)));
        if shifts.len() >= NAMED {
            shifts.truncate(NAMED);
            return Ok(shifts);
        }
    }
}

fn shifts_of(matter: &Matter, rules: &Rules, old: &Calendar, new: &Calendar) -> Vec<Shift> {
    let running = matter.clocks.iter().filter(|clock| clock.is_running());
    running
        .filter(|clock| rules.due(clock.kind, clock.started, old) == clock.due)
        .map(|clock| (clock, rules.due(clock.kind, clock.started, new)))
        .filter(|(clock, would_be)| clock.due != *would_be)
        .map(|(clock, would_be)| Shift { number: matter.number.clone(), kind: clock.kind, stands: clock.due, would_be })
        .collect()
}

/// Lines with something in them, with their numbers.
fn content(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let lines = text.lines().enumerate().map(|(at, line)| (at + 1, line.trim().trim_start_matches('\u{feff}')));
    lines.filter(|(_, line)| !line.is_empty() && !line.starts_with('#'))
}

/// Reads a year's lines, and says what is wrong with each.
fn read(text: &str) -> HolidayReport {
    let (mut days, mut problems): (Vec<HolidayLine>, Vec<ImportProblem>) = (Vec::new(), Vec::new());
    let mut year = None;
    for (at, raw) in content(text) {
        let row = u32::try_from(at).unwrap_or(u32::MAX);
        let line = line(raw).and_then(|line| {
            let first = *year.get_or_insert(line.day.year());
            if line.day.year() != first {
                Err(words::other_year(first, &line.day.to_string()))
            } else if days.iter().any(|known| known.day == line.day) {
                Err(words::twice(&line.day.to_string()))
            } else if !line.rest && !matches!(line.day.weekday(), Weekday::Sat | Weekday::Sun) {
                Err(words::works_anyway(&line.day.to_string()))
            } else {
                Ok(line)
            }
        });
        match line {
            Ok(line) => days.push(line),
            Err(reason) => problems.push(ImportProblem { row, reason }),
        }
    }
    if days.is_empty() && problems.is_empty() {
        problems.push(ImportProblem { row: 1, reason: words::EMPTY.to_owned() });
    }
    days.sort_by_key(|line| line.day);
    HolidayReport { year, days, problems, differ: Vec::new(), saved: false }
}

/// One line: `2027-01-01,rest,元旦`; also with 休 and 班, and with the days as people write them.
fn line(raw: &str) -> Result<HolidayLine, String> {
    let fields: Vec<&str> = raw.split([',', '，', '\t']).map(str::trim).collect();
    let [day, kind, name] = fields.as_slice() else { return Err(words::three_parts(raw)) };
    let plain = day.replace(['年', '月', '/', '.'], "-").replace('日', "");
    let day: NaiveDate = plain.parse().map_err(|_| words::bad_day(day))?;
    let rest = match *kind {
        "rest" | "休" | "放假" | "休息" => true,
        "work" | "班" | "上班" | "调休" => false,
        other => return Err(words::bad_kind(other)),
    };
    let name = ShortText::parse(name).map_err(|_| words::NO_NAME.to_owned())?;
    Ok(HolidayLine { day, rest, name })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_shipped_table_is_one_that_can_be_put_in() {
        let shipped = include_str!("../../../app/core/data/holidays.csv");
        assert_eq!(table(shipped).unwrap().len(), content(shipped).count());
        for year in ["2025", "2026"] {
            let lines: Vec<&str> = shipped.lines().filter(|line| line.starts_with(year)).collect();
            let report = read(&lines.join("\n"));
            assert_eq!(report.problems, [], "{year}");
            assert_eq!(report.days.iter().filter(|line| line.rest).count(), if year == "2025" { 28 } else { 33 });
        }
    }

    #[test]
    fn each_wrong_line_is_named_with_what_is_wrong() {
        let report = read(
            "# 通知\n2027-01-01,rest,元旦\n2027年2月30日,rest,春节\n2027/2/6，班，春节\n2027-02-07,maybe,春节\n\
             2028-01-01,rest,元旦\n2027-01-01,rest,元旦\n2027-03-01,work,植树节\n2027-05-01,rest,\n2027-05-02 rest\n",
        );
        assert_eq!(report.year, Some(2027));
        assert_eq!(
            report.days.iter().map(|line| (line.day.to_string(), line.rest)).collect::<Vec<_>>(),
            [("2027-01-01".to_owned(), true), ("2027-02-06".to_owned(), false)]
        );
        let rows: Vec<u32> = report.problems.iter().map(|problem| problem.row).collect();
        assert_eq!(rows, [3, 5, 6, 7, 8, 9, 10]);
        assert!(report.problems.iter().all(|problem| problem.reason.chars().any(|c| c > '\u{4e00}')));
        assert_eq!(read("\n\n").problems.len(), 1, "nothing is no table");
    }
}
