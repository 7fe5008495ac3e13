//! What an attacker needs to hit one live code, computed from the limits that hold.
//!
//! Assumed in the attacker's favour: the check digit is computed and no try is wasted on it; the second answer is the
//! commonest full name of the country (张伟, about one person in 4,700) rather than four digits (one in 10,000);
//! every try is made in the first moment in which it is answered, day and night.
//!
//! All of this falls with a second answer that many matters share: with one word for one matter in a hundred, an
//! attacker types nothing else, and a hit takes some fifty times fewer tries. That word was 匿名, and so no name that
//! is none proves anything ([`case_core::public::is_no_name`]). The table shows what such a share would cost.

use std::collections::VecDeque;
use std::fmt::Write as _;

use case_core::code::QueryCode;

use super::{ADDRESS, Alarm, CODE, Growth, SLOW_MS, WINDOW_MS};

/// One in so many is right about the second answer, at best.
const SECOND_ANSWER: f64 = 4_700.0;
/// The share of matters that one word opens besides: none, since what is no name proves nothing.
const SHARED: f64 = 0.0;
/// SHA-256 of short texts on one core of a rented machine, a second: ten million, as its instructions for it allow.
const HASHES_A_SECOND: f64 = 10_000_000.0;
const DAYS_OF_A_YEAR: f64 = 365.25;

/// Tries a day that are answered under limits that grow, on average over a month, for whoever never stops.
/// `at_least_ms`: no two tries nearer than this.
#[must_use]
pub fn tries_a_day(growth: Growth, at_least_ms: i64) -> f64 {
    const DAYS: i64 = 30;
    // Those that still count, the oldest first.
    let mut counted: VecDeque<i64> = VecDeque::new();
    let (mut now, mut tries) = (0, 0_u32);
    while now < DAYS * WINDOW_MS {
        tries += 1;
        counted.push_back(now);
        let mut next = now + at_least_ms.max(1);
        // Waiting ends when it is over, or earlier where an old miss drops out of the day and less is to be waited.
        loop {
            while counted.front().is_some_and(|at| *at <= next - WINDOW_MS) {
                counted.pop_front();
            }
            let over = now + growth.wait_ms(u32::try_from(counted.len()).unwrap_or(u32::MAX));
            if over <= next {
                break;
            }
            next = counted.front().map_or(over, |oldest| over.min(oldest + WINDOW_MS));
        }
        now = next;
    }
    f64::from(tries) / 30.0
}

/// Tries that one hit takes on average, with so many live codes, where a share (0 to 1) of them is opened by one and
/// the same second answer. It is typed where it is likelier than the commonest name.
#[must_use]
pub fn tries_per_hit(live: f64, shared: f64) -> f64 {
    QueryCode::SPACE as f64 / live / shared.max(1.0 / SECOND_ANSWER)
}

/// Years until a hit, on average.
#[must_use]
pub fn years_per_hit(live: f64, shared: f64, addresses: f64, tries_a_day: f64) -> f64 {
    tries_per_hit(live, shared) / (addresses * tries_a_day) / DAYS_OF_A_YEAR
}

/// Years of one core per hit that the proofs of work take.
#[must_use]
pub fn core_years_per_hit(live: f64, bits: u32) -> f64 {
    tries_per_hit(live, SHARED) * 2_f64.powi(i32::try_from(bits).unwrap_or(0))
        / HASHES_A_SECOND
        / 86_400.0
        / DAYS_OF_A_YEAR
}

/// The table that `make bench` prints.
#[must_use]
pub fn table(live: u32) -> String {
    let alarm = Alarm::default();
    let live = f64::from(live);
    let (free, slow) = (tries_a_day(ADDRESS, 0), tries_a_day(ADDRESS, SLOW_MS));
    let mut out = String::new();
    let _ = writeln!(
        out,
        "codes: {live} live of {}; one try in {:.1e} hits",
        QueryCode::SPACE,
        tries_per_hit(live, SHARED)
    );
    let _ =
        writeln!(out, "codes: one address is answered {free:.0} tries a day, {slow:.0} during an attack without proof");
    for addresses in [1.0, 10_000.0] {
        let years = |a_day| years_per_hit(live, SHARED, addresses, a_day);
        let _ = writeln!(
            out,
            "codes: {addresses:>6} address(es): {:>9.1} years per hit unnoticed, {:>9.1} during an attack without proof",
            years(free),
            years(slow)
        );
    }
    let hardest = alarm.bits_now(u32::MAX).unwrap_or(alarm.bits);
    let _ = writeln!(
        out,
        "codes: 10000 addresses that send proofs of {} to {hardest} bits: {:.1} years, and {:.1} to {:.1} years of one core per hit",
        alarm.bits,
        years_per_hit(live, SHARED, 10_000.0, free),
        core_years_per_hit(live, alarm.bits),
        core_years_per_hit(live, hardest)
    );
    let _ = writeln!(
        out,
        "codes: if one word opened one matter in a hundred (none does), 10000 addresses: {:.2} years per hit unnoticed",
        years_per_hit(live, 0.01, 10_000.0, free)
    );
    let slip = tries_a_day(CODE, 0);
    let _ = writeln!(
        out,
        "codes: with a slip that was found, without the phone number: {slip:.0} tries a day, {:.0} days on average for 10,000 numbers",
        10_000.0 / 2.0 / slip
    );
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_never_stops_gets_the_free_tries_once_a_day_and_then_waits() {
        let flat = Growth { free: 3, first_ms: WINDOW_MS, longest_ms: WINDOW_MS };
        assert!((tries_a_day(flat, 0) - 3.0).abs() < 0.2, "{}", tries_a_day(flat, 0));
        let open = Growth { free: u32::MAX, ..flat };
        assert!((tries_a_day(open, 3_600_000) - 24.0).abs() < 0.1, "{}", tries_a_day(open, 3_600_000));
        assert!(tries_a_day(CODE, 0) < tries_a_day(ADDRESS, 0), "a code is guarded more closely than an address");
        assert!(tries_a_day(ADDRESS, SLOW_MS) <= 24.1);
    }

    #[test]
    fn a_hit_takes_as_long_as_the_numbers_say() {
        // A million of 10^11 is one code in 10^5; one second answer in 4,700.
        assert!((tries_per_hit(1e6, 0.0) - 4.7e8).abs() < 1.0);
        assert!((tries_per_hit(1e6, 0.01) - 1e7).abs() < 1.0, "one word for one in a hundred");
        assert!((years_per_hit(1e6, 0.0, 1.0, 4.7e8 / DAYS_OF_A_YEAR) - 1.0).abs() < 1e-9);
        let ten = core_years_per_hit(1e6, 10);
        assert!((core_years_per_hit(1e6, 11) / ten - 2.0).abs() < 1e-9, "a bit doubles the work");
    }

    /// The bar: not even ten thousand addresses find one of a million codes within a year. Prints what it is.
    #[test]
    fn no_code_is_found_within_a_year() {
        #[expect(clippy::print_stdout, reason = "`make bench` shows it")]
        {
            print!("{}", table(1_000_000));
        }
        let years = |shared| years_per_hit(1e6, shared, 10_000.0, tries_a_day(ADDRESS, 0));
        assert!(years(SHARED) > 1.0);
        // What holds it: no word opens many matters. With one for one matter in a hundred the bar is missed.
        assert!(years(0.01) < 1.0, "{}", years(0.01));
        for word in ["匿名", " 匿 名 ", "匿名群众", "无名氏", "（匿名）"] {
            assert!(!case_core::public::proves(word, None, word), "{word} would open all that are called so");
        }
    }
}
