//! 算一道题: the proof of work, and the pass of those who got in.
//!
//! A *challenge* is a text that the server signs and forgets: how hard, until when, a random number, and a tag over
//! these and the caller's address. A *proof* is a number with which SHA-256 of `challenge.number` begins with so many
//! zero bits. It is checked without any table but one: the random numbers that were used, so that a proof opens the
//! door once ([`case_store::Store::spend_proof`]).
//!
//! A *pass* says that this address looked this code up with success a short while ago. It replaces neither code nor
//! second answer; with it the limits of the address and the proof of work do not stand between a page and its buttons.

use case_core::code::QueryCode;
use case_core::time::Moment;
use sha2::{Digest as _, Sha256};

use crate::secrets::Secrets;

/// A challenge holds so long: enough to fill in the form slowly.
const CHALLENGE_MS: i64 = 30 * 60_000;
/// A pass holds so long.
const PASS_MS: i64 = 2 * 3_600_000;

/// A new challenge for an address (`network`, [`crate::public::network`]).
#[must_use]
pub fn challenge(secrets: &Secrets, network: &str, bits: u32, now: Moment) -> String {
    let nonce: u64 = rand::random();
    signed(secrets, network, bits, now.plus_ms(CHALLENGE_MS), nonce)
}

fn signed(secrets: &Secrets, network: &str, bits: u32, until: Moment, nonce: u64) -> String {
    let head = format!("{bits}.{}.{nonce:016x}", until.0);
    let tag = secrets.tag("proof-challenge", &[head.as_bytes(), network.as_bytes()]);
    format!("{head}.{tag}")
}

/// What is to be remembered of a good proof, so that it is used once.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Proof {
    /// The random number of its challenge.
    pub nonce: String,
    /// Until when it must be remembered.
    pub until: Moment,
}

/// Whether this is a proof: of a challenge of ours, for this address, in time, and at least so hard.
#[must_use]
pub fn proven(secrets: &Secrets, network: &str, challenge: &str, work: &str, bits: u32, now: Moment) -> Option<Proof> {
    let mut parts = challenge.split('.');
    let given: u32 = parts.next()?.parse().ok()?;
    let until = Moment(parts.next()?.parse().ok()?);
    let nonce = u64::from_str_radix(parts.next()?, 16).ok()?;
    let ours = secrets.tag_fits(challenge, &signed(secrets, network, given, until, nonce));
    // One bit less than now asked for will do: the attack may have grown while somebody was typing.
    let hard_enough = given.saturating_add(1) >= bits && work.len() <= 20 && zero_bits(challenge, work) >= given;
    (ours && until >= now && hard_enough).then(|| Proof { nonce: format!("{nonce:016x}"), until })
}

/// With how many zero bits the hash begins.
fn zero_bits(challenge: &str, work: &str) -> u32 {
    let mut bits = 0;
    for byte in Sha256::new().chain_update(challenge).chain_update(".").chain_update(work).finalize() {
        bits += byte.leading_zeros();
        if byte != 0 {
            break;
        }
    }
    bits
}

/// The pass for a code and an address.
#[must_use]
pub fn pass(secrets: &Secrets, network: &str, code: &QueryCode, now: Moment) -> String {
    pass_until(secrets, network, code, now.plus_ms(PASS_MS))
}

fn pass_until(secrets: &Secrets, network: &str, code: &QueryCode, until: Moment) -> String {
    let tag = secrets.tag("look-up-pass", &[&until.0.to_be_bytes(), network.as_bytes(), code.digits().as_bytes()]);
    format!("{}.{tag}", until.0)
}

/// Whether a pass holds.
#[must_use]
pub fn passes(secrets: &Secrets, network: &str, code: &QueryCode, pass: &str, now: Moment) -> bool {
    let until = pass.split('.').next().and_then(|until| until.parse().ok()).map(Moment);
    until.is_some_and(|until| {
        until >= now
            && until <= now.plus_ms(PASS_MS)
            && secrets.tag_fits(pass, &pass_until(secrets, network, code, until))
    })
}

/// Solves a challenge, as the script does: for tests and for measuring.
#[must_use]
pub fn solve(challenge: &str, bits: u32) -> String {
    (0_u64..).map(|n| n.to_string()).find(|work| zero_bits(challenge, work) >= bits).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Moment = Moment(1_700_000_000_000);

    fn secrets() -> Secrets {
        Secrets::from_key([5; 32])
    }

    #[test]
    fn a_proof_holds_for_its_address_its_time_and_its_hardness() {
        let (secrets, here) = (secrets(), "10.0.0.1");
        let challenge = challenge(&secrets, here, 8, NOW);
        let work = solve(&challenge, 8);
        let check = |network, challenge: &str, work: &str, bits, now| {
            proven(&secrets, network, challenge, work, bits, now).is_some()
        };
        assert!(check(here, &challenge, &work, 8, NOW));
        assert!(check(here, &challenge, &work, 9, NOW), "one bit of growth is forgiven");
        assert!(!check(here, &challenge, &work, 10, NOW));
        assert!(!check("10.0.0.2", &challenge, &work, 8, NOW));
        assert!(!check(here, &challenge, &work, 8, NOW.plus_ms(CHALLENGE_MS + 1)));
        let easier = challenge.replacen("8.", "1.", 1);
        assert!(!check(here, &easier, &solve(&easier, 8), 2, NOW), "not signed by us");
        let wrong = (0..).map(|n: u32| n.to_string()).find(|work| zero_bits(&challenge, work) < 8).unwrap();
        assert!(!check(here, &challenge, &wrong, 8, NOW));
        for nonsense in ["", "8", "8.x.y.z", "....", "99999999999.1.1.1", "8.1.ffffffffffffffffff.0", "深.深.深.深"]
        {
            assert!(!check(here, nonsense, "1", 8, NOW), "{nonsense}");
        }
        assert!(!check(here, &challenge, &"1".repeat(5_000), 8, NOW));
    }

    #[test]
    fn each_challenge_is_another() {
        let secrets = secrets();
        assert_ne!(challenge(&secrets, "a", 8, NOW), challenge(&secrets, "a", 8, NOW));
    }

    #[test]
    fn a_pass_is_of_one_code_and_one_address_and_ends() {
        let (secrets, code, other) = (secrets(), QueryCode::from_number(7), QueryCode::from_number(8));
        let given = pass(&secrets, "10.0.0.1", &code, NOW);
        let holds = |network, code, pass: &str, now| passes(&secrets, network, code, pass, now);
        assert!(holds("10.0.0.1", &code, &given, NOW));
        assert!(!holds("10.0.0.2", &code, &given, NOW));
        assert!(!holds("10.0.0.1", &other, &given, NOW));
        assert!(!holds("10.0.0.1", &code, &given, NOW.plus_ms(PASS_MS + 1)));
        for nonsense in ["", ".", "9999999999999999999.0", "x.y", &given[..given.len() - 1]] {
            assert!(!holds("10.0.0.1", &code, nonsense, NOW), "{nonsense}");
        }
        assert!(!given.contains(&code.digits()));
    }
}
