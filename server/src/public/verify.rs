//! 核验文书: what a QR code on a paper leads to. The proof stands behind the # of the address and comes by
//! POST, so it is in no log; it cannot be guessed, so tries need no limit beyond the length of the form.

use app::pages::public::{DRAW, Message, Proven, Verdict, verify};
use axum::extract::rejection::FormRejection;
use axum::extract::{Form, State};
use axum::http::StatusCode;
use axum::response::Response;
use case_core::document::ProofCode;
use case_store::{StoreError, StoredDocument};
use serde::Deserialize;

use super::reader::Reader;
use super::{frame, page, say};
use crate::state::AppState;
use crate::use_cases::documents::shown_digest;

#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct Question {
    code: String,
    /// What the switch to large type asks for.
    go: String,
}

/// `GET /v`.
pub(super) async fn form(State(state): State<AppState>, reader: Reader) -> Response {
    page(StatusCode::OK, reader, verify(&frame(&state, reader, "/v"), "", &Verdict::NotAsked))
}

/// `POST /v`.
pub(super) async fn ask(
    State(state): State<AppState>,
    reader: Reader,
    typed: Result<Form<Question>, FormRejection>,
) -> Response {
    let Ok(Form(Question { code: typed, go })) = typed else {
        return say(&state, reader, StatusCode::BAD_REQUEST, &Message::Unreadable);
    };
    if go == DRAW {
        return page(StatusCode::OK, reader, verify(&frame(&state, reader, "/v"), &typed, &Verdict::NotAsked));
    }
    let Ok(code) = ProofCode::parse(&typed) else {
        let html = verify(&frame(&state, reader, "/v"), &typed, &Verdict::Unreadable);
        return page(StatusCode::UNPROCESSABLE_ENTITY, reader, html);
    };
    let (status, verdict) = match find(&state, &code).await {
        Ok(Some(proven)) => (StatusCode::OK, Verdict::Ours(proven)),
        Ok(None) => (StatusCode::NOT_FOUND, Verdict::Unknown),
        Err(error) => {
            tracing::error!(%error, "verification failed");
            return say(&state, reader, StatusCode::SERVICE_UNAVAILABLE, &Message::Ours);
        }
    };
    page(status, reader, verify(&frame(&state, reader, "/v"), &code.grouped(), &verdict))
}

async fn find(state: &AppState, code: &ProofCode) -> Result<Option<Proven>, StoreError> {
    let stored = state.store.document_by_token(&state.secrets.proof_hash(code)).await?;
    let Some(StoredDocument { row, content, digest, intact }) = stored else { return Ok(None) };
    let Some(matter) = state.store.matter(row.matter).await? else { return Ok(None) };
    Ok(Some(Proven {
        kind: row.kind,
        number: row.number,
        organ: content.organ,
        on: row.issued_at.date(),
        version: row.version,
        replaced_by: row.replaced_by,
        matter: matter.number.as_str().to_owned(),
        digest: shown_digest(&digest),
        intact,
    }))
}
