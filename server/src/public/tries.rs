//! Guessing is stopped by counting failed tries per code and per address, in the database: so it
//! holds over a restart and over several servers. Neither codes nor addresses are stored, only keyed
//! hashes of them. Successful look-ups are not counted and write nothing.
//!
//! **What an attacker needs.** There are 10^11 codes. With a million live ones, a guess at a code
//! finds one in 10^5, and the second answer is then right in one of 10^4 at best: one in 10^9. Each
//! address has 20 guesses an hour; a thousand addresses would need some six years for one matter.
//! Somebody who holds a slip but not the phone number has 20 guesses an hour at 10^4 numbers: three
//! weeks, in which the code can be replaced at the counter.

use std::net::IpAddr;

use app::format;
use app::pages::public::Message;
use case_core::code::QueryCode;
use case_core::time::Moment;
use case_store::Failures;
use tokio::sync::{Mutex, MutexGuard};

use crate::secrets::Secrets;

/// A quarter of an hour.
pub(super) const WINDOW_MS: i64 = 15 * 60_000;
/// So many failures in it close the code, or the address.
const MOST: u32 = 5;
/// Enough that two codes seldom meet.
const LANES: usize = 1024;

/// The keys under which a failure is counted: the code's and the address's.
pub(super) fn keys(secrets: &Secrets, code: &QueryCode, address: IpAddr) -> [String; 2] {
    [secrets.limiter_key("code", &code.digits()), secrets.limiter_key("code-address", &network(address))]
}

/// Who an address belongs to: whoever has one IPv6 address has 2^64 of them.
pub(crate) fn network(address: IpAddr) -> String {
    match address.to_canonical() {
        IpAddr::V4(address) => address.to_string(),
        IpAddr::V6(address) => {
            let [a, b, c, d, ..] = address.segments();
            format!("{a:x}:{b:x}:{c:x}:{d:x}::/64")
        }
    }
}

/// Until when it is closed, if it is.
pub(super) fn closed_until(failures: &[Failures], now: Moment) -> Option<Moment> {
    failures
        .iter()
        .filter(|failures| failures.count >= MOST)
        .map(|failures| failures.oldest.unwrap_or(now).plus_ms(WINDOW_MS))
        .max()
}

/// Seconds to wait, at least one; and the message that says so.
pub(super) fn wait(now: Moment, until: Moment) -> (u32, Message) {
    let ms = now.ms_until(until).clamp(1, WINDOW_MS);
    let retry_after = u32::try_from((ms + 999) / 1000).unwrap_or(900);
    // The next full minute: the clock on the wall shows no seconds.
    let at = format::time(until.plus_ms(59_999));
    (retry_after, Message::TooMany { retry_after, at })
}

/// One try at a code at a time. Between counting the failures and noting another one, a thousand
/// tries sent at once would all find the door still open; so tries at the same code queue. (On
/// several servers that makes it five tries and one more for each further server.)
pub(super) struct Turns(Vec<Mutex<()>>);

impl Default for Turns {
    fn default() -> Self {
        Self((0..LANES).map(|_| Mutex::new(())).collect())
    }
}

impl Turns {
    /// Waits for the turn of the code with this key.
    pub(super) async fn take(&self, key: &str) -> MutexGuard<'_, ()> {
        // Keys are hexadecimal digits of a keyed hash: evenly spread.
        let lane = key.get(..4).and_then(|digits| usize::from_str_radix(digits, 16).ok()).unwrap_or(0);
        self.0[lane % LANES].lock().await
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_ipv6_network_is_one_and_a_mapped_address_is_its_ipv4_one() {
        let of = |text: &str| network(text.parse().unwrap());
        assert_eq!(of("2001:db8:1:2:3::4"), of("2001:db8:1:2:ffff::1"));
        assert_ne!(of("2001:db8:1:2::1"), of("2001:db8:1:3::1"));
        assert_eq!(of("::ffff:10.0.0.1"), of("10.0.0.1"));
        assert_ne!(of("10.0.0.1"), of("10.0.0.2"));
    }

    #[test]
    fn the_fifth_failure_closes_until_the_first_is_a_quarter_of_an_hour_old() {
        let now = Moment(10_000_000);
        let oldest = Some(now.plus_ms(-60_000));
        let failures = |count| [Failures { count, oldest }, Failures::default()];
        assert_eq!(closed_until(&failures(4), now), None);
        assert_eq!(closed_until(&failures(5), now), Some(now.plus_ms(WINDOW_MS - 60_000)));
    }

    #[test]
    fn the_wait_is_never_nothing_and_never_longer_than_the_window() {
        let now = Moment::from_local(2026, 5, 3, 14, 20).unwrap();
        assert_eq!(wait(now, now.plus_ms(-5)).0, 1);
        assert_eq!(wait(now, now.plus_ms(10 * WINDOW_MS)).0, 900);
        let (seconds, message) = wait(now, now.plus_ms(600_001));
        assert_eq!(seconds, 601);
        assert_eq!(message, Message::TooMany { retry_after: 601, at: "14:31".to_owned() });
    }

    #[test]
    fn the_keys_tell_nothing() {
        let secrets = Secrets::from_key([3; 32]);
        let code = QueryCode::from_number(12_345_678_901);
        for key in keys(&secrets, &code, "10.20.30.40".parse().unwrap()) {
            assert!(!key.contains(&code.digits()) && !key.contains("10.20"));
        }
    }

    #[tokio::test]
    async fn tries_at_one_code_queue() {
        let turns = Turns::default();
        let first = turns.take("00ab").await;
        assert!(tokio::time::timeout(std::time::Duration::from_millis(20), turns.take("00ab")).await.is_err());
        drop(turns.take("00ac").await);
        drop(first);
        drop(turns.take("00ab").await);
    }
}
