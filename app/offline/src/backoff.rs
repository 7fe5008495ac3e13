//! When to try again: 1 second, doubling to 5 minutes, with a jitter that is a pure function of the
//! phone and the try, so that a county of phones does not knock in step when the server returns.

use case_core::time::Moment;

/// The first wait.
pub const FIRST_MS: i64 = 1_000;
/// The longest wait.
pub const LONGEST_MS: i64 = 300_000;

/// How long to wait after `failures` failures in a row (at least 1). Between 75 % and 100 % of the
/// doubled time, never more than [`LONGEST_MS`], never less than three quarters of [`FIRST_MS`].
#[must_use]
pub fn wait_ms(failures: u32, seed: u64) -> i64 {
    let doublings = failures.saturating_sub(1).min(16);
    let full = FIRST_MS.saturating_mul(1_i64 << doublings).min(LONGEST_MS);
    let quarter = full / 4;
    let jitter = mix(seed ^ u64::from(failures)) % u64::try_from(quarter + 1).unwrap_or(1);
    full - i64::try_from(jitter).unwrap_or(0)
}

/// SplitMix64: spreads neighbouring seeds over all values.
fn mix(seed: u64) -> u64 {
    let mut z = seed.wrapping_add(0x9E37_79B9_7F4A_7C15);
    z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    z ^ (z >> 31)
}

/// A gate that closes for longer after each failure and opens at a success.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Gate {
    /// Failures in a row.
    pub failures: u32,
    /// Closed until then; `None` when open.
    pub closed_until: Option<Moment>,
    closed_at: Option<Moment>,
}

impl Gate {
    /// Whether it lets through. A clock that was set back opens it rather than closing it for years.
    #[must_use]
    pub fn is_open(&self, now: Moment) -> bool {
        match (self.closed_at, self.closed_until) {
            (Some(at), Some(until)) => now >= until || now < at,
            _ => true,
        }
    }

    /// A failure: closed for longer than before, or for as long as the server asks.
    pub fn fail(&mut self, now: Moment, seed: u64, server_asks_ms: Option<i64>) {
        self.failures = self.failures.saturating_add(1);
        let own = wait_ms(self.failures, seed);
        // A server may ask for more than our longest wait, within reason (an hour).
        let wait = server_asks_ms.map_or(own, |asked| asked.clamp(own, 3_600_000));
        self.closed_at = Some(now);
        self.closed_until = Some(now.plus_ms(wait));
    }

    /// A success.
    pub fn succeed(&mut self) {
        *self = Self::default();
    }

    /// Lets one try through at once (somebody asked, or the network seems to be back) without
    /// forgetting how often it failed.
    pub fn nudge(&mut self) {
        self.closed_until = None;
        self.closed_at = None;
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn waits_stay_within_their_bounds(failures in 1..u32::MAX, seed: u64) {
            let wait = wait_ms(failures, seed);
            prop_assert!((FIRST_MS * 3 / 4..=LONGEST_MS).contains(&wait));
        }

        #[test]
        fn waits_grow_until_the_longest(failures in 1..9_u32, seed: u64) {
            // 100 % of one step is at most 75 % of the next but one, and never above the next.
            prop_assert!(wait_ms(failures, seed) <= wait_ms(failures + 1, seed).max(FIRST_MS << failures) );
            prop_assert!(wait_ms(failures + 2, seed) > wait_ms(failures, seed) || failures >= 8);
        }

        #[test]
        fn the_same_phone_and_try_wait_the_same(failures: u32, seed: u64) {
            prop_assert_eq!(wait_ms(failures, seed), wait_ms(failures, seed));
        }

        #[test]
        fn a_gate_never_stays_closed_for_more_than_an_hour(
            failures in 0..100_u32, seed: u64, asked in proptest::option::of(0..i64::MAX), start in -1_000_000_i64..4_000_000_000_000,
        ) {
            let mut gate = Gate::default();
            for _ in 0..failures {
                gate.fail(Moment(start), seed, None);
            }
            gate.fail(Moment(start), seed, asked);
            prop_assert!(!gate.is_open(Moment(start)));
            prop_assert!(gate.is_open(Moment(start + 3_600_000)));
            prop_assert!(gate.is_open(Moment(start - 1)), "a clock set back opens it");
        }
    }

    #[test]
    fn phones_do_not_knock_in_step() {
        let waits: std::collections::BTreeSet<i64> = (0..100).map(|seed| wait_ms(6, seed)).collect();
        assert!(waits.len() > 90, "{}", waits.len());
    }

    #[test]
    fn a_nudge_opens_but_remembers() {
        let mut gate = Gate::default();
        for _ in 0..5 {
            gate.fail(Moment(0), 1, None);
        }
        gate.nudge();
        assert!(gate.is_open(Moment(0)));
        gate.fail(Moment(0), 1, None);
        assert_eq!(gate.failures, 6);
        gate.succeed();
        assert_eq!(gate.failures, 0);
    }
}
