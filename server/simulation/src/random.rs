//! Chance from a seed (SplitMix64).

use std::cell::Cell;
use std::rc::Rc;

/// Chance. Clones share their state.
#[derive(Clone, Debug)]
pub struct Random(Rc<Cell<u64>>);

impl Random {
    /// From a seed.
    #[must_use]
    pub fn new(seed: u64) -> Self {
        Self(Rc::new(Cell::new(seed.wrapping_mul(0x2545_F491_4F6C_DD1D) ^ 0x5DEE_CE66)))
    }

    /// 64 bits.
    #[must_use]
    pub fn next(&self) -> u64 {
        let state = self.0.get().wrapping_add(0x9E37_79B9_7F4A_7C15);
        self.0.set(state);
        let z = (state ^ (state >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    /// From 0 to below `n`.
    #[must_use]
    pub fn below(&self, n: u64) -> u64 {
        self.next() % n.max(1)
    }

    /// A place in a list of so many.
    #[must_use]
    pub fn place(&self, len: usize) -> usize {
        usize::try_from(self.below(len as u64)).unwrap_or(0)
    }

    /// True in so many of a thousand cases.
    #[must_use]
    pub fn permille(&self, n: u64) -> bool {
        self.below(1_000) < n
    }
}
