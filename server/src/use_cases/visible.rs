//! Who sees which matter (spec 4): the county's office all, a unit its own, an official those of
//! the area or in their own hands; nobody what they stay away from (回避). What somebody may not see does not
//! exist for them (404).

use case_core::actor::{Actor, Role};
use case_core::id::MatterId;
use case_core::matter::{Matter, Stage, table};
use case_core::place::DivisionCode;
use case_core::wire::desk::Named;
use case_core::wire::problem::Problem;
use case_store::Scope;
use chrono::NaiveDate;

use crate::error::ApiError;
use crate::state::AppState;

/// The matter, if it exists for the actor: by role and place, and not when the actor stays away from it
/// (回避).
pub(crate) async fn matter(state: &AppState, actor: &Actor, id: MatterId) -> Result<Matter, ApiError> {
    let today = state.now().date();
    let found = state.store.matter(id).await?.filter(|matter| sees(actor, matter, today)).ok_or(Problem::NotFound)?;
    if state.store.is_recused(id, actor.account).await? { Err(Problem::NotFound.into()) } else { Ok(found) }
}

/// Whether the actor's role and place show the matter today.
#[must_use]
pub fn sees(actor: &Actor, matter: &Matter, today: NaiveDate) -> bool {
    match actor.role {
        Role::Registrar | Role::Supervisor | Role::JointOffice | Role::CountyLeader => true,
        Role::UnitHandler | Role::UnitHead => of_unit(actor, matter),
        Role::VillageOfficer | Role::VillageHead | Role::TownClerk => in_area(actor, matter),
        // A township is a unit too.
        Role::TownLeader => in_area(actor, matter) || of_unit(actor, matter),
        // What was brought before it.
        Role::Reviewer => !matter.reviews.is_empty(),
        // From outside, and only for some time.
        Role::Observer => matter.admits(actor.account, today),
        Role::SealedOfficer | Role::Admin | Role::SecurityAdmin | Role::AuditAdmin => false,
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

/// Whether the actor reads the petitioner's name, phone and address without asking: who goes to the door, and
/// who has the matter in hand. Everybody else who sees the matter says what for ([`super::unmask`]). Phones
/// carry the particulars of their work area ([`super::pull`]): that is what a visit needs. A record that fits no
/// matter has no file; the supervisor who must find out whom it is about reads it as it is.
#[must_use]
pub fn needs_particulars(actor: &Actor, matter: &Matter) -> bool {
    match actor.role {
        // They call at homes; the same stands on their phones.
        Role::VillageOfficer | Role::VillageHead | Role::TownClerk | Role::TownLeader => in_area(actor, matter),
        // The one who works on it, not the colleague at the next desk; and the leader who answers for it.
        Role::UnitHandler | Role::UnitHead | Role::Supervisor | Role::JointOffice | Role::CountyLeader => {
            // Until somebody of the unit has it in hand, it is with who took it in at the unit's own desk.
            let took_in = matter.came_directly() && matter.registered_by == Some(actor.account);
            if took_in && matter.handler.is_none() {
                return true;
            }
            matter.handler == Some(actor.account) || matter.leader() == Some(actor.account)
        }
        // Who is registering it, until it goes out. What came over the network nobody has registered yet: the
        // one who takes it up is whoever opens it.
        Role::Registrar => {
            let registers = matter.registered_by == Some(actor.account) || matter.is_filed_online();
            matter.handler == Some(actor.account) || (matter.stage == Stage::Registered && registers)
        }
        Role::Reviewer
        | Role::SealedOfficer
        | Role::Observer
        | Role::Admin
        | Role::SecurityAdmin
        | Role::AuditAdmin => false,
    }
}

/// Whether the actor's lists show names: only where all that they list is of the own area.
#[must_use]
pub fn lists_names(actor: &Actor) -> bool {
    match actor.role {
        Role::VillageOfficer | Role::VillageHead | Role::TownClerk | Role::TownLeader => true,
        Role::UnitHandler
        | Role::UnitHead
        | Role::Registrar
        | Role::Supervisor
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

/// Leaders who can answer for the matter (包案): those for whom it exists, first the ones whose own area it lies in
/// (谁挂点谁包案).
pub(crate) async fn leaders(state: &AppState, matter: &Matter) -> Result<Vec<Named>, ApiError> {
    let today = state.now().date();
    let mut fit = Vec::new();
    for account in state.store.list_accounts().await?.into_iter().filter(|account| account.active) {
        let actor = account.actor;
        let leads = table::LEADERS.contains(&actor.role) && sees(&actor, matter, today);
        if leads && !state.store.is_recused(matter.id, actor.account).await? {
            fit.push(actor);
        }
    }
    fit.sort_by_key(|actor| (!in_area(actor, matter), actor.badge.clone()));
    Ok(fit.into_iter().map(|actor| Named { account: actor.account, name: actor.name, office: actor.office }).collect())
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

/// The matters that a list may show to the actor today.
///
/// # Errors
/// [`Problem::Forbidden`] for roles that see no matters.
pub fn scope(actor: &Actor, today: NaiveDate) -> Result<Scope, Problem> {
    match actor.role {
        Role::Registrar | Role::Supervisor | Role::JointOffice | Role::CountyLeader => Ok(Scope::County),
        Role::UnitHandler | Role::UnitHead => actor.unit.map(Scope::Unit).ok_or(Problem::Forbidden),
        Role::VillageOfficer | Role::VillageHead | Role::TownClerk | Role::TownLeader => {
            Ok(Scope::Area(actor.area.clone(), actor.account))
        }
        Role::Reviewer => Ok(Scope::UnderReview),
        Role::Observer => Ok(Scope::Observed(actor.account, today)),
        Role::SealedOfficer | Role::Admin | Role::SecurityAdmin | Role::AuditAdmin => Err(Problem::Forbidden),
    }
}
