//! The one error type of the API. The cause is logged here, once, and never sent.

use app::text;
use axum::Json;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use case_core::document::Lack;
use case_core::matter::{OwedPaper, Refusal};
use case_core::wire::problem::{Problem, ProblemBody};
use case_core::wire::publication::Hurdle;
use case_store::StoreError;
use serde::Serialize;

/// Why a request was not done.
#[derive(Debug, thiserror::Error)]
pub enum ApiError {
    /// What the caller can mend or must know.
    #[error("{0:?}")]
    Problem(Problem),
    /// A document that cannot be issued.
    #[error("{0:?}")]
    Document(DocumentTrouble),
    /// 公示 that cannot go on.
    #[error("{0:?}")]
    Publication(PublicationTrouble),
    /// A paper or a file with particulars, for somebody who has not said what for.
    #[error("no reason was given")]
    SayWhy,
    /// What the words say: for desks, which show them.
    #[error("{0}")]
    Told(String),
    /// The database.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// Something of ours that should not happen.
    #[error("{0}")]
    Internal(String),
}

/// Why a document was not issued. Phones need not know it: desks show its words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DocumentTrouble {
    /// These parts are missing or wrong.
    Lacks(Vec<Lack>),
    /// There is one already.
    ThereIsOne,
    /// What it was to replace was replaced already.
    NotTheLast,
    /// A new version needs a reason.
    NoReason,
    /// A step hangs on this paper, and it is not there.
    Owed(OwedPaper),
}

/// Why a publication was not proposed, checked, taken down. Phones need not know it: desks show its words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PublicationTrouble {
    /// It may not be published.
    Hurdle(Hurdle),
    /// This is still in the text.
    StillThere {
        /// What.
        word: String,
    },
    /// Who proposed it may not check it.
    Own,
    /// Something else stands there now than what was read.
    Changed,
    /// Sent back without saying why.
    NoWords,
}

impl PublicationTrouble {
    fn answer(&self) -> Response {
        use text::publication as words;
        let message = match self {
            Self::Hurdle(hurdle) => words::hurdle(*hurdle).to_owned(),
            Self::StillThere { word } => words::still_there(word),
            Self::Own => words::OWN.to_owned(),
            Self::Changed => words::CHANGED.to_owned(),
            Self::NoWords => words::NO_WORDS.to_owned(),
        };
        let headers = [(header::CACHE_CONTROL, HeaderValue::from_static("no-store"))];
        let body = TroubleBody { problem: "publication", message, lacks: Vec::new() };
        (StatusCode::CONFLICT, headers, Json(body)).into_response()
    }
}

impl From<PublicationTrouble> for ApiError {
    fn from(trouble: PublicationTrouble) -> Self {
        Self::Publication(trouble)
    }
}

/// It, on the wire.
#[derive(Serialize)]
struct TroubleBody {
    problem: &'static str,
    message: String,
    lacks: Vec<Lack>,
}

impl DocumentTrouble {
    fn answer(self) -> Response {
        let (problem, message, lacks) = match self {
            Self::Lacks(lacks) => ("document_lacks", text::document::lacks(&lacks), lacks),
            Self::ThereIsOne => ("document_there", text::document::THERE_IS_ONE.to_owned(), Vec::new()),
            Self::NotTheLast => ("document_replaced", text::document::NOT_THE_LAST.to_owned(), Vec::new()),
            Self::Owed(owed) => ("document_owed", text::document::owed(owed), Vec::new()),
            Self::NoReason => ("document_reason", text::document::NO_REASON.to_owned(), Vec::new()),
        };
        let headers = [(header::CACHE_CONTROL, HeaderValue::from_static("no-store"))];
        (StatusCode::CONFLICT, headers, Json(TroubleBody { problem, message, lacks })).into_response()
    }
}

impl From<DocumentTrouble> for ApiError {
    fn from(trouble: DocumentTrouble) -> Self {
        Self::Document(trouble)
    }
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
            Self::Document(trouble) => return trouble.answer(),
            Self::Publication(trouble) => return trouble.answer(),
            Self::SayWhy => {
                let message = text::document::SAY_WHY.to_owned();
                let body = TroubleBody { problem: "say_why", message, lacks: Vec::new() };
                let headers = [(header::CACHE_CONTROL, HeaderValue::from_static("no-store"))];
                return (StatusCode::FORBIDDEN, headers, Json(body)).into_response();
            }
            Self::Told(message) => {
                let body = TroubleBody { problem: "told", message, lacks: Vec::new() };
                let headers = [(header::CACHE_CONTROL, HeaderValue::from_static("no-store"))];
                return (StatusCode::CONFLICT, headers, Json(body)).into_response();
            }
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
