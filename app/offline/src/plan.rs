//! What to do next: a pure function of what is known. The engine looks, asks this, and acts.

use case_core::time::Moment;

use crate::backoff::Gate;

/// A complete work area is asked for changes this often while the app is open: 5 minutes.
pub const PULL_EVERY_MS: i64 = 300_000;

/// What is known before a step.
#[derive(Clone, Copy, Debug)]
pub struct Situation {
    /// The phone's clock.
    pub now: Moment,
    /// Whether the server has said, since the app was opened, that its cookie is this official's.
    pub identified: bool,
    /// For every request.
    pub net: Gate,
    /// For pushes.
    pub push: Gate,
    /// For pulls.
    pub pull: Gate,
    /// Whether a record is ready to be sent.
    pub ready: bool,
    /// When the next record that must wait for its own reasons becomes ready.
    pub ready_at: Option<Moment>,
    /// When the work area should next be asked for.
    pub pull_due: Moment,
}

/// What to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Action {
    /// Ask who is signed in.
    Identify,
    /// Send the next records.
    Push,
    /// Ask for the next page.
    Pull,
    /// Nothing until then (`None`: until something happens).
    Rest(Option<Moment>),
}

/// Records first, because they exist nowhere else; then the work area.
#[must_use]
pub fn plan(s: &Situation) -> Action {
    let pull_due = pull_due(s);
    if s.net.is_open(s.now) {
        if !s.identified {
            return Action::Identify;
        }
        if s.ready && s.push.is_open(s.now) {
            return Action::Push;
        }
        if pull_due <= s.now && s.pull.is_open(s.now) {
            return Action::Pull;
        }
    }
    let opens = |gate: Gate| gate.closed_until.filter(|_| !gate.is_open(s.now));
    let not_before = |at: Moment, gates: [Gate; 2]| gates.into_iter().filter_map(opens).fold(at, Moment::max);
    let push = if s.ready { Some(s.now) } else { s.ready_at }.map(|at| not_before(at, [s.net, s.push]));
    let pull = not_before(pull_due, [s.net, s.pull]);
    let next = push.map_or(pull, |push| push.min(pull));
    // Before anything else the official must be known again.
    Action::Rest(Some(if s.identified { next } else { not_before(s.now, [s.net, s.net]) }))
}

/// A clock that was set back must not put the next pull years away.
fn pull_due(s: &Situation) -> Moment {
    if s.now.ms_until(s.pull_due) > PULL_EVERY_MS { s.now } else { s.pull_due }
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

    fn calm() -> Situation {
        Situation {
            now: NOW,
            identified: true,
            net: Gate::default(),
            push: Gate::default(),
            pull: Gate::default(),
            ready: false,
            ready_at: None,
            pull_due: NOW.plus_ms(60_000),
        }
    }

    #[test]
    fn the_table() {
        let closed = gate(NOW, 3);
        let until = closed.closed_until;
        let due = Situation { pull_due: NOW, ..calm() };
        let table = [
            ("who is it first", Situation { identified: false, ready: true, ..due }, Action::Identify),
            ("records before work area", Situation { ready: true, ..due }, Action::Push),
            ("work area when nothing is to be sent", due, Action::Pull),
            ("nothing to do until the next pull", calm(), Action::Rest(Some(NOW.plus_ms(60_000)))),
            ("no network: wait", Situation { ready: true, net: closed, ..due }, Action::Rest(until)),
            ("no network and unknown: wait", Situation { identified: false, net: closed, ..due }, Action::Rest(until)),
            ("pushes are refused: pull all the same", Situation { ready: true, push: closed, ..due }, Action::Pull),
            ("pulls are broken: push all the same", Situation { ready: true, pull: closed, ..due }, Action::Push),
            (
                "a record that must wait wakes in time",
                Situation { ready_at: Some(NOW.plus_ms(5)), ..calm() },
                Action::Rest(Some(NOW.plus_ms(5))),
            ),
            (
                "a clock set back by a year does not stop pulls",
                Situation { pull_due: NOW.plus_ms(31_536_000_000), ..calm() },
                Action::Pull,
            ),
        ];
        for (name, situation, expected) in table {
            assert_eq!(plan(&situation), expected, "{name}");
        }
    }

    proptest! {
        #[test]
        fn a_rest_ends_and_then_something_is_done(
            identified: bool, net in 0..9_u32, push in 0..9_u32, pull in 0..9_u32,
            ready: bool, wait in proptest::option::of(0..300_000_i64), due in -400_000..=PULL_EVERY_MS,
        ) {
            let situation = Situation {
                identified, ready,
                net: gate(NOW, net), push: gate(NOW, push), pull: gate(NOW, pull),
                ready_at: wait.map(|ms| NOW.plus_ms(ms)), pull_due: NOW.plus_ms(due), ..calm()
            };
            if let Action::Rest(until) = plan(&situation) {
                let until = until.unwrap();
                prop_assert!(until > NOW || situation.ready_at.is_some());
                prop_assert!(NOW.ms_until(until) <= PULL_EVERY_MS);
                let later = Situation {
                    now: until, ready: situation.ready || situation.ready_at.is_some_and(|at| at <= until), ..situation
                };
                prop_assert!(!matches!(plan(&later), Action::Rest(_)), "{:?}", plan(&later));
            }
        }
    }
}
