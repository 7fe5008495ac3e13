//! 收件回执: the paper that the petitioner takes home, with the query code and its QR.

use case_core::actor::Actor;
use case_core::code::QueryCode;
use case_core::id::MatterId;
use case_core::matter::{Matter, table};
use case_core::wire::desk::{Named, PrintedReceipt};
use case_core::wire::problem::Problem;
use case_store::{CodeHash, StoreError};
use qrcode::{EcLevel, QrCode, render::svg};

use super::visible;
use crate::error::ApiError;
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
    })
}

/// The address of the look-up page, and the picture that opens it with the code.
pub(super) fn lookup(state: &AppState, code: &QueryCode) -> Result<(String, String), ApiError> {
    let url = format!("{}/c", state.settings.base_url);
    // The code stands in the fragment: browsers do not send it, so it is in no log on the way.
    let qr = QrCode::with_error_correction_level(format!("{url}#{}", code.digits()), EcLevel::M)
        .map_err(|error| ApiError::Internal(format!("QR code: {error}")))?;
    let svg = qr.render::<svg::Color<'_>>().min_dimensions(160, 160).quiet_zone(true).build();
    // Standing inside HTML, SVG has no XML head.
    let svg = svg.find("<svg").map_or(svg.clone(), |start| svg[start..].to_owned());
    Ok((url, svg))
}

/// Prints again, with a new code; the old one stops (a lost code is replaced in person).
pub(crate) async fn reissue(state: &AppState, actor: &Actor, id: MatterId) -> Result<PrintedReceipt, ApiError> {
    if !table::REGISTRARS.contains(&actor.role) {
        return Err(Problem::Forbidden.into());
    }
    let matter =
        state.store.matter(id).await?.filter(|matter| visible::sees(actor, matter)).ok_or(Problem::NotFound)?;
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
