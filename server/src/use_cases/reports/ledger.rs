//! 台账 (造册登记): the matters of an area and a period, one line each.

use std::collections::BTreeMap;

use app::text::report as words;
use case_core::actor::Actor;
use case_core::document::{DocumentKind, Part};
use case_core::id::{AccountId, MatterId};
use case_core::place::DivisionCode;
use case_core::report::{Item, Period};
use case_core::wire::problem::Problem;
use case_core::wire::reports::{ReportCell, ReportSheet};
use chrono::NaiveDate;

use super::load::{Loaded, moments, names, said};
use super::sheet::{Sheet, text};
use crate::error::ApiError;
use crate::state::AppState;

/// 主要诉求 is cut to so many characters.
const SUMMARY: usize = 80;

pub(super) async fn make(
    state: &AppState,
    actor: &Actor,
    period: Period,
    area: Option<DivisionCode>,
    today: NaiveDate,
) -> Result<ReportSheet, ApiError> {
    let loaded = Loaded::until(state, actor, period.until(), area.as_ref()).await?;
    let listed: Vec<&Item> = loaded.items.iter().filter(|item| period.holds(item.received)).collect();
    let people = names(state, listed.iter().filter_map(|item| item.handler)).await?;
    let leaders = leaders(state, &listed, today).await?;
    let place = match &area {
        Some(area) => {
            let name = loaded.place(area);
            if name == area.as_str() {
                return Err(Problem::Malformed { detail: "area".to_owned() }.into());
            }
            name.to_owned()
        }
        None => words::WHOLE_COUNTY.to_owned(),
    };
    let rows = listed.iter().enumerate().map(|(at, item)| row(&loaded, at, item, &people, &leaders)).collect();
    let mut sheet = Sheet::new(&loaded);
    sheet.measured(words::LEDGER_PART, &words::LEDGER_HEAD, rows);
    for note in words::LEDGER_NOTES {
        sheet.note(note);
    }
    let said = words::period_in(&place, period.from(), period.until());
    Ok(sheet.finish(state, words::LEDGER, said, today, true))
}

/// 包案领导: who answers for it as the file says, else whom the last 责任书 names.
async fn leaders(state: &AppState, items: &[&Item], today: NaiveDate) -> Result<BTreeMap<MatterId, String>, ApiError> {
    let all = moments(NaiveDate::MIN.max(today - chrono::TimeDelta::days(3_660)), today);
    let contracts = state.store.documents_of_kinds(&[DocumentKind::LeaderContract], all).await?;
    let mut all: BTreeMap<_, _> =
        contracts.into_iter().map(|document| (document.matter, said(&document.content, Part::Leader))).collect();
    let led = |item: &&Item| Some((item.id, item.old_cases.last()?.contract()?.leader));
    let led: Vec<_> = items.iter().filter_map(led).collect();
    let people = names(state, led.iter().map(|(_, leader)| *leader)).await?;
    all.extend(led.iter().filter_map(|(matter, leader)| Some((*matter, people.get(leader)?.clone()))));
    Ok(all)
}

fn row(
    loaded: &Loaded,
    at: usize,
    item: &Item,
    people: &BTreeMap<AccountId, String>,
    leaders: &BTreeMap<MatterId, String>,
) -> Vec<ReportCell> {
    let number = (at + 1).to_string();
    if loaded.recused.contains(&item.id) {
        let mut row = vec![text(""); words::LEDGER_HEAD.len()];
        row[0] = text(number);
        row[4] = text(words::RECUSED);
        return row;
    }
    let helpers: Vec<&str> = item.helpers.iter().map(|unit| loaded.unit(*unit)).collect();
    let due = item.answer_clock().map_or_else(
        || if item.stage.is_open() { words::NOT_ACCEPTED_YET.to_owned() } else { String::new() },
        |clock| words::short_day(clock.due),
    );
    [
        number,
        item.number.clone(),
        words::short_day(item.received),
        item.petitioner.clone(),
        summary(item),
        item.place.as_ref().map(|place| loaded.place(place).to_owned()).unwrap_or_default(),
        leaders.get(&item.id).cloned().unwrap_or_default(),
        item.unit.map(|unit| loaded.unit(unit).to_owned()).unwrap_or_default(),
        helpers.join("、"),
        item.handler.and_then(|account| people.get(&account).cloned()).unwrap_or_default(),
        due,
        words::result(item.stage, item.result),
    ]
    .into_iter()
    .map(text)
    .collect()
}

/// 诉求 in a line.
fn summary(item: &Item) -> String {
    let all = item.demands.join("；").replace('\n', " ");
    if all.chars().count() <= SUMMARY {
        return all;
    }
    all.chars().take(SUMMARY - 1).chain(['…']).collect()
}
