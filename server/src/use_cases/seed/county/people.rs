//! Where the made county's matters lie and who handles them: towns and villages, units with a handler and a
//! head each, an official in each town, the office, the reviewers above, and households.

use case_core::actor::{Actor, Role};
use case_core::audit::Trace;
use case_core::id::{AccountId, HouseholdId, UnitId};
use case_core::place::{Area, DivisionCode};
use case_core::time::Moment;
use case_core::wire::desk::{Division, Unit};
use case_core::wire::sync::{HouseholdCard, Member};
use case_store::{NewAccount, NewHousehold};

use super::chance::Chance;
use super::text;
use super::words::{GIVEN, SURNAMES, TOWNS, UNITS, VILLAGES};
use crate::error::ApiError;
use crate::session::hash_password;
use crate::state::AppState;
use crate::use_cases::import::keys_of;

/// Households of a village.
const HOUSEHOLDS: usize = 12;
/// The county's own division code: none that exists.
const COUNTY: &str = "990201";

/// Everybody and everything that matters are made of.
pub(super) struct People {
    pub(super) registrar: Actor,
    pub(super) supervisor: Actor,
    pub(super) reviewer: Actor,
    pub(super) rechecker: Actor,
    pub(super) units: Vec<UnitPeople>,
    pub(super) towns: Vec<Actor>,
    pub(super) homes: Vec<Home>,
}

/// A unit with its people.
pub(super) struct UnitPeople {
    pub(super) id: UnitId,
    pub(super) handler: Actor,
    pub(super) head: Actor,
}

/// A household: where a matter comes from.
pub(super) struct Home {
    pub(super) id: HouseholdId,
    pub(super) place: DivisionCode,
    pub(super) head: String,
    pub(super) phone: String,
    pub(super) address: String,
    /// Which town's official goes there.
    pub(super) town: usize,
}

/// How the made accounts are called: `xian-` and the role, units and towns with a number.
#[must_use]
pub(super) fn login(role: &str) -> String {
    format!("xian-{role}")
}

struct Making<'a> {
    state: &'a AppState,
    chance: Chance,
    hash: String,
    from: Moment,
    count: u32,
}

impl Making<'_> {
    async fn person(
        &mut self,
        name: &str,
        role: Role,
        office: &str,
        unit: Option<UnitId>,
        area: Vec<DivisionCode>,
    ) -> Result<Actor, ApiError> {
        self.count += 1;
        let person = format!("{}{}", self.chance.one_of(&SURNAMES), self.chance.one_of(&GIVEN));
        let actor = Actor {
            account: AccountId(self.chance.id(self.from.0)),
            name: text(&person)?,
            badge: text(&format!("{:06}", 880_000 + self.count))?,
            office: text(office)?,
            role,
            unit,
            area: Area(area),
        };
        let new = NewAccount { login: login(name), password_hash: self.hash.clone(), actor: actor.clone() };
        self.state.store.create_account(&new, Trace::system(self.from)).await?;
        Ok(actor)
    }
}

/// Makes them; their password is that of [`super::password`].
pub(super) async fn make(state: &AppState, seed: u64, from: Moment) -> Result<People, ApiError> {
    let password = super::password(state);
    let hash = tokio::task::spawn_blocking(move || hash_password(&password))
        .await
        .map_err(|error| ApiError::Internal(error.to_string()))??;
    let mut m = Making { state, chance: Chance::of(seed, 0), hash, from, count: 0 };
    let (divisions, villages) = places()?;
    state.store.upsert_divisions(&divisions).await?;
    let registrar = m.person("dengji", Role::Registrar, "县信访局登记员", None, Vec::new()).await?;
    let supervisor = m.person("shenhe", Role::Supervisor, "县信访局督查科", None, Vec::new()).await?;
    let reviewer = m.person("fucha", Role::Reviewer, "市级复查机关", None, Vec::new()).await?;
    let rechecker = m.person("fuhe", Role::Reviewer, "省级复核机关", None, Vec::new()).await?;
    let mut units = Vec::new();
    for (n, name) in UNITS.iter().enumerate() {
        let unit =
            Unit { id: UnitId(m.chance.id(from.0)), name: text(name)?, phone: text(&format!("0999-222{n:04}"))? };
        state.store.upsert_units(std::slice::from_ref(&unit)).await?;
        let id = unit.id;
        let (login, office) = (format!("chengban{n}"), format!("{name}承办人"));
        let handler = m.person(&login, Role::UnitHandler, &office, Some(id), Vec::new()).await?;
        let (login, office) = (format!("fuzeren{n}"), format!("{name}负责人"));
        let head = m.person(&login, Role::UnitHead, &office, Some(id), Vec::new()).await?;
        units.push(UnitPeople { id, handler, head });
    }
    let mut towns = Vec::new();
    for (n, name) in TOWNS.iter().enumerate() {
        let area = vec![code(&town_code(n))?];
        towns.push(m.person(&format!("zhuangan{n}"), Role::TownClerk, &format!("{name}信访专干"), None, area).await?);
    }
    let homes = homes(state, &mut m.chance, from, &villages).await?;
    Ok(People { registrar, supervisor, reviewer, rechecker, units, towns, homes })
}

