//! 在这台手机上提醒我: web push without content. The push service learns that there is something new for a browser
//! and nothing else; the browser's service worker shows a fixed sentence. So nothing need be encrypted, and who sends
//! is proven by a signed token (VAPID, RFC 8292).
//!
//! An address to push to comes from a browser, and this server is to ask it: so it must be https at one of the known
//! push services (`HUIYIN_PUSH_HOSTS`), and lead to the open network.

use axum::http::Uri;
use case_core::digest::Digest;
use case_core::id::MatterId;
use case_core::time::Moment;
use case_core::wire::bytes::Bytes;
use case_store::PushAddress;
use p256::ecdsa::signature::Signer as _;
use p256::ecdsa::{Signature, SigningKey};
use serde_json::json;

use super::reach::{self, Reachable};
use crate::secrets::Secrets;

/// The known push services: Chromium, Firefox, Safari, Windows.
pub const HOSTS: &str = "fcm.googleapis.com,updates.push.services.mozilla.com,push.apple.com,notify.windows.com";
/// Real ones are a few hundred characters long.
const LONGEST: usize = 1_024;
/// The push service keeps it so long for a phone that is switched off: two days.
const KEEP_SECONDS: u32 = 2 * 86_400;
/// A token holds so long.
const TOKEN_SECONDS: i64 = 12 * 3_600;

/// A push service that may be asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PushHost {
    /// This name and those below it, over https.
    Domain(String),
    /// A stand-in on this machine, for trying things out.
    Loopback(String),
}

impl PushHost {
    /// Reads `HUIYIN_PUSH_HOSTS`, names with commas between; none for a text that is not one.
    #[must_use]
    pub fn list(text: &str) -> Option<Vec<Self>> {
        text.split(',').map(str::trim).filter(|name| !name.is_empty()).map(Self::read).collect()
    }

    fn read(name: &str) -> Option<Self> {
        if let Some(port) = name.strip_prefix("http://127.0.0.1:") {
            return port.parse::<u16>().ok().map(|_| Self::Loopback(name.to_owned()));
        }
        let plain = name.split('.').all(|part| {
            !part.is_empty() && part.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
        });
        (plain && name.contains('.')).then(|| Self::Domain(name.to_owned()))
    }

    fn has(&self, scheme: &str, host: &str, port: Option<u16>) -> bool {
        match self {
            Self::Domain(name) => {
                scheme == "https"
                    && matches!(port, None | Some(443))
                    && host.strip_suffix(name.as_str()).is_some_and(|rest| rest.is_empty() || rest.ends_with('.'))
            }
            Self::Loopback(origin) => port.is_some_and(|port| *origin == format!("{scheme}://{host}:{port}")),
        }
    }
}

/// Where a browser takes a push: allowed, and in parts. No `Debug`: it is personal data.
pub struct Endpoint {
    url: String,
    origin: String,
    inside: bool,
}

impl Endpoint {
    /// For the store.
    #[must_use]
    pub fn address(&self, matter: MatterId) -> PushAddress {
        let id = Digest::of(&(matter, &self.url)).hex()[..32].to_owned();
        PushAddress { id, endpoint: self.url.clone() }
    }
}

/// Why a push did not go out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unpushed {
    /// The browser has taken it back.
    Gone,
    /// The push service does not take it.
    Refused,
    /// It may work later.
    Later,
}

/// Sends pushes.
#[derive(Debug)]
pub struct Pusher {
    hosts: Vec<PushHost>,
    outside: ureq::Agent,
    inside: ureq::Agent,
}

impl Pusher {
    /// To these push services.
    #[must_use]
    pub fn new(hosts: Vec<PushHost>) -> Self {
        let (outside, inside) =
            (reach::agent(Reachable::PublicOnly, reach::PATIENCE), reach::agent(Reachable::Anywhere, reach::PATIENCE));
        Self { hosts, outside, inside }
    }

    /// Whether there is any push service.
    #[must_use]
    pub fn is_on(&self) -> bool {
        !self.hosts.is_empty()
    }

    /// The endpoint of a text, if it is one that may be asked.
    #[must_use]
    pub fn allowed(&self, text: &str) -> Option<Endpoint> {
        let uri: Uri = text.parse().ok().filter(|_| text.len() <= LONGEST && text.is_ascii())?;
        let (scheme, authority) = (uri.scheme_str()?, uri.authority()?);
        let host = authority.host().to_ascii_lowercase();
        // Who is named before an @ could be taken for the host.
        if authority.as_str().contains('@') || uri.path().len() < 2 {
            return None;
        }
        let host_of = self.hosts.iter().find(|one| one.has(scheme, &host, authority.port_u16()))?;
        let inside = matches!(host_of, PushHost::Loopback(_));
        let port = authority.port_u16().filter(|_| inside).map(|port| format!(":{port}")).unwrap_or_default();
        Some(Endpoint { url: text.to_owned(), origin: format!("{scheme}://{host}{port}"), inside })
    }

