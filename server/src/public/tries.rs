//! Whether a try is answered at all, before anything is looked up: the limits of [`crate::guard`], over what the
//! database has counted. Neither codes nor addresses are stored, only keyed hashes of them. Successful look-ups are
//! not counted and write nothing.

use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::PoisonError;

use app::format;
use app::pages::public::Message;
use case_core::code::QueryCode;
use case_core::time::Moment;
use case_store::{Guarded, StoreError, Watch};
use tokio::sync::{Mutex, MutexGuard, Semaphore, SemaphorePermit};

use crate::guard::{self, ADDRESS, ALARM_WINDOW_MS, CODE, SLOW_MS, proof};
use crate::secrets::Secrets;
use crate::state::AppState;

/// Enough that two codes seldom meet.
const LANES: usize = 1024;
/// So many tries from one address are looked at in the same moment.
const AT_ONCE: usize = 8;

/// The keys under which a failure is counted: the code's, the address's, the server's.
pub(super) fn keys(secrets: &Secrets, code: &QueryCode, address: IpAddr) -> [String; 3] {
    let address = secrets.limiter_key("code-address", &network(address));
    [code_key(secrets, code), address, all(secrets)]
}

/// The first of them.
pub(super) fn code_key(secrets: &Secrets, code: &QueryCode) -> String {
    secrets.limiter_key("code", &code.digits())
}

fn all(secrets: &Secrets) -> String {
    secrets.limiter_key("code-all", "")
}

/// What comes with a try, beside code and second answer.
#[derive(Clone, Copy)]
pub(super) struct Brought<'a> {
    pub(super) pass: &'a str,
    pub(super) challenge: &'a str,
    pub(super) work: &'a str,
}

/// Whether a try is answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Entry {
    Open,
    /// Too many misses: not before this moment.
    Closed {
        until: Moment,
    },
    /// An attack: with a proof so hard, or not before this moment.
    ProofNeeded {
        bits: u32,
        until: Moment,
    },
}

/// Counts a miss.
pub(super) async fn missed(state: &AppState, turns: &Turns, keys: &[String; 3]) -> Result<(), StoreError> {
    let [code, address, _] = keys;
    turns.suspects.note([code, address], state.now());
    state.store.record_failure(keys, state.now()).await
}

/// Looks at what was counted, and at what the try brings. Depends on nothing that the code would open.
pub(super) async fn entry(
    state: &AppState,
    turns: &Turns,
    code: &QueryCode,
    address: IpAddr,
    keys: &[String; 3],
    brought: Brought<'_>,
) -> Result<Entry, StoreError> {
    let (now, alarm) = (state.now(), state.settings.alarm);
    let [code_key, address_key, all] = keys.clone();
    let seen = state
        .store
        .watch(&Watch {
            keys: [code_key, address_key],
            since: now.plus_ms(1 - guard::WINDOW_MS),
            all,
            all_since: now.plus_ms(1 - ALARM_WINDOW_MS),
            most: alarm.most(),
        })
        .await?;
    for (key, failures) in keys.iter().zip(seen.keys) {
        if failures.count > 0 {
            turns.suspects.note([key], now);
        }
    }
    let network = network(address);
    let passed = proof::passes(&state.secrets, &network, code, brought.pass, now);
    let entry = judge(&seen, passed, alarm.bits_now(seen.all), now);
    let Entry::ProofNeeded { bits, .. } = entry else { return Ok(entry) };
    match proof::proven(&state.secrets, &network, brought.challenge, brought.work, bits, now) {
        // Used before: as if there were none.
        Some(proof) if state.store.spend_proof(&proof.nonce, proof.until, now).await? => Ok(Entry::Open),
        _ => Ok(entry),
    }
}

fn judge(seen: &Guarded, passed: bool, bits: Option<u32>, now: Moment) -> Entry {
    let [code, address] = seen.keys;
    let of_address = ADDRESS.closed_until(address, now).filter(|_| !passed);
    if let Some(until) = CODE.closed_until(code, now).max(of_address) {
        return Entry::Closed { until };
    }
    let slow_until = address.latest.map(|latest| latest.plus_ms(SLOW_MS)).filter(|until| *until > now);
    match (bits, slow_until) {
        (Some(bits), Some(until)) if !passed => Entry::ProofNeeded { bits, until },
        _ => Entry::Open,
    }
}

