//! `/api/v1`: plain JSON, versioned. Handlers extract, call one use case, and answer.

mod attachments;
mod desk;
mod imports;
mod sync;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::http::{HeaderValue, header};
use axum::routing::{get, post};
use case_core::wire::problem::Problem;
use tower_http::set_header::SetResponseHeaderLayer;

use crate::error::ApiError;
use crate::session;
use crate::state::AppState;

/// A form, even with the longest text, is smaller.
const MAX_FORM: usize = 512 * 1024;
/// A push of fifty records.
const MAX_PUSH_BYTES: usize = 4 * 1024 * 1024;

/// All routes below `/api/v1`.
pub(crate) fn router() -> Router<AppState> {
    let forms = Router::new()
        .route("/session", post(session::sign_in).get(session::who).delete(session::sign_out))
        .route("/matters", get(desk::list).post(desk::register))
        .route("/matters/{id}", get(desk::file))
        .route("/matters/{id}/commands", post(desk::command))
        .route("/matters/{id}/receipt", post(desk::reissue))
        .route("/flagged", get(desk::flagged))
        .route("/units", get(desk::units))
        .route("/units/{id}/accounts", get(desk::unit_accounts))
        .route("/divisions", get(desk::divisions))
        .route("/sync/pull", post(sync::pull))
        .route("/imports/{id}", get(imports::progress))
        .layer(DefaultBodyLimit::max(MAX_FORM));
    let push = Router::new().route("/sync/push", post(sync::push)).layer(DefaultBodyLimit::max(MAX_PUSH_BYTES));
    let files =
        Router::new().route("/imports", post(imports::begin)).layer(DefaultBodyLimit::max(case_import::MAX_BYTES));
    // The body is read by the handler, after the name.
    let pieces = Router::new()
        .route("/attachments/{name}", get(attachments::status).post(attachments::piece))
        .route("/attachments/{name}/lost", post(attachments::lost))
        .route("/attachments/{name}/file", get(attachments::file))
        .layer(DefaultBodyLimit::max(case_core::wire::sync::MAX_PIECE));
    forms
        .merge(push)
        .merge(pieces)
        .merge(files)
        .fallback(|| async { ApiError::Problem(Problem::NotFound) })
        .method_not_allowed_fallback(|| async { ApiError::Problem(Problem::NotFound) })
        // What stands in an answer is personal data: no cache keeps it.
        .layer(SetResponseHeaderLayer::if_not_present(header::CACHE_CONTROL, HeaderValue::from_static("no-store")))
}
