//! 领导实绩档案: one file for each leader, of what that leader recorded.

use std::collections::BTreeSet;

use app::text::report as words;
use case_core::actor::{Actor, Role};
use case_core::document::{DocumentKind, Part};
use case_core::field::{Record, RecordKind};
use case_core::id::{AccountId, MatterId};
use case_core::report::leader::{Matters, deeds};
use case_core::report::{Item, Period};
use case_core::time::Moment;
use case_core::wire::problem::Problem;
use case_core::wire::reports::{ReportCell, ReportLeader, ReportSheet};
use chrono::NaiveDate;

use super::load::{Loaded, moments, said};
use super::sheet::{Sheet, text};
use crate::error::ApiError;
use crate::state::AppState;

/// Records that are read at once.
const PAGE: u32 = 200;
/// So long after its day a record may have been saved, by the phone's clock: evenings, drafts.
const SAVED_LATER_MS: i64 = 31 * 24 * 3_600_000;
const KINDS: [RecordKind; 3] = [RecordKind::Reception, RecordKind::HouseholdVisit, RecordKind::ReturnVisit];

/// Those who have such a file: leaders of the county and of towns, by their numbers.
pub(super) async fn all(state: &AppState) -> Result<Vec<ReportLeader>, ApiError> {
    let accounts = state.store.list_accounts().await?.into_iter();
    let mut leaders: Vec<_> = accounts
        .map(|account| account.actor)
        .filter(|actor| matches!(actor.role, Role::CountyLeader | Role::TownLeader))
        .collect();
    leaders.sort_by(|a, b| (a.role == Role::TownLeader, &a.badge).cmp(&(b.role == Role::TownLeader, &b.badge)));
    let leader = |actor: Actor| ReportLeader { account: actor.account, name: actor.name, office: actor.office };
    Ok(leaders.into_iter().map(leader).collect())
}

pub(super) async fn make(
    state: &AppState,
    actor: &Actor,
    leader: AccountId,
    period: Period,
    today: NaiveDate,
) -> Result<ReportSheet, ApiError> {
    let leader = all(state).await?.into_iter().find(|one| one.account == leader).ok_or(Problem::NotFound)?;
    let loaded = Loaded::until(state, actor, today.max(period.until()), None).await?;
    let records = records(state, leader.account, period).await?;
    let mut contracted = contracts(state, &leader, period, &loaded.items).await?;
    contracted.extend(loaded.items.iter().filter(|item| item.is_led_by(leader.account, period)).map(|item| item.id));
    let counted = deeds(&records, &contracted, &loaded.items, period);

    let mut sheet = Sheet::new(&loaded);
    let numbers = |all: &[usize]| vec![all.iter().map(|count| text(count.to_string())).collect::<Vec<_>>()];
    let receptions = [
        counted.receptions,
        counted.open_door,
        counted.appointments,
        counted.going_down,
        counted.days_down,
        counted.people,
    ];
    sheet.table(words::part::RECEPTIONS, None, &words::RECEPTION_HEAD, numbers(&receptions));
    let days = counted
        .days
        .iter()
        .filter(|((year, month), _)| NaiveDate::from_ymd_opt(*year, *month, 1).is_some_and(|first| first <= today));
    let days = days.map(|((year, month), count)| vec![text(words::month(*year, *month)), text(count.to_string())]);
    sheet.table(words::part::DAYS, None, &words::DAYS_HEAD, days.collect());
    let homes = [counted.homes, counted.households, counted.return_visits];
    sheet.table(words::part::HOMES, None, &words::HOMES_HEAD, numbers(&homes));
    for (heading, matters) in [(words::part::CONTRACTED, &counted.contracted), (words::part::BROUGHT, &counted.brought)]
    {
        let row = row(&mut sheet, matters);
        sheet.table(heading, None, &words::DEEDS_HEAD, vec![row]);
        sheet.list(&[heading, "清单"].concat(), &matters.all);
    }
    for note in words::LEADER_NOTES {
        sheet.note(note);
    }
    let said = words::period_of(leader.name.as_str(), leader.office.as_str(), period.from(), period.until());
    Ok(sheet.finish(state, words::LEADER, said, today, false))
}

fn row(sheet: &mut Sheet<'_>, matters: &Matters) -> Vec<ReportCell> {
    let Matters { all, ended, resolved, satisfied, again } = matters;
    [all, ended, resolved, satisfied, again].map(|tally| sheet.number(tally)).to_vec()
}

/// What the leader recorded, and perhaps saved a while after.
async fn records(state: &AppState, leader: AccountId, period: Period) -> Result<Vec<Record>, ApiError> {
    let (from, until) = moments(period.from(), period.until());
    let span = (from, Moment(until.0.saturating_add(SAVED_LATER_MS)));
    let mut all: Vec<Record> = Vec::new();
    loop {
        let page = state.store.records_by(leader, &KINDS, span, all.last(), PAGE).await?;
        if page.is_empty() {
            return Ok(all);
        }
        all.extend(page);
    }
}

/// 包案 on paper only: the matters whose last 责任书, issued until the end of the period, names the leader. What was
/// entered in the file counts as it stands there.
async fn contracts(
    state: &AppState,
    leader: &ReportLeader,
    period: Period,
    items: &[Item],
) -> Result<BTreeSet<MatterId>, ApiError> {
    let since = period.from() - chrono::TimeDelta::days(3_660);
    let papers =
        state.store.documents_of_kinds(&[DocumentKind::LeaderContract], moments(since, period.until())).await?;
    let mut last = std::collections::BTreeMap::new();
    for paper in papers {
        last.insert(paper.matter, said(&paper.content, Part::Leader));
    }
    for item in items.iter().filter(|item| item.old_cases.iter().any(|case| !case.contracts.is_empty())) {
        last.remove(&item.id);
    }
    let named = |(matter, who): (MatterId, String)| who.contains(leader.name.as_str()).then_some(matter);
    Ok(last.into_iter().filter_map(named).collect())
}
