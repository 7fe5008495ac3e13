//! The calendar: on which days which phone is taken along, and how the time passes.
//!
//! Officials of villages are at their desks, in meetings and at home on most days. On a work day each phone is taken
//! along in one case of [`OUT_ONE_IN`]; in between it lies in a drawer, where it asks for nothing and costs
//! nothing, while the office goes on. Now and then everybody is away for a week or two.

use super::{PHONES, World};
use crate::office::BEGIN;
use crate::power::DAY_MS;

/// On one work day of so many a phone is in use.
const OUT_ONE_IN: u64 = 4;
/// So many moves are a phone's day.
const MOVES_A_DAY: usize = 64;

/// A day on which somebody is out.
#[derive(Default)]
pub struct Day {
    /// The phones that are in use.
    pub out: Vec<usize>,
    /// The moves that are left.
    moves: usize,
}

impl World {
    /// A moment later; or a day on which somebody is out again.
    pub(super) fn time_goes_on(&mut self) {
        let random = self.random.clone();
        if self.day.moves == 0 {
            self.next_day();
        }
        self.day.moves -= 1;
        self.wait(match random.below(1_000) {
            0..700 => random.below(300),
            700..900 => random.below(30_000),
            900..975 => random.below(600_000),
            _ => random.below(4 * 3_600_000),
        });
    }

    fn wait(&self, ms: u64) {
        self.outside.now.set(self.outside.now.get() + i64::try_from(ms).unwrap());
    }

    fn next_day(&mut self) {
        let random = self.random.clone();
        if random.permille(30) {
            self.outside.count(|tally| &mut tally.long_absences);
            self.wait(5 * 86_400_000 + random.below(7 * 86_400_000));
        }
        loop {
            // BEGIN is eight o'clock on a Monday.
            let day = (self.outside.now.get() - BEGIN).div_euclid(DAY_MS) + 1;
            self.outside.now.set(BEGIN + day * DAY_MS);
            self.wait(random.below(7_200_000));
            let works = day.rem_euclid(7) < 5;
            self.day.out = (0..PHONES).filter(|_| works && random.below(OUT_ONE_IN) == 0).collect();
            if !self.day.out.is_empty() {
                break;
            }
            self.office_moves();
        }
        self.day.moves = MOVES_A_DAY * self.day.out.len();
    }
}
