//! Who may know of a report, and to whom it can be handed. Pure: the server asks it before it seals, before it
//! shows and before it hands over.

use std::collections::{BTreeMap, BTreeSet};

use super::{Handover, SealedContent, SealedRefusal};
use crate::id::{AccountId, UnitId};
use crate::text::ShortText;

/// 单位上下级: which unit stands under which.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct UnitTree(BTreeMap<UnitId, UnitId>);

impl UnitTree {
    /// Of pairs of a unit and the one that it stands under.
    #[must_use]
    pub fn new(parents: impl IntoIterator<Item = (UnitId, UnitId)>) -> Self {
        Self(parents.into_iter().collect())
    }

    /// Whether `unit` is `top` or stands under it, however deep. Units that stand in a circle by mistake
    /// all stand under one another.
    #[must_use]
    pub fn is_within(&self, unit: UnitId, top: UnitId) -> bool {
        let mut at = unit;
        // A path without a circle is at most as long as there are pairs.
        for _ in 0..=self.0.len() {
            if at == top {
                return true;
            }
            match self.0.get(&at) {
                Some(parent) => at = *parent,
                None => return false,
            }
        }
        false
    }
}

/// Somebody who could be told: an officer of the channel, or anybody else with an account.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Party {
    /// The account.
    pub account: AccountId,
    /// The unit that it belongs to.
    pub unit: Option<UnitId>,
}

/// Why somebody or some unit may not know.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Barred {
    /// Accused in person.
    Person,
    /// An accused unit.
    Unit,
    /// Stands under an accused unit, or under the unit of an accused person.
    Under,
    /// The unit of an accused person.
    UnitOfPerson,
}

impl From<Barred> for SealedRefusal {
    fn from(why: Barred) -> Self {
        match why {
            Barred::Person | Barred::Unit => Self::ReceiverAccused,
            Barred::Under => Self::ReceiverUnderAccused,
            Barred::UnitOfPerson => Self::ReceiverOfAccused,
        }
    }
}

/// 被反映方: whom a report accuses.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Accused {
    units: BTreeSet<UnitId>,
    accounts: BTreeSet<AccountId>,
    units_of_persons: BTreeSet<UnitId>,
}

impl Accused {
    /// Of what was reported. `everybody` are all who have accounts now: somebody who got one after the report came
    /// in is known by the name as well.
    #[must_use]
    pub fn of(content: &SealedContent, everybody: &[(Party, ShortText)]) -> Self {
        let persons = &content.accused_persons;
        let noted = persons.iter().flat_map(|person| person.accounts.iter().copied());
        let accounts: BTreeSet<AccountId> =
            persons.iter().flat_map(|person| namesakes(&person.name, everybody)).chain(noted).collect();
        let named = persons.iter().filter_map(|person| person.unit);
        let own = everybody.iter().filter(|(it, _)| accounts.contains(&it.account)).filter_map(|(it, _)| it.unit);
        Self {
            units: content.accused_units.iter().copied().collect(),
            units_of_persons: named.chain(own).collect(),
            accounts,
        }
    }

    /// Of units and people.
    #[must_use]
    pub fn new(units: impl IntoIterator<Item = UnitId>, people: impl IntoIterator<Item = Party>) -> Self {
        let mut accused = Self { units: units.into_iter().collect(), ..Self::default() };
        for party in people {
            accused.accounts.insert(party.account);
            accused.units_of_persons.extend(party.unit);
        }
        accused
    }

    /// Whether a unit may receive it.
    ///
    /// # Errors
    /// [`Barred`] says why not.
    pub fn may_receive(&self, unit: UnitId, tree: &UnitTree) -> Result<(), Barred> {
        if self.units.contains(&unit) {
            return Err(Barred::Unit);
        }
        if self.units_of_persons.contains(&unit) {
            return Err(Barred::UnitOfPerson);
        }
        if self.units.iter().chain(&self.units_of_persons).any(|top| tree.is_within(unit, *top)) {
            return Err(Barred::Under);
        }
        Ok(())
    }

    /// Whether somebody may know that it exists.
    ///
    /// # Errors
    /// [`Barred`] says why not.
    pub fn may_know(&self, party: Party, tree: &UnitTree) -> Result<(), Barred> {
        if self.accounts.contains(&party.account) {
            return Err(Barred::Person);
        }
        party.unit.map_or(Ok(()), |unit| self.may_receive(unit, tree))
    }

    /// Whether it can be handed over so. An organ that is named in words and has the name of a unit here is
    /// that unit.
    ///
    /// # Errors
    /// [`SealedRefusal`].
    pub fn may_hand_over(
        &self,
        handover: &Handover,
        units: &[(UnitId, ShortText)],
        tree: &UnitTree,
    ) -> Result<(), SealedRefusal> {
        let receivers: Vec<UnitId> = match (handover.unit, &handover.name) {
            (Some(unit), None) => vec![unit],
            (None, Some(name)) => units.iter().filter(|(_, known)| same(known, name)).map(|(id, _)| *id).collect(),
            (None, None) | (Some(_), Some(_)) => return Err(SealedRefusal::NoReceiver),
        };
        receivers.into_iter().try_for_each(|unit| self.may_receive(unit, tree)).map_err(SealedRefusal::from)
    }
}

/// Officials of that name, whatever blanks stand in it. Somebody else of the same name is kept out as well: one
/// too many is better than one too few.
#[must_use]
pub fn namesakes(name: &ShortText, everybody: &[(Party, ShortText)]) -> Vec<AccountId> {
    everybody.iter().filter(|(_, known)| same(known, name)).map(|(it, _)| it.account).collect()
}

/// Names are the same whatever blanks stand in them.
fn same(a: &ShortText, b: &ShortText) -> bool {
    let letters = |text: &ShortText| text.as_str().chars().filter(|c| !c.is_whitespace()).collect::<String>();
    letters(a) == letters(b)
}
