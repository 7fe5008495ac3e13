//! The other half of "the queue always drains": that our own moves cannot go on for ever.
//!
//! Every fault, sign-in, backup and saved record uses up a budget that nothing gives back, so a run
//! that never ends would end in a circle of our own moves. This walks through all states, remembers
//! those moves and takes away, again and again, the states that nothing leads to: if none is left,
//! there is no circle. Independent of the checker, so its count of states is a check upon it as well.

use std::collections::hash_map::{DefaultHasher, Entry};
use std::collections::{HashMap, HashSet};
use std::hash::{Hash, Hasher};

use stateright::Model;

use crate::state::State;
use crate::world::World;

/// What was walked through.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Walk {
    /// States that can be reached.
    pub states: usize,
    /// Own moves between them.
    pub moves: usize,
    /// States that lie on a circle of own moves, or behind one. 0: every run without faults ends.
    pub circling: usize,
    /// The most own moves that can follow each other.
    pub longest: u32,
}

fn print(state: &State) -> u64 {
    let mut hasher = DefaultHasher::new();
    state.hash(&mut hasher);
    hasher.finish()
}

/// Walks through all states of a world.
#[must_use]
pub fn walk(world: &World) -> Walk {
    let mut numbers: HashMap<u64, u32> = HashMap::new();
    let mut edges: Vec<(u32, u32)> = Vec::new();
    let mut pending = Vec::new();
    for state in world.init_states() {
        numbers.insert(print(&state), 0);
        pending.push((0, state));
    }
    let mut steps = Vec::new();
    while let Some((number, state)) = pending.pop() {
        world.actions(&state, &mut steps);
        for step in steps.drain(..) {
            let Some(next) = world.next_state(&state, step) else { continue };
            let fresh = u32::try_from(numbers.len()).unwrap_or(u32::MAX);
            let to = match numbers.entry(print(&next)) {
                Entry::Occupied(known) => *known.get(),
                Entry::Vacant(place) => {
                    place.insert(fresh);
                    pending.push((fresh, next));
                    fresh
                }
            };
            if step.is_ours() {
                edges.push((number, to));
            }
        }
    }
    peel(numbers.len(), edges)
}

/// Whether a state of this kind can be reached: what is never reached is not tested by any property.
#[must_use]
pub fn reaches(world: &World, wanted: impl Fn(&State) -> bool) -> bool {
    let mut seen = HashSet::new();
    let mut pending = world.init_states();
    while let Some(state) = pending.pop() {
        if wanted(&state) {
            return true;
        }
        pending.extend(world.next_states(&state).into_iter().filter(|next| seen.insert(print(next))));
    }
    false
}

/// Takes away the states to which no own move leads, until none is left or only circles.
fn peel(states: usize, mut edges: Vec<(u32, u32)>) -> Walk {
    edges.sort_unstable();
    let mut first = vec![0_usize; states + 1];
    let mut into = vec![0_u32; states];
    for (from, to) in &edges {
        first[*from as usize + 1] += 1;
        into[*to as usize] += 1;
    }
    for at in 0..states {
        first[at + 1] += first[at];
    }
    let mut depth = vec![0_u32; states];
    let mut free: Vec<usize> = (0..states).filter(|at| into[*at] == 0).collect();
    let mut gone = 0;
    while let Some(at) = free.pop() {
        gone += 1;
        for (_, to) in &edges[first[at]..first[at + 1]] {
            let to = *to as usize;
            depth[to] = depth[to].max(depth[at] + 1);
            into[to] -= 1;
            if into[to] == 0 {
                free.push(to);
            }
        }
    }
    let longest = depth.iter().copied().max().unwrap_or(0);
    Walk { states, moves: edges.len(), circling: states - gone, longest }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_circle_is_seen() {
        assert_eq!(peel(4, vec![(0, 1), (1, 2), (0, 2)]), Walk { states: 4, moves: 3, circling: 0, longest: 2 });
        assert_eq!(peel(4, vec![(0, 1), (1, 2), (2, 1), (2, 3)]).circling, 3);
    }
}
