//! 月研判清单.

use app::text::{matter, report as words};
use case_core::actor::Actor;
use case_core::report::Period;
use case_core::report::monthly::{Figures, figures};
use case_core::wire::reports::ReportSheet;
use chrono::NaiveDate;

use super::load::Loaded;
use super::sheet::{Sheet, text};
use crate::error::ApiError;
use crate::state::AppState;

pub(super) async fn make(
    state: &AppState,
    actor: &Actor,
    (year, month): (i32, u32),
    period: Period,
    today: NaiveDate,
) -> Result<ReportSheet, ApiError> {
    let loaded = Loaded::until(state, actor, period.until(), None).await?;
    let counted = figures(&loaded.items, period, today);
    let mut sheet = Sheet::new(&loaded);
    totals(&mut sheet, &counted);
    groups(&mut sheet, &counted);
    rates(&mut sheet, &counted);
    sheet.list(words::part::AGAIN, &counted.again);
    sheet.list(words::part::OVERDUE, &counted.overdue);
    sheet.list(words::part::OLD, &counted.old);
    sheet.list(words::part::STRUCK_OFF, &counted.struck_off);
    sheet.list(words::part::CANDIDATES, &counted.candidates);
    let title = [words::MONTHLY, "（", &words::month(year, month), "）"].concat();
    Ok(sheet.finish(state, &title, words::period(period.from(), period.until()), today, false))
}

/// What came in.
pub(super) fn totals(sheet: &mut Sheet<'_>, counted: &Figures) {
    let Figures { received, first, repeats, people, ended, .. } = counted;
    let row = [received, first, repeats, people, ended].map(|tally| sheet.number(tally));
    sheet.table(words::part::TOTALS, None, &words::TOTAL_HEAD, vec![row.to_vec()]);
    let mut rows = Vec::new();
    for (channel, tally) in &counted.channels {
        rows.push(vec![text(matter::channel(*channel)), sheet.number(tally)]);
    }
    sheet.table(words::part::CHANNELS, None, &words::CHANNEL, rows);
}

/// By content, unit and place.
pub(super) fn groups(sheet: &mut Sheet<'_>, counted: &Figures) {
    let loaded = sheet.loaded;
    categories(sheet, counted);
    sheet.groups(words::part::UNITS, words::GROUP[1], &counted.units, |unit| {
        unit.map_or(words::NO_UNIT, |unit| loaded.unit(unit)).to_owned()
    });
    sheet.groups(words::part::TOWNS, words::GROUP[2], &counted.towns, |town| {
        town.as_ref().map_or(words::NO_PLACE, |town| loaded.place(town)).to_owned()
    });
}

/// By content.
pub(super) fn categories(sheet: &mut Sheet<'_>, counted: &Figures) {
    sheet.groups(words::part::CATEGORIES, words::GROUP[0], &counted.categories, |category| {
        category.map_or_else(String::new, |category| matter::category(category).to_owned())
    });
}

/// Answers, evaluations, rates and times, with the notes on how they are counted.
pub(super) fn rates(sheet: &mut Sheet<'_>, counted: &Figures) {
    sheet.answers(&counted.answers);
    sheet.ratings(&counted.office, &counted.unit);
    sheet.shares(&counted.shares);
    sheet.spans(&counted.spans);
    for note in words::FIGURE_NOTES {
        sheet.note(note);
    }
    sheet.note(words::left_out(counted.left_out.count));
}
