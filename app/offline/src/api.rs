//! What a reply means. Pure, so that every strange answer can be tried in a test.

use case_core::json;
use case_core::wire::problem::{Problem, ProblemBody};
use serde::Serialize;
use serde::de::DeserializeOwned;

use case_core::digest::Digest;
use case_core::id::{AccountId, DeviceId};

use crate::transport::{Body, Broken, Method, Reply, Request, Transport};

/// `POST`: records up.
pub const PUSH: &str = "/api/v1/sync/push";
/// `POST`: records up that only the server can open.
pub const SEALED: &str = "/api/v1/sync/sealed";
/// `POST`: what both sides hold.
pub const COMPARE: &str = "/api/v1/sync/compare";
/// `POST`: the reserve of query codes.
pub const CODES: &str = "/api/v1/sync/codes";
/// `POST`: work area down.
pub const PULL: &str = "/api/v1/sync/pull";
/// `GET` who is signed in, `POST` signs in, `DELETE` signs out.
pub const SESSION: &str = "/api/v1/session";
/// Below it, by the digest of the encrypted file: `GET` how far it has come, `POST ?at=` a piece,
/// `POST /lost` the phone no longer has it.
pub const ATTACHMENTS: &str = "/api/v1/attachments/";

/// Where the upload of a file goes.
#[must_use]
pub fn upload_path(sealed: Digest, rest: &str) -> String {
    [ATTACHMENTS, &sealed.hex(), rest].concat()
}

/// On whose behalf a request goes out, and from which browser.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Sender {
    /// The official; `None`: nobody in particular.
    pub account: Option<AccountId>,
    /// This browser.
    pub device: Option<DeviceId>,
}

/// Why a call did not give its answer.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Failure {
    /// No reply; whether the work was done is unknown. Trying again is safe.
    #[error(transparent)]
    Broken(#[from] Broken),
    /// 5xx: the server cannot just now.
    #[error("the server cannot just now")]
    Trouble {
        /// Seconds that it asks to wait.
        retry_after: Option<u32>,
    },
    /// 429.
    #[error("too many requests")]
    TooMany {
        /// Seconds that it asks to wait.
        retry_after: Option<u32>,
    },
    /// 401, except for a wrong password.
    #[error("not signed in, or no longer")]
    SignInAgain,
    /// 403: an administrator has shut this device out.
    #[error("this device was shut out")]
    DeviceRevoked,
    /// 409: this version is too old.
    #[error("this version of the app is too old")]
    NeedsUpdate,
    /// 413.
    #[error("the request is too large")]
    TooLarge,
    /// Any other refusal in our own words (400, 403, 404, 409, wrong password).
    #[error("refused: {}", .0.message)]
    Refused(ProblemBody),
    /// Something that our server does not say: a page of a hotspot, a proxy's error, half an answer.
    #[error("an answer that is not our server's (status {status})")]
    Nonsense {
        /// The status.
        status: u16,
    },
}

impl Failure {
    /// Whether the way to the server is at fault rather than this request: everything waits then.
    #[must_use]
    pub fn concerns_all(&self) -> bool {
        !matches!(self, Self::TooLarge | Self::Refused(_) | Self::Nonsense { .. })
    }

    /// Milliseconds that the server asks to wait.
    #[must_use]
    pub fn asked_wait_ms(&self) -> Option<i64> {
        match self {
            Self::Trouble { retry_after } | Self::TooMany { retry_after } => {
                retry_after.map(|seconds| i64::from(seconds) * 1_000)
            }
            _ => None,
        }
    }
}

/// Reads a reply.
///
/// # Errors
/// [`Failure`].
pub fn read<A: DeserializeOwned>(reply: &Reply) -> Result<A, Failure> {
    if !(200..300).contains(&reply.status) {
        return Err(failure(reply));
    }
    // 204 has no body: an answer of `()` is written `null`.
    let body = if reply.body.is_empty() { "null" } else { &reply.body };
    json::read(body).map_err(|_| Failure::Nonsense { status: reply.status })
}

