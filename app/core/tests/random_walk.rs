//! No sequence of commands and records by anybody reaches an illegal state, panics, or loses a
//! clock; replaying the journal rebuilds exactly the state.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests")]

mod support;

use case_core::field::{Rating, ReturnVisitOutcome};
use case_core::matter::*;
use case_core::prelude::*;
use proptest::prelude::*;
use support::*;

#[derive(Clone, Debug)]
enum Step {
    Command { kind: usize, role: usize, who: u128, of_unit: bool },
    ReturnVisit { who: u128, reached: bool },
    Wait { days: i64 },
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        6 => (0..CommandKind::ALL.len(), 0..Role::ALL.len(), 1..8_u128, any::<bool>())
            .prop_map(|(kind, role, who, of_unit)| Step::Command { kind, role, who, of_unit }),
        // A step along the path by the right person, or walks would rarely get far.
        6 => (0..CommandKind::ALL.len()).prop_map(|kind| Step::Command { kind, role: usize::MAX, who: 0, of_unit: true }),
        2 => (1..8_u128, any::<bool>()).prop_map(|(who, reached)| Step::ReturnVisit { who, reached }),
        1 => (0..20_i64).prop_map(|days| Step::Wait { days }),
    ]
}

fn invariants(matter: &Matter) {
    let approvals = matter.rounds.iter().filter(|r| matches!(r.verdict, Verdict::Approved { .. })).count();
    if matches!(matter.stage, Stage::Approved | Stage::AwaitingReturnVisit | Stage::Closed) {
        assert_eq!(approvals, 1, "closed only through an approval");
    } else {
        assert_eq!(approvals, 0);
    }
    for round in &matter.rounds {
        if let Verdict::Approved { by, .. } = round.verdict {
            assert!(!matter.handled_by.contains(&by), "four eyes");
            assert_ne!(by, round.submitted_by);
        }
        assert_eq!(round.package.answers.len(), matter.registration.demands.len());
    }
    assert_eq!(usize::from(matter.round), matter.rounds.len() + usize::from(matter.pending_round_open()));
    let handling = matter.clocks.iter().filter(|c| c.kind == ClockKind::Handling).count();
    assert_eq!(handling, usize::from(matter.stage >= Stage::Accepted), "the sixty days run once");
    for kind in [ClockKind::Transfer, ClockKind::Meet, ClockKind::Feedback, ClockKind::Settle] {
        assert_eq!(matter.clocks.iter().filter(|c| c.kind == kind).count(), 1, "no clock is lost");
    }
    if matter.stage == Stage::Closed {
        assert!(matter.clocks.iter().all(|c| !c.is_running() || c.kind == ClockKind::Commitment));
        let reached = matter.counting_return_visits().any(ReturnVisitNote::is_reached);
        assert!(reached || matter.counting_return_visits().count() >= 3);
    }
}

/// Whether the present round has no package yet.
trait RoundOpen {
    fn pending_round_open(&self) -> bool;
}
impl RoundOpen for Matter {
    fn pending_round_open(&self) -> bool {
        self.stage < Stage::ClosureSubmitted || self.stage == Stage::Returned
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2_000, ..ProptestConfig::default() })]
    #[test]
    fn random_walks_stay_lawful(steps in proptest::collection::vec(step(), 1..60)) {
        let mut world = World::new();
        let (mut matter, mut journal) = registered(&world);
        for (n, step) in steps.iter().enumerate() {
            match step {
                Step::Wait { days } => world.days(*days),
                Step::Command { kind, role, who, of_unit } => {
                    let kind = CommandKind::ALL[*kind];
                    let actor = if *role == usize::MAX {
                        giver(kind)
                    } else {
                        let mut actor = actor(*who, Role::ALL[*role]);
                        actor.unit = of_unit.then(unit);
                        actor
                    };
                    let command = command(kind, &matter, world.now.date());
                    if let Ok(events) = decide(&matter, &actor, &command, &world.cx()) {
                        prop_assert!(table::row(kind).from.contains(&matter.stage));
                        matter = events.iter().fold(matter, apply);
                        journal.extend(events);
                    }
                }
                Step::ReturnVisit { who, reached: yes } => {
                    let visitor = actor(*who, Role::TownClerk);
                    let outcome = match (*yes, n % 3) {
                        (true, 0) => ReturnVisitOutcome::Refused { note: None },
                        (true, _) => reached(Rating::Dissatisfied),
                        (false, _) => ReturnVisitOutcome::NotReached { reason: text("不在家") },
                    };
                    let record = return_visit(1_000 + n as u128, &visitor, &matter, world.now, outcome);
                    let stage = matter.stage;
                    let (after, absorbed) = absorb_into(&world, matter, &visitor, &record);
                    prop_assert_eq!(after.stage, stage, "a record never moves the stage");
                    matter = after;
                    journal.extend(absorbed.events);
                }
            }
            invariants(&matter);
        }
        prop_assert_eq!(replay(&journal).unwrap(), matter);
    }
}
