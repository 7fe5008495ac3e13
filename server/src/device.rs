//! Which browser asks: recorded so that a lost phone can be shut out.
//!
//! A request names its browser in a header, and a session remembers the browser that it began in: a
//! thief who leaves the header out is still known by the cookie. A device that is shut out gets
//! [`Problem::DeviceRevoked`] wherever a session is asked for; what it holds it may still hand in
//! sealed, because that work was done before.

use axum::http::{HeaderMap, header};
use case_core::id::{AccountId, DeviceId};
use case_core::wire::problem::Problem;

use crate::error::ApiError;
use crate::state::AppState;

/// The header that names the browser.
const HEADER: &str = "huiyin-device";
/// The last contact is noted at most this often: a note is a write.
const NOTE_MS: i64 = 60_000;

/// The browser that a request names.
pub(crate) fn named(headers: &HeaderMap) -> Option<DeviceId> {
    headers.get(HEADER)?.to_str().ok()?.parse().ok()
}

/// Refuses a device that is shut out, and notes the contact of any other.
pub(crate) async fn admit(
    state: &AppState,
    account: AccountId,
    device: DeviceId,
    headers: &HeaderMap,
) -> Result<(), ApiError> {
    let now = state.now();
    let last_seen = match state.store.device(account, device).await? {
        Some(standing) if standing.revoked => return Err(Problem::DeviceRevoked.into()),
        Some(standing) => Some(standing.last_seen),
        None => None,
    };
    if last_seen.is_none_or(|seen| seen.ms_until(now) >= NOTE_MS) {
        let agent = headers.get(header::USER_AGENT).and_then(|value| value.to_str().ok()).unwrap_or_default();
        // A note that cannot be made (the database is busy) is no reason to turn anybody away.
        if let Err(error) = state.store.note_device(account, device, &label(agent), now).await {
            tracing::warn!(%error, "contact of a device not noted");
        }
    }
    Ok(())
}

/// Refuses a device that is shut out.
pub(crate) async fn refuse_revoked(state: &AppState, account: AccountId, device: DeviceId) -> Result<(), ApiError> {
    match state.store.device(account, device).await? {
        Some(standing) if standing.revoked => Err(Problem::DeviceRevoked.into()),
        _ => Ok(()),
    }
}

/// What a browser says of itself, shortened to what tells phones apart for people: never the whole
/// text, which is nearly a fingerprint.
fn label(agent: &str) -> String {
    let first = |table: &[(&str, &'static str)]| {
        table.iter().find(|(mark, _)| agent.contains(mark)).map_or("?", |(_, name)| *name)
    };
    // The first that fits: later ones are named by earlier ones for the sake of old pages.
    let system = first(&[
        ("HarmonyOS", "HarmonyOS"),
        ("OpenHarmony", "HarmonyOS"),
        ("Android", "Android"),
        ("iPhone", "iPhone"),
        ("iPad", "iPad"),
        ("Windows", "Windows"),
        ("Macintosh", "Mac"),
        ("Linux", "Linux"),
    ]);
    let browser = first(&[
        ("MicroMessenger", "微信"),
        ("DingTalk", "钉钉"),
        ("HuaweiBrowser", "Huawei"),
        ("MiuiBrowser", "MIUI"),
        ("UCBrowser", "UC"),
        ("QQBrowser", "QQ"),
        ("EdgA/", "Edge"),
        ("Edg/", "Edge"),
        ("Firefox/", "Firefox"),
        ("FxiOS/", "Firefox"),
        ("CriOS/", "Chrome"),
        ("Chrome/", "Chrome"),
        ("Safari/", "Safari"),
    ]);
    format!("{system} · {browser}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_label_tells_phones_apart_and_no_more() {
        for (agent, expected) in [
            (
                "Mozilla/5.0 (Linux; Android 10; SM-A105F) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/120.0 Mobile Safari/537.36",
                "Android · Chrome",
            ),
            (
                "Mozilla/5.0 (Linux; Android 12; X) AppleWebKit/537.36 Chrome/107.0 Mobile Safari/537.36 MicroMessenger/8.0.37",
                "Android · 微信",
            ),
            (
                "Mozilla/5.0 (iPhone; CPU iPhone OS 16_3 like Mac OS X) AppleWebKit/605.1.15 Version/16.3 Mobile/15E148 Safari/604.1",
                "iPhone · Safari",
            ),
            ("Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0", "Linux · Firefox"),
            ("", "? · ?"),
        ] {
            assert_eq!(label(agent), expected);
        }
    }

    #[test]
    fn what_is_no_device_names_none() {
        let mut headers = HeaderMap::new();
        assert_eq!(named(&headers), None);
        headers.insert(HEADER, "x".parse().unwrap());
        assert_eq!(named(&headers), None);
        headers.insert(HEADER, "00000000-0000-0000-0000-000000000007".parse().unwrap());
        assert_eq!(named(&headers), Some(DeviceId(uuid::Uuid::from_u128(7))));
    }
}
