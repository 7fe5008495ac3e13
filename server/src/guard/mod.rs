//! 护住查询码: how fast anybody may guess, here and over all servers.
//!
//! Three limits, all counted in the database, so that they hold over a restart and over several servers:
//!
//! 1. **The code.** After [`CODE`]`.free` misses in a day each further try waits, twice as long as the one before.
//! 2. **The address.** The same with [`ADDRESS`]; kinder, since a village may have one address.
//! 3. **The whole server.** When all misses of the last quarter of an hour are more than the setting, it is an
//!    attack ([`Alarm`]): a try brings a proof of work ([`proof`]), or comes from an address without a miss in the
//!    last hour ([`SLOW_MS`]): an old phone without scripts gets through, slowly, and the phone number stands there.
//!
//! Whoever has to wait is told so at once (429, Retry-After, the time of day); no connection is held open. A person
//! who got in carries a pass for that code and address ([`proof::pass`]), so that what others do at the same
//! address does not come between a page and its buttons.
//!
//! [`odds`] computes from these numbers what an attacker needs.

pub mod odds;
pub mod proof;

use case_core::time::Moment;
use case_store::Failures;

/// Misses are counted over a day.
pub const WINDOW_MS: i64 = 24 * 3_600_000;
/// Misses of the whole server are counted over a quarter of an hour.
pub const ALARM_WINDOW_MS: i64 = 15 * 60_000;
/// During an attack, without a proof of work: one miss in an hour.
pub const SLOW_MS: i64 = 60 * 60_000;
/// How much harder than the setting a proof may become, in bits.
const HARDEST: u32 = 4;

/// How the waiting grows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Growth {
    /// So many misses in a day cost no waiting.
    pub free: u32,
    /// The first wait.
    pub first_ms: i64,
    /// The longest.
    pub longest_ms: i64,
}

/// One code.
pub const CODE: Growth = Growth { free: 5, first_ms: 60_000, longest_ms: 12 * 3_600_000 };
/// One address (of IPv6: one network). More is free: phones of a village share one.
pub const ADDRESS: Growth = Growth { free: 20, first_ms: 60_000, longest_ms: 3_600_000 };

impl Growth {
    /// How long after the last of so many misses the next try is answered; 0 at first.
    #[must_use]
    pub fn wait_ms(self, misses: u32) -> i64 {
        if misses < self.free {
            return 0;
        }
        let doublings = (misses - self.free).min(30);
        self.first_ms.saturating_mul(1 << doublings).min(self.longest_ms)
    }

    /// Until when no try is answered, if that is after `now`.
    #[must_use]
    pub fn closed_until(self, misses: Failures, now: Moment) -> Option<Moment> {
        let until = misses.latest?.plus_ms(self.wait_ms(misses.count));
        (self.wait_ms(misses.count) > 0 && until > now).then_some(until)
    }
}

/// 有人在乱猜: when proofs are asked for, and how hard they are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Alarm {
    /// `HUIYIN_PROOF_AFTER`: more misses than this in a quarter of an hour, over the whole server. 0: always.
    pub after: u32,
    /// `HUIYIN_PROOF_BITS`: zero bits that a proof begins with, 0 to 24; 16 takes a phone about a second. 0: none.
    pub bits: u32,
}

impl Default for Alarm {
    fn default() -> Self {
        Self { after: 60, bits: 16 }
    }
}

impl Alarm {
    /// The most misses that need be counted: beyond them it does not become harder.
    #[must_use]
    pub fn most(self) -> u32 {
        self.after.max(1).saturating_mul(1 << HARDEST)
    }

    /// How hard a proof is now; none while all is quiet. Each doubling of the misses makes it one bit harder,
    /// four at most.
    #[must_use]
    pub fn bits_now(self, misses: u32) -> Option<u32> {
        if self.bits == 0 || (misses <= self.after && self.after > 0) {
            return None;
        }
        let times = misses / self.after.max(1);
        Some(self.bits + times.max(1).ilog2().min(HARDEST))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Moment = Moment(1_000_000_000);

    fn misses(count: u32, minutes_ago: i64) -> Failures {
        let latest = Some(NOW.plus_ms(-minutes_ago * 60_000));
        Failures { count, oldest: latest, latest }
    }

    #[test]
    fn the_wait_begins_with_a_minute_doubles_and_has_an_end() {
        let minutes = |count| CODE.wait_ms(count) / 60_000;
        assert_eq!((0..10).map(minutes).collect::<Vec<_>>(), [0, 0, 0, 0, 0, 1, 2, 4, 8, 16]);
        assert_eq!((minutes(30), minutes(u32::MAX)), (720, 720));
        assert_eq!((ADDRESS.wait_ms(19), ADDRESS.wait_ms(20), ADDRESS.wait_ms(90)), (0, 60_000, 3_600_000));
    }

    #[test]
    fn it_is_closed_from_the_last_miss_on_and_opens_again() {
        assert_eq!(CODE.closed_until(misses(4, 0), NOW), None);
        assert_eq!(CODE.closed_until(misses(6, 1), NOW), Some(NOW.plus_ms(60_000)));
        assert_eq!(CODE.closed_until(misses(6, 2), NOW), None, "two minutes have gone by");
        assert_eq!(CODE.closed_until(Failures::default(), NOW), None);
    }

    #[test]
    fn an_attack_is_more_misses_than_the_setting_and_a_bigger_one_is_answered_harder() {
        let alarm = Alarm { after: 60, bits: 16 };
        let bits = |count| alarm.bits_now(count);
        assert_eq!([bits(0), bits(60), bits(61), bits(119)], [None, None, Some(16), Some(16)]);
        assert_eq!([bits(120), bits(480), bits(alarm.most()), bits(u32::MAX)].map(Option::unwrap), [17, 19, 20, 20]);
        assert_eq!(Alarm { after: 0, bits: 8 }.bits_now(0), Some(8), "always");
        assert_eq!(Alarm { after: 0, bits: 0 }.bits_now(900), None, "never");
    }
}
