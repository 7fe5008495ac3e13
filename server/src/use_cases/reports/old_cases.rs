//! 积案和包案台账 of a year: one line for each case, how far it is, and what each leader has in hand (for the
//! meeting that hears of it, spec 1-13).

use std::collections::BTreeMap;

use app::text::{paths, report as words};
use case_core::actor::Actor;
use case_core::id::AccountId;
use case_core::matter::{LeaderContract, OldCase};
use case_core::report::{Item, Period, Rate, Share, Tally, candidates, ledger};
use case_core::wire::reports::{ReportCell, ReportSheet};
use chrono::NaiveDate;

use super::load::{Loaded, names};
use super::sheet::{Sheet, text};
use crate::error::ApiError;
use crate::state::AppState;

pub(super) async fn make(
    state: &AppState,
    actor: &Actor,
    period: Period,
    today: NaiveDate,
) -> Result<ReportSheet, ApiError> {
    let loaded = Loaded::until(state, actor, today.max(period.until()), None).await?;
    let (listed, struck) = ledger(&loaded.items, period);
    let cases = listed.items.iter().filter_map(|at| loaded.items.get(*at)).flat_map(|item| &item.old_cases);
    let people = names(state, cases.flat_map(|case| &case.contracts).map(|contract| contract.leader)).await?;

    let mut sheet = Sheet::new(&loaded);
    let rows = listed.items.iter().filter_map(|at| loaded.items.get(*at)).enumerate();
    let rows = rows.map(|(at, item)| row(&loaded, at, item, &people, today)).collect();
    sheet.measured(words::part::OLD_LEDGER, &words::OLD_HEAD, rows);

    let still = Tally::of(&loaded.items, |item| item.is_listed(period) && item.stands_listed());
    let share = Share { rate: Rate::OldCases, hits: struck, of: listed };
    let progress = vec![
        sheet.number(&share.of),
        sheet.number(&share.hits),
        sheet.number(&still),
        text(words::percent(share.hundredths())),
    ];
    sheet.table(words::part::OLD_PROGRESS, None, &words::OLD_PROGRESS_HEAD, vec![progress]);

    let briefing = briefing(&loaded, &still, &people, today);
    sheet.measured(words::part::BRIEFING, &words::BRIEFING_HEAD, briefing);
    sheet.list(words::part::CANDIDATES, &candidates(&loaded.items, today));
    for note in words::OLD_NOTES {
        sheet.note(note);
    }
    let said = words::period(period.from(), period.until());
    Ok(sheet.finish(state, words::OLD_CASES, said, today, true))
}

fn row(
    loaded: &Loaded,
    at: usize,
    item: &Item,
    people: &BTreeMap<AccountId, String>,
    today: NaiveDate,
) -> Vec<ReportCell> {
    let number = (at + 1).to_string();
    let Some(case) = item.old_cases.last().filter(|_| !loaded.recused.contains(&item.id)) else {
        let mut row = vec![text(""); words::OLD_HEAD.len()];
        row[0] = text(number);
        row[2] = text(words::RECUSED);
        return row;
    };
    let contract = case.contract();
    let unit = item.unit.map_or(words::NO_UNIT, |unit| loaded.unit(unit));
    let contact = contract.and_then(|contract| contract.contact.as_ref()).map_or("", |contact| contact.as_str());
    let from_to =
        |contract: &LeaderContract| [words::short_day(contract.since), words::short_day(contract.until)].join(" 至 ");
    [
        number,
        item.number.clone(),
        item.title.clone(),
        case.problem.as_str().to_owned(),
        paths::old_case_ground(case.ground).to_owned(),
        leader(contract, people),
        [unit, contact].join(" ").trim_end().to_owned(),
        contract.map(|contract| contract.plan.as_str().to_owned()).unwrap_or_default(),
        contract.map(from_to).unwrap_or_default(),
        progress(case),
        state(case, contract, today).to_owned(),
    ]
    .into_iter()
    .map(text)
    .collect()
}

fn leader(contract: Option<&LeaderContract>, people: &BTreeMap<AccountId, String>) -> String {
    let name = contract.and_then(|contract| people.get(&contract.leader));
    name.cloned().unwrap_or_else(|| words::NO_LEADER.to_owned())
}

fn state(case: &OldCase, contract: Option<&LeaderContract>, today: NaiveDate) -> &'static str {
    match contract {
        Some(contract) => paths::contract_state(contract.state(case, today)),
        None if case.struck.is_some() => words::SOLVED,
        None => words::NO_LEADER,
    }
}

/// What was done last, with its day.
fn progress(case: &OldCase) -> String {
    let note = case.contract().and_then(|contract| contract.notes.last());
    match (&case.struck, note) {
        (Some(struck), _) => [&words::short_day(struck.at.date()), " ", struck.text.as_str()].concat(),
        (None, Some(note)) => [&words::short_day(note.at.date()), " ", note.text.as_str()].concat(),
        (None, None) => words::NO_PROGRESS.to_owned(),
    }
}

/// 包案领导 × what is still open × how long × the last step: those of one leader stand together, in the order of
/// their names, which ranks nobody.
fn briefing(
    loaded: &Loaded,
    still: &Tally,
    people: &BTreeMap<AccountId, String>,
    today: NaiveDate,
) -> Vec<Vec<ReportCell>> {
    let shown = still.items.iter().filter_map(|at| loaded.items.get(*at));
    let mut lines: Vec<_> = shown
        .filter(|item| !loaded.recused.contains(&item.id))
        .filter_map(|item| Some((item, item.old_cases.last()?)))
        .map(|(item, case)| (leader(case.contract(), people), item, case))
        .collect();
    // Without a leader last.
    lines.sort_by_key(|(name, item, case)| (case.contract().is_none(), name.clone(), item.received));
    let line = |(name, item, case): (String, &Item, &OldCase)| {
        let until = case.contract().map(|contract| words::short_day(contract.until)).unwrap_or_default();
        [
            name,
            item.title.clone(),
            item.unit.map_or(words::NO_UNIT, |unit| loaded.unit(unit)).to_owned(),
            (today - item.received).num_days().to_string(),
            until,
            progress(case),
        ]
        .into_iter()
        .map(text)
        .collect()
    };
    lines.into_iter().map(line).collect()
}
