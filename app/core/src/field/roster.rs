//! 户册修改: an official at the door learns that the roster is out of date.
//!
//! Each change carries the value that the phone showed. If the roster still says so, it is changed; if
//! it says the new value already, nothing happens; if it says something else, somebody else was
//! there meanwhile: nothing is overwritten, the record is flagged, and the phone shows both values
//! side by side, to be settled by its official with a new edit that names this one.

use serde::{Deserialize, Serialize};

use crate::id::{HouseholdId, RecordId};
use crate::text::{Paragraph, ShortText};
use crate::wire::sync::{HouseholdCard, Member};

/// One value of the roster.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(Deserialize))]
#[serde(tag = "field", content = "value", rename_all = "snake_case")]
pub enum RosterValue {
    /// 户主.
    Head(ShortText),
    /// 联系电话.
    Phone(Option<ShortText>),
    /// 备注.
    Remark(Option<Paragraph>),
    /// 家庭成员, all of them.
    Members(Vec<Member>),
}

crate::read_tagged!(RosterValue by "field" with "value" {
    "head" => Head(ShortText),
    "phone" => Phone(Option<ShortText>),
    "remark" => Remark(Option<Paragraph>),
    "members" => Members(Vec<Member>),
});

/// A change of one value.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RosterChange {
    /// What the phone showed.
    pub saw: RosterValue,
    /// What is right.
    pub new: RosterValue,
}

/// 户册修改.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RosterEdit {
    /// 户.
    pub household: HouseholdId,
    /// The earlier edit whose clash this one settles.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub settles: Option<RecordId>,
    /// The changes; `saw` and `new` of each are of the same field.
    pub changes: Vec<RosterChange>,
}

/// What became of one change.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fit {
    /// The roster says what the phone showed: it is changed.
    Applies,
    /// The roster says the new value already.
    Same,
    /// The roster says something else.
    Clash,
}

impl RosterValue {
    /// The same field as it stands on a card.
    #[must_use]
    pub fn on(&self, card: &HouseholdCard) -> Self {
        match self {
            Self::Head(_) => Self::Head(card.head.clone()),
            Self::Phone(_) => Self::Phone(card.phone.clone()),
            Self::Remark(_) => Self::Remark(card.remark.clone()),
            Self::Members(_) => Self::Members(card.members.clone()),
        }
    }

    /// Whether both are values of one field.
    #[must_use]
    pub fn same_field(&self, other: &Self) -> bool {
        std::mem::discriminant(self) == std::mem::discriminant(other)
    }

    /// Writes it on a card.
    pub fn write(&self, card: &mut HouseholdCard) {
        match self {
            Self::Head(name) => card.head = name.clone(),
            Self::Phone(phone) => card.phone.clone_from(phone),
            Self::Remark(remark) => card.remark.clone_from(remark),
            Self::Members(members) => card.members.clone_from(members),
        }
    }
}

impl RosterChange {
    /// How it fits the card as it is now.
    #[must_use]
    pub fn fit(&self, card: &HouseholdCard) -> Fit {
        let now = self.new.on(card);
        if now == self.new {
            Fit::Same
        } else if now == self.saw {
            Fit::Applies
        } else {
            Fit::Clash
        }
    }
}

impl RosterEdit {
    /// Writes on the card what fits; whether anything clashed.
    pub fn apply(&self, card: &mut HouseholdCard) -> bool {
        let mut clashed = false;
        for change in &self.changes {
            match change.fit(card) {
                Fit::Applies => change.new.write(card),
                Fit::Same => {}
                Fit::Clash => clashed = true,
            }
        }
        clashed
    }

    pub(super) fn check(&self) -> Result<(), super::RecordFault> {
        if self.changes.is_empty() || self.changes.iter().any(|change| !change.saw.same_field(&change.new)) {
            return Err(super::RecordFault::NoChange);
        }
        Ok(())
    }
}
