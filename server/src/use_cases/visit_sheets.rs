//! 空白走访单 (spec 3.2: blank paper version for no-phone days, with barcode for later entry): one page for each household
//! of a village, or of the own area. Who goes to the doors reads the names of the own area; the county's desks print
//! them masked, as they see them. Printing it is noted, since it is a list of who lives where.

use app::pages::visit_sheets::{Sheets, VisitSheet};
use app::text::screen::visit_sheets as words;
use case_core::actor::Actor;
use case_core::audit::{Deed, Trace};
use case_core::mask;
use case_core::place::DivisionCode;
use case_core::wire::sync::HouseholdCard;

use super::visible;
use crate::error::ApiError;
use crate::papers;
use crate::state::AppState;

/// Households that are read at once.
const PAGE: u32 = 200;
/// A village has some hundreds; a town is printed village by village.
const MOST: usize = 500;

/// The sheets; noted before they are given.
pub(crate) async fn print(state: &AppState, actor: &Actor, area: Option<DivisionCode>) -> Result<Sheets, ApiError> {
    let told = |words: &str| ApiError::Told(words.to_owned());
    let county = visible::sees_all(actor);
    if county && area.is_none() {
        return Err(told(words::CHOOSE));
    }
    let cards = households(state, actor, area.as_ref()).await?;
    if cards.is_empty() {
        return Err(told(words::NONE));
    }
    if cards.len() > MOST {
        return Err(told(&words::too_many(MOST)));
    }
    let today = state.now().date();
    let base = &state.settings.base_url;
    let mut sheets = Vec::with_capacity(cards.len());
    for card in &cards {
        let number = state.secrets.sheet_number(card.id, actor.account, today);
        let head =
            if visible::lists_names(actor) { card.head.as_str().to_owned() } else { mask::name(card.head.as_str()) };
        sheets.push(VisitSheet {
            head,
            address: card.address.as_str().to_owned(),
            entry_svg: papers::qr_svg(&format!("{base}/w/visit/{}#{}", card.id, number.as_str()))?,
            number,
        });
    }
    let households = u32::try_from(sheets.len()).unwrap_or(u32::MAX);
    state.store.note(Trace::by(actor.account, state.now()), &Deed::SheetsPrinted { area, households }).await?;
    Ok(Sheets {
        organ: state.settings.office_name.clone(),
        phone: state.settings.office_phone.clone(),
        by: words::three_lights(actor.name.as_str(), actor.office.as_str(), actor.badge.as_str()),
        on: today,
        sheets,
    })
}

/// Those that the actor sees, one more than are printed.
async fn households(
    state: &AppState,
    actor: &Actor,
    area: Option<&DivisionCode>,
) -> Result<Vec<HouseholdCard>, ApiError> {
    let own: Vec<DivisionCode> = match area {
        Some(area) => vec![area.clone()],
        None => actor.area.0.clone(),
    };
    let mut found: Vec<HouseholdCard> = Vec::new();
    for area in &own {
        let mut last: Option<HouseholdCard> = None;
        loop {
            let page = state.store.households_in(Some(area), last.as_ref(), PAGE).await?;
            let Some(end) = page.last() else { break };
            last = Some(end.clone());
            for card in page {
                // Areas may lie within one another.
                if visible::sees_household(actor, &card.division) && found.iter().all(|known| known.id != card.id) {
                    found.push(card);
                }
            }
            if found.len() > MOST {
                return Ok(found);
            }
        }
    }
    Ok(found)
}
