//! 区划: counties, towns and villages from one list of villages.

use std::collections::BTreeMap;

use case_core::place::DivisionCode;
use case_core::text::Title;
use case_core::wire::desk::Division;
use case_import::{DivisionRow, Parsed};

use super::{BATCH, ImportError, Report};
use crate::state::AppState;

/// Writes them, parents first.
pub(super) async fn write(
    state: &AppState,
    parsed: Parsed<DivisionRow>,
    report: &mut Report,
) -> Result<(), ImportError> {
    report.parsed(&parsed);
    let mut parents = BTreeMap::new();
    let mut villages = BTreeMap::new();
    for (row, division) in &parsed.rows {
        add(
            &mut parents,
            division.county_code.as_str(),
            division.county.as_deref().unwrap_or(division.county_code.as_str()),
        );
        add(&mut parents, division.town_code.as_str(), &division.town);
        if !add(&mut villages, division.code.as_str(), &division.village) {
            report.refused(*row, app::text::import::NOT_A_DIVISION.to_owned());
        }
    }
    // Counties have shorter codes than towns, so the order of the map is parents first.
    let parents: Vec<Division> = parents.into_values().collect();
    state.store.upsert_divisions(&parents).await?;
    let villages: Vec<Division> = villages.into_values().collect();
    for batch in villages.chunks(BATCH) {
        let counts = state.store.upsert_divisions(batch).await?;
        report.batch(batch.len(), counts);
    }
    Ok(())
}

fn add(to: &mut BTreeMap<String, Division>, code: &str, name: &str) -> bool {
    let (Ok(parsed), Ok(name)) = (DivisionCode::parse(code), Title::parse(name)) else { return false };
    to.insert(code.to_owned(), Division { code: parsed, name });
    true
}
