//! Who sees which matter (spec 4): the county's office all, a unit its own, an official those of
//! the area or in their own hands. What somebody may not see does not exist for them (404).

use case_core::actor::{Actor, Role};
use case_core::matter::Matter;
use case_core::place::DivisionCode;
use case_core::wire::problem::Problem;
use case_store::Scope;

/// Whether the actor sees the matter.
#[must_use]
pub fn sees(actor: &Actor, matter: &Matter) -> bool {
    match actor.role {
        Role::Registrar | Role::Supervisor => true,
        Role::UnitHandler | Role::UnitHead => {
            (matter.unit.is_some() && matter.unit == actor.unit) || matter.handler == Some(actor.account)
        }
        Role::VillageOfficer | Role::TownClerk => {
            matter.handler == Some(actor.account)
                || matter.registration.place.as_ref().is_some_and(|place| actor.area.covers(place))
        }
        Role::Admin => false,
    }
}

/// Whether the actor sees everything of the county.
#[must_use]
pub fn sees_all(actor: &Actor) -> bool {
    matches!(actor.role, Role::Registrar | Role::Supervisor)
}

/// Whether the actor sees a household that lies there: units see matters, not homes.
#[must_use]
pub fn sees_household(actor: &Actor, place: &DivisionCode) -> bool {
    match actor.role {
        Role::Registrar | Role::Supervisor => true,
        Role::VillageOfficer | Role::TownClerk => actor.area.covers(place),
        Role::UnitHandler | Role::UnitHead | Role::Admin => false,
    }
}

/// The matters that a list may show to the actor.
///
/// # Errors
/// [`Problem::Forbidden`] for roles that see no matters.
pub fn scope(actor: &Actor) -> Result<Scope, Problem> {
    match actor.role {
        Role::Registrar | Role::Supervisor => Ok(Scope::County),
        Role::UnitHandler | Role::UnitHead => actor.unit.map(Scope::Unit).ok_or(Problem::Forbidden),
        Role::VillageOfficer | Role::TownClerk => Ok(Scope::Area(actor.area.clone(), actor.account)),
        Role::Admin => Err(Problem::Forbidden),
    }
}
