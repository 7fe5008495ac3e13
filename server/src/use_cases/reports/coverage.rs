//! 遍访覆盖: by village, how many households were met, and who is still to be called on.

use std::collections::BTreeMap;

use app::text::{field, report as words};
use case_core::field::{Payload, RecordKind, VisitMode, VisitResult};
use case_core::mask;
use case_core::place::DivisionCode;
use case_core::report::Period;
use case_core::report::coverage::{Call, Household, Reached, reached};
use case_core::time::Moment;
use case_core::wire::problem::Problem;
use case_core::wire::reports::{ReportCell, ReportItem, ReportSheet};
use case_core::wire::sync::HouseholdCard;
use chrono::NaiveDate;

use super::load::{Loaded, moments};
use super::sheet::{Sheet, text};
use crate::error::ApiError;
use crate::state::AppState;

/// What is read at once.
const PAGE: u32 = 500;
/// So long after its day a visit may have been saved, by the phone's clock.
const SAVED_LATER_MS: i64 = 31 * 24 * 3_600_000;
/// Why somebody was not met, in the order of the columns.
const MISSED: [VisitResult; 4] = [VisitResult::NotAtHome, VisitResult::Refused, VisitResult::Empty, VisitResult::Moved];

pub(super) async fn make(
    state: &AppState,
    period: Period,
    area: Option<DivisionCode>,
    today: NaiveDate,
) -> Result<ReportSheet, ApiError> {
    let loaded = Loaded::names_only(state).await?;
    let place = match &area {
        Some(area) if loaded.place(area) == area.as_str() => {
            return Err(Problem::Malformed { detail: "area".to_owned() }.into());
        }
        Some(area) => loaded.place(area).to_owned(),
        None => words::WHOLE_COUNTY.to_owned(),
    };
    let cards = households(state, area.as_ref()).await?;
    let counted: Vec<_> = cards.iter().map(|card| Household { id: card.id, village: card.division.clone() }).collect();
    let how = reached(&counted, &calls(state, period).await?);

    let mut sheet = Sheet::new(&loaded);
    let lines: Vec<u32> =
        cards.iter().zip(&how).map(|(card, how)| sheet.send_line(line(&loaded, card, *how))).collect();
    let mut villages: BTreeMap<&DivisionCode, Vec<usize>> = BTreeMap::new();
    for (at, card) in cards.iter().enumerate() {
        villages.entry(&card.division).or_default().push(at);
    }
    let all: Vec<usize> = (0..cards.len()).collect();
    let mut rows = vec![row(place.clone(), &all, &how, &lines)];
    rows.extend(villages.iter().map(|(code, at)| row(loaded.place(code).to_owned(), at, &how, &lines)));
    sheet.measured(words::part::COVERAGE, &words::COVERAGE_HEAD, rows);
    for note in words::COVERAGE_NOTES {
        sheet.note(note);
    }
    let said = words::period_in(&place, period.from(), period.until());
    Ok(sheet.finish(state, words::COVERAGE, said, today, false))
}

/// Target, met, the rate, and those who were not met by why; each number with its households.
fn row(name: String, of: &[usize], how: &[Reached], lines: &[u32]) -> Vec<ReportCell> {
    let those = |wanted: &dyn Fn(Reached) -> bool| {
        let list: Vec<u32> = of.iter().filter(|at| wanted(how[**at])).map(|at| lines[*at]).collect();
        ReportCell { text: list.len().to_string(), opens: true, list }
    };
    let (target, met) = (those(&|_| true), those(&|how| how == Reached::Met));
    let (hits, all) = (met.list.len(), target.list.len());
    let share = (all > 0).then(|| (hits * 10_000 + all / 2) / all);
    let mut cells = vec![text(name), target, met, text(words::percent(share))];
    cells.extend(MISSED.map(|why| those(&|how| how == Reached::Missed(why))));
    cells.push(those(&|how| how == Reached::NotYet));
    cells
}

/// 户主 is masked: who goes there has the household on the phone.
fn line(loaded: &Loaded, card: &HouseholdCard, how: Reached) -> ReportItem {
    let stage = match how {
        Reached::Met => words::MET,
        Reached::Missed(why) => field::visit_result(why),
        Reached::NotYet => words::NOT_CALLED,
    };
    ReportItem {
        matter: None,
        number: String::new(),
        title: loaded.place(&card.division).to_owned(),
        petitioner: mask::name(card.head.as_str()),
        unit: String::new(),
        stage: stage.to_owned(),
    }
}

async fn households(state: &AppState, area: Option<&DivisionCode>) -> Result<Vec<HouseholdCard>, ApiError> {
    let mut all: Vec<HouseholdCard> = Vec::new();
    loop {
        let page = state.store.households_in(area, all.last(), PAGE).await?;
        if page.is_empty() {
            return Ok(all);
        }
        all.extend(page);
    }
}

/// Calls at homes: what was said on the telephone is no 登门.
async fn calls(state: &AppState, period: Period) -> Result<Vec<Call>, ApiError> {
    let (from, until) = moments(period.from(), period.until());
    let span = (from, Moment(until.0.saturating_add(SAVED_LATER_MS)));
    let mut calls = Vec::new();
    let mut last = None;
    loop {
        let page = state.store.records_of_kind(RecordKind::HouseholdVisit, span, last.as_ref(), PAGE).await?;
        for record in &page {
            if let Payload::HouseholdVisit(visit) = &record.payload
                && visit.mode == VisitMode::AtHome
                && period.holds(visit.started.date())
            {
                calls.push(Call { household: visit.household, on: visit.started.date(), result: visit.result });
            }
        }
        last = page.into_iter().next_back();
        if last.is_none() {
            return Ok(calls);
        }
    }
}
