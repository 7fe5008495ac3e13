//! The one error type of the API. The cause is logged here, once, and never sent.

use app::text;
use axum::Json;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use case_core::matter::Refusal;
use case_core::wire::problem::{Problem, ProblemBody};
use case_store::StoreError;

/// Why a request was not done.
#[derive(Debug, thiserror::Error)]
pub enum ApiError {
    /// What the caller can mend or must know.
    #[error("{0:?}")]
    Problem(Problem),
    /// The database.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// Something of ours that should not happen.
    #[error("{0}")]
    Internal(String),
}

impl From<Problem> for ApiError {
    fn from(problem: Problem) -> Self {
        Self::Problem(problem)
    }
}

impl From<Refusal> for ApiError {
    fn from(refusal: Refusal) -> Self {
        Self::Problem(Problem::Refused { refusal })
    }
}

/// What handlers answer.
pub type ApiResult<T> = Result<Json<T>, ApiError>;

fn status(problem: &Problem) -> StatusCode {
    match problem {
        Problem::Malformed { .. } => StatusCode::BAD_REQUEST,
        Problem::SignInAgain | Problem::WrongPassword => StatusCode::UNAUTHORIZED,
        Problem::Forbidden | Problem::DeviceRevoked => StatusCode::FORBIDDEN,
        Problem::NotFound => StatusCode::NOT_FOUND,
        Problem::ClientTooOld | Problem::Refused { .. } | Problem::Sealed { .. } => StatusCode::CONFLICT,
        Problem::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
        Problem::TooMany { .. } => StatusCode::TOO_MANY_REQUESTS,
        Problem::Unavailable => StatusCode::SERVICE_UNAVAILABLE,
    }
}

impl IntoResponse for ApiError {
    fn into_response(self) -> Response {
        let problem = match self {
            Self::Problem(problem) => problem,
            other => {
                tracing::error!(error = %other, "request failed");
                Problem::Unavailable
            }
        };
        let status = status(&problem);
        let retry_after = match &problem {
            Problem::TooMany { retry_after } => Some(*retry_after),
            Problem::Unavailable => Some(2),
            _ => None,
        };
        let message = text::problem::problem(&problem);
        let mut response = (status, Json(ProblemBody { problem, message })).into_response();
        let headers = response.headers_mut();
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
        if let Some(seconds) = retry_after {
            headers.insert(header::RETRY_AFTER, HeaderValue::from(seconds));
        }
        response
    }
}
