//! The lock (口令锁) of one official's part of the store: a pure state machine over a small header.
//!
//! ```text
//!            make (first sign-in)           choose
//!  nothing ───────────────────► no PIN ───────────────► PIN ──► n wrong tries, waits
//!                                  ▲                     │
//!                                  └──── forgotten, or ten wrong tries: only an online sign-in opens
//! ```
//!
//! A random data key encrypts everything. It is kept twice, each time encrypted ("wrapped"): under a
//! key made from the PIN, and under a key that the server gives at a sign-in. The header holds the two
//! wraps and the count of wrong tries; it is plain, and nothing in it opens anything by itself.
//!
//! **A try is counted before it is made**, and the count is on disk before the PIN is looked at, so
//! neither closing the app in the middle nor a second tab gives a try for nothing. Whoever can put back
//! an old copy of the phone's files gets their tries back: against the raw disk six digits are only as
//! strong as the iterations make them (the README says how strong).
//!
//! **The clock may jump.** A clock set back starts the wait anew; a clock set forward skips it (nothing
//! here can know better), but not the limit of ten, which counts and does not measure.

mod pin;

pub use pin::{Pin, PinFault};

use case_core::time::Moment;
use case_core::wire::bytes::Bytes;
use serde::{Deserialize, Serialize};

/// The least iterations of PBKDF2.
pub const LEAST_ITERATIONS: u32 = 210_000;
/// The most: even a fast phone need not make a slow one wait that restores its store.
pub const MOST_ITERATIONS: u32 = 5_000_000;
/// Unlocking shall take about so long on the device itself.
pub const UNLOCK_MS: f64 = 500.0;
/// So many wrong PINs in a row, and the PIN no longer opens.
pub const MOST_TRIES: u8 = 10;
const DAY_MS: i64 = 86_400_000;
/// A connection counts as contact at most this often on disk.
pub const CONTACT_EVERY_MS: i64 = 600_000;

/// The waits after so many wrong PINs in a row, in seconds.
const WAITS_S: [i64; 11] = [0, 0, 0, 0, 30, 60, 300, 900, 3_600, 3_600, 3_600];

/// The iterations for a device that did `sample` of them in `ms`.
#[must_use]
pub fn iterations(sample: u32, ms: f64) -> u32 {
    let wished = f64::from(sample) * UNLOCK_MS / ms.max(0.1);
    // The cast saturates; the result is rounded so that it says little about the device.
    let wished = (wished as u32) / 10_000 * 10_000;
    wished.clamp(LEAST_ITERATIONS, MOST_ITERATIONS)
}

/// What is kept, in the clear, about the lock of one official.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Header {
    /// For PBKDF2.
    pub salt: Bytes,
    /// For PBKDF2.
    pub iterations: u32,
    /// The data key under the PIN; none before one is chosen and after it was forgotten.
    pub pin: Option<Bytes>,
    /// The data key under the server's key; none on a phone that has not been online since PINs exist.
    pub store: Option<Bytes>,
    /// Wrong PINs in a row.
    pub failures: u8,
    /// When the last of them was tried, by the phone's clock.
    pub failed_at: Moment,
    /// The office has shut this device out.
    #[serde(default)]
    pub revoked: bool,
}

/// What a look at the lock says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Look {
    /// How long nothing is tried, in milliseconds.
    pub wait_ms: i64,
    /// How often it may still be tried.
    pub tries_left: u8,
}

impl Header {
    /// Without PIN.
    #[must_use]
    pub fn new(salt: Bytes) -> Self {
        Self {
            salt,
            iterations: LEAST_ITERATIONS,
            pin: None,
            store: None,
            failures: 0,
            failed_at: Moment(0),
            revoked: false,
        }
    }

    /// How it stands, and the header to be kept when looking has changed it (the clock was set back, or
    /// the tries are used up).
    #[must_use]
    pub fn look(&self, now: Moment) -> (Look, Option<Self>) {
        let wait_ms = WAITS_S[usize::from(self.failures).min(WAITS_S.len() - 1)] * 1_000;
        let passed = self.failed_at.ms_until(now);
        let mut next = None;
        if wait_ms > 0 && passed < 0 {
            next = Some(Self { failed_at: now, ..self.clone() });
        }
        let left = if self.pin.is_none() {
            0
        } else if self.store.is_none() {
            // Nothing else opens it: then the waits alone must do.
            MOST_TRIES.saturating_sub(self.failures).max(1)
        } else {
            MOST_TRIES.saturating_sub(self.failures)
        };
        if left == 0 && self.pin.is_some() {
            next = Some(Self { pin: None, ..next.unwrap_or_else(|| self.clone()) });
        }
        let wait_ms = if left == 0 { 0 } else { (wait_ms - passed.max(0)).max(0) };
        (Look { wait_ms, tries_left: left }, next)
    }

