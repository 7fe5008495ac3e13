//! A report comes in. Here, and only here, it is decided who may know of it: whoever gets no copy now cannot be
//! shown it later. The registrar who typed it in gets none.

use case_core::actor::{Actor, Role};
use case_core::code::MatterNumber;
use case_core::digest::Digest;
use case_core::id::{AccountId, SealedReportId};
use case_core::sealed::{Accused, Party, SealedBody, SealedContent, SealedRefusal, SealedStep, namesakes};
use case_core::text::ShortText;
use case_core::time::Moment;
use case_core::wire::desk::Named;
use case_core::wire::problem::Problem;
use case_core::wire::sealed::{SealedReceipt, SealedRequest};
use case_store::{CodeHash, NewSealed, SealedRegistered, StoreError};

use super::{everybody, seal};
use crate::error::ApiError;
use crate::extract::malformed;
use crate::state::AppState;
use crate::use_cases::receipt;

/// How often another number and code are tried when one is taken.
const ATTEMPTS: u32 = 8;
/// The most units, and the most people, that one report names.
const MOST_ACCUSED: usize = 20;

/// Registers and answers with the receipt; the same id again answers the same.
pub(crate) async fn register(
    state: &AppState,
    actor: &Actor,
    request: SealedRequest,
) -> Result<SealedReceipt, ApiError> {
    if !matches!(actor.role, Role::Registrar | Role::SealedOfficer) {
        return Err(Problem::Forbidden.into());
    }
    let now = state.now();
    if request.received_on > now.date() {
        return Err(SealedRefusal::BadDay.into());
    }
    let mut content = request.content;
    check(state, &content).await?;
    let everybody = everybody(&state.store).await?;
    for person in &mut content.accused_persons {
        person.accounts = namesakes(&person.name, &everybody);
    }
    let readers = readers(state, &content, &everybody).await?;
    let entry = seal(SealedStep::Register, &SealedBody::Register { content }, &readers)?;
    for attempt in 0..ATTEMPTS {
        let issue = attempt + 1;
        let word = state.secrets.sealed_word(request.id, issue);
        let new = NewSealed {
            id: request.id,
            number: MatterNumber::compose(state.settings.province, now, serial(request.id, attempt)),
            received_on: request.received_on,
            code: CodeHash { hash: state.secrets.code_hash(&state.secrets.sealed_code(request.id, issue)), issue },
            word: state.secrets.sealed_word_hash(request.id, &word),
            by: actor.account,
            entry: entry.clone(),
        };
        match state.store.register_sealed(&new, now).await {
            Ok(SealedRegistered::New) => return print(state, actor, request.id, new.number, issue, now),
            Ok(SealedRegistered::AlreadyThere { by, at, number, issue }) if by == actor.account => {
                return print(state, actor, request.id, number, issue, at);
            }
            Ok(SealedRegistered::AlreadyThere { .. }) => return Err(malformed("id")),
            Err(StoreError::NumberTaken) => {}
            Err(other) => return Err(other.into()),
        }
    }
    Err(ApiError::Internal("no free number".to_owned()))
}

/// Somebody is accused, not too many, and the units exist.
async fn check(state: &AppState, content: &SealedContent) -> Result<(), ApiError> {
    let (units, persons) = (&content.accused_units, &content.accused_persons);
    if units.is_empty() && persons.is_empty() {
        return Err(SealedRefusal::NoAccused.into());
    }
    if units.len() > MOST_ACCUSED || persons.len() > MOST_ACCUSED {
        return Err(Problem::TooLarge.into());
    }
    let known = state.store.units().await?;
    let mut named = units.iter().chain(persons.iter().filter_map(|person| person.unit.as_ref()));
    if named.all(|unit| known.iter().any(|one| one.id == *unit)) { Ok(()) } else { Err(malformed("unit")) }
}

/// The officers who may know of it, with their keys.
async fn readers(
    state: &AppState,
    content: &SealedContent,
    everybody: &[(Party, ShortText)],
) -> Result<Vec<(AccountId, Vec<u8>)>, ApiError> {
    let officers = state.store.sealed_officers().await?;
    if officers.is_empty() {
        return Err(SealedRefusal::NotOpen.into());
    }
    let tree = state.store.unit_tree().await?;
    let accused = Accused::of(content, everybody);
    let knows = |id: AccountId| {
        let known = everybody.iter().find(|(party, _)| party.account == id);
        known.is_some_and(|(party, _)| accused.may_know(*party, &tree).is_ok())
    };
    let readers: Vec<_> =
        officers.into_iter().filter(|one| knows(one.account)).map(|one| (one.account, one.public)).collect();
    if readers.is_empty() { Err(SealedRefusal::NobodyMayKnow.into()) } else { Ok(readers) }
}

/// Four digits that differ between reports of the same minute, and between attempts.
fn serial(id: SealedReportId, attempt: u32) -> u32 {
    let digest = Digest::of(&(id, attempt)).bytes();
    u32::from_be_bytes([0, digest[0], digest[1], digest[2]])
}

fn print(
    state: &AppState,
    actor: &Actor,
    id: SealedReportId,
    number: MatterNumber,
    issue: u32,
    registered_at: Moment,
) -> Result<SealedReceipt, ApiError> {
    let code = state.secrets.sealed_code(id, issue);
    let (lookup_url, qr_svg) = receipt::lookup(state, &code)?;
    Ok(SealedReceipt {
        id,
        number,
        query_code: code.grouped(),
        word: state.secrets.sealed_word(id, issue),
        qr_svg,
        lookup_url,
        registered_at,
        received_by: Named { account: actor.account, name: actor.name.clone(), office: actor.office.clone() },
        office_name: state.settings.office_name.clone(),
        office_phone: state.settings.office_phone.clone(),
    })
}
