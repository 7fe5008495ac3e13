//! Chance from one number (SplitMix64): the same seed tells the same county on every machine.

use uuid::Uuid;

/// A row of numbers that look like chance.
#[derive(Clone, Debug)]
pub(super) struct Chance(u64);

impl Chance {
    /// A row of its own for the `n`th of many.
    pub(super) fn of(seed: u64, n: u64) -> Self {
        let mut chance = Self(seed ^ n.wrapping_mul(0xD1B5_4A32_D192_ED03));
        chance.next();
        chance
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    /// One of `0..below`; 0 for nothing to choose from.
    pub(super) fn below(&mut self, below: usize) -> usize {
        let below = u64::try_from(below).unwrap_or(u64::MAX).max(1);
        usize::try_from(self.next() % below).unwrap_or(0)
    }

    /// One of `from..=until`.
    pub(super) fn days(&mut self, from: u64, until: u64) -> u64 {
        from + self.next() % (until.saturating_sub(from) + 1)
    }

    /// In so many of a hundred cases.
    pub(super) fn percent(&mut self, of_hundred: u64) -> bool {
        self.next() % 100 < of_hundred
    }

    /// One of them; they are literals, and never none.
    pub(super) fn one_of<T: Copy + Default>(&mut self, all: &[T]) -> T {
        all.get(self.below(all.len())).copied().unwrap_or_default()
    }

    /// An id (UUIDv8: made by hand) that begins with the time, so that what is younger sorts behind.
    pub(super) fn id(&mut self, millis: i64) -> Uuid {
        let time = u64::try_from(millis).unwrap_or(0) << 16;
        let high = u128::from(time | 0x8000 | (self.next() & 0xFFF));
        let low = u128::from((self.next() >> 2) | (0b10 << 62));
        Uuid::from_u128(high << 64 | low)
    }
}
