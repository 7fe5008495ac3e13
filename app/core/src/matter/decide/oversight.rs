//! 督办, 约谈, 建议, and their answers; who from outside may look at a matter.

use chrono::NaiveDate;

use super::{Decided, Deciding, not_before, set_clock};
use crate::actor::Role;
use crate::id::AccountId;
use crate::matter::event::Event;
use crate::matter::observer::ObserverAccess;
use crate::matter::oversight::{Adoption, Oversight, OversightAct, OversightAnswer};
use crate::matter::refusal::Refusal;
use crate::text::{Paragraph, Title};

impl Deciding<'_> {
    pub(super) fn admit_observer(&self, account: AccountId, until: NaiveDate, reason: &Paragraph) -> Decided {
        self.not_in_past(until)?;
        if self.matter.admits(account, self.today) {
            return Err(Refusal::AdmittedAlready);
        }
        let (by, at) = (self.actor.account, self.at);
        let access = ObserverAccess { account, until, reason: reason.clone(), by, at, ended: None };
        Ok(vec![Event::ObserverAdmitted(Box::new(access))])
    }

    pub(super) fn dismiss_observer(&self, account: AccountId) -> Decided {
        if !self.matter.admits(account, self.today) {
            return Err(Refusal::NotAdmitted);
        }
        Ok(vec![Event::ObserverDismissed { account, by: self.actor.account, at: self.at }])
    }

    pub(super) fn oversee(
        &self,
        act: OversightAct,
        to: Option<&Title>,
        [breach, wanted]: [&Paragraph; 2],
        due: NaiveDate,
    ) -> Decided {
        self.not_in_past(due)?;
        if to.is_none() && self.matter.unit.is_none() {
            return Err(Refusal::NoAddressee);
        }
        let oversight = Oversight {
            act,
            unit: self.matter.unit.filter(|_| to.is_none()),
            to: to.cloned(),
            breach: breach.clone(),
            wanted: wanted.clone(),
            due,
            by: self.actor.account,
            at: self.at,
            answer: None,
        };
        Ok(vec![Event::Overseen(Box::new(oversight)), set_clock(act.clock(), self.today, due)])
    }

    pub(super) fn answer_oversight(
        &self,
        oversight: u16,
        adoption: Option<Adoption>,
        on: NaiveDate,
        text: &Paragraph,
    ) -> Decided {
        let which = usize::from(oversight);
        let open = self.matter.oversight.get(which).filter(|act| act.answer.is_none());
        let act = open.ok_or(Refusal::NoSuchOversight)?;
        // A unit answers what it was asked; others' answers come to the supervisor on paper.
        if self.actor.role != Role::Supervisor && (act.unit.is_none() || act.unit != self.actor.unit) {
            return Err(Refusal::OtherUnit);
        }
        match (act.act.is_advice(), adoption) {
            (true, None) => return Err(Refusal::AdoptionNeeded),
            (false, Some(_)) => return Err(Refusal::AdoptionUnneeded),
            (true, Some(_)) | (false, None) => {}
        }
        self.not_in_future(on)?;
        not_before(on, act.at.date())?;
        let answer = OversightAnswer { adoption, on, text: text.clone(), by: self.actor.account, at: self.at };
        let mut events = vec![Event::OversightAnswered { oversight, answer: Box::new(answer) }];
        let clock = self.matter.oversight_clock(which).map(|(at, _)| at);
        events.push(Event::ClockStopped { kind: act.act.clock(), on, clock });
        Ok(events)
    }
}
