//! What to do next: a pure function of what is known. The engine looks, asks this, and acts.
//!
//! The order is that of worth: own records (they exist nowhere else), records of others that only
//! pass through this phone, files, what mends and prepares, and the work area last.
//!
//! | errand | needs the official's word at the server | needs the key | on a revoked device |
//! |---|---|---|---|
//! | push | yes | yes | no |
//! | sealed, pieces | yes | no | **yes**, without any session |
//! | compare, codes, pull | yes | yes | no |
//! | wipe | no | no | when nothing is left to deliver |
//!
//! So a session that ran out stops everything until somebody signs in (it was the official's wish
//! that the phone sends, and it is again); only a device that was shut out delivers without.

use case_core::time::Moment;

use crate::backoff::Gate;

/// A complete work area is asked for changes this often while the app is open: 5 minutes.
pub const PULL_EVERY_MS: i64 = 300_000;
/// What both sides hold is compared this often: once a day.
pub const COMPARE_EVERY_MS: i64 = 24 * 3_600_000;

/// Something that could be done.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Errand {
    /// From when on; `None`: there is nothing to be done.
    pub due: Option<Moment>,
    /// Its own gate.
    pub gate: Gate,
}

/// How the phone stands with the server and with its own store.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// Not asked since the app was opened, or the session ran out.
    Unknown,
    /// The server's cookie is this official's.
    Identified {
        /// Whether the store can be read, so that what needs the key can be done.
        open: bool,
    },
    /// The server has shut this device out.
    Revoked,
}

/// What is known before a step.
#[derive(Clone, Copy, Debug)]
pub struct Situation {
    /// The phone's clock.
    pub now: Moment,
    /// How the phone stands.
    pub standing: Standing,
    /// For every request.
    pub net: Gate,
    /// Own records.
    pub push: Errand,
    /// Sealed records.
    pub sealed: Errand,
    /// Pieces of files.
    pub pieces: Errand,
    /// What both sides hold.
    pub compare: Errand,
    /// The reserve of query codes.
    pub codes: Errand,
    /// The work area.
    pub pull: Errand,
}

/// What to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Action {
    /// Ask who is signed in.
    Identify,
    /// Send the next records.
    Push,
    /// Send the next sealed records.
    Sealed,
    /// Send the next piece of a file.
    Piece,
    /// Compare.
    Compare,
    /// Fill up the reserve of codes.
    Codes,
    /// Ask for the next page.
    Pull,
    /// Everything was delivered and the device is shut out: forget the official.
    Wipe,
    /// Nothing until then (`None`: until something happens).
    Rest(Option<Moment>),
}

/// What to do next.
#[must_use]
pub fn plan(s: &Situation) -> Action {
    let online = s.net.is_open(s.now);
    if s.standing == Standing::Unknown {
        // Before anything else the official must be known.
        return if online { Action::Identify } else { Action::Rest(Some(not_before(s, s.now, &s.net))) };
    }
    let pull = Errand { due: s.pull.due.map(|due| sane(s.now, due, PULL_EVERY_MS)), ..s.pull };
    let compare = Errand { due: s.compare.due.map(|due| sane(s.now, due, COMPARE_EVERY_MS)), ..s.compare };
    let codes = Errand { due: s.codes.due.map(|due| sane(s.now, due, PULL_EVERY_MS)), ..s.codes };
    let carried = [(Action::Sealed, s.sealed), (Action::Piece, s.pieces)];
    let errands = match s.standing {
        Standing::Unknown => vec![],
        Standing::Revoked if carried.iter().all(|(_, errand)| errand.due.is_none()) => return Action::Wipe,
        Standing::Revoked | Standing::Identified { open: false } => carried.to_vec(),
        Standing::Identified { open: true } => {
            let [sealed, pieces] = carried;
            let push = (Action::Push, s.push);
            vec![push, sealed, pieces, (Action::Compare, compare), (Action::Codes, codes), (Action::Pull, pull)]
        }
    };
    let mut next = None::<Moment>;
    for (action, errand) in errands {
        let Some(due) = errand.due else { continue };
        if online && due <= s.now && errand.gate.is_open(s.now) {
            return action;
        }
        let at = not_before(s, not_before(s, due.max(s.now), &s.net), &errand.gate);
        next = Some(next.map_or(at, |next| next.min(at)));
    }
    Action::Rest(next)
}

fn not_before(s: &Situation, at: Moment, gate: &Gate) -> Moment {
    match gate.closed_until {
        Some(until) if !gate.is_open(s.now) => at.max(until),
        _ => at,
    }
}

