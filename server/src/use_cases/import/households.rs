//! 户: rosters, matched to villages by town and village name.

use case_core::id::HouseholdId;
use case_core::place::DivisionCode;
use case_core::search;
use case_core::text::{Paragraph, ShortText, Title};
use case_core::wire::sync::{HouseholdCard, Member};
use case_import::{HouseholdRow, MemberRow, Parsed};
use case_store::NewHousehold;
use uuid::Uuid;

use super::{BATCH, ImportError, Report};
use crate::pinyin;
use crate::state::AppState;

/// Writes them.
pub(super) async fn write(
    state: &AppState,
    parsed: Parsed<HouseholdRow>,
    report: &mut Report,
) -> Result<(), ImportError> {
    report.parsed(&parsed);
    let places = super::matters::places(state).await?;
    let mut batch = Vec::with_capacity(BATCH);
    for (row, household) in &parsed.rows {
        match places.find(&household.town, &household.village) {
            Err(problem) => report.place_problem(*row, &problem),
            Ok(code) => match card(household, code.as_str()) {
                Some(new) => batch.push(new),
                None => report.refused(*row, app::text::import::NOT_A_HOUSEHOLD.to_owned()),
            },
        }
        if batch.len() == BATCH {
            store(state, &batch, report).await?;
            batch.clear();
        }
    }
    store(state, &batch, report).await
}

async fn store(state: &AppState, batch: &[NewHousehold], report: &mut Report) -> Result<(), ImportError> {
    let done = state.store.upsert_households(batch, &keys_of).await?;
    for kept in &done.kept {
        report.kept(|| super::words::kept(kept));
    }
    report.batch(batch.len(), done.counts);
    Ok(())
}

/// What the household on a card is found by.
#[must_use]
pub fn keys_of(card: &HouseholdCard) -> String {
    let members = card.members.iter().map(|member| member.name.as_str());
    household_keys(card.head.as_str(), members, card.address.as_str(), card.phone.as_ref().map(|phone| phone.as_str()))
}

fn card(row: &HouseholdRow, division: &str) -> Option<NewHousehold> {
    let head = ShortText::parse(&row.head_name).ok()?;
    let address = match &row.group {
        Some(group) => format!("{}{} {group}", row.town, row.village),
        None => format!("{}{}", row.town, row.village),
    };
    let phone = row.phone.as_deref().and_then(|phone| ShortText::parse(phone).ok());
    let members: Vec<Member> = row.members.iter().filter_map(member).collect();
    let names = row.members.iter().map(|member| member.name.as_str());
    let keys = household_keys(&row.head_name, names, &address, phone.as_ref().map(|phone| phone.as_str()));
    Some(NewHousehold {
        source_key: format!("roster:{division}:{}", row.source_key),
        card: HouseholdCard {
            id: HouseholdId(Uuid::now_v7()),
            division: DivisionCode::parse(division).ok()?,
            address: Title::parse(&address).ok()?,
            head,
            phone,
            members,
            remark: Paragraph::parse(&row.remarks.join("；")).ok(),
            keys,
            last_visit: None,
            next_visit: None,
        },
    })
}

/// What a household is found by.
fn household_keys<'a>(
    head: &'a str,
    members: impl Iterator<Item = &'a str>,
    address: &str,
    phone: Option<&str>,
) -> String {
    let mut keys = String::new();
    for name in std::iter::once(head).chain(members) {
        if !keys.contains(name) {
            keys.push_str(&search::fold(name));
            keys.push('\n');
            keys.push_str(&pinyin::initials(name));
            keys.push('\n');
        }
    }
    keys.push_str(&search::fold(address));
    if let Some(phone) = phone {
        keys.push('\n');
        keys.push_str(&search::fold(phone));
    }
    keys
}

fn member(row: &MemberRow) -> Option<Member> {
    let optional = |text: &Option<String>| text.as_deref().and_then(|text| ShortText::parse(text).ok());
    Some(Member {
        name: ShortText::parse(&row.name).ok()?,
        relation: optional(&row.relation),
        birth_year: row.birth.as_ref().map(|birth| birth.year),
        phone: optional(&row.phone),
    })
}
