//! 登记: a new matter, from a desk, an import or a visit.

use case_core::actor::{Actor, Role};
use case_core::code::MatterNumber;
use case_core::digest::Digest;
use case_core::id::{AccountId, MatterId};
use case_core::matter::{
    Context, Event, FormerReply, Matter, Petitioner, Refusal, Registration, keep, register, replay,
};
use case_core::search;
use case_core::time::Moment;
use case_core::wire::desk::{PrintedReceipt, RegisterRequest};
use case_core::wire::problem::Problem;
use case_store::{CodeHash, NewMatter, Registered, StoreError};
use uuid::Uuid;

use super::receipt;
use crate::error::ApiError;
use crate::pinyin;
use crate::secrets::Secrets;
use crate::state::AppState;

/// How often another number or code is tried when one is taken.
pub(super) const ATTEMPTS: u32 = 8;

/// A matter to be stored, and where it comes from.
pub(crate) struct Draft {
    pub id: MatterId,
    pub registration: Registration,
    pub by: Option<AccountId>,
    pub former_reply: Option<FormerReply>,
    /// Events that follow the registration at once.
    pub tail: Vec<Event>,
    pub source_key: Option<String>,
    /// Whether the petitioner gets a query code now.
    pub with_code: bool,
    /// The minute that its number names, when that is not the present one: an import registers
    /// thousands in a minute, and a minute has ten thousand numbers.
    pub numbered_at: Option<Moment>,
}

/// Makes the stored form of a draft. `attempt` chooses another number and code when one is taken.
pub(crate) fn prepare(
    secrets: &Secrets,
    province: u8,
    draft: &Draft,
    attempt: u32,
    cx: &Context<'_>,
) -> Result<NewMatter, Refusal> {
    let number = MatterNumber::compose(province, draft.numbered_at.unwrap_or(cx.now), serial(draft.id.0, attempt));
    let mut events = register(draft.id, number, draft.registration.clone(), draft.by, draft.former_reply.clone(), cx)?;
    events.extend(draft.tail.iter().cloned());
    let Some(matter) = replay(&events) else { return Err(Refusal::NoDemand) };
    let code = draft.with_code.then(|| {
        let issue = attempt.saturating_add(1);
        CodeHash { hash: secrets.code_hash(&secrets.query_code(draft.id, issue)), issue }
    });
    let (keys, source_key) = (keys(&matter), draft.source_key.clone());
    Ok(NewMatter { keys, matter, events, by: draft.by, source_key, code, reserved: None })
}

/// Four digits that differ between matters of the same minute, and between attempts.
pub(super) fn serial(id: uuid::Uuid, attempt: u32) -> u32 {
    let digest = Digest::of(&(id, attempt));
    u32::from_str_radix(&digest.hex()[..6], 16).unwrap_or(0)
}

/// What a matter is found by.
pub(crate) fn keys(matter: &Matter) -> String {
    intake_keys(&matter.registration.petitioner, matter.registration.title.as_str(), matter.number.as_str())
}

/// What an intake is found by: who brought it, what about, and its number.
pub(super) fn intake_keys(petitioner: &Petitioner, title: &str, number: &str) -> String {
    let mut keys = String::new();
    for part in [
        petitioner.name.as_str(),
        &pinyin::initials(petitioner.name.as_str()),
        title,
        petitioner.address.as_ref().map_or("", |a| a.as_str()),
        petitioner.phone.as_ref().map_or("", |p| p.as_str()),
        number,
    ] {
        keys.push_str(&search::fold(part));
        keys.push('\n');
    }
    keys
}

/// Registers at a desk and answers with the receipt; the same request again answers the same.
pub(crate) async fn at_desk(
    state: &AppState,
    actor: &Actor,
    mut request: RegisterRequest,
) -> Result<PrintedReceipt, ApiError> {
    // What a desk writes down has not come over the network.
    request.registration.particulars.online = None;
    // Whose desk it came to is known, and not typed.
    let of_a_unit = matches!(actor.role, Role::UnitHandler | Role::UnitHead);
    if of_a_unit {
        request.registration.direct = true;
        actor.unit.ok_or(Problem::Forbidden)?;
    }
    request.registration.received_by = actor.unit.filter(|_| request.registration.direct);
    let world = state.world();
    // A unit has at once what came to it directly (Article 23); a township triages first.
    let tail = match request.registration.received_by {
        Some(unit) if of_a_unit => keep(unit, &world.context()),
        _ => Vec::new(),
    };
    if let Some(place) = &request.registration.place {
        if !of_a_unit && !matches!(actor.role, Role::Registrar) && !actor.area.covers(place) {
            return Err(Refusal::OutOfArea.into());
        }
        if state.store.division_names(std::slice::from_ref(place)).await?.is_empty() {
            return Err(Problem::NotFound.into());
        }
    }
    let draft = Draft {
        id: request.id,
        registration: request.registration,
        by: Some(actor.account),
        former_reply: None,
        tail,
        source_key: None,
        with_code: true,
        numbered_at: None,
    };
    let (matter, issue) = store(state, &draft).await?;
    receipt::print(state, actor, &matter, issue)
}

/// Stores a draft, choosing another number or code when one is taken.
pub(crate) async fn store(state: &AppState, draft: &Draft) -> Result<(Matter, u32), ApiError> {
    let world = state.world();
    let cx = world.context();
    for attempt in 0..ATTEMPTS {
        let new = prepare(&state.secrets, state.settings.province, draft, attempt, &cx)?;
        let issue = new.code.as_ref().map_or(0, |code| code.issue);
        match state.store.register(&new, cx.now).await {
            Ok(Registered::New) => return Ok((new.matter, issue)),
            Ok(Registered::AlreadyThere(matter)) => {
                let matter = *matter;
                // The same request again is answered again; another one with a used id is not.
                if matter.registration != draft.registration || matter.registered_by != draft.by {
                    return Err(Problem::Malformed { detail: "id".to_owned() }.into());
                }
                let issue = state.store.code_issue(matter.id).await?.unwrap_or(0);
                return Ok((matter, issue));
            }
            Err(StoreError::CodeTaken | StoreError::NumberTaken) => {}
            Err(other) => return Err(other.into()),
        }
    }
    Err(ApiError::Internal("no free number".to_owned()))
}

/// A new id; time-ordered, so that indexes stay compact.
pub(crate) fn new_id() -> MatterId {
    MatterId(Uuid::now_v7())
}