    /// Sends one; returns when the push service has it.
    ///
    /// # Errors
    /// [`Unpushed`].
    pub fn send(&self, endpoint: &Endpoint, vapid: &str) -> Result<(), Unpushed> {
        let agent = if endpoint.inside { &self.inside } else { &self.outside };
        let sent = agent
            .post(&endpoint.url)
            .header("authorization", vapid)
            .header("ttl", KEEP_SECONDS.to_string())
            .header("urgency", "normal")
            .send_empty();
        let status = sent.map_err(|_| Unpushed::Later)?.status().as_u16();
        match status {
            200..=299 => Ok(()),
            404 | 410 => Err(Unpushed::Gone),
            408 | 425 | 429 => Err(Unpushed::Later),
            300..=499 => Err(Unpushed::Refused),
            _ => Err(Unpushed::Later),
        }
    }
}

/// What a page gives the browser, so that only this server's pushes are taken: the public key.
#[must_use]
pub fn public_key(secrets: &Secrets) -> String {
    secrets.push_public().to_owned()
}

/// The header that proves who sends, to the push service of that endpoint only, for half a day.
#[must_use]
pub fn vapid(secrets: &Secrets, endpoint: &Endpoint, base_url: &str, now: Moment) -> String {
    let mut claims = json!({ "aud": endpoint.origin, "exp": now.0 / 1_000 + TOKEN_SECONDS });
    // Whom the push service may write to; it takes no other address than https or mailto.
    if base_url.starts_with("https://") {
        claims["sub"] = json!(base_url);
    }
    let part = |value: serde_json::Value| Bytes(value.to_string().into_bytes()).text();
    let signed = format!("{}.{}", part(json!({ "typ": "JWT", "alg": "ES256" })), part(claims));
    let key: SigningKey = secrets.push_key();
    let signature: Signature = key.sign(signed.as_bytes());
    format!("vapid t={signed}.{}, k={}", Bytes(signature.to_bytes().to_vec()).text(), public_key(secrets))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pusher(hosts: &str) -> Pusher {
        Pusher::new(PushHost::list(hosts).unwrap())
    }

    #[test]
    fn only_known_push_services_over_https_are_asked() {
        let pusher = pusher(HOSTS);
        for good in [
            "https://fcm.googleapis.com/fcm/send/abc:def",
            "https://updates.push.services.mozilla.com/wpush/v2/gAAA",
            "https://web.push.apple.com/QGuQ",
            "https://wns2-by3p.notify.windows.com/w/?token=BQYA",
            "https://FCM.googleapis.com:443/x",
        ] {
            assert!(pusher.allowed(good).is_some(), "{good}");
        }
        let long = format!("https://fcm.googleapis.com/{}", "a".repeat(2_000));
        for bad in [
            "http://fcm.googleapis.com/x",
            "https://fcm.googleapis.com:8443/x",
            "https://fcm.googleapis.com",
            "https://fcm.googleapis.com.evil.example/x",
            "https://evilpush.apple.com/x",
            "https://fcm.googleapis.com@10.0.0.1/x",
            "https://u:p@fcm.googleapis.com/x",
            "https://10.0.0.1/x",
            "https://[::1]/x",
            "https://localhost/x",
            "ftp://fcm.googleapis.com/x",
            "/x",
            "",
            "fcm.googleapis.com/x",
            "https://fcm.googleapis.com\\@evil.example/x",
            long.as_str(),
        ] {
            // The third is a name below push.apple.com only with a dot between.
            assert!(pusher.allowed(bad).is_none(), "{bad}");
        }
        assert!(!Pusher::new(Vec::new()).is_on());
    }

    #[test]
    fn a_stand_in_is_allowed_by_its_whole_origin_only() {
        let pusher = pusher("http://127.0.0.1:4000");
        assert!(pusher.allowed("http://127.0.0.1:4000/push/1").is_some());
        for bad in ["http://127.0.0.1:4001/push/1", "https://127.0.0.1:4000/x", "http://localhost:4000/x"] {
            assert!(pusher.allowed(bad).is_none(), "{bad}");
        }
    }

    #[test]
    fn a_list_of_hosts_is_names() {
        assert_eq!(PushHost::list("").unwrap(), []);
        assert_eq!(PushHost::list("a.example, b.example").unwrap().len(), 2);
        for bad in ["https://a.example", "a.example/x", "com", "a..b", "*.example", "http://127.0.0.1:x"] {
            assert!(PushHost::list(bad).is_none(), "{bad}");
        }
    }
}