/// A clock that was set back must not put what is done regularly years away.
fn sane(now: Moment, due: Moment, every_ms: i64) -> Moment {
    if now.ms_until(due) > every_ms { now } else { due }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn gate(now: Moment, failures: u32) -> Gate {
        let mut gate = Gate::default();
        for _ in 0..failures {
            gate.fail(now, 1, None);
        }
        gate
    }

    const NOW: Moment = Moment(1_000_000);
    const OPEN: Standing = Standing::Identified { open: true };
    const LOCKED: Standing = Standing::Identified { open: false };

    fn at(ms: i64) -> Errand {
        Errand { due: Some(NOW.plus_ms(ms)), gate: Gate::default() }
    }

    fn closed(failures: u32) -> Errand {
        Errand { due: Some(NOW), gate: gate(NOW, failures) }
    }

    fn calm() -> Situation {
        let none = Errand::default();
        Situation {
            now: NOW,
            standing: OPEN,
            net: Gate::default(),
            push: none,
            sealed: none,
            pieces: none,
            compare: at(COMPARE_EVERY_MS),
            codes: none,
            pull: at(60_000),
        }
    }

    fn all() -> Situation {
        let now = at(0);
        Situation { push: now, sealed: now, pieces: now, compare: now, codes: now, pull: now, ..calm() }
    }

    #[test]
    fn the_table() {
        let none = Errand::default();
        let net = gate(NOW, 3);
        let until = net.closed_until;
        let no_push = Situation { push: none, ..all() };
        let no_sealed = Situation { sealed: none, ..no_push };
        let no_pieces = Situation { pieces: none, ..no_sealed };
        let no_compare = Situation { compare: at(5), ..no_pieces };
        let revoked = Situation { standing: Standing::Revoked, ..all() };
        let locked = Situation { standing: LOCKED, ..all() };
        let table = [
            ("who is it first", Situation { standing: Standing::Unknown, ..all() }, Action::Identify),
            ("own records before all else", all(), Action::Push),
            ("then what others left here", no_push, Action::Sealed),
            ("then files", no_sealed, Action::Piece),
            ("then what mends", no_pieces, Action::Compare),
            ("then codes for the door", no_compare, Action::Codes),
            ("the work area when nothing else is to be done", Situation { codes: none, ..no_compare }, Action::Pull),
            ("nothing to do until the next pull", calm(), Action::Rest(Some(NOW.plus_ms(60_000)))),
            ("no network: wait", Situation { net, ..all() }, Action::Rest(until)),
            (
                "no network and unknown: wait",
                Situation { standing: Standing::Unknown, net, ..all() },
                Action::Rest(until),
            ),
            ("locked: nothing that needs the key", locked, Action::Sealed),
            ("locked: files need none", Situation { sealed: none, ..locked }, Action::Piece),
            ("locked and nothing sealed: rest", Situation { sealed: none, pieces: none, ..locked }, Action::Rest(None)),
            ("shut out: what is sealed goes out all the same", revoked, Action::Sealed),
            ("shut out: files too", Situation { sealed: none, ..revoked }, Action::Piece),
            ("shut out and all delivered", Situation { sealed: none, pieces: none, ..revoked }, Action::Wipe),
            (
                "shut out and not yet delivered: no wipe",
                Situation { sealed: at(700), pieces: none, ..revoked },
                Action::Rest(Some(NOW.plus_ms(700))),
            ),
            ("pushes are refused: the rest goes on", Situation { push: closed(3), ..all() }, Action::Sealed),
            ("pulls are broken: push all the same", Situation { pull: closed(3), ..all() }, Action::Push),
            (
                "a record that must wait wakes in time",
                Situation { push: at(5), ..calm() },
                Action::Rest(Some(NOW.plus_ms(5))),
            ),
            (
                "a clock set back by a year does not stop pulls",
                Situation { pull: at(31_536_000_000), ..calm() },
                Action::Pull,
            ),
            ("nor comparing", Situation { compare: at(31_536_000_000), ..calm() }, Action::Compare),
        ];
        for (name, situation, expected) in table {
            assert_eq!(plan(&situation), expected, "{name}");
        }
    }

    fn errand() -> impl Strategy<Value = Errand> {
        (proptest::option::of(-400_000..=PULL_EVERY_MS), 0..9_u32)
            .prop_map(|(due, failures)| Errand { due: due.map(|ms| NOW.plus_ms(ms)), gate: gate(NOW, failures) })
    }

    proptest! {
        #[test]
        fn a_rest_ends_and_then_something_is_done(
            standing in prop_oneof![
                Just(Standing::Unknown), Just(OPEN), Just(LOCKED), Just(Standing::Revoked),
            ],
            net in 0..9_u32,
            push in errand(), sealed in errand(), pieces in errand(), compare in errand(), codes in errand(),
            pull in errand(),
        ) {
            let situation =
                Situation { now: NOW, standing, net: gate(NOW, net), push, sealed, pieces, compare, codes, pull };
            match plan(&situation) {
                Action::Rest(Some(until)) => {
                    prop_assert!(until > NOW);
                    prop_assert!(NOW.ms_until(until) <= PULL_EVERY_MS);
                    let later = Situation { now: until, ..situation };
                    prop_assert!(!matches!(plan(&later), Action::Rest(_)), "{:?}", plan(&later));
                }
                Action::Rest(None) => {
                    let carried = sealed.due.or(pieces.due);
                    let own = push.due.or(compare.due).or(codes.due).or(pull.due);
                    prop_assert!(carried.is_none() && (own.is_none() || standing == LOCKED));
                }
                // Nothing is sent openly from a locked or revoked phone.
                Action::Push | Action::Compare | Action::Codes | Action::Pull => prop_assert_eq!(standing, OPEN),
                Action::Wipe => prop_assert!(standing == Standing::Revoked && sealed.due.or(pieces.due).is_none()),
                Action::Identify => prop_assert_eq!(standing, Standing::Unknown),
                Action::Sealed | Action::Piece => prop_assert_ne!(standing, Standing::Unknown),
            }
        }
    }
}
