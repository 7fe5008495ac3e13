//! Short messages. [`Gateway`] is all that the rest knows; [`HttpGateway`] speaks a small protocol that any provider's
//! interface is easily put behind:
//!
//! ```text
//! POST <HUIYIN_SMS_URL>
//! Content-Type: application/json
//! Huiyin-Signature: t=<milliseconds since 1970>,v1=<hex HMAC-SHA256 of "<t>.<body>" under the key>
//!
//! {"id":"<32 hex digits>","to":"13800000000","text":"…"}
//! ```
//! - `200 {"id":"<the same>","accepted":true}`: it has the message and will deliver it.
//! - `4xx` but 408, 425 and 429: this number cannot be reached so; a clerk phones.
//! - Everything else, also no answer or one that says something else: it is sent again later, *with the same id*. A
//!   gateway that has seen an id answers as it did before and delivers nothing again; so each message comes once.
//! - It should refuse a signature whose `t` is more than five minutes old.

use std::time::Duration;

use case_core::wire::bytes::Bytes;
use hmac::{Hmac, Mac as _};
use serde::{Deserialize, Serialize};
use sha2::Sha256;

use super::reach::{self, Reachable};

/// One message. No `Debug`: the number is somebody's.
#[derive(Serialize)]
pub struct Sms {
    /// Names it: the same id is the same message.
    pub id: String,
    /// Eleven digits.
    pub to: String,
    /// What it says: never what a matter is about.
    pub text: String,
}

/// Why a message did not go out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Undelivered {
    /// This number cannot be reached so.
    #[error("the gateway refused the message")]
    Refused,
    /// It may work later.
    #[error("the gateway did not take the message")]
    Later,
}

/// Sends short messages. Called on a thread that may wait.
pub trait Gateway: Send + Sync + std::fmt::Debug {
    /// Sends one; returns when the gateway has it.
    ///
    /// # Errors
    /// [`Undelivered`].
    fn send(&self, sms: &Sms) -> Result<(), Undelivered>;
}

/// Where the gateway is, and the key that signs.
#[derive(Clone)]
pub struct SmsSettings {
    /// `HUIYIN_SMS_URL`: https, or http on this machine.
    pub url: String,
    /// Out of `HUIYIN_SMS_KEY_FILE`.
    pub key: Vec<u8>,
}

/// The key is for no log.
impl std::fmt::Debug for SmsSettings {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("SmsSettings").field("url", &self.url).finish_non_exhaustive()
    }
}

/// A gateway that is asked over HTTP.
#[derive(Debug)]
pub struct HttpGateway {
    settings: SmsSettings,
    agent: ureq::Agent,
}

#[derive(Deserialize)]
struct Accepted {
    id: String,
    accepted: bool,
}

impl HttpGateway {
    /// With these settings; an answer that takes longer is none.
    #[must_use]
    pub fn new(settings: SmsSettings, patience: Duration) -> Self {
        // The operator's own choice: it may well stand in the same house.
        Self { settings, agent: reach::agent(Reachable::Anywhere, patience) }
    }
}

/// The header that proves who sends; `at` in milliseconds since 1970.
#[must_use]
pub fn signature(key: &[u8], at: i64, body: &[u8]) -> String {
    let hex = Hmac::<Sha256>::new_from_slice(key).map_or_else(
        |_| String::new(),
        |mut mac| {
            mac.update(format!("{at}.").as_bytes());
            mac.update(body);
            mac.finalize().into_bytes().iter().map(|byte| format!("{byte:02x}")).collect()
        },
    );
    format!("t={at},v1={hex}")
}

impl Gateway for HttpGateway {
    fn send(&self, sms: &Sms) -> Result<(), Undelivered> {
        let body = serde_json::to_vec(sms).map_err(|_| Undelivered::Refused)?;
        let signed = signature(&self.settings.key, chrono::Utc::now().timestamp_millis(), &body);
        let sent = self
            .agent
            .post(&self.settings.url)
            .header("content-type", "application/json")
            .header("huiyin-signature", signed)
            .send(&body[..]);
        let mut answer = sent.map_err(|error| {
            // Says which step failed, never the number or the text.
            tracing::warn!(%error, "the gateway for short messages");
            Undelivered::Later
        })?;
        let status = answer.status().as_u16();
        match status {
            200..=299 => {
                let said = answer.body_mut().with_config().limit(reach::LONGEST).read_to_vec();
                let said = said.ok().and_then(|said| serde_json::from_slice::<Accepted>(&said).ok());
                let ours = said.is_some_and(|said| said.accepted && said.id == sms.id);
                if ours { Ok(()) } else { Err(Undelivered::Later) }
            }
            408 | 425 | 429 => Err(Undelivered::Later),
            400..=499 => Err(Undelivered::Refused),
            _ => Err(Undelivered::Later),
        }
    }
}

/// A key as the file holds it: base64url, or any text of at least 16 bytes.
#[must_use]
pub fn key(text: &str) -> Option<Vec<u8>> {
    let text = text.trim();
    let bytes = Bytes::read(text).map_or_else(|| text.as_bytes().to_vec(), |bytes| bytes.0);
    (bytes.len() >= 16).then_some(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_signature_is_of_its_key_its_time_and_its_body() {
        // Computed by hand: HMAC-SHA256("key", "1.body").
        let one = signature(b"key", 1, b"body");
        assert!(one.starts_with("t=1,v1=") && one.len() == 7 + 64);
        assert_ne!(one, signature(b"key", 1, b"bodY"));
        assert_ne!(one[7..], signature(b"key", 2, b"body")[7..]);
        assert_ne!(one, signature(b"kez", 1, b"body"));
    }

    #[test]
    fn a_short_key_is_none() {
        assert_eq!(key("short"), None);
        assert!(key("not base64url, but long enough").is_some());
        assert_eq!(key(" AAAAAAAAAAAAAAAAAAAAAA\n"), Some(vec![0; 16]));
    }

    #[test]
    fn settings_do_not_show_the_key() {
        let settings = SmsSettings { url: "https://sms.example".to_owned(), key: b"secret-secret-00".to_vec() };
        assert!(!format!("{settings:?}").contains("secret"));
    }
}
