//! 收件回执: the paper that the petitioner takes home, with the query code and its QR.

use case_core::actor::Actor;
use case_core::code::QueryCode;
use case_core::id::MatterId;
use case_core::matter::Matter;
use case_core::public::is_anonymous;
use case_core::wire::desk::{Named, PrintedReceipt};
use case_core::wire::problem::Problem;
use case_store::{CodeHash, StoreError};

use super::visible;
use crate::error::ApiError;
use crate::papers;
use crate::state::AppState;

/// The receipt of a matter's n-th code.
pub(crate) fn print(state: &AppState, actor: &Actor, matter: &Matter, issue: u32) -> Result<PrintedReceipt, ApiError> {
    let code = state.secrets.query_code(matter.id, issue);
    let (lookup_url, qr_svg) = lookup(state, &code)?;
    Ok(PrintedReceipt {
        matter: matter.id,
        number: matter.number.clone(),
        title: matter.registration.title.clone(),
        petitioner: matter.registration.petitioner.name.clone(),
        query_code: code.grouped(),
        qr_svg,
        lookup_url,
        registered_at: matter.registered_at,
        received_by: Named { account: actor.account, name: actor.name.clone(), office: actor.office.clone() },
        office_name: state.settings.office_name.clone(),
        office_phone: state.settings.office_phone.clone(),
        linked_to: None,
        word: word(state, matter),
        without_phone: matter.registration.petitioner.phone_tail().is_none(),
    })
}

/// 口令, where no name was given: a new code leaves it as it is.
fn word(state: &AppState, matter: &Matter) -> Option<String> {
    is_anonymous(matter).then(|| state.secrets.filed_word(matter.id))
}

/// The slip of a 重件: its own number, and no code of its own, since the matter has one. For who linked it, and
/// for those who read the petitioner's name anyway.
pub(crate) async fn of_intake(
    state: &AppState,
    actor: &Actor,
    id: MatterId,
    place: u16,
) -> Result<PrintedReceipt, ApiError> {
    let matter = visible::matter(state, actor, id).await?;
    let reads = visible::needs_particulars(actor, &matter);
    let linked = matter.intakes.get(usize::from(place)).filter(|linked| reads || linked.by == actor.account);
    let Some((linked, number)) = linked.and_then(|linked| Some((linked, linked.intake.number.clone()?))) else {
        return Err(Problem::NotFound.into());
    };
    let named = state.store.names(&[linked.by]).await?.into_iter().next();
    let lookup_url = format!("{}/c", state.settings.base_url);
    Ok(PrintedReceipt {
        matter: id,
        number,
        title: linked.intake.title.clone(),
        petitioner: linked.intake.petitioner.name.clone(),
        query_code: String::new(),
        qr_svg: papers::qr_svg(&lookup_url)?,
        lookup_url,
        registered_at: linked.at,
        received_by: named.ok_or(Problem::NotFound)?,
        office_name: state.settings.office_name.clone(),
        office_phone: state.settings.office_phone.clone(),
        linked_to: Some(matter.number.clone()),
        // It is the matter's code that opens it, and what was given the first time.
        word: None,
        without_phone: false,
    })
}

/// The code that a matter has now, for those who print. A code out of a phone's reserve was told at the
/// door, and is not made again.
async fn present_code(state: &AppState, matter: MatterId) -> Result<Option<String>, ApiError> {
    let Some(issue) = state.store.code_issue(matter).await? else { return Ok(None) };
    let code = state.secrets.query_code(matter, issue);
    let found = state.store.matter_by_code(&state.secrets.code_hash(&code)).await?;
    Ok(found.filter(|found| found.matter.id == matter).map(|_| code.grouped()))
}

/// The same with the word beside it, where no name was given: both are needed, and handed out together.
pub(crate) async fn code_to_hand_out(state: &AppState, matter: MatterId) -> Result<Option<String>, ApiError> {
    let Some(code) = present_code(state, matter).await? else { return Ok(None) };
    let matter = state.store.matter(matter).await?;
    let word = matter.as_ref().and_then(|matter| word(state, matter));
    Ok(Some(word.map_or_else(|| code.clone(), |word| app::text::document::code_and_word(&code, &word))))
}

/// The address of the look-up page, and the picture that opens it with the code.
pub(crate) fn lookup(state: &AppState, code: &QueryCode) -> Result<(String, String), ApiError> {
    let url = format!("{}/c", state.settings.base_url);
    // The code stands in the fragment: browsers do not send it, so it is in no log on the way.
    let svg = papers::qr_svg(&format!("{url}#{}", code.digits()))?;
    Ok((url, svg))
}

/// Prints again, with a new code; the old one stops (a lost code is replaced in person).
pub(crate) async fn reissue(state: &AppState, actor: &Actor, id: MatterId) -> Result<PrintedReceipt, ApiError> {
    let matter = visible::matter(state, actor, id).await?;
    let last = state.store.code_issue(id).await?.unwrap_or(0);
    for issue in last.saturating_add(1)..last.saturating_add(9) {
        let hash = state.secrets.code_hash(&state.secrets.query_code(id, issue));
        match state.store.issue_code(id, CodeHash { hash, issue }, actor.account, state.now()).await {
            Ok(()) => return print(state, actor, &matter, issue),
            Err(StoreError::CodeTaken) => {}
            Err(other) => return Err(other.into()),
        }
    }
    Err(ApiError::Internal("no free query code".to_owned()))
}
