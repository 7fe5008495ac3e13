//! 文书: the shelf of a matter, issuing, the page to print and the file.

use app::pages::paper::{PaperBar, paper};
use axum::Json;
use axum::extract::State;
use axum::http::{HeaderValue, header};
use axum::response::{Html, IntoResponse, Response};
use case_core::audit::PaperForm;
use case_core::id::{DocumentId, MatterId};
use case_core::wire::documents::{DocumentShelf, IssueRequest, IssuedDocument};

use crate::error::{ApiError, ApiResult};
use crate::extract::{ApiJson, ApiPath, SignedIn};
use crate::papers;
use crate::state::AppState;
use crate::use_cases::documents;

pub(super) async fn shelf(
    State(state): State<AppState>,
    SignedIn(actor): SignedIn,
    ApiPath(id): ApiPath<MatterId>,
) -> ApiResult<DocumentShelf> {
    documents::shelf(&state, &actor, id).await.map(Json)
}

pub(super) async fn issue(
    State(state): State<AppState>,
    SignedIn(actor): SignedIn,
    ApiPath(id): ApiPath<MatterId>,
    ApiJson(request): ApiJson<IssueRequest>,
) -> ApiResult<IssuedDocument> {
    documents::issue(&state, &actor, id, request).await.map(Json)
}

pub(super) async fn print(
    State(state): State<AppState>,
    SignedIn(actor): SignedIn,
    ApiPath(id): ApiPath<DocumentId>,
) -> Result<Response, ApiError> {
    let stored = documents::take(&state, &actor, id, PaperForm::Page).await?;
    let home = format!("/w/matters/{}", stored.row.matter);
    let ready = documents::printing(&state, stored, Some(&actor)).await?;
    Ok(Html(paper(&ready.paper, PaperBar::Desk { home: &home })).into_response())
}

pub(super) async fn docx(
    State(state): State<AppState>,
    SignedIn(actor): SignedIn,
    ApiPath(id): ApiPath<DocumentId>,
) -> Result<Response, ApiError> {
    let stored = documents::take(&state, &actor, id, PaperForm::File).await?;
    let ready = documents::printing(&state, stored, Some(&actor)).await?;
    let proof = papers::qr_png(&ready.proof_address)?;
    let entry = ready.entry_address.as_deref().map(papers::qr_png).transpose()?;
    let file = papers::docx::write(&ready.paper, &proof, entry.as_deref())?;
    let name = format!("{} {}.docx", ready.paper.content.title, ready.paper.number);
    Ok(download(file, papers::docx::MIME, &name))
}

/// An answer that a browser saves as a file.
pub(super) fn download(file: impl IntoResponse, kind: &'static str, name: &str) -> Response {
    let mut response = file.into_response();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(kind));
    if let Ok(value) = HeaderValue::from_str(&["attachment; filename*=UTF-8''", &percent(name)].concat()) {
        headers.insert(header::CONTENT_DISPOSITION, value);
    }
    response
}

/// A name of a file, as RFC 5987 writes it.
fn percent(name: &str) -> String {
    name.bytes()
        .map(|byte| match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'.' | b'-' => char::from(byte).to_string(),
            _ => format!("%{byte:02X}"),
        })
        .collect()
}