    /// The header to be kept before a PIN is tried; `Err`: it may not be tried now.
    ///
    /// # Errors
    /// How long to wait, and how many tries are left.
    pub fn count(&self, now: Moment) -> Result<Self, Look> {
        let (look, _) = self.look(now);
        if look.tries_left == 0 || look.wait_ms > 0 {
            return Err(look);
        }
        Ok(Self { failures: self.failures.saturating_add(1), failed_at: now, ..self.clone() })
    }

    /// After the right PIN.
    #[must_use]
    pub fn right(&self) -> Self {
        Self { failures: 0, failed_at: Moment(0), ..self.clone() }
    }
}

/// When the server last answered, and the latest time that the phone's clock has shown since.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Contact {
    /// The last answer, by the phone's clock.
    pub at: Moment,
    /// The latest time seen since: setting the clock back does not give days back.
    pub latest: Moment,
}

impl Contact {
    /// The server has just answered.
    #[must_use]
    pub fn now(now: Moment) -> Self {
        Self { at: now, latest: now }
    }

    /// Whether there was none for too long.
    #[must_use]
    pub fn is_expired(&self, now: Moment, cache_days: u16) -> bool {
        self.at.ms_until(self.latest.max(now)) > i64::from(cache_days) * DAY_MS
    }

    /// What to keep when the clock has moved on far enough to be worth a write.
    #[must_use]
    pub fn seen(&self, now: Moment) -> Option<Self> {
        (self.latest.ms_until(now) > CONTACT_EVERY_MS * 6).then_some(Self { latest: now, ..*self })
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn header(failures: u8, at: i64) -> Header {
        Header {
            pin: Some(Bytes(vec![1])),
            store: Some(Bytes(vec![2])),
            failures,
            failed_at: Moment(at),
            ..Header::new(Bytes(vec![0; 16]))
        }
    }

    #[test]
    fn waits_grow_and_the_tenth_wrong_pin_ends_it() {
        let mut now = Moment(1_000_000);
        let mut lock = header(0, 0);
        let mut waits = Vec::new();
        for _ in 0..10 {
            lock = lock.count(now).unwrap();
            let (look, next) = lock.look(now);
            lock = next.unwrap_or(lock);
            waits.push(look.wait_ms / 1_000);
            if look.wait_ms > 0 {
                assert!(lock.count(now.plus_ms(look.wait_ms - 1)).is_err(), "not before the wait is over");
            }
            now = now.plus_ms(look.wait_ms);
        }
        assert_eq!(waits, [0, 0, 0, 30, 60, 300, 900, 3_600, 3_600, 0]);
        assert_eq!(lock.pin, None, "the PIN's wrap is gone");
        assert_eq!(lock.count(now), Err(Look { wait_ms: 0, tries_left: 0 }));
        assert_eq!(header(9, 0).right().failures, 0);
    }

    #[test]
    fn without_the_server_s_key_the_pin_is_not_thrown_away() {
        let lock = Header { store: None, ..header(12, 1) };
        let (look, next) = lock.look(Moment(2));
        assert_eq!((look.tries_left, next), (1, None));
        assert_eq!(look.wait_ms, 3_600_000 - 1);
    }

    #[test]
    fn iterations_follow_the_device_but_never_fall_below_the_least() {
        assert_eq!(iterations(50_000, 500.0), LEAST_ITERATIONS);
        assert_eq!(iterations(50_000, 25.0), 1_000_000);
        assert_eq!(iterations(50_000, 0.0), MOST_ITERATIONS);
    }

    #[test]
    fn days_without_contact_are_not_given_back() {
        let day = |n: i64| Moment(n * DAY_MS);
        let contact = Contact::now(day(100));
        assert!(!contact.is_expired(day(107), 7));
        assert!(contact.is_expired(day(108), 7));
        let seen = contact.seen(day(108)).unwrap();
        assert!(seen.is_expired(day(90), 7), "set back");
        assert!(!contact.is_expired(day(90), 7), "a clock that was ahead before is not held against anybody");
        assert_eq!(contact.seen(day(100)), None);
    }

    proptest! {
        /// Whatever the clock does, a wait is never longer than itself and setting back never shortens.
        #[test]
        fn setting_the_clock_back_shortens_nothing(failures in 4..10_u8, at in 0..10_000_000_i64, back in 1..10_000_000_i64) {
            let lock = header(failures, at);
            let (before, _) = lock.look(Moment(at));
            let (look, next) = lock.look(Moment(at - back));
            prop_assert_eq!(look.wait_ms, before.wait_ms);
            let (again, _) = next.unwrap().look(Moment(at - back + before.wait_ms));
            prop_assert_eq!(again.wait_ms, 0, "and it ends");
        }
    }
}