fn code(raw: &str) -> Result<DivisionCode, ApiError> {
    DivisionCode::parse(raw).map_err(|error| ApiError::Internal(error.to_string()))
}

fn town_code(n: usize) -> String {
    format!("{COUNTY}{}", 101 + n)
}

/// All divisions; and the villages with their town and what they are called.
type Places = (Vec<Division>, Vec<(DivisionCode, usize, String)>);

fn places() -> Result<Places, ApiError> {
    let mut all = vec![Division { code: code(COUNTY)?, name: text("石门县（生成）")? }];
    let mut villages = Vec::new();
    for (n, town) in TOWNS.iter().enumerate() {
        all.push(Division { code: code(&town_code(n))?, name: text(town)? });
        for (v, village) in VILLAGES.iter().enumerate() {
            let code = code(&format!("{}{}", town_code(n), 201 + v))?;
            all.push(Division { code: code.clone(), name: text(&format!("{village}村委会"))? });
            villages.push((code, n, format!("{town}{village}村")));
        }
    }
    Ok((all, villages))
}

async fn homes(
    state: &AppState,
    chance: &mut Chance,
    from: Moment,
    villages: &[(DivisionCode, usize, String)],
) -> Result<Vec<Home>, ApiError> {
    let (mut homes, mut cards) = (Vec::new(), Vec::new());
    for (place, town, village) in villages {
        for n in 0..HOUSEHOLDS {
            let home = Home {
                id: HouseholdId(chance.id(from.0)),
                place: place.clone(),
                head: format!("{}{}", chance.one_of(&SURNAMES), chance.one_of(&GIVEN)),
                // No such number is given out.
                phone: format!("1000{:07}", homes.len() * 37 + 11),
                address: format!("{village}{}组", n % 4 + 1),
                town: *town,
            };
            cards.push(card(&home, chance)?);
            homes.push(home);
        }
    }
    state.store.upsert_households(&cards, &keys_of).await?;
    Ok(homes)
}

fn card(home: &Home, chance: &mut Chance) -> Result<NewHousehold, ApiError> {
    let member = |name: &str, relation: &str, year: usize| -> Result<Member, ApiError> {
        let birth_year = i32::try_from(year).ok();
        Ok(Member { name: text(name)?, relation: Some(text(relation)?), birth_year, phone: None })
    };
    let spouse = format!("{}{}", chance.one_of(&SURNAMES), chance.one_of(&GIVEN));
    let members =
        vec![member(&home.head, "户主", 1945 + chance.below(45))?, member(&spouse, "配偶", 1946 + chance.below(45))?];
    let card = HouseholdCard {
        id: home.id,
        division: home.place.clone(),
        address: text(&home.address)?,
        head: text(&home.head)?,
        phone: Some(text(&home.phone)?),
        members,
        remark: None,
        keys: String::new(),
        last_visit: None,
        next_visit: None,
    };
    let keys = keys_of(&card);
    Ok(NewHousehold { source_key: format!("seed:{}", home.id), card: HouseholdCard { keys, ..card } })
}
