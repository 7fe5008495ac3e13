//! 相似事项: what a clerk is shown beside the registration form, so that what comes again is not
//! registered as something new.

use case_core::actor::Actor;
use case_core::alike::{Sought, likeness};
use case_core::matter::{CommandKind, Matter, permitted, table};
use case_core::wire::desk::{AlikeMatter, AlikeRequest};
use case_core::wire::problem::Problem;
use case_store::{AlikeQuery, row_of};
use chrono::Months;

use super::{masking, visible};
use crate::error::ApiError;
use crate::state::AppState;

/// What lies further back is looked for by hand.
const BACK: Months = Months::new(24);
/// More than these nobody reads while typing.
const SHOWN: usize = 5;
/// Characters of each field that are looked at.
const LONGEST: usize = 2_000;

/// The matters, within what the actor sees, that look most like it.
pub(crate) async fn find(state: &AppState, actor: &Actor, request: AlikeRequest) -> Result<Vec<AlikeMatter>, ApiError> {
    if !table::REGISTRARS.contains(&actor.role) {
        return Err(Problem::Forbidden.into());
    }
    let short = |text: String| -> String { text.trim().chars().take(LONGEST).collect() };
    let sought = Sought {
        name: short(request.name),
        phone: short(request.phone),
        address: short(request.address),
        household: request.household,
        text: short(request.text),
    };
    let today = state.now().date();
    let query = AlikeQuery {
        scope: visible::scope(actor, today)?,
        not_for: actor.account,
        since: today.checked_sub_months(BACK).unwrap_or(today),
        name: sought.name.clone(),
        phone: sought.phone.clone(),
        address: sought.address.clone(),
        household: sought.household,
        place: request.place,
    };
    let candidates = state.store.perhaps_alike(&query).await?;
    let mut alike: Vec<_> = candidates
        .into_iter()
        .filter_map(|(matter, unit)| likeness(&sought, &matter).map(|(reasons, score)| (score, reasons, matter, unit)))
        .collect();
    alike.sort_by_key(|(score, ..)| std::cmp::Reverse(*score));
    alike.truncate(SHOWN);
    let told = |(_, reasons, matter, unit): (u32, _, Matter, _)| -> Result<AlikeMatter, ApiError> {
        Ok(AlikeMatter {
            version: matter.version,
            received_on: matter.registration.received_on,
            intakes: u16::try_from(matter.intakes.len() + 1).unwrap_or(u16::MAX),
            reasons,
            linkable: permitted(&matter, actor).contains(&CommandKind::LinkIntake),
            // Names as the actor's lists show them.
            row: match row_of(matter, unit) {
                row if visible::lists_names(actor) => row,
                row => masking::row(row)?,
            },
        })
    };
    alike.into_iter().map(told).collect()
}
