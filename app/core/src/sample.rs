//! 抽查回访 (spec 1, 2-3): some of the matters that were closed lately are drawn at random, and somebody who had
//! nothing to do with them asks the petitioner what came of it. It finds 虚假办结 (spec 2.2, O1).
//!
//! Nobody can choose: what is drawn follows from the seed, the matters that could have been drawn, and how many are
//! wanted. Whoever has these three draws the same again with any tool that knows SHA-256: for each matter it is taken
//! of the seed, a colon and the matter's id, in 64 small hexadecimal digits; the smallest come first.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::actor::{Actor, Role};
use crate::digest::Digest;
use crate::id::{AccountId, MatterId, UnitId};
use crate::matter::{Matter, Stage};

/// How many people go together (spec 3.2: two are recommended and not forced).
pub const VISITORS: usize = 2;
/// The most matters of one draw.
pub const MOST: u16 = 50;
/// The most days that a draw looks back.
pub const MOST_DAYS: u16 = 730;
/// Closed, and not yet put away: what can be opened again.
pub const STAGES: [Stage; 2] = [Stage::Closed, Stage::Settled];

/// 种子: sixteen digits that the server made at random for one draw.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Seed(String);

impl Seed {
    /// Of a random number.
    #[must_use]
    pub fn of(random: u64) -> Self {
        Self(format!("{:016}", random % 10_000_000_000_000_000))
    }

    /// Its digits.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    fn rank(&self, what: &str) -> String {
        Digest::of_bytes([self.0.as_str(), ":", what].concat().as_bytes()).hex()
    }
}

/// 抽查范围: what is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Wanted {
    /// How many matters.
    pub count: u16,
    /// Closed within so many days.
    pub days: u16,
    /// Of this unit only.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit: Option<UnitId>,
}

impl Wanted {
    /// Whether it can be drawn at all.
    #[must_use]
    pub fn is_sound(self) -> bool {
        (1..=MOST).contains(&self.count) && (1..=MOST_DAYS).contains(&self.days)
    }

    /// Whether a matter belongs to what is drawn from today.
    #[must_use]
    pub fn includes(self, matter: &Matter, today: NaiveDate) -> bool {
        let closed = matter.steps.iter().rev().find(|step| step.stage == Stage::Closed).map(|step| step.at.date());
        let lately = closed.is_some_and(|on| (0..=i64::from(self.days)).contains(&(today - on).num_days()));
        STAGES.contains(&matter.stage) && lately && self.unit.is_none_or(|unit| matter.unit == Some(unit))
    }
}

/// 一件抽中的: a matter and who goes there. Nobody where nobody is free of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Drawn {
    /// 信访事项.
    pub matter: MatterId,
    /// 回访人.
    pub visitors: Vec<AccountId>,
}

/// 一次抽查, as it is kept.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sample {
    /// What was asked for.
    pub wanted: Wanted,
    /// 种子.
    pub seed: Seed,
    /// How many matters could have been drawn.
    pub size: u32,
    /// [`digest`] of their list.
    pub digest: Digest,
    /// What was drawn, in the order of the draw.
    pub drawn: Vec<Drawn>,
}

/// SHA-256 of the list of what could be drawn: the ids in their order, one a line.
#[must_use]
pub fn digest(sorted: &[MatterId]) -> Digest {
    Digest::of_bytes(lines(sorted).as_bytes())
}

/// The list itself, one id a line.
#[must_use]
pub fn lines(sorted: &[MatterId]) -> String {
    sorted.iter().map(|id| format!("{id}\n")).collect()
}

/// 抽: as many of the matters as are wanted. The order in which they come does not matter.
#[must_use]
pub fn draw(seed: &Seed, of: &[MatterId], count: u16) -> Vec<MatterId> {
    let mut ranked: Vec<_> = of.iter().map(|id| (seed.rank(&id.to_string()), *id)).collect();
    ranked.sort();
    ranked.dedup();
    ranked.into_iter().take(usize::from(count)).map(|(_, id)| id).collect()
}

/// Whether somebody may be sent to ask about a matter: an official of the petition work or of the village and the
/// township where it lies, who took no part in it, has not asked the petitioner before, and is not of a unit that holds it or helped. Leaders are not sent by
/// lot, and units see no matters of other units (spec 4).
#[must_use]
pub fn may_visit(actor: &Actor, matter: &Matter) -> bool {
    let sent = match actor.role {
        Role::Registrar | Role::Supervisor | Role::JointOffice => true,
        Role::VillageOfficer | Role::VillageHead | Role::TownClerk => {
            matter.registration.place.as_ref().is_some_and(|place| actor.area.covers(place))
        }
        _ => false,
    };
    let asked_before = matter.return_visits.iter().any(|visit| visit.by == actor.account);
    sent && !asked_before
        && !matter.involves(actor.account)
        && !actor.unit.is_some_and(|unit| is_of_its_units(matter, unit))
}

