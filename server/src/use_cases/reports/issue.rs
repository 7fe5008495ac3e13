//! 出具报表: what was seen is frozen under a number and a version, with a proof that anybody can verify.
//!
//! An issued report is a paper for all who may have reports. So nobody's name stands on it in full; who stays away
//! from a matter that it names (回避) does not issue it, since it would have a hole, and is not given it either.

use std::collections::BTreeSet;

use app::text::report as words;
use case_core::actor::Actor;
use case_core::audit::{Deed, PaperForm, Trace};
use case_core::digest::Digest;
use case_core::id::{DocumentId, MatterId};
use case_core::wire::problem::Problem;
use case_core::wire::reports::{FrozenReport, IssueReport, IssuedReport, ReportSheet};
use case_store::{NewReport, ReportIssuing, StoreError, StoredReport};
use chrono::Datelike as _;

use super::load::Reader;
use super::{Asked, make_for};
use crate::error::ApiError;
use crate::papers;
use crate::state::AppState;
use crate::use_cases::documents::shown_digest;

/// What an issued report carries on paper and in a file.
pub(crate) struct Edition {
    /// As pages draw it.
    pub mark: app::pages::report::Edition,
    /// What the QR code holds.
    pub proof_address: String,
}

/// Issues what the person saw; the same request again issues once.
pub(crate) async fn issue(
    state: &AppState,
    actor: &Actor,
    asked: &Asked,
    request: IssueReport,
) -> Result<IssuedReport, ApiError> {
    if let Some(known) = state.store.issued_report(request.id).await?
        && known.row.kind == asked.kind()
    {
        return Ok(known.row);
    }
    let seen = make_for(state, Reader { actor, on_paper: false }, asked).await?;
    if Digest::of(&seen) != request.seen {
        return Err(ApiError::Told(words::CHANGED.to_owned()));
    }
    if says(&seen, words::RECUSED) {
        return Err(ApiError::Told(words::NOT_BY_YOU.to_owned()));
    }
    let mut sheet = make_for(state, Reader { actor, on_paper: true }, asked).await?;
    let matters = named(state, &sheet).await?;
    // Lists that only open on a screen are not printed, and not kept.
    sheet.items.clear();
    sheet.sections.iter_mut().flat_map(|section| section.rows.iter_mut().flatten()).for_each(|cell| cell.list.clear());
    let now = state.now();
    let new = NewReport {
        id: request.id,
        kind: asked.kind(),
        subject: asked.subject(state)?,
        year: now.date().year(),
        content: FrozenReport { sheet, matters },
        after: request.after,
        reason: request.reason,
        token: state.secrets.proof_hash(&state.secrets.report_proof(request.id)),
        by: actor.account,
        now,
    };
    match state.store.issue_report(&new).await {
        Ok(ReportIssuing::Done(row)) => Ok(*row),
        Ok(ReportIssuing::NotTheLast) => Err(ApiError::Told(words::NOT_THE_LAST.to_owned())),
        Ok(ReportIssuing::NoReason) => Err(ApiError::Told(words::NO_REASON.to_owned())),
        Ok(ReportIssuing::Same(version)) => Err(ApiError::Told(words::same(version))),
        Err(StoreError::DocumentIdTaken) => Err(Problem::Malformed { detail: "id".to_owned() }.into()),
        Err(other) => Err(other.into()),
    }
}

fn cells(sheet: &ReportSheet) -> impl Iterator<Item = &str> {
    sheet.sections.iter().flat_map(|section| section.rows.iter().flatten()).map(|cell| cell.text.as_str())
}

fn says(sheet: &ReportSheet, text: &str) -> bool {
    cells(sheet).any(|cell| cell == text)
}

/// The matters whose numbers stand on it.
async fn named(state: &AppState, sheet: &ReportSheet) -> Result<Vec<MatterId>, ApiError> {
    let all: BTreeSet<&str> = cells(sheet).filter(|cell| is_number(cell)).collect();
    Ok(state.store.matters_numbered(&all.into_iter().collect::<Vec<_>>()).await?)
}

fn is_number(cell: &str) -> bool {
    cell.len() == 16 && cell.bytes().all(|byte| byte.is_ascii_digit())
}

/// An issued report that somebody takes. It is noted before it is given.
pub(crate) async fn take(
    state: &AppState,
    actor: &Actor,
    id: DocumentId,
    form: PaperForm,
) -> Result<StoredReport, ApiError> {
    let stored = state.store.issued_report(id).await?.ok_or(Problem::NotFound)?;
    let away = state.store.recused_from(actor.account).await?;
    if stored.content.matters.iter().any(|matter| away.contains(matter)) {
        return Err(ApiError::Told(words::NOT_TO_YOU.to_owned()));
    }
    let deed = Deed::ReportTaken { paper: stored.row.id, number: stored.row.number.clone(), form };
    state.store.note(Trace::by(actor.account, state.now()), &deed).await?;
    Ok(stored)
}

/// Number, version and proof, as they are printed.
pub(crate) fn edition(state: &AppState, stored: &StoredReport) -> Result<Edition, ApiError> {
    let base = &state.settings.base_url;
    let proof = state.secrets.report_proof(stored.row.id);
    let proof_address = format!("{base}/v#{}", proof.characters());
    Ok(Edition {
        mark: app::pages::report::Edition {
            number: stored.row.number.clone(),
            version: stored.row.version,
            replaced_by: stored.row.replaced_by,
            issued_on: stored.row.issued_at.date(),
            proof: proof.grouped(),
            verify_url: format!("{base}/v"),
            digest: shown_digest(&stored.digest),
            contact: words::contact(&state.settings.office_name, &state.settings.office_phone),
            qr_svg: papers::qr_svg(&proof_address)?,
        },
        proof_address,
    })
}
