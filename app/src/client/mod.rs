//! The versioned JSON API `/api/v1`, one typed function per endpoint.
//!
//! No server functions here: the workbench is a shell kept on the device and may be a build older
//! than the server, so it speaks only the frozen types of [`case_core::wire`].

pub mod accounts;
pub mod audit;
pub mod calls;
pub mod devices;
pub mod documents;
pub mod holidays;
mod http;
pub mod imports;
pub mod matters;
pub mod places;
pub mod publications;
pub mod receptions;
pub mod reports;
pub mod sealed;
pub mod session;
pub mod waiting;

use case_core::matter::Refusal;
use case_core::wire::problem::{Problem, ProblemBody};

use crate::text;

/// Why a request brought no answer that helps.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ClientError {
    /// The server said no, and why.
    Problem(ProblemBody),
    /// No answer came: no network, or the server is down.
    Offline,
    /// An answer came, but this build cannot read it.
    Unreadable,
}

impl ClientError {
    /// What happened and what to do, for people.
    #[must_use]
    pub fn message(&self) -> String {
        match self {
            Self::Problem(body) => body.message.clone(),
            Self::Offline => text::problem::OFFLINE.to_owned(),
            Self::Unreadable => text::problem::UNREADABLE.to_owned(),
        }
    }

    /// Whether the session has ended.
    #[must_use]
    pub fn needs_sign_in(&self) -> bool {
        matches!(self, Self::Problem(ProblemBody { problem: Problem::SignInAgain, .. }))
    }

    /// Whether what was on the screen is no longer how it stands.
    #[must_use]
    pub fn is_outdated(&self) -> bool {
        let Self::Problem(ProblemBody { problem: Problem::Refused { refusal }, .. }) = self else { return false };
        matches!(refusal, Refusal::ContentChanged | Refusal::Stale { .. } | Refusal::IllegalMove { .. })
    }
}

/// The answer of the server, or why there is none.
pub type Answer<T> = Result<T, ClientError>;
