//! Who sees which matter (spec 4): the county's office all, a unit its own, an official those of
//! the area or in their own hands. What somebody may not see does not exist for them (404).

use case_core::actor::{Actor, Role};
use case_core::id::MatterId;
use case_core::matter::Matter;
use case_core::place::DivisionCode;
use case_core::wire::problem::Problem;
use case_store::Scope;

use crate::error::ApiError;
use crate::state::AppState;

/// Whether the actor sees the matter.
#[must_use]
pub fn sees(actor: &Actor, matter: &Matter) -> bool {
    match actor.role {
        Role::Registrar | Role::Supervisor | Role::JointOffice | Role::CountyLeader => true,
        Role::UnitHandler | Role::UnitHead => of_unit(actor, matter),
        Role::VillageOfficer | Role::VillageHead | Role::TownClerk => in_area(actor, matter),
        // A township is a unit too.
        Role::TownLeader => in_area(actor, matter) || of_unit(actor, matter),
        // What was brought before it.
        Role::Reviewer => !matter.reviews.is_empty(),
        Role::SealedOfficer | Role::Observer | Role::Admin | Role::SecurityAdmin | Role::AuditAdmin => false,
    }
}

/// The unit that holds it, and those that help.
fn of_unit(actor: &Actor, matter: &Matter) -> bool {
    matter.handler == Some(actor.account)
        || actor.unit.is_some_and(|unit| matter.unit == Some(unit) || matter.is_helped_by(unit))
}

fn in_area(actor: &Actor, matter: &Matter) -> bool {
    matter.handler == Some(actor.account)
        || matter.registration.place.as_ref().is_some_and(|place| actor.area.covers(place))
}

/// A matter that the actor sees.
///
/// # Errors
/// [`Problem::NotFound`], also for what is there and not to be seen.
pub(crate) async fn matter(state: &AppState, actor: &Actor, id: MatterId) -> Result<Matter, ApiError> {
    let matter = state.store.matter(id).await?.filter(|matter| sees(actor, matter));
    matter.ok_or(Problem::NotFound.into())
}

/// Whether the actor sees everything of the county.
#[must_use]
pub fn sees_all(actor: &Actor) -> bool {
    actor.role.sees_county()
}

/// Whether the actor sees a household that lies there: units see matters, not homes.
#[must_use]
pub fn sees_household(actor: &Actor, place: &DivisionCode) -> bool {
    match actor.role {
        Role::Registrar | Role::Supervisor => true,
        Role::VillageOfficer | Role::VillageHead | Role::TownClerk | Role::TownLeader => actor.area.covers(place),
        Role::UnitHandler
        | Role::UnitHead
        | Role::JointOffice
        | Role::CountyLeader
        | Role::Reviewer
        | Role::SealedOfficer
        | Role::Observer
        | Role::Admin
        | Role::SecurityAdmin
        | Role::AuditAdmin => false,
    }
}

/// The matters that a list may show to the actor.
///
/// # Errors
/// [`Problem::Forbidden`] for roles that see no matters.
pub fn scope(actor: &Actor) -> Result<Scope, Problem> {
    match actor.role {
        Role::Registrar | Role::Supervisor | Role::JointOffice | Role::CountyLeader => Ok(Scope::County),
        Role::UnitHandler | Role::UnitHead => actor.unit.map(Scope::Unit).ok_or(Problem::Forbidden),
        Role::VillageOfficer | Role::VillageHead | Role::TownClerk | Role::TownLeader => {
            Ok(Scope::Area(actor.area.clone(), actor.account))
        }
        Role::Reviewer => Ok(Scope::UnderReview),
        Role::SealedOfficer | Role::Observer | Role::Admin | Role::SecurityAdmin | Role::AuditAdmin => {
            Err(Problem::Forbidden)
        }
    }
}