/// What a reply that brings no answer means.
fn failure(reply: &Reply) -> Failure {
    let problem: Option<ProblemBody> = json::read(&reply.body).ok();
    let wait = match &problem {
        Some(ProblemBody { problem: Problem::TooMany { retry_after }, .. }) => Some(*retry_after),
        _ => reply.retry_after,
    };
    match (reply.status, problem) {
        (429, _) => Failure::TooMany { retry_after: wait },
        (500.., _) => Failure::Trouble { retry_after: wait },
        (413, _) => Failure::TooLarge,
        (status, None) => Failure::Nonsense { status },
        (_, Some(body)) => match body.problem {
            Problem::SignInAgain => Failure::SignInAgain,
            Problem::ClientTooOld => Failure::NeedsUpdate,
            Problem::DeviceRevoked => Failure::DeviceRevoked,
            Problem::TooLarge => Failure::TooLarge,
            Problem::Unavailable => Failure::Trouble { retry_after: wait },
            _ => Failure::Refused(body),
        },
    }
}

/// Sends JSON and reads JSON.
///
/// # Errors
/// [`Failure`].
pub async fn call<T: Transport, A: DeserializeOwned>(
    transport: &T,
    sender: Sender,
    method: Method,
    path: &str,
    body: Option<&impl Serialize>,
) -> Result<A, Failure> {
    let body = match body {
        Some(body) => Body::Json(json::write(body).map_err(|_| Failure::Nonsense { status: 0 })?),
        None => Body::Empty,
    };
    send(transport, sender, method, path, body).await
}

/// Sends what is already written down and reads JSON.
///
/// # Errors
/// [`Failure`].
pub async fn send<T: Transport, A: DeserializeOwned>(
    transport: &T,
    sender: Sender,
    method: Method,
    path: &str,
    body: Body,
) -> Result<A, Failure> {
    let Sender { account, device } = sender;
    let reply = transport.send(Request { method, path: path.to_owned(), account, device, body }).await?;
    read(&reply)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reply(status: u16, body: &str) -> Reply {
        Reply { status, retry_after: None, body: body.to_owned() }
    }

    #[test]
    fn each_status_has_its_meaning() {
        let problem = |word: &str| format!(r#"{{"problem":"{word}","message":"话"}}"#);
        let table: Vec<(u16, String, Failure)> = vec![
            (500, String::new(), Failure::Trouble { retry_after: None }),
            (502, "<html>".into(), Failure::Trouble { retry_after: None }),
            (503, problem("unavailable"), Failure::Trouble { retry_after: None }),
            (401, problem("sign_in_again"), Failure::SignInAgain),
            (409, problem("client_too_old"), Failure::NeedsUpdate),
            (413, "<html>".into(), Failure::TooLarge),
            (413, problem("too_large"), Failure::TooLarge),
            (429, String::new(), Failure::TooMany { retry_after: None }),
            (
                429,
                r#"{"problem":"too_many","retry_after":7,"message":"话"}"#.into(),
                Failure::TooMany { retry_after: Some(7) },
            ),
            // A hotspot's page, whatever its status, is never taken for our server's word.
            (200, "<html>".into(), Failure::Nonsense { status: 200 }),
            (200, String::new(), Failure::Nonsense { status: 200 }),
            (302, "<html>".into(), Failure::Nonsense { status: 302 }),
            (400, "<html>".into(), Failure::Nonsense { status: 400 }),
            (401, "<html>".into(), Failure::Nonsense { status: 401 }),
            (404, "<html>".into(), Failure::Nonsense { status: 404 }),
            (409, "<html>".into(), Failure::Nonsense { status: 409 }),
        ];
        for (status, body, expected) in table {
            assert_eq!(read::<Vec<u8>>(&reply(status, &body)), Err(expected), "{status} {body}");
        }
        assert_eq!(read::<Vec<u8>>(&reply(200, "[1]")), Ok(vec![1]));
        assert_eq!(read::<()>(&reply(204, "")), Ok(()));
        assert_eq!(read::<()>(&reply(403, &problem("device_revoked"))), Err(Failure::DeviceRevoked));
        assert!(matches!(read::<()>(&reply(403, &problem("forbidden"))), Err(Failure::Refused(_))));
        assert!(matches!(read::<()>(&reply(401, &problem("wrong_password"))), Err(Failure::Refused(_))));
    }
}