/// How hard a proof is to be that is offered with an empty form; none while all is quiet.
pub(super) async fn bits_now(state: &AppState) -> Result<Option<u32>, StoreError> {
    let (now, alarm) = (state.now(), state.settings.alarm);
    let nobody = String::new();
    let watch = Watch {
        keys: [nobody.clone(), nobody],
        since: now,
        all: all(&state.secrets),
        all_since: now.plus_ms(1 - ALARM_WINDOW_MS),
        most: alarm.most(),
    };
    Ok(alarm.bits_now(state.store.watch(&watch).await?.all))
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

/// Seconds to wait, at least one; and the message that says so.
pub(super) fn wait(now: Moment, until: Moment) -> (u32, Message) {
    let retry_after = seconds(now, until);
    (retry_after, Message::TooMany { retry_after, at: at(now, until) })
}

/// Seconds from now, at least one.
pub(super) fn seconds(now: Moment, until: Moment) -> u32 {
    let ms = now.ms_until(until).clamp(1, guard::WINDOW_MS);
    u32::try_from((ms + 999) / 1000).unwrap_or(900)
}

/// 14:35, 明天 5:10: the next full minute, since the clock on the wall shows no seconds.
pub(super) fn at(now: Moment, until: Moment) -> String {
    let until = until.plus_ms(59_999);
    let time = format::time(until);
    if until.date() == now.date() { time } else { app::text::public::tomorrow(&time) }
}

/// Who failed lately, by code and by address, as far as this process saw: they take the long way, where the database
/// tells what was counted. It need not know what other servers saw: whoever is closed out meets that at the first miss
/// here, and is known from then on.
#[derive(Debug, Default)]
pub(super) struct Suspects(std::sync::Mutex<Noted>);

#[derive(Debug, Default)]
struct Noted {
    until: HashMap<String, Moment>,
    /// There were too many to note: so all are suspects.
    all_until: Option<Moment>,
}

/// So many are noted.
const MOST_SUSPECTS: usize = 100_000;

impl Suspects {
    fn noted(&self) -> std::sync::MutexGuard<'_, Noted> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Somebody failed.
    pub(super) fn note<'k>(&self, keys: impl IntoIterator<Item = &'k String>, now: Moment) {
        let until = now.plus_ms(guard::WINDOW_MS);
        let mut noted = self.noted();
        for key in keys {
            if noted.until.len() >= MOST_SUSPECTS && !noted.until.contains_key(key) {
                noted.until.retain(|_, until| *until > now);
                if noted.until.len() >= MOST_SUSPECTS {
                    noted.all_until = Some(until);
                    continue;
                }
            }
            noted.until.insert(key.clone(), until);
        }
    }

    /// Whether a try with these keys is above suspicion.
    pub(super) fn clear(&self, keys: &[String; 3], now: Moment) -> bool {
        let noted = self.noted();
        let [code, address, _] = keys;
        let suspect = |key: &String| noted.until.get(key).is_some_and(|until| *until > now);
        !suspect(code) && !suspect(address) && noted.all_until.is_none_or(|until| until <= now)
    }
}

/// One try at a code at a time, and few from one address. Between counting the failures and noting another one, a
/// thousand tries sent at once would all find the door still open; so they queue. (On several servers that makes one
/// try more, and eight from one address, for each further server.)
pub(super) struct Turns {
    codes: Vec<Mutex<()>>,
    addresses: Vec<Semaphore>,
    /// Whom no short cut is for.
    pub(super) suspects: Suspects,
}

impl Default for Turns {
    fn default() -> Self {
        let addresses = (0..LANES).map(|_| Semaphore::new(AT_ONCE)).collect();
        Self { codes: (0..LANES).map(|_| Mutex::new(())).collect(), addresses, suspects: Suspects::default() }
    }
}

impl Turns {
    /// Waits for the turn of the address and of the code with these keys. Addresses first: who waits for a code
    /// holds nothing that somebody with that code waits for.
    pub(super) async fn take(&self, code: &str, address: &str) -> (Option<SemaphorePermit<'_>>, MutexGuard<'_, ()>) {
        // Never closed.
        let address = self.addresses[lane(address)].acquire().await.ok();
        (address, self.codes[lane(code)].lock().await)
    }
}

/// Keys are hexadecimal digits of a keyed hash: evenly spread.
fn lane(key: &str) -> usize {
    key.get(..4).and_then(|digits| usize::from_str_radix(digits, 16).ok()).unwrap_or(0) % LANES
}

