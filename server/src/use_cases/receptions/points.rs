//! 说事点.

use case_core::audit::Trace;
use case_core::id::TalkPointId;
use case_core::place::DivisionCode;
use case_core::reception::TalkPoint;
use case_core::search;
use case_core::text::Title;
use case_core::wire::problem::Problem;
use case_core::wire::receptions::{TalkPointRequest, TalkPointRow};
use case_store::StoreError;
use uuid::Uuid;

use crate::error::ApiError;
use crate::extract::malformed;
use crate::state::AppState;

/// The points with the names of their places; closed ones only when asked for.
pub(crate) async fn list(state: &AppState, closed_too: bool) -> Result<Vec<TalkPointRow>, StoreError> {
    let points = state.store.talk_points(closed_too).await?;
    let mut codes: Vec<DivisionCode> = points.iter().map(|point| point.division.clone()).collect();
    codes.extend(points.iter().filter_map(|point| town(&point.division)));
    codes.sort();
    codes.dedup();
    let names = state.store.division_names(&codes).await?;
    let name = |code: &DivisionCode| names.iter().find(|one| one.code == *code).map(|one| one.name.clone());
    let row = |point: TalkPoint| {
        let own = name(&point.division);
        let (town, village) = match town(&point.division).filter(|town| *town != point.division) {
            Some(town) => (name(&town), own),
            None => (own, None),
        };
        // A division that is not in the table any more leaves the point's own name.
        let town = town.or_else(|| Title::parse(point.name.as_str()).ok())?;
        Some(TalkPointRow { point, town, village })
    };
    Ok(points.into_iter().filter_map(row).collect())
}

/// Those that fit what was typed: of a town, a village, a place or a name.
pub(crate) fn matching(rows: Vec<TalkPointRow>, typed: &str) -> Vec<TalkPointRow> {
    let fits = |row: &TalkPointRow| {
        let village = row.village.as_ref().map_or("", Title::as_str);
        let keys = [row.town.as_str(), village, row.point.name.as_str(), row.point.place.as_str()].map(search::fold);
        search::matches(&keys.join("\n"), typed)
    };
    rows.into_iter().filter(fits).collect()
}

fn town(code: &DivisionCode) -> Option<DivisionCode> {
    code.town().and_then(|town| DivisionCode::parse(town).ok())
}

/// Adds a point, changes it or closes it.
pub(crate) async fn set(state: &AppState, request: TalkPointRequest, trace: Trace) -> Result<(), ApiError> {
    if state.store.division_names(std::slice::from_ref(&request.division)).await?.is_empty() {
        return Err(malformed("division"));
    }
    let id = match request.id {
        None => TalkPointId(Uuid::now_v7()),
        Some(id) if state.store.talk_points(true).await?.iter().any(|point| point.id == id) => id,
        Some(_) => return Err(Problem::NotFound.into()),
    };
    let TalkPointRequest { division, name, place, keeper, hours, phone, closed, .. } = request;
    let point = TalkPoint { id, division, name, place, keeper, hours, phone, closed };
    Ok(state.store.set_talk_point(&point, trace).await?)
}
