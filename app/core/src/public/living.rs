//! 并到的那一件: what a petitioner is told of the matter into which the own one was merged.
//!
//! The code keeps opening the matter that it was given for. Who is the same petitioner there sees how that one goes:
//! its number, unit, steps and last days, and can add to it. It is little all the same: who files in another's name is
//! told no words of the file. Of somebody else's matter only the stage, the unit and the next day are told.

use chrono::NaiveDate;

use super::factor::{fold_name, is_no_name, phone_digits};
use super::status::{NextAct, PublicStatus, public_status};
use super::timeline::{Happening, PublicStep};
use crate::code::MatterNumber;
use crate::matter::{Matter, Stage};
use crate::time::Calendar;
use crate::wire::desk::Unit;

/// 并到的那一件.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Living {
    /// 办理阶段.
    pub stage: Stage,
    /// What is there for the same petitioner only.
    pub own: Option<OwnLiving>,
}

/// Of the same petitioner.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OwnLiving {
    /// 信访件编号.
    pub number: MatterNumber,
    /// Its steps, without the words that were told on the way.
    pub steps: Vec<PublicStep>,
}

/// Whether both were brought by one person: the same name and the same phone. Without a phone a name proves nothing.
#[must_use]
pub fn same_petitioner(one: &Matter, other: &Matter) -> bool {
    let of = |matter: &Matter| {
        let petitioner = &matter.registration.petitioner;
        let phone = petitioner.phone.as_ref().map(|phone| phone_digits(phone.as_str())).unwrap_or_default();
        (!is_no_name(petitioner.name.as_str()) && phone.len() >= 7)
            .then(|| (fold_name(petitioner.name.as_str()), phone))
    };
    of(one).is_some_and(|one| of(other) == Some(one))
}

impl PublicStatus {
    /// With what became of it in the matter into which it was merged.
    #[must_use]
    pub fn merged(
        mut self,
        merged: &Matter,
        into: &Matter,
        unit: Option<&Unit>,
        today: NaiveDate,
        calendar: &Calendar,
    ) -> Self {
        let there = public_status(into, unit, today, calendar);
        self.next = there.next;
        if there.unit.is_some() {
            let at = self.acts.iter().position(|act| *act == NextAct::CallOffice).unwrap_or(self.acts.len());
            self.acts.insert(at, NextAct::CallUnit);
        }
        (self.unit, self.unit_phone) = (there.unit, there.unit_phone);
        let own = same_petitioner(merged, into).then(|| {
            let told = |step: &PublicStep| matches!(step.what, Happening::Told(_));
            OwnLiving { number: there.number, steps: there.steps.into_iter().filter(|step| !told(step)).collect() }
        });
        if own.is_some() {
            self.deadlines = there.deadlines;
            let goes = |act: &NextAct| matches!(act, NextAct::SayUnsolved | NextAct::AddMaterial);
            self.acts.splice(0..0, there.acts.into_iter().filter(goes));
        }
        self.living = Some(Living { stage: into.stage, own });
        self
    }
}
