//! The body of every refusal over HTTP. The code is for programs, the words are made by the app's
//! texts from the code: the server fills `message` with them for whoever reads the bare answer.

use serde::{Deserialize, Serialize};

use crate::matter::Refusal;
#[cfg(not(target_arch = "wasm32"))]
use crate::sealed::SealedRefusal;

/// Why a request was not done.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(Deserialize))]
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
    /// 409: the sealed channel refused. Browsers need its words only, and show them as those of any
    /// problem that they do not know: so it costs the phone's bundle nothing.
    #[cfg(not(target_arch = "wasm32"))]
    Sealed {
        /// Why.
        why: SealedRefusal,
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
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(Deserialize))]
pub struct ProblemBody {
    /// For programs.
    #[serde(flatten)]
    pub problem: Problem,
    /// For people: what happened and what to do.
    pub message: String,
}

impl ProblemBody {
    /// Reads it without keeping what is read ([`crate::tagged`]).
    ///
    /// # Errors
    /// A problem that this build does not know, or one without its own field.
    pub fn read_flat<'de, D: serde::Deserializer<'de>>(source: D) -> Result<Self, D::Error> {
        use serde::de::Error as _;
        #[derive(Deserialize)]
        struct Flat {
            problem: String,
            message: String,
            #[serde(default)]
            detail: Option<String>,
            #[serde(default)]
            refusal: Option<Refusal>,
            #[serde(default)]
            retry_after: Option<u32>,
        }
        let flat = Flat::deserialize(source)?;
        let problem = match flat.problem.as_str() {
            "malformed" => flat.detail.map(|detail| Problem::Malformed { detail }),
            "sign_in_again" => Some(Problem::SignInAgain),
            "wrong_password" => Some(Problem::WrongPassword),
            "forbidden" => Some(Problem::Forbidden),
            "device_revoked" => Some(Problem::DeviceRevoked),
            "not_found" => Some(Problem::NotFound),
            "client_too_old" => Some(Problem::ClientTooOld),
            "refused" => flat.refusal.map(|refusal| Problem::Refused { refusal }),
            "too_large" => Some(Problem::TooLarge),
            "too_many" => flat.retry_after.map(|retry_after| Problem::TooMany { retry_after }),
            "unavailable" => Some(Problem::Unavailable),
            _ => None,
        };
        let problem = problem.ok_or_else(|| D::Error::custom("an unknown problem"))?;
        Ok(Self { problem, message: flat.message })
    }
}

#[cfg(target_arch = "wasm32")]
impl<'de> Deserialize<'de> for ProblemBody {
    fn deserialize<D: serde::Deserializer<'de>>(source: D) -> Result<Self, D::Error> {
        Self::read_flat(source)
    }
}