fn is_of_its_units(matter: &Matter, unit: UnitId) -> bool {
    matter.unit == Some(unit) || matter.is_helped_by(unit)
}

/// 派: who goes where. Of those who may, whoever has the fewest so far; among equals the seed decides.
#[must_use]
pub fn send(seed: &Seed, drawn: Vec<(MatterId, Vec<AccountId>)>) -> Vec<Drawn> {
    let mut has: BTreeMap<AccountId, usize> = BTreeMap::new();
    let mut sent = Vec::with_capacity(drawn.len());
    for (matter, mut able) in drawn {
        able.sort_by_cached_key(|account| {
            (has.get(account).copied().unwrap_or_default(), seed.rank(&format!("{matter}:{account}")))
        });
        able.dedup();
        able.truncate(VISITORS);
        for account in &able {
            *has.entry(*account).or_default() += 1;
        }
        sent.push(Drawn { matter, visitors: able });
    }
    sent
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    fn ids(n: u128) -> Vec<MatterId> {
        (1..=n).map(|n| MatterId(Uuid::from_u128(n))).collect()
    }

    fn who(n: u128) -> AccountId {
        AccountId(Uuid::from_u128(0xA0 + n))
    }

    /// What anybody gets who types the same into another tool:
    /// `printf '0000000000000042:00000000-0000-0000-0000-000000000001' | sha256sum`.
    #[test]
    fn the_draw_is_what_sha_256_says_and_the_same_again_in_any_order() {
        let seed = Seed::of(42);
        assert_eq!(seed.as_str(), "0000000000000042");
        let of = ids(100);
        let drawn = draw(&seed, &of, 10);
        let mut by_hand: Vec<_> =
            of.iter().map(|id| (Digest::of_bytes(format!("0000000000000042:{id}").as_bytes()).hex(), *id)).collect();
        by_hand.sort();
        assert_eq!(drawn, by_hand[..10].iter().map(|(_, id)| *id).collect::<Vec<_>>());
        let backwards: Vec<_> = of.iter().rev().copied().collect();
        assert_eq!(draw(&seed, &backwards, 10), drawn);
        assert_ne!(draw(&Seed::of(43), &of, 10), drawn);
        assert_eq!(draw(&seed, &of, 20)[..10], drawn, "more are the same and others");
    }

    #[test]
    fn no_more_is_drawn_than_there_is_and_none_twice() {
        let of = ids(3);
        let twice: Vec<_> = of.iter().chain(&of).copied().collect();
        let mut drawn = draw(&Seed::of(7), &twice, 50);
        drawn.sort();
        assert_eq!(drawn, of);
        assert!(draw(&Seed::of(7), &[], 5).is_empty());
    }

    #[test]
    fn each_matter_has_the_same_chance() {
        let of = ids(20);
        let mut hits = BTreeMap::new();
        for seed in 0..4_000 {
            for id in draw(&Seed::of(seed), &of, 5) {
                *hits.entry(id).or_insert(0_u32) += 1;
            }
        }
        // 1000 are expected of each; six standard deviations are 165.
        assert!(of.iter().all(|id| (835..=1_165).contains(&hits[id])), "{hits:?}");
    }

    #[test]
    fn the_digest_changes_with_the_list() {
        assert_eq!(digest(&ids(2)), Digest::of_bytes(lines(&ids(2)).as_bytes()));
        assert_ne!(digest(&ids(2)), digest(&ids(3)));
        assert!(lines(&ids(1)).ends_with("0001\n"));
    }

    #[test]
    fn the_ways_are_shared_and_nobody_goes_who_may_not() {
        let seed = Seed::of(1);
        let all: Vec<_> = (1..=4).map(who).collect();
        let mut asked: Vec<_> = ids(6).into_iter().map(|id| (id, all.clone())).collect();
        asked[5].1 = Vec::new();
        let sent = send(&seed, asked.clone());
        assert_eq!(send(&seed, asked), sent);
        assert!(sent[..5].iter().all(|one| one.visitors.len() == VISITORS && one.visitors[0] != one.visitors[1]));
        assert!(sent[5].visitors.is_empty());
        let ways = |who: &AccountId| sent.iter().filter(|one| one.visitors.contains(who)).count();
        assert!(all.iter().all(|who| (2..=3).contains(&ways(who))), "ten ways for four");
    }

    #[test]
    fn what_is_asked_for_has_bounds() {
        let wanted = |count, days| Wanted { count, days, unit: None };
        assert!(wanted(1, 1).is_sound() && wanted(MOST, MOST_DAYS).is_sound());
        assert!(!wanted(0, 30).is_sound() && !wanted(MOST + 1, 30).is_sound());
        assert!(!wanted(5, 0).is_sound() && !wanted(5, MOST_DAYS + 1).is_sound());
    }
}
