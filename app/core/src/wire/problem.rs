//! The body of every refusal over HTTP. The code is for programs, the words are made by the app's
//! texts from the code: the server fills `message` with them for whoever reads the bare answer.

use serde::{Deserialize, Serialize};

use crate::matter::Refusal;

/// Why a request was not done.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "problem", rename_all = "snake_case")]
pub enum Problem {
    /// 400: the request cannot be read; `detail` says where.
    Malformed {
        /// Which field or place, for people.
        detail: String,
    },
    /// 401: not signed in, or no longer.
    SignInAgain,
    /// 401: name or password wrong.
    WrongPassword,
    /// 403: this role may not do it, or another site asked.
    Forbidden,
    /// 403: an administrator has shut this device out. It may still deliver what it holds, sealed.
    DeviceRevoked,
    /// 404: no such thing, or not for this person.
    NotFound,
    /// 409: the client is older than the protocol allows.
    ClientTooOld,
    /// 409: the domain refused.
    Refused {
        /// Why.
        refusal: Refusal,
    },
    /// 413: too large.
    TooLarge,
    /// 429: too many tries; wait so many seconds.
    TooMany {
        /// Seconds.
        retry_after: u32,
    },
    /// 500, 503: ours. Trying again is safe.
    Unavailable,
}

/// A [`Problem`] with its words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProblemBody {
    /// For programs.
    #[serde(flatten)]
    pub problem: Problem,
    /// For people: what happened and what to do.
    pub message: String,
}