#[cfg(test)]
mod tests {
    use case_store::Failures;

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
    fn the_limits_of_code_and_address_hold_and_a_pass_opens_the_address() {
        let now = Moment(10_000_000_000);
        let failed = |count, minutes: i64| {
            let latest = Some(now.plus_ms(-minutes * 60_000));
            Failures { count, oldest: latest, latest }
        };
        let none = Failures::default();
        let judged = |keys, passed, bits| judge(&Guarded { keys, all: 0 }, passed, bits, now);
        let closed = |minutes: i64| Entry::Closed { until: now.plus_ms(minutes * 60_000) };
        assert_eq!(judged([failed(4, 0), failed(19, 0)], false, None), Entry::Open);
        assert_eq!(judged([failed(5, 0), none], false, None), closed(1));
        assert_eq!(judged([failed(7, 0), none], true, None), closed(4), "a pass opens no code");
        assert_eq!(judged([none, failed(21, 0)], false, None), closed(2));
        assert_eq!(judged([none, failed(21, 0)], true, None), Entry::Open);
        assert_eq!(judged([failed(5, 0), failed(21, 0)], false, None), closed(2), "the later of both");
        // An attack: who has not missed lately gets in without a proof, who passed before too.
        let needed = Entry::ProofNeeded { bits: 9, until: now.plus_ms(30 * 60_000) };
        assert_eq!(judged([none, none], false, Some(9)), Entry::Open);
        assert_eq!(judged([none, failed(1, 30)], false, Some(9)), needed);
        assert_eq!(judged([none, failed(1, 60)], false, Some(9)), Entry::Open);
        assert_eq!(judged([none, failed(1, 30)], true, Some(9)), Entry::Open);
    }

    #[test]
    fn the_wait_is_never_nothing_and_tomorrow_is_called_so() {
        let now = Moment::from_local(2026, 5, 3, 14, 20).unwrap();
        assert_eq!(wait(now, now.plus_ms(-5)).0, 1);
        assert_eq!(wait(now, now.plus_ms(90 * 24 * 3_600_000)).0, 86_400);
        let (seconds, message) = wait(now, now.plus_ms(600_001));
        assert_eq!(seconds, 601);
        assert_eq!(message, Message::TooMany { retry_after: 601, at: "14:31".to_owned() });
        assert_eq!(at(now, now.plus_ms(12 * 3_600_000)), "明天 2:20");
    }

    #[test]
    fn who_failed_takes_the_long_way_for_a_day_and_when_there_are_too_many_all_do() {
        let (suspects, now) = (Suspects::default(), Moment(10_000_000_000));
        let keys = |code: &str, address: &str| [code.to_owned(), address.to_owned(), "all".to_owned()];
        suspects.note([&"code".to_owned(), &"there".to_owned()], now);
        assert!(suspects.clear(&keys("other", "here"), now));
        assert!(!suspects.clear(&keys("code", "here"), now) && !suspects.clear(&keys("other", "there"), now));
        assert!(suspects.clear(&keys("code", "there"), now.plus_ms(guard::WINDOW_MS)));
        for n in 0..MOST_SUSPECTS {
            suspects.note([&n.to_string()], now);
        }
        assert!(!suspects.clear(&keys("other", "here"), now));
        assert!(suspects.noted().until.len() <= MOST_SUSPECTS);
        let later = now.plus_ms(guard::WINDOW_MS);
        suspects.note([&"code".to_owned()], later);
        assert!(suspects.clear(&keys("other", "here"), later) && !suspects.clear(&keys("code", "here"), later));
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
    async fn tries_at_one_code_queue_and_so_do_many_from_one_address() {
        let turns = Turns::default();
        let soon = std::time::Duration::from_millis(20);
        let waits =
            async |code: &str, address: &str| tokio::time::timeout(soon, turns.take(code, address)).await.is_err();
        let first = turns.take("00ab", "0001").await;
        assert!(waits("00ab", "0002").await, "the same code");
        assert!(!waits("00ac", "0001").await);
        let mut held = vec![first];
        for code in 1..AT_ONCE {
            held.push(turns.take(&format!("01{code:02x}"), "0001").await);
        }
        assert!(waits("00ac", "0001").await, "too many of one address");
        assert!(!waits("00ac", "0002").await);
        drop(held);
        assert!(!waits("00ab", "0001").await);
    }
}
